"""`fails` is said of what was read with certainty: whatever may be misread is undecided, with the reason and what would decide."""

import pytest

import derivtex
import derivtex.checking.lines as checking
from derivtex.checking.lineverdict import Verdict
from derivtex.core.errors import Source
from derivtex.core.session import current

SETTING = "# Setting\n\nLet $a \\in \\mathbb{R}^n$ and $B \\in \\mathbb{R}^{m\\times n}$, so $f = \\|Ba\\|^2$"
CASES = [  # a text, the verdict on its last line, and what is said of it
    (r"Let $X \in \mathbb{R}^{k\times n}$. Exercise: differentiate $f(X) = \det X$.", "unreadable", "$X$ is the argument"),
    (r"Let $X \in \mathbb{R}^{k\times n}$. We have $s = \det X$.", "fails", "square"),
    (f"{SETTING}.\n\n# Another\n\nNow $h = B^Ta$.", "unreadable", "$B$ is told of in another section: declare it here"),
    (f"{SETTING} and $h = B^Ta$.", "fails", "does not conform"),
    (r"Let $R = \|x_0 - x\|$ where $x \in \mathbb{R}^n$.", "unreadable", "no entry of $x$"),
    (r"If the square matrices commute, $AB = BA$.", "condition", "says that they commute"),
    (r"We set $$0 = w\sum_i x_i^2 - \sum_i y_ix_i$$", "condition", "to be satisfied"),
    (r"With the SVD $A = U\Sigma V^T$ we have $A^{-1} = V\Sigma^{-1}U^T$.", "unknown", "more is known of the factors of $A$"),
    (r"Since $g$ is linear, $g(\sum_j c_jv_j) = \sum_j c_jg(v_j)$.", "unknown", "nothing tells what the function $g$ is"),
    ("Let $u$ be an eigenvector. Then\n$$u^TSu = u^T\\lambda u = \\lambda\\|u\\|^2$$\n$$= \\lambda$$", "unknown", "where the factor with $u$ is one"),
    ("# Setting\n\nLet $b = w + z$ with $f = b^2$.\n\n# Rules\n\n$\\frac{d}{dz}(bz) = b$", "unknown", "$b$ is defined in another section"),
    ("# Setting\n\nWith $f = x^TAx$ and $x, z \\in \\mathbb{R}^n$.\n\n# Here\n\n"
     "$\\nabla f(x)^T(x-z) - \\|z-x\\|_2^2 = (\\nabla f(x) - (z-x))^T(x-z)$", "fails", "different values"),
    (r"With $h_i \in \{0,1\}$ we have $$h_i^2 = h_i$$", "unknown", "an equation to be satisfied"),
    ("**1.A** Let $A \\in \\mathbb{R}^{n\\times n}$: $$\\text{tr}(cA) = c\\text{tr}(A)$$\n\n**1.B** Let $A \\in \\mathbb{R}^{n\\times m}$ and "
     "$B \\in \\mathbb{R}^{m\\times n}$: $$\\text{tr}(AB) = \\text{tr}(BA)$$", "holds", ""),
    ("# Stationary\n\n$$\\sum_{i=1}^n\\alpha_iy_i = 0$$\n\n# Dual\n\n"
     "$$L = \\sum_{i=1}^n\\alpha_i(2 - by_i) = 2\\sum_{i=1}^n\\alpha_i - b\\sum_{i=1}^n\\alpha_iy_i$$\n"
     "$$= 2\\sum_{i=1}^n\\alpha_i$$", "unknown", ""),
    (r"With $\ell = \sum_i\log\frac1\sigma\exp(-(x_i-\mu)^2)$, $$\frac{\partial\ell}{\partial\mu} = 2\sum_i(x_i-\mu)$$", "unknown", "may reach"),
    ("**Example 1**: Ridge with $f(w) = \\|Xw-y\\|^2 + \\lambda\\|w\\|^2$ has $\\nabla^2 f(w) = 2X^TX + 2\\lambda I$.\n\n---\n\n**Example 2** "
     "Let $f(x) = \\frac12x^TAx - b^Tx$ with $A \\succ 0$. Then $\\nabla^2 f(x) = A$", "holds", ""),
    ("$$\\begin{aligned}f &= x^TAx - b^Tx \\\\ \\frac{\\partial f}{\\partial x} &= Ax \\\\ &+ A^Tx \\\\ &- b\\end{aligned}$$", "holds", ""),
    ("$$\\frac{d}{dB}\\operatorname{tr}(S^TB + RB) = \\frac{d}{dB}\\operatorname{tr}(S^TB) + \\frac{d}{dB}\\operatorname{tr}(RB)$$", "holds", ""),
    ("At the optimum $\\nabla f(x^*) = 0$.\n\n$$f(x^*) + \\nabla f(x^*)^T(x - x^*) + \\|x - x^*\\|^2 = f(x^*) + \\|x-x^*\\|^2$$",
     "unknown", "line 1 sets"),
    (r"Hence $$\frac{\partial}{\partial t}\sum_j x_jg(t^Tx_j) = \sum_j x_jg(t^Tx_j)(1-g(t^Tx_j))x_j^T$$", "unknown", "not defined"),
    # an identity in an old font or by two letters, a word with the letter of a function, the length behind a row
    (r"Let $q(z) = z^TMz$ with $M$ symmetric. Then $\nabla^2 q(z) = 2M{\rm Id}_n$", "holds", ""),
    (r"Let $q(z) = z^TMz$ with $M$ symmetric. Then $H_q = 2{\rm I}_nM$", "holds", ""),
    (r"Let $q(z) = z^TMz$ with $M$ symmetric. Then $H_q = 3\,\mathrm{Id}\,M$", "fails", "different values"),
    (r"Let $g(z) = Bz + \cos(z)$. Then $J_g(z) = B - \operatorname{diag}(\sin z)$", "holds", ""),
    ("Let $q(z) = z^TMz$. Then $$\\begin{aligned}\\nabla q(z) &= (M + M^T)z \\\\[5pt] \\nabla^2 q(z) &= M + M^T \\\\ [-0.3em]\n"
     "\\frac{\\partial q}{\\partial M} &= zz^T\\end{aligned}$$", "holds", ""),
    ("On the Stiefel manifold let $q(X) = \\operatorname{tr}(X^TMX)$. Then $\\operatorname{grad} q(X) = 2MX - X(X^TMX)$", "unreadable", "not known"),
    (r"It takes $k = \frac{6\log(10)}{-\log(0.999)}$, as $\frac{\log(10)}{2} = \frac{2.303}{2}$", "unknown", "digits"),
    (r"Let $f(x) = x^TAx$ with $A + A^T \succeq 0$. $$\nabla^2 f(x) = A + A^T$$", "holds", ""),
    (r"Let $f(x) = \max(0, x)$ for a scalar $x$. If $x > 0$, $\nabla f(x) = 1$", "unknown", "for which values"),
    (r"We have $\frac13 = 0.34$", "fails", "different values"),
    (r"Here $std[X] \triangleq \sqrt{\operatorname{tr}(X^TX)}$ with $X \in \mathbb{R}^{n\times m}$", "unreadable", "says what stands on its left"),
    ("Let $A = I - H$.\n\n1. $A^2 = A$\n2. $Av = A^2v$", "holds", "by line 3"),
    (r"Let $B \in \mathbb{R}^{n\times n}$ be orthogonal, $$B^TB = 1$$", "unreadable", "identity"),
    (r"Let $x \in \mathbb{R}^n$ with $x = x^+ - x^-$, so $$Ax^{+} - Ax^{-} = b$$", "unreadable", "a sign raised on $x$"),
    (r"$A$가 대칭이면 $$\frac{\partial}{\partial x}x^TAx = 2Ax$$", "holds", "line 1 says so"),
    (r"As $\delta_{\{y\}}\mu(x)$ is in the dual, $\nabla_x x^Tx = 2x$.", "holds", ""),
    (r"Let $Q \in \mathbb{R}^{n \times n}$. Of size three, $\operatorname{tr}Q = Q_{11} + Q_{22} + Q_{33}$", "unknown", "of a certain size"),
    (r"Let $Q \in \mathbb{R}^{n \times n}$. We have $$\|Q\|_F^2 = \sum_{i=1}^{m} \sum_{j=1}^{n} Q_{ij}^2$$", "unknown", "does not count"),
    ("The priors are\n$$p(D_1) = \\pi$$\n$$p(D_2) = 1 - \\pi$$", "unknown", "one argument"),
    (r"The information is $$S(U,V) = S(U) - S(U|V)$$", "unknown", "different brackets"),
    ("With $f(t) = t$ and $g(t) = 3t$ we have\n$$(f \\cdot g)(t) = 3t^2$$", "unknown", "each applied"),
    ("With $h(x) = x^Tx$ and $f(x) = c^Tx$ we need $$\\nabla f(x) = \\eta\\nabla h(x)$$", "condition", "to be satisfied"),
    ("With $h(x) = x^Tx$ we have $$\\nabla h(x) - 2z = 0 \\quad\\Longleftrightarrow\\quad \\nabla h(x) = 2z$$", "condition", ""),
    (r"With $f(t) = t^3 + t$ we have $\frac{df}{dt} = 3t^2 + 1$, so $$\frac{df}{dt} = 13$$", "unknown", "the value at a point"),
    ("As $\\frac{d}{dt}\\begin{bmatrix} t^2 \\\\ t^3 \\end{bmatrix} = \\begin{bmatrix} 2t \\\\ 3t^2 \\end{bmatrix} = "
     "\\begin{bmatrix} 4 \\\\ 12 \\end{bmatrix}$", "unknown", "the value at a point"),
    ("Let $M \\in \\mathbb{R}^{k\\times m}$ and $u\\in\\mathbb{R}^m$: $$Mu = \\begin{bmatrix} 2 \\\\ 5 \\end{bmatrix}$$", "unreadable", "an example"),
    ("Let $D \\in \\mathbb{R}^{n\\times n}$, $u \\in \\mathbb{R}^n$ and $f = u^TDu - \\eta u^Tu$ with a number $\\eta$: "
     "$$\\nabla_u f = (D + D^T - 3\\eta)u$$", "unreadable", "a multiple of the identity"),
    ("By the chain rule $$\\frac{\\partial l}{\\partial\\beta} = \\sum_i\\frac{\\partial l}{\\partial y_i}\\frac{\\partial y_i}{\\partial\\beta}"
     " = \\sum_i\\frac{\\partial l}{\\partial y_i}\\cdot 1$$", "unknown", "nothing tells how $y$ depends"),
    ("As $X \\sim \\mathcal{N}(0, I_d)$ and $C = MI_dM^T$ we have $$C = MI_dM^T = MM^T$$", "holds", ""),
    ("Let $f(x) = e^x$. The answers are (a) $f''(x) = 12x^2$, (b) $f''(x) = -\\sin x$, (c) $f''(x) = 2x - 4$", "unknown", "other things"),
    ("With $Z = XY$:\n\n$\\frac{\\partial L}{\\partial Y} = X^T\\frac{\\partial L}{\\partial Z}$\n\n$Z = \\oops X + Y$\n\n"
     "$\\frac{\\partial L}{\\partial Y} = \\frac{\\partial L}{\\partial Z}$", "unknown", "what $Z$ is"),
    ("With $F(2) = SF(1)$ and square matrices we have $$SF + SY = S(F + 2Y)$$", "unknown", "several steps"),
    ("Let $L \\in \\mathbb{R}^{n\\times n}$. $$|LL^T|^{1/2} = |L|$$", "unknown", "up to a sign"),
    ("Let $L \\in \\mathbb{R}^{n\\times n}$. $$|LL^T|^{1/2} = 2|L|$$", "fails", "different values"),
    (r"The deviance is $$-2(l(\text{null}) - l(\text{full})) = -2(l(\text{null}) - l(\text{other}))$$", "unknown", "different brackets"),
    ("# One\n\nLet $P \\in \\mathbb{R}^{m\\times n}$, $R \\in \\mathbb{R}^{m\\times p}$ and $G \\in \\mathbb{R}^{n\\times p}$.\n\n"
     "$$G = (P^TP)^{-1}P^TRR$$\n\n# Two\n\n$$\\nabla_x x^Tx = 2x$$\n\n# Three\n\nLet $P \\in \\mathbb{R}^{m\\times n}$ and "
     "$R \\in \\mathbb{R}^{m\\times p}$.\n\n$$G = (P^TP)^{-1}P^TRR$$", "fails", "does not conform"),
    ("Let $K \\in \\mathbb{R}^{n\\times n}$. If $K = 0$, then $x = z$. $$(I-K)(I-K) = I - 2K$$", "fails", "different values"),
    ("Let $K \\in \\mathbb{R}^{n\\times n}$. If $K = 0$, then $x = z$", "skipped", "of a case"),
    ("设 $f = u^Tu$。当 $y = +1$", "skipped", "of a case"),
    ("We have $$S(U) - S(U|V) = S(V) - S(V|U)$$", "unknown", "different brackets"),
    ("The adjoint is $\\operatorname{adj}(M) \\in \\mathbb{R}^{n\\times n}$ of $M \\in \\mathbb{R}^{n\\times n}$: "
     "$$\\nabla_M|M| = \\operatorname{adj}(M)^T$$", "unknown", "but its size"),
    ("With $f(x) = x^3 + 5x$ we ask for $\\frac{\\partial f}{\\partial x}$. The derivative of $x^3$ is $3x^2$", "holds", ""),
    ("Let $f(x) = x^3 + 5x$. The derivative of $x^3$ is $3x^2$", "holds", ""),
    ("Let $v \\in \\mathbb{R}^n$: $$\\frac{\\partial}{\\partial v_k}v^TGv = \\sum_{i\\neq k}G_{ik}v_i + \\sum_{j\\neq k}G_{kj}v_j + 2G_{kk}v_k$$",
     "holds", ""),
    (r"$$\operatorname{tr}(X^TAX) = \operatorname{tr}(XAX^T)$$", "fails", "different values"),
    (r"Let $f = \|XW-Y\|_F^2$ so $$\nabla_W f = X^T(XW-Y)$$", "fails", "different values"),
    (r"Transposes: $(KA)^T = KA^T$", "unknown", "if $K$ is a number"),
    (r"Transposes: $(BA)^T = BA^T$", "fails", "different values"),
    ("Let $U,V$ be matrices. The map is\n$$M = USV^T$$\nor\n$$M = UV^T$$", "unknown", "another way"),
    (r"Assume $Var(y) = \sigma^2I$ with $X \in \mathbb{R}^{n\times p}$. $$\operatorname{tr}X^TX = 2 \\ Var(b) = \sigma^2(X^TX)^{-1}$$", "unknown",
     "said of one argument"),
    ("With numbers $h(t)=(g \\circledast f)(t)$ and $$h'(t)=(g \\circledast f)(t)$$", "unknown", "each applied"),
    (r"The probability of $A$ given $B$ is $\frac{1}{10}$. Here $$B=-2-\sum_{i} t_{i}$$", "definition", ""),
    (r"The step $b$ is $\frac{1}{10}$. Here $$b=-2-\sum_{i} t_{i}$$", "condition", "tells what"),
    (r"Let $u(x) = e^{-x^2}$ for a number $x$, so $$\frac{du}{dx}(x) = -2xe^{-x^2}$$", "holds", ""),
    ("If $P^T = P$ then we have $$u^TPu = u^TP^Tu$$\n$$P^T = P^2$$", "unknown", "what $P$ is like"),
    (r"$$\frac{\partial}{\partial X} F(X)^T= \Big(\frac{\partial F(X)}{\partial X}\Big)^T$$", "unknown", "four indices"),
    (r"With $W \in \mathbb{R}^{n\times n}$: $$v^TWv = \sum_{i=j} v_iW_{ii}v_i + \sum_{i\ne j} v_iW_{ij}v_j$$", "unreadable", "are equal"),
    (r"Let $X \in \mathbb{R}^{n\times p}$, $S \in \mathbb{R}^{n\times n}$, $f = \operatorname{tr}(X^TSX)$: $$\frac{df}{dX} = c(S + XX^T)XX^T$$",
     "fails", "does not conform"),
    (r"Let $R \in \mathbb{R}^{m\times n}$ and $f(U,V) = \|R-UV^T\|_F^2$. $$\nabla_V f = -2(R-UV^T)U$$", "fails", "does not conform"),
    (r"Let $H \in \mathbb{R}^{m\times n}$, $K \in \mathbb{R}^{n\times m}$, $P \in \mathbb{R}^{n\times n}$: "
     r"$$(I-KH)P(I-KH)^T = P - KHP - PHK^T + KHPH^TK^T$$", "fails", "does not conform"),
    ("Let $A, B \\in \\mathbb{R}^{n\\times n}$. $$(A+B)^2 = A^2 + 2AB + B^2$$\n$$= A^2 + AB + BA + B^2$$", "holds", "right by itself"),
    ("$$\\|Ax-b\\|^2 = x^TA^TAx - b^TAx + b^Tb \\\\ = x^TA^TAx - x^TA^Tb + b^Tb$$", "holds", "it follows from what stands before it, which is wrong"),
    ("$$\\|Ax-b\\|^2 = x^TA^TAx - b^TAx + b^Tb \\\\ = x^TA^TAx - 3x^TA^Tb + b^Tb$$", "fails", "different values"),
    ("$$d\\|Ax-b\\|^2 = (Ax-b)^TA\\,dx = 2(Ax-b)^TA\\,dx = 2x^TA^TA\\,dx - b^TA\\,dx$$", "fails", "different values"),
    ("$$h_i = -u_i + u_iv_i + \\sum_{k \\neq i}^C u_kv_i = -u_i + \\sum_{k=1}^C u_kv_i$$\n\nfor all $i \\in C$. $$v_i = v_i$$ $$v_i\\sum_{k=1}^C u_k "
     "= u_iv_i + \\sum_{k \\neq i}^C u_kv_i$$", "holds", ""),
    ("Let $g(u, v) = -\\sum_c u_c \\log v_c$. $$g(U, V) = \\sum_{i=1}^n g(u_i, v_i)$$", "unreadable", ""),
    ("Let $A \\in \\mathbb{R}^{m\\times n}$, $b \\in \\mathbb{R}^m$. $$d\\|Ax-b\\|^2 = 2A(Ax-b)\\,dx \\\\ = 2(Ax-b)^TA\\,dx$$", "holds", ""),
    ("Let $A \\in \\mathbb{R}^{m\\times n}$, $b \\in \\mathbb{R}^m$. $$\\nabla_x\\|Ax-b\\|^2 = 2(Ax-b) \\\\ = 2A^T(Ax-b)$$", "holds", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "reason"), CASES)
