"""Linear maps of a matrix that keep to a structure: what the calculus of triangular and Toeplitz matrices is made of."""

from __future__ import annotations

from typing import Any

from derivtex.core.notation import Structural
from derivtex.core.shapes import Shape
from derivtex.core.terms import Operation, Term
from derivtex.operations.matrix import square


class StructuredPart(Operation, abstract=True):
    """A square matrix made linearly of another."""

    of: Term
    linear_in = ("of",)
    words = ""

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return self.words, (self.of,)

    def conform(self) -> Shape:
        return square(self.of, f"the {type(self).__name__}")


class HalvedLower(StructuredPart):
    """The lower triangle of a matrix with its diagonal halved."""

    magnitude = "linear"
    notation = Structural("applied", r"\Phi")
    words = "the lower triangle of {} with its diagonal halved"

    def number(self, np, of):
        return np.tril(of) - np.diag(np.diag(of)) / 2


def same_diagonal(np: Any, of: Any) -> Any:
    """For every two places whether they are on the same diagonal."""
    places = np.arange(of.shape[0])
    offsets = np.subtract.outer(places, places)
    return np.equal.outer(offsets, offsets)


class DiagonalSums(StructuredPart):
    """The Toeplitz matrix in which every entry is the sum of the entries of a matrix on that diagonal."""

    magnitude = "linear"
    notation = Structural("applied", r"\mathcal{A}")
    words = "the Toeplitz matrix whose entries are the sums of {} along its diagonals"

    def number(self, np, of):
        return np.tensordot(same_diagonal(np, of), of, 2)


class DiagonalMeans(StructuredPart):
    """The Toeplitz matrix in which every entry is the mean of the entries of a matrix on that diagonal."""

    magnitude = "linear"
    notation = Structural("applied", r"\mathcal{T}")
    words = "the Toeplitz matrix whose entries are the means of {} along its diagonals"

    def number(self, np, of):
        together = same_diagonal(np, of)
        return np.tensordot(together, of, 2) / np.tensordot(together, np.ones_like(of), 2)
