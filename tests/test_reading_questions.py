r"""What a question says is what is derived: lists, sets of pairs, ones, sizes and names in the ways people write them."""

from __future__ import annotations

import pytest

import derivtex
from derivtex.core.errors import DerivtexError, Source

ANSWERED = {
    # a list item ends what is said; “shaped” tells a size
    "Given are\n\n* an input $u$ shaped (1, d)\n* a weight matrix $V$ shaped (d, h)\n* a target $t$ shaped (1, h)\n\n"
    r"and $E=\|uV-t\|^2$. What is $\frac{\partial E}{\partial V}$?": r"2u^{T}(uV - t)",
    "1. symmetric $S$\n2. $q=z^TSz$\n\nFind $\\partial q/\\partial z$.": "2Sz",
    # a size in a formula and a kind in words; the Hermitian transpose is no property of H
    r"Let $g(z)=azz^Ha^H$, where $a\in\mathbf{C}^{1\times m}$ is a row vector, $z\in\mathbf{C}^{m\times 1}$ is the vector, and $H$ denotes "
    r"Hermitian transpose. I need $\nabla g(z)$.": "(az)a^{H}",
    r"$p(z)=\sum_i\log\sigma(c_i\textbf z^T\textbf u_i)$ where $\textbf z^T$ is the vector of parameters. Find the gradient of $p$ in $\textbf z$.":
        r"\sum_{i=1}^{n} c_i\bigl(1 - \sigma(c_i\textbf z^{T}\textbf{u}_i)\bigr)\textbf{u}_i",
    # what is asked, in other words
    r"$R(z) = z^TMz + c^Tz$ with symmetric $M$. What are the steps to derive $\triangledown R(z)$?": "2Mz + c",
    r"Hi, I am solving $Bz-c$ for $z$: $q=\|Bz-c\|^2$. What is the gradient?": "2B^{T}(Bz - c)",
    r"When deriving $q=\|Bz-c\|^2$ with respect to $z$, I get confused.": "2B^{T}(Bz - c)",
    r"The loss is $E=\|Zv-t\|^2$ where $v$ are the weights. I need $\nabla E$.": "2Z^{T}(Zv - t)",
    r"$$\|Bz-c\|^2 = (Bz-c)^T(Bz-c)$$ How do they reach this gradient: $\Delta_z = 2(Bz-c)^TB$?": "2B^{T}(Bz - c)",
    r"I want the stationary points of $g(z)=z^tMz+c^tz$, $M$ symmetric. I need the derivative of this. I know how to take the derivative of "
    "$z^tz$ in respect to z.": "2Mz + c",
    r"What is the derivative of $z^TMz$ respect to matrix $M$ where $z$ is a vector? Isn't it $zz$?": "zz^{T}",
    r"How do I take $\frac{\delta}{\delta Z} \operatorname{Tr}(CZ^T)$?": "C",
    # sums over sets, and how many they hold
    r"$g(V,Z) = \frac{1}{|\Omega|} \sum_{(d,n)\in\Omega} (c_{dn}-(VZ^T)_{dn})^2$. Find $\nabla_V g$.":
        r"-\frac{2}{\mathbf{1}^{T}\Omega\mathbf{1}}\bigl(\Omega \odot (c - VZ^{T})\bigr)Z",
    r"$E = \sum_{i=1}^{N}\sum_{j=1}^{M}I_{ij}(R_{ij} - p_i^Tq_j)^2$; find $\frac{\partial E}{\partial q_j}$.":
        r"-2\sum_{i=1}^{N} I_{ij}(R_{ij} - p_i^{T}q_j)p_i",
    # words that tell what a function is
    r"$q(V)=\||ZV| - Y\|_F^2$ where $|\cdot|$ is taken entrywise. What is $\frac{\partial q}{\partial V}$?":
        r"2Z^{T}\bigl(ZV - \operatorname{sign}(ZV) \odot Y\bigr)",
    r"One layer of a neural network: $Z = V^TX$, $A = \sigma(Z)$, $J = \|A - Y\|_F^2$. What is $\frac{\partial J}{\partial Z}$?":
        r"2\bigl(A \odot (1 - A) \odot (A - Y)\bigr)",
    # what the words say of a name behind it, or where the question is asked
    r"The matrix $M\in\mathbb R^{n\times n}$ is symmetric. What is the gradient of $z^TMz$ with respect to $z$?": "2Mz",
    r"What is the gradient of $\log\det Z$ for symmetric positive definite $Z$?": "Z^{-1}",
    r"What is the gradient of $\log\det Z$ with respect to $Z$ over all symmetric positive definite $Z$?": "Z^{-1}",
    r"What is the gradient of $\log\det Z$ w.r.t. $Z$ positive definite?": "Z^{-1}",
    r"Assume symmetric $S$. What is the gradient of $x^TSx$ with respect to $x$?": "2Sx",
    r"For any symmetric $M$, find the gradient of $z^TMz$ by $z$.": "2Mz",
    # what is said behind several spaces is said of the last; words behind a space in the formula
    r"$Z\in\mathbb R^{n\times q},\ C\in\mathbb R^{q\times n},\ I\in\mathbb R^{n\times n}$ is the identity. Find the gradient of "
    r"$\operatorname{tr}((I-ZC)(I-ZC)^T)$ w.r.t. $Z$.": "2(ZC - I)C^{T}",
    r"Let $M\in\mathbb R^{n\times n}, N\in\mathbb R^{n\times n}$ be symmetric. What is the gradient of $z^TMz+z^TNz$ in $z$?": "2(M + N)z",
    r"$q=z^TMz+z^TNz$ with $M\in\mathbb R^{n\times n}\text{ symmetric},\ N\in\mathbb R^{n\times n}\text{ is positive definite}$. "
    r"How do I get $\partial q/\partial z$ in closed form?": "2(M + N)z",
    # what depends on a vector in a way that is left open: by one entry of it
    r"Find $\frac{\partial}{\partial z}\log\det M(z)$ where $M$ is a matrix in $\mathbb R^{n\times n}$ which is a function of $z\in\mathbb R^d$.":
        r"\operatorname{tr}\left(M^{-1}\frac{\partial M}{\partial z_k}\right)",
    r"Let $q(z) = z^TM(z)z$ where $M(z)\in\mathbb R^{n\times n}$. Find $\frac{\partial q}{\partial z_k}$.":
        r"\bigl((M + M^{T})z\bigr)_k + z^{T}\frac{\partial M}{\partial z_k}z",
    r"Let $z\in\mathbb R^d$ and $q = v^TM(z)^{-1}v$. Find $\frac{\partial q}{\partial z}$.":
        r"-v^{T}M^{-1}\frac{\partial M}{\partial z_k}M^{-1}v",
    "Let z be a column vector and q = z' * M * z. If M is a function of z, i.e M = g(z), how can I compute dq/dz?":
        r"\bigl((M + M')z\bigr)_k + z'\frac{dM}{dz_k}z",
    # a capital in the space of n^2 numbers
    r"Let $g:\mathbb R^{n^2}\to\mathbb R^{n^2}$ with $g(Z)=Z^2$. What is the differential of $g$?": r"Z^{T} \otimes I_n + I_n \otimes Z",
    # a map with its space before it; what is said of a power by the way
    r"Consider $$g:\mathbb R^{N\times N}\to\mathbb R^{N\times N}, Z\mapsto Z^2.$$ $T$ is the derivative of $g$ if $g(Z+E)=g(Z)+TE+r(E)$. To find "
    r"this for $g$: $Z^2$ is $g(Z)$. How do I find it?": r"Z^{T} \otimes I_N + I_N \otimes Z",
    # the verb tells more than the noun before the names; by a variable with the star that transposes
    r"$g(z) = \frac{\eta v' + (Mz)'}{\eta + u'z}$, where the constants $v$ and $u$ are (column) vectors, $\eta$ is a scalar, $M$ a square matrix. "
    r"What is the Jacobian of $g$ with respect to $z$?": r"\frac{M - g'u'}{\eta + u'z}",
    r"Let $q(z) = a^*z + z^*b + z^*Cz$ with $a,b,z\in\mathbb C^n$ and $C\in\mathbb C^{n\times n}$. Find $\frac{\partial q}{\partial z^*}$.": "b + Cz",
    r"Let $z_i\in\mathbb R^n$, $y_i\in\mathbb R$, $q(a)=\sum_{i=i}^N(\langle a,z_i\rangle-y_i)^2$. Find $\nabla q$.":
        r"2\sum_{i=1}^{N} (\langle a, z_i\rangle - y_i)z_i",
    # an expectation as the mean over many draws, with what is defined put in
    r"Let $q(w) = E[(d - w^Tz)^2]$. What is the gradient with respect to $w$?": r"-\frac{2}{N}\sum_{n=1}^{N} (d_n - w^{T}z_n)z_n",
    r"Let $z\sim\mathcal N(\mu,\Sigma)$ and $q=\mathbb{E}\left[\|Mz-c\|^2\right]$. Find $\nabla_M q$.":
        r"\frac{2}{K}\sum_{n=1}^{K} (Mz_n - c)z_n^{T}",
    # everything is complex, in more words; what only shows a notation; the labels as a whole; what is known of another case
    r"$q=|c-az|^2$ with numbers $a$, $c$, $z$. All variables and constants are complex. What is $\frac{\partial q}{\partial z^*}$?": "a^{*}(az - c)",
    r"The gradient with respect to (w.r.t) the matrix $Z$ in $$\|Z^TM - C\|_F^2,$$ where $\|\cdot\|_F$ is the norm and $(\cdot)^T$ the transpose?":
        "2M(Z^{T}M - C)^{T}",
    r"Labels are $y\in\{-1,1\}$. $q(w) = \sum_{i=1}^n\log(1+\exp(-y_iw^Tz_i))$ with $z_i\in\mathbb R^d$. Find the gradient of $q$.":
        r"-\sum_{i=1}^{n} y_i\sigma(-y_iw^{T}z_i)z_i",
    r"The loss is $\min_Z \|C-MZN\|_F^2$. I know when it is $J(X) = \|C-MX\|_F^2$ then its derivative is $\nabla J(X) = 2M^T(MX-C)$. "
    "How do I compute its gradient here?": "2M^{T}(MZN - C)N^{T}",
    # a size below a transpose may be that of what is transposed
    r"Find the gradient of $q=\|C_{m\times n}'(C_{n\times m}z_{m\times 1} - b)\|^2$ in $z$.": "2C'CC'(Cz - b)",
    # the function by which a value is given, in the place of the value
    r"Let $s = g(y)$, $g:\mathbb R^{n}\to\mathbb R$ and $y = Bz$. What is $\frac{\partial g}{\partial z}$?": r"B^{T}\frac{\partial g}{\partial y}",
    # a space does not tell how the entries of a vector lie
    r"$u\in\mathbb R^{1\times d}$, $V\in\mathbb R^{d\times h}$, $c,t\in\mathbb R^h$, $q=\|uV+c-t\|^2$. Find $\partial q/\partial V$.":
        "2u^{T}(uV + c - t)",
    r"Let $u\in\mathbb R^{d}$, $V\in\mathbb R^{d\times h}$ and $c\in\mathbb R^h$. $z = uV+c$, $p=\mathrm{softmax}(z)$, $q=-\sum_i t_i\log p_i$. "
    r"The author has $\frac{\partial q}{\partial z} = p-t$. What is $\partial q/\partial c$?": r"(\mathbf{1}^{T}t^{T})p - t",
    # other words for a variable; what we can take we take
    r"With $u = c - Az$, we can take the derivative of $u'u$ to $z$.": "-2A'u",
    "Say y=Zb+e (y,b,e are vectors and Z is a matrix). We minimise e'e=(y-Zb)'(y-Zb), so we can take the derivative of e'e to b.": "-2Z'e",
    # nobody says by what: the letter does
    r"Why is the gradient of $\|Ax-b\|^2$ equal to $2A^T(Ax-b)$?": "2A^{T}(Ax - b)",
    r"I don't understand why the derivative of $\operatorname{tr}(AXB)$ is $A^TB^T$.": "A^{T}B^{T}",
    r"About $\log(1+\exp(a^Tx))$: I need the gradient of $ ( \log(1+\exp(a^Tx)) $.":
        r"\sigma(a^{T}x)a",
    # the head of a function in the words, a name for what is claimed
    r"How can I compute the gradient of f(x)= $\|Ax-b\|_{R}^2$?": r"A^{T}(R + R^{T})(Ax - b)",
    r"Let $q(z) = z^TMz$. The gradient is $g = 2Mz$ and the Hessian is $H = 2M$. Right?": "(M + M^{T})z",
    # by a product nothing is derived; a family may be an argument of what is defined
    r"I want $\nabla_z q$ of $$q(z)=\|zz^{T} \circ Y\|_F^{2}.$$ I only have $$\frac{\partial q}{\partial zz^{T}} = zz^{T} \circ Y.$$":
        r"2\bigl(Y \circ Y \circ zz^{T} + (Y \circ Y \circ zz^{T})^{T}\bigr)z",
    r"Let the covariances $S_i$ differ, $$q(B;S)=\sum_{i=1}^N(y_i-B^Tx_i)^TS_i^{-1}(y_i-B^Tx_i).$$ What is $\frac{\partial q(B;S)}{\partial B}$?":
        r"-2\sum_{i=1}^{N} x_i(y_i - B^{T}x_i)^{T}S_i^{-1}",
    # numbers that are “just constants”; the reals as two letters drawn together
    r"$q(Z)=\frac{G}{1+v}\operatorname{tr}(Z^TZ)$ with a $2\times 2$ matrix $Z$; $G$ and $v$ are just real constants. Find $\partial q/\partial Z$.":
        r"\frac{2G}{1 + v}Z",
    r"$q = \frac{K}{2}\operatorname{tr}(Z^TZ)$, $K \in {\rm I\!R}$, $Z \in {\rm I\!R}^{3\times 2}$. Find $\partial q/\partial Z$.": "KZ",
    # a sign whose size is told is still that sign, unless it is what is varied
    r"Let $z,c\in\mathbb{R}^n$ and $I\in\mathbb{R}^{n\times n}$. Find $\nabla_z q$ of $q=\|Iz-c\|^2$.": "2(z - c)",
    r"Let $I\in\mathbb{R}^{n\times n}$ be an image and $q=\|BI-C\|_F^2$. Find $\nabla_I q$.": "2B^{T}(BI - C)",
    # D before a function is the derivative, and a function that is used elsewhere can be asked about
    r"Let $q(z) = \log \sum_{i=1}^{m} \exp(a_i^Tz)$, $q: R^n \to R$. I need the gradient. The chain rule is $Dq(z) = Dg(h(z))Dh(z)$.":
        r"\sum_{i=1}^{m} \frac{\exp(a_i^{T}z)}{\sum_{j=1}^{m} \exp(a_j^{T}z)}a_i",
    r"Prove that the Jacobian of $q: R^n \to R$ given by $q(z)=Mz\cdot z$ is $Dq(v)=v^T(M+M^T)$.": r"(M^{T} + M)v",
    r"Find the gradient of $q: \mathbb R^n\to\mathbb R$, $q(z)=z^TMz$.": r"(M + M^{T})z",
    # a star over brackets turns as well where nothing else conforms
    r"Given $q(z)=(z\circ z)^*H(z\circ z)$ with Hermitian $H$ and complex-valued vector $z$, what is the derivative of $q$ with respect to $z$?":
        r"2\bigl(\overline{z} \circ H(z \circ z)\bigr)",
    r"$g(s)=z^{T}e^{Ms}z$ where $z$ is a vector and $M$ is a square matrix. Find $dg/ds$.": "z^{T}Me^{sM}z",
    # a chain that says of what kind its subject is as well
    r"Let $g(z) = z^TMz \in \mathbb{R}$ with $z \in \mathbb{R}^n$. Find the gradient with respect to $z$.": "(M + M^{T})z",
    r"Let $M = C^TC \in \mathbb{R}^{n\times n}$ and $g = \mathrm{tr}(M^2)$. Find $\partial g/\partial C$.": "4CM",
    r"Let $V = LL^T \succ 0$ and $g = z^TV^{-1}z$. Find the gradient with respect to $L$.": "-2V^{-1}zz^{T}V^{-1}L",
    r"Let $M = M^T \succ 0$ and $g = z^TMz$. Find the gradient with respect to $z$.": "2Mz",
    r"Let $u = Cz + b \sim \mathcal{N}(\mu, V)$ and $g = \|u\|^2$. Find the gradient with respect to $z$.": "2C^{T}u",
    # a letter that the words name without its bold
    r"Differentiate $\mathbf{a}^T \mathbf{V}^{-1} \mathbf{a}$ with respect to the matrix $\mathbf{V}$ where V is symmetric.":
        r"-\mathbf{V}^{-1}\mathbf{a}\mathbf{a}^{T}\mathbf{V}^{-1}",
    r"Here $M$ is a (symmetric) matrix. What is the gradient of $z^TMz$ with respect to $z$?": "2Mz",
    r"$S_B$ and $S_W$ are scatter matrices. Find the gradient of $w^TS_Bw - w^TS_Ww$ with respect to $w$.": "2(S_B - S_W)w",
    # a loss of which only is said what it depends on
    r"A layer is $u = Vz + b$, the loss $E$. Given $\delta = \frac{\partial E}{\partial u}$, what is the gradient of $E$ with respect to $V$?":
        r"\delta z^{T}",
    r"Let $U = ZV$ and let $E$ be a scalar function of $U$. Find $\partial E/\partial V$ in terms of $\partial E/\partial U$.":
        r"Z^{T}\frac{\partial E}{\partial U}",
    r"Let $U = ZV$ where the loss $E$ has $G = \frac{\partial E}{\partial U} \in \mathbb{R}^{n\times m}$. Find $\frac{\partial E}{\partial Z}$.":
        "GV^{T}",
    # a matrix that collects vectors is given
    r"Let $Z = [z_1,\dots,z_n]$ with $z_i\in\mathbb{R}^d$ and $g(V) = \|VZ - Y\|_F^2$. Find the gradient.": "2(VZ - Y)Z^{T}",
    r"Let $Z = (z_1,\dots,z_n)^T \in \mathbb{R}^{n\times p}$ and $g(v) = \|Zv - y\|^2$. Find the gradient.": "2Z^{T}(Zv - y)",
    r"Let $Z = \begin{bmatrix} z_1^T \\ \vdots \\ z_n^T \end{bmatrix} \in \mathbb{R}^{n\times p}$ and "
    r"$g(v) = \|Zv - y\|^2 + \sum_{i=1}^n (z_i^Tv)^4$. Find the gradient.": r"2Z^{T}\bigl(Zv - y + 2(Zv)^{\odot 3}\bigr)",
}  # fmt: skip


