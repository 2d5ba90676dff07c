r"""The derivative along a direction, `Df(X)[H] = XH + HX`: the differential of f, with H in the place of dX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.shapes import same
from derivtex.core.terms import Term
from derivtex.operations import Differential, Symbol
from derivtex.reading.syntax.gradients import Direction, direction
from derivtex.reading.syntax.tree import Parts, key

if TYPE_CHECKING:
    from derivtex.reading.meaning.elaboration import Elaborator
    from derivtex.reading.meaning.understanding import Understanding


def of_defined(found: Understanding, parts: Parts) -> Direction | None:
    """The derivative along a direction that a side is, of a function that is defined, at its argument."""
    asked = direction(parts)
    body = found.reading.bodies.get(key(asked.of)) if asked is not None else None
    if asked is None or body is None or body.left.arguments is None:
        return None
    return asked if [key(each) for each in body.left.arguments] == [key(asked.at)] else None


def along(to: Elaborator, found: Understanding, asked: Direction, right: Term) -> tuple[Term, Term] | None:
    """The two sides of a claim about a derivative along a direction, as one about differentials; None where that is no name of its shape."""
    of, at, way = (to.term(found.node(parts)) for parts in asked)
    if not isinstance(at, Symbol) or not isinstance(way, Symbol) or not all(map(same, at.shape, way.shape)):
        return None
    return Differential(of), right.replace({way: Differential(at)})
