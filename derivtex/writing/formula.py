r"""From a term to LaTeX: by the notation on its card, with no more brackets than it needs, in the author's marks.

What is printed reads back as the same term. Each notation has one function, in `forms` and `structural`; no operation is named.
"""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.core.notation import Binding, Structural
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import Product, scalars_and_chain
from derivtex.operations.leaves import Hole, Index, Symbol
from derivtex.problem import Problem, Spelling, Template
from derivtex.writing.box import Piece, bracket
from derivtex.writing.forms import FORMS
from derivtex.writing.instances import Instances
from derivtex.writing.structural import STRUCTURAL, indexed, leaf
from derivtex.writing.vocabulary import FULL, Vocabulary


class Formulas:
    """Writes the formulas of one text; a part that occurs again is not set again.

    templates: the author's names with indices, which are written where a formula has what they stand for.
    taken: his names, which no operation's mark may look like.
    """

    def __init__(self, spelling: Spelling | None = None, vocabulary: Vocabulary = FULL, colors: Mapping[str, str] | None = None,
                 templates: tuple[Template, ...] = (), taken: frozenset[str] = frozenset()):  # fmt: skip
        self.spelling = spelling or Spelling()
        self.vocabulary = vocabulary
        self.colors = dict(colors or {})
        self.small = False
        self.taken = taken
        self._instances = Instances(templates)
        self._set: dict[tuple[Term, bool], Piece] = {}

    @classmethod
    def of(
        cls, problem: Problem, vocabulary: Vocabulary = FULL, colors: Mapping[str, str] | None = None, families: tuple[Template, ...] = ()
    ) -> Formulas:
        """Those of a problem: in its author's marks and names. families: more names with an index."""
        return cls(problem.spelling, vocabulary, colors, (*problem.templates, *families), frozenset(problem.symbols))

    def latex(self, term: Term) -> str:
        """The LaTeX of a term."""
        return self.piece(term).signed()

    def piece(self, term: Term) -> Piece:
        key = term, self.small
        found = self._set.get(key)
        if found is None:
            found = self._set[key] = self.named(term) or self.colored(self._make(term))
        return found

    def named(self, term: Term) -> Piece | None:
        """The author's name with an index for a term that has one."""
        instance = self._instances.find(term)
        if instance is None:
            return self.with_named_chain(term)
        base = leaf(instance.name)
        piece = indexed(self, self.bracketed(base) if "_" in instance.name else base, instance.indices)
        return piece if instance.sign > 0 else piece._replace(binding=Binding.SUM, minus=True)

    def holds_a_place(self, term: Term) -> bool:
        """Whether it stands for an index in what a name with indices stands for."""
        return any(term in template.indices for template in self._instances.templates)

    def with_named_chain(self, term: Term) -> Piece | None:
        """A number in which numbers stand before vectors that have such a name together: p_i u_i for p_i a_iᵀv."""
        if not (self._instances.templates and type(term) is Product and term.is_scalar):
            return None
        scalars, chain = scalars_and_chain(term)
        if not scalars or len(chain) < 2 or self._instances.find(Product(chain)) is None:
            return None
        return self._make(Product((*scalars, Product(chain))))

    def opened(self, term: Term) -> str:
        """The LaTeX of what a name stands for."""
        return self._make(term).signed()

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
        """The mark of a term's operation: the author's, or the card's own; another where that is one of his names."""
        marks: tuple[str, ...] = (self.spelling.mark(type(term), term.notation.mark), *getattr(term.notation, "also", ()))
        return next((mark for mark in marks if mark not in self.taken), marks[0])

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
