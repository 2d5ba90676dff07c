r"""What is asked is what is derived: not a condition beside it, a name in the words, a first derivative for a second one."""

from __future__ import annotations

import pytest

import derivtex
from derivtex.core.errors import DerivtexError, Source
from derivtex.reading import asked_derivatives


def derived(text, tmp_path, suffix=".md"):
    path = tmp_path / f"question{suffix}"
    path.write_text(text)
    return derivtex.derive(path)


ANSWERED = {
    # whose derivative
    r"Let $u = \sigma(Mz)$ and $q = -c^T\log u$. Find $u$'s Jacobian with respect to $z$.": r"\operatorname{Diag}\bigl(u \odot (1 - u)\bigr)M",
    # a function of which the words say that its values are numbers
    r"Let $s = g(Mz)$ where $g$ is a scalar-valued function. What is $\partial s/\partial z$?": r"M^{T}\frac{\partial g}{\partial(Mz)}",
    r"Let $s = g(Mz)$ where $g$ is a smooth real-valued function on $\mathbb{R}^m$. Find $\nabla_z s$.": r"M^{T}\frac{\partial g}{\partial(Mz)}",
    # what is said of a name behind the variable is not said of the variable, and it is none
    r"I want the derivative of $z^TMz$ w.r.t. $z$, $M$ symmetric.": "2Mz",
    # maps, and matrices by their columns
    r"$f\colon z \in \mathbb{R}^n \mapsto z \cdot Bz$. Calculate the derivative of $f$.": "(B + B^{T})z",
    r"Compute the derivative of the map $X \mapsto \log\det X$.": "X^{-T}",
    r"$q = \|Zw\|^2$ where $Z = [z_1 | z_2 | \cdots | z_n]$. Find $\nabla_w q$.": "2Z^{T}Zw",
    r"$q = \|Zw\|^2$ where $Z = [z_1 z_2 \cdots z_n]$. Find $\nabla_w q$.": "2Z^{T}Zw",
    # the order that the words tell
    r"With $q = \log(1+e^{c^Tz})$ I have $\frac{\partial q}{\partial z} = \sigma(c^Tz)c$. How do I find the second-order partial derivative of "
    r"$q$ with respect to $z$?": r"\sigma(c^{T}z)\bigl(1 - \sigma(c^{T}z)\bigr)cc^{T}",
    r"Does anyone know how to compute the Hessian of $q(z)=(c^Tz)^3$?": r"6(c^{T}z)cc^{T}",
    r"I want the Hessian of the following function, $q(z) = \|Bz-c\|^2$. My try: $$\nabla q(z) = 2B^T(Bz-c)$$": "2B^{T}B",
    # a derivative whose space is told; what is bound is no part of it
    r"Maximise \(\frac{z^TMz}{z^Tz}\) subject to \(h^Tz = 0\), $M$ symmetric. Obtain \(\frac{\partial q}{\partial z} \in \mathbb{R}^n\) for "
    r"\(q = z^TMz - \kappa h^Tz\).": r"2Mz - \kappa h",
    # what is optimised is what the author's derivative is of
    r"$$P = E[ee^T]$$ $$= (I-KH)M(I-KH)^T$$ with symmetric $M$. I set $$d(trP)\over dK$$ $$= -2MH^T+2KHMH^T = 0$$ Why is this "
    r"the minimum over $K$?": "-2(I - KH)MH^{T}",
    # by what, behind a gradient
    r"Let $f = {z^TMz \over z^Tz}$ with symmetric $M$. Find $\nabla f$ with respect to $z$.": r"\frac{2}{z^{T}z}(Mz - fz)",
    r"What is the gradient of $\|Bz-c\|^2$ w.r.to $z$?": "2B^{T}(Bz - c)",
    # the operand behind a comma
    r"Find the derivative of the squared loss, $g(z) = \|z-c\|^2$, please.": "2(z - c)",
    # names with a minus raised are names of their own
    r"$P_k = P_k^- - K_kH_kP_k^-$. Find $\frac{\partial \operatorname{tr}P_k}{\partial K_k}$.": "-(P_k^-)^{T}H_k^{T}",
    # of an expression in a function, by its argument
    r"Compute $\nabla (c^Tg(u))$ for $g(u) = Mu$.": "M^{T}c",
    # what is recalled from a book is not asked
    r"I'm trying to calculate $\frac{dq}{dM}$ where $$q = c^TMz$$. From the cookbook I understand $$\frac{dz^TMz}{dM} = zz^T$$": "cz^{T}",
    # a size tells of the names behind its noun
    r"With $n\times n$ matrices $A$ and $B$, and the $n\times 1$ vector $X$: $q = \mathbf{1}^T(AX\circ BX)$, where $\mathbf{1}$ is a vector. Find "
    r"$\frac{\partial q}{\partial X}$.": "(A^{T}B + B^{T}A)X",
    # a derivative with a name
    r"$q = \operatorname{tr}(Z^TZ) - \log\det Z$. Find the stress $S = \frac{\partial q}{\partial Z}$.": "2Z - Z^{-T}",
    r"Let $q(z) = z^TMz$ with symmetric $M$. What is $g = \nabla q(z)$?": "2Mz",
    r"$\delta = \frac{\partial q}{\partial z}$ where $q = \|z - c\|^2$. What is $\delta$?": "2(z - c)",
    r"Let $q(z) = z^TMz$ with symmetric $M$. Show that $\nabla_z q = 2Mz$. What is $H = \nabla_z^2 q = 2M$?": "2M",
    # a variable that stands in no formula is no question
    r"Let $q(z) = z^TMz$ with symmetric $M$. Show that $\nabla_zq = 2Mz$. Is this a derivative with respect to Z?": "2Mz",
    # members of a family beside a matrix of the same letter
    r"Find $\nabla_w q$ for $q=\sum_{i=1}^n (y_i - w^T x_i)^2$. I know $w=(X^TX)^{-1}X^Ty$.":
        r"-2\sum_{i=1}^{n} (y_i - w^{T}X^{T}e_i)X^{T}e_i",
    r"Find $\nabla_w q$ for $q=\sum_{i=1}^n (y_i - w^T x_i)^2$. The data are $X$.": r"-2\sum_{i=1}^{n} (y_i - w^{T}x_i)x_i",
    r"Find $\nabla_w q$ for $q=\sum_{i=1}^n \|y_i - w^T x_i\|^2$.": r"-2\sum_{i=1}^{n} (y_i - w^{T}x_i)x_i",
    r"Find $\nabla_w q$ for $q=\sum_{i=1}^n \|y_i - w^T x_i - b\|^2$.": r"-2\sum_{i=1}^{n} (y_i - w^{T}x_i - b)x_i",
    # a function before the terms that are mentioned; one of several of a name
    r"Let $q(z) = z^TMz$ be a function of four numbers. Its gradient is one of $2Mz_0$, $Mz_0$, $2M^Tz_0$. I do not know how to differentiate it.":
        "(M + M^{T})z",
    r"Usually one sees $\nabla q(z)$ where $q(z) = c^Tz$. I need $\frac{\partial q(z, Y)}{\partial Y}$ where $q(z,Y) = z^TYc$.": "zc^{T}",
    r"$H = g + p^Ta$, that is $H = \frac12 u^TRu + p^TBu$ with symmetric $R$. Find $\frac{\partial H}{\partial u}$.": "Ru + B^{T}p",
    r"$q(z) = -\log p(y|z) = \frac12\|y - Bz\|^2 + \log h$. Find the gradient by $z$.": "B^{T}(Bz - y)",
    # a name inside of a chain, and one with a time
    r"$h = y = \tanh(Wx)$, $q=c^Ty$. Find $\partial q/\partial x$.": r"W^{T}\bigl((1 - h^{\odot 2}) \odot c\bigr)",
    r"$h_t = y_t = Wh_{t-1} + Ux_t$, $q=c^Ty_t$. Find $\partial q/\partial U$.": "cx_t^{T}",
    r"$i_t = \sigma(W_ix_t + U_ih_{t-1} + b_i)$, $q=c^Ti_t$. Find $\partial q/\partial h_{t-1}$.": r"U_i^{T}\bigl(i_t \odot (1 - i_t) \odot c\bigr)",
    # the author's indices above, and names of functions; a letter that names a distribution is no operand
    r"$q=\sum_{i=1}^m (z^Tx^{(i)} - y^{(i)})^2$, find $\nabla_z q$.": r"2\sum_{i=1}^{m} (z^{T}x^{(i)} - y^{(i)})x^{(i)}",
    r"$q=\sum_i (z^T\psi^{[i]}) (y^{[i]})^2$, find $\nabla_z q$.": r"\sum_{i=1}^{n} (y^{[i]})^{2}\psi^{[i]}",
    r"Let $q = \cos(u,v)u^Tw$ with $\cos(u,v)=\frac{u^Tv}{\|u\|\|v\|}$. What is $\frac{\partial q}{\partial w}$?": r"(\cos)u",
    r"The log-likelihood of the multivariate t distribution $$q(z) = -\frac{\nu+p}{2}\log(1+\frac1\nu(x-z)^T(x-z))$$ with respect to $z$? "
    r"What is its derivative?": r"\frac{\nu + p}{\nu\left(1 + \frac{1}{\nu}(x - z)^{T}(x - z)\right)}(x - z)",
    # derivatives with a slash inside of formulas; what is given is not what is asked
    r"Let $z = Wx$ and $q=q(z)$ with $g=\partial q/\partial z$, what is $\partial q/\partial x$?": "W^{T}g",
    r"$q$ is a scalar function of $z = \frac{x}{c}$, and $g=\frac{\partial q}{\partial z}$ is known. What is $\partial q/\partial x$?":
        r"\frac{1}{c}g",
    # norms in words
    r"Find the gradient of the sum of squared residuals of $y - Xz$ with respect to $z$.": "2X^{T}(Xz - y)",
    r"What is the derivative of half the squared norm of $r = Bz-c$ with respect to $z$?": "B^{T}r",
    r"What is the gradient of the squared Frobenius norm of $AX - B$ with respect to $X$?": "2A^{T}(AX - B)",
    r"What is the gradient of the norm of $\|z\|^2$ with respect to $z$?": "2z",
    # a dot is an inner product
    r"Compute $\nabla_w$ of the loss $\sum_i \max(0, 1-y_i(w\cdot x_i+b))$.":
        r"-\sum_{i : y_i(w \cdot x_i + b) < 1} y_ix_i",
    # a derivative that is called by a word or a letter
    r"Let $q(z) = e^{-z^Tz}$, of which ${\rm grad}\, q(z) = -2e^{-z^Tz}z$ is known. We want to compute ${\rm Hess}\, q (z)$.":
        "-2q(I - 2zz^{T})",
    r"Let $q(z) = z^TMz$. Find $H_q(z)$.": "M + M^{T}", r"Let $q(z) = z^TMz$. Find $\operatorname{Hess}_q(z)$.": "M + M^{T}",
    r"Let $q(z) = z^TMz$. How do I compute $\nabla\nabla^T q$?": "M + M^{T}", r"Let $q(z) = z^Tz$. Find $\nabla_z\nabla_z q(z)$.": "2I",
    r"Let $q(z) = Bz + c$. What is $J_q$?": "B", r"Let $q(z) = z^Tz$. What is $\operatorname{Hess}(q)(z)$?": "2I",
    r"Let $q(z) = z^Tz$. What is ${\partial q} / {\partial z}$?": "2z",
    # rows beside matrices
    r"$y = \tanh(hW + xU)$, $q=\|y-d\|^2$. Find $\partial q/\partial U$.": r"2x^{T}\bigl((1 - y^{\odot 2}) \odot (y - d)\bigr)",
}  # fmt: skip


