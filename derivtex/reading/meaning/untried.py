"""Lines that are not tried: those that a comment says to ignore, and those that could not be read and assert nothing that is checked here, for
they belong to another trade, as integrals and probabilities do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivtex.core.errors import DerivtexError, Span
from derivtex.problem import Fault, Problem, Untried
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.source.documents import Document
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.subjects import other_subject
from derivtex.reading.syntax.tree import Parts

IGNORED = "a comment"
ANOTHER = "another subject"
ABOUT = "it is about {}, not about a derivative or an identity of matrices"
READ = ("dimensions", "power")  # codes of faults of what was read
NOT_LOOKED_AT = ("too-large", "internal")
BEFORE_A_RELATION = "& \t\r\n"
GOES_ON = ("=", ":=", r"\equiv")


def ignored(item: Item) -> Item:
    """An item; one on or below a line with the comment `derivtex: ignore` is not tried, whatever it says."""
    if item.span is None or "derivtex: ignore" not in item.span.source.text:
        return item
    text = item.span.source.text
    begin = text.rfind("\n", 0, text.rfind("\n", 0, item.span.start) if "\n" in text[: item.span.start] else 0) + 1
    end = text.find("\n", item.span.end)
    rows = text[begin : end if end >= 0 else len(text)].split("\n")
    marked = any("% derivtex: ignore" in row or "<!-- derivtex: ignore" in row for row in rows)
    return Untried(item.span.text.strip(), IGNORED, item.span) if marked else item


def told_apart(document: Document, found: Iterable[tuple[Item, Problem]]) -> Iterator[tuple[Item, Problem]]:
    """The items in order of their places; a fault in a line of another trade is not tried. What goes on from the line before is about the same."""
    chain: list[Span] = []
    for item, problem in sorted(found, key=lambda each: (each[0].span.start, each[0].span.end) if each[0].span else (0, 0)):
        if item.span is None:
            yield item, problem
            continue
        if not item.span.text.lstrip(BEFORE_A_RELATION).startswith(GOES_ON):
            chain.clear()
        chain.append(item.span)
        about = ""
        if isinstance(item, Fault) and item.code not in NOT_LOOKED_AT:
            about = other_subject(written(document, chain), item.code not in READ)
        yield (Untried(item.span.text.strip(), ANOTHER, item.span, ABOUT.format(about)) if about else item), problem


def written(document: Document, spans: Iterable[Span]) -> Parts:
    """The tokens of some lines, as far as they can be cut."""
    found: list[Parts] = []
    for span in spans:
        try:
            found.append(tokens(span.source, span.start, span.end, document.macros))
        except DerivtexError:  # its brackets are those of the line around
            continue
    return tuple(token for parts in found for token in parts)
