"""Multiplying out: every sum in a product, under a trace or in a square, so that what is equal can be seen to be."""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Hadamard, MatrixPower, Number, Product, Sum, Trace
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.holes import column, entrywise, inner, inv, matrix, matrix_power, norm, power, scalar, tr
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import each, parts
from derivtex.rewriting.sources import magnus

multiplying = Page("Multiplying out")
A, C, As = matrix("A", "m", "n"), matrix("C", "m", "n"), parts("As", "m", "n")
X, Y, Z = matrix("X", "n", "n"), matrix("Y", "n", "n"), matrix("Z", "n", "n")
x, y, s, t = column("x", "n"), column("y", "n"), scalar("s"), scalar("t")
MOST = 3


@multiplying.by_hand("sum in a product", Product, Trace, reason="expand", why=Why.FLAT, says="A(B + C) = AB + AC", cite="algebra",
                     tried_on=[X * (Y + Z), tr(X * (Y + Z)), s * (x + y)])  # fmt: skip
def _in_product(term: Term) -> Term | None:
    factors = factors_of(term.of if type(term) is Trace else term)
    at = next((at for at, factor in enumerate(factors) if type(factor) is Sum), None)
    if at is None:
        return None
    parts = tuple(product((*factors[:at], part, *factors[at + 1 :])) for part in factors[at].terms)
    return Sum(tuple(map(Trace, parts)) if type(term) is Trace else parts)


@multiplying.by_hand("sum in an entrywise product", Hadamard, reason="expand", why=Why.FLAT, says=r"A\odot (B + C) = A\odot B + A\odot C", cite="algebra",
                     tried_on=[entrywise(X, Y + Z)])  # fmt: skip
def _in_entrywise(term: Term) -> Term | None:
    at = next((at for at, factor in enumerate(term.factors) if type(factor) is Sum), None)
    if at is None:
        return None
    return Sum(tuple(Hadamard((*term.factors[:at], part, *term.factors[at + 1 :])) for part in term.factors[at].terms))


multiplying.states("sum in an inner product", inner(Sum((As,)), C), Sum((each(inner(As, C), As),)), reason="expand", cite="algebra")
multiplying.states("sum in an inner product, behind", inner(C, Sum((As,))), Sum((each(inner(C, As), As),)), reason="expand", cite="algebra")
multiplying.states("transpose of a sum", Sum((As,)).T, Sum((each(As.T),)), reason="expand", cite="algebra")

SQUARED: Said = {"reason": "the squared norm as a product", "cite": magnus("ch. 1")}
multiplying.states("squared norm as a product", power(norm(x), 2), x.T * x, given=[("real", "x")], **SQUARED)
multiplying.states("squared norm as a trace", power(norm(A), 2), tr(A.T * A), given=[("real", "A")], **SQUARED)

PAIRED: Said = {"reason": "the inner product as a product", "cite": magnus("ch. 2")}
multiplying.states("inner product as a product", inner(x, y), x.T * y, given=[("real", "x"), ("real", "y")], **PAIRED)
multiplying.states("inner product as a trace", inner(A, C), tr(A.T * C), given=[("real", "A"), ("real", "C")], **PAIRED)


@multiplying.by_hand("power of a sum", EntryPower, MatrixPower, over=Sum, reason="expand", why=Why.NUMBERS, says="(A + B)^2 = (A + B)(A + B)", cite="algebra",
                     tried_on=[power(s + t, 2), matrix_power(X + Y, 2)])  # fmt: skip
def _power(term: Term) -> Term | None:
    exponent = term.exponent
    if type(exponent) is not Number or exponent.value not in range(2, MOST + 1) or (type(term) is EntryPower and not term.is_scalar):
        return None
    return Product((term.base,) * int(exponent.value))


multiplying.states("inverse of a product", inv(X * Y), inv(Y) * inv(X), reason="the inverse of a product", cite=magnus("ch. 1"),
                   given=[("invertible", "X"), ("invertible", "Y")])  # fmt: skip
