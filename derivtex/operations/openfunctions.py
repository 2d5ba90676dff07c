"""Scalar functions of a whole vector or matrix that the author names and leaves open, and their derivatives."""

from __future__ import annotations

from derivtex.core.notation import Structural
from derivtex.core.shapes import ONE, SCALAR, Shape, must_agree
from derivtex.core.terms import Operation, Term


class OfOpenFunction(Operation, abstract=True):
    """What is made of a function that only its name tells; the evaluator hands a stand-in for it in."""

    function: str
    of: Term

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")


class ScalarCall(OfOpenFunction):
    """A scalar function of a whole vector or matrix that the author names and leaves open: L(A)."""

    notation = Structural("call")

    def conform(self) -> Shape:
        return SCALAR


class ScalarGradient(OfOpenFunction):
    r"""The gradient of a scalar function that is left open, by its whole argument: \partial L/\partial A, in the shape of A."""

    notation = Structural("scalar gradient")
    order = 1

    def conform(self) -> Shape:
        return self.of.shape


class ScalarHessian(OfOpenFunction):
    r"""The second derivative of a scalar function of a vector that is left open, symmetric: \partial^2 L/\partial a\,\partial a^T."""

    notation = Structural("scalar hessian")
    order = 2

    def conform(self) -> Shape:
        must_agree((self.of.shape[1], ONE), SCALAR, "the second derivative of a function left open is told by a vector")
        return (self.of.shape[0], self.of.shape[0])
