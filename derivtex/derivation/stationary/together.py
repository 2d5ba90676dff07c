"""Several linear constraints on one vector as a single one, Cᵀx = d: one multiplier for all of them, and a solution in matrix form.

(S. Boyd, L. Vandenberghe, Convex Optimization, section 10.1.1.)
"""

from __future__ import annotations

from dataclasses import replace

from derivtex.calculus.arithmetic import is_zero, negative
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.stationary.lagrangian import difference_of, loosened, opened, own_multipliers, slope
from derivtex.operations import Block, Product, Symbol, Transpose, symbol, zero
from derivtex.problem import Claim, Definition, Problem
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.simplification.engine import tidied

MATRICES, LEVELS = ("C", "B", "G"), ("d", "b", "q")


def together(given: Problem) -> Problem:
    """A problem whose scalar equations that are linear in its one vector are one equation with a matrix; else as it is.

    Where the target has multipliers of its own the author has one for each.
    """
    problem, claims = loosened(given)
    (variable, *others) = problem.wrt
    if others or not isinstance(variable, Symbol) or variable.is_scalar or variable.shape[1] != ONE or may_be_complex(variable):
        return given
    found = {claim: normal for claim in claims if (normal := normal_of(claim, variable)) is not None}
    if len(found) < 2 or own_multipliers(problem, opened(problem.target, problem), tuple(found)):
        return given
    levels = tuple(tidied(negative(difference_of(claim).replace({variable: zero(variable.shape)}))) for claim in found)
    matrix = named(MATRICES, Block(tuple(found.values()), len(found)), problem)
    level = named(LEVELS, Block(levels, 1), problem)
    span = next(iter(found)).span
    claim = Claim(Product((Transpose(matrix.name), variable)), "=", level.name, "", span)
    kept = tuple(each for each in claims if each not in found)
    return replace(
        problem, constraints=(claim, *kept), definitions=(*problem.definitions, matrix, level),
        symbols={**problem.symbols, matrix.name.name: matrix.name, level.name.name: level.name},
    )  # fmt: skip


def is_collected(definition: Definition) -> bool:
    """Whether a definition was made here, and stands in no source."""
    return definition.span is None and type(definition.body) is Block


def normal_of(claim: Claim, variable: Symbol) -> Term | None:
    """The c of cᵀx = δ; nothing of another equation."""
    difference = difference_of(claim)
    if claim.relation != "=" or not difference.is_scalar or not difference.contains(variable):
        return None
    found = slope(difference, variable)
    return None if found is None or is_zero(found) else found


def named(letters: tuple[str, ...], body: Block, problem: Problem) -> Definition:
    """A name that the problem does not have, for a matrix of columns or a vector of numbers."""
    sizes = {name for known in problem.symbols.values() for dim in known.size for name in dim.names}
    name = next(each for each in (*letters, *(f"{letters[0]}_{{{n}}}" for n in range(1, 1000))) if each not in {*problem.symbols, *sizes})
    return Definition(symbol(name, "vector" if body.shape[1] == ONE else "matrix", body.shape), body)
