"""Ranks that the shapes alone decide: xxᵀ has rank 1 at most, whatever x is, and so no inverse."""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Hermitian, Product, Sum, Transpose

WANTED = {"invertible": 0, "positive determinant": 0, "full row rank": 0, "full column rank": 1}


def refuse_impossible(name: str, term: Term, bodies: Mapping[Term, Term]) -> None:
    """Raise NotDerivable where what is to be assumed of a term cannot be: its rank is smaller than that wants."""
    bound = least_bound(name, term, bodies)
    if bound is not None:
        wanted = term.shape[WANTED[name]]
        unless = "" if wanted.integer is not None else f" (unless {wanted} is {bound} or less)"
        has = "has no inverse" if term.shape[0] == term.shape[1] else "is not of full rank"
        raise NotDerivable(
            f"the rank of {term} is {bound} at most, so that it {has}{unless}",
            way_out="use the pseudo-inverse, add a multiple of the identity, or declare sizes for which it has a full rank",
        )


def is_impossible(name: str, term: Term) -> bool:
    """Whether what is to be assumed of a term cannot be."""
    return least_bound(name, term, {}) is not None


def least_bound(name: str, term: Term, bodies: Mapping[Term, Term]) -> Dim | None:
    """What the rank of a term does not exceed, where that is less than an assumption wants."""
    if name not in WANTED or term.is_scalar:
        return None
    wanted = term.shape[WANTED[name]]
    return next((bound for bound in rank_bounds(term, bodies) if is_less(bound, wanted)), None)


def rank_bounds(term: Term, bodies: Mapping[Term, Term]) -> set[Dim]:
    """Sizes that the rank of a term does not exceed: those of all factors; of a sum the sum of its parts' where these are numbers."""
    own = set(term.shape)
    if term in bodies:
        return own | rank_bounds(bodies[term], bodies)
    match term:
        case Product(factors):
            return own.union(*(rank_bounds(factor, bodies) for factor in factors if not factor.is_scalar))
        case Transpose(of) | Hermitian(of) | Conjugate(of):
            return own | rank_bounds(of, bodies)
        case Sum(parts):
            numbers = [min((b.integer for b in rank_bounds(part, bodies) if b.integer is not None), default=None) for part in parts]
            return own if None in numbers else own | {Dim.of(sum(number or 0 for number in numbers))}
    return own


def is_less(bound: Dim, size: Dim) -> bool:
    """Whether a size is larger than a bound that is a number, or is a letter, which is meant to be."""
    if bound.integer is None or not size.known:
        return False
    return size.integer is None or bound.integer < size.integer
