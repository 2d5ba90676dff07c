"""Names in the equations of a solution: those of the lines above, and for what the equations would repeat at length."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.terms import Term
from derivtex.derivation.candidates import key_either_way, worth_naming
from derivtex.derivation.helpers import named_within
from derivtex.derivation.letters import Letters
from derivtex.derivation.moves import own_names
from derivtex.derivation.naming import all_lines
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Symbol
from derivtex.problem import Definition
from derivtex.rewriting.keys import monomial

LONG, MOST = 15, 2  # marks that a name has to spare: XᵀX + λI is what a reader wants to see; names


def names_in(solution: Solution) -> tuple[Definition, ...]:
    """What has a name in the equations: parts that no unknown is in. The first are told with the lines above, the others are new."""
    derivation = solution.shown[0]
    own = own_names(derivation)
    unknown = {*solution.primaries, *solution.values, *solution.members.values()}
    known = [each for each in derivation.let if each.name in own and each.body.children and unknown.isdisjoint(each.body.walk())]
    letters = Letters(solution.problem)
    letters.taken |= {each.name.name for each in (*derivation.let, *derivation.where, *derivation.problem.definitions)}
    letters.taken |= {each.name for each in derivation.families}
    above = {monomial(part)[1] for line in all_lines(derivation) for part in line.walk()}  # is written out there
    sides = [with_names(side, known) for side in sides_of(solution)]
    for _ in range(MOST if sides else 0):
        taken = {key_either_way(each.body) for each in (*known, *solution.problem.definitions)}
        parts = worth_naming(sides, [], sides[-1], taken, frozenset())
        found = (part for part in parts if part.saving >= LONG and unknown.isdisjoint(part.term.walk()))
        part = next((part for part in found if monomial(part.term)[1] not in above), None)
        if part is None:
            break
        letters.avoid((part.term,))
        known.append(Definition(letters.for_part(part), part.term))
        sides = [with_names(side, known[-1:]) for side in sides]
    return tuple(known)


def sides_of(solution: Solution) -> Iterator[Term]:
    """Both sides of the equations that are told."""
    for isolation in solution.isolations:
        for step in isolation.steps:
            if not step.rule.quiet:
                yield from (step.after.left, step.after.right)


def with_names(term: Term, known: tuple[Definition, ...] | list[Definition]) -> Term:
    """A term with names for what they stand for."""
    for each in known:
        assert isinstance(each.name, Symbol)
        term = named_within(term, each.body, each.name)
    return term
