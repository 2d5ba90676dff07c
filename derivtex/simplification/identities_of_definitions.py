"""What is zero by the author's definitions: deviations from a mean, which add up to nothing."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_zero
from derivtex.core.terms import Term, Terms
from derivtex.operations import Inner, Number, Product, Sum, SumOver, Symbol, Trace, Transpose
from derivtex.rewriting.page import Rule
from derivtex.rewriting.sources import DEFINITION
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import Rewriting, simplified, tidied
from derivtex.simplification.names import recognised
from derivtex.simplification.pulling import pulling

LONGEST, MOST_TERMS = 40, 64


vanishing = Rule("zero by the definitions", "Identities of the definitions", "zero by the definitions", DEFINITION, lambda term: None,
                 (Product, SumOver, Inner, Trace), says=r"\sum_i (x_i - \bar{x}) = 0,\ \bar{x} = \frac{1}{n}\sum_i x_i", quiet=True)  # fmt: skip


def drop_vanishing(rewriting: Rewriting, bodies: dict[Term, Term]) -> None:
    """Put zero for those scalars that are zero once a defined name is what it stands for."""
    parts = (part for part in rewriting.term.parts(Product, SumOver, Inner, Trace) if part.is_scalar)
    found: dict[Term, Term] = {part: Number(0) for part in parts if vanishes(part, bodies)}
    if found:
        rewriting.become(vanishing, rewriting.term.replace(found))
        rewriting.tidy()


def vanishes(part: Term, bodies: dict[Term, Term]) -> bool:
    """Whether a scalar is zero when it is multiplied out and its names are opened, one after the other."""
    if length(part) > LONGEST or not any(type(inner) is Sum or inner in bodies for inner in part.walk()):
        return False  # one term, which is not zero by itself
    for _ in range(len(bodies)):
        part = spread(part)
        if is_zero(part):
            return True
        opened: dict[Term, Term] = {inner: bodies[inner] for inner in part.parts(Symbol) if inner in bodies}
        if not opened:
            return False
        part = part.replace(opened)
    return is_zero(spread(part))


def spread(term: Term) -> Term:
    """A term multiplied out: products, sums over an index and transposes of sums are sums."""
    return simplified(recognised(tidied(Sum(terms_of(tidied(term))))), pulling)


def terms_of(term: Term) -> Terms:
    """The terms whose sum it is, at most so many."""
    match term:
        case Sum(parts):
            found = tuple(piece for part in parts for piece in terms_of(part))
        case Product(factors):
            found = products(tuple(map(terms_of, factors)))
        case Transpose(of) | Trace(of):
            found = tuple(type(term)(part) for part in terms_of(of))
        case SumOver(index, body):
            found = tuple(SumOver(index, part) for part in terms_of(body))
        case Inner(left, right):
            found = tuple(Inner(a, b) for a in terms_of(left) for b in terms_of(right))
        case _:
            found = (term,)
    return found if len(found) <= MOST_TERMS else (term,)


def products(factors: tuple[Terms, ...]) -> Terms:
    """Every product with one term of each factor."""
    found: list[Terms] = [()]
    for parts in factors:
        found = [(*known, part) for known in found for part in parts]
        if len(found) > MOST_TERMS:
            return (Product(tuple(Sum(each) for each in factors)),)
    return tuple(map(Product, found))
