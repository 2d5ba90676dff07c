"""A derivation that was written below its formula without marks, told by its text, and the same in the other layout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from derivtex.core.errors import DerivtexError
from derivtex.faces.lsp.offers import Insertion, done, in_context, setting_of
from derivtex.faces.lsp.places import Place, places
from derivtex.faces.lsp.standing import OTHER, Change


def turned(text: str, name: str, markdown: bool, offset: int) -> tuple[str, Change] | None:
    """The layout that a gradient at an offset is not in, and the change that brings it into that one.

    None where what stands there is not, letter by letter, what is written below the display before it.
    """
    above = display_before(places(text, name), offset)
    if above is None:
        return None
    try:
        for wrt in asked_by(above, text[above.end :]):
            for layout, other in OTHER.items():
                here = below(text, name, above.start, wrt, layout, markdown)
                if text.startswith(here.text, here.at) and here.at < offset <= here.at + len(here.text):
                    there = below(text, name, above.start, wrt, other, markdown)
                    return other, Change(here.at, here.at + len(here.text), there.text, there.word)
    except DerivtexError:  # what cannot be derived was not derived here
        pass
    return None


def display_before(found: list[Place], offset: int) -> Place | None:
    """The last display that ends before the one at an offset begins."""
    begins = next((each.start for each in found if each.display and each.start <= offset <= each.end), offset)
    before = [each for each in found if each.display and each.end < begins]
    return before[-1] if before else None


def asked_by(place: Place, behind: str) -> Iterator[str]:
    """The names of a formula by which a derivative stands in what is behind it."""
    plain = "".join(behind.split())
    for variable in setting_of(in_context(place)).variables:
        if r"\partial" + "".join(variable.name.split()) in plain:
            yield variable.name


@lru_cache(maxsize=16)
def below(text: str, name: str, start: int, wrt: str, layout: str, markdown: bool) -> Insertion:
    """What is written below the formula that begins there; remembered while the cursor goes about in a derivation."""
    place = next(each for each in places(text, name) if each.start == start)
    return done(text, in_context(place), {"wrt": wrt, "layout": layout}, markdown)
