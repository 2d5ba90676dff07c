"""Rows and columns of the variable: `X_i`, `x_i` beside a matrix X, declared as a family of vectors of which X has as many."""

from __future__ import annotations

from dataclasses import replace

from derivtex.core.errors import AmbiguityError
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Member, Symbol, UnitVector, Vec
from derivtex.problem import Problem
from derivtex.simplification.engine import tidied


def with_columns(problem: Problem) -> Problem:
    """The problem with the members of such a family written as X eᵢ, so that they change with X; what was taken for granted is said."""
    variables = [variable for variable in problem.wrt if type(variable) is Symbol and variable.family is None]
    found: dict[Symbol, tuple[Symbol, str]] = {}

    def strip(part: Term) -> Term | None:
        if type(part) is not Member or not isinstance(family := part.family, Symbol):
            return None
        whole = next((variable for variable in variables if way_of(family, variable)), None)
        if whole is None:
            return None
        found[family] = whole, (way := way_of(family, whole))
        return whole * UnitVector(whole.shape[1], part.index) if way == "column" else whole.T * UnitVector(whole.shape[0], part.index)

    definitions = tuple(known._replace(body=known.body.map(strip)) for known in problem.definitions)
    target = problem.target.map(strip)
    claims = tuple(claim._replace(left=claim.left.map(strip), right=claim.right.map(strip)) for claim in problem.claims)
    said = tuple(f"${family.name}_i$ is the $i$-th {way} of ${whole.name}$" for family, (whole, way) in found.items())
    return replace(problem, target=target, definitions=definitions, claims=claims, guesses=problem.guesses + said) if found else problem


def with_members(problem: Problem) -> Problem:
    """The problem with a vector as a family of numbers, where the derivative is by one of its entries, `x_j`, and no formula has it whole."""
    asked = problem.wrt[0]
    if type(asked) is not Entry or type(asked.row) is not Index or type(whole := asked.of) is not Symbol:
        return problem
    if whole.kind != "vector" or whole.properties:
        return problem
    family = Symbol(whole.name, "scalar", SCALAR, (), (ONE, whole.size[0]))

    def change(term: Term) -> Term:
        return term.map(lambda part: Member(family, part.row) if type(part) is Entry and part.of is whole else None)

    found = replace(
        problem,
        symbols={latex: family if known is whole else known for latex, known in problem.symbols.items()},
        target=change(problem.target),
        wrt=(change(asked),),
        definitions=tuple(known.changed(change) for known in problem.definitions),
        templates=tuple(each._replace(forms=tuple(map(change, each.forms))) for each in problem.templates),
    )
    bodies = (found.target, *(known.body for known in found.definitions), *(form for each in found.templates for form in each.forms))
    said = (*problem.claims, *problem.conditions, *problem.constraints)
    sides = (side for claim in said for side in (claim.left, claim.right))
    return problem if any(term.contains(whole) for term in (*bodies, *sides, *problem.arguments)) else found


def way_of(family: Symbol, whole: Symbol) -> str:
    """Whether the members of a family, `X_i` or `x_i`, are the columns or the rows of X; nothing where they are neither."""
    alike = family.name == whole.name or (whole.kind == "matrix" and family.name == whole.name.lower())
    if not alike or family.family is None or family.shape[1] != ONE:
        return ""
    size, (first, last) = family.shape[0], family.family
    ways = [way for way, shape in (("column", (size, last)), ("row", (last, size))) if first == ONE and shape == whole.shape]
    if len(ways) == 2 and family.name != whole.name:
        raise AmbiguityError(
            f"{family.name}_i may be a row or a column of {whole.name}",
            way_out=rf"write {whole.name}_{{i\cdot}} for the row, {whole.name}_{{\cdot i}} for the column",
        )
    return ways[0] if ways else ""


def variable_of(asked: Term) -> Term:
    """The symbol whose change is followed: an entry's matrix, a member's family."""
    if type(asked) is Entry:
        return asked.of
    return asked.family if type(asked) is Member else asked


def unstacked(problem: Problem, form: str) -> tuple[Problem, str]:
    """The problem and the form of a derivative by vec X or of vec F: of a name F, dF is taken before vec is."""
    is_stacked = type(problem.target) is Vec and type(problem.target.of) is Symbol
    if form != "auto" or problem.order != 1 or not (problem.by_vec or is_stacked):
        return problem, form
    return replace(problem, target=problem.target.of) if is_stacked else problem, "vec"


def column_of(leaf: Term) -> Term:
    """What a Jacobian stands beside: dx, or vec dX."""
    return leaf if leaf.shape[1] == ONE else tidied(Vec(leaf))