@pytest.mark.parametrize("text", ANSWERED)
def test_the_derivative_that_is_asked_for_is_made(text, tmp_path):
    answer = derived(text, tmp_path)
    assert (answer.to_dict()["result"]["latex"], answer.confirmed) == (ANSWERED[text], True)


@pytest.mark.parametrize("text", [
    # conditions on the variable are not what is differentiated, nor a name of which the words speak
    "The Lagrange function is differentiated with respect to $w$. What if the constraints are $$w^T1 = 1$$ $$w^Tu = 0.1$$ or $$w^T1 = 1$$? "
    "Do I differentiate with respect to $w$ or with respect to $w^T$?",
    "Why does setting the derivative of this equal to 0 and solving for $G$ give us an optimal gain $G$?",
])  # fmt: skip
def test_what_is_not_there_is_not_made_up(text, tmp_path):
    with pytest.raises(DerivtexError, match="nothing to differentiate"):
        derived(text, tmp_path)


@pytest.mark.parametrize("formula, result", {
    r"\frac{\partial trAX}{\partial X}": "A^{T}", r"\frac{d(trX^2)}{dX}": "2X^{T}", "f = logdetX": "X^{-T}",
    r"f = trX^TX + trX": r"2X + I", r"{x^Tx \over 2}": "x", r"x^Tx \over 2": "x",
}.items())  # fmt: skip
def test_words_glued_to_capitals_and_a_fraction_without_braces(formula, result):
    assert derivtex.derive(formula).to_dict()["result"]["latex"] == result


