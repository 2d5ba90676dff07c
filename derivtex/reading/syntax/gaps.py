r"""Statements on one row that only a wide space keeps apart: `f = x^TAx \quad g = b^Tx`."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source
from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import RELATIONS
from derivtex.reading.syntax.tree import Parts

WIDE = (r"\quad", r"\qquad", r"\hfill", r"\hspace")
NARROW = (r"\,", r"\;", r"\:", "\\ ")
AS_WIDE = 5  # narrow spaces in a row, which are as wide as a capital M
JOINING = frozenset(("+", "-", "*", "/", "^", "_", ",", ":", "|", r"\cdot", r"\times", r"\odot", r"\otimes", r"\pm", r"\mp", *RELATIONS))


def apart(row: Parts, source: Source) -> Iterator[Parts]:
    """The statements of a row: it is cut at a wide space with an equation on each side of it."""
    begin = depth = 0
    related = False
    for at, token in enumerate(row):
        if related and depth == 0 and is_wide(source.text[row[at - 1].end : token.start]) and begins_another(row, at):
            yield row[begin:at]
            begin, related = at, False
        depth = max(0, depth + token.nesting)
        related = related or (depth == 0 and is_relation(token) and at > begin)
    yield row[begin:]


def is_wide(gap: str) -> bool:
    """Whether the space between two marks is one that authors set between formulas."""
    return "\\" in gap and (any(space in gap for space in WIDE) or sum(map(gap.count, NARROW)) >= AS_WIDE)


def begins_another(row: Parts, at: int) -> bool:
    """Whether what begins at a place has a left side of its own: no sign stands on either side of the space, and a relation comes behind it."""
    if row[at].is_mark(*JOINING) or row[at - 1].is_mark(*JOINING):
        return False
    depth = 0
    for token in row[at:]:
        depth += token.nesting
        if depth == 0 and is_relation(token):
            return True
    return False


def is_relation(token: Token) -> bool:
    return token.kind in ("mark", "macro") and token.text in RELATIONS
