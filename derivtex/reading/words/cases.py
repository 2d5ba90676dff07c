"""A case that is asked for behind the question itself: “… and if $X$ is symmetric?”, “what changes for symmetric $A$?”."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import names, phrase, sentences, word

CONDITIONS = frozenset("if when for assuming supposing where".split())
LEADING = frozenset(
    "and or but so then now also what how why about does do it this that the a result answer derivative gradient formula thing things anything "
    "something change changes differ differs different happens happen is be become becomes would will should look looks like explain furthermore , "
    "case in same hold holds still true case finally next please simplify simplifies reduce reduces specialise specialize to your further".split()
)
SPECIALISED = frozenset("specialise specialize simplify".split())  # “then specialise to symmetric $A$”, “simplify for symmetric $A$”
VERBS = frozenset("is are was were".split())


class Case(NamedTuple):
    """Names, and the properties that they have in the case."""

    names: tuple[Parts, ...]
    properties: tuple[str, ...]


def case_besides(items: list[Item]) -> Case | None:
    """The first case that is asked for behind a question; None where there is none."""
    found = (case_in(items, begin, end) for begin, end in sentences(items))
    return next((case for case in found if case is not None), None)


def case_in(items: list[Item], begin: int, end: int) -> Case | None:
    """The case that a sentence asks for behind those before it, one of which asks; or behind what it asks itself, “…, and simplify for …”."""
    special = next((at for at in range(begin, end) if word(items, at) in SPECIALISED), None)
    start = begin if special is None else special
    found = next((case for at in range(start, end) if (case := case_at(items, start, at)) is not None), None)
    if found is None or not (special is not None or word(items, end - 1) == "?" or asks(items, begin, end)):
        return None
    before = sentences(items[:start]) if special is not None else sentences(items[:begin])
    return found if any(asks(items, *each) for each in before) else None


def is_specialised(items: list[Item], begin: int, at: int) -> bool:
    """Whether what is said at a place of a sentence says for which case a result is to be simplified."""
    return any(word(items, k) in SPECIALISED for k in range(begin, at))


def case_at(items: list[Item], begin: int, at: int) -> Case | None:
    """The case at a condition that only words of its question stand before; names before their adjectives or behind them."""
    special = word(items, at) == "to" and word(items, at - 1) in SPECIALISED
    if not (special or word(items, at) in CONDITIONS) or not all(word(items, k) in LEADING for k in range(begin, at)):
        return None
    start = at + 1 + (word(items, at + 1) in ("the", "a", "an", "all"))
    named = names(items, start)
    if named is not None:
        said = phrase(items, named[1] + (word(items, named[1]) in VERBS), ADJECTIVES)
        return Case(tuple(named[0]), said[0]) if said is not None else None
    said = phrase(items, start, ADJECTIVES)
    behind = said[1] + (word(items, said[1]) in ("matrix", "matrices")) if said is not None else start
    named = names(items, behind) if said is not None and behind < len(items) else None
    return Case(tuple(named[0]), said[0]) if named is not None and said is not None else None