def test_a_line_fails_only_where_nothing_speaks_against_it(text: str, verdict: str, reason: str) -> None:
    line = derivtex.check(Source(text, "notes.md")).lines[-1]
    assert (line.verdict, reason in line.reason) == (verdict, True), line.reason


@pytest.mark.parametrize(("text", "verdict", "assuming"), [
    (r"If the square matrices commute, $AB = BA$, then $(A+B)^2 = A^2 + 2AB + B^2$.", "holds", ("A and B commute",)),
    (r"Let $A$ and $B$ be commuting square matrices. Then $(A+B)^2 = A^2 + 2AB + B^2$.", "holds", ("A and B commute",)),
    (r"Let $A$ and $B$ be square matrices that do not commute. Then $(A+B)^2 = A^2 + 2AB + B^2$.", "fails", ()),
    (r"If $A$ and $B$ commute, $A^TB = BA$.", "fails", ()),
])  # fmt: skip
def test_a_line_may_need_that_two_matrices_commute(text: str, verdict: str, assuming: tuple[str, ...]) -> None:
    line = derivtex.check(Source(text, "notes.md")).lines[-1]
    assert (line.verdict, line.assuming) == (verdict, assuming)


ONLY_NEARBY = [  # what holds near one point and not elsewhere, or to some digits: a text, declarations, the verdict on its last line, what is said
    (r"\arctan(\tan x) = x", "x: scalar", "holds", "within the principal branches"),
    (r"\arcsin(\sin x) = x", "x: scalar", "holds", "within the principal branches"),
    (r"\arctan\frac{\sin x}{\cos x} = x", "x: scalar", "holds", "within the principal branches"),
    (r"\log(\exp z) = z", "z: scalar complex", "holds", "within the principal branches"),
    (r"\log(wz) = \log w + \log z", "w, z: scalar complex", "holds", "within the principal branches"),
    (r"\log(\exp A) = A", "A: matrix n x n", "holds", "within the principal branches"),
    (r"\log(\exp A) = A", "A: matrix n x n symmetric", "holds", ""),
    (r"\tan(\arctan x) = x", "x: scalar", "holds", ""),
    (r"\sqrt{x^2} = |x|", "x: scalar", "holds", ""),
    (r"|\det A| = \det A", "A: matrix n x n", "fails", "different values"),
    (r"\sqrt{1 - \sin^2 x} = \cos x", "x: scalar", "fails", "different values"),
    (r"\log(x^2) = 2\log x", "x: scalar", "holds", "where the right side is real"),
    (r"\log(ab) = \log a + \log b", "a, b: scalar", "holds", "where the right side is real"),
    (r"\log(ab) = \log a + \log b", "a, b: scalar positive", "holds", ""),
    (r"f = x^Tx; df = 2.000001x^Tdx", "x: vector n", "fails", "different values"),
    (r"f = x^Tx; \nabla f = 2.00000000001x", "x: vector n", "fails", "different values"),
    (r"f = x^Tx; df = 2.00000000001x^Tdx", "x: vector n", "unknown", "more digits"),
    (r"f = 0.123456789x^Tx; \nabla f = 0.246913578x", "x: vector n", "holds", ""),
    (r"f = \pi x^Tx; \nabla f = 6.2831853x", "x: vector n", "holds", "6.2831853 is rounded"),
    (r"f = \pi x^Tx; \nabla f = \frac{710}{113}x", "x: vector n", "fails", "different values"),
    (r"x^2/3 = 0.333x^2", "x: scalar", "holds", "0.333 is rounded"),
    (r"x^2/3 = 0.334x^2", "x: scalar", "fails", "different values"),
    (r"x^2/8 = 0.13x^2", "x: scalar", "fails", "different values"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "declare", "verdict", "said"), ONLY_NEARBY)
