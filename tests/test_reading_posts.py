r"""Whole posts and files: what is asked is found in the words, kinds and sizes come from them, documents may have parts."""

from __future__ import annotations

import json

import pytest

import derivtex
from derivtex.core.errors import Source, describe
from derivtex.reading import read
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.source.spelling import meant
from derivtex.reading.words.asked import requests

ASKED = {
    "What is the gradient of $g$ with respect to $z$?": ("gradient", "g", "z", 1),
    "Find the Hessian of $p$ with respect to the vector $x$.": ("hessian", "p", "x", 2),
    "How does one differentiate $\\|Bu\\|^2$ w.r.t. $u$?": ("derivative", "\\|Bu\\|^2", "u", 1),
    "I need its derivative by $\\tau$.": ("derivative", "", "\\tau", 1),
    "Minimise over $V$ (all else is given) this: $\\|V\\|_F^2$.": ("minimise", "", "V", 1),
    "Find the matrix $B$ that minimises $\\|C-AB\\|_F^2$.": ("minimise", "\\|C-AB\\|_F^2", "B", 1),
    "For which $h$ is the risk smallest?": ("solve", "", "h", 1),
    "The only variable is $v$.": ("solve", "", "v", 1),
    "My gradient descent in R diverges.": None,
    "The derivative is well known.": None,
    "What is the Hessian?": ("hessian", "", "", 2),
    "I want the differential $dP$ in terms of $dA$.": ("differential", "", "A", 1),
}


@pytest.mark.parametrize("text", ASKED)
def test_a_request_is_found_in_its_words(text):
    """What, of what, by what and of which order; words that only sound like it are none."""
    found = requests(Document(Source(text + " $x$", "a.md")).items)
    told = [(each.what, latex(each.of), " ".join(map(latex, each.by)), each.order) for each in found]
    assert told[:1] == ([ASKED[text]] if ASKED[text] else [])


