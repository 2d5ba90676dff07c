r"""What people write is read as they mean it, and what has two readings is refused with both: one table for each kind of notation."""

from __future__ import annotations

import pytest

from derivtex.core.errors import DerivtexError, describe
from derivtex.interface import check, derive
from derivtex.reading import read

DECLARED = (
    "A : matrix n x n", "B : matrix n x n", "C : matrix m x n", "X : matrix n x n", "Y : matrix m x n", "S : matrix n x n symmetric posdef",
    "x : vector n", "y : vector n", "c : scalar", "p : scalar", "q : scalar",
)  # fmt: skip


def reading(source: str, wrt: str = "X", declare: tuple[str, ...] = DECLARED) -> object:
    return read(source, wrt=wrt, declare=declare).target


def same(rows: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    """Each row: what is written, the same without a doubt, and by what, if not by X."""
    return pytest.mark.parametrize(("written", "meant", "wrt"), [(*row, "X")[:3] for row in rows], ids=[row[0] for row in rows])


def refused(rows: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    """Each row: what is written, words of the error or its way out, and by what, if not by X."""
    return pytest.mark.parametrize(("written", "told", "wrt"), [(*row, "X")[:3] for row in rows], ids=[row[0] for row in rows])


def refusal(source: str, wrt: str | None = "X", declare: tuple[str, ...] = DECLARED) -> str:
    with pytest.raises(DerivtexError) as caught:
        derive(source, wrt=wrt, declare=declare)
    return describe(caught.value)


@same([
    (r"\vert\vert X-A\vert\vert_F^2", r"\|X-A\|_F^2"),
    (r"\lvert\lvert X-A\rvert\rvert_F^2", r"\|X-A\|_F^2"),
    (r"\left|\left|X-A\right|\right|_F^2", r"\|X-A\|_F^2"),
    (r"\bigl|\bigl|X-A\bigr|\bigr|_F^2", r"\|X-A\|_F^2"),
    (r"\mid\mid X-A\mid\mid_F^2", r"\|X-A\|_F^2"),
    (r"\parallel X-A\parallel_F^2", r"\|X-A\|_F^2"),
    (r"||X-A||_F^2", r"\|X-A\|_F^2"),
    (r"\left|\left|Xx\right|\right|\left|\left|y\right|\right|", r"\|Xx\|\,\|y\|"),
    (r"||x|-|y||", r"\left|\|x\|-\|y\|\right|", "x"),
    (r"||c|-p|^2", r"\left|\left(|c|-p\right)\right|^2", "c"),
    (r"|X||A|", r"\det(X)\det(A)"),
])  # fmt: skip
def test_two_bars_in_a_row_are_a_norm(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)


@same([
    (r"\det X\det B", r"\det(X)\det(B)"),
    (r"\det X\operatorname{tr}B", r"\det(X)\operatorname{tr}(B)"),
    (r"\det X\,|c|^2", r"\det(X)|c|^2"),
    (r"\log\det X\log\det B", r"\log(\det(X))\log(\det(B))"),
    (r"\det X^T\det X", r"\det(X^T)\det(X)"),
    (r"\det X^TAX", r"\det(X^TAX)"),
    (r"\det cX", r"\det(cX)"),
    (r"\det X^T\operatorname{diag}(x)X", r"\det(X^T\operatorname{diag}(x)X)"),
    (r"\operatorname{tr}A\operatorname{tr}X", r"\operatorname{tr}(A)\operatorname{tr}(X)"),
    (r"\operatorname{tr}A\cdot\operatorname{tr}X", r"\operatorname{tr}(A)\cdot\operatorname{tr}(X)"),
    (r"\operatorname{tr}X\log S", r"\operatorname{tr}(X\log(S))"),
    (r"\operatorname{tr}(X-A)^T(X-A)", r"\operatorname{tr}((X-A)^T(X-A))"),
    (r"\operatorname{tr}(X-A)'(X-A)", r"\operatorname{tr}((X-A)'(X-A))"),
    (r"\operatorname{tr}(X)^TS", r"\operatorname{tr}(X^TS)"),
    (r"\operatorname{tr}(X)^2", r"(\operatorname{tr}(X))^2"),
    (r"\operatorname{tr}(X)A", r"(\operatorname{tr}(X))A"),
    (r"\operatorname{vec}(X)^T\operatorname{vec}(A)", r"(\operatorname{vec}(X))^T\operatorname{vec}(A)"),
    (r"\log|X||S|", r"\log(|X||S|)"),
    (r"\log(2\pi)^3|X|", r"\log((2\pi)^3|X|)"),
    (r"\log 2\pi|X|", r"\log(2\pi|X|)"),
    (r"\log|X|/2", r"(\log|X|)/2"),
    (r"\sin(c)/2", r"(\sin(c))/2", "c"),
    (r"\sin(c)(1-c)", r"(\sin(c))\cdot(1-c)", "c"),
    (r"\log\sigma(c)/2", r"(\log(\sigma(c)))/2", "c"),
    (r"\sin{p}c", r"(\sin(p))c", "c"),
    (r"\log{c}^2", r"\log(c^2)", "c"),
    (r"\sin p\cos c", r"\sin(p)\cos(c)", "c"),
    (r"\sin 2\pi c", r"\sin(2\pi c)", "c"),
    (r"\log x^Ty", r"\log(x^Ty)", "x"),
    (r"\log\mathbf{1}^T\exp(x)", r"\log(\mathbf{1}^T\exp(x))", "x"),
    (r"\log\frac{c}{p}q", r"(\log(\frac{c}{p}))q", "c"),
    (r"\prod_i x_i\prod_j y_j", r"(\prod_i x_i)(\prod_j y_j)", "x"),
    (r"\prod_i cx_i", r"\prod_i (cx_i)", "x"),
])  # fmt: skip
def test_words_reach_as_far_as_the_rule_says(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)


@refused([
    (r"\sum_i x_i\log x_i/y_i", r"\log(x_i/y_i) and as (\log x_i)/y_i", "x"),
    (r"p\log p/q", r"\log(p/q) and as (\log p)/q", "p"),
    (r"\sin c/2", r"\sin(c/2) and as (\sin c)/2", "c"),
    (r"\tanh c/2", r"\tanh(c/2)", "c"),
    (r"\exp c/2", r"\exp(c/2)", "c"),
    (r"\sin c(1-c)", r"\sin(c(1-c)) and as (\sin c)(1-c)", "c"),
    (r"\log c|p|", r"\log(c|p|)", "c"),
    (r"\log 1 + c", "is 0", "c"),
    (r"\det X/2", r"\det(X/2) and as (\det X)/2"),
    (r"\log\det X/2", r"(\log \det X)/2"),
    (r"\log|X|/|S|", r"\log(|X|/|S|)"),
    (r"\det X\,c", r"\det(X)\,c and as \det(c\,X)"),
    (r"\det X\,x^Ty", r"\det(X)\,x^Ty"),
    (r"\operatorname{tr}X\cdot B", r"\operatorname{tr}(X\,B) and as (\operatorname{tr} X)\,B"),
    (r"\operatorname{tr}X\otimes B", r"\operatorname{tr}(X\otimes B)"),
    (r"\log\det|X|", r"leave out \det, or the bars"),
    (r"\prod_i x_i c", r"\left(\prod_i x_i\right)c", "x"),
    (r"\prod_i x_i/n", "once, or once in each factor", "x"),
    (r"\|c\|_F^2", "a number stands in a Frobenius norm", "c"),
    (r"\|c\|_*", "a number stands in a nuclear norm", "c"),
    (r"\det c", r"\det c is taken of a number", "c"),
    (r"\operatorname{loss}(x)", "is not known", "x"),
    (r"loss(x)", "loss is no function that is known", "x"),
])  # fmt: skip
def test_what_could_reach_further_is_refused_with_both_readings(written, told, wrt):
    assert told in refusal(written, wrt)


def test_letters_that_spell_a_word_before_a_bracket_are_no_product_of_declared_names():
    declare = ("W : matrix n x m", "T : matrix m x n", "t : scalar")
    assert reading("Tr(WT)", "W", declare) is reading(r"\operatorname{tr}(WT)", "W", declare)


@same([
    (r"\sum_{ij}X^{-1}_{ij}x_iy_j", r"x^TX^{-1}y"),
    (r"\sum_i S^{-1}_{ii}c", r"\sum_i (S^{-1})_{ii}c", "c"),
    (r"X^{-1}_{12}", r"(X^{-1})_{12}"),
    (r"X^{T}_{12}", r"(X^{T})_{12}"),
    (r"X_{12}^\top", r"(X^\top)_{12}"),
    (r"X^{-T}_{12}", r"(X^{-T})_{12}"),
    (r"Y^{+}_{12}", r"(Y^{+})_{12}", "Y"),
    (r"X_{12}^2", r"(X_{12})^2"),
    (r"Y^2_{12}", r"(Y_{12})^2", "Y"),
])  # fmt: skip
def test_two_indices_below_a_raised_mark_tell_an_entry(written, meant, wrt):
    one, other = reading(written, wrt), reading(meant, wrt)
    assert one is other or str(derive(written, wrt=wrt, declare=DECLARED).result) == str(derive(meant, wrt=wrt, declare=DECLARED).result)


@refused([
    (r"X^2_{12}", r"(X^{2})_{12} for the first, (X_{12})^{2} for the second"),
    (r"\sum_i X^{1/2}_{ii}", "may be an entry of X^{1/2}"),
    (r"X_{12}^{-1}", "may be an entry of X^{-1}"),
    (r"K_{ij} = x_iy_j; \sum_{ij} K^{-1}_{ij}", "the reciprocal of one", "x"),
])  # fmt: skip
def test_powers_and_entries_that_do_not_commute_are_refused(written, told, wrt):
    assert told in refusal(written, wrt)


@pytest.mark.parametrize("reminder", [
    r"\operatorname{tr}(AB) = A:B^T", r"\operatorname{tr}(AB) = \operatorname{tr}(BA)", r"tr(AB) = tr(BA)", r"tr(A^T)=tr(A)",
    r"\det(AB) = \det(A)\det(B)", r"\operatorname{vec}(AXB) = (B^T\otimes A)\operatorname{vec}(X)", r"\operatorname{diag}(x)y = x\odot y",
    r"\log\det X = -\log\det X^{-1}", r"g(A) = g(A^T); g(AB) = g(BA)",
])  # fmt: skip
def test_a_reminder_of_an_identity_defines_nothing(reminder):
    plain = derive(r"f = \operatorname{tr}(AXB)", wrt="X").result
    assert str(derive(rf"{reminder}; f = \operatorname{{tr}}(AXB)", wrt="X").result) == str(plain)


def test_a_function_of_numbers_can_still_be_defined():
    assert "softmax" in str(derive(r"\operatorname{lse}(z) = \log(\mathbf{1}^T\exp(z)); f = \operatorname{lse}(Ax)", wrt="x").result)


@refused([
    (r"x^T\Sigma(\boldsymbol\theta)^{-1}x", r"depends on \boldsymbol\theta in a way that nothing tells", r"\boldsymbol\theta"),
    (r"L(w)", "L(w) depends on w", "w"),
    (r"L(w) + \|w\|^2", "L(w) depends on w", "w"),
    (r"\nabla_w L(w)", "L(w) depends on w", None),
    (r"P(x)", "P(x) depends on x", "x"),
    (r"\kappa(A)", r"\kappa(A) depends on A", "A"),
    (r"\sum_{k=1}^K a_k f(x_k,\theta)", "changes with k, and nothing tells what f is", r"\theta"),
    (r"\log p(x|\theta) + \|\theta\|^2", r"p(x|\theta) depends on \theta", r"\theta"),
    (r"f(x,y)", "f(x,y) depends on x", "x"),
    (r"\mathbf v_i(\mathbf A)", r"\mathbf v_i(\mathbf A) depends", r"\mathbf A"),
    (r"\pi(x)", r"may be a function of x or a product", "x"),
    (r"I(\theta)", r"may be a function of \theta or a product", r"\theta"),
    (r"A (y) + x", r"write A\,y for the product", "x"),
    ("f = x^Tx; g = f(-1)", "may be an entry, the value of a function, or a product", "x"),
    ("x[1]", "may be an entry, the value of a function, or a product", "x"),
    ("X(1,2)", "may be an entry", "X"),
    ("x_k(0)^Tx", "may be an entry", "x"),
    ("x^{T}^2", "two exponents follow each other", "x"),
])  # fmt: skip
def test_a_name_before_a_bracket_of_names_is_no_product(written, told, wrt):
    assert told in refusal(written, wrt, ())


def test_what_depends_on_something_else_than_the_variable_stands_for_itself_and_that_is_said():
    told = read(r"x^T\Sigma(\theta)^{-1}x", wrt="x", declare=("x : vector n",))
    assert str(derive(r"x^T\Sigma(\theta)^{-1}x", wrt="x").result) == str(derive(r"x^T\Sigma^{-1}x", wrt="x").result)
    assert any("no product" in guess for guess in told.guesses)


@refused([
    ("c^10", "has only the 1 above the line", "c"),
    ("c_10 p", "has only the 1 below the line", "p"),
    ("X^-1", "write ^{-1}"),
    ("X^-T", "write ^{-T}"),
    ("c!", "a factorial is not read", "c"),
    (r"\sin c!", "a factorial is not read", "c"),
    ("c^2 ?", "a ? stands in a formula", "c"),
    ("2e-3c", "may be a number or a multiple of e", "c"),
    (r"e^{ix}", "it may be the imaginary unit", "x"),
    (r"e^{i\omega t}", "it may be the imaginary unit", "t"),
    (r"x + jy", "it may be the imaginary unit", "x"),
    (r"1/2c^2", "under the stroke", "c"),
    (r"\|X\|", "Frobenius norm or the spectral norm"),
])  # fmt: skip
def test_marks_that_are_likely_slips_are_refused(written, told, wrt):
    assert told in refusal(written, wrt)


@same([
    ("1.5e-3 c", r"\frac{15}{10000}c", "c"),
    ("1e-3 c", r"\frac{1}{1000}c", "c"),
    (r"\operatorname{tr}(\mathbf{AX}^T)", r"\operatorname{tr}(\mathbf{A}\mathbf{X}^T)"),
    (r"\operatorname{tr}({\bf AX}^{T})", r"\operatorname{tr}({\bf A}{\bf X}^{T})"),
    (r"\bf{x}^T\bf{Ax}", r"\mathbf{x}^T\mathbf{A}\mathbf{x}", "x"),
    (r"1/2 c^2", r"\frac12 c^2", "c"),
    (r"1/2\|x\|^2", r"\frac12\|x\|^2", "x"),
    (r"\|X-A\|_2^2", r"\|X-A\|_F^2"),
    (r"\frac{\partial}{\partial x} x^TAx?", "x^TAx", "x"),
    (r"\frac{\partial x^TAx}{\partial x} = ?", "x^TAx", "x"),
])  # fmt: skip
def test_what_people_type_is_read(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)


def test_the_spectral_norm_stays_what_the_words_or_its_own_marks_say():
    assert str(derive(r"\|X\|_{op}^2", wrt="X").result) == str(derive(r"\|X\|_2\,\|X\|_2", wrt="X").result)


def test_a_minus_alone_above_a_name_belongs_to_it():
    assert set(read(r"x^TP_k^-x", wrt="x").symbols) >= {"P_k^-"}


def test_a_variable_is_found_in_the_only_other_font():
    assert str(derive(r"\nabla_W\|\mathbf{WH}-\mathbf X\|_F^2").result) == r"2(\mathbf{W}\mathbf{H} - \mathbf{X})\mathbf{H}^{T}"


@same([
    ("sum(Xx)", r"\mathbf{1}^TXx"),
    (r"\mathrm{sum}(X)", r"\mathbf{1}^TX\mathbf{1}"),
    (r"sum((Xx-y)^2)", r"\mathbf{1}^T(Xx-y)^{\odot 2}"),
    (r"\operatorname{tr}(X) + \mathrm{KL}(x\|y)", r"\operatorname{tr}(X) + x^T(\log x-\log y)"),
    (r"D_{KL}(x\|y)", r"x^T(\log x-\log y)", "x"),
    (r"KL(x||y)", r"x^T(\log x-\log y)", "x"),
    (r"CE(y, \operatorname{softmax}(Xx))", r"-y^T\log(\operatorname{softmax}(Xx))"),
    (r"\operatorname{CrossEntropy}(\operatorname{softmax}(Xx), y)", r"-y^T\log(\operatorname{softmax}(Xx))"),
    (r"\operatorname{SSE}(y, Xx)", r"\|y-Xx\|^2"),
])  # fmt: skip
def test_words_of_statistics_have_their_usual_meaning(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)
    assert any("is the" in guess for guess in read(written, wrt=wrt, declare=DECLARED).guesses)


def test_means_are_divided_by_the_number_of_entries():
    assert str(derive(r"\operatorname{mean}(Ax)", wrt="x", declare=("A : matrix m x n",)).result) == r"\frac{1}{m}A^{T}\mathbf{1}"
    assert str(derive(r"MSE(y, Xw)", wrt="w", declare=("X : matrix m x n",)).result) == r"\frac{2}{m}X^{T}(Xw - y)"


def test_scores_are_no_probabilities():
    assert "softmax" in refusal("CE(y, Xw)", "w", ())


def test_the_softmax_of_a_row_in_a_sum():
    d = derive(r"p = softmax(xW); E = -\sum_j t_j\log p_j", wrt="W", declare=("x : row n",))
    assert d.to_dict()["confirmed"]
    assert d.to_dict()["result"]["shape"] == ["n", "m"]


@refused([
    (r"E[\|y-Ax\|^2]", "is an expectation, which is not derived", "x"),
    (r"\mathbb{E}_{x\sim p}[x^Ty]", "is an expectation", "y"),
    (r"\int x^TAx", "an integral is not read", "x"),
    (r"f: \mathbb{R}^d \to \mathbb{R}^{d\times d}; f(x)^TCf(x)", "f is vector-valued", "x"),
    (r"\operatorname{rank}(A)", "has no derivative", "A"),
    (r"\begin{bmatrix} 1 & \vdots \\ 2 & 3\end{bmatrix}c", "what the dots in this matrix stand for", "c"),
])  # fmt: skip
def test_what_is_known_and_not_read_is_named(written, told, wrt):
    assert told in refusal(written, wrt, ("C : matrix d x d",))


@pytest.mark.parametrize(("source", "declare"), [
    (r"Hu=\lambda u", ("H : matrix n x n symmetric", "u : vector n", r"\lambda : scalar")),
    (r"Hu=\lambda u; u^Tu=1", ("H : matrix n x n symmetric", "u : vector n", r"\lambda : scalar")),
    (r"Hu=\lambda u", ("H : matrix n x n symmetric",)),
])  # fmt: skip
def test_what_an_equation_ties_to_the_variable_is_no_constant(source, declare):
    """Of a unit eigenvector u, dλ = uᵀ dH u; by λ itself nothing is asked."""
    assert str(derive(source, of=r"\lambda", wrt="H", declare=declare).result) == "uu^{T}"
    with pytest.raises(DerivtexError):
        derive(source, wrt=r"\lambda", declare=declare)


@pytest.mark.parametrize("options", [{"form": "vec"}, {"order": 2}])
def test_a_structure_that_a_jacobian_or_hessian_cannot_have_is_refused_or_said(options):
    declare = ("X : matrix n x n symmetric",)
    with pytest.raises(DerivtexError, match="independent entries"):
        derive(r"\operatorname{tr}(X^3)", wrt="X", declare=declare, structure="constrained", **options)
    notes = derive(r"\operatorname{tr}(X^3)", wrt="X", declare=declare, **options).derivation.notes
    assert any("counted by itself" in str(note) for note in notes)


@same([
    (r"\nabla_\mathbf{X}\|\mathbf{X}\|_F^2", r"\|\mathbf{X}\|_F^2", r"\mathbf{X}"),
    (r"{\partial x^TAx \over \partial x}", r"x^TAx", "x"),
    (r"\frac{\partial}{\partial x'}(y-Xx)'(y-Xx)", r"(y-Xx)'(y-Xx)", "x"),
    (r"\langle A|X\rangle_F", r"\langle A, X\rangle_F"),
    (r"\inner{x}{Xy}", r"\langle x, Xy\rangle"),
    (r"\inner{x, Xy}", r"\langle x, Xy\rangle"),
    (r"\norm{Xx}^2", r"\|Xx\|^2"),
    (r"\sum_{i\in\{1,\ldots,n\}} x_i^2", r"\sum_{i=1}^n x_i^2", "x"),
    (r"\sum_{i\in[n]} x_i^2", r"\sum_{i=1}^n x_i^2", "x"),
    (r"\sum_{1\le i<j\le n} x_ix_j", r"\sum_{i<j} x_ix_j", "x"),
    (r"\frac12\nabla_x(x^TAx)", r"\frac12(x^TAx)", "x"),
    (r"-\nabla_x\|Xx-y\|^2", r"-\|Xx-y\|^2", "x"),
    (r"v = \begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}; v^Tv", "v = x; v^Tv", "x"),
    (r"v = \begin{bmatrix} x_1 & x_2 & \cdots & x_n \end{bmatrix}; vx", "v = x^T; vx", "x"),
    (r"V = \begin{bmatrix} x_1 & & \\ & \ddots & \\ & & x_n \end{bmatrix}; y^TVy", r"V = \operatorname{diag}(x); y^TVy", "x"),
    (r"M = \begin{bmatrix} X_{11} & \cdots & X_{1n} \\ \vdots & & \vdots \\ X_{n1} & \cdots & X_{nn} \end{bmatrix}; x^TMy", "M = X; x^TMy"),
    (r"M = \begin{bmatrix} X & A \\ & B \end{bmatrix}; \|M\|_F^2", r"M = \begin{bmatrix} X & A \\ 0 & B \end{bmatrix}; \|M\|_F^2"),
])  # fmt: skip
def test_notation_of_documents_is_read(written, meant, wrt):
    asked = r"\nabla" in written or r"\partial" in written
    one = derive(written, wrt=None if asked else wrt, declare=DECLARED)
    assert str(one.result) == str(derive(meant, wrt=wrt, declare=DECLARED).result)


def test_a_sum_over_a_set_has_its_indicator():
    d = derive(r"\sum_{(i,j)\in\Omega}(X_{ij}-M_{ij})^2", wrt="X")
    assert str(d.result) == r"2\bigl(\Omega \odot (X - M)\bigr)"
    assert any("1 at what it holds" in guess for guess in read(r"\sum_{i\in S} x_i^2", wrt="x").guesses)


def test_an_index_may_run_ahead_of_its_letter():
    d = derive(r"\sum_{k=1}^{n-1} (x_{k+1}-x_k)^2", wrt="x").to_dict()
    assert d["result"]["shape"] == ["n", "1"] and d["confirmed"]


def test_the_t_that_is_asked_by_is_an_exponent():
    assert str(derive("A^t", wrt="t").result) == r"A^{t}\log A"
    assert str(derive("x^TA^tx", wrt="x").result) == "(A^{T} + A)x"


def test_labels_and_gates_are_told_apart():
    lstm = r"h=o\odot\tanh(c); c=f\odot c_0+i\odot a; i=\sigma(W_i x+U_i h_0)"
    assert derive(lstm, of="h", wrt="W_i").to_dict()["confirmed"]


@pytest.mark.parametrize(("lines", "verdict"), [
    ("f(x)=x^TAx\n\\nabla f(x) = (A+A^T)x", "holds"),
    ("f(x)=x^TAx\n\\nabla f(x) = (A-A^T)x", "fails"),
    ("f(x)=x^TAx\n\\nabla f = (A+A^T)x", "holds"),
    ("f(x)=x^TAx\n\\nabla f(z) = (A+A^T)z", "holds"),
    ("f(x)=x^TAx\nv^T\\nabla^2 f(x)v = v^T(A+A^T)v", "holds"),
    ("f(x)=x^TAx\n\\nabla f(x)^Tv = x^T(A+A^T)v", "holds"),
    ("f(m)=\\sum_{i=1}^n\\|x_i-m\\|^2\n\\nabla^2 f(m) = 2nI", "holds"),
    ("\\frac12\\nabla_w(w^TX^TXw) = X^TXw", "holds"),
    ("\\frac12\\nabla_w(w^TX^TXw) = 2X^TXw", "fails"),
    ("\\nabla_w\\|Xw-y\\|^2 + \\nabla_w(w^Tw) = 2X^T(Xw-y)+2w", "holds"),
    ("f(x) = x_1^4 + \\ldots + x_n^4\n\\nabla^2 f(x) = 12\\operatorname{diag}(x_1^2,\\ldots,x_n^2)", "holds"),
])  # fmt: skip
def test_gradients_inside_of_lines_are_judged(lines, verdict):
    assert check(lines).to_dict()["lines"][-1]["verdict"] == verdict


def test_a_variable_called_d_is_told_from_the_differential():
    printed = derive("d^TDd", wrt="d").to_latex()
    assert r"\mathrm{d}d" in printed and "dd" not in printed.replace(r"\mathrm{d}d", "")


def test_a_star_makes_a_name_however_it_is_typed():
    assert str(derive(r"x^\star = A^{-1}b; \|x^\star\|^2", wrt="b").result) == r"2A^{-T}x^\star"


@pytest.mark.parametrize(("source", "wrt", "result"), [
    (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", "z", r"\frac{e^{z_i}}{\sum_{j=1}^{n} e^{z_j}}\bigl(e_i - \operatorname{softmax}(z)\bigr)"),
    (r"p_i\sum_j p_j", "p", r"\left(\sum_{j=1}^{n} p_j\right)e_i + p_i\mathbf{1}"),
    (r"-\log\frac{e^{w_k^Tx}}{\sum_j e^{w_j^Tx}}", "w_k", r"\left(\frac{e^{w_k^{T}x}}{\sum_{l=1}^{m} e^{w_l^{T}x}} - 1\right)x"),
])  # fmt: skip
def test_a_member_before_the_sum_over_its_family_is_of_the_same_family(source, wrt, result):
    assert derive(source, wrt=wrt).to_dict()["result"]["latex"] == result


def test_a_line_about_an_expectation_is_not_tried():
    assert check(r"\mathbb{E}[x^TAx] = \operatorname{tr}(A\Sigma) + \mu^TA\mu").to_dict()["lines"][-1]["verdict"] == "skipped"
