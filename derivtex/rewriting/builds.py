"""How a term is built, as far as it tells which rules can fit it: a number, each bit of which says one thing.

The bits of a term's own `bits` say which cards are in it; those made here what its children are, and how many. So what a rule asks of a
term is a number too, and that it cannot fit is seen by one look at both.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any, Generic, NamedTuple, TypeVar

from derivtex.core.bits import new_bit
from derivtex.core.terms import Term
from derivtex.operations import Member, Symbol

DECLARED = {"orthogonal": "orthogonal", "declared orthogonal": "orthogonal", "declared skew": "skew", "sum-one": "sum-one", "unit": "unit"}  # conditions that nothing but a name meets, of which that was declared
MOST = 4_000  # ways in which terms are built for which it is remembered what can fit them
NAMES = (Symbol, Member)

Thing = TypeVar("Thing")


class Marks(dict[Any, int]):
    """A bit for each thing of a kind, made when it is first asked for."""

    def __missing__(self, thing: Any) -> int:
        bit: int = self.setdefault(thing, new_bit())
        return bit

    def of(self, things: Iterable[Any]) -> int:
        """The bits of some things."""
        together = 0
        for thing in things:
            together |= self[thing]
        return together


FIRST, PART = Marks(), Marks()  # by cards: of the first child, of any child
INSIDE: Marks = Marks()  # by pairs: the card of a child and that of its own first child
SAID = {said: new_bit() for said in DECLARED.values()}  # what was declared of a name among the children
CHILDREN: tuple[int, ...] = (0, *accumulate((new_bit(), new_bit(), new_bit()), or_))  # at least none, one, two or many of them
SCALARS: tuple[int, ...] = (0, *accumulate((new_bit(), new_bit(), new_bit()), or_))
ALONE = new_bit()  # one child or none


class Asked(NamedTuple):
    """What a rule asks of how a term is built: each of some bits, and one of each of several groups."""

    every: int
    either: tuple[int, ...] = ()

    def is_met(self, built: int) -> bool:
        """Whether a term that has each of the bits has one of each group as well."""
        for group in self.either:  # noqa: SIM110 - a loop takes a third of the time of what it would be written as
            if not group & built:
                return False
        return True


class Fitting(Generic[Thing]):
    """Things (rules) of which each asks something of how a term is built: those that can fit a term.

    It is remembered which these are, for terms of which all is the same that any of them asks for.
    """

    def __init__(self, things: Iterable[tuple[Thing, Asked]]):
        self.things = [(asked.every, asked, thing) for thing, asked in things]
        self.asked = reduce(or_, (bits for every, asked, _ in self.things for bits in (every, *asked.either)), 0)
        self.known: dict[int, list[Thing]] = {}

    def to(self, term: Term) -> list[Thing]:
        """Those that can fit a term."""
        if not self.things:
            return []
        built = (term.__dict__.get("_build") or term.remembered("_build", build)) & self.asked
        found = self.known.get(built)
        if found is None:
            if len(self.known) > MOST:
                self.known.clear()
            found = self.known[built] = [thing for every, asked, thing in self.things if not every & ~built and asked.is_met(built)]
        return found


def at_least(many: int, of: tuple[int, ...] = CHILDREN) -> int:
    """The bits that say that there are so many children, or scalars among them; no more than three are counted."""
    return of[min(many, len(of) - 1)]


def build(term: Term) -> int:
    """How a term is built. A child whose sizes are not known yet may be a scalar."""
    children = term.children
    built: int = term.bits | CHILDREN[min(len(children), 3)]
    if children:
        built |= FIRST[type(children[0])]
    if len(children) < 2:
        built |= ALONE
    scalars = 0
    for part in children:
        built |= part.remembered("_as_part", as_part)
        if part.is_scalar or "is_scalar" not in part.__dict__:  # remembered where the sizes are known
            scalars += 1
    return built | SCALARS[min(scalars, 3)]


def as_part(term: Term) -> int:
    """What a term is as a child of another."""
    built: int = PART[type(term)]
    if term.children:
        built |= INSIDE[type(term), type(term.children[0])]
    for said in declarations(term) if type(term) in NAMES else ():
        built |= SAID.get(said, 0)
    return built


def declarations(term: Term) -> tuple[str, ...]:
    """What was declared of a name, or of the members of a family."""
    name = term.family if type(term) is Member else term
    found: tuple[str, ...] = name.properties if type(name) is Symbol else ()
    return found
