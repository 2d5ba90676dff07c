r"""Functions of a scalar, applied to every entry.

On a scalar they are the scalar functions. `Call` is a function that the author names: abstract, or defined in the source.
"""

from __future__ import annotations

from derivtex.core.notation import Fence, Named, Structural
from derivtex.core.shapes import ONE, Shape, must_agree
from derivtex.core.terms import Operation, Term


class Elementwise(Operation, abstract=True):
    """A scalar function applied to every entry."""

    commutes_with_transpose = True
    usual_names = ("h", "a", "u")
    of: Term
    function_of = "entries"

    def conform(self) -> Shape:
        return self.of.shape


class Exp(Elementwise):
    """The exponential function."""

    usual_names = ("u", "v", "w")
    commutes_with_conjugate = True
    sign = "positive"
    notation = Named(r"\exp", also=("exp",), raised="e")

    def number(self, np, of):
        return np.exp(of)


class Log(Elementwise):
    """The natural logarithm."""

    commutes_with_conjugate = True
    choice = "branch of complex numbers"
    notation = Named(r"\log", also=(r"\ln", "log", "ln"))

    def number(self, np, of):
        return np.log(of)


class Sin(Elementwise):
    """The sine."""

    commutes_with_conjugate = True
    notation = Named(r"\sin", also=("sin",))

    def number(self, np, of):
        return np.sin(of)


class Cos(Elementwise):
    """The cosine."""

    commutes_with_conjugate = True
    notation = Named(r"\cos", also=("cos",))

    def number(self, np, of):
        return np.cos(of)


class Tan(Elementwise):
    """The tangent."""

    commutes_with_conjugate = True
    notation = Named(r"\tan", also=("tan",))

    def number(self, np, of):
        return np.tan(of)


class Tanh(Elementwise):
    """The hyperbolic tangent."""

    commutes_with_conjugate = True
    notation = Named(r"\tanh", also=("tanh",))

    def number(self, np, of):
        return np.tanh(of)


class Sinh(Elementwise):
    """The hyperbolic sine."""

    commutes_with_conjugate = True
    notation = Named(r"\sinh", also=("sinh",))

    def number(self, np, of):
        return np.sinh(of)


class Cosh(Elementwise):
    """The hyperbolic cosine."""

    commutes_with_conjugate = True
    sign = "positive"
    notation = Named(r"\cosh", also=("cosh",))

    def number(self, np, of):
        return np.cosh(of)


class Arctan(Elementwise):
    """The inverse of the tangent."""

    choice = "branch"
    notation = Named(r"\arctan", also=("arctan",))

    def number(self, np, of):
        return np.arctan(of)


class Arcsin(Elementwise):
    """The inverse of the sine."""

    choice = "branch"
    notation = Named(r"\arcsin", also=("arcsin",))

    def number(self, np, of):
        return np.arcsin(of)


class Arccos(Elementwise):
    """The inverse of the cosine."""

    choice = "branch"
    notation = Named(r"\arccos", also=("arccos",))

    def number(self, np, of):
        return np.arccos(of)


class Sigmoid(Elementwise):
    """The logistic function 1/(1 + e⁻ᵗ)."""

    usual_names = ("p", "s", "h")
    commutes_with_conjugate = True
    sign = "positive"
    notation = Named(r"\sigma", also=(r"\operatorname{sigmoid}", "sigmoid", r"\operatorname{logistic}"))

    def number(self, np, of):
        return 1 / (1 + np.exp(-of))


class Softplus(Elementwise):
    """The softplus function log(1 + eᵗ)."""

    sign = "positive"
    notation = Named(r"\operatorname{softplus}", also=("softplus",))

    def number(self, np, of):
        return np.logaddexp(0, of)


class Abs(Elementwise):
    """The absolute value."""

    kinks = (0,)
    real_valued = True
    sign = "nonnegative"
    notation = Fence("|", "|")

    def number(self, np, of):
        return np.abs(of)


class Sign(Elementwise):
    """The sign: −1, 0 or 1."""

    kinks = (0,)
    notation = Named(r"\operatorname{sign}", also=("sign", "sgn", r"\operatorname{sgn}", r"\sgn", r"\sign"))

    def number(self, np, of):
        return np.sign(of)


class Relu(Elementwise):
    """The positive part max(0, t)."""

    kinks = (0,)
    sign = "nonnegative"
    notation = Named(r"\operatorname{relu}", also=("relu", "ReLU", r"\operatorname{ReLU}"))

    def number(self, np, of):
        return np.maximum(of, 0)


class Step(Elementwise):
    """The unit step: 1 where t > 0, else 0."""

    kinks = (0,)
    notation = Named(r"\operatorname{step}", also=("step",))

    def number(self, np, of):
        return np.heaviside(of, 0.0)


class Call(Operation):
    """A scalar function g that the author names, differentiated `order` times and applied to every entry.

    `function` is the LaTeX of its name. The value needs the function itself: the evaluator hands it in.
    """

    commutes_with_transpose = True
    usual_names = ("h", "a", "u")
    function: str
    order: int
    of: Term
    notation = Structural("call")

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        raise LookupError(f"{self.function} is an abstract function")


class Extreme(Operation, abstract=True):
    """One of two, entry by entry."""

    left: Term
    right: Term
    choice = "piece"

    def conform(self) -> Shape:
        must_agree(self.left.shape, self.right.shape, "what is compared differs in shape")
        return self.left.shape


class Maximum(Extreme):
    """The larger of two, entry by entry."""

    notation = Named(r"\max")

    def number(self, np, left, right):
        return np.maximum(left, right)


class Minimum(Extreme):
    """The smaller of two, entry by entry."""

    notation = Named(r"\min", also=())

    def number(self, np, left, right):
        return np.minimum(left, right)


class Softmax(Operation):
    """The softmax exp(z)/Σ exp(z) of a column vector; of each row of any other matrix."""

    usual_names = ("p", "q", r"\pi")
    of: Term
    commutes_with_conjugate = True
    of_arrays = True
    sign = "positive"
    notation = Named(r"\operatorname{softmax}", also=("softmax", "Softmax"))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        axis = 0 if self.of.shape[1] == ONE else 1
        weights = np.exp(of - np.max(of, axis=axis, keepdims=True))
        return weights / np.sum(weights, axis=axis, keepdims=True)