def test_a_line_that_holds_only_nearby_does_not_hold_in_silence(source: str, declare: str, verdict: str, said: str) -> None:
    line = derivtex.check(source, declare=[declare]).lines[-1]
    words = "; ".join(filter(None, (line.reason, *line.assuming)))
    assert line.verdict == verdict and (said in words if said else not words), words


@pytest.mark.parametrize("text", [
    r"$\Big{(}\frac{df}{dx}\Big{)}_k = 2x$", r"$p_{ij}(n) = P(n)$ and $\sum_j p_{ij}(n) = 1$", r"$f = \sum_i \log e^{w^Tx)}$",
])  # fmt: skip
def test_no_bracket_ends_a_document(text: str) -> None:
    assert derivtex.check(Source(f"{text}\n\nAlso $\\nabla_x x^Tx = 2x$.", "notes.md")).lines[-1].verdict == "holds"


@pytest.mark.parametrize("text", [
    "\\def\\of@page{x}\\def\\pair#1,#2.{(#1,#2)}\n\\begin{document}\nWe have $\\nabla_x x^Tx = 2x$.\n\\end{document}",
    "Let $x, y \\in \\mathbb{R}^n$. For an unknown $f$, $$\\frac{\\partial f}{\\partial x_i} = y$$\n\nAlso $$\\nabla_x x^Tx = 2x$$",
])  # fmt: skip
def test_no_macro_and_no_odd_line_ends_a_document(text: str) -> None:
    assert derivtex.check(Source(text, "notes.tex")).lines[-1].verdict == "holds"


