r"""Equations that only say what the entries of a vector or a matrix are called: `x = [x_1, x_2]^T`, `\mathbf{x} = (x_1, \ldots, x_n)^T`, a column
with `\vdots`, `X = [x_{ij}]_{m\times n}`. They define nothing; what they tell of the size is said as `x \in \mathbb{R}^n` says it.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import MATRICES, TRANSPOSES
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.lists import by_commas, by_marks
from derivtex.reading.syntax.occurring import is_used_as_array
from derivtex.reading.syntax.scripts import marks_in
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import placed

DOTS = (r"\ldots", r"\vdots", r"\ddots")
EQUAL = (("=",), (":=",))
FIELD = r"\mathbb{R}^{%s}"


class Listing(NamedTuple):
    """What is listed, without the dots; is_column: whether it is surely a column; dotted: whether dots stand in it; behind: what stands below
    the closing bracket."""

    items: tuple[Parts, ...]
    is_column: bool
    dotted: bool
    behind: Parts = ()


def entries_named(each: Statement) -> tuple[Statement, ...] | None:
    """What an equation that names entries tells of the size, as a statement, or nothing; None of any other."""
    letter = bare_letter(key(each.sides[0])) if each.relations in EQUAL and each.sides[0] else ""
    found = listing(each.sides[1]) if letter else None
    if found is None or not found.items or not all(is_entry(item, letter) for item in found.items):
        return None
    indices = [marks_in(item[-1].inside) for item in found.items]
    if found.behind:
        return (of_size(each, found.behind),) if len(found.items) == 1 and len(indices[0]) == 2 else None
    if not all(bare_letter(key(item[:-2])) == letter for item in found.items) or any(len(index) != 1 for index in indices):
        return None
    first, last = indices[0][0], indices[-1][0]
    counted = key(first) == ("1",) and (found.dotted or key(last) == (str(len(indices)),))
    return (of_size(each, last),) if found.is_column and counted else ()


def with_entries_named(found: list[Statement], declared: set[Key]) -> list[Statement]:
    r"""The statements, what names the entries of a vector as the space that it lies in; no entry may be declared, or be used as an array, as the
    blocks of `z = [z_1, z_2]^T` are in `Az_1`."""
    made: list[Statement] = []
    for each in found:
        told = entries_named(each) or ()
        names = found_listing.items if told and (found_listing := listing(each.sides[1])) is not None else ()
        blocks = any(key(name) in declared for name in names) or any(
            is_used_as_array(side, name) for name in names for said in found if said is not each for side in said.sides
        )
        made += [each] if blocks or not told or key(each.sides[0]) in declared else told
    return made


def listing(side: Parts) -> Listing | None:
    """What stands between brackets, or in a matrix of one row or one column."""
    turned = len(side) > 2 and side[-2].is_mark("^") and key(side[-1:]) in TRANSPOSES
    inner = side[:-2] if turned else side
    whole = inner[1:-1] if len(inner) == 3 and (inner[0].text, inner[-1].text) in (("(", ")"), ("[", "]")) else inner  # an array in brackets
    if len(whole) == 1 and whole[0].kind == "environment" and whole[0].text in MATRICES:
        inner = whole
        return of_cells(inner[0].inner, turned)
    behind = inner[-1].inside if len(inner) > 3 and inner[-2].is_mark("_") else ()
    inner = inner[:-2] if behind else inner
    if len(inner) < 3 or (inner[0].text, inner[-1].text) not in (("(", ")"), ("[", "]")):
        return None
    items = by_commas(inner[1:-1])
    named = tuple(item for item in items if not is_dots(item))
    return Listing(named, turned, len(named) < len(items), behind) if len(items) > 1 or behind else None


def of_cells(inner: Parts, turned: bool) -> Listing | None:
    inner = inner[1:] if inner and inner[0].kind == "group" else inner  # of an array, how its columns are set
    rows = [row for row in by_marks(inner, "\\\\") if row]
    cells = [by_marks(row, "&") for row in rows]
    if not cells or (len(cells) > 1 and any(len(row) > 1 for row in cells)):
        return None
    items = [cell for row in cells for cell in row]
    named = tuple(item for item in items if not is_dots(item))
    return Listing(named, (len(cells) > 1) != turned, len(named) < len(items)) if len(items) > 1 else None


def is_dots(item: Parts) -> bool:
    return len(item) == 1 and item[0].is_mark(*DOTS)


def is_entry(item: Parts, letter: str) -> bool:
    """Whether an item is a letter with an index, the one of a name, or its small one."""
    own = bare_letter(key(item[:-2])) if len(item) > 2 and item[-2].is_mark("_") else ""
    return own != "" and own in (letter, letter.lower())


def of_size(each: Statement, size: Parts) -> Statement:
    r"""`x \in \mathbb{R}^n` in the place of an equation."""
    written = FIELD % each.source.text[size[0].start : size[-1].end]
    space = placed(tokens(Source(written)), each.end)
    return each._replace(sides=(each.sides[0], space), relations=(r"\in",))


