"""The scopes of a document, each to be read when it is needed: an edit in one leaves what is known of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from os import PathLike
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.core.files import source_of
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.meaning.lines import Line, lines_from, scopes_of, stated_in
from derivtex.reading.meaning.lost import Lost
from derivtex.reading.meaning.scopes import Passage
from derivtex.reading.meaning.told import everything_is_complex
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.words.code import declared_in_code
from derivtex.reading.words.declared import declared_in_words
from derivtex.reading.words.definitions import functions_in_words

Key = tuple[object, ...]


class Section(NamedTuple):
    """A scope. key: all that its lines are read by, its own text and what the rest of the document tells it; of equal keys the lines are equal,
    apart from their places. begin, end: of its text. source: the whole document, its parts among them."""

    key: Key
    begin: int
    end: int
    source: Source
    read: Callable[[], tuple[Line, ...]]


def read_sections(source: str | Source | PathLike[str], *, declare: Iterable[str] = ()) -> list[Section]:
    """The scopes of a document in order, each to be read when it is needed, with a key that tells whether it is as it was; they follow one
    another without a gap."""
    document = Document.whole(source_of(source))
    found, others = stated_in(document)
    declare = tuple(declare)
    told = (document.format, declare, spoken_in(document))
    bounds: list[tuple[int, int, Passage | None]] = [(each.begin, each.end, each) for each in found]
    bounds = bounds or [(0, len(document.source.text), None)]
    sections, unread = [], Lost()
    for at, (begin, end, passage) in enumerate(bounds):
        own = [each for each in others if belongs(each, begin, end, at == 0)]
        read = partial(lines_in, document, passage, declare, own, unread)
        sections.append(Section((*told, *heard_by(passage), text_of(document, begin, end)), begin, end, document.source, read))
    return sections


def lines_in(document: Document, passage: Passage | None, declare: tuple[str, ...], others: list[Item], unread: Lost) -> tuple[Line, ...]:
    return lines_from(document, scopes_of(document, passage, declare, unread) if passage is not None else [], others)


def belongs(said: Item, begin: int, end: int, first: bool) -> bool:
    """Whether something is said in a scope; what has no place is said in the first."""
    return first if said.span is None else begin <= said.span.start < end or (first and said.span.start < begin)


def heard_by(passage: Passage | None) -> Key:
    """What a scope takes over from those before."""
    return tuple(each.said.latex for each in passage.context) if passage is not None else ()


def text_of(document: Document, begin: int, end: int) -> str:
    """The text of a scope, with the line before it, where a comment may stand that speaks of its first line."""
    text = document.source.text
    return text[max(0, text.rfind("\n", 0, max(0, begin - 1))) : end]


def spoken_in(document: Document) -> Key:
    """What the words and listings of a document tell of names, and its macros: each scope may hear it."""
    declared = [*declared_in_words(document)[0], *declared_in_code(document)] if not document.is_formula else []
    told = tuple((each.latex, each.kind, str(each.size), each.properties, str(each.family)) for each in declared)
    functions = tuple((latex(each.name), latex(each.known)) for each in functions_in_words(document)) if not document.is_formula else ()
    macros = tuple(macro.where.text for macro in document.macros.values())
    return told, functions, everything_is_complex(document), tuple(sorted(document.whole_names)), macros
