"""What is derived for a question where it is not the derivative that stands on paper: a differential, or a whole Hessian."""

from __future__ import annotations

from typing import Any

from derivtex.core.errors import PartOfHessian, Source
from derivtex.interface import Answer, unjudged
from derivtex.reading import asked_motion

Direction = tuple[str, str, str, str]  # of what, by what, along what, and how it is written


def along_direction(source: Source, asked: Direction | None) -> Answer | None:
    """The differential, where the derivative along a direction is asked for, which is that with the direction in the place of dX."""
    return unjudged(source, of=asked[0], wrt=asked[1], form="differential") if asked is not None else None


def along_motion(source: Source) -> Answer | None:
    r"""The differential, where the rate `\dot V` along a motion `\dot x = f(x)` is asked for."""
    asked = asked_motion(source)
    return unjudged(source, of=asked[0], wrt=", ".join(asked[1]), form="differential") if asked is not None else None


def or_hessian(source: Source, **asked: Any) -> Answer:
    """What is asked for; in the place of one entry of a Hessian all of it, as its other entries stand beside it."""
    try:
        return unjudged(source, **asked)
    except PartOfHessian as error:
        return unjudged(source, **{**asked, "of": error.target, "wrt": error.whole, "order": 2})
