r"""The columns of aligned rows: words beside an equation, `a &= b && \text{since } c = d`, and equations beside one another,
`X &= a & Y &= b`."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import RELATIONS, ROWS
from derivtex.reading.syntax.tree import Parts

JOINING = (r"\cdot", r"\times", r"\odot", r"\otimes")


def begins_column(parts: Parts, at: int, current: list[Token], asides: list[Parts]) -> str:
    """Whether a column begins at a `&` that is no part of the equation before it, "own", or goes on with that of the row above, "again"."""
    behind = parts[at + 1 : row_end(parts, at)]
    beside = has_relation(current) and (is_column(behind[:1]) or is_equation_beside(current, behind))
    third = not current and len(behind) > 2 and behind[0].is_mark("&") and behind[1].is_mark("&")
    if (beside or third) and goes_on_beside(parts, at, asides):
        return "again"
    return "own" if beside or is_aside(parts, at, current) else ""


def is_equation_beside(current: list[Token], behind: Parts) -> bool:
    """Whether an equation of its own begins behind a `&`, in the second column of `X &= a & Y &= b`."""
    begins = begins_statement(behind) and not behind[0].is_mark("+", "-", *JOINING, *RELATIONS)
    return begins and not current[-1].is_mark("+", "-", *JOINING, *RELATIONS)


def goes_on_beside(parts: Parts, at: int, asides: list[Parts]) -> bool:
    """Whether a row goes on with the equation that the row before has in its second column, `& & &= c`, `&= b & &= c`."""
    begins = next((k for k in range(at, len(parts)) if not parts[k].is_mark("&")), at)
    if not asides or not has_relation(asides[-1]) or not parts[begins].is_mark(*RELATIONS) or asides[-1][0].start < parts[0].start:
        return False
    return sum(token.is_mark("\\\\") and token.start > asides[-1][-1].start for token in parts[:at]) == 1


def first_row(parts: Parts) -> Parts:
    """The first row of what is one aligned environment; nothing of anything else."""
    if len(parts) != 1 or parts[0].kind != "environment" or parts[0].text not in ROWS:
        return ()
    return tuple(token for token in parts[0].inner[: row_end(parts[0].inner, 0)] if not token.is_mark("&"))


def is_column(behind: Parts) -> bool:
    """Whether a column of words begins behind a `&`: another `&`, or words."""
    return bool(behind) and (behind[0].is_mark("&") or behind[0].kind == "text")


def is_aside(parts: Parts, at: int, current: list[Token]) -> bool:
    """Whether words stand in a column of their own behind a row that goes on with the one before, or in a row without mathematics."""
    if current:
        return is_continuation(current) and is_column(parts[at + 1 : at + 2])
    rest = [token for token in parts[at : row_end(parts, at)] if not token.is_mark("&")]
    return bool(rest) and all(token.kind == "text" for token in rest)


def is_continuation(row: list[Token]) -> bool:
    r"""Whether a row goes on with the one before: it begins with a sign, or with an empty group before one, `{} + …`."""
    begins = row[1:] if row and row[0].kind == "group" and not row[0].inner else row
    return bool(begins) and begins[0].is_mark("+", "-")


def row_end(parts: Parts, at: int) -> int:
    """Where a row of an aligned environment ends."""
    return next((k for k in range(at, len(parts)) if parts[k].is_mark("\\\\")), len(parts))


def without_words(parts: Parts) -> Iterator[Parts]:
    """The formulas among the words of a column."""
    current: list[Token] = []
    for token in parts:
        if token.kind == "text":
            yield tuple(current)
            current = []
        else:
            current.append(token)
    yield tuple(current)


def has_relation(parts: list[Token] | Parts) -> bool:
    return any(token.kind in ("mark", "macro") and token.text in RELATIONS for token in parts)


def begins_statement(parts: Parts) -> bool:
    """Whether a relation comes before the next separator: what stands behind a comma is then a statement of its own."""
    depth = 0
    for token in parts:
        depth += token.nesting
        if depth == 0 and token.is_mark(",", ";", "\\\\"):
            return False
        if depth == 0 and token.kind in ("mark", "macro") and token.text in RELATIONS:
            return True
    return False
