"""The value of a term at a point.

A point gives the leaves their arrays and the variables a direction. A differential is the derivative along that direction, taken
from values of the term itself at nearby points on the line, so that it knows nothing of the rules it is there to confirm:

    (df)(x) = Σ c_k (f(x + k h dx) − f(x − k h dx)) / h        k = 1 … 4, of order h⁸

All points of the line are one `Point` with a whole offset k, and what was computed for a term at an offset is kept: a chain of
steps pays once for what its formulas share, and d(df) only widens the line. Scalars are numbers, all else two-dimensional arrays
(a vector is n × 1, a row 1 × n); a family is an array with its index first, in which vectors are flat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from derivtex.checking.numbers import as_number, bound_indices, called, entrywise, names_below, number
from derivtex.core.session import spend
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Call, Derivative, Differential, FixedPoint, Hole, Index, MatrixCall, ScalarCall, ScalarGradient, Symbol
from derivtex.operations.sums import conditions_of

STEP = 2.0**-9
FINE = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
COARSE = (2 / 3, -1 / 12)
SETTLED = 1e-5
ROUNDING = 2e-13
LARGEST = 1e9
VALUE = 5  # steps that a value takes
PLACES = ("index", "row", "column")
Bound = dict[Index, int]


class Unsuitable(ValueError):
    """A point at which a term has no value to rely on: outside its domain, at a kink, or too close to either."""


class NoValue(LookupError):
    """A term that has no value at any point, or a leaf that was given none."""


@dataclass(eq=False)
class Point:
    """Values for leaves (symbols, holes), increments for those that move, and what else a term needs.

    sizes: of the names in dimensions. indices: of free indices, as on paper. definitions: bodies of defined names.
    functions: by name, each a function of (order, array) with derivatives of every order, or its definition (argument, body).
    stand_ins: small sizes that are used in the place of large ones.
    largest: the largest number met so far at the point itself; the noise of a difference is a part of it, and more than that of a
    difference of differences.
    """

    values: dict[Term, Any]
    increments: dict[Term, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    indices: Bound = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    definitions: Mapping[Term, Term] = field(default_factory=dict)
    stand_ins: dict[int, int] = field(default_factory=dict)
    largest: float = 0.0

    def __post_init__(self) -> None:
        self._known: dict[tuple[Any, ...], Any] = {}
        self._free: dict[Term, tuple[Index, ...]] = {}
        self._without: dict[tuple[Any, ...], Unsuitable] = {}
        self._outermost = True  # whether no defined name is being looked up
        self.unsolved: set[Term] = set()  # equations of which no solution was found here, which takes long

    def along(self, increments: dict[Term, Any]) -> Point:
        """The same point with another direction."""
        return Point(self.values, increments, self.sizes, self.indices, self.functions, self.definitions, self.stand_ins)

    def of(self, term: Term, offset: int = 0, bound: Bound | None = None) -> Any:
        """The value at an offset along the line, with these values of bound indices."""
        bound = self.indices if bound is None else bound
        key = self._key(term, offset, bound)
        if key not in self._known:
            spend(VALUE)
            result = self._compute(term, offset, bound)
            if offset == 0:
                self._note(result)
            self._known[key] = result
        return self._known[key]

    def _key(self, term: Term, offset: int, bound: Bound) -> tuple[Any, ...]:
        return (term, offset, *(bound.get(index) for index in self.free(term)))

    def free(self, term: Term) -> tuple[Index, ...]:
        """The indices on which the value of a term depends."""
        if term not in self._free:
            for name in names_below(term, self.definitions, lambda name: name in self._free):
                self.free(name)
            found = (term,) if type(term) is Index else ()
            inner = [index for part in (*term.children, *self._unseen(term)) for index in self.free(part)]
            bound = bound_indices(term)
            self._free[term] = tuple(dict.fromkeys([*found, *(index for index in inner if index not in bound)]))
        return self._free[term]

    def _unseen(self, term: Term) -> tuple[Term, ...]:
        return (self.definitions[term],) if term in self.definitions else ()

    def _note(self, result: Any) -> None:
        size = float(np.max(np.abs(result)))
        if not size <= LARGEST:
            raise Unsuitable("a part is undefined there or grows beyond measure")
        self.largest = max(self.largest, size)

    def _compute(self, term: Term, offset: int, bound: Bound) -> Any:
        kind: type = type(term)
        if kind in (Symbol, Hole):
            return self._leaf(term, offset, bound)
        if kind is Index:
            return self._index(cast(Index, term), bound)
        if kind is Differential:
            return self._differential(term, offset, bound)
        if kind in (Call, MatrixCall, ScalarCall, ScalarGradient):
            return self._call(term, offset, bound)
        if kind is FixedPoint:
            from derivtex.checking.solving import fixed_point

            return fixed_point(self, cast(FixedPoint, term), offset, bound)
        if kind is Derivative:
            from derivtex.checking.derivatives import named_derivative

            return named_derivative(self, cast(Derivative, term), offset, bound)
        result = self._operation(term, offset, bound)
        return as_number(result) if term.is_scalar else result

    def _leaf(self, leaf: Term, offset: int, bound: Bound) -> Any:
        if leaf in self.values:
            value = self.values[leaf]
            return value + offset * STEP * self.increments[leaf] if offset and leaf in self.increments else value
        if leaf in self.definitions:
            return self._defined_name(leaf, offset, bound)
        raise NoValue(f"{leaf.name} has no value")

    def _defined_name(self, leaf: Term, offset: int, bound: Bound) -> Any:
        """The value of a defined name, those that it needs first; where there is none, that is known for what needs it, too."""
        key = self._key(leaf, offset, bound)
        if key in self._without:
            raise self._without[key]
        outermost, self._outermost = self._outermost, False
        try:
            if outermost:
                for name in names_below(leaf, self.definitions, lambda name: self._key(name, offset, bound) in self._known):
                    self.of(name, offset, bound)
            return self.of(self.definitions[leaf], offset, bound)
        except Unsuitable as reason:
            self._without[key] = reason
            raise
        finally:
            self._outermost = outermost

    def _index(self, index: Index, bound: Bound) -> int:
        if index not in bound:
            raise NoValue(f"the index {index.name} has no value")
        return bound[index]

    def _differential(self, term: Term, offset: int, bound: Bound) -> Any:
        if term.of in self.increments:
            return self.increments[term.of]
        if offset == 0:
            self._note_noise(term.of, bound)
        rounding = ROUNDING * self.largest * STEP ** -nesting(term.of)
        return difference(lambda k: self.of(term.of, offset + k, bound), rounding)

    def _note_noise(self, inner: Term, bound: Bound) -> None:
        """Note the size of what a difference is taken of, through differences of differences."""
        scale = STEP ** -nesting(inner)
        while True:
            self.largest = max(self.largest, scale * float(np.max(np.abs(self.of(inner, 1, bound)))))
            if type(inner) is not Differential or inner.of in self.increments:
                return
            inner = inner.of

    def _call(self, term: Term, offset: int, bound: Bound) -> Any:
        known = self.functions.get(term.function)
        if known is None:
            raise NoValue(f"the function {term.function} has no value")
        of, order = self.of(term.of, offset, bound), getattr(term, "order", 0)
        if callable(known):
            return called(term, known, order, of)
        argument, body = known
        return entrywise(lambda t: self._defined(argument, body, t, order, offset, bound), of)

    def _defined(self, argument: Term, body: Term, t: Any, order: int, offset: int, bound: Bound) -> Any:
        """A function with a definition, or its derivative of an order, at a number."""
        leaves = [leaf for leaf in body.walk() if type(leaf) is Symbol and leaf is not argument]
        fixed: dict[Term, Any] = {leaf: self._leaf(leaf, offset, bound) for leaf in leaves}
        inner = Point({**fixed, argument: t}, {argument: 1.0}, self.sizes, bound, self.functions, {}, self.stand_ins)
        for _ in range(order):
            body = Differential(body)
        return inner.of(body)

    def _operation(self, term: Term, offset: int, bound: Bound) -> Any:
        if any(not self.of(condition, offset, bound) for condition in conditions_of(term)):
            return np.zeros((self.size(term.shape[0], bound), self.size(term.shape[1], bound)))
        indices = bound_indices(term)
        values: list[Any] = []
        for name, kind in term.field_kinds.items():
            part = term.__dict__[name]
            if kind == "Dim":
                values.append(self.size(part, bound))
            elif kind == "Index":
                values.append(range(self.size(part.first, bound), self.size(part.last, bound) + 1))
            elif kind == "Terms":
                values.extend(self.of(each, offset, bound) for each in part)
            elif kind == "Term":
                values.append(self._within(part, indices, offset, bound) if indices else self._part(term, name, offset, bound))
        try:
            return number(term, values)
        except (ValueError, IndexError) as error:
            raise Unsuitable(str(error)) from error

    def _within(self, body: Term, indices: tuple[Index, ...], offset: int, bound: Bound) -> Callable[..., Any]:
        return lambda *at: self.of(body, offset, {**bound, **dict(zip(indices, at, strict=True))})

    def _part(self, term: Term, name: str, offset: int, bound: Bound) -> Any:
        """The value of a child."""
        part = term.__dict__[name]
        return self.place(term, name, offset, bound) if name in PLACES else self.of(part, offset, bound)

    def place(self, term: Term, name: str, offset: int = 0, bound: Bound | None = None) -> int:
        """Where an index stands among entries or members, from 0; on paper from 1, or from where its family begins."""
        family = getattr(term.__dict__.get("family"), "family", None)
        found = int(self.of(term.__dict__[name], offset, bound)) - (self.size(family[0], bound) if family else 1)
        if found < 0:
            raise Unsuitable("an index lies before the first entry")
        return found

    def size(self, dim: Dim, bound: Bound | None = None) -> int:
        """The value of a dimension."""
        if dim.integer is not None:
            return self.stand_ins.get(dim.integer, dim.integer)
        named = {**self.sizes, **{index.name: at for index, at in (bound or {}).items()}}
        missing = [name for name in dim.names if name not in named]
        if missing:
            raise NoValue(f"the size {missing[0]} has no value")
        return int(dim.value(named))


def nesting(term: Term) -> int:
    """How many differences are taken within one another for the value of a term."""
    return term.remembered("_nesting", lambda term: max(map(nesting, term.children), default=0) + (type(term) is Differential))


def difference(at: Callable[[int], Any], rounding: float = 0.0) -> Any:
    """The derivative of a function given at whole multiples of STEP.

    Raises Unsuitable where a difference of lower order says otherwise, by more than rounding: the function is not smooth there, or
    not well known. Of a function that is zero everywhere nothing but rounding is left.
    """
    pairs = [at(k) - at(-k) for k in range(1, len(FINE) + 1)]
    fine = sum(weight * pair for weight, pair in zip(FINE, pairs, strict=True)) / STEP
    coarse = sum(weight * pair for weight, pair in zip(COARSE, pairs, strict=False)) / STEP
    size = np.max(np.abs(fine)) + 1e-4 * np.max(np.abs(at(1)))
    if not np.max(np.abs(fine - coarse)) <= max(SETTLED * size, rounding):
        raise Unsuitable("a function is not smooth there")
    return fine


def value(term: Term, point: Point | Mapping[Term, Any]) -> Any:
    """The value of a term: a number or a two-dimensional array.

    `point` may be a mapping: values of leaves, increments under Differential(leaf), indices, sizes and functions by name.
    Raises Unsuitable where the term has no value there, NoValue where it has none at all.
    """
    with np.errstate(all="ignore"):
        return (point if isinstance(point, Point) else point_from(point)).of(term)


def point_from(given: Mapping[Any, Any]) -> Point:
    """A point from one mapping."""
    point = Point({}, {}, {}, {}, {}, {})
    for key, what in given.items():
        if isinstance(key, Differential):
            point.increments[key.of] = what
        elif isinstance(key, Index):
            point.indices[key] = what
        elif isinstance(key, Term):
            point.values[key] = what
        elif callable(what):
            point.functions[key] = what
        else:
            point.sizes[key] = what
    return point


__all__ = ["Point", "Unsuitable", "NoValue", "value", "difference", "np"]
