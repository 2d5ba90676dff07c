"""Eigenvalues and singular values, and the norms made of them."""

from __future__ import annotations

from derivtex.notation import Fence, Structural
from derivtex.operations.matrix import square
from derivtex.shapes import SCALAR, Shape
from derivtex.terms import Operation, Term


class Eigenvalue(Operation):
    r"""An eigenvalue: the one at `index` in an order, descending (λ_1 = λ_max is the largest) or ascending; simple, by assumption."""

    of: Term
    index: Term
    order: str
    notation = Structural("eigenvalue", r"\lambda")

    def conform(self) -> Shape:
        square(self.of, "an eigenvalue")
        return SCALAR

    def number(self, np, of, index):
        values = np.sort(np.linalg.eigvals(of).real)
        return (values[::-1] if self.order == "descending" else values)[index]


class SingularValue(Operation):
    """A singular value: the one at `index` in an order, descending or ascending; simple, by assumption."""

    of: Term
    index: Term
    order: str
    notation = Structural("eigenvalue", r"\sigma")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of, index):
        values = np.linalg.svd(of, compute_uv=False)
        return (values if self.order == "descending" else values[::-1])[index]


class SpectralNorm(Operation):
    """The largest singular value of a matrix."""

    of: Term
    notation = Fence(r"\|", r"\|", index="2")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.linalg.norm(of, 2)


class NuclearNorm(Operation):
    """The sum of the singular values of a matrix."""

    of: Term
    notation = Fence(r"\|", r"\|", index="*")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.linalg.norm(of, "nuc")
