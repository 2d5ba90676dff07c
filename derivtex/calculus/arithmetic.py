"""Tidying of sums and products: quiet steps that no reader wants to see, each true for itself."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Differential,
    EntryPower,
    Number,
    Product,
    Sum,
    Symbol,
    Zero,
    zero,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, identity, matrix, number, power, scalar
from derivtex.rewriting.keys import UNIT, Monomial, monomial
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import parts

arithmetic = Page("Arithmetic", reason="put in order", cite="algebra", quiet=True)
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
x, y, s, t = column("x", "n"), column("y", "m"), scalar("s"), scalar("t")
As = parts("As", "m", "n")
NUMBER_ONE = Number(1)


def is_zero(term: Term) -> bool:
    return type(term) is Zero or (type(term) is Number and term.value == 0) or (type(term) is Symbol and term.has("zero"))


def product(factors: Terms) -> Term:
    """The product of any number of factors."""
    return Product(factors) if len(factors) > 1 else factors[0] if factors else NUMBER_ONE


def coefficient(term: Term) -> tuple[Fraction, Term]:
    """The number in front of a term, and the rest."""
    if type(term) is Number:
        return term.value, NUMBER_ONE
    if type(term) is Product and type(term.factors[0]) is Number:
        return term.factors[0].value, product(term.factors[1:])
    return UNIT, term


def scaled(value: Fraction, term: Term) -> Term:
    """A number times a term that has no number in front."""
    if value == 1:
        return term
    if term is NUMBER_ONE:
        return Number(value)
    return Product((Number(value), *factors_of(term)))


def negative(term: Term) -> Term:
    """−A; a sum term by term."""
    if type(term) is Sum:
        return Sum(tuple(map(negative, term.terms)))
    value, rest = coefficient(term)
    return scaled(-value, rest)


# Sums.


@arithmetic.by_hand("flat sum", Sum, why=Why.FLAT, says="a + (b + c) = a + b + c", tried_on=[A + (B + A), A - (B - A)])
def _flat_sum(term: Term) -> Term | None:
    parts: list[Term] = []
    for part in term.terms:
        value, rest = coefficient(part)
        if type(rest) is Sum and abs(value) == 1:
            parts += [scaled(value * own, inner) for own, inner in map(coefficient, rest.terms)]
        else:
            parts.append(part)
    return Sum(tuple(parts)) if len(parts) != len(term.terms) else None

arithmetic.states("zero term", Sum((A, As)), Sum((As,)), given=[("zero", "A")], tried_on=[Sum((A, Zero(*A.shape))), Sum((Zero(*A.shape), Zero(*A.shape)))])

arithmetic.states("single term", Sum((A,)), A)


@arithmetic.by_hand("like terms", Sum, why=Why.NUMBERS, says="2a + 3a = 5a", tried_on=[2 * A + 3 * A, A + B - A, s * t + t * s, number(1) + number(2)])
def _like_terms(term: Term) -> Term | None:
    """Equal terms are added; the first one's way of writing stays."""
    first: dict[int, tuple[Fraction, Term]] = {}
    total: dict[int, Fraction] = {}
    for part in term.terms:
        value, key = monomial(part)
        first.setdefault(key, (value, part))
        total[key] = total[key] + value if key in total else value
    if len(total) == len(term.terms):
        return None
    parts = []
    for key, (value, part) in first.items():
        own, rest = coefficient(part)
        if total[key]:
            parts.append(scaled(own * total[key] / value, rest))
    return Sum(tuple(parts)) if len(parts) > 1 else parts[0] if parts else zero(term.shape)


# Products.


@arithmetic.by_hand("flat product", Product, wants=[Product], why=Why.FLAT, says=r"(AB)C = ABC", tried_on=[Product((A, A.T * A)), Product((s, Product((t, A)))), Product((s, A.T * A))])
def _flat_product(term: Term) -> Term | None:
    """Inner products are opened where the chain stays the same: not a scalar row·column run inside another chain."""
    chains = sum(not factor.is_scalar for factor in term.factors)
    runs = sum(factor.is_scalar and _has_chain(factor) for factor in term.factors)
    last = term.factors[-1]
    parts: list[Term] = []
    for factor in term.factors:
        if type(factor) is not Product:
            parts.append(factor)
        elif not factor.is_scalar or not _has_chain(factor) or (chains == 0 and runs == 1 and factor is last):
            parts += factor.factors
        else:
            scalars = [part for part in factor.factors if part.is_scalar]
            parts += [*scalars, product(tuple(part for part in factor.factors if not part.is_scalar))]
    return product(tuple(parts)) if tuple(parts) != term.factors else None


def _has_chain(term: Term) -> bool:
    return type(term) is Product and any(not factor.is_scalar for factor in term.factors)


