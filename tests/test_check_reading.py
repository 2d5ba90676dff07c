"""What an author's lines say: marks that mean a d, sides that are passed over, what is short for something; with inputs of derivtex's own."""

import pytest

import derivtex

ABX = ["A, B, X: matrix n x n", "x, y: vector n"]


def verdicts(text: str, declare: list[str] = ABX) -> list[str]:
    return [line.verdict for line in derivtex.check(text, declare=declare).lines]


@pytest.mark.parametrize(("text", "last"), [
    ("$F = A^{-1}$\n\n$\\delta F = F\\,\\delta A\\,F$", "fails"),
    ("$F = A^{-1}$\n\n$\\delta F = -F\\,\\delta A\\,F$", "holds"),
    ("$\\delta(AX) = A\\,\\delta X$", "holds"),  # A is constant
    ("$\\delta(AX) = \\delta A\\,X + A\\,\\delta X$", "holds"),
    ("f = x^TAx\n\\frac{\\delta f}{\\delta x} = (A+A^T)x", "holds"),
    ("\\frac{\\delta (AXB)}{\\delta X} = AB", "fails"),
    ("$f = \\delta x^Tx$\n\n$df = 2\\delta x^Tdx$", "holds"),  # a number here
    ("$L = \\|Ax-y\\|^2 + \\delta x^Tx$\n\n$\\nabla_x L = 2A^T(Ax-y)+2\\delta x$", "holds"),
])  # fmt: skip
def test_a_delta_that_can_be_nothing_else_is_a_d(text: str, last: str) -> None:
    assert verdicts(text)[-1] == last


def test_the_variation_is_written_as_the_author_writes_it() -> None:
    line = derivtex.check("$F = A^{-1}$\n\n$\\delta F = F\\,\\delta A\\,F$", declare=ABX).to_dict()["lines"][-1]
    assert line["expected"] == r"-F\,\delta A\,F"


def test_differentials_of_names_that_have_nothing_to_do_with_each_other_are_not_compared() -> None:
    assert verdicts(r"\mathrm{d}(\log\det A) = \frac{\mathrm{d}g}{g}") == ["unknown"]
    assert verdicts("d(x^Tx) = 3x^Tdx") == ["fails"]


@pytest.mark.parametrize(("text", "expected"), [
    ("f = \\operatorname{tr}(BX^{-1})\n\\frac{df}{dX} = \\frac{df}{d\\foo} = -BX^{-2}", ["definition", "fails"]),
    ("\\frac{d}{dA}x^TAy = \\frac{dx^TA}{dA}y\n= xy", ["unreadable", "fails"]),
    ("\\frac{d}{dA}x^TAy = \\frac{dx^TA}{dA}y\n= xy^T", ["unreadable", "holds"]),
])  # fmt: skip
def test_a_side_that_cannot_be_read_is_passed_over(text: str, expected: list[str]) -> None:
    """What stands behind it is said of the last side that was read; a product with a derivative of four indices is no mistake."""
    assert verdicts(text) == expected


def test_a_matrix_for_a_derivative_with_four_indices_may_be_a_factor_of_the_chain_rule() -> None:
    declare = ["X: matrix n x m", "W: matrix m x k"]
    assert verdicts("Y = XW\n\\frac{dY}{dX} = W^T", declare) == ["definition", "unknown"]
    assert verdicts("Y = XW\n\\frac{dY}{dX} = W", declare) == ["definition", "fails"]


def test_the_sign_of_a_gradient_may_stand_in_braces_and_be_large() -> None:
    assert verdicts("f = x^TAx\n{\\bigtriangledown}_{x} = (A+A^T)x") == ["definition", "holds"]
    assert verdicts("f = x^TAx\n{\\bigtriangledown}_{x} = (A-A^T)x") == ["definition", "fails"]


def test_functions_with_a_capital_and_ones_side_by_side() -> None:
    assert verdicts("f = Sin(x^Tx)\n\\frac{\\partial f}{\\partial x} = 2Cos(x^Tx)x") == ["definition", "holds"]
    assert verdicts("f = \\|1^TX\\|^2\n\\frac{\\partial f}{\\partial X} = 2\\cdot 11^TX") == ["definition", "holds"]
    assert verdicts("f = 11x^Tx\n\\frac{\\partial f}{\\partial x} = 22x") == ["definition", "holds"]
