"""Marks that mean other things than they seem to: columns of words beside an equation, `<` and `>` that are brackets."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.tokens import Token


def without_words(parts: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """The formulas among the words of a column."""
    current: list[Token] = []
    for token in parts:
        if token.kind == "text":
            yield tuple(current)
            current = []
        else:
            current.append(token)
    yield tuple(current)


def is_column(behind: tuple[Token, ...]) -> bool:
    """Whether a column of words begins behind a `&`: another `&`, or words."""
    return bool(behind) and (behind[0].is_mark("&") or behind[0].kind == "text")


def in_angle(parts: tuple[Token, ...], at: int) -> bool:
    """Whether a comma stands between `<` and `>` that are brackets."""
    before = [token.text for token in parts[:at] if token.text in ("<", ">")]
    behind = [token.text for token in parts[at + 1 : at + 40] if token.text in ("<", ">", ",")]
    return before[-1:] == ["<"] and behind[:1] == [">"]


def is_fence(row: tuple[Token, ...], at: int) -> bool:
    """Whether `<` or `>` is a bracket here: `<x, y>`."""
    if row[at].text == "<":
        rest = [token.text for token in row[at + 1 : at + 60]]
        return ">" in rest and "," in rest[: rest.index(">")]
    if row[at].text == ">":
        before = [token.text for token in row[:at]]
        return "<" in before and "," in before[len(before) - before[::-1].index("<") :]
    return False


def row_end(parts: tuple[Token, ...], at: int) -> int:
    """Where a row of an aligned environment ends."""
    return next((k for k in range(at, len(parts)) if parts[k].is_mark("\\\\")), len(parts))


def is_aside(parts: tuple[Token, ...], at: int, current: list[Token]) -> bool:
    """Whether words stand in a column of their own behind a row that goes on with the one before, or in a row without mathematics."""
    if current:
        return is_continuation(current) and is_column(parts[at + 1 : at + 2])
    rest = [token for token in parts[at : row_end(parts, at)] if not token.is_mark("&")]
    return bool(rest) and all(token.kind == "text" for token in rest)


def is_continuation(row: list[Token]) -> bool:
    r"""Whether a row goes on with the one before: it begins with a sign, or with an empty group before one, `{} + …`."""
    begins = row[1:] if row and row[0].kind == "group" and not row[0].inner else row
    return bool(begins) and begins[0].is_mark("+", "-")
