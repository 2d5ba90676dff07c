"""Posts that ask for an optimum, or whether one is right, in the words that people use."""

import re

import pytest

import derivtex

QUESTIONS = {
    "what is right for a symmetric matrix alone is not what should stand there": (
        "I computed $\\frac{\\partial}{\\partial x}x^TAx = Ax$. Why is it wrong?", ("its right side should be $(A + A^{T})x$",), ("$2Ax$",),
    ),
    "dividing by a vector": (
        "Since $y = Xw$ with $X\\in\\mathbb R^{n\\times m}$, $w\\in\\mathbb R^m$ I get $X = \\frac{y}{w}$. What did I do wrong?",
        ("The first line that does not hold is $X = \\frac{y}{w}$", "There is no dividing by a vector or a matrix"), (),
    ),
    "an exponent that is one": ("Is it true that $\\nabla_x\\|Ax\\| = \\frac{A^TAx}{\\|Ax\\|^2}$?", ("$\\frac{A^{T}Ax}{\\|Ax\\|}$",), ("^{1}",)),
    "a problem typed as an array": (
        "Is there a nice way to express this?\n\n$$\\begin{array}{ll} \\underset{x}{\\text{minimize}} & \\|x-a\\|^2\\\\ \\text{subject to} "
        "& Cx = d\\end{array}$$",
        ("\\mathcal{L} = \\|x - a\\|^{2} - \\lambda^{T}(Cx - d)", "(CC^{T})^{-1}"), (),
    ),
    "a mark of a question behind a display": (
        "Is there a closed form solution for minimizing over $C$\n\n$$\\|S-AC\\|_F^2 + \\varepsilon\\|C\\|_F^2 \\,?$$",
        ("(A^{T}A + \\varepsilon I)^{-1}A^{T}S",), (),
    ),
    "the argument of an optimum, and what it is": (
        "We want to find $\\arg\\min_M \\sum_{i} \\|Ma_i-b_i\\|_2^2$ with $a_i\\in\\mathbb R^n$, $b_i\\in\\mathbb R^m$. Solving for "
        "gradient equals to zero gives some "
        "value. But how do we know if it is max, min or saddle?", ("**The minimum is at $\\hat{M} = ", "so it is a minimum"), (),
    ),
    "a function of a function": (
        "$f(x) = x^T \\beta$, $p(x) = \\sigma(f(x))$. $L(\\beta) = \\sum_{i=1}^n \\left[ y_i \\log p(x_i) + (1 - y_i) \\log (1 - p(x_i)) \\right]$, "
        "$x_i, \\beta \\in \\mathbb{R}^d$. Compute $\\frac{\\partial}{\\partial \\beta} L(\\beta)$.", ("\\sum_{i=1}^{n} (y_i - p_i)x_i",), (),
    ),
    "the parameter of a function": (
        "$x_i \\in \\mathbb{R}^d$. $L(\\beta) = \\sum_{i=1}^n \\left[ y_i \\log p(x_i) + (1 - y_i) \\log (1 - p(x_i)) \\right]$, $p(x) = "
        "\\sigma(x^T\\beta)$. "
        "Compute the derivative of $L$ with respect to $\\beta$.",
        ("\\sum_{i=1}^{n} (y_i - p_i)x_i", "\\beta \\in \\mathbb{R}^{d}"), ("is a number",),
    ),
    "a mistake in the gradient above a wrong solution": (
        "Minimise $f(w)=\\|Xw-y\\|^2+\\lambda\\|w\\|^2$. I get $\\nabla f = 2X(Xw-y)+2\\lambda w$ and hence "
        "$w=(X^TX+\\lambda)^{-1}Xy$. Where did I go wrong?",
        ("**The first line that does not hold is $\\nabla f = 2X(Xw-y)+2\\lambda w$; its right side should be",
         "So $w=(X^TX+\\lambda)^{-1}Xy$ is not the solution"), (),
    ),
    "a mistake in the gradient above a right solution": (
        "Minimise $J(b)=(y-Xb)^T(y-Xb)$. I wrote $\\frac{\\partial J}{\\partial b} = -2X(y-Xb)$ and hence $\\hat b = (X^TX)^{-1}X^Ty$. "
        "Where is my mistake?",
        ("The solution is right all the same: the minimum is at",), (),
    ),
    "an estimate by another estimate": (
        "We maximise $Q(\\mu,\\Sigma)=\\sum_{i=1}^n\\gamma_i\\log\\mathcal N(x_i\\mid\\mu,\\Sigma)$. "
        "Show that $\\hat\\Sigma=\\frac{\\sum_i\\gamma_i(x_i-\\hat\\mu)(x_i-\\hat\\mu)^T}{\\sum_i\\gamma_i}$.",
        ("So the line holds", "\\hat{\\mu} &= "), ("not decided",),
    ),
    "a solution by its entries": (
        "Minimise $\\sum_k p_kc_k+T\\sum_kp_k\\log p_k$ subject to $\\sum_kp_k=1$. Show that $p_k=\\frac{e^{-c_k/T}}{\\sum_je^{-c_j/T}}$.",
        ("So the line holds",), ("holds too",),
    ),
    "capitals that weigh logarithms": (
        "We maximise $\\sum_{k=1}^K N_k\\log\\pi_k$ subject to $\\sum_{k=1}^K\\pi_k=1$. Show that $\\pi_k=\\frac{N_k}{\\sum_jN_j}$.",
        ("as claimed",), (),
    ),
    "a wrong solution by its entries": (
        "Maximise the entropy $-\\sum_i p_i\\log p_i$ subject to $\\sum_ip_i=1$. I get $p_i=\\frac{1}{n^2}$. Is that correct?",
        ("**No: ",), ("**Yes",),
    ),
    "an estimator that is to be derived": (
        "Let $P_Z=Z(Z^TZ)^{-1}Z^T$. The 2SLS estimator minimises $(y-X\\beta)^TP_Z(y-X\\beta)$ over $\\beta$. Derive it.",
        ("**The minimum is at $\\hat{\\beta} = (X^{T}P_ZX)^{-1}X^{T}P_Zy$", "so it is a minimum", "p, m, n = 3, 4, 5"), ("not solved",),
    ),
    "a direction": (
        "The Sharpe ratio is $S(w) = \\frac{\\mu^Tw}{\\sqrt{w^T\\Sigma w}}$ where $\\Sigma$ is the covariance matrix. Find the optimal $w$.",
        ("up to a positive factor", "Every positive multiple of it will do as well"), ("that is not zero",),
    ),
    "a constraint before the verb": (
        "Let $S$ be symmetric. Which orthogonal $Q$ with $Q^TQ=I$ maximises $\\operatorname{tr}(SQ)$?",
        ("polar}(S)", "The value there is $\\|S\\|_*$"), (),
    ),
    "the second order of an expansion": (
        "Let $f(X)=\\operatorname{tr}(X^{-1}A)$. The first order term of $f(X+H)$ is $-\\operatorname{tr}(X^{-1}HX^{-1}A)$. How do we get "
        "the second order term?",
        ("**To second order, $f(X + H) = f(X) - \\operatorname{tr}(X^{-1}AX^{-1}H) + \\operatorname{tr}(X^{-1}AX^{-1}HX^{-1}H) + "
         "O(\\|H\\|^{3})$.**",), (),
    ),
    "a Taylor expansion in a vector": (
        "What is the second order Taylor expansion of $g(x)=\\log(1+e^{a^Tx})$ around $x$?",
        ("g(x) + \\sigma(a^{T}x)a^{T}h + \\frac{1}{2}\\sigma(a^{T}x)(a^{T}h)^{2}\\bigl(1 - \\sigma(a^{T}x)\\bigr) + O(\\|h\\|^{3})",), (),
    ),
    "the adjoint of a derivative": (
        "Let $f(X)=AXB$. Find the derivative of $f$ at $X$ and its adjoint.",
        ("B^{T} \\otimes A$. The adjoint of the derivative is $G \\mapsto A^{T}GB^{T}$",), (),
    ),
    "the adjoint of a linear map": (
        "Let $F(X)=X^{-1}$. What is the differential of $F$ and the adjoint of this linear map?", ("$G \\mapsto -X^{-T}GX^{-T}$",), (),
    ),
    "one's own Lagrangian, with its sign and letter": (
        "Minimise $\\frac12x^Tx$ subject to $Ax=b$. My Lagrangian is $L = \\frac12 x^Tx - \\mu^T(Ax-b)$ and I get $x = A^T\\mu$ and "
        "$\\mu = (AA^T)^{-1}b$. Is this correct?",
        ("as claimed", "\\mu &= (AA^{T})^{-1}b", "$x = A^T\\mu$ holds as well", "The value there is $\\frac{1}{2}b^{T}(AA^{T})^{-1}b$"), (),
    ),
    "a wrong step on the way to a right one": (
        "Minimise $\\frac12x^Tx$ subject to $Ax=b$. With $L = \\frac12 x^Tx + \\mu^T(Ax-b)$ I get $x = A^T\\mu$ and $\\mu = -(AA^T)^{-1}b$. Right?",
        ("**No: $x = A^T\\mu$ is not the solution.",), ("**Yes",),
    ),
    "a weight that the asker takes to be symmetric": (
        "Minimise $\\frac12 w^T\\Sigma w$ s.t. $\\mathbf 1^Tw=1$. I wrote $\\mathcal L = \\frac12 w^T\\Sigma w + \\gamma(1-\\mathbf 1^Tw)$ and "
        "obtained $w = \\gamma\\Sigma^{-1}\\mathbf 1$, $\\gamma = \\frac{1}{\\mathbf 1^T\\Sigma^{-1}\\mathbf 1}$. Is that right?",
        ("I take $\\Sigma$ to be symmetric", "**Yes"), ("**No",),
    ),
    "a model binds nothing": (
        "In least squares with $y = X\\beta + \\varepsilon$ we minimise $S(\\beta) = (y - X\\beta)'\\Omega^{-1}(y - X\\beta)$. "
        "Why is $\\hat\\beta_{GLS} = (X'\\Omega^{-1}X)^{-1}X'\\Omega^{-1}y$?",
        ("So the line holds", "I take $\\Omega$ to be symmetric"), ("\\mathcal{L}",),
    ),
    "a form that has to be real": (
        "Minimise $w^HRw$ subject to $w^Ha = 1$. How does one get $w = \\frac{R^{-1}a}{a^HR^{-1}a}$?",
        ("$R$ is taken to be Hermitian", "So the line holds"), ("holds too", "not solved"),
    ),
    "orthonormal columns": ("Maximise $\\operatorname{tr}(X^TA)$ s.t. $X^TX = I$.", ("The maximum is at $\\hat{X} = \\operatorname{polar}(A)$",), ()),
    "stationary points of a quotient": (
        "I want to find the stationary points of the Rayleigh quotient $R(x) = \\frac{x^TAx}{x^Tx}$ where $A$ is symmetric.",
        ("**Every eigenvector is a stationary point. The maximum is at",), (),
    ),
    "a quotient of matrices of which nothing is said": (
        "How to maximise $\\frac{a^TBa}{a^TWa}$ over $a$?",
        ("I take $B$ and $W$ to be symmetric, as only the symmetric part counts", "u_{\\max}(B, W)", "$W$ is positive definite"), (),
    ),
    "a matrix that one vector does not tell": (
        "Find the matrix $W$ that minimises $\\|y - Wx\\|^2$, where $x$ is a fixed vector.",
        ("\\hat{W} = \\frac{1}{x^{T}x}yx^{T}", "Every solution of $Wx = y$ is a minimum as well", "The value there is $0$"), ("closed form",),
    ),
    "a diagonal matrix": (
        "$\\ell(\\Psi) = -\\frac n2\\log|\\Psi| - \\frac n2\\operatorname{tr}(\\Psi^{-1}S)$ with $\\Psi$ diagonal. What is the maximiser?",
        ("The maximum is at $\\hat{\\Psi} = I \\odot S$",), ("closed form",),
    ),
    "a saddle point system": (
        "Minimise the potential energy $\\Pi(u) = \\frac12u^TKu - f^Tu$ subject to $Cu = 0$ with $K$ positive definite. "
        "Derive the saddle point system.",
        ("\\begin{pmatrix} K & -C^{T}\\\\ C & \\mathbf{0} \\end{pmatrix}\\begin{pmatrix} u\\\\ \\lambda \\end{pmatrix}",), (),
    ),
    "a letter that is no identity": (
        "For a rigid body $T = \\frac12\\omega^TI\\omega$, why is $\\frac{\\partial T}{\\partial\\omega} = I\\omega$? ($I$ is the inertia tensor.)",
        ("\\omega^{\\top}I\\,d\\omega", "$I$ is symmetric"), (),
    ),
    "numbers that go together": (
        "How can I differentiate $\\|A x\\|_2$ with respect to $x$? I tried $\\frac{d}{dx}\\sqrt{x^TA^TAx} = \\frac{1}{2\\sqrt{x^TA^TAx}}A^TAx$. "
        "Is it right?",
        ("the right side should be $\\frac{1}{\\sqrt{x^{T}A^{T}Ax}}A^{T}Ax$",), ("\\frac{2}{2",),
    ),
    "an optimum with nothing below it": (
        "Show how to solve \\(\\max v^TMv\\) subject to \\(v^TNv=1\\).", ("The maximum is at $\\hat{v} = u_{\\max}(M, N)$",), ("\\mathbf{0}.**",),
    ),
    "an optimum of a product of brackets": (
        "How do I solve $\\min (Az-c)^T(Az-c)$ over $z$?", ("\\hat{z} = (A^{T}A)^{-1}A^{T}c",), (),
    ),
    "the noise of a model": (
        "We have $y = Z\\beta + \\varepsilon$ and minimise $\\varepsilon'\\varepsilon$. How is it done?",
        ("\\hat{\\beta} = (Z'Z)^{-1}Z'y", "$\\varepsilon = y - Z\\beta$"), ("\\hat{\\varepsilon}",),
    ),
    "the noises of a model": (
        "Let $y_i = z_i^T\\beta + \\epsilon_i$. Minimise $\\sum_i \\epsilon_i^2$ over $\\beta$.", ("\\sum_{i=1}^{n} y_iz_i",), (),
    ),
    "a b behind an X": ("Minimise $e^Te = (y-Xb)^T(y-Xb)$.", ("\\hat{b} = (X^{T}X)^{-1}X^{T}y",), ("\\hat{X}", "\\hat{e}")),
    "a noise by which is varied": ("Let $y = Zc + e$. Minimise $e^Te + 2a^Te$ over $e$.", ("\\hat{e} = -a",), ()),
    "the gradients of terms": (
        "Let $f(z) = z^TMz + a^Tz$. For the first and second terms, the gradient is $2Mz$ and $a$, respectively. What is the gradient of $f$?",
        ("\\frac{\\partial f}{\\partial z} &= (M + M^{T})z + a",), ("**It is not", "goes wrong", "is not right"),
    ),
    "the estimator of least mean error": (
        "Let $\\hat x = Kz$ and $e = x - \\hat x$. Find the $K$ that minimises $E[e^Te]$.",
        ("The expectation is written as the mean over $N$ draws", "x_nz_n^{T}\\right)\\left(\\sum_{n=1}^{N} z_nz_n^{T}\\right)^{-1}"), (),
    ),
    "a sign in an exponent": (
        "I have to differentiate $f(x) = \\log(1+\\exp(-y\\,w^Tx))$ with respect to $w$. I think the answer is $\\frac{-yx}{1+\\exp(-yw^Tx)}$. "
        "Is it correct?",
        ("A sign got lost",), ("The factor", "not right"),
    ),
}  # fmt: skip

