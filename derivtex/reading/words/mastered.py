"""What an author puts aside: “I know how to take the derivative of $x^Tx$”, “not $\\partial f/\\partial y$ but $\\partial f/\\partial x$”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.sentences import has, word

ABLE = ("know how to", "knows how to", "understand how to", "able to", "can do", "can take", "can compute", "can find")  # “I know how to take …”
NOT_ABLE = ("not", "don't", "dont", "didn't", "never", "cannot", "unable", "anybody", "anyone", "someone", "somebody", "you")


def is_mastered(items: list[Item], begin: int, at: int) -> bool:
    """Whether an operation is one of which its author says that it is no question, “I know how to take the derivative of $x^Tx$, but …”."""
    start = max(begin, at - 6)
    return has(items, start, at, ABLE) and not has(items, max(begin, start - 2), at, NOT_ABLE)


def is_put_aside(items: list[Item], begin: int, at: int) -> bool:
    """Whether the formula at a place is one that is not what is asked: “not $A$ but …”, “I can do $A$, but …”."""
    if word(items, at - 1) == "not":
        return word(items, at - 2) != "but"
    return is_mastered(items, max(begin, at - 4), at)


def is_asked_instead(items: list[Item], at: int) -> bool:
    """Whether the formula at a place is what is asked in the place of another: “… but not $B$”, “not $A$ but $B$”."""
    if word(items, at - 1) == "not" and word(items, at - 2) == "but":
        return True
    return word(items, at - 1) == "but" and any(word(items, k) == "not" for k in range(max(0, at - 4), at - 1))
