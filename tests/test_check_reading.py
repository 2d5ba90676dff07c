"""What an author's lines say: marks that mean a d, sides that are passed over, what is short for something; with inputs of derivtex's own."""

import pytest

import derivtex
from derivtex.core.errors import Source

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


@pytest.mark.parametrize(("text", "last"), [
    ("$\\sum_i b_{ii} = tr(B)$", "holds"),
    ("$\\sum_i b_{ii} = 2tr(B)$", "fails"),
    ("$\\sum_{i,j} a_{ij}b_{ij} = \\operatorname{tr}(\\mathbf A^T\\mathbf B)$", "holds"),
    ("$\\sum_{i,j} a_{ij}b_{ij} = \\operatorname{tr}(\\mathbf A\\mathbf B)$", "fails"),
])  # fmt: skip
def test_small_letters_with_two_indices_are_entries_of_the_capital(text: str, last: str) -> None:
    """Also where that stands further on, or is bold."""
    assert verdicts(text, [])[-1] == last


def test_a_row_of_a_matrix_and_the_gradient_that_is_told_by_entries() -> None:
    declare = ["W: matrix K x d", "x: vector d", "b, o, p, y: vector K"]
    text = "o_i = W_ix + b_i\n\\frac{\\partial L}{\\partial o_i} = p_i - y_i\n"
    right = "\\frac{\\partial L}{\\partial b_i} = p_i - y_i\n\\frac{\\partial L}{\\partial W} = (p-y)x^T"
    wrong = "\\frac{\\partial L}{\\partial b_i} = p_i + y_i\n\\frac{\\partial L}{\\partial x} = W(p-y)"
    assert verdicts(text + right, declare)[2:] == ["holds", "holds"]
    assert verdicts(text + wrong, declare)[2:] == ["fails", "fails"]


def test_the_logarithm_of_a_name_may_define_it() -> None:
    declare = ["K: matrix n x n symmetric"]
    text = "$\\log p = -\\frac12y^TKy$\n\n$\\frac{\\partial p}{\\partial y} = "
    assert verdicts(text + "-pKy$", declare) == ["definition", "holds"]
    assert verdicts(text + "pKy$", declare) == ["definition", "fails"]


@pytest.mark.parametrize("text", [
    "$\\frac{\\partial p}{\\partial y} = -pKy$",  # tells what p is
    "$\\frac{\\partial a^Tb}{\\partial x} = c$",  # a and b may depend on x
    "$\\nabla g(x) = S(x)$\n\n$S'(x) = \\operatorname{diag}(S(x)) - S(x)S(x)^T$",
])  # fmt: skip
def test_the_derivative_of_what_is_not_told_is_not_tried(text: str) -> None:
    assert set(verdicts(text, ["K: matrix n x n", "x, y: vector n"])) == {"unknown"}


@pytest.mark.parametrize(("text", "last"), [
    ("$xx^T \\in \\mathbb{R}^{n\\times n}$", "holds"),
    ("$xx^T \\in \\mathbb{R}$", "fails"),
    ("$\\frac{\\partial x^TAx}{\\partial x} \\in \\mathbb{R}^n$", "holds"),
    ("$x^TA \\in \\mathbb{R}^{1\\times m}$", "holds"),  # letters of sizes may stand for one number
])  # fmt: skip
def test_what_is_said_of_the_shape_of_a_formula(text: str, last: str) -> None:
    assert verdicts(text)[-1] == last


def test_brackets_that_only_let_something_be_raised_again() -> None:
    declare = ["x: matrix n x d", "W^Q, W^K: matrix d x k"]
    assert verdicts("Q = xW^Q\nK = xW^K\nQK^T = xW^Q(W^K)^Tx^T", declare)[-1] == "holds"
    assert verdicts("Q = xW^Q\nK = xW^K\nQK^T = xW^Q(W^K)^Tx", declare)[-1] == "fails"


def test_the_words_say_what_a_matrix_is_that_depends_on_something() -> None:
    words = "Let $y\\in\\mathbb{R}^n$ and let $K(\\theta)$ be a symmetric matrix.\n\n$$\\ell = -\\tfrac12y^TK^{-1}y - \\tfrac12\\log|K|$$\n\n"
    right = "\\frac{\\partial\\ell}{\\partial\\theta} = \\tfrac12y^TK^{-1}\\frac{\\partial K}{\\partial\\theta}K^{-1}y - \\tfrac12"
    assert verdicts(f"{words}$${right}\\operatorname{{tr}}\\left(K^{{-1}}\\frac{{\\partial K}}{{\\partial\\theta}}\\right)$$", [])[-1] == "holds"
    line = derivtex.check(f"{words}$${right}K^{{-1}}\\frac{{\\partial K}}{{\\partial\\theta}}$$").lines[-1]
    assert (line.verdict, line.mistake and line.mistake.kind) == ("fails", "trace")


def test_an_identity_about_any_matrices_is_not_about_those_of_the_document() -> None:
    text = "I know that $\\operatorname{tr}(ABC)=\\operatorname{tr}(CAB)$. Here $A$ is $n\\times n$ and $B$ is $p\\times p$, $C$ is $m\\times m$."
    assert verdicts(text, []) == ["holds"]
    assert verdicts(text.replace("CAB", "CBA"), []) == ["fails"]


