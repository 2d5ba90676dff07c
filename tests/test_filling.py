"""The steps between an author's lines: where they start and end, that the numbers confirm them, and how they are told."""

from __future__ import annotations

import json

import pytest

import derivtex
from derivtex.checking.lines import check_lines
from derivtex.core.errors import UsageError
from derivtex.filling.gaps import fillings
from derivtex.reading import read_lines

NOTES = r"""Let $L = f y$, $f = X W + b$ and $X \in \mathbb{R}^{1\times m}$, $W\in\mathbb{R}^{m\times 10}$, $y \in \mathbb{R}^{10}$.

$$
dL = df\, y = X\, dW\, y = \operatorname{tr}(y X\, dW)
$$

$$
\frac{\partial L}{\partial W} = X^T y^T
$$
"""


def filled(source: str, **options) -> list[dict]:
    return derivtex.check(source, fill=True, **options).to_dict()["lines"]


def ends_of(source: str):
    """For each line with steps what they start with, what they end in, and the claim's right side."""
    read = read_lines(source)
    for index, filling in fillings(read, check_lines(read)).items():
        chain = filling.derivation.chains[-1]
        yield chain, read[index].items[-1].right


def test_steps_lead_from_the_line_before_to_the_line():
    """Each chain begins with what stood before, and each of its steps where the last one ended."""
    lines = filled(NOTES)
    assert [len(line["steps"]) > 0 for line in lines] == [False, False, True, True, True, True]
    assert lines[3]["shown"] == [{"left": r"df\,y", "relation": "=", "right": r"X\,dW\,y", "reason": r"$df = X\,dW$"}]
    assert lines[4]["shown"][-1]["reason"] == "a scalar is its own trace; cyclic"
    assert all(step["confirmed"] for line in lines for step in line["steps"])
    for chain, _ in list(ends_of(NOTES))[:3]:
        ends = [chain.start, *(step.after for step in chain.steps)]
        assert all(step.before.shape == end.shape for step, end in zip(chain.steps, ends, strict=False))


@pytest.mark.parametrize(
    "claim",
    [
        r"d\operatorname{tr}(A^3) = 3\operatorname{tr}(A^2 dA)",
        r"\|Xw - y\|^2 = w^T X^T X w - 2 y^T X w + y^T y",
        r"d(A^{-1}) = -A^{-1} dA A^{-1}",
        r"\operatorname{tr}((A+B)(A-B)) = \operatorname{tr}(A^2) - \operatorname{tr}(B^2)",
        r"\|x - y\|^2 = \|x\|^2 - 2 x^T y + \|y\|^2",
        r"(A+B)^2 = A^2 + AB + BA + B^2",
        r"d(x^T A x) = x^T (A + A^T) dx",
        r"\nabla_x (x^T A x) = A x + A^T x",
        r"\frac{\partial}{\partial X} \|AX - B\|_F^2 = 2A^T A X - 2A^T B",
    ],
)
def test_identities_get_steps(claim):
    """Differentials, gradients and plain algebra: the ways from both sides meet, and the last formula is the author's."""
    (chain, right), *_ = ends_of(claim) if claim.startswith(("d", r"\|", r"\op", "(")) else [(None, None)]
    (line,) = filled(claim)
    assert line["verdict"] == "holds" and line["steps"] and all(step["confirmed"] for step in line["steps"])
    assert not any(r"\mathbf{0}" in each["right"] for each in line["shown"])  # of what is constant nothing is left
    if chain is not None:
        assert chain.steps[-1].after is right


def test_what_is_not_connected_has_no_steps():
    """Where the ways do not meet, nothing is made up."""
    (line,) = filled(r"(A + u v^T)^{-1} = A^{-1} - \frac{A^{-1} u v^T A^{-1}}{1 + v^T A^{-1} u}")
    assert line["verdict"] == "holds" and line["steps"] == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (r"\nabla_w \|Xw - y\|^2 = X^T X w - X^T y", "twice yours"),
        (r"\frac{\partial}{\partial A} \operatorname{tr}(A^T A) = A", "twice yours"),
        (r"\nabla_w (b^T w)^2 = -2 b^T w\, b", "minus yours"),
        (r"\nabla_x (x^T A x + x^T A^T x) = 4 A x", "yours for symmetric A"),
    ],
)
def test_a_claimed_result_beside_the_derived_one(claim, words):
    (line,) = filled(claim)
    assert line["verdict"] == "fails" and line["comparison"].endswith(words) and line["steps"]


def test_the_layout_that_is_asked_for():
    r"""$A^{-1}$ is the derivative of log det A in numerator layout, and in no other."""
    claim = r"\frac{\partial}{\partial A} \log\det A = A^{-1}"
    assert derivtex.check(claim, layout="numerator").lines[0].verdict == "holds"
    (wrong,) = filled(claim, layout="denominator")
    assert (wrong["verdict"], wrong["code"], wrong["expected"]) == ("fails", "layout", "A^{-T}")
    assert wrong["comparison"].endswith("yours is its transpose")
    row = r"\nabla_x (b^T x) = b^T"
    assert derivtex.check(row, layout="any").lines[0].verdict == "holds"
    assert derivtex.check(row, layout="denominator").lines[0].verdict == "fails"
    with pytest.raises(UsageError, match="layout cannot be wide"):
        derivtex.check(claim, layout="wide")


def test_what_is_assumed_is_used():
    """A covariance is symmetric: the steps say so."""
    lines = filled(r"Let $A$ be a covariance. $$ d \operatorname{tr}(X^T A X) = 2\operatorname{tr}(X^T A\, dX) $$")
    assert lines[-1]["steps"] and "symmetric" in json.dumps(lines[-1]["shown"])


def test_reports_hold_the_derivations():
    """As text with reasons, in LaTeX through a template, in Markdown and HTML as displays."""
    report = derivtex.check(NOTES, fill=True)
    assert r"df\,y = X\,dW\,y  $df = X\,dW$" in report.to_text()
    assert r"\begin{eqnarray*}" in report.to_text("tex") and r"\begin{align*}" in report.to_text("tex", "align")
    assert "### Line 4\n\n$$\n\\begin{aligned}" in report.to_text("markdown")
    page = report.to_text("html")
    assert "<details>" in page and r"X\,dW\,y" in page
    shown = report._repr_html_()
    assert "<script" not in shown and "$$" in shown


def test_html_escapes_and_counts():
    """What an author types is text; several documents have a table."""
    from derivtex.writing.reports import written

    first = derivtex.check(r"\operatorname{tr}(A<B>\text{<script>alert(1)</script>}) = 1; d(x^T x) = 2x^T dx").to_dict()
    page = written([("a<b>.md", first), ("b.md", derivtex.check("d(x^T x) = x^T dx").to_dict())], "html")
    assert "<script>alert" not in page and "a&lt;b&gt;.md" in page and 'class="overview"' in page
