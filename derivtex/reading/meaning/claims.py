r"""What an author asserts: `\frac{\partial L}{\partial W} = X^T y^T`, `dL = df\,y`, `A = B`. Differentials and derivatives
become terms; an asserted
line whose sides cannot be read or do not conform is a fault, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, inferring, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Entry, Member, Number, Symbol, zero
from derivtex.problem import Claim, Fault
from derivtex.reading.meaning.arithmetic import negated
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.questions import Question, d_width, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Node, key

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding

Sides = tuple[tuple[Token, ...], str, tuple[Token, ...], Statement]


def sides(found: Understanding, settle: Settling) -> list[tuple[Statement, Claim | Fault]]:
    """The claims and faults of a source, each with the statement it stands in."""
    return [(claim[3], judged(found, settle, claim)) for claim in found.reading.claims]


def judged(found: Understanding, settle: Settling, claim: Sides) -> Claim | Fault:
    """A claim, or what is wrong with it."""
    left_tokens, _, right_tokens, said = claim
    text = said.source.text[left_tokens[0].start : right_tokens[-1].end].strip()
    span = said.span._replace(start=left_tokens[0].start, end=right_tokens[-1].end)
    try:
        with inferring(found.scope.unifier):
            one, other = side(found, left_tokens, said), side(found, right_tokens, said)
            if not isinstance(one, Derivative) and not isinstance(other, Derivative):
                all(map(same, one.shape, other.shape))  # open sizes are those of the other side
            left, right = settle.term(one), settle.term(other)
        left, right = zeros(left, right), zeros(right, left)
        left = fitted(left, right)
    except DerivtexError as error:
        return Fault.of(text, error, span)
    return Claim(left, "=", right, text, span)


def zeros(term: Term, beside: Term) -> Term:
    """The number 0 as the zero of what it is said to be equal to."""
    return zero(beside.shape) if term is Number(0) else term


def fitted(left: Term, right: Term) -> Term:
    """The left side in the layout that fits the right; an error where neither does."""
    if left.shape == right.shape:
        return left
    if isinstance(left, Derivative) and (left.columns, left.rows) == right.shape:
        return Derivative(left.of, left.by, left.form, left.columns, left.rows)
    if isinstance(left, Derivative):
        raise ShapeError(misfit(left, right))
    raise ShapeError(f"the left side is {size_text(left.shape)}, the right side {size_text(right.shape)}")


def misfit(left: Derivative, right: Term) -> str:
    """Why a derivative cannot be what stands on the right."""
    of, by = left.of, left.by
    if left.form == "vec":
        return (
            f"the derivative of what is {size_text(of.shape)} by what is {size_text(by.shape)} has more than two indices "
            f"(as a matrix, of vec by vec, it is {size_text(left.shape)}); the right side is {size_text(right.shape)}"
        )
    other = size_text((left.columns, left.rows))
    return f"the derivative is {size_text(left.shape)}, or {other} in the other layout, not {size_text(right.shape)}"


def side(found: Understanding, parts: tuple[Token, ...], said: Statement) -> Term:
    """A side of a claim as a term."""
    to = found.elaborator_with_differentials()
    asked = question(parts)
    if asked is not None and (whole := of_question(found, to, asked)) is not None:
        return whole
    if (
        parts[0].is_mark("-")
        and (asked := question(parts[1:])) is not None
        and (whole := of_question(found, to, asked)) is not None
    ):
        return negated(whole)
    return to.term(found.node(parts, said.source))


def of_question(found: Understanding, to: Elaborator, asked: Question) -> Term | None:
    """The derivative that a question names; None when it is a part of a longer side."""
    if not asked.of or len(asked.by) != 1:
        return None
    of = to.term(found.node(asked.of))
    by = to.term(found.node(asked.by[0]))
    return derivative_of(of, by, asked.order)


def derivative(to: Elaborator, node: Node) -> Term:
    r"""`\frac{\partial f}{\partial X}` inside a longer side."""
    over, under = node.parts
    of, by = behind_d(to, over), behind_d(to, under)
    return derivative_of(to.term(of), to.term(by), 1)


def gradient(to: Elaborator, node: Node) -> Term:
    r"""`\nabla_w f` inside a longer side."""
    order = 2 if key(node.above) == ("2",) else 1
    if not to.differentials or not node.below or (node.above and order == 1):
        raise SyntaxProblem(
            r"\nabla stands inside of a formula", way_out=r"ask with \nabla_x f alone, \frac{\partial f}{\partial x} or --wrt", span=to.span(node)
        )
    return derivative_of(to.term(node.parts[0]), to.term(to_node(to, node.below)), order)


def behind_d(to: Elaborator, node: Node) -> Node:
    """What stands behind a d."""
    if node.form == "chain" and len(node.parts) >= 2 and d_width(node.parts[0].tokens):
        rest = node.parts[1:]
        return rest[0] if len(rest) == 1 else Node("chain", rest[0].start, node.end, parts=rest, marks=("",) * len(rest))
    raise to.ambiguous("this derivative is not read", r"write \frac{\partial f}{\partial x}", node)


def derivative_of(of: Term, by: Term, order: int = 1) -> Derivative:
    """The derivative in its usual layout: of a scalar in the shape of the variable, of a vector by a vector with a row for
    each output."""
    if not isinstance(by, (Symbol, Entry, Member)):
        raise ShapeError("a derivative is taken by a name, an entry or a member of a family")
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
