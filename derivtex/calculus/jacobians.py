r"""Jacobians: a vector or matrix that is linear in dx, turned until dx (or vec dX) stands last: J dx."""

from __future__ import annotations

from itertools import takewhile

from derivtex.calculus.arithmetic import product
from derivtex.calculus.distributing import MATRICES_VARY, NUMBERS_VARY, expands
from derivtex.calculus.traces import split, transposed
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Commutation,
    Conjugate,
    CrossMatrix,
    CrossProduct,
    Diag,
    Diagonal,
    Elimination,
    Frechet,
    FrechetMatrix,
    Hadamard,
    HalvedLower,
    Hermitian,
    Identity,
    Index,
    Inner,
    Inverse,
    Kronecker,
    LinearSolution,
    Product,
    Sum,
    SumOver,
    Trace,
    Transpose,
    UnitVector,
    Vec,
    Vech,
)
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, identity, matrix, ones, scalar
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import Factors, any_index, backwards, chain, depending, each, parts, scalars
from derivtex.rewriting.sources import DEFINITION, cookbook, higham, horn, magnus

rightmost, vectorization = Page("Rightmost"), Page("Vectorization")
A, B, X, Y = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), matrix("Y", "n", "n")
D, x, y, s, r, C = matrix("D", "p", "r"), column("x", "n"), column("y", "k"), scalar("s"), matrix("r", 1, "n"), matrix("C", "n", "p")
I, S, T = any_index("i", "k"), scalars("S"), scalars("T")
P, Q = chain("P", "m", "n"), chain("Q", "p", "q")  # what stands before and behind the part that varies
P_turned, Q_turned = chain("P", "q", "n"), chain("Q", "p", "q")
P_row, P_column, A_column = chain("P", 1, "k"), chain("P", "m", 1), chain("A", "m", 1, least=1)
Q_column, Q_scalar = chain("Q", "n", 1, least=1), chain("Q", 1, 1, least=1)
a3, b3, u3, v3 = column("a", 3), column("b", 3), matrix("u", 3, 1), matrix("v", 3, 1)
P3, Q3 = chain("P", "m", 3), chain("Q", 3, 1, least=1)
As, Bs, us, vs = parts("As", "m", "n"), parts("Bs", "m", "n"), parts("u", "n", 1), parts("v", "n", 1)


def apart(factors: tuple[Term, ...]) -> tuple[tuple[Term, ...], Term]:
    """All factors of an entrywise product but the first that varies, and that one."""
    at = next(at for at, factor in enumerate(factors) if varies(factor))
    return factors[:at] + factors[at + 1 :], factors[at]


def is_column(term: Term) -> bool:
    return term.shape[1].integer == 1 and not term.is_scalar


def diagonal_selection(size: Dim) -> Term:
    """The matrix that makes vec Diag(x) of x: Σ (eᵢ ⊗ eᵢ) eᵢᵀ."""
    index = Index("i", ONE, size)
    unit = UnitVector(size, index)
    return SumOver(index, Kronecker(unit, unit) * unit.T)


# Products of a varying part with something behind it.

rightmost.states("scalar behind", Product((Product((T, P_row, y)), S, A_column)), Product((S, A_column, T, P_row, y)), reason="a scalar factor may stand last", cite="algebra",
                 given=[("still", "S"), ("varying", Product((T, P_row, y))), ("array", Factors((A_column,)))])  # fmt: skip

rightmost.states("scalar run in front", Product((S, P, x, Q_scalar)), Product((S, Factors((Q_scalar,)), P, x)), reason="a scalar factor may stand first", cite="algebra",
                 quiet=True, given=[("varying", "x"), ("still", "P"), ("array", Factors((P, x)))])  # fmt: skip

rightmost.states("transposed run", Product((S, P_column, r, Q_column)), Product((S, P_column, backwards(Q_column.T), r.T)), reason="a scalar is its own transpose",
                 cite="algebra", given=[("varying", "r"), ("still", "P"), ("array", Factors((P_column,)))])  # fmt: skip

rightmost.states("entrywise factor as Diag", Hadamard((us, x, vs)), Product((Diag(Hadamard((us, vs))), x)), reason="$u\\odot v = \\mathrm{Diag}(u)v$", cite=magnus("ch. 3"),
                 given=[("varying", "x"), ("column", "x")])  # fmt: skip

rightmost.states("Diag of the differential", Product((S, P, Diag(x), Q_column)), Product((S, P, Diag(Factors((Q_column,))), x)),
                 reason="$\\mathrm{Diag}(u)v = \\mathrm{Diag}(v)u$", cite=magnus("ch. 3"), given=[("varying", "x"), ("still", "P")])  # fmt: skip