@pytest.mark.parametrize("text", ANSWERED)
def test_a_question_is_read_as_it_is_meant(text, tmp_path):
    """The derivative of what is asked, with the kinds that the words tell."""
    path = tmp_path / "question.md"
    path.write_text(text)
    answer = derivtex.derive(path)
    assert (answer.to_dict()["result"]["latex"], answer.confirmed) == (ANSWERED[text], True)


FORMULAS = {
    r"x^T 11^T x; \nabla_x": r"2(x^{T}\mathbf{1})\mathbf{1}",
    r"x^T(I-11^T/n)x; \nabla_x": r"2\left(I - \frac{1}{n}\mathbf{1}\mathbf{1}^{T}\right)x",
    r"x'11'x; \nabla_x": r"2(x'\mathbf{1})\mathbf{1}",
    r"11 x^Tx; \nabla_x": "22x",
    r"\sum_{i,j} I_{ij}X_{ij}^2; \nabla_X": r"2(I \odot X)",
    r"y = Wx+b; \frac{\partial L}{\partial W} = \frac{\partial L}{\partial y}x^T": r"\frac{\partial L}{\partial y}x^{T}",
}


@pytest.mark.parametrize("text", FORMULAS)
def test_signs_that_look_like_numbers_and_identities(text):
    """`11^T` is a product of ones; I with two indices that run is a matrix of its own."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == FORMULAS[text]


def test_a_formula_of_a_text_without_tex_may_hold_braces(tmp_path):
    """The At of `e^{At}` is a product of names that stand elsewhere, though every other product is written."""
    path = tmp_path / "question.txt"
    path.write_text("f(t)=x^{T}*e^{At}*B*x\nt is a scalar, x is a vector, A,B are square matrices. What is df/dt?\n")
    assert derivtex.derive(path).to_dict()["result"]["latex"] == "x^{T}Ae^{tA}Bx"


def test_a_set_that_is_a_matrix_as_well_is_refused():
    """The M below the sum is a set, that inside a matrix: two things of one name."""
    with pytest.raises(DerivtexError, match="is the set of a sum and stands in what is added up"):
        derivtex.derive(r"E =\sum_{(u,i)\in M} (M_{u,i} -U_u^T V_i)^2; \nabla_U E")


KINDS = {
    r"\|Ax + B\|^2; \nabla_x": "2A^{T}(Ax + B)",
    r"f = \sigma(Wx + B)^Ty; \nabla_y f": r"\sigma(Wx + B)",
    r"f = \log\det(A + Bx); \nabla_x f": r"\operatorname{tr}\bigl((A + xB)^{-1}B\bigr)",
    r"f = z^{T}e^{Ms}z; \frac{df}{ds}": "z^{T}Me^{sM}z",
    r"f = y^Te^{Xw}; \nabla_w f": r"X^{T}(e^{Xw} \odot y)",
}


@pytest.mark.parametrize("text", KINDS)
def test_far_fetched_kinds_are_not_taken(text):
    """A capital beside Ax is a vector before x is a number behind A; an exponential between vectors is one of a matrix."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == KINDS[text]


