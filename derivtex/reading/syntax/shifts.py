r"""A function at a shifted argument, `f(X + H)`, of which an expansion is in powers of the shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.syntax.lefts import closing, left_side, name_width
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts


class Shift(NamedTuple):
    """A function, the place, and the shift from it."""

    of: Parts
    at: Parts
    along: Parts


def shifts_in(parts: Parts) -> Iterator[Shift]:
    """The functions of a formula at a name to which another name is added."""
    for at in range(len(parts)):
        name = parts[at : at + name_width(parts[at:])]
        begin = at + len(name)
        end = closing(parts, begin) if name and begin < len(parts) and parts[begin].text == "(" else None
        if end is None:
            continue
        place, plus, along = split_at(parts[begin + 1 : end], "+")
        if plus and is_name(place) and is_name(along):
            yield Shift(name, place, along)


def is_name(parts: Parts) -> bool:
    left = left_side(parts) if parts else None
    return left is not None and left.arguments is None
