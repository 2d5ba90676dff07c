r"""The cheapest choice of kinds under which the statements of a scope conform: branch and bound over what conflicts.

A choice begins with the convention. Where a constraint does not hold, it branches: one of the names on which the constraint depends is of
another kind, or the constraint is given up at its price. Choices are taken up in the order of what they cost with what they must still cost
at least, so the first without an open conflict is the cheapest, the second the runner-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from derivtex.reading.meaning.kinds.candidates import SHARED, Candidate, price
from derivtex.reading.meaning.kinds.statements import CLAIM, NEXT_CLAIM, Scope, Statement
from derivtex.reading.meaning.kinds.walker import Violation
from derivtex.reading.syntax.tree import Key

MOST_CHOICES = 200  # statements that need more are left to the best choice so far; each of few is quickly looked at
MOST_OF_FEW = 600
MOST_TOGETHER = 6
ONCE = frozenset(("behind", "indices"))
NEAR, TINY = 0.25, 1e-9
BEYOND = 1e3  # more than all departures from the convention cost together

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
    """The cheapest choice, the second cheapest where it is near; whether the cheapest was found before the bound of the search, and whether
    everything that is near was looked at."""

    best: Choice
    runner_up: Choice | None
    complete: bool
    exhaustive: bool = True


def search(scope: Scope) -> Found:
    """The cheapest choice for all statements. Statements that share no name are looked at apart."""
    nothing, usual = Choice({}, {}, 0.0), scope.usual
    scope.walker.sides = [side for statement in scope.statements for side in statement.sides]
    broken = conflicts(scope, scope.statements, nothing, usual)
    if not broken:
        return Found(nothing, None, True)
    parts = [part for part in components(scope.statements) if any(each in part for each, _ in broken.values())]
    found = [of_component(scope, part, usual) for part in parts]
    best = united(each.best for each in found)
    near = next((at for at, each in enumerate(found) if each.runner_up is not None), None)
    other = None if near is None else united((each.runner_up or each.best) if at == near else each.best for at, each in enumerate(found))
    return Found(best, other, all(each.complete for each in found), all(each.exhaustive for each in found))


def united(choices: Iterable[Choice]) -> Choice:
    """Choices for different names as one."""
    whole = Choice({}, {}, 0.0)
    for each in choices:
        whole = Choice({**whole.changed, **each.changed}, {**whole.given_up, **each.given_up}, whole.cost + each.cost)
    return whole


def components(statements: list[Statement]) -> list[list[Statement]]:
    """The statements, those together that share a name, in order."""
    last = list(range(len(statements)))  # of each statement a later one that it is joined to, in the end the last
    met: dict[Key, int] = {}
    for at, statement in enumerate(statements):
        for name in (*statement.reads, *statement.needs, *((statement.defines,) if statement.defines else ())):
            last[end_of(last, met.get(name, at))] = at
            met[name] = at
    groups: dict[int, list[Statement]] = {}
    for at, statement in enumerate(statements):
        groups.setdefault(end_of(last, at), []).append(statement)
    return [groups[end] for end in sorted(groups)]


def end_of(last: list[int], at: int) -> int:
    """The last statement that one is joined to; the way there is made short."""
    while last[at] != at:
        last[at] = at = last[last[at]]
    return at


def of_component(scope: Scope, statements: list[Statement], usual: dict[Key, Candidate]) -> Found:
    """The cheapest choice for statements that share names; where they are many, what conforms for no kinds at all is given up first."""
    if len(statements) <= MOST_TOGETHER:
        return cheapest(scope, statements, usual)
    hopeless: dict[Given, Violation] = {}
    for statement in {id(each): each for each, _ in conflicts(scope, statements, Choice({}, {}, 0.0), usual).values()}.values():
        alone = cheapest(scope, with_definitions(statement, statements), usual)
        if is_given_up(statement, alone):
            hopeless.update({where: each for where, each in alone.best.given_up.items() if where[0] == statement.number})
            statements = [each for each in statements if each is not statement or each.defines]
    found = cheapest(scope, statements, usual)
    return found._replace(best=found.best._replace(given_up={**hopeless, **found.best.given_up}))


def is_given_up(statement: Statement, found: Found) -> bool:
    """Whether the best choice lets a statement not conform."""
    return any(where[0] == statement.number for where, each in found.best.given_up.items() if each.price is None)


def is_hopeless(scope: Scope, statement: Statement) -> bool:
    """Whether no kinds, however unusual, make a statement conform with the definitions that it uses."""
    weight, statement.weight = statement.weight, BEYOND
    try:
        alone = cheapest(scope, with_definitions(statement, scope.statements), {})
    finally:
        statement.weight = weight
    return alone.complete and is_given_up(statement, alone)


def with_definitions(statement: Statement, statements: list[Statement]) -> list[Statement]:
    """A statement behind the definitions that it uses, directly or by way of others."""
    needed, found = set(statement.needs), [statement]
    for each in reversed(statements[: statements.index(statement)]):
        if each.defines in needed:
            needed.update(each.needs)
            found.append(each)
    return found[::-1]


def cheapest(scope: Scope, statements: list[Statement], usual: dict[Key, Candidate]) -> Found:
    """Branch and bound."""
    waiting: list[tuple[float, int, Choice, Open | None]] = [(0.0, 0, Choice({}, {}, 0.0), None)]  # with its conflicts, where they are known
    numbers = count(1)
    seen: set[tuple[frozenset[tuple[Key, str]], frozenset[Given]]] = set()
    best: Choice | None = None
    for _ in range(MOST_CHOICES if len(statements) > MOST_TOGETHER else MOST_OF_FEW):
        if not waiting or (best is not None and waiting[0][0] > best.cost + NEAR):
            break
        bound, _, choice, known = heappop(waiting)
        open_ones = conflicts(scope, statements, choice, usual) if known is None else known
        if not open_ones:
            if best is not None and differs(choice, best):
                return Found(best, choice, True)
            best = best or choice
            continue
        least = choice.cost + least_cost(scope, open_ones, choice)
        if least > bound + TINY:
            heappush(waiting, (least, next(numbers), choice, open_ones))
            continue
        for each, known in branches(scope, choice, open_ones):
            label = frozenset((name, kind.kind) for name, kind in each.changed.items()), frozenset(each.given_up)
            if label not in seen:
                seen.add(label)
                heappush(waiting, (max(bound, each.cost), next(numbers), each, known))
    exhaustive = not waiting or (best is not None and waiting[0][0] > best.cost + NEAR)
    if best is not None:
        return Found(best, None, True, exhaustive)
    return Found(all_given_up(scope, statements, waiting[0][2], usual), None, False, False)


def all_given_up(scope: Scope, statements: list[Statement], choice: Choice, usual: dict[Key, Candidate]) -> Choice:
    """A choice whose open conflicts are let be."""
    left = {where: violation for where, (_, violation) in conflicts(scope, statements, choice, usual).items()}
    return choice._replace(given_up={**choice.given_up, **left})


Open = dict[Given, tuple[Statement, Violation]]


def conflicts(scope: Scope, statements: list[Statement], choice: Choice, usual: dict[Key, Candidate]) -> Open:
    """The constraints of statements that do not hold for a choice and were not given up; usual learns the names that are met."""
    chosen = {**usual, **choice.changed}
    found: Open = {}
    scope.walker.summaries.clear()
    for statement in statements:
        walk = scope.walk(statement, chosen)
        if statement.defines:
            scope.walker.summaries[statement.defines] = walk.summary
        for violation in walk.violations:
            where = (statement.number, violation.code, violation.node.start, violation.node.end)
            if where not in choice.given_up:
                found.setdefault(where, (statement, violation))
    for name, each in chosen.items():
        if name not in choice.changed:
            usual.setdefault(name, each)
    return found


def cost_of(scope: Scope, statement: Statement, violation: Violation, choice: Choice) -> float:
    """What it costs to give a constraint up; what is unusual of a name costs once, however often it is met."""
    if violation.code in ONCE and any(each.code == violation.code and each.names == violation.names for each in choice.given_up.values()):
        return 0.0
    if violation.price is not None:
        return min(violation.price, statement.weight)
    return NEXT_CLAIM if statement.weight == CLAIM and is_carried_on(scope, statement, choice) else statement.weight


def is_carried_on(scope: Scope, statement: Statement, choice: Choice) -> bool:
    """Whether a part of the chain that a claim stands in was given up."""
    unreadable = (scope.statements[where[0]] for where, each in choice.given_up.items() if each.price is None)
    return any(each.chain is statement.chain for each in unreadable)


def least_cost(scope: Scope, open_ones: Open, choice: Choice) -> float:
    """What the open conflicts must cost at least: of those that share no name, what each costs one way or the other."""
    total, taken = 0.0, 0
    for _, (statement, violation) in sorted(open_ones.items(), key=lambda pair: pair[0]):
        if violation.names & taken:
            continue
        taken |= violation.names
        prices = [cost_of(scope, statement, violation, choice)]
        for name in scope.names(violation.names):
            if name not in choice.changed:
                prices += [SHARED.get((each.kind, each.price), each.price) for each in scope.walker.choices[name][1:]]
        total += min(prices)
    return total


def branches(scope: Scope, choice: Choice, open_ones: Open) -> list[tuple[Choice, Open | None]]:
    """The ways out of the conflict that depends on the fewest names; with the conflicts that are left where no kind is changed."""
    where, (statement, violation) = min(open_ones.items(), key=lambda pair: (pair[1][1].names.bit_count(), pair[0]))
    given = Choice(choice.changed, {**choice.given_up, where: violation}, choice.cost + cost_of(scope, statement, violation, choice))
    found: list[tuple[Choice, Open | None]] = [(given, {other: each for other, each in open_ones.items() if other != where})]
    dear = price(choice.changed.values(), scope.declared)
    for name in scope.names(violation.names):
        if name in choice.changed:
            continue
        for kind in scope.walker.choices[name][1:]:
            changed = {**choice.changed, name: kind}
            cost = choice.cost - dear + price(changed.values(), scope.declared)
            if len(open_ones) > 1 or cost < given.cost:  # of one conflict nothing else is mended
                found.append((Choice(changed, choice.given_up, cost), None))
    return found


def differs(one: Choice, other: Choice) -> bool:
    """Whether two choices are two readings, not one with more given up."""
    return reading(one) != reading(other)


def reading(choice: Choice) -> dict[Key, str]:
    """What a choice takes names for; a row and the same row turned are one reading."""
    return {name: each.kind.removesuffix(" as a column") for name, each in choice.changed.items()}
