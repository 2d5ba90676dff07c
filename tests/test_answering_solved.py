"""Posts that ask for an optimum, or whether one is right, in the words that people use."""

import re

import pytest

import derivtex

QUESTIONS = {
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
    "a sign in an exponent": (
        "I have to differentiate $f(x) = \\log(1+\\exp(-y\\,w^Tx))$ with respect to $w$. I think the answer is $\\frac{-yx}{1+\\exp(-yw^Tx)}$. "
        "Is it correct?",
        ("A sign got lost",), ("A number got lost", "not right"),
    ),
}  # fmt: skip


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
