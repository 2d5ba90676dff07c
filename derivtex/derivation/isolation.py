"""Turning: bringing what is linear in dX to the form from which the derivative is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivtex.calculus.adjoints import adjoints, entrywise_across
from derivtex.calculus.collecting import gathering
from derivtex.calculus.complexes import conjugate_turning
from derivtex.calculus.distributing import distributing
from derivtex.calculus.jacobians import rightmost, vectorization
from derivtex.calculus.kroneckers import kroneckers
from derivtex.calculus.stacks import stacks
from derivtex.calculus.traces import is_vector, own_trace, rank_one, to_dot_products, to_inner_products, to_traces, turning
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import (
    Block,
    Conjugate,
    Differential,
    Hadamard,
    Hermitian,
    ImaginaryUnit,
    Inner,
    Norm,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Vec,
)  # fmt: skip
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.page import Page
from derivtex.simplification.engine import Place, Rewriting


def pairings(formulas: Iterable[Term]) -> tuple[Page, ...]:
    """How the author of the formulas pairs: x·y or xᵀy, A:B or tr(AᵀB); of complex matrices with tr(AᴴB) unless there is a A:B."""
    formulas = list(formulas)
    inner = [part for formula in formulas for part in formula.parts(Inner)]
    dots = () if any(part.left.shape[1] == ONE for part in inner) else (to_dot_products,)
    written = [*inner, *(part for formula in formulas for part in formula.parts(Norm))]
    is_complex = any(may_be_complex(leaf) for formula in formulas for leaf in formula.parts(Symbol, ImaginaryUnit))
    no_trace = not any(formula.uses(Trace) for formula in formulas) and (bool(inner) or not is_complex)
    inners = no_trace and any(not is_vector(part.children[0]) for part in written)
    return (*dots, to_inner_products if inners else to_traces)


class Turning:
    """How differentials are brought to stand last, in the author's way of pairing."""

    def __init__(self, pairing: tuple[Page, ...]):
        self.pairing = pairing

    def turn(self, rewriting: Rewriting) -> None:
        """Bring a scalar to tr(GᵀdX), gᵀdx or G : dX, addend by addend."""
        if to_traces in self.pairing and self.own_traces(rewriting):
            rewriting.pass_ += 1
        self.isolate(rewriting, ())
        rewriting.tidy()
        self.pair(rewriting, ())

    def settle(self, rewriting: Rewriting, turns: bool) -> None:
        """The last lines of a differential that is asked for itself: turned where that helps to read it, with what is common in front."""
        if turns and not self.needs_no_trace(rewriting.term):
            self.turn(rewriting)
        self.gather(rewriting)

    def needs_no_trace(self, term: Term) -> bool:
        """Whether every addend is a row, dX and a column with what stands between them: uᵀ dX v."""
        parts = [term.at(place) for place in addends(term, ())]
        return all(is_varying_product(part) and own_trace.apply(part) is not None for part in parts)

    def own_traces(self, rewriting: Rewriting) -> bool:
        """Put the trace around each addend that is a chain with a matrix differential in it."""
        before = len(rewriting.steps)
        for place in addends(rewriting.term, ()):
            new = own_trace.apply(rewriting.term.at(place)) if is_varying_product(rewriting.term.at(place)) else None
            if new is not None:
                rewriting.use(own_trace, place, new)
        return len(rewriting.steps) > before

    def expand(self, rewriting: Rewriting) -> None:
        """Expand every trace of sums with differentials in them, so that what is equal merges; then pull out what is common."""
        while any(rewriting.first(place, (distributing,)) for place in traces_in(rewriting.term, ())):
            rewriting.tidy()
        self.gather(rewriting)

    def gather(self, rewriting: Rewriting) -> None:
        """Pull out what all addends of a differential begin or end with, and leave no trace around what needs none."""
        rewriting.tidy()
        for place in (*traces_in(rewriting.term, ()), ()):
            if rewriting.first(place, (gathering, rank_one)):
                rewriting.tidy()

    def isolate(self, rewriting: Rewriting, place: Place) -> None:
        """Turn the scalar at a place until each differential in it stands last."""
        rewriting.tidy(place)
        term = rewriting.term.at(place)
        if not varies(term) or type(term) is Differential:
            return
        if type(term) in (Sum, SumOver):
            for index in range(len(term.children)):
                self.isolate(rewriting, (*place, index))
            return
        inner = varying_scalar(term)
        if inner is not None:
            self.isolate(rewriting, (*place, inner))
            rewriting.tidy(place)
            if rewriting.term.at(place) is term:
                if rewriting.first(place, (distributing, turning)):
                    self.isolate(rewriting, place)
                return
            self.isolate(rewriting, place)
        elif rewriting.first(place, (conjugate_turning, distributing, turning, adjoints, kroneckers)):
            self.isolate(rewriting, place)

    def pair(self, rewriting: Rewriting, place: Place) -> None:
        """Write every pairing in the author's way: with a differential, and those that turning has left beside one."""
        term = rewriting.term.at(place)
        if type(term) is Differential or not (varies(term) or term.uses(Inner)):
            return
        pages = self.pairing if varies(term) else tuple(page for page in self.pairing if page is to_traces)
        if type(term) in (Inner, Trace) and rewriting.first(place, pages):
            rewriting.tidy(place)
            return
        for index in range(len(term.children)):
            self.pair(rewriting, (*place, index))
        if not place:
            rewriting.tidy()

    def gather_weights(self, rewriting: Rewriting) -> None:
        """Move entrywise factors beside a differential across their inner product: a mask that stands on both sides goes to one."""
        for place in addends(rewriting.term, ()):
            part = rewriting.term.at(place)
            at = next((at for at, factor in enumerate(factors_of(part)) if type(factor) is Inner), None)
            inner = (*place, at) if type(part) is Product and at is not None else place
            found = rewriting.term.at(inner)
            if type(found) is Inner and type(found.left) is Hadamard and type(found.right) is Hadamard and varies(found.right):
                new = entrywise_across.apply(found)
                if new is not None:
                    rewriting.use(entrywise_across, inner, new)
                    rewriting.tidy(inner)

    def to_the_right(self, rewriting: Rewriting, place: Place) -> None:
        """Turn the vector at a place until each differential in it stands last."""
        rewriting.tidy(place)
        term = rewriting.term.at(place)
        if not varies(term) or type(term) is Differential:
            return
        if term.is_scalar and type(term) is not SumOver and not ends_with_change(term):
            self.isolate(rewriting, place)
            self.pair(rewriting, place)
            term = rewriting.term.at(place)
        if type(term) in (Sum, SumOver, Block):
            for index in range(len(term.children)):
                self.to_the_right(rewriting, (*place, index))
            if type(term) is not Sum and rewriting.first(place, (stacks, rightmost)):
                self.to_the_right(rewriting, place)
        elif self.turned_inside(rewriting, place) or rewriting.first(place, (stacks, rightmost, vectorization)):
            self.to_the_right(rewriting, place)

    def apart(self, rewriting: Rewriting, leaf: Term) -> None:
        """Expand until a differential stands last in each addend that has it; the other addends stay as they are."""
        rewriting.tidy()
        while type(rewriting.term) is not Sum and not leaf.is_scalar and rewriting.first((), (rightmost,)):
            rewriting.tidy()
        while (found := next((place for place in addends(rewriting.term, ()) if not stands_last(rewriting.term.at(place), leaf)), None)) is not None:
            before = rewriting.term
            self.isolate(rewriting, found) if leaf.is_scalar else self.to_the_right(rewriting, found)
            rewriting.tidy()
            if rewriting.term is before:
                return

    def turned_inside(self, rewriting: Rewriting, place: Place) -> bool:
        """Turn the varying factor of a product by itself; whether that changed it."""
        before = rewriting.term.at(place)
        if type(before) is not Product:
            return False
        at = next(at for at, factor in enumerate(before.factors) if varies(factor))
        inner = (*place, at)
        if before.factors[at].is_scalar and not ends_with_change(before.factors[at]):
            self.isolate(rewriting, inner)
            self.pair(rewriting, inner)
            self.to_the_right(rewriting, inner)
        elif before.factors[at].turned_inside:
            self.to_the_right(rewriting, inner)
        return rewriting.term.at(place) is not before


