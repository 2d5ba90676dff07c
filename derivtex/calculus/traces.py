r"""Traces: a scalar that is linear in dX, turned until dX stands last: tr(P dX), gᵀdx or G : dX.

The rules of `turning` are used on one addend at a time. Which of the other pages are used follows the author's way of writing.
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import Conjugate, Differential, Hermitian, Identity, Inner, Product, Sum, Trace, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import is_conjugate_leaf
from derivtex.rewriting.holes import column, d, inner, matrix, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import cookbook, magnus

turning = Page("Turning")
rank_one = Page("Traces of rank one")
to_dot_products, to_traces, to_inner_products = Page("Dot products"), Page("Traces"), Page("Inner products")
A, B, X, Y = matrix("A", "m", "n"), matrix("B", "n", "m"), matrix("X", "n", "n"), matrix("Y", "n", "n")
x, s = column("x", "n"), scalar("s")


def split(factors: Terms) -> tuple[Terms, Terms, Term, Terms]:
    """Scalars, what stands before the varying factor of the chain, that factor, and what stands behind it."""
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    chain = tuple(factor for factor in factors if not factor.is_scalar)
    at = next((at for at, factor in enumerate(chain) if varies(factor)), None)
    if at is None:
        return scalars, chain, next(filter(varies, scalars)), ()
    return scalars, chain[:at], chain[at], chain[at + 1 :]


def transposed(factors: Terms) -> Terms:
    return tuple(factor.T for factor in reversed(factors))


def is_vector(term: Term) -> bool:
    return 1 in (term.shape[0].integer, term.shape[1].integer)


def is_leaf(term: Term) -> bool:
    return type(term) is Differential


@turning.by_hand("distribute", Product, Trace, reason="expand", says="A(B + C) = AB + AC", cite="algebra", quiet=True,
                 tried_on=[X * (d(X) + d(Y)), tr(X * (d(X) + d(Y))), s * (tr(d(X)) + tr(d(Y)))])  # fmt: skip
def distribute(term: Term) -> Term | None:
    """Only the sum that holds differentials is expanded."""
    inside = term.of if type(term) is Trace else term
    factors = factors_of(inside)
    at = next((at for at, factor in enumerate(factors) if type(factor) is Sum and varies(factor)), None)
    if at is None:
        return None
    parts = tuple(product((*factors[:at], part, *factors[at + 1 :])) for part in factors[at].terms)
    return Sum(tuple(map(Trace, parts)) if type(term) is Trace else parts)


@turning.by_hand("own trace", Product, reason="a scalar is its own trace", says=r"x^T A y = \operatorname{tr}(x^T A y)", cite=magnus("ch. 1"),
                 tried_on=[x.T * d(X) * x])  # fmt: skip
def own_trace(term: Term) -> Term | None:
    if not term.is_scalar:
        return None
    scalars, before, moving, behind = split(term.factors)
    leaf = moving.of if type(moving) is Transpose else moving
    if is_vector(moving) or moving.is_scalar or not is_leaf(leaf):
        return None
    return product((*scalars, Trace(Product((*before, moving, *behind)))))


@turning.by_hand("transposed scalar", Product, reason="a scalar is its own transpose", says="x^T y = y^T x", cite=magnus("ch. 1"),
                 tried_on=[d(x).T * X * x])  # fmt: skip
def transposed_scalar(term: Term) -> Term | None:
    if not term.is_scalar:
        return None
    scalars, before, moving, behind = split(term.factors)
    if type(moving) is Transpose and is_leaf(moving.of) and is_vector(moving):
        return product((*scalars, *transposed((*before, moving, *behind))))
    return None


@turning.by_hand("trace of a transpose", Trace, reason="a matrix and its transpose have the same trace",
                 says=r"\operatorname{tr}(A^T) = \operatorname{tr}(A)", cite=cookbook(13), tried_on=[tr(X * d(Y).T)])  # fmt: skip
def _transposed_trace(term: Term) -> Term | None:
    factors = factors_of(term.of)
    _, before, moving, behind = split(factors)
    if type(moving) is Transpose and is_leaf(moving.of):
        return Trace(product(transposed((*before, moving, *behind))))
    return None


@turning.by_hand("cyclic", Trace, reason="cyclic", says=r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
                 cite=cookbook(14), tried_on=[tr(d(X) * Y), tr(A * d(X) * B)])  # fmt: skip
def _cyclic(term: Term) -> Term | None:
    if type(term.of) is not Product:
        return None
    _, before, moving, behind = split(term.of.factors)
    return Trace(Product((*behind, *before, moving))) if is_leaf(moving) and behind else None


@turning.by_hand("as inner product", Trace, Product, reason="as an inner product", says=r"\operatorname{tr}(PC) = P^T : C", cite=magnus("ch. 2"),
                 quiet=True, tried_on=[tr(X * Transpose(d(X)) * Y)])  # fmt: skip
def _as_inner(term: Term) -> Term | None:
    """Where another operation stands around the differential, it has to move across an inner product."""
    inside = term.of if type(term) is Trace else term
    factors = factors_of(inside)
    scalars, before, moving, behind = split(factors)
    if moving.is_scalar or is_leaf(moving) or is_conjugate_leaf(moving) or not term.is_scalar:
        return None
    sides = (*transposed(before), *transposed(behind))
    return product((*scalars, Inner(product(sides) if sides else Identity(moving.shape[0]), moving)))


@to_dot_products.by_hand("inner product of columns", Inner, reason="$x\\cdot y = x^{T}y$", says="x : y = x^T y", cite=magnus("ch. 1"), quiet=True,
                         tried_on=[inner(x, d(x)), inner(x, Conjugate(d(x)))])  # fmt: skip
def _as_dot(term: Term) -> Term | None:
    is_column = term.left.shape[1].integer == 1 and not term.left.is_scalar
    if is_column and is_conjugate_leaf(term.right):
        return Product((Hermitian(term.right.of), term.left))
    return Product((term.left.T, term.right)) if is_column else None


@to_traces.by_hand("inner product as trace", Inner, reason="$A:B = \\mathrm{tr}(A^{T}B)$", says=r"A : B = \operatorname{tr}(A^T B)",
                   cite=magnus("ch. 2"), quiet=True, tried_on=[inner(A, d(A)), inner(A, Conjugate(d(A)))])  # fmt: skip
def _as_trace(term: Term) -> Term | None:
    if is_vector(term.left):
        return None
    if is_conjugate_leaf(term.right):
        return Trace(Product((Hermitian(term.right.of), term.left)))
    return Trace(Product((term.left.T, term.right)))


@to_inner_products.by_hand("trace as inner product", Trace, reason="$\\mathrm{tr}(A^{T}B) = A:B$", says=r"\operatorname{tr}(A^T B) = A : B",
                           cite=magnus("ch. 2"), quiet=True, tried_on=[tr(X * d(Y)), tr(d(X)), tr(Hermitian(d(X)) * Y)])  # fmt: skip
def _trace_as_inner(term: Term) -> Term | None:
    factors = factors_of(term.of)
    _, before, moving, behind = split(factors)
    if is_conjugate_leaf(moving) and type(moving) is Hermitian and not before:
        return Inner(product(behind) if behind else Identity(moving.shape[0]), Conjugate(moving.of))
    if not is_leaf(moving) or behind:
        return None
    return Inner(product(transposed(before)) if before else Identity(moving.shape[0]), moving)


@rank_one.by_hand("trace of a product of rank one", Trace, over=Product, reason="a trace of rank one is a number", quiet=True,
                  says=r"\operatorname{tr}(Auv^T) = v^T A u", cite=magnus("ch. 1"), tried_on=[tr(X * x * x.T), tr(x * x.T * X), tr(x * x.T * d(X))])  # fmt: skip
def _rank_one(term: Term) -> Term | None:
    """Cut where a column meets a row."""
    chain = term.of.factors
    at = next((at for at, factor in enumerate(chain[:-1]) if factor.shape[1] == ONE), None)
    return None if at is None or any(factor.is_scalar for factor in chain) else Product((*chain[at + 1 :], *chain[: at + 1]))
