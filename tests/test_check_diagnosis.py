r"""What is wrong with a line: the single edit that makes it right, of every kind, and nothing said of what is right."""

import numpy as np
import pytest

import derivtex

SHAPES = ["X: matrix m x p", "c: vector p", "u: vector m", "S: matrix p x p", r"\rho: scalar", "V: matrix m x k"]
CASES = [  # lines, the wrong one, its kind, what should stand on the right
    (r"e = \|Xc-u\|^2", r"\frac{\partial e}{\partial c} = X^T(Xc-u)", "factor", r"2X^{T}(Xc - u)"),
    (r"e = c^TSc", r"\frac{\partial e}{\partial c} = Sc - S^Tc", "sign", r"Sc + S^{T}c"),
    (r"e = c^TSc", r"\frac{\partial e}{\partial S} = S", "", None),
    (r"e = u^TXc", r"\frac{\partial e}{\partial X} = u^Tc^T", "transpose", r"uc^{T}"),
    (r"e = \operatorname{tr}(SS)", r"de = 2\,S\,dS", "trace", r"\operatorname{tr}(2S\,dS)"),
    (r"G = S^{-1}", r"dG = -S^{-1}\,dS\,S", "inverse", r"-S^{-1}\,dS\,S^{-1}"),
    (r"e = \|Sc\|", r"\frac{\partial e}{\partial c} = \frac{Sc}{\|Sc\|}", "term", r"\frac{S^{T}Sc}{\|Sc\|}"),
    (r"e = \frac12\operatorname{tr}(SS) - \log\det S", r"de = \operatorname{tr}((S - S)\,dS)", "inverse",
     r"\operatorname{tr}\bigl((S - S^{-1})\,dS\bigr)"),
    (r"e = \log(1+\rho^2)", r"\frac{de}{d\rho} = \frac{2\rho}{(1+\rho^2)^2}", "factor", None),
    (r"G = S^3", r"dG = 3S^2\,dS", "scalar-rule", None),
    (r"G = SSS", r"dG = dS\,S^2 + S\,dS\,S + dS", "term", r"dS\,S^{2} + S\,dS\,S + S^{2}\,dS"),
    (r"e = \operatorname{tr}(V^TXX^TV)", r"\frac{\partial e}{\partial V} = 2VXX^T", "order", r"2XX^{T}V"),
    (r"e = \rho c^Tc + \operatorname{tr}S", r"\frac{\partial e}{\partial c} = 2c", "factor", r"2\rho c"),
]


@pytest.mark.parametrize(("lines", "wrong", "kind", "expected"), CASES)
def test_the_edit_that_makes_a_line_right(lines: str, wrong: str, kind: str, expected: str | None) -> None:
    line = derivtex.check(f"{lines}\n{wrong}", declare=SHAPES).to_dict()["lines"][-1]
    assert line["verdict"] == "fails"
    if kind:
        assert line["mistake"]["kind"] == kind, line
    if expected is not None:
        assert line["expected"] == expected


@pytest.mark.parametrize(("lines", "wrong", "kind", "expected"), [case for case in CASES if case[3]])
def test_what_is_expected_holds(lines: str, wrong: str, kind: str, expected: str) -> None:
    """The line with what should stand there is right."""
    left = wrong.partition("=")[0]
    assert derivtex.check(f"{lines}\n{left} = {expected}", declare=SHAPES).lines[-1].verdict == "holds"


def test_an_index_that_is_another() -> None:
    text = r"\frac{\partial}{\partial b_k}\sum_{i=1}^p b_i^2 = 2b_i"
    line = derivtex.check(text, declare=["b: vector p"]).to_dict()["lines"][-1]
    assert (line["verdict"], line["mistake"]["kind"]) == ("fails", "index")


def test_sizes_that_cannot_be_mended_are_a_mistake_of_dimension() -> None:
    line = derivtex.check("e = c^Tc\n\\frac{\\partial e}{\\partial c} = XSXu", declare=SHAPES).to_dict()["lines"][-1]
    assert (line["verdict"], line["mistake"]["kind"]) == ("fails", "dimension")


def test_contradicting_declarations_end_nothing() -> None:
    """Of a name that is declared twice the first declaration counts, and the lines are judged."""
    text = "Let $A$ be an $n\\times n$ matrix. The scalar $A$ is another. $f = x^TAx$, so $df = dx^TAx + x^TA\\,dx$."
    assert [line.verdict for line in derivtex.check(text).lines][-1] == "holds"


