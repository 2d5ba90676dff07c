"""Objectives as papers write them, and their gradients as the literature gives them."""

import pytest

import derivtex
from derivtex.core.errors import NotDerivable

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
         r"\Bigl(A \odot (GV^{T}) - \operatorname{Diag}\Bigl(\bigl(A \odot (GV^{T})\bigr)\mathbf{1}\Bigr)A\Bigr)K"),
        (r"\mu = \exp(X\beta); L = \mathbf{1}^T(y\oslash\mu + \log\mu)", r"\beta", ["X: matrix n x d", r"\beta: vector d", "y: vector n"],
         r"X^{T}(1 - y \oslash \mu)"),
        (r"\sum_{i=1}^n \log\cosh(w^\top x_i - y_i)", "w", FAMILY, r"\sum_{i=1}^{n} \tanh(w^{T}x_i - y_i)x_i"),
        (r"\|\max(0, \mathbf{1} - y\odot(Xw))\|^2", "w", DATA, r"-2X^{T}\bigl(\operatorname{relu}(1 - y \odot Xw) \odot y\bigr)"),
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


ROWS = ["x_i: vector d for i = 1..n", "y_i: vector k for i = 1..n", "W: matrix k x d"]


@pytest.mark.parametrize("below", ["ic", "i,c"])
def test_entries_of_members_are_no_product_of_indices(below):
    """y_{ic} is the entry c of y_i, for a family and for what is defined with an index; ic is not i times c."""
    source = rf"z_i = Wx_i; L = \sum_i\sum_c y_{{{below}}}z_{{{below}}}"
    assert str(derivtex.derive(source, wrt="W", declare=ROWS).result) == r"\sum_{i=1}^{n} y_ix_i^{T}"


def test_a_family_of_numbers_has_no_second_index():
    """x_{ic} of numbers x_i is refused: it would be the member at the place i times c."""
    with pytest.raises(derivtex.core.errors.SyntaxProblem, match="not an index"):
        derivtex.derive(r"\sum_i\sum_c x_{ic}w_c", wrt="w", declare=["x_i: scalar for i = 1..n", "w: vector d"])


def test_a_letter_in_front_of_brackets_alone_is_the_normal_distribution():
    """\\Phi(X\\beta) is said to be the distribution function; asked for or not conforming otherwise, a matrix; beside \\Phi w it is asked about."""
    probit = derivtex.derive(r"y^T\log\Phi(X\beta)", wrt=r"\beta", declare=["X: matrix n x p", "y: vector n", r"\beta: vector p"])
    assert r"\exp" in str(probit.result) and any("normal distribution" in guess for guess in probit.derivation.problem.guesses)
    sizes = ["y: vector n", "w: vector m", "a: vector m"]
    for source, wrt in [(r"\|y - \Phi(w + a)\|^2", "w"), (r"\|y - \Phi(w)\|^2", r"\Phi")]:
        assert r"\exp" not in str(derivtex.derive(source, wrt=wrt, declare=sizes).result)
    with pytest.raises(NotDerivable, match="depends on w in a way that nothing tells"):
        derivtex.derive(r"\|y - \Phi(w)\|^2 + \|\Phi w\|^2", wrt="w", declare=sizes)


def test_an_undeclared_parameter_that_makes_the_target_a_row_is_a_vector():
    """With a number for \\beta, \\log\\sigma(x_i^T\\beta) would be a row."""
    sizes = ["x_i: vector p for i = 1..n", "y_i: scalar for i = 1..n"]
    answer = derivtex.derive(r"\sum_{i=1}^n y_i\log\sigma(x_i^T\beta)", wrt=r"\beta", declare=sizes)
    assert str(answer.result) == r"\sum_{i=1}^{n} y_i\bigl(1 - \sigma(x_i^{T}\beta)\bigr)x_i"


@pytest.mark.parametrize("name", ["gelu", "swish", "SiLU", "erf", "elu"])
def test_activations_are_known_by_their_names(name):
    """As functions of every entry, with a slope that is checked."""
    answer = derivtex.derive(rf"\mathbf{{1}}^T\operatorname{{{name}}}(Wx)", wrt="x", declare=["W: matrix m x n", "x: vector n"])
    assert answer.derivation.confirmed