def test_a_defect_of_ours_is_said_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(item: object, *rest: object) -> Verdict:
        if "y^T" in getattr(item, "latex", ""):
            raise ValueError("broken")
        return known(item, *rest)  # type: ignore[arg-type]

    known = checking.verdict_on
    monkeypatch.setattr(checking, "verdict_on", fail)
    first, second = derivtex.check("$\\nabla_y y^Ty = 2y$ and $\\nabla_x x^Tx = 2x$").lines
    assert (first.verdict, first.code, second.verdict) == ("unknown", "internal", "holds") and "ValueError: broken" in first.reason


def test_what_there_is_no_time_for_is_said_and_the_rest_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(item: object, *rest: object) -> Verdict:
        if "y^T" in getattr(item, "latex", ""):
            raise current().out_of_time()
        return known(item, *rest)  # type: ignore[arg-type]

    known = checking.verdict_on
    monkeypatch.setattr(checking, "verdict_on", late)
    found = derivtex.check("$\\nabla_x x^Tx = 2x$, $\\nabla_y y^Ty = 2y$ and $\\nabla_z z^Tz = 2z$").lines
    assert [line.verdict for line in found] == ["holds", "unknown", "holds"] and "want of time" in found[1].reason


def test_an_entrywise_product_that_binds_first_is_a_reading_of_its_own() -> None:
    declare = ["A, B, C: matrix n x n"]
    line = derivtex.check(r"$\operatorname{tr}(A^T(B\odot C)) = \operatorname{tr}(A^TB\odot C)$", declare=declare).lines[0]
    assert (line.verdict, line.assuming) == ("holds", ("an entrywise product binds before the other factors",))


