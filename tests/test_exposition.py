"""The manner of a derivation: what is named, what rides along, where conditions stand, what is not said."""

import re

import pytest

import derivtex
from derivtex.derivation.differentiation import GOES_ON
from derivtex.derivation.naming import cost
from derivtex.simplification.rulebook import PAGES


def page(source, wrt, *declare, **options):
    return derivtex.derive(source, wrt=wrt, declare=list(declare), **options).to_latex(template="align")


def rows(text):
    """The lines of a display, with their relation."""
    return [row for row in re.split(r"\\\\", text) if "&=" in row]


REPEATED = {
    r"\|A - (B\circ C)D\|_F^2": ("B", ["A: matrix m x p", "B: matrix m x k", "C: matrix m x k", "D: matrix k x p"], r"(B \circ C)D"),
    r"\log\det(AXB)": ("X", ["A: matrix k x m", "X: matrix m x n", "B: matrix n x k"], "AXB"),
    r"(x-y)^TM(x-y)": ("x", ["x: vector n", "y: vector n", "M: matrix n x n symmetric"], "x - y"),
    r"\sum_{i=1}^m\log(1+\exp(-y_ix_i^Tw))": ("w", ["x_i: vector n", "y_i: scalar", "w: vector n"], "x_i^{T}w"),
    r"\log\sum_{i=1}^m\exp(a_i^Tx + b_i)": ("x", ["a_i: vector n", "b_i: scalar", "x: vector n"], "a_i^{T}x + b_i"),
}


@pytest.mark.parametrize("source", REPEATED)
def test_what_stands_three_times_in_the_lines_is_named_before_them(source):
    """It is written once, where the name is introduced, and in no row; reading the named lines costs less."""
    wrt, declare, part = REPEATED[source]
    answer = derivtex.derive(source, wrt=wrt, declare=declare)
    before, display = answer.to_latex(template="align").split(r"\begin{align*}")
    assert f"= {part}" in before or f"{part}$" in before or part in before
    assert part not in display
    assert answer.confirmed


def test_what_only_the_result_would_name_is_named_before_the_lines_too():
    """Where the plain derivation names a part of its result, the lines before may repeat that part as well."""
    answer = derivtex.derive(r"f = Bx \circ \sigma(Cx)", wrt="x", declare=["B: matrix m x n", "C: matrix m x n", "x: vector n"], check=False)
    before, _ = answer.to_latex(template="align").split(r"\begin{align*}")
    assert r"p = \sigma(Cx)" in before and cost(answer.derivation) < cost(answer.derivation.unnamed)


@pytest.mark.parametrize(("source", "wrt", "layer"), [
    ("a^T" + r"\tanh(" * 8 + "Wx" + ")" * 8, "x", r"$h_2 = \tanh h_1$"),
    (r"\operatorname{tr}(" + "(A + " * 7 + "X" + ")^{-1}" * 7 + ")", "X", "$H_2 = (A + H_1)^{-1}$"),
    ("1/(1+" * 7 + "x" + ")" * 7, "x", r"$s_2 = \frac{1}{1 + s_1}$"),
])  # fmt: skip
def test_many_layers_are_named_from_the_inside_out(source, wrt, layer):
    answer = derivtex.derive(source, wrt=wrt, declare=["x: scalar"] if source[0] == "1" else [])
    assert layer in answer.to_latex() and answer.confirmed
    assert cost(answer.derivation) * 1.5 < cost(answer.derivation.unnamed)


def test_what_is_named_layer_by_layer_grows_with_the_layers():
    pages = [derivtex.derive("a^T" + r"\tanh(" * many + "Wx" + ")" * many, wrt="x", check=False).to_latex() for many in (8, 16)]
    assert len(pages[1]) < 2.6 * len(pages[0])


def test_a_name_that_would_be_the_result_is_none():
    assert "Let" not in page("f = (x-a)^T(x-a)", "x", "x: vector n", "a: vector n")


def test_names_cost_less_to_read():
    named = derivtex.derive(r"f = \|Ax-b\|^2", wrt="x", declare=["A: matrix m x n", "x: vector n", "b: vector m"]).derivation
    assert named.unnamed is not None and cost(named) < cost(named.unnamed)


