r"""Indices that run beyond what they are an index of: `\sum_{i=1}^n x_{i+1}` of an x with n entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivtex.core.errors import ShapeError, Span
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Member, Number, Product, ProductOver, Sum, SumOver, Symbol, UnitVector
from derivtex.problem import Problem

Place = tuple[Term, Term, Dim, Dim]


def within_bounds(problem: Problem) -> Problem:
    """The problem, where no index leaves its range; entries that its author counts from 0 are counted from 1, which is said."""
    terms = (problem.target, *(definition.body for definition in problem.definitions))
    shift = counted_from_zero(terms)
    if not shift:
        refuse_outside(terms, Span(problem.source, 0, 1))
        return problem
    letters = " and ".join(dict.fromkeys(index.name for index in shift))
    return within_bounds(replace(
        problem,
        target=recounted(problem.target, shift),
        definitions=tuple(definition.changed(lambda term: recounted(term, shift)) for definition in problem.definitions),
        claims=tuple(claim._replace(left=recounted(claim.left, shift), right=recounted(claim.right, shift)) for claim in problem.claims),
        guesses=(*problem.guesses, f"{letters} counts entries from 0: the sum is over all of them, and they are written from 1 here"),
    ))  # fmt: skip


def recounted(term: Term, shift: dict[Index, Index]) -> Term:
    """A term with other indices, in their sums too."""

    def change(part: Term) -> Term | None:
        if isinstance(part, Index):
            return shift.get(part)
        index = part.__dict__.get("index")
        if isinstance(part, SumOver | ProductOver) and index in shift:
            return type(part)(shift[index], recounted(part.body, shift))
        return None

    return term.map(change)


def refuse_outside(terms: tuple[Term, ...], span: Span) -> None:
    """Raise ShapeError where an index certainly leaves its range; sizes that cannot be compared are let be."""
    for of, index, first, last in (place for term in terms for place in places(term)):
        run = range_of(index)
        if run is not None and (((first - run[0]).integer or 0) > 0 or ((run[1] - last).integer or 0) > 0):
            name = of.name if isinstance(of, Symbol) else "what it is an index of"
            raise ShapeError(
                f"an index of {name} goes from {run[0]} to {run[1]}, and {name} has those from {first} to {last}",
                way_out="entries are counted from 1; write other limits of the sum, or declare another size", span=span,
            )  # fmt: skip


def counted_from_zero(terms: tuple[Term, ...]) -> dict[Index, Index]:
    """Indices that go from 0 to n − 1 and stand alone, as the index of what has n entries; with those that go from 1 to n."""
    found: dict[Index, Index] = {}
    for _, index, first, last in (place for term in terms for place in places(term)):
        if isinstance(index, Index) and index.first == first - 1 and index.last == last - 1:
            found[index] = Index(index.name, first, last)
    kept = {index for index in found for term in terms if used_otherwise(term, index, found[index])}
    return {index: new for index, new in found.items() if index not in kept}


def used_otherwise(term: Term, index: Index, new: Index) -> bool:
    """Whether an index stands where it counts no entries of that range: as a number, or in i + 1."""
    right = sum(place[1] is index and (place[2], place[3]) == range_of(new) for place in places(term))
    return right != sum(child is index for part in term.walk() for child in part.children)


def places(term: Term) -> Iterator[Place]:
    """All that stands as an index, with what it is an index of and the first and last that there is."""
    for part in term.walk():
        match part:
            case Entry(of, row, column):
                yield of, row, ONE, of.shape[0]
                yield of, column, ONE, of.shape[1]
            case UnitVector(size, index):
                yield part, index, ONE, size
            case Member(family, index) if isinstance(family, Symbol) and family.family is not None:
                yield family, index, *family.family


def range_of(index: Term) -> tuple[Dim, Dim] | None:
    """From where to where an index goes: one that a sum binds, a whole number, and sums of these."""
    match index:
        case Index():
            return index.first, index.last
        case Number(value) if value.denominator == 1:
            return Dim.of(int(value)), Dim.of(int(value))
        case Sum(terms):
            runs = [range_of(part) for part in terms]
            if sum(type(part) is Index for part in terms) == 1 and all(runs):
                return added(run for run in runs if run)
        case Product((Number(value), Number(other))):
            return range_of(Number(value * other))
    return None


def added(runs: Iterator[tuple[Dim, Dim]]) -> tuple[Dim, Dim]:
    first, last = Dim.of(0), Dim.of(0)
    for low, high in runs:
        first, last = first + low, last + high
    return first, last
