"""Results as a careful person would write them: short, in names, merged; each confirmed by the numbers."""

import pytest

import derivtex

MATRICES = ["X, Y, M : matrix n x n", "W : matrix p x q", "x, a : vector n"]


def result(source: str, wrt: str, declare=(), **asked) -> str:
    found = derivtex.derive(source, wrt=wrt, declare=[*MATRICES, *declare], **asked)
    assert found.confirmed
    return found.to_dict()["result"]["latex"]


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"(XY)_{ij}", "X_{kl}", r"\delta_{ik}Y_{lj}"),
    (r"(X^{-1})_{ij}", "X_{kl}", r"-(X^{-1})_{ik}(X^{-1})_{lj}"),
    (r"(a^TXa)^2", "X_{kl}", r"2a_ka_la^{T}Xa"),
    (r"\sum_{k=1}^{p}\sum_{l=1}^{q}\sum_{i=1}^{p}\sum_{j=1}^{q} W_{kl}W_{ij}", "W_{rs}", r"2\sum_{i=1}^{p} \sum_{j=1}^{q} W_{ij}"),
])  # fmt: skip
def test_an_entry_in_entries(source, wrt, expected):
    """What is asked of an entry is told in entries, with no matrix put together to take one out."""
    assert result(source, wrt) == expected


def test_what_is_written_three_times_has_a_name():
    """The softmax in its Jacobian is p; what p is stands below."""
    found = derivtex.derive(r"\log\sum_{i=1}^n e^{x_i}", wrt="x", order=2, declare=MATRICES)
    assert found.confirmed and found.to_dict()["result"]["latex"] == r"\operatorname{Diag}(p) - pp^{T}"
    assert r" and $p = \mathrm{softmax}(x)$." in found.to_latex()


def test_twice_is_not_often():
    assert result(r"a^T\sigma(x)", "x") == r"\sigma(x) \odot \bigl(1 - \sigma(x)\bigr) \odot a"


def test_a_helper_name_is_free():
    """p is taken, so the softmax gets another letter."""
    found = derivtex.derive(r"p\log\sum_{i=1}^n e^{x_i}", wrt="x", order=2, declare=[*MATRICES, "p : scalar"])
    text = found.to_latex(template="align")
    assert found.confirmed and r"$q = \operatorname{softmax}(x)$" in text and r"&= p\bigl(\operatorname{Diag}(q) - qq^{T}\bigr)" in text


def test_block_triangular_matrices_are_inverted_block_by_block():
    assert result(r"\det\begin{bmatrix} X & M \\ 0 & X^T \end{bmatrix}", "X") == r"2(\det X)^{2}X^{-T}"


def test_a_symmetric_block_matrix_is_seen_to_be_symmetric():
    """[A, X; Xᵀ, D] with symmetric A and D: its inverse is not added to its transpose."""
    declare = ["A, D : matrix n x n posdef"]
    found = result(r"\log\det\begin{bmatrix} A & X \\ X^T & D \end{bmatrix}", "X", declare)
    assert found.startswith("2") and "-T" not in found


def test_the_letter_of_a_sum_does_not_matter():
    assert result(r"\sum_{i=1}^n x_i^3 + \sum_{k=1}^n x_k^3", "x") == r"6x^{\odot 2}"


@pytest.mark.parametrize(("source", "expected"), [
    (r"\frac12\sum_{i=1}^n\sum_{j=1}^n S_{ij}(x_i-x_j)^2", r"2(x \odot S\mathbf{1} - Sx)"),
    (r"\sum_{i=1}^n\sum_{j=1}^n S_{ij}(x_i-a_j)^2", r"2(x \odot S\mathbf{1} - Sa)"),
    (r"\sum_{i=1}^n\sum_{j=1}^n (x_i-x_j)^2", r"4\bigl(nx - (x^{T}\mathbf{1})\mathbf{1}\bigr)"),
    (r"\sum_{i=1}^n\sum_{j=1}^n S_{ij}(x_i-x_j)^4", r"8\bigl(S \odot (x\mathbf{1}^{T} - \mathbf{1}x^{T})^{\odot 3}\bigr)\mathbf{1}"),
    (r"\sum_{i=1}^n\sum_{j=1}^n S_{ij}x_ix_j", r"2Sx"),
    (r"\sum_{i=1}^n (c_i^Tx)^2", r"2\sum_{i=1}^{n} (c_i^{T}x)c_i"),
])  # fmt: skip
def test_double_sums_in_matrix_form(source, expected):
    """A graph's smoothness and its relatives."""
    assert result(source, "x", ["S : matrix n x n symmetric", "c_i : vector n for i = 1..n"]) == expected


