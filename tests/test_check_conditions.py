r"""Equations that are imposed or solved, assumptions, and what is told of an undefined loss."""

import pytest

import derivtex
from derivtex.core.errors import Source

RIDGE = r"""Let $y\in\mathbb{R}^m$, $F\in\mathbb{R}^{m\times q}$ and $c\in\mathbb{R}^q$.
$$E = \|Fc-y\|^2$$
$$\nabla_c E = 2F^TFc - 2F^Ty$$
Setting it to zero gives
$$F^TFc = F^Ty,$$
so that
$$%s$$
"""


def verdicts(text: str, **options) -> list[str]:
    return [line.verdict for line in derivtex.check(text, **options).lines if line.verdict != "skipped"]


def test_a_gradient_set_to_zero_and_its_solution() -> None:
    """The normal equation is a condition that names its line; the solution makes that line vanish, a wrong one does not hold."""
    report = derivtex.check(RIDGE % r"c = (F^TF)^{-1}F^Ty")
    assert [line.verdict for line in report.lines] == ["definition", "holds", "condition", "holds"]
    assert "line 3" in report.lines[2].reason and "line 3" in report.lines[3].reason
    assert verdicts(RIDGE % r"c = (F^TF)^{-1}F^Ty + c")[-1] != "holds"


def test_a_wrong_solution_of_a_condition_fails() -> None:
    text = "J(b) = (y-Xb)^T(y-Xb)\n\\nabla_b J = -2X^Ty + 2X^TXb\n\\nabla_b J = 0\n\\hat b = %s"
    declared = ["X: matrix n x p", "y: vector n", "b: vector p"]
    assert verdicts(text % r"(X^TX)^{-1}X^Ty", declare=declared) == ["definition", "holds", "condition", "holds"]
    assert verdicts(text % r"2(X^TX)^{-1}X^Ty", declare=declared) == ["definition", "holds", "condition", "fails"]


def test_a_solution_of_a_derivative_that_is_only_named_and_set_to_zero() -> None:
    text = "$J(b) = (y-Xb)^T(y-Xb)$\n\n$\\nabla J = 0$\n\n$b^* = %s$"
    assert verdicts(text % r"(X^TX)^{-1}X^Ty") == ["definition", "condition", "holds"]
    assert verdicts(text % r"2(X^TX)^{-1}X^Ty") == ["definition", "condition", "fails"]


def test_a_constraint_is_used_from_there_on() -> None:
    """Before it the line fails, behind it the line holds; what both sides of it make zero is not confirmed by it."""
    line, constraint = r"$\operatorname{tr}(U^TUB) = \operatorname{tr}(B)$", "$U^TU = I$"
    declared = ["U: matrix m x k", "B: matrix k x k"]
    assert verdicts(f"We need {line}", declare=declared) == ["fails"]
    assert verdicts(f"Let {constraint}, then {line}", declare=declared) == ["condition", "holds"]
    multiplier = "$h^Th = 1$ and $M = h^TBh - \\rho(h^Th-1)$: $\\frac{\\partial M}{\\partial\\rho} = h^Th - 1$"
    assert verdicts(multiplier, declare=["h: vector n", "B: matrix n x n", r"\rho: scalar"])[-1] == "fails"
    own = derivtex.derive(r"Let $h^Th = 1$ and $M = h^TBh + \lambda(1 - h^Th)$. Find $\frac{\partial M}{\partial\lambda}$.")
    assert str(own.result) == "1 - h^{T}h"


def test_assumptions_are_said_and_only_made_where_something_speaks_for_them() -> None:
    """2Qz holds if Q is symmetric, which a quadratic form suggests; a lost transpose does not become right so."""
    report = derivtex.check(r"\frac{\partial}{\partial z}(z^TQz) = 2Qz")
    assert report.lines[0].verdict == "holds" and report.lines[0].assuming == ("Q is symmetric",)
    assert verdicts(r"\frac{\partial}{\partial z}(z^TQz) = 3Qz") == ["fails"]
    assert verdicts(r"\operatorname{tr}(QR) = \operatorname{tr}(Q^TR)") == ["fails"]


