"""The value of a derivative that is only named, ∂f/∂X: entry by entry, from differences along each entry of X.

It needs no derivation, so that what an author asserts of a derivative can be tried before any rule is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from derivtex.checking.differences import NoValue, Unsuitable
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Derivative, Differential, Entry, Member, Symbol
from derivtex.rewriting.conjugation import may_be_complex

if TYPE_CHECKING:
    from derivtex.checking.values import Bound, Point

MOST = 64
IRRATIONAL = 2**0.5  # no two entries of a direction are alike
Along = Callable[[Any], dict[Term, Any]]


def named_derivative(point: Point, term: Derivative, offset: int, bound: Bound) -> Any:
    """The value of a derivative in the shape that the term has; NoValue where it would take too long."""
    of, start, base, along = independent(point, term, offset, bound)
    if np.size(start) > MOST:
        raise NoValue("a derivative by so many entries")
    if term.form == "hessian":
        return hessian(of, start, base, along)
    slopes = [slope(of, base, along, direction, term.by) for direction in directions(start)]
    if np.ndim(start) == 0:
        return shaped(slopes[0], term, point)
    if np.ndim(slopes[0]) == 0:
        return shaped(np.reshape(slopes, np.shape(start), order="F"), term, point)
    return shaped(np.stack([np.ravel(slope, order="F") for slope in slopes], axis=1), term, point)


def slope_along(point: Point, term: Derivative) -> tuple[Any, Any] | None:
    """The change of a number along one direction of what it is differentiated by, and that direction in the shape of the derivative.

    A gradient G is told apart from every other matrix by ⟨G, D⟩ for a general D, which takes one difference where its entries take one
    each; a Hessian H by ⟨H, uvᵀ⟩. None of what is neither, or by a complex variable, whose derivative is no slope.
    """
    if term.form not in ("gradient", "hessian") or may_be_complex(term.by):
        return None
    of, start, base, along = independent(point, term, 0, point.indices)
    if np.ndim(start) == 0:
        return None
    one = general(start, 1)
    if term.form == "hessian":
        return bend_along(second_along(of, base, along), one, general(start, 2))
    slope = base.along(along(one)).of(Differential(of))
    return None if np.ndim(slope) else (slope, shaped(one, term, point))


def general(start: Any, number: int) -> Any:
    """One of several directions in which no two entries are alike."""
    return np.reshape(np.cos(np.arange(1, np.size(start) + 1) ** 2 * number * IRRATIONAL), np.shape(start))


def bend_along(second: Callable[[Any], Any], one: Any, other: Any) -> tuple[Any, Any] | None:
    """The second derivative along two directions, and these as a matrix; None of no number, and where it is zero, as entries show better."""
    bend = (second(one + other) - second(one) - second(other)) / 2
    return (bend, np.outer(np.ravel(one, order="F"), np.ravel(other, order="F"))) if np.ndim(bend) == 0 and bend else None


def slope(of: Term, base: Point, along: Along, direction: Any, by: Term) -> Any:
    """The derivative along a direction; of a complex variable by Wirtinger, (∂/∂x − i∂/∂y)/2, or (∂/∂x + i∂/∂y)/2 by the conjugate."""
    real = base.along(along(direction)).of(Differential(of))
    if not may_be_complex(by):
        return real
    sign = 1j if type(by) is Conjugate else -1j
    return (real + sign * np.asarray(base.along(along(1j * direction)).of(Differential(of)))) / 2


def independent(point: Point, term: Derivative, offset: int, bound: Bound) -> tuple[Term, Any, Point, Along]:
    """What is differentiated; the value that it is differentiated by; the point; and the increments that move that value alone.

    An entry or a member moves in its array; a compound in what is differentiated gets a name, and is moved as a whole.
    """
    values = {leaf: point.of(leaf, offset, bound) for leaf in point.values}
    by, of, definitions = term.by.of if type(term.by) is Conjugate else term.by, term.of, dict(point.definitions)
    start = point.of(by, offset, bound)
    leaf = by.children[0] if isinstance(by, (Entry, Member)) and type(by.children[0]) is Symbol else by
    if type(leaf) is not Symbol:
        leaf = Symbol(r"\xi", "scalar" if by.is_scalar else "matrix", by.shape, (), None)
        of, by = inlined(of, definitions).replace({by: leaf}), leaf
    values[leaf] = start if leaf is by else point.of(leaf, offset, bound)
    definitions.pop(leaf, None)
    base = point.elsewhere(values, bound, definitions, point.step, point.plans.other(leaf))
    return of, start, base, lambda direction: {leaf: direction if leaf is by else within(direction, by, values[leaf], base)}


def within(direction: Any, part: Term, whole: Any, point: Point) -> Any:
    """An array that is zero but for a direction at the place of an entry or a member."""
    result = np.zeros(np.shape(whole))
    at = point.places(part)
    result[at] = np.reshape(direction, np.shape(result[at]))
    return result


def inlined(term: Term, definitions: dict[Term, Term]) -> Term:
    """A term with what its defined names stand for in their places."""
    return term.map(lambda part: inlined(definitions[part], definitions) if part in definitions else None)


def directions(start: Any) -> list[Any]:
    """A one in each entry in turn, column by column."""
    if np.ndim(start) == 0:
        return [1.0]
    return [np.reshape(row, np.shape(start), order="F") for row in np.eye(np.size(start))]


def hessian(of: Term, start: Any, base: Point, along: Along) -> Any:
    """The second derivatives, from the second differentials along one entry and along two at a time."""
    basis, second = directions(start), second_along(of, base, along)
    result = np.diag([second(direction) for direction in basis])
    for k in range(len(basis)):
        for j in range(k):
            result[j, k] = result[k, j] = (second(basis[j] + basis[k]) - result[j, j] - result[k, k]) / 2
    return result if np.ndim(start) else result[0, 0]


def second_along(of: Term, base: Point, along: Along) -> Callable[[Any], Any]:
    """The second differential as a function of the direction."""
    return lambda direction: base.along(along(direction)).of(Differential(Differential(of)))


def shaped(value: Any, term: Derivative, point: Point) -> Any:
    """A value in the shape of the derivative: as it is, or transposed for the other layout."""
    if np.ndim(value) == 0:
        return value
    wanted = (point.size(term.rows), point.size(term.columns))
    if value.shape == wanted:
        return value.T if is_square_but_turned(term) else value
    if value.shape[::-1] == wanted:
        return value.T
    raise Unsuitable("a derivative in neither layout")


def is_square_but_turned(term: Derivative) -> bool:
    """Whether the sizes on paper say the other layout while the numbers happen to agree: n × p with n = p."""
    return term.form == "gradient" and term.shape != term.by.shape and term.shape == term.by.shape[::-1]
