r"""Indicators, `1[x > a]` and `1\{y_i = k\}`: one where a condition holds, and zero elsewhere."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import SCALAR, Shape, same
from derivtex.core.terms import Term
from derivtex.operations import Index, KroneckerDelta, Number, Ones, Product, Step, Sum, Symbol
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.syntax.numbers import EQUALITIES
from derivtex.reading.syntax.tree import Node


def condition(to: Elaborator, node: Node) -> Term:
    r"""`1[x > a]`: the step of x - a, of arrays entry by entry. What is at equality does not matter for a derivative."""
    left, right = (to.term(part) for part in node.parts)
    shapes = to.shape(left), to.shape(right)
    if node.text in EQUALITIES and are_classes(left, right):
        return of_class(to, node, left, right)
    if node.text not in ("<", ">", r"\le", r"\ge") or (SCALAR not in shapes and not all(map(same, *shapes))):
        raise SyntaxProblem(
            f"{to.latex(node)} is an indicator that is not read: known are those of a > b and a < b, for numbers and for arrays of one shape, "
            "and of the number of a class, y_i = k",
            way_out="give it a name of its own, as a constant", span=to.span(node),
        )  # fmt: skip
    wide = shapes[0] if shapes[1] == SCALAR else shapes[1]
    left, right = (spread(side, own, wide) for side, own in zip((left, right), shapes, strict=True))
    high, low = (left, right) if node.text in (">", r"\ge") else (right, left)
    each = "" if wide == SCALAR else ", entry by entry"
    to.scope.guess(f"{to.latex(node)} is 1 where it holds and 0 elsewhere{each}; its own derivative is taken as 0")
    if low is Number(0) or high is Number(0):
        return Step(high if low is Number(0) else Product((Number(-1), low)))
    return Step(Sum((high, Product((Number(-1), low)))))


def are_classes(*sides: Term) -> bool:
    """Whether an indicator compares numbers of classes: indices, whole numbers, and what nothing but such indicators tells of."""
    return all(type(side) in (Index, Number) or (side.is_scalar and any(has_label(part) for part in side.children or (side,))) for side in sides)


def has_label(part: Term) -> bool:
    return type(part) is Symbol and any(map(part.has, ("label", "bit", "integer")))


def of_class(to: Elaborator, node: Node, left: Term, right: Term) -> Term:
    r"""`1\{y_i = k\}`: one where a label is the number of a class, and zero elsewhere."""
    asked = {to.scope.things.get(name) for name in to.scope.asked}
    if any(part in asked for side in (left, right) for part in side.walk()):
        raise SyntaxProblem(
            f"{to.latex(node)} jumps where what it is differentiated by changes",
            way_out="name what is constant, or write another variable", span=to.span(node),
        )  # fmt: skip
    to.scope.guess(f"{to.latex(node)} is 1 where both are the same and 0 elsewhere; they number classes, those that a sum runs over")
    to.scope.spelling.marks.setdefault("KroneckerDelta", "=".join(node.marks))
    same_class = KroneckerDelta(left, right)
    if node.text == "=":
        return same_class
    return Sum((Number(1), Product((Number(-1), same_class))))


def spread(side: Term, own: Shape, wide: Shape) -> Term:
    """A number beside an array, for each of its entries; 0 stays what it is."""
    return side if own != SCALAR or wide == SCALAR or side is Number(0) else Product((side, Ones(*wide)))
