"""Constant matrices, and the operations that arrange entries anew."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.notation import Binding, Fence, Infix, Letter, Named, Superscript
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, current, must_agree, same, size_text
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import Number


class Identity(Operation):
    """The identity matrix."""

    size: Dim
    notation = Letter("I", also=(r"\mathbf{I}", r"\mathbb{I}", r"\mathrm{I}", r"\boldsymbol{I}"))

    def conform(self) -> Shape:
        return self.size, self.size

    def number(self, np, size):
        return np.eye(size)


class Ones(Operation):
    """A vector or matrix of ones."""

    rows: Dim
    columns: Dim
    sign = "positive"
    notation = Letter(r"\mathbf{1}", also=(r"\mathbb{1}", r"\boldsymbol{1}", r"{\tt1}", r"\mathbf 1"), in_sum="1", column=True)

    def conform(self) -> Shape:
        return self.rows, self.columns

    def number(self, np, rows, columns):
        return np.ones((rows, columns))


class Zero(Operation):
    """A vector or matrix of zeros."""

    rows: Dim
    columns: Dim
    notation = Letter(r"\mathbf{0}", also=("0", r"\boldsymbol{0}"))

    def conform(self) -> Shape:
        return self.rows, self.columns

    def number(self, np, rows, columns):
        return np.zeros((rows, columns))


def zero(shape: Shape) -> Term:
    """The zero of a shape."""
    return Number(0) if shape == SCALAR else Zero(*shape)


class Commutation(Operation):
    """The commutation matrix K with K vec A = vec Aᵀ for every rows × columns matrix A."""

    rows: Dim
    columns: Dim
    notation = Letter("K", also=(r"\mathbf{K}",), sized=True)

    def conform(self) -> Shape:
        return self.rows * self.columns, self.rows * self.columns

    def number(self, np, rows, columns):
        return np.eye(rows * columns)[np.arange(rows * columns).reshape((rows, columns), order="F").ravel()]


class Diag(Operation):
    """The diagonal matrix with a vector's entries on its diagonal."""

    of: Term
    linear_in = ("of",)
    usual_names = ("D", "T")
    magnitude = "linear"
    commutes_with_conjugate = True
    of_arrays = True
    notation = Named(r"\operatorname{Diag}", also=("Diag", r"\operatorname{diag}", "diag", r"\diag", r"\Diag"))

    def conform(self) -> Shape:
        rows, columns = self.of.shape
        if not same(columns, ONE):
            raise ShapeError(f"Diag needs a column vector, not {size_text(current(self.of.shape))}")
        return rows, rows

    def number(self, np, of):
        return np.diag(np.ravel(of))


class Diagonal(Operation):
    """The vector of a square matrix's diagonal entries."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    of_arrays = True
    turned_inside = True
    notation = Named(r"\operatorname{diag}", also=("diag", r"\diag", "dg", r"\operatorname{dg}"))

    def conform(self) -> Shape:
        if not same(*self.of.shape):
            raise ShapeError(f"diag needs a square matrix, not {size_text(current(self.of.shape))}")
        return self.of.shape[0], ONE

    def number(self, np, of):
        return np.diag(of)[:, None]


class LowerPart(Operation):
    """A matrix with zeros above its diagonal: the lower triangle of another."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    notation = Named(r"\operatorname{tril}", also=("tril",))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        return np.tril(of)


class UpperPart(Operation):
    """A matrix with zeros below its diagonal: the upper triangle of another."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    notation = Named(r"\operatorname{triu}", also=("triu",))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        return np.triu(of)


class Vec(Operation):
    """The columns of a matrix, one below the other."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    of_arrays = True
    turned_inside = True
    notation = Named(r"\operatorname{vec}", also=("vec", "Vec", r"\operatorname{Vec}"))

    def conform(self) -> Shape:
        return self.of.shape[0] * self.of.shape[1], ONE

    def number(self, np, of):
        return np.reshape(of, (-1, 1), order="F")


class Unvec(Operation):
    """The matrix of given shape whose vec is a vector."""

    of: Term
    rows: Dim
    columns: Dim
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    notation = Named(r"\operatorname{unvec}", also=("unvec", "mat"))

    def conform(self) -> Shape:
        if not same(self.of.shape[0], self.rows * self.columns) or not same(self.of.shape[1], ONE):
            raise ShapeError(f"a vector of {size_text(current(self.of.shape))} is not the vec of {size_text((self.rows, self.columns))}")
        return self.rows, self.columns

    def number(self, np, of, rows, columns):
        return np.reshape(of, (rows, columns), order="F")


class Kronecker(Operation):
    """The Kronecker product: every entry of the left times the right."""

    left: Term
    right: Term
    linear_in = ("left", "right")
    magnitude = "product"
    commutes_with_conjugate = True
    of_arrays = True
    turned_inside = True
    usual_names = ("k", "m")
    notation = Infix(r"\otimes", Binding.ENTRYWISE)

    def conform(self) -> Shape:
        (m, n), (p, q) = self.left.shape, self.right.shape
        return m * p, n * q

    def number(self, np, left, right):
        return left * right if self.left.is_scalar or self.right.is_scalar else np.kron(left, right)


class CrossProduct(Operation):
    """The cross product of two vectors of three entries."""

    left: Term
    right: Term
    linear_in = ("left", "right")
    magnitude = "product"
    commutes_with_conjugate = True
    turned_inside = True
    notation = Infix(r"\times", Binding.ENTRYWISE)

    def conform(self) -> Shape:
        must_agree(self.left.shape, self.right.shape, "the sides of a cross product differ in shape")
        rows, columns = self.left.shape
        if not same(columns, ONE) or rows.integer not in (None, 3):
            raise ShapeError(f"a cross product needs vectors of three entries, not {size_text(current(self.left.shape))}")
        return self.left.shape

    def number(self, np, left, right):
        return np.cross(np.reshape(left, 3), np.reshape(right, 3))[:, None]


class CrossMatrix(Operation):
    """The skew-symmetric matrix that multiplies as a cross product does."""

    of: Term
    linear_in = ("of",)
    commutes_with_conjugate = True
    notation = Fence("[", "]", index=r"\times")

    def conform(self) -> Shape:
        rows, columns = self.of.shape
        if not same(columns, ONE) or not same(rows, Dim.of(3)):
            raise ShapeError(f"the matrix of a cross product needs a vector of three entries, not {size_text(current(self.of.shape))}")
        return rows, rows

    def number(self, np, of):
        return np.cross(np.eye(3), np.reshape(of, 3))


class PseudoInverse(Operation):
    """The Moore-Penrose inverse."""

    of: Term
    commutes_with_conjugate = True
    of_arrays = True
    notation = Superscript("+", also=(r"\dagger", r"\dag"))

    def conform(self) -> Shape:
        return self.of.shape[1], self.of.shape[0]

    def number(self, np, of):
        return np.linalg.pinv(of, rcond=1e-12)

    def conditioned(self, np, of):
        """Whether its rank is beyond doubt: no singular value is small without being zero but for rounding."""
        values = np.linalg.svd(np.atleast_2d(of), compute_uv=False)
        return not np.any((values < 1e-7 * values[0]) & (values > 1e-13 * values[0]))
