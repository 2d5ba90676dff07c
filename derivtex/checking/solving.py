"""The value of what an equation z = F(z) fixes, by Newton's method on values of F alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from derivtex.checking.values import Bound, NoValue, Point, Unsuitable, np
from derivtex.operations import FixedPoint, Symbol
from derivtex.terms import Term

MOST, ROUNDS, STEP, SETTLED = 40, 40, 1e-6, 1e-13
START = 0.1


def fixed_point(point: Point, term: FixedPoint, offset: int, bound: Bound) -> Any:
    """The solution; along the line the one that is near that of the point itself. Unsuitable where none is found."""
    leaves = [leaf for leaf in term.body.walk() if type(leaf) is Symbol and leaf is not term.unknown]
    fixed: dict[Term, Any] = {leaf: point._leaf(leaf, offset, bound) for leaf in leaves}
    rows, columns = (point.size(dim, bound) for dim in term.shape)
    if rows * columns > MOST:
        raise NoValue("an equation of so many unknowns")
    shape = () if term.is_scalar else (rows, columns)
    start = point.of(term, 0, bound) if offset else np.full((rows, columns), START)

    def function(values: Any) -> Any:
        given = {**fixed, term.unknown: values[0] if term.is_scalar else values.reshape(shape)}
        inner = Point(given, {}, point.sizes, bound, point.functions, {}, point.stand_ins)
        return np.ravel(inner.of(term.body))

    solution = newton(function, np.ravel(start).astype(float))
    return solution[0] if term.is_scalar else solution.reshape(shape)


def newton(function: Callable[[Any], Any], values: Any) -> Any:
    """The values that the function sends to themselves."""
    for _ in range(ROUNDS):
        slopes = np.stack([(function(values + h) - function(values - h)) / (2 * STEP) for h in STEP * np.eye(len(values))], axis=1)
        change = np.linalg.solve(np.eye(len(values)) - slopes, function(values) - values)
        values = values + change
        if np.max(np.abs(change)) <= SETTLED * (1 + np.max(np.abs(values))):
            return cast(Any, values)
    raise Unsuitable("the equation was not solved")
