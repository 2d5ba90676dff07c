r"""Where the formulas of a document stand: displays and formulas between dollars, fenced blocks of class derivtex, or all of it.

What is said beside a formula goes with it: `% derivtex: wrt=W` on the line above a display, the attributes of a fence, `%| wrt: W` lines
inside. The declarations of the document (`$X \in \mathbb{R}^{n \times m}$`) and its macros hold for every formula.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from derivtex.errors import DerivtexError, Source
from derivtex.reading.declarations import in_latex
from derivtex.reading.document import is_document, stretches
from derivtex.reading.macros import defined_macros
from derivtex.reading.statements import statements
from derivtex.reading.tokens import tokens

FENCE = re.compile(r"^(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})(?P<words>[^\n`]*)\n(?P<text>.*?)^ {0,3}(?P=marks)[`~]*[ \t]*$", re.M | re.S)
BESIDE = re.compile(r"^[ \t]*(?:%|<!--)[ \t]*derivtex:(?P<words>.*?)(?:-->)?[ \t]*$")
INSIDE = re.compile(r"^[ \t]*%\|[ \t]*(?P<name>[\w-]+)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*$", re.M)
CLOSING = (r"\]", r"\)", "$$", "$")
KNOWN = frozenset("of wrt declare order layout form structure complex detail template profile".split())


@dataclass(frozen=True)
class Place:
    """One formula. start, end: in the document, its marks included. source: what derivtex reads; its offsets begin at `offset` of the
    document. marked: its author wants it derived. options: as `derivtex.derive` takes them, by name; declare is a list."""

    start: int
    end: int
    source: Source
    offset: int = 0
    marked: bool = False
    options: dict[str, str] = field(default_factory=dict)
    declare: tuple[str, ...] = ()


def places(text: str, name: str) -> list[Place]:
    """The formulas of a document, in order."""
    fences = list(fenced(text, name))
    rest = list(text)
    for place in fences:
        blank(rest, place.start, place.end)
    for match in FENCE.finditer("".join(rest)):
        blank(rest, *match.span())
    outside = "".join(rest)
    if not fences and not is_document(text):
        return [Place(0, len(text), Source(text, name), marked=True)] if text.strip() else []
    return sorted((*fences, *displayed(outside, name)), key=lambda place: place.start)


def at(found: list[Place], offset: int) -> Place | None:
    """The formula over an offset."""
    return next((place for place in found if place.start <= offset <= place.end), None)


def fenced(text: str, name: str) -> Iterator[Place]:
    """Fenced blocks of class derivtex."""
    for match in FENCE.finditer(text):
        words = match["words"].strip().strip("{}").split(maxsplit=1)
        if not words or words[0].lstrip(".") != "derivtex" or not match["text"].strip():
            continue
        begin = match.start("text")
        source = Source(match["text"], name, text.count("\n", 0, begin) + 1)
        said = [*pairs(words[1] if len(words) > 1 else ""), *((each["name"], each["value"]) for each in INSIDE.finditer(match["text"]))]
        yield Place(*match.span(), source, begin, True, *sorted_options(said, text, name))


def displayed(text: str, name: str) -> Iterator[Place]:
    """Formulas between dollars and in displays; each is read in the document's text with the others left out, so that places stay."""
    found = whole_stretches(text, name)
    keep = [span for span in found if declares(text, span, name)]
    for start, end in found:
        rest = list(text)
        for other in found:
            if other != (start, end) and other not in keep:
                blank(rest, *other)
        said = beside(text, start)
        options, declare = sorted_options(said or (), "", name)
        yield Place(start, end, Source("".join(rest), name), 0, said is not None, options, declare)


def whole_stretches(text: str, name: str) -> list[tuple[int, int]]:
    """The formulas with the marks around them; none where a mark is not closed."""
    try:
        inner = stretches(Source(text, name))
    except DerivtexError:
        return []
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


def beside(text: str, start: int) -> list[tuple[str, str]] | None:
    """What the line above a formula says to derivtex."""
    begin = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)]
    match = BESIDE.match(above)
    return pairs(match["words"]) if match else None


def pairs(words: str) -> list[tuple[str, str]]:
    """`wrt=W declare="X: matrix n x m"`, and pandoc's `#id` and `.class` left out."""
    lexer = shlex.shlex(words, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    try:
        parts = list(lexer)
    except ValueError:
        parts = words.split()
    return [(name, value) for name, mark, value in (part.partition("=") for part in parts) if mark]


def sorted_options(said: list[tuple[str, str]] | tuple[()], text: str, name: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Options by name, and declarations: those said beside the formula and those of the document's text."""
    declare = [value for option, value in said if option in ("declare", "d")]
    stated = [text[slice(*span)].strip("$") for span in whole_stretches(text, name) if declares(text, span, name)]
    return {option: value for option, value in said if option in KNOWN - {"declare"}}, (*stated, *declare)


def blank(letters: list[str], start: int, end: int) -> None:
    """Leave a stretch out; lines stay where they are."""
    for at in range(start, end):
        if letters[at] != "\n":
            letters[at] = " "
