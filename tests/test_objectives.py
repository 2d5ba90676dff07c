"""Objectives as papers write them, and their gradients as the literature gives them."""

import pytest

import derivtex

NET = ["W_1: matrix h x d", "b_1: vector h", "W_2: matrix k x h", "b_2: vector k", "x: vector d", "y: vector k"]
DATA = ["X: matrix n x d", "w: vector d", "y: vector n"]
FAMILY = ["x_i: vector d for i = 1..n", "y_i: scalar for i = 1..n", "w: vector d"]


@pytest.mark.parametrize(
    ("source", "wrt", "declare", "gradient"),
    [
        (r"z_1 = W_1x + b_1; a_1 = \tanh(z_1); p = \operatorname{softmax}(W_2a_1 + b_2); L = -y^\top\log p", "W_1", NET,
         r"\Bigl((1 - a_1^{\odot 2}) \odot W_2^{T}\bigl((y^{T}\mathbf{1})p - y\bigr)\Bigr)x^{T}"),
        (r"A = \operatorname{softmax}(QK^\top); L = \langle G, AV\rangle", "Q",
         ["Q: matrix n x d", "K: matrix m x d", "V: matrix m x k", "G: matrix n x k"],
         r"\Bigl(A \odot GV^{T} - \operatorname{Diag}\bigl((A \odot GV^{T})\mathbf{1}\bigr)A\Bigr)K"),
        (r"\mu = \exp(X\beta); L = \mathbf{1}^T(y\oslash\mu + \log\mu)", r"\beta", ["X: matrix n x d", r"\beta: vector d", "y: vector n"],
         r"X^{T}(1 - y \oslash \mu)"),
        (r"\sum_{i=1}^n \log\cosh(w^\top x_i - y_i)", "w", FAMILY, r"\sum_{i=1}^{n} \tanh(w^{T}x_i - y_i)x_i"),
        (r"\|\max(0, \mathbf{1} - y\odot(Xw))\|^2", "w", DATA, r"-2X^{T}\bigl(y \odot \operatorname{relu}(1 - y \odot Xw)\bigr)"),
        (r"\sum_{i=1}^n\sum_{j=1}^m C_{ij}(P_{ij} - u_i^\top v_j)^2", "u_l",
         ["C: matrix n x m", "P: matrix n x m", "u_i: vector d for i = 1..n", "v_j: vector d for j = 1..m"],
         r"-2\sum_{j=1}^{m} C_{lj}(P_{lj} - u_l^{T}v_j)v_j"),
        (r"\frac12\sum_{i=1}^n\sum_{j=1}^n W_{ij}\|y_i - y_j\|^2", "y_k", ["W: matrix n x n symmetric", "y_i: vector d for i = 1..n"],
         r"2\sum_{j=1}^{n} W_{kj}(y_k - y_j)"),
        (r"p = \operatorname{softmax}(Wx); L = -\log p_j", "W", ["W: matrix k x d", "x: vector d"], r"(p - e_j)x^{T}"),
        (r"M = \sum_{i=1}^m w_ix_ix_i^\top; \operatorname{tr}(M^{-1})", "w_j", ["x_i: vector d for i = 1..m", "w_i: scalar for i = 1..m"],
         r"-x_j^{T}M^{-2}x_j"),
        (r"\sum_{i=1}^n (x_i-\mu)^\top\Sigma^{-1}(x_i-\mu)", r"\mu", [r"\Sigma: matrix d x d posdef", "x_i: vector d for i = 1..n"],
         r"-2\Sigma^{-1}\sum_{i=1}^{n} (x_i - \mu)"),
        (r"\sum_{k=1}^K x^\top A_k x", "x", ["A_k: matrix d x d posdef for k = 1..K", "x: vector d"], r"2\left(\sum_{k=1}^{K} A_k\right)x"),
        (r"x^\top A x", "x", ["A: matrix d x d psd", "x: vector d"], "2Ax"),
    ],
)  # fmt: skip
def test_a_gradient_reads_as_in_the_literature(source, wrt, declare, gradient):
    """Common factors stand once, no name is made that is used once, and what has a name is called by it."""
    answer = derivtex.derive(source, wrt=wrt, declare=declare)
    assert answer.derivation.confirmed
    assert str(answer.result) == gradient


def test_a_count_in_front_of_an_objective_is_a_number():
    """Where nothing tells what n is, it is not a vector that would make the target one."""
    answer = derivtex.derive(r"\ell = -\frac{n}{2}\left(\ln|\Sigma| + \operatorname{tr}(\Sigma^{-1}S)\right)", wrt=r"\Sigma",
                             declare=[r"\Sigma: matrix d x d posdef", "S: matrix d x d posdef"], structure="ignore")  # fmt: skip
    assert answer.result.shape == answer.derivation.problem.wrt[0].shape
    assert any("n is a number" in guess for guess in answer.derivation.problem.guesses)
