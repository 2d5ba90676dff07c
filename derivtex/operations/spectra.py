"""Eigenvalues and singular values, their vectors, and the norms made of them."""

from __future__ import annotations

from derivtex.core.notation import Fence, Named, Structural
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, must_agree
from derivtex.core.terms import Operation, Term
from derivtex.operations.matrix import square


def chosen(order: str, index):
    """Where in an ascending list the one stands that is at an index, from 0, of an order."""
    return -1 - index if order == "descending" else index


def steady(np, vector, by):
    """A vector with the phase, of real ones the sign, that makes the first entry of another positive, so that it changes smoothly."""
    first = by[0, 0]
    return vector * np.where(first == 0, 1, np.conj(first) / np.where(first == 0, 1, np.abs(first)))


def real_one(np, value):
    """A number or vector that has to be real; ValueError where the matrix has a complex pair in its place."""
    if np.abs(np.imag(value)).max() > 1e-9 * np.abs(value).max():
        raise ValueError("an eigenvalue is not real")
    return np.real(value)


def is_hermitian(np, matrix) -> bool:
    """Whether a matrix of numbers is its own conjugate transpose, up to the rounding of complex arithmetic."""
    if np.iscomplexobj(matrix):
        return bool(np.allclose(matrix, matrix.conj().T, rtol=1e-12, atol=1e-12 * np.abs(matrix).max()))
    return bool(np.array_equal(matrix, matrix.T))


class Eigenvalue(Operation):
    r"""An eigenvalue: the one at `index` in an order, descending (λ_1 = λ_max is the largest) or ascending; simple, by assumption."""

    of: Term
    index: Term
    order: str
    commutes_with_conjugate = True
    notation = Structural("eigenvalue", r"\lambda")

    def conform(self) -> Shape:
        square(self.of, "an eigenvalue")
        return SCALAR

    def number(self, np, of, index):
        values = np.linalg.eigvals(of)
        return real_one(np, values[np.argsort(np.real(values))[chosen(self.order, index)]])

    def program(self, np, scipy, of, index):
        return np.sort(np.linalg.eigvals(of).real)[chosen(self.order, index)]

    def symmetric_program(self, np, of, index):
        """For a real symmetric matrix."""
        return np.linalg.eigvalsh(of)[chosen(self.order, index)]


class Eigenvector(Operation):
    """A unit eigenvector for a simple eigenvalue: of the matrix (right), of its transpose (left), or of a Hermitian matrix (both)."""

    of: Term
    index: Term
    order: str
    side: str
    notation = Structural("eigenvector")
    letters = {"right": ("u", "q", "p"), "left": ("v", "w", "z"), "both": ("u", "q", "p")}

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        kind = "unit left eigenvector of {} for" if self.side == "left" else "unit eigenvector of {} for"
        return f"a {kind} {{}}", (self.of, Eigenvalue(self.of, self.index, self.order))

    def conform(self) -> Shape:
        return square(self.of, "an eigenvector")[0], ONE

    def number(self, np, of, index):
        matrix = of.T if self.side == "left" else of
        if is_hermitian(np, matrix):
            vector = np.linalg.eigh(matrix)[1][:, [chosen(self.order, index)]]
            return steady(np, vector, vector)
        values, vectors = np.linalg.eig(matrix)
        place = np.argsort(np.real(values))[chosen(self.order, index)]
        real_one(np, values[place])
        vector = real_one(np, vectors[:, [place]])
        return steady(np, vector, vector)

    def program(self, np, scipy, of, index):
        if self.side == "both":
            return self.symmetric_program(np, of, index)
        matrix = of.T if self.side == "left" else of
        place = np.argsort(np.linalg.eigvals(matrix).real)[chosen(self.order, index)]
        return np.linalg.eig(matrix)[1].real[:, [place]]

    def symmetric_program(self, np, of, index):
        """For a real symmetric matrix, or a Hermitian one."""
        return np.linalg.eigh(of)[1][:, [chosen(self.order, index)]]


