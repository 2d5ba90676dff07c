r"""Inequalities g ≤ 0: the multiplier μ ≥ 0 that is zero where g is not, where it can be told in closed form.

With the stationary x put in, g falls as μ grows: g = g₀ − sμ with s > 0, of numbers or entry by entry. Then μ = max(0, g₀/s) fulfils
g ≤ 0, μ ≥ 0 and μg = 0 (Boyd & Vandenberghe, Convex Optimization, sec. 5.5.3), and is the only one that does.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import negative, product
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import assumed, vector_of
from derivtex.derivation.stationary.linear import UNIT, collected, linear_in
from derivtex.operations import EntryPower, Identity, Maximum, Number, Product, Sum, Symbol, zero
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Sentence


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
    plain = not any(type(each) is Maximum for each in other.walk())
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


def is_sum_with_maximum(term: Term) -> bool:
    return type(term) is Sum and any(type(each) is Maximum for each in term.walk())


def is_positive_part(term: Term) -> bool:
    return type(term) is Maximum and same_term(term.left, zero(term.shape))


def is_simpler(one: Term, other: Term) -> bool:
    return sum(1 for _ in one.walk()) < sum(1 for _ in other.walk())
