"""What of a result a question does not understand: “why the transposed matrix, and why the elementwise product?”, “where does the 2 come from?”."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import transposed_width
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.sentences import is_equation, sentences, word

STEMS = {
    "transpose": ("transpos",),
    "entrywise": ("elementwise", "element-wise", "entrywise", "pointwise", "componentwise", "hadamard"),
    "cross": ("cross",),
    "two": ("2", "two", "twice"),
}


def causes(items: list[Item]) -> tuple[str, ...]:
    """The things after whose reason sentences ask, each once, by the names above."""
    return tuple(dict.fromkeys(found for begin, end in sentences(items) if asks_why(items, begin, end) for found in met(items[begin:end])))


def asks_why(items: list[Item], begin: int, end: int) -> bool:
    """“Why the …”, “where does … come from”."""
    words = [word(items, at) for at in range(begin, end)]
    return "why" in words or ("where" in words and bool({"come", "comes", "came"} & {*words}))


def met(items: list[Item]) -> Iterator[str]:
    """The things that a sentence has words for."""
    for item in items:
        if item.kind == "math" and transposed_width(item.tokens) and not is_equation(item):
            yield "transpose"  # where does the $H^T$ come from
        text = "".join(key(item.tokens)) if item.kind == "math" else item.text.lower()
        for name, stems in STEMS.items():
            if any(text == stem if name == "two" or item.kind == "math" else text.startswith(stem) for stem in stems):
                yield name
