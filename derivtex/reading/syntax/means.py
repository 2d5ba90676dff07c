r"""How far sums run above which nothing stands: by “$i = 1, \dots, m$”; in `\frac1n\sum_i x_i` to n, unless what is summed tells its length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

COUNTS = frozenset("nNmMTKdpB")


def ends_of_sums(found: list[Statement], runs: dict[str, Parts], known: set[Key]) -> dict[int, tuple[Parts, bool]]:
    """By the place of such a sum to what it runs, and whether only what divides it says so. known: names that are no sizes."""
    return {place: end for each in found for side in each.sides for place, end in in_side(side, runs, known)}


def in_side(parts: Parts, runs: dict[str, Parts], known: set[Key]) -> Iterator[tuple[int, tuple[Parts, bool]]]:
    for at, token in enumerate(parts):
        yield from in_side(token.inner, runs, known)
        index = parts[at + 2].inside if token.is_mark(r"\sum") and len(parts) > at + 2 and parts[at + 1].is_mark("_") else ()
        if len(index) == 1 and index[0].kind == "letter" and not (parts[at + 3 : at + 4] and parts[at + 3].is_mark("^")):
            end = divisor(parts[:at])
            if index[0].text in runs:
                yield token.start, (runs[index[0].text], False)
            elif end is not None and key((end,)) not in known:
                yield token.start, ((end,), True)


def told_runs(formulas: Iterable[Parts]) -> dict[str, Parts]:
    r"""The letters of which a formula says how far they run, `i = 1, \dots, m`; none that runs in two ways."""
    found: dict[str, list[Parts]] = {}
    for parts in formulas:
        for at in [at - 4 for at, token in enumerate(parts) if token.text == r"\ldots" and 4 <= at < len(parts) - 2]:
            if key(parts[at + 1 : at + 6]) == ("=", "1", ",", r"\ldots", ",") and parts[at].kind == "letter":
                found.setdefault(parts[at].text, []).append(parts[at + 6 : at + 7])
    return {letter: ends[0] for letter, ends in found.items() if len(set(map(key, ends))) == 1 and ends[0][0].kind in ("letter", "digit")}


def divisor(before: Parts) -> Token | None:
    r"""The n of `\frac{1}{2n}` or `1/n` right before a sum; None where there is none, or nothing that counts."""
    if len(before) > 2 and before[-3].is_mark(r"\frac"):
        under = before[-1].inside
    elif len(before) > 1 and before[-2].is_mark("/"):
        under = before[-1:]
    else:
        return None
    numbers, last = under[:-1], under[-1] if under else None
    return last if last is not None and last.text in COUNTS and all(token.kind == "digit" for token in numbers) else None
