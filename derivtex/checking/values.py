"""The value of a term at a point.

A point gives the leaves their arrays and the variables a direction. A differential is the derivative along that direction, taken
from values of the term itself at nearby points on the line, so that it knows nothing of the rules it is there to confirm:

    (df)(x) = Σ c_k (f(x + k h dx) − f(x − k h dx)) / h        k = 1 … 4, of order h⁸

All points of the line are one `Point` with a whole offset k, and what was computed for a term at an offset is kept: a chain of
steps pays once for what its formulas share, and d(df) only widens the line. Scalars are numbers, all else two-dimensional arrays
(a vector is n × 1, a row 1 × n); a family is an array with its index first, in which vectors are flat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np

from derivtex.checking.derivatives import named_derivative
from derivtex.checking.differences import STEP, NoValue, Unsuitable, difference, examine, keep_off, known_size
from derivtex.checking.magnitudes import magnitude
from derivtex.checking.numbers import SIZED, as_number, bound_indices, called, entrywise, is_wide, number, sized
from derivtex.checking.plans import CALLS, PLACES, Plan, Plans
from derivtex.checking.programs import program_of, work_out
from derivtex.checking.solving import fixed_point
from derivtex.core.session import current
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, FixedPoint, Hole, Index, Symbol
from derivtex.operations.sums import conditions_of

ROUNDING = 2e-13
VALUE = 5  # steps that a value takes
Bound = dict[Index, int]


@dataclass(eq=False)
class Point:
    """Values for leaves (symbols, holes), increments for those that move, and what else a term needs.

    sizes: of the names in dimensions. indices: of free indices, as on paper. definitions: bodies of defined names.
    functions: by name, each a function of (order, array) with derivatives of every order, or its definition (argument, body).
    stand_ins: small sizes that are used in the place of large ones.
    step: how far apart the points of the line are. has_size_one: whether a size that was drawn is 1.
    plans: what is found of terms that is the same at all points where the same moves, to be shared by them.
    """

    values: dict[Term, Any]
    increments: dict[Term, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    indices: Bound = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    definitions: Mapping[Term, Term] = field(default_factory=dict)
    stand_ins: dict[int, int] = field(default_factory=dict)
    step: float = STEP
    has_size_one: bool = False
    plans: Plans = field(default_factory=Plans)

    def __post_init__(self) -> None:
        self._session = current()
        self._known: defaultdict[int, dict[Any, Any]] = defaultdict(dict)  # by offset, then by term, with the values of the indices it depends on
        self._is_wanting = False  # whether a term without a value is among what is known
        self.magnitudes: dict[tuple[Any, ...], float] = {}
        self.unsolved: set[Term] = set()  # equations of which no solution was found here, which takes long

    def elsewhere(self, values: dict[Term, Any], bound: Bound, definitions: Mapping[Term, Term], step: float, plans: Plans) -> Point:
        """A point with other values that nothing moves, where these indices are bound: sizes and functions are the same."""
        return Point(values, {}, self.sizes, bound, self.functions, definitions, self.stand_ins, step, plans=plans)

    def along(self, increments: dict[Term, Any]) -> Point:
        """The same point with another direction."""
        return replace(self, increments=increments, plans=self.plans.along(self.increments, increments))

    def stepping(self, times: float) -> Point:
        """The same point and direction with other steps: of much smaller ones a kink nearby is mostly out of reach."""
        return replace(self, step=self.step * times)

    def of(self, term: Term, offset: int = 0, bound: Bound | None = None) -> Any:
        """The value at an offset along the line, with these values of bound indices. What is found wanting is remembered as well."""
        plan = self.plans.known.get(term) or self._inspected(term)
        bound = self.indices if bound is None else bound
        offset = offset if plan.moves else 0
        key = (term, *map(bound.get, plan.free)) if plan.free else term
        known = self._known[offset]
        found = known.get(key)
        if found is None:
            self._session.spend(VALUE)
            found = known[key] = self._judged(term, offset, bound, plan.plain)
        if self._is_wanting and isinstance(found, Exception):
            raise found
        return found

    def _is_known(self, term: Term, offset: int, bound: Bound) -> bool:
        plan = self.plans.known.get(term) or self._inspected(term)
        key = (term, *map(bound.get, plan.free)) if plan.free else term
        return key in self._known.get(offset if plan.moves else 0, ())

    def _judged(self, term: Term, offset: int, bound: Bound, plain: bool) -> Any:
        """The value, noted at the point itself; or why it has none."""
        try:
            if plain:
                values = self._of_children(term, offset, bound)
                if offset and term.kinks:
                    keep_off(term.kinks, self._of_children(term, 0, bound)[0], values[0])
                return self._number(term, values, offset)
            result = self._compute(term, offset, bound)
            if offset == 0 and (type(term) in CALLS or not term.children):  # operations have been examined
                known_size(result)
        except (Unsuitable, NoValue) as reason:
            self._is_wanting = True
            return reason
        return result

    def _of_children(self, term: Term, offset: int, bound: Bound) -> list[Any]:
        """The values of all children; most are there already, and looking is all that it takes."""
        plans, steady = self.plans.known, self._known[0]
        moved = self._known.get(offset, steady)
        values = []
        for part in term.children:
            plan = plans[part]
            value = None if plan.free else (moved if plan.moves else steady).get(part)
            values.append(self.of(part, offset, bound) if value is None or (self._is_wanting and isinstance(value, Exception)) else value)
        return values

    def free(self, term: Term) -> tuple[Index, ...]:
        """The indices on which the value of a term depends."""
        return (self.plans.known.get(term) or self._inspected(term)).free

    def moves(self, term: Term) -> bool:
        """Whether the value of a term changes along the line."""
        return bool(self.increments) and (self.plans.known.get(term) or self._inspected(term)).moves

    def _inspected(self, term: Term) -> Plan:
        """What is known of a term and of all that it is made of."""
        return self.plans.inspected(term, self.definitions, self.functions, self.increments)

    def _compute(self, term: Term, offset: int, bound: Bound) -> Any:
        kind: type = type(term)
        if kind in (Symbol, Hole):
            return self._leaf(term, offset, bound)
        if kind is Index:
            if term not in bound:
                raise NoValue(f"the index {term.name} has no value")
            return bound[term]
        if kind is Differential:
            return self._differential(term, offset, bound)
        if kind in CALLS:
            return self._call(term, offset, bound)
        if kind is FixedPoint:
            return fixed_point(self, cast(FixedPoint, term), offset, bound)
        if kind is Derivative:
            return named_derivative(self, cast(Derivative, term), offset, bound)
        return self._operation(term, offset, bound)

    def _leaf(self, leaf: Term, offset: int, bound: Bound) -> Any:
        if leaf in self.values:
            value = self.values[leaf]
            return value + offset * self.step * self.increments[leaf] if offset and leaf in self.increments else value
        if leaf in self.definitions:
            for name in self.plans.names_below(leaf, self.definitions, lambda name: self._is_known(name, offset, bound)):
                self.of(name, offset, bound)
            return self.of(self.definitions[leaf], offset, bound)
        raise NoValue(f"{leaf.name} has no value")

    def _differential(self, term: Term, offset: int, bound: Bound) -> Any:
        if term.of in self.increments:
            return self.increments[term.of]
        if not self._inspected(term.of).moves:
            return 0 * self.of(term.of, 0, bound)
        if offset == 0:
            self.of(term.of, 0, bound)  # where the point itself is of no use, its neighbours are not either
        return difference(lambda k: self._along(term.of, offset + k, bound), self.step, lambda: self._rounding(term, bound))

    def _along(self, term: Term, offset: int, bound: Bound) -> Any:
        """The value at a neighbour; as long as nothing was found wanting, all that it is made of is worked out in one go."""
        moved = self._known[offset]
        if offset and not self._is_wanting and term not in moved:
            leaves, lines = program_of(term, self.plans, self.definitions)
            for leaf in leaves:
                if leaf not in moved:
                    self.of(leaf, offset, bound)
            self._session.spend(VALUE * work_out(lines, moved, self._known[0]))
        return self.of(term, offset, bound) if self._is_wanting or term not in moved else moved[term]

    def _rounding(self, term: Term, bound: Bound) -> float:
        """What rounding leaves of a difference where there is none."""
        return ROUNDING * magnitude(self, term, bound) / self.step

    def _call(self, term: Term, offset: int, bound: Bound) -> Any:
        of, order = self.of(term.of, offset, bound), getattr(term, "order", 0)
        if (known := self.functions.get(term.function)) is None:
            raise NoValue(f"the function {term.function} has no value")
        if type(term) in SIZED:
            return sized(term, known, of, *(self.size(dim, bound) for dim in term.shape))
        if callable(known):
            return called(term, known, order, of)
        return entrywise(lambda t: self._defined(known[0], known[1], t, order, offset, bound), of)

    def _defined(self, argument: Term, body: Term, t: Any, order: int, offset: int, bound: Bound) -> Any:
        """A function with a definition, or its derivative of an order, at a number."""
        leaves = [leaf for leaf in body.parts(Symbol) if leaf is not argument]
        fixed: dict[Term, Any] = {leaf: self._leaf(leaf, offset, bound) for leaf in leaves}
        inner = Point({**fixed, argument: t}, {argument: 1.0}, self.sizes, bound, self.functions, {}, self.stand_ins, self.step)
        for _ in range(order):
            body = Differential(body)
        return inner.of(body)

    def _operation(self, term: Term, offset: int, bound: Bound) -> Any:
        if any(not self.of(condition, offset, bound) for condition in conditions_of(term)):
            return 0.0 if term.is_scalar else np.zeros((self.size(term.shape[0], bound), self.size(term.shape[1], bound)))
        values = self.parts(term, offset, bound)
        if is_wide(term) and self.size(term.shape[0], bound) * self.size(term.shape[1], bound) > current().limits.entries:
            raise Unsuitable("a part has too many entries there")
        return self._number(term, values, offset)

    def _number(self, term: Term, values: list[Any], offset: int) -> Any:
        """What the card makes of the values of its fields. Raises Unsuitable."""
        try:
            result = number(term, values)
            if offset == 0:
                examine(term, values, result)
        except (ValueError, IndexError, ZeroDivisionError, OverflowError) as error:
            raise error if isinstance(error, Unsuitable) else Unsuitable(str(error)) from error
        return as_number(result) if term.is_scalar else result

    def parts(self, term: Term, offset: int, bound: Bound) -> list[Any]:
        """What the number of a term is made of: the values of its fields."""
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
            elif kind == "Term" and indices:
                values.append(self._within(part, indices, offset, bound))
            elif kind == "Term":
                values.append(self.place(term, name, offset, bound) if name in PLACES else self.of(part, offset, bound))
        return values

    def _within(self, body: Term, indices: tuple[Index, ...], offset: int, bound: Bound) -> Callable[..., Any]:
        return lambda *at: self.of(body, offset, {**bound, **dict(zip(indices, at, strict=True))})

    def place(self, term: Term, name: str, offset: int = 0, bound: Bound | None = None) -> int:
        """Where an index stands among entries or members, from 0; on paper from 1, or from where its family begins."""
        family = getattr(term.__dict__.get("family"), "family", None)
        found = int(self.of(term.__dict__[name], offset, bound)) - (self.size(family[0], bound) if family else 1)
        if found < 0:
            raise Unsuitable("an index lies before the first entry")
        return found

    def places(self, part: Term) -> tuple[int, ...]:
        """Where in the array of its leaf a member or an entry stands."""
        return tuple(self.place(part, name) for name in part.fields if name in PLACES)

    def size(self, dim: Dim, bound: Bound | None = None) -> int:
        """The value of a dimension."""
        if dim.integer is not None:
            return self.stand_ins.get(dim.integer, dim.integer)
        named = {**self.sizes, **{index.name: at for index, at in (bound or {}).items()}}
        missing = [name for name in dim.names if name not in named]
        if missing:
            raise NoValue(f"the size {missing[0]} has no value")
        return int(dim.value(named))


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
