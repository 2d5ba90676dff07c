"""The certificate says yes where it has looked, and no where it is sure."""

from dataclasses import replace

import numpy as np
import pytest

import derivtex
from derivtex.checking import confirm
from derivtex.checking.examples import stand_ins
from derivtex.core.errors import NotConfirmed, NotDerivable
from derivtex.operations import Number, Product, Zero
from tests.certificate_rates import outcome

VECTOR, SQUARE = "x, c, y : vector n", "X, A, P : matrix n x n"
CONFIRMED = [
    # far from 1
    (r"\exp(-100x^Tx)", "x", [VECTOR], {}),
    (r"\exp(1000x^Tx)", "x", [VECTOR], {}),
    (r"10^{6}c^Tc + x^Tx", "x", [VECTOR], {}),
    (r"10^{12}c^Tc + x^Tx", "x", [VECTOR], {}),
    (r"\log(x - 100)", "x", ["x : scalar"], {}),
    (r"\sqrt{x - 50}", "x", ["x : scalar"], {}),
    (r"\sqrt{1 - 100x^Tx}", "x", [VECTOR], {}),
    (r"\det(1000X)", "X", ["X : matrix 12 x 12"], {}),
    (r"10^{30}x^TAx", "x", [VECTOR, SQUARE], {}),
    (r"\log(10^{-12}x^Tx)", "x", [VECTOR], {}),
    (r"\log\log\log x", "x", ["x : scalar"], {}),
    (r"\log\sum_{i=1}^n\exp(500x_i)", "x", [VECTOR], {}),
    (r"\operatorname{tr}(X^{200})", "X", [SQUARE], {}),
    # kinks
    (r"L=\mathbf{1}^Th(Xw-y); h(t)=\frac12\max(0,t)^2-\frac12\max(0,t-1)^2", "w", [], {}),
    # nearly singular, of low rank, complex at some points
    (r"X(X^TX)^{-1/2}", "X", ["X : matrix m x n"], {}),
    (r"\operatorname{tr}((X^TX)^{1/2}P)", "X", ["X : matrix m x n", "P : matrix n x n"], {}),
    (r"\operatorname{tr}(\log(X^TX)P)", "X", ["X : matrix m x n", "P : matrix n x n"], {}),
    (r"\|X\|_*", "X", ["X : matrix m x n"], {"order": 2}),
    (r"\|X\|_2", "X", ["X : matrix m x n"], {"order": 2}),
    (r"\sigma_{\min}(X)", "X", ["X : matrix 3 x 3"], {"order": 2}),
    (r"C=\exp(-D/(2\ell^2))+\sigma^2 I; L=y^TC^{-1}y", r"\ell", ["D : matrix n x n positive symmetric", r"\ell, \sigma : scalar", VECTOR], {}),
    (r"\operatorname{tr}(X^TX)\|XA\|_*", "X", ["X : matrix m x n", "A : matrix n x p"], {"order": 2}),
    (r"\|X^k y\|^2", "y", [SQUARE, "k : scalar", "y : vector n"], {}),
    (r"\|A^{1/2}\|_F^2", "A", ["A : matrix n x n symmetric"], {}),
    (r"\|Y - B\operatorname{tr}(M\log M)\|_F^2", "B", ["M : matrix n x n", "Y, B : matrix m x p"], {}),
    # tied entries, sizes of 1, sizes of which one is a power of the other
    ("A", "A_{ij}", ["A : matrix n x n symmetric"], {}),
    ("AX", "A_{ij}", ["A : matrix n x n symmetric", "X : matrix n x p"], {}),
    (r"\log(x^Ty)", "x", ["x, y : vector 1"], {"order": 2}),
    (r"\sum_{i=1}^n (y_i-w^Tx_i)^2", "w", ["w : vector 1", "x_i : vector 1 for i=1..n", "y_i : scalar for i=1..n"], {}),
    (r"A = \|Lx\|^2_2 = x^TL^TLx", "L", ["L : matrix 1 x 1", "x : vector 1"], {}),
    (r"\operatorname{tr}((X\otimes(B\otimes(B\otimes(B\otimes B))))C)", "X", ["X, B : matrix 2 x 2", "C : matrix 32 x 32"], {}),
    # an argument of a function that is also the variable
    (r"f = h(2t); h(t) = t^2", "t", ["t : scalar"], {}),
]


@pytest.mark.parametrize(("source", "wrt", "declare", "options"), CONFIRMED)
def test_what_is_right_is_confirmed(source, wrt, declare, options):
    """Points are found where the formula has a value that says something, and no noise is held against it."""
    assert derivtex.derive(source, wrt=wrt, declare=declare, **options).confirmed


def test_a_long_chain_of_definitions_is_confirmed():
    """Names are valued one after the other, not within one another."""
    layers = [r"h_{1} = \tanh(W_{1} x)", *(rf"h_{{{k}}} = \tanh(W_{{{k}}} h_{{{k - 1}}})" for k in range(2, 61))]
    assert derivtex.derive("; ".join([*layers, r"\ell = a^T h_{60}"]), of=r"\ell", wrt="W_{1}").confirmed


SPOILT = [
    (r"\exp(-100x^Tx)", 0), (r"\exp(-100x^Tx)", 2), (r"10^{6}c^Tc + x^Tx", 2), (r"10^{12}c^Tc + x^Tx", 2), (r"\exp(30)c^Tc + x^Tx", 2),
    (r"x^Tx + 10^{-8}x^TAx", 2), (r"10^{30}x^TAx", 2), (r"\log(1 + 10^{-6}x^Tx)", 2), (r"\mathbf{1}^T\max(x, 0)", 2),
    (r"10^{-6}\|x\| + 10^{12}c^Tc", 0), (r"\log(1 + 10^{-9}x^Tx)", 0),
]  # fmt: skip


