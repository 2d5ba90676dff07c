"""Lines that hold by an equation of an earlier one, `A^2 = A`, then `A^2v = Av`; and those that may hold by one that was supposed."""

from __future__ import annotations

from derivtex.checking.claims import outcome
from derivtex.checking.conditions import Course, line_of
from derivtex.checking.relations import commuting_pair, is_supposed, property_imposed
from derivtex.core.errors import ShapeError
from derivtex.operations import Elementwise, Symbol
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


def is_of_function(claim: Claim) -> bool:
    r"""Whether an equation is about a function that everybody knows, `\tanh(x) = 2\sigma(x) - 1`: none makes another of that."""
    return any(isinstance(part, Elementwise) for side in (claim.left, claim.right) for part in side.walk())


def supposed_besides(claim: Claim, course: Course) -> str:
    """That a claim has a name of which an earlier line supposes an equation with which it could not be tried; nothing where none does."""
    names = {part for side in (claim.left, claim.right) for part in side.parts(Symbol) if "integer" not in part.properties}
    for each in course.equations:
        own = [part for side in (each.left, each.right) for part in side.parts(Symbol) if part in names]
        if own and is_supposed(each) and property_imposed(each) is None and commuting_pair(each) is None:
            return f"line {line_of(each)} supposes an equation of ${own[0].name}$, with which it was not tried"
    return ""
