r"""What the words say depends on something: “let $A$ depend on $t$”, “where $K$ is a smooth function of $\theta$”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import names_at, phrase, sentences, word

DEPENDING = dict.fromkeys(("depends on", "depend on", "depending on", "function of", "functions of", "varies with", "vary with"), True)
PUT = frozenset(("as", "in", "gradient", "derivative", "hessian", "jacobian", "differential"))  # “write it as a function of x” says nothing
LONGEST_REACH = 8


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
            named = names_at(items, found[1]) if found is not None and found[1] < end else []
            thing = thing_before(items, begin, at) if len(named) == 1 else None
            if found is not None and thing is not None:
                yield Told(thing, named[0], items[at].start, items[found[1]].end)


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
