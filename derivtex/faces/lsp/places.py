r"""Where the formulas of a document stand: displays and formulas between dollars, fenced blocks of class derivtex, or all of it.

What is said beside a formula goes with it: `% derivtex: wrt=W` on the line above a display, the attributes of a fence, `%| wrt: W` lines
inside. The declarations of the document (`$X \in \mathbb{R}^{n \times m}$`) and its macros hold for every formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.faces.documents.options import option_lines, options, parsed
from derivtex.reading.meaning.declarations import in_latex
from derivtex.reading.source.documents import Document
from derivtex.reading.source.formats import has_delimiters
from derivtex.reading.source.macros import defined_macros
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.statements import statements

FENCE = re.compile(r"^(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})(?P<words>[^\n`]*)\n(?P<text>.*?)^ {0,3}(?P=marks)[`~]*[ \t]*$", re.M | re.S)
BESIDE = re.compile(r"^[ \t]*(?:%|<!--)[ \t]*derivtex:(?P<words>.*?)(?:-->)?[ \t]*$")
CLOSING = (r"\]", r"\)", "$$", "$")
KNOWN = ("of", "wrt", "order", "layout", "form", "structure", "complex", "detail", "template", "profile")


class Said(NamedTuple):
    """What is said beside a formula: options as `derivtex.derive` takes them, by name; declarations; what is wrong with them."""

    options: Mapping[str, str] = MappingProxyType({})
    declare: tuple[str, ...] = ()
    wrong: DerivtexError | None = None


class Place(NamedTuple):
    """One formula. start, end: in the document, its marks included. source: what derivtex reads; its offsets begin at `offset` of the
    document. marked: its author wants it derived. said: what is said beside it."""

    start: int
    end: int
    source: Source
    offset: int = 0
    marked: bool = False
    said: Said = Said()


def places(text: str, name: str) -> list[Place]:
    """The formulas of a document, in order."""
    fences = list(fenced(text, name))
    rest = list(text)
    for place in fences:
        blank(rest, place.start, place.end)
    for match in FENCE.finditer("".join(rest)):
        blank(rest, *match.span())
    outside = "".join(rest)
    if not fences and not has_delimiters(text):
        return [Place(0, len(text), Source(text, name), marked=True)] if text.strip() else []
    return sorted((*fences, *displayed(outside, name)), key=lambda place: place.start)


def at(found: list[Place], offset: int) -> Place | None:
    """The formula over an offset."""
    return next((place for place in found if place.start <= offset <= place.end), None)


def fenced(text: str, name: str) -> Iterator[Place]:
    """Fenced blocks of class derivtex."""
    stated = tuple(text[slice(*span)].strip("$") for span in whole_stretches(text, name) if declares(text, span, name))
    for match in FENCE.finditer(text):
        words = match["words"].strip().strip("{}").split(maxsplit=1)
        if not words or words[0].lstrip(".") != "derivtex" or not match["text"].strip():
            continue
        begin = match.start("text")
        source = Source(match["text"], name, text.count("\n", 0, begin) + 1)
        yield Place(*match.span(), source, begin, True, heard(words[1] if len(words) > 1 else "", match["text"], stated))


def displayed(text: str, name: str) -> Iterator[Place]:
    """Formulas between dollars and in displays; each is read in the document's text with the others left out, so that places stay."""
    found = whole_stretches(text, name)
    keep = [span for span in found if declares(text, span, name)]
    for start, end in (span for span in found if span not in keep):
        rest = list(text)
        for other in found:
            if other != (start, end) and other not in keep:
                blank(rest, *other)
        marked = beside(text, start)
        yield Place(start, end, Source("".join(rest), name), 0, marked is not None, heard(marked or "", ""))


def whole_stretches(text: str, name: str) -> list[tuple[int, int]]:
    """The formulas with the marks around them; none where a mark is not closed."""
    if not has_delimiters(text):
        return []
    inner = [(block.start, block.end) for block in Document(Source(text, name)).blocks if block.kind == "formula"]
    found = []
    for start, end in inner:
        mark = next((mark for mark in CLOSING if text.startswith(mark, end)), "")
        found.append((start - len(mark), end + len(mark)))
    return found


def declares(text: str, span: tuple[int, int], name: str) -> bool:
    r"""Whether a formula is nothing but declarations, as `$x \in \mathbb{R}^n$` is."""
    source = Source(text[slice(*span)].strip("$"), name)
    try:
        said = statements(tokens(source, macros=defined_macros(Source(text, name))), source, lines=False)
        return bool(said) and all(in_latex(each) for each in said)
    except DerivtexError:
        return False


def heard(words: str, block: str, stated: tuple[str, ...] = ()) -> Said:
    """What `wrt=W declare={…}` beside a formula and `%| key: value` lines in a block say; pandoc's `#id` and `.class` say nothing."""
    try:
        beside = {key: value for key, value in parsed(words).items() if key[0] not in "#."}
        inside = option_lines(block)[0]
        found = options([beside, inside])
    except DerivtexError as error:
        return Said(wrong=error)
    chosen = {key: getattr(found, key) for key in KNOWN if key in beside or key in inside}
    return Said(chosen, (*stated, *found.declare))


def beside(text: str, start: int) -> str | None:
    """What the line above a formula says to derivtex."""
    begin = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)]
    match = BESIDE.match(above)
    return match["words"] if match else None


def blank(letters: list[str], start: int, end: int) -> None:
    """Leave a stretch out; lines stay where they are."""
    for at in range(start, end):
        if letters[at] != "\n":
            letters[at] = " "
