"""Convex, concave or neither: what the form of a second derivative shows, and what is said of it."""

import subprocess
import sys

import numpy as np
import pytest

import derivtex
from derivtex.checking.curvature import confirmed
from derivtex.derivation.curvature import curvature
from derivtex.derivation.definiteness import Definiteness

WEIGHTED = ["x_i: vector p for i = 1..n", "y_i: scalar for i = 1..n"]
CASES = {
    # function, variable, declarations, what it is, whether strictly, words of the reason
    "quadratic": (r"\frac12x^TQx + c^Tx", "x", ["Q: matrix n x n psd"], "convex", False, "positive semidefinite"),
    "definite quadratic": ("x^TQx", "x", ["Q: matrix n x n posdef"], "convex", True, "positive definite"),
    "least squares": (r"\|Ax-b\|^2", "x", [], "convex", False, "is a square"),
    "ridge": (r"\|Ax-b\|^2 + \lambda\|x\|^2", "x", [], "convex", True, "is a square"),
    "ridge of a matrix": (r"\|XW-Y\|_F^2 + \lambda\|W\|_F^2", "W", [r"\lambda: scalar positive"], "convex", True, "is a square"),
    "logistic regression": (r"\sum_{i=1}^n\log(1+\exp(-y_ix_i^Tw))", "w", WEIGHTED, "convex", False, "sigma"),
    "logistic regression of a matrix": (r"1^T\log(1+\exp(Xw)) - y^TXw", "w", [], "convex", False, "sigma"),
    "its likelihood": (r"\sum_{i=1}^n(y_i\log\sigma(w^Tx_i)+(1-y_i)\log(1-\sigma(w^Tx_i)))", "w", WEIGHTED, "concave", False, "sigma"),
    "log-sum-exp": (r"\log\sum_{i=1}^n e^{x_i}", "x", [], "convex", False, "variance"),
    "of affine forms": (r"\log\sum_{i=1}^m\exp(a_i^Tx+b_i)", "x", [], "convex", False, "variance"),
    "softmax regression": (r"-\sum_{i=1}^n t_i^T\log\operatorname{softmax}(Wx_i)", "W", [], "convex", False, "variance"),
    "Poisson regression": (r"\sum_{i=1}^n(\exp(w^Tx_i)-y_iw^Tx_i)", "w", WEIGHTED, "convex", False, "is a square"),
    "barrier": (r"-\sum_{i=1}^n\log x_i", "x", ["x: vector n positive"], "convex", True, ""),
    "negative entropy": (r"\sum_{i=1}^n x_i\log x_i", "x", ["x: vector n positive"], "convex", True, ""),
    "log-determinant": (r"\log\det X", "X", ["X: matrix n x n posdef"], "concave", True, "positive definite"),
    "norm": (r"\|x\|", "x", [], "convex", False, "Cauchy"),
    "hyperbola": (r"\sqrt{1+x^Tx}", "x", [], "convex", True, "Cauchy"),
    "hyperbola of affine forms": (r"\sqrt{1+\|Ax-b\|^2}", "x", [], "convex", False, "Cauchy"),
    "hyperbola of a form": (r"\sqrt{1+x^TQx}", "x", ["Q: matrix n x n posdef"], "convex", True, "Cauchy"),
    "hyperbola of which less is added than taken": (r"\sqrt{x^TQx-1}", "x", ["Q: matrix n x n posdef"], "neither", False, ""),
    "minus an exponential": (r"-\exp(a^Tx)", "x", [], "concave", False, "is a square"),
    "cosine": (r"\cos(a^Tx)", "x", [], "neither", False, ""),
    "a difference of forms": ("x^TAx - (b^Tx)^2", "x", ["A: matrix n x n posdef"], "neither", False, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_the_second_derivative_shows(name):
    """The form shows it with the reason, and numbers do not speak against it; where the form shows nothing, eigenvalues of both signs."""
    source, wrt, declare, wanted, strictly, words = CASES[name]
    derivation = derivtex.derive(source, wrt=wrt, declare=declare, order=2, check=False).derivation
    shown = confirmed(curvature(derivation))
    assert (shown.name or shown.seen) == wanted
    if shown.name:
        assert shown.found.definite == strictly and words in " ".join(each.words for each in shown.found.because)


def test_numbers_speak_against_what_the_form_seems_to_show():
    derivation = derivtex.derive("x^TAx", wrt="x", declare=["A: matrix n x n symmetric"], order=2, check=False).derivation
    wrong = curvature(derivation)._replace(name="convex")
    assert not confirmed(wrong).name


def test_semidefinite_matrices_are_semidefinite_and_others_are_not_shown_to_be():
    """Every matrix that is shown to be semidefinite is at random points, whatever the weights are."""
    terms = {"xx^T": True, "A^TA + xx^T": True, "A^TA - xx^T": False, r"\operatorname{Diag}(x)": False, r"\operatorname{Diag}(x\odot x)": True,
             r"x^Tx I - xx^T": True, r"2x^Tx I - xx^T": True, r"x^TxI - 2xx^T": False, r"A^TA\odot xx^T": True, "-xx^T": False,
             r"\operatorname{Diag}(\operatorname{softmax}(x)) - \operatorname{softmax}(x)\operatorname{softmax}(x)^T": True,
             r"\operatorname{Diag}(\operatorname{softmax}(x)) - xx^T": False}  # fmt: skip
    for source, wanted in terms.items():
        matrix = derivtex.derive(rf"\frac12 v^T({source})v", wrt="v", declare=["A: matrix m x n"], order=2, check=False).result
        assert (Definiteness().of(matrix) is not None) == wanted, source


QUESTIONS = [
    (r"Let $X$ be a symmetric matrix and $f(X)=-\log\det X$. Is $f$ convex?", "convex in the positive definite $X$"),
    ("Show that $f(x) = \\log(e^{x_1} + \\cdots + e^{x_n})$ is convex.", "**$f$ is convex in $x$: its Hessian is"),
    ("Define $f(a_1, a_2, \\ldots, a_n) = \\ln(e^{a_1} + e^{a_2} + \\cdots + e^{a_n})$. I want to prove that $f$ is convex. How?", "convex in $a$"),
    ("The loss is $L = \\frac1n\\sum_{i=1}^n\\log(1+\\exp(-y_ix_i^T\\theta))$ with $x \\in \\mathbb{R}^d$. Is it strongly convex? "
     "I would look at $\\nabla^2 L(\\theta)$.", "not strongly convex"),
    ("Is $f(x) = \\|Ax-b\\|^2 + \\frac{\\lambda}{2}\\|x\\|^2$ strongly convex in $x$ for $\\lambda > 0$? $\\lambda$ is a scalar.",
     "strongly convex as well"),
    ("Is $f(x) = x^TAx$ convex in $x$? $A$ is symmetric.", "if and only if $2A$ is positive semidefinite"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "words"), QUESTIONS, ids=[words[:30] for _, words in QUESTIONS])
def test_whether_it_is_convex_is_answered(question, words):
    reply = derivtex.answer(question)
    assert reply.wish == "hessian" and words in reply.text


def test_the_check_of_a_second_derivative_runs():
    """Second differences of the function along a random direction; families are arrays, and a logarithm gets positive numbers."""
    for source in (r"\sum_{i=1}^n\log(1+\exp(-y_ix_i^Tw))", r"-\sum_{i=1}^n\log w_i", "(a^Tw)^4"):
        post = derivtex.answer(f"Let $x_i$ be vectors. What is the Hessian of $f = {source}$ with respect to $w$?").text
        code = post.split("```python\n")[1].split("```")[0]
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert abs(float(run.stdout)) < 1e-4 and np.isfinite(float(run.stdout))


def test_members_that_are_symmetric_are_drawn_one_by_one():
    """The lines that a reader can run draw a family of symmetric matrices as an array of them."""
    post = derivtex.answer("Let $A_1, \\ldots, A_m$ be symmetric matrices and $f(x) = \\sum_{i=1}^m (x^TA_ix)^2$. What is the gradient of $f$?").text
    printed: list[float] = []
    exec(post.split("```python\n")[1].split("```")[0], {"print": printed.append})
    assert printed[0] < 1e-4


def test_where_there_is_no_closed_form_it_is_said_whether_iteration_finds_the_minimum():
    """Logistic regression with a ridge: the condition, a step of Newton's method that can be run, and that the function is convex."""
    post = derivtex.answer(
        "Which $w$ minimises $\\sum_{i=1}^n\\log(1+\\exp(-y_ix_i^Tw))+\\frac{\\lambda}{2}\\|w\\|^2$ for $\\lambda>0$? Is there a closed form?"
    ).text
    assert "**No closed form is known here; the function is convex" in post and "strictly convex" in post
    space: dict = {}
    exec(post.split("```python\n")[1].split("```")[0], space)
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(9, 3)), rng.choice([-1.0, 1.0], size=9), np.zeros(3)
    for _ in range(8):
        w = space["newton_step"](w=w, lambda_=1.0, y=y, x=x)
    assert w - (y / (1 + np.exp(y * (x @ w)))) @ x == pytest.approx(0, abs=1e-9)