POSTS = {
    r"Let C = AB, E a scalar error. What is dE/dA?": ("E", "A", 1, {}),
    r"Let f = the determinant of a sum: f = det(A + tB) (A known). What is df/dt?": ("f", "t", 1, {}),
    r"For $J = \frac12 u^TRu + q^TGu$, what is gradient wrt. $u$? R is symmetric": ("J", "u", 1, {}),
    r"""Let $A \in \mathbb R^{m \times n}$ and $b \in \mathbb R^m$. Please compute the gradient with respect to $x$ of
$$ g(x) = \| A x - b \|_2^2. $$""": ("g", "x", 1, {"A": ("m", "n"), "b": ("m", "1")}),
    r"""I have $J(\theta) = \frac{1}{n} (X\theta - y)^T (X\theta - y)$, where X is an n-by-d design matrix. How does one differentiate
this with respect to $\theta$? My book says $\nabla J = \frac{2}{n} X^T (X\theta - y)$.""": ("J", r"\theta", 1, {"X": ("n", "d")}),
    r"Find the Hessian of $q$ with respect to $z$, if $q(z) = z^T A z + c^T z$.": ("q", "z", 2, {}),
    r"Consider $L = \tfrac12 \|Y - U V^T\|_F^2$. What are the gradients of $L$ w.r.t. $U$ and $V$?": ("L", "U", 1, {}),
    "loss = 0.5 * ||A x - b||^2 + lam * ||x||^2\n\nA is 50 x 20, b has 50 entries. what is the gradient with respect to x? thx": (
        r"\mathrm{loss}", "x", 1, {"A": ("50", "20"), "b": ("50", "1")}
    ),
    "Let f(x) = ½ xᵀQx − bᵀx with symmetric Q. What is ∇f?": ("f", "x", 1, {}),
    r"""In ridge regression $\hat\beta = (X^TX + \lambda I)^{-1}X^Ty$. It minimises $S(\beta) = \|y-X\beta\|^2 + \lambda \|\beta\|^2$.
Show me the gradient of $S$.""": ("S", r"\beta", 1, {}),
    r"""We start from
$$ J(b) = \|y - Zb\|^2 $$
and expand
$$ = y^Ty - 2b^TZ^Ty + b^TZ^TZb. $$
Now I need $\partial J / \partial b$.""": ("J", "b", 1, {}),
    r"""I maximise $w^T\mu$ subject to $w^T\Sigma w = 1$, where $\Sigma$ is a covariance matrix. I wrote
$\mathcal{L}(w, \nu) = w^T\mu - \nu (w^T\Sigma w - 1)$. How do I get $w$?""": (r"\mathcal{L}", "w", 1, {}),
    r"""The model is $y = Zb + \varepsilon$ and $Q(b) = (y-Zb)^T(y-Zb)$; which $b$ minimises it?""": ("Q", "b", 1, {}),
    "Subject: Re: trace\n\n[quote]use the chain rule[/quote]\n\nI need the derivative of [tex]T = \\mathrm{tr}(A X^T X B)[/tex] with respect to\n"
    "[itex]X[/itex]. A and B are n x n.": ("T", "X", 1, {"A": ("n", "n"), "B": ("n", "n")}),
    "Points $(s,t)$, a kernel $k(.,.)$, labels $a \\in \\{0,1\\}$. The energy is $E(w) = \\frac12 w^TKw - w^Tc$. I need the gradient of\n"
    "the energy with respect to $w$.": ("E", "w", 1, {}),
    "```python\nP = np.random.rand(4, 6)\nV = np.random.rand(6, 3)\n```\nWe have y = PV, L = ||y||^2. Derive dL/dV by hand.": (
        "L", "V", 1, {"P": ("4", "6"), "V": ("6", "3")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", POSTS, ids=range(len(POSTS)))
def test_a_post_is_understood_without_options(text):
    """Target, variable and order are those that the words ask for; sizes come from the words."""
    target, variable, order, sizes = POSTS[text]
    problem = read(text)
    assert (problem.target.name, [each.name for each in problem.wrt], problem.order) == (target, [variable], order)
    for name, size in sizes.items():
        assert tuple(map(str, problem.symbols[name].shape)) == size


TOLD = {
    r"with $G$ a constant symmetric 6x6 matrix": ("G", "matrix", ("6", "6"), ("symmetric",)),
    r"$G$ symmetric invertible": ("G", "matrix", ("?", "?"), ("invertible", "symmetric")),
    r"with a $6 \times 1$ vector $u$": ("u", "vector", ("6", "1"), ()),
    r"$G$ is an n-by-p matrix": ("G", "matrix", ("n", "p"), ()),
    r"$G$ $(m,10)$": ("G", "matrix", ("m", "10"), ()),
    r"where $S$ is the covariance matrix of the data": ("S", "matrix", ("n", "n"), ("posdef", "symmetric")),
    r"with the Cholesky factor $S$": ("S", "matrix", ("n", "n"), ("lower",)),
    r"Let $S$ and $G$ be symmetric positive definite matrices": ("G", "matrix", ("n", "n"), ("posdef", "symmetric")),
    r"for some scalar $c$": ("c", "scalar", ("1", "1"), ()),
    r"a column $u$ of $k$ targets": ("u", "vector", ("k", "1"), ()),
    r"the time $c$": ("c", "scalar", ("1", "1"), ()),
    r"where $G$ denotes a $k \times k$ matrix, symmetric and invertible, and": ("G", "matrix", ("k", "k"), ("invertible", "symmetric")),
    r"where $G$, symmetric and positive definite, and": ("G", "matrix", ("n", "n"), ("posdef", "symmetric")),
    r"with $G \in \mathbb{R}^{k \times k}$, diagonal,": ("G", "matrix", ("k", "k"), ("diagonal",)),
    "- **$G$**: input matrix (kept)\n- **$u$**: bias vector\n": ("G", "matrix", ("m", "n"), ()),
    "| Name | What |\n|---|---|\n| $u$ | label |\n| $c$ | a scalar |\n| $G$ | symmetric matrix |\n": ("G", "matrix", ("n", "n"), ("symmetric",)),
    "| $G$ | noise level, diagonal matrix | $k \\times k$ |\n| $u$ | rates | |\n": ("G", "matrix", ("k", "k"), ("diagonal",)),
    r"with $G$ an $n\times n$ matrix that is zero outside the diagonal and $u$ of dimension $n$": ("u", "vector", ("n", "1"), ()),
}  # fmt: skip


@pytest.mark.parametrize("words", TOLD)
def test_names_are_what_the_words_say(words):
    """Size before or behind the noun, in words or in marks; a property of several names holds for each."""
    from derivtex.reading.words.declared import declared_in_words

    name, kind, size, properties = TOLD[words]
    found = {each.latex: each for each in declared_in_words(Document(Source(f"{words}. $x$", "a.md")))[0]}[name]
    assert (found.kind, tuple(sorted(found.properties))) == (kind, properties)
    assert all(str(own) in (wanted, "?") for own, wanted in zip(found.size, size, strict=True))


@pytest.mark.parametrize("words", [
    "if $G$ is symmetric", "is $G$ symmetric?", "$G$ is not symmetric", "But for symmetric $G$ it is known", "$G$ has full row rank",
    "try $G = I$ (identity)", "a vector of sample $i$", "$c$ is the length of the step", "| $c$ | label |\n| $G$ | part |\n",
])  # fmt: skip
def test_a_condition_a_question_a_negation_and_a_rank_bind_nothing(words):
    from derivtex.reading.words.declared import declared_in_words

    assert not declared_in_words(Document(Source(f"{words} $x$", "a.md")))[0]


def test_a_formula_that_cannot_be_read_costs_itself_alone():
    """Its fault is kept, the answer comes from the others."""
    answer = derivtex.derive("We know $\\foo\\bar{$ and $(s,t)$.\n\nLet $f = u^TMu$. What is $\\partial f/\\partial u$?")
    assert str(answer.result) == "(M + M^{T})u"


def test_a_latex_file_brings_its_parts_and_macros(tmp_path):
    r"""`\input`, a package beside it; a chapter finds the macros of the file that brings it in; an error names the file of its place."""
    (tmp_path / "mine.sty").write_text("\\newcommand{\\vx}{\\mathbf{x}}\n")
    main = "\\documentclass{book}\n\\usepackage{mine}\n\\begin{document}\n\\input{one}\n\\iffalse\\input{none}\\fi\n\\end{document}\n"
    (tmp_path / "book.tex").write_text(main)
    (tmp_path / "one.tex").write_text("Let \\(f = \\vx^T\\vx\\).\nWhat is \\(\\nabla_{\\vx} f\\)?\n")
    for name in ("book.tex", "one.tex"):
        assert str(derivtex.derive(tmp_path / name).result) == r"2\vx"
    (tmp_path / "one.tex").write_text("\n\nWhat is \\(\\nabla_{\\vx} \\operatorname{tr}(\\vx\\)?\n")
    with pytest.raises(derivtex.core.errors.SourceError) as caught:
        derivtex.derive(tmp_path / "book.tex")
    assert describe(caught.value).startswith(str(tmp_path / "one.tex") + ":3:")


def test_a_notebook_is_its_markdown(tmp_path):
    """Formulas are those of the Markdown cells; code is none."""
    cells = [
        {"cell_type": "markdown", "source": ["Let $r = \\|Nk\\|^2$."]},
        {"cell_type": "code", "source": "s = '$z$'"},
        {"cell_type": "markdown", "source": "What is the gradient of $r$ with respect to $k$?"},
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    assert str(derivtex.derive(path).result) == "2N^{T}Nk"
    assert derivtex.check(path).lines
    old = [{"cell_type": "heading", "level": 2, "source": "Norms"}, *cells[:1], {"cell_type": "code", "input": "s = '$z$'"}, *cells[2:]]
    path.write_text(json.dumps({"worksheets": [{"cells": old}], "nbformat": 3}))
    assert str(derivtex.derive(path).result) == "2N^{T}Nk"


DECLARED = {
    "A: matrix n x n positive definite": (("n", "n"), ("posdef", "symmetric")),
    "A: matrix n x n symmetric pos-def": (("n", "n"), ("posdef", "symmetric")),
    "A: matrix spd": (("n", "n"), ("posdef", "symmetric")),
    "A: matrix n^2 x n**2": (("n^2", "n^2"), ()),
    "A: matrix 2n+1 x 2n+1 lower triangular": (("2 n+1", "2 n+1"), ("lower",)),
    "A: matrix n + 1 x n + 1": (("n+1", "n+1"), ()),
}


@pytest.mark.parametrize("text", DECLARED)
def test_a_declaration_takes_powers_and_two_words(text):
    """Sizes may be sums, products and powers; a property may be two words."""
    found = read("x^TAx", wrt="x", declare=[text]).symbols["A"]
    assert (tuple(map(str, found.shape)), tuple(sorted(found.properties))) == DECLARED[text]


WRONG = {
    "A: matrix n x n symetric": "symmetric",
    "A: matrix full rank": "invertible",
    "A: matrx n x n": "matrix",
    "A: matrix n x n diagnoal": "diagonal",
}


@pytest.mark.parametrize("text", WRONG)
def test_an_unknown_word_in_a_declaration_is_answered_with_the_nearest(text):
    with pytest.raises(derivtex.core.errors.DeclarationError) as caught:
        read("x^TAx", wrt="x", declare=[text])
    assert f"did you mean {WRONG[text]}?" in caught.value.way_out


@pytest.mark.parametrize(("word", "wanted"), {
    "derivativ": "derivative", "jacobain": "jacobian", "minimzer": "minimizer", "maximized": "maximized", "gradiente": "gradiente",
    "ingredient": "ingredient", "derivation": "derivation", "differentials": "differentials", "hessien": "hessian",
}.items())  # fmt: skip
def test_a_word_of_asking_with_a_slip_is_the_one_that_is_meant(word, wanted):
    assert meant(word) == wanted


def test_a_bracket_that_bars_leave_open_is_named():
    with pytest.raises(derivtex.core.errors.SyntaxProblem, match=r"\( is not closed"):
        read(r"What is the gradient of $\|B(z - c\|^2$ with respect to $z$?")


def test_a_function_can_be_declared_by_its_spaces():
    """A function of a vector with vector values is no function of entries."""
    made = derivtex.derive("f(x)^TCf(x)", wrt="x", declare=[r"f: \mathbb R^d \to \mathbb R^d"])
    assert made.to_dict()["result"]["latex"] == "J_f(x)^{T}(C + C^{T})f(x)"


def test_a_one_that_the_words_call_ones_is_ones():
    """1U is the column sums then, and 1 in a fraction stays the number."""
    problem = read("Let $h=\\frac{1}{2}\\mathrm{tr}(1U)$, where $1$ is the matrix of ones. What is $\\partial h/\\partial U$?")
    assert "Ones" in repr(problem.target) or any("Ones" in repr(each.body) for each in problem.definitions)


def test_a_function_is_what_the_words_say():
    """`a(.)` as the hyperbolic tangent of each entry, written a as the author does."""
    problem = read("With $E = \\|a(Wx) - t\\|^2$, where $a(.)$ means $\\tanh$ of each entry, what is $\\partial E/\\partial W$?")
    assert "Tanh" in repr((problem.target, problem.definitions)) and problem.spelling.mark("Tanh") == "a"


def test_everything_can_be_complex():
    """Then the derivative by a conjugate is that of a complex variable."""
    problem = read("The cost is $J = |s - w^Hu|^2$; all signals are complex. What is the gradient of $J$ with respect to $w^*$?")
    assert problem.wrt[0].name == "w" and all("complex" in problem.symbols[name].properties for name in ("w", "u", "s"))


def test_an_expectation_leaves_its_name_as_given():
    """R = E[xx^T] defines nothing that could be computed; a chain goes on to the side that can."""
    chain = "$J(A) = E[\\|y-Ax\\|^2] = \\mathrm{tr}(S) - 2\\mathrm{tr}(AQ) + \\mathrm{tr}(ARA^T)$"
    problem = read(f"Let {chain} with $R=E[xx^T]$. What is $\\partial J/\\partial A$?")
    assert "R" in problem.symbols and [each.name.name for each in problem.definitions] == ["J"]


def test_a_script_behind_a_letter_in_the_words_is_no_formula():
    """`is it w[itex]^{2}[/itex]?` in a question about w^T S w."""
    found = derivtex.derive("Derive [itex]\\lambda (w^{T}\\Sigma w - c)[/itex] with respect to w, is it w[itex]^{2}[/itex]?")
    assert found.confirmed and found.to_dict()["wrt"] == "w"


@pytest.mark.parametrize("words", [
    r"with $\vec X$ and $A$ being a $n \times 1$ and a $n \times m$ matrix, respectively",
    r"where $\vec X$ and $A$ have sizes $n\times 1$ and $n\times m$",
])  # fmt: skip
def test_sizes_that_are_told_in_turn_make_kinds_of_their_own(words):
    """The second name is what its own size says, not of the kind of the first."""
    found = derivtex.derive(r"Find $\frac{\partial}{\partial A} \text{tr}[(\vec X^T A)^T (\vec X^T A)]$, " + words + ".").to_dict()
    assert found["result"]["latex"] == r"2\vec X\vec X^{T}A"


@pytest.mark.parametrize(
    ("what", "expected"), [("m × 10 matrix", "an"), ("p × 10 matrix", "a"), ("orthogonal matrix", "an"), ("vector", "a"), ("8 × 2 matrix", "an")]
)
def test_the_article_is_the_spoken_one(what, expected):
    from derivtex.reading.meaning.told import article

    assert article(what) == expected


@pytest.mark.parametrize("words", [
    "Let $f(x) = \\|Ax - b\\|_1$ hmm, actually I want the smooth version, $f(x) = \\|Ax - b\\|_2^2$.",
    "I asked about $f(x) = \\|Ax - b\\|_1$. Sorry, that was wrong. It is $f(x) = \\|Ax - b\\|_2^2$.",
    "First $f(x) = a^T x + b^T b$ and $\\nabla_x f = a$. Now consider $f(x) = \\|Ax - b\\|_2^2$.",
])  # fmt: skip
def test_a_formula_that_is_taken_back_in_words_makes_way(words):
    found = derivtex.derive(words + " What is the gradient of $f$ with respect to $x$?")
    assert found.to_dict()["result"]["latex"] in ("2A^{T}(Ax - b)", "2A^{T}r") and "given twice" in " ".join(found.derivation.problem.guesses)


def test_a_second_side_without_such_words_is_a_claim():
    found = derivtex.derive("Let $f(x) = \\|Ax - b\\|_2^2$. Then $f(x) = x^TA^TAx$, I think. What is the gradient of $f$ by $x$?")
    assert len(found.derivation.problem.claims) == 1 and "given twice" not in " ".join(found.derivation.problem.guesses)


@pytest.mark.parametrize("words", [
    "The labels are one-hot vectors $y_i$.", "Here $y_i$ is one-hot.", "The label is one-hot encoded as $y_i \\in \\{0,1\\}^K$.",
    "$y_i$ are one-hot encoded labels.", "Take the one-hot target $y_i$ of each sample.",
])  # fmt: skip
def test_one_hot_labels_sum_to_one(words):
    found = derivtex.derive(words + " $L = -\\sum_{i=1}^n y_i^T\\log \\mathrm{softmax}(Wx_i)$. What is the gradient of $L$ with respect to $W$?")
    assert r"\mathbf{1}" not in found.to_dict()["result"]["latex"] and found.confirmed


def test_that_every_member_sums_to_one_may_be_a_formula():
    found = derivtex.derive(r"L = -\sum_{i=1}^n y_i^T\log\mathrm{softmax}(Wx_i); \mathbf{1}^T y_i = 1", wrt="W", of="L")
    assert r"\mathbf{1}" not in str(found.result)


@pytest.mark.parametrize("words", [
    "Let $K=\\exp(-\\gamma D)$ elementwise, $L = y^TKy$.", "Let $K=\\exp(-\\gamma D)$, where exp is applied elementwise, $L = y^TKy$.",
    "Let $K=\\exp(-\\gamma D)$ with $\\exp$ acting on each entry, $L = y^TKy$.",
    "With the elementwise exponential $K=\\exp(-\\gamma D)$ let $L = y^TKy$.",
    "Let $K=\\exp(-\\gamma D)$ (the exponential is taken entry by entry), $L = y^TKy$.",
])  # fmt: skip
def test_words_say_that_a_function_acts_on_entries(words):
    found = derivtex.derive(words + " What is the gradient of $L$ with respect to $\\gamma$?")
    assert r"\odot" in found.to_dict()["result"]["latex"] and found.confirmed


def test_the_product_of_entries_says_nothing_of_functions():
    words = "Let $K=\\exp(-\\gamma D)\\odot B$ where $\\odot$ is the elementwise product, $L = y^TKy$. Gradient of $L$ w.r.t. $\\gamma$?"
    assert any("exp of a square matrix" in each for each in derivtex.derive(words).derivation.problem.guesses)


def test_a_case_of_which_the_words_speak_is_not_put_in():
    """“If $G = 0$” makes no number of G, and no zero of f."""
    text = r"Let $f = \operatorname{tr}(KGK^T)$. If $G = 0$, then $f = 0$. What is $\frac{\partial f}{\partial K}$?"
    problem = read(Source(text, "a.md"))
    assert problem.symbols["G"].kind == "matrix" and "G = 0 is a case, and is not put in" in problem.guesses
