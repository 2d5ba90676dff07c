"""To which letters functions are applied in what is written."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.reading.syntax.occurring import levels
from derivtex.reading.syntax.tree import Key, Parts, key


def applied_to_letters(found: Iterable[Iterable[Parts]]) -> set[tuple[Key, tuple[Key, ...]]]:
    """The letters that stand before other letters in brackets, with those: P and t of `x^TP(t)x`, v and t, x of `v(t,x)`."""
    stretches = (current for sides in found for side in sides for current in levels(side))
    places = ((current[at], current[at + 2 :]) for current in stretches for at in range(len(current) - 3) if opens_behind(current, at))
    return {(key((name,)), inside) for name, behind in places if (inside := letters_until_closed(behind))}


def opens_behind(parts: Parts, at: int) -> bool:
    return parts[at].is_letter and parts[at + 1].is_mark("(")


def letters_until_closed(parts: Parts) -> tuple[Key, ...]:
    """The letters before the next closing bracket, where nothing but commas stands between them; none where anything else does."""
    found: list[Key] = []
    for at, token in enumerate(parts):
        if at % 2 == 0 and token.is_letter:
            found.append(key((token,)))
        elif at % 2 == 0 or not token.is_mark(","):
            return tuple(found) if at % 2 and token.is_mark(")") else ()
    return ()
