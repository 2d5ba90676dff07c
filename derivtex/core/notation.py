r"""The few ways an operation can look on paper, read in both directions.

A card names one of these. The reader builds its tables from them (which mark means which card), the writer turns a term back
into marks with them. `mark` is what derivtex writes unless the author used one of `also`; then the author's mark is kept
(see `derivtex.problem.Spelling`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Binding(IntEnum):
    """How tightly a form holds together; a part that holds less tightly than its place asks for gets brackets."""

    RELATION = 0
    SUM = 1
    INNER = 2
    ENTRYWISE = 3
    PRODUCT = 4
    PREFIX = 5
    POWER = 6
    ATOM = 7


class Named(NamedTuple):
    r"""A word before its argument: `\operatorname{tr}(X)`, `\log x`. `raised` is the base of a power form: `e^{x}`."""

    mark: str
    also: tuple[str, ...] = ()
    raised: str = ""


class Superscript(NamedTuple):
    """A mark in the exponent: `X^{T}`."""

    mark: str
    also: tuple[str, ...] = ()


class Infix(NamedTuple):
    r"""A mark between two or more: `A \odot B`, `A : B`. `over` stands before an entrywise reciprocal: `a \oslash b`."""

    mark: str
    binding: Binding
    also: tuple[str, ...] = ()
    over: str = ""


class Fence(NamedTuple):
    r"""Marks around, with an index behind: `\|X\|_F`, `|X|`, `\langle A, B\rangle`. `of_matrix`: the index that is written
    around a matrix where another operation has the same marks."""

    left: str
    right: str
    index: str = ""
    of_matrix: str = ""


class Letter(NamedTuple):
    r"""A constant that is a letter: `I`, `\mathbf{1}`, `\pi`; `sized`: written with its sizes, `K_{m,n}`. `in_sum`: what people
    write for it among the terms of a sum: `1 - \sigma(x)`. `column`: the letter is a column; a row or a matrix of them is written
    with its transpose, `\mathbf{1}^{T}` and `\mathbf{1}\mathbf{1}^{T}`."""

    mark: str
    also: tuple[str, ...] = ()
    sized: bool = False
    in_sum: str = ""
    column: bool = False


class Accent(NamedTuple):
    r"""A mark over its argument: `\bar{X}`."""

    mark: str
    also: tuple[str, ...] = ()


class Structural(NamedTuple):
    r"""A form with a grammar of its own, which reader and writer each know by this name: sum, product, power, number, sigma,
    entry, grid, differential, call. `mark` tells apart the cards that share a form: `\sum`, `\prod`."""

    form: str
    mark: str = ""


SQUEEZED = dict.fromkeys(map(ord, "{} "))


def squeezed(text: str) -> str:
    r"""LaTeX without what different spellings differ in: `\mathbf A` and `\mathbf{A}` are one name."""
    return text.translate(SQUEEZED)
