"""Multiplying out: every sum in a product, under a trace or in a square, so that what is equal can be seen to be."""

from __future__ import annotations

from derivtex.calculus.distributing import expands, expands_traces
from derivtex.operations import Hadamard, Product, Sum
from derivtex.rewriting.holes import column, inner, inv, matrix, matrix_power, norm, power, scalar, tr
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import each, parts, scalars
from derivtex.rewriting.sources import magnus

multiplying = Page("Multiplying out")
A, C, As, Bs, Cs, Xs = matrix("A", "m", "n"), matrix("C", "m", "n"), parts("As", "m", "n"), parts("B", "m", "n"), parts("C", "m", "n"), parts("X", "n", "n")
X, Y, Z = matrix("X", "n", "n"), matrix("Y", "n", "n"), matrix("Z", "n", "n")
x, y, s, t = column("x", "n"), column("y", "n"), scalar("s"), scalar("t")
ts = scalars("t", least=1)


expands(multiplying, False)
expands_traces(multiplying, False)
multiplying.states("sum in an entrywise product", Hadamard((Bs, Sum((As,)), Cs)), Sum((each(Hadamard((Bs, As, Cs)), As),)), reason="multiplied out", cite="algebra")
multiplying.states("sum in an inner product", inner(Sum((As,)), C), Sum((each(inner(As, C), As),)), reason="multiplied out", cite="algebra")
multiplying.states("sum in an inner product, behind", inner(C, Sum((As,))), Sum((each(inner(C, As), As),)), reason="multiplied out", cite="algebra")
multiplying.states("transpose of a sum", Sum((As,)).T, Sum((each(As.T),)), reason="multiplied out", cite="algebra")

SQUARED: Said = {"reason": "the squared norm as a product", "cite": magnus("ch. 1")}
multiplying.states("squared norm as a product", power(norm(x), 2), x.T * x, given=[("real", "x")], **SQUARED)
multiplying.states("squared norm as a trace", power(norm(A), 2), tr(A.T * A), given=[("real", "A")], **SQUARED)

PAIRED: Said = {"reason": "the inner product as a product", "cite": magnus("ch. 2")}
multiplying.states("inner product as a product", inner(x, y), x.T * y, given=[("real", "x"), ("real", "y")], **PAIRED)
multiplying.states("inner product as a trace", inner(A, C), tr(A.T * C), given=[("real", "A"), ("real", "C")], **PAIRED)


for exponent in (2, 3):
    multiplying.states(f"power {exponent} of a sum", power(Sum((ts,)), exponent), Product((Sum((ts,)),) * exponent), reason="multiplied out", cite="algebra")
    multiplying.states(f"power {exponent} of a sum of matrices", matrix_power(Sum((Xs,)), exponent), Product((Sum((Xs,)),) * exponent), reason="multiplied out", cite="algebra")


multiplying.states("inverse of a product", inv(X * Y), inv(Y) * inv(X), reason="the inverse of a product", cite=magnus("ch. 1"),
                   given=[("invertible", "X"), ("invertible", "Y")])  # fmt: skip
