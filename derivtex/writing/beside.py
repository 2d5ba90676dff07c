"""Reasons beside their lines: in one column where all have room there, else all behind the lines, else all below them."""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

from derivtex.writing.rows import outermost_rows
from derivtex.writing.widths import RELATION, prose_width, width

WORDS = re.compile(r"\[[^\]]*\]\)?|(?:\$[^$]*\$|[^\s$])+")  # a source in brackets is one
BETWEEN, INDENT, MARGIN, MOST_ROWS = 10.0, 12.0, 12.0, 2


class Column(NamedTuple):
    """Right sides in rows, and reasons in pieces beside them, line by line."""

    rows: list[tuple[str, ...]]
    pieces: list[tuple[str, ...]]


def column(lefts: list[str], rights: list[str], reasons: list[str], room: float, relation: float = RELATION) -> Column | None:
    """The column that has room: reasons whole or in parts, and only then right sides broken at their outermost signs. None where there is none."""
    left = max(map(width, lefts), default=0.0)
    whole: list[tuple[str, ...]] = [(reason,) for reason in reasons]
    apart = stacked(reasons)
    for pieces, most in (whole, 1), (apart, 1), (whole, MOST_ROWS), (apart, MOST_ROWS):
        reason = max((prose_width(piece) for each in pieces for piece in each), default=0.0)
        body = room - left - relation - BETWEEN - MARGIN - reason
        rows = [outermost_rows(right, body, INDENT, most) for right in rights]
        if body > 0 and all(row is not None for row in rows):
            return Column([row for row in rows if row is not None], [tuple(filter(None, piece)) for piece in pieces])
    return None


def stacked(reasons: list[str]) -> list[tuple[str, ...]]:
    """The reasons in pieces, as many on a row as are no wider than the longest one."""
    room = max((prose_width(part) for reason in reasons for part in parts_of(reason)), default=0.0)
    return [packed(reason, room) for reason in reasons]


def packed(reason: str, room: float) -> tuple[str, ...]:
    """A reason in rows, as many of its parts on each as have room; what has none for itself is broken between words, its source first."""
    rows: list[str] = []
    parts = ((part,) if prose_width(part) <= room else WORDS.findall(part) for part in parts_of(reason))
    for part in chain.from_iterable(parts):
        joined = f"{rows[-1]} {part}" if rows else part
        rows = [*rows[:-1], joined] if prose_width(joined) <= room else [*rows, part]
    return tuple(rows)


def parts_of(reason: str) -> list[str]:
    """The parts of a reason between its semicolons, which stay behind them."""
    *parts, last = reason.split("; ")
    return [*(f"{part};" for part in parts), last]
