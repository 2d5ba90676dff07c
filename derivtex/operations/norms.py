"""Norms of vectors and matrices."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.notation import Fence, Named
from derivtex.core.shapes import ONE, SCALAR, Shape, current, must_agree, same, size_text
from derivtex.core.terms import Operation, Term


def column(term: Term, what: str) -> Shape:
    """The shape of a term that has to be a column vector."""
    if not same(term.shape[1], ONE):
        raise ShapeError(f"{what} needs a column vector, not {size_text(current(term.shape))}")
    return term.shape


class Norm(Operation):
    """The root of the sum of the squared entries: Euclidean norm of a vector, Frobenius norm of a matrix."""

    of: Term
    function_of = "norm"
    real_valued = True
    of_arrays = True
    sign = "nonnegative"
    notation = Fence(r"\|", r"\|", of_matrix="F")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.abs(of) if self.of.is_scalar else np.linalg.norm(of)


class EntrySumNorm(Operation):
    """The sum of the absolute values of the entries: the 1-norm of a vector."""

    of: Term
    kinks = (0,)
    function_of = "norm"
    real_valued = True
    of_arrays = True
    notation = Fence(r"\|", r"\|", index="1")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.sum(np.abs(of))


class MaxNorm(Operation):
    """The largest absolute value of an entry."""

    of: Term
    choice = "piece"
    function_of = "norm"
    real_valued = True
    of_arrays = True
    notation = Fence(r"\|", r"\|", index=r"\infty")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.max(np.abs(of))


class Peak(Operation):
    """Zero but for the sign of the entry that is largest in absolute value: the slope of that value."""

    of: Term
    side = "peak"
    letters = {"peak": ("s", "u", "q")}
    notation = Named(r"\operatorname{peak}")

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return "zero but for the sign of the entry of {} that is largest in absolute value", (self.of,)

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        size = np.abs(of)
        return np.where(size == np.max(size), np.sign(of), 0.0)


class WeightedNorm(Operation):
    """The norm of a vector whose square is vᵀWv, or vᴴWv."""

    of: Term
    weight: Term
    real_valued = True
    notation = Fence(r"\|", r"\|", index="weight")

    def conform(self) -> Shape:
        column(self.of, "a weighted norm")
        must_agree(self.weight.shape, (self.of.shape[0], self.of.shape[0]), "the weight of a norm does not fit its vector")
        return SCALAR

    def number(self, np, of, weight):
        return np.sqrt(np.conj(of).T @ weight @ of)[0, 0]


class LogSumExp(Operation):
    """The logarithm of the sum of the exponentials of the entries."""

    of: Term
    commutes_with_conjugate = True
    of_arrays = True
    notation = Named(r"\operatorname{logsumexp}", also=("logsumexp", "LSE", "lse"))

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        return np.log(np.sum(np.exp(of)))


class LogSumExpAlong(Operation, abstract=True):
    """The logarithm of the sum of exponentials along an axis of a matrix: 1 for each row, 0 for each column."""

    of: Term
    axis = 1
    commutes_with_conjugate = True
    of_arrays = True

    def conform(self) -> Shape:
        rows, columns = self.of.shape
        return (rows, ONE) if self.axis else (ONE, columns)

    def number(self, np, of):
        most = np.max(of, axis=self.axis, keepdims=True)
        return most + np.log(np.sum(np.exp(of - most), axis=self.axis, keepdims=True))


class RowLogSumExp(LogSumExpAlong):
    """The log-sum-exp of each row, as a column."""

    notation = Named(r"\operatorname{rowlse}", also=("rowlse",))


class ColumnLogSumExp(LogSumExpAlong):
    """The log-sum-exp of each column, as a row."""

    axis = 0
    notation = Named(r"\operatorname{collse}", also=("collse",))
