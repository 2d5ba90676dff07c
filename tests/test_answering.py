"""Whole questions: the wish in their words, and the post that answers them."""

import json
import subprocess
import sys
from itertools import chain

import pytest
from click.testing import CliRunner

import derivtex
from derivtex.core.errors import DerivtexError, Source
from derivtex.faces.commands import main
from derivtex.reading import sought_together, wish_of

WISHES = [
    ("gradient", "Could you tell me the gradient of $f(x) = x^TAx$ with respect to $x$?"),
    ("gradient", "I need to implement backpropagation for $L = \\|Wx-t\\|^2$. What does $\\partial L/\\partial W$ look like?"),
    ("hessian", "What is the Hessian of $f(x) = \\log(1+e^{a^Tx})$? I want to see that it is convex."),
    ("hessian", "Please compute the second derivative of $f(x) = (a^Tx)^2$ with respect to the vector $x$."),
    ("jacobian", "How do I compute the Jacobian of $g(x) = \\tanh(Ax)$?"),
    ("mistake", "Here is my derivation. $f = x^TAx$, so $\\partial f/\\partial x = Ax$. Where did I go wrong?"),
    ("mistake", "I differentiate $\\|Ax-b\\|^2$ and get $2A(Ax-b)$, but the dimensions do not match. What am I doing wrong?"),
    ("mistake", "My attempt: $\\partial \\operatorname{tr}(AX)/\\partial X = A$. Numerically it disagrees with finite differences. Which step is wrong?"),
    ("mistake", "Can you spot the error in the following? $d\\log\\det X = \\operatorname{tr}(X\\,dX)$."),
    ("confirm", "I found $\\nabla_x \\|Ax-b\\|^2 = 2A^T(Ax-b)$. Is this correct?"),
    ("confirm", "Is it true that $\\partial \\operatorname{tr}(AX)/\\partial X = A^T$?"),
    ("confirm", "Can someone verify my result $\\partial a^Tx/\\partial x = a$?"),
    ("confirm", "We minimise $x^TAx + b^Tx$. Do I get $x = -\\frac12 A^{-1}b$?"),
    ("confirm", "I want to differentiate $f(x) = \\|Ax-b\\|^2$ with respect to $x$. So is it $2A^T(Ax-b)$?"),
    ("confirm", "Here $f = a^Tx$ and $\\partial f/\\partial x = a$. Does this simplify to $a^T$?"),
    ("confirm", "I found $\\partial f/\\partial x = 2Ax$ and a book has $(A+A^T)x$. Are these the same?"),
    ("gradient", "Let $f(z) = \\frac12 z^TMz$. I know that $f'(z) = z^TM$ for symmetric $M$. How can I compute $f''(z)$?"),
    ("gradient", "Let $f(z) = \\|z\\|^2$. How do I find $\\nabla\\nabla^T f(z)$?"),
    ("solve", "Which vector $w$ minimises $\\|Xw-y\\|^2 + \\lambda\\|w\\|^2$?"),
    ("solve", "Is there a closed form for the minimiser of $\\|AX-B\\|_F^2$ over $X$?"),
    ("solve", "Find the maximum likelihood estimator: for which $\\mu$ is $\\sum_i \\|x_i-\\mu\\|^2$ smallest?"),
    ("solve", "We have $\\sum_{i,k} r_{ik}\\log\\pi_k$ with $\\sum_k \\pi_k = 1$. How is the M-step derived?"),
    ("convention", "How is $x^TAx$ differentiated wrt $A$? Some say $xx^T$, others $2xx^T - I$."),
    ("why", "The book says $\\nabla_X \\log\\det X = X^{-T}$. Why is that so?"),
    ("why", "How did the author get $2A^T(Ax-b)$ as the gradient of $\\|Ax-b\\|^2$?"),
    ("why", "Here $dL = de^TCe$ (1) and $dL = e^TC^Tde$ (2). But I still can't understand why to go from line (1) to (2)."),
    ("why", "It is known that $d(u^TBu) = u^T(B+B^T)\\,du$. By which rules does this come about?"),
    ("why", "I read that $d\\operatorname{tr}(CZ) = \\operatorname{tr}(C\\,dZ)$. What identities are used?"),
    ("why", "Where does the factor 2 come from in $\\partial x^TAx/\\partial x = 2Ax$ for symmetric $A$?"),
    ("convention", "Some texts write $\\partial Ax/\\partial x = A$ and others $A^T$. Which one is right?"),
    ("convention", "Is $\\frac{\\partial a^Tx}{\\partial x}$ equal to $a$ or to $a^T$?"),
    ("convention", "Which layout convention is used in $\\partial a^Tx/\\partial x = a^T$?"),
]  # fmt: skip


@pytest.mark.parametrize(("wish", "text"), WISHES, ids=[text[:40] for _, text in WISHES])
def test_the_wish_is_in_the_words(wish, text):
    assert wish_of(Source(text)).name == wish


def test_a_vector_of_which_nothing_but_its_argument_is_told_is_no_number():
    with pytest.raises(derivtex.DerivtexError, match="x is no number, and depends on z in a way that nothing tells"):
        derivtex.answer("Let $x=x(z)$ and $y = Ax$ with $A\\in\\mathbb R^{m\\times n}$. What is $\\frac{\\partial y}{\\partial z}$?")


def test_a_curl_is_refused_by_name():
    with pytest.raises(derivtex.DerivtexError, match="curl"):
        derivtex.answer("Find the curl of $F(x) = Ax$ in $\\mathbb R^3$.")


def test_what_stands_for_one_thing_has_one_name_in_a_post():
    text = derivtex.answer(
        "$y = \\sigma(W_2\\,\\sigma(W_1x+b_1)+b_2)$, $L = \\frac12\\|y-t\\|^2$. Need $\\partial L/\\partial W_1$, $\\partial L/\\partial b_1$. $\\sigma$ is the sigmoid."
    ).text
    assert text.count("\\delta = ") == text.count("\\eta = ") == 1 and "s \\odot (1 - s) \\odot W_2^{T}\\eta &&" in text


def test_an_m_step_is_by_the_parameters_of_the_densities():
    question = "Maximise $Q = \\sum_{i,k} r_{ik}(\\log\\pi_k - \\|x_i-\\mu_k\\|^2)$, where $\\sum_k \\pi_k = 1$. Derive the M-step."
    assert sought_together(Source(question)) == ("\\pi_k", "\\mu_k")


def test_a_formula_alone_wants_what_it_is():
    assert wish_of(Source("x^T A x"), "gradient").name == "gradient"


SEED = r"""I'm trying to find a derivative of function: $$L = f \cdot y; f = X \cdot W + b$$

Matrices shapes: $X.shape=(1, m), W.shape=(m,10), b.shape=(1, 10), y.shape=(10, 1)$ I'm looking for $\frac{\partial L}{\partial W}$

According to chain-rule: $$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial f} \frac{\partial f}{\partial W} $$

Separately we can find: $$ \frac{\partial L}{\partial f} = y$$ $$ \frac{\partial f}{\partial W} = X$$

And the problem is that the dimension of $\frac{\partial L}{\partial W} $ according to my formula is $(10, m)$. However, the dimension should coincide with that of $W$."""


def test_the_type_specimen_is_answered():
    """Setting, derivation in the asker's notation, the third-order object and its form by vec, the other layout, a check."""
    reply = derivtex.answer(SEED)
    text = reply.text
    assert reply.wish == "gradient"
    assert text.startswith("**$\\frac{\\partial L}{\\partial W} = X^{T}y^{T}$.**\n\nHere $X$ is $1 \\times m$")
    assert r"\frac{\partial L}{\partial W} &= X^{T}y^{T}" in text
    assert "**Where the chain rule went wrong.** The line $\\frac{\\partial f}{\\partial W} = X$ is not right" in text
    assert "more than two indices" in text and r"I_{10} \otimes X" in text
    assert "In numerator layout the gradient is its transpose, $yX$" in text
    told = reply.to_dict()
    assert told["report"]["first_wrong"] is not None and told["solution"] is None
    assert told["derivations"][0]["result"]["latex"] == "X^{T}y^{T}"


CHECKED = [
    SEED,
    "Which $w$ minimises $f(w) = \\|Xw-y\\|^2 + \\lambda\\|w\\|^2$, where $\\lambda > 0$ is a scalar?",
    "What is the gradient of $L(w) = \\|Xw-y\\|^2$ with respect to $w$?",
    "What is the Jacobian of $p = \\operatorname{softmax}(Wx)$ with respect to $x$? $W$ is a $k \\times n$ matrix.",
    "What is the derivative of $\\log\\det S$ by $S$, where $S$ is a symmetric positive definite $n \\times n$ matrix?",
    "Let $\\sigma > 0$ be a scalar. Find the derivative of $f = -n\\log\\sigma - \\frac{c}{2\\sigma^2}$ with respect to $\\sigma$; $n, c$ are scalars.",
    "What is the gradient of $\\|X\\|_*$ with respect to $X$?",
    "Minimise $\\operatorname{tr}(X^{-1}) + \\log\\det X$ over the symmetric positive definite $X$.",
    "What is the gradient of $\\sqrt{(x-\\mu)^T\\Sigma^{-1}(x-\\mu)}$ with respect to $x$?",
    "Let $J = \\det F$ and $W = \\|F\\|_F^2 - 2\\log J$. What is the derivative of $W$ with respect to $F$?",
    "For which $h$ is $h^T\\Sigma h - 2h^Tc$ minimal, where $\\Sigma$ is positive definite? What about $f = 3$?",
    "What is the gradient of $\\frac{g}{4}\\|f - x\\|^2$ with respect to $x$, where $g > 0$ is a number?",
    "What is the gradient of $\\operatorname{tr}((X^TX)^{-1})$ with respect to $X$?",
    "What is the derivative of $\\operatorname{tr}((X\\otimes I_m)A)$ with respect to $X$ ($n\\times n$)? $A$ is $nm\\times nm$.",
    "Let $\\rho$ be a density matrix. What is the gradient of $-\\operatorname{tr}(\\rho\\log\\rho)$ with respect to $\\rho$?",
    "Z = X W and L = ||Z - Y||^2. X is (batch, in), W is (in, out), Y is (batch, out). What is dL/dW?",
]


@pytest.mark.parametrize("question", CHECKED, ids=[text[:30] for text in CHECKED])
def test_the_check_at_the_end_runs(question):
    """The snippet is runnable as it stands, and what it prints is tiny."""
    code = derivtex.answer(question).text.split("```python\n")[1].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert abs(float(run.stdout)) < 1e-5


def test_a_minimiser_is_found_and_said_to_be_one():
    reply = derivtex.answer("Which $w$ minimises $f(w) = \\|Xw-y\\|^2 + \\lambda\\|w\\|^2$, where $\\lambda > 0$ is a scalar?")
    assert reply.wish == "solve"
    assert r"\hat{w} &= (X^{T}X + \lambda I)^{-1}X^{T}y" in reply.text
    assert "the only minimum" in reply.text
    assert reply.to_dict()["solution"]["names"]["w"] == "w"


def test_a_right_result_is_confirmed():
    reply = derivtex.answer("Let $f(x) = \\|Ax-b\\|^2$ with a matrix $A$. I found $\\nabla_x f = 2A^T(Ax-b)$. Is this correct?")
    assert reply.wish == "confirm"
    assert "Yes, it is right" in reply.text


def test_a_wrong_result_is_not_confirmed():
    reply = derivtex.answer("Let $f(x) = \\|Ax-b\\|^2$ with a matrix $A$. I found $\\nabla_x f = A^T(Ax-b)$. Is this correct?")
    assert "What is wrong." in reply.text
    assert "2A^{T}(Ax - b)" in reply.text


def test_both_layouts_are_shown():
    reply = derivtex.answer("Some texts have $\\nabla_x Ax = A^T$, others $A$, for $A \\in \\mathbb{R}^{m \\times n}$. Which one is right?")
    assert reply.wish == "convention"
    assert "In denominator layout it is the transpose, $A^{T}$" in reply.text


def test_all_variables_that_are_asked_for_get_their_derivative():
    """(a) by U, (b) by V: the second one is told in a section of its own."""
    question = "Let $E = \\|R-UV^T\\|_F^2$. (a) Find the gradient of $E$ with respect to $U$. (b) Find the gradient of $E$ with respect to $V$."
    reply = derivtex.answer(question)
    assert [each.to_dict()["wrt"] for each in reply.derivations] == ["U", "V"]
    lines = reply.text
    assert lines.index(r"\frac{\partial E}{\partial U} &=") < lines.index(r"\frac{\partial E}{\partial V} &=")
    assert lines.count("Let $") == 1  # the residual is introduced once