def test_a_prime_that_may_be_a_derivative_is_no_transpose_and_one_odd_name_is_one_odd_line() -> None:
    assert "fails" not in verdicts("$\\ell = \\sigma(w^Tx)$ with $\\sigma' = \\sigma(1-\\sigma)$", [])
    assert verdicts("$f = x^Tx$\n\n$\\href{x} = y$\n\n$df = 2x^Tdx$", []) == ["definition", "unreadable", "holds"]


@pytest.mark.parametrize("text", [
    "We write $p_1(x;b) = p(y=1|x;b), p_0 = 1-p_1$.\n\n$f = w^Tx$ and $\\nabla_w f = x$",
    "$X^TX b = X^Ty \\text{,}$",
    "$\\frac{\\partial X^TBX}{\\partial X} = (B+B^T)X$",
])  # fmt: skip
def test_nothing_ends_a_document_and_marks_in_words_are_marks(text: str) -> None:
    assert "fails" not in verdicts(text, [])


def test_the_delta_of_letters_that_count_is_the_delta() -> None:
    assert verdicts("$\\frac{\\partial X_{pq}}{\\partial X_{rs}} = \\delta_{pr}\\delta_{qs}$", ["X: matrix n x m"]) == ["holds"]
    assert verdicts("$\\frac{\\partial X_{pq}}{\\partial X_{rs}} = \\delta_{ps}\\delta_{qr}$", ["X: matrix n x n"]) == ["fails"]


def test_indices_that_stand_twice_may_be_summed_over() -> None:
    """Said as an assumption; a wrong index is no mistake that is certain."""
    declare = ["A, X: matrix n x n"]
    lines = derivtex.check("$X_{ij}A_{ji} = \\operatorname{tr}(XA)$\n\n$\\delta_{il}\\delta_{jk}A_{ji} = A_{kl}$", declare=declare).lines
    assert [(line.verdict, line.assuming) for line in lines] == [("holds", ("indices that stand twice are summed over",))] * 2
    assert verdicts("$\\delta_{il}\\delta_{jk}A_{ji} = A_{lk}$", declare) == ["unknown"]
    whole = "\\frac{\\partial \\operatorname{tr}(XA)}{\\partial X}"
    assert verdicts(f"${whole} = \\frac{{\\partial X_{{ij}}A_{{ji}}}}{{\\partial X_{{kl}}}}$", declare) == ["unreadable"]


def test_derivatives_of_vectors_in_denominator_layout() -> None:
    text = "$x = Bz$ and $\\frac{\\partial Ax}{\\partial z} = \\frac{\\partial x}{\\partial z}A^T$"
    line = derivtex.check(text, declare=["z, x: vector n", "A, B: matrix n x n"]).lines[-1]
    assert (line.verdict, line.assuming) == ("holds", ("derivatives of vectors are in denominator layout",))


def test_what_an_identity_only_tells_of_a_name_is_not_held_against_it() -> None:
    text = "f(W) = \\|W\\|_2 = u^TWv\n\\nabla f(W) = uv^T"
    assert verdicts(text, ["W: matrix m x n"])[-1] == "unknown"


def test_a_name_is_spelt_one_way_or_another_beside_the_word_for_its_property() -> None:
    text = "$f = \\mathbf x^T\\mathbf A\\mathbf x$ with $\\nabla_{\\mathbf x} f = (\\mathbf A+\\mathbf{A}^T)\\mathbf{x}$.\n\nWhere $\\mathbf{A}$"
    assert verdicts(text + " is symmetric, $(\\mathbf{A}+\\mathbf{A}^T)\\mathbf{x} = 2\\mathbf{Ax}$.", [])[-1] == "holds"


@pytest.mark.parametrize(("text", "expected"), [
    ("Let $f = \\|XW-Y\\|^2$.\n\n$\\nabla_{\\mathrm W} f = 2\\mathrm X^T\\mathrm X\\mathrm W - 2\\mathrm X^T\\mathrm Y$", ["definition", "holds"]),
    ("Let $f = \\|XW-Y\\|^2$.\n\n$\\nabla_{\\mathrm W} f = 2\\mathrm X^T(\\mathrm X\\mathrm W + \\mathrm Y)$", ["definition", "fails"]),
    ("I have\n\n$$(Ax-y)^T(Ax-y)$$\n\n$$= x^TA^TAx - 2y^TAx + y^Ty$$", ["holds"]),
    ("I have\n\n$$(Ax-y)^T(Ax-y)$$\n\n$$= x^TA^TAx - y^TAx + y^Ty$$", ["fails"]),
    ("$0 = \\nabla_X \\foo(X) = 2X$", ["unreadable", "unreadable"]),  # the zero is what it is set to
    ("$f(x+h) = f(x) + \\frac{\\partial f(x)}{\\partial x}h$", ["unknown"]),
    ("$f(x+h) = 2f(x) + \\frac{\\partial f(x)}{\\partial x}h$", ["fails"]),
    ("$\\frac{\\partial Ax}{\\partial x} = A$", ["holds"]),
    ("$\\frac{\\partial Ax}{\\partial x} = 2A$", ["fails"]),
    ("$\\nabla_X\\ln((2\\pi)^d\\det X) = X^{-T}$", ["holds"]),
])  # fmt: skip
def test_what_askers_write_is_read_as_they_mean_it(text: str, expected: list[str]) -> None:
    """Capitals in two fonts are one name, a formula begins a chain, a zero ends one, a series is no mistake, a d alone is a number."""
    assert verdicts(text, ["X: matrix n x n"] if "\\ln" in text else []) == expected


