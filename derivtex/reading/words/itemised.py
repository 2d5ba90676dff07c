"""The questions of a list, “1. Find the gradient. 2. Is it convex? 3. …”, each with what it wants."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import BULLET, Item
from derivtex.reading.syntax.questions import question
from derivtex.reading.words.asked import requests
from derivtex.reading.words.commands import asks
from derivtex.reading.words.wishes import DERIVED, in_words, spoken

OPTIMA = ("minimise", "maximise", "solve")
OPERATIONS = (*DERIVED, "derivative")
LEAST = 2  # of questions that make a list


class Itemised(NamedTuple):
    """A question of a list: its place in it, counted from 1, its text, and the wish for which its words speak; none where nothing tells."""

    number: int
    text: str
    wish: str


def itemised(items: list[Item], source: Source) -> tuple[Itemised, ...]:
    """The questions of a list in order; nothing where there are no two of them."""
    starts = [at for at, item in enumerate(items) if item.kind == "mark" and item.text == BULLET]
    found = []
    for number, (begin, end) in enumerate(zip(starts, [*starts, len(items)][1:], strict=True), start=1):
        stop = next((at + 1 for at in range(begin + 1, end) if items[at].kind == "stop" and items[at].text in "?."), end)
        stretch = items[begin + 1 : stop]
        if stretch and asks(items, begin + 1, stop):
            said = sorted(spoken(in_words(items, begin + 1, stop)), key=lambda each: -each[2])
            asked = requests(stretch)
            derives = any(each.what in OPERATIONS and (each.of or each.by) for each in asked) or any(question(each.tokens) for each in stretch)
            told = "gradient" if derives else "solve" if any(each.what in OPTIMA for each in asked) else ""
            text = " ".join(source.text[stretch[0].start : stretch[-1].end].split())
            found.append(Itemised(number, text, said[0][0] if said else told))
    return tuple(found) if len(found) >= LEAST else ()
