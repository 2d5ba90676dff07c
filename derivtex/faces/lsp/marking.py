r"""What the names of a formula are, shown in the text: its d's and names coloured as the reading sees them, and the shapes at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.shapes import size_text
from derivtex.faces.lsp.offers import in_context, readable, setting_of
from derivtex.faces.lsp.places import Place, places
from derivtex.faces.sections import never
from derivtex.reading.meaning.setting import differentials_in, names_in

KINDS = ("keyword", "variable")  # of the protocol: the d of a differential; a name
FIXED = ("readonly",)  # a name that is not what could be differentiated by
MOST_SHAPES = 6


class Mark(NamedTuple):
    """A stretch of a document: what it is, by its place among the kinds, and whether it is fixed."""

    start: int
    end: int
    kind: int
    fixed: bool


class Shapes(NamedTuple):
    """The shapes of a formula's names, to be shown behind it; why: a line for each name."""

    at: int
    text: str
    why: str


def marks(text: str, name: str, start: int, end: int, stopped: Callable[[], bool] = never) -> Iterator[Mark]:
    """The marks of the formulas in a stretch of a document, until it is stopped."""
    for place in within(text, name, start, end, stopped):
        wide = in_context(place)
        shift = place.offset - wide.offset
        for each in marks_in(wide, shift):
            yield each._replace(start=each.start + place.offset, end=each.end + place.offset)


@lru_cache(maxsize=4096)
def marks_of_text(text: str, names: tuple[str, ...], varying: frozenset[str]) -> tuple[Mark, ...]:
    source = Source(text)
    found = [Mark(*each, 0, False) for each in differentials_in(source, 0, len(text), names)]
    found += [Mark(start, end, 1, name not in varying) for name, start, end in names_in(source, 0, len(text), names)]
    return tuple(sorted(found))


def marks_in(place: Place, shift: int) -> tuple[Mark, ...]:
    """The marks of a formula, which begins behind its definitions, so many characters on; of one that cannot be read only its d's."""
    names: tuple[str, ...] = ()
    varying: frozenset[str] = frozenset()
    try:
        known = setting_of(place)
        names, varying = tuple(known.symbols), frozenset(each.name for each in known.variables)
    except DerivtexError:
        pass
    try:
        return marks_of_text(place.source.text[shift:], names, varying)
    except DerivtexError:
        return ()


def within(text: str, name: str, start: int, end: int, stopped: Callable[[], bool]) -> Iterator[Place]:
    """The formulas that lie in a stretch, at least in part."""
    for place in places(text, name):
        if stopped():
            return
        if start <= place.end and place.start <= end:
            yield place


def shapes(text: str, name: str, start: int, end: int, stopped: Callable[[], bool] = never) -> Iterator[Shapes]:
    """Behind each display of a stretch, the shapes of the names in it that are no numbers."""
    for place in within(text, name, start, end, stopped):
        if not place.display:
            continue
        wide = in_context(place)
        try:
            known = setting_of(wide)
            inside = names_in(wide.source, place.offset - wide.offset, len(wide.source.text), known.symbols)
        except DerivtexError:
            continue
        found = [known.symbols[name] for name in dict.fromkeys(name for name, *_ in inside) if known.symbols[name].kind != "scalar"]
        if found:
            said = ", ".join(f"{readable(each.name)}: {size_text(each.size)}" for each in found[:MOST_SHAPES])
            why = "\n".join(f"{each.name}: {each.kind}{', a guess' if each.name in known.guessed else ''}" for each in found)
            yield Shapes(place.end, said, why)
