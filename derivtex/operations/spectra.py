"""Eigenvalues and singular values, their vectors, and the norms made of them."""

from __future__ import annotations

from derivtex.notation import Fence, Structural
from derivtex.operations.matrix import square
from derivtex.shapes import ONE, SCALAR, Shape
from derivtex.terms import Operation, Term


def chosen(order: str, index):
    """Where in an ascending list the one stands that is at an index, from 0, of an order."""
    return -1 - index if order == "descending" else index


def steady(np, vector, by):
    """A vector with the sign that makes the first entry of another positive, so that it changes smoothly."""
    return vector * np.where(by[0, 0] < 0, -1, 1)


def real_one(np, value):
    """A number or vector that has to be real; ValueError where the matrix has a complex pair in its place."""
    if np.abs(np.imag(value)).max() > 1e-9 * np.abs(value).max():
        raise ValueError("an eigenvalue is not real")
    return np.real(value)


def is_symmetric(np, matrix) -> bool:
    return not np.iscomplexobj(matrix) and np.array_equal(matrix, matrix.T)


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
        values = np.linalg.eigvals(of)
        return real_one(np, values[np.argsort(np.real(values))[chosen(self.order, index)]])

    def program(self, np, scipy, of, index):
        return np.sort(np.linalg.eigvals(of).real)[chosen(self.order, index)]


class Eigenvector(Operation):
    """A unit eigenvector for a simple eigenvalue: of the matrix (right), or of its transpose (left)."""

    of: Term
    index: Term
    order: str
    side: str
    notation = Structural("eigenvector")
    letters = {"right": ("u", "q", "p"), "left": ("v", "w", "z")}

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        kind = "unit eigenvector of {} for" if self.side == "right" else "unit left eigenvector of {} for"
        return f"a {kind} {{}}", (self.of, Eigenvalue(self.of, self.index, self.order))

    def conform(self) -> Shape:
        return square(self.of, "an eigenvector")[0], ONE

    def number(self, np, of, index):
        matrix = of if self.side == "right" else of.T
        values, vectors = np.linalg.eigh(matrix) if is_symmetric(np, matrix) else np.linalg.eig(matrix)
        place = np.argsort(np.real(values))[chosen(self.order, index)]
        real_one(np, values[place])
        vector = real_one(np, vectors[:, [place]])
        return steady(np, vector, vector)

    def program(self, np, scipy, of, index):
        matrix = of if self.side == "right" else of.T
        place = np.argsort(np.linalg.eigvals(matrix).real)[chosen(self.order, index)]
        return np.linalg.eig(matrix)[1].real[:, [place]]


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
        return values[index] if self.order == "descending" else values[::-1][index]


class SingularVector(Operation):
    """A unit singular vector for a simple singular value: u (left) or v (right) of Xv = σu."""

    of: Term
    index: Term
    order: str
    side: str
    notation = Structural("eigenvector")
    letters = {"left": ("u", "q", "p"), "right": ("v", "w", "z")}

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return f"the {self.side} unit singular vector of {{}} for {{}}", (self.of, SingularValue(self.of, self.index, self.order))

    def conform(self) -> Shape:
        return self.of.shape[0 if self.side == "left" else 1], ONE

    def number(self, np, of, index):
        left, values, right = np.linalg.svd(of, full_matrices=False)
        place = index if self.order == "descending" else len(values) - 1 - index
        vector = left[:, [place]] if self.side == "left" else right.T[:, [place]]
        return steady(np, vector, right.T[:, [place]])

    def program(self, np, scipy, of, index):
        place = index if self.order == "descending" else -1 - index
        factors = np.linalg.svd(of, full_matrices=False)
        return factors[0][:, [place]] if self.side == "left" else factors[2].T[:, [place]]


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
