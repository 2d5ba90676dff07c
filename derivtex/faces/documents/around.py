"""What a whole document says that holds for each of its formulas: macros, and declarations in formulas and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.files import content_of
from derivtex.reading.meaning.told import as_declaration
from derivtex.reading.source.documents import Document, Formula
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.declarations import Declaration, in_latex
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.words.declared import declared_in_words

HEAD = re.compile(r":|\\in\b")  # what ends the names of a declaration
EMPTY = re.compile(r"\n[ \t]*\n")


class Known(NamedTuple):
    """A name that the document declares, and the declaration as `derivtex.derive` takes it."""

    name: str
    declaration: str


class Defined(NamedTuple):
    """A definition: the name, where it begins, its left side, `f(w)`, and its text."""

    name: str
    at: int
    left: str
    text: str


class Said(NamedTuple):
    """What a paragraph says for others. declaring: where the formulas begin that only declare."""

    known: tuple[Known, ...]
    declaring: tuple[int, ...]
    defined: tuple[Defined, ...]


def around(path: Path) -> tuple[str, tuple[Known, ...]]:
    """The macros of a document, as their definitions, and what it declares. Raises UsageError for a file that cannot be read."""
    text = content_of(path).decode("utf-8", errors="replace")
    if not text.strip():
        return "", ()
    document = Document(Source(text, path.name))
    context = macros_of(document)
    return context, declarations_of(document, context)[0]


def macros_of(document: Document) -> str:
    """The definitions of a document's macros."""
    return "\n".join(macro.where.text for macro in document.macros.values())


def needed(known: tuple[Known, ...], formula: str) -> tuple[str, ...]:
    """The declarations of the names that may stand in a formula."""
    return tuple(dict.fromkeys(each.declaration for each in known if each.name in formula))


def declared_in(text: str, name: str) -> tuple[Known, ...]:
    """What a document declares, given as its text. Nothing where it cannot be read."""
    try:
        document = Document(Source(text, name))
        return declarations_of(document, macros_of(document))[0] if text.strip() else ()
    except DerivtexError:
        return ()


def besides(own: tuple[str, ...], known: tuple[Known, ...], formula: str) -> tuple[str, ...]:
    """A formula's own declarations, and those of its document for the names that it says nothing of itself."""
    names = {name.strip() for each in own for name in HEAD.split(each, maxsplit=1)[0].split(",")}
    return (*needed(tuple(each for each in known if each.name not in names), formula), *own)


def declarations_of(document: Document, context: str) -> tuple[tuple[Known, ...], set[int]]:
    """What a document declares, in formulas and in words, and where the formulas begin that are nothing but declarations."""
    known: list[Known] = []
    declaring: set[int] = set()
    for start, own in said_by_paragraphs(document, context):
        known.extend(own.known)
        declaring.update(start + place for place in own.declaring)
    return tuple(dict.fromkeys(known)), declaring


def definitions_of(document: Document, context: str) -> tuple[Defined, ...]:
    """What the formulas of a document define, in order."""
    return tuple(each._replace(at=start + each.at) for start, own in said_by_paragraphs(document, context) for each in own.defined)


def said_by_paragraphs(document: Document, context: str) -> Iterator[tuple[int, Said]]:
    """Where each paragraph with a formula begins, and what it says."""
    for start, end in paragraphs(document):
        yield start, declared(document.source.text[start:end], document.source.name, context)


def paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """The paragraphs that hold a formula: what stands between empty lines that are in no formula and no listing."""
    text, begin, holds = document.source.text, 0, False
    for block in document.blocks:
        if block.kind != "words":
            holds = holds or block.kind == "formula"
            continue
        for match in EMPTY.finditer(text, block.start, block.end):
            if holds:
                yield begin, match.start()
            begin, holds = match.end(), False
    if holds:
        yield begin, len(text)


@lru_cache(maxsize=4096)
def declared(paragraph: str, name: str, context: str) -> Said:
    """What a paragraph declares, where in it the formulas begin that do nothing else, and what its formulas define."""
    document = Document(Source(paragraph, name, context=context))
    found: list[Known] = []
    places: list[int] = []
    defined: list[Defined] = []
    for formula in document.formulas if not document.is_formula else ():
        said = statements_in(formula, document.source)
        stated = declarations_in(said)
        if said and all(stated):
            whole = paragraph[formula.block.start : formula.block.end]
            found.extend(Known(latex(each.name), whole) for each in chain.from_iterable(each or () for each in stated))
            places.append(formula.block.start)
        defined += [made for each in said if (made := definition_in(each)) is not None]
    with suppress(DerivtexError):  # a size that cannot be read says nothing
        found.extend(Known(each.latex, as_declaration(each)) for each in declared_in_words(document)[0])
    return Said(tuple(found), tuple(places), tuple(defined))


def statements_in(formula: Formula, source: Source) -> list[Statement]:
    """What a formula states; nothing where it cannot be read."""
    try:
        return statements(formula.tokens, source, lines=False)
    except DerivtexError:
        return []


def declarations_in(said: list[Statement]) -> list[list[Declaration] | None]:
    """What each statement declares; nothing of any where one cannot be read."""
    try:
        return [in_latex(each) for each in said]
    except DerivtexError:
        return [None]


def definition_in(said: Statement) -> Defined | None:
    r"""The definition with which a statement begins, as `f(w) = \|Xw - y\|^2` is one; none where its text cannot be cut out, and of `df = …`."""
    left = left_side(said.sides[0]) if said.relations[:1] in (("=",), (":=",)) and all(said.sides[:2]) else None
    if left is None or (len(left.name) > 1 and left.name[0].text == "d"):
        return None
    start, end = said.sides[0][0].start, said.sides[1][-1].end
    text = said.latex if len(said.sides) == 2 else said.source.text[start:end]
    if text.count("{") != text.count("}"):
        return None
    return Defined(latex(left.name), start, latex(said.sides[0]), text)