CROSSED: Said = {"reason": "a cross product is a product with a skew matrix", "cite": cookbook("app.")}
rightmost.states("cross product as a product", CrossProduct(a3, b3), CrossMatrix(a3) * b3, given=[("varying", "b")], tried_on=[CrossProduct(u3, d(v3))], **CROSSED)
rightmost.states("cross product as a product, turned", CrossProduct(a3, b3), -(CrossMatrix(b3) * a3), given=[("varying", "a")], tried_on=[CrossProduct(d(u3), v3)], **CROSSED)
rightmost.states("cross product matrix of the differential", Product((S, P3, CrossMatrix(a3), Q3)), -Product((S, P3, CrossMatrix(Factors((Q3,))), a3)),
                 reason="$[a]_\\times b = -[b]_\\times a$", cite=cookbook("app."), given=[("varying", "a"), ("still", "P")])  # fmt: skip


expands(rightmost, True, MATRICES_VARY, NUMBERS_VARY)

rightmost.states("sum of a sum with a change", SumOver(I, Sum((depending(As, I),))), Sum((each(SumOver(I, As), As),)), reason="sum by sum", cite=DEFINITION, quiet=True)
rightmost.states("out of the sum", SumOver(I, Product((depending(S, I), depending(P, I), x))), Product((SumOver(I, Factors((S, P))), x)), reason="the differential does not depend on the index",
                 cite=DEFINITION, quiet=True, given=[("varying", "x"), ("column", "x")])  # fmt: skip

rightmost.states("diagonal of a matrix", Diagonal(X), diagonal_selection(Dim.of("n")).T * Vec(X), reason="the diagonal is linear in vec", cite=magnus("ch. 3"))


rightmost.states("vech by vec", Vech(X), Elimination(Dim.of("n")) * Vec(X), reason="elimination matrix: $L\\,\\mathrm{vec}A = \\mathrm{vech}A$",
                 cite=magnus("ch. 3, sec. 8"))  # fmt: skip

COLUMNS = [("varying", "x"), ("array", Factors((P, x))), ("column", "y")]
COLUMNS_SAID: Said = {"reason": "$u\\otimes Pv = (u\\otimes P)v$, $Pv\\otimes u = (P\\otimes u)v$", "cite": magnus("ch. 2")}
rightmost.states("Kronecker product with a column", Kronecker(Factors((S, P, x)), y), Product((S, Kronecker(Factors((P,)), y), x)), given=COLUMNS, **COLUMNS_SAID)
rightmost.states("Kronecker product of columns", Kronecker(y, Factors((S, P, x))), Product((S, Kronecker(y, Factors((P,))), x)), given=COLUMNS, **COLUMNS_SAID)


# vec of what is linear in dX.

vectorization.states("vec of a product", Vec(Product((S, P, C, Q))), Product((S, Kronecker(Factors((backwards(Q.T),)), Factors((P,))), Vec(C))),
                     reason="$\\mathrm{vec}(PZQ) = (Q^{T}\\otimes P)\\,\\mathrm{vec}Z$", cite=magnus("ch. 2"), given=[("varying", "C")])  # fmt: skip
vectorization.states("vec of a multiple", Vec(Product((s, S, P))), Product((Vec(Factors((S, P))), s)), reason="vec is linear", cite=magnus("ch. 2"), given=[("varying", "s")])

COMMUTED: Said = {"reason": "commutation matrix: $K\\,\\mathrm{vec}A = \\mathrm{vec}A^{T}$", "cite": magnus("ch. 3")}
vectorization.states("vec of a transpose", Vec(A.T), Commutation(*A.shape) * Vec(A), **COMMUTED)

vectorization.states("vec of a conjugate transpose", Vec(Hermitian(A)), Commutation(*A.shape) * Vec(Conjugate(A)), **COMMUTED)

vectorization.states("vec of an entrywise product", Vec(Hadamard((As, A, Bs))), Diag(Vec(Hadamard((As, Bs)))) * Vec(A), cite=magnus("ch. 3"),
                     reason="$\\mathrm{vec}(B\\odot C) = \\mathrm{Diag}(\\mathrm{vec}B)\\,\\mathrm{vec}C$", given=[("varying", "A")])  # fmt: skip

vectorization.states("vec of a sum", Vec(Sum((As,))), Sum((each(Vec(As)),)), reason="vec is linear", cite=magnus("ch. 2"), quiet=True)

vectorization.states("vec of a sum over an index", Vec(SumOver(I, depending(A, I))), SumOver(I, Vec(A)), reason="vec is linear", cite=magnus("ch. 2"), quiet=True)