def test_what_a_line_tells_of_an_undefined_loss_is_used_by_the_others() -> None:
    text = "h = Mu + c\n\\frac{\\partial L}{\\partial h} = q\n\\frac{\\partial L}{\\partial M} = %s"
    declared = ["M: matrix k x r", "u: vector r", "q: vector k"]
    assert verdicts(text % "qu^T", declare=declared) == ["definition", "definition", "holds"]
    assert verdicts(text % "2qu^T", declare=declared) == ["definition", "definition", "fails"]


def test_what_stands_below_a_derivative_on_the_right_may_be_defined_further_on() -> None:
    text = "$$\\frac{\\partial L}{\\partial W} = %s\\frac{\\partial L}{\\partial f}x^T$$\n\nwhere $f = Wx$"
    assert verdicts(text % "") == ["holds", "definition"]
    assert verdicts(text % "2") == ["fails", "definition"]


def test_indices_of_which_a_line_is_said() -> None:
    """The derivative of a softmax by cases."""
    text = r"""$$p_j = \frac{e^{u_j}}{\sum_k e^{u_k}}$$
$$\frac{\partial p_j}{\partial u_i} = p_i(1-p_i), \quad i = j$$
$$\frac{\partial p_j}{\partial u_i} = %s, \quad i \ne j$$"""
    assert verdicts(text % "-p_ip_j") == ["definition", "holds", "holds"]
    assert verdicts(text % "p_ip_j") == ["definition", "holds", "fails"]


def test_scopes() -> None:
    """Behind a heading a letter may be something else; what was defined before is still known."""
    text = "# One\nWith $f = a^Tx$ we get $\\nabla_xf = a$.\n# Two\nWith $f = \\operatorname{tr}(M^TX)$ we get $\\nabla_Xf = %s$."
    assert verdicts(text % "M") == ["definition", "holds", "definition", "holds"]
    assert verdicts(text % "2M")[-1] == "fails"


def test_a_line_has_the_place_of_its_own_text() -> None:
    """A further line of a chain begins with its relation, in the file as well."""
    text = "\\begin{align*}\n  d(u^Tu) &= du^Tu + u^Tdu \\\\\n          &= 2u^Tdu\n\\end{align*}"
    lines = derivtex.check(text).to_dict()["lines"]
    assert [(line["place"]["line"], line["place"]["column"], line["place"]["end_line"]) for line in lines] == [(2, 3, 2), (3, 12, 3)]
    assert lines[1]["latex"] == "= 2u^Tdu"


def test_columns_that_the_words_call_orthonormal_are_no_mistake() -> None:
    given = r"The columns of $A\in\mathbb{R}^{n\times k}$ are orthonormal. Then $\frac{\partial}{\partial x}\|Ax-b\|^2 = "
    line = derivtex.check(given + "2x - 2A^Tb$.").lines[-1]
    assert (line.verdict, line.assuming) == ("holds", ("the columns of A are orthonormal",))
    assert verdicts(given + "x - 2A^Tb$.") == ["fails"]


def test_a_property_that_is_not_counted_with_is_no_ground_for_a_mistake() -> None:
    claim = r"Then $\frac{\partial}{\partial x}\|Px\|^2 = 2Px$."
    line = derivtex.check("Let $P$ be a projection matrix. " + claim).lines[-1]
    assert (line.verdict, line.reason) == ("unknown", "the words around $P$ tell of a property, projection matrix, with which it was not tried")
    assert verdicts("Let $P$ be a matrix. " + claim) == ["fails"]


def test_the_line_that_states_an_assumption_is_cited() -> None:
    text = "Let $f = x^TAx$.\n\nRecall that every covariance such as $A$ is symmetric in practice. Then\n\n$$\\nabla_x f = 2Ax$$"
    line = derivtex.check(text).lines[-1]
    assert (line.verdict, line.assuming, line.reason) == ("holds", ("A is symmetric",), "line 3 says so")


