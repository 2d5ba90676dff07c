r"""Determinants that are known before they are differentiated.

    det(I + uvᵀ) = 1 + vᵀu        det(X + UX) = det(I + U) det X
"""

from __future__ import annotations

from derivtex.operations import Product, Sum
from derivtex.rewriting.holes import det, identity, matrix, number
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import chain, scalars
from derivtex.rewriting.sources import cookbook

determinants = Page("Determinants")
X, Z, S, u, v = matrix("X", "n", "n"), matrix("Z", "n", "n"), scalars("S"), chain("u", "n", 1, least=1), chain("v", 1, "n", least=1)


ONE_MORE = Sum((number(1), Product((S, Product((v, u))))))
RANK_ONE: Said = {"reason": "determinant of a change of rank one", "cite": cookbook(24)}
determinants.states("determinant of a change of rank one", det(Sum((identity("n"), Product((S, u, v))))), ONE_MORE, **RANK_ONE)
determinants.states("determinant of a change of rank one, from the left", det(Sum((X, Product((S, u, v, Z))))), ONE_MORE * det(X), given=[("same", "X", "Z")], **RANK_ONE)
determinants.states("determinant of a change of rank one, from the right", det(Sum((X, Product((S, Z, u, v))))), ONE_MORE * det(X), given=[("same", "X", "Z")], **RANK_ONE)
