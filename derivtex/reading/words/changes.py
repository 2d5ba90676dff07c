"""Words by which an author takes back a formula, so that the next one for the same name stands in its place: "actually", "now let"."""

from __future__ import annotations

from bisect import bisect_left

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.sentences import ENDS, has, sentences

TAKEN_BACK = (
    "actually", "instead", "rather", "i mean", "i meant", "sorry", "correction", "edit", "edited", "update", "changed to", "change it to",
    "now let", "now consider", "now suppose", "now take", "now define", "now we have", "then let", "next consider", "modified", "replaced by",
    "another example", "second example", "more generally", "no wait", "wait", "oops", "scratch that", "should be", "should have been", "should read",
)  # fmt: skip


def taken_back(items: list[Item], earlier: int, later: int) -> bool:
    """Whether the words between two formulas for one name, at these places of the text, say that the second takes the place of the first.

    Only the sentence of the second counts, and the one before it where that is nothing but words ("Sorry, I had a typo.").
    """
    begin, end = (bisect_left(items, place, key=lambda item: item.start) for place in (earlier, later))
    between = items[max(begin, second_sentence(items, end)) : end]
    last = sentences(between)[-2:]
    stretches = [each for number, each in enumerate(last) if number == len(last) - 1 or all(item.kind != "math" for item in between[slice(*each)])]
    return any(has(between, *each, TAKEN_BACK) for each in stretches)


def second_sentence(items: list[Item], end: int) -> int:
    """Where the sentence before the one begins that a place ends."""
    stops = 0
    for at in range(end - 1, -1, -1):
        stops += items[at].kind == "stop" and items[at].text in ENDS and at < end - 1
        if stops == 2:
            return at + 1
    return 0
