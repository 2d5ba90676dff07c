"""The author's names: indexed ones in the lines, and marks that must not look like a name."""

import pytest

import derivtex
from derivtex.core.errors import Source
from derivtex.core.shapes import Dim, shape
from derivtex.interface import Answer
from derivtex.operations import Index, Inner, SumOver, symbol
from derivtex.writing.formula import latex
from derivtex.writing.prose import with_formulas

A = symbol("A", "matrix", shape("n", "n"))

FAMILIES = ["x_i : vector d for i = 1..n", "y_i : scalar for i = 1..n", "w : vector d", "b : scalar"]


def answer(source: str, wrt: str, declare=()) -> Answer:
    return derivtex.derive(source, wrt=wrt, declare=[*FAMILIES, *declare])


def test_a_residual_keeps_its_name():
    """−Σ rᵢxᵢ, not −Σ (yᵢ − wᵀxᵢ − b)xᵢ, on every line; what rᵢ is stands with what is given."""
    found = answer("r_i = y_i - w^\\top x_i - b\nL = \\frac12\\sum_{i=1}^{n}r_i^2", "w")
    assert found.to_dict()["result"]["latex"] == r"-\sum_{i=1}^{n} r_ix_i"
    assert r"dr_i = -x_i^{\top}\,dw" in found.to_latex()
    assert r"r_i = y_i - w^{\top}x_i - b" in found.to_latex(template="beamer")


def test_a_name_is_used_where_its_negative_stands():
    found = answer("r_i = y_i - w^\\top x_i\nL = \\sum_{i=1}^{n}(r_i + \\exp(w^\\top x_i - y_i))", "w")
    assert found.to_dict()["result"]["latex"] == r"\sum_{i=1}^{n} \bigl(\exp(-r_i) - 1\bigr)x_i"


def test_a_name_that_uses_a_name():
    found = answer("a_i = w^\\top x_i + b\np_i = \\sigma(a_i)\nL = -\\sum_{i=1}^{n} y_i\\log p_i", "w", [r"\sigma : function elementwise"])
    assert found.to_dict()["result"]["latex"] == r"-\sum_{i=1}^{n} y_i(1 - p_i)x_i"


def test_another_letter_of_the_index():
    """The name is found for any value of its index, another letter too."""
    found = answer("r_i = y_i - w^\\top x_i\nL = \\frac12\\sum_{k=1}^{n}r_k^2", "w")
    assert found.to_dict()["result"]["latex"] == r"-\sum_{k=1}^{n} r_kx_k"


def test_what_is_not_the_same_is_not_named():
    """r has another index in its parts."""
    found = answer("r_i = y_i - w^\\top x_i\nL = \\sum_{i=1}^{n}\\sum_{k=1}^{n}\\exp(y_i - w^\\top x_k)", "w")
    assert "r_" not in found.to_dict()["result"]["latex"]


def test_a_logistic_function_written_out():
    """1/(1 + e⁻ᵗ) is known by its name, and the name is explained."""
    found = answer(r"\sum_{i=1}^{n} y_i\log\frac{1}{1+e^{-w^Tx_i}} + (1-y_i)\log\left(1-\frac{1}{1+e^{-w^Tx_i}}\right)", "w")
    assert found.to_dict()["result"]["latex"] == r"\sum_{i=1}^{n} \bigl(y_i - \sigma(w^{T}x_i)\bigr)x_i"
    assert r"Here $\sigma(t)$ is $\frac{1}{1 + e^{-t}}$." in found.to_latex()


def test_the_other_ways_to_write_it():
    for source, result in (
        (r"\frac{e^{w^Tb}}{1+e^{w^Tb}}", r"\sigma(w^{T}b)\bigl(1 - \sigma(w^{T}b)\bigr)b"),
        (r"\frac{1}{1+e^{w^Tb}}", r"-\sigma(-w^{T}b)\bigl(1 - \sigma(-w^{T}b)\bigr)b"),
    ):
        found = derivtex.derive(source, wrt="w", declare=["w, b : vector d"])
        assert found.to_dict()["result"]["latex"] == result


def test_a_mark_gives_way_to_a_name():
    """σ is the author's, so the logistic function is not written σ."""
    found = derivtex.derive(r"\sigma^2\log(1+\exp(w^Tx))", wrt="w", declare=["w, x : vector n", r"\sigma : scalar"])
    assert found.to_dict()["result"]["latex"] == r"\sigma^{2}\operatorname{sigmoid}(w^{T}x)x"


def test_an_index_outside_its_sum():
    """A bare formula is read as a definition is: the sum goes on as far as its index does, and that is said."""
    found = derivtex.derive(r"\sum_{i=1}^n w^Tx_i + y_i w^Tx_i", wrt="w", declare=FAMILIES)
    assert found.to_dict()["result"]["latex"] == r"\sum_{i=1}^{n} (1 + y_i)x_i"
    assert "the sum over i goes on" in found.derivation.problem.guesses[0]


def test_sizes_that_the_source_leaves_open():
    """An undeclared w in the definition of an indexed name."""
    found = derivtex.derive("r_i = y_i - w^\\top x_i\nL = \\sum_{i=1}^{n}r_i^2", wrt="w", declare=FAMILIES[:2])
    assert found.to_dict()["result"]["latex"] == r"-2\sum_{i=1}^{n} r_ix_i"


def test_a_formula_with_a_space_in_a_brace_is_one_formula():
    """What is said about `\\lambda_i({\\bf X})` keeps its braces together."""
    assert with_formulas(r"\lambda_i({\bf X}) is one") == r"$\lambda_i({\bf X})$ is one"
    assert with_formulas(r"\boldsymbol x is a vector") == r"$\boldsymbol x$ is a vector"
    assert with_formulas("the left side is m × n, the right side n × p") == r"the left side is $m \times n$, the right side $n \times p$"


def test_a_letter_behind_a_tall_bracket():
    r"""`\left\langle A` and not `\left\langleA`, which is no macro."""
    tall = SumOver(Index("i", Dim.of(1), Dim.of("n")), A)
    assert r"\left\langle A" in latex(Inner(A * tall, tall))


def test_a_macro_of_the_document_around_is_written_as_it_is_typed():
    """It need not be defined in the formula's own text, and one use is enough; where the author does without it, so do we."""
    around = r"\newcommand{\vw}{\mathbf w}"
    assert r"\partial\vw" in derivtex.derive(Source(r"b^T \vw", context=around), wrt=r"\vw").to_latex()
    assert r"\vw" not in derivtex.derive(Source(r"b^T \mathbf w", context=around), wrt=r"\mathbf w").to_latex()


@pytest.mark.parametrize("template", ["eqnarray", "align"])
@pytest.mark.parametrize("defined", [r"\newcommand{\trace}{\operatorname{Tr}}", r"\DeclareMathOperator{\trace}{Tr}"])
def test_an_operator_that_the_author_defines_is_written_as_it_is_typed(defined, template):
    """Also where its name is one that we know."""
    assert r"\trace(X^{T}AX)" in derivtex.derive(rf"{defined} \trace(X^T A X)", wrt="X").to_latex(template=template)
    elsewhere = derivtex.derive(rf"{defined} \trace(X^T A X)", wrt="X").to_latex(profile="github")
    assert r"\mathrm{trace}(X^{T}AX)" in derivtex.derive(r"\trace(X^T A X)", wrt="X").to_latex() and r"\mathrm{trace}" in elsewhere