def test_a_symmetric_matrix_that_the_words_call_a_covariance_is_no_other_layout() -> None:
    """The inverse of Σ is its derivative where Σ is symmetric, which the words say; without them it is the other layout."""
    text = "$\\nabla_S\\operatorname{tr}(SA) = A^T$ and $\\nabla_S\\log\\det S = S^{-1}$"
    assert [line.verdict for line in derivtex.check(f"The co-variance matrix is S. {text}").lines] == ["holds", "holds"]
    assert "symmetric" in str(derivtex.check(f"The co-variance matrix is S. {text}").to_dict()["lines"][1]["assuming"])


@pytest.mark.parametrize("vector", ["[x_1, ..., x_n]^T", "[x_1 ... x_n]^T", r"[x_1 \ldots x_n]^T", r"(x_1, x_2, \dots, x_n)^T"])
def test_three_dots_are_an_ellipsis(vector: str) -> None:
    assert str(derivtex.derive(rf"f = x^Tx; x = {vector}; \frac{{\partial f}}{{\partial x}}").result) == "2x"


LOGISTIC = r"$L(w) = -\sum_{i=1}^n (y_i\log\sigma(w^Tx_i) + (1-y_i)\log(1-\sigma(w^Tx_i)))$ "


@pytest.mark.parametrize(("text", "expected"), [
    (r"$L(w) = \sum_{i=1}^n (w^Tx_i - y_i)^2$, $\nabla L(w) = 2X^T(Xw - y)$", ["definition", "holds"]),
    (r"$L(w) = \sum_{i=1}^n (w^Tx_i - y_i)^2$, $\nabla L(w) = 2X(X^Tw - y)$", ["definition", "holds"]),
    (r"$L(w) = \sum_{i=1}^n (w^Tx_i - y_i)^2$, $\nabla L(w) = X^T(Xw - y)$", ["definition", "fails"]),
    (LOGISTIC + r"$\nabla L = \sum_{i=1}^n (\sigma(w^Tx_i) - y_i)x_i = X^T(\sigma(Xw) - y)$", ["definition", "holds", "holds"]),
    (LOGISTIC + r"$\nabla^2 L = H$ where $H = X^TSX$ and $S = \operatorname{diag}(\sigma(Xw)\odot(1-\sigma(Xw)))$",
     ["definition", "holds", "definition", "definition"]),
    (LOGISTIC + r"$\nabla L = \sum_{i=1}^n (\sigma(w^Tx_i) - y_i)x_i$ and $H = X^TSX$", ["definition", "holds", "definition"]),  # X is not used
    (r"$f = \sum_i (y_i - \mathbf{w}^T\mathbf{x}_i)^2 = \|\mathbf{y}-\mathbf{X}\mathbf{w}\|^2$", ["definition", "holds"]),  # entries of a bold vector
    (r"$f = \sum_i (y_i - \mathbf{w}^T\mathbf{x}_i)^2 = \|\mathbf{y}+X\mathbf{w}\|^2$", ["definition", "fails"]),
    (r"$f = \sum_i y_i^2$, $\nabla f = 2\mathbf{y}$ and $\frac{\partial f}{\partial y_i} = 2y_i$", ["definition", "holds", "holds"]),
])  # fmt: skip
def test_the_members_of_a_sum_are_the_rows_or_columns_that_let_all_lines_conform(text: str, expected: list[str]) -> None:
    assert verdicts(text, []) == expected


@pytest.mark.parametrize(("frame", "last"), [
    (r"\boxed{\nabla_W f = X^T(XW - Y)}", "fails"),
    (r"\boxed{\nabla_W f = 2X^T(XW - Y)}.", "holds"),
    (r"\nabla_W f = \boxed{2X^T(XW - Y)}", "holds"),
    (r"\boxed{\begin{aligned}\nabla_W f &= 2X^T(XW - Y)\\ &= 2X^TXW - X^TY\end{aligned}}", "fails"),
])  # fmt: skip
def test_a_statement_in_a_frame_is_a_statement(frame: str, last: str) -> None:
    assert verdicts(rf"$f(W) = \|XW - Y\|_F^2$ so $${frame}$$", [])[-1] == last


def test_the_derivative_of_what_could_not_be_read_is_not_told_by_itself() -> None:
    text = r"$\ell(A) = \log|A| + \foo A$, $\frac{\partial\ell}{\partial A} = 3B$ and $d\ell = \operatorname{tr}(B\,dA)$"
    assert verdicts(text, ["A, B: matrix n x n"]) == ["unreadable", "unknown", "unknown"]


@pytest.mark.parametrize(("slope", "verdict"), [(r"\sigma(z)(1-\sigma(z))", "holds"), (r"\sigma(z)(1+\sigma(z))", "fails")])
def test_the_prime_of_the_logistic_function_is_its_derivative(slope: str, verdict: str) -> None:
    assert verdicts(rf"Using $\sigma'(z) = {slope}$ we get", []) == [verdict]


