"""The value of what an equation z = F(z) fixes, by Newton's method on values of F alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from derivtex.checking.differences import NoValue, Unsuitable
from derivtex.core.terms import Term
from derivtex.operations import FixedPoint, Symbol

if TYPE_CHECKING:
    from derivtex.checking.values import Bound, Point

MOST, ROUNDS, STEP, SETTLED = 40, 40, 1e-6, 1e-13
MANY, FEW_ROUNDS = 5, 15
START = 0.1
UNSOLVED = "the equation was not solved"


def fixed_point(point: Point, term: FixedPoint, offset: int, bound: Bound) -> Any:
    """The solution; along the line the one that is near that of the point itself. Unsuitable where none is found."""
    leaves = [leaf for leaf in term.body.parts(Symbol) if leaf is not term.unknown]
    fixed: dict[Term, Any] = {leaf: point._leaf(leaf, offset, bound) for leaf in leaves}
    rows, columns = (point.size(dim, bound) for dim in term.shape)
    if term in point.unsolved:
        raise Unsuitable(UNSOLVED)
    if rows * columns > MOST:
        raise NoValue("an equation of so many unknowns")
    shape = () if term.is_scalar else (rows, columns)
    starts = [point.of(term, 0, bound)] if offset else beginnings(rows, columns)

    def function(values: Any) -> Any:
        given = {**fixed, term.unknown: values[0] if term.is_scalar else values.reshape(shape)}
        inner = point.elsewhere(given, bound, {}, point.step, point.plans.other(term))
        return np.ravel(inner.of(term.body))

    found = (newton(function, np.ravel(start).astype(float)) for start in starts)
    solution = next((values for values in found if values is not None), None)
    if solution is None:
        point.unsolved.add(term)
        raise Unsuitable(UNSOLVED)
    return solution[0] if term.is_scalar else solution.reshape(shape)


def beginnings(rows: int, columns: int) -> list[Any]:
    """Where Newton's method begins: of square matrices first at the identity, from which it mostly goes to the positive definite
    solution where there is one, such as the stabilizing one of a Riccati equation or the principal root."""
    small = np.full((rows, columns), START)
    return [np.eye(rows), small] if rows == columns > 1 else [small]


def newton(function: Callable[[Any], Any], values: Any) -> Any:
    """The values that the function sends to themselves; None where they are not found."""
    for _ in range(ROUNDS if len(values) < MANY else FEW_ROUNDS):
        slopes = np.stack([(function(values + h) - function(values - h)) / (2 * STEP) for h in STEP * np.eye(len(values))], axis=1)
        try:
            change = np.linalg.solve(np.eye(len(values)) - slopes, function(values) - values)
        except np.linalg.LinAlgError:
            return None
        values = values + change
        if np.max(np.abs(change)) <= SETTLED * (1 + np.max(np.abs(values))):
            return values
    return None
