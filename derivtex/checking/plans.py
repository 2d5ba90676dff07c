"""What is known of a term before any value: on which indices it depends, whether it moves, and how its value is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from typing import Any, NamedTuple

from derivtex.checking.numbers import bound_indices, is_wide
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Derivative,
    Differential,
    FixedPoint,
    Hole,
    Index,
    MatrixCall,
    OpenCurve,
    Symbol,
)
from derivtex.operations.openfunctions import APPLIED, SLOPES
from derivtex.operations.sums import conditions_of

CALLS = (Call, MatrixCall, *APPLIED, *SLOPES, OpenCurve)
OF_ITS_OWN = (Symbol, Hole, Index, Differential, FixedPoint, Derivative, *CALLS)
PLACES = ("index", "row", "column")


class Plan(NamedTuple):
    """free: the indices on which the value depends. moves: whether it changes along the line.

    plain: whether the value is no more than the card's number of the children's values.
    """

    free: tuple[Index, ...]
    moves: bool
    plain: bool


class Plans:
    """The plans of terms for a set of definitions and of what moves, to be shared by points for which these are the same."""

    def __init__(self) -> None:
        self.known: dict[Term, Plan] = {}
        self.programs: dict[Term, Any] = {}
        self._others: dict[object, Plans] = {}
        self._names: dict[Term, tuple[Term, ...]] = {}

    def inspected(self, term: Term, definitions: Mapping[Term, Term], functions: Mapping[str, Any], moving: Container[Term]) -> Plan:
        """The plan of a term, and those of all that it is made of."""
        if term in definitions:
            for name in self.names_below(term, definitions, self.known.__contains__):
                self.inspected(name, definitions, functions, moving)
        found = self.known.get(term)
        if found is None:
            inner = [self.inspected(part, definitions, functions, moving) for part in (*term.children, *unseen(term, definitions, functions))]
            bound, own = bound_indices(term), (term,) if type(term) is Index else ()
            free = dict.fromkeys([*own, *(index for plan in inner for index in plan.free if index not in bound)])
            moves = any(plan.moves for plan in inner) or term in moving
            steady = type(term) is Differential and term.of in moving
            found = self.known[term] = Plan(tuple(free), moves and not steady, is_plain(term) and term not in definitions)
        return found

    def other(self, what: object) -> Plans:
        """The plans for other definitions or for what else moves; made once for all points that share these."""
        return self._others.setdefault(what, Plans())

    def along(self, before: Collection[Term], moving: Collection[Term]) -> Plans:
        """The plans for what moves now, where something else did before."""
        return self if set(before) == set(moving) else self.other(frozenset(moving))

    def names_in(self, name: Term, definitions: Mapping[Term, Term]) -> tuple[Term, ...]:
        """The defined names in the body of one."""
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = tuple(part for part in definitions[name].walk() if part in definitions)
        return found

    def names_below(self, leaf: Term, definitions: Mapping[Term, Term], known: Callable[[Term], bool]) -> list[Term]:
        """The names that a defined name needs and that are not known yet, each behind those that it needs itself: so a long chain
        of definitions is no deep recursion."""
        if leaf not in definitions or not self.names_in(leaf, definitions):
            return []
        waiting = [(leaf, False)]
        seen: set[Term] = set()
        order: list[Term] = []
        while waiting:
            name, is_done = waiting.pop()
            if is_done:
                order.append(name)
            elif name not in seen:
                seen.add(name)
                waiting.append((name, True))
                waiting += [(part, False) for part in self.names_in(name, definitions) if part not in seen and not known(part)]
        return order[:-1]


def is_plain(term: Term) -> bool:
    """Whether a value is the card's number of the children's values: nothing bound, no size or place, no condition, not too large."""
    return term.remembered("_plain", found_plain)


def found_plain(term: Term) -> bool:
    if type(term) in OF_ITS_OWN or not term.children or is_wide(term) or bound_indices(term) or conditions_of(term):
        return False
    return not any(kind in ("Dim", "Index") or name in PLACES for name, kind in term.field_kinds.items())


def unseen(term: Term, definitions: Mapping[Term, Term], functions: Mapping[str, Any]) -> tuple[Term, ...]:
    """What a term stands for, or calls, without having it as a child."""
    known = functions.get(term.function) if type(term) in CALLS else None
    called = (known[1],) if isinstance(known, tuple) else ()
    return (definitions[term], *called) if term in definitions else called
