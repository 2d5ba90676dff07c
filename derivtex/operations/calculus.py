r"""The differential, the derivative as it is written on the left of a line, and what depends on a number in a way left open."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.notation import Structural
from derivtex.core.shapes import SCALAR, Dim, Shape, must_agree
from derivtex.core.terms import Operation, Term


class Differential(Operation):
    """The differential of a term: its linear part under a small change of the variables. Of a variable, the change itself."""

    of: Term
    notation = Structural("differential")

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        raise LookupError("a differential has a value only where the evaluator is given one")


d = Differential


class Derivative(Operation):
    r"""A derivative as it stands on the left of a line: ∂f/∂X, ∂²f/∂x∂xᵀ, ∂vec F/∂(vec X)ᵀ.

    form: gradient, jacobian, vec, hessian, scalar. rows × columns is the shape of what it stands for.
    """

    of: Term
    by: Term
    form: str
    rows: Dim
    columns: Dim
    notation = Structural("derivative")

    def conform(self) -> Shape:
        return self.rows, self.columns

    def number(self, np, of, by):
        raise LookupError("a derivative has no value of its own")


class OpenCurve(Operation):
    r"""A number, vector or matrix that depends on a number in a way that the author leaves open: `A(t)`. Its slope is its `Derivative` by that.

    properties: those that it has at every value of the number. rows × columns is its shape.
    """

    function: str
    of: Term
    rows: Dim
    columns: Dim
    properties: tuple[str, ...]
    notation = Structural("call")

    def conform(self) -> Shape:
        must_agree(self.of.shape, SCALAR, f"{self.function} depends on one number")
        return self.rows, self.columns

    def with_properties(self, names: Iterable[str]) -> OpenCurve:
        """The same curve with more properties."""
        return OpenCurve(self.function, self.of, self.rows, self.columns, tuple(dict.fromkeys((*self.properties, *names))))

    def number(self, np, of):
        raise LookupError(f"how {self.function} depends on a number is left open")