def test_names_do_not_clash_with_functions():
    assert r"\phi = " not in page(r"\|\phi(Wx)-y\|^2", "W", "W: matrix m x n", "x: vector n", "y: vector m", r"\phi: function elementwise")


def test_a_name_that_is_dropped_leaves_no_trace():
    """The other parts had it inside of them, and its letter goes to one of those."""
    said = page(r"\|\tanh(W x + b) - y\|_2^2", "W", "W: matrix k x n", "x: vector n", "b: vector k", "y: vector k")
    assert r"$h = \tanh(Wx + b)$, $r = h - y$ and $s = 1 - h^{\odot 2}$" in said and r"2(s \odot r)x^{T}" in said


def test_the_answer_is_told_without_names():
    """Who has not read the lines gets the result written out."""
    answer = derivtex.derive(r"f = \|Ax-b\|^2", wrt="x", declare=["A: matrix m x n", "x: vector n", "b: vector m"])
    assert str(answer.result) == "2A^{T}(Ax - b)" and answer.to_dict()["result"]["latex"] == "2A^{T}(Ax - b)"
    assert "2A^{T}r" in answer.to_latex() and answer.confirmed
    bare = derivtex.derive(r"\det(X^TX)", wrt="X")
    assert str(bare.result) == r"2\det(X^{T}X)X(X^{T}X)^{-1}" and r"2\phi XM^{-1}" in bare.to_latex()


def test_a_condition_stands_in_the_line_that_needs_it():
    text = page(r"f = \log\det(X^TAX)", "X", "A: matrix n x n symmetric", "X: matrix n x k")
    first = text.split("&=")[1]
    assert "Jacobi's formula;" in first and r"$\det M > 0$" in first and "Assumed" not in text


def test_symmetry_is_named_where_it_is_used():
    declared = ["S: matrix n x n symmetric", r"\Lambda: matrix k x k symmetric", "W: matrix n x k"]
    assert "$S$ and $\\Lambda$ are symmetric" in page(r"L = \operatorname{tr}(W^TSW) - \operatorname{tr}(\Lambda(W^TW - I))", "W", *declared)


def test_what_is_linear_needs_no_line_of_its_own():
    text = page(r"f = \|Ax-b\|^2", "x", "A: matrix m x n", "x: vector n", "b: vector m")
    assert len(rows(text)) == 2 and "$dr = A\\,dx$" in text


SILENT = {
    r"\log\det X": ("X", ["X: matrix n x n symmetric"]),
    r"\sum_{i=1}^m (a_i^Tx - b_i)^2": ("x", []),
    "z^HAz": ("z", ["z: vector n complex", "A: matrix n x n"]),
}


@pytest.mark.parametrize("source", SILENT)
def test_nothing_stands_behind_the_display(source):
    """No other layout, no guess, no remark on a structure."""
    wrt, declared = SILENT[source]
    assert page(source, wrt, *declared).rstrip().endswith(r"\end{align*}")


def test_a_ratio_is_differentiated_crosswise():
    """The author's name of a quotient stays: no square of the denominator."""
    text = page(r"\lambda = \frac{x^TAx}{x^TBx}", "x", "A: matrix n x n symmetric", "B: matrix n x n symmetric", "x: vector n")
    assert "quotient rule" in text and r"\lambda" in text.split("partial\\lambda}")[1] and "^{2}" not in text


NETWORK = r"z = W_1x + b_1; h = \sigma(z); o = W_2h + b_2; L = \tfrac12\|o - t\|^2"
LAYERS = ["W_1: matrix m x n", "W_2: matrix k x m", "b_1: vector m", "b_2: vector k", "x: vector n", "t: vector k"]


@pytest.mark.parametrize("by, result", [("W_1", r"\delta x^{T}"), ("b_1", r"\delta")])
def test_what_backpropagation_hands_on_is_called_delta(by, result):
    """It is defined before the lines, and multiplies the differential of the layer's input in one of them."""
    before, display = page(NETWORK, by, *LAYERS).split(r"\begin{align*}")
    assert r"$\delta = h \odot (1 - h) \odot W_2^{T}r$" in before
    assert r"\delta^{T}\,dz" in display and rf"&= {result} " in display and r"\odot W_2" not in display