vectorization.states("vec of Diag", Vec(Diag(x)), diagonal_selection(Dim.of("n")) * x, reason="vec of a diagonal matrix", cite=magnus("ch. 3"))

M, N, P_SIZE, R_SIZE = (Dim.of(name) for name in "mnpr")
SHUFFLE = Kronecker(Kronecker(Identity(N), Commutation(M, R_SIZE).T), Identity(P_SIZE))
KRONECKER: Said = {"reason": "vec of a Kronecker product", "cite": magnus("ch. 3, sec. 7")}
vectorization.states("vec of a Kronecker product by its left", Vec(Kronecker(A, D)), Product((SHUFFLE, Kronecker(Identity(N * M), Vec(D)), Vec(A))), given=[("varying", "A")], **KRONECKER)
vectorization.states("vec of a Kronecker product", Vec(Kronecker(A, D)), Product((SHUFFLE, Kronecker(Vec(A), Identity(P_SIZE * R_SIZE)), Vec(D))), **KRONECKER)


@vectorization.by_hand("product with a vector", Product, reason="$Zv = (v^{T}\\otimes I)\\,\\mathrm{vec}Z$",
                       why=Why.WORTH, says=r"P Z v = (v^T\otimes P)\operatorname{vec}Z", cite=magnus("ch. 2"), tried_on=[A * d(X) * x, X * d(X).T * x])  # fmt: skip
def _with_vector(term: Term) -> Term | None:
    """A column that is linear in a matrix is its own vec."""
    scalars, before, moving, behind = split(term.factors)
    if not is_column(term) or moving.is_scalar or is_column(moving):
        return None
    if type(moving) is Transpose:
        left = product(before) if before else Identity(moving.shape[0])
        return Product((*scalars, Kronecker(left, product(transposed(behind))), Vec(moving.of)))
    outside = tuple(takewhile(lambda factor: type(factor) is Kronecker, before))
    left = product(before[len(outside) :]) if len(before) > len(outside) else Identity(moving.shape[0])
    return Product((*scalars, *outside, Kronecker(product(transposed(behind)), left), Vec(moving)))

vectorization.states("trace against vec", Trace(Factors((S, P_turned, C, Q_turned))), Product((S, Product((Vec(Factors((backwards(P_turned.T), backwards(Q_turned.T)))).T, Vec(C))))),
                     reason="$\\mathrm{tr}(A^{T}B) = (\\mathrm{vec}A)^{T}\\mathrm{vec}B$", cite=magnus("ch. 2"), given=[("varying", "C")])  # fmt: skip

AGAINST: Said = {"reason": "$A:B = (\\mathrm{vec}A)^{T}\\mathrm{vec}B$", "cite": magnus("ch. 2")}
vectorization.states("inner product against vec, turned", Inner(A, B), Vec(B).T * Vec(A), given=[("varying", "A")], **AGAINST)
vectorization.states("inner product against vec", Inner(A, B), Vec(A).T * Vec(B), **AGAINST)

FRECHET: Said = {"reason": "the matrix of the Fréchet derivative", "cite": higham("sec. 3.2")}
vectorization.states("vec of a Fréchet derivative", Vec(Frechet("?f", X, Y)), FrechetMatrix("?f", X) * Vec(Y), tried_on=[Vec(Frechet("exp", X, Y)), Vec(Frechet("cos", X, Y))], **FRECHET)


def system(solved: LinearSolution) -> Term:
    """The solution of a linear matrix equation as that of a system of equations for vec: (ΣRᵀ⊗L)⁻¹ vec C."""
    parts = tuple(Kronecker(right.T, left) for left, right in zip(solved.lefts, solved.rights, strict=True))
    return Inverse(Sum(parts) if len(parts) > 1 else parts[0]) * Vec(solved.of)


@vectorization.by_hand("vec of a solution", Vec, over=(), reason="the equation as a system for vec", why=Why.EQUATION, says=r"\operatorname{vec}X = (I\otimes A + B^T\otimes I)^{-1}\operatorname{vec}C,\ AX + XB = C",
                       cite=horn("sec. 4.4"), tried_on=[Vec(LinearSolution((X, identity("n")), (identity("n"), X), d(X)))])  # fmt: skip
def _solution(term: Term) -> Term | None:
    return system(term.of) if type(term.of) is LinearSolution else None


vectorization.states("vec of a halved lower triangle", Vec(HalvedLower(X)), Diag(Vec(HalvedLower(ones("n", "n")))) * Vec(X),
                     reason="the map takes entry by entry", cite=DEFINITION)  # fmt: skip