@pytest.mark.parametrize(("text", "expected"), [
    (r"$\sigma(z) = \max(0,z)$, $f = \sigma(w^Tx)$ so $\nabla_w f = \sigma'(w^Tx)x$", ["definition", "definition", "holds"]),
    (r"$\sigma(z) = \tanh z$, $f = \sigma(w^Tx)$ so $\nabla_w f = (1 - \sigma(w^Tx)^2)x$", ["definition", "definition", "holds"]),
    (r"$\sigma(z) = \frac{1}{1+e^{z}}$ so $\sigma'(z) = \sigma(z)(1-\sigma(z))$", ["definition", "fails"]),
    (r"$g(z) = \frac{e^z}{1+e^z}$ so $g'(z) = g(z)(1-g(z))$", ["definition", "holds"]),
    (r"$\sigma(z) = \frac{1}{1+e^{-z}}$, so $\sigma' = \sigma(1-\sigma)$, $\frac{d\sigma}{dz} = \sigma(1+\sigma)$", ["definition", "holds", "fails"]),
    (r"$g(z) = \tanh z$, $f = g(w^Tx)$ so $g' = 1 - g^2$, $\frac{dg}{dw} = (1-g^2)x$", ["definition", "definition", "holds", "unreadable"]),
    (r"$f = \sigma(w^Tx)$, $\sigma' = 1 - \sigma^2$, $\nabla_w f = \sigma(w^Tx)x$", ["definition", "unreadable", "fails"]),
    (r"Logistic: $f = \sigma(w^Tx)$, $\sigma' = \sigma(1-\sigma)$, $\nabla_w f = \sigma(w^Tx)x$", ["definition", "holds", "fails"]),
])  # fmt: skip
def test_a_function_is_what_its_author_says_that_it_is(text: str, expected: list[str]) -> None:
    assert verdicts(text, []) == expected


def test_a_function_that_is_written_out_is_the_one_that_has_a_name() -> None:
    """And is written with the author's letter, which no helper takes."""
    loss = r"-\sum_i (y_i\log g(w^Tx_i) + (1-y_i)\log(1-g(w^Tx_i)))"
    text = rf"What is the gradient of $L = {loss}$ with respect to $w$, where $g(z) = \frac{{1}}{{1+e^{{-z}}}}$?"
    page = derivtex.derive(Source(text, "question.md")).to_latex()
    assert "p_i = g(w^{T}x_i)" in page and r"(p_i - y_i)x_i" in page and "is the $g$" not in page


COURSE = r"Let $J(\theta) = \frac{1}{2m}\sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})^2$ with $h_\theta(x) = \theta^Tx$. "


@pytest.mark.parametrize(("line", "verdict"), [
    (r"\frac{\partial J}{\partial\theta_j} = \frac1m\sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})x_j^{(i)}", "holds"),
    (r"\frac{\partial J}{\partial\theta_j} = \frac2m\sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})x_j^{(i)}", "fails"),
    (r"\nabla J = \frac1m X^T(X\theta - y)", "holds"),
    (r"\nabla J = \frac1m X^T(y - X\theta)", "fails"),
])  # fmt: skip
def test_samples_with_a_raised_number_have_entries_and_are_rows(line: str, verdict: str) -> None:
    assert verdicts(f"{COURSE}Then ${line}$.", [])[-1] == verdict


@pytest.mark.parametrize(("text", "first"), [
    (r"Let $A \in \mathbb{R}^{m\times n}$ and $B \in \mathbb{R}^{n\times p}$. Then $C = AB$. Then let $C \in \mathbb{R}^{p\times q}$.", "unreadable"),
    (r"Let $A \in \mathbb{R}^{m\times n}$ and $I \in \mathbb{R}^{n\times n}$. Then $IA = A$.", "unreadable"),  # an identity of another size
    (r"We have $d(XY) = dX\,dY$, where $X, Y \in \mathbb{R}^{m\times n}$.", "fails"),
    (r"Let $C \in \mathbb{R}^{p\times q}$, $A \in \mathbb{R}^{m\times n}$ and $B \in \mathbb{R}^{n\times p}$. Then $C = AB$.", "fails"),
])  # fmt: skip
def test_what_is_told_later_or_of_an_identity_accuses_no_line(text: str, first: str) -> None:
    found = [line for line in derivtex.check(Source(text, "notes.md")).lines if "in" not in line.latex]
    assert found[0].verdict == first


