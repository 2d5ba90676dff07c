"""Two formulas of which a question asks which one it is: “is it $2x$ or $2x^T$?”, “equal to $2x$ and not $2x^T$”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import sentences, word

BETWEEN = (("or",), ("and", "not"), ("not",), ("but", "not"), ("instead", "of"), ("rather", "than"), ("or", "is", "it"), ("or", "rather"))


def alternatives(items: list[Item]) -> tuple[Parts, Parts] | None:
    """The first two formulas with such words between them, of an equation its right side; None where there are none."""
    for begin, end in sentences(items):
        at = [k for k in range(begin, end) if items[k].kind == "math"]
        for one, other in zip(at, at[1:], strict=False):
            words = tuple(found for k in range(one + 1, other) if (found := word(items, k)) != ",")
            if words in BETWEEN:
                return value_of(items[one].tokens), value_of(items[other].tokens)
    return None


def value_of(parts: Parts) -> Parts:
    """What stands behind the last equals sign."""
    while (rest := split_at(parts, "="))[1]:
        parts = rest[2]
    return parts
