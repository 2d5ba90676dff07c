"""A norm under constraints as its square, which is least or greatest where it is."""

from __future__ import annotations

from dataclasses import replace

from derivtex.derivation.stationary.lagrangian import BINDING, opened
from derivtex.operations import EntryPower, Norm, Number
from derivtex.problem import Problem
from derivtex.steps import Sentence

SQUARED = Sentence("the square is taken in its place, which is least or greatest where the norm is")


def squared_norm(problem: Problem) -> tuple[Problem, tuple[Sentence, ...]]:
    """A norm under constraints as its square, which is least where it is, and what is said of that."""
    body = opened(problem.target, problem)
    bound_ = problem.constraints or any(name in getattr(variable, "properties", ()) for variable in problem.wrt for name in BINDING)
    if not bound_ or type(body) is not Norm:
        return problem, ()
    return replace(problem, target=EntryPower(body, Number(2))), (SQUARED,)
