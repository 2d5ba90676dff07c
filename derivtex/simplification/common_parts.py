"""What terms of a sum have in common: the sides of Kronecker products, an operation, entrywise factors; the ends of a trace; signs."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import NUMBER_ONE, coefficient, negative, product, scaled
from derivtex.calculus.functions import NAMES, commute
from derivtex.core.terms import Term, Terms
from derivtex.operations import Commutation, Diag, Hadamard, Identity, Inverse, Kronecker, MatrixPower, Number, Ones, Product, Sum, Trace, Unvec
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.keys import Monomial, monomial
from derivtex.simplification.engine import tidied


def common_kronecker(term: Sum) -> Term | None:
    """A ⊗ B + A ⊗ C = A ⊗ (B + C), where all terms share a side."""
    split = [(scalars, chain[0]) for scalars, chain in map(scalars_and_chain, term.terms) if len(chain) == 1 and type(chain[0]) is Kronecker]
    if len(split) != len(term.terms):
        return None
    lefts = [kronecker.left for _, kronecker in split]
    rights = [kronecker.right for _, kronecker in split]
    if all(monomial(left) == monomial(lefts[0]) for left in lefts):
        return Kronecker(lefts[0], Sum(tuple(product((*scalars, k.right)) for scalars, k in split)))
    if all(monomial(right) == monomial(rights[0]) for right in rights):
        return Kronecker(Sum(tuple(product((*scalars, k.left)) for scalars, k in split)), rights[0])
    return None


def commutations_in_front(term: Sum) -> Sum:
    """(B ⊗ A)K + A ⊗ C = K(A ⊗ B) + A ⊗ C: before a Kronecker product whose sides are those of another, as two terms that are alike show it."""
    split = [scalars_and_chain(part) for part in term.terms]
    others = [tuple(map(monomial, chain[0].children)) for _, chain in split if len(chain) == 1 and type(chain[0]) is Kronecker]
    found = tuple(turned_commutation(chain, others) for _, chain in split)
    if not any(found):
        return term
    return Sum(tuple(part if turned is None else product((*scalars, *turned)) for part, (scalars, _), turned in zip(term.terms, split, found, strict=True)))


def turned_commutation(chain: Terms, others: list[tuple[Monomial, ...]]) -> Terms | None:
    """K(A ⊗ B) for (B ⊗ A)K, where A stands left or B right in another Kronecker product."""
    if len(chain) != 2 or type(chain[0]) is not Kronecker or type(chain[1]) is not Commutation:
        return None
    right, left = chain[0].children
    if not any(monomial(left) == other[0] or monomial(right) == other[1] for other in others):
        return None
    return Commutation(right.shape[0], left.shape[0]), Kronecker(left, right)


def common_operation(term: Sum) -> Term | None:
    """Diag(u) + s Diag(v) = Diag(u + sv), unvec(u) + unvec(v) = unvec(u + v)."""
    split = [scalars_and_chain(part) for part in term.terms]
    kinds = dict.fromkeys(type(chain[0]) if len(chain) == 1 else None for _, chain in split)
    (kind, *others) = kinds
    if others or kind not in (Diag, Unvec):
        return None
    inner = Sum(tuple(product((*scalars, chain[0].of)) for scalars, chain in split))
    return split[0][1][0].rebuild((inner,))


def functions_first(term: Sum) -> Sum | None:
    """Af(A)C − f(A)CA as f(A)AC − f(A)CA: what commutes with a function of it stands behind that, where both begin a product."""
    parts = [turned_about(part) for part in term.terms]
    return Sum(tuple(parts)) if any(one is not other for one, other in zip(parts, term.terms, strict=True)) else None


def turned_about(term: Term) -> Term:
    """f(A)A… for Af(A)…."""
    scalars, chain = scalars_and_chain(term)
    if len(chain) < 3 or type(chain[1]) not in NAMES or type(chain[0]) in NAMES or not commute(chain[0], chain[1]):
        return term
    return product((*scalars, chain[1], chain[0], *chain[2:]))


def gathered(term: Sum) -> Term:
    """a − 2pa = (1 − 2p)a, f − 2fp = f(1 − 2p), 3 + 3n = 3(1 + n): one term and a multiple of it, which take as many symbols either way."""
    if len(term.terms) == 2:
        for at in (0, 1):
            value, single = coefficient(term.terms[at])
            ratio = over(term.terms[1 - at], value, single)
            if ratio is not None:
                inner = Sum((NUMBER_ONE, ratio)[:: 1 - 2 * at])
                parts = (single, inner) if single.is_scalar else (inner, single)
                return scaled(value, product(tuple(part for part in parts if part is not NUMBER_ONE)))
    return term


def over(term: Term, value: Fraction, single: Term) -> Term | None:
    """What number a term is of a single factor, or of 1, times a value that is no fraction of its own; None where it is none, or the value 0."""
    if not value:
        return None
    number, rest = coefficient(term)
    scalars, chain = scalars_and_chain(rest)
    same = scalars if single.is_scalar else chain
    alone = type(single) is not Product and (bool(chain) != single.is_scalar) and (single.is_scalar or len(chain) == 1)
    left = scalars if single is NUMBER_ONE or not single.is_scalar else without(scalars, (single,))
    found = single is NUMBER_ONE or monomial(single) in map(monomial, same)
    if not (alone and found and left) or (abs(value) == 1) == (single is NUMBER_ONE) or (number / value).denominator > 1:
        return None
    return scaled(number / value, product(left))


def common_entrywise(term: Sum) -> Term | None:
    """a ∘ b + a ∘ c = a ∘ (b + c): the entrywise factors that the most terms share."""
    split = [scalars_and_factors(part) for part in term.terms]
    counts: dict[Monomial, int] = {}
    for _, factors in split:
        for own in dict.fromkeys(map(monomial, factors)):
            counts[own] = counts.get(own, 0) + 1
    key = max(counts, key=lambda key: counts[key], default=None)
    if key is None or counts[key] < 2:
        return None
    mine = [(scalars, factors) for scalars, factors in split if key in map(monomial, factors)]
    others = [part for part, (_, factors) in zip(term.terms, split, strict=True) if key not in map(monomial, factors)]
    shared = mine[0][1]
    for _, factors in mine[1:]:
        shared = without(shared, without(shared, factors))
    left = [without(factors, shared) for _, factors in mine]
    if not all(left) and any(type(factor) is Identity for factors in left for factor in factors):
        return None  # G + Gᵀ − I ∘ G, the derivative by the entries of a symmetric matrix, says more than 1 − I
    inner = (product((*scalars, entrywise_product(rest, term))) for (scalars, _), rest in zip(mine, left, strict=True))
    grouped = Hadamard((*shared, Sum(tuple(inner))))
    return Sum((grouped, *others)) if others else grouped


def scalars_and_factors(term: Term) -> tuple[Terms, Terms]:
    """A term's scalars, and the factors of its entrywise product: none of a scalar, one where it is no entrywise product."""
    scalars, chain = scalars_and_chain(term)
    if len(chain) == 1 and type(chain[0]) is Hadamard:
        return scalars, chain[0].factors
    return scalars, (product(chain),) if chain else ()


