r"""From the untyped tree to terms: what each form means, given what its parts are.

A part is elaborated while sizes are being inferred; where a form has several meanings the shapes known so far decide, and the source is read
again until nothing new is found. What each form means stands in `forms` and the rooms that it names; the elaborator is handed that table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derivtex.core.errors import AmbiguityError, DerivtexError, ShapeError, Source, Span
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, current, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Index, Symbol, symbol
from derivtex.reading.meaning.conventions import implied, look_up
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.scripts import between_commas, is_wide
from derivtex.reading.syntax.tree import Node, Parts, key, walk

Meaning = Callable[["Elaborator", Node], Term]


class Elaborator:
    """Makes terms of the nodes of one source; forms: what each form of a node means (`forms.py` has the table)."""

    def __init__(self, scope: Scope, source: Source, forms: Mapping[str, Meaning]):
        self.scope, self.source, self.forms = scope, source, forms
        self.bodies: dict[tuple[str, ...], Term] = {}
        self.differentials = self.gradients = False  # whether a d is one; whether \nabla f is one within a formula
        self.powers = scope.powers  # what a power of a vector is taken for: that of its entries, or a product (`mending.py`)
        self.of_entries = False  # whether what is read is summed over its entries, so that a power of a vector is that of its entries

    def term(self, node: Node) -> Term:
        """The term that a node means."""
        try:
            return self.forms[node.form](self, node)
        except DerivtexError as error:
            raise error.at(self.span(node)) from None

    def span(self, node: Node) -> Span:
        return Span(self.source, node.start, max(node.end, node.start + 1))

    def latex(self, node: Node) -> str:
        return self.source.text[node.start : node.end].strip()

    def make(self, card: type[Term], *values: object, node: Node, parts: tuple[Node, ...] = ()) -> Term:
        """A term; when its shapes do not conform, the error tells where and who declared them."""
        try:
            return card(*values)
        except ShapeError as error:
            raise self.explained(error, node) from None

    def explained(self, error: ShapeError, node: Node) -> ShapeError:
        """The error with the shapes of the names that occur in its place."""
        told = list(dict.fromkeys(self.told(part) for part in names_in(node)))
        told = [text for text in told if text]
        if told and not error.way_out:
            error.way_out = "; ".join(told[:6])
        error.at(self.span(node))
        return error

    def told(self, node: Node) -> str:
        """A name with its shape and where that comes from."""
        thing = look_up(self.scope, node)
        if thing is None:
            return ""
        size = size_text(current(thing.shape))
        origin = (
            "as declared"
            if node_key(node) in self.scope.declared
            else "by convention: declare it"
            if node_key(node) in self.scope.guessed
            else "as defined"
        )
        return f"{node.text} is {size}, {origin}"

    def shape(self, term: Term) -> Shape:
        return self.scope.unifier.shape(term.shape)

    def is_vector(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return columns == ONE and rows != ONE

    def is_row(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return rows == ONE and columns != ONE

    def is_matrix(self, term: Term) -> bool:
        """Whether both of its sizes are known not to be 1, or open."""
        rows, columns = self.shape(term)
        return rows != ONE and columns != ONE

    def is_square(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return rows == columns and rows != ONE

    def may_be_square(self, term: Term) -> bool:
        """Whether its sizes agree, or can be made to: an open shape is then made square."""
        rows, columns = term.shape
        return self.is_matrix(term) and same(rows, columns)

    def may_be_square_quietly(self, term: Term) -> bool:
        """Whether it is a matrix that is square, or could be; nothing is made equal by asking."""
        rows, columns = self.shape(term)
        return self.is_matrix(term) and (rows == columns or not (rows.known and columns.known))

    def unify_shapes(self, a: Term, b: Term) -> bool:
        return same(a.shape[0], b.shape[0]) and same(a.shape[1], b.shape[1])

    def family_alone(self, node: Node, family: Symbol) -> Term:
        r"""A family's name without an index: of declared vectors and matrices a further one, `\|x - x_i\|`, which is said."""
        label = key(node.tokens)
        if self.shape(family) != SCALAR and label not in self.scope.guessed and not self.scope.own:
            self.scope.things[label] = made = symbol(node.text, family.kind, family.size, family.properties)
            said = f"{node.text} without an index is a {family.kind} of its own, of the shape of the {self.scope.family_names[label]}"
            self.scope.guess(self.scope.apart.setdefault(label, said))
            return made
        raise self.ambiguous(f"{node.text} is a family and stands here without an index", f"write {node.text}_i", node)

    def guessed_family(self, node: Node, base: Node, label: tuple[str, ...], kind: str, below: Parts) -> Symbol:
        """A family that is assumed: one number, vector or matrix for each value of an index that runs here."""
        index, (behind, ahead) = self.run_of(base, below)
        rows = ONE if kind in ("scalar", "row") else self.scope.open_size()
        size = (rows, self.scope.open_size() if kind in ("matrix", "row") else ONE)
        family = symbol(base.text, kind, size, implied(self.scope, label), (index.first + behind, index.last + ahead))
        self.scope.families[label] = family
        self.scope.guessed[label] = family
        return family

    def run_of(self, base: Node, below: Parts) -> tuple[Index, tuple[int, int]]:
        """The index that runs below a name, and how far those of the name run behind and ahead of it."""
        letter = next((token.text,) for token in below if (token.text,) in self.scope.bound)
        return self.scope.bound[letter], self.scope.ahead.get((key(base.tokens), letter), (0, 0))

    def series_kind(self, base: Node, below: Parts) -> str | None:
        """What has an index that goes from 0: coefficients a_0, a_1, …; a vector has no entry 0."""
        if len(between_commas(below)) > 1 or is_wide(below) or not any((token.text,) in self.scope.bound for token in below):
            return None
        index, (behind, _) = self.run_of(base, below)
        return "family scalar" if index.first + behind == Dim.of(0) else None

    def ambiguous(self, message: str, way_out: str, node: Node) -> AmbiguityError:
        return AmbiguityError(message, way_out=way_out, span=self.span(node))


def node_key(node: Node) -> tuple[str, ...]:
    return key(node.tokens)


def names_in(node: Node) -> list[Node]:
    """The names below a node, in order, those in scripts left out."""
    return [part for part in walk(node) if part.form == "name"]


def to_node(to: Elaborator, parts: Parts) -> Node:
    """The tree of what stands in a script."""
    kept = to.scope.parsed.get(parts)
    if kept is None:
        kept = to.scope.parsed[parts] = parse(parts, to.source, to.scope.lexicon)
    return kept
