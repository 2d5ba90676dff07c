"""Projections: AA⁺ and A⁺A, and what they keep or take away of what stands beside them."""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.terms import Term
from derivtex.operations import Identity, Number, Product, PseudoInverse, Sum, Transpose, zero
from derivtex.rewriting.holes import identity, matrix
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import is_real
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.sources import magnus

projections = Page("Projections")
M = matrix("M", "m", "n")


SYMMETRIC: Said = {"reason": "projections are symmetric", "quiet": True, "cite": magnus("ch. 2")}
projections.states("transposed projection", PseudoInverse(M).T * M.T, M * PseudoInverse(M), given=[("real", "M")], **SYMMETRIC)
projections.states("transposed projection on rows", M.T * PseudoInverse(M).T, PseudoInverse(M) * M, given=[("real", "M")], **SYMMETRIC)


@projections.by_hand("projection beside", Product, has=(PseudoInverse,), why=Why.TOGETHER, says=r"AA^{+}A = A,\ A^{+}(I - AA^{+}) = 0", reason="a projection keeps what lies in its space", quiet=True,
                    tried_on=[M * PseudoInverse(M) * M, M.T * M * PseudoInverse(M), M * PseudoInverse(M) * PseudoInverse(M).T,
                              PseudoInverse(M) * Sum((identity("m"), Product((Number(-1), M, PseudoInverse(M))))),
                              Sum((identity("n"), Product((Number(-1), PseudoInverse(M), M)))) * M.T],
                    cite=magnus("ch. 2"))  # fmt: skip
def _projection_beside(term: Term) -> Term | None:
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if (pair := complement(right)) and keeps(pair, left, 0) or (pair := complement(left)) and keeps(pair, right, 1):
            return zero(term.shape)
        if is_projection(left, right):
            if at and keeps((left, right), factors[at - 1], 0):
                return product((*factors[:at], *factors[at + 2 :]))
            if at + 2 < len(factors) and keeps((left, right), factors[at + 2], 1):
                return product((*factors[:at], *factors[at + 2 :]))
    return None


def is_projection(one: Term, other: Term) -> bool:
    """Whether two neighbours are AA⁺ or A⁺A."""
    return (type(one) is PseudoInverse and one.of is other) or (type(other) is PseudoInverse and other.of is one)


def complement(term: Term) -> tuple[Term, Term] | None:
    """The A and A⁺ of I − AA⁺."""
    parts = term.terms if type(term) is Sum and len(term.terms) == 2 else ()
    taken = next((part for part in parts if type(part) is Product and len(part.factors) == 3 and part.factors[0] is Number(-1)), None)
    if taken is None or not any(type(part) is Identity for part in parts) or not is_projection(*taken.factors[1:]):
        return None
    return taken.factors[1], taken.factors[2]


def keeps(projection: tuple[Term, Term], beside: Term, side: int) -> bool:
    """Whether a projection leaves a factor before it (side 0) or behind it (side 1) as it is: AA⁺ leaves A⁺ and Aᵀ, or A and (A⁺)ᵀ."""
    own, other = projection[1 - side], Transpose(projection[side])
    return beside is own or (is_real(own) and beside.shape == other.shape and monomial(beside) == monomial(other))
