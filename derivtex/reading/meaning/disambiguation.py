r"""Kinds that fit: the conventional ones first, with `^*` as the transpose it may be, then others for a name or two, then sums
with numbers that stand for vectors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from derivtex.core.errors import AmbiguityError, DerivtexError, ShapeError, TwoReadings
from derivtex.core.shapes import SCALAR
from derivtex.reading.meaning.names import EULER, EULER_IS_NUMBER
from derivtex.reading.meaning.scope import Key
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.meaning.slices import WAYS, StripAmbiguity
from derivtex.reading.meaning.sorting import Reading
from derivtex.reading.meaning.understanding import Understanding

TRIES = 80
PLAUSIBLE = {
    ("scalar", "vector"): 0, ("vector", "family vector"): 1, ("vector", "scalar"): 2, ("vector", "family scalar"): 3,
    ("scalar", "matrix"): 5, ("vector", "row"): 6, ("matrix", "vector"): 7, ("vector", "matrix"): 8, ("matrix", "scalar"): 9,
    ("function", "matrix"): 4,
}  # fmt: skip
PAIR = 3
MOST_STRIPS, MOST_GREEK = 3, 4


def understood(reading: Reading, of: str | None, wrt: str | None) -> tuple[Understanding, list[str]]:
    """The first attempt that conforms: with the conventional kinds, else with one or two names of another kind; at last with
    sums in which
    a number stands for a vector or matrix of such entries."""
    attempt = try_with(reading, {}, of, wrt)
    if isinstance(attempt, Understanding):
        return a_number(reading, attempt, [], of, wrt)
    failure, names = attempt
    if isinstance(failure, TwoReadings):
        raise failure
    starred = try_with(reading, {}, of, wrt, adjoint=True)
    if isinstance(starred, Understanding) and starred.scope.stars:
        return starred, []
    if isinstance(failure, StripAmbiguity):
        return with_strips(reading, failure, of, wrt)
    tried: list[dict[Key, str]] = []
    while len(tried) < TRIES and (kinds := next((each for each in other_kinds(names) if each not in tried), None)) is not None:
        tried.append(kinds)
        attempt = try_with(reading, kinds, of, wrt)
        if isinstance(attempt, Understanding):
            return a_number(reading, attempt, [told(attempt, name, kind) for name, kind in kinds.items()], of, wrt)
        names += [each for each in attempt[1] if each[0] not in dict(names)]
    attempt = try_with(reading, {}, of, wrt, fills=True)
    if isinstance(attempt, Understanding):
        return a_number(reading, attempt, [], of, wrt)
    raise attempt[0] if isinstance(attempt[0], AmbiguityError) else failure


def a_number(
    reading: Reading, attempt: Understanding, notes: list[str], of: str | None, wrt: str | None
) -> tuple[Understanding, list[str]]:
    """The attempt; where a family of vectors or a letter for a count or a number that nobody declared makes the target a vector or matrix, the one
    with numbers, if its target is one."""
    if attempt.scope.unifier.shape(attempt.target.shape) == SCALAR:
        return attempt, notes
    for name, kind in kinds_for_a_number(attempt):
        other = try_with(reading, {**attempt.kinds, name: kind}, of, wrt, attempt.scope.fills)
        held = isinstance(other, Understanding) and (kind != "family vector" or name in other.scope.families)
        if isinstance(other, Understanding) and held and other.scope.unifier.shape(other.target.shape) == SCALAR:
            known, usual = attempt.scope.guessed[name], "vectors" if kind == "family scalar" else "numbers"
            usual = usual if kind.startswith("family") else IN_WORDS.get(known.kind, f"a {known.kind}")
            return other, [*notes, f"{known.name} is {IN_WORDS.get(kind, f'a {kind}')}: with {usual} the target is no number"]
    return attempt, notes


def kinds_for_a_number(attempt: Understanding) -> list[tuple[Key, str]]:
    """Names that nobody declared, and another kind for each, the likeliest first."""
    guessed = attempt.scope.guessed
    alone = [name for name, thing in guessed.items() if thing.family is None]
    return [
        *((name, "family scalar") for name, thing in guessed.items() if thing.family is not None and thing.kind == "vector"),
        *((name, "family vector") for name in alone if guessed[name].kind == "vector"),
        *((name, "scalar") for name in alone if name in COUNTS),
        *[(name, "vector") for name in alone if guessed[name].kind == "scalar"][:MOST_GREEK],
    ]


IN_WORDS = {"family scalar": "a family of numbers", "family vector": "a family of vectors", "scalar": "a number"}
COUNTS = {(letter,) for letter in "nmdpkNMTK"}  # what sizes and numbers of samples are called
Fit = tuple[Understanding, tuple[tuple[StripAmbiguity, str], ...]]


def with_strips(reading: Reading, failure: StripAmbiguity, of: str | None, wrt: str | None) -> tuple[Understanding, list[str]]:
    """The one way to take names for rows or columns of a matrix that conforms and makes the target a number.

    A row that conforms as a row and as a column is what its letter tells: a small one is a column.
    """
    found = list(fits(reading, failure, (), of, wrt))
    sides = {tuple(way == "column" for _, way in chosen) for _, chosen in found}
    if len(sides) != 1:
        raise failure
    usual = [fit for fit in found if all((way == "row") == name.is_upper for name, way in fit[1] if way != "column")]
    if len(found) > 1 and len(usual) != 1:
        raise failure
    attempt, chosen = found[0] if len(found) == 1 else usual[0]
    return attempt, [name.told(way) for name, way in chosen]


def fits(
    reading: Reading, failure: StripAmbiguity, chosen: tuple[tuple[StripAmbiguity, str], ...], of: str | None, wrt: str | None
) -> Iterator[Fit]:
    """The attempts that conform, with what each takes a name for."""
    if len(chosen) == MOST_STRIPS:
        raise failure
    for way in WAYS:
        more = (*chosen, (failure, way))
        attempt = try_with(reading, {}, of, wrt, strips={name.name: each for name, each in more})
        if isinstance(attempt, Understanding):
            if attempt.scope.unifier.shape(attempt.target.shape) == SCALAR:
                yield attempt, more
        elif isinstance(attempt[0], StripAmbiguity):
            yield from fits(reading, attempt[0], more, of, wrt)


def told(attempt: Understanding, name: Key, kind: str) -> str:
    thing = attempt.scope.guessed.get(name)
    text = thing.name if thing is not None else "".join(name)
    word = {"family vector": "a family of vectors", "family scalar": "a family of numbers"}.get(kind, f"a {kind}")
    return f"{text} is {word}: with the usual kind the formula does not conform"


def try_with(
    reading: Reading, kinds: dict[Key, str], of: str | None, wrt: str | None, fills: bool = False,
    strips: dict[Key, str] | None = None, adjoint: bool = False,
) -> Understanding | tuple[DerivtexError, list[tuple[Key, str]]]:  # fmt: skip
    asked: dict[Key, str] = {name: "matrix" for name in LETTERS_OF_FUNCTIONS if wrt is not None and wrt.strip() == name[0]}
    attempt = Understanding(reading, {**asked, **kinds}, fills, strips)
    attempt.scope.adjoint = adjoint
    try:
        attempt.run(of, wrt)
    except (ShapeError, AmbiguityError) as error:
        euler = [(EULER, "scalar")] if EULER_IS_NUMBER in attempt.scope.guesses else []
        letters = [(name, "function") for name in LETTERS_OF_FUNCTIONS if name in attempt.scope.functions and name not in attempt.scope.declared]
        return error, [*euler, *letters, *((name, thing.kind) for name, thing in attempt.scope.guessed.items())]
    return attempt


def other_kinds(names: list[tuple[Key, str]]) -> Iterator[dict[Key, str]]:
    """Other kinds for one name, the likeliest first; then for two."""
    choices = [(name, kind, rank) for name, usual in names for (own, kind), rank in PLAUSIBLE.items() if own == usual]
    pairs = [
        ({one: kind, other: second}, first + then + PAIR)
        for (one, kind, first), (other, second, then) in combinations(choices, 2)
        if one != other
    ]
    found = [*(({name: kind}, rank) for name, kind, rank in choices), *pairs]
    yield from (kinds for kinds, _ in sorted(found, key=lambda each: each[1]))
