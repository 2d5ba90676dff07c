"""A text is cut where TeX cuts it."""

from __future__ import annotations

import pytest

from derivtex.core.errors import Source, SyntaxProblem
from derivtex.reading.source.lexemes import flat


def cut(text: str) -> list[str]:
    return [token.text for token in flat(Source(text), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (r"\alpha x_1", [r"\alpha", "x", "_", "1"]),
        (r"\|x\|", [r"\|", "x", r"\|"]),
        (r"a\\b", ["a", "\\\\", "b"]),
        (r"\begin {pmatrix*}x\end{pmatrix*}", ["pmatrix*", "x", "pmatrix*"]),
        (r"\beginning", [r"\beginning"]),
        ("A% a comment {\nB", ["A", "B"]),
        (r"50\%", ["5", "0", r"\%"]),
        (r"\(x\) $y$", ["x", "y"]),
        ("α²", [r"\alpha", "^", ""]),
        ("x~y\\", ["x", "y"]),
    ],
)
def test_a_text_is_cut(text, pieces):
    """Macros of letters end with the letters, others are one character long; comments and dollars are left out."""
    assert cut(text) == pieces


def test_white_space_is_told():
    """A macro of letters takes the space behind it; a line that ends in a comment goes on; an empty line breaks."""
    told = [(token.text, token.spaced, token.broken) for text in ("a b\n\\mu c%\nd", "a\n\nb") for token in flat(Source(text), 0, len(text))]
    assert told == [("a", False, False), ("b", True, False), (r"\mu", True, True), ("c", False, False), ("d", False, False),
                    ("a", False, False), ("b", True, True)]  # fmt: skip


def test_an_environment_needs_its_name():
    """The error points at the mark and tells what to write."""
    with pytest.raises(SyntaxProblem, match="lacks the name") as told:
        cut(r"x + \begin x")
    assert told.value.span.start == 4 and told.value.way_out