def test_it_can_be_latex():
    text = derivtex.answer(CHECKED[2]).to_text(profile="latex-plain")
    assert r"\begin{eqnarray*}" in text and r"\begin{verbatim}" in text and "**Check" not in text
    verbatim = text[text.index(r"\begin{verbatim}") : text.index(r"\end{verbatim}")]
    assert max(map(len, verbatim.splitlines())) <= 65  # letters of a typewriter in a plain article


def test_what_cannot_be_read_is_refused_with_the_reason():
    with pytest.raises(DerivtexError):
        derivtex.answer("How are you today?")


def test_the_command_writes_the_post_and_its_data(tmp_path):
    question = tmp_path / "question.md"
    question.write_text(CHECKED[2], encoding="utf-8")
    written = CliRunner().invoke(main, ["answer", str(question)])
    assert written.exit_code == 0 and "**Check.**" in written.output
    told = json.loads(CliRunner().invoke(main, ["answer", str(question), "--format", "json"]).output)
    assert list(told) == ["wish", "derivations", "report", "solution", "text"]


def test_the_same_question_gets_the_same_post():
    assert derivtex.answer(SEED).text == derivtex.answer(SEED).text


def test_an_answer_that_would_be_empty_is_the_error():
    """A question of which the derivative cannot be found, with lines of the asker's that hold: the reason is told, no empty post."""
    post = "How do I reach this?\n$$\\|Ax-b\\|^2 = (Ax-b)^T(Ax-b)$$\nAnd how do I reach to this gradient: $\\Delta_x = 2(Ax-b)^TA$?\n"
    try:
        told = derivtex.answer(post).text
    except DerivtexError as error:
        told = error.message
    assert told.strip()


def test_the_check_to_run_imports_what_it_needs():
    """SciPy where a matrix function stands in the code: it runs as it is pasted."""
    text = derivtex.answer("Let $f(t)=x^Te^{At}x$ with a square matrix $A$. What is $df/dt$?").text
    code = text.partition("```python\n")[2].partition("```")[0]
    assert "import scipy.linalg" in code
    exec(code, {"print": lambda value: None})


SYMMETRIC = "Let $S$ be a symmetric positive definite $n\\times n$ matrix. "
COMPLEX = "Let $w\\in\\mathbb{C}^n$ and $R$ a Hermitian $n\\times n$ matrix, $J = w^HRw - w^Hp - p^Hw$ with a complex vector $p$. "
VERDICTS = {
    "by the independent entries": (SYMMETRIC + "Is $\\frac{\\partial}{\\partial S}\\log\\det S = 2S^{-1} - S^{-1}\\circ I$ correct?", True, "independent entries"),
    "of a trace by a symmetric matrix": (SYMMETRIC + "$f=\\mathrm{tr}(AS)$. I get $\\frac{\\partial f}{\\partial S} = A + A^T - A\\circ I$. Is this right?", True, "independent entries"),
    "within the symmetric matrices": (SYMMETRIC + "$f=\\mathrm{tr}(AS)$. I get $\\frac{\\partial f}{\\partial S} = \\frac12(A + A^T)$. Is this right?", True, "within the symmetric"),
    "half of the convention": (SYMMETRIC + "$f=\\mathrm{tr}(AS)$. I get $\\frac{\\partial f}{\\partial S} = A + A^T$. Is this right?", False, ""),
    "by the conjugate": (COMPLEX + "Is $\\frac{\\partial J}{\\partial w^*} = Rw - p$ right?", True, ""),
    "by Wirtinger": (COMPLEX + "Is $\\frac{\\partial J}{\\partial w} = (Rw - p)^*$ right?", True, ""),
    "of what is not real": ("Let $A$ be a real matrix and $x$ a complex vector. Is $\\nabla_x (x^H A x) = 2Ax$ right?", True, "real and imaginary"),
    "by real and imaginary part": (COMPLEX + "Is $\\frac{\\partial J}{\\partial w} = 2(Rw - p)$ right?", True, "real and imaginary"),
    "twice the derivative by the conjugate": (COMPLEX + "Is $\\frac{\\partial J}{\\partial w^*} = 2(Rw - p)$ right?", False, ""),
    "what is said not to be symmetric": ("Let $f(X)=\\mathrm{tr}(X^TBX)$ with a square $B$ that need not be symmetric. Is $\\nabla_X f = 2BX$ right?", False, "where $B$ is symmetric"),
    "what nobody says of it": ("Let $f(x)=x^TBx$. Is $\\nabla_x f = 2Bx$ right?", True, "$B$ is symmetric"),
    "zero of a singular matrix": ("Let $x, y\\in\\mathbb{R}^3$. Is $\\frac{\\partial\\det(xy^T)}{\\partial x} = 0$ right?", True, ""),
    "T is a matrix": ("Let $f(T)=\\|X-T^{\\top}Z\\|_F^2$. Is $\\frac{\\partial f}{\\partial T} = 2ZZ^{\\top}T-2ZX^{\\top}$ right?", True, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", VERDICTS)
def test_a_claim_is_judged_in_the_convention_that_it_is_in(name):
    """Right in the convention that is named, or under the assumption that nobody said; wrong where the source denies it."""
    question, right, words = VERDICTS[name]
    reply = derivtex.answer(question)
    verdicts = [line.verdict for line in reply.report.lines if line.verdict in ("holds", "fails")]
    assert reply.wish == "confirm" and verdicts == ["holds" if right else "fails"]
    assert reply.text.startswith("**No") != right and words in reply.text


def test_an_index_that_counts_nothing_is_a_part_of_a_name():
    """A cost at one time n: the code takes y_n and s_n, not families and an index."""
    reply = derivtex.derive("e_n = s_n - w^Ty_n;\\; J = e_n^2", wrt="w")
    assert "def gradient(s_n, w, y_n):" in reply.to_numpy() and reply.to_dict()["result"]["latex"] == "-2e_ny_n"
    assert "\\sum" in derivtex.derive("\\sum_n (s_n - w^Ty_n)^2", wrt="w").to_latex()
    declared = derivtex.derive("(s_n - w^Ty_n)^2", wrt="w", declare=["y_n: vector p for n = 1..N"])
    assert "y_n[n]" in declared.to_numpy()


def test_a_weight_of_a_quadratic_form_is_no_column():
    """The matrix of xᵀAx stays square whatever the asker's lines make of it, and the line that cannot be is told."""
    text = derivtex.answer(
        "What is the derivative of $x^TAx$ with respect to the matrix $A$ where $x$ is a vector? I get\n"
        "$\\frac{d}{dA}x^TAx=\\frac{dx^TA}{dA}x+x^TA\\frac{dx}{dA}=xx$, where is the mistake?"
    ).text
    assert r"\frac{\partial\phi}{\partial A} &= xx^{T}" in text and "does not hold is $=xx$" in text


def test_a_claimed_solution_and_an_identity_bind_nothing():
    """For which k is ‖A − kB‖ least: the lines of the asker are no constraints."""
    reply = derivtex.answer(
        "For which number $k$ is $f(k) = \\|A-kB\\|_F^2$ least? $A$ and $B$ are $m \\times n$ matrices.\n"
        "I know that $\\|A-kB\\|_F^2 = \\mathrm{tr}((A-kB)^T(A-kB))$, and found $k = \\frac{\\mathrm{tr}(A^TB)}{\\mathrm{tr}(B^TB)}$."
    )
    assert reply.wish == "solve" and reply.solution.confirmed and not reply.solution.solution.bound.constraints


def test_the_check_of_a_solution_has_sizes_for_which_it_exists():
    code = derivtex.answer("Which $X$ minimises $\\|A-BX\\|_F^2$, where $A$ and $B$ are $m\\times n$ matrices?").text.split("```python\n")[1].split("```")[0]
    assert "n, m = 3, 4" in code


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (r"Let $A$ be an $n \times n$ matrix. Show that $d \log\det A = \operatorname{tr}(A^{-1} dA)$.", r"d\log\det A &= \operatorname{tr}(A^{-1}\,dA)"),
        (r"How do I show that $\|Xw - y\|^2 = w^T X^T X w - 2 y^T X w + y^T y$?", r"\|Xw - y\|^{2} &= w^{T}X^{T}Xw - 2y^{T}Xw"),
    ],
)
def test_show_that_becomes_a_proof(question, lines):
    """The steps from the one side to the other, and that the line holds."""
    post = derivtex.answer(question).text
    assert lines in post and "So the line holds" in post and "end with" in post


def test_what_is_only_tried_is_said_to_be():
    r"""Without steps no lines are spoken of."""
    post = derivtex.answer(r"Show that $(A + u v^T)^{-1} = A^{-1} - \frac{A^{-1} u v^T A^{-1}}{1 + v^T A^{-1} u}$.").text
    assert "no steps" in post and "lines above" not in post


@pytest.mark.parametrize("source", [
    r"What is the derivative of $\log\det(X^TAX)$ with respect to $X$ for a symmetric matrix $A$?",
    r"What is the derivative of $f(X) = \log\det(AXB)$ with respect to $X$, where $A$ is $k \times m$, $X$ is $m \times n$ and $B$ is $n\times k$?",
])
def test_the_numbers_of_a_check_are_where_the_function_is_defined(source, capsys):
    """The product inside has full rank, and its determinant may be negative."""
    code = derivtex.answer(source).text.split("```python\n")[1].split("```")[0]
    exec(code, {})
    assert float(capsys.readouterr().out) < 1e-6


def test_members_of_families_are_told_by_the_first_and_the_last():
    text = derivtex.answer(r"What is the gradient of $f(w) = \sum_{i=1}^n (w^Tx_i - y_i)^2$ by $w$?").text
    assert r"x_1, \ldots, x_n \in \mathbb{R}^{m}" in text.replace("p}", "m}") and "every index" not in text


SEVERAL = {
    r"I need the Hessian of $q(z)=\log(1+e^{c^Tz})$; so far I have $\frac{\partial q}{\partial z_j} = c_j\sigma(c^Tz)$.":
        [("z", 2, r"\sigma(c^{T}z)\bigl(1 - \sigma(c^{T}z)\bigr)cc^{T}")],
    r"Compute the gradient of $\|Az\|^2$ wrt $z$ (here $A$ is square), and of $c^Tz$.": [("z", 1, "2A^{T}Az"), ("z", 1, "c")],
    r"Find the gradient of the square of $c^Tz$ with respect to $z$.": [("z", 1, "2(c^{T}z)c")],
    r"Find the gradient of the mean squared error of $y-Mz$ with respect to $z$.": [("z", 1, r"\frac{2}{n}M^{T}(Mz - y)")],
    r"Find the gradient of the log of the determinant of $Z^TZ$ with respect to $Z$.": [("Z", 1, "2Z(Z^{T}Z)^{-1}")],
    r"Find the gradient and the Hessian of $q(z)=(c^Tz)^2$.": [("z", 1, "2(c^{T}z)c"), ("z", 2, "2cc^{T}")],
    r"What are $\frac{\partial q}{\partial z}$ and $\frac{\partial q}{\partial M}$ for $q=c^TMz$?": [("z", 1, "M^{T}c"), ("M", 1, "cz^{T}")],
    r"Let $q(z, Y) = c^TYz$. How do I find $\nabla q(z, Y)$?": [("z", 1, "Y^{T}c"), ("Y", 1, "cz^{T}")],
    r"I need the gradient of $q=\frac12\|DW-X\|_F^2$, once with respect to $W$ and once with respect to $D$, where $D, W, X$ are matrices.":
        [("W", 1, "D^{T}(DW - X)"), ("D", 1, "(DW - X)W^{T}")],
    r"For $q=\|Wz+b\|^2$ find the gradients of all parameters $W$ and $b$.": [("W", 1, "2(Wz + b)z^{T}"), ("b", 1, "2(Wz + b)")],
    r"Find $\nabla q$ for $q(z) = c^Tz$. I know that $\frac{\partial z^Tz}{\partial z} = 2z$.": [("z", 1, "c")],
}


@pytest.mark.parametrize("text", SEVERAL)
def test_all_that_is_asked_is_answered_in_order(text, tmp_path):
    """Each derivative that a question asks for stands in the reply, with its derivation; what is only recalled does not."""
    path = tmp_path / "question.md"
    path.write_text(text)
    made = [(each.derivation, each.to_dict()["result"]["latex"]) for each in derivtex.answer(path).derivations]
    assert [(str(derivation.problem.wrt[0]), derivation.order, latex) for derivation, latex in made] == SEVERAL[text]


def test_sentences_before_the_lines_end_with_one_full_stop():
    text = derivtex.answer(r"What is the derivative of $\log\det X$ with respect to $X$?").text
    assert "to first order. " in text and ".." not in text.split("```")[0].replace(r"\ldots", "")