LABELLED = {
    r"f = \sum_{j=1}^m b_j^* q^Tu_j; \nabla_q": r"\sum_{j=1}^{m} (b^*)_ju_j",
    r"f = \sum_k \gamma_k^{(s)} q^Tu_k; \nabla_q": r"\sum_{k=1}^{n} (\gamma^{(s)})_ku_k",
    r"f = \sum_{i=1}^n \sum_{k=1}^K r_{ik}^{(t)} \|x_i - \mu_k\|^2; \nabla_{\mu_k} f": r"-2\sum_{i=1}^{n} (r^{(t)})_{ik}(x_i - \mu_k)",
}


@pytest.mark.parametrize("text", LABELLED)
def test_an_index_below_a_label_runs_with_its_sum(text):
    """A star, a time or a sign on a name leaves its index what it is: the factor is no constant that comes out of the sum."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == LABELLED[text]


def test_a_bias_of_which_the_words_say_vector_is_added_to_the_samples(tmp_path):
    """Where the data stand first, the samples are rows, and no vector of their number is added to the columns."""
    path = tmp_path / "a.md"
    path.write_text(r"Let $R = HW + b - Y$, where $b$ is a bias vector, and $f = \|R\|_F^2$. Find the gradient with respect to $b$.")
    assert derivtex.derive(path).to_dict()["result"]["latex"] == r"2R^{T}\mathbf{1}"


RECURRENCES = {
    r"h_t = \tanh(Vh_{t-1} + Zx_t); E = \|h_t - y\|^2; \nabla_Z E": r"2\bigl((1 - h_t^{\odot 2}) \odot (h_t - y)\bigr)x_t^{T}",
    r"h^{t} = \tanh(Vh^{t-1} + Zx^t); E = \|h^t - y\|^2; \nabla_Z E":
        r"2\Bigl(\bigl(1 - (h^{(t)})^{\odot 2}\bigr) \odot (h^{(t)} - y)\Bigr)(x^t)^{T}",
    r"h_t = \tanh(Vh_{t-1} + Zx_t); o_t = Wh_t; E_t = \|o_t - y_t\|^2; \nabla_W E_t": r"2(o_t - y_t)h_t^{T}",
    r"\delta_t = \tanh(v^Tz_t + u\delta_{t-1}); \nabla_v \delta_t": r"(1 - \delta_t^{2})z_t",
}  # fmt: skip


@pytest.mark.parametrize("text", RECURRENCES)
def test_what_came_before_is_given_and_this_is_said(text):
    """Times below and above a name; no derivative goes through the earlier one."""
    answer = derivtex.derive(text)
    assert answer.to_dict()["result"]["latex"] == RECURRENCES[text]
    assert any("is taken as given" in guess for guess in answer.derivation.problem.guesses)


def test_a_power_stays_a_power_without_a_recurrence():
    """The t of `A^t` and of `x^t` is one only where an earlier x is used."""
    assert derivtex.derive(r"f = x^tAx; \nabla_x f").to_dict()["result"]["latex"] == "(A + A^{t})x"


def test_a_letter_may_stand_right_before_a_trace():
    """`xTr(B)` is x times a trace; an unknown word is still refused."""
    assert derivtex.derive(r"f = x^2Tr(A^TA) - 2xTr(A^TB); \frac{df}{dx}").to_dict()["result"]["latex"] == (
        r"2\bigl(x\operatorname{Tr}(A^{T}A) - \operatorname{Tr}(A^{T}B)\bigr)"
    )
    with pytest.raises(DerivtexError, match="loss is no function"):
        derivtex.derive(r"f = loss(x); \nabla_x f")


def test_what_is_unusual_of_a_name_costs_once():
    """The x of ‖Ax−B‖_F² is a number where all lines of the author say so, however often it stands behind A."""
    text = r"\|Ax-B\|_F^2 = \operatorname{Tr}(xA^TAx - B^TAx - xA^TB + B^TB); \frac{\partial}{\partial x}\|Ax-B\|_F^2"
    assert derivtex.derive(text).to_dict()["result"]["latex"] == r"2\langle xA - B, A\rangle"


SECTIONS = {
    "# Part A\n$q=z^TMz$\n# Part B\n$q=c^Tz$. Find $\\partial q/\\partial z$.": "c",
    "# Part A\n$q=z^TMz$. Find $\\partial q/\\partial z$.\n# Part B\n$q=c^Tz$.": "(M + M^{T})z",
    "# A\nLet $z$ be a scalar and $q=z^2$.\n# B\nLet $z$ be a vector and $q=z^TMz$. Find $\\partial q/\\partial z$.": "(M + M^{T})z",
    "# Setting\n$r=Bz-c$\n# First\n$q=r^Tr$\n# Second\n$q=r^TMr$. Find $\\partial q/\\partial z$.": "B^{T}(M + M^{T})r",
}


@pytest.mark.parametrize("text", SECTIONS)
def test_a_question_is_asked_in_its_own_section(text, tmp_path):
    """What another section defines or calls otherwise does not count; what only another one defines is taken over."""
    path = tmp_path / "question.md"
    path.write_text(text)
    assert derivtex.derive(path).to_dict()["result"]["latex"] == SECTIONS[text]


def test_words_that_call_a_name_two_things_are_refused():
    with pytest.raises(DerivtexError, match="declared twice"):
        derivtex.derive(r"Let $x$ be a scalar. Let $x$ be a vector. Find $\nabla_x f$ for $f=x^TAx$.")


SPOKEN = {
    r"Let $q=r^TMr$ where $r$ is the residual $t-Z\beta$. Find $\partial q/\partial\beta$.": r"-Z^{T}(M + M^{T})r",
    r"Let $q=\|e\|^2$. The error $e$ is $t-Vz$. Find $\partial q/\partial V$.": "-2ez^{T}",
    r"Let $q=z^TMz$, where $z$ is the solution $M^{-1}c$ of something. Find $\partial q/\partial z$.": "(M + M^{T})z",
    r"Let $g(z)=z^TMz+c^Tz$. What is $g'(z)$?": "(M + M^{T})z + c",
    r"Let $g(z)=\|z\|^2$. Find the gradient of $g(Bz-c)$ with respect to $z$.": "2B^{T}(Bz - c)",
    r"$q=z^{(1)T}Mz^{(1)}$. Find the gradient of $q$ with respect to $z^{(1)}$.": "(M + M^{T})z^{(1)}",
}


@pytest.mark.parametrize("text", SPOKEN)
def test_definitions_in_words_and_functions_of_something_else(text):
    assert derivtex.derive(text).to_dict()["result"]["latex"] == SPOKEN[text]


def test_a_trace_before_the_same_bracket_turned_has_two_readings():
    with pytest.raises(DerivtexError, match="two ways"):
        derivtex.derive(r"\operatorname{tr}(X-A)(X-A)^T; \nabla_X")


def test_a_sentence_about_a_name_defines_nothing():
    """“Minimising J is thus maximising tr(…)” says nothing of what J stands for."""
    post = r"Minimising $J$ is thus maximising $\operatorname{tr}(V^TMV)$, where $J=\|Z-VV^TZ\|_F^2$. Find $\partial J/\partial Z$."
    assert "is" not in " ".join(derivtex.derive(post).derivation.problem.guesses)


def test_the_bound_of_the_search_over_kinds_is_told():
    """Where not every reading was tried, the names are told whose declaration makes sure."""
    with pytest.raises(DerivtexError) as raised:
        derivtex.derive(r"f = a^T b c + d e f_1 g + h k l m + p q r s + u v w x + y z a_1 b_1; \nabla_x f")
    assert "not every reading was tried" in raised.value.way_out and "declare d" in raised.value.way_out


PLAIN = {
    "The loss is L(w) = ||Xw - y||^2 + lambda*||w||^2. What is the gradient with respect to w?": r"2\bigl(X^{T}(Xw - y) + \lambda w\bigr)",
    "Is ∇x (Ax) = A or its transpose?": "A",
    "To find the best w we solve ∇w(‖Y - Xw‖^2 + λ‖w‖^2) = 0": r"2\bigl(\lambda w - X^{T}(Y - Xw)\bigr)",
    "y = X*w + b, L = ||y - t||^2. What is dL/dw?": "2X^{T}(y - t)",
    "f = x'Ax, how do I get df/dx?": "(A + A')x",
    "Let f(x, t) = xt (x - t). What is df/dt?": "x(x - 2t)",
}


@pytest.mark.parametrize("text", PLAIN)
def test_a_short_question_without_tex_is_words_and_formulas(text, tmp_path):
    path = tmp_path / "question.txt"
    path.write_text(text)
    assert derivtex.derive(path).to_dict()["result"]["latex"] == PLAIN[text]


@pytest.mark.parametrize("text", [
    "What is the gradient of xT A−1 x with respect to x?", "What is the gradient of z = ‖Ax-b‖2 with respect to x?",
    "f(x) = xt A x where A is n x n. What is the gradient?", "f(w) = (y - Xw)t (y - Xw). What is the gradient?",
    "Let z = ||Ax - b||2 for some x. We also write z = f(x) for it. What is the gradient of z with respect to x?",
])  # fmt: skip
def test_the_true_cause_is_told_where_nothing_is_left_to_derive(text, tmp_path):
    """The superscript that was lost, not that there is nothing, or that x does not occur."""
    path = tmp_path / "question.txt"
    path.write_text(text)
    with pytest.raises(DerivtexError, match="may have lost a superscript"):
        derivtex.derive(path)


@pytest.mark.parametrize(("text", "cause"), {
    "Let $f(w) = E_{x\\sim p_w}[(y - w^Tx)^2]$. What is the gradient with respect to $w$?": "is an expectation, which is not",
    r"What is the gradient of $f(x) = \max_i x_i$ with respect to $x$?": "an extremum over an index",
    r"$f(x)=x^TAx$. What is $\frac{\partial^2 f}{\partial x_j^2}$?": "one entry of the Hessian",
    r"$M(t) = (Z'G(t))'W(Z'G(t))$. Find $\nabla M$; $J$ is the derivative of element $i$ of $G$ with respect to parameter $k$.": "depends on t",
}.items())  # fmt: skip
def test_what_cannot_be_derived_is_told_by_its_cause(text, cause):
    """Not what is left of the source is derived instead."""
    with pytest.raises(DerivtexError, match=cause):
        derivtex.derive(Source(text, "question.md"))


def test_what_is_said_behind_spaces_is_not_said_of_them():
    post = r"Here $z \in \mathbb{R}^n$, $C \in \mathbb{R}^{n\times n}$, and $P, Q$ are symmetric. $q=z^TPz+z^TCQz$. Find $\nabla_z q$."
    assert derivtex.derive(post).to_dict()["result"]["latex"] == "(2P + CQ + QC^{T})z"


def test_a_name_with_a_sign_above_may_be_asked_by():
    assert derivtex.derive(r"\operatorname{tr}(AP_k^-)", wrt="P_k^-").to_dict()["result"]["latex"] == "A^{T}"


INDICATORS = {
    r"\sum_i 1[x_i>0] x_i^2; \nabla_x": r"2\bigl(\operatorname{step}(x) \odot x\bigr)",
    r"\sum_i \mathbf{1}\{x_i>0\} x_i^2; \nabla_x": r"2\bigl(\operatorname{step}(x) \odot x\bigr)",
    r"\sum_i \mathbb{1}_{\{x_i<a\}} x_i; \nabla_x": r"\operatorname{step}(a\mathbf{1} - x)",
    r"\sum_i \mathbb{I}(w^Tx_i \ge 0)w^Tx_i; \nabla_w": r"\sum_{i : w^{T}x_i > 0} x_i",
    r"x^T[A]x + [x^Tx]; \nabla_x": "(A + A^{T} + 2I)x",
}


@pytest.mark.parametrize("text", INDICATORS)
def test_an_indicator_is_the_step_of_what_is_compared(text):
    """In each of the ways in which it is written; brackets without a relation stay brackets."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == INDICATORS[text]


