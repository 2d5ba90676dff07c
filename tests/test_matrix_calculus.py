"""The harder matrix calculus, item by item: Kronecker products, half-vectorisations, second differentials, matrix functions, equations."""

import numpy as np
import pytest
import scipy

import derivtex
from derivtex.core.errors import NotDerivable

HESSIANS = [
    (r"\operatorname{vec}(X)^TA\operatorname{vec}(X)", ("X : matrix m x p", "A : matrix m*p x m*p symmetric"), "X", "2A"),
    (r"\|x\|_4^4", ("x : vector n",), "x", r"12\operatorname{Diag}(x^{\odot 2})"),
    (r"\operatorname{tr}(X^{-2})", ("X : matrix n x n",), "X",
     r"2\bigl(X^{-3} \otimes X^{-T} + X^{-2} \otimes (X^{T})^{-2} + X^{-1} \otimes (X^{T})^{-3}\bigr)K_{n,n}"),
]  # fmt: skip
JACOBIANS = [
    (r"x\otimes x", ("x : vector n",), "x", r"I_n \otimes x + x \otimes I_n"),
    (r"x\otimes Ax", ("x : vector n", "A : matrix m x n"), "x", r"I_n \otimes Ax + x \otimes A"),
    (r"A\otimes X", ("X : matrix m x n", "A : matrix p x r"), "X",
     r"(I_r \otimes K_{n,p} \otimes I_m)\bigl(\operatorname{vec}(A) \otimes I_{m n}\bigr)"),
    (r"\operatorname{vech}(X^{-1})", ("X : matrix n x n symmetric",), "X", r"-L_n(X^{-1} \otimes X^{-1})"),
]  # fmt: skip
GRADIENTS = [
    (r"a^T(x\otimes x)", ("x : vector n", "a : vector n*n"), "x", r"(I_n \otimes x^{T} + x^{T} \otimes I_n)a"),
    (r"\operatorname{tr}(A^2XA^2)", ("X : matrix n x n", "A : matrix n x n"), "X", "(A^{T})^{4}"),
    (r"\operatorname{tr}(X^{-1})", ("X : matrix n x n",), "X", r"-(X^{T})^{-2}"),
    (r"\|X^{+}\|_F^2", ("X : matrix n x m",), "X", "-2(X^{+})^{T}X^{+}(X^{+})^{T}"),
    (r"a^TXX^{+}a", ("X : matrix n x m", "a : vector n"), "X", "2(a - XX^{+}a)a^{T}(X^{+})^{T}"),
    (r"a^T\operatorname{vech}(X)", ("X : matrix n x n", "a : vector n*(n+1)/2"), "X", r"\operatorname{unvec}(L_n^{T}a)"),
]


def confirmed(source, declare, wrt, **options):
    """The result's LaTeX of a derivation that the numbers confirm."""
    answer = derivtex.derive(source, declare=declare, wrt=wrt, **options)
    assert answer.derivation.confirmed
    return answer.to_dict()["result"]["latex"]


@pytest.mark.parametrize(("source", "declare", "wrt", "expected"), JACOBIANS)
def test_a_jacobian_of_vec_by_vec(source, declare, wrt, expected):
    """It is written with as few Kronecker products as there need be."""
    assert confirmed(source, declare, wrt, form="vec") == expected


@pytest.mark.parametrize(("source", "declare", "wrt", "expected"), GRADIENTS)
def test_a_gradient(source, declare, wrt, expected):
    """It is as short as people write it."""
    assert confirmed(source, declare, wrt) == expected


@pytest.mark.parametrize(("source", "declare", "wrt", "expected"), HESSIANS)
def test_a_hessian(source, declare, wrt, expected):
    """Powers are written as powers."""
    assert confirmed(source, declare, wrt, order=2) == expected


