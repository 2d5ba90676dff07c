r"""Kinds by evidence: what nobody declared is what the formulas around it need, said with the reason."""

from __future__ import annotations

import numpy as np
import pytest

import derivtex
from derivtex.core.errors import AmbiguityError, ShapeError
from derivtex.reading import read


def kinds(source: str, wrt: str, declare: tuple[str, ...] = ()) -> tuple[dict[str, str], list[str], derivtex.Answer]:
    """The kind of each name, what is said of it, and the answer."""
    answer = derivtex.derive(source, wrt=wrt, declare=declare)
    told = answer.to_dict()
    return {each["latex"]: each["kind"] for each in told["symbols"]}, told["guesses"], answer


# source, variable, kinds that must be found, and a sentence's beginning for each departure from the convention
FOUND = [
    (r"(y-X\beta)^T(y-X\beta)", r"\beta", {r"\beta": "vector"}, [r"\beta is a vector: X stands before it and y stands beside X\beta"]),
    (r"f=\log\det(A+\sum_i x_i B_i)", "x", {"A": "matrix", "B": "matrix", "x": "vector"}, []),
    (r"\operatorname{tr}((A+\sum_i x_iB_i)^{-1}C)", "x", {"B": "matrix", "C": "matrix"}, []),
    (r"C\sum_i (y_i-w^Tx_i)^2", "w", {"C": "scalar", "w": "vector"}, ["C is a number", "x is a family of vectors"]),
    (r"\frac12\|w\|^2 + C\sum_i\max(0,1-y_i(w^Tx_i+b))", "w", {"C": "scalar", "b": "scalar"}, ["C is a number", "b is a number"]),
    (r"a = \sigma(W_1x + b_1); z = W_2a + b_2; C = \frac12(z-y)^2", "W_1", {"b_1": "vector", "b_2": "scalar", "y": "scalar"}, ["b_2 is a number"]),
    (r"\exp(At)", "t", {"t": "scalar", "A": "matrix"}, ["t is a number"]),
    (r"L = \max(0,Xw+b)^T 1", "w", {"w": "vector", "b": "vector"}, ["1 behind a factor is the vector of ones"]),
    (r"\mu=\frac1n 1^Tx; v=\frac1n\|x-\mu 1\|^2", "x", {"x": "vector", "n": "scalar"}, ["n is a number: it divides"]),
    (r"C = (f(m a+b)-t)^2", "m", dict.fromkeys("Cmabt", "scalar"), ["m is a number", "a is a number", "b is a number", "t is a number"]),
    (r"(f(m_1x_1)-t)^2", "m_1", {"m_1": "scalar", "x_1": "scalar"}, ["m_1 is a number"]),
    (r"E=\sum_{i=1}^m(y_i-wx_i-b)^2", "w", {"w": "scalar", "b": "scalar", "x": "vector"}, ["w is a number", "b is a number"]),
    (r"\Sigma^{-1}(x-\mu)", "x", {r"\mu": "vector"}, [r"\mu is a vector: x stands beside it"]),
    (r"\sum_i(x_i-\mu)^T\Sigma^{-1}(x_i-\mu)", r"\mu", {r"\mu": "vector", "x": "vector"}, [r"\mu is a vector", "x is a family of vectors"]),
    (r"-\frac{1}{2}(x-\mu)^T\Sigma^{-1}(x-\mu)", r"\mu", {r"\mu": "vector"}, [r"\mu is a vector"]),
    (r"\frac{\|x\|^2}{2\sigma^2}", "x", {r"\sigma": "scalar"}, []),
    (r"\operatorname{tr}(A b X c D)", "X", {"b": "scalar", "c": "scalar"}, ["b is a number: X stands behind it"]),
    (r"\log(1+e^{-x})", "x", {"x": "scalar"}, ["x is a number"]),
    (r"f(x)=ax+b", "x", dict.fromkeys("axb", "scalar"), ["x is a number"]),
    (r"\frac{1}{N}\sum_{i=1}^n\|W x_i - y_i\|^2", "W", {"N": "scalar", "W": "matrix"}, ["N is a number: it divides"]),
    (r"p_j = \frac{e^{W_jx+b_j}}{\sum_k e^{W_kx+b_k}}; L=-\sum_j y_j\log p_j", "W", {"W": "matrix"},
     ["W is a matrix, and with an index one of its rows"]),
    (r"\operatorname{vec}(X)^T(A\otimes B)\operatorname{vec}(X)", "X", {"X": "matrix", "A": "matrix", "B": "matrix"}, []),
    (r"\alpha^TK\alpha", r"\alpha", {r"\alpha": "vector", "K": "matrix"}, [r"\alpha is a vector"]),
    (r"\|XW+b-Y\|_F^2", "W", {"b": "row", "W": "matrix"}, ["b is a row: XW stands beside it", "the row b is added to every row"]),
    (r"\|WX+b-Y\|_F^2", "W", {"b": "vector"}, ["the vector b is added to every column"]),
    (r"\sum x_i w^Ty_i", "w", {"x": "vector", "y": "vector"}, ["y is a family of vectors", "the sum without an index runs over i"]),
    (r"f(x)=\sum_{j=1}^n\|x-x_j\|", "x", {"x": "vector"}, ["x_j is a family of vectors: x stands beside x_j"]),
    (r"m = \frac1n\sum_i z_i; \|m\|^2", "z_i", {"m": "vector"}, ["z is a family of vectors: a norm is taken of m"]),
    (r"C = a_0I + a_1A + a_2A^2", "A", {"a_0": "scalar", "a_1": "scalar", "a_2": "scalar"}, ["a_1 is a number: A stands behind it"]),
    (r"F = A_0 + \sum_{i=1}^{m}x_iA_i; f = \operatorname{tr}(F^2)", "x", {"A_0": "matrix", "A": "matrix"}, []),
    (r"\sum_{i=1}^n x_i A x_i^T", "A", {"x": "row"}, ["x is a family of rows"]),
    (r"\sum_i \|x_i W - y_i\|^2", "W", {"x": "row", "y": "row", "W": "matrix"}, ["x is a family of rows: y_i stands beside x_i W"]),
    (r"\mathbf{x}^T\mathbf{A}\mathbf{x} + \mathbf{b}", r"\mathbf{x}", {r"\mathbf{A}": "matrix"}, [r"\mathbf{b} is a number"]),
    (r"w_0 + w^Tx + x_1^2", "x", {"w_0": "scalar", "w": "vector"}, ["w_0 is a number"]),
    (r"\Sigma = \Lambda\Lambda^T + \operatorname{diag}(\psi); \log\det\Sigma", r"\psi", {r"\psi": "vector"}, [r"\psi is a vector"]),
    (r"w^HRw", "w", {"w": "vector", "R": "matrix"}, ["w and R are complex"]),
    (r"\frac{\partial}{\partial X}\operatorname{tr}(AX^{-1}B) = \operatorname{tr}(A\frac{\partial X^{-1}}{\partial X}B) "
     r"= -\operatorname{tr}(AX^{-1}X^{-1}B) = -X^{-2}BA", "X", {"X": "matrix", "A": "matrix"}, []),  # one departure, carried on
    (r"h = \tanh(W x + U h_0 + b); L = v^Th", "U", {"h_0": "vector", "U": "matrix"}, []),
    (r"hU+c^T; L=\|hU+c^T-y\|^2", "U", {"h": "row", "y": "row"}, ["h is a row: U stands behind it"]),
    (r"\|\Phi\theta-y\|^2+\lambda\|\theta\|^2", r"\theta", {r"\theta": "vector", r"\lambda": "scalar"}, [r"\theta is a vector"]),
]  # fmt: skip


