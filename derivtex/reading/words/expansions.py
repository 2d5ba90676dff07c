"""Whether a question is about an expansion: “the second order term”, “a Taylor expansion”, “the quadratic approximation”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import sentences, word

SECOND = (("second", "order"), ("second-order",), ("2nd", "order"), ("quadratic",), ("taylor",))
REACH = 4
OF_EXPANSION = frozenset("term terms expansion approximation taylor correction series".split())


def asks_expansion(items: list[Item]) -> bool:
    """Whether a sentence that asks speaks of the second order of an expansion."""
    return any(speaks(items, begin, end) for begin, end in sentences(items) if asks(items, begin, end))


def speaks(items: list[Item], begin: int, end: int) -> bool:
    for at in range(begin, end):
        for phrase in SECOND:
            own = phrase == ("taylor",)  # which is the noun as well
            near = range(at + len(phrase) - own, min(end, at + REACH))
            if tuple(word(items, at + k) for k in range(len(phrase))) == phrase and any(word(items, k) in OF_EXPANSION for k in near):
                return True
    return False
