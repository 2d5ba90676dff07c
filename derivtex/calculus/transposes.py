"""Tidying of transposes; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.core.terms import Term
from derivtex.operations import (
    Diag,
    EntryPower,
    Hadamard,
    Hermitian,
    Kronecker,
    MatrixPower,
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
from derivtex.operations.arithmetic import scalars_and_chain
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
    power,
    scalar,
)
from derivtex.rewriting.page import Page

transposes = Page("Transposes")
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
E, x, s = matrix("E", "p", "q"), column("x", "n"), scalar("s")


def states(name: str, left: Term, right: Term, **options):
    return transposes.states(name, left, right, reason="matrix algebra", cite="matrix algebra", quiet=True, **options)


def quiet(name: str, *heads: type, says: str, tried_on, over=()):
    return transposes.by_hand(name, *heads, over=over, reason="matrix algebra", says=says, tried_on=tried_on, cite="matrix algebra", quiet=True)


states("double transpose", A.T.T, A)
states("transposed identity", identity("n").T, identity("n"))
states("transposed diagonal", Diag(x).T, Diag(x))
states("transposed Kronecker product", Kronecker(A, E).T, Kronecker(A.T, E.T))
states("transpose of an inverse of a transpose", inv(X.T), inv(X).T)


@quiet("transpose of a scalar", Transpose, says="sᵀ = s", tried_on=[s.T])
def _scalar(term: Term) -> Term | None:
    return term.of if term.is_scalar else None


@quiet("transposed constant", Transpose, says="0ᵀ = 0", tried_on=[Zero(*A.shape).T, Ones(*A.shape).T, Commutation(*A.shape).T])
def _constant(term: Term) -> Term | None:
    match term.of:
        case Zero(rows, columns):
            return Zero(columns, rows)
        case Ones(rows, columns) if columns.integer != 1:
            return Ones(columns, rows)
        case Commutation(rows, columns):
            return Commutation(columns, rows)
        case SingleEntry(rows, columns, row, column):
            return SingleEntry(columns, rows, column, row)
    return None


@quiet("symmetric", Transpose, says="Aᵀ = A for a symmetric A", tried_on=[(A * A.T).T])
def _symmetric(term: Term) -> Term | None:
    of = term.of
    if is_symmetric(of):
        return of
    if type(of) is Symbol and of.has("skew"):
        return Product((Number(-1), of))
    return None


@quiet("transpose of a product", Transpose, says="(AB)ᵀ = BᵀAᵀ", tried_on=[(A * C).T, (s * A * C).T])
def _product(term: Term) -> Term | None:
    if type(term.of) is not Product:
        return None
    scalars, chain = scalars_and_chain(term.of)
    return product((*scalars, *(factor.T for factor in reversed(chain))))


@quiet("transpose of a sum", Transpose, says="(A + Bᵀ)ᵀ = Aᵀ + B", tried_on=[(A.T - B.T).T])
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


@quiet("transpose inside", Transpose, says="f(Aᵀ)ᵀ = f(A)", tried_on=[Exp(A.T).T, entrywise(A.T, B.T).T, power(A.T, 2).T])
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


@quiet("transposed power", Transpose, over=MatrixPower, says="(Aᵏ)ᵀ = (Aᵀ)ᵏ", tried_on=[matrix_power(X, 3).T])
def _power(term: Term) -> Term | None:
    return MatrixPower(term.of.base.T, term.of.exponent)
