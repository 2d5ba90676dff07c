r"""Names with an index: rows and columns, families, raised indices, functions that are applied to them; and what must not be read so."""

import pytest

from derivtex import check, derive
from derivtex.core.errors import AmbiguityError, DerivtexError, NotDerivable

WIDE = ["W : matrix K x d", "x : vector d", "b : vector K", "y : vector K"]
DATA = ["X : matrix N x d", "y : vector N", "w : vector d"]
STRIPS = ["X : matrix n x k", "x_i : vector k for i = 1..n", "D' : matrix n x n symmetric", "w : vector k"]
RATINGS = ["R : matrix n x m", "U : matrix n x k", "V : matrix m x k"]


def answer(source, wrt, declare=()):
    return derive(source, wrt=wrt, declare=declare)


def guesses(found):
    return " | ".join(found.derivation.problem.guesses)


# The source, the variable, the declarations, the result, and a part of what is said.
READ = [
    (r"\sum_{j=1}^K y_j (W_j x + b_j)", "W", WIDE, r"yx^{T}", "W_j is a row of W"),
    (r"\sum_j y_j w_j^T x", "W", WIDE, r"yx^{T}", "w_j is a row of W, as a column"),
    (r"\sum_{t=1}^T \|x_t - Ax_{t-1}\|^2", "A", (), r"-2\sum_{t=1}^{T} (x_t - Ax_{t - 1})x_{t - 1}^{T}", "x is a family of vectors"),
    (r"\sum_{t=1}^T \|y_t - Cx_t\|^2 + \sum_{t=1}^T \|x_t - Ax_{t-1}\|^2", "C", (), r"-2\sum_{t=1}^{T} (y_t - Cx_t)x_t^{T}", ""),
    (r"\sum_{t=1}^n (y_t - a y_{t-1})^2", "a", (), r"-2\sum_{t=1}^{n} y_{t - 1}(y_t - ay_{t - 1})", "a is a number"),
    (r"$x_0, x_1, \dots, x_T \in \mathbb{R}^k$, $\sum_{t=1}^T \|x_t - Ax_{t-1} + b\|^2$", "b", (),
     r"2\sum_{t=1}^{T} (x_t - Ax_{t - 1} + b)", ""),
    (r"$x_1, \ldots, x_n \in \mathbb{R}^d$, $\sum_i w^Tx_i$", "w", (), r"\sum_{i=1}^{n} x_i", ""),
    (r"$x_1, \ldots, x_n \in \mathbb{R}^d$ and $f(x) = \sum_{i=1}^n \|x - x_i\|^2$", "x", (), r"2\sum_{i=1}^{n} (x - x_i)", "x without an index"),
    (r"$x \in \mathbb{R}^d$, $x_i \in \mathbb{R}^d$, $f(x) = \sum_{i=1}^n \|x - x_i\|^2$", "x", (), r"2\sum_{i=1}^{n} (x - x_i)", ""),
    (r"$a_1, \ldots, a_m \in \mathbb{R}$, $\sum_i a_i^2$", "a", (), "2a", ""),
    (r"$t_1, \ldots, t_n \in \mathbb{R}$, $f(t) = \sum_i (t - t_i)^2$", "t", (), r"2\sum_{i=1}^{n} (t - t_i)", ""),
    (r"$y_1, \ldots, y_n \in \mathbb{R}$, $\sum_i y_i^4 + y^Ty$", "y", (), r"4y^{\odot 3} + 2y", ""),
    (r"$A_1, \dots, A_m \in \mathbb{R}^{n \times n}$ are symmetric. $\sum_i x^TA_ix$", "x", (), r"2\left(\sum_{i=1}^{m} A_i\right)x", ""),
    (r"\sum_{j=1}^d \|w_j\|^2", "W", WIDE, "2W", "w_j is a column of W"),
    (r"\sum_{i=1}^N x_i^T w", "w", DATA, r"X^{T}\mathbf{1}", "x_i is a row of X, as a column"),
    (r"\sum_{i,j} R_{ij} u_i v_j^T", "U", RATINGS, "RV", "u_i is a row of U"),
    (r"\sum_{i,j} R_{ij} u_i^T v_j", "U", RATINGS, "RV", "v_j is a row of V, as a column"),
    (r"\sum_{i=1}^m \|W x^{(i)} - y^{(i)}\|^2", "W", ["X : matrix n x m", "Y : matrix k x m", "W : matrix k x n"], r"2(WX - Y)X^{T}", "column of X"),
    (r"$E = \sum_i (y_i - w^T x_i)^2$, $x_i\in\mathbb{R}^d$", "w", (), r"-2\sum_{i=1}^{n} (y_i - w^{T}x_i)x_i", ""),
    (r"\sum_{i,j} A_{ij} x_i x_j", "x", ["A_{ij} : scalar"], r"(A + A^{T})x", ""),
    (r"\|x_i - y\|^2", "y", ["x_i : vector d"], r"-2(x_i - y)", ""),
    (r"\sum_{i=1}^n \|y_i - W x_i\|^2", "W", (), r"-2\sum_{i=1}^{n} (y_i - Wx_i)x_i^{T}", "x is a family of vectors"),
    (r"\sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2", r"\theta", (), r"2\sum_{i=1}^{m} (\theta^{T}x_i - y_i)x_i", r"\theta is a vector"),
    (r"L = \sum_{i=1}^m (h(x_i) - y_i)^2; h(x) = w^T x", "w", (), r"2\sum_{i=1}^{m} (w^{T}x_i - y_i)x_i", "x is a family of vectors"),
    (r"L = \sum_{i=1}^m (h(x_i, w) - y_i)^2; h(x, w) = w^T x", "w", (), r"2\sum_{i=1}^{m} (w^{T}x_i - y_i)x_i", ""),
    (r"L = \sum_{i=1}^m a_i^Tw + x_i^Tw", "w", ["a_i : vector d for i = 1..m"], r"\sum_{i=1}^{m} (a_i + x_i)", "goes on behind"),
    (r"L = \sum_{i=1}^m a_i^Tw + x_j^Tw", "w", ["a_i : vector d for i = 1..m"], r"\sum_{i=1}^{m} a_i + x_j", ""),
    (r"L = \log([S(Bh)]_k); [S(z)]_i = e^{z_i}/\sum_j e^{z_j}", "h", ["B : matrix n x m", "h : vector m"],
     r"B^{T}\bigl(e_k - \operatorname{softmax}(Bh)\bigr)", ""),
    (r"f_i(x) = x_i^2; L = \sum_i y_i f_i(x)", "x", ["x : vector n", "y : vector n"], r"2(y \odot x)", ""),
    (r"p_j = [f(x)]_j = e^{x_j}; L = \sum_j p_j", "x", ["x : vector n"], "f", ""),
    (r"f_i(w) = (y_i - w^Tx_i)^2; F(w) = \sum_{i=1}^n f_i(w)", "w", (), r"-2\sum_{i=1}^{n} (y_i - w^{T}x_i)x_i", "x is a family"),
    (r"h_\theta(x) = \theta^Tx; L = h_\theta(x)^2", r"\theta", ["x : vector n", r"\theta : vector n"], r"2h_\theta x", ""),
    (r"\Omega(X)_{n\times n} = I + X^TX; \log|\Omega(X)|", "X", ["X : matrix m x n"], r"2X\Omega^{-1}", ""),
    (r"\log([S(y)]_w); [S(y)]_w = e^{y_w}/\sum_j e^{y_j}", "y", ["w : scalar integer"], "e_w - S", ""),
    (r"$W\in\mathbb{R}^{k\times d}$, $g(W) = \sum_{i=1}^k \log(w_i^Tx)$, where $w_i^T$ is the $i$-th row of $W$", "W", (),
     r"(Wx)^{\odot -1}x^{T}", ""),
    (r"$y = \frac{x - \mu}{s}$ where $\mu = \frac1n\sum_i x_i$ and $s = \sqrt{\frac1n\sum_i(x_i-\mu)^2}$", "x", (),
     r"\frac{1}{s}\left(I - \frac{1}{n}(yy^{T} + \mathbf{1}\mathbf{1}^{T})\right)", "divided by n runs to n"),
    (r"$f(w) = \frac1n\sum_i w_i^2$, $w\in\mathbb{R}^d$", "w", (), r"\frac{2}{n}w", ""),
    (r"$x_i\in\mathbb{R}^n$ for $i=1,\dots,N$ and $f(w) = \frac1n\sum_i w^Tx_i$", "w", (), r"\frac{1}{n}\sum_{i=1}^{N} x_i", ""),
    (r"$X\in\mathbb{R}^{m\times n}$ with rows $x_i^T$, and $f(w) = \frac1n\sum_i w^Tx_i$", "w", (), r"\frac{1}{n}\sum_{i=1}^{m} x_i", ""),
    (r"\frac{1}{2m}\sum_i (w^Tx_i - y_i)^2", "w", (), r"\frac{1}{m}\sum_{i=1}^{m} (w^{T}x_i - y_i)x_i", "x is a family of vectors"),
    (r"\sum_{i,j} d'_{ij} x_i^Tx_j", "X", STRIPS, "2D'X", "-th row of"),
    (r"\sum_{i=1}^n w^Tx_i + \|X\|_F^2", "X", STRIPS, r"\mathbf{1}w^{T} + 2X", "-th row of"),
    (r"\sum_{i=1}^n w^Tx_i", "w", STRIPS, r"\sum_{i=1}^{n} x_i", ""),
    (r"L = f(x) = x^Tx", "x", (), "2x", ""),
    (r"\operatorname{tr}(B(a\odot c\,z^T))", "z", (), r"B(a \odot c)", "is the product of entries times z^T"),
    (r"\operatorname{tr}(B(A\odot c\,z^T))", "z", ["A : matrix n x m"], r"(A^{T} \odot B)c", ""),
    (r"f(x) = x^Tx; L = \log f(x)", "x", (), r"\frac{2}{f}x", ""),
    (r"\sum_{i : y_i w^Tx_i < 1} (1 - y_iw^Tx_i)", "w", ["x_i : vector p for i = 1..n", "y_i : scalar for i = 1..n"],
     r"-\sum_{i : y_iw^{T}x_i < 1} y_ix_i", "is 1 where it holds"),
    (r"\sum_{i\mid a_i \ge c} c_ix_i^Tw", "w", ["x_i : vector p for i = 1..n", "a_i, c_i : scalar for i = 1..n", "c : scalar"],
     r"\sum_{i : c < a_i} c_ix_i", "is 1 where it holds"),
    (r"\sum_{i=1}^n \sum_{j : j \ne i} x_j^Tx_i", "x_k", ["x_i : vector p for i = 1..n"], r"2\left(\sum_{j=1}^{n} x_j - x_k\right)", ""),
    (r"\sum_{k=1}^N (a^Tz_k - t_k)^2 + \sum_{k=1}^N z_{kj} a_j", "a", (),
     r"2\sum_{k=1}^{N} (a^{T}z_k - t_k)z_k + \left(\sum_{k=1}^{N} (z_k)_j\right)e_j", ""),
]  # fmt: skip


