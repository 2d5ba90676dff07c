r"""Derivatives that stand inside of a formula, `\frac{\partial f}{\partial X}`, and the layout that one has where nothing is said."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Derivative, Entry, Hermitian, Member, Number, Symbol, Vec
from derivtex.reading.meaning.arithmetic import quotient
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.indices import index_terms
from derivtex.reading.syntax.questions import d_width, is_derivative, is_variation
from derivtex.reading.syntax.tree import Node, key


def derivative(to: Elaborator, node: Node) -> Term:
    r"""`\frac{\partial f}{\partial X}` inside a longer side."""
    over, under = node.parts
    if under.form == "chain" and len(under.parts) == 4 and d_width(under.parts[2].tokens):
        return second(to, over, under)
    of, by = behind_d(to, over), behind_d(to, under)
    return derivative_of(to.term(of), variable(to, by), 1)


def variable(to: Elaborator, node: Node) -> Term:
    r"""What is differentiated by: of o_i, where `o_i = …` is the definition of a declared o, that entry of o."""
    label = label_of(to.scope, node.parts[0]) if node.form == "script" and node.parts[0].form == "name" else ()
    whole = to.scope.declared.get(label) if label in to.scope.templates and not node.above else None
    if whole is None or to.shape(whole)[1] != ONE:
        return to.term(node)
    (index,) = index_terms(to, node.below, [whole.shape[0]], node)
    return Entry(whole, index, Number(1))


def second(to: Elaborator, over: Node, under: Node) -> Term:
    r"""`\frac{\partial^2 f}{\partial x\partial y}` inside a longer side."""
    if over.form != "chain" or over.parts[0].form != "script" or key(over.parts[0].above) != ("2",):
        raise to.ambiguous("this derivative is not read", r"write \frac{\partial^2 f}{\partial x\partial y}", over)
    of = to.term(over.parts[1] if len(over.parts) == 2 else over._replace(parts=over.parts[1:], marks=("", *over.marks[2:])))
    one, other = to.term(under.parts[1]), to.term(under.parts[3])
    return derivative_of(of, one, 2) if one is other else derivative_of(derivative_of(of, one), other)


def behind_d(to: Elaborator, node: Node) -> Node:
    """What stands behind a d."""
    if node.form == "chain" and len(node.parts) >= 2 and d_width(node.parts[0].tokens):
        rest = node.parts[1:]
        return rest[0] if len(rest) == 1 else Node("chain", rest[0].start, node.end, parts=rest, marks=("",) * len(rest))
    raise to.ambiguous("this derivative is not read", r"write \frac{\partial f}{\partial x}", node)


def derivative_of(of: Term, by: Term, order: int = 1) -> Derivative:
    """The derivative in its usual layout: of a scalar in the shape of the variable, of a vector by a vector with a row for
    each output."""
    if type(by) is Vec and isinstance(by.of, Symbol):
        by = by.of
        whole = of.of if type(of) is Vec else of
        return Derivative(whole, by, "vec", count(whole), count(by))
    if isinstance(by, (Conjugate, Hermitian)) and isinstance(by.of, Symbol) and of.shape == SCALAR and order == 1:
        return Derivative(of, Conjugate(by.of), "scalar" if by.shape == SCALAR else "gradient", *by.shape)
    if not isinstance(by, (Symbol, Entry, Member)):
        raise SyntaxProblem("a derivative is taken by a name, an entry or a member of a family", way_out="name what stands below the d")
    if order == 2:
        return Derivative(of, by, "hessian", count(by), count(by))
    if of.shape == SCALAR:
        form = "scalar" if by.shape == SCALAR else "gradient"
        return Derivative(of, by, form, *by.shape)
    if by.shape == SCALAR:
        return Derivative(of, by, "scalar", *of.shape)
    if of.shape[1] == ONE and by.shape[1] == ONE:
        return Derivative(of, by, "jacobian", of.shape[0], by.shape[0])
    return Derivative(of, by, "vec", count(of), count(by))


def count(term: Term) -> Dim:
    return term.shape[0] * term.shape[1]


def fraction(to: Elaborator, node: Node) -> Term:
    if is_derivative(node, to.differentials):
        return derivative(to, node)
    if is_variation(node):
        message = r"a quotient of two \delta is not read as a derivative"
        raise SyntaxProblem(message, way_out=r"write \frac{\partial f}{\partial x}", span=to.span(node))
    over, under = to.term(node.parts[0]), to.term(node.parts[1])
    return quotient(to, node, over, under)
