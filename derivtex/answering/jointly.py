"""The second derivatives of a number by several names together: the mixed ones beside those by each, and the Hessian that they make."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from derivtex.checking.verdict import confirm
from derivtex.core.errors import DerivtexError, NotConfirmed, Source
from derivtex.core.notation import squeezed
from derivtex.core.terms import Term, Terms
from derivtex.derivation.driver import derive
from derivtex.operations import Number, Symbol
from derivtex.problem import Problem
from derivtex.reading import sought_together
from derivtex.steps import Derivation


class Joint(NamedTuple):
    """variables: by what together. rows: of the Hessian; none where a variable is no number, so that its blocks are not derived here.
    slopes: the first derivatives."""

    variables: tuple[Symbol, ...]
    rows: tuple[Terms, ...]
    slopes: Terms = ()


def joint(source: Source, derivation: Derivation | None) -> Joint | None:
    """The Hessian of a number by several names that are asked for together; None of a first derivative, and where it is by one name."""
    if derivation is None or derivation.order != 2:
        return None
    variables: tuple[Symbol, ...] = ()
    try:
        names = {squeezed(each) for each in sought_together(source)}
        variables = tuple(dict.fromkeys(each for each in derivation.problem.symbols.values() if squeezed(each.name) in names))
        if len(variables) < 2:
            return None
        if all(each.is_scalar for each in variables) and derivation.problem.target.is_scalar:
            return Joint(variables, *rows_of(derivation.problem, variables))
    except DerivtexError:
        pass  # what is missing is told by the names alone
    return Joint(variables, ()) if len(variables) > 1 else None


def rows_of(problem: Problem, variables: tuple[Symbol, ...]) -> tuple[tuple[Terms, ...], Terms]:
    """The second derivatives by each pair of numbers, and the first; each mixed one is derived once, as both orders give the same (Schwarz)."""
    first = tuple(slope(problem, problem.target, each) for each in variables)
    upper = {(i, j): slope(problem, first[i], variables[j]) for i in range(len(variables)) for j in range(i, len(variables))}
    return tuple(tuple(upper[min(i, j), max(i, j)] for j in range(len(variables))) for i in range(len(variables))), first


def slope(problem: Problem, of: Term, by: Symbol) -> Term:
    """The derivative of a number by a number, which numbers confirm. Raises NotConfirmed where they do not."""
    if of is not problem.target and not of.contains(by):
        return Number(0)
    found = confirm(derive(replace(problem, target=of, wrt=(by,), order=1, claims=(), constraints=())))
    if not found.confirmed:
        raise NotConfirmed("the numbers do not confirm a second derivative")
    return found.unfolded