RICCATI = ("A : matrix n x n", "B : matrix n x n posdef", "Q : matrix n x n posdef", "X : matrix n x n symmetric")
ROOT = ("A : matrix n x n posdef", "B : matrix n x n", "S : matrix n x n")
EQUATIONS = [
    (r"S^2 = A; f = \operatorname{tr}(BS)", ROOT, "A", {"structure": "ignore"}, "Q"),
    (r"A^TX + XA - XBX + Q = 0; f = \operatorname{tr}(X)", RICCATI, "A", {}, "-2XY"),
    (r"A^TX + XA - XBX + Q = 0; f = \operatorname{tr}(X)", RICCATI, "Q", {}, "-Y"),
]


@pytest.mark.parametrize(("source", "declare", "wrt", "options", "expected"), EQUATIONS)
def test_a_matrix_that_a_nonlinear_equation_fixes(source, declare, wrt, options, expected):
    """The differentiated equation is linear in the differential: of a Riccati equation a Lyapunov equation with the closed loop."""
    assert confirmed(source, declare, wrt, of="f", **options) == expected


def test_the_code_solves_a_matrix_equation():
    """The result's function finds the root and the solution of the linear equation by itself."""
    space = {"np": np, "scipy": scipy}
    exec(derivtex.derive(r"S^2 = A; f = \operatorname{tr}(BS)", declare=ROOT, wrt="A", of="f", structure="ignore").to_numpy(), space)
    a, b, h, along = np.diag([1.0, 2.0, 4.0]) + 0.3, np.arange(9.0).reshape(3, 3), 1e-5, np.cos(np.arange(9.0)).reshape(3, 3)
    slope = np.trace(b @ (scipy.linalg.sqrtm(a + h * along) - scipy.linalg.sqrtm(a - h * along))) / (2 * h)
    assert np.isclose(np.sum(space["gradient"](a, b) * along), slope, rtol=1e-7)


def test_an_equation_that_does_not_become_linear_is_refused():
    """Of X^TX = A the differential of X stands transposed, and X is not fixed."""
    with pytest.raises(NotDerivable):
        derivtex.derive(r"X^TX = A; f = \operatorname{tr}(X)", declare=["A : matrix n x n posdef", "X : matrix n x n"], wrt="A", of="f")


SQUARE, DEFINITE = ("X : matrix n x n", "A : matrix n x n"), ("X : matrix n x n posdef", "A : matrix n x n")
SECOND = [
    (r"\exp(X)", SQUARE, r"2\int_0^1\int_0^s \exp\bigl((1 - s)X\bigr)\,dX\,\exp\bigl((s - r)X\bigr)\,dX\,\exp(rX)\,dr\,ds"),
    (r"\log(X)", DEFINITE, r"-2\int_0^{\infty} (X + sI)^{-1}\,dX\,(X + sI)^{-1}\,dX\,(X + sI)^{-1}\,ds"),
    (r"\operatorname{tr}(\exp(X))", SQUARE,
     r"\operatorname{tr}\left(\left(\int_0^1 \exp(sX)\,dX\,\exp\bigl((1 - s)X\bigr)\,ds\right)\,dX\right)"),
    ("X^3", SQUARE, r"2\,dX\,dX\,X + 2\,dX\,X\,dX + 2X\,dX\,dX"),
    (r"\operatorname{tr}(X^3)", SQUARE, r"6\operatorname{tr}(dX\,dX\,X)"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "declare", "expected"), SECOND)
def test_a_second_differential(source, declare, expected):
    """Of a matrix function an integral over one or two numbers; of a power multiplied out, where that merges terms."""
    assert confirmed(source, declare, "X", form="differential", order=2) == expected


@pytest.mark.parametrize("source", [r"X^{1/2}", r"X^{1/3}", r"\operatorname{tr}(A X^{-1/2})", r"\operatorname{tr}(X\log X)"])
def test_second_differentials_of_roots_and_logarithms_are_confirmed(source):
    """They follow from the equation that a root solves, or from an integral of resolvents."""
    assert confirmed(source, DEFINITE, "X", form="differential", order=2)


def test_a_negative_power_is_differentiated_as_one():
    """Without the inverse of a square."""
    assert confirmed("X^{-2}", SQUARE, "X", form="differential") == r"-X^{-1}\,dX\,X^{-2} - X^{-2}\,dX\,X^{-1}"
