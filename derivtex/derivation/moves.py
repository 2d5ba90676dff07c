"""Moves: the steps that a careful person puts on one line, and the equations that carry them.

The steps of one pass are one move. A pass of bookkeeping rides along with its neighbours, and so does one that only takes d through
what is linear: `$A$ and $b$ are constant` is no line of its own where another move uncovered it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from derivtex.calculus.quadratics import symmetric_names, with_symmetric
from derivtex.calculus.traces import transposed_scalar
from derivtex.core.terms import Term
from derivtex.derivation.equations import solutions_in
from derivtex.operations import Differential, Product, Sum, Trace, Transpose
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Rule
from derivtex.simplification.engine import tidied
from derivtex.simplification.identities_of_definitions import terms_of as added
from derivtex.steps import Certificate, Derivation, Step

DEFINITION, IMPLICIT = "definition", "implicit differential"
SMALL = frozenset(["transposed scalar", "scalar behind", "collect"])  # turns that anybody sees
TRANSPOSING = frozenset(["trace of a transpose", "transposed scalar", "transpose across"])
TURNS, MERGED, COLLECTED = TRANSPOSING | {"cyclic", "own trace"}, "like terms", "written shortly"
EXPONENTIAL = "exponential of a multiple"
PRODUCTS = frozenset(["product", "entrywise product", "inner product"])
SEEN = PRODUCTS | {"power"}  # by whoever sees the differential beside what it is of
Pair = tuple[Step, Certificate | None]


class Fact(NamedTuple):
    """An equation that carries a move, dR = …; rules: those that lead to it, which tell of it where it is too long to be written."""

    left: Term
    right: Term
    rules: tuple[Rule, ...] = ()


class Move(NamedTuple):
    """Steps that share a line, with the certificate of each where there is one. facts: equations that carry it, dR = …; explained: the
    places of the steps that these tell. helpers: derivtex's own names."""

    steps: tuple[Pair, ...]
    facts: tuple[Fact, ...] = ()
    explained: frozenset[int] = frozenset()
    helpers: frozenset[Term] = frozenset()

    @property
    def after(self) -> Term:
        return self.steps[-1][0].after

    @property
    def quiet(self) -> bool:
        return all(step.rule.quiet for step, _ in self.steps)

    @property
    def rules(self) -> list[Rule]:
        """The rules that the reasons tell of: those that lead the move; else what the problem says; else what rides along."""
        shown = [step.rule for at, (step, _) in enumerate(self.steps) if not step.rule.quiet and at not in self.explained]
        leading = [rule for rule in shown if not rule.rides]
        if self.pairs_merge:
            return [pairing_rule(self), *(rule for rule in leading if rule.name not in TURNS)]
        return leading or ([] if self.facts else [rule for rule in shown if rule.page == "Problem"] or shown) or self.collecting

    @property
    def collecting(self) -> list[Rule]:
        """The rule that only collects, where that is a pass of its own."""
        if self.cancels:
            return [self.steps[0][0].rule.but(reason="opposite terms cancel")]
        return [step.rule for step, _ in self.steps if self.quiet and step.rule.name == COLLECTED]

    @property
    def pairs_merge(self) -> bool:
        """Whether terms are added that are each other's transposes."""
        names = {step.rule.name for step, _ in self.steps}
        return MERGED in names and (bool(names & TRANSPOSING) or any(merges_turned(step) for step, _ in self.steps))

    @property
    def cancels(self) -> bool:
        """Whether it begins with terms that cancel each other, which nobody sees on the line where they arise."""
        return cancels(self.steps[0][0])

    @property
    def leads(self) -> bool:
        """Whether a step of it is more than bookkeeping."""
        return any(not (step.rule.quiet or step.rule.rides or step.rule.name in SMALL) for step, _ in self.steps)

    def rides(self, helpers: frozenset[Term]) -> bool:
        """Whether it needs no line of its own behind another: nothing leads it, no name of the author's is opened, and no addend comes of it."""
        opened = [name for step, _ in self.steps if (name := opened_name(step)) is not None]
        if any(step.rule.name == IMPLICIT and not step.place for step, _ in self.steps):
            return False  # the equation that is solved is what the reader has to see
        return not self.leads and all(name in helpers for name in opened)