def test_rows_scaled_by_a_vector():
    declare = ["V : matrix n x k"]
    assert result(r"\sum_{f=1}^k \left[(V^Tx)_f^2 - \sum_{i=1}^n V_{if}^2x_i^2\right]", "V", declare) == (
        r"2\bigl(xx^{T} - \operatorname{Diag}(x^{\odot 2})\bigr)V"
    )


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"[\omega]_\times p", r"\omega", r"-[p]_{\times}"), (r"a\times b", "b", r"[a]_{\times}"),
    (r"\omega\times(\omega\times r)", "r", r"[\omega]_{\times}^{2}"),
    (r"R[\omega]_\times p", r"\omega", r"-R[p]_{\times}"), (r"c^T[\omega]_\times p", r"\omega", r"p \times c"),
    (r"\lambda\times x^TAx", "x", r"\lambda(A + A^{T})x"),
])  # fmt: skip
def test_cross_products(source, wrt, expected):
    """By a factor, and by the vector of their matrix; a cross between a number and a longer product is none."""
    found = derivtex.derive(source, wrt=wrt)
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected


def test_a_power_series():
    """Coefficients from 0 on are a family, no vector."""
    found = derivtex.derive(r"\sum_{i=0}^{n} a_i x^i", wrt="x", declare=["x : scalar"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == r"\sum_{i=0}^{n} ia_ix^{i - 1}"


MEAN = "\\mu = \\frac1n\\sum_{i=1}^n x_i\n"


@pytest.mark.parametrize(("source", "of", "expected"), [
    (MEAN + r"v = \frac1n\sum_{i=1}^n (x_i - \mu)^2", "v", r"\frac{2}{n}(x - \mu\mathbf{1})"),
    ("\\mu = \\frac1n\\mathbf{1}^Tx\nv = \\|x - \\mu\\mathbf{1}\\|^2", "v", r"2(x - \mu\mathbf{1})"),
    (MEAN + "v = \\frac1n\\sum_{i=1}^n (x_i - \\mu)^2\ny = \\frac{x - \\mu\\mathbf{1}}{\\sqrt{v + 1}}", "y",
     r"\frac{1}{\sqrt{v + 1}}\left(I - \frac{1}{n}(yy^{T} + \mathbf{1}\mathbf{1}^{T})\right)"),
    (MEAN + r"v = \sum_{i=1}^n (x_i - \mu)^3", "v", None),
])  # fmt: skip
def test_deviations_from_a_mean(source, of, expected):
    """They add up to zero by the definition of the mean; their cubes do not."""
    found = derivtex.derive(source, of=of, wrt="x", declare=MATRICES)
    assert found.confirmed
    latex = found.to_dict()["result"]["latex"]
    assert latex == expected if expected else r"\sum" in latex


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\log\det(I + taa^T)", "t", r"\frac{a^{T}a}{1 + ta^{T}a}"),
    (r"\det(X + te_ie_j^TX)", "t", r"\delta_{ji}\det X"),
    (r"\det(X + tXae_1^T)", "t", r"(e_1^{T}a)\det X"),
])  # fmt: skip
def test_a_determinant_after_a_change_of_rank_one(source, wrt, expected):
    """det(I + uvᵀ) = 1 + vᵀu, which is said."""
    found = derivtex.derive(source, wrt=wrt, declare=[*MATRICES, "t : scalar"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected
    assert r"Here $\det(" in found.to_latex()


def test_the_target_is_used_in_its_own_derivative():
    """f = ‖Ax‖²/(1 + ‖x‖²): f stands for the quotient, also where its square root or another power is left."""
    found = result("f = \\frac{\\|Xx - a\\|^2}{1 + \\|x\\|^2}", "x", of="f")
    assert found == r"\frac{2}{1 + \|x\|^{2}}\bigl(X^{T}(Xx - a) - fx\bigr)"


def test_eigenvectors_of_a_symmetric_matrix():
    """As if its entries were free, too: left and right eigenvectors of a symmetric matrix are the same."""
    found = result(r"\lambda_{\max}(S) + \lambda_2(S)", "S", ["S : matrix n x n symmetric"], structure="ignore")
    assert found == "uu^{T} + qq^{T}"


def test_powers_are_no_products_of_halves():
    """A^{3/2} and A³ are different matrices."""
    assert result(r"\operatorname{tr}(A^{3/2}X) + \operatorname{tr}(A^3X)", "X", ["A : matrix n x n posdef"]) == "A^{3/2} + A^{3}"


def test_what_commutes_with_a_logarithm():
    declare = ["A, B : matrix n x n posdef"]
    for structure in ("ignore", "projected"):
        found = result("C = A^{-1/2}BA^{-1/2}\nd = \\|\\log C\\|_F^2", "B", declare, of="d", structure=structure)
        assert found == r"2A^{-1/2}C^{-1}\log(C)A^{-1/2}"


def test_a_condition_on_the_labels():
    """1ᵀt = 1 is said of t, which nothing defines; with it the gradient of the cross-entropy is (p − t)xᵀ."""
    source = "p = \\operatorname{softmax}(Wz)\nL = -t^T\\log p\n"
    for condition in (r"\mathbf{1}^Tt = 1", r"\sum_i t_i = 1", r"1 = t^T\mathbf{1}"):
        found = derivtex.derive(source + condition, of="L", wrt="W", declare=["W : matrix m x q", "z : vector q", "t : vector m"])
        assert found.confirmed and found.to_dict()["result"]["latex"] == "(p - t)z^{T}"
        assert r"$\mathbf{1}^Tt = 1$" in found.to_latex() and "does not hold" not in found.to_latex()
    assert r"t^{T}\mathbf{1}" in derivtex.derive(source + r"t^T\mathbf{1} = 1", of="L", wrt="W").to_latex(template="article")
    free = derivtex.derive(source, of="L", wrt="W", declare=["W : matrix m x q", "z : vector q", "t : vector m"])
    assert free.to_dict()["result"]["latex"] != "(p - t)z^{T}"
    assert r"Where $t^{T}\mathbf{1}$ is 1, this is $(p - t)z^{T}$." in free.to_latex()


def test_a_condition_on_the_variable_is_no_constant():
    """Of a w whose entries sum to 1 the sum is not differentiated as 1; it is said that the entries are taken as free."""
    found = derivtex.derive("f = (\\mathbf{1}^Tw)^2 + a^Tw\n\\mathbf{1}^Tw = 1", of="f", wrt="w", declare=["w, a : vector n"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == r"2\mathbf{1} + a"
    assert "the entries of $w$ are taken as free" in found.to_latex()


def test_what_is_asserted_of_a_defined_name_is_checked():
    found = derivtex.derive("p = Ax\nf = a^Tp\n\\mathbf{1}^Tp = 1", of="f", wrt="x", declare=["A : matrix n x n", "x, a : vector n"])
    assert r"does not hold" in found.to_latex()


def test_a_condition_that_is_not_used():
    found = derivtex.derive("\\operatorname{tr}(U^TAU)\nU^TU = I", wrt="U", declare=["U : matrix m x n", "A : matrix m x m"])
    assert "as a condition it was not used" in found.to_latex()


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\frac{x^TSx}{x^Tx}", "x", r"\frac{2}{x^{T}x}\left(Sx - \frac{x^{T}Sx}{x^{T}x}x\right)"),
    (r"\operatorname{tr}(XAXB)", "X", r"(AXB + BXA)^{T}"),
    (r"\|xx^T - A\|_F^2", "x", r"2(2xx^{T} - A - A^{T})x"),
    (r"\frac{\|x\|^3}{a^Tx}", "x", None),
])  # fmt: skip
def test_shared_powers_and_turned_sums(source, wrt, expected):
    found = result(source, wrt, ["S : matrix n x n symmetric", "A, B : matrix n x n"])
    assert expected is None or found == expected


TABLE_FORMS = {
    r"J = \sum_{i=1}^N (y_i-m)^TV^{-1}(y_i-m)": (
        "m", ["y_i : vector n for i = 1..N", "m : vector n", "V : matrix n x n posdef"],
        r"-2V^{-1}\sum_{i=1}^{N} (y_i - m)",
    ),
    r"J = \sum_{k=1}^K (x-m_k)^TS_k^{-1}(x-m_k)": (
        "x", ["m_k : vector n for k = 1..K", "x : vector n", "S_k : matrix n x n posdef for k = 1..K"],
        r"2\sum_{k=1}^{K} S_k^{-1}(x - m_k)",
    ),
    r"J = \operatorname{vec}(Z)^TA\operatorname{vec}(Z)": (
        "Z", ["Z : matrix n x p", "A : matrix n*p x n*p"],
        r"\operatorname{unvec}\bigl((A + A^{T})\operatorname{vec}(Z)\bigr)",
    ),
    r"u = a + tb; J = \sin(u)\odot\exp(u)": (
        "t", ["a, b : vector n", "t : scalar"],
        r"\exp(u) \odot b \odot (\cos u + \sin u)",
    ),
    r"J = \exp(ta)^TB": (
        "t", ["a : vector n", "B : matrix n x p", "t : scalar"],
        r"\bigl(\exp(ta) \odot a\bigr)^{T}B",
    ),
    r"J = \operatorname{tr}((I + tA)^{-1})": (
        "t", ["A : matrix n x n", "t : scalar"],
        r"-\operatorname{tr}\bigl((I + tA)^{-2}A\bigr)",
    ),
    r"J = \det(Z\otimes B)": (
        "Z", ["Z : matrix n x n invertible", "B : matrix p x p invertible"],
        r"JpZ^{-T}",
    ),
    r"b = \|A\|_F; J = cb": (
        "A", ["A : matrix m x n", "c : scalar"],
        r"\frac{c}{b}A",
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", TABLE_FORMS)
def test_the_form_of_the_tables(source):
    """What all terms share stands once, what does not depend on an index stands before the sum, and a name is no detour."""
    wrt, declare, expected = TABLE_FORMS[source]
    assert result(source, wrt, declare, of="J") == expected


def test_a_second_derivative_by_a_number_needs_no_helper():
    declare = ["P : matrix n x n", "Q : matrix n x n", "t : scalar"]
    found = derivtex.derive(r"U = P + tQ; f = \det(U)", of="f", wrt="t", declare=declare, order=2)
    assert found.confirmed
    assert found.to_dict()["result"]["latex"] == r"f\Bigl(\operatorname{tr}(U^{-1}Q)^{2} - \operatorname{tr}\bigl((U^{-1}Q)^{2}\bigr)\Bigr)"


DIFFERENTIALS = {
    r"\|X\|_2": (1, r"u^{T}\,dX\,v"),
    r"a^TXa": (1, r"a^{T}\,dX\,a"),
    r"X^{-1}B": (1, r"-X^{-1}\,dX\,X^{-1}B"),
    r"\operatorname{tr}(X^3)": (2, r"6\operatorname{tr}(dX\,dX\,X)"),
    r"\det(X)": (2, r"\det(X)\bigl(\operatorname{tr}(X^{-1}\,dX)^{2} - \operatorname{tr}(X^{-1}\,dX\,X^{-1}\,dX)\bigr)"),
}


@pytest.mark.parametrize("source", DIFFERENTIALS)
def test_the_form_of_a_differential(source):
    """Equal terms are merged, common factors stand in front, and no trace stands around what is a number without it."""
    order, expected = DIFFERENTIALS[source]
    declare = ["X : matrix n x n invertible", "a : vector n", "B : matrix n x p"]
    found = derivtex.derive(source, wrt="X", declare=declare, form="differential", order=order)
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected


def test_a_common_factor_of_a_differential_in_two_variables():
    found = derivtex.derive("A^{-1}B", wrt="A, B", declare=["A : matrix n x n invertible", "B : matrix n x p"], form="differential")
    assert found.confirmed and found.to_dict()["result"]["latex"] == r"A^{-1}(dB - dA\,A^{-1}B)"


def test_an_entrywise_factor_that_stands_twice_is_shared_once():
    assert result(r"J = \mathbf{1}^T(a\odot a\odot\sin x + a\odot\cos x)", "x", of="J") == r"a \odot (a \odot \cos x - \sin x)"


def test_projections_keep_their_range():
    """Y = Z⁺: what is multiplied by a projection that keeps it stays, and names are opened where that makes it shorter."""
    found = derivtex.derive("Y = Z^{+}\nf = \\log\\det(Y^TY)", of="f", wrt="Z", declare=["Z : matrix k x m"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == "-2Y^{T}"


@pytest.mark.parametrize(("source", "wrt", "expected"), [
    (r"\operatorname{vec}(M)^T(X\otimes Y)\operatorname{vec}(W)", "X", "M^{T}YW"),
    (r"\|\operatorname{vec}(X) - (M\otimes Y)\operatorname{vec}(W)\|^2", "X", "2(X - YWM^{T})"),
    (r"(x\otimes x)^T\operatorname{vec}(M)", "x", "(M^{T} + M)x"),
])  # fmt: skip
def test_inner_products_of_vecs_are_traces(source, wrt, expected):
    declare = ["W, X, Y, M : matrix n x n", "x : vector n"]
    found = derivtex.derive(source, wrt=wrt, declare=declare)
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected


def test_equal_traces_are_added():
    declare = ["P, Q : matrix n x n", "t : scalar"]
    found = derivtex.derive(r"U = P + tQ; f = \operatorname{tr}(U^3)", of="f", wrt="t", declare=declare)
    assert found.confirmed and found.to_dict()["result"]["latex"] == r"3\operatorname{tr}(QU^{2})"


@pytest.mark.parametrize(("source", "expected", "assumed"), [
    (r"\|Wx - b\|_\infty", "W^{T}s", "one entry of $Wx - b$ alone is the largest in absolute value"),
    (r"\|Wx - b\|_1", r"W^{T}\operatorname{sign}(Wx - b)", "$Wx - b$ has no zero entry"),
    (r"\max(a^Tx, c^Tx)", r"c + \operatorname{step}\bigl((a - c)^{T}x\bigr)(a - c)", "$a^{T}x - c^{T}x$ is not zero"),
])  # fmt: skip
def test_where_there_is_no_derivative_is_said(source, expected, assumed):
    found = derivtex.derive(source, wrt="x", declare=["W : matrix m x n", "x, a, c : vector n", "b : vector m"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected
    assert found.assumptions == [assumed]


@pytest.mark.parametrize(("source", "order", "expected"), [
    ("(a^Tx)^2(b^Tx)", 2, r"2\bigl((b^{T}x)aa^{T} + (a^{T}x)(ba^{T} + ab^{T})\bigr)"),
    (r"\frac{x^Tx}{a^Tx + b^Tx}", 1, r"\frac{1}{(a + b)^{T}x}\left(2x - \frac{x^{T}x}{(a + b)^{T}x}(a + b)\right)"),
])  # fmt: skip
def test_equal_terms_in_products_come_together(source, order, expected):
    found = derivtex.derive(source, wrt="x", order=order, declare=["x, a, b : vector n"])
    assert found.confirmed and found.to_dict()["result"]["latex"] == expected


def test_powers_of_transposes_beside_transposes():
    made = derivtex.derive(r"\operatorname{tr}(X^3 + \exp(X))", wrt="X", declare=["X: matrix n x n"])
    assert made.to_dict()["result"]["latex"] == r"\bigl(3X^{2} + \exp(X)\bigr)^{T}"
