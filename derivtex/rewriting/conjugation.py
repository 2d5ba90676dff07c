"""Conjugates: which terms may have complex values, and the conjugate of a term, taken inward to its symbols.

A term may be complex only where a symbol that was declared complex, or the imaginary unit, is in it.
"""

from __future__ import annotations

from typing import cast

from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Differential,
    Hermitian,
    ImaginaryUnit,
    Number,
    Product,
    Symbol,
    Transpose,
)


def may_be_complex(term: Term) -> bool:
    """Whether a term has a complex part that is not made real by what stands around it."""
    return term.remembered("_complex", _may_be_complex)


def _may_be_complex(term: Term) -> bool:
    if type(term) is Symbol:
        return term.has("complex") or term.has("hermitian")
    if type(term) is ImaginaryUnit:
        return True
    return not term.real_valued and any(map(may_be_complex, term.children))


def conjugated(term: Term) -> Term:
    """The conjugate of a term, with the conjugates on its symbols as far as they can be taken inward."""
    return term.remembered("_conjugated", _conjugated)


def _conjugated(term: Term) -> Term:
    if not may_be_complex(term):
        return term
    match term:
        case Conjugate(of):
            return cast(Term, of)
        case Hermitian(of):
            return Transpose(of)
        case Symbol() if term.has("hermitian"):
            return Transpose(term)
        case ImaginaryUnit():
            return Product((Number(-1), term))
    if term.commutes_with_conjugate:
        return term.rebuild(tuple(map(conjugated, term.children)))
    return Conjugate(term)


def is_conjugate_leaf(term: Term) -> bool:
    """dX*, dXᴴ: the conjugate of a change, with or without a transpose."""
    return type(term) in (Conjugate, Hermitian) and type(term.of) is Differential