def own_names(derivation: Derivation) -> frozenset[Term]:
    """The names that derivtex gave to parts of formulas: not those of the target and of a gradient, which a chain is about."""
    about = {chain.left.of for chain in derivation.chains if isinstance(chain.left, Differential)}
    return frozenset(definition.name for definition in (*derivation.let, *derivation.where)) - about


def merges_turned(step: Step) -> bool:
    """Whether terms are added of which one has the transpose of a differential: tr(R dX Xᵀ) + tr(RX dXᵀ)."""
    return step.rule.name == MERGED and turns(step.before.at(step.place)) > turns(step.after.at(step.place))


def cancels(step: Step) -> bool:
    """Whether addends of what multiplies a differential cancel each other: y(1 - p) - (1 - y)p = y - p."""
    return step.rule.name == COLLECTED and step.before.at(step.place).remembered("_cancels", _cancels)


def _cancels(term: Term) -> bool:
    if not varies(term):
        return False
    met: dict[int, Fraction] = {}
    for value, key in map(monomial, map(tidied, added(term))):
        met[key] = met.get(key, Fraction(0)) + value
    return not all(met.values())


def turns(term: Term) -> int:
    """How often the transpose of a differential stands in a term."""
    return sum(type(part) is Transpose and type(part.of) is Differential for part in term.walk())


def pairing_rule(move: Move) -> Rule:
    """The rule that turned a transpose, with the reason that two terms are each other's, and which names have to be symmetric for that."""
    rule = next(step.rule for step, _ in move.steps if step.rule.name in TRANSPOSING or merges_turned(step))
    merged = [step.after.at(step.place) for step, _ in move.steps if step.rule.name == MERGED]
    varying = [part for term in merged for part in terms_of(term) if varies(part)]
    names = dict.fromkeys(name for part in varying for name in symmetric_names(part, move.helpers))
    before = move.steps[0][0].before
    words = "the two terms are transposes" if len(terms_of(before)) < 3 and len(varying) < 2 else "terms in pairs of transposes"
    words = "transposes" if move.facts else words
    return rule.but(reason=with_symmetric(words, tuple(names)))


def terms_of(term: Term) -> tuple[Term, ...]:
    return term.terms if type(term) is Sum else (term,)


def opened_name(step: Step) -> Term | None:
    """The name that a step opens: that of df = d(what f stands for)."""
    return step.before.at(step.place).of if step.rule.name == DEFINITION else None


def moves(pairs: list[Pair], helpers: frozenset[Term]) -> list[Move]:
    """The steps gathered pass by pass; quiet passes and those that ride go with their neighbours. helpers: derivtex's own names."""
    gathered: list[list[Pair]] = []
    for pair in pairs:
        if gathered and gathered[-1][-1][0].pass_ == pair[0].pass_ and not cancels(pair[0]):
            gathered[-1].append(pair)
        else:
            gathered.append([pair])
    result: list[Move] = []
    for at, steps in enumerate(gathered):
        move = explained(Move(tuple(steps), helpers=helpers), helpers)
        goes_on = bool(result) and opens_between(result[-1], move) and is_turn(Move(tuple(*gathered[at + 1 : at + 2])))
        if result and move.rides(helpers) and not move.quiet and not goes_on:
            move = together(result.pop(), taken(move))
        elif result and joins(result, move, helpers):
            move = together(result.pop(), move)
        result.append(move)
    return result


def joins(before: list[Move], move: Move, helpers: frozenset[Term]) -> bool:
    """Whether a move goes on the line of the one before it."""
    if move.cancels or (before[-1].pairs_merge and move.collecting):
        return False
    if move.quiet or before[-1].quiet or turns_on(before[-1], move):
        return True
    return len(before) == 1 and leads_in(before[-1], move, helpers)


def opens_between(before: Move, move: Move) -> bool:
    """Whether a move opens names behind one that only moved factors, ⟨R, dS⟩, so that the next may go on from there."""
    return is_turn(before) and any(opened_name(step) is not None for step, _ in move.steps)


def is_turn(move: Move) -> bool:
    """Whether all that leads a move is that factors go to the other side."""
    return move.leads and all(rule.page in ("Adjoints", "Collecting") for rule in move.rules)


