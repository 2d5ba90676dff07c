"""Straight patterns: those that can be a term in one way at most. They are put together once, as functions that try a term at once.

Most left sides are of this kind: holes and cards in fixed places, products whose factors stand side by side, with one run in their chain
and one in their scalars. What commutes, two runs in one chain, indices and open data need a search, which is `match`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from derivtex.core.shapes import SCALAR, Dim, Shape
from derivtex.core.terms import Term, Terms
from derivtex.operations import Hadamard, Hole, Index, Product, Sum
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import all_hold
from derivtex.rewriting.filling import Binding
from derivtex.rewriting.patterns import ANYTHING, Factors, Place, Run, any_data

Asked = Mapping[str, Sequence[str]]  # the properties that a hole, or each part of a run, must have
Fit = Callable[[Term, Binding], bool]
FitRun = Callable[[Terms, Binding], bool]
FitSize = Callable[[Dim, dict[str, Dim]], bool]


class NotStraight(Exception):
    """The pattern can be a term in several ways."""


def straight(pattern: Term, asked: Asked) -> Fit | None:
    """What tries whether the pattern is a term, and notes in an empty binding what its holes stand for; None where it is not straight."""
    try:
        return fit_of(pattern, asked)
    except NotStraight:
        return None


def straight_run(patterns: Terms, asked: Asked) -> FitRun | None:
    """What tries whether patterns are as many terms side by side; None where they are not straight."""
    try:
        return side_by_side(list(patterns), asked)
    except NotStraight:
        return None


def fit_of(pattern: Term, asked: Asked) -> Fit:
    if type(pattern) in (Hole, Place):
        return hole(pattern, asked)
    if type(pattern) is Factors:
        return factors(pattern, asked)
    if type(pattern) in ANYTHING or type(pattern) in (Sum, Hadamard):
        raise NotStraight
    own = data(pattern)
    parts = factors(pattern, asked) if type(pattern) is Product else children(pattern, asked)
    kind = type(pattern)

    def fit(term: Term, found: Binding) -> bool:
        return type(term) is kind and (not own or all(same(term, found) for same in own)) and parts(term, found)

    return fit


def hole(pattern: Term, asked: Asked) -> Fit:
    name, shaped, wanted = pattern.name, fit_shape(pattern.shape), asked.get(pattern.name, ())

    def fit(term: Term, found: Binding) -> bool:
        known = found.terms.get(name)
        if known is not None:
            return known is term
        if not shaped(term.shape, found.sizes):
            return False
        if wanted and not all_hold(wanted, term):
            return False
        found.terms[name] = term
        return True

    return fit


def data(pattern: Term) -> list[Fit]:
    """What tries the fields that are no terms."""
    found: list[Fit] = []
    for name, kind in pattern.field_kinds.items():
        value = pattern.__dict__[name]
        if kind == "Index" or type(value) is Index or any_data(value):
            raise NotStraight
        if kind == "Dim":
            found.append(size_in(name, fit_size(value)))
        elif kind not in ("Term", "Terms"):
            found.append(value_in(name, value))
    return found


def value_in(name: str, value: object) -> Fit:
    return lambda term, found: bool(term.__dict__[name] == value)


def size_in(name: str, size: FitSize) -> Fit:
    return lambda term, found: size(term.__dict__[name], found.sizes)


def children(pattern: Term, asked: Asked) -> Fit:
    """Each child in its place; those with parts of their own first, as sizes are found by them."""
    order = sorted(range(len(pattern.children)), key=lambda at: not pattern.children[at].children)
    fits = [(at, fit_of(pattern.children[at], asked)) for at in order]
    count = len(fits)

    def fit(term: Term, found: Binding) -> bool:
        terms = term.children
        if len(terms) != count:
            return False
        for at, each in fits:  # noqa: SIM110 - as in `all_hold`
            if not each(terms[at], found):
                return False
        return True

    return fit


def factors(pattern: Term, asked: Asked) -> Fit:
    """The factors of a product: its chain in order, and its scalars."""
    if type(pattern.factors[0]) is Run and pattern.factors[0].kind == "factors":
        raise NotStraight
    is_scalar = [part.is_scalar and not (type(part) is Run and part.kind == "chain") for part in pattern.factors]
    chain = side_by_side([part for part, own in zip(pattern.factors, is_scalar, strict=True) if not own], asked)
    mine = [part for part, own in zip(pattern.factors, is_scalar, strict=True) if own]
    if len(mine) > 1:
        raise NotStraight
    scalars = side_by_side(mine, asked)

    def fit(term: Term, found: Binding) -> bool:
        own, others = scalars_and_chain(term)
        return chain(others, found) and scalars(own, found)

    return fit


def side_by_side(patterns: list[Term], asked: Asked) -> FitRun:
    """Parts in order, with one run at most, which is what is left by the others."""
    runs = [at for at, part in enumerate(patterns) if type(part) is Run]
    if len(runs) > 1:
        raise NotStraight
    if not runs:
        return each_in_place([fit_of(part, asked) for part in patterns])
    at = runs[0]
    before, behind = [fit_of(part, asked) for part in patterns[:at]], [fit_of(part, asked) for part in patterns[at + 1 :]]
    run, first, last = fit_run(patterns[at], asked), len(before), len(behind)

    def fit(terms: Terms, found: Binding) -> bool:
        end = len(terms) - last
        return (
            first <= end
            and all(fit(term, found) for fit, term in zip(before, terms[:first], strict=True))
            and run(terms[first:end], found)
            and all(fit(term, found) for fit, term in zip(behind, terms[end:], strict=True))
        )

    return fit


def each_in_place(fits: list[Fit]) -> FitRun:
    """Parts in order, as many as there are."""
    count = len(fits)

    def fit(terms: Terms, found: Binding) -> bool:
        if len(terms) != count:
            return False
        for part, term in zip(fits, terms, strict=True):  # noqa: SIM110 - as in `all_hold`
            if not part(term, found):
                return False
        return True

    return fit


def fit_run(pattern: Term, asked: Asked) -> FitRun:
    name, kind, fewest, shaped = pattern.name, pattern.kind, pattern.least, fit_shape(pattern.shape)
    wanted = asked.get(name, ())

    def fit(terms: Terms, found: Binding) -> bool:
        if len(terms) < fewest or (wanted and not all(all_hold(wanted, term) for term in terms)):
            return False
        if name in found.runs:
            return found.runs[name] == terms
        if kind == "parts":
            if not all(shaped(term.shape, found.sizes) for term in terms):
                return False
        elif terms and not shaped(whole_shape(terms), found.sizes):
            return False
        found.runs[name] = terms
        return True

    return fit


def whole_shape(terms: Terms) -> Shape:
    """The shape of a run of a chain."""
    chain = [term.shape for term in terms if not term.is_scalar] or [terms[0].shape]
    return chain[0][0], chain[-1][1]


def fit_shape(pattern: Shape) -> Callable[[Shape, dict[str, Dim]], bool]:
    if pattern == SCALAR:
        return lambda shape, sizes: shape == SCALAR
    rows, columns = map(fit_size, pattern)
    return lambda shape, sizes: rows(shape[0], sizes) and columns(shape[1], sizes)


def fit_size(pattern: Dim) -> FitSize:
    if pattern.integer is not None:
        return lambda size, sizes: size == pattern
    if not pattern.is_name:
        return lambda size, sizes: pattern.replace(sizes) == size
    name = pattern.names[0]

    def fit(size: Dim, sizes: dict[str, Dim]) -> bool:
        return sizes.setdefault(name, size) == size

    return fit