def test_letters_that_are_names_spell_no_word():
    """The t and r of trA that are declared are numbers."""
    assert derivtex.derive("f = trA", wrt="A", declare=["t: scalar", "r: scalar"]).derivation.derivative.form == "vec"


SIGNS = {
    r"$q = \|A\otimes X\|_F^2$ where $\otimes$ denotes the elementwise product. Find $\nabla_X q$.": r"2(A \odot A \odot X)",
    r"Here $*$ is the Hadamard product, $q = \operatorname{tr}(A^T(X*X))$. Find $\nabla_X q$.": r"2(X \odot A)",
    r"$q = \|(W^Tx) o c\|^2$, 'o' denotes the Schur product. Find $\frac{\partial q}{\partial W}$.": r"2x(c \odot c \odot W^{T}x)^{T}",
    r"$q = \|A\star X\|_F^2 + \kappa\star c^Tc$, with the entrywise product $\star$. Find $\nabla_X q$.": r"2(A \odot A \odot X)",
    r"$q = \|A\times X\|_F^2$, $A\in\mathbb{R}^{2\times 3}$, $\times$ is pointwise multiplication. Find $\nabla_X q$.": r"2(A \odot A \odot X)",
    r"$q = d^T(a\otimes b)c$ with the outer product $\otimes$. Find $\nabla_a q$.": r"(b^{T}c)d",
    r"$q = d^T(a\otimes(b+h))c$, and $\otimes$ is the outer product. Find $\nabla_a q$.": r"\bigl((b + h)^{T}c\bigr)d",
    r"$q = \|A\circ X\|_F^2$, $\circ$ is not the Hadamard product but the matrix product. Find $\nabla_X q$.": "2A^{T}AX",
    r"$q = \|A\otimes x\|_F^2$, where $\otimes$ is the Kronecker product. Find $\nabla_x q$.": r"2\langle A, A\rangle x",
    r"Signs: $\circ$ the elementwise product, $*$ matrix product. $q = c^T(Az * z^Tb)$. Find $\nabla_A q$.": "(z^{T}b)cz^{T}",
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_means_what_the_words_say(text, tmp_path):
    answer = derived(text, tmp_path)
    assert (answer.to_dict()["result"]["latex"], answer.confirmed) == (SIGNS[text], True)


def test_signs_in_words_without_tex(tmp_path):
    text = "L = ||A * X - B||_F^2 + lambda * ||X||_F^2\nwhere * denotes elementwise multiplication. Find the gradient w.r.t. X."
    assert derived(text, tmp_path, ".txt").to_dict()["result"]["latex"] == r"2\bigl(A \odot (A \odot X - B) + \lambda X\bigr)"


@pytest.mark.parametrize("what", ["convolution", "cross product", "composition of functions"])
def test_a_sign_for_what_is_no_product_here_is_refused(what, tmp_path):
    with pytest.raises(DerivtexError, match="as the words say, which is not derived"):
        derived(rf"$q = \|h * x - y\|^2$ where $*$ denotes the {what}. Find $\nabla_h q$.", tmp_path)


@pytest.mark.parametrize("formula, result", {
    r"S = \frac{\partial q}{\partial Z}; q = \operatorname{tr}(Z^TZ)": "2Z", r"g = \nabla q; q(z) = c^Tz": "c",
}.items())  # fmt: skip
def test_a_formula_names_its_derivative(formula, result):
    assert derivtex.derive(formula).to_dict()["result"]["latex"] == result


def test_a_second_derivative_with_a_name_in_plain_text(tmp_path):
    assert derived("q(z) = z^T M z\nWhat is H = d^2q/dz^2?", tmp_path, ".txt").to_dict()["result"]["latex"] == "M + M^{T}"


def test_a_gradient_that_is_used_further_on_is_no_letter():
    with pytest.raises(DerivtexError):
        derivtex.derive(r"g = \nabla q(z); q(z) = c^Tz; h = g^Tg", of="h", wrt="z")


@pytest.mark.parametrize("text", [
    r"Let $z = z(t)$. Find $\frac{d}{dt} z^TMz$.", r"Let $z = z(t)$ be a vector. Find $\frac{d}{dt} (c^Tz)$.",
    r"Let $V = \mathbf{z}^{\top}M\mathbf{z}$ with $\mathbf{z} = \mathbf{z}(t)$. What is $\frac{dV}{dt}$?",
])  # fmt: skip
def test_what_depends_on_a_number_is_no_number_because_of_that(text, tmp_path):
    with pytest.raises(DerivtexError, match="depends on t in a way that nothing tells"):
        derived(text, tmp_path)


def test_a_number_may_depend_on_a_number(tmp_path):
    assert derived(r"Let $y=y(z)$, find $\frac{d}{dz} y^2$.", tmp_path).to_dict()["result"]["latex"] == r"2y\frac{dy}{dz}"


CODE = {
    "f = trace(B*A.^2)\nWhat is df/dA?": r"2(A \odot B^{T})", "f = sum(x.^2 .* y)\nWhat is df/dx?": r"2(x \odot y)",
    "f = x'*A*x + ones(1,n)*x\nWhat is df/dx?": r"(A + A')x + \mathbf{1}", "f = x'*(A + eye(n))*x\nWhat is df/dx?": "(A + 2I + A')x",
    "f = np.ones((1,n)) @ x\nWhat is df/dx?": r"\mathbf{1}", "f = a*x.^3 where a and x are scalars\nWhat is df/dx?": "3ax^{2}",
}


@pytest.mark.parametrize("text", CODE)
def test_powers_of_entries_ones_and_identities_of_programs(text, tmp_path):
    answer = derived(text, tmp_path, ".txt")
    assert (answer.to_dict()["result"]["latex"], answer.confirmed) == (CODE[text], True)


def test_a_letter_in_words_is_not_differentiated_by_nothing(tmp_path):
    """Of the words of `h^T v` outside of formulas the T is no function."""
    with pytest.raises(DerivtexError):
        derived(r"We use $h_t = o \odot \tanh(c_t)$ and want the gradient of h_t^T v with respect to c_t.", tmp_path)


POINTS = {
    r"k(x,x') = \exp(-\|x-x'\|^2/2); \nabla_x k": "-k(x - x')", r"\|x-x'\|^2; \nabla_x": "2(x - x')",
    r"(x'-x)^TM(x'-x); M=M^T; \nabla_x": "-2M(x' - x)", r"\nabla_{\vec r}\frac{1}{|\vec r - \vec r'|}":
        r"-\frac{\vec{r} - \vec r'}{\|\vec{r} - \vec r'\|^{3}}",
    "f = x'x + x'Ax - b'x; A=A'; \\nabla_x f": "2x + 2Ax - b", r"(x-y)'(x-y); \nabla_x": "2(x - y)", r"\|A-A'\|_F^2; \nabla_A": "4(A - A')",
}


@pytest.mark.parametrize("formula", POINTS)
def test_a_second_point_is_not_the_first_one_transposed(formula):
    assert derivtex.derive(formula).to_dict()["result"]["latex"] == POINTS[formula]


@pytest.mark.parametrize("asked, point", {
    r"$\left.\frac{d}{dt}f\right|_{t=0}$": "t=0", r"$\frac{d}{dt}\Big|_{t=0} f$": "t=0", "$f'(0)$": "0", r"$\nabla f(t_0)$": "t_0",
    "the derivative of $f$ at $t = 0$": "t=0", "the derivative of $f$ at the point $t_0$": "t_0",
}.items())  # fmt: skip
def test_a_point_at_which_a_derivative_is_asked_for_is_told(asked, point, tmp_path):
    """It is not put in, which is said with the result."""
    found = derived(rf"Let $f(t) = \|a + tb\|^2$. Find {asked}.", tmp_path)
    assert str(found.result) == "2(a + tb)^{T}b"
    assert f"the derivative is that at any point: {point} is not put in" in found.derivation.problem.guesses


NETWORK = r"$h = \tanh(W_1x + b_1)$, $L = \|W_2h + b_2 - y\|^2$. "
ALL = ["W_1", "b_1", "W_2", "b_2"]


@pytest.mark.parametrize("post, wanted", {
    NETWORK + "Compute all gradients.": ALL, NETWORK + "What are the gradients of the loss with respect to the weights and biases?": ALL,
    r"Find the gradients of $L = \|W^{[1]}x - y\|^2$ with respect to all parameters.": ["W^{[1]}"],
    r"Find the gradient of $f(x) = a^Tx$ and of $g(x) = b^Tx$.": ["x", "x"], r"Find the gradient of $f(x) = a^Tx$ and $g(x) = b^Tx$.": ["x", "x"],
    "Let $q = \\|Ax - b\\|^2$. How can I get the following\n\n- $$\\frac{\\partial q}{\\partial x}$$\n- $$\\frac{\\partial q}{\\partial b}$$\n":
        ["x", "b"],
    "Let $q = \\|Ax - b\\|^2$. Please derive:\n\n1. $\\nabla_A q$\n2. $\\nabla_b q$\n": ["A", "b"],
    r"Let $q = \|Ax - b\|^2$. Differentiate $q$ with respect to not only $x$ but also $A$ and $b$.": ["x", "A", "b"],
    r"Find the derivative of $q = \|Ax - b\|^2$ with respect to $A$ as well as $b$.": ["A", "b"],
    "Let $q = \\|Ax - b\\|^2$. Find the derivatives with respect to:\n\n* $x$;\n* $b$.\n": ["x", "b"],
    r"(a) Let $q(z) = \log(c^Tz)$. Find $\nabla q(z)$. (b) Find $\frac{\partial^2 q}{\partial z_i\partial z_j}$.": ["z", "z"],
}.items())  # fmt: skip
def test_all_that_is_asked_for_is_found(post, wanted):
    """Parameters that the words do not name, and further functions behind an `and`."""
    assert [by for _, by, _ in asked_derivatives(Source(post, "a.md"))] == wanted


def test_the_name_of_a_point_is_what_is_differentiated_by():
    """“At $t = 0$” asks by t; what `Df(X)[H]` stands for is no product with a matrix D."""
    assert str(derivtex.derive(r"What is the derivative of $\log\det(X+tV)$ at $t=0$?").result) == r"\operatorname{tr}\bigl((X + tV)^{-1}V\bigr)"
    with pytest.raises(derivtex.DerivtexError, match="by what"):
        derivtex.derive("What is $Df(X)[H]$ for $f(X) = X^TX$?")