def without(factors: Terms, taken: Terms) -> Terms:
    """Factors without some, each taken once."""
    keys = [monomial(factor) for factor in taken]
    rest = []
    for factor in factors:
        if monomial(factor) in keys:
            keys.remove(monomial(factor))
        else:
            rest.append(factor)
    return tuple(rest)


def entrywise_product(factors: Terms, like: Term) -> Term:
    """The entrywise product of some factors, of none the ones of a term's shape."""
    return Hadamard(factors) if len(factors) > 1 else factors[0] if factors else Ones(*like.shape)


def rotated(term: Trace) -> Term:
    """tr(ABA) = tr(A²B): equal factors at both ends of a trace meet."""
    scalars, chain = scalars_and_chain(term.of)
    if len(chain) < 3 or monomial(chain[0]) != monomial(chain[-1]):
        return term
    square = MatrixPower(chain[0].of, Number(-2)) if type(chain[0]) is Inverse else MatrixPower(chain[0], Number(2))
    return product((*scalars, Trace(tidied(product((square, *chain[1:-1]))))))


def is_falling(term: Term) -> bool:
    """Whether it is a sum of nothing but negative terms."""
    return type(term) is Sum and all(coefficient(part)[0] < 0 for part in term.terms)


def with_sign_outside(term: Term) -> Term:
    """Σ(−A − B) = −Σ(A + B), (−A − B)ᵀ = −(A + B)ᵀ."""
    inner = term.children[-1]
    return negative(term.rebuild((*term.children[:-1], negative(inner)))) if is_falling(inner) else term


def with_sign_in_front(term: Product) -> Term:
    """c(−A − B)D = −c(A + B)D, and −(−A + B) = A − B."""
    inside = without_outer_sign(term)
    if inside is not term:
        return inside
    falling = [at for at, factor in enumerate(term.factors) if is_falling(factor)]
    turned = Product(tuple(negative(factor) if at in falling else factor for at, factor in enumerate(term.factors)))
    return negative(turned) if len(falling) % 2 else turned if falling else term


def without_outer_sign(term: Term) -> Term:
    """−(−A + B) = A − B, where something in the brackets is taken away."""
    if type(term) is not Product or len(term.factors) != 2 or term.factors[0] is not Number(-1) or type(term.factors[1]) is not Sum:
        return term
    parts = [coefficient(part) for part in term.factors[1].terms]
    return Sum(tuple(scaled(-value, rest) for value, rest in parts)) if any(value < 0 for value, _ in parts) else term
