r"""What the words say that the unknown of a problem has to be: “over nonnegative $x$”, “$X$ of rank 1”, “where $x$ is a probability distribution”,
“over $x \in \mathcal{X}$”.

What they say and no property of the unknown takes up has to be refused: without it the solution would be that of another problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.declarations import unknown_sets
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import phrase, word
from derivtex.reading.words.vocabulary import NOUNS

SUMS = dict.fromkeys(
    [f"{verb} {to} {one}" for verb in ("sum", "sums", "summing", "add", "adds", "adding") for to in ("to", "up to")
     for one in ("one", "1", "unity", "zero")]
    + ["probability simplex", "unit simplex", "over the simplex", "on the simplex", "in the simplex", "unit sphere", "unit ball", "unit circle",
       "orthogonal to", "null space of", "nullspace of", "kernel of", "column space of", "range of", "trace one", "trace 1", "unit trace"], True
)  # fmt: skip
# What an unknown may have to be, and the properties one of which takes that up; none do where there is none.
ROWS, TOTAL = ("rows-one", "sum-one"), ("sum-one", "simplex")
RESTRICTING: dict[str, tuple[str, ...]] = {
    "rank": (), "low rank": (), "nonnegative": (), "non negative": (), "nonpositive": (), "non positive": (), "probability": TOTAL,
    "probabilities": TOTAL, "distribution": TOTAL, "probability vector": TOTAL, "stochastic": ROWS, "doubly stochastic": (), "binary": (),
    "boolean": (), "sparse": (), "bounded": (), "unit norm": ("unit",), "unit length": ("unit",), "norm one": ("unit",), "norm 1": ("unit",),
    "length one": ("unit",), "length 1": ("unit",), "normalised": ("unit",), "normalized": ("unit",), "permutation": ("orthogonal",), "monotone": (),
    "increasing": (), "decreasing": (), "nonzero": (), "non zero": (), "integer": (), "integers": (), "integral": (), "at most": (), "at least": (),
    "no more than": (), "between": (), "circulant": (), "hankel": (), "banded": (), "tridiagonal": (), "traceless": (), "idempotent": (),
    "correlation matrix": (), "correlation matrices": (), "density matrix": (), "density matrices": (),
    "projection": (), "projections": (), "being zero": (), "being one": (),
}  # fmt: skip
LED = frozenset("over among".split())
BEHIND = frozenset("with having of being is are be has have bounded restricted constrained lies takes only must should".split())
ROLES = frozenset(  # what an unknown may be called, which says nothing of it; other plurals name a set that it is in: “over densities $p$”
    "weights parameters coefficients variables unknowns values choices entries elements vectors matrices scalars numbers reals biases embeddings "
    "filters kernels means centers centres centroids loadings factors scores features inputs outputs states actions controls thresholds angles "
    "positions coordinates points samples signals images directions multipliers hyperparameters estimates estimators portfolios allocations "
    "slopes intercepts gains settings options possible offsets translations shifts scales rates columns rows components regressors effects".split()
)
NAMED = frozenset("the our its their these this that both your my".split())
BEFORE = 5  # words at most between “over” and the name


class Restriction(NamedTuple):
    """A stretch of a text that restricts the unknown, and the properties one of which takes it up."""

    start: int
    end: int
    properties: tuple[str, ...] = ()


def restrictions(items: list[Item], source: Source, is_unknown: Callable[[Parts], bool]) -> Iterator[Restriction]:
    """What is said of an unknown in words, and the sets that it is in of which nothing is known."""
    for at, item in enumerate(items):
        if item.kind != "math":
            continue
        if is_unknown(item.tokens):
            yield from before(items, at)
            yield from behind(items, at)
        for names, space in unknown_sets(item.tokens, source):
            if any(map(is_unknown, by_commas(names))):
                yield Restriction(names[0].start, space[-1].end)


def before(items: list[Item], at: int) -> Iterator[Restriction]:
    """“over symmetric $X$”, “among all rank-one matrices $X$”: the words from there to the name."""
    begin = next((k for k in range(at - 1, max(at - 2 - BEFORE, -1), -1) if items[k].kind != "word" or word(items, k) in LED), -1)
    if word(items, begin) in LED:
        yield from said(items, begin + 1, at)
        if is_set(items, begin + 1, at):
            yield Restriction(items[begin + 1].start, items[at - 1].end)


def is_set(items: list[Item], begin: int, at: int) -> bool:
    """Whether the words between “over” and a name say of what set it is, “over densities $p$”, and no property can tell that."""
    last = word(items, at - 1)
    told = any(phrase(items, k, NOUNS) is not None for k in range(begin, at))
    return begin < at and last.endswith("s") and len(last) > 2 and last not in ROLES and not told and not NAMED & {word(items, begin)}


def behind(items: list[Item], at: int) -> Iterator[Restriction]:
    """“$X$ of rank 1”, “$x$ has unit norm”, “the entries of $x$ being zero”: the words that follow, to the next formula or stop."""
    if word(items, at + 1) in BEHIND:
        end = next((k for k in range(at + 1, len(items)) if items[k].kind != "word"), len(items))
        yield from said(items, at + 1, end)


def said(items: list[Item], begin: int, end: int) -> Iterator[Restriction]:
    """What a stretch of words says, phrase by phrase."""
    at = begin
    while at < end:
        found = phrase(items, at, RESTRICTING)
        found = found if found is not None and found[1] <= end else phrase(items, at, ADJECTIVES)
        if found is None or found[1] > end:
            at += 1
            continue
        yield Restriction(items[at].start, items[found[1] - 1].end, found[0])
        at = found[1]


def sums_in_words(items: list[Item]) -> Iterator[tuple[Parts, Restriction]]:
    """Where words bind what the formula before them has, “$w^TSw$ over the simplex”: that formula, and the stretch."""
    formula: Parts = ()
    for at, item in enumerate(items):
        formula = item.tokens if item.kind == "math" else formula
        if formula and (found := phrase(items, at, SUMS)) is not None:
            yield formula, Restriction(item.start, items[found[1] - 1].end)
