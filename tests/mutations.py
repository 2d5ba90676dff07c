"""The slips that people make in a derivation, made on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.calculus.functions import commute
from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import Diag, Hole, Identity, Kronecker, Number, Product, Sum, Transpose, Zero


def mutants(term: Term, given: tuple[tuple[str, str], ...] = ()) -> Iterator[tuple[str, Term]]:
    """Slips of one place each that still conform; none of a term that is zero."""
    if type(term) is Zero or term is Number(0):
        return
    yield "a sign flipped", -term
    yield "a factor 2 too many", 2 * term
    for place, part in places(term):
        for slip, new in slips(part, given):
            try:
                yield slip, term.put(place, new())
            except ShapeError:
                continue


def places(term: Term, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    yield place, term
    for at, child in enumerate(term.children):
        yield from places(child, (*place, at))


def slips(part: Term, given: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, object]]:
    """What can go wrong at one node, each as a function that makes the wrong one."""
    match part:
        case Transpose(of) if not is_symmetric(of, given):
            yield "a transpose dropped", lambda: of
        case Sum((first, *rest)):
            yield "a sign of a sum flipped", lambda: Sum((-first, *rest))
            yield "a summand lost", lambda: Sum(tuple(rest)) if len(rest) > 1 else rest[0]
        case Product((Number(value), *rest)) if value not in (0, 1):
            yield "a number in front lost", lambda: Product(tuple(rest)) if len(rest) > 1 else rest[0]
        case Product((first, second, *rest)) if not (first.is_scalar or second.is_scalar or are_free_to_swap(first, second)):
            yield "two factors swapped", lambda: Product((second, first, *rest))
        case Kronecker(left, right) if not (type(left) is type(right) is Identity):
            yield "the sides of a Kronecker product swapped", lambda: Kronecker(right, left)


def is_symmetric(term: Term, given: tuple[tuple[str, str], ...]) -> bool:
    return type(term) is Hole and any((name, term.name) in given for name in ("symmetric", "posdef", "psd", "diagonal"))


def are_free_to_swap(first: Term, second: Term) -> bool:
    return type(first) is type(second) is Diag or commute(first, second)