@pytest.mark.parametrize("source, wrt, declare, result, said", READ)
def test_names_with_an_index_are_read(source, wrt, declare, result, said):
    """A row, a column, a member of a family or an entry, as the shapes decide; a guess is said."""
    found = answer(source, wrt, declare)
    assert str(found.result) == result
    assert said in guesses(found)
    assert found.confirmed


# What has several meanings, or one that cannot be told.
REFUSED = [
    (r"\sum_j y_j w_j^T x", "W", ["W : matrix n x n", "x : vector n", "y : vector n"]),
    (r"\sum_j \|w_j\|^2", "W", WIDE),
    (r"\sum_{k=1}^K w_k x^Tx", "W", WIDE),
    (r"\sum_{j=0}^K (w_j^T x)^2", "W", WIDE),
    (r"W_1 x", "x", WIDE),
    (r"\sum_{i=1}^m \|x^{(i)}\|^4", "X", ["X : matrix m x m"]),
    (r"\sum_{i=1}^n A_{ij} x_i", "x", ["A_{ij} : scalar"]),
    (r"J = \sum_{i=1}^m (h(x_i) - y_i)^2; h(x) = \sum_i w_i x_i", "w", ()),
    (r"\sum_i w^Tx_i + \|X\|_F^2", "X", ["X : matrix n x n", "x_i : vector n for i = 1..n", "w : vector n"]),
]


