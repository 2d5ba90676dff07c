"""Whether a function is convex by its form: a sum of squares, exponentials, −log, u log u and norms of what is affine in the unknowns together
(Boyd and Vandenberghe, Convex Optimization, sec. 3.1.5 and 3.2.2)."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.linear import linear_in
from derivtex.operations import (
    Determinant,
    Entry,
    EntryPower,
    Exp,
    Hadamard,
    Inner,
    Log,
    LogSumExp,
    Member,
    Norm,
    Number,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    symbol,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import holds, is_nonnegative
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied


def is_convex(term: Term, unknowns: tuple[Symbol, ...], squares: bool = True, sign: int = 1) -> bool:
    """Whether a number, or its negative by the sign, is a sum of such functions with nonnegative numbers in front, and of what is affine.

    squares: of squares alone.
    """
    if any(map(may_be_complex, unknowns)):
        return False
    match term:
        case Sum(terms):
            return all(is_convex(each, unknowns, squares, sign) for each in terms)
        case SumOver(_, body):
            return is_convex(body, unknowns, squares, sign)
    return is_affine(term, unknowns) or is_part(term, unknowns, squares, sign)


def is_part(term: Term, unknowns: tuple[Symbol, ...], squares: bool, sign: int) -> bool:
    """Whether one term is a convex function times a nonnegative number."""
    scalars, chain = scalars_and_chain(term) if type(term) is Product else ((term,), ())
    moving = tuple(each for each in scalars if depends(each, unknowns))
    value, rest = coefficient(product(tuple(each for each in scalars if each not in moving)) if len(moving) < len(scalars) else Number(1))
    if not is_nonnegative(rest) or not value:
        return False
    sign = sign if value > 0 else -sign
    if len(moving) == 1 and not chain and type(moving[0]) in (Sum, SumOver):
        return is_convex(moving[0], unknowns, squares, sign)
    if sign > 0 and len(moving) + bool(chain) == 1 and (is_square(moving[0], unknowns) if moving else is_form(chain, unknowns)):
        return True
    return not squares and is_bent(sign, moving, chain, unknowns)


def is_bent(sign: int, scalars: Terms, chain: Terms, unknowns: tuple[Symbol, ...]) -> bool:
    """Whether ± a product is convex: e^u, −log u, u log u, ‖u‖, log ∑ eᵘ, −log det X, and the same of each entry, weighed with nonnegative ones."""
    factors = (*scalars, *chain)
    if sign > 0 and len(factors) == 2:
        one, other = (factors if type(factors[1]) is Log else factors[::-1]) if scalars else factors
        return is_entropy(one if not chain else tidied(Transpose(one)), other, unknowns)
    if len(factors) == 2 and chain and is_nonnegative(chain[0]) and not depends(chain[0], unknowns):
        factors = chain[1:]  # 1ᵀ exp(u), of columns
    match factors:
        case (Exp(of),) | (Norm(of),) | (LogSumExp(of),):
            return sign > 0 and is_affine(of, unknowns)
        case (Log(Determinant(of)),):
            return sign < 0 and holds("posdef", of) and is_affine(of, unknowns)
        case (Log(of),):
            return sign < 0 and is_affine(of, unknowns)
    return False


def is_entropy(one: Term, other: Term, unknowns: tuple[Symbol, ...]) -> bool:
    """u log(cu) of one affine u, where c is positive wherever the logarithm is one; also of each entry."""
    if type(other) is not Log or one.shape != other.shape or not is_affine(one, unknowns):
        return False
    ratio = tidied(Hadamard((other.of, EntryPower(one, Number(-1)))) if not one.is_scalar else Product((other.of, EntryPower(one, Number(-1)))))
    return not depends(ratio, unknowns)


def is_square(part: Term, unknowns: tuple[Symbol, ...]) -> bool:
    """A square of a number or of a norm, an inner product or a trace that is one."""
    match part:
        case EntryPower(Norm(of), Number(2)) | EntryPower(of, Number(2)):
            return is_affine(of, unknowns)
        case Inner(left, right):
            return same_term(tidied(left), tidied(right)) and is_affine(left, unknowns)
        case Trace(Product(factors)):
            return is_form(factors, unknowns)
    return False


def is_form(chain: Terms, unknowns: tuple[Symbol, ...]) -> bool:
    """vᵀMv or VᵀMV with semidefinite M."""
    if coefficient(Product(chain))[0] < 0 or len(chain) < 2 or not same_term(tidied(chain[0].T), tidied(chain[-1])):
        return False
    inner = chain[1:-1]
    if any(depends(each, unknowns) for each in inner) or not is_affine(chain[-1], unknowns):
        return False
    return not inner or holds("psd", inner[0] if len(inner) == 1 else Product(inner))


def is_affine(term: Term, unknowns: tuple[Symbol, ...]) -> bool:
    """Whether a term is linear in all unknowns together, or in members and entries of them, up to a constant."""
    match term:
        case Sum(terms):
            return all(is_affine(each, unknowns) for each in terms)
        case Trace(of):
            return is_affine(of, unknowns)
        case Product(factors) if any(type(each) is Trace for each in factors):
            moving = [each for each in factors if depends(each, unknowns)]
            return not moving or (len(moving) == 1 and type(moving[0]) is Trace and is_affine(moving[0], unknowns))
    parts = dict.fromkeys(part for part in term.walk() if type(part) in (Member, Entry) and part.children[0] in unknowns)
    names = {part: symbol(f"u_{{{at}}}", "scalar" if part.is_scalar else "vector", part.shape) for at, part in enumerate(parts)}
    term, unknowns = term.replace(dict(names.items())), (*unknowns, *names.values())
    for unknown in unknowns:
        found = linear_in(term, unknown)
        if found is None or any(depends(side, unknowns) for part in found.parts for side in (part.left, part.right)):
            return False
    return True


def depends(term: Term, unknowns: tuple[Symbol, ...]) -> bool:
    return any(term.contains(each) for each in unknowns)
