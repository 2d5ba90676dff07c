r"""Whether a matrix is positive semidefinite, and why: squares, congruences, sums and Kronecker products of such, and the two differences
that second derivatives bring, the covariance Σ wₖaₖaₖᵀ − (Σ wₖaₖ)(Σ wₖaₖ)ᵀ under weights that sum to one, and cI − uuᵀ with uᵀu ≤ c.

(R. A. Horn, C. R. Johnson, Matrix Analysis, section 7.1; S. Boyd, L. Vandenberghe, Convex Optimization, section 3.1.5 for the covariance.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.squares import is_turned, why_bounded, why_square
from derivtex.derivation.variances import is_covariance, why_variance
from derivtex.operations import (
    Diag,
    EntryPower,
    Hadamard,
    Identity,
    Inverse,
    Kronecker,
    Norm,
    Number,
    Ones,
    Product,
    Share,
    Sigmoid,
    Sum,
    SumOver,
    Symbol,
    Tanh,
    Transpose,
)  # fmt: skip
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import ASSUMED, holds, is_nonnegative
from derivtex.rewriting.normal_form import is_real
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Sentence

BOUNDED: dict[type[Term], str] = {Sigmoid: "$0 < \\sigma < 1$, so the weights are positive", Tanh: "$-1 < \\tanh < 1$"}


@dataclass(frozen=True)
class Found:
    """That a matrix is positive semidefinite; definite: even definite. because: why. given: under what. rank: what needs full column rank
    for it to be definite."""

    definite: bool = False
    because: tuple[Sentence, ...] = ()
    given: tuple[Sentence, ...] = ()
    rank: Terms = ()

    def also(self, other: Found, definite: bool | None = None) -> Found:
        """Both, as of a sum: definite where one of them is."""
        return Found(
            (self.definite or other.definite) if definite is None else definite,
            merged(self.because, other.because), merged(self.given, other.given), tuple(dict.fromkeys((*self.rank, *other.rank))),
        )  # fmt: skip


def merged(one: Iterable[Sentence], other: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys((*one, *other)))


class Definiteness:
    """The search for why matrices are semidefinite. variable: what varies, where numbers that do not may be taken for nonnegative.
    sizes: the names of sizes, which are positive."""

    def __init__(self, variable: Term | None = None, sizes: frozenset[str] = frozenset()):
        self.variable, self.sizes = variable, sizes

    def of(self, term: Term) -> Found | None:
        """Why a matrix is positive semidefinite; None where the form does not show it."""
        if term.is_scalar:
            return self.nonnegative(term)
        if holds("posdef", term) and type(term) in (Identity, Symbol, Inverse):
            return Found(True, () if type(term) is Identity else (Sentence(ASSUMED["posdef"], (term,)),))
        match term:
            case Sum(terms):
                return self.of_sum(terms)
            case SumOver(_, body):
                inner = self.of(body)
                return inner and Found(False, inner.because, inner.given)
            case Product():
                return self.of_product(term)
            case Kronecker(left, right):
                return self.both(left, right)
            case Hadamard(factors) if term.shape[0] == term.shape[1]:
                return self.both(*factors[:2]) if len(factors) == 2 else None
            case Diag(entries):
                inner = self.nonnegative(entries)
                return inner and Found(inner.definite, inner.because, inner.given)
            case Transpose(of):
                return self.of(of)
        if holds("psd", term):
            return Found(False, (Sentence("{} is positive semidefinite", (term,)),))
        return None

    def both(self, left: Term, right: Term) -> Found | None:
        """A Kronecker product or an entrywise one: of semidefinite ones it is semidefinite (Schur)."""
        one, other = self.of(left), self.of(right)
        return one.also(other, one.definite and other.definite) if one is not None and other is not None else None

    def of_sum(self, terms: Terms) -> Found | None:
        """A sum of semidefinite terms, one of which may come with what is taken away from it."""
        plus = [term for term in terms if coefficient(term)[0] > 0]
        minus = [tidied(negative(term)) for term in terms if coefficient(term)[0] < 0]
        total = Found()
        for taken in minus:
            pairs = ((term, self.difference(term, taken)) for term in plus)
            term, found = next(((term, found) for term, found in pairs if found is not None), (None, None))
            if term is None or found is None:
                return None
            plus.remove(term)
            total = total.also(found)
        for term in plus:
            found = self.of(term)
            if found is None:
                return None
            total = total.also(found)
        return total

    def difference(self, term: Term, taken: Term) -> Found | None:
        """term − taken, where that is a covariance or by the inequality of Cauchy and Schwarz."""
        if isinstance(term, SumOver) and isinstance(taken, SumOver):
            found = self.difference(term.body, taken.body.replace({taken.index: term.index}))
            if found is not None:
                return Found(False, found.because, found.given)
        (ours, chain), (theirs, other) = scalars_and_chain(term), scalars_and_chain(taken)
        common = tuple(each for each in ours if each in theirs)
        factor = self.nonnegative(product(common)) if common else Found(True)
        left, right = without(ours, common), without(theirs, common)
        inner = self.of_cores((left, chain), (right, other)) if factor is not None else None
        return inner.also(factor, inner.definite and factor.definite) if inner is not None and factor is not None else None

    def of_cores(self, one: tuple[Terms, Terms], other: tuple[Terms, Terms]) -> Found | None:
        """The difference of two chains with what scalars are left in front of each."""
        (ours, chain), (theirs, taken) = one, other
        if len(chain) == len(taken) == 1 and isinstance(chain[0], Kronecker) and isinstance(taken[0], Kronecker) and not (ours or theirs):
            return self.of_kroneckers(chain[0], taken[0])
        if is_covariance(product((*ours, *chain)), product((*theirs, *taken))):
            whole = tidied(Sum((product((*ours, *chain)), negative(product((*theirs, *taken))))))
            return Found(False, (why_variance(chain[0], whole),))
        if len(chain) > 1 and len(taken) > 3 and is_turned(chain[0], chain[-1]) and (chain[0], chain[-1]) == (taken[0], taken[-1]):
            return self.of_congruences((ours, chain), (theirs, taken))
        return self.by_length(ours, chain, theirs, taken)

    def of_congruences(self, one: tuple[Terms, Terms], other: tuple[Terms, Terms]) -> Found | None:
        """BᵀMB − BᵀNB, where M − N is semidefinite."""
        (ours, chain), (theirs, taken) = one, other
        outer, core = chain[-1], chain[1:-1] or (Identity(chain[-1].shape[0]),)
        inner = self.of_cores((ours, core), (theirs, taken[1:-1]))
        between = tidied(Sum((product((*ours, *core)), negative(product((*theirs, *taken[1:-1]))))))
        because = merged((why_square((chain[0], between, outer)),), inner.because) if inner is not None else ()
        return inner and Found(False, because, inner.given, (outer,) if inner.definite else ())

    def of_kroneckers(self, one: Kronecker, other: Kronecker) -> Found | None:
        """A ⊗ (B − C), or (B − C) ⊗ A."""
        for same, kept, given in ((one.left, one.right, other.right), (one.right, one.left, other.left)):
            if same in (other.left, other.right) and (found := self.of(same)) is not None:
                inner = self.difference(kept, given)
                return inner and inner.also(found, definite=False)
        return None

    def by_length(self, ours: Terms, chain: Terms, theirs: Terms, taken: Terms) -> Found | None:
        """cM − dMuuᵀM with duᵀMu ≤ c, by the inequality of Cauchy and Schwarz in the inner product of a semidefinite M, which may be the identity."""
        inner = chain if len(chain) == 1 and type(chain[0]) is not Identity else ()
        bounded = self.of(inner[0]) if inner else Found(True)
        if bounded is None or (not inner and not all(type(each) is Identity for each in chain)):
            return None
        middle = taken[1:-1] if inner and taken[:1] == taken[-1:] == inner else taken if not inner else ()
        if len(middle) != 2 or not is_turned(*middle) or middle[1].shape[0].integer != 1:
            return None
        square = product((middle[1], *inner, middle[0]))
        rest = self.left_over(ours, theirs, square, middle[0])
        if rest is None:
            return None
        because = why_bounded(middle[0], inner)
        return Found(bounded.definite and holds("positive", rest), merged(bounded.because, (because,)), bounded.given)

    def left_over(self, ours: Terms, theirs: Terms, square: Term, vector: Term) -> Term | None:
        """c − d·square without what stands below in d, where that is not negative."""
        below = tuple(each for each in theirs if is_reciprocal(each))  # c − s/b is not negative where bc − s is not, for b > 0
        if not all(map(is_nonnegative, below)):
            return None
        cleared = tuple(EntryPower(each.base, Number(-each.exponent.value)) for each in below)
        rest = tidied(Sum((product((*ours, *cleared)), negative(product((*without(theirs, below), square))))))
        rest = shortened(tidied(rest.replace({EntryPower(Norm(vector), Number(2)): square})))
        return rest if is_zero(rest) or is_nonnegative(rest) else None

    def of_product(self, term: Product) -> Found | None:
        """A number that is not negative times a congruence."""
        scalars, chain = scalars_and_chain(term)
        found = self.of_chain(chain) or self.of_spread(chain)
        if found is None:
            return None
        for scalar in scalars:
            factor = self.nonnegative(scalar)
            if factor is None:
                return None
            found = found.also(factor, found.definite and (holds("positive", scalar) or bool(factor.given)))
        return found

    def of_chain(self, chain: Terms) -> Found | None:
        """BᵀMB with M semidefinite or absent."""
        if len(chain) == 1:
            return self.of(chain[0])
        if not chain or not is_turned(chain[0], chain[-1]):
            return None
        inner = self.of_chain(chain[1:-1]) if len(chain) > 2 else Found(True)
        if inner is None:
            return None
        outer = chain[-1]
        rank = (*inner.rank, outer) if inner.definite and outer.shape[0].integer != 1 else ()
        definite = inner.definite and holds("invertible", outer)
        return Found(definite, merged(inner.because, (why_square(chain),)), inner.given, () if definite else rank)

    def of_spread(self, chain: Terms) -> Found | None:
        """B(M − N)C, multiplied out."""
        at = next((at for at, part in enumerate(chain) if type(part) is Sum and ONE not in part.shape), None) if len(chain) > 1 else None
        return self.of_sum(tuple(tidied(product((*chain[:at], part, *chain[at + 1 :]))) for part in chain[at].children)) if at is not None else None

    def nonnegative(self, term: Term) -> Found | None:
        """Why a number, or every entry, is not negative."""
        is_size = isinstance(term, Symbol) and term.name in self.sizes
        if is_nonnegative(term) or type(term) is Ones or is_size:
            return Found(is_size or holds("positive", term) or type(term) is Ones or is_reciprocal(term))
        match term:
            case Product(factors) if term.is_scalar:
                scalars, chain = scalars_and_chain(term)
                if not chain:
                    return self.all_of(without_squares(scalars))
            case Hadamard(factors):
                return self.all_of(without_squares(factors))
            case Sum(terms):
                bound = below_one(terms)
                return Found(True, (Sentence(bound),)) if bound else self.all_of(terms)
            case EntryPower(base, _) | Transpose(base) | SumOver(_, base) | Share(base, _):
                return self.all_of((base,))
        constant = self.variable is not None and term.is_scalar and not term.contains(self.variable)
        return Found(True, given=(Sentence("{} is not negative", (term,)),)) if constant and not isinstance(term, Number) else None

    def all_of(self, terms: Iterable[Term]) -> Found | None:
        """Why all are not negative."""
        total = Found(True)
        for term in terms:
            found = self.nonnegative(term)
            if found is None:
                return None
            total = total.also(found, total.definite and found.definite)
        return total


def without(terms: Terms, common: Terms) -> Terms:
    left = list(terms)
    for each in common:
        left.remove(each)
    return tuple(left)


def without_squares(factors: Terms) -> Terms:
    """The factors that stand an odd number of times, each once; those that may be complex as often as they do."""
    return tuple(each for each in dict.fromkeys(factors) if factors.count(each) % 2 or not is_real(each))


def is_reciprocal(term: Term) -> bool:
    """Whether it is 1/t² and the like, which is not zero where it is anything."""
    return isinstance(term, EntryPower) and isinstance(term.exponent, Number) and term.exponent.value < 0


def below_one(terms: Terms) -> str:
    """Why 1 − σ(z) is not negative; empty where it is not of that form."""
    if len(terms) != 2:
        return ""
    first, (number, second) = terms[0], coefficient(terms[1])
    if number == 1 and coefficient(first)[0] == -1:
        first, (number, second) = terms[1], coefficient(terms[0])
    one = (isinstance(first, Number) and first.value == 1) or type(first) is Ones
    return BOUNDED.get(type(second), "") if one and number == -1 else ""
