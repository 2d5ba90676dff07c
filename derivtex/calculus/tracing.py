"""The trace of a matrix that was derived: of a Hessian it is the Laplacian, of a Jacobian the divergence."""

from __future__ import annotations

from derivtex.calculus.distributing import expands_sums_under_traces
from derivtex.rewriting.holes import column, norm, power, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import cookbook, magnus

tracing = Page("Tracing")
x, y, s = column("x", "n"), column("y", "n"), scalar("s")

tracing.states("trace of an outer square", tr(x * x.T), power(norm(x), 2), given=[("real", "x")], reason="a number is its own trace", cite=magnus("ch. 1"))
tracing.states("trace of an outer product", tr(x * y.T), y.T * x, reason="a number is its own trace", cite=cookbook(16))
expands_sums_under_traces(tracing)
