"""Names by what the lines write: what stands three times in them is named before the first line that needs it.

A derivation is made without names first. The part whose name saves the most marks in its lines is given one, the derivation is made
anew, as if the author had defined it, and so on, as long as the lines become shorter. What a later name made needless goes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.session import current
from derivtex.core.terms import Term
from derivtex.derivation.candidates import OVERHEAD, Part, key_either_way, spared, worth_naming
from derivtex.derivation.columns import variable_of
from derivtex.derivation.layers import layers, scores
from derivtex.derivation.letters import Named, key_of
from derivtex.derivation.moves import moves, own_names
from derivtex.operations import LinearSolution, Sum, Symbol
from derivtex.problem import Definition
from derivtex.rewriting.keys import monomial
from derivtex.simplification.common_factors import shortly
from derivtex.simplification.cost import is_negative, marks, reading
from derivtex.simplification.engine import Rewriting, tidied
from derivtex.simplification.shortening import definition, shorten
from derivtex.steps import Chain, Derivation, Road

MOST_NAMES, TRIES = 4, 3  # more names than four are a notation of their own
MISJUDGED = 5  # marks that a name may spare beyond those counted: of 700 derivations none would have taken what is passed over by that
NEEDED = 20  # marks that a name spares where it is needed: of 62 names that others came beside one was needless, which spared 10
LONGEST = 2_000  # symbols: beyond that a derivation is not made several times
Deriving = Callable[[tuple[Part, ...]], Derivation]


class Tried(NamedTuple):
    """A derivation with names for some parts, and what there is to read in it."""

    parts: tuple[Part, ...]
    derivation: Derivation
    cost: int

    def beats(self, other: Tried) -> bool:
        return self.cost < other.cost and marks(self.derivation.result) <= marks(other.derivation.result)


Try = Callable[[tuple[Part, ...]], Tried]


def with_names(derive: Deriving) -> Derivation:
    """The derivation with names for what its lines would repeat. derive: makes it with names for some parts."""
    met: dict[tuple[Part, ...], Tried] = {}

    def attempt(parts: tuple[Part, ...]) -> Tried:
        if parts not in met:
            found = derive(parts)
            met[parts] = Tried(parts, found, cost(found))
        return met[parts]

    best = unnamed = attempt(())
    plain = without_targets(unnamed.derivation)
    nested = layers(formulas(plain), map(variable_of, plain.problem.wrt))
    first = scores(formulas(plain), map(variable_of, plain.problem.wrt))
    best = attempt(first)
    if nested and attempt(nested).beats(unnamed):
        best = attempt(nested)
    elif unnamed.cost > LONGEST:
        return plain
    else:
        while len(best.parts) < MOST_NAMES and (shorter := one_more(best, attempt)) is not None:
            best = shorter
        best = without_needless(best, attempt, len(first))
    roads = tuple(Road(tuple(part.term for part in each.parts), each.cost, each is best) for each in met.values())
    found = replace(without_targets(best.derivation), roads=roads)
    if not best.parts:
        return found
    bodies: dict[Term, Term] = {known.name: known.body for known in found.let}
    return replace(without(found, bodies, None if plain.where else plain.answer), unnamed=plain)


def formulas(derivation: Derivation) -> Iterator[Term]:
    """What is differentiated: the target and the definitions, but no gradient on the way to a Hessian."""
    later = {chain.left.of for chain in derivation.chains[1:]} - {derivation.chains[0].left.of}
    return (known.body for known in (*derivation.problem.definitions, *derivation.let) if known.name not in later)


def one_more(best: Tried, attempt: Try) -> Tried | None:
    """The derivation with one more name, of those tried the one with which there is the least to read; None where none makes it less.

    What the result alone names, but for sums, is named in all lines only where nothing else makes it less.
    """
    derivation, moving = best.derivation, moving_names(best.derivation)
    where = tuple(known for known in derivation.where if type(known.body) is not Sum)
    for named in (where, ()) if where else ((),):
        parts = [each for part in worthy(derivation, named) for each in signs(part, derivation.result, moving)]
        shorter = None
        for part in parts:
            if shorter is None or part.saving + MISJUDGED > best.cost - shorter.cost:  # else no more can come of it
                found = attempt((*best.parts, part))
                shorter = found if found.beats(best) and (shorter is None or found.cost < shorter.cost) else shorter
        if shorter is not None:
            return shorter
    return None


def worthy(derivation: Derivation, named: tuple[Definition, ...]) -> list[Part]:
    """The parts of the lines whose names save the most marks, but for what is named."""
    taken = {key_either_way(known.body) for known in (*derivation.let, *named, *derivation.problem.definitions)}
    names = frozenset(known.name for known in derivation.problem.definitions)
    told = [known.body.applied(known.name) for known in derivation.where if type(known.body) is LinearSolution]
    helpers = own_names(derivation)
    told += [known.body for known in derivation.let if known.name in helpers]
    found = worth_naming(all_lines(derivation), told, derivation.result, taken, names)
    later = {conclusion.name for chain in derivation.chains for conclusion in chain.leads_to}  # no reader knows these before the lines
    return [part for part in found if later.isdisjoint(part.term.walk())][:TRIES]


def moving_names(derivation: Derivation) -> set[Term]:
    """The variables, and the names whose definitions depend on them."""
    moving: set[Term] = set(map(variable_of, derivation.problem.wrt))
    for known in (*derivation.problem.definitions, *derivation.let):
        if any(part in moving for part in known.body.walk()):
            moving.add(known.name)
    return moving


def signs(part: Part, result: Term, moving: set[Term]) -> Iterator[Part]:
    """A part, and of a difference that falls with the variable also the opposite one, where a minus stands before it in the result; of the two
    only the one that has a name in a derivation beside this one."""
    other = opposite_of(part, moving)
    known = current().keep(Named)
    if other is None or key_of(part.term) in known:
        yield part
    elif key_of(other.term) in known:
        yield other
    else:
        yield part
        if is_negative(result):
            yield other


def opposite_of(part: Part, moving: set[Term]) -> Part | None:
    """The opposite of a difference that falls with the variable, as y - Xw does; None of anything else, and of x - \\mu, which all write so."""
    if type(part.term) is not Sum:
        return None
    changing = [each for each in part.term.terms if any(inner in moving for inner in each.walk())]
    falls = all(is_negative(each) and type(coefficient(each)[1]) is not Symbol for each in changing)
    return part._replace(term=opposite(part.term)) if changing and falls else None


def opposite(term: Sum) -> Term:
    """The negative of a sum, with what is positive first."""
    turned = tidied(Sum(tuple(tidied(-each) for each in term.terms)))
    return Sum(tuple(sorted(turned.terms, key=is_negative))) if type(turned) is Sum else turned


def without_needless(best: Tried, attempt: Try, at: int) -> Tried:
    """Without the names from a place on that save nothing beside the others; what is plainly needed is not tried to be left out."""
    while at < len(best.parts) - 1:
        if spares(best.parts[at], best.derivation) > NEEDED:
            at += 1
            continue
        rest = (*best.parts[:at], *best.parts[at + 1 :])
        found = attempt(tuple(each._replace(term=spelled_out(each.term, best.derivation)) for each in rest))
        if found.cost <= best.cost and marks(found.derivation.result) <= marks(best.derivation.result):
            best = found
        else:
            at += 1
    return best


def spares(part: Part, derivation: Derivation) -> int:
    """The marks that the name of a part spares as it stands in the lines and in the definitions of other parts; 0 where it has none."""
    helpers = own_names(derivation)
    bodies = {known.name: known.body for known in derivation.let if known.name in helpers}
    key = monomial(spelled_out(part.term, derivation))[1]
    name = next((name for name, body in bodies.items() if monomial(spelled_out(body, derivation))[1] == key), None)
    if name is None:
        return 0
    times = sum(occurrences(name, line) for line in (*all_lines(derivation), *bodies.values()))
    return times * (spared(bodies[name]) - 1) - marks(bodies[name]) - OVERHEAD


def occurrences(name: Term, term: Term) -> int:
    """How often a name stands in a term."""
    return 1 if term is name else sum(occurrences(name, child) for child in term.children)


def spelled_out(term: Term, derivation: Derivation) -> Term:
    """A part without the names that derivtex gave: the one that it has may be given to something else the next time."""
    helpers = own_names(derivation)
    bodies: dict[Term, Term] = {known.name: known.body for known in (*derivation.let, *derivation.where) if known.name in helpers}
    while any(name in bodies for name in term.walk()):
        term = term.replace(bodies)
    return term


def without_targets(derivation: Derivation) -> Derivation:
    """The derivation with its result also without the names that a bare target and a gradient were given."""
    bodies: dict[Term, Term] = {known.name: known.body for known in derivation.let if known.name not in own_names(derivation)}
    return without(derivation, bodies) if any(part in bodies for part in derivation.result.walk()) else derivation


def without(derivation: Derivation, bodies: dict[Term, Term], known: Term | None = None) -> Derivation:
    """The derivation with its result without some names as well. known: how it was written in a derivation that has none of them,
    which is taken where it is no longer."""
    rewriting = Rewriting(derivation.result)
    while any(name in bodies for name in rewriting.term.walk()):
        rewriting.become(definition, rewriting.term.replace(bodies))
    shorten(rewriting)
    if known is not None and marks(known) <= marks(rewriting.term):
        rewriting.become(shortly, known)
    left = derivation.derivative or derivation.chains[-1].left
    return replace(derivation, opened=rewriting.term, without_names=Chain(left, rewriting.start, rewriting.steps))


def cost(derivation: Derivation) -> int:
    """What there is to read: the marks of the formulas that the lines show, and of the definitions before them, with what a name costs."""
    helpers = own_names(derivation)
    bodies = [definition.body for definition in (*derivation.let, *derivation.where) if definition.name in helpers]
    lines = [move.after for chain in derivation.chains for move in moves([(step, None) for step in chain.steps], helpers)]
    return reading((*lines, *read_off(derivation))) + sum(marks(body) + OVERHEAD for body in bodies)


def all_lines(derivation: Derivation) -> list[Term]:
    """The formulas where each pass ends, and what is read off."""
    return [end for chain in derivation.chains for end in ends(chain)] + read_off(derivation)


def read_off(derivation: Derivation) -> list[Term]:
    """What is read off the ends of chains: gradients on the way, and the result."""
    return [*(conclusion.right for chain in derivation.chains for conclusion in chain.leads_to), derivation.result]


def ends(chain: Chain) -> Iterator[Term]:
    """Where each pass of a chain ends, also one that rides along: what it makes is read too."""
    for step, following in zip_longest(chain.steps, chain.steps[1:]):
        if following is None or following.pass_ != step.pass_:
            yield step.after
