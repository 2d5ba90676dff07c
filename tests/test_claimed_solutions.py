"""Solutions that an asker claims: compared with the one that is found, and what is wrong with them."""

import pytest

import derivtex
from derivtex.core.errors import Source
from derivtex.reading import claimed_solutions
from derivtex.reading.meaning.solutions import without

RIDGE = "Let $X$ be an $n\\times p$ matrix, $y\\in\\mathbb{R}^n$ and $\\lambda>0$ a number. "
QUESTIONS = {
    # question, wish, verdicts on the claimed solutions, words of the post
    "ridge": (RIDGE + "Show that the minimizer of $\\|y-X\\beta\\|^2+\\lambda\\|\\beta\\|^2$ over $\\beta$ "
              "is $\\hat\\beta=(X^TX+\\lambda I)^{-1}X^Ty$.",
              "solve", ["holds"], "**Yes: the minimum is at"),
    "an inverse that got lost": ("I minimise $f(x)=\\frac12x^TAx-b^Tx$ over $x$, where $A$ is positive definite, and get $x=Ab$. Is this right?",
                                 "confirm", ["fails"], "from $Ax = b$ follows $x = A^{-1}b$"),
    "sizes that do not conform": ("Which $w$ minimises $\\|Xw-y\\|^2$? I get $w=(XX^T)^{-1}Xy$. Where is my mistake?",
                                  "mistake", ["fails"], "$m$ columns meet $n$ rows"),
    "portfolio": ("Let $\\Sigma$ be a covariance matrix. Prove that the portfolio minimising $w^T\\Sigma w$ subject to $w^T\\mathbf 1=1$ is "
                  "$w^*=\\frac{\\Sigma^{-1}\\mathbf 1}{\\mathbf 1^T\\Sigma^{-1}\\mathbf 1}$.", "why", ["holds"], "as claimed"),
    "half a portfolio": ("Let $\\Sigma$ be a covariance matrix. Minimise $w^T\\Sigma w$ over $w$ subject to $w^T\\mathbf 1=1$. I get "
                         "$w^*=\\frac{\\Sigma^{-1}\\mathbf 1}{2\\,\\mathbf 1^T\\Sigma^{-1}\\mathbf 1}$. Right?", "confirm", ["fails"], "**No: "),
    "weights": ("For $\\min_\\beta (y-X\\beta)^TW(y-X\\beta)$ with positive definite $W$, is the solution $\\beta=(X^TWX)^{-1}X^TWy$?",
                "confirm", ["holds"], "as claimed"),
    "a gradient set to zero": ("The gradient of $f(\\alpha)=\\|y-K\\alpha\\|^2+\\lambda\\alpha^TK\\alpha$ with $K$ symmetric positive definite is "
                               "$-2K(y-K\\alpha)+2\\lambda K\\alpha$. If I set it to zero, do I get $\\alpha=(K+\\lambda I)^{-1}y$?",
                               "confirm", ["holds"], "**Yes: the minimum is at"),
    "an equation": ("I minimise $\\underset{x}{min}\\,\\|Ax-b\\|^2+\\|Lx\\|^2$. Show that the solution is $(A^TA+L^TL)x=A^Tb$.",
                    "why", ["holds"], "as claimed"),
    "another equation": ("I minimise $\\min_x\\|Ax-b\\|^2+\\|Lx\\|^2$. The solution is said to be $(A^TA+LL^T)x=A^Tb$. Which $x$ is it?",
                         "solve", [], "The minimum is at"),
    "the other way round": ("Minimise $\\|Ax-b\\|^2$ over $x$. I found $(A^TA)^{-1}A^Tb = x$. Is that right?", "confirm", ["holds"], "as claimed"),
    "by its multiplier, in a plain text": ("Find the minimum value of (x^t)x subject to (v^t)x = k, where v is a fixed vector in R^n and k is a "
                                           "constant. I let L(x,lambda) = (x^t)x + lambda*(k - (v^t)x), so grad L = 2x - lambda*v = 0 and therefore "
                                           "x = 1/2*lambda*v. Is it right?", "confirm", ["holds"], "as claimed"),
    "another result behind it": ("With the loss $J(b)=\\|Fb-t\\|^2+\\gamma\\|b\\|^2$ the solution is $b=(F^TF+\\gamma I)^{-1}F^Tt$. I get "
                                 "$(F^TF+2\\gamma I)^{-1}F^Tt$ because of the 2 in the derivative of the second term. Where does it go?",
                                 "why", ["holds", "fails"], "is not the solution. The minimum is at"),
    "a derivative that is only spoken of": ("I look for $Z$ minimising $\\|T-R^TZ\\|_F^2$. The derivative is $-2R(T-R^TZ)$. Setting it to zero gives "
                                            "$RT = RR^TZ$ and so $Z = (R^TR)^{-1}RT$. Can this be made rigorous?",
                                            "why", ["fails"], "columns meet"),
    "two steps, of which the second is wrong": ("Minimise $\\|Dq-g\\|^2+\\nu\\|q\\|^2$ over $q$. The gradient is $2D^T(Dq-g)+2\\nu q$. Setting it to "
                                                "zero gives $q=(D^TD-\\nu I)^{-1}D^Tg$. Is it correct?", "confirm", ["fails"], "is not the solution"),
    "names of which nothing is told": ("Minimise $\\|Ax-b\\|^2$ over $x$. I found $x^* = Gb$. Is that right?",
                                       "confirm", ["unknown"], "Whether $x^* = Gb$ is right is not decided"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_claimed_solution_is_compared_with_the_one_that_is_found(name):
    question, wish, verdicts, words = QUESTIONS[name]
    reply = derivtex.answer(question)
    claims = claimed_solutions(Source(question))
    at = {claim.span.start for claim in claims}
    found = [line.verdict for line in reply.report.lines if line.span.start in at] if reply.report else []
    assert (reply.wish, found) == (wish, verdicts) and words in reply.text
    assert reply.solution is not None and reply.solution.confirmed


def test_what_is_wrong_in_a_claim_bends_nothing():
    """Of w = (XXᵀ)⁻¹Xy, which does not conform, X does not become square; and it is no constraint."""
    question = QUESTIONS["sizes that do not conform"][0]
    solved = derivtex.answer(question).solution.solution
    rows, columns = solved.problem.symbols["X"].shape
    assert rows != columns and not solved.bound.constraints


@pytest.mark.parametrize("text", [
    "Minimise $f(w) = \\|Xw-y\\|^2$ over $w$, where $w = \\theta - w$ is a shift.",  # with itself on the right
    "The optimum of $\\|y-X\\beta\\|^2$: here $y = [y_1, \\ldots, y_n]^T$ and $n = 3$.",
    "Find the gradient of $f(x) = x^TAx$. I get $g = 2Ax$.",  # of no optimum
    "Minimise $L(w,\\lambda) = w^TCw - \\lambda(w^Tu-1)$ over $w$.",
])  # fmt: skip
def test_what_is_no_claimed_solution(text):
    assert not claimed_solutions(Source(text))


def test_the_source_without_claims_keeps_its_places():
    source = Source(QUESTIONS["ridge"][0])
    claims = claimed_solutions(source)
    left = without(source, claims).text
    assert len(left) == len(source.text) and "\\hat" not in left and left.index("Show") == source.text.index("Show")


def test_lines_of_a_derivation_are_no_constraints():
    """Only what the words put as a constraint binds: the asker's own normal equations do not."""
    steps = "Minimise $\\|Ax-b\\|^2$ over $x$. I come to $2A^TAx = A^Tb$, and stop."
    assert not derivtex.solve(steps).solution.bound.constraints
    assert derivtex.solve("Minimise $\\|x\\|^2$ over $x$ subject to $Ax=b$.").solution.bound.constraints
    assert derivtex.solve("Minimise $\\|x-c\\|^2$ over $x$ with $a^Tx=1$, where $c$ and $a$ are vectors.").solution.bound.constraints


BOUND = [
    r"How do I derive the portfolio that minimises $w^T\Sigma w$ with $\mu^Tw = r$?",
    r"Minimise $w^TPw$. To obtain a nontrivial solution we let $a^Tw = 1$.",
    r"Derive the point on the plane $a^Tx = b$ that minimises $\|x - p\|^2$.",
    r"$\min_{x: Ax=b} \|x\|^2$",
    r"Minimise $\|x-p\|^2$ over the set $\{x \mid Ax = b\}$.",
    r"Let $C = \{x : Ax = b\}$. Minimise $\|x-p\|^2$ over $x\in C$.",
]


@pytest.mark.parametrize("text", BOUND)
def test_what_is_to_hold_is_not_lost(text):
    """The word nearest to an equation tells whether it binds, as what stands below an optimum or in the braces of a set does."""
    assert len(derivtex.solve(text).solution.bound.constraints) == 1


RESTRICTED = [  # what is minimised is behind “Minimise”
    r"$\|A-X\|_F^2$ over matrices $X$ of rank 1", r"$\|A-X\|_F^2$ over all rank-one matrices $X$", r"$\|Ax-b\|^2$ over nonnegative $x$",
    r"$\|x-y\|^2$ where $x$ is a probability distribution", r"$\|x-y\|^2$ over $x \in \mathcal{X}$", r"$\|x-y\|^2$ over $x$ with integer entries",
    r"$\|x-y\|^2$ subject to the sum of the entries of $x$ being zero", r"$\|x-y\|^2$ over $x$ bounded by one",
]  # fmt: skip


@pytest.mark.parametrize("what", RESTRICTED)
def test_what_only_words_ask_of_the_unknown_is_refused(what):
    with pytest.raises(derivtex.DerivtexError, match="is a constraint that no formula tells"):
        derivtex.solve(f"Minimise {what}.", check=False)


@pytest.mark.parametrize(("what", "found"), [
    (r"$\|A-X\|_F^2$ over symmetric $X$", r"\frac{1}{2}(A + A^{T})"), (r"$\|A-X\|_F^2$ over orthogonal matrices $X$", r"\operatorname{polar}(A)"),
    (r"$\|Ax-b\|^2$ over the weight vector $x$", "(A^{T}A)^{-1}A^{T}b"), (r"$\|x\|^2$ with $Ax=b$, subject to $Ax=b$", "A^{T}(AA^{T})^{-1}b"),
])  # fmt: skip
def test_what_words_ask_of_the_unknown_is_taken(what, found):
    assert str(derivtex.solve(f"Minimise {what}.", check=False).result) == found


def test_an_unknown_that_is_made_of_another():
    with pytest.raises(derivtex.DerivtexError, match="x is made of Z, u here"):
        derivtex.solve(r"Minimise $\|Ax-b\|^2$ over $x$ where $x = Zu$.")


@pytest.mark.parametrize("words", ["The weights must sum to one", "Let $w$ be in the probability simplex"])
def test_a_constraint_that_only_words_tell_is_no_silent_loss(words):
    with pytest.raises(derivtex.DerivtexError, match="is a constraint that no formula tells"):
        derivtex.solve(rf"Find the $w$ that minimises $w^T\Sigma w$. {words}.")
    assert derivtex.solve(rf"Find the $w$ that minimises $w^T\Sigma w$ with $w^T\mathbf{{1}} = 1$. {words}.").solution.bound.constraints


@pytest.mark.parametrize("constraint", [r"$x \perp a$", r"$x\in\mathcal{N}(A)$", "$x$ such that $x_1 = 1$", "$x$ subject to $y_i(a_i^Tx + b) = 1$",
                                        "$x$ orthogonal to $a$", "all $x$ on the unit sphere"])  # fmt: skip
def test_a_constraint_that_is_read_as_something_else_is_refused(constraint):
    with pytest.raises(derivtex.DerivtexError, match="constraint"):
        derivtex.solve(rf"Minimise $\|x - c\|^2$ over {constraint}.")


def test_setting_the_gradient_to_zero_asks_for_no_gradient():
    """The unknown is that of the solution that is claimed."""
    found = derivtex.answer(r"Let $L=\|y-Xw\|^2$. Show that setting the gradient to zero gives $w = (X^TX)^{-1}X^Ty$.")
    assert found.wish == "why" and "as claimed" in found.text.splitlines()[0]


def test_a_claim_with_a_name_that_nothing_explains_is_said_to_be_undecided():
    given = r"Let $L = \sum_{n=1}^N (t_n - \mathbf w^T\phi(\mathbf x_n))^2$."
    text = derivtex.answer(rf"{given} Show that setting the gradient to zero gives $\mathbf w = (\Phi^T\Phi)^{{-1}}\Phi^T\mathbf t$.").text
    assert r"\hat{\mathbf{w}} &=" in text and r"is not decided: $\Phi$ does not stand in what is minimised" in text


OWN_LINES = {
    # lines of an asker, their verdicts behind the objective, words of the post
    "a number lost between the equation and its solution": (
        "My cost is $E(a)=\\frac{1}{2N}\\|Ka-z\\|_2^2+\\frac{\\rho}{2}\\|a\\|_2^2$ and I want the closed form.\n\n\\begin{align}\n"
        "\\nabla E(a) &= \\frac1N K^T(Ka-z)+\\rho a \\\\\n0 &= K^TKa - K^Tz + N\\rho a \\\\\n"
        "(K^TK+\\rho I)a &= K^Tz \\\\\na &= (K^TK+\\rho I)^{-1}K^Tz\n\\end{align}\n\nWhere did I go wrong?",
        ["holds", "condition", "fails", "fails"], r"does not hold is $(K^TK+\rho I)a = K^Tz$"),
    "a sign under a covariance, and what comes of it": (
        "The log-likelihood is\n\n$$q(\\Sigma) = -\\frac N2\\log\\det\\Sigma - \\frac12\\sum_{j=1}^N (z_j-m)^T\\Sigma^{-1}(z_j-m)$$\n\nMy lines:\n\n"
        "$$q(\\Sigma) = -\\frac N2\\log\\det\\Sigma - \\frac12\\operatorname{tr}(\\Sigma^{-1}T), \\quad T = \\sum_{j=1}^N (z_j-m)(z_j-m)^T$$\n"
        "$$\\frac{\\partial q}{\\partial\\Sigma} = -\\frac N2 \\Sigma^{-1} - \\frac12 \\Sigma^{-1}T\\Sigma^{-1}$$\n"
        "$$\\Sigma = -\\frac1N T$$\n\nWhere is my error?",
        ["holds", "definition", "fails", "fails"], "A sign got lost on the way"),
    "a sign lost on the way, of a function that is named without its argument": (
        "My objective is $R(h) = (t-Gh)^TM(t-Gh) + \\tau h^Th$ with symmetric $M$.\n$$\\nabla R = -2G^TM(t - Gh) + 2\\tau h$$\n"
        "$$G^TMt = G^TMGh - \\tau h$$\n$$h = (G^TMG - \\tau I)^{-1}G^TMt$$\nBooks have $h = (G^TMG+\\tau I)^{-1}G^TMt$. Where did I go wrong?",
        ["holds", "fails", "fails", "holds"], r"does not hold is $G^TMt = G^TMGh - \tau h$"),
    "a right solution in a name of the asker's": (
        "The log-likelihood is\n\n$$q(C) = -\\frac N2\\log\\det C - \\frac12\\sum_{j=1}^N (z_j-m)^TC^{-1}(z_j-m)$$\n\nMy lines:\n\n"
        "$$q(C) = -\\frac N2\\log\\det C - \\frac12\\operatorname{tr}(C^{-1}T), \\quad T = \\sum_{j=1}^N (z_j-m)(z_j-m)^T$$\n"
        "$$\\frac{\\partial q}{\\partial C} = -\\frac N2 C^{-1} + \\frac12 C^{-1}TC^{-1}$$\n$$C = \\frac1N T$$\n\nIs there an error?",
        ["holds", "definition", "holds", "holds"], ""),
    "factors that do not conform where the other lines do": (
        "I minimise $h(c) = (d - Mc)^\\top P(d - Mc)$ where $P$ is a diagonal matrix. My lines:\n\n"
        "$\\nabla_c h = -2M^\\top Pd + 2MPM^\\top c$\n\n$\\hat c = (M^\\top PM)^{-1}M^\\top Pd$\n\nWhere is the mistake?",
        ["fails", "holds"], "put the sizes below the factors"),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN_LINES)
def test_the_first_line_that_leaves_the_way_is_told_and_no_right_one(name):
    text, verdicts, words = OWN_LINES[name]
    reply = derivtex.answer(text)
    assert [line.verdict for line in reply.report.lines][1:] == verdicts and words in reply.text


def test_a_name_that_is_put_in_is_no_solution():
    """Behind a derivative by h, h = Vs brings in names of its own: it says what h is made of."""
    text = "Let $L(h) = \\|h-t\\|^2$.\n$$\\frac{\\partial L}{\\partial h} = 2(h-t)$$\n$$h = Vs$$\nFind $\\partial L/\\partial V$."
    assert not claimed_solutions(Source(text))
