"""Using an equation: its left side found in a term, its right side put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any

from derivtex.core.shapes import SCALAR
from derivtex.core.terms import CARDS, Term, Terms, bits_of
from derivtex.operations import Block, Conjugate, Differential, Hadamard, Hermitian, Hole, Index, Number, Product, Sum, Symbol, Zero
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.operations.sums import free_letter
from derivtex.rewriting.builds import ALONE, DECLARED, INSIDE, SAID, Asked, at_least
from derivtex.rewriting.conditions import all_hold, holds, holds_together
from derivtex.rewriting.filling import Binding, fill
from derivtex.rewriting.match import Matching, apart, is_run, opened, without_parts
from derivtex.rewriting.patterns import ANYTHING, Applied, Factors, Run
from derivtex.rewriting.straight import Fit, FitRun, straight, straight_run

Condition = tuple[Any, ...]  # (property, name of a hole or a term in the holes), or a relation with two of them
Conditions = Iterable[Condition]
LONGER = (Product, Sum, Hadamard)  # what is associative: its parts may be some of those of a longer one
CHANGES = dict.fromkeys(("change", "change or transpose", "operation on a change", "varying"), (Differential,))
WITH = {**CHANGES, "blocks": (Block,), "conjugate change": (Conjugate, Hermitian), "zero": (Zero, Number, Symbol)}  # cards of which one is in whatever is like that
LETTERS = "ijklmnpqrs"
Way = tuple[Binding, Callable[[Term], Term]]


class Equation:
    """left = right where the conditions hold.

    What a term must be made of, for the equation to be tried on it: over: the type of the first child; wants: types among the children;
    bits: all cards in it, either: one of each of these; fewest: how many children at least, alone: one and no more.
    """

    def __init__(self, left: Term, right: Term, given: tuple[Condition, ...]):
        self.left, self.right = left, right
        self.heads: tuple[type, ...] = tuple(filter(left.may_be, CARDS.values())) if isinstance(left, Applied) else (type(left),)
        self.of_holes: dict[str, list[str]] = {}
        self.of_terms: list[Condition] = []
        for condition in given:
            name, *of = condition
            if len(of) == 1 and isinstance(of[0], str):
                self.of_holes.setdefault(of[0], []).append(name)
            else:
                self.of_terms.append(condition)
        first = left.children[0] if left.children and type(left) not in LONGER else None
        self.over: tuple[type, ...] = () if first is None or type(first) in ANYTHING else (type(first),)
        self.wants = frozenset(type(part) for part in left.children).difference(ANYTHING)
        self.some = type(left) in LONGER and len(left.children) > 1 and not any(map(is_run, left.children))
        self.fewest = sum(least(part) if is_run(part) else 1 for part in left.children)
        self.is_number = left.shape == SCALAR and not self.some
        self.alone = type(left) in LONGER and len(left.children) == 1 and not is_run(left.children[0])

    # What a derivation needs of some equations, and a start of none.

    @cached_property
    def bits(self) -> int:
        return bits_of(type(part) for part in self.left.walk() if type(part) not in ANYTHING)

    @cached_property
    def either(self) -> list[int]:
        return [bits_of(WITH[name]) for names in self.of_holes.values() for name in names if name in WITH]

    @cached_property
    def built(self) -> Asked:
        """What a term must be made of, for the equation to be tried on it."""
        pairs = [(type(part), type(part.children[0])) for part in self.left.children if part.children and type(part) not in (*ANYTHING, *LONGER)]
        inside = INSIDE.of(pair for pair in pairs if pair[1] not in ANYTHING)
        asked = self.asked if self.among is self.left and type(self.left) in LONGER else ()
        declared = reduce(or_, (SAID[DECLARED[name]] for names in asked for name in names if name in DECLARED), 0)
        return Asked(self.bits | inside | declared | at_least(self.fewest) | (ALONE if self.alone else 0), tuple(self.either))

    @cached_property
    def runs(self) -> list[Run]:
        return [part for part in self.left.walk() if type(part) is Run]

    @cached_property
    def new_indices(self) -> list[Term]:
        """The indices that the right side brings in."""
        own = [part for part in self.left.walk() if type(part) is Index]
        return [part for part in self.right.walk() if type(part) is Index and part not in own]

    @cached_property
    def straight(self) -> Fit | None:
        return straight(self.left, self.of_holes)

    @cached_property
    def matching(self) -> Matching:
        return Matching(self.allowed) if self.of_holes else Matching()

    @cached_property
    def among(self) -> Term:
        """The product or sum in which the parts are found: the left side, or what it is of."""
        return self.left.children[0] if type(self.left) not in LONGER and len(self.left.children) == 1 else self.left

    @cached_property
    def asked(self) -> list[list[str]]:
        """What each hole in that product or sum asks for."""
        holes = self.among.children if type(self.among) in (*LONGER, Factors) else ()
        return [asked for part in holes if type(part) is Hole and (asked := self.of_holes.get(part.name))]

    def allowed(self, name: str, term: Term) -> bool:
        """Whether a hole, or a part of a run, may stand for a term."""
        return all_hold(self.of_holes.get(name, ()), term)

    def used_on(self, term: Term) -> Term | None:
        """What the equation makes of a term; None where it does not fit."""
        for way, put in self.ways(term):
            found = without_parts(self.runs, way) if self.runs else way
            if found is not None and all(self.met(condition, found) for condition in self.of_terms):
                new = fill(self.right, self.with_letters(found, term) if self.new_indices else found)
                if new is not None:
                    return put(new)
        return None

    def used_where(self, worth: Callable[[Term], bool]) -> Callable[[Term], Term | None]:
        """What it makes of a term for which it is worth it."""
        return lambda term: self.used_on(term) if worth(term) else None

    def with_letters(self, found: Binding, term: Term) -> Binding:
        """The binding with letters that are free in the term for the indices that the right side brings in."""
        made: dict[str, Term] = {}
        for new in self.new_indices:
            run = new.first.replace(found.sizes), new.last.replace(found.sizes)
            made[new.name] = Index(free_letter((term, Index("", *run), *made.values()), (new.name, *LETTERS)), *run)
        return Binding({**found.terms, **made}, found.runs, found.sizes, found.data)

    def met(self, condition: Condition, found: Binding) -> bool:
        name, *of = condition
        terms = tuple(of_condition(part, found) for part in of)
        return holds(name, *terms) if len(terms) == 1 else holds_together(name, *terms)

    def ways(self, term: Term) -> Iterator[Way]:
        """How the left side fits the term, and where the right side goes."""
        if (self.is_number and not term.is_scalar) or (self.asked and not self.may_find(term)):
            return
        if self.some and type(self.left) is type(term) and len(term.children) > len(self.left.children):
            yield from self.in_product(term) if type(term) is Product else self.in_sum(term)
        elif self.straight is not None:
            found = Binding()
            if self.straight(term, found):
                yield found, itself
        else:
            for found in self.matching.ways(self.left, term, Binding(), ()):
                yield found, itself

    def may_find(self, term: Term) -> bool:
        """Whether there is a part for each hole in the product or sum that asks for something."""
        inside = term if self.among is self.left else term.children[0]
        kind = Product if type(self.among) is Factors else type(self.among)
        parts = inside.children if type(inside) is kind else (inside,)  # an entrywise product is one factor of a chain
        return all(any(all_hold(asked, part) for part in parts) for asked in self.asked)

    @cached_property
    def parted(self) -> tuple[Terms, Terms, FitRun | None]:
        """The scalars of the product on the left, its chain, and what tries that on neighbours at once, where it is straight."""
        mine, chain = apart(self.left.children)
        return mine, chain, straight_run(chain, self.of_holes)

    def in_product(self, term: Term) -> Iterator[Way]:
        """Some factors of a longer product: neighbours of its chain, and any of its scalars."""
        mine, chain, _ = self.parted
        scalars, others = scalars_and_chain(term)
        width = len(chain)
        for at in range(len(others) - width + 1) if chain else (0,):
            for way in self.neighbours(others[at : at + width]):
                for found, rest in self.matching.picked(mine, scalars, way, ()) if mine else ((way, scalars),):
                    yield found, beside(term, rest, range(at, at + width))

    def neighbours(self, terms: Terms) -> Iterator[Binding]:
        """How the chain of the product on the left fits as many factors side by side."""
        _, chain, fits = self.parted
        found = Binding()
        if fits is None:
            yield from self.matching.all_of(list(zip(chain, terms, strict=True)), found, ())
        elif fits(terms, found):
            yield found

    def in_sum(self, term: Term) -> Iterator[Way]:
        """Some terms of a longer sum, or some factors of a longer entrywise product."""
        for found, rest in self.matching.picked(self.left.children, term.children, Binding(), ()):
            yield found, among(term, rest)


def least(run: Term) -> int:
    """How many parts a run has at least."""
    return int(opened(run, ())[0].least)


def of_condition(part: str | Term, found: Binding) -> Term:
    """What a condition is about: a hole by its name, or a term with the holes filled."""
    of = found.terms[part] if isinstance(part, str) else fill(part, found)
    assert of is not None
    return of


def itself(new: Term) -> Term:
    return new


def beside(term: Term, scalars: Terms, window: range) -> Callable[[Term], Term]:
    """Puts a new factor in place of neighbours of a chain, or of scalars that are not among those that are left."""

    def put(new: Term) -> Term:
        kept, left, at, done = [], list(scalars), -1, False
        for factor in term.children:
            at += not factor.is_scalar
            gone = at in window if not factor.is_scalar else not (left and left[0] is factor)
            if factor.is_scalar and not gone:
                left.pop(0)
            if not gone:
                kept.append(factor)
            elif not done and (not window or not factor.is_scalar):
                kept.append(new)
                done = True
        return Product(tuple(kept)) if len(kept) > 1 else kept[0]

    return put


def among(term: Term, rest: Terms) -> Callable[[Term], Term]:
    """Puts a new part in place of the first of those that are not left."""

    def put(new: Term) -> Term:
        kept, left, done = [], list(rest), False
        for part in term.children:
            if left and left[0] is part:
                kept.append(left.pop(0))
            elif not done:
                kept.append(new)
                done = True
        return type(term)(tuple(kept)) if len(kept) > 1 else kept[0]

    return put
