"""What the numbers say of a solution: the equations hold at it, the function does not change along what the constraints allow, and
what kind of point it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from derivtex.checking.assumptions import is_positive_definite
from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.checking.verdict import all_definitions, defined_functions
from derivtex.core import properties
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import Kind
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Differential, Inverse, Symbol
from derivtex.rewriting.conditions import ASSUMED
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.steps import Certificate, Sentence

NEEDED, TOLERANCE, FLAT = 3, 1e-6, 1e-4
SMALL = 1e-3
TRIED_WITHIN = 8
ROUNDING = 1e-9
MOST_DIRECTIONS = 40
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


def certified(solution: Solution) -> tuple[Solution, Certificate]:
    """The solution with what the numbers add about its kind and its domain, and the verdict on it."""
    if solution.open or not solution.values:
        return solution, Certificate(False, float("nan"), "it is not solved in closed form")
    try:
        counts = {name: membership(solution, name) for name in solution.primaries}
    except (NoValue, LookupError, NotImplementedError) as reason:
        return solution, Certificate(False, float("nan"), f"it could not be evaluated: {reason}")
    never = tuple(name for name, (inside, tried) in counts.items() if tried and not inside)
    if never:
        left = {name: value for name, value in solution.values.items() if name not in never}
        outside = replace(solution, values=left, open=never, outside={name: solution.values[name] for name in never}, kind=Kind(), impossible=True)
        return outside, Certificate(False, float("nan"), "the solution of the equation is outside of the domain")
    given = [in_domain(name, solution.values[name]) for name, (inside, tried) in counts.items() if inside < tried]
    implied = [Sentence(ASSUMED["invertible"], each.terms) for each in given]
    others = tuple(each for each in solution.conditions if each not in (*given, *implied))
    return tried_out(replace(solution, conditions=(*others, *given)))


def membership(solution: Solution, name: Symbol) -> tuple[int, int]:
    """At how many random points the value of an unknown is what the unknown was declared to be, and at how many that was tried."""
    if not any(word in name.properties for word in WITHIN):
        return 0, 0
    inside = tried = 0
    with np.errstate(all="ignore"):
        for point in points(domain_of(solution)):
            try:
                value = point.of(solution.values[name])
            except (Unsuitable, np.linalg.LinAlgError, ValueError):
                continue
            inside, tried = inside + is_within(name, value), tried + 1
            if tried == TRIED_WITHIN:
                break
    return inside, tried


def is_within(name: Symbol, value: Array) -> bool:
    return all(WITHIN[word](value) for word in name.properties if word in WITHIN)


def in_domain(name: Symbol, value: Term) -> Sentence:
    """The condition that a value is in the domain of its unknown; of an inverse, that what is inverted is."""
    value = value.of if type(value) is Inverse else value
    return Sentence(ASSUMED["posdef" if "posdef" in name.properties or "psd" in name.properties else "positive"], (value,))


def tried_out(solution: Solution) -> tuple[Solution, Certificate]:
    """The solution with what the numbers add about its kind, and the verdict on it."""
    errors: list[float] = []
    kinds: list[str] = []
    spoilt = 0
    try:
        for place in places(solution):
            error = error_at(solution, place)
            if error is None:
                continue
            errors.append(error)
            spoilt += error_of_equations(solution, place.random, place.random) > TOLERANCE
            if len(kinds) < NEEDED:
                kinds.append(kind_at(solution, place))
            if len(errors) == NEEDED or errors[-1] > TOLERANCE:
                break
    except (NoValue, LookupError, NotImplementedError) as reason:
        return solution, Certificate(False, float("nan"), f"it could not be evaluated: {reason}")
    if not errors:
        return solution, Certificate(False, float("nan"), "no point was found at which it could be tried")
    worst = max(errors)
    if worst > TOLERANCE:
        return solution, Certificate(False, worst, "the equations do not hold at the solution", refuted=True)
    confirmed = len(errors) == NEEDED and spoilt > 0
    return with_kind(solution, kinds), Certificate(confirmed, worst, "" if confirmed else "too few points were found")


def places(solution: Solution) -> Iterator[Place]:
    """Random points at which the solution has a value, with it."""
    with np.errstate(all="ignore"):
        for point in points(domain_of(solution)):
            try:
                values: dict[Term, Array] = {name: point.of(value) for name, value in solution.values.items()}
                if any(np.shape(value) != np.shape(point.values[name]) for name, value in values.items()):
                    continue
                if not all(is_within(name, values[name]) for name in solution.primaries):
                    continue
                there = moved_to(point, values)
                there.of(solution.problem.target)
                yield Place(point, there)
            except (Unsuitable, np.linalg.LinAlgError, ValueError):
                continue


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
    terms += [side for isolation in solution.isolations for step in isolation.steps for side in (step.before.left, step.before.right)]
    given: dict[Term, tuple[str, ...]] = {}
    for words, parts in (*solution.conditions, *solution.kind.given):
        if "positive" in words and "definite" not in words:
            given.update(dict.fromkeys(parts, ("positive",)))
    for derivation in solution.derivations:
        definitions |= {d.name: d.body for d in (*derivation.let, *derivation.where)}
    return Domain(leaves_of(terms, definitions, functions), solution.primaries, definitions, functions, given=given)


def gradients(solution: Solution) -> list[Term]:
    return [derivation.result for derivation in solution.derivations]


def size(value: Array) -> float:
    return float(np.max(np.abs(value))) if np.size(value) else 0.0


def error_at(solution: Solution, place: Place) -> float | None:
    """The largest error of the equations, of the constraints and of the change along what the constraints allow."""
    try:
        return errors_at(solution, place)
    except (Unsuitable, np.linalg.LinAlgError):
        return None


def errors_at(solution: Solution, place: Place) -> float:
    errors = [error_of_equations(solution, place.solution, place.random)]
    errors += [size(place.solution.of(g)) / (1 + size(place.random.of(g))) for g in solution.bound.constraints]
    for term, multiplier in solution.bound.inequalities:
        slack, pull = np.asarray(place.solution.of(term)), np.asarray(place.solution.of(multiplier))
        scale = 1 + size(place.random.of(term))
        errors += [size(np.maximum(slack, 0)) / scale, size(np.minimum(pull, 0)) / scale, size(slack * pull) / scale / (1 + size(pull))]
    errors.append(change_along(solution, place))
    return max(errors)


def error_of_equations(solution: Solution, at: Point, scale: Point) -> float:
    """By how much the equations of the steps fail at a point, relative to their size at another."""
    found = 0.0
    for isolation in solution.isolations:
        for step in isolation.steps:
            for equation in (step.before, step.after):
                if any(equation.contains(name) for name in solution.bound.multipliers if name not in solution.values):
                    continue
                left, right = at.of(equation.left), at.of(equation.right)
                whole = max(size(scale.of(equation.left)), size(scale.of(equation.right)), size(left))
                found = max(found, size(np.subtract(left, right)) / (whole or 1.0))
    return found


def directions(solution: Solution, point: Point) -> list[dict[Term, Array]]:
    """A basis of the changes of the variables within their structure."""
    found: list[dict[Term, Array]] = []
    for name in solution.primaries:
        value = np.asarray(point.values[name])
        basis = np.eye(value.size).reshape((value.size, *value.shape)) if value.ndim else [1.0]
        if value.ndim == 2 and isinstance(name, Symbol):
            basis = independent([properties.tangent_part(np, value, change, name.properties) for change in basis])
        turns = (1.0, 1j) if may_be_complex(name) else (1.0,)
        found += [{name: turn * change} for change in basis for turn in turns]
    still: dict[Term, Array] = {name: np.asarray(point.values[name]) * 0 for name in solution.primaries}
    return [{**still, **each} for each in found]


def independent(changes: list[Array]) -> list[Array]:
    """An orthonormal basis of what changes span."""
    flat = np.array([np.ravel(change) for change in changes])
    _, values, rows = np.linalg.svd(flat)
    return [row.reshape(np.shape(changes[0])) for row, value in zip(rows, values, strict=False) if value > 1e-9]


def allowed(solution: Solution, point: Point, basis: list[dict[Term, Array]]) -> Array:
    """Combinations of a basis along which the constraints do not change: the columns of a matrix."""
    if not solution.bound.constraints:
        return np.eye(len(basis))
    rows = []
    for change in basis:
        slopes = [np.ravel(slope(point, change, g)) for g in solution.bound.constraints]
        rows.append(np.concatenate([part for each in slopes for part in (np.real(each), np.imag(each))]))
    _, values, turned = np.linalg.svd(np.array(rows).T)
    rank = int(np.sum(values > 1e-8 * max(values.max(), 1e-30)))
    return turned[rank:].T


def slope(point: Point, change: dict[Term, Array], term: Term) -> Array:
    """The derivative of a term along a change; the size of the term is noted first, by which its noise is judged."""
    moved = point.along(change)
    moved.of(term)
    return moved.of(Differential(term))


def change_along(solution: Solution, place: Place) -> float:
    """The differential of the target along the allowed changes, relative to what it is at the random point."""
    basis = directions(solution, place.solution)
    if len(basis) > MOST_DIRECTIONS:
        return 0.0
    target = solution.problem.target
    here = np.array([np.real(slope(place.solution, change, target)) for change in basis])
    there = np.array([np.real(slope(place.random, change, target)) for change in basis])
    along = allowed(solution, place.solution, basis)
    scale = size(there) + size(here) + SMALL * (1 + size(place.random.of(target)))
    return size(here @ along) / scale if along.size else 0.0


def kind_at(solution: Solution, place: Place) -> str:
    """What the solution is at a point, by the second derivatives along the allowed changes; empty where they do not tell."""
    if solution.bound.inequalities:  # which of them bind differs from point to point
        return ""
    waiting = [name for name in solution.bound.multipliers if name not in solution.values]
    basis = directions(solution, place.solution)
    if waiting or len(basis) > MOST_DIRECTIONS or any(map(may_be_complex, solution.primaries)):
        return ""
    try:
        hessian = np.array([[pairing(solution, place.solution, one, other) for other in basis] for one in basis])
        along = allowed(solution, place.solution, basis)
    except (Unsuitable, np.linalg.LinAlgError):
        return ""
    if not along.size:
        return "single"
    values = np.linalg.eigvalsh(along.T @ (hessian + hessian.T) @ along)
    scale = FLAT * max(size(values), 1e-12)
    if values.min() > scale:
        return "minimum"
    if values.max() < -scale:
        return "maximum"
    return "saddle" if values.min() < -scale and values.max() > scale else ""


def pairing(solution: Solution, point: Point, one: dict[Term, Array], other: dict[Term, Array]) -> float:
    """The second derivative of the target along two changes, from the gradient's change."""
    total = 0.0
    for derivation in solution.derivations:
        total += float(np.sum(np.real(slope(point, one, derivation.result) * other[derivation.problem.wrt[0]])))
    return total


def with_kind(solution: Solution, kinds: list[str]) -> Solution:
    """The kind that the form shows, or else the one that the numbers agree on."""
    told = {kind for kind in kinds if kind}
    if solution.kind.name:
        contradicted = told - {solution.kind.name, "single"}
        return replace(solution, kind=Kind(second=solution.kind.second)) if contradicted else solution
    if solution.kind.second is not None:
        return solution  # it depends on the constants, and what random ones show is no fact
    if told == {"single"}:
        remark = Sentence("the constraints leave no other point near it")
        return replace(solution, remarks=(*solution.remarks, remark))
    if len(told) == 1 and "" not in kinds and "single" not in told:
        return replace(solution, kind=solution.kind._replace(name=told.pop(), numbers=True))
    return solution