WEIGHTS = {
    r"g = X^T(\sigma(Xw) - y)": ("w", ["X: matrix n x p", "w: vector p", "y: vector n"], r"$D = \operatorname{Diag}", "X^{T}DX"),
    r"\phi = \tfrac12\|W\circ(M - UV^T)\|_F^2":
        ("U", ["M: matrix m x n", "U: matrix m x k", "V: matrix n x k"], r"$R = UV^{T} - M$ and $S = W", "SV"),
    r"\phi = -\frac{N}{2}\log\det\Sigma - \frac12\sum_{n=1}^N (x_n-\mu)^T\Sigma^{-1}(x_n-\mu)":
        (r"\Sigma", [r"\Sigma: matrix p x p symmetric posdef", r"\mu: vector p", "x_n: vector p for n = 1..N"], "S = ", r"S\Sigma^{-1}"),
}  # fmt: skip


@pytest.mark.parametrize("source", WEIGHTS)
def test_weights_that_stand_only_in_the_last_lines_are_named(source):
    wrt, declare, before, behind = WEIGHTS[source]
    said, display = page(source, wrt, *declare).split(r"\begin{align*}")
    assert before in said and behind in display.split(r"\frac{\partial")[-1]


def test_a_name_does_not_hide_the_result():
    """Two terms of an answer that is short stay what they are."""
    assert "Let" not in page(r"\phi = \operatorname{tr}(X^{-1}A) + \log\det X", "X", "X: matrix n x n posdef", "A: matrix n x n symmetric")


def test_a_residual_keeps_its_author_s_sign_where_nothing_is_gained():
    assert "$r = Ax - b$" in page(r"f = -\|Ax - b\|^2", "x", "A: matrix m x n", "x: vector n", "b: vector m")


def test_names_are_defined_before_they_are_used():
    said = page(r"g = X^T(\sigma(Xw) - y)", "w", "X: matrix n x p", "w: vector p", "y: vector n").split(r"\begin{align*}")[0]
    assert said.index("s = ") < said.index("D = ")


def test_one_minus_a_name_is_none():
    text = page(r"\ell = \sum_{i=1}^n\log(1+\exp(-y_ix_i^Tw))", "w", "x_i: vector p", "y_i: scalar", "w: vector p", order=2)
    assert "(1 - p_i)" in text or "(1 - s_i)" in text


def test_the_weights_of_a_log_sum_exp_are_named():
    said, display = page(r"\log\sum_{i=1}^m\exp(a_i^Tx + b_i)", "x", "a_i: vector n", "b_i: scalar", "x: vector n", order=2).split(r"\begin{align*}")
    assert r"$p_i = \frac{\exp(z_i)}{\sum_{j=1}^{m} \exp(z_j)}$" in said and said.index("z_i = ") < said.index("p_i = ")
    assert "S - gg^{T}" in display and r"\exp" not in display


def test_the_state_of_an_exponential_is_named():
    said, display = page(r"\psi = \log\operatorname{tr}e^{tA}", "t", "A: matrix n x n symmetric", "t: scalar").split(r"\begin{align*}")
    assert r"\rho = " in said and r"\operatorname{tr}(\rho A)" in display


def test_a_hessian_of_a_ratio_looks_symmetric():
    """The gradient's name stays, and the quotient is one line with what changes in it."""
    text = page(r"\lambda = \frac{x^TAx}{x^TBx}", "x", "A: matrix n x n symmetric", "B: matrix n x n symmetric", "x: vector n", order=2)
    assert "R - Bxg^{T} - gx^{T}B" in text and len(rows(text)) == 4


def test_terms_that_are_transposes_are_told_to_be():
    text = page(r"f = \operatorname{tr}(RS); S = LL^T", "L", "L: matrix n x n", "R: matrix n x n symmetric", "S: matrix n x n")
    assert "transposes: $R$ is symmetric" in text and "product rule" not in text


