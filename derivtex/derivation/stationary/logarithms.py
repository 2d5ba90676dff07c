"""A likelihood, a product with an exponential in it, by its logarithm: that is greatest where it is, and its gradient is short."""

from __future__ import annotations

from dataclasses import replace

from derivtex.core.terms import Term
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.operations import EntryPower, Exp, Log, Product, ProductOver, Sum, SumOver
from derivtex.problem import Problem
from derivtex.steps import Sentence

TAKEN = Sentence("in the place of the product its logarithm is taken, which is greatest or least where it is")


def logarithm(problem: Problem) -> tuple[Problem, tuple[Sentence, ...]]:
    """A product with an exponential of the variables among its factors as its logarithm, and what is said of that."""
    body = opened(problem.target, problem)
    if type(body) not in (Product, ProductOver) or not has_exponential(body, problem.wrt):
        return problem, ()
    return replace(problem, target=log_of(body)), (TAKEN,)


def has_exponential(term: Term, variables: tuple[Term, ...]) -> bool:
    """Whether one of the factors of a product is the exponential of something that varies."""
    match term:
        case Exp():
            return any(term.contains(each) for each in variables)
        case Product():
            return all(factor.is_scalar for factor in term.factors) and any(has_exponential(factor, variables) for factor in term.factors)
        case ProductOver():
            return has_exponential(term.body, variables)
    return False


def log_of(term: Term) -> Term:
    """The logarithm of a number, multiplied out: of a product the sum, of a power the multiple, of an exponential its exponent."""
    match term:
        case Exp():
            return term.of
        case Product():
            return Sum(tuple(map(log_of, term.factors)))
        case ProductOver():
            return SumOver(term.index, log_of(term.body))
        case EntryPower():
            return Product((term.exponent, log_of(term.base)))
    return Log(term)