CLASSES = [  # numbers of classes that are compared: a formula, by what, its derivative; x_i and what is asked for are vectors
    (r"\sum_{i=1}^n 1\{y_i=k\}x_i^T\mu", r"\mu", r"\sum_{i=1}^{n} 1\{y_i = k\}x_i"),
    (r"\sum_{i=1}^n\sum_{k=1}^K \mathbb{I}(y_i=k)\|x_i-\mu_k\|^2", r"\mu_j", r"-2\sum_{i=1}^{n} \mathbb{I}(y_i = j)(x_i - \mu_j)"),
    (r"-\sum_{i=1}^n\sum_{k=1}^K \mathbf{1}_{\{y_i=k\}}\log\frac{\exp(\mu_k^Tx_i)}{\sum_{j=1}^K\exp(\mu_j^Tx_i)}", r"\mu_k",
     r"\sum_{i=1}^{n} \left(\frac{\exp(\mu_k^{T}x_i)}{\sum_{l=1}^{K} \exp(\mu_l^{T}x_i)} - \mathbf{1}_{\{y_i = k\}}\right)x_i"),
    (r"\sum_{i=1}^n [y_i \ne 0]x_i^T\mu", r"\mu", r"\sum_{i=1}^{n} (1 - [y_i = 0])x_i"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "wrt", "expected"), CLASSES)
