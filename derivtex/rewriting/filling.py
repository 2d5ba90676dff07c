"""Filling a pattern: what an equation makes of what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from derivtex.core.shapes import SCALAR, Dim
from derivtex.core.terms import Term, Terms
from derivtex.operations import Block, Hadamard, Hole, Identity, Index, Number, Ones, Product, Sum, symbol, zero
from derivtex.operations.sums import with_index
from derivtex.rewriting.patterns import (
    MORE,
    Along,
    Applied,
    Blockwise,
    Counted,
    Each,
    Factors,
    Open,
    Place,
    Reckoned,
    Run,
    WithPlace,
    Written,
    any_data,
)
from derivtex.rewriting.reckoning import ONE, Unfilled, reckoned

SPLICED = (Run, Each, Open, Along, Counted)


@dataclass(slots=True, init=False)
class Binding:
    """What was found: terms for holes and indices by name, several for runs, and sizes for sizes."""

    terms: dict[str, Term]
    runs: dict[str, Terms]
    sizes: dict[str, Dim]
    data: dict[object, object]

    def __init__(self, terms: dict[str, Term] | None = None, runs: dict[str, Terms] | None = None, sizes: dict[str, Dim] | None = None,
                 data: dict[object, object] | None = None):  # fmt: skip
        self.terms = {} if terms is None else terms
        self.runs = {} if runs is None else runs
        self.sizes = {} if sizes is None else sizes
        self.data = {} if data is None else data


def fill(pattern: Term, found: Binding) -> Term | None:
    """The pattern with its holes, runs and open sizes filled; None where it stands for nothing."""
    try:
        return filled(pattern, found)
    except Unfilled:
        return None


def filled(pattern: Term, found: Binding) -> Term:
    if type(pattern) in (Hole, Place):
        return found.terms[pattern.name]
    if type(pattern) is Index and pattern.name in found.terms:
        return found.terms[pattern.name]
    if type(pattern) in SPLICED:
        made = tuple(spliced(pattern, found))
        if len(made) != 1:
            raise Unfilled
        return made[0]
    if type(pattern) in MADE:
        return MADE[type(pattern)](pattern, found)
    values = []
    for name, kind in pattern.field_kinds.items():
        value = pattern.__dict__[name]
        if kind == "Dim":
            value = value.replace(found.sizes)
        elif kind in ("Term", "Index"):
            value = filled(value, found)
        elif kind == "Terms":
            several = any(type(part) in SPLICED or type(part) is Reckoned for part in value)
            value = tuple(made for part in value for made in spliced(part, found) if not (made is ONE and type(part) is Reckoned and isinstance(pattern, Product)))
            if len(value) < 2 and (several or type(pattern) is Factors) and type(pattern) in NOTHING:
                return value[0] if value else NOTHING[type(pattern)](pattern, found)
        values.append(data_of(value, found) if any_data(value) else value)
    return (Product if type(pattern) is Factors else type(pattern))(*values)


def data_of(value: str | int, found: Binding) -> object:
    """What data of a pattern stand for: what was found, or one more."""
    known = found.data.get(value)
    return int(str(found.data[value + MORE])) + 1 if known is None and isinstance(value, int) and value + MORE in found.data else value if known is None else known


def sum_of(made: Terms) -> Term:
    if not made:
        raise Unfilled
    return Sum(made) if len(made) > 1 else made[0]


def written_out(pattern: Term, found: Binding) -> Term:
    """A sum over whole numbers, of which none is too long to be printed."""
    first, last = (reckoned(filled(part, found)) for part in (pattern.first, pattern.last))
    if not type(first) is type(last) is Number or not first.value.denominator == last.value.denominator == 1:
        raise Unfilled
    places = range(int(first.value), int(last.value) + 1)
    return sum_of(tuple(filled(pattern.body, with_term(found, pattern.place.name, Number(at))) for at in places))


def block_by_block(pattern: Term, found: Binding) -> Term:
    of = filled(pattern.of, found)
    rows = of.grid if isinstance(of, Block) else ()
    ordered = [block for row in (zip(*rows, strict=True) if pattern.turned else rows) for block in row]
    if not ordered:
        raise Unfilled
    return Block(tuple(filled(pattern.made, with_term(found, pattern.block.name, block)) for block in ordered), len(rows) if pattern.turned else len(rows[0]))


def applied(pattern: Term, found: Binding) -> Term:
    card: Any = found.data[pattern.name]
    made: Term = card(filled(pattern.of, found))
    return made


def with_place(pattern: Term, found: Binding) -> Term:
    index = filled(pattern.index, found)
    assert isinstance(index, Index)
    return with_index(filled(pattern.of, found), index, filled(pattern.new, found))


def spliced(part: Term, found: Binding) -> Iterator[Term]:
    """What a part of a pattern stands for, which is several terms for a run."""
    match part:
        case Run(name):
            yield from found.runs[name]
        case Open(of):
            yield from spliced(of, found)
        case Each(of, run, backwards):
            made = [filled(of, with_run(found, run.name, each)) for each in found.runs[run.name]]
            yield from reversed(made) if backwards else made
        case Along(run, before, hole, behind, body):
            whole = found.runs[run.name]
            made = [filled(body, inside(found, before, hole, behind, whole, at)) for at in range(len(whole))]
            yield sum_of(tuple(made))
        case Counted(of):
            yield counted_term(of.replace(found.sizes))
        case _:
            yield filled(part, found)


def with_run(found: Binding, name: str, part: Term) -> Binding:
    """The binding with one part in place of a run."""
    return Binding(found.terms, {**found.runs, name: (part,)}, found.sizes, found.data)


def with_term(found: Binding, name: str, term: Term) -> Binding:
    """The binding with a term for one more hole."""
    return Binding({**found.terms, name: term}, found.runs, found.sizes, found.data)


def inside(found: Binding, before: Term, hole: Term, behind: Term, whole: Terms, at: int) -> Binding:
    """The binding at one place of a run."""
    runs = {**found.runs, before.name: whole[:at], behind.name: whole[at + 1 :]}
    return Binding({**found.terms, hole.name: whole[at]}, runs, found.sizes, found.data)


def counted_term(size: Dim) -> Term:
    """A size as a term: a number, or the name as it is read."""
    found = count_of(size)
    if found is None:
        raise Unfilled
    return found


def count_of(size: Dim) -> Term | None:
    """A size as a term: a number, or the name as it is read; None where it is neither."""
    if size.integer is not None:
        return Number(size.integer)
    return symbol(size.names[0], "scalar", SCALAR, ("integer",)) if size.is_name else None


def empty_product(pattern: Term, found: Binding) -> Term:
    return Number(1) if pattern.is_scalar else Identity(pattern.shape[0].replace(found.sizes))


def empty_sum(pattern: Term, found: Binding) -> Term:
    return zero((pattern.shape[0].replace(found.sizes), pattern.shape[1].replace(found.sizes)))


def empty_entrywise(pattern: Term, found: Binding) -> Term:
    return Ones(pattern.shape[0].replace(found.sizes), pattern.shape[1].replace(found.sizes))


MADE: dict[type[Term], Callable[[Term, Binding], Term]] = {
    Reckoned: lambda pattern, found: reckoned(filled(pattern.of, found)), Written: written_out, Blockwise: block_by_block, WithPlace: with_place, Applied: applied,
}  # fmt: skip
NOTHING: dict[type[Term], Callable[[Term, Binding], Term]] = {
    Product: empty_product, Factors: empty_product, Sum: empty_sum, Hadamard: empty_entrywise,
}  # fmt: skip
