r"""Eigenvalues and singular values: dλ = v^T dX u / v^T u, dσ = u^T dX v, and what sums and products of all of them are.

An eigenvalue is taken to be simple: where two meet it has no derivative.
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE, Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Determinant,
    Differential,
    Eigenvalue,
    Eigenvector,
    Entry,
    EntryPower,
    Exp,
    Hermitian,
    Identity,
    Index,
    Log,
    MatrixExp,
    MatrixLog,
    MatrixPower,
    Number,
    Product,
    ProductOver,
    PseudoInverse,
    SingularValue,
    SingularVector,
    SpectralNorm,
    Sum,
    SumOver,
    Trace,
    symbol,
)
from derivtex.operations.sums import is_whole
from derivtex.rewriting.holes import complex_array, d, matrix, number, power, scalar
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import depending, index
from derivtex.rewriting.sources import CALCULUS, cookbook, horn, magnus

spectra = Page("Eigenvalues and singular values")
by_hand = spectra.by_hand
X, M = matrix("X", "n", "n"), matrix("M", "m", "n")
Z, H = complex_array("Z", "m", "n"), complex_array("H", "n", "n", "hermitian")
S = symbol("S", "matrix", shape("n", "n"), ("symmetric",))
EACH = Index("i", ONE, Dim.of("n"))
FIRST, t, I, UNIT = Number(1), scalar("t"), index("i", "n"), Identity(Dim.of("n"))


def eigenvalue(of: Term, index: Term = FIRST, order: str = "descending") -> Eigenvalue:
    return Eigenvalue(of, index, order)


# All of them at once.

spectra.states("product of all eigenvalues", d(ProductOver(EACH, Eigenvalue(X, EACH, "?order"))), d(Determinant(X)), reason="the determinant is the product of the eigenvalues",
               cite=cookbook(18), tried_on=[d(ProductOver(EACH, eigenvalue(X, EACH)))])  # fmt: skip


@by_hand("sum over all eigenvalues", Differential, over=SumOver, reason="the trace of a function is the sum of its values at the eigenvalues",
         why=Why.FUNCTION, says=r"\sum_i f(\lambda_i(X)) = \operatorname{tr}f(X)", cite=horn("sec. 6.2"),
         tried_on=[d(SumOver(EACH, eigenvalue(X, EACH))), d(SumOver(EACH, eigenvalue(S, EACH) * Exp(eigenvalue(S, EACH)))),
                   d(SumOver(EACH, power(eigenvalue(X, EACH), 3) + eigenvalue(X, EACH)))])  # fmt: skip
def _sum_of_all(term: Term) -> Term | None:
    index, body = term.of.index, term.of.body
    found = next((part for part in body.parts(Eigenvalue)), None)
    if found is None or not is_over_all(found, index):
        return None
    whole = of_matrix(body, found)
    return None if whole is None or whole.contains(index) else d(Trace(whole))


def is_over_all(found: Eigenvalue, index: Index) -> bool:
    """Whether an index goes through all eigenvalues of its matrix."""
    return found.index is index and is_whole(index, found.of.shape[0])


def of_matrix(scalar: Term, eigenvalue: Eigenvalue) -> Term | None:
    """The function of the matrix that a function of its eigenvalue is; None for one that has no card."""
    if scalar is eigenvalue:
        return eigenvalue.of
    unit = Identity(eigenvalue.of.shape[0])
    match scalar:
        case Sum(parts) | Product(parts):
            found = [made for part in parts if (made := of_matrix(part, eigenvalue)) is not None]
            if len(found) < len(parts):
                return None
            return Sum(tuple(found)) if type(scalar) is Sum else product(tuple(part for part in found if part is not unit) or (unit,))
        case Log(of) | Exp(of):
            inner = of_matrix(of, eigenvalue)
            return inner and (MatrixLog if type(scalar) is Log else MatrixExp)(inner)
        case EntryPower(base, Number() as exponent):
            inner = of_matrix(base, eigenvalue)
            return inner and MatrixPower(inner, exponent)
    return None if scalar.contains(eigenvalue) else Product((scalar, unit))


# One of them.

VALUE, ONE_SIDE, LEFT = Eigenvalue(X, t, "?order"), Eigenvector(X, t, "?order", "right"), Eigenvector(X, t, "?order", "left")
BOTH = Eigenvector(X, t, "?order", "both")
SIMPLE: Said = {"reason": "differential of a simple eigenvalue", "cite": magnus("ch. 8, sec. 9"), "needs": [("simple", VALUE)]}
# Of real matrices, and of Hermitian ones. An eigenvalue of another complex matrix is complex, and has no place in an order.
spectra.states("eigenvalue of a Hermitian matrix", d(VALUE), Hermitian(BOTH) * d(X) * BOTH, given=[("hermitian", "X"), ("complex", "X")], tried_on=[d(eigenvalue(H))], **SIMPLE)
spectra.states("eigenvalue of a symmetric matrix", d(VALUE), ONE_SIDE.T * d(X) * ONE_SIDE, given=[("real", "X"), ("symmetric", "X")],
               tried_on=[d(eigenvalue(S)), d(eigenvalue(S, order="ascending"))], **SIMPLE)  # fmt: skip
spectra.states("eigenvalue", d(VALUE), Product((power(LEFT.T * ONE_SIDE, -1), LEFT.T * d(X) * ONE_SIDE)), given=[("real", "X")], tried_on=[d(eigenvalue(X))], **SIMPLE)

SINGULAR = SingularValue(M, t, "?order")
U_LEFT, V_RIGHT = SingularVector(M, t, "?order", "left"), SingularVector(M, t, "?order", "right")
AT_SINGULAR: Said = {"reason": "differential of a simple singular value", "cite": magnus("ch. 8"), "needs": [("simple", SINGULAR)]}
spectra.states("singular value", d(SINGULAR), U_LEFT.T * d(M) * V_RIGHT, given=[("real", "M")],
               tried_on=[d(SingularValue(M, FIRST, "descending")), d(SingularValue(M, FIRST, "ascending"))], **AT_SINGULAR)  # fmt: skip
spectra.states("singular value of a complex matrix", d(SINGULAR), number(1, 2) * (Hermitian(U_LEFT) * d(M) * V_RIGHT + Hermitian(V_RIGHT) * Hermitian(d(M)) * U_LEFT),
               tried_on=[d(SingularValue(Z, FIRST, "descending"))], **AT_SINGULAR)  # fmt: skip


U_TOP, V_TOP = (SingularVector(M, FIRST, "descending", side) for side in ("left", "right"))
AT_NORM: Said = {"reason": "differential of the largest singular value", "cite": magnus("ch. 8"), "needs": [("simple", SingularValue(M, FIRST, "descending"))]}
spectra.states("spectral norm", d(SpectralNorm(M)), U_TOP.T * d(M) * V_TOP, given=[("real", "M")], **AT_NORM)
spectra.states("spectral norm of a complex matrix", d(SpectralNorm(M)), number(1, 2) * (Hermitian(U_TOP) * d(M) * V_TOP + Hermitian(V_TOP) * Hermitian(d(M)) * U_TOP),
               tried_on=[d(SpectralNorm(Z))], **AT_NORM)  # fmt: skip


spectra.states("eigenvector", d(Eigenvector(X, t, "?order", "right")), Product((PseudoInverse(Eigenvalue(X, t, "?order") * UNIT - X), d(X), Eigenvector(X, t, "?order", "right"))),
               reason="differential of a unit eigenvector of a symmetric matrix", cite=magnus("ch. 8, sec. 9"), given=[("symmetric", "X"), ("real", "X")],
               tried_on=[d(Eigenvector(S, FIRST, "descending", "right"))])  # fmt: skip
# Of a real matrix the singular vectors are the eigenvectors of MMᵀ and MᵀM.
ACROSS = {"left": (power(SINGULAR, 2) * Identity(Dim.of("m")) - M * M.T, (SINGULAR * d(M) * V_RIGHT, M * d(M).T * U_LEFT)),
          "right": (power(SINGULAR, 2) * UNIT - M.T * M, (SINGULAR * d(M).T * U_LEFT, M.T * d(M) * V_RIGHT))}  # fmt: skip
for _side, (_apart, _changes) in ACROSS.items():
    spectra.states(f"{_side} singular vector", d(SingularVector(M, t, "?order", _side)), PseudoInverse(_apart) * Sum(_changes),
                   reason="differential of a unit singular vector", cite=magnus("ch. 8, sec. 9"), given=[("real", "M")], needs=[("simple", SINGULAR)],
                   tried_on=[d(SingularVector(M, FIRST, "descending", _side))])  # fmt: skip


# Products over an index.

WHOLE = ProductOver(I, depending(t, I))
spectra.states("product over an index", d(WHOLE), Product((WHOLE, SumOver(I, Product((power(t, -1), d(t)))))), reason="logarithmic derivative of a product", cite=CALCULUS,
               tried_on=[d(ProductOver(EACH, Entry(matrix("t", "n", 1), EACH, Number(1))))], needs=[("nonzero", "t")])  # fmt: skip


# Why they are true.

AN_OWN, TOP = Eigenvector(S, FIRST, "descending", "right"), SingularValue(M, FIRST, "descending")
WHY_EIGENVALUE = (
    r"differentiate $@u = \lambda u$: $d@\,u + @\,du = d\lambda\,u + \lambda\,du$; multiply by $v^{T}$ with $v^{T}@ = \lambda v^{T}$ "
    r"(for symmetric $@$, $v = u$): the terms with $du$ cancel, and $v^{T}d@\,u = d\lambda\,v^{T}u$"
)
WHY_SINGULAR = (
    r"$\sigma = u^{T}@v$, so $d\sigma = du^{T}@v + u^{T}d@\,v + u^{T}@\,dv$; with $@v = \sigma u$ and $@^{T}u = \sigma v$ the first and the last term are "
    r"$\sigma\,du^{T}u$ and $\sigma\,v^{T}dv$, which vanish since $u^{T}u = v^{T}v = 1$"
)
for _name in ("eigenvalue", "eigenvalue of a symmetric matrix"):
    spectra.proves(_name, WHY_EIGENVALUE, (d(S) * AN_OWN + S * d(AN_OWN), AN_OWN * d(eigenvalue(S)) + eigenvalue(S) * d(AN_OWN)))
for _name in ("singular value", "spectral norm"):
    spectra.proves(_name, WHY_SINGULAR, (d(TOP), U_TOP.T * d(M) * V_TOP))
