r"""From a term to LaTeX: by the notation on its card, with no more brackets than it needs, in the author's marks.

What is printed reads back as the same term. Each notation has one function, in `forms` and `structural`; no operation is named.
"""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.notation import Structural
from derivtex.operations.leaves import Hole, Index, Symbol
from derivtex.problem import Spelling
from derivtex.terms import Operation, Term
from derivtex.writing.forms import FORMS
from derivtex.writing.piece import Piece, bracket
from derivtex.writing.structural import STRUCTURAL, leaf
from derivtex.writing.vocabulary import FULL, Vocabulary


class Formulas:
    """Writes the formulas of one text; a part that occurs again is not set again."""

    def __init__(self, spelling: Spelling | None = None, vocabulary: Vocabulary = FULL, colors: Mapping[str, str] | None = None):
        self.spelling = spelling or Spelling()
        self.vocabulary = vocabulary
        self.colors = dict(colors or {})
        self.small = False
        self._set: dict[tuple[Term, bool], Piece] = {}

    def latex(self, term: Term) -> str:
        """The LaTeX of a term."""
        return self.piece(term).signed()

    def piece(self, term: Term) -> Piece:
        key = term, self.small
        found = self._set.get(key)
        if found is None:
            found = self._set[key] = self.colored(self._make(term))
        return found

    def colored(self, piece: Piece) -> Piece:
        """The piece in the colour of its name, where it has one."""
        color = self.colors.get(piece.text)
        return piece if color is None else piece._replace(text=rf"\textcolor{{{color}}}{{{piece.text}}}")

    def within(self, term: Term, least: int, last: bool = True) -> Piece:
        """The piece of a part where brackets are due below a binding; last: nothing follows that an open part would swallow."""
        piece = self.piece(term)
        if piece.binding < least or piece.minus or (not last and piece.closed is None):
            return self.bracketed(piece)
        return piece if last or not piece.closed else piece._replace(text=piece.closed, closed="")

    def bracketed(self, piece: Piece) -> Piece:
        return bracket(piece, self.small, self.vocabulary.sizes)

    def in_small(self, term: Term) -> str:
        """The LaTeX of a term in an exponent."""
        was, self.small = self.small, True
        try:
            return self.latex(term)
        finally:
            self.small = was

    def mark(self, term: Operation) -> str:
        """The mark of a term's operation: the author's, or the card's own."""
        return self.spelling.mark(type(term), term.notation.mark)

    def _make(self, term: Term) -> Piece:
        if isinstance(term, (Symbol, Hole, Index)):
            return leaf(term.name)
        if not isinstance(term, Operation):
            raise TypeError(f"a {type(term).__name__} has no notation")
        notation = term.notation
        if isinstance(notation, Structural):
            return STRUCTURAL[notation.form](self, term)
        return FORMS[type(notation)](self, term)


def latex(term: Term, spelling: Spelling | None = None, vocabulary: Vocabulary = FULL) -> str:
    """The LaTeX of a term in the author's marks."""
    return Formulas(spelling, vocabulary).latex(term)