@pytest.mark.parametrize(("text", "verdict"), [
    (r"Let $g(z) = \|Cz-b\|^2$. Then $\nabla_z = 2C^T(Cz-b)$.", "holds"),  # an operator alone is of what was defined with its variable
    (r"Let $g(z) = \|Cz-b\|^2$. Then $\frac{\partial}{\partial z} = C^T(Cz-b)$.", "fails"),
    (r"How can I compute $\nabla_V \operatorname{tr}(V^TAVB)$? I have $\nabla_V = AVB + A^TVB$.", "fails"),
    (r"Take $g(z) = \frac12\|\max(0, Cz-b)\|^2$. Its gradient is $C^T\max(0,Cz-b)$, right?", "holds"),  # words that give a formula as a result
    (r"Take $g(z) = \frac12\|Cz-b\|^2$. So the gradient is $2C^T(Cz-b)$.", "fails"),
])  # fmt: skip
def test_what_a_result_is_of(text, verdict):
    assert derivtex.check(text).lines[-1].verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        r"We choose $$Q(z) = p(z|x;\theta) = \frac{p(x,z;\theta)}{p(x;\theta)}$$ so "
        r"$$\nabla_\theta \sum_{i} Q(z_i)\log p(x_i,z_i;\theta) = \sum_{i} \frac{\nabla_\theta p(x_i,z_i;\theta)}{p(x_i;\theta)}$$",
        "\n".join((
            r">$$\begin{align}", r">f(x)-&\min_{y} \big( f(x)+\nabla f(x)^{T}(y-x)+\frac{1}{2}(y-x)^{T}\nabla^{2}f(x)(y-x)\big),\\\\",
            r">f(x)-&\bigg( f(x) + \nabla^{T}f(x)\big( -(\nabla^{2} f(x) )^{-1} \nabla f(x)\big) + \frac{1}{2}"
            r"\big( -(\nabla^{2}f(x))^{-1} \nabla f(x) \big)^{T} \nabla ^{2}f(x) \big( -(\nabla^{2}f(x))^{-1}\nabla f(x) \big) \bigg) \\\\",
            r">&= \frac{1}{2}\nabla f(x)^{T}(\nabla^{2} f(x) )^{-1}\nabla f(x) = \frac{1}{2}\lambda(x)^{2}.", r">\end{align}$$",
        )),
    ],
    ids=["a function that is defined by itself", "a row that goes on from one without a relation"],
)  # fmt: skip
def test_no_document_dies(text):
    assert derivtex.check(text).lines


@pytest.mark.parametrize(("text", "expected"), [
    ("$$y_i = 2x_i$$ for $i = 1, \\ldots, n$ and $k=0,1,2$.", ["definition", "skipped", "skipped"]),
    ("$$u + u = \\cdots = 2u$$\nso that $$\\begin{aligned} \\nabla_x x^TAx &= \\cdots \\\\ &= (A-A^T)x\\end{aligned}$$", ["holds", "fails"]),
    ("$$f = \\ldots$$ and $u + u = 2u$", ["skipped", "holds"]),
    ("$$u^Tv = v^Tu \\quad \\forall u, v \\in \\mathbb{R}^3$$\n$$u^Tv = 2v^Tu \\quad \\forall v$$", ["holds", "fails"]),
    ("As Newton, F. found, $u + u = 2u$.", ["holds"]),
])  # fmt: skip
def test_ranges_quantifiers_and_dots(text: str, expected: list[str]) -> None:
    """What lists the values of an index asserts nothing; a quantifier behind a claim is no part of it; dots leave a side out."""
    assert [verdict for verdict in verdicts(text, []) if verdict != "definition" or "definition" in expected] == expected


X_I = "# a\n\nLet $x_i = (x_{i1}, \\ldots, x_{ip})^T$ and $f(w) = \\sum_{i=1}^n (w^T x_i - y_i)^2$.\n\n"
G = "# a\n\n$$g(x) = \\int_0^x h(t) dt$$\n\n$$f(x) = x^TAx + g(x)$$\n\n"


@pytest.mark.parametrize(("text", "last"), [
    (X_I + "$$\\nabla f(w) = 2 \\sum_{i=1}^n (w^Tx_i - y_i) x_i$$", "holds"),
    (X_I + "$$\\nabla f(w) = 2 \\sum_{i=1}^n (w^Tx_i + y_i) x_i$$", "fails"),
    (G + "$$f(x) - g(x) = x^TAx$$", "holds"),
    (G + "$$\\nabla g(x) = 2x$$", "unknown"),
    ("$x = \\cos\\theta$\n\n$$dx = -\\sin\\theta\\,d\\theta$$", "holds"),
    ("$x = \\cos\\theta$\n\n$$dx = \\sin\\theta\\,\\mathrm{d}\\theta$$", "fails"),
    ("$x = \\tan\\theta$\n\n$$dx = 1/\\cos^2\\theta\\,d\\theta$$", "holds"),
    ("$x = \\tan\\theta$\n\n$$dx = 1/\\cos\\theta\\,d\\theta$$", "fails"),
    ("Let $A = a(i,j)$ and $B = a(j,i)$.\n\n$$A^T = B$$", "condition"),
])  # fmt: skip
def test_one_line_that_is_not_read_costs_no_other(text: str, last: str) -> None:
    """What a member or a function is that could not be read is not known, and its other lines are; a differential stands beside a function of
    numbers and beside a ratio."""
    assert verdicts(text, [])[-1] == last


