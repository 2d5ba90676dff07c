"""Arithmetic with the numbers of a formula: what an equation has worked out on its right side, 2 + 3 = 5 and X⁻²X⁵ = X³."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivtex.core.terms import Term, Terms
from derivtex.operations import EntryPower, Identity, Inverse, MatrixPower, Number, Ones, Product, Sum
from derivtex.rewriting.keys import raised

ONE, MINUS_ONE = Number(1), Number(-1)


class Unfilled(Exception):
    """A pattern stands for nothing here, as a size that is neither a number nor a name."""


def reckoned(term: Term) -> Term:
    """Sums, products and powers with their numbers worked out, and without what adds or multiplies nothing; all else stays as it is.

    Raises Unfilled where a number has more digits than anybody writes out.
    """
    match term:
        case Sum(terms):
            return total(map(reckoned, terms))
        case Product(factors):
            return multiple(map(reckoned, factors))
        case EntryPower(base, exponent) | MatrixPower(base, exponent):
            return powered(term, reckoned(base), reckoned(exponent))
    return term


def total(terms: Iterable[Term]) -> Term:
    """A sum with its numbers added, which stand last."""
    known, rest = apart(terms)
    value = sum(known, Fraction(0))
    parts = (*rest, Number(value)) if value or not rest else rest
    return Sum(parts) if len(parts) > 1 else parts[0]


def multiple(factors: Iterable[Term]) -> Term:
    """A product with its numbers multiplied, which stand first."""
    known, rest = apart(factors)
    value = Fraction(1)
    for each in known:
        value *= each
    parts = rest if value == 1 and rest else (Number(value), *rest)
    return Product(parts) if len(parts) > 1 else parts[0]


def apart(terms: Iterable[Term]) -> tuple[list[Fraction], Terms]:
    """The values of the numbers among some terms, and the others."""
    found = tuple(terms)
    return [term.value for term in found if type(term) is Number], tuple(term for term in found if type(term) is not Number)


def powered(term: Term, base: Term, exponent: Term) -> Term:
    """A power of the same kind as a term, without an exponent that is 0, 1 or, of a matrix, −1."""
    if exponent is Number(0):
        return Identity(term.shape[0]) if type(term) is MatrixPower else ONE if term.is_scalar else Ones(*term.shape)
    if exponent is ONE:
        return base
    if exponent is MINUS_ONE and type(term) is MatrixPower:
        return Inverse(base)
    if type(base) is type(exponent) is Number and exponent.value.denominator == 1 and (base.value or exponent.value > 0):
        value = raised(base.value, int(exponent.value))
        if value is None:
            raise Unfilled
        return Number(value)
    return type(term)(base, exponent)
