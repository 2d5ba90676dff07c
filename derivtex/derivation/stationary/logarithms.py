"""A likelihood, a product with an exponential or such a power in it, by its logarithm: that is greatest where it is, and its gradient is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.terms import Term
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.operations import EntryPower, Exp, Log, Number, Product, ProductOver, Sum, SumOver
from derivtex.problem import Problem
from derivtex.rewriting.conditions import ASSUMED, is_nonnegative
from derivtex.rewriting.normal_form import same_term
from derivtex.steps import Sentence

TAKEN = Sentence("in the place of the product its logarithm is taken, which is greatest or least where it is")


def logarithm(problem: Problem) -> tuple[Problem, tuple[Sentence, ...], tuple[Sentence, ...]]:
    """A product with an exponential of the variables among its factors as its logarithm, what is said of that, and what is assumed."""
    body = opened(problem.target, problem)
    if type(body) not in (Product, ProductOver) or not has_exponential(body, problem.wrt):
        return problem, (), ()
    counts = dict.fromkeys(settled(each) for each in exponents(body, problem.wrt))
    return replace(problem, target=log_of(body)), (TAKEN,), tuple(Sentence(ASSUMED["positive"], (each,)) for each in counts)


def exponents(term: Term, variables: tuple[Term, ...]) -> Iterator[Term]:
    """What the names in the exponents of powers that vary come to: the successes and the failures, of which there has to be one of each."""
    match term:
        case EntryPower(base, exponent) if type(exponent) is not Number and coefficient(exponent)[0] > 0:
            if any(same_term(base, each) or same_term(base, Number(1) - each) for each in variables if each.is_scalar):
                yield exponent
        case Product():
            yield from (each for factor in term.factors for each in exponents(factor, variables))
        case ProductOver():
            yield from (SumOver(term.index, each) for each in exponents(term.body, variables))


def has_exponential(term: Term, variables: tuple[Term, ...]) -> bool:
    """Whether one of the factors of a product is the exponential of something that varies, or a power of it with a name in the exponent."""
    match term:
        case Exp():
            return any(term.contains(each) for each in variables)
        case EntryPower(base, exponent):
            return type(exponent) is not Number and any(base.contains(each) for each in variables)
        case Product():
            whole = all(factor.is_scalar and not has_sign(factor, variables) for factor in term.factors)
            return whole and any(has_exponential(factor, variables) for factor in term.factors)
        case ProductOver():
            return has_exponential(term.body, variables)
    return False


def has_sign(factor: Term, variables: tuple[Term, ...]) -> bool:
    """Whether a factor that varies may be negative, as the x of x exp(−x²) is, which has a logarithm for positive x alone."""
    if not any(factor.contains(each) for each in variables) or type(factor) in (Exp, ProductOver) or is_nonnegative(factor):
        return False
    rooted = type(factor) is EntryPower and not (type(factor.exponent) is Number and factor.exponent.value.denominator == 1)
    return not rooted and type(factor) is not Product


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
