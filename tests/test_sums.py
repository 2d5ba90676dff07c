"""What depends on the index of a sum, and what must not be taken out of it or into it."""

import pytest

import derivtex
from tests.test_results import MATRICES, result


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\sum_{i=1}^n x_i^i", "x", r"\sum_{i=1}^{n} ix_i^{i - 1}e_i"),
    (r"\sum_{i=1}^n c_ix_i + a", "x", r"\sum_{i=1}^{n} c_ie_i^{T}"),
    (r"\sum_{i=1}^{n-1} X_{i,i+1}", "X", r"\sum_{i=1}^{n-1} e_ie_{i + 1}^{T}"),
    (r"\|3(a \otimes \operatorname{diag}(X))\|^2", "X", r"18\langle a, a\rangle(I \odot X)"),
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
