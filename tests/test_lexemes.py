"""A text is cut where TeX cuts it, and one that was cut before is known wherever it stands."""

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
    ],
)
def test_a_text_is_cut(text, pieces):
    """Macros of letters end with the letters, others are one character long; comments and dollars are left out."""
    assert cut(text) == pieces


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n \n", "\n\n\n ", "% a comment\n\n"])
def test_a_line_ends(between):
    """With one line end or several."""
    text = f"x{between}y"
    assert [token.broken for token in flat(Source(text), 0, len(text))] == [False, True]


def test_a_known_text_lies_where_it_stands():
    """What is remembered of a text is moved to its place, with what is in a raised character."""
    source = Source("x² and x²")
    first, second = flat(source, 0, 2), flat(source, 7, 9)
    assert [token.start for token in first] == [0, 1, 1] and [token.start for token in second] == [7, 8, 8]
    assert first[2].inner[0].start == 1 and second[2].inner[0].start == 8


def test_an_error_points_at_its_place():
    """A mark without the name of its environment is told where it stands, also in a text that was asked for before."""
    for text, place in ((r"x + \begin x", 4), (r"yy + \begin x", 5)):
        with pytest.raises(SyntaxProblem, match="not LaTeX") as told:
            flat(Source(text), 1, len(text))
        assert told.value.span.start == place
