r"""What an author says of the shape of a formula: `xx^T \in \mathbb{R}^{n\times n}`, which of a name would be a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, ShapeError
from derivtex.core.shapes import ONE, Dim, Shape, inferring, size_text
from derivtex.problem import Claim, Fault, Untried
from derivtex.reading.meaning.claims import side
from derivtex.reading.syntax.declarations import field_of, sized
from derivtex.reading.syntax.statements import Statement

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding


def membership(found: Understanding, settle: Settling, said: Statement) -> Claim | Fault | Untried:
    """The claim that a formula has the shape of a space; a fault where it has another, and untried where only the letters of sizes differ."""
    left, space = said.sides
    field = field_of(space, said.source)
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
