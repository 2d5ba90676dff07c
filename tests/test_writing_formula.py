"""Formulas: minimal brackets, the author's marks, the words that a place can render."""

import pytest

import derivtex
from derivtex.core.notation import Structural
from derivtex.core.shapes import Dim
from derivtex.core.terms import CARDS
from derivtex.operations import (
    Commutation,
    Derivative,
    Determinant,
    Diag,
    Entry,
    EntryPower,
    Hadamard,
    Identity,
    Index,
    Inner,
    Inverse,
    Kronecker,
    Log,
    Member,
    Norm,
    Number,
    Ones,
    Product,
    Sum,
    SumOver,
    Trace,
    Vec,
    d,
)  # fmt: skip
from derivtex.operations.elementwise import Call, Exp, Sigmoid
from derivtex.operations.norms import WeightedNorm
from derivtex.operations.sums import Before
from derivtex.problem import Spelling
from derivtex.writing.box import join, script
from derivtex.writing.forms import FORMS
from derivtex.writing.formula import latex
from derivtex.writing.structural import STRUCTURAL
from derivtex.writing.vocabulary import PLAIN, PORTABLE
from tests.conftest import examples_of
from tests.writing_examples import A, X, b, i, matrix, number, samples, scalar, w, x, y

t, lam = scalar("t"), scalar(r"\lambda")
quadratic = x.T * A * x

SQUARE = Dim.of("n") * "n"
J = Index("j", i.first, i.last)
PRINTED = {
    r"Ax - b": A * x - b,
    r"-x + b": -x + b,
    r"x - (b + y)": Sum((x, Product((Number(-1), Sum((b, y)))))),
    r"x^{T}(A + A^{T})x": x.T * Sum((A, A.T)) * x,
    r"\frac{1}{2}x^{T}Ax": Product((number(1, 2), x.T, A, x)),
    r"\frac{2}{x^{T}Ax}Ax": Product((Number(2), EntryPower(quadratic, Number(-1)), A, x)),
    r"\frac{x^{T}Ax}{x^{T}x}": Product((x.T, A, x, EntryPower(x.T * x, Number(-1)))),
    r"\frac{x}{\|x\|}": Product((EntryPower(Norm(x), Number(-1)), x)),
    r"\|x\|_A": WeightedNorm(x, A),
    r"\sum_{j < i} A_{ij}": SumOver(i, SumOver(J, Product((Before(J, i), Entry(A, i, J))))),
    r"\frac{1}{t}x": Product((EntryPower(t, Number(-1)), x)),
    r"\frac{1}{\sqrt{x^{T}Ax}}": EntryPower(quadratic, number(-1, 2)),
    r"\frac{1}{2t^{2}}\|x\|^{2}": Product((number(1, 2), EntryPower(t, Number(-2)), EntryPower(Norm(x), Number(2)))),
    r"t\cdot 2": Product((t, Number(2))),
    r"\lambda t": Product((lam, t)),
    r"X^{-T}": Inverse(X).T,
    r"(AX)^{-T}": Inverse(A * X).T,
    r"(X^{T})^{-1}": Inverse(X.T),
    r"x^{\odot 2}": EntryPower(x, Number(2)),
    r"x \oslash y": Hadamard((x, EntryPower(y, Number(-1)))),
    r"2\log\det(X^{T}AX)": Number(2) * Log(Determinant(X.T * A * X)),
    r"\det(X)X": Determinant(X) * X,
    r"X\det X": X * Determinant(X),
    r"\operatorname{tr}\bigl((X^{T}AX)^{-1}\,d(X^{T}AX)\bigr)": Trace(Inverse(X.T * A * X) * d(X.T * A * X)),
    r"\|Ax - b\|^{2}": EntryPower(Norm(A * x - b), Number(2)),
    r"\|AX\|_F^{2}": EntryPower(Norm(A * X), Number(2)),
    r"-2\langle A, dX\rangle": Product((Number(-2), Inner(A, d(X)))),
    r"x^{T}\,dA\,y": x.T * d(A) * y,
    r"dX^{T}": d(X).T,
    r"d(X^{T})": d(X.T),
    r"d(AX)^{T}": d(A * X).T,
    r"d^{2}t": d(d(t)),
    r"\sigma(Ax)^{T}": Sigmoid(A * x).T,
    r"g''(x)": Call("g", 2, x),
    r"\operatorname{Diag}(x)A": Diag(x) * A,
    r"tx_i^{T}w": Product((t, Member(samples, i).T, w)),
    r"-\sum_{i=1}^{n} x_i": Product((Number(-1), SumOver(i, Member(samples, i)))),
    r"\log\bigl(1 + \exp(-t)\bigr)": Log(Sum((Number(1), Exp(Product((Number(-1), t)))))),
    r"(A \otimes I_n)\,d\operatorname{vec}(X)": Kronecker(A, Identity(Dim.of("n"))) * d(Vec(X)),
    r"A\mathbf{1}": A * Ones(Dim.of("n"), Dim.of(1)),
    r"\mathbf{1}^{T}A": Ones(Dim.of(1), Dim.of("n")) * A,
    r"\mathbf{1}\mathbf{1}^{T}A": Ones(Dim.of("n"), Dim.of("n")) * A,
    r"1 - \sigma(A)": Ones(Dim.of("n"), Dim.of("n")) - Sigmoid(A),
    r"K_{m,n}": Commutation(Dim.of("m"), Dim.of("n")),
    r"\frac{\partial\lambda}{\partial X}": Derivative(lam, X, "gradient", *X.shape),
    r"\frac{\partial b}{\partial x^{T}}": Derivative(b, x, "jacobian", Dim.of("n"), Dim.of("n")),
    r"\frac{\partial\operatorname{vec}X}{\partial(\operatorname{vec}A)^{T}}": Derivative(X, A, "vec", SQUARE, SQUARE),
    r"\frac{\partial^{2}\lambda}{\partial x\,\partial x^{T}}": Derivative(lam, x, "hessian", Dim.of("n"), Dim.of("n")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "term"), PRINTED.items(), ids=PRINTED)
