r"""What people write is read as they mean it, and what has two readings is refused with both: one table for each kind of notation."""

from __future__ import annotations

import pytest

from derivtex.core.errors import DerivtexError, describe
from derivtex.interface import derive
from derivtex.reading import read

DECLARED = (
    "A : matrix n x n", "B : matrix n x n", "C : matrix m x n", "X : matrix n x n", "Y : matrix m x n", "S : matrix n x n symmetric posdef",
    "x : vector n", "y : vector n", "c : scalar", "p : scalar", "q : scalar",
)  # fmt: skip


def reading(source: str, wrt: str = "X", declare: tuple[str, ...] = DECLARED) -> object:
    return read(source, wrt=wrt, declare=declare).target


def same(rows: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    """Each row: what is written, the same without a doubt, and by what, if not by X."""
    return pytest.mark.parametrize(("written", "meant", "wrt"), [(*row, "X")[:3] for row in rows], ids=[row[0] for row in rows])


def refused(rows: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    """Each row: what is written, words of the error or its way out, and by what, if not by X."""
    return pytest.mark.parametrize(("written", "told", "wrt"), [(*row, "X")[:3] for row in rows], ids=[row[0] for row in rows])


def refusal(source: str, wrt: str | None = "X", declare: tuple[str, ...] = DECLARED) -> str:
    with pytest.raises(DerivtexError) as caught:
        derive(source, wrt=wrt, declare=declare)
    return describe(caught.value)


@same([
    (r"\vert\vert X-A\vert\vert_F^2", r"\|X-A\|_F^2"),
    (r"\lvert\lvert X-A\rvert\rvert_F^2", r"\|X-A\|_F^2"),
    (r"\left|\left|X-A\right|\right|_F^2", r"\|X-A\|_F^2"),
    (r"\bigl|\bigl|X-A\bigr|\bigr|_F^2", r"\|X-A\|_F^2"),
    (r"\mid\mid X-A\mid\mid_F^2", r"\|X-A\|_F^2"),
    (r"\parallel X-A\parallel_F^2", r"\|X-A\|_F^2"),
    (r"||X-A||_F^2", r"\|X-A\|_F^2"),
    (r"\left|\left|Xx\right|\right|\left|\left|y\right|\right|", r"\|Xx\|\,\|y\|"),
    (r"||x|-|y||", r"\left|\|x\|-\|y\|\right|", "x"),
    (r"||c|-p|^2", r"\left|\left(|c|-p\right)\right|^2", "c"),
    (r"|X||A|", r"\det(X)\det(A)"),
])  # fmt: skip
def test_two_bars_in_a_row_are_a_norm(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)


@same([
    (r"\det X\det B", r"\det(X)\det(B)"),
    (r"\det X\operatorname{tr}B", r"\det(X)\operatorname{tr}(B)"),
    (r"\det X\,|c|^2", r"\det(X)|c|^2"),
    (r"\log\det X\log\det B", r"\log(\det(X))\log(\det(B))"),
    (r"\det X^T\det X", r"\det(X^T)\det(X)"),
    (r"\det X^TAX", r"\det(X^TAX)"),
    (r"\det cX", r"\det(cX)"),
    (r"\det X^T\operatorname{diag}(x)X", r"\det(X^T\operatorname{diag}(x)X)"),
    (r"\operatorname{tr}A\operatorname{tr}X", r"\operatorname{tr}(A)\operatorname{tr}(X)"),
    (r"\operatorname{tr}A\cdot\operatorname{tr}X", r"\operatorname{tr}(A)\cdot\operatorname{tr}(X)"),
    (r"\operatorname{tr}X\log S", r"\operatorname{tr}(X\log(S))"),
    (r"\operatorname{tr}(X-A)^T(X-A)", r"\operatorname{tr}((X-A)^T(X-A))"),
    (r"\operatorname{tr}(X-A)'(X-A)", r"\operatorname{tr}((X-A)'(X-A))"),
    (r"\operatorname{tr}(X)^TS", r"\operatorname{tr}(X^TS)"),
    (r"\operatorname{tr}(X)^2", r"(\operatorname{tr}(X))^2"),
    (r"\operatorname{tr}(X)A", r"(\operatorname{tr}(X))A"),
    (r"\operatorname{vec}(X)^T\operatorname{vec}(A)", r"(\operatorname{vec}(X))^T\operatorname{vec}(A)"),
    (r"\log|X||S|", r"\log(|X||S|)"),
    (r"\log(2\pi)^3|X|", r"\log((2\pi)^3|X|)"),
    (r"\log 2\pi|X|", r"\log(2\pi|X|)"),
    (r"\log|X|/2", r"(\log|X|)/2"),
    (r"\sin(c)/2", r"(\sin(c))/2", "c"),
    (r"\sin(c)(1-c)", r"(\sin(c))\cdot(1-c)", "c"),
    (r"\log\sigma(c)/2", r"(\log(\sigma(c)))/2", "c"),
    (r"\sin p\cos c", r"\sin(p)\cos(c)", "c"),
    (r"\sin 2\pi c", r"\sin(2\pi c)", "c"),
    (r"\log x^Ty", r"\log(x^Ty)", "x"),
    (r"\log\mathbf{1}^T\exp(x)", r"\log(\mathbf{1}^T\exp(x))", "x"),
    (r"\log\frac{c}{p}q", r"(\log(\frac{c}{p}))q", "c"),
    (r"\prod_i x_i\prod_j y_j", r"(\prod_i x_i)(\prod_j y_j)", "x"),
    (r"\prod_i cx_i", r"\prod_i (cx_i)", "x"),
])  # fmt: skip
def test_words_reach_as_far_as_the_rule_says(written, meant, wrt):
    assert reading(written, wrt) is reading(meant, wrt)


@refused([
    (r"\sum_i x_i\log x_i/y_i", r"\log(x_i/y_i) and as (\log x_i)/y_i", "x"),
    (r"p\log p/q", r"\log(p/q) and as (\log p)/q", "p"),
    (r"\sin c/2", r"\sin(c/2) and as (\sin c)/2", "c"),
    (r"\tanh c/2", r"\tanh(c/2)", "c"),
    (r"\exp c/2", r"\exp(c/2)", "c"),
    (r"\sin c(1-c)", r"\sin(c(1-c)) and as (\sin c)(1-c)", "c"),
    (r"\log c|p|", r"\log(c|p|)", "c"),
    (r"\log 1 + c", "is 0", "c"),
    (r"\det X/2", r"\det(X/2) and as (\det X)/2"),
    (r"\log\det X/2", r"(\log \det X)/2"),
    (r"\log|X|/|S|", r"\log(|X|/|S|)"),
    (r"\det X\,c", r"\det(X)\,c and as \det(c\,X)"),
    (r"\det X\,x^Ty", r"\det(X)\,x^Ty"),
    (r"\operatorname{tr}X\cdot B", r"\operatorname{tr}(X\,B) and as (\operatorname{tr} X)\,B"),
    (r"\operatorname{tr}X\otimes B", r"\operatorname{tr}(X\otimes B)"),
    (r"\log\det|X|", r"leave out \det, or the bars"),
    (r"\prod_i x_i c", r"\left(\prod_i x_i\right)c", "x"),
    (r"\prod_i x_i/n", "once, or once in each factor", "x"),
    (r"\|c\|_F^2", "a number stands in a Frobenius norm", "c"),
    (r"\|c\|_*", "a number stands in a nuclear norm", "c"),
    (r"\det c", r"\det c is taken of a number", "c"),
    (r"\operatorname{loss}(x)", "is not known", "x"),
    (r"loss(x)", "loss is no function that is known", "x"),
])  # fmt: skip
def test_what_could_reach_further_is_refused_with_both_readings(written, told, wrt):
    assert told in refusal(written, wrt)


def test_letters_that_spell_a_word_before_a_bracket_are_no_product_of_declared_names():
    declare = ("W : matrix n x m", "T : matrix m x n", "t : scalar")
    assert reading("Tr(WT)", "W", declare) is reading(r"\operatorname{tr}(WT)", "W", declare)
