"""Descriptions in words: adjectives, sizes and a noun, “a symmetric n × n matrix”, “column vector of size $n$”."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.core.shapes import Dim
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.data import is_space
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.syntax.fields import space_in_words
from derivtex.reading.words.sentences import has, names, phrase, word
from derivtex.reading.words.sizes import behind_word, size_at
from derivtex.reading.words.vocabulary import ARTICLES, HEADS, NOUNS, OF_DIAGONALS, ON_THE_DIAGONAL, SILENT, SIZED, STOPS_NOUN, UNSURE

OTHER_WORDS = 3


class Description(NamedTuple):
    """What is said: a kind (empty when none is), dimensions, properties; where it ends, and whether an article began it."""

    kind: str
    dims: tuple[Dim, ...]
    properties: tuple[str, ...]
    end: int
    article: bool = False


def description(items: list[Item], at: int, source: Source, led: bool = False) -> Description | None:
    """Adjectives, sizes and a noun; None where there is none of them. led: whether other words may stand first, “$x$: input matrix”."""
    kind, begin, article = "", at, word(items, at) in ("a", "an", "some")
    dims: tuple[Dim, ...] = ()
    properties: tuple[str, ...] = ()
    while at < len(items):
        if word(items, at) in UNSURE and describes_more(items, at + 1, source):  # “a constant symmetric 6x6 matrix”
            at += 1
            continue
        noun = noun_at(items, at, led or at > begin)
        if noun is not None:
            (kind, implied), at = noun
            properties = (*properties, *implied)
            dims, more, at = behind_noun(items, at, dims, source)
            properties = (*properties, *more)
            break
        adjective = phrase(items, at, ADJECTIVES)
        if adjective is not None:
            properties = (*properties, *adjective[0])
            at = behind_diagonal(items, adjective[1], properties)
        elif (size := sized_at(items, at, source)) is not None:
            dims, at = size
        elif at == begin and (space := space_at(items, at, source)) is not None:  # “$X$ is $\mathbb{R}^{n\times m}$”
            kind, dims, properties, at = *space, at + 1
            break
        elif is_passed_over(items, at, begin, bool(properties or dims)) or (at > begin and is_other(items, at) and sized_at(items, at + 1, source)):
            at += 1
        else:
            break
    dims = dims * 2 if kind == "matrix" and len(dims) == 1 else dims  # “of order $n$”
    said = Description(kind, dims, properties, at, article)
    return said if (kind or dims or properties) and fits(kind, dims) else None


def space_at(items: list[Item], at: int, source: Source) -> tuple[str, tuple[Dim, ...], tuple[str, ...]] | None:
    """Kind, dimensions and properties of what is in the space that stands here."""
    found = space_in_words(items[at].tokens, source) if items[at].kind == "math" and is_space(items[at].tokens) else None
    return (found[0], tuple(found[1]), found[2]) if found is not None else None


def behind_diagonal(items: list[Item], at: int, properties: tuple[str, ...]) -> int:
    """Behind what is said of the diagonal of a triangular matrix, which is no diagonal one: “… with positive diagonal”, “… and unit diagonal”."""
    if {"lower", "upper"}.isdisjoint(properties):
        return at
    step = at + (word(items, at) in ("with", "and", ","))
    while word(items, step) in OF_DIAGONALS:
        step += 1
    if step <= at + 1 or word(items, step) not in ("diagonal", "diagonals"):
        return at
    return step + 1 + (word(items, step + 1) in ("entries", "elements", "part"))


def describes_more(items: list[Item], at: int, source: Source) -> bool:
    """Whether an adjective or a size follows that leads to a noun of its own."""
    if phrase(items, at, ADJECTIVES) is None and sized_at(items, at, source) is None:
        return False
    said = description(items, at, source)
    return said is not None and bool(said.kind)


def is_passed_over(items: list[Item], at: int, begin: int, led: bool) -> bool:
    """Whether a word inside of a description says nothing: an article, `given`, an `and` between two properties."""
    text = word(items, at)
    if text == "of":
        return at == begin or word(items, at + 1) in SIZED
    bracketed = text == "(" and at > begin and phrase(items, at + 1, ADJECTIVES) is not None  # “a (symmetric) matrix”
    return text in SILENT | ARTICLES or bracketed or (text in ("and", ",", "(", ")") and led and continues(items, at + 1))


def continues(items: list[Item], at: int) -> bool:
    """Whether a description goes on behind `and`, a comma or a bracket."""
    return phrase(items, at, ADJECTIVES) is not None or (noun_at(items, at, True) is not None and not names(items, at))


def sized_at(items: list[Item], at: int, source: Source) -> tuple[tuple[Dim, ...], int] | None:
    if word(items, at) in SIZED or (word(items, at) == "of" and word(items, at + 1) in SIZED):
        return behind_word(items, at, source)
    return size_at(items, at, source)


def noun_at(items: list[Item], at: int, led: bool) -> tuple[tuple[str, tuple[str, ...]], int] | None:
    """The noun here, with up to a few other words before it where something led to it: `data matrix`, `weight vector`."""
    for step in range(at, at + (OTHER_WORDS + 1 if led else 1)):
        found = phrase(items, step, NOUNS)
        if found is not None:
            unsure = found[1] == step + 1 and items[step].text in UNSURE
            behind = next(k for k in range(found[1], len(items) + 1) if word(items, k) not in SILENT)  # “real-valued matrix”
            more = phrase(items, behind, NOUNS) if unsure else None
            return None if {word(items, found[1]), word(items, behind)} & HEADS else more or found  # “scalar-valued function”
        if not is_other(items, step) or phrase(items, step, ADJECTIVES):
            return None
    return None


def is_other(items: list[Item], at: int) -> bool:
    """Whether a word stands here that can be a part of a noun phrase and says nothing."""
    return at < len(items) and items[at].kind == "word" and not items[at].tokens and items[at].text not in STOPS_NOUN


def fits(kind: str, dims: tuple[Dim, ...]) -> bool:
    wanted = {"": (0, 1, 2), "matrix": (0, 2), "scalar": (0,)}.get(kind, (0, 1, 2))
    return len(dims) in wanted


def behind_noun(items: list[Item], at: int, dims: tuple[Dim, ...], source: Source) -> tuple[tuple[Dim, ...], tuple[str, ...], int]:
    r"""`of size n × m`, `in $\mathbb{R}^n$`, `of ones`, `($n \times n$)`, `with entries only on the diagonal` behind a noun."""
    size = behind_word(items, at, source) if not dims else None
    if size is not None:
        return *(size[0], ()), size[1]
    if word(items, at) == "in" and at + 1 < len(items) and items[at + 1].tokens:
        space = space_in_words(items[at + 1].tokens, source)
        if space is not None:
            return tuple(space[1]), (), at + 2
    if word(items, at) == "(" and not dims and (size := size_at(items, at, source)) is not None:
        return *(size[0], ()), size[1]
    if word(items, at) in ("that", "with", "whose") and has(items, at, at + 12, ON_THE_DIAGONAL):
        return dims, ("diagonal",), at
    return dims, (), at