@pytest.mark.parametrize(("source", "factor"), SPOILT)
def test_what_is_spoilt_is_not(source, factor):
    """Also where it is far smaller than what stands beside it, or a zero may seem to do."""
    right = derivtex.derive(source, wrt="x", declare=[VECTOR, SQUARE]).derivation
    result = Product((Number(factor), right.result)) if factor else Zero(*right.result.shape)
    assert not confirm(replace(right, chains=(), result=result, opened=None, unnamed=None)).verdict.confirmed


def test_a_lost_addend_is_noticed():
    """Points are sought at which it is large enough beside the other to be seen."""
    right = derivtex.derive(r"x^Tx + 10^{-8}x^TAx", wrt="x", declare=[VECTOR, SQUARE]).derivation
    only = derivtex.derive("x^Tx", wrt="x", declare=[VECTOR]).derivation.result
    assert not confirm(replace(right, chains=(), result=only, opened=None, unnamed=None)).verdict.confirmed


RANKS = [
    (r"\det(xx^T)", "x", ["x : vector n"], "xx^{T} is 1 at most"),
    (r"\log\det(xx^T)", "x", ["x : vector n"], "xx^{T} is 1 at most"),
    (r"\operatorname{tr}((xx^T)^{-1})", "x", ["x : vector 3"], "xx^{T} is 1 at most"),
    (r"\det(XX^T)", "X", ["X : matrix n x 2"], "XX^{T} is 2 at most"),
    (r"\det(xx^T + yy^T)", "x", ["x, y : vector 3"], "is 2 at most"),
    (r"\|xx^T\|_*", "x", ["x : vector n"], "xx^{T} is 1 at most"),
    (r"R = xx^T; f = \det R", "x", ["x : vector n"], "R is 1 at most"),
]


@pytest.mark.parametrize(("source", "wrt", "declare", "reason"), RANKS)
def test_what_the_shapes_make_singular_is_refused(source, wrt, declare, reason):
    """An assumption that cannot hold is none."""
    with pytest.raises(NotDerivable, match="rank") as refusal:
        derivtex.derive(source, wrt=wrt, declare=declare)
    assert reason in str(refusal.value)


@pytest.mark.parametrize(("shape", "expected"), [("2 x 4", "(ZZ^{T})^{-1/2}Z"), ("4 x 2", "Z(Z^{T}Z)^{-1/2}"), ("m x n", "Z(Z^{T}Z)^{-1/2}")])
def test_the_nuclear_norm_of_wide_and_tall_matrices(shape, expected):
    """The inverse is of the smaller of the two squares."""
    found = derivtex.derive(r"\|Z\|_*", wrt="Z", declare=[f"Z : matrix {shape}"])
    assert found.confirmed and str(found.result) == expected


def test_no_stand_in_for_a_power_of_another_size():
    """32 = 2⁵ may be what a Kronecker product makes."""
    assert stand_ins((2, 32), np.random.default_rng(0)) == {}


@pytest.mark.parametrize("seed", range(0, 240, 5))
def test_random_formulas(seed):
    """Right results are not refuted, and spoilt ones not confirmed; `python -m tests.certificate_rates` tries more of them."""
    what, more = outcome(seed)
    assert what != "refuted" and "spoilt, confirmed" not in more


ASSUMED = [
    ("y = Ay + x; f = c^Ty", "x", ["A : matrix n x n", VECTOR], "$I - A$ is invertible"),
    (r"f = \prod_{i=1}^n x_i", "x", [VECTOR], "$x_i$ is not zero"),
]


@pytest.mark.parametrize(("source", "wrt", "declare", "assumed"), ASSUMED)
def test_what_is_taken_for_granted_is_said(source, wrt, declare, assumed):
    """Where an equation was solved, and where a product is divided by its factors."""
    found = derivtex.derive(source, wrt=wrt, declare=declare)
    assert found.confirmed and assumed in found.assumptions


def test_a_number_that_is_also_a_size_is_one_argument():
    """No name stands twice in the head of a function."""
    found = derivtex.derive(r"x-\frac{\mathbf{1}^Tx}{n}\mathbf{1}", wrt="x", declare=["x : vector n"])
    assert found.to_numpy().startswith("def jacobian(n):\n")


def test_a_helper_is_not_named_as_a_size():
    """The softmax of a vector with p entries is not p."""
    found = derivtex.derive(r"\log(1^T\exp(\mu h))", wrt="h", declare=["h : vector p"], order=2)
    assert r"&= \mu^{2}\bigl(\operatorname{Diag}(q) - qq^{T}\bigr)" in found.to_latex(template="align")


@pytest.mark.parametrize(("source", "written"), [
    (r"\sum_{ij}\exp(X_{ij})", r"\exp^{\odot}(X)"),
    (r"\sum_{ij}\sin X_{ij}", r"\cos^{\odot}(X)"),
    (r"\operatorname{tr}(A^T\log^{\odot}X)", r"A \oslash X"),
    (r"\operatorname{tr}(\exp(X))", r"\exp(X)^{T}"),
])  # fmt: skip
def test_a_function_of_the_entries_is_not_written_as_one_of_the_matrix(source, written):
    """Of a square matrix it has a mark, which is read as well."""
    found = derivtex.derive(source, wrt="X", declare=[SQUARE])
    assert found.confirmed and str(found.result) == written


def test_a_property_that_a_definition_does_not_show_is_named():
    """Where the numbers speak against a step that used it."""
    with pytest.raises(NotConfirmed) as caught:
        derivtex.derive("Let $S = A + B$ be symmetric. What is the gradient of $x^TSx$?")
    assert caught.value.way_out == "S is said to be symmetric, which A + B is not by itself: say of its parts what makes it so"
