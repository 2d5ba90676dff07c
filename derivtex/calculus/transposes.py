"""Tidying of transposes; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.core.shapes import Dim, shape
from derivtex.operations import (
    CrossMatrix,
    Diag,
    Hadamard,
    Kronecker,
    Ones,
    Product,
    SingleEntry,
    Sum,
    SumOver,
    Zero,
    symbol,
)
from derivtex.operations.elementwise import Exp
from derivtex.operations.openfunctions import ScalarHessian
from derivtex.operations.structure import Commutation
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import (
    column,
    identity,
    inv,
    matrix,
    matrix_power,
    number,
    power,
    scalar,
)
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import any_index, applied, backwards, chain, depending, each, parts, scalars
from derivtex.rewriting.worth import transposed_factors, transposed_terms

transposes = Page("Transposes", reason="rules of the transpose", cite="matrix algebra", quiet=True)
states = transposes.states
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
E, x, s, p, three = matrix("E", "p", "q"), column("x", "n"), scalar("s"), scalar("p"), column("x", 3)
S, P, As, I = scalars("S"), chain("P", "m", "n"), parts("As", "m", "n", least=1), any_index("i", "k")

SKEW = symbol("K", "matrix", shape("n", "n"), ("skew",))

states("double transpose", A.T.T, A)
states("transposed identity", identity("n").T, identity("n"))
states("transposed diagonal", Diag(x).T, Diag(x))
states("transposed Kronecker product", Kronecker(A, E).T, Kronecker(A.T, E.T))
states("transpose of an inverse of a transpose", inv(X.T), inv(X).T)

states("transpose of a scalar", s.T, s)

states("transposed zero", Zero(*A.shape).T, Zero(*A.shape[::-1]))
states("transposed ones", Ones(*A.shape).T, Ones(*A.shape[::-1]), given=[("no column", Ones(*A.shape))])
states("transposed second derivative of an open function", ScalarHessian("?L", x).T, ScalarHessian("?L", x), tried_on=[ScalarHessian("L", x).T])
states("transposed commutation matrix", Commutation(*A.shape).T, Commutation(*A.shape[::-1]))
states("transposed single entry", SingleEntry(*A.shape, s, p).T, SingleEntry(*A.shape[::-1], p, s), tried_on=[SingleEntry(Dim.of(2), Dim.of(3), number(1), number(2)).T])


states("symmetric", X.T, X, given=[("symmetric", "X")])
states("transposed cross product matrix", CrossMatrix(three).T, -CrossMatrix(three))
states("skew", X.T, -X, given=[("declared skew", "X")], tried_on=[SKEW.T])
states("transpose of a product", Product((S, P)).T, Product((S, backwards(P.T))))


states("transpose of a sum", Sum((As,)).T, Sum((each(As.T),)), worth=transposed_terms)
states("transpose of an entrywise product", Hadamard((As,)).T, Hadamard((each(As.T),)), worth=transposed_factors)
states("transpose of an entrywise power", power(A.T, p).T, power(A, p))
states("transpose of a function", applied("?f", "entries", A.T).T, applied("?f", "entries", A), tried_on=[Exp(A.T).T])
states("transpose of a sum over an index", SumOver(I, depending(A, I)).T, SumOver(I, depending(A, I).T), worth=varies)

states("transposed power", matrix_power(X, s).T, matrix_power(X.T, s))


