r"""Derivatives as operators inside of a formula: `v^T\nabla^2 f(x)v`, `-\frac n2\nabla_\Sigma\ln\det\Sigma`, `(\partial_x Y)Y^{-1}`,
and the accent of `\dot A`, which is a differential along a parameter."""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.core.terms import Term
from derivtex.operations import Differential, Entry, Member, ScalarCall, ScalarGradient, ScalarHessian, Symbol
from derivtex.reading.meaning.derivatives import derivative_of
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.meaning.operatorreach import Operator, operator_of, reached, undefined
from derivtex.reading.syntax.gradients import is_row
from derivtex.reading.syntax.lefts import undressed
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.tree import Key, Node, key


def with_operators(to: Elaborator, node: Node) -> Node:
    """A product with each derivative taken together with what it is of."""
    parts: list[Node] = []
    marks: list[str] = []
    at = 0
    while at < len(node.parts):
        part, mark = node.parts[at], node.marks[at]
        operator = operator_of(part)
        reach = reached(to, node, operator, at + 1) if operator is not None else 0
        if operator is not None and reach and (not operator.by or operator.by[0]):
            part = made(part, operator, node, at + 1, reach)
        parts.append(part)
        marks.append(mark)
        at += 1 + reach
    return node._replace(parts=tuple(parts), marks=tuple(marks)) if len(parts) < len(node.parts) else node


def made(head: Node, operator: Operator, node: Node, begin: int, reach: int) -> Node:
    """The derivative of the next factors."""
    behind = node.parts[begin : begin + reach]
    of = behind[0]
    if reach > 1:
        of = Node("chain", of.start, behind[-1].end, parts=behind, marks=("", *node.marks[begin + 1 : begin + reach]))
    below = operator.by[0] if operator.by else ()
    last = behind[-1]
    if len(behind) < 3 and is_row(last):  # \nabla f(x)^T is the transpose of the gradient
        of = of._replace(parts=(*of.parts[:-1], last.parts[0])) if len(behind) == 2 else last.parts[0]
        inner = Node("derivative", head.start, of.end, parts=(of,), below=below, across=operator.order)
        return last._replace(start=head.start, parts=(inner,))
    return Node("derivative", head.start, of.end, parts=(of,), below=below, across=operator.order)


def derivative_in_formula(to: Elaborator, node: Node) -> Term:
    """The derivative that an operator makes of what stands behind it."""
    of = to.term(node.parts[0])
    if not node.below:
        return gradient_of(to, node.parts[0], of, node.across)
    return derivative_of(of, to.term(to_node(to, node.below)), node.across)


def implied(to: Elaborator, node: Node, of: Term) -> Term:
    r"""The variable of `\nabla f`: the argument of f, or the one by which it is differentiated elsewhere, or its only name."""
    for name in variables_of(to, node):
        thing = to.scope.things.get(name) or to.scope.families.get(name)
        if thing is not None:
            return in_other_font(to, name, thing, of)
    leaves = undefined(to, of)
    if len(leaves) == 1:
        return leaves[0]
    listed = ", ".join(leaf.name for leaf in leaves) or "none"
    raise to.ambiguous(f"it is not said by what {to.latex(node)} is differentiated: {listed}", r"write \nabla_x", node)


def in_other_font(to: Elaborator, name: Key, thing: Term, of: Term) -> Term:
    r"""The argument of a function, or of `f(x) = \mathbf{x}^T\mathbf{x}` the bold letter that stands in its formula instead."""
    leaves = undefined(to, of)
    alike = [other for label, other in to.scope.things.items() if other in leaves and bare_letter(label) == bare_letter(name) != ""]
    return alike[0] if isinstance(thing, Symbol) and thing not in leaves and len(alike) == 1 else thing


def variables_of(to: Elaborator, node: Node) -> list[Key]:
    """The names that a function's arguments are, or by which it is differentiated elsewhere."""
    head = node
    while head.form in ("call", "chain", "script", "bracket") and head.parts:
        if head.form in ("call", "chain") and len(head.parts) == 2 and head.parts[1].form == "bracket" and len(head.parts[1].parts) == 1:
            inner = head.parts[1].parts[0]
            if inner.form == "name" and key(head.parts[0].tokens) in to.scope.functions:
                return [key(inner.tokens)]
        head = head.parts[0]
    name = key(head.tokens)
    function = to.scope.functions.get(name)
    own = list(function.arguments) if function is not None and len(function.arguments) == 1 else []
    elsewhere = to.scope.variables.get(name, ())
    return [*own, *(elsewhere if len(elsewhere) == 1 else ())]


def along_parameter(to: Elaborator, node: Node) -> Term | None:
    r"""`\dot A` as the differential of A along the parameter that the dot speaks of; None of a name of its own."""
    name = key(node.tokens)
    if not to.differentials or name[:1] != (r"\dot",) or name in to.scope.declared:
        return None
    inner = undressed(node.tokens)
    if key(inner) not in to.scope.things and key(inner) not in to.scope.guessed:
        return None
    try:
        return Differential(to.term(to_node(to, inner)))
    except DerivtexError:
        return None


def gradient(to: Elaborator, node: Node) -> Term:
    r"""`\nabla_w f`, or `\nabla f` of a variable that is understood, inside a longer side."""
    order = 2 if node.above.name == ("2",) else 1
    if not to.gradients or (node.above and order == 1):
        raise SyntaxProblem(
            r"\nabla stands inside of a formula", way_out=r"ask with \nabla_x f alone, \frac{\partial f}{\partial x} or --wrt", span=to.span(node)
        )
    of = to.term(node.parts[0])
    return derivative_of(of, to.term(to_node(to, node.below)), order) if node.below else gradient_of(to, node.parts[0], of, order)


def gradient_of(to: Elaborator, node: Node, of: Term, order: int) -> Term:
    r"""`\nabla f` by what is understood; of a function left open, `\nabla f(Ax + b)`, the gradient of f at that place."""
    if type(of) is ScalarCall and not isinstance(of.of, (Symbol, Member, Entry)):
        return to.make(ScalarHessian if order == 2 else ScalarGradient, of.function, of.of, node=node)
    return derivative_of(of, implied(to, node, of), order)
