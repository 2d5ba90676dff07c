r"""Where the formulas of a document stand: displays and formulas between dollars, fenced blocks of class derivtex, or all of it.

What is said beside a formula goes with it: `% derivtex: wrt=W` on the line above a display, the attributes of a fence, `%| wrt: W` lines
inside. The declarations of the document (`$X \in \mathbb{R}^{n \times m}$`) and its macros hold for every formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.faces.documents.around import Defined, Known, declarations_of, definitions_of, macros_of, needed
from derivtex.faces.documents.marked import CHECKED
from derivtex.faces.documents.options import option_lines, options, parsed
from derivtex.reading.source.blocks import Block
from derivtex.reading.source.documents import Document
from derivtex.reading.source.lexemes import flat

FENCE = re.compile(r"^(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})(?P<words>[^\n`]*)\n(?P<text>.*?)^ {0,3}(?P=marks)[`~]*[ \t]*$", re.M | re.S)
BESIDE = re.compile(r"^[ \t]*(?:%|<!--)[ \t]*derivtex:(?P<words>.*?)(?:-->)?[ \t]*$")
CLOSING = (r"\]", r"\)", "$$", "$")
FIRST = ("\\", "$")


class Said(NamedTuple):
    """What is said beside a formula: options of the table, by name; declarations; what is wrong with them."""

    options: Mapping[str, Any] = MappingProxyType({})
    declare: tuple[str, ...] = ()
    wrong: DerivtexError | None = None


class Place(NamedTuple):
    """One formula. start, end: in the document, its marks included. source: what derivtex reads; it begins at `offset` of the document.
    marked: its author wants it derived. said: what is said beside it. known: what the whole document declares; defined: what it defines.
    display: it stands on lines of its own."""

    start: int
    end: int
    source: Source
    offset: int = 0
    marked: bool = False
    said: Said = Said()
    known: tuple[Known, ...] = ()
    defined: tuple[Defined, ...] = ()
    display: bool = True

    @property
    def declare(self) -> tuple[str, ...]:
        """What is declared of the names that occur: in the document, then beside the formula."""
        return (*needed(self.known, self.source.text), *self.said.declare)


def places(text: str, name: str) -> list[Place]:
    """The formulas of a document, in order, but for those that only declare."""
    return list(found_places(text, name)[0])


def declarations(text: str, name: str) -> list[Place]:
    r"""The formulas of a document that only declare, as `X \in \mathbb{R}^{n\times m}` does."""
    return list(found_places(text, name)[1])


@lru_cache(maxsize=8)
def found_places(text: str, name: str) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The formulas of a document, and those that only declare: one pass over it, in which only the paragraphs are read that were not read before.

    The last few documents are remembered: each of their formulas is asked about in turn.
    """
    if not text.strip():
        return (), ()
    try:
        document = Document(Source(text, name))
        context = macros_of(document)
    except DerivtexError:
        return (), ()
    known, declaring = declarations_of(document, context)
    defined = definitions_of(document, context)
    fences = list(fenced(text, name, context, known))
    if document.is_formula:
        return tuple(fences) or (Place(0, len(text), document.source, marked=True),), ()
    blocks = [block for block in document.blocks if block.kind == "formula"]
    own = shown(blocks, document.source, context, known, defined)
    outside = [place for place in own if not any(fence.start <= place.start < fence.end for fence in fences)]
    stating = [place for place in outside if place.offset not in declaring]
    return tuple(sorted((*fences, *stating), key=lambda place: place.start)), tuple(place for place in outside if place.offset in declaring)


def with_definitions(place: Place) -> Place:
    """A formula with what earlier ones define of its names behind them, so that f is known where its gradient stands alone."""
    own = {each.name for each in place.defined if place.start <= each.at < place.end}
    before = [each for each in place.defined if each.at < place.start]
    taken: list[Defined] = []
    marks = marks_of(place.source.text)
    for each in reversed(before):
        if each.name not in own and marks_of(each.name) in marks:
            own.add(each.name)
            taken.append(each)
            marks += marks_of(each.text)
    if place.marked or not taken:
        return place
    words = "".join(f"{each.text};\n" for each in reversed(taken))
    source = place.source._replace(text=words + place.source.text, line=place.source.line - words.count("\n"))
    return place._replace(source=source, offset=place.offset - len(words))


@lru_cache(maxsize=4096)
def marks_of(latex: str) -> str:
    """The marks of a formula set apart, so that a name is found among them; nothing of what is no LaTeX."""
    try:
        return f"\0{chr(0).join(each.text for each in flat(Source(latex), 0, len(latex)) if each.text not in ('{', '}'))}\0"
    except DerivtexError:
        return "\0"


def at(found: list[Place], offset: int) -> Place | None:
    """The formula over an offset."""
    return next((place for place in found if place.start <= offset <= place.end), None)


def fenced(text: str, name: str, context: str, known: tuple[Known, ...]) -> Iterator[Place]:
    """Fenced blocks of class derivtex."""
    for match in FENCE.finditer(text):
        words = match["words"].strip().strip("{}").split(maxsplit=1)
        if not words or words[0].lstrip(".") != "derivtex" or not match["text"].strip():
            continue
        begin = match.start("text")
        source = Source(match["text"], name, text.count("\n", 0, begin) + 1, context=context)
        yield Place(*match.span(), source, begin, True, heard(words[1] if len(words) > 1 else "", match["text"]), known)


def shown(blocks: list[Block], whole: Source, context: str, known: tuple[Known, ...], defined: tuple[Defined, ...]) -> Iterator[Place]:
    """Formulas between dollars and in displays, each to be read by itself with the document's macros and declarations."""
    text, line, seen, row = whole.text, 1, 0, 0
    for _, start, end, display, _ in blocks:
        mark = "" if text[end : end + 1] not in FIRST else next((mark for mark in CLOSING if text.startswith(mark, end)), "")
        if (lines := text.count("\n", seen, start)) > 0:
            line, row = line + lines, text.rfind("\n", seen, start) + 1
        seen = start
        begin = start - len(mark)
        marked = beside(text, begin)
        source = Source(text[start:end], whole.name, line, start - row + 1, context)
        yield Place(begin, end + len(mark), source, start, marked is not None, heard(marked, "") if marked else Said(), known, defined, display)


def heard(words: str, block: str) -> Said:
    """What `wrt=W declare={…}` beside a formula and `%| key: value` lines in a block say; pandoc's `#id` and `.class` say nothing."""
    try:
        beside = {key: value for key, value in parsed(words).items() if key[0] not in "#."}
        inside = option_lines(block)[0]
        found = options([beside, inside])
    except DerivtexError as error:
        return Said(wrong=error)
    said = {key.replace("-", "_") for key in (*beside, *inside)}
    chosen = {key: value for key, value in found.items() if key in said and key != "declare"}
    return Said(chosen, found["declare"])


def beside(text: str, start: int) -> str | None:
    """What the line above a formula says to derivtex."""
    begin = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)]
    match = BESIDE.match(above)
    return match["words"] if match and match["words"].strip() != CHECKED else None