@pytest.mark.parametrize("source, wrt, declare", REFUSED)
def test_what_several_readings_fit_is_refused(source, wrt, declare):
    with pytest.raises(AmbiguityError):
        answer(source, wrt, declare)


def test_a_parameter_of_a_function_is_no_constant():
    """The derivative by w is not lost in h, of which w is a parameter."""
    found = answer(r"L = \sum_{i=1}^n h(t_i); h(t) = \alpha t^2", r"\alpha", ["t_i : scalar for i = 1..n"])
    assert str(found.result) == r"\sum_{i=1}^{n} t_i^{2}"


def test_an_index_below_a_declared_function_is_an_entry():
    found = answer(r"\sum_i g_i(x)", "x", ["g : function elementwise", "x : vector n"])
    assert str(found.result) == "g'(x)"


def test_a_family_of_scalars_is_not_taken_for_a_matrix():
    with pytest.raises(DerivtexError):
        answer(r"\sum_k w_k \|x\|^2", "W", WIDE)


SQUARE = ["X : matrix n x n", "w : vector n"]


@pytest.mark.parametrize("source", [r"\lambda(X)", r"\log\lambda(X)", r"\lambda(X)^2 + \operatorname{tr}(X)"])
def test_where_a_gradient_is_asked_for_an_eigenvalue_is_one(source):
    """Only a number has a gradient; the guess is said."""
    found = answer(source, "X", SQUARE)
    assert "is one simple eigenvalue" in guesses(found)
    assert found.confirmed


