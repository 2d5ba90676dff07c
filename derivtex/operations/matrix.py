"""Operations of matrix algebra."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.notation import Named, Structural, Superscript
from derivtex.core.shapes import SCALAR, Shape, current, must_agree, same, size_text
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import is_whole


def square(term: Term, what: str) -> Shape:
    """The shape of a term that has to be square."""
    if not same(*term.shape):
        raise ShapeError(f"{what} needs a square matrix, not {size_text(current(term.shape))}")
    return term.shape


def far_from_singular(np, matrix) -> bool:
    """Whether the condition number is moderate; of a rectangular matrix, whether its rank is full by far."""
    values = np.linalg.svd(np.atleast_2d(matrix), compute_uv=False)
    return bool(values[-1] * 1e8 >= values[0] > 0)


class Transpose(Operation):
    """The transpose: rows become columns."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    of_arrays = True
    notation = Superscript("T", also=(r"\top", r"\intercal", "t", r"{\rm T}", r"\mathrm{T}", r"\text{T}", r"\mathsf{T}", r"\prime", "'"))

    def conform(self) -> Shape:
        return self.of.shape[1], self.of.shape[0]

    def number(self, np, of):
        return of if self.is_scalar else of.T


class Inverse(Operation):
    """The inverse of a square matrix."""

    of: Term
    commutes_with_conjugate = True
    of_arrays = True
    notation = Superscript("-1")

    def conform(self) -> Shape:
        return square(self.of, "an inverse")

    def number(self, np, of):
        return np.linalg.inv(of)

    def conditioned(self, np, of):
        return far_from_singular(np, of)


class MatrixPower(Operation):
    """A power of a square matrix; with an exponent that is not whole, by its eigenvalues."""

    base: Term
    exponent: Term
    commutes_with_conjugate = True
    notation = Structural("power")

    def conform(self) -> Shape:
        must_agree(self.exponent.shape, SCALAR, "an exponent must be a scalar")
        return square(self.base, "a power")

    @property
    def choice(self) -> str:
        return "" if is_whole(self.exponent) else "branch"

    @property
    def routine(self) -> str:
        return "np.linalg.matrix_power" if is_whole(self.exponent) else "scipy.linalg.fractional_matrix_power"

    def number(self, np, base, exponent):
        if exponent == int(exponent):
            return np.linalg.matrix_power(base, int(exponent))
        values, vectors = np.linalg.eig(base)
        result = (vectors * values.astype(complex) ** exponent) @ np.linalg.inv(vectors)
        return result if np.iscomplexobj(base) or np.abs(result.imag).max() > 1e-9 * np.abs(result).max() else result.real

    def conditioned(self, np, base, exponent):
        return (exponent == int(exponent) > 0) or far_from_singular(np, base)


class Trace(Operation):
    """The trace: the sum of the diagonal entries."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    of_arrays = True
    notation = Named(r"\operatorname{tr}", also=(r"\tr", r"\Tr", "tr", "Tr", "trace", "Trace", "TR"))

    def conform(self) -> Shape:
        square(self.of, "a trace")
        return SCALAR

    def number(self, np, of):
        return of if self.of.is_scalar else np.trace(of)


class Determinant(Operation):
    """The determinant of a square matrix."""

    of: Term
    commutes_with_conjugate = True
    of_arrays = True
    notation = Named(r"\det", also=("det", "Det", "|"))

    def conform(self) -> Shape:
        square(self.of, "a determinant")
        return SCALAR

    def number(self, np, of):
        return of if self.of.is_scalar else np.linalg.det(of)

    def rounding(self, np, of):
        return 0.0 if self.of.is_scalar else 8 * len(of) * np.finfo(float).eps * np.prod(np.linalg.norm(of, axis=1))


class Adjugate(Operation):
    """The adjugate: the transpose of the matrix of cofactors."""

    of: Term
    commutes_with_conjugate = True
    notation = Named(r"\operatorname{adj}", also=("adj", "Adj"))

    def conform(self) -> Shape:
        return square(self.of, "an adjugate")

    def number(self, np, of):
        return np.linalg.det(of) * np.linalg.inv(of)

    def conditioned(self, np, of):
        return far_from_singular(np, of)
