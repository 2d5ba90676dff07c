"""What kind of point a solution is, where the form of the function or of its gradient shows it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import Kind, kind_of_quadratic
from derivtex.derivation.stationary.convexity import is_affine, is_convex
from derivtex.derivation.stationary.decompositions import Decomposed
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import Bound, opened
from derivtex.operations import EntryPower, Norm, Number, Product, Sum, SumOver, Symbol, symbol, zero
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import holds
from derivtex.simplification.engine import tidied

HALF = Fraction(1, 2)


class Point(NamedTuple):
    """A solution whose kind is asked for: the problem, its unknowns, their gradients and values, what a decomposition says of it."""

    bound: Bound
    members: dict[Symbol, Term]
    gradients: dict[Symbol, Term]
    values: dict[Symbol, Term]
    found: Decomposed | None


def kind_of_point(point: Point) -> Kind:
    """What kind of point it is: of a decomposition, of what is quadratic, of a sum of squares."""
    if point.found is not None:
        return point.found.kind
    kind = kind_alone(point) if len(point.gradients) == 1 else Kind()
    return kind if kind.name else kind_by_form(point) or kind


def kind_by_form(point: Point) -> Kind | None:
    """A minimum of what is convex, or a maximum of what is concave, where the constraints are affine; None where the form does not show it."""
    wholes = [name if name is variable else variable.children[0] for name, variable in point.members.items()]
    unknowns = tuple(each for each in wholes if isinstance(each, Symbol))
    if point.bound.inequalities or len(unknowns) < len(wholes):
        return None
    if not all(is_affine(each.body if type(each) is SumOver else each, unknowns) for g in point.bound.constraints for each in terms_of(g)):
        return None
    target = opened(point.bound.problem.target, point.bound.problem, tuple(point.members.values()))
    target = tidied(target.replace({each: zero(each.shape) for each in point.bound.multipliers}))
    for squares in (True, False):
        for name, sign in (("minimum", 1), ("maximum", -1)):
            if is_convex(target, unknowns, squares, sign):
                return Kind(name, convex=True, squares=squares)
    return None


def terms_of(term: Term) -> tuple[Term, ...]:
    return term.terms if type(term) is Sum else (term,)


def kind_alone(point: Point) -> Kind:
    """What kind of point it is by the form of the one gradient; the multipliers of inequalities are not negative."""
    ((name, gradient),) = point.gradients.items()
    kind = kind_of_quadratic(gradient, name)
    if not kind.name and (whole := opened_out(gradient, point.bound)) is not gradient:
        kind = kind_of_quadratic(whole, name)._replace(second=kind.second)
    if any(part in point.bound.multipliers for each in kind.given for part in each.terms):
        kind = kind_by_multipliers(point, gradient, name)
    pulls = [each.multiplier for each in point.bound.inequalities]
    return kind._replace(given=tuple(each for each in kind.given if not any(part in pulls for part in each.terms)))


def opened_out(gradient: Term, bound: Bound) -> Term:
    """A gradient with what names of constants stand for, by which a form is seen to be semidefinite: P = Z(ZᵀZ)⁻¹Zᵀ."""
    bodies = {each.name.name: each.body for each in bound.problem.definitions if each.name is not bound.problem.target}
    for _ in range(len(bodies)):
        gradient = gradient.map(lambda part: bodies.get(part.name) if isinstance(part, Symbol) else None)
    return tidied(gradient)


def kind_by_multipliers(point: Point, gradient: Term, name: Symbol) -> Kind:
    """What kind of point it is with the multipliers that were found, of a Lagrangian that bends one way or the other by their sign."""
    found = {each: signed(point.values[each]) for each in point.bound.multipliers if each in point.values}
    kind = kind_of_quadratic(tidied(gradient.replace({each: value for each, (value, _) in found.items()})), name)
    back = {mark: size for _, marks in found.values() for mark, size in marks.items()}
    return kind._replace(second=kind.second and settled(kind.second.replace(back)))


def signed(root: Term) -> tuple[Term, dict[Term, Term]]:
    """A number with a positive mark for what has a root in front of it, and what the mark stands for; else as it is."""
    sign, size = coefficient(tidied(root))
    parts = factors_of(size)
    lengths = [type(part) is Norm or (type(part) is EntryPower and part.exponent is Number(HALF)) for part in parts]
    if not any(lengths) or not all(at or holds("positive", part) for part, at in zip(parts, lengths, strict=True)):
        return root, {}
    mark = symbol(str(size), "scalar", properties=("positive",))
    return Product((Number(sign), mark)), {mark: size}
