r"""Sizes in words: `$m\times n$`, `m by n`, `$n$-dimensional`, `of length $n$`, `(batch, in)`, `with $n$ entries`."""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.shapes import Dim
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lists import by_commas, by_marks, has_mark
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import word
from derivtex.reading.words.vocabulary import ARTICLES, SIZED

TIMES = ("x", "×", "by", "times")
COUNTED = frozenset("entries components elements coordinates targets rows observations samples values species".split())
LONGEST_NOUN = 3
Size = tuple[tuple[Dim, ...], int]


def size_at(items: list[Item], at: int, source: Source, told: bool = False) -> Size | None:
    """The dimensions that stand at a place, and where they end. told: whether a word before says that a size follows."""
    if at >= len(items):
        return None
    item = items[at]
    if item.kind == "mark" and item.text == "(":
        return in_brackets(items, at, source)
    if has_mark(item.tokens, r"\times") and item.kind == "math":
        return of_tokens(unbracketed(item.tokens), source, at + 1)
    if word(items, at + 1) in TIMES and at + 2 < len(items) and (one := dim(items[at], source)) and (other := dim(items[at + 2], source)):
        return (*one, *other), at + 3
    if item.tokens and word(items, at + 1) in ("dimensional", "vector", "vectors", "tuple") and item.text not in ("a", "i"):
        single = dim(item, source)
        return (single, at + (1 if word(items, at + 1).startswith("vector") else 2)) if single else None
    bracketed = item.kind == "math" and len(item.tokens) > 2 and item.tokens[0].text == "(" and item.tokens[-1].text == ")"
    if bracketed and len(by_commas(item.tokens[1:-1])) == 2:
        return of_list(item.tokens[1:-1], source, at + 1)
    if told or word(items, at + 1) in COUNTED:
        single = dim(item, source, told)
        counted = 2 if word(items, at + 1) in COUNTED else 1
        return (single, at + counted) if single else None
    return None


def behind_word(items: list[Item], at: int, source: Source) -> Size | None:
    """`of size n × m`, `has shape (n, m)`, `dimension k`, `of $n$ targets`, `with n entries`; from the first of these words on."""
    step = at
    if word(items, step) in ("of", "has", "have", "with", "the", "is", "are"):
        step += 1
    step += word(items, step) == "the"
    if word(items, step) in SIZED:
        step += 1
        step += word(items, step) in ("of", "is", ":", "=")
        return None if word(items, step) in ARTICLES else size_at(items, step, source, told=True)  # “is the length of the step”
    if step > at and word(items, at) in ("of", "with") and step < len(items) and items[step].tokens and word(items, step + 1) in COUNTED:
        single = dim(items[step], source)
        return (single, step + 2) if single else None
    return None


def in_brackets(items: list[Item], at: int, source: Source) -> Size | None:
    """`(batch, in)`, `(m x n)`, `(dimension N x 1)`."""
    inner = behind_word(items, at + 1, source) or size_at(items, at + 1, source)
    if inner is not None and word(items, inner[1]) in (")", ","):
        return inner[0], inner[1] + (word(items, inner[1]) == ")")
    parts = items[at + 1 : at + 5]
    if len(parts) == 4 and parts[1].text == "," and parts[3].text == ")":
        one, other = dim(parts[0], source, True), dim(parts[2], source, True)
        return ((*one, *other), at + 5) if one and other else None
    return None


def dim(item: Item, source: Source, words: bool = False) -> tuple[Dim, ...]:
    """The one dimension that an item is; with `words` a word is the name of one."""
    if item.tokens:
        found = of_tokens(item.tokens, source, 0)
        return found[0] if found is not None and len(found[0]) == 1 else ()
    return (Dim.of(item.text),) if words and item.kind == "word" and item.text.isidentifier() else ()


def unbracketed(parts: Parts) -> Parts:
    """The size inside of one pair of brackets around all of it."""
    whole = len(parts) > 2 and parts[0].text in ("(", "[") and parts[-1].text in (")", "]")
    return parts[1:-1] if whole and len(by_marks(parts[1:-1], r"\times")) == 2 and len(by_marks(parts, r"\times")) == 1 else parts


def of_list(parts: Parts, source: Source, end: int) -> Size | None:
    try:
        return tuple(dimension_of(part, source) for part in by_commas(parts) if part), end
    except DerivtexError:
        return None


def of_tokens(parts: Parts, source: Source, end: int) -> Size | None:
    """The dimensions that tokens are, `m \\times n`."""
    try:
        return tuple(dimension_of(part, source) for part in by_marks(parts, r"\times")), end
    except DerivtexError:
        return None


def sizes_in_turn(items: list[Item], at: int, count: int, source: Source) -> tuple[list[tuple[Dim, ...]], int] | None:
    """The sizes of the further names in “Q and K have shape (n, d) and (m, d)”, “x and A being a n × 1 and a n × m matrix”."""
    found: list[tuple[Dim, ...]] = []
    while word(items, at) in (",", "and") and len(found) < count - 1:
        at += 1 + (word(items, at) == "," and word(items, at + 1) == "and")
        at += word(items, at) in ARTICLES
        size = size_at(items, at, source)
        if size is None or len(size[0]) != 2 or is_of_another(items, size[1]):
            return None
        found, at = [*found, size[0]], size[1]
    return (found, at) if count > 1 and len(found) == count - 1 else None


def is_of_another(items: list[Item], at: int) -> bool:
    """Whether a name stands behind a size and its noun: `the $n\\times 1$ vector $X$` tells nothing of the names before it."""
    step = at
    while step < at + LONGEST_NOUN and step < len(items) and items[step].kind == "word" and not items[step].tokens:
        step += 1
    return at < step < len(items) and items[step].kind == "math" and len(items[step].tokens) > 0
