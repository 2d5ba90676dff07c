r"""What may stand in the sides of an equation besides holes: runs, what depends on an index, each part of a run, sizes.

    runs          A⋯           any number of factors or terms, none as well: P⋯ C Q⋯ is a product with C somewhere in it
    dependence    aᵢ           a part in which an index may stand; any other hole under the sum that binds the index is free of it
    each          f(A)⋯        on the right: what is made of every part of a run, in order or from the last to the first
    along         Σ P⋯ dX Q⋯   on the right: the sum over the parts X of a run, with what stands before and behind
    counted       n            on the right: a size, as a number or by its name
    place         i, j         what tells a row or a column
    data          ?f           a name, or a negative number, in a field that is no term: any, and the same on the right; one more of a number
    applied       f(A)         a function of a kind: any, and the same on the right
    reckoned      2 + 3 = 5    on the right: a term with the numbers in it worked out
    written       Σⱼ Xʲ        on the right: a sum written out, over whole numbers that what was found tells
    with place    aᵢ, i = k    on the right: a part with something in place of an index
    blockwise     [f(Aᵢⱼ)]     on the right: what is made of every block of a matrix of blocks, in its place or transposed

In what commutes (sums, entrywise products, the scalars of a product) the parts of a pattern are found in any order, and runs that stand
side by side share what is left: the first that a part fits takes it. A pattern is a term, and what is associative or commutative in it
is so because its card is, as in MatchPy (Krebber, Barthels and Bientinesi, 2017).
"""

from __future__ import annotations

from derivtex.core.shapes import SCALAR, Dim, Shape, shape
from derivtex.core.terms import Term
from derivtex.operations import Hole, Index, Product


class Run(Term):
    """Any number of parts side by side, at least so many: factors of a chain (kind chain), all factors of a product (kind factors), or parts
    that all have one shape (kind parts)."""

    name: str
    size: Shape
    kind: str
    least: int

    def conform(self) -> Shape:
        return self.size


class Open(Term):
    """A hole or a run, under a sum, in which the index of the sum may stand."""

    of: Term
    index: Term

    def conform(self) -> Shape:
        return self.of.shape


class Each(Term):
    """What is made of every part of a run, side by side; backwards: from the last part to the first."""

    of: Term
    run: Term
    backwards: int

    def conform(self) -> Shape:
        return self.of.shape


class Along(Term):
    """The sum, over the parts of a run, of a body with the part in a hole and the parts before and behind it in two runs."""

    run: Term
    before: Term
    hole: Term
    behind: Term
    body: Term

    def conform(self) -> Shape:
        return self.body.shape


class Place(Term):
    """What tells a row or a column: an index or a number."""

    name: str

    def conform(self) -> Shape:
        return SCALAR


class Counted(Term):
    """A size as a scalar."""

    of: Dim

    def conform(self) -> Shape:
        return SCALAR


class Applied(Term):
    """Any function of a kind, of one argument: the same on both sides."""

    name: str
    kind: str
    of: Term

    def conform(self) -> Shape:
        return SCALAR if self.kind == "norm" else self.of.shape

    def may_be(self, card: type[Term]) -> bool:
        """Whether it stands for an operation."""
        return card.function_of == self.kind and card.fields == ("of",)


class Reckoned(Term):
    """A term with its numbers worked out (`reckoning`)."""

    of: Term

    def conform(self) -> Shape:
        return self.of.shape


class Written(Term):
    """The sum of a body with a place from one whole number to another, written out."""

    place: Term
    first: Term
    last: Term
    body: Term

    def conform(self) -> Shape:
        return self.body.shape


class WithPlace(Term):
    """A part with something in place of an index that was bound around it."""

    of: Term
    index: Term
    new: Term

    def conform(self) -> Shape:
        return self.of.shape


class Blockwise(Term):
    """The matrix of blocks that a hole stands for, with something made of each block; turned: rows are columns."""

    of: Term
    block: Term
    made: Term
    turned: int

    def conform(self) -> Shape:
        return self.of.shape[::-1] if self.turned else self.of.shape


class Factors(Product, abstract=True):
    """A product of any number of factors, also of one alone, which is then no product."""


RIGHT_ONLY = (Each, Along, Counted, Reckoned, Written, WithPlace, Blockwise)  # what says how the right side is made
ANYTHING = (Hole, Run, Open, Each, Factors, Index, Place, Applied)  # what in a pattern is no card that a term must have


def chain(name: str, rows: str | int, columns: str | int, least: int = 0) -> Run:
    """A run of factors of a product, rows × columns together; without any the two sizes are one."""
    return Run(name, shape(rows, columns), "chain", least)


def whole(name: str, rows: str | int, columns: str | int) -> Run:
    """All factors of a product in their order, scalars too."""
    return Run(name, shape(rows, columns), "factors", 1)


def parts(name: str, rows: str | int, columns: str | int, least: int = 0) -> Run:
    """A run of terms of a sum, of factors of an entrywise product, or of blocks."""
    return Run(name, shape(rows, columns), "parts", least)


def scalars(name: str, least: int = 0) -> Run:
    """A run of scalar factors."""
    return Run(name, SCALAR, "parts", least)


def each(of: Term, run: Run | None = None) -> Each:
    """What is made of every part of a run: of the only one in it, or of one of several."""
    return Each(of, run or only_run(of), 0)


def backwards(of: Term) -> Each:
    return Each(of, only_run(of), 1)


def only_run(of: Term) -> Term:
    (run,) = (part for part in of.walk() if type(part) is Run)
    return run


def factors(*parts: Term) -> Factors:
    return Factors(parts)


def depending(of: Term, index: Term) -> Open:
    return Open(of, index)


def counted(size: str) -> Counted:
    return Counted(Dim.of(size))


def place(name: str) -> Place:
    return Place(name)


def applied(name: str, kind: str, of: Term) -> Applied:
    """A function of a kind, by what its card says that it is a `function_of`."""
    return Applied(name, kind, of)


def reckoned(of: Term) -> Reckoned:
    return Reckoned(of)


def written(at: Place, first: Term, last: Term, body: Term) -> Written:
    return Written(at, first, last, body)


def with_place(of: Term, index: Term, new: Term) -> WithPlace:
    return WithPlace(of, index, new)


def blockwise(of: Term, block: Term, made: Term) -> Blockwise:
    return Blockwise(of, block, made, 0)


def blockwise_turned(of: Term, block: Term, made: Term) -> Blockwise:
    return Blockwise(of, block, made, 1)


def one_more(any_number: int) -> int:
    """On the right: one more than the number that any, −1 or −2 …, stands for."""
    return any_number - MORE


MORE = 1000


def any_data(value: object) -> bool:
    """Whether plain data of a pattern (a name that begins with ?, a negative number) stands for any."""
    return (isinstance(value, str) and value.startswith("?")) or (isinstance(value, int) and value < 0)


def any_index(name: str, size: str) -> Index:
    """An index that may begin and end anywhere, wherever what is true of a sum does not depend on its range."""
    return Index(name, Dim.of(f"{size}_0"), Dim.of(size))


def index(name: str, size: str) -> Index:
    """An index from one to a size; in a pattern it stands for any of those."""
    return Index(name, Dim.of(1), Dim.of(size))