MANNERS = {
    "a minus goes into a difference that the lines made": (
        r"L = -\sum_{i=1}^n (b_i\log\sigma(w^Ta_i) + (1-b_i)\log(1-\sigma(w^Ta_i)))", "w",
        ["w: vector p", "a_i: vector p for i = 1..n", "b: vector n"],
        ["(s_i - b_i)a_i", "opposite terms cancel", r"\bigl(b_i(1 - s_i)a_i^{T}\,dw - (1 - b_i)s_ia_i^{T}\,dw\bigr)"], []),
    "an author's own difference stays": (
        r"f = -\sum_{i=1}^n (b_i - x^Ta_i)c_i", "a_i", ["x: vector p", "a_i: vector p for i = 1..n", "b, c: vector n"], ["&= c_ix &&"], []),
    "1 - p stays": (r"f = \frac{1}{1+e^{x^Tb}}", "x", ["x: vector n", "b: vector n"], ["-f(1 - f)b &&"], []),
    "what a layer gives is h, what is left over r, what comes back delta": (
        r"u = \tanh(Ax); L = \|B\tanh(Cu) - y\|^2", "A", ["A: matrix n x n", "B: matrix k x n", "C: matrix n x n", "x: vector n", "y: vector k"],
        ["$r = ", "$s = 1 - ", r"$\delta = s \odot"], []),
    "terms that are added as transposes stand there before they are collected": (
        r"P = (I-GH)M(I-GH)^T + GNG^T; f = \operatorname{tr}P", "G", ["M: matrix n x n symmetric", "N: matrix m x m symmetric", "G: matrix n x m"],
        ["transposes: $M$ and $N$ are symmetric", r"\text{cyclic}"], [r"\operatorname{tr}(dP)", "the trace is linear"]),
    "that terms are transposes is told though the equation that shows it has no room": (
        r"f = \operatorname{tr}((W^TBW)^{-1}W^TAW)", "W", ["A: matrix n x n symmetric", "B: matrix n x n posdef", "W: matrix n x k"],
        ["transposes: $A$ and $B$ are symmetric"], ["$dM = "]),
    "a softmax written out is known before it is differentiated, its weights have a name with two indices": (
        r"f = -\sum_{i=1}^n\sum_{k=1}^K y_{ik}\log\frac{e^{w_k^Tx_i}}{\sum_{j=1}^K e^{w_j^Tx_i}}", "w_k",
        ["w_k: vector d for k = 1..K", "x_i: vector d for i = 1..n", "y: matrix n x K"],
        ["Let $p_{ij} = ", r"this is $\sum_{i=1}^{n} (p_{ik} - y_{ik})x_i$"], ["quotient rule"]),
    "the author's name for a weight is used": (
        r"p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}; f = -\sum_{k=1}^K t_k\log p_k", "z_i", [],
        [r"&= p_i\sum_{k=1}^{K} t_k - t_i", "this is $p_i - t_i$"], ["Let"]),
    "what is zero by the definitions is told": (
        r"m = \frac1n\sum_{i=1}^n x_i; v = \sum_{i=1}^n (x_i-m)^2; f = \sum_{i=1}^n g_i\frac{x_i-m}{\sqrt{v+a}}", "x_j", ["a: scalar"],
        [r"$\sum_{l=1}^{n} z_l$ is 0"], [r"\delta", "e_j"]),
    "a transpose stands outside where that is shorter, of powers too": (
        r"f = \operatorname{tr}(AX^3)", "X", ["A: matrix n x n"], ["(X^{2}A + XAX + AX^{2})^{T}"], []),
    "a log of a product of logistic functions is a sum first": (
        r"f = \log(\sigma(a^Tx)(1-\sigma(a^Tx)))", "x", [], [r"d\log\sigma(t) = (1-\sigma(t))\,dt"], ["product rule", "cancel"]),
    "a gradient made of its entries is told by them, in traces where the lines are": (
        r"A = A_0 + \sum_{i=1}^m x_iA_i; f = -\log\det A", "x", ["A_0: matrix n x n", "A_i: matrix n x n symmetric for i = 1..m"],
        [r"\frac{\partial f}{\partial x_i} &= -\operatorname{tr}(A^{-1}A_i)", r"$dA = \sum_{i=1}^{m} dx_i\,A_i$"], [r"\langle", "single-entry"]),
    "a term and a multiple of it have one bracket": (
        r"f = \log\sigma(a^Tx) + \log(1 - \sigma(a^Tx))", "x", [], [r"\bigl(1 - 2\sigma(a^{T}x)\bigr)a"], []),
    "a name of a layer": (
        r"f = v^TW^{(2)}a", "W^{(2)}", [], [r"v^{T}\,dW^{(2)}\,a"], ["d("]),
    "the shares of the components of a mixture": (
        r"\ell = \sum_{n=1}^N\log\sum_{k=1}^K \pi_k\exp(-\frac12\|x_n - \mu_k\|^2)", r"\mu_k",
        ["x_n: vector d for n = 1..N", r"\mu_k: vector d for k = 1..K", r"\pi_k: scalar positive for k = 1..K"],
        [r"\partial\mu_k} &= \sum_{n=1}^{N} \gamma_{nk}(x_n - \mu_k)", r"\gamma_{nk} = "], ["d t/t", r"\frac{\frac"]),
    "what is symmetric of a family is told with its index": (
        r"\ell = \sum_{k=1}^K (x - \mu_k)^T\Sigma_k^{-1}(x - \mu_k)", r"\mu_k",
        [r"\mu_k: vector d for k = 1..K", r"\Sigma_k: matrix d x d posdef for k = 1..K"], [r"$\Sigma_k$ is symmetric"], []),
    "a matrix and its exponential leave one commutator": (
        r"f = \mathrm{tr}(Be^{tA}Ce^{-tA})", "t", ["A: matrix n x n", "B: matrix n x n", "C: matrix n x n", "t: scalar"],
        [r"Be^{tA}(AC - CA)e^{-tA}"], []),
    "of many transposes one": (
        r"f = \mathrm{tr}(ABCDX)", "X", ["A: matrix n x n", "B: matrix n x n", "C: matrix n x n", "D: matrix n x n"], ["(ABCD)^{T}"], ["D^{T}"]),
    "what a hinge leaves is told, also under a name": (
        r"f = \frac12\|w\|^2 + C\sum_{i=1}^n\max(0, 1 - y_iw^Tx_i)", "w", ["x_i: vector p for i = 1..n", "y_i: scalar for i = 1..n", "C: scalar"],
        [r"$z_i = 1 - y_iw^{T}x_i$", r"w - C\sum_{i : z_i > 0} y_ix_i &&", r"$d\max(0,t) = dt$ where $t>0$"], ["step", "h_i", "= 1 + z_i"]),
    "what a number is taken from has a name with it, and what stands before a bracket is taken out of it": (
        r"f = \log(1 + x^TAx); \frac{\partial^2f}{\partial x\,\partial x^T}", None, ["A: matrix n x n symmetric", "x: vector n"],
        ["Let $c = 1 + x^{T}Ax$", r"\frac{1}{c}\,dc"], ["1 + c"]),
    "a norm of a name has no other name": (r"f = \frac{a^Tx}{\|a\|\|x\|}", "x", ["a: vector n", "x: vector n"], [r"\frac{1}{\|x\|}\left("], ["c = "]),
    "each addend of a sum stands before the change, and the name of a sum beside a constant": (
        r"f = \log\sum_{i=1}^m \exp(a_i^Tx); \frac{\partial^2f}{\partial x\,\partial x^T}", None, ["a_i: vector n for i = 1..m", "x: vector n"],
        [r"\sum_{i=1}^{m} p_ia_i^{T}\,dx", r"(S - gg^{T})\,dx"], [r"\right)^{T}\,dx"]),
    "the scores of an attention have a name, and a part that a definition repeats": (
        r"P = \mathrm{softmax}(QK^T/\sqrt c); L = \frac12\|PV-Y\|_F^2", "Q",
        ["K: matrix n x k", "V: matrix n x q", "c: scalar positive", "Y: matrix n x q", "Q: matrix n x k"],
        [r"$S = \frac{QK^{T}}{\sqrt{c}}$",
         r"$H = P \odot (MV^{T})$ and $R = H - \operatorname{Diag}(H\mathbf{1})P$", r"&= \langle R, dS\rangle \\"], []),
    "a product beside an entrywise one has brackets": (
        r"f = \|A - (B\circ C)D\|_F^2", "B", ["A: matrix m x p", "B: matrix m x k", "C: matrix m x k", "D: matrix k x p"], [r"C \circ (RD^{T})"], []),
    "transposes beside each other in vec": (
        r"F = X^TAX; \frac{\partial\operatorname{vec}F}{\partial\operatorname{vec}X}", None, ["A: matrix m x m symmetric", "X: matrix m x n"],
        [r"(K_{n,n} + I)(I_n \otimes X^{T}A)\operatorname{vec}(dX)"], ["K_{m,n}"]),
    "what changes stands behind what weighs it": (
        r"f = \mathbf 1^T\log(1 + \exp(y\circ Xw)); \frac{\partial^2f}{\partial w\,\partial w^T}", None, ["X: matrix n x p", "w: vector p"],
        [r"df &= s^{T}(y \circ X\,dw)", r"y \circ y \circ s \circ (\mathbf{1} - s)"], [r"\mathbf{1}^{T}"]),
    "singular vectors are told in one sentence": (
        r"f = \|AX\|_2", "X", ["A: matrix m x n", "X: matrix n x p"],
        ["$u$ and $v$ are the left and the right unit singular vector of $AX$", "is simple"], []),
    "a derivative may be asked by the conjugate": (
        r"f = w^HRw; \frac{\partial f}{\partial w^*}", None, ["R: matrix n x n hermitian", "w: vector n complex"], [r"\partial w^{*}} &= Rw"], []),
    "how a gradient is made tangent is told": (
        r"f = \|AR-B\|_F^2", "R", ["R: matrix n x n orthogonal", "A: matrix m x n", "B: matrix m x n"],
        [r"$\frac{1}{2}(G - RG^{T}R)$ of the $G$ beside $dR$"], []),
    "a product of exponentials and what they change by are one move": (
        r"f = \operatorname{tr}(Be^{tA}Ce^{-tA})", "t", ["A: matrix n x n", "t: scalar"],
        ["product rule; a matrix commutes with its exponential"], ["d(e^{tA})"]),
    "vec F keeps its name": (r"F = AXB; \frac{\partial\operatorname{vec}F}{\partial\operatorname{vec}X}", "X",
        ["A: matrix m x n", "B: matrix p x q", "X: matrix n x p"], ["dF &= A"], [r"d\operatorname{vec}"]),
    "a long equation is told by the rule that leads to it": (
        r"L = \|B\tanh(Ax + b) + c - y\|^2", "A", ["A: matrix m x n", "B: matrix k x m", "x: vector n", "b: vector m", "c, y: vector k"],
        [r"$d\tanh t = (1-\tanh^2 t)\,dt$"], ["definition of $r$"]),
    "a condition is told though its reason has no room": (
        r"f = \frac{1}{2n}\|Xw - y\|^2 + \frac{\lambda}{2}w^T\Gamma w", "w", [r"\Gamma: matrix p x p symmetric", "X: matrix n x p"],
        [r"$\Gamma$ is symmetric"], []),
    "the author's name for a solution is used on both sides of a change": (
        r"a = K^{-1}y; L = -\tfrac12y^Ta - \tfrac12\log\det K", "K", ["a: vector n", "y: vector n", "K: matrix n x n symmetric posdef"],
        [r"\frac{1}{2}a^{T}\,dK\,a", r"&= \frac{1}{2}(aa^{T} - K^{-1})"], ["Let"]),
    "the name that a long target was given is used in the lines": (
        r"\frac{x^TAx}{x^TBx}", "x", ["A: matrix n x n symmetric", "B: matrix n x n symmetric"], [r"(A - \phi B)x"], []),
    "a factor that a norm's terms share stands in front": (
        r"f = \|Wa-Wb\|^2 - \|Wa-Wc\|^2", "W", ["a, b, c: vector n"],
        ["$r = a - b$ and $s = a - c$", r"d(Wr) = dW\,r", "2W(rr^{T} - ss^{T})"], []),
    "a sum over a set stays one, and says which members it runs over": (
        r"f = \sum_{(i,j)\in\Omega}(M_{ij}-u_i^Tv_j)^2", "u_i", [],
        [r"\sum_{(i,j) \in \Omega} (M_{ij}", r"-2\sum_{j : (i,j) \in \Omega} (M_{ij} - u_i^{T}v_j)v_j"], [r"\Omega_{ij}"]),
    "vectors beside a Kronecker product are matrices": (
        r"f = \|(A \otimes B)x - y\|^2", "A", ["A: matrix m x n", "B: matrix p x q"],
        [r"2\operatorname{unvec}(r)^{T}B\operatorname{unvec}(x)", "is the matrix whose columns"], ["e_i"]),
    "the slope of a nuclear norm is told by the singular vectors": (
        r"f = \|AX - B\|_*", "X", ["A: matrix m x n", "X: matrix n x p", "B: matrix m x p"],
        [r"With the thin singular value decomposition $U\Sigma V^{T}$ of $R$, $RS^{-1}$ is $UV^{T}$."], []),
    "the limit of a sum is no letter for another": (
        r"f = -\sum_{j=1}^k(1 + \log s_j^2 - m_j^2 - s_j^2)", "s_j", ["s_j: scalar for j = 1..k", "m_j: scalar for j = 1..k"],
        [r"$d\log t^{2} = 2\,dt/t$", r"2\left(s_j - \frac{1}{s_j}\right)"], ["?"]),
    "the trace of an inverse is no longer than a letter": (
        r"f = y^TC^{-1}y + \log\det C; C = K + s^2I", "s",
        ["s: scalar", "K: matrix n x n symmetric", "y: vector n"], [r"\operatorname{tr}(C^{-1})"], ["c = "]),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_the_manner(manner):
    """What a reader looks for is there, and what disturbs is not."""
    source, wrt, declare, said, unsaid = MANNERS[manner]
    text = page(source, wrt, *declare)
    assert all(words in text for words in said), text
    assert not any(words in text for words in unsaid), text


KEY_FACTS = {
    "A^{-1}": ("A", ["A: matrix n x n"], r"$dA\,A^{-1} + A\,dA^{-1} = 0$"),
    r"\log\det X": ("X", ["X: matrix n x n"], r"\det(I + X^{-1}dX)"),
    r"\|M\|_2": ("M", ["M: matrix m x n"], r"$d\sigma = du^{T}Mv + u^{T}dM\,v + u^{T}M\,dv$"),
}


@pytest.mark.parametrize("source", KEY_FACTS)
def test_the_key_fact_is_told_where_it_is_the_question(source):
    """In the reader's letters, before the lines; never where that is asked for, and not where it is a step among others."""
    wrt, declare, fact = KEY_FACTS[source]
    answer = derivtex.derive(source, wrt=wrt, declare=declare)
    assert fact in answer.to_latex(template="align").split(r"\begin{align*}")[0]
    assert "Why" not in answer.to_latex(lemmas="never")


def test_a_number_behind_a_name_is_no_argument():
    text = derivtex.derive(r"f = \frac{a}{t}", wrt="t", declare=["a: scalar", "t: scalar"]).to_latex(detail="full")
    assert r"\frac{f\cdot (-1)}{t}" in text and "f(-1)" not in text and r"\odot" not in text


def test_a_lemma_is_told_of_what_its_rule_is_used_on():
    """Of the name that stands there, else of a letter that nothing has."""
    answer = derivtex.derive(r"f = (X^TX)^{-1}", wrt="X", declare=["X: matrix m x n"], check=False)
    assert "Why" not in answer.to_latex() and "MM^{-1} = I" in answer.to_latex(lemmas="always")


def test_a_lemma_of_a_step_is_told_when_asked_for():
    answer = derivtex.derive(r"f = \log\det(X^TAX)", wrt="X", declare=["A: matrix n x n symmetric", "X: matrix n x k"])
    assert "Why" not in answer.to_latex() and r"\det(I + " in answer.to_latex(lemmas="always")


def test_the_trace_tells_reading_roads_and_rules():
    """With the marks of each road; the one that was taken has the fewest."""
    answer = derivtex.derive(r"f = \|W\circ(M - UV^T)\|_F^2", wrt="U", declare=["U: matrix m x k"])
    told = answer.explain()
    assert "$W$ is a matrix of size $m \\times n$ (guessed)" in told and "Matrix Cookbook" in told
    marks = {line.split()[0]: "taken" in line for line in told.splitlines() if " marks " in line}
    assert sum(marks.values()) == 1 and len(marks) > 2 and min(marks, key=int) == next(number for number, taken in marks.items() if taken)


def test_a_student_is_told_why_each_move_is_made_once_and_in_order():
    """Why the trace, why the order stays, how the result is read, what its entries say; an expert is told none of it."""
    answer = derivtex.derive(r"f = a^TXBX^Tc", wrt="X", declare=["a: vector m", "c: vector m", "B: matrix n x n"])
    text = answer.to_latex(template="align", audience="student")
    order = ("Line 1: each factor changes in turn", "Line 2: a number is its own trace", "is the $G$ in $df = ", "The gradient has the shape of $X$")
    told = [text.index(words) for words in order]
    assert told == sorted(told) and text.count("each factor changes in turn") == 1
    assert "Line 1" not in answer.to_latex(template="align")


def test_a_student_is_told_once_how_a_result_is_read():
    answer = derivtex.derive("f = a^TXb", wrt="X", declare=["a: vector m", "b: vector n"])
    assert answer.to_latex(template="forum", audience="student").count("is the $G$ in") == 1


def test_what_layout_means_is_told_for_jacobians_and_transposed_gradients():
    jacobian = derivtex.derive("f = Ax", wrt="x", declare=["A: matrix m x n", "x: vector n"]).to_latex(audience="student")
    assert "Each row says how one entry of $f$ changes with the entries of $x$." in jacobian
    turned = derivtex.derive("f = a^TXb", wrt="X", declare=["a: vector m", "b: vector n"], layout="numerator").to_latex(audience="student")
    assert "The gradient is transposed against $X$" in turned


def test_the_rules_that_go_on_are_rules():
    """A rule that is named anew is not forgotten where its move goes on."""
    assert {rule.name for page in PAGES for rule in page}.issuperset(GOES_ON)


def test_a_root_is_told_by_its_equation_and_not_by_the_integral_that_solves_it():
    text = derivtex.derive("F = A^{-1/2}", wrt="A", declare=["A: matrix n x n posdef"]).to_latex(template="align")
    assert r"\int" not in text and r"$A\,dF\,M + M\,dF\,A = -dA$" in text and text.count("&=") == 2
    text = derivtex.derive(r"S = X^{1/2}; \phi = \operatorname{tr}(BS)", of=r"\phi", wrt="X").to_latex(template="align")
    assert r"\int" not in text and r"\mathcal{S}" not in text and r"$S\,dS + dS\,S = dX$" in text and "Let $S^{T}Q + QS^{T} = B^{T}$" in text


def test_an_inverse_on_both_sides_of_a_change_has_a_name_with_its_vector():
    """α = K⁻¹y of a Gaussian process; of aᵀX⁻¹b the inverses are what the reader wants to see."""
    process = derivtex.derive(r"L = -\frac12 y^TK^{-1}y - \frac12\log\det K", of="L", wrt="K", declare=["K: matrix n x n posdef"])
    assert "z = K^{-1}y" in process.to_latex() and r"&=& \frac{1}{2}(zz^{T} - K^{-1})" in process.to_latex()
    assert str(derivtex.derive("a^TX^{-1}b", wrt="X", declare=["a: vector n"]).result) == "-X^{-T}ab^{T}X^{-T}"


def test_no_name_is_made_of_what_is_named_on_the_way():
    r"""What has \bar{r} in it could not be understood where it is introduced."""
    text = derivtex.derive(r"\frac12\|\sigma(W^T\sigma(Wx+b)+c) - x\|^2", wrt="W").to_latex(template="align")
    assert r"\bar{r}" not in text.partition(r"\begin{align*}")[0] and r"\bar{r} &=" in text


def test_a_gradient_that_has_a_name_gets_no_other():
    found = derivtex.derive(r"\frac12 x^TSx - c^T\log x", wrt="x", order=2, declare=["S: matrix n x n symmetric"], check=False)
    text = found.to_latex(template="align")
    assert r"&= Sx - c \oslash x = g" in text and "r = g" not in text


def test_every_reason_says_what_is_done():
    """Also those of bookkeeping, which a derivation at full detail prints."""
    assert {"arithmetic", "algebra", "matrix algebra", "expand", "collect", "simplify"}.isdisjoint(rule.reason for page in PAGES for rule in page)
