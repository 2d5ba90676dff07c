r"""Functions by their names: where a formula writes out what has a name.

    1/(1 + e⁻ᵗ) = σ(t)        eᵗσ(−t) = σ(t)        eˣ/(1ᵀeˣ) = softmax(x)
"""

from __future__ import annotations

from typing import cast

from derivtex.calculus.arithmetic import coefficient, negative, product, scaled
from derivtex.calculus.entries import is_ones
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Diag, EntryPower, Hadamard, Number, Ones, Product, Sum, SumOver, Transpose
from derivtex.operations.elementwise import Elementwise, Exp, Sigmoid, Softmax
from derivtex.rewriting.holes import matrix, number, ones, power, scalar
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import DEFINITION
from derivtex.simplification.engine import tidied
from derivtex.simplification.outer import transposed
from derivtex.simplification.recognition import I, V, X, along, at_index

logistic, softmaxes = Page("The logistic function"), Page("The softmax")
A, s = matrix("A", "m", "n"), scalar("s")
ALL = ones("m", "n")


@logistic.by_hand("logistic function", EntryPower, over=Sum, reason="the logistic function", why=Why.TOGETHER, says=r"\frac{1}{1+e^{-t}} = \sigma(t)", cite=DEFINITION, quiet=True,
                  tried_on=[power(number(1) + Exp(-s), -1), power(Exp(A) + ALL, -2)])  # fmt: skip
def _logistic(term: Term) -> Term | None:
    """(1 + e⁻ᵗ)⁻ᵏ = σ(t)ᵏ, entry by entry."""
    if type(term.exponent) is not Number or term.exponent.value >= 0 or len(term.base.terms) != 2:
        return None
    one, exponential = sorted(term.base.terms, key=lambda part: type(part) is Exp)
    if type(exponential) is not Exp or not (one is Number(1) or type(one) is Ones):
        return None
    value = Sigmoid(negative(exponential.of))
    return value if term.exponent.value == -1 else EntryPower(value, Number(-term.exponent.value))


@logistic.by_hand("logistic function beside an exponential", Product, Hadamard, reason="the logistic function", why=Why.TOGETHER, says=r"e^{t}\sigma(-t) = \sigma(t)", cite=DEFINITION,
                  quiet=True, tried_on=[Product((Exp(s), Sigmoid(-s), s)), Product((EntryPower(Sigmoid(s), number(2)), Exp(-s))), Hadamard((Exp(A), A, Sigmoid(-A)))])  # fmt: skip
def _beside(term: Term) -> Term | None:
    factors = term.factors
    for at, factor in enumerate(factors):
        if type(factor) is not Exp:
            continue
        for other, beside in enumerate(factors):
            base, exponent = (beside.base, beside.exponent) if type(beside) is EntryPower else (beside, Number(1))
            if type(base) is Sigmoid and type(exponent) is Number and exponent.value >= 1 and opposite(base.of, factor.of):
                new = {at: (Sigmoid(factor.of),), other: () if exponent.value == 1 else (EntryPower(base, Number(exponent.value - 1)),)}
                kept = tuple(part for place, known in enumerate(factors) for part in new.get(place, (known,)))
                return type(term)(kept) if len(kept) > 1 else kept[0]
    return None


def known_function(body: Term, argument: Term) -> type[Term] | None:
    """The card of the function of single entries that a formula of a number writes out, as 1/(1 + e⁻ᵗ) or eᵗ/(1 + eᵗ) does; None of any other."""

    def by_name(term: Term) -> Term:
        term = term.rebuild(tuple(map(by_name, term.children)))
        found = logistic.first(term)
        return found[1] if found else term

    whole = by_name(tidied(body))
    return type(whole) if isinstance(whole, Elementwise) and whole.of is argument else None


def opposite(one: Term, other: Term) -> bool:
    (p, key), (q, same) = monomial(one), monomial(other)
    return key == same and p == -q


@softmaxes.by_hand("softmax", Product, reason="the softmax", why=Why.TOGETHER, says=r"\frac{e^x}{\mathbf{1}^T e^x} = \operatorname{softmax}(x)", cite=DEFINITION,
                     tried_on=[Product((EntryPower(Ones(V.shape[0], ONE).T * Exp(V), Number(-1)), Exp(V))),
                               Product((EntryPower(SumOver(I, Exp(at_index(V, I))), Number(-2)), X, Exp(V), Exp(V).T, X))])  # fmt: skip
def _softmax(term: Term) -> Term | None:
    for at, factor in enumerate(term.factors):
        of = exponents_under(factor)
        if of is None:
            continue
        times, rest = -int(factor.exponent.value), term.factors[:at] + term.factors[at + 1 :]
        found = [k for k, part in enumerate(rest) if part in (Exp(of), Exp(of).T, Diag(Exp(of))) or holds_entries(part, Exp(of))]
        if len(found) == times:
            return product(tuple(part.replace({Exp(of): Softmax(of)}) if k in found else part for k, part in enumerate(rest)))
    return None


def holds_entries(part: Term, column: Term) -> bool:
    """Whether a column is a factor of an entrywise product, which may be a row."""
    inner = part.of if type(part) is Transpose else part
    return type(inner) is Hadamard and inner.factors.count(column) == 1 and sum(factor.contains(column) for factor in inner.factors) == 1


@softmaxes.by_hand("sum of a softmax", Product, reason="the entries of a softmax add up to one", why=Why.TOGETHER, says=r"\mathbf{1}^T\operatorname{softmax}(x) = 1", cite=DEFINITION, quiet=True,
                   tried_on=[ones("n").T * Softmax(V), Softmax(V).T * ones("n"), Product((X, V, Softmax(V).T, ones("n"))), Product((ones("n").T + V.T, Softmax(V)))])  # fmt: skip
def _adds_up(term: Term) -> Term | None:
    """Also of a sum with 1ᵀ in it."""
    for at in range(len(term.factors) - 1):
        left, right = term.factors[at : at + 2]
        if left.is_scalar or right.is_scalar or (left.shape[0], right.shape[1]) != (ONE, ONE):
            continue
        met = weights_added(transposed(left), right) or weights_added(right, transposed(left))
        if met is not None:
            return product((*term.factors[:at], met, *term.factors[at + 2 :]))
    return None


def weights_added(weights: Term, softmax: Term) -> Term | None:
    """(1 + v)ᵀp = 1 + vᵀp of a softmax p."""
    parts = [coefficient(part) for part in (weights.terms if type(weights) is Sum else (weights,))]
    if type(softmax) is not Softmax or not any(is_ones(part) for _, part in parts):
        return None
    made = tuple(scaled(value, Number(1) if is_ones(part) else transposed(part) * softmax) for value, part in parts)
    return made[0] if len(made) == 1 else Sum(made)


def exponents_under(factor: Term) -> Term | None:
    """The x of a factor (1ᵀeˣ)⁻ᵏ, the sum also written with an index."""
    if type(factor) is not EntryPower or type(factor.exponent) is not Number or factor.exponent.value >= 0 or factor.exponent.value.denominator != 1:
        return None
    match factor.base:
        case Product((Transpose(Ones()), Exp(of))) if of.shape[1] == ONE:
            return cast(Term, of)
        case SumOver(index, Exp(body)):
            of = along(body, index, index.last) if index.first == ONE else None
            return of if of is not None and not of.is_scalar else None
    return None


named_functions = Page.together("Functions by their names", logistic, softmaxes)