@pytest.mark.parametrize("source", [r"\lambda(X)^T\lambda(X)", r"\|\lambda(X)\|^2", r"w^T\lambda(X)", r"|\lambda(X)|"])
def test_what_only_a_vector_of_eigenvalues_is_put_in_is_refused(source):
    with pytest.raises(AmbiguityError):
        answer(source, "X", SQUARE)


def test_the_differential_of_eigenvalues_may_be_that_of_all():
    with pytest.raises(AmbiguityError):
        derive(r"\lambda(X)", wrt="X", declare=SQUARE, form="differential")


QUESTIONS = [
    (r"d/dX \operatorname{tr}(AX)", "A^{T}"),
    (r"∂/∂x (x^T A x)", r"(A + A^{T})x"),
    (r"df/dx; f = x^Tx", "2x"),
    (r"\frac{\partial \operatorname{vec}(AXB)}{\partial \operatorname{vec}(X)^T}", r"B^{T} \otimes A"),
    (r"\frac{\partial (Ax+b)^TC(Dx+e)}{\partial x}", r"A^{T}C(Dx + e) + D^{T}C^{T}(Ax + b)"),
    (r"\frac{\partial}{\partial x} \log(e + x^Tx)", r"\frac{2}{\exp(1) + x^{T}x}x"),
]


@pytest.mark.parametrize("source, result", QUESTIONS)
def test_what_is_asked_is_read(source, result):
    """A derivative in one line, by a vec, and with an e that the shapes make a vector."""
    assert str(derive(source).result) == result


@pytest.mark.parametrize("source", [
    r"\frac{\partial \operatorname{tr}(AX)}{\partial \operatorname{vec}(X)}",
    r"f = \|X\|_F^2; \frac{\partial f}{\partial x}; x = \operatorname{vec}(X)",
])  # fmt: skip
def test_a_gradient_by_a_vec_is_not_shown_as_a_matrix(source):
    """Its vec is, as a row."""
    assert 1 in [size.integer for size in derive(source).result.shape]


FONTS = [r"\vec y : vector n", "A : matrix n x m", "w : vector m", r"\vec x : vector m"]


def test_a_definition_in_another_font_is_that_of_the_declared_name():
    found = answer(r"L = \vec y^T\vec y; y = A w", "w", FONTS)
    assert str(found.result) == r"2A^{T}\vec y" and "y is the declared" in guesses(found)


@pytest.mark.parametrize("source, result", [(r"y = w^T\vec x; L = y^2 + \vec y^T\vec y", r"2y\vec x"), (r"x = \vec x^T\vec x; L = x w^Tw", "2xw")])
def test_a_name_of_another_shape_is_another_name(source, result):
    assert str(answer(source, "w", FONTS).result) == result


@pytest.mark.parametrize("wrt", [r"\operatorname{vec}(X)", "x = vec(X)"])
def test_a_number_by_vec_of_a_matrix_has_the_vec_of_its_gradient(wrt):
    """As a row, with the column beside it; not the gradient by X itself."""
    found = derive(r"\log\det(I + XX^T)", wrt=wrt, declare=["X: matrix n x m"])
    assert str(found.result) == r"2\operatorname{vec}\bigl((I + XX^{T})^{-1}X\bigr)^{T}"
    assert found.to_dict()["confirmed"]
    assert "order='F'" in found.to_numpy()


