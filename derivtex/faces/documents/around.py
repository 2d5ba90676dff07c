"""What a whole document says that holds for each of its formulas: macros, and declarations in formulas and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.files import content_of
from derivtex.reading.meaning.told import as_declaration
from derivtex.reading.source.documents import Document, Formula
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.declarations import Declaration, in_latex
from derivtex.reading.syntax.statements import statements
from derivtex.reading.words.declared import declared_in_words

HEAD = re.compile(r":|\\in\b")  # what ends the names of a declaration
EMPTY = re.compile(r"\n[ \t]*\n")


class Known(NamedTuple):
    """A name that the document declares, and the declaration as `derivtex.derive` takes it."""

    name: str
    declaration: str


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
    for start, end in paragraphs(document):
        own, places = declared(document.source.text[start:end], document.source.name, context)
        known.extend(own)
        declaring.update(start + place for place in places)
    return tuple(dict.fromkeys(known)), declaring


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
def declared(paragraph: str, name: str, context: str) -> tuple[tuple[Known, ...], tuple[int, ...]]:
    """What a paragraph declares, and where in it the formulas begin that do nothing else."""
    document = Document(Source(paragraph, name, context=context))
    found: list[Known] = []
    places: list[int] = []
    for formula in document.formulas if not document.is_formula else ():
        stated = stated_in(formula, document.source)
        if stated is not None:
            found.extend(Known(latex(each.name), paragraph[formula.block.start : formula.block.end]) for each in stated)
            places.append(formula.block.start)
    with suppress(DerivtexError):  # a size that cannot be read says nothing
        found.extend(Known(each.latex, as_declaration(each)) for each in declared_in_words(document)[0])
    return tuple(found), tuple(places)


def stated_in(formula: Formula, source: Source) -> list[Declaration] | None:
    r"""The declarations that a formula consists of, as `x \in \mathbb{R}^n` does; None where it says anything else."""
    try:
        said = [in_latex(each) for each in statements(formula.tokens, source, lines=False)]
    except DerivtexError:
        return None
    return [each for stated in said for each in stated or ()] if said and all(said) else None
