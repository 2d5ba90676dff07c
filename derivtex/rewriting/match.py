"""Matching: what the holes, runs, indices and sizes of a pattern must be for it to be a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from derivtex.core.shapes import Dim, Shape
from derivtex.core.terms import Term, Terms
from derivtex.operations import Hadamard, Hole, Index, Product, Sum
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.filling import Binding
from derivtex.rewriting.patterns import ANYTHING, Applied, Factors, Open, Place, Run, any_data

COMMUTE = (Sum, Hadamard)
Allowed = Callable[[str, Term], bool]
Indices = tuple[str, ...]


def anything(name: str, term: Term) -> bool:
    """No condition on what a hole stands for."""
    return True


def fit(patterns: Terms, terms: Terms) -> Binding | None:
    """The first binding under which each pattern is its term, or None."""
    return next(Matching().all_of(list(zip(patterns, terms, strict=True)), Binding(), ()), None) if len(patterns) == len(terms) else None


class Matching:
    """Patterns and terms put side by side. allowed: whether a hole or a part of a run may stand for a term."""

    def __init__(self, allowed: Allowed = anything):
        self.allowed = allowed

    def ways(self, pattern: Term, term: Term, found: Binding, bound: Indices) -> Iterator[Binding]:
        """The bindings under which a pattern is a term. bound: the indices of the sums around it, in which no hole may stand."""
        if type(pattern) in (Hole, Place):
            yield from self.hole(pattern, term, found, bound)
        elif type(pattern) is Open:
            yield from self.ways(pattern.of, term, found, tuple(name for name in bound if name != pattern.index.name))
        elif type(pattern) is Index:
            yield from index(pattern, term, found)
        elif type(pattern) is Factors:
            yield from self.product(pattern.factors, factors_of(term), found, bound)
        elif type(pattern) is Applied:
            yield from self.applied(pattern, term, found, bound)
        elif type(pattern) is type(term) and fields_agree(pattern, term):
            yield from self.inside(pattern, term, found, bound)

    def hole(self, pattern: Term, term: Term, found: Binding, bound: Indices) -> Iterator[Binding]:
        known = found.terms.get(pattern.name)
        if known is not None:
            if known is term:
                yield found
            return
        sizes = fitted_shape(pattern.shape, term.shape, found.sizes)
        if sizes is not None and self.allowed(pattern.name, term) and not (bound and any(term.contains(found.terms[name]) for name in bound)):
            yield Binding({**found.terms, pattern.name: term}, found.runs, sizes, found.data)

    def applied(self, pattern: Term, term: Term, found: Binding, bound: Indices) -> Iterator[Binding]:
        """A function of the kind that is asked for, the same wherever its name stands."""
        known = found.data.get(pattern.name, type(term))
        if known is type(term) and pattern.may_be(known):
            yield from self.ways(pattern.of, term.of, Binding(found.terms, found.runs, found.sizes, {**found.data, pattern.name: known}), bound)

    def inside(self, pattern: Term, term: Term, found: Binding, bound: Indices) -> Iterator[Binding]:
        """Two nodes of one card, field by field."""
        sizes: dict[str, Dim] | None = found.sizes
        data = found.data
        for name, kind in pattern.field_kinds.items():
            if kind == "Dim" and sizes is not None:
                sizes = fitted(pattern.__dict__[name], term.__dict__[name], sizes)
            elif kind in ("str", "int") and any_data(mine := pattern.__dict__[name]):
                if data.get(mine, term.__dict__[name]) != term.__dict__[name]:
                    return
                data = {**data, mine: term.__dict__[name]}
        if sizes is None:
            return
        here = found if sizes is found.sizes and data is found.data else Binding(found.terms, found.runs, sizes, data)
        own = getattr(pattern, "index", None)
        if type(own) is Index and "index" in pattern.field_kinds and pattern.field_kinds["index"] == "Index":
            for bound_ in index(own, term.index, here):
                yield from self.children(pattern, term, bound_, (*bound, own.name))
        else:
            yield from self.children(pattern, term, here, bound)

    def children(self, pattern: Term, term: Term, found: Binding, bound: Indices) -> Iterator[Binding]:
        if type(pattern) is Product:
            yield from self.product(pattern.factors, term.factors, found, bound)
        elif type(pattern) in COMMUTE:
            yield from self.together(pattern.children, term.children, found, bound)
        elif any(type(part) is Run for part in pattern.children):
            yield from self.in_order(pattern.children, term.children, found, bound)
        elif len(pattern.children) == len(term.children):
            pairs = zip(pattern.children, term.children, strict=True)
            yield from self.all_of(sorted(pairs, key=lambda pair: not pair[0].children), found, bound)  # sizes are found by what has parts

    def all_of(self, pairs: Sequence[tuple[Term, Term]], found: Binding, bound: Indices) -> Iterator[Binding]:
        """The bindings under which each pattern is its term."""
        if not pairs:
            yield found
            return
        for first in self.ways(*pairs[0], found, bound):
            yield from self.all_of(pairs[1:], first, bound)

    def product(self, patterns: Terms, terms: Terms, found: Binding, bound: Indices) -> Iterator[Binding]:
        """The factors of a product: its scalars in any order, its chain in order."""
        if type(patterns[0]) is Run and patterns[0].kind == "factors":
            yield from self.in_order(patterns, terms, found, bound)
            return
        mine, chain = apart(patterns)
        scalars, others = apart(terms)
        if not any(map(is_run, chain)) and len(chain) != len(others):
            return
        for first in self.in_order(chain, others, found, bound):
            yield from self.together(mine, scalars, first, bound)

    def in_order(self, patterns: Terms, terms: Terms, found: Binding, bound: Indices) -> Iterator[Binding]:
        """Parts side by side, a run as short as it can be."""
        if not patterns:
            if not terms:
                yield found
            return
        first, rest = patterns[0], patterns[1:]
        if not is_run(first):
            if terms:
                for way in self.ways(first, terms[0], found, bound):
                    yield from self.in_order(rest, terms[1:], way, bound)
            return
        most = len(terms) - sum([not is_run(part) for part in rest])
        card = card_of(rest[0]) if rest else None
        for width in range(most + 1) if rest else (len(terms),):
            if width and not self.may_run(first, terms[width - 1 : width] if rest else terms, found, bound):
                return
            if card is not None and type(terms[width]) is not card:  # what stands behind the run does not fit there
                continue
            taken = self.run(first, terms[:width], found)
            if taken is not None:
                yield from self.in_order(rest, terms[width:], taken, bound)

    def together(self, patterns: Terms, terms: Terms, found: Binding, bound: Indices) -> Iterator[Binding]:
        """Parts in any order; runs between parts keep the order."""
        single = tuple(part for part in patterns if not is_run(part))
        runs = patterns[len(single) :]
        if not all(map(is_run, runs)):
            yield from self.in_order(patterns, terms, found, bound)
            return
        if len(terms) < len(single) or (not runs and len(terms) > len(single)):
            return
        for way, rest in self.picked(single, terms, found, bound):
            shared = self.shared(runs, rest, way, bound)
            if shared is not None:
                yield shared

    def picked(self, patterns: Terms, terms: Terms, found: Binding, bound: Indices) -> Iterator[tuple[Binding, Terms]]:
        """The bindings under which each pattern is one of the terms, with the terms that are left."""
        if not patterns:
            yield found, terms
            return
        for at, term in enumerate(terms):
            for way in self.ways(patterns[0], term, found, bound):
                yield from self.picked(patterns[1:], (*terms[:at], *terms[at + 1 :]), way, bound)

    def shared(self, runs: Terms, terms: Terms, found: Binding, bound: Indices) -> Binding | None:
        """What is left goes to the first run that it fits; None where it fits none."""
        taken: list[list[Term]] = [[] for _ in runs]
        for term in terms:
            at = next((at for at, run in enumerate(runs) if self.may_run(run, (term,), found, bound)), None)
            if at is None:
                return None
            taken[at].append(term)
        way: Binding | None = found
        for run, own in zip(runs, taken, strict=True):
            way = way and self.run(run, tuple(own), way)
        return way

    def may_run(self, pattern: Term, terms: Terms, found: Binding, bound: Indices) -> bool:
        """Whether parts may belong to a run."""
        run, free = opened(pattern, bound)
        if run.kind == "parts" and any(fitted_shape(run.shape, term.shape, found.sizes) is None for term in terms):
            return False
        if not all(self.allowed(run.name, term) for term in terms):
            return False
        return not any(term.contains(found.terms[name]) for term in terms for name in free) if free else True

    def run(self, pattern: Term, terms: Terms, found: Binding) -> Binding | None:
        """The binding with a run."""
        run, _ = opened(pattern, ())
        if len(terms) < run.least:
            return None
        if run.name in found.runs:
            return found if found.runs[run.name] == terms else None
        sizes: dict[str, Dim] | None = found.sizes
        if terms:
            chain = [term.shape for term in terms if not term.is_scalar] or [terms[0].shape]
            whole = (chain[0][0], chain[-1][1])
            sizes = fitted_shape(run.shape, whole, found.sizes)
        return None if sizes is None else Binding(found.terms, {**found.runs, run.name: terms}, sizes, found.data)


def opened(pattern: Term, bound: Indices) -> tuple[Term, Indices]:
    """A run, and the indices of which its parts are free: those around it but for the ones on which it depends."""
    while type(pattern) is Open:
        bound = tuple(name for name in bound if name != pattern.index.name)
        pattern = pattern.of
    return pattern, bound


def without_parts(runs: Sequence[Run], found: Binding) -> Binding | None:
    """The binding with the two sizes of each run of a chain that has no parts made one; None where they are not."""
    sizes: dict[str, Dim] | None = found.sizes
    for run in runs:
        rows, columns = run.shape
        if sizes is None or run.kind != "chain" or found.runs.get(run.name) != () or rows == columns:
            continue
        known = next((size.replace(sizes) for size in (rows, columns) if size.integer is not None or size.names[0] in sizes), None)
        sizes = sizes if known is None else fitted_shape(run.shape, (known, known), sizes)
    return None if sizes is None else Binding(found.terms, found.runs, sizes, found.data)


def is_run(part: Term) -> bool:
    while type(part) is Open:
        part = part.of
    return type(part) is Run


def card_of(pattern: Term) -> type[Term] | None:
    """The card that a term must have to be what the pattern stands for; None where that may be any."""
    return None if type(pattern) in ANYTHING else type(pattern)


def apart(factors: Terms) -> tuple[Terms, Terms]:
    """The scalars of a product, or of a pattern of one, and its chain."""
    scalars = [part.is_scalar and not is_chain(part) for part in factors]
    return tuple([part for part, own in zip(factors, scalars, strict=True) if own]), tuple([part for part, own in zip(factors, scalars, strict=True) if not own])


def is_chain(part: Term) -> bool:
    """Whether it is a run of a chain, which may be a scalar as a whole."""
    run = part.of if type(part) is Open else part
    return type(run) is Run and run.kind == "chain"


def index(pattern: Term, term: Term, found: Binding) -> Iterator[Binding]:
    """An index, which is any in a pattern but the same wherever it stands."""
    known = found.terms.get(pattern.name)
    if known is not None:
        if known is term:
            yield found
    elif type(term) is Index:
        sizes = fitted_shape((pattern.first, pattern.last), (term.first, term.last), found.sizes)
        if sizes is not None:
            yield Binding({**found.terms, pattern.name: term}, found.runs, sizes, found.data)


def fields_agree(pattern: Term, term: Term) -> bool:
    """Whether the data of two nodes of one card are equal, but for sizes and indices."""
    kinds = pattern.field_kinds.items()
    for name, kind in kinds:
        mine = pattern.__dict__[name]
        if kind not in ("Term", "Terms", "Dim", "Index") and mine != term.__dict__[name] and not any_data(mine):
            return False
    return True


def fitted_shape(pattern: Shape, shape: Shape, sizes: dict[str, Dim]) -> dict[str, Dim] | None:
    """The sizes with those that make one shape the other; None where none do."""
    rows = fitted(pattern[0], shape[0], sizes)
    return None if rows is None else fitted(pattern[1], shape[1], rows)


def fitted(pattern: Dim, size: Dim, sizes: dict[str, Dim]) -> dict[str, Dim] | None:
    if pattern.integer is not None:
        return sizes if pattern == size else None
    if not pattern.is_name:
        return sizes if pattern.replace(sizes) == size else None
    name = pattern.names[0]
    if name in sizes:
        return sizes if sizes[name] == size else None
    return {**sizes, name: size}