@pytest.mark.parametrize("names", [r" $\mu$ and $\Sigma$?", ":\n\n- $\\mu$\n- $\\Sigma$\n"], ids=["in a row", "in a list"])
def test_the_estimates_of_a_normal_distribution_are_found_together(names):
    """What stands second in N(μ, Σ) is a covariance; each estimate is told by the one before it."""
    likelihood = r"$\ell(\mu,\Sigma) = -\frac{n}{2}\log|\Sigma| - \frac12\sum_{i=1}^n (x_i-\mu)^T\Sigma^{-1}(x_i-\mu)$"
    text = rf"Let $x_1,\dots,x_n \sim \mathcal{{N}}(\mu,\Sigma)$ and {likelihood}. How do I find the maximum likelihood estimates of{names}"
    post = derivtex.answer(Source(text, "question.md")).to_text()
    mean, covariance = r"\hat{\mu} = \frac{1}{n}\sum_{i=1}^{n} x_i", r"\hat{\Sigma} = \frac{1}{n}\sum_{i=1}^{n} (x_i - \hat{\mu})(x_i - \hat{\mu})^{T}"
    assert rf"The maximum is at ${mean}, \quad {covariance}$." in post
    assert post.count("stationary point") == 2  # where there is no room for a column of reasons they stand below the lines


