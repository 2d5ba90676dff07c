r"""The cheapest choice of kinds under which the statements of a scope conform: branch and bound over what conflicts.

A choice begins with the convention. Where a constraint does not hold, it branches: one of the names on which the constraint depends is of
another kind, or the constraint is given up at its price. Choices are taken up in the order of what they cost with what they must still cost
at least, so the first without an open conflict is the cheapest, the second the runner-up.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from derivtex.reading.meaning.kinds.candidates import CHEAPEST, Candidate, price
from derivtex.reading.meaning.kinds.statements import Scope, Statement
from derivtex.reading.meaning.kinds.walker import Violation
from derivtex.reading.meaning.scope import Key

MOST_CHOICES = 400  # a scope that needs more is left to the best choice so far
NEAR = 0.25

Given = tuple[int, str, int, int]


class Choice(NamedTuple):
    """Kinds that depart from the convention, and the constraints that were given up."""

    changed: dict[Key, Candidate]
    given_up: dict[Given, Violation]
    cost: float

    @property
    def misfits(self) -> list[Violation]:
        """The constraints that make a statement unreadable."""
        return [each for each in self.given_up.values() if each.price is None]


class Found(NamedTuple):
    """The cheapest choice, the second cheapest where it is near, and whether the search came to its end."""

    best: Choice
    runner_up: Choice | None
    complete: bool


def search(scope: Scope) -> Found:
    """The cheapest choice for all statements."""
    usual: dict[Key, Candidate] = {}
    waiting: list[tuple[float, int, Choice]] = [(0.0, 0, Choice({}, {}, 0.0))]
    numbers = count(1)
    seen: set[tuple[frozenset[tuple[Key, str]], frozenset[Given]]] = set()
    best: Choice | None = None
    for _ in range(MOST_CHOICES):
        if not waiting or (best is not None and waiting[0][0] > best.cost + NEAR):
            return Found(best, None, True) if best is not None else Found(Choice({}, {}, 0.0), None, True)
        bound, _, choice = heappop(waiting)
        open_ones = conflicts(scope, choice, usual)
        if not open_ones:
            if best is not None and differs(choice, best):
                return Found(best, choice, True)
            best = best or choice
            continue
        least = choice.cost + least_cost(scope, open_ones, choice, usual)
        if least > bound + 1e-9:
            heappush(waiting, (least, next(numbers), choice))
            continue
        where, (statement, violation) = min(open_ones.items(), key=lambda pair: (bin(pair[1][1].names).count("1"), pair[0]))
        for each in branches(scope, choice, where, statement, violation, usual):
            label = frozenset((name, kind.kind) for name, kind in each.changed.items()), frozenset(each.given_up)
            if label not in seen:
                seen.add(label)
                heappush(waiting, (max(bound, each.cost), next(numbers), each))
    return Found(best or (waiting[0][2] if waiting else Choice({}, {}, 0.0)), None, False)


Open = dict[Given, tuple[Statement, Violation]]


def conflicts(scope: Scope, choice: Choice, usual: dict[Key, Candidate]) -> Open:
    """The constraints that do not hold for a choice and were not given up."""
    chosen = {**usual, **choice.changed}
    found: Open = {}
    scope.walker.summaries.clear()
    for at, statement in enumerate(scope.statements):
        walk = scope.walk(statement, chosen)
        if statement.defines:
            scope.walker.summaries[statement.defines] = walk.summary
        for violation in walk.violations:
            where = (at, violation.code, violation.node.start, violation.node.end)
            if where not in choice.given_up:
                found.setdefault(where, (statement, violation))
    for name, each in chosen.items():
        if name not in choice.changed:
            usual.setdefault(name, each)
    return found


def cost_of(statement: Statement, violation: Violation) -> float:
    """What it costs to give a constraint up."""
    return statement.weight if violation.price is None else min(violation.price, statement.weight)


def least_cost(scope: Scope, open_ones: Open, choice: Choice, usual: dict[Key, Candidate]) -> float:
    """What the open conflicts must cost at least: of those that share no name, what each costs one way or the other."""
    total, taken = 0.0, 0
    for _, (statement, violation) in sorted(open_ones.items(), key=lambda pair: pair[0]):
        if violation.names & taken:
            continue
        taken |= violation.names
        prices = [cost_of(statement, violation)]
        for name in scope.names(violation.names):
            if name not in choice.changed:
                prices += [min(each.price, CHEAPEST) if each.kind == "scalar" else each.price for each in scope.walker.choices[name][1:]]
        total += min(prices)
    return total


def branches(
    scope: Scope, choice: Choice, where: Given, statement: Statement, violation: Violation, usual: dict[Key, Candidate]
) -> list[Choice]:
    """The ways out of a conflict."""
    given = Choice(choice.changed, {**choice.given_up, where: violation}, choice.cost + cost_of(statement, violation))
    found = [given]
    dear = price(list(choice.changed.items()))
    for name in scope.names(violation.names):
        if name in choice.changed:
            continue
        for kind in scope.walker.choices[name][1:]:
            changed = {**choice.changed, name: kind}
            found.append(Choice(changed, choice.given_up, choice.cost - dear + price(list(changed.items()))))
    return found


def differs(one: Choice, other: Choice) -> bool:
    """Whether two choices are two readings, not one with more given up."""
    return reading(one) != reading(other)


def reading(choice: Choice) -> dict[Key, str]:
    """What a choice takes names for; a row and the same row turned are one reading."""
    return {name: each.kind.removesuffix(" as a column") for name, each in choice.changed.items()}
