r"""The conventions in which a derivative may be meant that is not taken by free, real entries.

    symmetric X (diagonal, skew, …)   within the space of these matrices, (G + Gᵀ)/2; or by the independent entries, G + Gᵀ − G ∘ I
                                      (Matrix Cookbook, sec. 2.8)
    complex z, real f                 ∂f/∂z by Wirtinger is what stands there; often ∂f/∂z* is meant, or 2 ∂f/∂z*, the gradient by real and
                                      imaginary part (Brandwood, 1983)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from derivtex.checking.claims import Given
from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.derivation.structures import constrained, projected, structure_of
from derivtex.operations import Conjugate, Derivative, Number, Product, Symbol
from derivtex.problem import Claim
from derivtex.rewriting.conjugation import may_be_complex

WITHIN = {
    "symmetric": "the derivative is taken within the symmetric matrices", "diagonal": "the derivative is taken within the diagonal matrices",
    "skew": "the derivative is taken within the skew-symmetric matrices", "lower": "the derivative is taken within the lower triangular matrices",
    "upper": "the derivative is taken within the upper triangular matrices", "toeplitz": "the derivative is taken within the Toeplitz matrices",
    "symmetric toeplitz": "the derivative is taken within the symmetric Toeplitz matrices",
}  # fmt: skip
INDEPENDENT = "the derivative is by the independent entries of {}"
BY_CONJUGATE = "the derivative by {} stands for that by its conjugate"
OF_PARTS = "the derivative by {} is that by its real and imaginary part"


def other_conventions(claim: Claim, given: Given) -> Iterator[tuple[Claim, str]]:
    """A claim about a derivative as it is meant in other conventions, with the sentence that says which."""
    left = claim.left
    if type(left) is not Derivative or type(left.by) is not Symbol or left.form not in ("gradient", "scalar"):
        return
    if may_be_complex(left.by):
        by_conjugate = Derivative(left.of, Conjugate(left.by), left.form, *left.shape)
        yield claim._replace(left=by_conjugate), BY_CONJUGATE.format(left.by.name)
        yield claim._replace(left=Product((Number(2), by_conjugate))), OF_PARTS.format(left.by.name)
        return
    for term, sentence in by_structure(left, left.by, given.get(left.by, ())):
        yield claim._replace(left=term), sentence


def by_structure(left: Derivative, by: Symbol, given: tuple[str, ...]) -> Iterator[tuple[Term, str]]:
    """The gradients by a structured matrix."""
    kind = structure_of(Symbol(by.name, by.kind, by.size, (*by.properties, *given), by.family))
    if kind is None or kind not in WITHIN:
        return
    with suppress(NotDerivable):
        yield projected(left, by, kind), WITHIN[kind]
    with suppress(NotDerivable):
        yield constrained(left, kind), INDEPENDENT.format(by.name)
