"""Which of two formulas the derivative is, where a question names both: “is it $2x$ or $2x^T$?”."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.answering.identities import agree
from derivtex.core.errors import DerivtexError, Source
from derivtex.operations import Symbol
from derivtex.reading import alternatives, read_formula
from derivtex.steps import Derivation


class Choice(NamedTuple):
    """A formula as it is typed, and what it is of the derivative: the same, its transpose, or other."""

    latex: str
    what: str


def choices(source: Source, derivation: Derivation | None) -> tuple[Choice, ...]:
    """What each of two formulas is, where one of them is the derivative; none where a question names no two, or nothing is told of them."""
    named = alternatives(source) if derivation is not None and derivation.derivative is not None else None
    if named is None or derivation is None:
        return ()
    try:
        found = tuple(Choice(each, what_of(each, derivation)) for each in named)
    except DerivtexError:
        return ()
    return found if any(each.what == "same" for each in found) else ()


def what_of(latex: str, derivation: Derivation) -> str:
    """What a formula is of the derivative. Raises a DerivtexError where it cannot be read or has names of its own."""
    symbols, answer = {each.name: each for each in derivation.problem.symbols.values()}, derivation.unfolded
    value = read_formula(latex, symbols)
    if not all(name in set(symbols.values()) for name in value.parts(Symbol)):
        raise DerivtexError("it has names of its own")
    return "same" if agree(value, answer, derivation) else "transpose" if agree(value, answer.T, derivation) else "other"
