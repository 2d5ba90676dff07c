"""In which order a product is computed: as it takes the least work, vectors first, sums of matrices applied to what is narrow.

The order is that of the classical chain problem (Cormen et al., Introduction to Algorithms, section 15.2), with two things more: a sum
meets its neighbour term by term where that is cheaper than to add up its matrices, and an identity is left out. Sizes are names
mostly, so that the work is added up over several guesses at them: each name large once. What has a Gram matrix that is inverted is tall.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from derivtex.core.shapes import Dim
from derivtex.core.terms import Term, Terms
from derivtex.operations import Commutation, Determinant, Diag, Identity, Inverse, MatrixPower, Number, Product, Sum, SumOver, Transpose
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.operations.sums import conditions_of
from derivtex.problem import Definition

SMALL, MIDDLE, LARGE = 16, 32, 64
ADDING, SOLVING = 4, 8  # what an entry of a sum takes, beside a multiplication, and an elimination beside a product
LONGEST = 10  # factors
MOST = 3  # factors of a power
OF_ENTRIES = (Diag, Commutation)  # multiplying by these takes no more than to look at each entry


class Way(NamedTuple):
    """How a part is computed, and the work."""

    work: float
    term: Term


def ordered(terms: Iterable[Term]) -> list[Term]:
    """The terms with their products in brackets, in the order of the least work."""
    terms = list(terms)
    order = Order(terms)
    return [order.arranged(term) for term in terms]


class Order:
    """Arranges what is computed together; guesses: the sizes that are tried."""

    def __init__(self, terms: list[Term]):
        parts = {part for term in terms for part in term.walk()}
        names = sorted({name for part in parts for dim in part.shape for name in dim.names})
        wide = {pair for part in parts for pair in narrow_and_tall(part)}
        guesses = [dict.fromkeys(names, MIDDLE), *({**dict.fromkeys(names, SMALL), name: LARGE} for name in names)]
        self.guesses = [guess for guess in guesses if all(guess[small] <= guess[large] for small, large in wide)] or guesses
        self._sizes: dict[Dim, tuple[int, ...]] = {}
        self._ways: dict[Terms, Way] = {}
        self._works: dict[Term, float] = {}

    def arranged(self, term: Term) -> Term:
        """A term with all its products in order; what an index runs through is left as it is."""
        if not term.children or isinstance(term, SumOver) or "Index" in term.field_kinds.values() or conditions_of(term):
            return term
        if type(term) is not Product:
            return term.rebuild(tuple(map(self.arranged, term.children)))
        scalars, chain = scalars_and_chain(term)
        if len(chain) < 2 or len(chain) > LONGEST:
            return term.rebuild(tuple(map(self.arranged, term.children)))
        whole = self.way(factors(chain)).term
        return Product((*map(self.arranged, scalars), whole)) if scalars else whole

    def way(self, chain: Terms) -> Way:
        """The least work for a chain of factors."""
        found = self._ways.get(chain)
        if found is None:
            found = self._ways[chain] = self.way_for(chain)
        return found

    def way_for(self, chain: Terms) -> Way:
        best = {(at, at): Way(self.work(factor), self.arranged(factor)) for at, factor in enumerate(chain)}
        for width in range(1, len(chain)):
            for first in range(len(chain) - width):
                last = first + width
                ways = (way for cut in range(first, last) for way in self.ways(chain, best, first, cut, last))
                best[first, last] = min(ways, key=lambda way: way.work)  # of equal ones the first: the right side first
        return best[0, len(chain) - 1]

    def ways(self, chain: Terms, best: dict[tuple[int, int], Way], first: int, cut: int, last: int) -> Iterator[Way]:
        """How a run of factors can be computed that is cut in two there: as a product, or term by term where a side is a sum."""
        left, right = best[first, cut], best[cut + 1, last]
        rows, inner, columns = (self.size(dim) for dim in (chain[first].shape[0], chain[cut].shape[1], chain[last].shape[1]))
        scaled = (first == cut and type(chain[first]) in OF_ENTRIES) or (cut + 1 == last and type(chain[last]) in OF_ENTRIES)
        work = sum(a * c * (1 if scaled else b) for a, b, c in zip(rows, inner, columns, strict=True))
        yield Way(left.work + right.work + work, Product((left.term, right.term)))
        added = ADDING * sum(a * c for a, c in zip(rows, columns, strict=True))
        if first == cut and isinstance(chain[first], Sum):
            yield self.term_by_term(chain[first], right, added, lambda run, other: (*run, other))
        if cut + 1 == last and isinstance(chain[last], Sum):
            yield self.term_by_term(chain[last], left, added, lambda run, other: (other, *run))

    def term_by_term(self, whole: Term, other: Way, added: float, beside) -> Way:  # type: ignore[no-untyped-def]  # a function of terms
        """A sum that meets a factor in each of its terms."""
        self._works[other.term] = 0.0  # computed once, whatever it is multiplied with
        work, terms = other.work + added * (len(whole.children) - 1), []
        for term in whole.children:
            scalars, run = scalars_and_chain(term)
            way = self.way(factors(beside(run, other.term)))
            work += way.work + (added if scalars else 0)
            terms.append(Product((*map(self.arranged, scalars), way.term)) if scalars else way.term)
        return Way(work, Sum(tuple(terms)))

    def work(self, term: Term) -> float:
        """What it takes to compute a factor."""
        found = self._works.get(term)
        if found is None:
            found = self._works[term] = self.work_for(term)
        return found

    def work_for(self, term: Term) -> float:
        if not term.children:
            return 0.0
        if type(term) is Product:
            chain = factors(scalars_and_chain(term)[1])
            return self.way(chain).work if 1 < len(chain) <= LONGEST else sum(map(self.work, term.children))
        inner = sum(map(self.work, term.children))
        if type(term) is Transpose:
            return inner
        rows, columns = map(self.size, term.shape)
        if type(term) in (Inverse, MatrixPower):
            return inner + SOLVING * sum(a**3 for a in rows)
        return inner + ADDING * len(term.children) * sum(a * b for a, b in zip(rows, columns, strict=True))

    def size(self, dim: Dim) -> tuple[int, ...]:
        """A dimension in each guess."""
        found = self._sizes.get(dim)
        if found is None:
            found = self._sizes[dim] = tuple(dim.value(guess) for guess in self.guesses)
        return found


def factors(chain: Terms) -> Terms:
    """The factors that do something; beside a vector those of a power one by one."""
    rest = tuple(factor for factor in chain if type(factor) is not Identity)
    if any(dim.integer == 1 for factor in rest for dim in factor.shape):
        rest = tuple(each for factor in rest for each in factors_of_power(factor))
    return rest or chain[:1]


def factors_of_power(factor: Term) -> Terms:
    """X, X, X for X³, and as many inverses for a negative power."""
    if not isinstance(factor, MatrixPower) or not isinstance(factor.exponent, Number):
        return (factor,)
    times = factor.exponent.value
    if times.denominator > 1 or not 2 <= abs(times.numerator) <= MOST:
        return (factor,)
    return (factor.base if times > 0 else Inverse(factor.base),) * abs(times.numerator)


def with_bodies(result: Term, definitions: list[Definition], helpers: Collection[Term]) -> tuple[Term, list[Definition]]:
    """The result and the definitions, in which sums of matrices that derivtex named stand themselves where they are used but once."""
    for known in definitions:
        if known.name in helpers and type(known.body) is Sum and all(dim.integer != 1 for dim in known.body.shape):
            terms = [result, *(each.body for each in definitions)]
            if sum(occurrences(term, known.name) for term in terms) == 1:
                result = result.replace({known.name: known.body})
                definitions = [each._replace(body=each.body.replace({known.name: known.body})) for each in definitions if each is not known]
    return result, definitions


def occurrences(term: Term, part: Term) -> int:
    """How often a part stands in a term; what is repeated counts as twice."""
    if term is part:
        return 1
    found = sum(occurrences(child, part) for child in term.children)
    return 2 * found if "Index" in term.field_kinds.values() else found


def narrow_and_tall(term: Term) -> Iterator[tuple[str, str]]:
    """Pairs of sizes, the smaller first: of a product that is inverted, and what it is as large as inside."""
    if type(term) in (Inverse, Determinant) and type(term.of) is Product:
        outer = term.of.shape[0]
        inner = [factor.shape[1] for factor in term.of.factors[:-1] if not factor.is_scalar]
        yield from ((outer.names[0], dim.names[0]) for dim in inner if dim != outer and dim.is_name and outer.is_name)


