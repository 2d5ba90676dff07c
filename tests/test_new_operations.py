"""Operations that were added by a card and an equation do all that the others do."""

import pytest

import derivtex

DECLARE = ["X : matrix m x n", "W : matrix n x p", "z : vector p", "y : vector m", "w : vector n", "t : scalar"]


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\mathbf{1}^T\operatorname{rowlse}(XW)", "W", r"X^{T}\operatorname{softmax}(XW)"),
    (r"y^T\operatorname{rowlse}(XW)", "W", r"X^{T}\operatorname{Diag}(y)\operatorname{softmax}(XW)"),
    (r"\operatorname{collse}(XW)z", "W", r"X^{T}\operatorname{softmax}(W^{T}X^{T})^{T}\operatorname{Diag}(z)"),
    (r"\operatorname{huber}(t)", "t", r"\operatorname{relu}(t + 1) - \operatorname{relu}(t - 1) - 1"),
    (r"\mathbf{1}^T\operatorname{huber}(Xw-y)", "w",
     r"X^{T}\bigl(\operatorname{relu}(Xw - y + \mathbf{1}) - \operatorname{relu}(Xw - y - \mathbf{1}) - \mathbf{1}\bigr)"),
])  # fmt: skip
def test_they_are_read_derived_confirmed_and_written(source, wrt, expected):
    """Turned out by the adjoints that are there; the derivative of Huber's function has kinks at 1 and -1, at which nothing is refuted."""
    found = derivtex.derive(source, wrt=wrt, declare=DECLARE)
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected


def test_their_code_is_stable():
    """The maximum of each row is subtracted before it is exponentiated."""
    assert "np.max(XW, axis=1, keepdims=True)" in derivtex.derive(r"\mathbf{1}^T\operatorname{rowlse}(XW)", wrt="W", declare=DECLARE).to_numpy()
