r"""Whether a line tells what is unknown, the derivative or the differential of what nothing defines: then it cannot be tried."""

from __future__ import annotations

from derivtex.checking.bodies import bodies
from derivtex.checking.movement import Definitions, below, derivatives, leaf_of, moving, parameters_of, told_gradients, unknown_functions
from derivtex.core.terms import Term
from derivtex.operations import Call, Derivative, Differential, Sum, Symbol
from derivtex.operations.openfunctions import APPLIED, SLOPES, OfOpenFunction
from derivtex.problem import Claim, Problem


def tells(claim: Claim, problem: Problem) -> bool | None:
    """Whether a claim tells what is unknown: then it cannot be tried. None where it is about an unknown function on one side, and
    does not tell its gradient; False of all others."""
    definitions = bodies(problem, claim)
    unknown = unknown_functions((*problem.claims, claim), definitions)
    if tells_differential(claim, definitions, unknown):
        return True
    if open_functions(claim.left, problem) != open_functions(claim.right, problem) or moves_apart(claim, definitions):
        return None
    if gives_slope(claim, problem):
        return None
    along = parameters_of((*problem.claims, claim), definitions)
    if any(part.by not in along and stands_apart(part, {**definitions, **unknown}) for part in derivatives([claim])):
        return None
    if not unknown:
        return False
    told = told_gradients(problem.claims, unknown, definitions)
    if any(each.claim.left is claim.left and each.claim.right is claim.right for each in told.values()):
        return True
    left, right = (below(side, definitions) for side in (claim.left, claim.right))
    open_ = [name for name in unknown if (name in left) != (name in right) and name not in told]
    return None if open_ or is_of_itself(claim, [name for name in unknown if name not in told]) else False


def is_of_itself(claim: Claim, unknown: list[Term]) -> bool:
    r"""Whether a claim gives the derivative of an unknown function by the function: `\frac{\partial p}{\partial x} = -px` tells what p is."""
    if type(claim.left) is not Derivative:
        return False
    of = claim.left.of
    slopes = [part for part in derivatives([claim._replace(left=claim.right)]) if part.of.contains(of)]
    return of in unknown and claim.right.contains(of) and not slopes


def stands_apart(derivative: Derivative, definitions: Definitions) -> bool:
    """Whether nothing is said of how what is differentiated depends on the variable, so that its derivative cannot be tried."""
    parts = below(derivative.of, definitions)
    return leaf_of(derivative.by) not in parts and any(type(part) is Symbol and part not in definitions for part in parts)


def moves_apart(claim: Claim, definitions: Definitions) -> bool:
    r"""Whether the differentials of the sides are of names that have nothing to do with each other: `d\log\det M = \frac{dg}{g}` says what g is."""
    moved = [moving([claim._replace(left=side, right=side)], definitions) for side in (claim.left, claim.right)]
    return all(moved) and not set(moved[0]) & set(moved[1])


def open_functions(side: Term, problem: Problem) -> set[str]:
    """The functions that a side applies and nothing defines: of what stands on one side only nothing can be tried."""
    return {part.function for part in side.walk() if isinstance(part, (Call, *APPLIED)) and part.function not in problem.functions}


def gives_slope(claim: Claim, problem: Problem) -> bool:
    r"""Whether the right side holds no derivative of a function that nothing defines and the left differentiates: `\frac{d}{dx}g(ax) = ag(ax)` says
    what the derivative of g is."""
    addends = claim.left.terms if type(claim.left) is Sum else (claim.left,)
    derived = derivatives([claim._replace(right=claim.left)]) if all(each.uses(Derivative) for each in addends) else []
    calling = [(part, each) for each in derived for part in calls(each.of) if part.contains(leaf_of(each.by))]
    open_ = {part.function: getattr(part, "order", 0) for part, _ in calling}
    right = list(claim.right.walk())
    slopes = {part.function for part in right if isinstance(part, (Call, *SLOPES)) and part.order > open_.get(part.function, 0)}
    moved = {part.function for each in right if isinstance(each, (Derivative, Differential)) for part in calls(each.of)}
    used = {part.function for part in calls(claim.right) if part.function not in problem.functions}
    return any(name in used - slopes - moved for name in open_)


def calls(term: Term) -> list[Call | OfOpenFunction]:
    return [part for part in term.walk() if isinstance(part, (Call, *APPLIED))]


def tells_differential(claim: Claim, definitions: Definitions, unknown: Definitions) -> bool:
    r"""Whether a claim tells the differential of a name that nothing defines, by those of others: `d\phi = a^T dx`."""
    left = claim.left
    if type(left) is not Differential or type(left.of) is not Symbol or left.of in definitions or left.of in unknown:
        return False
    others = list(claim.right.parts(Differential))
    return bool(others) and left not in others