def test_a_number_by_vec_of_a_structured_matrix_is_refused():
    with pytest.raises(NotDerivable):
        derive(r"\operatorname{tr}(X^2)", wrt=r"\operatorname{vec}(X)", declare=["X: matrix n x n symmetric"])


def test_a_vec_beside_its_matrix_is_no_variable():
    """Whether X is held while x = vec(X) changes is not told."""
    with pytest.raises(AmbiguityError):
        derive(r"x = \operatorname{vec}(X); \|X\|_F^2 + a^T x", wrt="x", declare=["X: matrix n x m"])


@pytest.mark.parametrize("source, declare, result", [
    (r"\sum_i \log x_{1,i}", "x : row n", r"x^{\odot -1}"), (r"\sum_i x_{1i}^2", "x : row n", "2x"),
    (r"\sum_i \log x_{i1}", "x : vector n", r"x^{\odot -1}"), (r"\sum_{i=1}^n x_{21}x_i", "x : vector n", None),
])  # fmt: skip
def test_the_one_row_or_column_may_be_counted(source, declare, result):
    """The 1 beside the index of a row or a column; `x_{21}` is the 21st entry."""
    found = derive(source, wrt="x", declare=[declare], check=False)
    assert str(found.result) == result if result else "x_{21}" in found.to_latex()


def test_an_index_beside_a_number_is_no_product():
    with pytest.raises(DerivtexError, match="i2 is not an index"):
        derive(r"\sum_i x_{i2}", wrt="x", declare=["x : vector n"])


def test_an_index_is_not_named():
    """`2i - 1` says where: it is no quantity that stands three times."""
    text = derive(r"\sum_{i=1}^{m} x_{2i-1}^2", wrt="x", declare=["x : vector 2m"]).to_latex()
    assert "z_i" not in text and "x_{2i - 1}" in text


def test_a_helper_name_is_no_letter_of_an_operation():
    """Beside the unit vector e_i no residual is called e_i, and none beside the base of the exponential function."""
    text = derive(r"\sum_{i=1}^m \sqrt{(a_i^Tx-b_i)^2+\epsilon}", wrt="x", declare=["A : matrix m x n", r"\epsilon : scalar"], order=2).to_latex()
    assert "e_i^{T}" not in text or "$e_i =" not in text
    assert "(r_{0})" not in text


def test_a_sum_goes_on_as_far_as_its_index_in_lines_too():
    """`\\sum_i a_i^Tw + x_i^Tw` is read in one way, whether it is derived or checked; by x_i the sum ends before it."""
    gradient = r"\frac{\partial L}{\partial w} = "
    report = check(rf"$$L = \sum_{{i=1}}^m a_i^Tw + x_i^Tw$$ $${gradient}\sum_{{i=1}}^m (a_i + x_i)$$ $${gradient}\sum_{{i=1}}^m a_i + x_1$$")
    assert [line.verdict for line in report.lines] == ["definition", "holds", "fails"]
    assert str(derive(r"\sum_{i=1}^n a_i^2 + 3x_i", wrt="x_i", declare=["x : vector n", "a : vector n"]).result) == "3"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"Let $s_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. What is $\frac{\partial s_i}{\partial z_j}$?", r"\operatorname{Diag}(s) - ss^{T}"),
        (r"Let $s_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. What is the Jacobian of $s$ with respect to $z$?", r"\operatorname{Diag}(s) - ss^{T}"),
        (r"Let $y_i = w^Tx_i$. What is $\frac{\partial y_i}{\partial w}$?", "x_i"),
        (r"Let $y_i = \sigma(w^Tx_i)$. Gradient of $y_i$ with respect to $w$?", "y_i(1 - y_i)x_i"),
        (r"Let $h_i = W x_i$. What is $\frac{\partial h_i}{\partial W}$?", r"x_i^{T} \otimes I_n"),
    ],
)
def test_one_of_a_family_and_all_entries_together_can_be_asked_for(text, wanted):
    """Entries of vectors that are defined by their entries, by entries: the Jacobian; members by something else: each by itself."""
    assert derive(text).to_dict()["result"]["latex"] == wanted
