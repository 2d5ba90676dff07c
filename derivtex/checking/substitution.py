"""Lines that hold by an equation of an earlier one: `A^2 = A`, then `A^2v = Av`."""

from __future__ import annotations

from derivtex.checking.claims import outcome
from derivtex.checking.conditions import Course, line_of
from derivtex.core.errors import ShapeError
from derivtex.operations import Symbol
from derivtex.problem import Claim, Problem


def used_equation(claim: Claim, problem: Problem, course: Course) -> int | None:
    """The line of the earlier equation by which a claim holds: with its right side for its left, or the other way round, where they stand."""
    for each in reversed(course.equations):
        for old, new in ((each.left, each.right), (each.right, each.left)):
            if type(old) is Symbol or not (claim.left.contains(old) or claim.right.contains(old)):
                continue
            try:
                changed = claim._replace(left=claim.left.replace({old: new}), right=claim.right.replace({old: new}))
            except ShapeError:
                continue
            found = outcome(changed, problem, given=course.given)
            if found.holds and found.heavy and (claim.left.contains(old) != claim.right.contains(old)):
                return line_of(each)
    return None