LOGITS = ["X: matrix n x d", "W: matrix d x k", "Y: matrix n x k", "A: matrix n x d", "B: matrix n x d", *map("{}: vector n".format, "zyp")]
STATE = ["A: matrix n x n", "B: matrix n x m", "Q: matrix n x n symmetric", "R: matrix m x m symmetric", r"\Sigma: matrix n x n symmetric",
         "P: matrix n x n"]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "wrt", "declare", "gradient"),
    [
        (r"P = \operatorname{softmax}(XW); L = -\sum_{i,c} Y_{ic}\log P_{ic}", "W", LOGITS,
         r"X^{T}\bigl(\operatorname{Diag}(Y\mathbf{1})P - Y\bigr)"),
        (r"P = \operatorname{softmax}(AB^T); L = -\sum_i \log P_{ii}", "A", LOGITS, "PB - B"),
        (r"q = \frac{e^z}{\mathbf{1}^Te^z}; L = -y^T\log q", "z", LOGITS, r"(\mathbf{1}^{T}y)q - y"),
        (r"q = \frac{e^z}{\mathbf{1}^Te^z}; D = q^T(\log q - \log p)", "z", LOGITS, r"q \odot (\log q - \log p - D\mathbf{1})"),
        (r"P = (A - BK)^TP(A - BK) + Q + K^TRK; J = \operatorname{tr}(P\Sigma)", "K", [*STATE, "K: matrix m x n"],
         r"2\bigl(RK - B^{T}P(A - BK)\bigr)Y"),
        (r"\frac12y^TK^{-1}y + \frac12\log\det K", "K", ["K: matrix n x n posdef", "y: vector n"], r"\frac{1}{2}(K^{-1} - K^{-1}yy^{T}K^{-1})"),
    ],
)  # fmt: skip
def test_sums_over_entries_and_symmetric_solutions_end_in_matrix_form(source, wrt, declare, gradient):
    """A softmax under sums of entries is left as it is called; a solution of a symmetric equation has no two halves."""
    answer = derivtex.derive(source, wrt=wrt, declare=declare)
    assert answer.derivation.confirmed
    assert str(answer.result) == gradient


@pytest.mark.parametrize(
    ("source", "wrt", "gradient"),
    [
        (r"R^2 = 1 - \frac{\|y - X\beta\|^2}{\|y\|^2}", r"\beta", r"\frac{2}{\|y\|^{2}}X^{T}(y - X\beta)"),
        (r"T^2 = (x - \mu)^TS^{-1}(x - \mu)", r"\mu", r"-2S^{-1}(x - \mu)"),
        (r"\log p = -\frac12(x - \mu)^TS^{-1}(x - \mu)", r"\mu", r"S^{-1}(x - \mu)"),
    ],
)
def test_a_square_or_logarithm_on_the_left_is_a_name(source, wrt, gradient):
    """Of a letter that stands nowhere else; that is said."""
    sizes = ["X: matrix n x p", "y: vector n", r"\beta: vector p", "x: vector p", r"\mu: vector p", "S: matrix p x p posdef"]
    answer = derivtex.derive(source, wrt=wrt, declare=sizes)
    assert answer.derivation.confirmed and any("as a name" in guess for guess in answer.derivation.problem.guesses)
    assert str(answer.result) == gradient


@pytest.mark.parametrize("mark", ["x'", "x^+"])
def test_a_next_state_is_a_name_of_its_own(mark):
    """x' = Ax + Bu and x^+ = Ax + Bu define what they are called, and are no row then."""
    sizes = ["A: matrix n x n", "B: matrix n x m", "P: matrix n x n symmetric", "x: vector n", "u: vector m"]
    raised = mark if mark == "x'" else f"({mark})"
    answer = derivtex.derive(rf"{mark} = Ax + Bu; V = {raised}^TP{mark}", wrt="u", declare=sizes)
    assert answer.derivation.confirmed
    assert str(answer.result).replace("{+}", "+") == f"2B^{{T}}P{mark}"
    with pytest.raises(derivtex.core.errors.DerivtexError):
        derivtex.derive(f"{mark} = Ax + Bu; V = {mark}Px", wrt="u", declare=sizes)
