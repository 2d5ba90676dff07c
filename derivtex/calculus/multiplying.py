"""Multiplying out: every sum in a product, under a trace or in a square, so that what is equal can be seen to be."""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Hadamard, Inner, MatrixPower, Norm, Number, Product, Sum, Trace, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.holes import column, entrywise, inner, inv, matrix, matrix_power, norm, power, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import magnus

multiplying = Page("Multiplying out")
A, C = matrix("A", "m", "n"), matrix("C", "m", "n")
X, Y, Z = matrix("X", "n", "n"), matrix("Y", "n", "n"), matrix("Z", "n", "n")
x, y, s, t = column("x", "n"), column("y", "n"), scalar("s"), scalar("t")
MOST = 3


@multiplying.by_hand("sum in a product", Product, Trace, reason="expand", says="A(B + C) = AB + AC", cite="algebra",
                     tried_on=[X * (Y + Z), tr(X * (Y + Z)), s * (x + y)])  # fmt: skip
def _in_product(term: Term) -> Term | None:
    factors = factors_of(term.of if type(term) is Trace else term)
    at = next((at for at, factor in enumerate(factors) if type(factor) is Sum), None)
    if at is None:
        return None
    parts = tuple(product((*factors[:at], part, *factors[at + 1 :])) for part in factors[at].terms)
    return Sum(tuple(map(Trace, parts)) if type(term) is Trace else parts)


@multiplying.by_hand("sum in an entrywise product", Hadamard, reason="expand", says=r"A\odot (B + C) = A\odot B + A\odot C", cite="algebra",
                     tried_on=[entrywise(X, Y + Z)])  # fmt: skip
def _in_entrywise(term: Term) -> Term | None:
    at = next((at for at, factor in enumerate(term.factors) if type(factor) is Sum), None)
    if at is None:
        return None
    return Sum(tuple(Hadamard((*term.factors[:at], part, *term.factors[at + 1 :])) for part in term.factors[at].terms))


@multiplying.by_hand("sum in an inner product", Inner, reason="expand", says="A : (B + C) = A : B + A : C", cite="algebra",
                     tried_on=[inner(X, Y + Z), inner(Y + Z, X)])  # fmt: skip
def _in_inner(term: Term) -> Term | None:
    if type(term.left) is Sum:
        return Sum(tuple(Inner(part, term.right) for part in term.left.terms))
    return Sum(tuple(Inner(term.left, part) for part in term.right.terms)) if type(term.right) is Sum else None


@multiplying.by_hand("transpose of a sum", Transpose, over=Sum, reason="expand", says="(A + B)^T = A^T + B^T", cite="algebra", tried_on=[(A + C).T])
def _transposed(term: Term) -> Term | None:
    return Sum(tuple(map(Transpose, term.of.terms)))


@multiplying.by_hand("squared norm as a product", EntryPower, over=Norm, reason="the squared norm as a product",
                     says=r"\|x\|^2 = x^T x,\ \|A\|_F^2 = \operatorname{tr}(A^T A)", cite=magnus("ch. 1"),
                     tried_on=[power(norm(x), 2), power(norm(A), 2)])  # fmt: skip
def _squared_norm(term: Term) -> Term | None:
    inside = term.base.of
    if term.exponent is not Number(2) or may_be_complex(inside):
        return None
    squared = Product((Transpose(inside), inside))
    return squared if inside.shape[1] == ONE else Trace(squared)


@multiplying.by_hand("inner product as a product", Inner, reason="the inner product as a product",
                     says=r"x\cdot y = x^T y,\ A : B = \operatorname{tr}(A^T B)", cite=magnus("ch. 2"), tried_on=[inner(x, y), inner(X, Y)])  # fmt: skip
def _inner(term: Term) -> Term | None:
    if may_be_complex(term.left) or may_be_complex(term.right):
        return None
    paired = Product((Transpose(term.left), term.right))
    return paired if term.left.shape[1] == ONE else Trace(paired)


@multiplying.by_hand("power of a sum", EntryPower, MatrixPower, over=Sum, reason="expand", says="(A + B)^2 = (A + B)(A + B)", cite="algebra",
                     tried_on=[power(s + t, 2), matrix_power(X + Y, 2)])  # fmt: skip
def _power(term: Term) -> Term | None:
    exponent = term.exponent
    if type(exponent) is not Number or exponent.value not in range(2, MOST + 1) or (type(term) is EntryPower and not term.is_scalar):
        return None
    return Product((term.base,) * int(exponent.value))


multiplying.states("inverse of a product", inv(X * Y), inv(Y) * inv(X), reason="the inverse of a product", cite=magnus("ch. 1"),
                   given=[("invertible", "X"), ("invertible", "Y")])  # fmt: skip
