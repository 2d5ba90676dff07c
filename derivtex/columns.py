"""Columns of the variable: `X_i` beside a matrix X, declared as a family of vectors of X's height, one for each column of X."""

from __future__ import annotations

from dataclasses import replace

from derivtex.operations import Member, Symbol, UnitVector
from derivtex.problem import Problem
from derivtex.shapes import ONE
from derivtex.terms import Term


def with_columns(problem: Problem) -> Problem:
    """The problem with the members of such a family written as X eᵢ, so that they change with X; what was taken for granted is said."""
    variables = [variable for variable in problem.wrt if type(variable) is Symbol and variable.family is None]
    found: dict[Symbol, Symbol] = {}

    def column(part: Term) -> Term | None:
        if type(part) is not Member or not isinstance(family := part.family, Symbol):
            return None
        whole = next((variable for variable in variables if is_family_of_columns(family, variable)), None)
        if whole is None:
            return None
        found[family] = whole
        return whole * UnitVector(whole.shape[1], part.index)

    definitions = tuple(known._replace(body=known.body.map(column)) for known in problem.definitions)
    target = problem.target.map(column)
    claims = tuple(claim._replace(left=claim.left.map(column), right=claim.right.map(column)) for claim in problem.claims)
    said = tuple(f"${family.name}_i$ is the $i$-th column of ${whole.name}$" for family, whole in found.items())
    return replace(problem, target=target, definitions=definitions, claims=claims, guesses=problem.guesses + said) if found else problem


def is_family_of_columns(family: Symbol, whole: Symbol) -> bool:
    same_letter = family.name == whole.name and family.family is not None
    return same_letter and family.shape == (whole.shape[0], ONE) and family.family == (ONE, whole.shape[1])
