r"""Inequalities g ≤ 0: the multiplier μ ≥ 0 that is zero where g is not, where it can be told in closed form.

With the stationary x put in, g falls as μ grows: g = g₀ − sμ with s > 0, of numbers or entry by entry. Then μ = max(0, g₀/s) fulfils
g ≤ 0, μ ≥ 0 and μg = 0 (Boyd & Vandenberghe, Convex Optimization, sec. 5.5.3), and is the only one that does.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.conditions import assumed, vector_of
from derivtex.derivation.stationary.isolating import roots_of, settled
from derivtex.derivation.stationary.linear import UNIT, collected, linear_in, number_of_identity
from derivtex.operations import EntryPower, Identity, Level, Maximum, Minimum, Norm, Number, Ones, Product, Sum, Symbol, zero
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Equation, Sentence


class Threshold(NamedTuple):
    """The multiplier of an inequality, and what it takes for granted."""

    value: Term
    assumptions: tuple[Sentence, ...]


def threshold(left: Term, multiplier: Symbol) -> Threshold | None:
    """max(0, g₀/s) for a g that falls with its multiplier as g₀ − sμ; None where it is not seen to."""
    found = linear_in(left, multiplier)
    pairs = collected(found.parts) if found is not None and not any(part.form for part in found.parts) else ()
    if found is None or len(pairs) != 1 or pairs[0][1] not in (UNIT, Number(1)) and type(pairs[0][1]) is not Identity:
        return None
    slope = tidied(negative(pairs[0][0]))
    constant = shortened(found.constant() or zero(left.shape))
    if multiplier.is_scalar:
        if not holds("positive", slope) and vector_of(slope) is None:
            return None
        told = () if holds("nonzero", slope) else tuple(assumed("nonzero", slope))
        return Threshold(positive_part(tidied(Product((EntryPower(slope, Number(-1)), *factors_of(constant))))), told)
    scalars, chain = scalars_and_chain(slope)
    if any(type(each) is not Identity for each in chain) or not all(holds("positive", each) for each in scalars):
        return None
    divided = tuple(EntryPower(each, Number(-1)) for each in scalars)
    return Threshold(positive_part(shortened(tidied(product((*divided, *factors_of(constant)))))), ())


def nonlinear_threshold(left: Term, multiplier: Symbol) -> Threshold | None:
    """max(0, r) with the greatest root r of g(μ) = 0, of a number; whether it fulfils the conditions is for the numbers to say."""
    found = roots_of(Equation(left, Number(0), multiplier)) if multiplier.is_scalar else []
    if not found or len(found) > 2:
        return None
    root = settled(found[-1])
    sign, size = coefficient(root)
    if sign > 0 and all(type(part) is Norm or holds("positive", part) for part in factors_of(size)):
        return Threshold(root, ())
    return Threshold(positive_part(root), ())


def level(left: Term, multiplier: Symbol) -> Term | None:
    """The ν of 1ᵀmax(0, v + κν1) = t, of κ > 0."""
    terms = left.terms if type(left) is Sum else (left,)
    moving = [term for term in terms if term.contains(multiplier)]
    if len(moving) != 1 or not moving[0].is_scalar:
        return None
    scalars, chain = scalars_and_chain(moving[0])
    inner = next((each for each in chain if type(each) is Maximum), None)
    ones = len(chain) == 2 and inner is not None and isinstance(ones_of(chain), Ones)
    if inner is None or not ones or not is_zero(inner.right) or any(not holds("positive", each) for each in scalars):
        return None
    found = linear_in(inner.left, multiplier)
    slope = tidied(Sum(tuple(part.left for part in found.parts))) if found is not None and found.parts else None
    times, column = scalars_and_chain(slope) if slope is not None else ((), ())
    if found is None or len(column) != 1 or not isinstance(column[0], Ones) or any(not holds("positive", each) for each in times):
        return None
    rest = tuple(term for term in terms if term is not moving[0])
    total = tidied(negative(tidied(Sum(rest)))) if rest else Number(0)
    divided = tuple(EntryPower(each, Number(-1)) for each in scalars)
    found_level = Level(found.constant() or zero(inner.shape), tidied(product((*divided, *factors_of(total)))))
    return tidied(product((*(EntryPower(each, Number(-1)) for each in times), found_level)))


def ones_of(chain: Terms) -> Term | None:
    """The ones of 1ᵀv or vᵀ1."""
    return next((part for each in chain for part in each.walk() if isinstance(part, Ones) and each.shape.count(ONE)), None)


class Box(NamedTuple):
    """The multipliers of two bounds on the same entries, what is bounded, and the bounds."""

    lower: Term
    upper: Term
    value: Term
    bounds: tuple[Term, Term]


def box(unknown: Symbol, value: Term, lower: tuple[Term, Symbol], upper: tuple[Term, Symbol]) -> Box | None:
    """l ≤ x ≤ u entry by entry, where x = c + (μ − α)/s: x = min(max(c, l), u), the multiplier of each bound as if the other were not there."""
    pairs = []
    for (term, multiplier), (_, other) in ((lower, upper), (upper, lower)):
        left = settled(term.replace({unknown: value}).replace({other: zero(other.shape)}))
        found = threshold(left, multiplier)
        if found is None or found.assumptions or not same_direction(term, unknown):
            return None
        pairs.append(found.value)
    low, high = (settled(tidied(Sum((unknown, Product((Number(sign), term)))))) for (term, _), sign in ((lower, 1), (upper, -1)))
    if low.contains(unknown) or high.contains(unknown):
        return None
    multipliers: dict[Term, Term] = {lower[1]: pairs[0], upper[1]: zero(upper[1].shape)}
    bounded = with_maxima_shortened(settled(value.replace(multipliers)))
    return Box(pairs[0], pairs[1], Minimum(bounded, high), (low, high))


def same_direction(term: Term, unknown: Symbol) -> bool:
    """Whether a bound is on the entries themselves: x − u or l − x."""
    found = linear_in(term, unknown)
    pairs = collected(found.parts) if found is not None else ()
    return len(pairs) == 1 and number_of_identity(pairs[0][0]) is not None


def positive_part(term: Term) -> Term:
    """max(0, u)."""
    return Maximum(zero(term.shape), term)


def with_maxima_shortened(term: Term) -> Term:
    """k max(a, b) as max(ka, kb) for a positive number k, and c + max(0, d − c) as max(c, d)."""
    return term.map(shorter)


def shorter(part: Term) -> Term | None:
    if type(part) is Product:
        return scaled_maximum(part)
    if type(part) is not Sum:
        return None
    terms = [with_maxima_shortened(each) for each in part.terms]
    at = next((k for k, each in enumerate(terms) if is_positive_part(each)), None)
    if at is None or len(terms) == 1:
        return Sum(tuple(terms))
    others = (*terms[:at], *terms[at + 1 :])
    rest = tidied(Sum(others)) if len(others) > 1 else others[0]
    other = shortened(tidied(Sum((*others, terms[at].children[1]))))
    plain = not other.uses(Maximum)
    return Maximum(rest, other) if plain and is_simpler(other, terms[at].children[1]) else Sum(tuple(terms))


def scaled_maximum(part: Product) -> Term | None:
    """Positive numbers in front taken into the one maximum of a product, or into the sum that has one."""
    scalars, chain = scalars_and_chain(part)
    inner = next((each for each in (*scalars, *chain) if type(each) is Maximum or is_sum_with_maximum(each)), None)
    moved = tuple(each for each in scalars if each is not inner and (type(each) is Number or holds("positive", each)))
    if inner is None or not moved or moved == (Number(-1),):
        return None
    if type(inner) is Sum:
        return with_maxima_shortened(Sum(tuple(tidied(product((*moved, *factors_of(each)))) for each in inner.terms))) if len(chain) < 2 else None
    sign, front = (Number(-1),), tuple(Number(abs(each.value)) if type(each) is Number else each for each in moved)
    inside = Maximum(*(shortened(tidied(product((*front, *factors_of(side))))) for side in inner.children))
    negative_ = any(type(each) is Number and each.value < 0 for each in moved)
    kept = tuple(inside if each is inner else each for each in (*scalars, *chain) if each not in moved)
    return product((*(sign if negative_ else ()), *kept))


def with_minima(term: Term) -> Term:
    """A term with −max(−a, −b) as min(a, b)."""
    return term.map(as_minimum)


def as_minimum(part: Term) -> Term | None:
    """−max(−a, −b), and c − max(0, c − d) as min(c, d)."""
    if type(part) is Sum:
        taken = next((each for each in part.terms if type(each) is Product and as_minimum(each) and is_positive_part(each.factors[1])), None)
        rest = tuple(each for each in part.terms if each is not taken)
        other = shortened(tidied(Sum((*rest, Product((Number(-1), taken.factors[1].children[1])))))) if taken is not None else None
        simpler = taken is not None and other is not None and is_simpler(other, taken.factors[1].children[1])
        return Minimum(tidied(Sum(rest)) if len(rest) > 1 else rest[0], other) if simpler and other is not None else None
    if type(part) is not Product or len(part.factors) != 2 or part.factors[0] is not Number(-1) or type(part.factors[1]) is not Maximum:
        return None
    return Minimum(*(tidied(negative(side)) for side in part.factors[1].children))


def is_sum_with_maximum(term: Term) -> bool:
    return type(term) is Sum and term.uses(Maximum)


def is_positive_part(term: Term) -> bool:
    return type(term) is Maximum and same_term(term.left, zero(term.shape))


def is_simpler(one: Term, other: Term) -> bool:
    return sum(1 for _ in one.walk()) < sum(1 for _ in other.walk())
