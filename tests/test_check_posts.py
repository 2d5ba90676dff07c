"""Derivations as people post them: with a bracket too many, a formula that has no name, a solution that is wrong."""

import pytest

import derivtex

DECLARE = ["x, w: vector p", "y, b: vector n", "X: matrix n x p", "W: matrix p x q", "Y: matrix n x q", "S: matrix p x p symmetric posdef"]
CASES = [  # lines, their verdicts
    ("f = \\|Xw\\|^2\ndf = 2(\\big[w^TX^TX)\\big]dw)", "definition holds"),  # a bracket too many
    ("f = \\|Xw\\|^2\ndf = 2(\\big[w^TXX^T)\\big]dw)", "definition fails"),
    ("f = \\log\\det(XSX^T)\ndf = 2tr\\Big((XSX^T)^{-1})\\,XS\\,dX\\Big)", "definition fails"),
    ("f = \\|Xw\\|^2\ndf = 2\\left(w^TX^TX + S)\\right)dw", "definition unreadable"),  # it may have been opened behind the sum
    ("(y-Xw)^T(y-Xw)\n\\frac{dE}{dw} = 2X^T(y-Xw)", "definition fails"),
    ("(y-Xw)^T(y-Xw)\n\\frac{dE}{dw} = 2X^T(Xw-y)", "definition holds"),
    ("-\\frac12x^TSx\n\\frac{\\partial\\log g}{\\partial x} = -Sx", "definition holds"),
    ("-\\frac12x^TSx\n\\frac{\\partial\\log g}{\\partial x} = -2Sx", "definition fails"),
    ("\\log p = -\\frac12x^TSx", "unknown"),
    ("x^TSx\nE = w^Tw\n\\frac{dE}{dw} = 2w", "definition definition holds"),  # E has a formula of its own
    ("f(x) = \\exp(-\\|Xx-y\\|^2)\nf'(x) = -2f(x)(Xx-y)^T", "definition fails"),  # n columns for p
    ("L = \\frac{1}{2n}\\|XW-Y\\|_F^2\n\\frac{\\partial L}{\\partial W} = \\frac1n(XW-Y)X^T", "definition fails"),
    ("\\operatorname{tr}(X(X^TX)^{-1}X^T) = n", "fails"),
    ("\\operatorname{tr}(X(X^TX)^{-1}X^T) = p", "holds"),
    ("E(w) = \\|Xw-y\\|^2 + w^TSw\n\\nabla E = 2X^T(Xw-y) + 2Sw\n2X^T(Xw-y) + 2Sw = 0\nw = (X^TX+S)^{-1}X^Ty", "definition holds condition holds"),
    ("E(w) = \\|Xw-y\\|^2 + w^TSw\n\\nabla E = 2X^T(Xw-y) + 2Sw\n2X^T(Xw-y) + 2Sw = 0\nw = (X^TX-S)^{-1}X^Ty", "definition holds condition fails"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_posts(text: str, expected: str) -> None:
    assert [line.verdict for line in derivtex.check(text, declare=DECLARE).lines] == expected.split()


def test_what_is_left_out_is_said() -> None:
    report = derivtex.check("f = \\|Xw\\|^2\ndf = 2(\\big[w^TX^TX)\\big]dw)", declare=DECLARE)
    assert "closes nothing" in report.to_dict()["lines"][1]["reason"]


def test_a_matrix_of_some_order_is_square() -> None:
    text = "Let $S$ be a symmetric matrix of order $n$ and $x\\ne 0$. For $R(x) = \\frac{x^TSx}{x^Tx}$, $\\nabla R(x) = 0 \\iff Sx = R(x)x$."
    assert [line.verdict for line in derivtex.check(text).lines] == ["skipped", "definition", "condition", "condition"]