@pytest.mark.parametrize(("text", "expected"), [
    (r"$$\int_a^b g(u)\,du = G(b) - G(a)$$", "skipped"),
    (r"$$\frac{d}{dx}\int_0^x g(u)\,du = g(x)$$", "unreadable"),
    (r"$$P(Y = k) = \binom{n}{k} q^k (1-q)^{n-k}$$", "skipped"),
    (r"$$\rho(a \mid s) = \sum_{b} \rho(a, b \mid s)$$", "skipped"),
    (r"$$\mathbb{E}_{u \sim q}[h(u, v)] = \sum_{u \in U} q(u) h(u, v)$$", "skipped"),
    (r"$$C = \{u : Au \le b\}$$", "skipped"),
    (r"$$\lim_{k \to \infty} u_k = \bar u$$", "skipped"),
    (r"$$\nabla h(u + v) = \nabla h(u) + H v + \mathcal{O}(\|v\|^2)$$", "skipped"),
    (r"$$\partial_a \tilde\foo = A^T \bar\foo$$", "unreadable"),
    (r"$$A \foo B = B^T$$", "unreadable"),
    (r"We call $v\in C^\circ$ a normal on $C^\circ$. $$\foo = u$$", "unreadable"),
])  # fmt: skip
def test_what_is_of_another_trade_is_not_tried(text: str, expected: str) -> None:
    """A line that cannot be read counts as unread only where it may be about a derivative or about matrices."""
    found = derivtex.check(Source(text, "notes.md")).lines[-1]
    assert found.verdict == expected and ("is about" in found.reason) == (expected == "skipped") and "defect" not in found.reason


OPEN = r"$h(u) = g(Bu+c)$; "


@pytest.mark.parametrize(("text", "last"), [
    (r"Let $g(u) = u^TBu$. $p = \nabla g(u)$; $p = (B+B^T)u$", "holds"),  # what is defined by a derivative
    (r"Let $g(u) = u^TBu$. $P = \nabla^2 g(u)$; $P + B = 2B + B^T$", "holds"),
    (r"$q = g(u) + \nabla g(u)^T s + \frac12 s^T \nabla^2 g(u) s$; $\nabla_s q = \nabla g(u) + \nabla^2 g(u) s$", "holds"),
    (r"$q = g(u) + \nabla g(u)^T s + \frac12 s^T \nabla^2 g(u) s$; $\nabla_s q = \nabla g(u) + 2\nabla^2 g(u) s$", "unknown"),
    (r"$u_{k+1} = u_k - \eta \nabla g(u_k)$", "definition"),
    (OPEN + r"$\nabla h(u) = B^T\nabla g(Bu+c)$", "holds"),
    (OPEN + r"$\nabla^2 h(u) = B^T\nabla^2 g(Bu+c)B$", "holds"),
    (OPEN + r"$\nabla h(u) = 2B^T\nabla g(Bu+c)$", "fails"),
    (r"Let $g(u) = u^Tu$. $\nabla g(Bu+c) = 2(Bu+c)$", "unknown"),  # at Bu + c, or by u
    (r"Let $g:\mathbb{R}^n\to\mathbb{R}$. $g(u+s) = g(u) + \nabla g(u)^Ts + \frac12 s^T\nabla^2 g(u)s$", "unknown"),
    (r"$B u \leqslant c$", "skipped"),
    (r"$u^{\*} = v\_1 - s$", "definition"),
])  # fmt: skip
def test_gradients_within_formulas(text: str, last: str) -> None:
    """A definition may hold a gradient; that of a function left open is the gradient at what stands in its brackets."""
    assert derivtex.check(text).lines[-1].verdict == last


RESIDUAL = r"Let $K\in\mathbb{R}^{m\times p}$, $z\in\mathbb{R}^p$, $c\in\mathbb{R}^m$ and $e = Kz - c$. "
NUMBERS = r"Let $z\in\mathbb{R}^p$, $g = z^Tz$, $h = z^TMz$. "


@pytest.mark.parametrize(("text", "last"), [
    (RESIDUAL + r"$\frac{1}{2m}\nabla_z e^Te = \frac1m K^Te$", "holds"),  # the whole product, behind a factor as alone
    (RESIDUAL + r"$\frac{1}{m}\nabla_z e^Te = \frac1m K^Te$", "fails"),
    (RESIDUAL + r"$\nabla_z e^Te + \mu z = 2K^Te + \mu z$", "holds"),
    (RESIDUAL + r"$\mu\nabla_z (Kz-c)^T(Kz-c) = 2\mu K^Te$", "holds"),
    (RESIDUAL + r"$\mu\nabla_z\frac12 e^Te = \mu K^Te$", "holds"),
    (RESIDUAL + r"$\mu K^T(S+S^T)e = \mu\frac{\partial}{\partial z} e^TSe$", "holds"),
    (RESIDUAL + r"$\mu K^Te = \mu\frac{\partial}{\partial z} e^Te$", "fails"),
    (RESIDUAL + r"$\mu\nabla_z e^Tv = \mu K^Tv$", "holds"),  # either way
    (NUMBERS + r"$\mu\nabla_z g z^T = 2\mu zz^T$", "holds"),  # the gradient of a number beside a row
    (NUMBERS + r"$\mu\nabla_z g \nabla_z g^T = 4\mu zz^T$", "holds"),
    (NUMBERS + r"$\mu\nabla_z g h = 2\mu hz$", "unreadable"),
    (r"Let $e(z) = Kz - c$. $\frac1m\nabla e(z)^Te(z) = \frac1m K^Te(z)$", "holds"),
    (r"Let $e(z) = Kz - c$. $\frac1m\nabla_z e(z)^Te(z) = \frac1m K^Te(z)$", "unreadable"),
])  # fmt: skip
def test_how_far_an_operator_reaches_within_a_formula(text: str, last: str) -> None:
    r"""`\nabla_z` is taken of the whole product behind it; where it may as well be of the first factor, both are shown."""
    found = derivtex.check(text).lines[-1]
    assert found.verdict == last and ("in two ways" in found.reason) == (last == "unreadable")


