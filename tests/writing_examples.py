"""Problems in terms, without a reader, for the tests of writing: the answerer's linear layer first."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import Source
from derivtex.core.shapes import Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Determinant,
    EntryPower,
    Index,
    Log,
    Member,
    Norm,
    Number,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    symbol,
)
from derivtex.operations.elementwise import Exp, Sigmoid
from derivtex.problem import Definition, Problem, Spelling


def matrix(name: str, rows, columns, *properties: str) -> Symbol:
    return symbol(name, "matrix", shape(rows, columns), properties)


def vector(name: str, size) -> Symbol:
    return symbol(name, "vector", shape(size, 1))


def scalar(name: str) -> Symbol:
    return symbol(name, "scalar")


def problem(target: Term, wrt: Symbol, *definitions: Definition, order: int = 1, **marks: str) -> Problem:
    """A problem with the symbols that occur in it, in the author's marks."""
    parts = (target, *(part for known in definitions for part in (known.body, known.name)))
    symbols = {leaf.name: leaf for part in parts for leaf in part.walk() if isinstance(leaf, Symbol)}
    return Problem(Source(""), symbols, definitions, {}, target, (wrt,), order, spelling=Spelling(marks))


def number(value: int, under: int = 1) -> Number:
    return Number(Fraction(value, under))


A, X = matrix("A", "n", "n"), matrix("X", "n", "n")
x, y, b, w = vector("x", "n"), vector("y", "n"), vector("b", "n"), vector("w", "p")
i = Index("i", Dim.of(1), Dim.of("n"))
samples = symbol("x", "vector", shape("p", 1), (), (Dim.of(1), Dim.of("n")))


def linear_layer() -> Problem:
    W, f, lam = matrix("W", "m", 10), vector("f", 10), scalar(r"\lambda")
    u, v, c = vector("x", "m"), vector("y", 10), vector("b", 10)
    return problem(lam, W, Definition(f, W.T * u + c), Definition(lam, f.T * v), Trace=r"{\rm Tr}")


def least_squares() -> Problem:
    B, c = matrix("A", "m", "n"), vector("b", "m")
    return problem(number(1, 2) * EntryPower(Norm(B * x - c), Number(2)), x, Norm="2")


def log_determinant() -> Problem:
    Z = matrix("X", "n", "k")
    return problem(Log(Determinant(Z.T * matrix("A", "n", "n", "symmetric") * Z)), Z)


def logistic() -> Problem:
    each = Log(Sum((Number(1), Exp(Product((Number(-1), Member(samples, i).T, w))))))
    return problem(SumOver(i, each), w)


def logistic_layer() -> Problem:
    return problem(Sigmoid(matrix("A", "m", "n") * x), x)


def long_sum() -> Problem:
    B, C, D, E = (matrix(name, "n", "n") for name in "BCDE")
    words = (A * X * B * X.T * C, D * X * E * X * B, C * X * D * X.T * E, E * X * A * X * D)
    return problem(Sum((*map(Trace, words), Log(Determinant(X.T * X)), y.T * X * b)), X)


PROBLEMS = {made.__name__: made for made in (linear_layer, least_squares, log_determinant, logistic, logistic_layer, long_sum)}
