"""The outline of a document: the formulas that define something, the derivations that derivtex wrote, and where these can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.faces.documents.marked import LANGUAGES, Block, marked
from derivtex.faces.lsp.offers import readable
from derivtex.faces.lsp.papers import Paper
from derivtex.faces.lsp.places import Place, places

SHORT = 60


class Entry(NamedTuple):
    """One entry: its name, what stands there, and where. kind: function, name or derivation."""

    name: str
    detail: str
    kind: str
    start: int
    end: int


def entries(paper: Paper) -> Iterator[Entry]:
    """What a document defines in displays, and its derivations, in order."""
    found = [*definitions(places(paper.text, paper.name)), *derivations(paper)]
    yield from sorted(found, key=lambda each: each.start)


def definitions(found: list[Place]) -> Iterator[Entry]:
    for place in found:
        for each in place.defined if place.display else ():
            if place.start <= each.at < place.end:
                detail = " ".join(each.text.replace("&", "").split())[:SHORT]
                yield Entry(readable(each.left), detail, "function" if "(" in each.left else "name", each.at, place.end)


def derivations(paper: Paper) -> Iterator[Entry]:
    for block in blocks_of(paper):
        asked = ", ".join(f"{key}={', '.join(values)}" for key, values in block.options.items())
        formula = " ".join(block.source.text.split())[:SHORT]
        yield Entry(f"derivation of {readable(formula)}", asked, "derivation", block.start, block.end)


def blocks_of(paper: Paper) -> list[Block]:
    """The derivations between their marks; none where a mark is not closed."""
    language = LANGUAGES[".md" if paper.is_markdown else ".tex"]
    try:
        return [block for block in marked(paper.text, PurePath(paper.name).name, language) if block.hash]
    except DerivtexError:
        return []
