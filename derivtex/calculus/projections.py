"""Projections: AA⁺ and A⁺A, and what they keep or take away of what stands beside them."""

from __future__ import annotations

from derivtex.operations import Product, PseudoInverse, Sum, Zero
from derivtex.rewriting.holes import identity, matrix, number
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.sources import magnus

projections = Page("Projections")
M = matrix("M", "m", "n")


SYMMETRIC: Said = {"reason": "projections are symmetric", "quiet": True, "cite": magnus("ch. 2")}
projections.states("transposed projection", PseudoInverse(M).T * M.T, M * PseudoInverse(M), given=[("real", "M")], **SYMMETRIC)
projections.states("transposed projection on rows", M.T * PseudoInverse(M).T, PseudoInverse(M) * M, given=[("real", "M")], **SYMMETRIC)


P, Z, W = PseudoInverse(M), matrix("Z", "n", "m"), matrix("W", "m", "n")
AS_TRANSPOSE, AS_OTHER = [("real", "M"), ("same", M.T, "Z")], [("real", "M"), ("same", P.T, "W")]
OFF, OFF_ROWS = Sum((identity("m"), Product((number(-1), M, P)))), Sum((identity("n"), Product((number(-1), P, M))))

# What a projection keeps: AA⁺ what is A or (A⁺)ᵀ, A⁺A what is A⁺ or Aᵀ.
BESIDE: Said = {"reason": "a projection keeps what lies in its space", "quiet": True, "cite": magnus("ch. 2")}
projections.states("projection beside its matrix", M * P * M, M, **BESIDE)
projections.states("projection beside its pseudo-inverse", P * M * P, P, **BESIDE)
projections.states("projection on columns behind the transpose", Z * M * P, Z, given=AS_TRANSPOSE, **BESIDE)
projections.states("projection on rows before the transpose", P * M * Z, Z, given=AS_TRANSPOSE, **BESIDE)
projections.states("projection on columns before the transposed pseudo-inverse", M * P * W, W, given=AS_OTHER, **BESIDE)
projections.states("projection on rows behind the transposed pseudo-inverse", W * P * M, W, given=AS_OTHER, **BESIDE)

# What is taken away of it.
projections.states("off the columns", OFF * M, Zero(*M.shape), **BESIDE)
projections.states("off the columns, from the left", P * OFF, Zero(*P.shape), **BESIDE)
projections.states("off the rows", OFF_ROWS * P, Zero(*P.shape), **BESIDE)
projections.states("off the rows, from the left", M * OFF_ROWS, Zero(*M.shape), **BESIDE)
projections.states("transpose off the columns", Z * OFF, Zero(*Z.shape), given=AS_TRANSPOSE, **BESIDE)
projections.states("transpose off the rows", OFF_ROWS * Z, Zero(*Z.shape), given=AS_TRANSPOSE, **BESIDE)
projections.states("transposed pseudo-inverse off the columns", OFF * W, Zero(*W.shape), given=AS_OTHER, **BESIDE)
projections.states("transposed pseudo-inverse off the rows", W * OFF_ROWS, Zero(*W.shape), given=AS_OTHER, **BESIDE)
