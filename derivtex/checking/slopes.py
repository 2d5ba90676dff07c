"""The two sides of a claim about a gradient along one direction, which takes one difference where the entries take one each."""

from __future__ import annotations

from functools import partial
from typing import Any

from derivtex.checking.derivatives import slope_along
from derivtex.checking.magnitudes import magnitude
from derivtex.checking.trials import Addend, Pair, addends_of, size_of
from derivtex.checking.values import Point, np
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Product, Sum


def slopes(point: Point, left: Derivative, right: Term) -> Pair | None:
    """The two sides along one direction; None where the derivative has to be known by its entries."""
    found = slope_along(point, left)
    if found is None:
        return None
    slope, direction = found
    own = size_of(slope) or 1.0
    if (parts := with_slopes(point, left, right, direction)) is not None:
        return Pair(slope, parts[0].whole, lambda: (own, max(part.magnitude() for part in parts)), parts if len(parts) > 1 else ())
    addends = tuple(
        each._replace(value=along(each.value, direction), whole=along(each.whole, direction)) for each in addends_of(point, right)
    )
    return Pair(slope, along(point.of(right), direction), lambda: (own, magnitude(point, right)), addends)


def along(value: Any, direction: Any) -> Any:
    return np.sum(value * direction) if np.shape(value) == np.shape(direction) else value


def with_slopes(point: Point, left: Derivative, right: Term, direction: Any) -> tuple[Addend, ...] | None:
    r"""The addends of a right side that holds derivatives by the same variable, `\frac{d}{dX}f + c\frac{d}{dX}g`, along a direction; else None."""
    terms = right.terms if type(right) is Sum else (right,)
    derived = {term: derivative_in(term, left) for term in terms}
    if not any(derived.values()):
        return None
    made = [addend(point, term, derivative, direction) for term, derivative in derived.items()]
    whole = sum(each.value for each in made)
    return tuple(each._replace(whole=whole) for each in made)


def derivative_in(term: Term, left: Derivative) -> Derivative | None:
    """The derivative in the layout of another one that a term is a multiple of."""
    factors = term.factors if type(term) is Product else (term,)
    large = [factor for factor in factors if not factor.is_scalar]
    found = large[0] if len(large) == 1 else None
    alike = type(found) is Derivative and (found.by, found.form, found.shape) == (left.by, left.form, left.shape)
    return found if alike and isinstance(found, Derivative) else None


def addend(point: Point, term: Term, derivative: Derivative | None, direction: Any) -> Addend:
    """One addend along a direction: a multiple of a derivative by its slope."""
    found = slope_along(point, derivative) if derivative is not None else None
    if found is None:
        value = along(point.of(term), direction)
        return Addend(term, value, value, partial(magnitude, point, term))
    value = found[0]
    for factor in term.factors if type(term) is Product else ():
        value = value if factor is derivative else value * point.of(factor)
    return Addend(term, value, value, lambda: size_of(value) or 1.0)
