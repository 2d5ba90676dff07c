r"""Documents: where their formulas, words and code stand, in every format; mathematics without TeX."""

from __future__ import annotations

import pytest

import derivtex
from derivtex.core.errors import AmbiguityError, Source, SourceError
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.source.plaintokens import plain_tokens


def formulas(text: str, name: str = "<formula>") -> list[str]:
    """The formulas of a document as they stand."""
    document = Document(Source(text, name))
    return [document.source.text[block.start : block.end].strip() for block in document.blocks if block.kind == "formula"]


FOUND = {
    "Take $x^TAx$ and $$\\det X$$ now": ["x^TAx", r"\det X"],
    "```math\nx^Tx\n```\n\n```python\ny = '$5' # $x$\n```\n": ["x^Tx"],
    "Jekyll: \\\\(a^Tx\\\\) and \\\\[b\\\\] too": ["a^Tx", "b"],
    "Inline `$not$` code, $yes$.": ["yes"],
    "It costs $5 and then $10, but $a+b$ is a sum.": ["a+b"],
    "A share of 20% for $h$.": ["h"],
    "See https://example.org/$x$_y about $z$.": ["z"],
    "Text\n\n    code with $x$\n\nand $y$.": ["y"],
    "1. item\n\n    goes on with $x$\n": ["x"],
    "One [tex]x^Tx[/tex], then [itex]y[/itex].": ["x^Tx", "y"],
    r"\section{A} % a $comment$ \(no\)" + "\n" + r"Then \(x\) and \verb|$y$| \iffalse $z$ \fi.": ["x"],
    ".. math::\n\n   a^T x\n   + b\n\nwith :math:`b` and ``$code$``.": ["a^T x\n   + b", "b"],
    r"\begin{align}a&=b\\c&=d\end{align} for $x$ and \begin{lstlisting}$y$\end{lstlisting}": [
        r"\begin{align}a&=b\\c&=d\end{align}", "x"
    ],
    "<!-- $x$ --> $y$": ["y"],
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND, ids=range(len(FOUND)))
def test_formulas_are_found_and_nothing_else(text):
    """Code, addresses, comments and money are no formulas."""
    assert formulas(text) == FOUND[text]


PLAIN = {
    "Let y = X*w + b be the model and L = ||y - t||^2 the loss; what is dL/dw?": ["y = X*w + b", "L = ||y - t||^2", "dL/dw"],
    "We want to maximise u' Q u, is the gradient of it (Q + Q')u or not?": ["u' Q u", "(Q + Q')u"],
    "the trace(A*X) of the product, for the n x n matrix A": ["trace(A*X)"],
    "I have 3 layers and don't see why the loss isn't zero for a batch of 20x10 inputs": [],
    "Find the gradient of xᵀAx + log det Σ with respect to x": ["xᵀAx + log det Σ"],
    "1. we have Z = A @ B.T\n2. what is d/dA of sum(Z) then?": ["Z = A @ B.T", "d/dA", "sum(Z)"],
}


@pytest.mark.parametrize("text", PLAIN, ids=range(len(PLAIN)))
def test_formulas_without_tex_are_found_by_their_marks(text):
    """What holds marks of mathematics is a formula; sizes, numbers of lists and apostrophes are words."""
    assert formulas(text) == PLAIN[text]


TYPED = {
    "y = X*w + b": r"y=X\cdot w+b",
    "||Xw - y||^2": r"\left\|Xw-y\right\|^2",
    "(X'X)^-1 X'y": "(X'X)^{-1}X'y",
    "xᵀAx + ‖x‖²": r"x^{\top}Ax+\left\|x\right\|^2",
    "Q @ K.T / sqrt(d_k)": r"Q\cdot K^T/\sqrt{d_k}",
    "norm(A*x - b)^2": r"\left\|A\cdot x-b\right\|^2",
    "np.linalg.inv(A) @ b": r"(A)^{-1}\cdot b",
    "lambda * (w'w - 1)": r"\lambda\cdot(w'w-1)",
    "x_i**2 + W1": "x_i^2+W_1",
    "dL/dw*": "dL/dw^*",
    "|x| + abs(y)": r"\left|x\right|+\left|y\right|",
}


@pytest.mark.parametrize("text", TYPED)
def test_plain_mathematics_becomes_the_tokens_of_latex(text):
    """Powers, products, bars and functions as they are typed without TeX; every token lies where it was typed."""
    source = Source(text)
    found = plain_tokens(source, 0, len(text))
    assert latex(found) == TYPED[text]
    assert all(0 <= token.start <= token.end <= len(text) for token in found)


@pytest.mark.parametrize("text", ["xT A x", "‖Ax-b‖2", "c + A−1 x", "(Ax - b)T (Ax - b)", "2ATAx", "∂2z"])
def test_a_superscript_that_was_lost_is_asked_for(text):
    """A T or a digit right behind a name, which copying brought down, is not guessed."""
    with pytest.raises(AmbiguityError) as caught:
        plain_tokens(Source(text), 0, len(text))
    assert "^" in caught.value.way_out and caught.value.span is not None


def test_a_delimiter_that_is_not_closed_costs_one_fault():
    """The other formulas are read; where there are none, the fault is the error."""
    document = Document(Source("An odd $ here.\n\nBut $f = x^Tx$ is there.", "a.md"))
    assert len(document.faults) == 1 and document.faults[0].span.line == 1
    with pytest.raises(SourceError):
        Document(Source("  \n"))


def test_shapes_that_a_sentence_tells_as_a_listing_does():
    text = r"$L = f y$ with $f = XW + b$, X.shape=(1, m), W.shape=(m,10), b.shape=(1, 10), y.shape=(10, 1). I want $\frac{\partial L}{\partial W}$."
    assert str(derivtex.derive(text, check=False).result) == "X^{T}y^{T}"
