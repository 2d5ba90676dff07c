r"""What the words around the formulas say about names: “$A$ is a symmetric $n\times n$ matrix”, “let $x$ and $y$ be vectors”,
“the positive definite matrix $\Sigma$”, “X is m × n”.

A small grammar over words and formulas; what does not fit it says nothing. A condition, a negation or a question is no statement.

statement    names (is | are | be | denotes) description  |  description names        the second with its noun
names        name ((, | and) name)*
description  (article | adjective | size)* [noun [of (size | length) size]]
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.core.shapes import Dim
from derivtex.reading.meaning.declarations import Declaration, by_commas, field_of, sized
from derivtex.reading.source.phrases import Item, items
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.statements import left_side

VERBS = frozenset("is are be denotes denote being".split())
SILENT = frozenset("a an the some any given known real fixed both also arbitrary generic constant square all".split())
ADJECTIVES = {
    "symmetric": "symmetric", "diagonal": "diagonal", "orthogonal": "orthogonal", "invertible": "invertible",
    "nonsingular": "invertible", "non-singular": "invertible", "skew-symmetric": "skew", "antisymmetric": "skew",
    "complex": "complex", "hermitian": "hermitian", "positive-definite": "posdef", "positive-semidefinite": "psd",
    "positive definite": "posdef", "positive semidefinite": "psd", "positive semi-definite": "psd", "lower triangular": "lower",
    "upper triangular": "upper", "lower-triangular": "lower", "upper-triangular": "upper",
}  # fmt: skip
NOUNS = {
    "matrix": "matrix", "matrices": "matrix", "vector": "vector", "vectors": "vector", "scalar": "scalar", "scalars": "scalar",
    "column vector": "vector", "column vectors": "vector", "row vector": "row", "row vectors": "row",
}  # fmt: skip
DOUBT = frozenset("not necessarily non if when whether unless nor neither without never".split())
LEADS_ON = frozenset("of to in on under if when iff only unless with along".split())


class Description(NamedTuple):
    """What is said: a kind (empty when none is), dimensions, properties; and where it ends."""

    kind: str
    dims: tuple[Dim, ...]
    properties: tuple[str, ...]
    end: int


def declared_in_words(source: Source, places: list[tuple[int, int]]) -> tuple[list[Declaration], list[int]]:
    """The declarations that the words of a document make, and where the formulas begin that are a part of them."""
    found = items(source, places)
    result: list[Declaration] = []
    used: list[int] = []
    at = 0
    while at < len(found):
        made = statement(found, at, source)
        if made is None:
            at += 1
            continue
        declarations, end = made
        result.extend(declarations)
        used.extend(item.start for item in found[at:end] if item.kind == "math")
        at = end
    return result, used


def statement(found: list[Item], at: int, source: Source) -> tuple[list[Declaration], int] | None:
    """The declarations of a phrase that begins at an item, and where it ends."""
    if at and found[at - 1].text in DOUBT:
        return None
    named = names(found, at)
    if named is not None and word(found, named[1]) in VERBS:
        said = description(found, named[1] + 1, source)
        if said is None or (not said.kind and word(found, said.end) in LEADS_ON) or word(found, said.end) == "?":
            return None
        return [declaration(name, said, source) for name in named[0]], said.end
    said = description(found, at, source)
    if said is None or not said.kind:
        return None
    named = names(found, said.end) if said.end < len(found) and found[said.end].kind == "math" else None
    return None if named is None else ([declaration(name, said, source) for name in named[0]], named[1])


def word(found: list[Item], at: int) -> str:
    return found[at].text if at < len(found) and found[at].kind != "math" else ""


def names(found: list[Item], at: int) -> tuple[list[tuple[Token, ...]], int] | None:
    """Names side by side, and where they end."""
    result: list[tuple[Token, ...]] = []
    while True:
        own = names_of(found[at]) if at < len(found) else []
        if not own:
            return (result, at - 1) if result else None
        result.extend(own)
        at += 1
        if word(found, at) == "," and word(found, at + 1) == "and":
            at += 1
        if word(found, at) not in (",", "and"):
            return result, at
        at += 1


def names_of(item: Item) -> list[tuple[Token, ...]]:
    r"""The names that a formula consists of: `A`, `x, y`, and the A of `A \in …`."""
    parts = item.tokens
    at = next((k for k, token in enumerate(parts) if token.is_mark(r"\in")), len(parts))
    found = [part for part in by_commas(parts[:at]) if part]
    left = [left_side(part) for part in found]
    return found if all(each is not None and each.arguments is None and not each.shape for each in left) else []


def description(found: list[Item], at: int, source: Source) -> Description | None:
    """Adjectives, sizes and a noun; None where there is none of them."""
    kind, begin = "", at
    dims: tuple[Dim, ...] = ()
    properties: tuple[str, ...] = ()
    while at < len(found):
        pair = f"{word(found, at)} {word(found, at + 1)}"
        width = 2 if pair in ADJECTIVES or pair in NOUNS else 1
        text = pair if width == 2 else word(found, at)
        if text in ADJECTIVES:
            properties = (*properties, ADJECTIVES[text])
        elif text in NOUNS:
            kind, at = NOUNS[text], at + width
            dims, at = behind_noun(found, at, dims, source)
            break
        elif (size := size_at(found, at, source)) is not None:
            dims, width = size
        elif text not in SILENT and not (text in ("and", ",") and properties and word(found, at + 1) in ADJECTIVES):
            break
        at += width
    if not (kind or dims or properties) or at == begin:
        return None
    return Description(kind, dims, properties, at) if fits(kind, dims) else None


def fits(kind: str, dims: tuple[Dim, ...]) -> bool:
    wanted = {"": (0, 1, 2), "matrix": (0, 2), "scalar": (0,)}.get(kind, (0, 1))
    return len(dims) in wanted


def behind_noun(found: list[Item], at: int, dims: tuple[Dim, ...], source: Source) -> tuple[tuple[Dim, ...], int]:
    r"""`of size n × m`, `of length n`, `in $\mathbb{R}^n$` behind a noun."""
    if word(found, at) == "of" and word(found, at + 1) in ("size", "dimension", "dimensions", "shape", "length", "order"):
        size = size_at(found, at + 2, source)
        if size is not None:
            return size[0], at + 2 + size[1]
    if word(found, at) == "in" and at + 1 < len(found) and found[at + 1].tokens:
        space = field_of(found[at + 1].tokens, source)
        if space is not None:
            return tuple(space[1]), at + 2
    return dims, at


def size_at(found: list[Item], at: int, source: Source) -> tuple[tuple[Dim, ...], int] | None:
    r"""`$m\times n$`, `m × n`, `m by n`, `$n$-dimensional`, `n`; and how many items it takes."""
    if at >= len(found) or not found[at].tokens:
        return None
    item = found[at]
    if any(token.is_mark(r"\times") for token in item.tokens):
        return dims_of(item.tokens, source, 1)
    if word(found, at + 1) in ("x", "×", "by") and at + 2 < len(found) and found[at + 2].tokens:
        both = dims_of(item.tokens, source, 3), dims_of(found[at + 2].tokens, source, 3)
        return ((*both[0][0], *both[1][0]), 3) if both[0] and both[1] else None
    if word(found, at + 1) == "dimensional":
        return dims_of(item.tokens, source, 2)
    return dims_of(item.tokens, source, 1) if at and word(found, at - 1) in ("size", "dimension", "length", "order") else None


def dims_of(parts: tuple[Token, ...], source: Source, width: int) -> tuple[tuple[Dim, ...], int] | None:
    """The dimensions that tokens are."""
    stretches: list[list[Token]] = [[]]
    for token in parts:
        if token.is_mark(r"\times"):
            stretches.append([])
        else:
            stretches[-1].append(token)
    try:
        return tuple(dimension_of(tuple(stretch), source) for stretch in stretches), width
    except DerivtexError:
        return None


def declaration(name: tuple[Token, ...], said: Description, source: Source) -> Declaration:
    properties = ("symmetric", *said.properties) if {"posdef", "psd"} & set(said.properties) else said.properties
    kind = said.kind or ("vector" if len(said.dims) == 1 else "matrix")
    span = Span(source, name[0].start, name[-1].end)
    return Declaration(name, latex(name), kind, sized(kind, list(said.dims)), tuple(dict.fromkeys(properties)), None, span)


def told(each: Declaration) -> str:
    """What was taken from the words, as a sentence."""
    size = " × ".join(str(dim) for dim in each.size if dim.names != ["?"]) if each.kind == "matrix" else ""
    what = " ".join(part for part in (*each.properties, size, each.kind) if part)
    return f"{each.latex} is a {what}, as the words around the formula say"
