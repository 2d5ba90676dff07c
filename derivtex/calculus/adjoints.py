"""Adjoints: how each linear operation moves across the inner product A : C = tr(AᵀC), towards the constant side.

With these any scalar that is linear in dX is brought to the form G : dX. In every equation the part that varies (holds the
differential) is the one called C.
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.terms import Term
from derivtex.operations import (
    Diag,
    Diagonal,
    Entry,
    Frechet,
    Hadamard,
    HalvedLower,
    Identity,
    Inner,
    LinearSolution,
    LowerPart,
    Product,
    Sum,
    SumOver,
    Transpose,
    UnitVector,
    UpperPart,
)
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, entry, entrywise, identity, inner, matrix, over_index, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import DEFINITION, giles, higham, magnus

adjoints = Page("Adjoints")
states, by_hand = adjoints.states, adjoints.by_hand

A, B, X, Y = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), matrix("Y", "n", "n")
Z = matrix("Z", "m", "m")
M = matrix("C", "m", "n")
x, c, V, s = column("x", "n"), column("C", "n"), matrix("C", "n", "n"), scalar("s")


@by_hand("varying side last", Inner, reason="the inner product is symmetric", says="C : A = A : C", cite=DEFINITION, quiet=True, tried_on=[inner(d(A), B)])
def _symmetric(term: Term) -> Term | None:
    return Inner(term.right, term.left) if varies(term.left) and not varies(term.right) else None



@by_hand("transpose across", Inner, reason="transpose both sides", says="A : C^T = A^T : C", cite=magnus("ch. 2"),
         tried_on=[inner(A.T, d(A).T)])  # fmt: skip
def _transpose(term: Term) -> Term | None:
    return Inner(term.left.T, term.right.of) if type(term.right) is Transpose else None


@by_hand("sum across", Inner, reason="the inner product is linear", says="A : (B + C) = A : B + A : C", cite=DEFINITION, quiet=True,
         tried_on=[inner(A, d(A) + d(B))])  # fmt: skip
def _sum(term: Term) -> Term | None:
    return Sum(tuple(Inner(term.left, part) for part in term.right.terms)) if type(term.right) is Sum else None


@by_hand("factors across", Inner, reason="move factors across the inner product", says=r"A : PCQ = P^T A Q^T : C", cite=magnus("ch. 2"),
         tried_on=[inner(A, Z.T * d(B)), inner(A, d(B) * Y), inner(A, Product((s, d(B))))])  # fmt: skip
def _factors(term: Term) -> Term | None:
    if type(term.right) is not Product:
        return None
    factors = term.right.factors
    at = next(at for at, factor in enumerate(factors) if varies(factor))
    moving, rest = factors[at], factors[:at] + factors[at + 1 :]
    scalars = tuple(factor for factor in rest if factor.is_scalar)
    if moving.is_scalar:
        chain = tuple(factor for factor in rest if not factor.is_scalar)
        return Product((*scalars, Inner(term.left, product(chain)), moving))
    before = tuple(factor.T for factor in factors[:at] if not factor.is_scalar)
    after = tuple(factor.T for factor in factors[at + 1 :] if not factor.is_scalar)
    return product((*scalars, Inner(product((*before[::-1], term.left, *after[::-1])), moving)))


@by_hand("entrywise factors across", Inner, reason="move the entrywise factor across", says=r"A : (B\odot C) = (A\odot B) : C",
         cite=magnus("ch. 3"), tried_on=[inner(A, entrywise(B, d(A)))])  # fmt: skip
def entrywise_across(term: Term) -> Term | None:
    if type(term.right) is not Hadamard:
        return None
    factors = term.right.factors
    at = next(at for at, factor in enumerate(factors) if varies(factor))
    return Inner(Hadamard((*factors[:at], *factors[at + 1 :], term.left)), factors[at])


@by_hand("sum over an index across", Inner, reason="the inner product is linear", says=r"A : \sum_i C_i = \sum_i A : C_i", cite=DEFINITION, quiet=True,
         tried_on=[inner(A, over_index(d(A)))])
def _sum_over(term: Term) -> Term | None:
    return SumOver(term.right.index, Inner(term.left, term.right.body)) if type(term.right) is SumOver else None


states("Diag across", inner(X, Diag(c)), Diagonal(X).T * c, reason="only the diagonal meets Diag", cite=magnus("ch. 2"))
states("diagonal across", inner(x, Diagonal(V)), inner(Diag(x), V), reason="only the diagonal is met", cite=magnus("ch. 2"))
states("lower part across", inner(A, LowerPart(M)), inner(LowerPart(A), M), reason="only the lower triangle meets", cite=DEFINITION)
states("upper part across", inner(A, UpperPart(M)), inner(UpperPart(A), M), reason="only the upper triangle meets", cite=DEFINITION)
states("trace across", inner(s, tr(V)), s * tr(V), reason="product of scalars", cite=DEFINITION, quiet=True)


@by_hand("entry as inner product", Entry, reason="an entry is an inner product with a single-entry matrix", says=r"C_{ij} = e_i e_j^T : C",
         cite=DEFINITION, tried_on=[entry(A), entry(x)])  # fmt: skip
def _entry(term: Term) -> Term | None:
    rows, columns = term.of.shape
    row = UnitVector(rows, term.row)
    return Inner(row if columns.integer == 1 else row * UnitVector(columns, term.column).T, term.of)


@by_hand("Fréchet derivative across", Inner, reason="adjoint of the Fréchet derivative", says="A : L_f(X; C) = L_f(X^T; A) : C", cite=higham("sec. 3.2"),
         tried_on=[inner(X, Frechet("exp", Y, d(X))), inner(X, Frechet("log", Y, d(X))), inner(X, Frechet("root", Y, d(X))), inner(X, Frechet("sin", Y, d(X)))])  # fmt: skip
def _frechet(term: Term) -> Term | None:
    return Inner(Frechet(term.right.which, term.right.of.T, term.left), term.right.direction) if type(term.right) is Frechet else None


states("halved lower triangle across", inner(V, HalvedLower(X)), inner(HalvedLower(V), X), reason="only the lower triangle meets", cite=DEFINITION)


@by_hand("solution of a linear equation across", Inner, reason="with the solution of the adjoint equation", says=r"G : X = Y : C,\ AX + XB = C,\ A^T Y + Y B^T = G",
         cite=giles("sec. 2.3"), tried_on=[inner(V, LinearSolution((X, identity("n")), (identity("n"), Y), d(X))),
                                           inner(V, LinearSolution((identity("n"), X), (identity("n"), Y), d(X)))])  # fmt: skip
def _solution(term: Term) -> Term | None:
    solved = term.right
    if type(solved) is not LinearSolution:
        return None
    return Inner(adjoint(solved, term.left), solved.of)


def adjoint(solved: LinearSolution, of: Term) -> LinearSolution:
    """The solution of the equation with every factor transposed, for another right side."""
    return LinearSolution(tuple(map(transpose, solved.lefts)), tuple(map(transpose, solved.rights)), of)


def transpose(factor: Term) -> Term:
    return factor if type(factor) is Identity else factor.T