@arithmetic.by_hand("scalar runs", Product, least=3, why=Why.FLAT, says=r"x^T y\, a^T b = (x^T y)(a^T b)", tried_on=[x.T * x * x.T * x])
def _scalar_runs(term: Term) -> Term | None:
    """A chain that is a scalar falls apart into scalars wherever a column meets a row."""
    if not term.is_scalar or len(term.factors) < 3:
        return None
    runs, run = [], []
    for factor in term.factors:
        if factor.is_scalar:
            runs.append((factor,))
            continue
        run.append(factor)
        if factor.shape[1].integer == 1:
            runs.append(tuple(run))
            run = []
    chains = [run for run in runs if len(run) > 1]
    if run or len(chains) < 2:
        return None
    return Product(tuple(map(product, runs)))

arithmetic.states("single factor", Product((A,)), A)
arithmetic.states("single scalar factor", Product((s,)), s)


@arithmetic.by_hand("zero factor", Product, has=(Zero, Number, Symbol), why=Why.FLAT, says=r"0A + B = B", tried_on=[Product((number(0), A))])
def _zero_factor(term: Term) -> Term | None:
    return zero(term.shape) if any(map(is_zero, term.factors)) else None


@arithmetic.by_hand("numbers", Product, wants=[Number], why=Why.NUMBERS, says=r"2A\cdot 3 = 6A", tried_on=[Product((number(2), A, number(3))), Product((s, number(1)))])
def _numbers(term: Term) -> Term | None:
    """Numbers are multiplied and stand first; a one goes."""
    numbers = [factor for factor in term.factors if type(factor) is Number]
    if not numbers or (len(numbers) == 1 and numbers[0] is term.factors[0] and numbers[0] is not NUMBER_ONE):
        return None
    value = UNIT
    for factor in numbers:
        value *= factor.value
    return scaled(value, product(tuple(factor for factor in term.factors if type(factor) is not Number)))


@arithmetic.by_hand("scalars first", Product, scalars=1, least=2, why=Why.FLAT, says="AsB = sAB", tried_on=[Product((A, s)), Product((A, s, C, t)), Product((d(s), A)), Product((d(s), x.T, x))])
def _scalars_first(term: Term) -> Term | None:
    """Scalars stand before the chain; the one that varies stands last, behind a chain if it is dt itself or the chain a scalar."""
    still = tuple(factor for factor in term.factors if factor.is_scalar and not varies(factor))
    moving = tuple(factor for factor in term.factors if factor.is_scalar and varies(factor))
    chain = tuple(factor for factor in term.factors if not factor.is_scalar)
    if moving and chain and term.is_scalar:
        ordered: Terms = (*still, product(chain), *moving)
    elif moving and type(moving[-1]) is Differential:
        ordered = (*still, *chain, *moving)
    else:
        ordered = (*still, *moving, *chain)
    return Product(ordered) if ordered != term.factors else None


arithmetic.states("identity", identity("m") * A, A)
arithmetic.states("identity behind", A * identity("n"), A)


@arithmetic.by_hand("scalar powers", Product, scalars=2, why=Why.NUMBERS, says=r"s^2 s^{-1} = s", tried_on=[power(s, 2) * power(s, -1), s * power(s, 2), power(s, t - number(1)) * s])
def _scalar_powers(term: Term) -> Term | None:
    """Powers of one scalar are one power."""
    bases: dict[Monomial, list[tuple[Term, Term, Term]]] = {}
    scalars = [factor for factor in term.factors if factor.is_scalar and type(factor) is not Number]
    if len(scalars) < 2:
        return None
    for factor in scalars:
        base, exponent = as_power(factor)
        bases.setdefault(monomial(base), []).append((base, exponent, factor))
    if all(len(found) == 1 for found in bases.values()):
        return None
    merged: dict[Term, Term] = {}
    for found in bases.values():
        total = total_of(tuple(exponent for _, exponent, _ in found))
        for _, _, factor in found:
            merged[factor] = NUMBER_ONE
        merged[found[0][2]] = found[0][2] if len(found) == 1 else _power_of(found[0][0], total)
    seen: dict[Term, bool] = {}
    parts = []
    for factor in term.factors:
        if factor not in merged:
            parts.append(factor)
        elif factor not in seen:
            seen[factor] = True
            parts.append(merged[factor])
    return product(tuple(parts))


def as_power(factor: Term) -> tuple[Term, Term]:
    """Base and exponent."""
    return (factor.base, factor.exponent) if type(factor) is EntryPower else (factor, NUMBER_ONE)


def total_of(exponents: Terms) -> Term:
    """Their sum, with the numbers in it added."""
    known = sum((exponent.value for exponent in exponents if type(exponent) is Number), Fraction(0))
    open_ = tuple(exponent for exponent in exponents if type(exponent) is not Number)
    return Sum((*open_, Number(known))) if open_ else Number(known)


def _power_of(base: Term, exponent: Term) -> Term:
    if type(exponent) is Number and exponent.value in (0, 1):
        return base if exponent.value == 1 else NUMBER_ONE
    return EntryPower(base, exponent)