def addends(term: Term, place: Place) -> Iterator[Place]:
    """The places of the terms of a sum, through sums over an index."""
    if type(term) in (Sum, SumOver):
        for index, child in enumerate(term.children):
            yield from addends(child, (*place, index))
    else:
        yield place


def traces_in(term: Term, place: Place) -> Iterator[Place]:
    """The places of traces with differentials in them."""
    if varies(term) and type(term) is not Differential:
        if type(term) is Trace:
            yield place
        for index, child in enumerate(term.children):
            yield from traces_in(child, (*place, index))


def ends_with_change(term: Term) -> bool:
    """Whether it is a product, or a sum over an index of one, that ends with dx or vec dX, or the conjugate, and needs no turning."""
    last = term
    while type(last) in (Product, SumOver):
        last = last.factors[-1] if type(last) is Product else last.body
    last = last.of if type(last) is Vec else last
    return type(last.of if type(last) in (Conjugate, Hermitian) else last) is Differential


def stands_last(term: Term, leaf: Term) -> bool:
    """Whether a term has the differential nowhere but as its last factor, if at all."""
    factors = factors_of(term)
    return leaf in factors[-1:] or not term.contains(leaf)


def is_varying_product(term: Term) -> bool:
    return type(term) is Product and varies(term)


def varying_scalar(term: Term) -> int | None:
    """Which factor of a product is a scalar, other than dt, that varies."""
    if type(term) is not Product:
        return None
    return next((at for at, f in enumerate(term.factors) if f.is_scalar and varies(f) and type(f) is not Differential), None)