@pytest.mark.parametrize(("text", "verdicts"), [
    (r"$$g(x) = x^TCx \quad \nabla g(x) = (C+C^T)x \qquad \nabla^2 g(x) = C + C^T$$", ["definition", "holds", "holds"]),  # apart by spaces alone
    (r"$$g(x) = x^TCx \,\,\,\,\,\, \nabla g(x) = 2(C+C^T)x$$", ["definition", "fails"]),
    (r"$$g(x) = x^TCx \quad + \quad b^Tx$$", ["definition"]),
    (r"Let $s = 2$, and so $s = 2$.", ["definition", "definition"]),  # which confirms nothing
    ("Choose $u$ where $u + s = 7$.\n\n$$s = 7 - u$$", ["condition", "definition"]),
    ("Let $r, z \\in \\mathbb{R}^n$. The firm takes its prices as given:\n$$\\frac{\\partial r^Tz}{\\partial z} = r$$\n"
     "Its supply comes to\n$$r = b + Bz$$", ["unknown", "definition"]),
    ("Let $r, z \\in \\mathbb{R}^n$. The gain has\n$$\\frac{\\partial r^Tz}{\\partial z} = r$$\nwhere\n$$r = b + Bz$$", ["fails", "definition"]),
    ("Let $P(t)$ be symmetric and $v(t,x) = x^TP(t)x$.\n\n$$P(t_0) = C^TC$$\n\n$$\\frac{\\partial}{\\partial x}(x^TPx) = 2x^TC^TC$$",
     ["definition", "condition", "unknown"]),  # one value of P is not P
    (r"Another norm is defined by $\|z\|_F = 2\|z\|$ for $z \in \mathbb{R}^n$.", ["unknown"]),
    ("# Two\n\nThe cost is $J = \\|y - Ax\\|^2$ with $\\frac{\\partial J}{\\partial x} = 2A^T(Ax - y)$.\n\n"
     "Another function of a number is\n\n$$s = \\sin(x^2 + y^2), \\qquad x = e^t, \\qquad y = t^2$$\n\n"
     "which changes by\n\n$$\\frac{ds}{dx} = 2x\\cos(x^2 + y^2)$$",
     ["definition", "holds", "definition", "condition", "definition", "holds"]),
])  # fmt: skip
def test_what_only_repeats_what_is_known_or_may_be_meant_otherwise_is_neither_right_nor_wrong(text: str, verdicts: list[str]) -> None:
    found = [line for line in derivtex.check(Source(text, "notes.md")).lines if r"\in" not in line.latex]
    assert [line.verdict for line in found] == verdicts
