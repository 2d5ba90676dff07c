r"""What the words say depends on something: “let $A$ depend on $t$”, “where $K$ is a smooth function of $\theta$”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.sentences import names_at, phrase, sentences, word
from derivtex.reading.words.vocabulary import ARTICLES

DEPENDING = dict.fromkeys(("depends on", "depend on", "depending on", "function of", "functions of", "varies with", "vary with"), True)
PUT = frozenset(("as", "in", "gradient", "derivative", "hessian", "jacobian", "differential"))  # “write it as a function of x” says nothing
DECLARING = frozenset(("be", "is", "are", "denote", "denotes", "being"))
LONGEST_REACH, LONGEST_NOUN = 8, 4


class Told(NamedTuple):
    """A thing, and by what it is told to change; where the words stand."""

    thing: Parts
    argument: Parts
    start: int
    end: int


def dependences(items: list[Item]) -> Iterator[Told]:
    """What the words of a document say of dependences, in order."""
    for begin, end in sentences(items):
        for at in range(begin, end):
            found = phrase(items, at, DEPENDING) if items[at].kind == "word" else None
            step = behind_article(items, found[1], end) if found is not None else end
            named = names_at(items, step) if step < end else []
            thing = thing_before(items, begin, at) if len(named) == 1 else None
            if found is not None and thing is not None:
                yield Told(thing, named[0], items[at].start, items[step].end)
            if items[at].kind == "math" and (function := of_argument(items[at])) is not None and word(items, at + 1) in DECLARING:
                yield Told(*function, items[at].start, items[at].end)


def behind_article(items: list[Item], at: int, end: int) -> int:
    """Where the name stands of “a scalar parameter $\\theta$”."""
    if word(items, at) not in ARTICLES:
        return at
    return next((place for place in range(at + 1, min(end, at + LONGEST_NOUN)) if items[place].kind == "math"), end)


def of_argument(item: Item) -> tuple[Parts, Parts] | None:
    r"""The A and the θ of `A(\theta)`, of which the words say that it is a matrix."""
    left = left_side(item.tokens)
    arguments = left.arguments if left is not None and not left.below else None
    if left is None or arguments is None or len(arguments) != 1 or conventional_kind(key(left.name)) != "matrix" or not is_name(arguments[0]):
        return None
    return left.name, arguments[0]


def thing_before(items: list[Item], begin: int, at: int) -> Parts | None:
    """The name that stands before such words in its sentence, with nothing but words between."""
    for place in range(at - 1, max(begin, at - LONGEST_REACH) - 1, -1):
        if word(items, place) in PUT:
            return None
        if named := names_at(items, place):
            return named[-1]
        if items[place].kind not in ("word", "stop"):
            return None
    return None
