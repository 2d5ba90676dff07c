r"""What lists something or leaves it out, and asserts nothing.

The values of an index, `i = 1, \ldots, n`; what entries are called, `A = a(i,j)`; sides of a chain that are left out, `a = \cdots = b`; a
notation, `\|\cdot\|_F`.
"""

from __future__ import annotations

from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key

OPENING, CLOSING = frozenset(("(", "[", r"\|", "|", r"\{")), frozenset((")", "]", r"\|", "|", r"\}"))


def listed_in(each: Statement) -> str | None:
    """What a statement lists or leaves out that asserts nothing; None of any other."""
    if is_range(each):
        return "a range of indices"
    return "entries" if names_entry(each) else "dots" if is_left_out(each) else None


def is_of_notation(parts: Parts) -> bool:
    r"""Whether a formula shows a notation with a dot in the place of what it is of, `\|\cdot\|_F`, `(\cdot)^T`, and says nothing."""
    around = zip(parts, parts[1:], parts[2:], strict=False)
    shown = any(dot.is_mark(r"\cdot", ".") and before.text in OPENING and behind.text in CLOSING for before, dot, behind in around)
    return shown and not any(token.is_mark("=", ":=") for token in parts)


def is_range(each: Statement) -> bool:
    r"""Whether a statement lists the values of an index, `i = 1, \ldots, n`, `k = 0, 1, 2`."""
    if each.relations != ("=",) or len(each.sides[0]) != 1 or each.sides[0][0].kind not in ("letter", "macro"):
        return False
    values = by_commas(each.sides[1])
    return len(values) > 1 and (is_digits(values[0]) or any(map(is_dots, values)))


def names_entry(each: Statement) -> bool:
    r"""Whether a statement says what the entries of a matrix are called, `A = a(i,j)`."""
    marks = key(each.sides[-1])
    entry = len(marks) == 6 and (marks[1], marks[3], marks[5]) == ("(", ",", ")") and is_index_letter(marks[2]) and is_index_letter(marks[4])
    return each.relations == ("=",) and len(each.sides[0]) == 1 and each.sides[0][0].text.isupper() and entry and marks[0].islower()


def is_digits(value: Parts) -> bool:
    return bool(value) and all(token.kind == "digit" for token in value)


def is_dots(side: Parts) -> bool:
    return len(side) == 1 and side[0].is_mark(r"\ldots")


def is_left_out(each: Statement) -> bool:
    r"""Whether all of a statement but one side is left out: `f = \cdots`."""
    told = [side for side in each.sides if side and not is_dots(side)]
    return bool(each.relations) and any(map(is_dots, each.sides)) and len(told) < (2 if each.sides[0] else 1)


def without_dots(each: Statement) -> Statement:
    r"""A chain without the sides that are left out, `a = \cdots = b`: what stands behind them is said of what stands before."""
    dots = [at for at, side in enumerate(each.sides) if at and is_dots(side)]
    if not dots:
        return each
    sides = tuple(side for at, side in enumerate(each.sides) if at not in dots)
    return each._replace(sides=sides, relations=tuple(relation for at, relation in enumerate(each.relations, 1) if at not in dots))
