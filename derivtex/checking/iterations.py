"""Whether an iteration leads to a stationary point, tried at random data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from derivtex.checking.examples import points
from derivtex.checking.places import domain_of, has_members, moved_to, size
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.errors import DerivtexError
from derivtex.derivation.stationary.solution import FixedPoint, Solution
from derivtex.operations import Call

MOST, TRIED = 60, 2
SETTLED = 1e-3  # the gradient there, relative to that at the start


def with_convergence(solution: Solution) -> Solution:
    """The solution with whether its fixed-point iteration did converge."""
    if solution.fixed is None or has_members(solution) or solution.bound.duals or any(isinstance(part, Call) for part in solution.fixed.value.walk()):
        return solution
    return replace(solution, fixed=solution.fixed._replace(converges=converges(solution, solution.fixed)))


def converges(solution: Solution, form: FixedPoint) -> bool | None:
    """Whether the gradient vanishes after some steps from random points; None where that cannot be tried."""
    seen: list[bool] = []
    with np.errstate(all="ignore"):
        for point in points(domain_of(solution)):
            try:
                seen.append(leads_to_zero(solution, form, point))
            except (Unsuitable, np.linalg.LinAlgError, ValueError):
                continue
            except (NoValue, LookupError, NotImplementedError, DerivtexError):
                return None
            if len(seen) == TRIED or not seen[-1]:
                break
    return all(seen) if seen else None


def leads_to_zero(solution: Solution, form: FixedPoint, point: Point) -> bool:
    gradient = solution.derivations[0].result
    start = size(point.of(gradient))
    here: Point | Any = point
    for _ in range(MOST):
        here = moved_to(here, {form.unknown: here.of(form.value)})
        if size(here.of(gradient)) < SETTLED * start:
            return True
    return False
