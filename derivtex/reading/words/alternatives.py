"""Two formulas of which a question asks which one it is: “is it $2x$ or $2x^T$?”, “equal to $2x$ and not $2x^T$”, “the book says $2x$, but I get
$2x^T$. Which one is right?”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import sentences, word

BETWEEN = (("or",), ("and", "not"), ("not",), ("but", "not"), ("instead", "of"), ("rather", "than"), ("or", "is", "it"), ("or", "rather"))

AGAINST = frozenset("but while whereas however and".split())
FOUND = frozenset("get gets got find finds found obtain obtains obtained have has say says said wrote writes give gives".split())
RIGHT = ("right", "correct", "wrong", "true")
LONGEST = 6


def alternatives(items: list[Item]) -> tuple[Parts, Parts] | None:
    """The first two formulas with such words between them, of an equation its right side; None where there are none."""
    weighed = asks_which(items)
    for begin, end in sentences(items):
        at = [k for k in range(begin, end) if items[k].kind == "math"]
        for one, other in zip(at, at[1:], strict=False):
            words = tuple(found for k in range(one + 1, other) if (found := word(items, k)) != ",")
            if words in BETWEEN or (weighed and is_against(words)):
                return value_of(items[one].tokens), value_of(items[other].tokens)
    return None


def asks_which(items: list[Item]) -> bool:
    """Whether it is asked which of what is said is right: “which one is right?”, “who is correct?”."""
    at = [k for k in range(len(items)) if word(items, k) in ("which", "who")]
    return any(word(items, j) in RIGHT for k in at for j in range(k + 1, min(k + LONGEST, len(items))))


def is_against(words: tuple[str, ...]) -> bool:
    """Whether words between two formulas set what somebody found against what another did: “but I get”, “whereas the book has”."""
    return len(words) <= LONGEST and any(each in AGAINST for each in words[:2]) and words[-1] in FOUND


def value_of(parts: Parts) -> Parts:
    """What stands behind the last equals sign."""
    while (rest := split_at(parts, "="))[1]:
        parts = rest[2]
    return parts
