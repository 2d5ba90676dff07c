"""The derivations that stand in a document between their marks: refreshed, or in the other layout, as `derivtex expand` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, UsageError
from derivtex.faces.documents.expanding import Surroundings, renewed, surroundings, wanted_of
from derivtex.faces.documents.marked import LANGUAGES, Block, marked

REFRESH, LAYOUT = "refresh", "layout"
OTHER = {"denominator": "numerator", "numerator": "denominator"}
SAID = re.compile(r"(?P<key>\blayout[ \t]*[=:][ \t]*)(?P<quote>[\"'{]?)(?P<value>denominator|numerator)\b")
WORD = re.compile(r"derivtex:?")


class Change(NamedTuple):
    """A stretch of a document, the text that takes its place, and a word where the numbers could not confirm all of it."""

    start: int
    end: int
    text: str
    word: str = ""


def around_offset(text: str, path: Path, markdown: bool, offset: int) -> tuple[Block, Surroundings] | None:
    """The marked formula with a derivation that lies at an offset (on its mark, the formula or the derivation)."""
    language = LANGUAGES[".md" if markdown else ".tex"]
    if "derivtex:begin" not in text:
        return None
    try:
        blocks = marked(text, str(path), language)
        block = next((each for each in blocks if each.hash and each.mark[0] <= offset <= each.end), None)
        return None if block is None else (block, surroundings(text, path, language, blocks))
    except DerivtexError:  # `derivtex expand` says what is wrong
        return None


def offered(text: str, path: Path, markdown: bool, offset: int) -> list[tuple[str, str]]:
    """What can be done with the derivation at an offset: a title, and what it stands for."""
    found = around_offset(text, path, markdown, offset)
    if found is None:
        return []
    try:
        wanted = wanted_of(*found)
    except DerivtexError:
        return []
    stale = [("Refresh this derivation", REFRESH)] if wanted.hash != found[0].hash else []
    return [*stale, (f"Switch this derivation to {OTHER[wanted.asked['layout']]} layout", LAYOUT)]


def changed(text: str, path: Path, markdown: bool, offset: int, what: str) -> Change:
    """The derivation at an offset refreshed, or in the other layout with its mark. Raises DerivtexError where it cannot be derived."""
    found = around_offset(text, path, markdown, offset)
    if found is None:
        raise UsageError("no derivation stands there between its marks", way_out="ask again")
    block, around = found
    if what == REFRESH:
        return Change(block.start, block.end, *renewed(wanted_of(block, around), around))
    begin, end = block.mark
    mark = with_layout(text[begin:end], OTHER[wanted_of(block, around).asked["layout"]])
    turned = text[:begin] + mark + text[end:]
    again = around_offset(turned, path, markdown, begin)
    if again is None:
        raise UsageError("the mark of this derivation cannot be changed", way_out="write layout=… into it yourself")
    written, word = renewed(wanted_of(*again), again[1])
    return Change(begin, block.end, mark + text[end : block.start] + written, word)


def with_layout(mark: str, layout: str) -> str:
    """A mark that asks for a layout: in place of the one that it says, else said first."""
    if SAID.search(mark):
        return SAID.sub(lambda match: f"{match['key']}{match['quote']}{layout}", mark, count=1)
    return WORD.sub(lambda match: f"{match[0]} layout={layout}", mark, count=1)
