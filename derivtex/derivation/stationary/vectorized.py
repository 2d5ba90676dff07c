"""Sums over an index with the unknown between factors that both depend on it, ∑ AᵢXBᵢ = C: solved with the columns stacked."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, is_zero, product, scaled
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.inside import whole
from derivtex.derivation.stationary.linear import UNIT, linear_in
from derivtex.operations import Identity, Inverse, Kronecker, Product, Sum, SumOver, Symbol, Transpose, Unvec, Vec, zero
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.operations.equations import around
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.simplification.engine import tidied
from derivtex.steps import Equation

vectorized = Page("Solving equations by vec")
# A sum over an index of an unknown has no holes to be tried on: the tests solve such equations.


class Stacked(NamedTuple):
    """Terms L X R, the matrices Rᵀ ⊗ L that they are for vec X, and what stands without the unknown."""

    terms: tuple[Term, ...]
    matrices: tuple[Term, ...]
    rest: tuple[Term, ...]


def stacked(term: Term, unknown: Symbol) -> Stacked | None:
    """A formula that is linear in an unknown, also in each summand of a sum over an index; None where it is not."""
    match term:
        case Sum(terms):
            found = [stacked(each, unknown) for each in terms]
            known = [each for each in found if each is not None]
            return joined(known) if len(known) == len(found) else None
        case SumOver(index, body):
            inner = stacked(body, unknown)
            return inner and Stacked(*(tuple(SumOver(index, each) for each in part) for part in inner))
    scalars, chain = scalars_and_chain(term) if type(term) is Product else ((), ())
    if scalars and len(chain) == 1 and type(chain[0]) is SumOver and not any(each.contains(unknown) for each in scalars):
        return times(scalars, stacked(chain[0], unknown))
    linear = linear_in(term, unknown)
    if linear is None or any(part.form for part in linear.parts):
        return None
    units = Identity(unknown.shape[0]), Identity(unknown.shape[1])
    sides = [tuple(unit if side is UNIT else tidied(side) for side, unit in zip(part[:2], units, strict=True)) for part in linear.parts]
    terms = tuple(tidied(around(left, unknown, right)) for left, right in sides)
    return Stacked(terms, tuple(tidied(Kronecker(Transpose(right), left)) for left, right in sides), linear.rest)


def times(scalars: Terms, found: Stacked | None) -> Stacked | None:
    """The same with numbers in front."""
    return found and Stacked(*(tuple(tidied(product((*scalars, each))) for each in part) for part in found))


def joined(found: list[Stacked]) -> Stacked:
    terms, matrices, rest = (tuple(each for part in found for each in part[at]) for at in range(3))
    return Stacked(terms, matrices, rest)


def total(terms: tuple[Term, ...]) -> Term:
    return tidied(Sum(terms)) if len(terms) > 1 else tidied(terms[0])


def of_equation(equation: Term) -> Stacked | None:
    """The terms of an equation for a matrix of which nothing is said, where no other rule takes the sums apart."""
    unknown = equation.unknown
    plain = isinstance(unknown, Symbol) and not unknown.properties and unknown.shape[1] != ONE and equation.left.shape == unknown.shape
    left = whole(equation)
    if not plain or linear_in(left, unknown) is not None:
        return None
    found = stacked(left, unknown)
    return found if found is not None and found.terms else None


@vectorized.by_hand("sums on one side", Equation, reason="the terms with $X$ on one side", why=Why.EQUATION, cite="algebra",
                    says=r"\sum_i (A_iXB_i - C_i) = 0: \quad \sum_i A_iXB_i = \sum_i C_i",
                    tried_on=[], words=lambda term: "the terms with the unknown on one side")  # fmt: skip
def on_one_side(term: Term) -> Term | None:
    """The sums with the unknown on the left, the others on the right."""
    found = of_equation(term)
    if found is None:
        return None
    rest = tuple(each for each in map(tidied, found.rest) if not is_zero(each))
    sign = Fraction(-1 if all(coefficient(tidied(each))[0] < 0 for each in found.terms) else 1)
    left = total(tuple(scaled(sign, each) for each in found.terms))
    right = tidied(scaled(-sign, total(rest))) if rest else zero(term.left.shape)
    return None if same_term(left, term.left) else Equation(left, right, term.unknown)


def matrix_of(equation: Term) -> Term | None:
    found = of_equation(equation)
    return total(found.matrices) if found is not None else None


@vectorized.by_hand("by vec", Equation, reason="solved with the columns stacked", why=Why.EQUATION, cite="linear algebra",
                    says=r"\sum_i A_iXB_i = C: \quad \operatorname{vec}X = \Bigl(\sum_i B_i^T\otimes A_i\Bigr)^{-1}\operatorname{vec}C", tried_on=[],
                    taken=lambda term: [("invertible", matrix)] if (matrix := matrix_of(term)) is not None else [])  # fmt: skip
def by_vec(term: Term) -> Term | None:
    """∑ AᵢXBᵢ = C as (∑ Bᵢᵀ ⊗ Aᵢ) vec X = vec C (Magnus and Neudecker, Matrix Differential Calculus, ch. 2, th. 2)."""
    matrix = matrix_of(term)
    if matrix is None or term.right.contains(term.unknown):
        return None
    return Equation(term.unknown, Unvec(Product((Inverse(matrix), Vec(term.right))), *term.unknown.shape), term.unknown)
