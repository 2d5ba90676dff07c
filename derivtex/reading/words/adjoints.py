"""Whether a question asks for the adjoint of a derivative: “the derivative and its adjoint”, “the adjoint of the differential”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import sentences, word

DERIVED = frozenset("derivative derivatives differential jacobian map operator".split())
PASSED = frozenset("of the this that fréchet frechet linear".split())


def asks_adjoint(items: list[Item]) -> bool:
    """Whether a sentence that asks has such words; “its adjoint” only where a derivative stands before it."""
    return any(speaks(items, begin, end) for begin, end in sentences(items) if asks(items, begin, end))


def speaks(items: list[Item], begin: int, end: int) -> bool:
    for at in range(begin, end):
        if word(items, at) != "adjoint":
            continue
        behind = at + 1
        while behind < end and word(items, behind) in PASSED:
            behind += 1
        its = word(items, at - 1) in ("its", "their") and any(word(items, k) in DERIVED for k in range(begin, at))
        if its or (behind > at + 1 and word(items, behind) in DERIVED):
            return True
    return False
