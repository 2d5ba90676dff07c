r"""What the words say depends on something: “let $A$ depend on $t$”, “where $K$ is a smooth function of $\theta$”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.data import is_space
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_commas, has_mark
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.sentences import names_at, phrase, sentences, word
from derivtex.reading.words.vocabulary import ARTICLES

DEPENDING = dict.fromkeys(("depends on", "depend on", "depending on", "function of", "functions of", "varies with", "vary with"), True)
PUT = frozenset(("as", "in", "gradient", "derivative", "hessian", "jacobian", "differential"))  # “write it as a function of x” says nothing
DECLARING = frozenset(("be", "is", "are", "denote", "denotes", "being"))
LONGEST_REACH, LONGEST_NOUN = 10, 4


class Told(NamedTuple):
    """A thing, and by what it is told to change; where the words stand."""

    thing: Parts
    argument: Parts
    start: int
    end: int


@once
def dependences(document: Document) -> list[Told]:
    """What the words of a document say of dependences, in order."""
    return [] if document.is_formula else list(dependences_among(document.items))


def dependences_among(items: list[Item]) -> Iterator[Told]:
    for begin, end in sentences(items):
        for at in range(begin, end):
            found = phrase(items, at, DEPENDING) if items[at].kind == "word" else None
            step = behind_article(items, found[1], end) if found is not None else end
            named = names_at(items, step) if step < end else []
            thing = thing_before(items, begin, at) if len(named) == 1 else None
            if found is not None and thing is not None:
                yield Told(thing, named[0], items[at].start, items[step].end)
            for function in functions_told(items, at) if items[at].kind == "math" else ():
                yield Told(*function, items[at].start, items[at].end)


def behind_article(items: list[Item], at: int, end: int) -> int:
    """Where the name stands of “a scalar parameter $\\theta$”."""
    if word(items, at) not in ARTICLES:
        return at
    return next((place for place in range(at + 1, min(end, at + LONGEST_NOUN)) if items[place].kind == "math"), end)


def functions_told(items: list[Item], at: int) -> Iterator[tuple[Parts, Parts]]:
    r"""The things, each with its argument, of which it is said what they are: “$A(\theta)$ is”, `A(\theta) \in \mathbb{R}^n`."""
    if has_mark(items[at].tokens, r"\in"):
        told = [split_at(part, r"\in") for part in by_commas(items[at].tokens)]
        found = [of_argument(name) for name, member, _ in told if member]
    else:
        found = [of_argument(items[at].tokens) if word(items, at + 1) in DECLARING else None]
    yield from (each for each in found if each is not None)


def of_argument(name: Parts) -> tuple[Parts, Parts] | None:
    r"""The A and the θ of `A(\theta)`, of which the words say that it is a matrix."""
    left = left_side(name)
    arguments = left.arguments if left is not None and not left.below else None
    if left is None or arguments is None or len(arguments) != 1 or conventional_kind(key(left.name)) != "matrix" or not is_name(arguments[0]):
        return None
    return left.name, arguments[0]


def thing_before(items: list[Item], begin: int, at: int) -> Parts | None:
    """The name that stands before such words in its sentence, with nothing but words between."""
    for place in range(at - 1, max(begin, at - LONGEST_REACH) - 1, -1):
        in_space = word(items, place) == "in" and items[place + 1].kind == "math" and is_space(items[place + 1].tokens)
        if word(items, place) in PUT and not in_space:
            return None
        if named := names_at(items, place):
            return named[-1]
        if items[place].kind not in ("word", "stop") and not is_space(items[place].tokens):
            return None
    return None
