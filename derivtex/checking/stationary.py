"""What the numbers say of a solution: the equations hold at it, the function does not change along what the constraints allow, and
what kind of point it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from derivtex.checking.examples import points
from derivtex.checking.neighbours import change_along, kind_at, with_kind
from derivtex.checking.places import WITHIN, Place, domain_of, has_members, is_within, places, size
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import Kind
from derivtex.derivation.stationary.members import put_in
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Inverse, Symbol
from derivtex.rewriting.conditions import ASSUMED
from derivtex.steps import Certificate, Sentence

NEEDED, TOLERANCE = 3, 1e-6
TRIED_WITHIN = 8


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
            if len(kinds) < (1 if solution.kind.name else NEEDED):  # what the form shows is only tried
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
    solution = with_kind(solution, kinds)
    if confirmed:
        solution = replace(solution, tried=tuple(seen_of(solution, kinds)), level=tried_level(solution))
    return solution, Certificate(confirmed, worst, "" if confirmed else "too few points were found")


def tried_level(solution: Solution) -> Term | None:
    """What the function is said to be at the solution, if the numbers agree at every point that is tried."""
    if solution.level is None:
        return None
    for place in islice(places(solution), NEEDED):
        here, told = place.solution.of(solution.problem.target), place.random.of(solution.level)
        if size(np.subtract(here, told)) > TOLERANCE * (1 + size(place.random.of(solution.problem.target))):
            return None
    return solution.level


def seen_of(solution: Solution, kinds: list[str]) -> Iterator[str]:
    """What was seen at the random points, in words."""
    yield "the gradient vanishes there"
    if solution.bound.constraints:
        yield "the constraints hold"
    if solution.bound.inequalities:
        yield "feasibility and complementary slackness hold"
    if solution.kind.name in ("minimum", "maximum") and kinds and all(kind == solution.kind.name for kind in kinds):
        yield f"the neighbours are not {'lower' if solution.kind.name == 'minimum' else 'higher'}"


def error_at(solution: Solution, place: Place) -> float | None:
    """The largest error of the equations, of the constraints and of the change along what the constraints allow."""
    try:
        return errors_at(solution, place)
    except (Unsuitable, np.linalg.LinAlgError):
        return None


def errors_at(solution: Solution, place: Place) -> float:
    errors = [error_of_equations(solution, place.solution, place.random)]
    bound = [put_in(g, solution.values, solution.members) if has_members(solution) else g for g in solution.bound.constraints]
    errors += [size(place.solution.of(g)) / (1 + size(place.random.of(g))) for g in bound]
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
