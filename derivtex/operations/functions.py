"""Functions of a square matrix, which are not its entries' functions: exp(X) = I + X + X²/2 + ⋯."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derivtex.core.notation import Named, Structural
from derivtex.core.shapes import Shape
from derivtex.core.terms import Operation, Term
from derivtex.operations.matrix import far_from_singular, square


def spectral(np: Any, matrix: Any, function: Callable[[Any], Any]) -> Any:
    """A function of a square matrix by way of its eigenvalues."""
    if np.array_equal(matrix, np.conj(matrix).T):  # the vectors of an eigenvalue that is met twice would be badly conditioned
        values, vectors = np.linalg.eigh(matrix)
        back = vectors.conj().T
    else:
        values, vectors = np.linalg.eig(np.asarray(matrix))
        back = np.linalg.inv(vectors)
    result = (vectors * function(values.astype(complex))) @ back
    return as_real(np, result, matrix)


def has_good_eigenvectors(np, matrix) -> bool:
    """Whether the eigenvectors of a matrix are far from dependent, so that a function of it is well known by way of its eigenvalues."""
    matrix = np.atleast_2d(matrix)
    return bool(np.array_equal(matrix, np.conj(matrix).T) or np.linalg.cond(np.linalg.eig(matrix)[1]) < 1e6)


def as_real(np: Any, result: Any, *given: Any) -> Any:
    """The real part of what came from real matrices by way of complex eigenvalues and has no imaginary part."""
    is_complex = any(map(np.iscomplexobj, given)) or np.abs(result.imag).max() > 1e-9 * np.abs(result).max()
    return result if is_complex else result.real


def exponential(np, matrix):
    """The exponential by its series, after halving the matrix until the series is short."""
    halvings = max(0, int(np.ceil(np.log2(max(np.abs(matrix).sum(), 1e-300)))) + 3)
    small = np.asarray(matrix) / 2.0**halvings
    term = total = np.eye(len(small))
    for order in range(1, 16):
        term = term @ small / order
        total = total + term
    return np.linalg.matrix_power(total, 2**halvings)


class MatrixFunction(Operation, abstract=True):
    """A scalar function continued to square matrices."""

    of: Term
    commutes_with_transpose = True
    function_of = "matrix"

    def conform(self) -> Shape:
        return square(self.of, f"the {type(self).__name__}")


class MatrixExp(MatrixFunction):
    """The matrix exponential."""

    usual_names = ("E", "Q", "F")
    commutes_with_conjugate = True
    notation = Named(r"\exp", also=("exp",), raised="e")
    routine = "scipy.linalg.expm"

    def number(self, np, of):
        return exponential(np, of)


class MatrixLog(MatrixFunction):
    """The principal logarithm of a matrix."""

    commutes_with_conjugate = True
    choice = "branch"
    notation = Named(r"\log", also=(r"\ln", "log", "ln"))
    routine = "scipy.linalg.logm"

    def number(self, np, of):
        return spectral(np, of, np.log)

    def conditioned(self, np, of):
        return far_from_singular(np, of) and has_good_eigenvectors(np, of)


class MatrixRoot(MatrixFunction):
    """The principal square root of a matrix."""

    commutes_with_conjugate = True
    choice = "branch"
    notation = Structural("root")
    routine = "scipy.linalg.sqrtm"

    def number(self, np, of):
        return spectral(np, of, np.sqrt)

    def conditioned(self, np, of):
        return far_from_singular(np, of) and has_good_eigenvectors(np, of)


class MatrixSin(MatrixFunction):
    """The sine of a matrix."""

    commutes_with_conjugate = True
    notation = Named(r"\sin", also=("sin",))
    routine = "scipy.linalg.sinm"

    def number(self, np, of):
        return spectral(np, of, np.sin)

    def conditioned(self, np, of):
        return has_good_eigenvectors(np, of)


class MatrixCos(MatrixFunction):
    """The cosine of a matrix."""

    commutes_with_conjugate = True
    notation = Named(r"\cos", also=("cos",))
    routine = "scipy.linalg.cosm"

    def number(self, np, of):
        return spectral(np, of, np.cos)

    def conditioned(self, np, of):
        return has_good_eigenvectors(np, of)


class MatrixCall(Operation):
    """A function of a square matrix that the author names and leaves open: a scalar function, differentiated `order` times, continued to matrices.

    `function` is the LaTeX of its name. The value needs the function itself: the evaluator hands it in.
    """

    function: str
    order: int
    of: Term
    commutes_with_transpose = True
    notation = Structural("call")

    def conform(self) -> Shape:
        return square(self.of, "a function of a matrix")

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")


class Cholesky(Operation):
    """The Cholesky factor: the lower triangular L with positive diagonal and LLᵀ = A. No function of a matrix: that of Aᵀ is not Lᵀ."""

    of: Term
    notation = Named(r"\operatorname{chol}", also=("chol",))

    def conform(self) -> Shape:
        return square(self.of, "a Cholesky factor")

    def number(self, np, of):
        return np.linalg.cholesky(of)
