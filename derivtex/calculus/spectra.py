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
from derivtex.rewriting.conditions import is_symmetric
from derivtex.rewriting.holes import complex_array, d, matrix, number, power, scalar
from derivtex.rewriting.normal_form import is_hermitian, is_real
from derivtex.rewriting.page import Page
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


@by_hand("product of all eigenvalues", Differential, over=ProductOver, reason="the determinant is the product of the eigenvalues",
         says=r"\prod_i\lambda_i(X) = \det X", tried_on=[d(ProductOver(EACH, eigenvalue(X, EACH)))], cite=cookbook(18))  # fmt: skip
def _product_of_all(term: Term) -> Term | None:
    index, body = term.of.index, term.of.body
    return d(Determinant(body.of)) if type(body) is Eigenvalue and is_over_all(body, index) else None


@by_hand("sum over all eigenvalues", Differential, over=SumOver, reason="the trace of a function is the sum of its values at the eigenvalues",
         says=r"\sum_i f(\lambda_i(X)) = \operatorname{tr}f(X)", cite=horn("sec. 6.2"),
         tried_on=[d(SumOver(EACH, eigenvalue(X, EACH))), d(SumOver(EACH, eigenvalue(S, EACH) * Exp(eigenvalue(S, EACH)))),
                   d(SumOver(EACH, power(eigenvalue(X, EACH), 3) + eigenvalue(X, EACH)))])  # fmt: skip
def _sum_of_all(term: Term) -> Term | None:
    index, body = term.of.index, term.of.body
    found = next((part for part in body.walk() if type(part) is Eigenvalue), None)
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
            found = [of_matrix(part, eigenvalue) for part in parts]
            if any(part is None for part in found):
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


@by_hand("eigenvalue", Differential, over=Eigenvalue, reason="differential of a simple eigenvalue",
         says=r"d\lambda = \frac{v^T\,dX\,u}{v^T u},\ Xu = \lambda u,\ X^T v = \lambda v", cite=magnus("ch. 8, sec. 9"), pattern=d(scalar("t")), needs=[("simple", "t")],
         tried_on=[d(eigenvalue(X)), d(eigenvalue(S)), d(eigenvalue(H)), d(eigenvalue(S, order="ascending"))])  # fmt: skip
def _eigenvalue(term: Term) -> Term | None:
    """Of real matrices, and of Hermitian ones: uᴴ dX u. An eigenvalue of another complex matrix is complex, and has no place in an order."""
    of, index, order = term.of.of, term.of.index, term.of.order
    if is_hermitian(of) and not is_real(of):
        own = Eigenvector(of, index, order, "both")
        return Hermitian(own) * d(of) * own
    if not is_real(of):
        return None
    right = Eigenvector(of, index, order, "right")
    if is_symmetric(of):
        return right.T * d(of) * right
    left = Eigenvector(of, index, order, "left")
    return Product((EntryPower(left.T * right, Number(-1)), left.T * d(of) * right))


@by_hand("singular value", Differential, over=SingularValue, reason="differential of a simple singular value",
         says=r"d\sigma = u^T\,dX\,v,\ Xv = \sigma u", cite=magnus("ch. 8"), pattern=d(scalar("t")), needs=[("simple", "t")],
         tried_on=[d(SingularValue(M, FIRST, "descending")), d(SingularValue(M, FIRST, "ascending")), d(SingularValue(Z, FIRST, "descending"))])  # fmt: skip
def _singular_value(term: Term) -> Term | None:
    return along_singular(term.of.of, term.of.index, term.of.order)


def along_singular(of: Term, index: Term, order: str) -> Term:
    """uᵀ dX v; of a complex matrix its real part, (uᴴ dX v + vᴴ dXᴴ u)/2."""
    left, right = SingularVector(of, index, order, "left"), SingularVector(of, index, order, "right")
    if is_real(of):
        return left.T * d(of) * right
    return number(1, 2) * (Hermitian(left) * d(of) * right + Hermitian(right) * Hermitian(d(of)) * left)


@by_hand("spectral norm", Differential, over=SpectralNorm, reason="the spectral norm is the largest singular value",
         says=r"d\|X\|_2 = u_1^T\,dX\,v_1", tried_on=[d(SpectralNorm(M)), d(SpectralNorm(Z))], cite=magnus("ch. 8"),
         pattern=d(scalar("t")), needs=[("simple", "t")])  # fmt: skip
def _spectral_norm(term: Term) -> Term | None:
    return along_singular(term.of.of, FIRST, "descending")

spectra.states("eigenvector", d(Eigenvector(X, t, "?order", "right")), Product((PseudoInverse(Eigenvalue(X, t, "?order") * UNIT - X), d(X), Eigenvector(X, t, "?order", "right"))),
               reason="differential of a unit eigenvector of a symmetric matrix", cite=magnus("ch. 8, sec. 9"), given=[("symmetric", "X"), ("real", "X")],
               tried_on=[d(Eigenvector(S, FIRST, "descending", "right"))])  # fmt: skip


# Products over an index.

WHOLE = ProductOver(I, depending(t, I))
spectra.states("product over an index", d(WHOLE), Product((WHOLE, SumOver(I, Product((power(t, -1), d(t)))))), reason="logarithmic derivative of a product", cite=CALCULUS,
               tried_on=[d(ProductOver(EACH, Entry(matrix("t", "n", 1), EACH, Number(1))))], needs=[("nonzero", "t")])  # fmt: skip


