"""The words of a document with its formulas between them, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.reading.source.blocks import BULLETS
from derivtex.reading.source.marks import Parts, digits
from derivtex.reading.source.plainformulas import GREEK_WORDS
from derivtex.reading.source.plaintokens import plain_tokens
from derivtex.reading.source.rows import CELL, row_mark, signs
from derivtex.reading.source.spelling import meant

if TYPE_CHECKING:
    from derivtex.reading.source.documents import Document

STOPS = ".;:?!"
MARKS = ",()"
BULLET = "•"
BY = {"×": "×", "·": "×"}
SIGNS = {"*": "*", "⊙": r"\odot", "∘": r"\circ", "⊗": r"\otimes", "⋆": r"\star"}  # of products; in plain text `*` is read as a dot
ABBREVIATIONS = ("w.r.to", "w.r.t.", "w.r.t", "wrt.", "i.e.", "e.g.", "s.t.", "resp.", "cf.", "eq.", "eqs.", "fig.", "vs.", "i.i.d.", "subj. to",
                 "st.")
SHORT_WORDS = frozenset("is in of to it if on as at an by do my we or so no be hi he us go up am".split())
LONGEST_WORD = 30
LONGEST_NAME = 12


class Item(NamedTuple):
    """A word in small letters, a stop (`.`, `?`, … ; the end of a paragraph is a `.`), a mark (`,`, `(`, `)`, a bullet) or a formula.

    text: of a word of asking that is misspelt the one that is meant. tokens: those of a formula; of a word that may be a name or a number,
    `K`, `d_k`, `10`, those too. display: of a formula.
    """

    kind: str
    text: str
    start: int
    end: int
    tokens: Parts = ()
    display: bool = False


def in_order(document: Document) -> list[Item]:
    """The words and formulas of a document in order; code is a stop."""
    found: list[Item] = []
    formulas = iter(document.formulas)
    for block in document.blocks:
        if block.kind == "words":
            found.extend(words_of(document, block.start, block.end))
        elif block.kind == "code":
            found.append(Item("mark", "`", block.start, block.end))
        else:
            found.append(Item("math", "", block.start, block.end, next(formulas).tokens, block.display))
    return list(in_sentences(found))


def in_sentences(items: list[Item]) -> Iterator[Item]:
    """The items with the rows of tables as sentences."""
    cells = 0
    for each in items:
        if each.kind != "row":
            yield each
            continue
        yield from (Item(kind, text, each.start, each.end) for kind, text in signs(each.text, cells))
        cells = cells + 1 if each.text == CELL else 0


def words_of(document: Document, start: int, end: int) -> Iterator[Item]:
    """The words of a stretch; hyphens set words apart, `20x10` and `n×n` are sizes."""
    text, at = document.source.text, start
    while at < end:
        character = text[at]
        bullet = BULLETS.match(text, at) if at == 0 or text[at - 1] == "\n" else None
        if bullet is not None:
            if bullet.group().strip()[-1] in ".)":  # a number ends the sentence before it, a dash does not
                yield Item("stop", ".", at, at + 1)
            yield Item("mark", BULLET, at, bullet.end())
            at = bullet.end()
            continue
        if character in "|&\\" and (mark := row_mark(text, at, document.format == "latex")):
            yield Item("row", mark, at, at + 1)
        elif character in STOPS or character in MARKS:
            yield Item("stop" if character in STOPS else "mark", character, at, at + 1)
        elif character == "\n" and (close := paragraph_end(text, at, end)) > at:
            if ends_sentence(text, at, close, start, end):
                yield Item("stop", ".", at, at + 1)
            at = close
            continue
        elif character in BY:
            yield Item("word", "×", at, at + 1)
        elif character in SIGNS and stands_alone(text, at):
            yield Item("mark", r"\cdot" if character == "*" and document.format == "plain" else SIGNS[character], at, at + 1)
        elif character.isalnum():
            close = word_end(text, at, end)
            short = next((short for short in ABBREVIATIONS if text[at : at + len(short)].lower() == short), None)
            if short is not None and close < at + len(short):
                yield Item("word", short.strip("."), at, at + len(short))
                at += len(short)
                continue
            yield from word(document, at, close)
            at = close
            continue
        at += 1


def stands_alone(text: str, at: int) -> bool:
    """Whether a character of a text stands between blanks, quotes or brackets."""
    beside = " \t'\"`“”‘’()"
    return (at == 0 or text[at - 1] in beside) and text[at + 1 : at + 2] in ("", *beside)


def paragraph_end(text: str, at: int, end: int) -> int:
    """Behind the white space of an empty line that begins here; the same place where there is none."""
    close = at
    while close < end and text[close].isspace():
        close += 1
    return close if text.count("\n", at, close) > 1 else at


def ends_sentence(text: str, at: int, close: int, start: int, end: int) -> bool:
    """Whether an empty line ends a sentence: one before a formula does not, nor one behind it before a small letter."""
    if close >= end:
        return close >= len(text.rstrip())
    return bool(text[start:at].strip()) or not text[close].islower()


def word_end(text: str, at: int, end: int) -> int:
    """Behind the word that begins at a place; an apostrophe inside and a dot between digits belong to it."""
    while at < end:
        inside = text[at] in "'’" and at + 1 < end and text[at + 1].isalpha()
        decimal = text[at] == "." and text[at - 1].isdigit() and at + 1 < end and text[at + 1].isdigit()
        if not (text[at].isalnum() or text[at] == "_" or inside or decimal) or text[at] in BY:
            return at
        at += 1
    return at


def word(document: Document, start: int, end: int) -> Iterator[Item]:
    """A word, or the parts of a size, `nxm`; exp is a word."""
    text = document.source.text[start:end]
    left, x, right = text.partition("x")
    if text != "exp" and x and left and right and all(part.isdigit() or (len(part) == 1 and part.isalpha()) for part in (left, right)):
        middle = start + len(left)
        yield from (item(document, start, middle), Item("word", "x", middle, middle + 1), item(document, middle + 1, end))
    else:
        yield item(document, start, end)


def item(document: Document, start: int, end: int) -> Item:
    text = document.source.text[start:end].strip("_")
    return Item("word", meant(text.lower()[:LONGEST_WORD]), start, end, name_tokens(document, text, start, end))


def name_tokens(document: Document, text: str, start: int, end: int) -> Parts:
    """The tokens of a word that may be a name or a number."""
    plain = document.format == "plain"
    longer = plain and 1 < len(text) <= LONGEST_NAME and text.isascii()
    is_greek = text in GREEK_WORDS and GREEK_WORDS[text] in document.source.text
    is_name = (len(text) == 1 and text.isalpha()) or (longer and looks_like_name(text)) or is_greek
    if text.isascii() and text.isdigit():
        return digits(text, start)
    if not is_name:
        return ()
    try:
        return plain_tokens(document.source, start, end, document.whole_names)
    except DerivtexError:
        return ()


def looks_like_name(text: str) -> bool:
    """Whether a word of several characters can be a name in plain text: `d_k`, `W1`, `Pm`, `lambda`."""
    short = len(text) == 2 and text[0].isupper() and text[1].islower() and text.lower() not in SHORT_WORDS
    return text in GREEK_WORDS or "_" in text or short or (text[0].isalpha() and text[1:].isdigit())