LIKELIHOODS = {
    r"\prod_{i=1}^n p^{x_i}(1-p)^{1-x_i}": (r"\frac{\sum_{i=1}^{n} x_i}{n}", "p"),
    r"\prod_{i=1}^n (\lambda^{x_i}e^{-\lambda})": (r"\frac{1}{n}\sum_{i=1}^{n} x_i", r"\lambda"),
    "p^k(1-p)^{n-k}": (r"\frac{k}{n}", "p"),
}


@pytest.mark.parametrize("source", LIKELIHOODS)
def test_a_likelihood_with_names_in_its_exponents_is_greatest_where_its_logarithm_is(source):
    """There have to be successes and failures, which is said."""
    value, of = LIKELIHOODS[source]
    found = derivtex.solve(rf"\max_{{{of}}} {source}")
    assert found.confirmed and str(found.values[of]) == value
    told = found.to_dict()["solution"]
    assert told["kind"] == "maximum" and any("is positive" in each for each in told["conditions"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_post_says_what_it_should(name):
    question, wanted, unwanted = QUESTIONS[name]
    text = derivtex.answer(question).text
    assert all(each in text for each in wanted)
    assert not any(each in text for each in unwanted)


@pytest.mark.parametrize("constraint", ["a^Hw = 1", "w^Ha = 1"])
def test_a_complex_constraint_and_its_conjugate_bind_alike(constraint):
    """Both have w = R⁻¹a/(aᴴR⁻¹a), though only one of them changes with w*."""
    found = derivtex.solve("w^HRw", wrt="w", subject_to=[constraint], declare=["w: vector n complex", "R: matrix n x n hermitian"])
    assert found.confirmed and str(found.values["w"]) == r"\frac{1}{a^{H}R^{-1}a}R^{-1}a"


def test_the_lines_of_the_check_take_no_name_of_the_data():
    """A load f and a filter h keep their numbers where the function and the direction are named."""
    for question in (r"Find the minimum of $E(h) = \|d - Xh\|^2 + \|h\|^2$.", r"Find the minimum of $E(u) = \frac12u^Tu - f^Tu$."):
        (code,) = re.findall(r"```python\n(.*?)```", derivtex.answer(question).text, re.DOTALL)
        printed: list[float] = []
        exec(code, {"print": printed.append})
        assert len(printed) == 1 and printed[0] < 1e-6


DENSITIES = {
    "the mean of a normal distribution": (
        r"\sum_{n=1}^N \ln\mathcal{N}(x_n \mid \mu, \Sigma)", r"\mu", r"\Sigma^{-1}\left(\sum_{n=1}^{N} x_n - N\mu\right)",
    ),
    "weights and the number π": (r"\ln\left(\pi\,\mathcal N(x; \mu, \Sigma)\right)", r"\mu", r"\Sigma^{-1}(x - \mu)"),
    "a variance": (r"\ln\mathcal{N}(x \mid \mu, \sigma^2)", r"\mu", r"\frac{x - \mu}{\sigma^{2}}"),
    "a precision": (r"\ln\mathcal{N}(t \mid w^Tx, \beta^{-1})", "w", r"\beta(t - w^{T}x)x"),
}  # fmt: skip


@pytest.mark.parametrize("name", DENSITIES)
def test_a_normal_density_is_read_as_its_formula(name):
    """Also with a semicolon; its covariance is symmetric, as a density has no other."""
    source, wrt, result = DENSITIES[name]
    found = derivtex.derive(source, wrt=wrt)
    assert found.derivation.confirmed and derivtex.check(f"f = {source}; \\nabla_{{{wrt}}} f = {result}").lines[-1].verdict == "holds"


def test_the_density_of_all_data_is_not_that_of_one():
    """`\\ln p(X)` beside `p(x_n)` is what is written on its right, and no logarithm of the p of a datum."""
    reply = derivtex.answer(
        "With $p(x_n) = \\sum_{k=1}^K\\pi_k\\mathcal N(x_n\\mid\\mu_k,\\Sigma_k)$, find the derivative of "
        "$\\ln p(X) = \\sum_{n=1}^N\\ln\\sum_{k=1}^K\\pi_k\\mathcal N(x_n|\\mu_k,\\Sigma_k)$ with respect to $\\mu_k$."
    )
    assert reply.derivation.confirmed and r"\Sigma_k^{-1}\sum_{n=1}^{N} \gamma_{nk}(x_n - \mu_k)" in reply.text
