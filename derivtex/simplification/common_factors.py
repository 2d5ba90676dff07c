"""Writing a result shortly: common factors of a sum are pulled out, or products multiplied out, where that saves symbols."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import gcd, lcm

from derivtex.calculus.arithmetic import NUMBER_ONE, as_power, coefficient, negative, product, scaled
from derivtex.calculus.entries import is_ones
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    EntryPower,
    Hadamard,
    Identity,
    MatrixPower,
    Number,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import Monomial, monomial
from derivtex.rewriting.page import Rule
from derivtex.rewriting.sources import DEFINITION
from derivtex.simplification.common_parts import (
    common_entrywise,
    common_kronecker,
    common_operation,
    commutations_in_front,
    functions_first,
    gathered,
    rotated,
    with_sign_in_front,
    with_sign_outside,
)
from derivtex.simplification.engine import Rewriting, tidied
from derivtex.simplification.scalar_order import in_order

MINUS_ONE = Number(-1)
MOST_SHARED, MOST_POWERS, MOST_TERMS = 4, 3, 8
WORTH_TURNING, WORTH_SPREADING = 3, 2


shortly = Rule("written shortly", "Common factors", "common factors in front", DEFINITION, lambda term: None, (Product, Sum),
               says=r"AB + AC = A(B + C)", quiet=True)  # fmt: skip


def factor(rewriting: Rewriting) -> None:
    """Pull common factors out, or multiply products out, where that saves symbols."""
    rewriting.become(shortly, factored(rewriting.term))


def length(term: Term) -> int:
    """How many symbols a term takes to write: its nodes, sums and products for nothing."""
    return term.remembered("_length", _length)


def _length(term: Term) -> int:
    free = type(term) in (Sum, Product) or term is MINUS_ONE
    return (0 if free else 1) + sum(map(length, term.children))


def factored(term: Term) -> Term:
    """The term with common factors pulled out, in it and in its parts, as long as it becomes shorter."""
    return term.remembered("_factored", lambda term: _factored(term.rebuild(tuple(map(factored, term.children)))))


def _factored(term: Term) -> Term:
    if type(term) is Product:
        signed = with_sign_in_front(with_number_in_front(term))
        return in_order(signed) if type(signed) is Product else signed
    if type(term) is Hadamard and all(type(factor) is Transpose for factor in term.factors):
        return Transpose(Hadamard(tuple(factor.of for factor in term.factors)))
    if type(term) is Hadamard:
        return opened(term) or term
    if type(term) is Trace:
        return rotated(term)
    if type(term) in (SumOver, Transpose):
        return with_sign_outside(term)
    if type(term) is not Sum:
        return term
    if coefficient(term.terms[0])[0] < 0:
        first = next((at for at, part in enumerate(term.terms) if coefficient(part)[0] > 0), None)
        if first is not None:
            term = Sum((term.terms[first], *term.terms[:first], *term.terms[first + 1 :]))
    term = commutations_in_front(term)
    scalars = (common(term, partial(_scalar, key)) for key in shared_scalars(term))
    commuted = functions_first(term)
    sides = common(term, _first), common(term, _last), common_entrywise(term), common(commuted, _first) if commuted is not None else None
    alike = common_power(term), common_kronecker(term), common_operation(term)
    made = (expanded(term), common_number(term), *sides, *scalars, *alike, turned(term))
    found = [shorter for shorter in made if shorter is not None]
    best = min(found, key=length, default=term)
    best = best if length(best) < length(term) else gathered(term)
    shorter = factored(best) if best is not term else term
    spread = merged(term)
    if spread is None or length(other := factored(spread)) + WORTH_SPREADING > length(shorter):
        return shorter
    return other


def merged(term: Sum) -> Term | None:
    """(2A + B)C + BC = 2AC + 2BC: the chains of products multiplied out, where equal terms come together. A sum that stands twice stays."""
    sums = [monomial(factor)[1] for part in term.terms for factor in factors_of(part) if type(factor) is Sum]
    if len(set(sums)) < len(sums):
        return None
    parts = tuple(piece for part in term.terms for piece in chains_multiplied_out(part))
    if len(parts) in (len(term.terms), 1) or len(parts) > MOST_TERMS:
        return None
    found = tidied(Sum(parts))
    return found if type(found) is Sum and len(found.terms) < len(parts) else None


def chains_multiplied_out(term: Term) -> Terms:
    """The terms that a product with one sum in its chain, or in its scalars, is the sum of."""
    factors = factors_of(term)
    sums = [at for at, factor in enumerate(factors) if type(factor) is Sum and len(factor.terms) <= 3]
    if len(sums) != 1 or len(factors) == 1 or varies(term):
        return (term,)
    at = sums[0]
    return tuple(tidied(Product((*factors[:at], part, *factors[at + 1 :]))) for part in factors[at].terms)


def expanded(term: Sum) -> Term | None:
    """a(1 − b) + b = a − ab + b: entrywise and scalar products of sums multiplied out, and equal terms merged."""
    parts = tuple(piece for part in term.terms for piece in multiplied_out(part))
    return tidied(Sum(parts)) if len(parts) > len(term.terms) else None


def opened(term: Hadamard) -> Term | None:
    """a ∘ (b ∘ a⁻² − a⁻¹) = b ∘ a⁻¹ − 1: multiplied out where that is shorter."""
    parts = multiplied_out(term)
    if len(parts) == 1:
        return None
    shorter = tidied(Sum(parts))
    return shorter if length(shorter) < length(term) else None


def multiplied_out(term: Term) -> Terms:
    """The terms that an entrywise or scalar product with sums in it is the sum of, at most a few."""
    value, rest = coefficient(term)
    kind = type(rest)
    if kind not in (Product, Hadamard) or (kind is Product and not all(factor.is_scalar or is_ones(factor) for factor in rest.factors)):
        return (term,)
    at = next((at for at, factor in enumerate(rest.factors) if type(factor) is Sum), None)
    if at is None or len(rest.factors[at].terms) > 3:
        return (term,)
    pieces = (kind((*rest.factors[:at], part, *rest.factors[at + 1 :])) for part in rest.factors[at].terms)
    return tuple(scaled(value * own, inner) for own, inner in (coefficient(tidied(piece)) for piece in pieces))


def turned(term: Sum) -> Term | None:
    """BᵀXᵀ + XᵀBᵀ = (XB + BX)ᵀ: of products of transposes, where that saves more than it looks strange."""
    chains = [chain for _, chain in map(scalars_and_chain, term.terms)]
    if not all(chain and all(map(is_transposed, chain)) for chain in chains):
        return None
    found = Transpose(Sum(tuple(tidied(Transpose(part)) for part in term.terms)))
    alone = all(len(chain) == 1 and type(chain[0]) is Transpose and type(chain[0].of) is Symbol for chain in chains)
    worth = 1 if alone else WORTH_TURNING
    return found if length(found) + worth <= length(term) else None


def is_transposed(factor: Term) -> bool:
    """Whether it is a transpose, or a power of one."""
    return type(factor) is Transpose or (type(factor) is MatrixPower and type(factor.children[0]) is Transpose)


def common_number(term: Sum) -> Term | None:
    """2A + 4B = 2(A + 2B), −A − B = −(A + B)."""
    parts = [coefficient(part) for part in term.terms]
    values = [value for value, _ in parts]
    shared = Fraction(gcd(*(value.numerator for value in values)), lcm(*(value.denominator for value in values)))
    if all(value < 0 for value in values):
        shared = -shared
    if shared in (0, 1):
        return None
    return scaled(shared, Sum(tuple(scaled(value / shared, rest) for value, rest in parts)))


def with_number_in_front(term: Product) -> Product:
    """c(2A − 4B)D = 2c(A − 2B)D; fractions stay where they are."""
    found = [common_number(factor) if type(factor) is Sum else None for factor in term.factors]
    whole = [None if other is None or coefficient(other)[0].denominator > 1 else other for other in found]
    if not any(whole):
        return term
    plain = tidied(Product(tuple(factor if other is None else other for factor, other in zip(term.factors, whole, strict=True))))
    return plain if type(plain) is Product and length(plain) <= length(term) else term


# Where a factor can be taken: (its key, the factor, the other factors) or None.
Taken = tuple[Monomial, Term, Terms] | None


def _first(factors: Terms) -> Taken:
    at = next((at for at, factor in enumerate(factors) if not factor.is_scalar), None)
    return None if at is None else _take(factors, at)


def _last(factors: Terms) -> Taken:
    return _take(factors, len(factors) - 1) if not factors[-1].is_scalar else None


def _scalar(key: Monomial, factors: Terms) -> Taken:
    at = next((at for at, factor in enumerate(factors) if factor.is_scalar and monomial(factor) == key), None)
    return None if at is None else _take(factors, at)


def shared_scalars(term: Sum) -> list[Monomial]:
    """The scalar factors that two or more terms have, the most frequent first, at most a few."""
    found = [dict.fromkeys(monomial(f) for f in factors_of(part) if f.is_scalar and type(f) is not Number) for part in term.terms]
    counts: dict[Monomial, int] = {}
    for key in (key for keys in found for key in keys):
        counts[key] = counts.get(key, 0) + 1
    return sorted((key for key in counts if counts[key] > 1), key=lambda key: -counts[key])[:MOST_SHARED]


def common_power(term: Sum) -> Term | None:
    """s³A − s²B = s²(sA − B), s⁻¹A − s⁻²B = s⁻¹(A − s⁻¹B): of powers of one scalar that all terms have, what they share."""
    if len(term.terms) > MOST_POWERS or any(type(f) is Sum and len(f.terms) >= MOST_POWERS for part in term.terms for f in factors_of(part)):
        return None  # brackets in brackets are harder to read than powers
    found = [powers_of(part) for part in term.terms]
    for key, (base, _) in found[0].items():
        exponents = [powers[key][1] if key in powers else Fraction(0) for powers in found]
        least = min(exponents) if min(exponents) > 0 else max(exponents)
        if least and min(exponents) * max(exponents) > 0 and min(exponents) != max(exponents):
            rest = Sum(tuple(tidied(Product((EntryPower(base, Number(-least)), *factors_of(part)))) for part in term.terms))
            return Product((base if least == 1 else EntryPower(base, Number(least)), rest))
    return None


def powers_of(term: Term) -> dict[Monomial, tuple[Term, Fraction]]:
    """The scalar factors of a term by the key of their base, with that base and its exponent where it is a number."""
    found = {}
    for factor in factors_of(term):
        base, exponent = as_power(factor)
        if factor.is_scalar and type(factor) is not Number and isinstance(exponent, Number):
            found[monomial(base)] = base, exponent.value
    return found


def _take(factors: Terms, at: int) -> Taken:
    return monomial(factors[at]), factors[at], factors[:at] + factors[at + 1 :]


def common(term: Sum, take: Callable[[Terms], Taken]) -> Term | None:
    """AB + AC = A(B + C): the factor that the most terms share on that side."""
    taken = [take(factors_of(part)) for part in term.terms]
    counts: dict[Monomial, int] = {}
    for found in taken:
        if found is not None:
            counts[found[0]] = counts.get(found[0], 0) + 1
    key = max(counts, key=lambda key: counts[key], default=None)
    if key is None or counts[key] < 2:
        return None
    mine = [found for found in taken if found is not None and found[0] == key]
    factor = mine[0][1]
    if stands_on_both_sides(key, [tuple(part for part in rest if not part.is_scalar) for _, _, rest in mine]):
        return None
    scalars_only = all(part.is_scalar for _, _, rest in mine for part in rest)
    inner = Sum(tuple(_rest(rest, factor, take is _first, scalars_only) for _, _, rest in mine))
    if all(coefficient(part)[0] < 0 for part in inner.terms):
        grouped = scaled(Fraction(-1), _beside(factor, negative(inner), take is _last))
    else:
        grouped = _beside(factor, inner, take is _last)
    rest = [part for part, found in zip(term.terms, taken, strict=True) if found is None or found[0] != key]
    first = next(at for at, found in enumerate(taken) if found is not None and found[0] == key)
    before = sum(found is None or found[0] != key for found in taken[:first])
    return Sum((*rest[:before], grouped, *rest[before:])) if rest else grouped


def stands_on_both_sides(key: Monomial, chains: list[Terms]) -> bool:
    """Whether one term is a factor alone, and it begins and ends another: K⁻¹ − K⁻¹AK⁻¹ stays symmetric to the eye."""
    return not all(chains) and any(key in (monomial(chain[0]), monomial(chain[-1])) for chain in chains if chain)


def _rest(rest: Terms, factor: Term, is_first: bool, scalars_only: bool) -> Term:
    """What is left of a term; the identity where nothing but scalars is and others have more left."""
    if factor.is_scalar:
        return product(rest) if rest else NUMBER_ONE
    if scalars_only or any(not part.is_scalar for part in rest):
        return product(rest)
    return product((*rest, Identity(factor.shape[1 if is_first else 0])))


def _beside(factor: Term, inner: Term, behind: bool) -> Term:
    return Product((inner, factor)) if behind or inner.is_scalar else Product((factor, inner))
