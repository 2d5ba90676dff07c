"""What depends on the index of a sum, and what must not be taken out of it or into it."""

import inspect
import warnings

import numpy as np
import pytest

import derivtex
from derivtex.checking.examples import Domain, draw, leaves_of
from derivtex.checking.manners import Drawing, plain
from derivtex.reading import read
from tests.test_results import MATRICES, result


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\sum_{i=1}^n x_i^i", "x", r"\sum_{i=1}^{n} ix_i^{i - 1}e_i"),
    (r"\sum_{i=1}^n c_ix_i + a", "x", r"\sum_{i=1}^{n} c_ie_i^{T}"),
    (r"\sum_{i=1}^{n-1} X_{i,i+1}", "X", r"\sum_{i=1}^{n-1} e_ie_{i + 1}^{T}"),
    (r"\|3(a \otimes \operatorname{diag}(X))\|^2", "X", r"18(a^{T}a)(I \odot X)"),
])  # fmt: skip
def test_an_index_is_no_constant(source, wrt, expected):
    """What depends on the index of a sum stays in it; what is not whole is not summed over all."""
    assert result(source, wrt, ["c_i : vector n for i = 1..n"]) == expected


def test_a_norm_in_a_sum_keeps_its_own_index():
    """The helper name for the argument of a norm under a sum does not take the index of the sum along."""
    declare = ["P : matrix n x n posdef", "b : vector n", "a_i : vector n for i = 1..k", r"\alpha : scalar"]
    found = derivtex.derive(r"\sum_{i=1}^k \|x + Mb + \alpha a_i\|_P", wrt="x", declare=[*MATRICES[:2], "x : vector n", *declare])
    assert found.confirmed and "a_i" in found.to_dict()["result"]["latex"]


def test_a_scalar_chain_named_is_written_once():
    """xᵀR⁻¹x in a product is replaced by its name, not multiplied with it."""
    found = derivtex.derive(r"\log\det(I + 4x(x-a)^T(x-a)x^T)", wrt="x", order=2, declare=MATRICES)
    assert found.confirmed


def test_a_scaled_squared_norm_under_a_sum_by_vec():
    declare = ["c_i : vector n for i = 1..k"]
    found = derivtex.derive(r"\sum_{i=1}^k (c_i^Ta)\|X\|_F^2", wrt="X", form="vec", declare=[*MATRICES, *declare])
    assert found.confirmed


BY_HAND = {
    r"\sum_{i=1}^n\sum_{j=1}^{i} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i + 1)),
    r"\sum_{i=1}^n\sum_{j=1}^{i-1} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i)),
    r"\sum_{i=1}^n\sum_{j=i}^n x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i, n)),
    r"\sum_{i=1}^n\sum_{j=i+1}^n x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i + 1, n)),
    r"\sum_{i=1}^n\sum_{j<i} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i)),
    r"\sum_{i=1}^n\sum_{j>i} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i + 1, n)),
    r"\sum_{i\le j} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i, n)),
    r"\sum_{i\geq j} x_iX_{ij}": lambda x, X, n: sum(x[i] * X[i, j] for i in range(n) for j in range(i + 1)),
    r"\prod_{i<j} (x_j-x_i)": lambda x, X, n: np.prod([x[j] - x[i] for i in range(n) for j in range(i + 1, n)]),
    r"\sum_{i=1}^n\prod_{j\ne i} x_j": lambda x, X, n: sum(np.prod(x) / x[i] for i in range(n)),
}


@pytest.mark.parametrize("source", BY_HAND)
def test_limits_and_orders_of_indices(source):
    """What a sum with conditions on its indices comes to, entry by entry; and its derivative is confirmed."""
    problem = read(source, wrt="x", declare=MATRICES)
    leaves = leaves_of([problem.target, *(problem.symbols[name] for name in ("x", "X") if name in problem.symbols)])
    point = draw(Domain(leaves), np.random.default_rng(1), Drawing(plain))
    values = {each.name: point.values[each] for each in leaves.symbols}
    x = values["x"].ravel()
    assert float(point.of(problem.target)) == pytest.approx(BY_HAND[source](x, values.get("X"), len(x)))
    assert derivtex.derive(source, wrt="x", declare=MATRICES).confirmed


UNREAD = (r"\sum_{i=1}^n\sum_{i=1}^n X_{ii}x_i", r"\sum_{i=1}^i x_i", r"\sum_{j\ne i} x_j", r"\sum_{i=1}^n\sum_{j=1}^{2i} x_ix_j")


@pytest.mark.parametrize("source", UNREAD)
def test_limits_that_are_not_read(source):
    with pytest.raises(derivtex.core.errors.SourceError):
        read(source, wrt="x", declare=MATRICES)


@pytest.mark.parametrize("source", [r"\operatorname{tr}(AXBX)", r"\operatorname{tr}(AX^{-1})", r"\operatorname{tr}(AX^3)"])
def test_the_hessian_by_a_symmetric_matrix_is_symmetric(source):
    declare = ["X : matrix n x n symmetric", "A, B : matrix n x n"]
    assert derivtex.derive(source, wrt="X", order=2, declare=declare).confirmed


