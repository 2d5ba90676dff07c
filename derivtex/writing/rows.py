r"""Formulas in rows: what is too wide is broken before an operator, at the outermost one there is.

A row may begin where no brace, no environment and no group that grows is open: before `=`, `+`, `-`, before `\odot` and `\otimes`, or, where
there is none, between the factors of a product. What stands in brackets that grow is first given brackets of one size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from derivtex.writing.widths import Ruler, measured, width

OPERATORS = ("+", "-", r"\odot", r"\otimes", r"\oslash")
OPENING, CLOSING = ("(", "[", r"\langle", r"\{"), (")", "]", r"\rangle", r"\}")
SIZES = (r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\biggl", r"\biggr")
SIGNS, RELATION = ("+", "-"), "="
BARE = 25.0  # points: a bare dx begins no row
LEVEL, OUTSIDE, OPERATOR, FACTOR, LEAST = 3, -1, 1, 4, 0.3  # how deep a bracket is, a relation, an entrywise or Kronecker product in it, a product


class Break(NamedTuple):
    """A place where a row may begin: offset, how deep in brackets, a factor deeper than an operator."""

    at: int
    depth: int


def rows_of(text: str, room: float) -> tuple[str, ...]:
    """A formula in as many rows as it needs; one where it fits or cannot be broken."""
    rows: list[str] = []
    while measured(text, room) > room:
        found = best(breaks(text), text, room)
        if found is None:
            opened = unfolded(text)
            if opened is None:
                break
            text = opened
            continue
        rows.append(text[: found.at].rstrip())
        text = text[found.at :].removeprefix(r"\,")
    return (*rows, text)


def outermost_rows(text: str, room: float, indent: float, most: int) -> tuple[str, ...] | None:
    """A formula in at most so many rows, broken at its outermost signs alone; None where that cannot be. indent: of the rows that follow."""
    if width(text) > most * room:
        return None
    rows: list[str] = []
    while measured(text, room) > room - (indent if rows else 0.0):
        space = room - (indent if rows else 0.0)
        ruler = Ruler(text)
        places = [place.at for place in breaks(text) if place.depth < LEVEL and ruler.up_to(place.at) <= space]
        relations = [at for at in places if text[at] == RELATION]
        signs = [at for at in places if text[at] in SIGNS]
        places = relations or signs or places
        if not places or len(rows) + 1 == most:
            return None
        rows.append(text[: places[-1]].rstrip())
        text = text[places[-1] :]
    return (*rows, text)


def best(places: Iterable[Break], text: str, room: float) -> Break | None:
    """The outermost place that leaves a full row, of several the last; if none does, the first behind the room. They come in order."""
    fitting: list[Break] = []
    ruler = Ruler(text)
    for place in places:
        wide = ruler.up_to(place.at)
        if wide > room:
            return min(fitting, key=outermost) if fitting else place
        if wide >= LEAST * room:
            fitting.append(place)
    return min(fitting, key=outermost, default=None)


def outermost(place: Break) -> tuple[int, int]:
    return place.depth, -place.at


def breaks(text: str) -> Iterator[Break]:
    """Where a row may begin."""
    braces = growing = depth = 0
    before = ""
    for at, token in tokens(text):
        if token == "{":
            braces += 1
        elif token == "}":
            braces -= 1
        elif token == r"\left":
            growing += 1
        elif token == r"\right":
            growing -= 1
        elif not braces and not growing and before != r"\right":  # the bracket of that belongs to its group
            if token in OPENING and before != "^":
                depth += 1
            elif token in CLOSING:
                depth -= 1
            elif token == RELATION and not depth and before:
                yield Break(at, OUTSIDE)
            elif token in OPERATORS and before not in ("", "^", "_", *OPENING, *OPERATORS, "=", ","):
                yield Break(at, LEVEL * depth + (0 if token in SIGNS else OPERATOR))
            elif token in (r"\,", r"\cdot") and measured(text[at:], BARE) >= BARE:
                yield Break(at, LEVEL * depth + FACTOR)
        if token not in SIZES:
            before = token


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """The marks of a formula with their places; an environment is one mark."""
    at = 0
    while at < len(text):
        end = at + 1
        if text[at] == "\\":
            while end < len(text) and text[end].isalpha():
                end += 1
            end = max(end, at + 2)
            if text[at:end] == r"\begin":
                end = environment_end(text, at)
        if not text[at].isspace():
            yield at, text[at:end]
        at = end


def environment_end(text: str, at: int) -> int:
    """Behind the `\\end{…}` that belongs to the `\\begin` at a place."""
    open_ = 0
    while True:
        begin, end = text.find(r"\begin{", at), text.find(r"\end{", at)
        if end < 0:
            return len(text)
        if 0 <= begin < end:
            open_, at = open_ + 1, begin + 1
        else:
            open_, at = open_ - 1, end + 1
        if not open_:
            return text.find("}", end) + 1


def opened(text: str) -> str:
    """A formula whose brackets do not grow: what could be broken once they are all unfolded."""
    return text.replace(r"\left", r"\bigl").replace(r"\right", r"\bigr")


def unfolded(text: str) -> str | None:
    r"""The formula with its outermost wide `\left( … \right)` in brackets of one size, so that a row may begin between them."""
    open_, pairs, begin = 0, list[tuple[int, int]](), 0
    for place, token in tokens(text):
        if token == r"\left":
            begin, open_ = (begin if open_ else place), open_ + 1
        elif token == r"\right":
            open_ -= 1
            if not open_:
                pairs.append((begin, place))
    widest = max(pairs, key=lambda pair: width(text[pair[0] : pair[1]]), default=None)
    if widest is None or next(breaks(opened(text[widest[0] + len(r"\left") + 1 : widest[1]])), None) is None:
        return None
    begin, end = widest
    return rf"{text[:begin]}\biggl{text[begin + 5 : end]}\biggr{text[end + 6 :]}"
