"""What a function is at its solution, in words."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import is_zero
from derivtex.core.terms import Term
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.derivation.stationary.logarithms import TAKEN
from derivtex.derivation.stationary.solution import Solution
from derivtex.derivation.stationary.squared import SQUARED
from derivtex.operations import Eigenvalue, EntryPower, Norm, Number, Product, SpectralNorm, Transpose, zero
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import tidied
from derivtex.writing.formula import Formulas

LONGEST_VALUE = 16


def value_in_words(solution: Solution, formulas: Formulas) -> str:
    value = value_at(solution)
    if value is None or length(value) > (LONGEST_VALUE if solution.level is None else 2 * LONGEST_VALUE):
        return ""
    if TAKEN in solution.remarks:
        return f"Its logarithm is ${formulas.latex(value)}$ there"
    return f"The value there is ${formulas.latex(rooted(value) if SQUARED in solution.remarks else value)}$"


def rooted(value: Term) -> Term:
    """What a norm is whose square has a value: ‖v‖ of ‖v‖², and the spectral norm of A of the largest eigenvalue of AᵀA."""
    of = value.of if type(value) is Eigenvalue and value.order == "descending" else None
    if type(of) is Product and len(of.factors) == 2 and same_term(tidied(of.factors[0].T), of.factors[1]):
        return SpectralNorm(of.factors[1] if type(of.factors[0]) is Transpose else of.factors[0])
    return value.base if type(value) is EntryPower and value.exponent is Number(2) else EntryPower(value, Number(Fraction(1, 2)))


def value_at(solution: Solution) -> Term | None:
    """The target at the solution; of a Lagrangian what it was made of."""
    whole = not any(name is not variable for name, variable in solution.members.items())
    if solution.level is not None:
        return solution.level
    if solution.open or not solution.values or solution.pencil is not None or solution.bound.inequalities or not whole:
        return None
    body = opened(solution.problem.target, solution.problem)
    if solution.bound.multipliers:
        body = body.replace({each: zero(each.shape) for each in solution.bound.multipliers})
    value = settled(body.replace(dict(solution.values.items())))
    return Number(0) if type(value) is EntryPower and type(value.base) is Norm and is_zero(value.base.of) else value
