"""The words in which rules are stated: holes of every shape, and short names for the usual operations."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.shapes import SCALAR, Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Determinant,
    Differential,
    Entry,
    EntryPower,
    Hadamard,
    Hermitian,
    Hole,
    Identity,
    Index,
    Inner,
    Inverse,
    MatrixPower,
    Member,
    Norm,
    Number,
    Ones,
    SumOver,
    Symbol,
    Trace,
    symbol,
)

tr, det, inv, norm, inner, d = Trace, Determinant, Inverse, Norm, Inner, Differential
conj, herm = Conjugate, Hermitian


def matrix(name: str, rows: str | int, columns: str | int) -> Hole:
    return Hole(name, shape(rows, columns))


def column(name: str, size: str | int) -> Hole:
    return Hole(name, shape(size, 1))


def scalar(name: str) -> Hole:
    return Hole(name, SCALAR)


def number(value: int, under: int = 1) -> Number:
    return Number(Fraction(value, under))


def power(base: Term, exponent: Term | int | Fraction) -> EntryPower:
    return EntryPower(base, exponent if isinstance(exponent, Term) else Number(exponent))


def matrix_power(base: Term, exponent: Term | int | Fraction) -> MatrixPower:
    return MatrixPower(base, exponent if isinstance(exponent, Term) else Number(exponent))


def entrywise(*factors: Term) -> Hadamard:
    return Hadamard(factors)


def over_index(body: Term) -> SumOver:
    """A sum over an index, for a rule to be tried on."""
    return SumOver(Index("i", Dim.of(1), Dim.of("k")), body)


def member() -> Member:
    """A member of a family of numbers, at the index of `over_index`."""
    index = Index("i", Dim.of(1), Dim.of("k"))
    return Member(Symbol("t", "scalar", SCALAR, (), (index.first, index.last)), index)


def entry(of: Term) -> Entry:
    """An entry, for a rule to be tried on: the first of the last column that every shape has."""
    return Entry(of, Number(1), Number(1))


def orthogonal(name: str, size: str) -> Symbol:
    return Symbol(name, "matrix", shape(size, size), ("orthogonal",), None)


def complex_array(name: str, rows: str | int, columns: str | int = 1, *properties: str) -> Symbol:
    """A complex matrix, column or scalar, for a rule to be tried on."""
    return symbol(name, "matrix", shape(rows, columns), ("complex", *properties))


def identity(size: str) -> Identity:
    return Identity(Dim.of(size))


def ones(rows: str | int, columns: str | int = 1) -> Ones:
    return Ones(Dim.of(rows), Dim.of(columns))
