r"""A walk over an untyped tree: the shape of each part for one choice of kinds, and where parts do not fit.

It mirrors what elaboration makes of each form. What it does not understand has an unknown shape and conflicts with nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.core.shapes import Dim, Shape, is_unknown
from derivtex.core.terms import Term
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.kinds.candidates import Candidate, Use
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, OPEN, Known, Outline, Sizes
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.syntax.tree import Key, Node, Parts, key

FILL_NUMBER, FILL_COLUMN, FILL_ROW, FILL_VECTOR = 3.5, 3.5, 1.0, 9.0  # a row has its own price already
OF_A_NUMBER = 4.0  # a transpose, trace, determinant or norm that is taken of a number


class Violation(NamedTuple):
    """A constraint that does not hold. price: what it costs to let it be; None where the whole statement is then given up.

    names: as bits, the names on which it depends. code: which constraint. one, other: the parts that do not fit.
    """

    price: float | None
    names: int
    node: Node
    code: str
    one: Node | None = None
    other: Node | None = None


Constraint = Callable[["Walker", Node], Outline]


class Walker:
    """Finds shapes for the kinds that are chosen at present.

    forms: what each form of a node constrains (`forms.py` has the table).
    source: what is walked; defining: the name that it defines. chosen: the candidate of each name; bits: which bit is whose; read: the names
    that were asked for since it was cleared. is_settled: whether what is known of names stays as it is; labels, bare: what was looked up of them
    then, their keys, and how those occur of which nothing is known.
    """

    def __init__(self, scope: Scope, parse: Callable[[Parts], Node], uses: dict[Key, Use], forms: Mapping[str, Constraint]):
        self.scope, self.parse, self.uses, self.forms = scope, parse, uses, forms
        self.bits: dict[Key, int] = {}
        self.choices: dict[Key, tuple[Candidate, ...]] = {}
        self.chosen: dict[Key, Candidate] = {}
        self.read: dict[Key, None] = {}
        self.functions: dict[Key, tuple[tuple[Key, ...], Node]] = {}
        self.summaries: dict[Key, Summary] = {}
        self.asked_summaries: dict[Key, None] = {}
        self.definitions: set[Key] = set()
        self.strips: dict[Key, tuple[str, str]] = {}
        self.written: dict[Key, str] = {}
        self.one_is_vector = self.has_differentials = False
        self.mending: Node | None = None
        self.sides: list[Node] = []  # of all statements of the scope
        self.weights: dict[Key, bool] = {}
        self.defining: Key = ()
        self.source = Source("")
        self.is_settled = True
        self.labels: dict[tuple[Key, str], Key] = {}
        self.bare: dict[tuple[Key, str], Use] = {}
        self.begin()

    def look_in(self, scope: Scope) -> None:
        """Look names up in another scope, which goes on learning them: nothing that was looked up before counts any more."""
        self.scope, self.is_settled = scope, False
        self.bare.clear()

    def label(self, node: Node) -> Key:
        """The key of a name; looked up once, as long as what is known of names stays as it is."""
        if not self.is_settled:
            return label_of(self.scope, node)
        name = key(node.tokens), node.text
        if name not in self.labels:
            self.labels[name] = label_of(self.scope, node)
        return self.labels[name]

    def begin(self) -> None:
        """Forget the sizes of what was walked before."""
        self.sizes = Sizes()
        self.violations: list[Violation] = []
        self.made: dict[Key, Outline] = {}
        self.unknowns: dict[str, int] = {}
        self.given: dict[Key, Outline] = {}
        self.bound: dict[Key, int] = {}
        self.differentials = self.of_entries = self.in_exponent = False
        self.mends: list[Node] = []

    def is_known(self, label: Key) -> bool:
        """Whether a name is declared or defined."""
        return label in self.scope.things or label in self.definitions

    def shape(self, of: Term) -> Shape:
        return self.scope.unifier.shape(of.shape)

    def outline(self, node: Node) -> Outline:
        """The shape of a part."""
        form = self.forms.get(node.form)
        return form(self, node) if form is not None else unknown(self, node)

    def blame(
        self, node: Node, names: int, code: str, price: float | None = None, one: Node | None = None, other: Node | None = None
    ) -> None:
        self.violations.append(Violation(price, names, node, code, one, other))

    def is_scalar(self, of: Outline) -> bool:
        return of.is_known and self.sizes.is_one(of.rows) and self.sizes.is_one(of.columns)

    def is_vector(self, of: Outline) -> bool:
        return of.is_known and self.sizes.is_one(of.columns) and not self.sizes.is_one(of.rows)

    def is_matrix(self, of: Outline) -> bool:
        return of.is_known and not self.sizes.is_one(of.rows) and not self.sizes.is_one(of.columns)

    def alike(self, one: Outline, other: Outline) -> bool:
        """Make two shapes equal; False, and nothing changed, where they cannot be."""
        mark, names = self.sizes.mark(), one.names | other.names
        if self.sizes.unify(one.rows, other.rows, names) and self.sizes.unify(one.columns, other.columns, names):
            return True
        self.sizes.undo(mark)
        return False

    def blamed(self, *of: Outline) -> int:
        """The names on which shapes depend, those that tell their sizes among them."""
        names = 0
        for each in of:
            names |= each.names | (self.sizes.blamed(each.rows, each.columns) if each.is_known else 0)
        return names

    def from_shape(self, of: Term, names: int = 0) -> Outline:
        """The outline of a term that is known: declared, or a constant."""
        rows, columns = (self.size_of(dim) for dim in self.scope.unifier.shape(of.shape))
        return Outline(rows, columns, names)

    def size_of(self, dim: Dim) -> int:
        if dim.known:
            return self.sizes.new(dim)
        if not dim.is_name:
            return self.sizes.new(OPEN)
        name = dim.names[0]
        if name not in self.unknowns:
            self.unknowns[name] = self.sizes.new(LARGE if name in self.scope.unifier.large and is_unknown(name) else OPEN)
        return self.unknowns[name]

    @contextmanager
    def trial(self) -> Iterator[list[bool]]:
        """Try a reading: what it found and blamed is forgotten unless its flag is set."""
        mark, count = self.sizes.mark(), len(self.violations)
        kept: list[bool] = []
        yield kept
        if not kept:
            self.sizes.undo(mark)
            del self.violations[count:]

    @contextmanager
    def running(self, letters: Iterable[Key], last: int | None = None) -> Iterator[None]:
        """Indices that run while this holds, as far as this size."""
        new = {letter: self.sizes.new(OPEN) if last is None else last for letter in letters if letter not in self.bound}
        self.bound.update(new)
        try:
            yield
        finally:
            for letter in new:
                del self.bound[letter]


class Summary(NamedTuple):
    """The shape of a definition, for the statements that use it: what is known of rows and columns, whether they are one size, on whom it depends."""

    rows: Known | None
    columns: Known | None
    square: bool
    names: int


def unknown(walker: Walker, node: Node) -> Outline:
    """A part that is not understood: its parts are looked at, it fits everything."""
    names = 0
    for part in node.parts:
        names |= walker.outline(part).names
    return Outline(NOTHING, NOTHING, names)


def is_zero(node: Node) -> bool:
    return node.form == "empty" or (node.form == "number" and node.text == "0")
