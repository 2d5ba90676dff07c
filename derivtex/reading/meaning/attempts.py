"""How a scope is read whose lines are judged: its definitions as far as that goes, and again without those that cannot be read."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import inferring
from derivtex.problem import Fault
from derivtex.reading.meaning.disambiguation import apart_in_words, members_alone, with_kinds, without_undecided_strips
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.meaning.kinds.search import search
from derivtex.reading.meaning.kinds.sentences import decided, sentences, untried
from derivtex.reading.meaning.kinds.statements import Scope, scope_of
from derivtex.reading.meaning.lost import ROUNDS, Lost, lost_in, place_of, taken_out
from derivtex.reading.meaning.rowwise import with_rows
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, key

PASSES = 3


class Attempt(NamedTuple):
    """Every definition elaborated as far as that goes; what is said of the kinds of names, and the scope that told them."""

    found: Understanding
    told: list[str]
    scope: Scope


def last_attempt(reading: Reading, unread: Lost) -> tuple[Attempt, list[Item]]:
    """The attempt in which nothing more is lost, and what is said of the lines of the definitions that were taken out before it.

    unread: the definitions that could not be read in the scopes before, which bind nothing in this one either; it learns those of this one.
    """
    lost = {place_of(body): unread[place_of(body)] for body in reading.bodies.values() if place_of(body) in unread}
    reading.bodies = {name: body for name, body in reading.bodies.items() if place_of(body) not in lost}
    made = attempt_of(reading, lost)
    for _ in range(ROUNDS):
        if more := lost_in(made.found):
            lost |= taken_out(reading, more)
            made = attempt_of(reading, lost)
    unread |= lost
    return made, list(lost.values())


def attempt_of(reading: Reading, lost: Lost) -> Attempt:
    """The attempt; where declarations contradict each other, the first of each name counts."""
    try:
        return with_rows(reading, partial(attempt, lost=lost), faults_of)
    except DerivtexError:
        pass
    first: dict[Key, Declaration] = {}
    for each in reading.declarations:
        kept = first.setdefault(key(each.name), each)
        if (kept.kind, kept.size) != (each.kind, each.size):
            reading.contradicted.add(key(each.name))
    reading.declarations = list(first.values())
    return attempt(reading, lost)


def faults_of(made: Attempt) -> list[tuple[Statement, Fault]]:
    """The definitions that could not be read in an attempt, with why."""
    return made.found.faults


def attempt(reading: Reading, lost: Lost) -> Attempt:
    """The definitions with the kinds that the evidence tells, and what is said of these."""
    first = beginning(reading, lost)
    scope = scope_of(first, None)
    sought = decided(scope, search(scope))
    choice = without_undecided_strips(scope, sought)
    apart = members_alone(scope, choice)
    found = with_kinds(first, scope, choice, dict.fromkeys(apart, "family vector"))
    with inferring(found.scope.unifier):
        define_all(found)
    names = {name: thing.name for name, thing in found.scope.guessed.items()}
    return Attempt(found, [*apart_in_words(apart), *sentences(scope, choice, names), *untried(scope, sought, names)], scope)


def beginning(reading: Reading, lost: Lost) -> Understanding:
    """What is known of names before their kinds are sought; what no kinds make a formula of is lost at once."""
    first = Understanding(reading, {})
    first.parsed(list(reading.bodies.values()))
    if more := lost_in(first):
        lost |= taken_out(reading, more)
        return Understanding(reading, {})
    return first


def define_all(found: Understanding) -> None:
    """Elaborate every definition, until no size is found that was not known."""
    bodies = list(found.reading.bodies.values())
    try:
        order = found.ordered(found.parsed(bodies))
    except DerivtexError:
        order = [body for body in bodies if body.parsed is not None]
    unread = list(found.faults)
    for _ in range(PASSES):
        before = found.scope.extent()
        found.faults[:] = unread
        for body in order:
            found.try_to_define(body)
        if found.scope.extent() == before:
            break
