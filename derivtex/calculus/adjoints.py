"""Adjoints: how each linear operation moves across the inner product A : C = tr(AᵀC), towards the constant side.

With these any scalar that is linear in dX is brought to the form G : dX. In every equation the part that varies (holds the
differential) is the one called C.
"""

from __future__ import annotations

from derivtex.core.shapes import Dim
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
    UnitVector,
    UpperPart,
)
from derivtex.rewriting.holes import column, d, identity, inner, matrix, scalar, tr
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import Factors, any_index, backwards, chain, depending, each, parts, place, scalars
from derivtex.rewriting.sources import DEFINITION, giles, higham, magnus

adjoints = Page("Adjoints")
states, by_hand = adjoints.states, adjoints.by_hand

A, B, X, Y = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), matrix("Y", "n", "n")
Z = matrix("Z", "m", "m")
M = matrix("C", "m", "n")
x, c, V, s = column("x", "n"), column("C", "n"), matrix("C", "n", "n"), scalar("C")
I, i, j, S = any_index("i", "k"), place("i"), place("j"), scalars("S")
P, Q, Q_square = chain("P", "p", "m"), chain("Q", "n", "q"), chain("Q", "p", "q", least=1)
W, Z = matrix("A", "n", "m"), matrix("A", "p", "q")
Bs, Cs, Ds = parts("Bs", "m", "n"), parts("Cs", "m", "n"), parts("Ds", "m", "n")

states("varying side last", inner(M, A), inner(A, M), reason="the inner product is symmetric", cite=DEFINITION, quiet=True, given=[("varying", "C"), ("still", "A")])

states("transpose across", inner(W, M.T), inner(W.T, M), reason="transpose both sides", cite=magnus("ch. 2"))

states("sum across", inner(A, Sum((Cs,))), Sum((each(inner(A, Cs)),)), reason="the inner product is linear", cite=DEFINITION, quiet=True)

ACROSS: Said = {"reason": "move factors across the inner product", "cite": magnus("ch. 2")}
states("scalar factors across", inner(Z, Product((s, S, Q_square))), Product((S, inner(Z, Factors((Q_square,))), s)), given=[("varying", "C"), ("still", "S")], **ACROSS)
states("factors across", inner(Z, Product((S, P, M, Q))), Product((S, inner(Factors((backwards(P.T), Z, backwards(Q.T))), M))), given=[("varying", "C")], **ACROSS)

entrywise_across = states("entrywise factors across", inner(A, Hadamard((Bs, M, Ds))), inner(Hadamard((Bs, Ds, A)), M), reason="move the entrywise factor across", cite=magnus("ch. 3"),
       given=[("varying", "C")])  # fmt: skip

states("sum over an index across", inner(A, SumOver(I, depending(M, I))), SumOver(I, inner(A, M)), reason="the inner product is linear", cite=DEFINITION, quiet=True)


states("Diag across", inner(X, Diag(c)), Diagonal(X).T * c, reason="only the diagonal meets Diag", cite=magnus("ch. 2"))
states("diagonal across", inner(x, Diagonal(V)), inner(Diag(x), V), reason="only the diagonal is met", cite=magnus("ch. 2"))
states("lower part across", inner(A, LowerPart(M)), inner(LowerPart(A), M), reason="only the lower triangle meets", cite=DEFINITION)
states("upper part across", inner(A, UpperPart(M)), inner(UpperPart(A), M), reason="only the upper triangle meets", cite=DEFINITION)
states("trace across", inner(scalar("s"), tr(V)), scalar("s") * tr(V), reason="product of scalars", cite=DEFINITION, quiet=True)

ENTRY: Said = {"reason": "an entry is an inner product with a single-entry matrix", "cite": DEFINITION}
states("entry of a column as inner product", Entry(c, i, j), inner(UnitVector(Dim.of("n"), i), c), given=[("column", "C")], reason="an entry is a product with a unit vector", cite=DEFINITION)
states("entry as inner product", Entry(M, i, j), inner(UnitVector(Dim.of("m"), i) * UnitVector(Dim.of("n"), j).T, M), **ENTRY)

states("Fréchet derivative across", inner(X, Frechet("?f", Y, V)), inner(Frechet("?f", Y.T, X), V), reason="adjoint of the Fréchet derivative", cite=higham("sec. 3.2"),
       tried_on=[inner(X, Frechet(name, Y, V)) for name in ("exp", "log", "root", "sin")])  # fmt: skip


states("halved lower triangle across", inner(V, HalvedLower(X)), inner(HalvedLower(V), X), reason="only the lower triangle meets", cite=DEFINITION)


@by_hand("solution of a linear equation across", Inner, reason="with the solution of the adjoint equation", why=Why.EQUATION, says=r"G : X = Y : C,\ AX + XB = C,\ A^T Y + Y B^T = G",
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

adjoints.teaches(r"a factor goes to the other side of an inner product as its transpose, $\langle P, AQ\rangle = \langle A^{T}P, Q\rangle$: so the change stands alone",
                 "factors across")  # fmt: skip
adjoints.teaches(r"an entrywise factor goes to the other side as it is, $u^{T}(v \odot w) = (u \odot v)^{T}w$: each entry is multiplied either way", "entrywise factors across")
