r"""The rate of change of a function along a motion: `\dot V` of V(x), where `\dot x = Ax` tells how x moves, as Lyapunov's method asks for it.

It is the differential of V with what each `\dot x` is in the place of dx.
"""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import must_agree
from derivtex.core.terms import Term
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.targets import depends
from derivtex.reading.syntax.lefts import left_side, undressed
from derivtex.reading.syntax.tree import Key, Parts, key

DOT = r"\dot"


class Motion(NamedTuple):
    """What changes, what moves, and how the rate is written."""

    of: Parts
    by: tuple[Parts, ...]
    written: Parts


def asked_motion(reading: Reading) -> Motion | None:
    """The rate that a document asks for or tells: that of a function that is defined and depends on what moves; None where there is none."""
    moving = [undressed(name) for each in reading.order if each.relations[:1] == ("=",) and (name := dotted(each.sides[0]))]
    bodies = {key(body.left.name): body for body in reading.bodies.values()}
    for side in (each.sides[0] for each in reading.order):
        body = bodies.get(key(undressed(side))) if dotted(side) else None
        by = [name for name in moving if depends(reading, body.side, name)] if body is not None else []
        if body is not None and by:
            return Motion(body.left.name, tuple({key(name): name for name in by}.values()), side)
    return None


def dotted(side: Parts) -> Parts:
    """The name under a dot that a side is; nothing of another side."""
    left = left_side(side)
    return left.name if left is not None and not left.below and len(left.name) > 1 and left.name[0].text == DOT else ()


def agree_with_what_moves(scope: Scope, name: Key, rate: Term) -> None:
    r"""The rate `\dot x` is as large as the x that moves, where that conforms."""
    moves = scope.things.get(tuple(mark for mark in name[1:] if mark not in ("{", "}"))) if name[0] == DOT else None
    if moves is not None:
        with suppress(ShapeError), scope.unifier.trial():
            must_agree(moves.shape, rate.shape, "a rate is as large as what moves")
