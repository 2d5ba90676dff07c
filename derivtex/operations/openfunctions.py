"""Functions of a whole vector or matrix that the author names and leaves open, with numbers or vectors as values, and their derivatives."""

from __future__ import annotations

from derivtex.core.notation import Structural
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, must_agree
from derivtex.core.terms import Operation, Term
from derivtex.operations.leaves import symbol


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


class VectorCall(OfOpenFunction):
    """A function of a vector, with vectors of `rows` entries as its values, that the author names and leaves open: f(x)."""

    rows: Dim
    notation = Structural("call")

    def conform(self) -> Shape:
        must_agree((self.of.shape[1], ONE), SCALAR, f"{self.function} is a function of a column")
        return (self.rows, ONE)


class OpenJacobian(OfOpenFunction):
    r"""The Jacobian of a function of a vector that is left open, `rows` × the length of its argument: J_f(x), with df(x) = J_f(x) dx."""

    rows: Dim
    notation = Structural("open jacobian")
    order = 1

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        place = self.of if not self.of.children else symbol("z", "vector", self.of.shape)
        whole = VectorCall(self.function, place, self.rows)
        return ("the Jacobian of {}", (whole,)) if place is self.of else ("the Jacobian of {} at {}", (whole, self.of))

    def conform(self) -> Shape:
        must_agree((self.of.shape[1], ONE), SCALAR, f"{self.function} is a function of a column")
        return (self.rows, self.of.shape[0])


APPLIED = (ScalarCall, VectorCall)
SLOPES = (ScalarGradient, ScalarHessian, OpenJacobian)
