r"""Equations that an author writes down to bring in a name: `AP + PA^T = C` for P, `\log p = …` for p.

A formula without a name above a line about its derivative: `\|Xw - y\|^2` and then `\frac{\partial J}{\partial w} = …` tell what J is.

What an author says of the shape of a formula: `xx^T \in \mathbb{R}^{n\times n}`, which of a name would be a declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, NotDerivable, ShapeError
from derivtex.core.shapes import ONE, Dim, Shape, inferring, size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Exp, Log, Symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Untried
from derivtex.reading.meaning.claims import side
from derivtex.reading.meaning.equations import fixed, names, solved
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.declarations import sized
from derivtex.reading.syntax.fields import space_of
from derivtex.reading.syntax.lefts import inside_log, left_side
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import Question, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import key
from derivtex.reading.syntax.written import placed

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding


Item = Definition | FunctionDefinition | Claim | Fault


def as_definition(item: Item, first: dict[Term, int]) -> Item:
    """An equation as the definition of the one undeclared name that it brings in; what is something else as it is.

    first: the undeclared names with the place where each occurs first.
    """
    if isinstance(item, Definition) and item.body is item.name.T:  # says of a name that it is symmetric
        return Claim(item.name, "=", item.body, item.span.text if item.span else "", item.span)
    if isinstance(item, Definition):
        try:
            return fixed(item)
        except NotDerivable as error:
            return Fault.of(item.span.text if item.span else "", error, item.span)
    if not isinstance(item, Claim) or any(isinstance(part, (Derivative, Differential)) for part in (*item.left.walk(), *item.right.walk())):
        return item
    begin = item.span.start if item.span else -1
    wanted = [name for name in names(item) if first.get(name, -1) >= begin]
    wanted = [name for name in wanted if item.left is Log(name)] or wanted
    body = solved(item, wanted[0], declared=False, about=set()) or of_logarithm(item, wanted[0]) if len(wanted) == 1 else None
    return item if body is None else Definition(wanted[0], body, item.span, (item.left, item.right))


def of_logarithm(claim: Claim, name: Symbol) -> Term | None:
    r"""What a number is whose logarithm an equation tells, `\log p = …`."""
    return Exp(claim.right) if claim.left is Log(name) and name.is_scalar and not claim.right.contains(name) else None


def with_names(found: list[Statement]) -> list[Statement]:
    """The lines of a derivation, a formula that stands alone as the equation for the name that the line behind it differentiates."""
    made = list(found)
    for at, (each, behind) in enumerate(zip(found, found[1:], strict=False)):
        asked = question(behind.sides[0]) if behind.relations and not each.relations and len(each.sides[0]) > 1 else None
        if asked is not None and question(each.sides[0]) is None and is_about(asked, each, found):
            name = placed(asked.of, each.start)
            made[at] = each._replace(sides=(name, *each.sides), relations=("=",))
    return made


def is_about(asked: Question, expression: Statement, found: list[Statement]) -> bool:
    """Whether a derivative is of a name that no line defines, or of its logarithm, by something that stands in a formula."""
    of = inside_log(asked.of) or asked.of
    left = left_side(of) if of and asked.by else None
    if left is None or left.arguments is not None:
        return False
    said = {key(each.sides[0]) for each in found if each.relations}
    heads = {key(side.name) for each in found if each.relations and (side := left_side(each.sides[0])) is not None}
    inside = key(left.name) not in TRANSPOSES and contains(expression.sides[0], left.name)
    named = inside or key(asked.of) in said or key(left.name) in heads
    return not named and all(contains(expression.sides[0], by) for by in asked.by)


def membership(found: Understanding, settle: Settling, said: Statement) -> Claim | Fault | Untried:
    """The claim that a formula has the shape of a space; a fault where it has another, and untried where only the letters of sizes differ."""
    left, space = said.sides
    field = space_of(space, said.source)
    if field is None:
        return Untried(said.latex, r"\in", said.span)
    wanted = sized(field[0], field[1])
    try:
        with inferring(found.scope.unifier), found.scope.unifier.trial():
            term = side(found, left, said)
            shape = found.scope.unifier.shape(term.shape)
            if not may_be(shape, wanted) and not (field[0] == "vector" and may_be(shape, wanted[::-1])):
                raise ShapeError(f"the left side is {size_text(shape)}, not {size_text(wanted)}")
            term = settle.term(term)
    except DerivtexError as error:
        return Fault.of(said.latex, error, said.span)
    return Claim(term, r"\in", term, said.latex, said.span)


def may_be(shape: Shape, wanted: Shape) -> bool:
    """Whether a shape may be another: letters of sizes may stand for the same number, 1 and other numbers do not."""
    return all(map(may_be_size, shape, wanted))


def may_be_size(one: Dim, other: Dim) -> bool:
    if one.integer is not None and other.integer is not None:
        return one == other
    return (one == ONE) == (other == ONE)
