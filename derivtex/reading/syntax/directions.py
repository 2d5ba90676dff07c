r"""The derivative along a direction, `Df(X)[H]`, `f'(X)[H]`, `\mathrm{D}f(X)(H)`, as it is written."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.syntax.statements import closing
from derivtex.reading.syntax.tree import Parts, key

MARKS = (("D",), ("d",), (r"\mathrm", "D"), (r"\operatorname", "D"), (r"\mathrm", "{", "D", "}"), (r"\operatorname", "{", "D", "}"))


class Direction(NamedTuple):
    """What is differentiated, at what, and along what."""

    of: Parts
    at: Parts
    along: Parts


def direction(parts: Parts) -> Direction | None:
    """The derivative along a direction that a side is; `f(X)[H]` without a mark is none."""
    width = next((width for width in (2, 1) if key(parts[:width]) in MARKS), 0)
    rest = parts[width:]
    opening = next((at for at, token in enumerate(rest) if token.text == "("), 0)
    primes = sum(token.is_mark("'") for token in rest[:opening])
    end = closing(rest, opening) if opening else None
    if end is None or bool(width) == bool(primes) or primes > 1 or end + 2 >= len(rest) or rest[end + 1].text not in ("[", "("):
        return None
    name, at, along = rest[: opening - primes], rest[opening + 1 : end], rest[end + 2 : -1]
    return Direction(name, at, along) if closing(rest, end + 1) == len(rest) - 1 and along else None