@pytest.mark.parametrize("source, wrt, expected, told", FOUND, ids=[each[0] for each in FOUND])
def test_a_name_is_what_the_formula_needs(source, wrt, expected, told):
    """The kinds are found, the derivation is confirmed, and each departure from the convention is said with its reason."""
    found, guesses, answer = kinds(source, wrt)
    assert {name: found[name] for name in expected} == expected
    assert answer.confirmed
    for sentence in told:
        assert any(guess.startswith(sentence) for guess in guesses), guesses


def test_a_matrix_in_words_may_have_one_column():
    """“y and X are matrices” beside y − Xw: w stays a vector, y has one column."""
    found, guesses, answer = kinds(r"L=(y-Xw)^T(y-Xw)", "w", ("y: matrix", "X: matrix"))
    assert found["w"] == "vector"
    assert any(guess.startswith("y is a matrix of one column") for guess in guesses)
    assert str(answer.result) == "2X^{T}(Xw - y)"


def test_a_pencil_of_matrices_has_the_right_value(rng):
    """The derivative of log det(A + Σ x_i B_i) has the entries tr((A + Σ x_j B_j)⁻¹ B_i)."""
    answer = derivtex.derive(r"f=\log\det(A+\sum_i x_i B_i)", wrt="x").to_dict()
    scope: dict[str, object] = {"np": np}
    exec(answer["result"]["numpy"], scope)
    given = {"A": 5 * np.eye(3) + rng.normal(size=(3, 3)), "B": rng.normal(size=(2, 3, 3)), "x": rng.normal(size=2)}
    whole = given["A"] + np.einsum("i,ijk->jk", given["x"], given["B"])
    wanted = [np.trace(np.linalg.solve(whole, each)) for each in given["B"]]
    names = scope["gradient"].__code__.co_varnames[: scope["gradient"].__code__.co_argcount]
    assert np.allclose(scope["gradient"](*(given[name] for name in names)), wanted)


@pytest.mark.parametrize("source", [r"(\mathbf{W}x-y)^2", r"\mathbf{A}+\|x\|^2"])
def test_a_bold_capital_is_never_a_number(source):
    """Rather is the formula refused."""
    with pytest.raises(derivtex.DerivtexError):
        derivtex.derive(source, wrt="x")


