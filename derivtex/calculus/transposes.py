"""Tidying of transposes; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Diag,
    EntryPower,
    Hadamard,
    Hermitian,
    Kronecker,
    Number,
    Ones,
    Product,
    SingleEntry,
    Sum,
    SumOver,
    Symbol,
    Transpose,
    Zero,
)
from derivtex.operations.elementwise import Elementwise, Exp
from derivtex.operations.structure import Commutation
from derivtex.rewriting.conditions import is_symmetric, varies
from derivtex.rewriting.holes import (
    column,
    entrywise,
    identity,
    inv,
    matrix,
    matrix_power,
    number,
    power,
    scalar,
)
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import backwards, chain, scalars

transposes = Page("Transposes", reason="matrix algebra", cite="matrix algebra", quiet=True)
states, by_hand = transposes.states, transposes.by_hand
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
E, x, s, p = matrix("E", "p", "q"), column("x", "n"), scalar("s"), scalar("p")
S, P = scalars("S"), chain("P", "m", "n")


states("double transpose", A.T.T, A)
states("transposed identity", identity("n").T, identity("n"))
states("transposed diagonal", Diag(x).T, Diag(x))
states("transposed Kronecker product", Kronecker(A, E).T, Kronecker(A.T, E.T))
states("transpose of an inverse of a transpose", inv(X.T), inv(X).T)

states("transpose of a scalar", s.T, s)

states("transposed zero", Zero(*A.shape).T, Zero(*A.shape[::-1]))
states("transposed ones", Ones(*A.shape).T, Ones(*A.shape[::-1]), given=[("no column", Ones(*A.shape))])
states("transposed commutation matrix", Commutation(*A.shape).T, Commutation(*A.shape[::-1]))
states("transposed single entry", SingleEntry(*A.shape, s, p).T, SingleEntry(*A.shape[::-1], p, s), tried_on=[SingleEntry(Dim.of(2), Dim.of(3), number(1), number(2)).T])


@by_hand("symmetric", Transpose, why=Why.WORTH, says=r"(AA^T)^T = AA^T", tried_on=[(A * A.T).T])
def _symmetric(term: Term) -> Term | None:
    of = term.of
    if is_symmetric(of):
        return of
    if type(of) is Symbol and of.has("skew"):
        return Product((Number(-1), of))
    return None

states("transpose of a product", Product((S, P)).T, Product((S, backwards(P.T))))


@by_hand("transpose of a sum", Transpose, why=Why.WORTH, says=r"(A + B^T)^T = A^T + B", tried_on=[(A.T - B.T).T])
def _sum(term: Term) -> Term | None:
    """Only where it does not make more transposes, or where a differential is inside, which must come out."""
    if type(term.of) is not Sum:
        return None
    parts = tuple(part.T for part in term.of.terms)
    if varies(term) or sum(map(prefers_transpose, term.of.terms)) * 2 >= len(parts):
        return Sum(parts)
    return None


def prefers_transpose(term: Term) -> bool:
    """Whether the transpose of a term is written with no more transposes than the term."""
    rest = coefficient(term)[1]
    if is_symmetric(rest):
        return True
    if type(rest) is Product:
        chain = [factor for factor in rest.factors if not factor.is_scalar]
        return sum(type(factor) is Transpose or is_symmetric(factor) for factor in chain) * 2 > len(chain)
    if type(rest) is Hadamard:
        return all(map(prefers_transpose, rest.factors))
    return type(rest) in (Transpose, Hermitian)


@by_hand("transpose inside", Transpose, why=Why.WORTH, says=r"(A^T\odot B^T)^T = A\odot B", tried_on=[Exp(A.T).T, entrywise(A.T, B.T).T, power(A.T, 2).T])
def _inside(term: Term) -> Term | None:
    of = term.of
    if isinstance(of, Elementwise) and type(of.of) is Transpose:
        return type(of)(of.of.of)
    if type(of) is EntryPower and type(of.base) is Transpose:
        return EntryPower(of.base.of, of.exponent)
    if type(of) is Hadamard and (varies(of) or sum(map(prefers_transpose, of.factors)) * 2 > len(of.factors)):
        return Hadamard(tuple(factor.T for factor in of.factors))
    if type(of) is SumOver and varies(of):
        return SumOver(of.index, of.body.T)
    return None

states("transposed power", matrix_power(X, s).T, matrix_power(X.T, s))


