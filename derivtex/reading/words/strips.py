r"""Rows and columns of a matrix in words: “$w_i^T$ is the $i$-th row of $W$”, “the columns of $X$ are $x_1, …, x_n$”, “with rows $x_i^T$”."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import turned_left
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.scripts import marks_in
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.words.sentences import word

STRIPS = {"row": "row", "rows": "row", "column": "column", "columns": "column", "col": "column", "cols": "column"}
COPULAS = frozenset(("is", "are", "be", "being", "denote", "denotes", "as", "by"))
BETWEEN = frozenset("the its th st nd rd - i-th j-th k-th ith jth kth i j k of a an respective corresponding consecutive given".split())
REACH = 7


@once
def strips_in_words(document: Document) -> dict[Key, tuple[str, ...]]:
    """For each letter that the words call rows or columns when it has an index, the ways in which it can be one."""
    items = document.items
    found: dict[Key, tuple[str, ...]] = {}
    for at, item in enumerate(items):
        if item.kind == "word" and item.text in STRIPS:
            for name, turned in named(items, at):
                if ways := ways_of(STRIPS[item.text], turned):
                    found.setdefault(key(name), ways)
    return found


def ways_of(strip: str, turned: bool) -> tuple[str, ...]:
    """What `w_i`, or where it is turned `w_i^T`, is by the words: a row is written as it stands, or as a column."""
    if strip == "column":
        return () if turned else ("column",)
    return ("row as a column",) if turned else ("row", "row as a column")


def named(items: list[Item], at: int) -> Iterator[tuple[Parts, bool]]:
    """The names with an index that the word at a place speaks of, and whether they are transposed there."""
    yield from members(items, before(items, at))
    yield from members(items, behind(items, at))


def before(items: list[Item], at: int) -> int | None:
    """The formula of “$x_i$ is the $i$-th row”: before a copula with nothing but a number between."""
    copula = False
    for place in range(at - 1, max(-1, at - REACH), -1):
        if items[place].kind != "math" and word(items, place) not in BETWEEN | COPULAS:
            return None
        if items[place].kind == "math" and copula:
            return place
        copula |= word(items, place) in COPULAS
    return None


def behind(items: list[Item], at: int) -> int | None:
    """The formula of “rows $x_i^T$” and “the rows of $X$ are $x_i^T$”."""
    if at + 1 < len(items) and items[at + 1].kind == "math":
        return at + 1
    whole = word(items, at + 1) == "of" and at + 4 < len(items) and items[at + 2].kind == items[at + 4].kind == "math"
    return at + 4 if whole and word(items, at + 3) in COPULAS else at + 2 if word(items, at + 1) in COPULAS else None


def members(items: list[Item], at: int | None) -> Iterator[tuple[Parts, bool]]:
    """The letters of a formula that have one index, and whether they are transposed."""
    if at is None or at >= len(items) or items[at].kind != "math":
        return
    for part in by_commas(items[at].tokens):
        left, turned = turned_left(part)
        if left is not None and left.arguments is None and len(marks_in(left.below)) == 1:
            yield left.name, turned
