"""Derivations as people post them: with a bracket too many, a formula that has no name, a solution that is wrong."""

import pytest

import derivtex

DECLARE = ["x, w: vector p", "y, b: vector n", "X: matrix n x p", "W: matrix p x q", "Y: matrix n x q",
           "S: matrix p x p symmetric posdef", "\\alpha: scalar", "V: function",
           "r: row q", "R: matrix q+1 x n", "G: matrix p+q x n"]
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
    ("L = (w^Tx-1)^2\n\\frac{\\partial L}{\\partial w} = 2(w^Tx-1)x\n\\frac{\\partial^2L}{\\partial w^2} = 2x^2", "definition holds fails"),  # xx^T
    ("L = \\|Xw-y\\|^2\n\\frac{\\partial^2L}{\\partial w\\partial w^T} = 2X^2", "definition fails"),
    ("s = \\sigma(x)\n\\frac{ds}{dx} = \\operatorname{diag}(s - s^2)", "definition holds"),  # of the entries
    ("s = \\sigma(x)\n\\frac{ds}{dx} = \\operatorname{diag}(s + s^2)", "definition unreadable"),
    ("\\nabla_x x^2 = 2x", "holds"),  # of the length
    ("\\nabla_x x^TSx = \\frac{\\partial x^T}{\\partial x}Sx + x^TS\\frac{\\partial x}{\\partial x}\n= Sx + x^TS", "unreadable fails"),
    ("C(t) = A(t)SA(t)^{-1}\nC'(t) = A'(t)SA(t)^{-1} - A(t)SA(t)^{-1}A'(t)A(t)^{-1}", "definition holds"),
    ("C(t) = A(t)SA(t)^{-1}\nC'(t) = A'(t)SA(t)^{-1} - A(t)SA(t)^{-2}A'(t)", "definition fails"),
    ("\\frac{d}{d\\alpha}A^{-1}(\\alpha) = -A^{-1}(\\alpha)\\dot A(\\alpha)A^{-1}(\\alpha)", "holds"),
    ("\\frac{d}{d\\alpha}A^{-1}(\\alpha) = A^{-1}(\\alpha)\\dot A(\\alpha)A^{-1}(\\alpha)", "fails"),
    ("B(\\alpha) = V(\\alpha)^{1/2}SV(\\alpha)^{1/2}\nB'(\\alpha) = V(\\alpha)^{-1/2}V'(\\alpha)SV(\\alpha)^{1/2}", "definition fails"),
    ("z = [1\\ r]R\n\\frac{\\partial L}{\\partial R} = [1\\ r]^T\\frac{\\partial L}{\\partial z}", "definition holds"),  # blocks side by side
    ("z = [1\\ r]R\n\\frac{\\partial L}{\\partial R} = \\frac{\\partial L}{\\partial z}[1\\ r]^T", "definition fails"),
    ("Z = [X, Y]G\ndZ = [dX, dY]G", "definition holds"),
    ("t = W^Tx\n\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial t}x^T", "definition fails"),  # two layouts in one line
    ("t = W^Tx\n\\frac{\\partial L}{\\partial W} = x\\left(\\frac{\\partial L}{\\partial t}\\right)^T", "definition holds"),
    ("F(S) = S^2\nDF(S)[H] = SH + HS", "definition holds"),  # along a direction
    ("F(S) = S^2\nDF(S)[H] = 2SH", "definition fails"),
    ("h(X) = \\|X-B\\|_F^2\nh'(X)[H] = 2\\langle X-B,H\\rangle", "definition holds"),
    ("h(X) = \\|X-B\\|_F^2\n\\mathrm{D}h(X)(H) = \\langle X-B,H\\rangle", "definition fails"),
    ("\\begin{align} v &= Sx & \\nabla_x(x^Tv) &= 2Sx \\\\ & & &= 2v \\end{align}", "definition holds holds"),  # side by side
    ("X_1 := x^T\nd_x(Y) = K\nX_1 = x^TK", "definition definition unknown"),  # nothing tells K
    ("\\hat x = X'(y)", "definition"),  # a transpose, as y stands alone elsewhere
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


def test_the_slope_of_a_curve_is_written_as_it_stood() -> None:
    text = "\\ell(\\alpha) = -\\frac12y^TK(\\alpha)^{-1}y\n\\ell'(\\alpha) = -\\frac12y^TK(\\alpha)^{-1}K'(\\alpha)K(\\alpha)^{-1}y"
    line = derivtex.check(text, declare=DECLARE).to_dict()["lines"][1]
    assert line["mistake"]["kind"] == "sign"
    assert r"\frac{\partial K}{\partial\alpha}" in line["expected"]


def test_words_beside_a_row_that_goes_on_are_no_factor() -> None:
    rows = "$$\\begin{aligned} df &= 2w^TX^TX\\,dw && \\text{a length;} \\\\ &\\quad {} + 2w^TS\\,dw && \\text{transposes} \\end{aligned}$$"
    report = derivtex.check(f"With $f = \\|Xw\\|^2 + w^TSw$ we get\n{rows}", declare=DECLARE)
    assert [line.verdict for line in report.lines] == ["definition", "holds"]


def test_a_row_of_words_alone_is_no_part_of_the_next_one() -> None:
    rows = "$$\\begin{aligned} df &= dw^TSw + w^TS\\,dw && \\text{product;} \\\\ & && \\text{$S$ is symmetric} \\\\ &= 2w^TS\\,dw \\end{aligned}$$"
    assert [line.verdict for line in derivtex.check(f"With $f = w^TSw$ we get\n{rows}", declare=DECLARE).lines] == ["definition", "holds", "holds"]