BESIDES = {
    "what a friend says": (
        "$f(X)=\\log\\det(I+XX^T)$. I got $\\frac{\\partial f}{\\partial X}=2(I+XX^T)^{-1}X$, a friend says $2X(I+X^TX)^{-1}$. Who is right?",
        ("$2X(I+X^TX)^{-1}$ holds as well",),
    ),
    "a kink and a result in another sentence": (
        "$h=\\mathrm{ReLU}(Wx+b)$, $\\hat y = v^\\top h$, $\\ell = (\\hat y - y)^2$. My result: $\\frac{\\partial \\ell}{\\partial W} = 2(\\hat y-y)v x^\\top$. What is missing?",
        ("**The first line that does not hold is",),
    ),
    "the second derivative of a function left open": (
        "Assume that $f(x) = g(Ax+b)$ with $g:\\mathbb R^m\\to\\mathbb R$. What are $\\nabla f$ and $\\nabla^2 f$?",
        ("&= A^{T}\\frac{\\partial^{2}g}{\\partial r\\,\\partial r^{T}}A",), ("= g \\\\",),
    ),
    "a part that has one name in two derivations": (
        "Suppose $Z = \\tanh(XW + \\mathbf 1b^T)V$ and $L = \\|Z-Y\\|_F^2$. Derive the gradients for $W$ and $b$.", ("$R = S \\odot ",), ("Let $Q",),
    ),
    "one sign for a residual": (
        "$J(W,H)=\\|X-WH\\|_F^2+\\alpha\\|W\\|_F^2$ with $X\\in\\mathbb{R}^{m\\times n}$, $W\\in\\mathbb{R}^{m\\times k}$. What are "
        "$\\frac{\\partial J}{\\partial W}$ and $\\frac{\\partial J}{\\partial H}$?",
        ("Let $R = X - WH$.", "&= -2W^{T}R"), ("Let $S",),
    ),
    "both orders in the first sentence": (
        "In Poisson regression $\\ell(\\beta)=\\sum_{i=1}^n(y_ix_i^T\\beta-\\exp(x_i^T\\beta))$. Derive the gradient and the Hessian.",
        ("**$\\frac{\\partial\\ell}{\\partial\\beta} = \\sum_{i=1}^{n} (y_i - u_i)x_i$ with $u_i = \\exp(x_i^{T}\\beta)$; $\\frac{\\partial^{2}",),
    ),
    "convexity on a cone in words": (
        "Is $f(X)=\\operatorname{tr}(X^{-1})$ convex on the cone of positive definite matrices?", ("**$f$ is convex in $X$",),
    ),
    "concavity over a set of matrices": ("Is $\\log\\det X$ concave over $S^n_{++}$?", ("is concave in $X$",)),
    "an argument behind what is raised": (
        "How to compute the Jacobian of $f(x) = A^{-1}(x) b(x)$, where $A(x)$ is an $n\\times n$ invertible matrix and $b(x)$ a vector, both depending "
        "on a scalar $x$?", ("A^{-1}\\left(\\frac{\\partial b}{\\partial x} - \\frac{\\partial A}{\\partial x}f\\right)",),
    ),
    "a condition that was found": (
        "We maximise $w^TSw$ subject to $w^Tw=1$ with a symmetric $S$. With Lagrangian $L = w^TSw-\\lambda(w^Tw-1)$ I get $2Sw - 2\\lambda w=0$. What is $w$?",
        ("**The maximum is at $\\hat{w} = u_{\\max}(S)$.**",), ("\\mu",),
    ),
    "what somebody tried": (
        "What is $\\nabla_X \\|AXB - C\\|_F^2$? I tried $2A^T(AXB-C)B$ but my numerical gradient check fails.", ("**It is not $2A^T(AXB-C)B$ but $2A^{T}(AXB - C)B^{T}$.**",),
    ),
    "a score": (
        "Let $\\ell(\\mu) = -\\frac12\\sum_i (x_i-\\mu)^TP(x_i-\\mu)$ with symmetric $P$. For the score with respect to $\\mu$ I get $P\\sum_i(x_i-\\mu)$. Is this right?",
        ("**Yes, it is right",),
    ),
    "a Hamiltonian whose costate moves": (
        "The Hamiltonian is $H(x,u,\\lambda) = \\frac12 x^TQx + \\frac12u^TRu + \\lambda^T(Ax+Bu)$. Pontryagin says $\\partial H/\\partial u=0$ and $\\dot\\lambda = -\\partial H/\\partial x$. "
        "How do I get $u = -R^{-1}B^T\\lambda$? Q and R are symmetric positive definite.", ("Yes: the minimum is at $\\hat{u} = -R^{-1}B^{T}\\lambda$",), ("(BR^{-1}B^{T})^{-1}",),
    ),
    "a Laplacian": (
        "Let $g(x)=\\exp(-\\|x-\\mu\\|^2)$ with $x\\in\\mathbb R^n$. Find the Laplacian $\\Delta g$.", ("**$\\Delta g =", "It is the trace of the Hessian: $\\Delta g =", "2g(2\\|x - \\mu\\|^{2} - n)"),
    ),
    "a Laplacian that vanishes": (
        "Show that the Laplacian of $\\log\\|x\\|$ is zero in two dimensions, where $x\\in\\mathbb R^2$.", ("$\\Delta \\phi = 0$",),
    ),
    "a divergence": ("What is the divergence of the vector field $F(x)=Ax+\\|x\\|^2x$?", ("\\nabla\\cdot F =", "(2 + n)", "\\operatorname{tr}(A)", "$A$ is $n \\times n$")),
    "a divergence on paper": ("Let $F(x) = \\|x\\|^2 x$ with $x\\in\\mathbb R^n$. Compute $\\nabla\\cdot F$.", ("$\\nabla\\cdot F = \\|x\\|^{2}(2 + n)$",)),
    "a second derivative at a point": (
        "What is the second derivative of $h(t) = e^{t\\|v\\|^2}$ at $t=0$?", ("**At $t = 0$.** There it is $\\frac{\\partial^{2}h}{\\partial t^{2}} = \\|v\\|^{4}$",),
    ),
    "a second derivative along a line": (
        "What is the second derivative of $h(t) = f(x+tv)$, where $f(x)=\\log\\sum_i e^{a_i^Tx+b_i}$?",
        ("$u_i = a_i^{T}v$", "&= \\sum_{i=1}^{n} p_iu_i = g", "&= \\sum_{i=1}^{n} p_iu_i^{2} - g^{2}"),
    ),
    "a projection by a number": (
        "Let $P(t) = X(t)(X(t)^TX(t))^{-1}X(t)^T$ where $X(t)$ is a full column rank $n\\times k$ matrix depending on a scalar $t$. Find $\\frac{dP}{dt}$.",
        ("(I - P)\\,dX\\,M^{-1}X^{T}", "(I - P)\\frac{dX}{dt}M^{-1}X^{T}", "XM^{-1}\\left(\\frac{dX}{dt}\\right)^{T}(I - P)\n"),
    ),
    "both derivatives of an inverse, its lines once": (
        "Let $A(t)$ be a smooth matrix valued function with $A(t)$ invertible. Prove that $\\frac{d}{dt}A(t)^{-1} = -A^{-1}\\frac{dA}{dt}A^{-1}$ and find "
        "the second derivative.",
        ("A^{-1}\\left(2\\frac{dA}{dt}A^{-1}\\frac{dA}{dt} - \\frac{d^{2}A}{dt^{2}}\\right)A^{-1}", "the line holds"), ("rules used", "dF &= -A^{-1}\\,dA\\,A^{-1} &&"),
    ),
    "a condition that is told once": (
        "Is $\\frac{\\partial}{\\partial \\Sigma}\\log\\det\\Sigma = \\Sigma^{-1}$ right?", ("**Only where $\\Sigma$ is symmetric.**", "**Your line.**"),
    ),
    "why it is convex": (
        "Show that $f(x)=\\log\\sum_i e^{a_i^Tx}$ is convex.", ("**$f$ is convex in $x$: ", "**Why the Hessian is positive semidefinite.**"), ("It is convex",),
    ),
    "a derivation of which one line is right": (
        "Is this correct? $$\\frac{\\partial}{\\partial x}x^TAx = (A+A^T)x = (A+A^T)x + x$$ where $x\\in\\mathbb R^n$.", ("Not all of it",),
    ),
    "a verdict and convexity": (
        "I computed $\\nabla_w J = 2X^T(Xw-y)$ for $J(w)=\\|Xw-y\\|^2$. Is my gradient right? And is $J$ convex?", ("is convex in $w$", "is right"),
    ),
    "whether two results are the same": (
        "I have $f(x) = x^TAx$. One book says $\\frac{\\partial f}{\\partial x} = (A+A^T)x$ and another one says $\\frac{\\partial f}{\\partial x} = 2Ax$. "
        "Are these the same?", ("**The same only if", "symmetric"),
    ),
    "a second constraint in the same sentence": (
        "Minimize $\\frac12 w^T\\Sigma w$ subject to $w^T\\mathbf{1} = 1$ and $w^T\\mu = r$, where $\\Sigma$ is a positive definite covariance "
        "matrix. What is the optimal $w$?",
        ("Let $C = ", "\\mathbf{1} & \\mu", "The minimum is at $\\hat{w} = \\Sigma^{-1}C(C^{T}\\Sigma^{-1}C)^{-1}d$"),
    ),
    "a result for what is asked by, in another sentence": (
        "What is the gradient of the function w.r.to U? $$\\operatorname{trace}((W\\odot(A-UV'))'(W\\odot(A-UV')))$$ Here $'$ is the transpose. "
        "It seems like the gradient is $2(W\\odot(UV'-A))V$. Can anyone explain how we get this?", ("but $-2\\bigl(W \\odot W \\odot (A - UV')\\bigr)V$",),
    ),
    "a function of which examples come first": (
        "For example, if $f(X) = -\\log\\det X$, then $\\nabla_X f(X) = -X^{-1}$ (assuming $X$ and $Y$ are symmetric). I want to prove that "
        "$f(X) = \\log\\det X + \\operatorname{tr}(X^{-1}Y)$ is convex.", ("neither convex nor concave in the positive definite $X$",),
    ),
    "a vector squared in a loss": (
        "Let $X \\in \\mathbb{R}^{n\\times d}$, $w \\in \\mathbb{R}^d$ and $y\\in\\mathbb{R}^n$. I want the gradient of the loss $L(w) = (Xw-y)^2$ with "
        "respect to $w$.", ("so $L = \\|Xw - y\\|^{2}$ is a number", "2X^{T}r"),
    ),
    "a part is not called as a bold name is": (
        "Define $L(\\mathbf{R}) = \\|\\mathbf{X}\\mathbf{R} - \\mathbf{Y}\\|_F^2$. What is $\\nabla_{\\mathbf{R}} L$?", ("Let $S = ",),
    ),
    "a question behind the line that holds": (
        "Let $J = J(z)$, $z = Wa$ where $W$ is a matrix and $a$ a vector. I have $\\frac{\\partial J}{\\partial W} = \\frac{\\partial J}{\\partial z}a^T$. "
        "And $[\\delta_1 a^T, \\ldots, \\delta_m a^T] = \\delta^T\\star(a^T\\bullet I)$, is it right?", ("the last could not be decided",),
    ),
    "a line before the one that holds of which nothing is known": (
        "Let $q(z) = z^TMz$ with symmetric $M$. I have $\\nabla q(z) = u + Q$ and $\\nabla q(z) = 2Mz$. Is it right?",
        ("Whether $\\nabla q(z) = u + Q$ is right as well I could not decide",),
    ),
    "an operator that is not known asks for no derivative": (
        "Let $q(z) = \\|z\\|^2$. Compute $\\mathcal{T}q(z)$.", ("I found no derivative that your text asks for; what follows is the derivative of $q$ by $z$",),
    ),
    "a side definition is not what is asked": (
        "We linearise the sensor $s = g(u, v)$ at rest. The variable $s$ is a vector of readings. Set "
        "$z = s - s_r$. Why does this make sense?", ("I found no derivative that your text asks for",),
    ),
    "a second derivative with the two below only": (
        "1. What is the gradient of $q = z^TMz$? 2. And the Hessian, i.e. $H = \\frac{\\partial q}{\\partial^2 z}$?", ("= M + M^{T}",),
    ),
    "numbers of equations": (
        "$$\\eqalign{ L &= e^TCe \\cr dL &= de^TCe + e^TC\\,de \\quad (1) \\cr &= e^TC^T\\,de + e^TC\\,de \\quad (2) \\cr &= e^TCe\\,de }$$ "
        "Where is the mistake?", ("The first line that does not hold is $= e^TCe\\,de$",),
    ),
    "a declared matrix that is set to zero": (
        "Let $A, X \\in \\mathbb{R}^{n \\times n}$ and $J = \\mathrm{tr}(AX)$. Setting the derivative of $J$ with respect to $X$ to zero gives $A = 0.$ "
        "What if $X$ is an orthogonal matrix, i.e., $X^TX = I$? How do I derive the minimizer?", ("polar}(-A^{T})", "so $J = \\mathrm{tr}(AX)$ is a number."),
    ),
    "a transpose is taken into the sum of a result": (
        "Let $D = \\frac12\\log\\frac{|V|}{|S|} + \\frac12\\operatorname{tr}(V^{-1}S)$ with matrices $V$ and $S$. What is the derivative with respect to $S$?",
        ("&= \\frac{1}{2}(V^{-T} - S^{-T})",),
    ),
    "a size has one letter in the whole post": (
        "For logistic regression $J(w) = -\\sum_i [y_i\\log\\sigma(w^Tx_i) + (1-y_i)\\log(1-\\sigma(w^Tx_i))]$ my gradient is "
        "$\\sum_i (y_i - \\sigma(w^Tx_i))x_i$. What's wrong?", ("w, x_1, \\ldots, x_n", "but $-\\sum_{i=1}^{n} "), ("_{i=1}^{m}",),
    ),
    "members of sums have one name in the whole post": (
        "$S(a,b) = \\sum_{i=1}^n (y_i - a e^{-bt_i})^2$. What are the partial derivatives with respect to $a$ and $b$?",
        ("$ with $z_i = y_i - au_i$ and $u_i = e^{-bt_i}$; $", "z_iau_it_i"), ("v_i", "s_i"),
    ),
    "an operation that the words name": (
        "What is the derivative of the log determinant of $A + xx^T$ with respect to $x$, where $A$ is a symmetric matrix and $x$ a vector?",
        ("Jacobi's formula", "2M^{-1}x"),
    ),
    "a trace in words under a constraint": (
        "I'm trying to maximize the trace of $X^TAX$ subject to the columns of $X$ being orthonormal, where $A$ is symmetric. I can represent this as "
        "$X^TX = I$, but not what its derivative is.", ("**The maximum is at $\\hat{X} = U_{m,\\max}(A)$.**", "\\operatorname{tr}(X^{T}AX)"),
    ),
    "a constraint that cannot be read": (
        "Minimize $w^T\\Sigma w$ subject to $w^T\\mathbf{1} = 1$ and $Qw = \\|v + zt$. Find the optimal $w$.", ("**It was not solved.**",),
    ),
    "an objective alone": (
        "Project $c$ onto the simplex: $\\min_x \\frac12\\|x-c\\|^2$ subject to $x\\ge 0$ and $\\mathbf 1^Tx = 1$.", ("The minimum is at", "level"),
    ),
    "the step between two lines": (
        "$$\\eqalign{ dL &= de^TCe + e^TC\\,de - 2\\lambda e^T\\,de \\quad (1) \\cr &= e^TC^T\\,de + e^TC\\,de - 2\\lambda e^T\\,de \\quad (2) \\cr }$$ "
        "Why can they go from line (1) to (2)?", ("**From (1) to (2): a scalar is its own transpose.**", "de^{T}\\,Ce + e^{T}C\\,de"),
    ),
    "the step to a derivative from another form": (
        "With $y = X\\beta + u$: (1) $S(\\beta) = (y-X\\beta)'(y-X\\beta)$\n\n(2) $S(\\beta) = y'y - 2\\beta'X'y + \\beta'X'X\\beta$\n\n"
        "(3) $\\frac{\\partial S}{\\partial\\beta} = -2X'y + 2X'X\\beta$\n\nHow did the author get from (2) to (3)?",
        ("&= -2X'y + 2X'X\\beta", "so $S = y'y - 2\\beta'X'y"),
    ),
    "a source that has the gradient of the mean, in two fonts": (
        "Define $\\operatorname{Loss}({\\bf R}) := \\|\\mathbf{X}\\mathbf{R}-\\mathbf{Y}\\|_F^2$. I have to compute its gradient. My source says "
        "$\\nabla_{{\\bf R}} \\operatorname{Loss} ({\\bf R}) = \\frac2m \\mathbf{X}^T(\\mathbf{X}\\mathbf{R}-\\mathbf{Y})$.",
        ("A constant in front of a term", "should be $2\\mathbf{X}^{T}(\\mathbf{X}\\mathbf{R} - \\mathbf{Y})$"),
    ),
    "where a function is stationary": (
        "What is the derivative of $\\|Ax\\|_2 / \\|x\\|_2$ w.r.t. $x$? and at which $x$ is it stationary?", ("u_{\\max}(A^{T}A)", "quotient rule"),
    ),
    "what follows of the Hessian": ("Show that $\\nabla^2 f(x) = A^TA$ for $f(x)=\\frac12\\|Ax-b\\|^2$ and hence $f$ is convex.", ("It is convex", "the line holds")),
    "the case for which is asked, and two answers": (
        "How do I differentiate $x^TAx$ wrt $A$ when $A$ is symmetric? Some say $xx^T$, others $2xx^T-\\mathrm{diag}(x_i^2)$.",
        ("**Both are right, in two conventions: $xx^{T}$ is the gradient", "$2xx^{T} - I \\odot xx^{T}$", "$A$ is $n \\times n$ (symmetric)"),
    ),
    "entries on a diagonal": (
        "With $p = \\sigma(Xw)$ and $L(w) = -y^T\\log p - (1-y)^T\\log(1-p)$, my notes say that $\\nabla^2 L = X^TWX$ with "
        "$W = \\operatorname{diag}(p_i(1-p_i))$. Is this correct?", ("**Yes, it is right.**",),
    ),
    "a condition below the sign of an optimum": (
        "How do I solve $\\min_{x\\ge0} \\|Ax-b\\|^2$? State the KKT conditions.", ("complementary slackness", "dual feasibility"),
    ),
    "a function of what the words say": (
        "Let $r = y - Xw$ and $f = r^Tr + \\lambda w^Tw$. Write $f$ as a function of $w$ and find the gradient.", ("2(\\lambda w - X^{T}r)",),
    ),
    "a transposed power of an inverse": (
        "Let $g(A)=b^TA^{-1}c$ with an invertible matrix $A$. I get $\\nabla g = -A^{-2T}bc^T$. Where is the error?", ("should be $-A^{-T}bc^{T}A^{-T}$", "= b^{T}A"),
    ),
    "a result that somebody got": (
        "I want $\\frac{\\partial}{\\partial X}\\det(A+O'XO)$ where $A$, $X$ are square matrices. Can you guide me how you got "
        "$$\\det(A+O'XO)O(A+O'XO)^{-1}O'$$ ?", ("numerator layout",),
    ),
    "the second name of a matrix": (
        "Assume $Y$ is a covariance matrix $\\Sigma$, which is symmetric. Does it follow that "
        "$$\\frac{\\partial\\det\\Sigma}{\\partial\\Sigma} = \\det(\\Sigma)\\operatorname{tr}(\\Sigma^{-1})?$$ I wonder if I make a mistake.",
        ("The two sides do not have the same shape", ", not $1 \\times 1$"),
    ),
    "two layouts of a gradient with one-hot labels": (
        "Let $P=\\mathrm{softmax}(XW)$ row by row, $Y$ be the $n\\times k$ matrix of one-hot rows, $L = -\\operatorname{tr}(Y^T\\log P)$. Which of these: "
        "(A) $\\frac{\\partial L}{\\partial W} = X^T(P-Y)$\n\n(B) $\\frac{\\partial L}{\\partial W} = (P-Y)^TX$? Is it only the layout?",
        ("X^T(P-Y)$ is right in the layout used above", "(P-Y)^TX$ is right: in the other layout"),
    ),
    "a d that stands before its formula": (
        "Let $f(A) = A^2$ so that d$f(E) = EA + AE$, where $A$ is a square matrix. How does the Kronecker product relate to the Jacobian?",
        ("A^{T} \\otimes I_n + I_n \\otimes A",),
    ),
    "a question of a list to which there is no answer": (
        "Let $f(x) = x^TAx$ with symmetric $A$.\n\n1. Find the gradient of $f$.\n2. Find the Hessian of $f$.\n3. How does this relate to heat?\n",
        ("I have no answer to question 3, “How does this relate to heat?”", "&= 2A"),
    ),
    "the Hessian and the minimiser": (
        "Find the Hessian of $f(x)=\\frac12 x^TAx-b^Tx$ where $A$ is symmetric positive definite. Which $x$ minimises $f$?",
        ("The minimum is at $\\hat{x} = A^{-1}b$", "\\frac{\\partial^{2}f}{\\partial x\\,\\partial x^{T}} &= A"),
    ),
    "what setting to zero gives": (
        "$L(w,b,a) = \\frac12\\|w\\|^2 - \\sum_{i=1}^m a_i[y_i(w^Tx_i+b)-1]$. What are the derivatives with respect to $w$ and $b$, and what do we "
        "get by setting them to zero?", ("give $w = \\sum_{i=1}^{m} a_iy_ix_i$ and $\\sum_{i=1}^{m} a_iy_i = 0$",),
    ),
    "a gradient that is to be set to zero": (
        "I want the derivative of $f=\\sum_i\\|p_i-Rq_i-t\\|^2$ w.r.t. $t$ and set it to zero.", ("\\hat{t} &=",),
    ),
    "a power as the variable": (
        "The log-likelihood is $\\ell = -\\frac{1}{2\\sigma^2}\\|y-Xw\\|^2 - \\frac n2\\log(2\\pi\\sigma^2)$. What is the MLE of $\\sigma^2$?",
        ("The maximum is at $\\hat{\\sigma}^{2} = \\frac{1}{n}\\|y - Xw\\|^{2}$", "2\\sigma^{4}"),
    ),
    "two lines to be explained": (
        "Why is $\\frac{\\partial\\,\\mathrm{tr}(XAX^T)}{\\partial X}=X(A+A^T)$ but $\\frac{\\partial\\,\\mathrm{tr}(X^TAX)}{\\partial X}=(A+A^T)X$?",
        ("= X(A^{T} + A)", "= (A + A^{T})X", "**So the lines hold.**"),
    ),
    "a line of entries beside the one that is derived": (
        "Trying to show that $\\nabla_X\\log\\det X=X^{-T}$. I started with "
        "$\\frac{\\partial}{\\partial X_{ij}}\\log\\det X=\\frac1{\\det X}\\frac{\\partial\\det X}{\\partial X_{ij}}$, then what?",
        ("**So the line holds.** $\\nabla_X", "**This line holds too.** $\\frac{\\partial}{\\partial X_{ij}}"),
    ),
    "what holds under a condition": (
        "I found $\\frac{\\partial}{\\partial x}x^TAx = 2Ax$. But my professor marked it wrong. Why?", ("**The line holds only where $A$ is symmetric.**",),
    ),
    "a Hessian that somebody found": ("Consider $f(x) = \\|Ax-b\\|^2$. Find its Hessian. I believe it's $A^TA$.", ("**It is not $A^TA$ but $2A^{T}A$.**",)),
    "a gradient that somebody found": ("Consider $f(x) = \\|Ax-b\\|^2$. Find its gradient. I believe it's $2A^T(Ax-b)$.", ("**Yes, it is right.**",)),
    "where the minimum is attained": (
        "Let $f(X)=\\operatorname{tr}(X^TAX)-2\\operatorname{tr}(B^TX)$, where A is spd. Show that the minimum is attained at $X=A^{-1}B$.",
        ("the minimum is at $\\hat{X} = A^{-1}B$, as claimed",),
    ),
    "what the minimiser satisfies is no constraint": (
        "They define $E(u)=\\frac12u^TKu-f^Tu$ and then say that the minimizer satisfies $Ku=f$. Does it need that $K$ is symmetric?",
        ("**For symmetric $K$.** The solution is then $\\hat{u} = K^{-1}f$",),
    ),
    "a derivative by what only its slope is told of": (
        "Let $p=-\\frac12y^TK^{-1}y-\\frac12\\log|K|$ and $\\frac{\\partial p}{\\partial\\theta_j}=\\frac12\\operatorname{tr}"
        "((aa^T-K^{-1})\\frac{\\partial K}{\\partial\\theta_j})$, where $a=K^{-1}y$. How is this obtained?",
        ("only where $K$ is symmetric", "K = K(\\theta_j)"),
    ),
    "formulas that a question goes on with": (
        "Find $\\frac{d}{dX}\\operatorname{tr}(X^2)$. And $\\det(X)^k$?", ("= 2X^{T}", "k\\phi X^{-T}"),
    ),
    "claims of two unknowns": (
        "We have $\\|X-UV\\|_F^2$. Taking the derivative wrt $U$ I get $2(UV-X)V^T$ and with respect to $V$, $2U^T(UV-X)$. Then setting both equal "
        "to zero: $U=XV^T(VV^T)^{-1}$, $V=(U^TU)^{-1}U^TX$. Correct?",
        ("**Yes: the minimum is at $\\hat{U} = XV^{T}(VV^{T})^{-1}$, as claimed.**", "$2U^T(UV-X)$ and $V=(U^TU)^{-1}U^TX$ hold as well"),
    ),
    "a logarithm of a number before a matrix": (
        "Let $\\Psi(F)=\\frac\\lambda2(\\ln J)^2$, where $J=\\det F$. Show that the stress is $P=\\partial\\Psi/\\partial F=\\lambda\\ln J\\,F^{-T}$.",
        ("**So the line holds.**",),
    ),
    "an operator alone that goes on": (
        "What's $\\frac{\\partial}{\\partial A}\\log|I_m+AB|$? Also $\\frac{\\partial}{\\partial B}$.", ("M^{-T}B^{T}", "A^{T}M^{-T}"),
    ),
    "why a problem with a constraint leads to another": (
        "Minimize $\\operatorname{tr}(P^TLP)$ over $P$ s.t. $P^TDP=I$, where $L$ is symmetric and $D$ is positive definite. Why does this lead to the "
        "generalized eigenvalue problem $LP=DP\\Lambda$?", ("LP &= DPM", "\\hat{P} &= U_{m,\\min}(L, D)"),
    ),
    "a Hessian of which entries are claimed": (
        "I need the Hessian of $f(a)=\\sum_{i=1}^n\\log(1+\\exp(-t_ia^Tz_i))$. I have $\\frac{\\partial f}{\\partial a_j}=\\sum_{i=1}^n"
        "-z_{ij}t_i\\frac{\\exp(-t_ia^Tz_i)}{1+\\exp(-t_ia^Tz_i)}$ and $\\frac{\\partial^2 f}{\\partial a_j^2}=\\sum_{i=1}^n z_{ij}^2t_i^2"
        "\\frac{\\exp(-t_ia^Tz_i)}{(1+\\exp(-t_ia^Tz_i))^2}$.", ("\\frac{\\partial^{2}f}{\\partial a\\,\\partial a^{T}} &=",),
    ),
    "along a direction": ("Let $F(X)=X^TX$. Find $DF(X)\\cdot H$.", ("$DF(X)\\cdot H = H^{T}X + X^{T}H$",)),
    "along a direction in words": ("Let $g(u)=u^TBu$. What is the directional derivative of $g$ in the direction of $v$?",
                                   ("Along $v$.", "$Dg(u)[v] = ")),
    "the rate along a motion": (
        "Take $V(x)=x^TSx$ and $\\dot x = Fx + Gu$, with $u=-Lx$. What is $\\dot V$? $S$ symmetric", ("\\dot V = 2x^{T}S(F - GL)x$.",),
    ),
    "a rate that is claimed": (
        "$W = \\frac12 a^2+\\frac12 b^2$, $\\dot a = -b - a^3$, $\\dot b=a$. Show that $\\dot W = -2a^4$.", ("$\\dot W = -a^{4}$, and not $-2a^{4}$",),
    ),
    "the rate of several that move": (
        "$V(z) = z^TPz + \\|y\\|^2$ with $\\dot z = Az + y$ and $\\dot y = -Pz$. Compute $\\dot V$.", ("z^{T}(P^{T} + P)(Az + y) - 2y^{T}Pz",),
    ),
    "a temperature beside a transpose": (
        "Let $g = \\log\\sum_i e^{v^Tz_i/T}$ where $T>0$ is a temperature. Gradient w.r.t. $v$?", ("\\frac{1}{T}\\sum_{i=1}^{n} p_iz_i",),
    ),
    "a pi that is a vector": ("Minimise $(\\mu-\\pi)^TS^{-1}(\\mu-\\pi)+\\|F\\mu-q\\|^2$ over $\\mu$.", ("$\\mu, \\pi \\in \\mathbb{R}^{n}$",)),
    "a name to be found": ("Minimize $w^H S w$ subject to $w^H c = 1$. $S$ is Hermitian pos. def. Derive w", ("\\frac{1}{c^{H}S^{-1}c}S^{-1}c",)),
    "an estimate to be derived": ("GLS minimises $(y-Xb)'V^{-1}(y-Xb)$, where V is a covariance matrix. Derive $\\hat b$.", ("(X'V^{-1}X)^{-1}X'V^{-1}y",)),
    "a change as the variable": ("Minimise $\\|r + J\\Delta z\\|^2$ over $\\Delta z$.", ("-(J^{T}J)^{-1}J^{T}r",)),
    "by entries of a name with an index": (
        "The error is $E_{in}(w)=\\frac1N\\|Xw-y\\|^2$. Why $\\nabla E_{in}(w)=\\frac2N(X^TXw-X^Ty)$?", ("**So the line holds.**",), ("E(E_{in})",),
    ),
    "labels that are weights of logarithms": (
        "$q_i=\\frac{\\exp(z_i/T)}{\\sum_j\\exp(z_j/T)}$, $C=-\\sum_i p_i\\log q_i$. Why is $\\frac{\\partial C}{\\partial z_i}=\\frac1T(q_i-p_i)$?",
        ("entries of $p$ sum to one",), ("does not hold",),
    ),
    "a differential alone": ("Compute $d(x^TMx)$.", ("d\\phi &= dx^{T}\\,Mx + x^{T}M\\,dx",)),
    "a derivative without TeX beside formulas": ("reflection: $r = d - 2(d\\cdot n)n$. dr/dn? n is a 3-vector", ("-2(nd^{T} + cI)",)),
    "several Jacobians": ("Residual $e = R^T(p_j - p_i) - z$. Jacobians of $e$ w.r.t. $p_i$ and $p_j$?", ("&= -R^{T}", "&= R^{T}")),
    "an operation of an operation": (
        "What is the derivative of the log of the sum of the entries of $CZ$ with respect to $Z$?", ("\\frac{1}{c}C^{T}\\mathbf{1}\\mathbf{1}^{T}",),
    ),
    "for what, and by what": ("$D = \\|V-WH\\|_F^2$; gradient for $H$?", ("2W^{T}R",)),
    "for a function": ("Let $f(x)=\\|Ax\\|^2$. Compute the gradient for $f$.", ("2A^{T}Ax",)),
    "one thing or another": ("What is the gradient of $p(x)=x^TAx$ or $q(x)=\\|Ax\\|^2$?", ("(A + A^{T})x", "2A^{T}Ax")),
    "a point behind when": ("Compute d/ds det(M+sN) when s=0, M invertible.", ("**At $s = 0$.**", "\\det(M)\\operatorname{tr}(M^{-1}N)")),
    "what is claimed of a direction": ("Let $F(X)=\\operatorname{tr}(BX)$. $D_YF(X)=\\operatorname{tr}(BY)$. Right?", ("**Yes, it is right.**",)),
    "an answer beside one's own": (
        "What is the derivative of $\\|Y-W^TZ\\|_F^2$ with respect to $W$? My solution is $2ZZ^TW-2ZY^T$. But the answer is $2(W^TZ-Y)Z$. "
        "Is the answer right?", ("**No: it is not $2(W^TZ-Y)Z$", "$2ZZ^TW-2ZY^T$ holds"),
    ),
    "a chain as the result": (
        "What is the derivative of $z^TBz$ with respect to $z$? I get $$4Bz=2Bz+2Bz$$ Right?", ("t is not $4Bz$ but",),
    ),
    "an identity that gives something else": (
        "What is the derivative of $z^TBz$ with respect to $z$? So differentiating it I have $$4Bz=2Bz+2Bz$$ Right?",
        ("**True, but not the derivative.**",),
    ),
    "a lemma is not set to zero": (
        "I follow a maximum likelihood estimate. What confuses me is that $\\nabla_S\\ln\\det S = S^{-1}$. Where does the minimum come from?",
        ("= S^{-T}",),
    ),
    "whether they are right": (
        "Let $k=s^2\\exp(-u^Tu/l)$. I derived $\\frac{\\partial k}{\\partial s}=2s\\exp(-u^Tu/l)$, but I am not sure if it is correct.",
        ("**Yes, it is right.**",),
    ),
    "the logarithm of a density": ("What is $\\frac{\\partial}{\\partial\\eta}\\log P(y|\\eta)$?", ("\\frac{1}{P}\\frac{\\partial P}{\\partial\\eta}",)),
    "a shape is no result": (
        "Let $X\\in\\mathbb{R}^{r\\times n}$. What is $\\frac{\\partial}{\\partial X}\\operatorname{tr}(X^TX)$? Here $X^T\\in\\mathbb{R}^{n\\times r}$.", ("2X",),
    ),
    "at a point": ("What is $\\frac{d}{ds}\\det(C+sB)$ at $s=0$?", ("**At $s = 0$.**", "\\det(C)\\operatorname{tr}(C^{-1}B)")),
    "at a point with a prime": ("Let $h(s)=\\log\\det(C+sB)$. What is $h'(0)$?", ("= \\operatorname{tr}(C^{-1}B)$",)),
    "why there is a transpose and an entrywise product": (
        "Let $a = \\tanh(Wx)$ and $E = v^Ta$. My notes have $\\frac{\\partial E}{\\partial W} = (v\\odot(1-a\\odot a))x^T$. Why the transpose, and why the "
        "elementwise product?", ("**The transpose comes from", "The entrywise product comes from"), ("The $2$ comes",),
    ),
    "at the identity": ("What is the gradient of $\\log\\det(Z)$ with respect to $Z$ at $Z=I$?", ("**At $Z = I$ the derivative is $I$.**", "**At $Z = I$.** There it is $\\frac{\\partial\\phi}{\\partial Z} = I$",)),
    "one of two": ("Is the gradient of $z^TBz$ with respect to $z$ equal to $2Bz$ or $(B+B^T)z$?", ("$(B+B^T)z$ is the derivative", "$2Bz$ is not")),
    "why this one and not its transpose": (
        "Why is the derivative of $z^Tz$ equal to $2z$ and not $2z^T$?", ("$2z$ is the derivative", "$2z^T$ is its transpose"),
    ),
    "a penalty": ("The gradient of $\\operatorname{tr}(S\\Theta)+\\lambda\\|\\Theta\\|_1$ with respect to $\\Theta$? It is a sparse model.",
                  ("\\lambda\\operatorname{sign}(\\Theta)",)),
    "constraints that count entries": (
        "Maximise $-\\sum_ip_i\\log p_i$ subject to $\\sum_ip_i=1$ and $\\sum_i p_ix_i=\\mu$.", ("\\begin{array}{c}1 \\\\ \\mu\\end{array}",),
    ),
    "a derivative that is computed is no optimum": (
        "Let $K = \\Phi\\Phi^T + s^2 I$ and $\\ell(s) = -\\frac12 y^TK^{-1}y - \\frac12\\log|K|$. How do I compute $\\frac{d\\ell}{ds}$?",
        ("\\frac{d\\ell}{ds} &= s\\operatorname{tr}(",),
        ("candidate", "I take it"),
    ),
    "stationary points besides the one that is found": (
        "Where is $f(x) = (x^Tx-1)^2$ minimal?", ("**One stationary point is", "The other stationary points are where $x^{T}x - 1 = 0$."),
    ),
    "the unknown of a constraint": (
        "I want to minimize $\\frac12 \\dot q^T W \\dot q$ subject to $J\\dot q = v$, where $W$ is positive definite. How is the solution derived?",
        ("at $\\dot{q}^{\\star} = W^{-1}J^{T}(JW^{-1}J^{T})^{-1}v$",),
    ),
    "a name with a plus, and what is claimed to be best": (
        "After an update $P^+ = (I-KH)P(I-KH)^T + KRK^T$, with $P$, $R$ positive definite. Show that the gain which minimises "
        "$\\operatorname{tr}(P^+)$ is $K = PH^T(HPH^T+R)^{-1}$.", ("the minimum is at $\\hat{K} = PH^{T}(R + HPH^{T})^{-1}$", "so $P^{+} = "),
    ),
    "a differential that is asked for": (
        "For skew-symmetric $A$ put $Q(A) = (I-A)(I+A)^{-1}$. What is the differential $dQ$ in terms of $dA$?", ("-(I + Q)\\,dA\\,", ), ("vec",),
    ),
    "a list of variables in words": (
        "Loss $L = \\max(0, \\|a-p\\|^2 - \\|a-n\\|^2 + c)$ with $a,p,n\\in\\mathbb{R}^d$. Gradients w.r.t. a, p and n?",
        ("\\partial a}", "\\partial p}", "\\partial n}"), ("-r",),
    ),
    "conditions that are derivatives set to zero": (
        "Let $L(w,b,a) = \\frac12\\|w\\|^2 - \\sum_{i=1}^n a_i[y_i(w^Tx_i + b) - 1]$ with $x_i \\in \\mathbb{R}^d$. "
        "How do I get $w = \\sum_i a_iy_ix_i$ and $\\sum_ia_iy_i=0$?",
        ("The derivatives give $w = \\sum_{i=1}^{n} a_iy_ix_i$ and $\\sum_{i=1}^{n} a_iy_i = 0$",), ("closed form",),
    ),
    "derivatives that are set to zero": (
        "Let $L(w,b,a) = \\frac12\\|w\\|^2 - \\sum_{i=1}^n a_i[y_i(w^Tx_i + b) - 1]$ with $x_i \\in \\mathbb{R}^d$. "
        "What are the derivatives with respect to $w$ and $b$, and what do we get when they are set to zero?",
        ("The derivatives give $w = \\sum_{i=1}^{n} a_iy_ix_i$ and $\\sum_{i=1}^{n} a_iy_i = 0$",), ("closed form",),
    ),
    "what came before in time, which may depend on the variable": (
        "Let $h_t = \\tanh(W h_{t-1} + U x_t)$, $o_t = V h_t$, $L_t = \\frac12\\|o_t - y_t\\|^2$. What is $\\partial L_t/\\partial V$ and $\\partial L_t/\\partial W$?",
        ("rh_t^{T}", "(s \\odot V^{T}r)h_{t-1}^{T}", "$h_{t-1}$ is taken as given, though it may depend on $W$"), ("depend on $V$",),
    ),
    "a product of entries before an outer one": (
        "Let $y = \\tanh(Wx + b)$ and $E = \\frac12\\|y - t\\|^2$. My notes have $\\frac{\\partial E}{\\partial W} = (y-t)\\odot(1-y^2)x^T$. Why?",
        ("(s \\odot r)x^{T}", "of its entries.** $\\frac{\\partial E}{\\partial W} = (y-t)\\odot(1-y^2)x^T$ is what"),
    ),
    "a product of one column has no inverse": (
        "How do I solve $\\min_{W,b}\\|Wx+b-y\\|^2$?", ("The stationary points are $b = y - Wx$ with any $W$",), ("^{-1}", "full row rank"),
    ),
    "a matrix of one equation": (
        "Find $\\min_W\\|Wx-y\\|^2$ where $x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$.", ("Wxx^{T} &= yx^{T}",), ("^{-1}", "full row rank"),
    ),
    "where a gradient vanishes": (
        "If $A$ is symmetric positive definite, what is the gradient of $f(x)=x^TAx-2b^Tx$, and where does it vanish?",
        ("&= 2(Ax - b)", "\\hat{x} &= A^{-1}b"),
    ),
    "where a gradient vanishes, of a name whose length is told": (
        "If $A$ is symmetric and $x$ is a unit vector, what is the gradient of $R(x)=\\frac{x^TAx}{x^Tx}$, and where does it vanish?",
        ("(Ax - Rx) &&", "The derivative gives $Ax - Rx = \\mathbf{0}$"), ("\\lambda",),
    ),
    "one of two places of the variable": (
        "For $\\phi(X) = \\operatorname{tr}(X^{-1}AX^{-1}B)$ I got $\\frac{\\partial \\phi}{\\partial X} = -(X^{-1}AX^{-1}BX^{-1})^T$. What did I miss?",
        ("is missing: the variable stands in more than one place",),
    ),
    "a claim that is asked about without another word": (
        "Let $g(x) = \\|Ax\\|$. Is $\\nabla g = A^TAx/\\|Ax\\|$?", ("**Yes, it is right.**",),
    ),
    "an update that is obtained": (
        "One maximises $-\\sum_n \\|x_n - W z_n\\|^2$ over $W$. How is the update for $W$ obtained? ($x_n\\in\\mathbb{R}^d$, $z_n\\in\\mathbb{R}^q$)",
        ("$\\hat{W} = \\left(\\sum_{n=1}^{m} x_nz_n^{T}\\right)",),
    ),
    "two results of which one is wrong": (
        "The derivative of $\\operatorname{tr}(ABA^TC)$ w.r.t. $A$ in the Matrix Cookbook is $C^TAB^T + CAB$. In my notes I have $CAB + C^TA^TB$. "
        "One of them has to be wrong, no?", ("It is not $CAB + C^TA^TB$", "$C^TAB^T + CAB$ holds"),
    ),
    "two results in two layouts": (
        "Compute $\\frac{\\partial a^TX^{-1}b}{\\partial X}$. I find $-X^{-T}ab^TX^{-T}$; the solution sheet says $-X^{-1}ba^TX^{-1}$.",
        ("**Both are right: they are transposes of each other, in two layouts.**",), ("not right",),
    ),
    "a number that stands for a quotient": (
        "Let $f(w)=\\frac{w^TSw}{w^TMw}$ with symmetric $S$ and positive definite $M$. Setting the derivative to zero my book obtains "
        "$Sw = \\lambda Mw$. Where does $\\lambda$ come from?", ("gives $(S - fM)w = \\mathbf{0}$, where $\\lambda$ is $f$",),
    ),
    "a gradient in the other layout": (
        "For $f(X)=a^TXb$ with $X\\in\\mathbb{R}^{m\\times n}$ I got $ba^T$. Is it right?",
        ("**Yes, in numerator layout: it is the transpose of the gradient in the shape of the variable.**", "the transpose of the result above"),
    ),
    "the inverse of a parameter as the variable": (
        "Let $\\ell(S) = -\\log\\det S - a^TS^{-1}a$ and $P = S^{-1}$. What is $\\frac{\\partial\\ell}{\\partial P}$?",
        ("so $S = P^{-1}$", "\\frac{\\partial\\ell}{\\partial P} &= S^{T} - aa^{T}"),
    ),
    "a matrix that depends on a parameter, by its bracket": (
        "Let $A(t)$ be an invertible matrix. What is $\\frac{dA^{-1}}{dt}$?", ("&= -A^{-1}\\frac{dA}{dt}A^{-1}",), ("mathbf{0}",),
    ),
    "a matrix that depends on a parameter, in words": (
        "Let $A$ be an invertible matrix depending on a scalar parameter $s$. What is $\\frac{dA^{-1}}{ds}$?",
        ("&= -A^{-1}\\frac{dA}{ds}A^{-1}",), ("mathbf{0}",),
    ),
    "a Hessian that is claimed beside the gradient": (
        "For $f(x)=x^TAx$ I get the gradient $(A+A^T)x$ and Hessian $A$. Right?", ("**No: it is not $A$ but $A + A^{T}$.**",),
    ),
    "a Hessian that is named": ("Let $f(x) = \\log(1+x^Tx)$. Find the gradient and the Hessian $H$.", ("I - gg^{T}",), ("Your line",)),
    "what one arrives at binds nothing": (
        "Maximise $u^TSu$ subject to $u^Tu=1$ where $S$ is a covariance matrix. How does one arrive at the eigenvalue problem $Su=\\lambda u$?",
        ("Su &= \\nu u", "\\hat{u} &= u_{\\max}(S)"),
    ),
    "a formula before the name that it needs": (
        "The log-likelihood is $-\\log\\det C - \\operatorname{tr}(C^{-1}S)$ with $C = WW^T+\\Psi$. What's the gradient w.r.t. $W$?",
        ("Let $\\phi = -\\log\\det C", "\\frac{\\partial\\phi}{\\partial W}"),
    ),
    "a case behind the question": (
        "What is the derivative of $\\log\\det X$ w.r.t. $X$? And if $X$ is symmetric?",
        ("&= X^{-T} &&", "**If $X$ is symmetric.** Then $\\frac{\\partial\\phi}{\\partial X} = X^{-1}$.", "$2S - I \\odot S$"),
    ),
    "a case to which one specialises": (
        "Show that for $f(X)=\\operatorname{tr}(X^TAXB)$ the gradient is $AXB + A^TXB^T$. Then specialise to symmetric $A$ and $B$.",
        ("**If $A$ and $B$ are symmetric.** Then $\\frac{\\partial f}{\\partial X} = 2AXB$.", "Here $X$ is $n \\times m$, $A$ is $n \\times n$ and"),
    ),
    "a case for which one simplifies": (
        "Derive the gradient of $x^TAx$ and simplify for symmetric $A$.", ("&= (A + A^{T})x", "**If $A$ is symmetric.** Then", "= 2Ax$."),
    ),
    "a case in a clause": (
        "Find the gradient of $\\operatorname{tr}(X^TAX)$ with respect to $X$. Then specialize to the case where $A$ is symmetric.",
        ("is $(A + A^{T})X$", "**If $A$ is symmetric.** Then", "= 2AX$."),
    ),
    "a derivative by entries that are bound": (
        "Let $X$ be symmetric. Is the gradient of $a^TXb$ with respect to $X$ equal to $ab^T$?",
        ("**Yes, where the entries are taken as free.**", "$\\frac{\\partial\\phi}{\\partial X} = \\frac{1}{2}(ab^{T} + ba^{T})$ is the part"),
        ("agrees with the derivation above",),
    ),
    "the diagonal of a triangular matrix": (
        "Suppose $S = LL^T$ with $L$ lower triangular and positive diagonal. I want the derivative of $\\log|S|$ with respect to $L$. Is it "
        "$2L^{-T}$?",
        ("lower triangular, like $L$", "It is by all entries of $L$"), ("diagonal, like",),
    ),
    "plurals are nouns": (
        "Minimise $\\|A - RB\\|_F^2$ over rotation matrices $R$.", ("\\hat{R} = \\operatorname{rot}(AB^{T})",),
    ),
    "rotations are matrices": (
        "I want to minimise $\\sum_i \\|q_i - Rp_i\\|^2$ over rotations $R$.", ("\\hat{R} = \\operatorname{rot}\\left(\\sum",),
    ),
    "what is nothing that is derived": (
        "What is the gradient of $\\|Ax-b\\|^2$ and what is its Lipschitz constant?",
        ("*You ask for the Lipschitz constant, which is nothing that I can give; the rest is below.*", "2A^{T}(Ax - b)"),
    ),
    "a set that no property tells": ("Minimise $\\|A - RB\\|_F^2$ over reflections $R$.", ("“reflections” is a constraint that no formula tells",)),
    "a set of matrices with more than their properties": (
        "Maximise $\\log\\det X - \\operatorname{tr}(SX)$ over correlation matrices $X$.", ("“correlation matrices” is a constraint",), ("The maximum is",),
    ),
    "a plural that says nothing": ("Minimise $\\|Ax-b\\|^2$ over regression coefficients $x$.", ("\\hat{x} = (A^{T}A)^{-1}A^{T}b",)),
    "nonlinear least squares": (
        "Let $f:\\mathbb{R}^p\\to\\mathbb{R}^n$ be nonlinear and $W\\in\\mathbb{R}^{n\\times n}$. The cost is $E(\\theta)=\\frac12\\|W(y-f(\\theta))\\|^2$. "
        "What is $\\nabla E$, and what is its Hessian?",
        ("\\theta \\in \\mathbb{R}^{p}$", "$J_f(\\theta)$ is the Jacobian of $f(\\theta)$", "&= J_f(\\theta)^{T}W^{T}Wr &&",
         "**Not derived.** The derivative of $\\nabla E$ with respect to $\\theta$ is not here: nothing is known about the differential of the Jacobian"),
    ),
    "maps within one another": (
        "What is the Jacobian of $f(g(x))$ with $g:\\mathbb{R}^n\\to\\mathbb{R}^m$ and $f:\\mathbb{R}^m\\to\\mathbb{R}^k$?",
        ("is $J_f\\bigl(g(x)\\bigr)J_g(x)$.**", "is the Jacobian of $f(z)$ at $g(x)$"),
    ),
    "multipliers of a map": (
        "Let $c:\\mathbb{R}^n\\to\\mathbb{R}^m$, $f:\\mathbb{R}^n\\to\\mathbb{R}$ and $L(x,\\lambda)=f(x)+\\lambda^Tc(x)$. Find $\\nabla_x L$ and "
        "$\\nabla_\\lambda L$.",
        ("\\frac{\\partial f}{\\partial x} + J_c(x)^{T}\\lambda", "\\frac{\\partial L}{\\partial\\lambda} &= c(x)", "\\lambda \\in \\mathbb{R}^{m}$"),
    ),
    "a measurement beside what is measured": (
        "Let $y=Ax+b$ and $L=\\frac12(y-y_m)^T(y-y_m)$, where $y_m$ is the measurement. What is $\\partial L/\\partial A$?",
        ("\\frac{\\partial L}{\\partial A} = (y - y_m)x^{T}", "x \\in \\mathbb{R}^{p}"),
    ),
    "a target beside what is to reach it": ("Let $q=Ax$ and $L=\\|q_t-q\\|^2$. What is $\\partial L/\\partial x$?", ("-2A^{T}(q_t - q)",)),
    "the entry of a class": (
        "Let $p = \\mathrm{softmax}(Wx+b)$ with $x\\in\\mathbb{R}^d$ and $L=-\\log p_y$ where $y$ is the true class. Given that $\\partial L/\\partial z = "
        "p - e_y$ with $z=Wx+b$, find $\\partial L/\\partial W$ and $\\partial L/\\partial x$.",
        ("(p - e_y)x^{T}", "\\frac{\\partial L}{\\partial x} = W^{T}(p - e_y)"),
    ),
    "a bar that opens with nothing": (
        "Show that $\\left.\\frac{d}{dt}\\det(I+tA)\\right|_{t=0} = \\operatorname{tr}A$.",
        ("**The line holds.** $\\frac{d}{dt}\\det(I+tA)|_{t=0} = \\operatorname{tr}A$",), ("\\right", "holds too"),
    ),
    "another constraint": (
        "Find the vector $x$ with $\\|x\\|_2 \\le 1$ that maximises $a^Tx$. And what if the constraint is $x^TPx\\le 1$ with $P$ positive definite?",
        ("*You ask for the case “and what if the constraint is $x^TPx\\le1$", "**The maximum is at $\\hat{x} = \\frac{a}{\\|a\\|_2}$.**"),
    ),
    "blocks meet block by block": (
        "Let $f(x,y) = \\begin{pmatrix} x \\\\ y\\end{pmatrix}^T \\begin{pmatrix} A & B\\\\ B^T & C\\end{pmatrix}\\begin{pmatrix} x \\\\ y\\end{pmatrix}$ with "
        "$x\\in\\mathbb{R}^n$, $y\\in\\mathbb{R}^m$. What is $\\partial f/\\partial x$?",
        ("**$\\frac{\\partial f}{\\partial x} = (A + A^{T})x + 2By$.**", "$A$ is $n \\times n$, $B$ is $n \\times m$ and $C$ is $m \\times m$"),
    ),
    "blocks behind names meet as well": (
        "With $K = \\begin{pmatrix} P & Q\\end{pmatrix}$, $u = \\begin{pmatrix} a \\\\ b\\end{pmatrix}$, $a\\in\\mathbb{R}^p$, $b\\in\\mathbb{R}^q$ and $g = \\|Ku\\|^2$, "
        "what is $\\partial g/\\partial a$?",
        ("$P$ is $n \\times p$, $Q$ is $n \\times q$",),
    ),
    "the identity in a case": (
        "Find the gradient of $x^TABx$ with respect to $x$. What does it become when $B=I$?",
        ("*You ask for the case “what does it become when $B=I$”", "(AB + B^{T}A^{T})x"),
    ),
    "the identity in the question itself": (
        "What is the gradient of $x^TABx$ with respect to $x$ when $B=I$?", ("(AB + BA^{T})x",), ("You ask for",),
    ),
    "a slope behind a name is told": (
        "Let $h(z) = z^3$, applied to each entry, and $g(V) = \\|h(Vu) - c\\|^2$ with $u\\in\\mathbb{R}^k$. What is the gradient with respect to $V$?",
        ("Here $h'(z)$ is $3z^{2}$",),
    ),
    "a derivative of third order": ("Compute the third derivative of $f(x) = (a^Tx)^4$.", ("*You ask for the third derivative, which",)),
    "what is only spoken of": ("The gradient is Lipschitz. What is the gradient of $\\|Ax-b\\|^2$?", ("2A^{T}(Ax - b)",), ("nothing that I can give",)),
    "a case of a constant": (
        "What is the gradient of $x^TAx$ w.r.t. $x$? What changes for symmetric $A$?", ("(A + A^{T})x", "**If $A$ is symmetric.** Then", "= 2Ax$."),
    ),
    "a step with a star": (
        "Let $g(\\alpha) = f(x+\\alpha d)$ where $f(x)=\\frac12x^TQx - b^Tx$ with $Q\\succ0$. Compute the gradient and find the exact step $\\alpha^*$.",
        ("The minimum is at $\\hat{\\alpha} = \\frac{(b^{T} - x^{T}Q)d}{d^{T}Qd}$",),
    ),
    "a condition that came out": (
        "Minimise $J(w)=\\frac{w^TMw}{w^TNw}$ ($M,N$ symmetric positive definite). Setting the derivative to zero, I get $Mw(w^TNw)=Nw(w^TMw)$. Right?",
        ("as claimed", "$Mw(w^TNw)=Nw(w^TMw)$ holds"), ("fails", "not right"),
    ),
    "a Hessian by a name": (
        "For $f(x) = x^TAx$ I need gradient and Hessian. I think $H = 2A$.", ("A + A^{T}", "**Only where $A$ is symmetric.** The line $H = 2A$ holds",),
    ),
    "a gradient by a name": ("Let $f(x) = x^TAx$. What is the gradient? I get $g = 2Ax$.", ("The line $g = 2Ax$ holds, provided that $A$ is symmetric",)),
    "the Hessian by another variable": (
        "Let $L = \\sum_i \\log(1+e^{w^Tx_i+b})$. What about $\\partial L/\\partial b$ and the Hessian w.r.t. $w$?",
        ("\\frac{\\partial L}{\\partial b}", "\\partial w\\,\\partial w^{T}", "is positive semidefinite for every $w$"), ("partial b^{2}", "strictly"),
    ),
    "an equation that gives a name by itself": (
        "Let $z = \\sigma(Wz + b)$. Find $\\partial z/\\partial b$.", ("(I - DW)^{-1}D\\,db", "differentiate the equation"),
    ),
    "the numbered parts of a parameter": (
        "Compute the gradient of $f = \\theta_1 a^Tx + \\theta_2 b^Tx$ with respect to $\\theta$.",
        ("\\frac{\\partial f}{\\partial\\theta_1} &= a^{T}x", "\\frac{\\partial f}{\\partial\\theta_2} &= b^{T}x"),
    ),
    "a square that is a name": (
        "Suppose $\\Sigma = LL^T$. Let $d^2 = (x-\\mu)^T\\Sigma^{-1}(x-\\mu)$. What is $\\partial d^2/\\partial L$?", ("&= -2zz^{T}L",),
    ),
    "a line to be shown beside constraints": (
        "We maximise $\\operatorname{tr}(W^TSW)$ subject to $W^TW=I$. Why is $SW=W\\Lambda$?", ("stationary point; an eigenproblem",), ("SW - W",),
    ),
    "the letters of an operator are no names": (
        "We maximise $\\operatorname{tr}(W^TSW)$ subject to $W^TW=I$. Using the Lagrangian $L=\\operatorname{tr}(W^TSW)-\\operatorname{tr}(\\Lambda(W^TW-I))$, "
        "why is $SW=W\\Lambda$?", ("stationary point; an eigenproblem", "U_{m,\\max}"),
    ),
    "an estimate and its Hessian": (
        "Let $J(\\beta) = \\|y - X\\beta\\|^2 + \\beta^T\\Gamma\\beta$ with symmetric positive definite $\\Gamma$. Find $\\hat\\beta$ and its Hessian.",
        ("The minimum is at $\\hat{\\beta}", "\\partial\\beta\\,\\partial\\beta^{T}"),
    ),
    "another norm behind the first": (
        "What is the gradient of the spectral norm $\\|A\\|_2$ and of the nuclear norm $\\|A\\|_*$?", ("uv^{T}", "A(A^{T}A)^{-1/2}"),
    ),
    "the covariance of a likelihood": (
        "Let $\\ell(\\Sigma) = -\\frac{n}{2}\\log|\\Sigma| - \\frac12\\operatorname{tr}(\\Sigma^{-1}S)$. Show that $\\hat\\Sigma = \\frac1nS$.",
        ("I take $\\Sigma$ to be positive definite, as a covariance is, and $S$ symmetric", "Yes: the maximum is at", "as claimed"), ("saddle",),
    ),
    "a rate is no optimum": (
        "Let $V = x^TPx$ with $\\dot x = Ax$ and symmetric $P$. What is $\\dot V$?", ("2x^{T}PAx",), ("not solved",),
    ),
    "symmetric behind the variable": (
        "Minimise over $X$ symmetric: $\\operatorname{tr}(XAX)-2\\operatorname{tr}(BX)$ where $A\\succ0$, $B$ symmetric.", ("The minimum is at",), ("saddle",),
    ),
    "a size below a name": (
        "What is $\\frac{\\partial}{\\partial q}(q\\otimes q)$? Here $q_{m \\times 1}$ is a vector and $q^T_{1\\times m}$ its transpose.",
        ("I_m \\otimes q + q \\otimes I_m",),
    ),
    "a size below a constant and a notation": (
        "Let $I_{n\\times n}$ be the identity, $z_{n\\times 1}$ a vector, $U_{r\\times s}$ a permutation matrix. What is $\\nabla_z z^T(C + I_{n\\times n})z$?",
        ("(C + 2I + C^{T})z",),
    ),
    "a space behind a verb": (
        "What is the gradient of $v^TZ^TZv$ w.r.t. $v$? $Z$ is $\\mathbb{R}^{k\\times (p+1)}$.", ("2Z^{T}Zv", "$Z$ is $k \\times (p+1)$"),
    ),
    "what is constant is no number": (
        "What is $\\frac{\\partial}{\\partial \\mathbf{u}} \\mathbf{u}^T\\mathbf{C}\\mathbf{u}$? Note that $\\frac{\\partial \\mathbf{C}}{\\partial \\mathbf{u}}=0$.",
        ("(\\mathbf{C} + \\mathbf{C}^{T})\\mathbf{u}",), ("is a number",),
    ),
    "an integral over a letter of its own": (
        "What is the derivative of $\\exp(s(A+rB))$ with respect to $r$? $A$, $B$ are matrices, $r,s$ are numbers.", ("\\,dt\\right)\\,dr",), ("\\,ds", "\\,dr\\right)"),
    ),
    "what is conjugated is complex": (
        "What is the gradient of $f(c) = c^HMc - c^Hg - g^Hc$ with respect to $c$, where $c$, $g$ are vectors and $M$ is a matrix?",
        ("\\mathbb{C}^{n}", "\\frac{\\partial f}{\\partial c^{*}} &= Mc - g"),
    ),
    "what is said to be real is not": (
        "What is the gradient of $f(c) = c^HMc$ with respect to $c$, where $c$ is a real vector and $M$ is a matrix?", ("(M + M^{T})c",), ("\\mathbb{C}",),
    ),
    "a square unknown is not bound": (
        "Let $N$ be a square matrix. Minimise over $N$: $\\|N - B\\|_F^2 + \\lambda\\|N\\|_F^2$. Here $\\lambda > 0$.", ("The minimum is at",), ("not solved",),
    ),
    "the derivative of what is minimised": (
        "The gain $G$ solves $J = \\min_{G} \\operatorname{tr}(S)$ with $S = (I - GC)P(I - GC)^T$. What is $\\frac{\\partial J}{\\partial G}$?",
        ("(GC - I)(P^{T} + P)C^{T}",),
    ),
    "an aligned formula behind the request": (
        "Find the gradient of \\begin{align} h(u,v) := c^T ( u \\odot v ) \\ , \\end{align} where $c, u, v \\in \\mathbb{R}^n$.", ("= v \\odot c", "= u \\odot c"),
    ),
    "one noun for one of two memberships": (
        "What is the gradient of $\\mu 1^Tx$ w.r.t. $x$, with the all-ones vector $1 \\in \\mathbb{R}^n$, and $\\mu \\in \\mathbb{R}$?", ("\\mu\\mathbf{1}",),
    ),
    "a slip of the pen": (
        "Compute the gradeint and the hesian of $z^TKz$ with respect to $z$.", ("K + K^{T}",), ("not said",),
    ),
    "a claim for a case": (
        "The gradient of $u^TKu$ is $2Ku$ for symmetric $K$. Is this true?", ("**Yes, it is right.**",), ("uu^{T}",),
    ),
    "several formulas without a name": (
        "What are the gradients of $\\|Bz-c\\|^2$, $c^TBz$ and $z^Tz$ with respect to $z$?", ("2B^{T}(Bz - c)", "is $B^{T}c$", "is $2z$"),
    ),
    "derivatives in a list": (
        "I am interested in knowing these: $\\frac{d}{dz}z^TB, \\qquad \\frac{d}{dz}Bz$, where $B$ is a square matrix.", ("&= B^{T} &&", "&= B &&"),
    ),
    "a whole line without TeX": (
        "I know that the derivative of $x^Tx$ is 2x. Here ' is the transpose. Now I want the gradient of\n\n=(y-Xb)'S(y-Xb)\n\nwith respect to $b$.",
        ("is $X'(S + S')(Xb - y)$",),
    ),
    "an expectation whose variable is sought": (
        "Let $R(v) = \\mathbb{E}[(d - v^Tu)^2]$. Find $v^*$.", ("mean over $N$ draws", "\\hat{v} = "), ("does not occur",),
    ),
    "the minimiser of an expectation": (
        "Let $R(v) = \\mathbb{E}[(d - v^Tu)^2]$. Find the minimiser of $R$.", ("mean over $N$ draws", "\\hat{v} = "), ("is a number.\n\nLet $\\phi",),
    ),
    "a prediction in the words": (
        "We look for the parameters $v$ that minimise the squared residuals between the predicted values $\\hat{d} = Uv$ and $d$, "
        "\n\n$$E = \\|d - Uv\\|^2.$$", ("\\hat{v} = (U^{T}U)^{-1}U^{T}d", ), ("\\hat{d} =",),
    ),
    "the layout that is used": (
        "We use the denominator layout throughout. For $s = Mz$ compute $\\frac{\\partial s}{\\partial z}$.",
        ("In denominator layout the Jacobian is its transpose, $M^{T}$.",), ("I take it",),
    ),
    "a gradient that is given": (
        "Let $s = Kz$. Given the upstream gradient $\\frac{\\partial L}{\\partial s}$, find $\\frac{\\partial L}{\\partial z}$.",
        ("= K^{T}\\frac{\\partial L}{\\partial s}",),
    ),
    "a list that asks by a quotient": (
        "Let $K$ be a symmetric positive definite matrix and $q = \\log\\det K + \\operatorname{tr}(K^{-1}M)$, $M$ positive definite.\n\n"
        "(a) Find $dq/dK$.\n(b) Find the $K$ that minimises $q$.", ("\\hat{K} = M", "K^{-1} - K^{-1}MK^{-1}"), ("Not answered",),
    ),
    "gradients in rows": (
        "Here gradients are row vectors. Let $q(z) = z^TKz$ with symmetric $K$. Find the gradient of $q$.",
        ("In numerator layout the gradient is its transpose, $2z^{T}K$.",),
    ),
    "two layouts, of which none is said to be used": (
        "Some take numerator layout, others denominator layout. For $s = Mz$, what is $\\frac{\\partial s}{\\partial z}$?", (), ("layout the Jacobian is",),
    ),
    "its trace": ("Let $S = ZCZ^T$. What is the derivative of its trace with respect to $Z$?", ("The gradient of $\\operatorname{tr}(S)$ is $Z(C^{T} + C)$",)),
    "its squared norm, of a name with a mark": (
        "Let $\\hat{G}^- = H + uv^T$. Find the gradient of its squared Frobenius norm with respect to $v$.", ("is $2(\\hat{G}^-)^{T}u$",),
    ),
    "where a transposed name comes from": (
        "Why is $\\frac{\\partial}{\\partial \\mathbf{F}} \\operatorname{tr}(\\mathbf{F G}) = \\mathbf{G}^T$? Where does the $\\mathbf{G}^T$ come from?",
        ("**The transpose comes from",),
    ),
    "the minimiser of a name": ("Let $R(v) = \\|d - Uv\\|^2$. Find the minimiser of $R$.", ("\\hat{v} = (U^{T}U)^{-1}U^{T}d",)),
    "the gradient at an optimum": (
        "Let $q(z) = \\frac12z^TKz - c^Tz$ with symmetric $K$. What is $\\nabla q(z^*)$?", ("**At $z = z^*$ the derivative is $Kz^* - c$.**",),
    ),
    "the entries of a vector with the letter d": (
        "Let $y = d^To$, where $$d = \\begin{bmatrix} d_1 \\\\ d_2 \\end{bmatrix}$$ and $$o = \\begin{bmatrix} d_1^2 \\\\ d_2 \\end{bmatrix}.$$ "
        "What is the gradient of $y$ with respect to $d$?", ("Here $d \\in \\mathbb{R}^{2}$", "= o + "), ("squared length",),
    ),
    "entries of a vector with an arrow": (
        "Let $\\vec{z}\\in\\mathbb{R}^2$ and $\\vec{h} = \\begin{bmatrix} z_1^2 \\\\ z_1z_2 \\end{bmatrix}$. What is the gradient of $c^T\\vec{h}$ with respect to $\\vec{z}$?",
        ("\\vec{z}_1",),
    ),
    "numbered entries": ("Let $z\\in\\mathbb{R}^3$ and $f = z_1^2 + z_2$. What is the gradient of $f$ with respect to $z$?", ("= 2z_1$",)),
    "what is held has a letter of its own": (
        "Find the $\\vec{w}$ that minimises $\\frac{\\vec{w}^TA\\vec{w}}{\\vec{w}^TB\\vec{w}} - \\lambda\\vec{w}^Tc$.", ("held it is solved",), ("With $w =",),
    ),
    "sizes that count sets, and vectors that are rows by words": (
        "What is the gradient of $\\|xW + b - y\\|^2$ with respect to $W$? Here $x$ is a vector of dimension $|V|$, $W$ a $|V|\\times k$ matrix, and $b$, $y$ "
        "are vectors of dimension $k$.", ("2x^{T}(xW + b - y)", "\\lvert V\\rvert \\times k"),
    ),
    "a vector that is only listed by its entries": (
        "Let $\\vec{z} = \\left[\\begin{array}{c} z_1 \\\\ z_2 \\end{array}\\right]$ and $\\vec{h} = \\begin{bmatrix} z_1^2 \\\\ z_1z_2 \\end{bmatrix}$. "
        "What is the gradient of $c^T\\vec{h}$ with respect to $\\vec{z}$?", ("Here $\\vec{z}, c \\in \\mathbb{R}^{2}$",),
    ),
    "blocks are no entries": (
        "Let $z = \\begin{bmatrix} z_1 \\\\ z_2 \\end{bmatrix}$ and $f = \\|Az_1 + Bz_2\\|^2$. What is the gradient of $f$ with respect to $z_1$?",
        ("2A^{T}(Az_1 + Bz_2)",),
    ),
    "an expectation in braces": (
        "Let $R(v) = \\text{E}\\left\\{(d - v^Tu)^2\\right\\}$. What is the gradient of $R$ with respect to $v$?", ("mean over $N$ draws",), ("{E}$ and",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDES)
def test_what_is_asked_besides_is_answered_besides(name):
    question, wanted, *unwanted = BESIDES[name]
    text = derivtex.answer(question).text
    assert all(each in text for each in wanted)
    assert not any(each in text for each in chain(*unwanted))


def test_the_derivation_of_a_claimed_solution_is_that_of_its_unknown():
    """The argument of RSS(λ) is neither differentiated by nor a multiplier of a constraint."""
    question = "Ridge regression has $RSS(\\lambda) = (y-X\\beta)^T(y-X\\beta) + \\lambda\\beta^T\\beta$, with the minimiser $\\beta_{ridge} = (X^TX+\\lambda I)^{-1}X^Ty$. "
    assert "as claimed" in derivtex.answer(question + "How is this derived?").text


def test_how_one_gets_a_thing_claims_nothing():
    text = derivtex.answer("Let $L = \\|Wx+b-y\\|^2$. How do I get $\\partial L/\\partial W$?").text
    assert "2rx^{T}" in text and "right" not in text


def test_a_name_that_stands_by_itself_is_not_what_is_differentiated():
    with pytest.raises(DerivtexError):
        derivtex.answer("The function is $-log L(\\alpha) =-\\sum_{i=1}^N log(1 + e^{-\\alpha})$. Is it convex?")


def test_a_hessian_brings_its_gradient_along():
    """Its lines begin with those of the gradient, which are not written twice; what else is asked for stands beside."""
    text = derivtex.answer("Let $f(x,y) = x^TAy + x^Tx$. Gradient wrt $x$ and with respect to $y$ and the Hessian wrt x?").text
    assert text.count(r"\frac{\partial f}{\partial x} &=") == text.count(r"\frac{\partial f}{\partial y} &=") == 1
    assert r"\frac{\partial^{2}f}{\partial x\,\partial x^{T}} &= 2I" in text and "for every $x$" in text and "I take it" not in text


def test_labels_of_a_cross_entropy_sum_to_one():
    text = "Let $p = \\mathrm{softmax}(Wx)$ and the cross entropy $L = -\\sum_i y_i\\log p_i$. Why is $\\partial L/\\partial W = (p - y)x^T$?"
    assert "The line holds only where the entries of $y$ sum to one." in derivtex.answer(text).text


def test_a_hessian_that_is_asked_for_beside_the_gradient_stands_once():
    given = r"$J(w) = -y^T\log(\sigma(Xw)) - (1-y)^T\log(1-\sigma(Xw)) + \frac{\lambda}{2}w^Tw$"
    text = derivtex.answer(f"I differentiate {given}. What are the gradient and the Hessian with respect to $w$?").text
    assert text.count(r"\frac{\partial^{2}J}{\partial w\,\partial w^{T}} &=") == 1


def test_a_question_that_goes_on_asks_by_another_variable():
    text = derivtex.answer(r"Let $f = \|Wx+b-y\|^2$. What is the gradient with respect to $W$? And w.r.t. $b$?").text
    assert r"\frac{\partial f}{\partial W} &= 2rx^{T}" in text and r"\frac{\partial f}{\partial b} &= 2(Wx + b - y)" in text


def test_what_does_not_conform_is_an_error_where_a_derivative_is_asked_for():
    with pytest.raises(DerivtexError, match="terms of a sum differ in shape"):
        derivtex.answer("For $x\\in\\mathbb{R}^n$ and $A\\in\\mathbb{R}^{m\\times n}$ put $y = Ax + x$. What is the Jacobian $\\frac{\\partial y}{\\partial x}$?")


SURFACE = r"Let $f(x,y) = x^2y + 5xy^3$."


def test_the_gradient_of_a_function_of_several_numbers_is_by_all():
    found = derivtex.answer(rf"{SURFACE} Find the gradient of $f$.").derivations
    assert [str(each.derivation.problem.wrt[0]) for each in found] == ["x", "y"]


@pytest.mark.parametrize("asked", [r"What is the Hessian?", r"Find $\frac{\partial^2 f}{\partial x\partial y}$.", "Find the Hessian with respect to $x$ and $y$."])
def test_second_derivatives_by_several_numbers_are_told_with_the_mixed_ones(asked):
    """No convexity is told by one block alone: for y > 0 that by x is positive, and f is not convex."""
    text = derivtex.answer(f"{SURFACE} {asked}").text
    assert r"the gradient is $\begin{pmatrix} 2xy + 5y^{3}\\ x(x + 15y^{2}) \end{pmatrix}$" in text
    assert r"\begin{pmatrix} 2y & 2x + 15y^{2}\\ 2x + 15y^{2} & 30xy \end{pmatrix}" in text and "convex" not in text


def test_mixed_second_derivatives_that_are_not_derived_are_said_to_be_missing():
    assert "are missing" in derivtex.answer(r"Let $f(u,v) = u^TAv$. Find $\frac{\partial^2 f}{\partial u\partial v}$.").text


def test_the_negative_of_a_derivative_is_that_of_the_negative():
    """A force, which is minus the slope of the energy."""
    (found,) = derivtex.answer(r"Let $E = \frac{k}{2}\|x-c\|^2$. Find the force $-\frac{\partial E}{\partial x}$.").derivations
    assert str(found.derivation.problem.target) == "-E" and str(found.result) == "-k(x - c)"


@pytest.mark.parametrize("mine, told", [("2(A^TAx-A^Tb)", "is the derivative, in the layout"), ("2A(Ax-b)", "is not"), ("2(Ax-b)^TA", "is its transpose")])
def test_what_the_asker_gets_is_set_against_what_another_says(mine, told):
    given = r"Let $f(x)=\|Ax-b\|^2$, $A$ is $n \times n$. The book says $\nabla f=2A^T(Ax-b)$,"
    text = derivtex.answer(f"{given} but I get ${mine}$. Which one is right?").text
    assert f"${mine}$ {told}" in text and ("Both are in use" in text) == ("transpose" in told)
