r"""Diagonals: those of products, and matrices that have nothing else.

    diag(uvᵀ) = u ∘ v        Diag(diag(A)) = I ∘ A
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Diag, Diagonal, Hadamard, Identity, Product
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import magnus
from derivtex.simplification.recognition import V, W, X

diagonals = Page("Diagonals")


@diagonals.by_hand("diagonal of a product", Diagonal, over=Product, reason="entries of the diagonal", says=r"\operatorname{diag}(uv^T) = u\odot v",
                   cite=magnus("ch. 3"), tried_on=[Diagonal(V * W.T), Diagonal(X * Diag(V) * X)])  # fmt: skip
def _diagonal_of_product(term: Term) -> Term | None:
    """diag(uvᵀ) = u ∘ v; diag(P Diag(v) Q) = (P ∘ Qᵀ)v."""
    chain = term.of.factors if not any(factor.is_scalar for factor in term.of.factors) else ()
    at = next((at for at, factor in enumerate(chain) if type(factor) is Diag), None)
    if at is not None and 0 < at < len(chain) - 1:
        return Product((Hadamard((product(chain[:at]), product(chain[at + 1 :]).T)), chain[at].of))
    at = next((at for at, factor in enumerate(chain[:-1]) if factor.shape[1] == ONE), None)
    return None if at is None else Hadamard((product(chain[: at + 1]), product(chain[at + 1 :]).T))


@diagonals.by_hand("diagonal part", Diag, over=Diagonal, reason="the diagonal part", says=r"\operatorname{Diag}(\operatorname{diag}(A)) = I\odot A",
                   cite=magnus("ch. 3"), quiet=True, tried_on=[Diag(Diagonal(X))])  # fmt: skip
def _diagonal_part(term: Term) -> Term | None:
    return Hadamard((Identity(term.shape[0]), term.of.of))


@diagonals.by_hand("Diag of a product with Diag", Diag, over=Product, reason="diagonal matrices commute", says=r"\operatorname{Diag}(\operatorname{Diag}(u)v) = \operatorname{Diag}(u)\operatorname{Diag}(v)",
                   cite=magnus("ch. 3"), tried_on=[Diag(Diag(V) * X * W)])  # fmt: skip
def _diag_of_diag(term: Term) -> Term | None:
    first, *rest = term.of.factors
    return Product((first, Diag(product(tuple(rest))))) if type(first) is Diag else None