class SingularValue(Operation):
    """A singular value: the one at `index` in an order, descending or ascending; simple, by assumption."""

    of: Term
    index: Term
    order: str
    real_valued = True
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

    @property
    def meaning_of_both(self) -> tuple[str, tuple[Term, ...]]:
        return "the left and the right unit singular vector of {} for {}", (self.of, SingularValue(self.of, self.index, self.order))

    def conform(self) -> Shape:
        return self.of.shape[0 if self.side == "left" else 1], ONE

    def number(self, np, of, index):
        left, values, right = np.linalg.svd(of, full_matrices=False)
        place = index if self.order == "descending" else len(values) - 1 - index
        vector = left[:, [place]] if self.side == "left" else right.conj().T[:, [place]]
        return steady(np, vector, right.conj().T[:, [place]])

    def program(self, np, scipy, of, index):
        place = index if self.order == "descending" else -1 - index
        factors = np.linalg.svd(of, full_matrices=False)
        return factors[0][:, [place]] if self.side == "left" else factors[2].conj().T[:, [place]]


class SpectralNorm(Operation):
    """The largest singular value of a matrix."""

    of: Term
    function_of = "norm"
    real_valued = True
    notation = Fence(r"\|", r"\|", index="2")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.linalg.norm(of, 2)


class NuclearNorm(Operation):
    """The sum of the singular values of a matrix."""

    of: Term
    function_of = "norm"
    real_valued = True
    notation = Fence(r"\|", r"\|", index="*")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.linalg.norm(of, "nuc")


class Eigenvectors(Operation):
    """Eigenvectors of a symmetric matrix side by side, orthonormal in a metric B: AU = BUD, UᵀBU = I, for the first eigenvalues of an order."""

    of: Term
    metric: Term
    order: str
    count: Dim
    notation = Structural("eigenvectors")

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        end = "largest" if self.order == "descending" else "smallest"
        many = self.count != ONE
        which = f"for the ${self.count}$ {end} eigenvalues, side by side" if many else f"for the {end} eigenvalue"
        if type(self.metric).__name__ == "Identity":
            return f"the {'orthonormal eigenvectors' if many else 'unit eigenvector'} of {{}} {which}", (self.of,)
        return f"the generalised eigenvector{'s' * many} of {{}} with respect to {{}} {which}", (self.of, self.metric)

    def conform(self) -> Shape:
        must_agree(self.of.shape, self.metric.shape, "a matrix and its metric differ in shape")
        return square(self.of, "an eigenvector")[0], self.count

    def number(self, np, of, metric, count):
        if count > len(np.atleast_1d(of)):
            raise ValueError("there are not so many eigenvectors")
        of, metric = np.atleast_2d(of), np.atleast_2d(metric)
        turn = np.linalg.inv(np.linalg.cholesky(metric))
        vectors = turn.conj().T @ np.linalg.eigh(turn @ of @ turn.conj().T)[1]
        return vectors[:, ::-1][:, :count] if self.order == "descending" else vectors[:, :count]

    def program(self, np, scipy, of, metric, count):
        vectors = (np.linalg.eigh(of) if type(self.metric).__name__ == "Identity" else scipy.linalg.eigh(of, metric))[1]
        if self.count == ONE:
            return vectors[:, [-1 if self.order == "descending" else 0]]
        return vectors[:, ::-1][:, :count] if self.order == "descending" else vectors[:, :count]


class OrthogonalFactor(Operation):
    """The nearest matrix with orthonormal columns or rows: UVᵀ of the singular value decomposition A = UDVᵀ."""

    of: Term
    notation = Named(r"\operatorname{polar}", also=("polar",))

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return "$UV^{T}$ of the singular value decomposition {} $= UDV^{T}$", (self.of,)

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        left, _, right = np.linalg.svd(of, full_matrices=False)
        return left @ right

    def program(self, np, scipy, of):
        factors = np.linalg.svd(of, full_matrices=False)
        return factors[0] @ factors[2]


class RotationFactor(Operation):
    """The nearest rotation: U diag(1, …, 1, det UVᵀ)Vᵀ of the singular value decomposition A = UDVᵀ (Kabsch, Acta Cryst. A32 (1976) 922)."""

    of: Term
    notation = Named(r"\operatorname{rot}", also=())

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return r"$U\operatorname{diag}(1, \dots, 1, \det UV^{T})V^{T}$ of the singular value decomposition {} $= UDV^{T}$", (self.of,)

    def conform(self) -> Shape:
        return square(self.of, "the nearest rotation")

    def number(self, np, of):
        left, _, right = np.linalg.svd(of)
        return left @ right + (np.linalg.det(left @ right) - 1) * left[:, [-1]] @ right[[-1], :]

    def program(self, np, scipy, of):
        factors = np.linalg.svd(of, full_matrices=False)
        left, right = factors[0], factors[2]
        return left @ right + (np.linalg.det(left @ right) - 1) * left[:, [-1]] @ right[[-1], :]
