r"""Determinants that are known before they are differentiated.

    det(I + uvᵀ) = 1 + vᵀu        det(X + UX) = det(I + U) det X
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import Determinant, Identity, Number, Product, Sum
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.holes import column, identity, matrix, scalar
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import cookbook

determinants = Page("Determinants")
X, u, v, s = matrix("X", "n", "n"), column("u", "n"), column("v", "n"), scalar("s")


@determinants.by_hand("determinant of a change of rank one", Determinant, over=Sum, reason="determinant of a change of rank one", why=Why.TOGETHER, says=r"\det(I + uv^T) = 1 + v^Tu",
                      cite=cookbook(24), tried_on=[Determinant(identity("n") + u * v.T), Determinant(Sum((X, Product((s, u, v.T, X))))),
                                                   Determinant(Sum((X * u * v.T, X)))])  # fmt: skip
def _rank_one(term: Term) -> Term | None:
    """Also of X + uvᵀX and X + Xuvᵀ, whose determinant is that times det X."""
    if len(term.of.terms) != 2:
        return None
    for whole, change in (term.of.terms, term.of.terms[::-1]):
        scalars, chain = scalars_and_chain(change)
        left = beside(chain, whole)
        at = next((at for at, factor in enumerate(left or ()) if factor.shape[1] == ONE), None)
        if left is not None and at is not None and at + 1 < len(left):
            one = Sum((Number(1), product((*scalars, product((*left[at + 1 :], *left[: at + 1]))))))
            return one if type(whole) is Identity else Product((one, Determinant(whole)))
    return None


def beside(chain: Terms, whole: Term) -> Terms | None:
    """What a chain has beside a square matrix: uvᵀ of uvᵀX or of Xuvᵀ, all of it beside the identity."""
    if type(whole) is Identity:
        return chain
    if len(chain) > 2 and same_term(chain[-1], whole):
        return chain[:-1]
    return chain[1:] if len(chain) > 2 and same_term(chain[0], whole) else None