def test_the_entry_of_a_number_is_the_number():
    """(pᵀp)₁ in what follows of Σᵢ(ppᵀp)ᵢ³ is pᵀp, also in the code."""
    found = derivtex.derive(r"\sum_{i=1}^{k} (pp^Tp)_i^3", wrt="p", declare=["p : vector k"])
    space = {"np": np}
    exec(found.to_numpy(), space)
    p = np.array([0.5, -1.0, 2.0])
    assert space["gradient"](p) == pytest.approx(3 * (p @ p) ** 3 * p**2 + 6 * (p @ p) ** 2 * np.sum(p**3) * p)

EXCLUDED = [
    (r"\sum_{i<j} \frac{1}{\|x_i-x_j\|}", "x_k", ["x_i: vector p for i = 1..n"],
     r"\sum_{i < k} \frac{x_i - x_k}{\|x_i - x_k\|^{3}} - \sum_{j > k} \frac{x_k - x_j}{\|x_k - x_j\|^{3}}"),
    (r"\sum_{i<j} \frac{q_i q_j}{\|r_i-r_j\|}", "q_k", ["r_i: vector p for i = 1..n", "q_i: scalar for i = 1..n"],
     r"\sum_{j > k} \frac{q_j}{\|r_k - r_j\|} + \sum_{i < k} \frac{q_i}{\|r_i - r_k\|}"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wrt", "declare", "result"), EXCLUDED)
def test_terms_that_a_condition_excludes_need_no_value(source, wrt, declare, result):
    """At i = j the reciprocal of a distance has none; neither the checker nor the code asks for it."""
    found = derivtex.derive(source, wrt=wrt, declare=declare)
    assert str(found.result) == result
    assert found.to_dict()["confirmed"]
    space = {"np": np}
    exec(found.to_numpy(), space)
    rng = np.random.default_rng(3)
    values = {"x_i": rng.normal(size=(4, 2)), "r_i": rng.normal(size=(4, 2)), "q_i": rng.normal(size=4), "k": 1}
    function = next(each for name, each in space.items() if name in ("gradient", "derivative"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = function(**{name: values[name] for name in inspect.signature(function).parameters})
    assert np.isfinite(got).all()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\sum_{i<j} \|x_i - x_j\|^2", r"\sum_{i < j} \|x_i - x_j\|^{2}"),
        (r"\sum_{i\ne j} x_i^T x_j", r"\sum_{i \ne j} x_i^{T}x_j"),
        (r"\sum_{i=1}^n \sum_{j\ne i} x_i^T x_j", r"\sum_{i=1}^{n} \sum_{j \ne i} x_i^{T}x_j"),
        (r"\sum_{i=1}^n \sum_{j=1}^{i} x_i^T x_j", r"\sum_{j \le i} x_i^{T}x_j"),
        (r"\sum_{i=1}^n \sum_{j=1}^n \delta_{ij} x_i^T x_j", r"\sum_{i=1}^{n} \sum_{j=1}^{n} \delta_{ij}x_i^{T}x_j"),
    ],
)
def test_a_condition_is_written_below_the_sum(source, text):
    """Where the two indices have the same limits; what a delta picks stays as it is."""
    found = derivtex.derive(source, wrt="x_k", declare=["x_i: vector p for i = 1..n"])
    assert text in found.to_latex()


def test_a_size_is_no_letter_of_an_index():
    """Beside a sum over n, what nothing tells the size of is m × m."""
    found = derivtex.derive(r"\sum_{n=1}^N (x_n-\mu)^T\Sigma^{-1}(x_n-\mu)", wrt=r"\Sigma").to_dict()
    shapes = {each["latex"]: each["shape"] for each in found["symbols"]}
    assert shapes[r"\Sigma"] == ["m", "m"]


def test_the_last_index_behind_dots_is_a_size_of_its_own():
    r"""The matrices of `x_1A_1 + … + x_nA_n` are not as large as they are many."""
    found = derivtex.derive(r"f = \log\det(x_1A_1+\dots+x_nA_n)", wrt="x").derivation.problem.symbols
    assert str(found["x"].shape[0]) == "n" and str(found["A"].shape[0]) != "n"


@pytest.mark.parametrize(("pair", "result"), [
    (r"\frac{1}{\|x_i - x_j\|}", r"-2\sum_{j \ne k} \frac{x_k - x_j}{\|x_k - x_j\|^{3}}"),
    (r"\log\|x_i - x_j\|", r"2\sum_{j \ne k} \frac{x_k - x_j}{\|x_k - x_j\|^{2}}"),
    (r"\|x_i - x_j\|^4", r"8\sum_{j=1}^{n} \|x_k - x_j\|^{2}(x_k - x_j)"),
])  # fmt: skip
def test_an_addend_that_has_no_value_stays_left_out(pair, result):
    """What is left out for i = j is a term 0/0; where it is 0 it may stand."""
    found = derivtex.derive(rf"\sum_{{i \ne j}} {pair}", wrt="x_k", declare=["x_i: vector p for i=1..n"])
    assert str(found.result) == result and found.confirmed
