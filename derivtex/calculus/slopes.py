"""Slopes: the derivative of each scalar function, used entry by entry.

d f(A) = f′(A) ∘ dA for every elementwise f; for a scalar ∘ is the product.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Hadamard,
    LogSumExp,
    Maximum,
    Minimum,
    Pi,
    Product,
    ScalarCall,
    ScalarGradient,
    ScalarHessian,
    Softmax,
)
from derivtex.operations.activations import Elu, Erf, Gelu, Huber, NormalDistribution, Swish
from derivtex.operations.elementwise import (
    Abs,
    Arccos,
    Arcsin,
    Arctan,
    Cos,
    Cosh,
    Exp,
    Log,
    Relu,
    Sigmoid,
    Sign,
    Sin,
    Sinh,
    Softplus,
    Step,
    Tan,
    Tanh,
)
from derivtex.operations.norms import ColumnLogSumExp, RowLogSumExp
from derivtex.operations.openfunctions import OpenJacobian, VectorCall
from derivtex.rewriting.equation import Conditions
from derivtex.rewriting.holes import column, d, det, entrywise, inner, inv, matrix, number, ones, power, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import one_more, reckoned
from derivtex.rewriting.sources import CALCULUS, cookbook

slopes = Page("Slopes")
BY_SLOPES = "applied entry by entry, a function changes each entry by its slope there times the change of that entry"
states, by_hand = slopes.states, slopes.by_hand

ROWS = Dim.of("m")
A, B, X, x, s, p = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), column("x", "n"), scalar("s"), scalar("p")
r = matrix("r", 1, "n")
ONE = ones("m", "n")
HALF_LESS = number(-1, 2).value
BELL = Product((power(Product((number(2), Pi())), HALF_LESS), Exp(Product((number(-1, 2), power(A, 2))))))  # the density of the standard normal


REAL = [("real", "A")]


def slope(name: str, function: Term, derivative: Term, reason: str, needs: Iterable[str] = (), given: Conditions = ()) -> None:
    """d f(A) = f′(A) ∘ dA."""
    states(name, d(function), entrywise(derivative, d(A)), reason=reason, cite=CALCULUS, given=given, needs=[(need, "A") for need in needs])
    slopes.teaches(BY_SLOPES, name)


# Compositions that have a slope with a name of its own.
states("softplus of an exponent", d(Log(number(1) + Exp(s))), Sigmoid(s) * d(s), reason="$d\\log(1+e^{t}) = \\sigma(t)\\,dt$", cite=CALCULUS)
states("softplus of exponents", d(Log(ONE + Exp(A))), entrywise(Sigmoid(A), d(A)), reason="$d\\log(1+e^{t}) = \\sigma(t)\\,dt$", cite=CALCULUS)
states("log of the logistic function", d(Log(Sigmoid(A))), entrywise(ONE - Sigmoid(A), d(A)),
       reason="$d\\log\\sigma(t) = (1-\\sigma(t))\\,dt$", cite=CALCULUS)  # fmt: skip
states("log of one minus logistic functions", d(Log(ONE - Sigmoid(A))), -entrywise(Sigmoid(A), d(A)),
       reason="$d\\log(1-\\sigma(t)) = -\\sigma(t)\\,dt$", cite=CALCULUS)  # fmt: skip
states("log of one minus the logistic function of a scalar", d(Log(number(1) - Sigmoid(s))), -(Sigmoid(s) * d(s)),
       reason="$d\\log(1-\\sigma(t)) = -\\sigma(t)\\,dt$", cite=CALCULUS)  # fmt: skip
states("log of the hyperbolic cosine", d(Log(Cosh(A))), entrywise(Tanh(A), d(A)), reason="$d\\log\\cosh t = \\tanh t\\,dt$", cite=CALCULUS)
states("log of the absolute determinant", d(Log(Abs(det(X)))), tr(inv(X) * d(X)), reason="Jacobi's formula", cite=cookbook(57),
       needs=[("invertible", "X")])  # fmt: skip
states("log of an absolute value", d(Log(Abs(A))), entrywise(power(A, -1), d(A)), reason="$d\\log|t| = dt/t$", cite=CALCULUS,
       needs=[("nonzero entries", "A")])  # fmt: skip
states("log of a square", d(Log(power(A, 2))), number(2) * entrywise(power(A, -1), d(A)), reason="$d\\log t^{2} = 2\\,dt/t$", cite=CALCULUS,
       given=REAL, needs=[("nonzero entries", "A")])  # fmt: skip
states("log of a softmax", d(Log(Softmax(x))), d(x) - ones("n") * Softmax(x).T * d(x),
       reason="$d\\log\\mathrm{softmax}(z) = dz - \\mathbf{1}p^{T}dz$", cite=CALCULUS)  # fmt: skip
states("log of a softmax of a row", d(Log(Softmax(r))), d(r) - d(r) * Softmax(r).T * ones("n").T,
       reason="$d\\log\\mathrm{softmax}(z) = dz - dz\\,p^{T}\\mathbf{1}^{T}$", cite=CALCULUS)  # fmt: skip

states("log of a sum of exponentials", d(Log(ones("n").T * Exp(x))), Softmax(x).T * d(x), reason="differential of log-sum-exp", cite=CALCULUS)

slope("exp", Exp(A), Exp(A), "$de^{t} = e^{t}\\,dt$")
slope("log", Log(A), power(A, -1), "$d\\log t = dt/t$", ["positive"])
slope("sin", Sin(A), Cos(A), "$d\\sin t = \\cos t\\,dt$")
slope("cos", Cos(A), -Sin(A), "$d\\cos t = -\\sin t\\,dt$")
slope("tan", Tan(A), power(Cos(A), -2), "$d\\tan t = dt/\\cos^2 t$")
slope("sinh", Sinh(A), Cosh(A), "$d\\sinh t = \\cosh t\\,dt$")
slope("cosh", Cosh(A), Sinh(A), "$d\\cosh t = \\sinh t\\,dt$")
slope("tanh", Tanh(A), ONE - power(Tanh(A), 2), "$d\\tanh t = (1-\\tanh^2 t)\\,dt$")
slope("arctan", Arctan(A), power(ONE + power(A, 2), -1), "$d\\arctan t = dt/(1+t^2)$")
slope("arcsin", Arcsin(A), power(ONE - power(A, 2), number(-1, 2).value), "$d\\arcsin t = dt/\\sqrt{1-t^2}$")
slope("arccos", Arccos(A), -power(ONE - power(A, 2), number(-1, 2).value), "$d\\arccos t = -dt/\\sqrt{1-t^2}$")
slope("logistic", Sigmoid(A), entrywise(Sigmoid(A), ONE - Sigmoid(A)), "$d\\sigma(t) = \\sigma(t)(1-\\sigma(t))\\,dt$")
slope("softplus", Softplus(A), Sigmoid(A), "$d\\,\\mathrm{softplus}(t) = \\sigma(t)\\,dt$")
slope("erf", Erf(A), Product((number(2), power(Pi(), HALF_LESS), Exp(-power(A, 2)))), "$d\\,\\mathrm{erf}(t) = 2e^{-t^2}/\\sqrt{\\pi}\\,dt$", given=REAL)
slope("normal distribution", NormalDistribution(A), BELL, "$d\\Phi(t) = e^{-t^2/2}/\\sqrt{2\\pi}\\,dt$", given=REAL)
slope("gelu", Gelu(A), NormalDistribution(A) + entrywise(A, BELL), "$d\\,\\mathrm{gelu}(t) = (\\Phi(t) + t\\,\\Phi'(t))\\,dt$", given=REAL)
slope("swish", Swish(A), entrywise(Sigmoid(A), ONE + entrywise(A, ONE - Sigmoid(A))),
      "$d\\,\\mathrm{swish}(t) = \\sigma(t)(1 + t(1-\\sigma(t)))\\,dt$")  # fmt: skip
slope("elu", Elu(A), Step(A) + entrywise(ONE - Step(A), Exp(A)), "$d\\,\\mathrm{elu}(t) = dt$ where $t>0$, else $e^{t}\\,dt$", given=REAL)
slope("huber", Huber(A), Relu(A + ONE) - Relu(A - ONE) - ONE, "$d\\,\\mathrm{huber}(t) = \\max(-1,\\min(t,1))\\,dt$", given=REAL)
slope("abs", Abs(A), Sign(A), "$d|t| = \\mathrm{sign}(t)\\,dt$", ["nonzero entries"], REAL)
slope("relu", Relu(A), Step(A), "$d\\max(0,t) = dt$ where $t>0$, else $0$", ["nonzero entries"], REAL)
states("sign", d(Sign(A)), number(0) * A, reason="piecewise constant", cite=CALCULUS, given=REAL, needs=[("nonzero entries", "A")])
states("step", d(Step(A)), number(0) * A, reason="piecewise constant", cite=CALCULUS, given=REAL, needs=[("nonzero entries", "A")])
states("maximum", d(Maximum(A, B)), d(B) + d(Relu(A - B)), reason="$\\max(s,t) = t + \\max(0,s-t)$", cite=CALCULUS, given=[*REAL, ("real", "B")], rides=True)
states("minimum", d(Minimum(A, B)), d(B) - d(Relu(B - A)), reason="$\\min(s,t) = t - \\max(0,t-s)$", cite=CALCULUS, given=[*REAL, ("real", "B")], rides=True)
states("softmax", d(Softmax(x)), entrywise(Softmax(x), d(x)) - Softmax(x) * Softmax(x).T * d(x),
       reason="differential of the softmax: $dp = p\\odot dz - pp^{T}dz$", cite=CALCULUS)  # fmt: skip
states("softmax of a row", d(Softmax(r)), entrywise(Softmax(r), d(r)) - d(r) * Softmax(r).T * Softmax(r),
       reason="differential of the softmax: $dp = p\\odot dz - dz\\,p^{T}p$", cite=CALCULUS)  # fmt: skip
states("softmax of each row", d(Softmax(A)), entrywise(Softmax(A), d(A) - entrywise(Softmax(A), d(A)) * ones("n") * ones("n").T),
       reason="differential of the softmax, row by row", cite=CALCULUS, given=[("matrix", "A")])  # fmt: skip
states("log-sum-exp of a vector", d(LogSumExp(x)), Softmax(x).T * d(x), reason="the gradient of log-sum-exp is the softmax", cite=CALCULUS)

states("log-sum-exp of each row", d(RowLogSumExp(A)), entrywise(Softmax(A), d(A)) * ones("n"), reason="the gradient of log-sum-exp is the softmax", cite=CALCULUS,
       given=[("matrix", "A")])  # fmt: skip
states("log-sum-exp of each column", d(ColumnLogSumExp(A)), d(RowLogSumExp(A.T)).T, reason="row by row of the transpose", cite=CALCULUS, rides=True)

states("square root", d(power(s, number(1, 2).value)), number(1, 2) * power(s, number(-1, 2).value) * d(s), reason="$d\\sqrt{t} = dt/(2\\sqrt{t})$",
       cite=CALCULUS, needs=[("positive", "s")])  # fmt: skip

states("power", d(power(A, p)), entrywise(Product((p, power(A, reckoned(p - number(1))))), d(A)), reason="power rule", cite=CALCULUS, given=[("number", "p")],
       tried_on=[d(power(s, 3)), d(power(A, 3)), d(power(s, -2))])  # fmt: skip
states("power with a moving exponent", d(power(A, p)), entrywise(Product((p, power(A, p - number(1)))), d(A)) + Product((entrywise(power(A, p), Log(A)), d(p))),
       reason="power rule", cite=CALCULUS, given=[("no number", "p")], tried_on=[d(power(s, p))])  # fmt: skip


states("open function", d(ScalarCall("?L", A)), inner(ScalarGradient("?L", A), d(A)), reason="chain rule", cite=CALCULUS, tried_on=[d(ScalarCall("L", A)), d(ScalarCall("L", x))])
states("open map", d(VectorCall("?f", x, ROWS)), OpenJacobian("?f", x, ROWS) * d(x), reason="chain rule", cite=CALCULUS,
       tried_on=[d(VectorCall("f", x, ROWS))])  # fmt: skip
states("open gradient", d(ScalarGradient("?L", x)), ScalarHessian("?L", x) * d(x), reason="chain rule", cite=CALCULUS, tried_on=[d(ScalarGradient("L", x))])


states("function", d(Call("?g", -1, A)), entrywise(Call("?g", one_more(-1), A), d(A)), reason="chain rule", cite=CALCULUS, tried_on=[d(Call("g", 0, A)), d(Call("g", 1, s))])


def slope_of(term: Term) -> Term | None:
    """f′(A) of an f(A) that acts on entries, by the rules of this page; None where the differential is no product with it."""
    found = slopes.first(d(term))
    if found is None or type(found[1]) not in (Hadamard, Product) or found[1].children[-1] is not d(term.of):
        return None
    factors = found[1].children[:-1]
    return factors[0] if len(factors) == 1 else type(found[1])(factors)

slopes.proves("softmax", r"$\log p = z - \mathbf{1}\log\sum_j e^{z_j}$, so $p^{\odot -1}\odot dp = dz - \mathbf{1}p^{T}dz$",
              (entrywise(power(Softmax(x), -1), d(Softmax(x))), d(x) - ones("n") * Softmax(x).T * d(x)))  # fmt: skip

slopes.teaches(BY_SLOPES, "function", "open function", "power")
slopes.teaches("every entry of a softmax depends on every entry of its argument, by the sum below the bar; hence the second term",
               "softmax", "softmax of a row", "softmax of each row", "log of a softmax")  # fmt: skip
