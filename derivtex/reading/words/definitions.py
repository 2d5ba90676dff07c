"""Definitions in words: “where $r$ is the residual $y - X\\beta$”, “the error $e$ is $t - y$”."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import RELATIONS
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.occurring import factors
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import ENDS, names_of, word
from derivtex.reading.words.vocabulary import ARTICLES, DOUBT, LEADS_ON

SAYING = frozenset(("is", "denotes", "means", "stands"))
LONGEST = 4
NO_THING = LEADS_ON | DOUBT | frozenset("gradient derivative jacobian hessian form like given where such that optimal solution".split())
NO_FORMULA = frozenset((r"\in", ",", r"\times", r"\ldots", ";", r"\mapsto", r"\to", "?"))


class ToldDefinition(NamedTuple):
    """A name and the tokens of what it stands for."""

    name: Parts
    side: Parts
    start: int
    end: int


@once
def definitions_in_words(document: Document) -> list[ToldDefinition]:
    """The definitions that the words of a document make."""
    items = document.items
    return [found for at in range(len(items)) if (found := definition_at(items, at)) is not None]


def definition_at(items: list[Item], at: int) -> ToldDefinition | None:
    """The definition that begins with its name: the name, a verb, an article and a noun or nothing, a formula that ends the clause."""
    before = word(items, at - 1)
    if items[at].kind != "math" or word(items, at + 1) not in SAYING or before in DOUBT or before.endswith("ing"):
        return None
    named = names_of(items[at])
    step = at + 2
    if word(items, step) in ARTICLES:
        step += 1
        last = min(at + 2 + LONGEST, len(items))
        while step < last and items[step].kind == "word" and word(items, step) not in NO_THING and not word(items, step).endswith("ing"):
            step += 1
    if len(named) != 1 or step >= len(items) or items[step].kind != "math" or step == at + 3:
        return None
    side = items[step].tokens
    ends = word(items, step + 1) in (*ENDS, ",", ")", "and", "") and word(items, step + 1) != "?"
    if len(side) < 3 or not ends or factors(side) < 2 or has_mark(side, *RELATIONS, *NO_FORMULA):
        return None
    return ToldDefinition(named[0], side, items[at].start, items[step].end)
