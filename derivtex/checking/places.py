"""Random points at which a solution has a value, with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from derivtex.checking.assumptions import is_positive_definite
from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.values import Point, Unsuitable, np
from derivtex.checking.verdict import all_definitions, defined_functions
from derivtex.core.terms import Term
from derivtex.derivation.stationary.eigen import is_orthogonality
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Symbol
from derivtex.rewriting.conditions import ASSUMED

ROUNDING = 1e-9
MANY = 9
Array = Any


def has_no_negative_part(matrix: Array) -> bool:
    values = np.linalg.eigvalsh(np.atleast_2d(matrix))
    return bool(values.min() >= -ROUNDING * max(size(values), 1.0))


WITHIN: dict[str, Callable[[Array], bool]] = {
    "positive": lambda value: bool(np.all(np.real(value) > 0)), "posdef": is_positive_definite, "psd": has_no_negative_part,
}  # fmt: skip


class Place(NamedTuple):
    """A random point, and the one where the unknowns have the values of the solution there."""

    random: Point
    solution: Point


def is_within(name: Symbol, value: Array) -> bool:
    return all(WITHIN[word](value) for word in name.properties if word in WITHIN)


def places(solution: Solution) -> Iterator[Place]:
    """Random points at which the solution has a value, with it."""
    needed = [part for words, parts in solution.conditions if words == ASSUMED["positive"] for part in parts if part.is_scalar]
    with np.errstate(all="ignore"):
        for point in points(domain_of(solution)):
            try:
                point = with_order(point, solution.ordered)
                values: dict[Term, Array] = {name: point.of(value) for name, value in solution.values.items()}
                if any(np.shape(value) != np.shape(point.values[name]) for name, value in values.items()):
                    continue
                if not all(is_within(name, values[name]) for name in solution.primaries) or is_too_wide(solution, values):
                    continue
                if any(np.any(np.asarray(point.of(each)) <= 0) for each in needed):
                    continue
                there = moved_to(point, values)
                there.of(solution.problem.target)
                yield Place(point, there)
            except (Unsuitable, np.linalg.LinAlgError, ValueError):
                continue


def is_too_wide(solution: Solution, values: dict[Term, Array]) -> bool:
    """Whether an unknown has more columns than rows, which are never orthonormal, and a constraint wants them to be."""
    wide = [name for name in solution.primaries if np.ndim(values[name]) == 2 and values[name].shape[0] < values[name].shape[1]]
    return any(is_orthogonality(each, name) for name in wide for each in solution.bound.constraints)


def with_order(point: Point, ordered: tuple[tuple[Term, Term], ...]) -> Point:
    """The point with bounds in order: exchanged where they are leaves and in the wrong one. Raises Unsuitable where they are not."""
    for lower, upper in ordered:
        low, high = np.asarray(point.of(lower)), np.asarray(point.of(upper))
        if lower in point.values and upper in point.values:
            return moved_to(point, {lower: np.minimum(low, high), upper: np.maximum(low, high)})
        if np.any(low > high):
            raise Unsuitable("the bounds are in the wrong order")
    return point


def moved_to(point: Point, values: dict[Term, Array]) -> Point:
    """The point with other values of some leaves."""
    values = {**point.values, **values}
    return Point(values, point.increments, point.sizes, point.indices, point.functions, point.definitions, point.stand_ins)


def domain_of(solution: Solution) -> Domain:
    """Where points are drawn: numbers that have to be positive are."""
    problem = solution.problem
    definitions = all_definitions(solution.derivations[0])
    functions = defined_functions(problem)
    terms = [problem.target, *solution.values, *solution.values.values(), *solution.bound.constraints, *gradients(solution)]
    if solution.fixed is not None:
        terms.append(solution.fixed.value)
    terms += [side for isolation in solution.isolations for step in isolation.steps for side in (step.before.left, step.before.right)]
    given: dict[Term, tuple[str, ...]] = {}
    for words, parts in (*solution.conditions, *solution.kind.given):
        if "positive" in words and "definite" not in words:
            given.update(dict.fromkeys(parts, ("positive",)))
        elif words == ASSUMED["posdef"]:
            given.update({part: ("symmetric", "posdef") for part in parts if isinstance(part, Symbol)})
    for derivation in solution.derivations:
        definitions |= {d.name: d.body for d in (*derivation.let, *derivation.where)}
    definitions |= with_properties(terms, definitions)
    leaves = leaves_of(terms, definitions, functions)
    return Domain(leaves, solution.primaries, definitions, functions, given=given, sizes=many_rows(solution))


def with_properties(terms: list[Term], definitions: dict[Term, Term]) -> dict[Term, Term]:
    """What defined names stand for where they bear a property that was found of them, and so are other symbols: P = Z(ZᵀZ)⁻¹Zᵀ is symmetric."""
    bodies = {name.name: body for name, body in definitions.items() if isinstance(name, Symbol)}
    found = dict.fromkeys(part for term in terms for part in term.walk() if isinstance(part, Symbol) and part.name in bodies)
    return {part: bodies[part.name] for part in found if part not in definitions}


def many_rows(solution: Solution) -> dict[str, int]:
    """Sizes for which a covariance of residuals is definite: many rows for a matrix that is to have full column rank."""
    if not any("posdef" in name.properties for name in solution.primaries):
        return {}
    tall = [part for words, parts in solution.conditions if words == ASSUMED["full column rank"] for part in parts]
    return {name: MANY for part in tall for name in part.shape[0].names}


def gradients(solution: Solution) -> list[Term]:
    return [derivation.result for derivation in solution.derivations]


def has_members(solution: Solution) -> bool:
    """Whether an unknown is a member of a family, or an entry."""
    return any(name is not variable for name, variable in solution.members.items())


def size(value: Array) -> float:
    return float(np.max(np.abs(value))) if np.size(value) else 0.0
