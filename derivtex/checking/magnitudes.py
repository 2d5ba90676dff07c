"""How large a value is where nothing cancels: what rounding, and so the noise of a value, is measured by.

A difference of two large numbers is known less well than its own size says. The magnitude of a sum is the sum of its parts', that of a
product their product; a change has the magnitude of what changes, over the step for each difference of differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Any

from derivtex.checking.differences import largest
from derivtex.checking.numbers import bound_indices, number
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Derivative,
    Differential,
    FixedPoint,
    Index,
    MatrixCall,
    Number,
    OpenCurve,
    Zero,
)
from derivtex.operations.elementwise import Sign, Step
from derivtex.operations.norms import Peak
from derivtex.operations.openfunctions import APPLIED, SLOPES
from derivtex.operations.sums import conditions_of

if TYPE_CHECKING:
    from derivtex.checking.values import Point

NUDGE = 1e-7
NOUGHT = Number(0)
WITHOUT_NUMBER = (Call, MatrixCall, *APPLIED, *SLOPES, OpenCurve, FixedPoint, Derivative)  # the evaluator's own work
Bound = dict[Index, int]


def magnitude(point: Point, term: Term, bound: Bound | None = None) -> float:
    """The magnitude of a term at a point. Of an exact zero it is that of a one, as for a factor; see `magnitudes_of`."""
    bound = point.indices if bound is None else bound
    key = (term, *map(bound.get, point.free(term)))
    if key not in point.magnitudes:
        point.magnitudes[key] = computed(point, term, bound)
    return point.magnitudes[key]


def magnitudes_of(point: Point, left: Term, right: Term) -> tuple[float, float]:
    """The magnitudes of two sides; of one that is exactly zero 0, unless both are."""
    if is_exact_zero(left) and is_exact_zero(right):
        return 1.0, 1.0
    return 0.0 if is_exact_zero(left) else magnitude(point, left), 0.0 if is_exact_zero(right) else magnitude(point, right)


def computed(point: Point, term: Term, bound: Bound) -> float:
    if type(term) is Differential:
        return of_change(point, term, bound)
    if term in point.definitions:
        for name in point.plans.names_below(term, point.definitions, lambda name: (name, *map(bound.get, point.free(name))) in point.magnitudes):
            magnitude(point, name, bound)
        return magnitude(point, point.definitions[term], bound)
    if not term.children:
        return size(point.of(term, 0, bound)) or 1.0
    indices = bound_indices(term)
    if term.magnitude and indices:
        return sum(magnitude(point, term.body, {**bound, indices[0]: at}) for at in range_of(point, indices[0], bound))
    if term.magnitude == "sum":
        return sum(magnitude(point, part, bound) for part in term.children if not is_exact_zero(part)) or 1.0
    parts = [part for part in term.children if type(part) is not Index]
    if term.magnitude == "product":
        return of_product(point, term, parts, bound)
    if term.magnitude == "linear":
        return max(magnitude(point, part, bound) for part in parts)
    return of_function(point, term, bound)


def of_product(point: Point, term: Term, parts: list[Term], bound: Bound) -> float:
    """The product of the magnitudes of the factors; 0 where a condition excludes others that have no value."""
    try:
        return prod(magnitude(point, part, bound) for part in parts)
    except ValueError:
        if all(point.of(condition, 0, bound) for condition in conditions_of(term)):
            raise
        return 0.0


def of_change(point: Point, term: Differential, bound: Bound) -> float:
    """A change is as large as what changes; 0 where nothing moves."""
    if not point.increments:
        return 0.0
    if term.of in point.increments:
        return size(point.increments[term.of])
    return magnitude(point, term.of, bound) * point.step ** -nesting(term.of)


def of_function(point: Point, term: Term, bound: Bound) -> float:
    """A function's value, or what a change of its arguments by their own magnitude would make of it: log(1 + t) is known to that of 1."""
    if any(map(is_exact_zero, term.children)):
        return 1.0
    own = size(point.of(term, 0, bound))
    if all(type(part) in (Index, Number) for part in term.children):
        return own or 1.0
    if bound_indices(term) or isinstance(term, WITHOUT_NUMBER):
        return own
    values = point.parts(term, 0, bound)
    for at, part in places_of_children(term):
        if isinstance(values[at], int):
            continue
        here = size(values[at])
        loss = magnitude(point, part, bound) / here if here else 1.0
        changed = number(term, [*values[:at], values[at] * (1 + NUDGE) + (0 if here else NUDGE), *values[at + 1 :]])
        own = max(own, size(changed - point.of(term, 0, bound)) / NUDGE * loss)
    return own


def places_of_children(term: Term) -> Iterator[tuple[int, Term]]:
    """Where the value of each child stands among those that a card's number is handed."""
    at = 0
    for name, kind in term.field_kinds.items():
        what = term.__dict__[name]
        children = what if kind == "Terms" else (what,) if kind == "Term" else ()
        yield from enumerate(children, at)
        at += len(children) or kind in ("Dim", "Index")


def range_of(point: Point, index: Index, bound: Bound) -> range:
    return range(point.size(index.first, bound), point.size(index.last, bound) + 1)


def is_exact_zero(term: Term) -> bool:
    return type(term) is Zero or term is NOUGHT


def is_plainly_zero(point: Point, term: Term) -> bool:
    """Whether a term, whose value is zero, shows that it is: made of zeros, the change of what does not move, or a derivative, of which
    every difference was zero."""
    if is_exact_zero(term) or type(term) is Derivative:
        return True
    if type(term) is Differential:
        return is_plainly_zero(point, term.of) or is_steady(point, term.of)
    kind = getattr(term, "magnitude", "")
    parts = [is_plainly_zero(point, part) for part in term.children if type(part) is not Index]
    return bool(parts) and bool(kind) and (any(parts) if kind == "product" else all(parts))


def is_steady(point: Point, term: Term) -> bool:
    """Whether a term does not change but in jumps."""
    if isinstance(term, (Step, Sign, Peak)) or not point.moves(term):
        return True
    return bool(getattr(term, "magnitude", "")) and all(is_steady(point, part) for part in term.children if type(part) is not Index)


def nesting(term: Term) -> int:
    """How many differences are taken within one another for the value of a term."""
    return term.remembered("_nesting", lambda term: max(map(nesting, term.children), default=0) + (type(term) is Differential))


def size(value: Any) -> float:
    """The largest absolute value of an entry."""
    return float(largest(value))
