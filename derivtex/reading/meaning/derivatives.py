r"""Derivatives that stand inside of a formula, `\frac{\partial f}{\partial X}`, and the layout that one has where nothing is said.

What is told of names by their being differentiated: the L of `\frac{\partial L}{\partial W}` is a number, the t of `\frac{dA}{dt}` too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Derivative, Entry, Hermitian, Member, Number, Symbol, Vec
from derivtex.reading.meaning.arithmetic import quotient
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.indices import index_terms
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.squares import is_whole
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import closing, inside_log, left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.occurring import count, is_between_factors, stands_for_a_matrix
from derivtex.reading.syntax.questions import Question, d_width, is_derivative, is_divided_by_change, is_variation, questions_in
from derivtex.reading.syntax.scripts import are_letters, each_of, within
from derivtex.reading.syntax.tree import Node, Parts, key

if TYPE_CHECKING:
    from derivtex.reading.meaning.elaboration import Elaborator


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
    if over.form != "chain" or over.parts[0].form != "script" or over.parts[0].above.name != ("2",):
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
        return Derivative(whole, by, "vec", size(whole), size(by))
    if isinstance(by, (Conjugate, Hermitian)) and isinstance(by.of, Symbol) and of.shape == SCALAR and order == 1:
        return Derivative(of, Conjugate(by.of), "scalar" if by.shape == SCALAR else "gradient", *by.shape)
    if not isinstance(by, (Symbol, Entry, Member)) and not is_whole(by):
        raise SyntaxProblem("a derivative is taken by a name, an entry or a member of a family", way_out="name what stands below the d")
    if order == 2:
        return Derivative(of, by, "hessian", size(by), size(by))
    if of.shape == SCALAR:
        form = "scalar" if by.shape == SCALAR else "gradient"
        return Derivative(of, by, form, *by.shape)
    if by.shape == SCALAR:
        return Derivative(of, by, "scalar", *of.shape)
    if of.shape[1] == ONE and by.shape[1] == ONE:
        return Derivative(of, by, "jacobian", of.shape[0], by.shape[0])
    return Derivative(of, by, "vec", size(of), size(by))


def size(term: Term) -> Dim:
    return term.shape[0] * term.shape[1]


def fraction(to: Elaborator, node: Node) -> Term:
    if is_derivative(node, to.differentials):
        return derivative(to, node)
    if is_variation(node):
        message = r"a quotient of two \delta is not read as a derivative"
        raise SyntaxProblem(message, way_out=r"write \frac{\partial f}{\partial x}", span=to.span(node))
    if is_divided_by_change(node):
        message = f"{to.latex(node)} divides by a change, of which nothing is differentiated"
        raise SyntaxProblem(message, way_out=r"write \frac{\partial f}{\partial x}, or df = …", span=to.span(node))
    over, under = to.term(node.parts[0]), to.term(node.parts[1])
    return quotient(to, node, over, under)


BOLD = (r"\mathbf", r"\boldsymbol", r"\bm")


def note_numerator(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""What is differentiated and neither declared nor defined is a number; so is what a logarithm is taken of, `\frac{d\log T}{dX}`."""
    of = inner_name(asked.of)
    name = key(of)
    known = name in reading.bodies or name in scope.declared or name in scope.functions
    if reading.asserted and name[:1] and name[0] in BOLD:  # a bold letter of an author's line is as drawn
        return
    if len(of) > 1 and any(key(each) == key(by) for each in each_of(of) for by in asked.by):
        return  # `\frac{\partial Ax}{\partial x}`: what has the variable in it is a product
    if left_side(of) is not None and not known and not is_made_use_of(reading, of):
        scope.kinds.setdefault(name, "scalar")
        if len(asked.of) > 1 and are_letters(asked.of) and not any(key(each) in {*scope.declared, *reading.bodies} for each in each_of(asked.of)):
            scope.lexicon.add(asked.of, latex(asked.of))  # `\frac{dCE}{dy}`: no product is differentiated so


def inner_name(of: Parts) -> Parts:
    r"""What is differentiated; of `\log T` and of `\log P(y|\theta)` the letter."""
    inside = inside_log(of)
    applied = len(inside) > 2 and inside[1].text == "(" and closing(inside, 1) == len(inside) - 1
    return inside[:1] if applied else (inside if len(of) == 2 else ()) or of


def note_parameter(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""The t of `\frac{dA}{dt}`, where A is made use of and t stands nowhere but below a d, is a number."""
    name = key(asked.by[0]) if len(asked.by) == 1 else ()
    if len(name) != 1 or name in scope.declared or name in reading.bodies or not is_made_use_of(reading, asked.of):
        return
    sides = [side for said in reading.order for side in said.sides]
    if sum(count(side, name) for side in sides) == sum(name == key(each.by[0]) for side in sides for each in questions_in(side, r"\frac") if each.by):
        scope.kinds.setdefault(name, "scalar")


def is_made_use_of(reading: Reading, name: Parts) -> bool:
    r"""Whether what is differentiated stands in a definition as well, as the K of `\log|K|` beside `\frac{\partial K}{\partial\theta}`, or a
    capital in another formula, the A of `x^TAx`; in an author's line one as a square matrix, the A of `A^{-1}`."""
    if not name:
        return False
    if any(key(name)[:1] == key(within(each)) for body in reading.bodies.values() for each in each_of(body.side)):
        return True
    sides = [side for said in reading.order for side in said.sides] if conventional_kind(key(name)) == "matrix" else []
    used = stands_for_a_matrix if reading.asserted else is_between_factors
    return any(used(side, name) for side in sides)
