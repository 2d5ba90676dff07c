"""Whether a function is a sum of squares of what is affine in the unknowns together, and so convex (Boyd and Vandenberghe, sec. 3.2.2)."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.linear import linear_in
from derivtex.operations import EntryPower, Inner, Norm, Number, Product, Sum, SumOver, Symbol, Trace
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import holds, is_nonnegative
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied


def is_convex(term: Term, unknowns: tuple[Symbol, ...]) -> bool:
    """Whether a number is a sum of such squares with nonnegative numbers in front, and of what is affine."""
    if any(map(may_be_complex, unknowns)):
        return False
    match term:
        case Sum(terms):
            return all(is_convex(each, unknowns) for each in terms)
        case SumOver(_, body):
            return is_convex(body, unknowns)
    if is_affine(term, unknowns):
        return True
    scalars, chain = scalars_and_chain(term) if type(term) is Product else ((term,), ())
    moving = [each for each in scalars if depends(each, unknowns)]
    fixed = [each for each in scalars if each not in moving]
    if len(moving) + bool(chain) != 1 or not all(is_nonnegative(each) for each in fixed):
        return False
    return is_square(moving[0], unknowns) if moving else is_form(chain, unknowns)


def is_square(part: Term, unknowns: tuple[Symbol, ...]) -> bool:
    """A square of a number or of a norm, an inner product or a trace that is one; or what is convex itself."""
    match part:
        case EntryPower(Norm(of), Number(2)) | EntryPower(of, Number(2)):
            return is_affine(of, unknowns)
        case Inner(left, right):
            return same_term(tidied(left), tidied(right)) and is_affine(left, unknowns)
        case Trace(Product(factors)):
            return is_form(factors, unknowns)
        case Sum() | SumOver():
            return is_convex(part, unknowns)
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
    """Whether a term is linear in all unknowns together, up to a constant."""
    for unknown in unknowns:
        found = linear_in(term, unknown)
        if found is None or any(depends(side, unknowns) for part in found.parts for side in (part.left, part.right)):
            return False
    return True


def depends(term: Term, unknowns: tuple[Symbol, ...]) -> bool:
    return any(term.contains(each) for each in unknowns)