def turns_on(before: Move, after: Move) -> bool:
    """Whether a move only puts a trace around for the next to turn, or makes two terms of a product that the next adds as transposes
    or whose exponentials it takes, which is seen at once."""
    names = {rule.name for rule in before.rules}
    if names == {"product"} and {rule.name for rule in after.rules} == {EXPONENTIAL}:
        return True
    if after.pairs_merge and (names <= PRODUCTS or (before.facts and not unexplained(before))):
        return True
    if before.facts and not before.leads and is_turn(after):
        return True
    if "quotient" in names and after.facts and not unexplained(after):
        return True
    return names == {"own trace"} and "cyclic" in {rule.name for rule in after.rules}


def leads_in(first: Move, move: Move, helpers: frozenset[Term]) -> bool:
    """Whether the first move of a chain only takes d through what is linear to a name, which the next opens: one of derivtex's own, or
    an author's that stands there alone, as in tr dP."""
    opened = {name for step, _ in move.steps if (name := opened_name(step)) is not None}
    bare = type(first.after) is Trace and type(first.after.of) is Differential
    return not first.leads and not first.facts and bool(opened) and (bare or opened <= helpers)


def unexplained(move: Move) -> bool:
    """Whether something leads a move besides what its facts tell."""
    return any(not (step.rule.quiet or step.rule.rides) and at not in move.explained for at, (step, _) in enumerate(move.steps))


def together(before: Move, after: Move) -> Move:
    """Two moves as one. What only rode along with the first has no reason of its own."""
    width = len(before.steps)
    explained = before.explained | {at + width for at in after.explained}
    if after.pairs_merge or any(step.rule.name == "quotient" for step, _ in before.steps):
        explained |= {at for at, (step, _) in enumerate(before.steps) if step.rule.name in PRODUCTS}
    return Move(before.steps + after.steps, before.facts + after.facts, frozenset(explained), before.helpers)


def explained(move: Move, helpers: frozenset[Term]) -> Move:
    """The move with the differentials of names that it takes: they tell what the rules inside them did, of an author's name those that are seen."""
    return carried(move, lambda step: opened_name(step) is not None, helpers)


def taken(move: Move) -> Move:
    """A move that rides, with the differentials that it takes: d(Ax - b) = A dx."""
    return carried(move, lambda step: isinstance(step.before.at(step.place), Differential))


def carried(move: Move, by: Callable[[Step], bool], helpers: frozenset[Term] | None = None) -> Move:
    """The move with the differentials that certain steps begin to take, as equations. helpers: the names of which an equation tells whatever was
    used; of others it tells what is seen."""
    facts: dict[Term, Fact] = {}
    inside: set[int] = set()
    for at, (step, _) in enumerate(move.steps):
        if at in inside or not by(step):
            continue
        end = at
        while end + 1 < len(move.steps) and move.steps[end + 1][0].place[: len(step.place)] == step.place:
            end += 1
        left = step.before.at(step.place)
        rules = [each.rule for each, _ in move.steps[at : end + 1] if not (each.rule.quiet or each.rule.rides)]
        if helpers is not None and left.of not in helpers and not (step.place and SEEN.issuperset(rule.name for rule in rules)):
            continue
        inside.update(range(at, end + 1))
        if not any(tidied(Transpose(known.of)) is left.of for known in facts):
            facts.setdefault(left, Fact(left, in_order(tidied(move.steps[end][0].after.at(step.place))), tuple(rules)))
    return move._replace(facts=tuple(facts.values()), explained=frozenset(inside)) if facts else move


def in_order(term: Term) -> Term:
    """A scalar with dx last, as it will stand in the lines: aᵀdx for dxᵀa."""
    if type(term) is Sum:
        return Sum(tuple(map(in_order, term.terms)))
    return tidied(transposed_scalar.apply(term) or term) if type(term) is Product else term


def solved_in(move: Move) -> tuple[Term, ...]:
    """The differentials that a move takes for solutions of equations, by the names that it opens: dX, which A dX + dX Aᵀ = dC fixes."""
    names: dict[Term, Term] = {}
    found: list[Term] = []
    for step, _ in move.steps:
        before, after = step.before.at(step.place), step.after.at(step.place)
        if type(before) is Differential and type(after) is Differential:
            names[after] = names.get(before, before)
        elif type(before) is Differential and solutions_in(after):
            found.append(names.get(before, before))
    return tuple(dict.fromkeys(found))