def test_an_indicator_compares_numbers_of_classes(formula, wrt, expected):
    """What it is, is said; a sum over the classes takes the one that is meant."""
    answer = derivtex.derive(formula, wrt=wrt, declare=["x_i : vector d", r"\mu : vector d" if wrt == r"\mu" else r"\mu_k : vector d"])
    assert answer.confirmed and answer.to_dict()["result"]["latex"] == expected


def test_an_indicator_of_something_else_is_refused():
    with pytest.raises(DerivtexError, match="an indicator that is not read"):
        derivtex.derive(r"\sum_i \mathbb{I}[x_i \in k] x_i; \nabla_x")
    with pytest.raises(DerivtexError, match="jumps where"):
        derivtex.derive(r"\sum_i \mathbb{I}[x_i = 3] x_i; \nabla_x")


PUT_ASIDE = {
    r"I can do $\partial (c^Tz)/\partial z$ but not $\partial (z^TMz)/\partial z$.": "(M + M^{T})z",
    r"Not $\partial q/\partial u$ but $\partial q/\partial z$ is what I want, for $q=z^TMu$.": "Mu",
    r"I know how to compute $\partial (c^Tz)/\partial z$, but what is $\partial (z^TMz)/\partial z$?": "(M + M^{T})z",
    r"Let $u=z+c$... no wait, let $u=z-c$ and $q=\|u\|^2$. Find $\partial q/\partial z$.": "2u",
}


@pytest.mark.parametrize("text", PUT_ASIDE)
def test_what_an_author_puts_aside_is_not_what_is_asked(text):
    """What somebody can do, what is named only to say that it is not meant, what is taken back."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == PUT_ASIDE[text]


def test_a_name_with_two_letters_below_and_an_argument_is_asked_about():
    with pytest.raises(DerivtexError, match="may be a name, or entries"):
        derivtex.derive(r"E_{in}(W) = \sum_{n=1}^N \|W^Tx_n - y_n\|^2", wrt="W")