def test_a_term_is_printed_with_no_more_brackets_than_it_needs(text, term):
    """Each term has the LaTeX that a careful person would write."""
    assert latex(term) == text


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_every_card_can_be_printed(card):
    """Each notation has its function, and each card's examples come out with balanced braces."""
    notation = card.notation
    assert notation.form in STRUCTURAL if isinstance(notation, Structural) else type(notation) in FORMS
    for term in examples_of(card) if card is not Derivative else ():
        text = latex(term)
        assert text and text.count("{") == text.count("}") and text.count(r"\left") == text.count(r"\right")


def test_the_authors_marks_are_kept():
    """Who writes Tr, ^\\top, A:B and an upright d gets them."""
    spelling = Spelling(
        {"Trace": r"{\rm Tr}", "Transpose": r"\top", "Inner": ":", "Norm": "2", "Exp": "e"}, differential=r"\mathrm{d}"
    )
    assert latex(Trace(X.T * d(X)), spelling) == r"{\rm Tr}(X^{\top}\,\mathrm{d}X)"
    assert latex(Number(2) * Inner(A * X, d(X)), spelling) == r"2(AX:\mathrm{d}X)"
    assert latex(Inverse(X).T, spelling) == r"X^{-\top}"
    assert latex(Norm(x), spelling) == r"\|x\|_2"
    assert latex(Exp(Product((Number(-1), t))), spelling) == "e^{-t}"


def test_a_prime_as_the_mark_of_the_transpose():
    assert latex(x.T * A.T, Spelling({"Transpose": "'"})) == "x'A'"
    assert latex(Inverse(X).T, Spelling({"Transpose": "'"})) == "(X^{-1})'"


@pytest.mark.parametrize(
    ("mark", "plain", "portable"),
    [
        (r"{\rm Tr}", r"2\,\mathrm{Tr}(A)", r"2\operatorname{Tr}(A)"),
        (r"\operatorname{tr}", r"2\,\mathrm{tr}(A)", r"2\operatorname{tr}(A)"),
        (r"\Tr", r"2\,\mathrm{Tr}(A)", r"2\operatorname{Tr}(A)"),
        ("trace", r"2\,\mathrm{trace}(A)", r"2\operatorname{trace}(A)"),
    ],
)
def test_a_word_is_set_as_the_place_can_render_it(mark, plain, portable):
    """The author's word stays, its dress is the place's."""
    term, spelling = Number(2) * Trace(A), Spelling({"Trace": mark})
    assert latex(term, spelling, PLAIN) == plain
    assert latex(term, spelling, PORTABLE) == portable


def test_a_script_has_one_pair_of_braces():
    assert [script(text) for text in ("ij", "{ij}", "{a}_{b}", "{{a}b}")] == ["{ij}", "{ij}", "{{a}_{b}}", "{{a}b}"]


def test_a_name_with_a_superscript_gets_brackets_before_another():
    assert latex(matrix("W^{(1)}", "n", "n").T) == "(W^{(1)})^{T}"


def test_a_control_word_is_kept_from_the_letter_behind_it():
    assert join(r"\alpha", "x") == r"\alpha x"
    assert join(r"\alpha", "(") == r"\alpha("
    assert join(r"\mathrm{d}", "x") == r"\mathrm{d}x"


@pytest.mark.parametrize("typed", ["log det S", "log(det(S))", r"\log\det S"])
def test_a_function_of_plain_text_is_written_as_latex_has_it(typed):
    """`log det S` of a text without TeX is no word in roman letters."""
    assert r"= \log\det S$" in derivtex.derive(typed, wrt="S").to_latex()