def test_two_readings_that_are_equally_near_are_both_shown():
    r"""In e^T f X g h two of them may be numbers, or f a row; neither is chosen in silence."""
    with pytest.raises(AmbiguityError) as raised:
        derivtex.derive("a^T X b + c X d + e^T f X g h", wrt="X")
    assert "f is a number and g is a number" in raised.value.message
    assert "declare" in raised.value.way_out


@pytest.mark.parametrize("source, culprit, repair", [
    (r"L = \|Xw-y\|^2", "Xw", "X^Tw"), (r"y^T X X w", "y^T X X w", ""), (r"w^T X + X^T y", "", "")
])  # fmt: skip
def test_what_cannot_conform_is_refused_with_the_nearest_repair(source, culprit, repair):
    """With the place of the product that does not conform."""
    with pytest.raises(ShapeError) as raised:
        derivtex.derive(source, wrt="w", declare=["X: matrix n x p", "w: vector n", "y: vector n"])
    assert repair in raised.value.way_out
    if culprit:
        assert raised.value.span is not None and raised.value.span.text == culprit


CLAIMS = [
    r"\nabla_\theta\frac12(X\theta-y)^T(X\theta-y) = X^TX\theta - X^Ty",
    r"\nabla_w\frac1n\|Xw-y\|^2 = \frac2nX^T(Xw-y)",
    r"\frac{\partial}{\partial\beta}(y-X\beta)^T(y-X\beta) = -2X^T(y-X\beta)",
    r"s_{ij} = q_i^TWk_j; \frac{\partial s_{ij}}{\partial W} = q_ik_j^T",
    r"A = X^{-1}; A X = I",
]


@pytest.mark.parametrize("source", CLAIMS)
def test_true_lines_hold_with_the_kinds_that_they_need(source):
    """A checked line has its kinds from the same search as a derivation."""
    verdicts = [line["verdict"] for line in derivtex.check(source).to_dict()["lines"]]
    assert verdicts[-1] == "holds", verdicts


def test_a_wrong_line_does_not_bend_the_others():
    """W W^T for W^T W fails; that W might be a number is no way out of it."""
    source = "f = x^T\\mathbf{W}^T\\mathbf{W}x\n\\nabla_x f = 2\\mathbf{W}\\mathbf{W}^Tx\n\\nabla_x f = 2\\mathbf{W}^T\\mathbf{W}x"
    lines = derivtex.check(source).to_dict()["lines"]
    assert [line["verdict"] for line in lines] == ["definition", "fails", "holds"]


@pytest.mark.parametrize("source", [r"e^{f-\lambda t}", r"e^{-t}; e^{At}", r"x^{t}; \exp(t+x)"])
def test_a_time_that_another_statement_knows_breaks_nothing(source):
    """Whatever comes of it is an answer or an error of ours."""
    try:
        assert derivtex.derive(source, wrt="t").to_dict()
    except derivtex.DerivtexError as error:
        assert error.message


@pytest.mark.parametrize(
    ("text", "positive"),
    [
        (r"Let $f(x) = \lambda x^Tx$ where $\lambda>0$. Gradient of $f$?", True),
        (r"Let $f(x) = \lambda x^Tx$, $0 < \lambda$. Gradient of $f$?", True),
        (r"Let $f(x) = \lambda x^Tx$ with $\lambda < 0$. Gradient of $f$?", False),
        (r"Let $f(x) = \lambda x^Tx$. If $\lambda > 0$, it is convex. Gradient of $f$?", False),
    ],
)
def test_a_number_is_positive_where_it_is_said(text, positive):
    """As a case among others it is not said."""
    assert read(text).symbols[r"\lambda"].has("positive") is positive


def test_a_t_that_is_added_to_vectors_is_a_shift():
    """By t as a time where that conforms."""
    assert read(r"Gradient of $\|Rp+t-q\|^2$ wrt $t$").wrt[0].kind == "vector"
    assert read(r"derivative of $\exp(tA)x$ wrt $t$").wrt[0].kind == "scalar"


@pytest.mark.parametrize("formula", [r"\max(0, 1-y w^Tx)", r"\max\{0, \|w-x\|^2-m\}"])
def test_the_larger_of_two_is_no_optimum(formula):
    """`\\max` with nothing below it is a function, whether what is differentiated has a name or not."""
    assert type(read(f"What is the gradient of ${formula}$ with respect to $w$?").target).__name__ == "Relu"


def test_what_is_positive_is_rather_a_number_and_takes_no_word_of_the_next_name():
    """“$\\lambda > 0$, $A$ Hermitian” says nothing of λ but its sign; a small letter of which a sign is told is cheaper as a number."""
    told = read(r"Let $f = \lambda x^HAx$, $\lambda > 0$, $A$ Hermitian, $x\in\mathbb{C}^n$. $\frac{\partial f}{\partial x^*}$?").symbols
    assert told[r"\lambda"].kind == "scalar" and told["A"].has("hermitian")
    assert read(r"Let $f(x) = c x^TAx$ where $c > 0$ and $A \succ 0$ are given. Gradient?").symbols["c"].kind == "scalar"
