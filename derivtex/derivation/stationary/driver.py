"""From a problem to its stationary points: gradients set to zero, solved for the variables and multipliers in turn."""

from __future__ import annotations

from dataclasses import replace

from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import SCALAR
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.lagrangian import bound
from derivtex.derivation.stationary.solution import Solution
from derivtex.derivation.stationary.working import Work
from derivtex.problem import Problem


def solve(problem: Problem, sense: str = "") -> Solution:
    """The stationary points of what a problem differentiates, by its variables, under its constraints.

    sense: min or max where that is told; it chooses among the eigenvectors. Raises NotDerivable where a variable is neither
    a name nor a member of a family, or the target no number.
    """
    if problem.target.shape != SCALAR:
        raise NotDerivable("what is minimised or maximised is a number", way_out="solve an equation by asking for the norm of its residual")
    others = tuple(claim for claim in problem.claims if claim not in problem.constraints)
    known = tuple(definition for definition in problem.definitions if definition.name not in problem.wrt)
    whole = bound(replace(problem, order=1, claims=others, definitions=known), sense)
    wanted = tuple(variable for variable in whole.problem.wrt if variable not in whole.duals)
    derivations = tuple(derive(replace(whole.problem, wrt=(variable,))) for variable in wanted)
    return Work(whole, derivations, sense).solution()


def told_by(solution: Solution, **conventions: str) -> Solution:
    """The solution with its gradients told in another layout, or by another convention for structured or complex variables."""
    found = tuple(derive(each.problem, **conventions) for each in solution.derivations)
    same = all(one.result is other.result and one.layout == other.layout for one, other in zip(found, solution.derivations, strict=True))
    return solution if same else replace(solution, told=found)
