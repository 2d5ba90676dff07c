"""The layout of derivatives that the words say is used: “we use denominator layout”, “gradients are row vectors”."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.sentences import has, sentences
from derivtex.reading.words.vocabulary import DOUBT

LAYOUTS = {
    "denominator": ("denominator layout", "denominator convention", "hessian formulation", "gradients are columns", "gradients are column vectors",
                    "gradient is a column", "gradient is a column vector"),
    "numerator": ("numerator layout", "numerator convention", "jacobian formulation", "gradients are rows", "gradients are row vectors",
                  "gradient is a row", "gradient is a row vector", "derivatives are row vectors"),
}  # fmt: skip


NAMES = frozenset("numerator denominator layout convention".split())


def without_layout(items: list[Item]) -> list[Item]:
    """The items without the words that name the layout that is used, which ask for no convention."""
    return [item for item in items if item.kind != "word" or item.text not in NAMES] if layout_in_words(items) else items


def layout_in_words(items: list[Item]) -> str:
    """The layout, where all sentences that name one and neither ask nor doubt name the same; nothing where two are named, or none."""
    named = set[str]()
    for begin, end in sentences(items):
        found = {layout for layout, phrases in LAYOUTS.items() if has(items, begin, end, phrases)}
        unsure = items[end - 1].text == "?" or any(items[at].text in DOUBT for at in range(begin, end))
        named |= set(LAYOUTS) if found and unsure else found
    return named.pop() if len(named) == 1 else ""
