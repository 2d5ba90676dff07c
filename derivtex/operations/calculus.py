r"""The differential, and the derivative as it is written on the left of a line."""

from __future__ import annotations

from derivtex.core.notation import Structural
from derivtex.core.shapes import Dim, Shape
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
