"""Scalar functions of a whole vector or matrix that the author names and leaves open, and their derivatives."""

from __future__ import annotations

from derivtex.core.notation import Structural
from derivtex.core.shapes import ONE, SCALAR, Shape, must_agree
from derivtex.core.terms import Operation, Term


class ScalarCall(Operation):
    """A scalar function of a whole vector or matrix that the author names and leaves open: L(A)."""

    function: str
    of: Term
    notation = Structural("call")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")


class ScalarGradient(Operation):
    r"""The gradient of a scalar function that is left open, by its whole argument: \partial L/\partial A, in the shape of A."""

    function: str
    of: Term
    notation = Structural("scalar gradient")
    order = 1

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")


class ScalarHessian(Operation):
    r"""The second derivative of a scalar function of a vector that is left open, symmetric: \partial^2 L/\partial a\,\partial a^T."""

    function: str
    of: Term
    notation = Structural("scalar hessian")
    order = 2

    def conform(self) -> Shape:
        must_agree((self.of.shape[1], ONE), SCALAR, "the second derivative of a function left open is told by a vector")
        return (self.of.shape[0], self.of.shape[0])

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")
