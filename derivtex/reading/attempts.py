r"""Kinds that fit: the conventional ones first, then others for a name or two, then sums with numbers that stand for vectors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from derivtex.errors import AmbiguityError, DerivtexError, ShapeError
from derivtex.reading.scope import Key
from derivtex.reading.sorting import Reading
from derivtex.reading.understanding import Understanding

TRIES = 60
PLAUSIBLE = {
    ("scalar", "vector"): 0, ("vector", "family vector"): 1, ("vector", "scalar"): 2, ("vector", "family scalar"): 3,
    ("matrix", "scalar"): 4,
    ("scalar", "matrix"): 5, ("vector", "row"): 6, ("matrix", "vector"): 7, ("vector", "matrix"): 8,
}  # fmt: skip  # fmt: skip


def understood(reading: Reading, of: str | None, wrt: str | None) -> tuple[Understanding, list[str]]:
    """The first attempt that conforms: with the conventional kinds, else with one or two names of another kind; at last with
    sums in which
    a number stands for a vector or matrix of such entries."""
    attempt = try_with(reading, {}, of, wrt)
    if isinstance(attempt, Understanding):
        return attempt, []
    failure, names = attempt
    for kinds in islice(other_kinds(names), TRIES):
        attempt = try_with(reading, kinds, of, wrt)
        if isinstance(attempt, Understanding):
            return attempt, [told(attempt, name, kind) for name, kind in kinds.items()]
    attempt = try_with(reading, {}, of, wrt, fills=True)
    if isinstance(attempt, Understanding):
        return attempt, []
    raise attempt[0] if isinstance(attempt[0], AmbiguityError) else failure


def told(attempt: Understanding, name: Key, kind: str) -> str:
    thing = attempt.scope.guessed.get(name)
    text = thing.name if thing is not None else "".join(name)
    word = {"family vector": "a family of vectors", "family scalar": "a family of numbers"}.get(kind, f"a {kind}")
    return f"{text} is {word}: with the usual kind the formula does not conform"


def try_with(
    reading: Reading, kinds: dict[Key, str], of: str | None, wrt: str | None, fills: bool = False
) -> Understanding | tuple[DerivtexError, list[tuple[Key, str]]]:
    attempt = Understanding(reading, kinds, fills)
    try:
        attempt.run(of, wrt)
    except (ShapeError, AmbiguityError) as error:
        return error, [(name, thing.kind) for name, thing in attempt.scope.guessed.items()]
    return attempt


def other_kinds(names: list[tuple[Key, str]]) -> Iterator[dict[Key, str]]:
    """Other kinds for one name, the likeliest first; then for two."""
    choices = [(name, kind, rank) for name, usual in names for (own, kind), rank in PLAUSIBLE.items() if own == usual]
    choices.sort(key=lambda choice: choice[2])
    yield from ({name: kind} for name, kind, _ in choices)
    pairs = sorted(combinations(choices, 2), key=lambda pair: pair[0][2] + pair[1][2])
    for (one, kind, _), (other, second, _) in pairs:
        if one != other:
            yield {one: kind, other: second}
