r"""Traces of derivatives that a question asks for: “the Laplacian of $f$”, “compute $\nabla\cdot F$”."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.traces import CURL, DIVERGENCE, LAPLACIAN, marked
from derivtex.reading.syntax.tree import Key, key
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import sentences, word

NOUNS = {"laplacian": LAPLACIAN, "divergence": DIVERGENCE, "curl": CURL}
OF_FIELD = ("the", "its", "and", "compute", "find", "calculate")  # before “divergence”, which may be Kullback's


def traces_in(items: list[Item], functions: set[Key]) -> Iterator[str]:
    """The traces that sentences ask for; functions: the names of those that are defined."""
    for begin, end in sentences(items):
        if not asks(items, begin, end):
            continue
        for at in range(begin, end):
            name = NOUNS.get(word(items, at), "")
            if name and (name == LAPLACIAN or word(items, at - 1) in OF_FIELD):
                yield name
            name, of = marked(items[at].tokens) if items[at].kind == "math" else ("", ())
            if name and any(key(of[: len(each)]) == each for each in functions):
                yield name