@pytest.mark.parametrize(("text", "verdicts"), [
    (r"$s := \gamma s$; $u + sv = u$", ["skipped", "condition"]),  # 0 is no value of s
    (r"$s := 1$; $s := \gamma s$; $sv = v$", ["skipped", "skipped", "condition"]),  # nor is 1 any more
    (r"$v := \gamma v + (1-\gamma)h$; $v - h = 0$", ["skipped", "condition"]),
    (r"$B := B + \mu I$; $\nabla_u u^TBu = (B+B^T)u$", ["skipped", "holds"]),
    (r"$u_j := u_j - \eta h_j$; $\nabla_v v^Tv = 3v$", ["skipped", "fails"]),
    (r"$v := v - \eta h = h$", ["skipped", "condition"]),
    (r"$v := v^{(0)} - h$; $v + h = v^{(0)}$", ["definition", "holds"]),  # another name
    (r"$N := N_{\max}$; $N - N_{\max} = 0$", ["definition", "holds"]),
])  # fmt: skip
def test_an_assignment_is_no_equation(text: str, verdicts: list[str]) -> None:
    assert [line.verdict for line in derivtex.check(text.replace("; ", "\n\n")).lines] == verdicts


DIAGONAL = r"$s^{(i)} = \frac{2}{(c^{(i)})^2}$, $g = (Ku-v)^TD(Ku-v)$ and $D = \operatorname{diag}(%s)$. "


@pytest.mark.parametrize(("text", "last"), [
    (DIAGONAL % r"s^{(1)}, \ldots, s^{(m)}" + r"$\nabla_u g = 2K^TKDu - 2K^TDv$", "fails"),  # which one number for all i would let pass
    (DIAGONAL % r"s^{(1)}, \ldots, s^{(m)}" + r"$\nabla_u g = 2K^TDKu - 2K^TDv$", "holds"),
    (DIAGONAL % "s^{(i)}" + r"$\nabla_u g = 2K^TKDu - 2K^TDv$", "fails"),
    (DIAGONAL % "s^{(i)}" + r"$\nabla_u g = 2K^TDKu - 2K^TDv$", "holds"),
    (r"$s^{(k)} = 3c^{(k)}$ and $g = \sum_{k=1}^n s^{(k)}v_k^2$. $g = 3c^{(k)}\sum_{k=1}^n v_k^2$", "condition"),
    (r"$s^{(k)} = 3c^{(k)}$ and $g = \sum_k s^{(k)}v_k^2$. $\frac{\partial g}{\partial v_j} = 2s^{(j)}v_j$", "holds"),
    (r"$\hat v^{(i)} = u^Tz^{(i)}$, $g = \sum_i (\hat v^{(i)} - v^{(i)})^2$. $\nabla_u g = 2\sum_i (\hat v^{(i)} - v^{(i)})z^{(i)}$", "holds"),
    (r"$\hat v^{(i)} = u^Tz^{(i)}$, $g = \sum_i (\hat v^{(i)} - v^{(i)})^2$. $\nabla_u g = \sum_i (\hat v^{(i)} - v^{(i)})z^{(i)}$", "fails"),
    (r"$q^{(i)} = u^Tz^{(i)}$, $h^{(i)} = (q^{(i)})^2$, $g = \sum_i h^{(i)}$. $\nabla_u g = 2\sum_i q^{(i)}z^{(i)}$", "holds"),  # by another
    (r"$q^{(1)} = Ku$, $q^{(2)} = Mu$ and $g = \|q^{(1)}\|^2 + \|q^{(2)}\|^2$. $\nabla_u g = 2K^Tq^{(1)} + 2M^Tq^{(2)}$", "holds"),  # two names
])  # fmt: skip
def test_a_member_with_its_index_above_is_no_number_for_all(text: str, last: str) -> None:
    assert derivtex.check(text).lines[-1].verdict == last


@pytest.mark.parametrize(("text", "verdicts"), [
    (r"$\tanh(u) = 2\sigma(u) - 1$; $1 - \sigma(u) = \sigma(-u)$", ["unknown", "holds"]),
    (r"$\tanh(u) = 2\sigma(u) - 1$; $\sigma(u) = \frac12(1+\tanh(u))$; $1 - \sigma(u) = \sigma(-u)$", ["unknown", "unknown", "holds"]),
    (r"$\exp(u) = 2\cosh(u) + 1$; $\cosh(u) - \cosh(-u) = 0$", ["unknown", "holds"]),
    (r"$2\operatorname{softmax}(u) = \mathbf{1} + u$; $\mathbf{1}^T\operatorname{softmax}(u) = 1$", ["unknown", "holds"]),
    (r"$\log\operatorname{softmax}(u) = u - 1$; $\mathbf{1}^T\operatorname{softmax}(u) = 1$", ["unknown", "holds"]),  # no definition
])  # fmt: skip
def test_no_equation_makes_another_of_a_known_function(text: str, verdicts: list[str]) -> None:
    text = r"Let $\sigma$ be the sigmoid. " + text.replace("; ", "\n\n")
    assert [line.verdict for line in derivtex.check(text).lines][1:] == verdicts


