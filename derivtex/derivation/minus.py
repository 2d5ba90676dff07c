"""A minus in front goes into a difference that the lines made: −Σ(y_i − p_i)x_i is Σ(p_i − y_i)x_i. The author's own differences stay."""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.core.terms import Term
from derivtex.operations import Index, Inner, Number, Ones, Product, Sum, SumOver, Trace, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import monomial
from derivtex.simplification.common_factors import shortly
from derivtex.simplification.engine import Rewriting, tidied


def turn_minus(rewriting: Rewriting, bodies: Mapping[Term, Term]) -> None:
    """Write the formula without a minus in front, where a difference that is none of the author's takes it. bodies: what the names stand for."""
    value, rest = coefficient(rewriting.term)
    if value >= 0:
        return
    own = {form_of(part) for body in bodies.values() for part in body.parts(Sum)}
    turned = opposite(rest, own)
    if turned is not None:
        rewriting.use(shortly, (), tidied(scaled(-value, turned)))


def form_of(term: Term) -> int:
    """The key of a term whatever its indices are called: the author's P_ij - u_i^Tv_j is P_lj - u_l^Tv_j in the derivative by u_l."""
    return monomial(term.map(lambda part: Index("i", part.first, part.last) if type(part) is Index else None))[1]


def opposite(term: Term, own: set[int]) -> Term | None:
    """The negative of a term, by the first difference in it that is not its author's; None where there is none."""
    match term:
        case Sum(terms) if not varies(term):
            return turned_around(terms) if form_of(term) not in own else None
        case SumOver(index, body):
            found = opposite(body, own)
            return None if found is None else SumOver(index, found)
        case Transpose(of) | Trace(of):
            found = opposite(of, own)
            return None if found is None else type(term)(found)
        case Inner(left, right):
            found = opposite(left, own)
            return None if found is None else Inner(found, right)
        case Product():
            factors = factors_of(term)
            places = ((at, found) for at, factor in enumerate(factors) if (found := opposite(factor, own)) is not None)
            at, found = next(places, (0, None))
            return None if found is None else product((*factors[:at], found, *factors[at + 1 :]))
    return None


def turned_around(terms: tuple[Term, ...]) -> Term | None:
    """b − a of a − b; None of a sum without a minus, and of 1 − p, which is a thing of its own."""
    parts = [coefficient(part) for part in terms]
    if all(value > 0 for value, _ in parts) or any(type(rest) in (Number, Ones) for _, rest in parts):
        return None
    signed = sorted(((-value, rest) for value, rest in parts), key=lambda part: part[0] < 0)
    return Sum(tuple(scaled(value, rest) for value, rest in signed))
