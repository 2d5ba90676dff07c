"""The single edits of a term that authors' slips are: a sign, a factor, a transpose, an order, an inverse, an index, a trace, a power.

Each edit changes one part. What does not conform is no edit. The likeliest come first, and their number is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import (
    Derivative,
    Differential,
    EntryPower,
    Hadamard,
    Index,
    Inner,
    Inverse,
    MatrixPower,
    Number,
    Product,
    Sum,
    Symbol,
    Trace,
    Transpose,
)

Place = tuple[int, ...]
FACTORS = tuple(Fraction(*pair) for pair in ((2, 1), (1, 2), (3, 1), (1, 3), (4, 1), (1, 4), (3, 2), (2, 3)))
MOST, DEEPEST = 600, 9


class Edit(NamedTuple):
    """An edit: its kind, the part that is changed, what it becomes, and the whole with it."""

    kind: str
    part: Term
    repair: Term
    whole: Term


def edits(term: Term, pool: Iterable[Term]) -> Iterator[Edit]:
    """The single edits of a term, those of a kind together; pool: factors that may have been lost."""
    parts = list(places(term))
    pool = list(dict.fromkeys(pool))
    made = 0
    known: list[Term] = [part for part in pool if type(part) in (Index, Derivative)]
    pool = [part for part in pool if type(part) not in (Index, Derivative)]
    ways = (stages(known), signs, factors, transposes, orders, inverses, traces, powers, indices(known), kinds_of_product, lost_factors(pool),
            stray_factors)
    for way in (*ways, other_numbers(pool)):
        for place, part in parts:
            for kind, repair in way(part):
                whole = put(term, place, repair)
                if whole is not None and whole is not term:
                    made += 1
                    yield Edit(kind, part, repair, whole)
                if made >= MOST:
                    return


def places(term: Term, place: Place = ()) -> Iterator[tuple[Place, Term]]:
    """The parts of a term with their places, outermost first; what stands behind a d is left as it is."""
    level: list[tuple[Place, Term]] = [(place, term)]
    while level:
        yield from level
        level = [
            ((*at, k), child) for at, part in level if len(at) < DEEPEST and type(part) is not Differential for k, child in enumerate(part.children)
        ]


def put(term: Term, place: Place, new: Term) -> Term | None:
    """The term with another part; None where that does not conform."""
    try:
        return term.put(place, new)
    except (ShapeError, TypeError, AttributeError, ValueError):
        return None


def made(card: type[Term], *values: object) -> Term | None:
    try:
        return card(*values)
    except (ShapeError, TypeError, AttributeError, ValueError):
        return None


Changes = Iterator[tuple[str, Term]]
Way = Callable[[Term], Changes]


def times(value: Fraction, term: Term) -> Term:
    """A multiple of a term, with one number in front."""
    if type(term) is Number:
        return Number(term.value * value)
    if type(term) is Product and type(term.factors[0]) is Number:
        value, rest = term.factors[0].value * value, term.factors[1:]
        term = Product(rest) if len(rest) > 1 else rest[0]
    if value == 1:
        return term
    return Product((Number(value), *(term.factors if type(term) is Product else (term,))))


def beside_number(way: Way) -> Way:
    """A way of which the number in front of a product is left in front: −K and K⁻¹ give −K⁻¹."""

    def spared(part: Term) -> Changes:
        if type(part) is not Product or type(part.factors[0]) is not Number:
            yield from way(part)
        elif len(part.factors) > 2:  # of two the other is a place of its own
            for kind, new in way(Product(part.factors[1:])):
                yield kind, times(part.factors[0].value, new)

    return spared


def signs(part: Term) -> Changes:
    """The other sign of an addend."""
    if type(part) is Sum:
        for at, addend in enumerate(part.terms):
            yield "sign", Sum((*part.terms[:at], times(Fraction(-1), addend), *part.terms[at + 1 :]))


def factors(part: Term) -> Changes:
    """Another number in front of an addend."""
    if type(part) is Sum:
        for at, addend in enumerate(part.terms):
            for value in FACTORS:
                yield "factor", Sum((*part.terms[:at], times(value, addend), *part.terms[at + 1 :]))


@beside_number
def transposes(part: Term) -> Changes:
    """A transpose more or less."""
    if type(part) is Transpose:
        yield "transpose", part.of
    elif not part.is_scalar and type(part) not in (Number, Sum):
        yield "transpose", part.T


def orders(part: Term) -> Changes:
    """Two factors exchanged, or one moved to another place; factors with their transposes exchanged, x^Ty for yx^T."""
    if type(part) not in (Product, MatrixPower):
        return
    own = spread(part)
    for at in range(len(own)):
        for to in range(len(own)):
            if at != to and to != at - 1:
                rest = [*own[:at], *own[at + 1 :]]
                if (new := made(Product, (*rest[:to], own[at], *rest[to:]))) is not None:
                    yield "order", new
    for at in range(len(own) - 1):
        swapped = (*own[:at], other_way(own[at]), other_way(own[at + 1]), *own[at + 2 :])
        if (new := made(Product, swapped)) is not None:
            yield "transpose", new


def spread(part: Term) -> tuple[Term, ...]:
    """The factors of a product, a power of a matrix as so many factors."""
    found: list[Term] = []
    for factor in part.factors if type(part) is Product else (part,):
        exponent = factor.exponent.value if type(factor) is MatrixPower and type(factor.exponent) is Number else Fraction(1)
        if exponent != 1 and -3 <= exponent <= 3 and exponent.denominator == 1:
            found += [factor.base if exponent > 0 else Inverse(factor.base)] * abs(int(exponent))
        else:
            found.append(factor)
    return tuple(found)


def other_way(term: Term) -> Term:
    return term.of if type(term) is Transpose else term.T


@beside_number
def inverses(part: Term) -> Changes:
    """An inverse more or less."""
    if type(part) is Inverse:
        yield "inverse", part.of
    elif not part.is_scalar and part.shape[0] == part.shape[1] and (new := made(Inverse, part)) is not None:
        yield "inverse", new


@beside_number
def traces(part: Term) -> Changes:
    """A trace more or less."""
    if type(part) is Trace:
        yield "trace", part.of
    elif not part.is_scalar and part.shape[0] == part.shape[1] and (new := made(Trace, part)) is not None:
        yield "trace", new


def powers(part: Term) -> Changes:
    """Another exponent, of a number in a product also none; of a power of a power the inner one."""
    if type(part) in (EntryPower, MatrixPower) and type(part.exponent) is Number and type(part.children[0]) is not type(part):
        for more in (1, -1, Fraction(1, 2), Fraction(-1, 2), -2 * part.exponent.value):
            other = part.exponent.value + more
            if other not in (0, 1) and (new := made(type(part), part.children[0], Number(other))) is not None:
                yield "factor", new
        yield "factor", part.children[0]
    elif type(part) is Product:
        yield from (("factor", less(part, at)) for at, each in enumerate(part.factors) if each.is_scalar and type(each) is EntryPower)
    elif part.is_scalar and type(part) is not Number:
        yield "factor", EntryPower(part, Number(2))


def less(part: Product, at: int) -> Term:
    """A product with one factor less."""
    rest = (*part.factors[:at], *part.factors[at + 1 :])
    return rest[0] if len(rest) == 1 else Product(rest)


def indices(known: list[Term]) -> Way:
    """The way that puts another index of those that occur in the place of one."""

    def way(part: Term) -> Changes:
        for at, child in enumerate(part.children):
            for other in known:
                if type(child) is Index and other is not child and (new := put(part, (at,), other)) is not None:
                    yield "index", new

    return way


def stages(known: list[Term]) -> Way:
    """The way that puts another derivative of the same in the place of one: that by z, where that by h was passed on."""

    def way(part: Term) -> Changes:
        for other in known:
            if type(part) is type(other) is Derivative and other.of is part.of and other is not part and other.shape == part.shape:
                yield "stage", other

    return way


def other_numbers(pool: list[Term]) -> Way:
    """The way that puts another number in the place of one that is added."""

    def way(part: Term) -> Changes:
        if type(part) is Sum and part.is_scalar:
            for at, addend in enumerate(part.terms):
                for other in pool:
                    if other.is_scalar and other is not addend and (type(addend) in (Number, Symbol)):
                        yield "other", Sum((*part.terms[:at], other, *part.terms[at + 1 :]))

    return way


def kinds_of_product(part: Term) -> Changes:
    """Another product: of entries, of matrices, the inner one."""
    if type(part) is Hadamard and (new := made(Product, part.factors)) is not None:
        yield "product-kind", new
    if type(part) is Product and len(part.factors) > 1 and (new := made(Hadamard, part.factors)) is not None:
        yield "product-kind", new
    if type(part) is Product and len(part.factors) == 2 and (new := made(Inner, *part.factors)) is not None:
        yield "product-kind", new


def lost_factors(pool: list[Term]) -> Way:
    """The way that puts one of these factors into a product, or raises a differential to a product."""

    def way(part: Term) -> Changes:
        own = part.factors if type(part) is Product else (part,)
        if type(part) in (Sum, Number):
            return
        for factor in pool:
            front = (int(type(own[0]) is Number),)  # a scalar stands behind the number in front
            for at in front if factor.is_scalar else range(len(own) + 1):
                if (new := made(Product, (*own[:at], factor, *own[at:]))) is not None:
                    yield "factor" if factor.is_scalar else "term", new

    return way


def stray_factors(part: Term) -> Changes:
    """A factor less, or an addend less."""
    if type(part) is Product and len(part.factors) > 1:
        for at in range(len(part.factors)):
            rest = (*part.factors[:at], *part.factors[at + 1 :])
            if (new := rest[0] if len(rest) == 1 else made(Product, rest)) is not None:
                yield "sign" if part.factors[at] is Number(-1) else "factor" if part.factors[at].is_scalar else "term", new
    if type(part) is Sum:
        for at in range(len(part.terms)):
            rest = (*part.terms[:at], *part.terms[at + 1 :])
            yield "term", Sum(rest) if len(rest) > 1 else rest[0]


def factors_in(terms: Iterable[Term]) -> Iterator[Term]:
    """What may have been lost as a factor: the factors of products and the symbols of other terms, with their transposes."""
    for term in terms:
        for part in term.walk():
            if type(part) is Product:
                yield from (factor for factor in part.factors if type(factor) is not Number)
            elif type(part) in (Symbol, Index, MatrixPower, EntryPower, Inverse, Transpose):
                yield part