@pytest.mark.parametrize(("supposed", "line"), [
    (r"Let $A$ be an $n\times n$ matrix. Suppose $\operatorname{tr}(A)=0$.",
     r"\operatorname{tr}(AB)=\operatorname{tr}(BA), \quad \operatorname{tr}(A+I) = n"),
    (r"Suppose that $A^TA = AA^T$ with $A\in\mathbb{R}^{n\times n}$ and $x\in\mathbb{R}^n$.", r"\|Ax\|^2 = \|A^Tx\|^2"),
    (r"Let $A\in\mathbb{R}^{n\times n}$ be normal, $x\in\mathbb{R}^n$.", r"\|Ax\|^2 = \|A^Tx\|^2"),
    (r"Suppose $a$ and $b$ are orthogonal vectors.", r"\|a+b\|^2 = \|a\|^2 + \|b\|^2"),
])  # fmt: skip
def test_what_is_supposed_and_cannot_be_tried_accuses_nobody(supposed, line):
    """Without it the line is wrong."""
    found = derivtex.check(f"{supposed} Then $${line}.$$").lines
    assert found[-1].verdict == "unknown" and "not tried" in found[-1].reason and not any(each.verdict == "fails" for each in found)


@pytest.mark.parametrize(("text", "verdict"), [
    (r"This gives $X^TX\beta = X^Ty$, so that $$\hat\beta = (X^TX)^{-1}X^Ty$$", "holds"),
    (r"This gives $X^TX\beta = X^Ty$, so that $$\hat\beta = (XX^T)^{-1}X^Ty$$", "fails"),
    (r"This gives $X^TX\beta = X^Ty$, so that $$\hat\beta = Qz$$", "definition"),
    (r"The normal equations are $X^TX\beta = X^Ty$. The ridge estimate is $$\hat\beta = (X^TX+\lambda I)^{-1}X^Ty$$", "definition"),
])  # fmt: skip
def test_a_value_that_is_drawn_from_an_equation_has_to_satisfy_it(text: str, verdict: str) -> None:
    line = derivtex.check(Source(text, "notes.md")).lines[-1]
    assert line.verdict == verdict, line.reason


WEIGHTED = "$$F(u) = %s$$\n$$\\nabla F(u) = %s$$\n$$\\nabla F(u) = 0$$\n$$u = (B^TB + \\gamma I)^{-1}B^Tc$$"


@pytest.mark.parametrize(("function", "gradient", "verdict"), [
    (r"\frac{1}{2k}\|Bu-c\|^2+\frac{\gamma}{2}\|u\|^2", r"\frac1k B^T(Bu-c)+\gamma u", "fails"),  # k got lost, and is no multiplier
    (r"\frac{\delta}{2}\|Bu-c\|^2+\frac{\gamma}{2}\|u\|^2", r"\delta B^T(Bu-c)+\gamma u", "condition"),  # δ may be a multiplier for all that is said
    (r"\frac{1}{2}\|Bu-c\|^2+\frac{\gamma}{2}\|u\|^2", r"B^T(Bu-c)+\gamma u", "holds"),
])  # fmt: skip
def test_a_weight_that_got_lost_is_no_multiplier(function, gradient, verdict) -> None:
    assert verdicts(WEIGHTED % (function, gradient))[-1] == verdict


def test_the_multiplier_of_a_constraint_need_not_stand_in_the_solution() -> None:
    text = "$$L(v) = v^TMv - \\nu(d^Tv - 1)$$\nwhere $M$ is symmetric positive definite.\n$$\\nabla_v L = 2Mv - \\nu d = 0$$\n$$v = %s$$"
    assert verdicts(text % r"\frac{M^{-1}d}{d^TM^{-1}d}")[-1] == "holds"
    assert verdicts(text % r"\frac{Md}{d^TMd}")[-1] != "holds"
