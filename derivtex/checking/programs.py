"""Terms as programs: what has to be worked out along a line for a term, in one list, each after its parts.

Most values are taken at the neighbours of a point, eight for a difference. There a walk through the term for each of them would cost
several times what the numbers do; the list is made once for all points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from derivtex.checking.differences import keep_off
from derivtex.checking.numbers import as_number
from derivtex.checking.plans import Plan, Plans
from derivtex.core.terms import Term, Terms

GIVEN_UP = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)  # what a part without a value, or a number for a matrix, raises


class Line(NamedTuple):
    """A term that is to be worked out, its parts with whether each of these moves, and what makes the value of theirs."""

    term: Term
    parts: tuple[tuple[Term, bool], ...]
    number: Callable[..., Any]


class Program(NamedTuple):
    """What moves in a term: what has a value by itself, and what is made of the values of its parts alone, each after these."""

    leaves: Terms
    lines: tuple[Line, ...]


def program_of(term: Term, plans: Plans, definitions: Mapping[Term, Term]) -> Program:
    """The program of a term, made once for all points that share the plans."""
    found: Program | None = plans.programs.get(term)
    if found is None:
        found = plans.programs[term] = program(term, plans.known, definitions)
    return found


def program(term: Term, plans: Mapping[Term, Plan], definitions: Mapping[Term, Term]) -> Program:
    """The program of a term; what depends on a bound index, or needs a look at its arguments, is left out of it."""
    done: dict[Term, Terms] = {}
    waiting = [(term, False)]
    while waiting:
        part, is_ready = waiting.pop()
        plan = plans[part]
        inner = (definitions[part],) if part in definitions else part.children if plan.plain else ()
        if is_ready or (plan.moves and not inner):
            done[part] = inner
        elif plan.moves and part not in done:
            waiting.append((part, True))
            waiting += [(each, False) for each in reversed(inner)]
    bare = [part for part in done if not plans[part].free]
    lines = [
        Line(part, tuple((each, plans[each].moves) for each in done[part]), as_defined if part in definitions else part.number)
        for part in bare
        if part in definitions or (done[part] and part.rounding is None)
    ]
    return Program(tuple(part for part in bare if not done[part]), tuple(lines))


def as_defined(np: Any, value: Any) -> Any:
    """The value of what a name stands for."""
    return value


def work_out(lines: tuple[Line, ...], moved: dict[Any, Any], steady: dict[Any, Any]) -> int:
    """Note what is not known yet of the lines, as far as that goes without a question; how many were. What is left out is asked for by itself."""
    before = len(moved)
    for term, parts, number in lines:
        if term not in moved:
            try:
                values = [(moved if moves else steady)[part] for part, moves in parts]
                if term.kinks:
                    keep_off(term.kinks, steady[parts[0][0]], values[0])
                found = number(np, *values)
            except GIVEN_UP:
                continue
            moved[term] = as_number(found) if term.is_scalar else found
    return len(moved) - before
