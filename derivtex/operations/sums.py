"""Sums over an index, members of a family, entries."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.notation import Structural
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, must_agree
from derivtex.core.terms import Operation, Term, Terms
from derivtex.operations.arithmetic import Number, Product, Sum
from derivtex.operations.elementwise import Step
from derivtex.operations.leaves import Index, Symbol


class SumOver(Operation):
    r"""The sum of a body over an index that it binds: \sum_{i=1}^n. Its value is the evaluator's work."""

    index: Index
    body: Term
    linear_in = ("body",)
    magnitude = "sum"
    commutes_with_conjugate = True
    turned_inside = True
    notation = Structural("sigma", r"\sum")

    def conform(self) -> Shape:
        return self.body.shape

    def number(self, np, index, body):
        return sum(body(value) for value in index)


class Member(Operation):
    """A member of an indexed family: x_i."""

    family: Term
    index: Term
    magnitude = "linear"
    notation = Structural("entry")

    def conform(self) -> Shape:
        must_agree(self.index.shape, SCALAR, "an index must be a scalar")
        return self.family.shape

    def has(self, name: str) -> bool:
        """Whether all members have a property."""
        return self.family.has(name)

    def number(self, np, family, index):
        value = family[index]
        return value[:, None] if self.family.kind == "vector" else value


class Entry(Operation):
    """An entry of a vector (column 1) or matrix: x_i, A_ij."""

    of: Term
    row: Term
    column: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    notation = Structural("entry")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np, of, row, column):
        return of[row, column]


class ProductOver(Operation):
    r"""The product of a scalar body over an index that it binds: \prod_{i=1}^n. Its value is the evaluator's work."""

    index: Index
    body: Term
    commutes_with_conjugate = True
    notation = Structural("sigma", r"\prod")

    def conform(self) -> Shape:
        must_agree(self.body.shape, SCALAR, "the body of a product over an index must be a scalar")
        return SCALAR

    def number(self, np, index, body):
        return np.prod([body(value) for value in index])


def both_scalar(left: Term, right: Term) -> Shape:
    """The shape of what compares two numbers."""
    for side in (left, right):
        must_agree(side.shape, SCALAR, "numbers are compared")
    return SCALAR


class KroneckerDelta(Operation):
    """One where two indices are equal, else zero."""

    left: Term
    right: Term
    in_any_order = True
    notation = Structural("delta")

    def conform(self) -> Shape:
        return both_scalar(self.left, self.right)

    def number(self, np, left, right):
        return 1 * (left == right)


class Before(Operation):
    """One where an index comes before another, else zero: what i < j says under a sum."""

    left: Term
    right: Term
    notation = Structural("before")

    def conform(self) -> Shape:
        return both_scalar(self.left, self.right)

    def number(self, np, left, right):
        return 1 * (left < right)


def is_whole(index: Index, size: Dim) -> bool:
    """Whether an index goes from one to a size."""
    return index.first == ONE and index.last == size


def relation(condition: Term) -> tuple[str, Term, Term] | None:
    r"""What a factor says that is 1 where two indices keep a relation and 0 elsewhere: its mark, =, \ne, < or \le, and its sides."""
    match condition:
        case KroneckerDelta(left, right):
            return "=", left, right
        case Before(left, right):
            return "<", left, right
        case Sum((Number() as one, Product((Number() as minus, KroneckerDelta(left, right))))) if one.value == 1 == -minus.value:
            return r"\ne", left, right
        case Sum((Number() as one, Product((Number() as minus, Before(left, right))))) if one.value == 1 == -minus.value:
            return r"\le", right, left
    return None


def conditions_of(term: Term) -> Terms:
    """The factors of a product that are conditions: where one of them is 0 the product is, whatever the others are."""
    return term.remembered("_conditions", found_conditions) if type(term) is Product else ()


def found_conditions(term: Term) -> Terms:
    return tuple(factor for factor in term.factors if relation(factor) is not None)


def step_below(term: Term) -> Step | None:
    """The step of a number by which all addends of a sum are multiplied: where it is 0 nothing is added. None where there is none, or where
    nothing in the sum shows how far its index runs."""
    if type(term) is not SumOver or not term.bits & Step.bit or not any(shows_range(part, term.index) for part in term.body.walk()):
        return None
    first, *others = term.body.terms if type(term.body) is Sum else (term.body,)
    steps = (factor for factor in (first.factors if type(first) is Product else ()) if type(factor) is Step and factor.contains(term.index))
    return next((step for step in steps if all(type(other) is Product and step in other.factors for other in others)), None)


def shows_range(part: Term, index: Index) -> bool:
    """Whether a part has an index for all that it counts."""
    if type(part) is Member:
        return part.index is index and isinstance(part.family, Symbol) and part.family.family == (index.first, index.last)
    return type(part) is Entry and any(place is index and is_whole(index, size) for place, size in zip(part.children[1:], part.of.shape, strict=True))


LETTERS = "jklmnpqrstuvi"


def free_letter(terms: Iterable[Term], letters: Iterable[str] = LETTERS) -> str:
    """A letter for an index that is no name, size, index or limit of one in some terms."""
    used: set[str] = set()
    for part in (part for term in terms for part in term.walk()):
        used.add(getattr(part, "name", ""))
        limits = (part.first, part.last) if isinstance(part, Index) else part.family or () if isinstance(part, Symbol) else ()
        used.update(name for size in (*limits, *part.shape) for name in size.names)
    return next(letter for letter in letters if letter not in used)


def with_index(body: Term, index: Index, new: Term) -> Term:
    """A body with another index in the place of one; sums and products inside that bind it themselves keep theirs, those that bind the
    letter of the new one get another."""

    def change(part: Term) -> Term | None:
        if isinstance(part, SumOver | ProductOver):
            if part.index is index:
                return part
            if isinstance(new, Index) and part.index.name == new.name:
                other = Index(free_letter((body, new)), part.index.first, part.index.last)
                return type(part)(other, with_index(with_index(part.body, part.index, other), index, new))
        return new if part is index else None

    return body.map(change)


class Share(Operation):
    r"""What a part is of a whole that is a number: the weight e^{z_i}/Σ_j e^{z_j} of a softmax, the state e^H/tr e^H.

    It is kept together, so that it may have a name.
    """

    linear_in = ("of",)
    usual_names = ("p", "q", r"\pi")
    of: Term
    whole: Term
    commutes_with_conjugate = True
    notation = Structural("share")

    def conform(self) -> Shape:
        must_agree(self.whole.shape, SCALAR, "a share is of a number")
        return self.of.shape

    def number(self, np, of, whole):
        return of / whole