@pytest.mark.parametrize(("lines", "verdict", "expected"), [
    ("f = (x^TAx)^2\ndf = 4 (x^TAx) A x\\, dx", "fails", "4x^{T}Ax(Ax)^{T}\\,dx"),  # two factors turned as one; the d stays before its x
    ("f = x^TAx\ndf = 2 A x\\, dx", "fails", "2(Ax)^{T}\\,dx"),
])  # fmt: skip
def test_neighbours_may_have_lost_their_transpose_together(lines, verdict, expected):
    line = derivtex.check(lines, declare=["A: matrix n x n symmetric", "x: vector n"]).to_dict()["lines"][-1]
    assert (line["verdict"], line["expected"], line["mistake"]["kind"]) == (verdict, expected, "transpose")


def test_a_line_that_conforms_for_no_kinds_and_that_one_change_makes_right_is_wrong():
    """Whatever the small x is: the number that is differentiated makes it a vector."""
    line = derivtex.check("$f = x^TAx$, $A$ symmetric.\n\n$df = 2 A x\\, dx$").to_dict()["lines"][1]
    assert (line["verdict"], line["expected"]) == ("fails", "2(Ax)^{T}\\,dx")


def test_the_forgotten_term_is_named():
    """A term that stands nowhere in the line, with a factor that is no number."""
    lines = "L = \\|Xw - y\\|^2 + \\lambda\\|w\\|^2\n\\nabla_w L = 2X^T(Xw - y)"
    line = derivtex.check(lines, declare=["X: matrix n x p", "w: vector p", "y: vector n", "\\lambda: scalar"]).to_dict()["lines"][1]
    assert line["verdict"] == "fails" and line["mistake"]["kind"] == "term" and line["mistake"]["repair"] == "2\\lambda w"


def test_a_wrong_line_comes_with_small_whole_numbers_at_which_it_fails() -> None:
    """They are NumPy statements to paste, and the two sides have these values there."""
    line = derivtex.check("f = x^TAx\ndf = 3x^TA\\,dx", declare=["A: matrix n x n", "x: vector n"]).to_dict()["lines"][1]
    seen = line["mistake"]["numbers"]
    names: dict[str, object] = {"np": np}
    exec(seen["numpy"], names)
    x, A, dx = (np.array(names[name]) for name in ("x", "A", "dx"))
    assert all(np.array_equal(each, np.rint(each)) and np.max(np.abs(each)) <= 6 for each in (x, A, dx))
    assert dx @ A @ x + x @ A @ dx == pytest.approx(seen["left"]) and 3 * x @ A @ dx == pytest.approx(seen["right"])
    assert seen["left"] != seen["right"] and seen["point"]["A"] == A.tolist()


def test_what_is_declared_holds_at_these_numbers() -> None:
    line = derivtex.check("f = \\log\\det X\n\\frac{df}{dX} = X^{-2}", declare=["X: matrix n x n symmetric posdef"]).to_dict()["lines"][1]
    X = np.array(line["mistake"]["numbers"]["point"]["X"])
    assert np.array_equal(X, X.T) and np.linalg.eigvalsh(X).min() > 0 and np.allclose(line["mistake"]["numbers"]["left"], np.linalg.inv(X), atol=1e-3)


@pytest.mark.parametrize(("wrong", "said"), [
    ("x^T\\,dx", "the factor 2 is missing"), ("3x^T\\,dx", "the factor should be 2, not 3"), ("2x^T(2\\,dx)", "the factor 2 should not be there"),
])  # fmt: skip
def test_a_factor_is_told_as_a_teacher_would(wrong: str, said: str) -> None:
    assert said in derivtex.check(f"f = x^Tx\ndf = {wrong}").to_dict()["lines"][1]["reason"]


def test_the_derivative_of_another_stage() -> None:
    """What is handed on through a layer is the derivative behind its function, not before it."""
    text = (
        r"$z = Wx$, $h = \tanh(z)$, $L = \|h - y\|^2$. Then $\frac{\partial L}{\partial h} = 2(h-y)$, $\frac{\partial L}{\partial z} = "
        r"\frac{\partial L}{\partial h} \odot (1 - h \odot h)$, $\frac{\partial L}{\partial W} = \frac{\partial L}{\partial h}x^T$."
    )
    *others, line = derivtex.check(text).to_dict()["lines"]
    assert [each["verdict"] for each in others[-2:]] == ["holds", "holds"]
    assert (line["verdict"], line["mistake"]["kind"], line["expected"]) == ("fails", "stage", r"\frac{\partial L}{\partial z}x^{T}")
