"""The words of a document with its formulas between them, one after the other."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.reading.source.tokens import Token, tokens

STOPS = ".;:?!,"
APART = {"×": " × ", "-by-": " by ", "-dimensional": " dimensional "}
LONGEST_WORD = 30


class Item(NamedTuple):
    """A word in small letters, a stop (`.` or `,`), or a formula; a single letter is a word and may be a name: it has its tokens."""

    kind: str
    text: str
    start: int
    tokens: tuple[Token, ...] = ()


def items(source: Source, places: list[tuple[int, int]]) -> list[Item]:
    """The words and formulas of a document in order."""
    found: list[Item] = []
    begin = 0
    for start, end in places:
        found.extend(words_of(source.text, begin, start))
        try:
            found.append(Item("math", "", start, tokens(source, start, end)))
        except DerivtexError:
            found.append(Item("stop", ".", start))
        begin = end
    return [*found, *words_of(source.text, begin, len(source.text))]


def words_of(text: str, start: int, end: int) -> list[Item]:
    """The words of a stretch; a paragraph's end is a stop."""
    found: list[Item] = []
    stretch = text[start:end]
    for mark, apart in APART.items():
        stretch = stretch.replace(mark, apart)
    for piece in stretch.replace("\n\n", " . ").replace("$", " ").replace("-\n", "").split():
        bare = piece.strip("()[]*_{}\"'“”" + STOPS + "-\\")
        if bare:
            found.append(Item("word", bare.lower()[:LONGEST_WORD], start, letter(bare, start)))
        if piece[-1:] in STOPS:
            found.append(Item("stop", piece[-1], start))
    return found


def letter(bare: str, start: int) -> tuple[Token, ...]:
    """The token of a word that is a single letter or a number."""
    if bare.isascii() and bare.isdigit():
        return tuple(Token("digit", digit, start, start + 1) for digit in bare)
    return (Token("letter", bare, start, start + 1),) if len(bare) == 1 and bare.isalpha() and bare.isascii() else ()
