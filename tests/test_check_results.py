"""Formulas that the words give as the result, without a relation."""

import pytest

import derivtex

SETTING = "What is the gradient of $f$ with respect to $x$, where $f = x^TAx + b^Tx$ and $A$ is symmetric? "


def last(text):
    return derivtex.check(text).to_dict()["lines"][-1]


@pytest.mark.parametrize("words", [
    "I got $2Ax + b$.", "I think it's $2Ax + b$.", "I believe that the gradient is $2Ax + b$.", "My answer is $2Ax+b$.",
    "I tried and got\n$$2Ax + b$$",
])  # fmt: skip
def test_what_came_out_is_an_equation_for_what_was_asked(words):
    line = last(SETTING + words)
    assert (line["verdict"], line["latex"].replace(" ", "")) == ("holds", "2Ax+b")


def test_a_wrong_result_is_diagnosed():
    line = last(SETTING + "I got $Ax + b$.")
    assert line["verdict"] == "fails" and line["mistake"]["kind"] == "factor" and line["expected"] == "2Ax + b"
    assert line["place"]["column"] == len(SETTING) + len("I got $") + 1


def test_a_result_may_answer_a_formula():
    line = last("What is $\\frac{d}{dx}\\frac{x}{\\|x\\|}$ for a vector $x$? I think it is $\\frac{I}{\\|x\\|}-\\frac{xx^T}{\\|x\\|^2}$.")
    assert line["verdict"] == "fails" and line["expected"] == "\\frac{I}{\\|x\\|} - \\frac{xx^{T}}{\\|x\\|^{3}}"


def test_a_result_that_does_not_conform_is_mended_in_the_usual_layout():
    text = "What is $\\frac{\\partial}{\\partial X} \\|X^TX - I\\|_F^2$? I got $2(X^TX-I) \\cdot 2X$, but $X$ is an $n\\times k$ matrix."
    line = next(each for each in derivtex.check(text).to_dict()["lines"] if each["latex"].startswith("2"))
    assert line["verdict"] == "fails" and line["mistake"]["kind"] == "order"


def test_other_formulas_in_the_words_are_none():
    lines = derivtex.check(SETTING + "The matrix $A$ comes from $B^TB$; set $b$ to $Ac$.").to_dict()["lines"]
    assert [each["verdict"] for each in lines] == ["definition"]


def test_the_answer_says_where_a_result_goes_wrong():
    assert "**It is not $Ax + b$ but $2Ax + b$.**" in derivtex.answer(SETTING + "I got $Ax + b$.").text
