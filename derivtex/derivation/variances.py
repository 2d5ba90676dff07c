r"""Covariances under weights that are positive and sum to one: Diag(p) − ppᵀ, and Σ wₖaₖaₖᵀ − (Σ wₖaₖ)(Σ wₖaₖ)ᵀ.

(S. Boyd, L. Vandenberghe, Convex Optimization, section 3.1.5.)
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.terms import Term
from derivtex.derivation.squares import is_turned
from derivtex.operations import Diag, Share, Softmax, SumOver, Symbol
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.normal_form import same_term
from derivtex.steps import Sentence

VARIANCE = (
    "{} belongs to a variance, $\\sum_{k} p_kv_k^{2} - \\bigl(\\sum_{k} p_kv_k\\bigr)^{2} \\ge 0$: the weights $p_k$ are positive and sum to one"
)
COVARIANCE = (
    "it belongs to a variance, $\\sum_{k} p_k(v^{T}a_k)^{2} - \\bigl(\\sum_{k} p_kv^{T}a_k\\bigr)^{2} \\ge 0$: the weights $p_k$ are positive and "
    "sum to one"
)


def why_variance(part: Term, whole: Term) -> Sentence:
    """Why the difference is not negative."""
    return Sentence(VARIANCE, (whole,)) if isinstance(part, Diag) else Sentence(COVARIANCE)


def is_covariance(total: Term, taken: Term) -> bool:
    """Whether total − taken is Diag(p) − ppᵀ, or Σ wₖaₖaₖᵀ − (Σ wₖaₖ)(Σ wₖaₖ)ᵀ, under weights that sum to one."""
    scalars, chain = scalars_and_chain(taken)
    if scalars or len(chain) != 2 or not is_turned(chain[0], chain[1]):
        return False
    mean = chain[0]
    if isinstance(total, Diag):
        return same_term(total.of, mean) and sums_to_one(mean)
    if not isinstance(total, SumOver) or not isinstance(mean, SumOver):
        return False
    weights, outer = scalars_and_chain(total.body)
    ours, vector = scalars_and_chain(mean.body.replace({mean.index: total.index}))
    squares = len(outer) == 2 and len(vector) == 1 and same_term(outer[0], vector[0]) and is_turned(*outer)
    return squares and same_term(product(weights), product(ours)) and len(weights) == 1 and is_share(weights[0], total)


def sums_to_one(weights: Term) -> bool:
    """Whether the entries are positive and sum to one."""
    return (type(weights) is Softmax and weights.shape[1].integer == 1) or (isinstance(weights, Symbol) and weights.has("simplex"))


def is_share(weight: Term, total: SumOver) -> bool:
    """Whether a weight is what a positive part is of the sum of all parts."""
    if not isinstance(weight, Share) or not isinstance(weight.whole, SumOver) or not holds("positive", weight.of):
        return False
    return same_term(weight.whole.body.replace({weight.whole.index: total.index}), weight.of)
