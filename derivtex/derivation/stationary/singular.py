"""Equations that have more than one solution, or one among special matrices: the one of least norm, the diagonal one."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient, is_zero, product, scaled
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.stationary.inside import multiplied
from derivtex.derivation.stationary.linear import linear_in
from derivtex.derivation.stationary.solving import is_solved, is_unit, sides_of
from derivtex.operations import EntryPower, Hadamard, Identity, Number, Product, Symbol, Transpose, zero
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.holes import column, matrix
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.simplification.engine import tidied
from derivtex.steps import Equation

singular = Page("Solving equations with many solutions")
# What has many solutions, or a diagonal unknown, no iteration solves from any point: these rules have no examples to be tried on.
X, b, x = matrix("X", "m", "n"), column("b", "m"), column("x", "n")


def row_at_the_end(term: Term) -> tuple[Term, Term, Term] | None:
    """The B, the c and the xᵀ of XBxᵀ = cxᵀ."""
    assert isinstance(term, Equation)
    found = None if is_solved(term) else sides_of(term)
    if found is None or len(found[0]) != 1 or not is_unit(found[0][0][0]) or term.unknown.shape[1] == ONE:
        return None
    (_, right), of = found[0][0], found[1]
    (numbers, own), (scalars, chain) = scalars_and_chain(right), scalars_and_chain(of)
    if numbers or len(own) < 2 or len(chain) < 2 or own[-1].shape[0] != ONE or not same_term(own[-1], chain[-1]):
        return None
    return product(own[:-1]), product((*scalars, *chain[:-1])), own[-1]


@singular.by_hand("row at the end", Equation, reason="a row that is not zero is dropped", why=Why.EQUATION, cite="linear algebra",
                 says=r"Xxx^{T} = bx^{T}: \quad Xx = b", tried_on=[],
                 taken=lambda term: [("nonzero", tidied(found[2].T))] if (found := row_at_the_end(term)) else [])  # fmt: skip
def drop_row(term: Term) -> Term | None:
    """(XB − c)xᵀ = 0 with x ≠ 0: XB = c."""
    found = row_at_the_end(term)
    return Equation(Product((term.unknown, *factors_of(found[0]))), found[1], term.unknown) if found else None


def column_behind(term: Term) -> tuple[Term, Term] | None:
    """The x and the b of Xx = b, of a column x."""
    assert isinstance(term, Equation)
    found = None if is_solved(term) or term.unknown.shape[1] == ONE else sides_of(term)
    if found is None or len(found[0]) != 1 or not is_unit(found[0][0][0]):
        return None
    (_, beside), of = found[0][0], found[1]
    return (beside, of) if beside.shape[1] == ONE and not beside.is_scalar else None


@singular.by_hand("least norm", Equation, reason="of all that fulfil it the one of least norm", why=Why.EQUATION, cite="linear algebra",
                 says=r"Xx = b: \quad X = bx^{T}/(x^{T}x)", tried_on=[Equation(X * x, b, X)],
                 taken=lambda term: [("nonzero", found[0])] if (found := column_behind(term)) else [])  # fmt: skip
def least_norm(term: Term) -> Term | None:
    """Xx = b for a column x: X = bxᵀ/(xᵀx), and every other solution is longer."""
    found = column_behind(term)
    if found is None:
        return None
    beside, of = found
    return Equation(term.unknown, tidied(Product((EntryPower(tidied(Product((beside.T, beside))), Number(-1)), of, beside.T))), term.unknown)


@singular.by_hand("diagonal unknown", Equation, reason="multiply by the unknown, which is diagonal", why=Why.EQUATION, cite="algebra",
                 says=r"I\odot(X^{-1}AX^{-1} - X^{-1}) = 0: \quad X = I\odot A", tried_on=[])  # fmt: skip
def diagonal(term: Term) -> Term | None:
    """The diagonal of a formula in X⁻¹, which is to be zero, multiplied by the diagonal X until it is linear in it."""
    unknown, left = term.unknown, term.left
    if not isinstance(unknown, Symbol) or not unknown.has("diagonal") or type(left) is not Hadamard or not is_zero(term.right):
        return None
    inside = [factor for factor in left.factors if type(factor) is not Identity]
    if len(inside) != 1 or len(left.factors) != 2:
        return None
    for each in multiplied(Equation(inside[0], zero(unknown.shape), unknown)):
        found = linear_in(each, unknown)
        constant = found.constant() if found is not None else None
        if found is None or constant is None or any(part.form or not is_unit(part.right) for part in found.parts):
            continue
        counts = [coefficient(part.left) for part in found.parts]
        count = sum(value for value, _ in counts)
        if count and all(is_unit(rest) for _, rest in counts):
            of = tidied(scaled(-1 / Fraction(count), constant))
            of = of.of if type(of) is Transpose else of
            return Equation(unknown, tidied(Hadamard((Identity(unknown.shape[0]), of))), unknown)
    return None
