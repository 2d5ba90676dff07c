r"""Inner products of vecs, which are traces: known before they are differentiated.

    vec(A)ᵀ(P ⊗ Q) vec(C) = tr(AᵀQCPᵀ)        x ⊗ y = vec(yxᵀ)
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Kronecker, Product, Trace, Transpose, Vec
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.holes import column, matrix
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import magnus

contractions = Page("Inner products of vecs")
A, C = matrix("A", "q", "p"), matrix("C", "n", "m")
P, Q = matrix("P", "p", "m"), matrix("Q", "q", "n")
x, y, X = column("x", "n"), column("y", "m"), matrix("X", "n", "n")


@contractions.by_hand("inner product of vecs", Product, reason="an inner product of vecs is a trace", cite=magnus("ch. 2, sec. 4"),
                      why=Why.TOGETHER, says=r"\operatorname{vec}(A)^T(P\otimes Q)\operatorname{vec}(C) = \operatorname{tr}(A^TQCP^T)",
                      tried_on=[Vec(A).T * Kronecker(P, Q) * Vec(C), Vec(X).T * Vec(X.T), Kronecker(x, x).T * Vec(X),
                                Vec(X).T * Kronecker(X, X) * Kronecker(x, x)])  # fmt: skip
def _contracted(term: Term) -> Term | None:
    scalars, chain = scalars_and_chain(term)
    if not term.is_scalar or len(chain) < 2 or not all(type(factor) is Kronecker for factor in chain[1:-1]):
        return None
    left, right = unstacked(chain[0].of) if type(chain[0]) is Transpose else None, unstacked(chain[-1])
    if left is None or right is None:
        return None
    for factor in reversed(chain[1:-1]):
        if factor.right.shape[1] != right.shape[0] or factor.left.shape[1] != right.shape[1]:
            return None
        right = product((factor.right, right, factor.left.T))
    return product((*scalars, Trace(Product((left.T, right))))) if left.shape == right.shape else None


def unstacked(term: Term) -> Term | None:
    """The matrix whose vec a column is."""
    match term:
        case Vec(of) if not of.is_scalar:
            return of
        case Kronecker(left, right) if left.shape[1] == right.shape[1] == ONE and not left.is_scalar and not right.is_scalar:
            return right * left.T
    return None
