"""Integrals as they are printed: their quadrature is the value by which the result was confirmed."""

import numpy as np
import pytest

import derivtex
from derivtex.checking import Point, differences, value
from derivtex.core.shapes import shape
from derivtex.core.terms import Term
from derivtex.operations import Frechet, FrechetMatrix, Inverse, Product, SecondFrechet, symbol

SQUARE = shape("n", "n")
A, X, E, F = (symbol(name, "matrix", SQUARE) for name in "AXEF")
L, M, R = symbol("L", "matrix", shape("n", "p")), symbol("M", "matrix", shape("p", "m")), symbol("R", "matrix", shape("m", "n"))
s, r = symbol("s", "scalar"), symbol("r", "scalar")
SIZES = {"n": 3, "p": 4, "m": 5}
ARGUMENTS = {
    "X": X, "2X": 2 * X, "X + A": X + A, "AX": A * X, "XA": X * A, "AXA'": A * X * A.T, "X'X": X.T * X, "AX + E": A * X + E,
    "(AX)^-1": Inverse(A * X), "(A'X)'": (A.T * X).T, "LMR": L * M * R,
}  # fmt: skip
FUNCTIONS = ("exp", "sin", "cos", "log", "root", "1/3", "-1/3")


@pytest.fixture(autouse=True)
def _no_bound(monkeypatch):
    """Nodes of an unbounded integral are larger than what points of the certificate may be."""
    monkeypatch.setattr(differences, "LARGEST", np.inf)


def point_at(rng: np.random.Generator) -> Point:
    """Matrices near multiples of the identity, so that products of them have roots and logarithms."""
    values = {leaf: 0.15 * rng.standard_normal((3, 3)) + np.eye(3) for leaf in (A, X, E, F)}
    left, middle = np.linalg.qr(rng.standard_normal((4, 3)))[0].T, 0.1 * rng.standard_normal((4, 5)) + np.eye(4, 5)
    return Point({**values, L: left, M: middle, R: np.linalg.pinv(left @ middle)}, sizes=SIZES)


def nodes(upper: str) -> list[tuple[float, float]]:
    """Nodes and weights: Gauss's on [0, 1]; on [0, ∞) the trapezoidal rule in log s."""
    if upper == "1":
        at, weights = np.polynomial.legendre.leggauss(12)
        return [((t + 1) / 2, w / 2) for t, w in zip(at, weights, strict=True)]
    return [(float(np.exp(t)), 0.5 * float(np.exp(t))) for t in np.arange(-36, 36, 0.5)]


def integral(integrand: Term, upper: str, point: Point) -> np.ndarray:
    """The integral of a term over s."""
    total = 0.0
    for at, weight in nodes(upper):
        total = total + weight * value(integrand, Point({**point.values, s: at}, sizes=SIZES))
    return total


@pytest.mark.parametrize("which", FUNCTIONS)
@pytest.mark.parametrize("name", ARGUMENTS)
def test_the_integrals_of_frechet_derivatives(which, name, rng):
    """In a direction and as a matrix, of compound arguments too, rectangular factors among them."""
    argument, point = ARGUMENTS[name], point_at(rng)
    for term in (Frechet(which, argument, E), FrechetMatrix(which, argument)):
        found = integral(Product((term.form.factor, term.integrand(s))), term.form.upper, point)
        assert np.allclose(found, value(term, point), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("which", ["log", "1/3", "1/2"])
def test_the_integrals_of_second_frechet_derivatives(which, rng):
    """Those over one letter."""
    point = point_at(rng)
    term = SecondFrechet(which, A * X, E, F)
    found = integral(Product((term.form.factor, term.form.integrand(A * X, E, F, s, r))), r"\infty", point)
    assert np.allclose(found, value(term, point), rtol=1e-6, atol=1e-7)


def test_the_double_integral_of_the_exponential(rng):
    """Over 0 < r < s < 1."""
    point, term = point_at(rng), SecondFrechet("exp", A * X, E, F)
    integrand, total = term.form.integrand(A * X, E, F, s, r), 0.0
    for outer, weight in nodes("1"):
        for inner, weight_inside in nodes("1"):
            at = Point({**point.values, s: outer, r: outer * inner}, sizes=SIZES)
            total = total + weight * weight_inside * outer * value(integrand, at)
    assert np.allclose(total, value(term, point), rtol=1e-8)


def test_rectangular_factors_in_an_exponential():
    """Jacobian and Hessian have integrals that conform."""
    declare = ["A: matrix n x p", "X: matrix p x m", "B: matrix m x n"]
    for source, order in ((r"\exp(AXB)", 1), (r"\operatorname{tr}\exp(AXB)", 2)):
        found = derivtex.derive(source, wrt="X", declare=declare, order=order)
        assert found.confirmed and r"\exp" in found.to_latex()
