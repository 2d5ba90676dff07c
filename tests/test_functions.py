"""Functions of a matrix and spectra: what a person asks, against differences of the values themselves."""

import pytest

import derivtex
from derivtex.calculus.functions import closed_forms
from derivtex.checking.equations import confirm_equation
from derivtex.operations import Frechet, Inverse, MatrixExp, Product, Trace
from derivtex.rewriting.holes import matrix

SQUARE = ["X: matrix n x n", "A: matrix n x n"]
DEFINITE = ["X: matrix n x n posdef", "A: matrix n x n"]
SYMMETRIC = ["X: matrix n x n symmetric"]
X, E = matrix("X", "n", "n"), matrix("E", "n", "n")


@pytest.mark.parametrize(
    ("formula", "declare"),
    [
        (r"\operatorname{tr}(e^X)", SQUARE),
        (r"\operatorname{tr}(A e^X)", SQUARE),
        (r"\operatorname{tr}(A\sin X)", SQUARE),
        (r"\operatorname{tr}(X^p)", SQUARE),
        (r"\operatorname{tr}(A X^k)", [*SQUARE, "k: scalar integer"]),
        (r"\operatorname{tr}(X\log X)", DEFINITE),
        (r"\operatorname{tr}(A X^{-1/2})", DEFINITE),
        (r"\operatorname{tr}(A X^{3/2})", DEFINITE),
        (r"\operatorname{tr}(A X^{1/3})", DEFINITE),
        (r"\lambda_{\max}(X)", SYMMETRIC),
        (r"\lambda_{\max}(X)", SQUARE),
        (r"\frac{\sigma_{\max}(X)}{\sigma_{\min}(X)}", ["X: matrix m x n"]),
        (r"\prod_{i=1}^n \lambda_i(X)", SQUARE),
    ],
)
def test_a_gradient_is_confirmed(formula, declare):
    """Every step and the result hold at random points."""
    assert derivtex.derive(formula, wrt="X", declare=declare).derivation.confirmed


@pytest.mark.parametrize("others", [(X,), (Inverse(X), X), (MatrixExp(X),)], ids=len)
def test_functions_of_the_same_matrix_pass_under_the_trace(others):
    """tr(g(X) L_f(X; E)) = tr(g(X) f′(X) E)."""
    for which in ("exp", "sin", "cos", "log", "root", "1/3"):
        before = Trace(Product((*others, Frechet(which, X, E))))
        _, after = closed_forms.first(before)
        assert confirm_equation(before, after).confirmed


@pytest.mark.parametrize(("source", "wrt", "declare", "result"), [
    (r"\det(X)^{1/n}", "X", ["X: matrix n x n symmetric posdef"], r"\frac{1}{n}(\det X)^{1/n}X^{-1}"),
    (r"\|x\|^{p}", "x", ["x : vector n", "p : scalar"], r"p\|x\|^{p - 2}x"),
    (r"t^a e^{-bt}", "t", ["t, a, b : scalar"], r"e^{-bt}(at^{a - 1} - bt^{a})"),
    (r"\log(1+t^2)", "t", ["t : scalar"], r"\frac{2t}{1 + t^{2}}"),
    (r"y\,\sigma(w^Tx)", "w", ["w, x : vector n", "y : scalar", r"\sigma : function elementwise"],
     r"y\sigma(w^{T}x)\bigl(1 - \sigma(w^{T}x)\bigr)x"),
])  # fmt: skip
def test_scalars_are_written_in_order(source, wrt, declare, result):
    """Powers of one base are one power, a common factor stands once, letters stand before functions, and over a fraction line together."""
    found = derivtex.derive(source, wrt=wrt, declare=declare)
    assert found.confirmed and found.to_dict()["result"]["latex"] == result
    assert not found.assumptions or "1 + t" not in found.assumptions[0]


OPEN = [
    (r"\operatorname{tr}(g(X))", SQUARE, "g'(X)^{T}"),
    (r"\operatorname{Tr}(F(X))", [*SQUARE, "F: function"], "F'(X)^{T}"),
    (r"\operatorname{tr} g(AX)", SQUARE, "A^{T}g'(AX)^{T}"),
    (r"\operatorname{tr}(g(X))", SYMMETRIC, "g'(X)"),
    (r"\operatorname{tr}(f(X^T X))", ["X: matrix m x n"], "2Xf'(X^{T}X)"),
]


@pytest.mark.parametrize(("source", "declare", "result"), OPEN)
def test_an_open_function_under_the_trace_is_one_of_the_matrix(source, declare, result):
    """It is said, and the code calls the derivative with the matrix."""
    found = derivtex.derive(source, wrt="X", declare=declare)
    assert str(found.result) == result
    assert any("is a function of the matrix" in guess for guess in found.derivation.problem.guesses)
    assert found.derivation.verdict.confirmed


def test_an_elementwise_function_under_the_trace_stays_elementwise():
    found = derivtex.derive(r"\operatorname{tr}(g(X))", wrt="X", declare=[*SQUARE, "g: function elementwise"])
    assert str(found.result) == r"g'(X) \odot I"


@pytest.mark.parametrize("source", [r"\operatorname{tr}(A g(X))", r"\operatorname{tr}(g(X)^2)", r"a^T g(X) b", r"\operatorname{tr} g(X) + 1^T g(Xb)"])
def test_an_open_function_elsewhere_stays_ambiguous(source):
    with pytest.raises(derivtex.core.errors.AmbiguityError):
        derivtex.derive(source, wrt="X", declare=SQUARE)


@pytest.mark.parametrize(("source", "order", "expected", "assumed"), [
    (r"A^\psi", 1, r"A^{\psi}\log A", ["$A$ has no eigenvalue on the negative real axis"]),
    (r"\operatorname{tr}(B S^\psi)", 1, r"\operatorname{tr}(BS^{\psi}\log S)", []),
    (r"\operatorname{tr}(B S^\psi)", 2, r"\operatorname{tr}\bigl(BS^{\psi}(\log S)^{2}\bigr)", []),
    (r"\log\det(S^{\psi^2})", 1, r"2\psi\operatorname{tr}(\log S)", []),
])  # fmt: skip
def test_a_power_of_a_matrix_by_its_exponent(source, order, expected, assumed):
    """dS^ψ = S^ψ log S dψ, where the logarithm exists."""
    declare = [r"\psi : scalar", "A, B : matrix n x n", "S : matrix n x n posdef"]
    found = derivtex.derive(source, wrt=r"\psi", declare=declare, order=order)
    assert found.confirmed and str(found.result) == expected and found.assumptions == assumed
