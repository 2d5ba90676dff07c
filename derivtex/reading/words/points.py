"""Where a derivative is asked for in words: “the gradient at $x = 0$”, “evaluated at the point $x_0$”."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import is_name
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import has, sentences, word

DERIVATIVES = ("gradient", "derivative", "derivatives", "hessian", "jacobian", "differential")
POINTS = ("the point", "point", "the matrix", "the vector")


def points_in_words(items: list[Item]) -> Iterator[Parts]:
    """The points at which sentences ask for derivatives: equations of a name, and names that are called points."""
    for begin, end in sentences(items):
        for at in range(begin, end):
            if word(items, at) not in ("at", "when") or not tells_derivative(items, begin, at) or not asks(items, begin, end):
                continue
            called = next((len(each.split()) for each in POINTS if has(items, at + 1, at + 1 + len(each.split()), (each,))), 0)
            parts = items[at + 1 + called].tokens if at + 1 + called < end and items[at + 1 + called].kind == "math" else ()
            name, equals, value = split_at(parts, "=")
            if name and is_name(name) and ((equals and value) or (called and not equals)):
                yield parts


def tells_derivative(items: list[Item], begin: int, end: int) -> bool:
    """Whether a derivative stands between two places, in words or on paper."""
    return has(items, begin, end, DERIVATIVES) or any(item.kind == "math" and question(item.tokens) is not None for item in items[begin:end])