XY = r"Let $u = [u_1, u_2]^\top$ and $g(u) = u_1^2 + 3u_2^2$. "
XX = r"Let $B \in \mathbb{R}^{n\times p}$ and $g(w) = \|Bw-c\|^2 + \mu\|w\|^2$. "


@pytest.mark.parametrize(("text", "last"), [
    (XY + r"$\nabla g(u) = [2u_1, 6u_2]^\top$", "holds"),  # what names the entries defines nothing
    (XY + r"$\nabla g(u) = (2u_1, 3u_2)^\top$", "fails"),
    (r"Let $\mathbf{u} = \begin{bmatrix} u_1 \\ \vdots \\ u_n \end{bmatrix}$, $g = \sum_i u_i^2$. $\nabla g = 2\mathbf{u}$", "holds"),
    (r"Let $Y = [y_{ij}]_{k\times m}$, $g = \operatorname{tr}(Y^TY)$. $\nabla_Y g = 2Y$", "holds"),
    (r"$\mathbf{w} = [w_0, w_1, \ldots, w_M]^T$", "skipped"),
    (XX + r"$\nabla^2 g(w) = 2(B^TB + \mu)$", "holds"),  # a number that stands for a multiple of the identity
    (XX + r"$\nabla^2 g(w) = 2(B^TB - \mu)$", "unreadable"),
    (r"Let $B\in\mathbb{R}^{n\times p}$. $B - B = 0_{n\times p}$", "holds"),
    (r"Let $B\in\mathbb{R}^{n\times p}$. $B - B = \mathbf{0}_{p\times n}$", "fails"),
    (r"$h = \sum_k v_k\log_2 v_k$; $\frac{\partial h}{\partial v_j} = \log_2 v_j + \frac{1}{\ln 2}$", "holds"),
    (r"$h = \log_2(v)$; $\frac{dh}{dv} = \frac1v$", "fails"),
    (r"$y_n = \sigma(w^Tx_n)+\epsilon_n$; $h = \sum_n y_n \log\sigma(w^Tx_n)$; $\nabla_w h = \sum_n y_n(1-\sigma(w^Tx_n))x_n$", "unknown"),
    ("Let $u\\in\\mathbb{R}^n$. For $f(u) = (u^2-1)^2$ both $u=1$ and $u=-1$ are minimizers.", "unreadable"),
    (r"It implies $P = \tilde{P}$. $$P^2 = P$$", "unknown"),
    (r"$g(u) = u^TBu$; $\nabla g(u)\big|_{u=v} = (B+B^T)v$", "holds"),  # a derivative at a place
    (r"$g(u) = u^TBu$; $\nabla g(u)|_{u=0} = 0$", "unknown"),
    (r"$h(s,t) = s^2t^3$; $\left.\frac{\partial h}{\partial s}\right|_{s=1,t=2} = 16$", "holds"),
    (r"$\frac{d}{dt}\log\det(B+tC)\big|_{t=0} = \operatorname{tr}(B^{-1}C)$", "holds"),
    (r"$\frac{d}{dt}(B+tC)^{-1}\big|_{t=0} = B^{-1}CB^{-1}$", "fails"),
    (r"$h(u) = \nabla g(u)|_{u=v}$", "unreadable"),
    (r"$\frac{d}{dt}\Big|_{t=0}(B+tC)^{-1} = -B^{-1}CB^{-1}$", "holds"),
    (r"Let $u\in\mathbb{R}^n$. $\nabla h = \frac{\partial h}{\partial u}$", "unreadable"),
    ("Let $X = [x_{ij}]_{k\\times l}$ and $W = [w_{ij}]_{m\\times n}$.\n\n$$Y = W * X$$", "unreadable"),  # a convolution
    (r"Let $C$ be symmetric. $g(u) = u^TCu$ and $u = \theta - \bar\theta$. $\nabla_\theta g(\theta) = 2C(\theta-\bar\theta)$", "unknown"),
    (r"Let $C$ be symmetric. $g(u) = u^TCu$ and $u = \theta - \bar\theta$. $\nabla_u g(u) = 3Cu$", "fails"),
])  # fmt: skip
def test_entries_that_are_named_and_numbers_beside_matrices(text: str, last: str) -> None:
    assert derivtex.check(text).lines[-1].verdict == last


def test_what_goes_on_from_a_derivative_is_about_it() -> None:
    rows = [r"\frac{\partial h}{\partial u} &= \int g(u, s)\,ds", r"&= \lim_{k \to 0} g(u, k)"]
    found = derivtex.check(Source("$$\\begin{aligned}" + " \\\\\n".join(rows) + "\\end{aligned}$$", "notes.md")).lines
    assert [line.verdict for line in found] == ["unreadable", "unreadable"]


@pytest.mark.parametrize(("text", "verdict"), [
    (r"f := f(x) = x^Tx; \nabla f = 2x", "holds"),
    (r"f = f(x) = x^Tx; \nabla f = 3x", "fails"),
    (r"L = L(w) = \|Xw-y\|^2; \nabla L = 2X^T(Xw-y)", "holds"),
])  # fmt: skip
def test_a_name_may_stand_for_its_own_call(text, verdict):
    assert derivtex.check(text).lines[-1].verdict == verdict
