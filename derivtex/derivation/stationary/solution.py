"""What solving comes to: the equations of each unknown, what the unknowns are, and what kind of point that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import Kind
from derivtex.derivation.stationary.eigen import Pencil
from derivtex.derivation.stationary.inside import never_holds
from derivtex.derivation.stationary.lagrangian import Bound
from derivtex.derivation.stationary.solving import is_solved
from derivtex.operations import Symbol
from derivtex.problem import Problem
from derivtex.steps import Derivation, Equation, Sentence, Step

NO_KIND = Kind()


@dataclass
class Isolation:
    """How one unknown was isolated: the equation it began with, the steps, and what is left where it did not end.

    elsewhere: factors with the unknown in them that were left out; where one of them is zero, the equation holds as well.
    """

    unknown: Symbol
    start: Equation
    steps: list[Step] = field(default_factory=list)
    assumptions: tuple[Sentence, ...] = ()
    elsewhere: tuple[Term, ...] = ()

    @property
    def end(self) -> Equation:
        last = self.steps[-1].after if self.steps else self.start
        assert isinstance(last, Equation)
        return last

    @property
    def solved(self) -> bool:
        return is_solved(self.end) and self.end.unknown is self.unknown

    @property
    def impossible(self) -> bool:
        """Whether no value of the unknown fulfils what the equation has come to."""
        return never_holds(self.end)


class FixedPoint(NamedTuple):
    """x = F(x). value: F(x); by_weights: the same by the names of the weights; weights: what they stand for.

    converges: whether the iteration did at random data, where that was tried.
    """

    unknown: Symbol
    value: Term
    by_weights: Term
    weights: tuple[tuple[Term, Term], ...]
    conditions: tuple[Sentence, ...] = ()
    converges: bool | None = None


class Secular(NamedTuple):
    """A multiplier, and what is zero at its value: nothing else is looked for in it. told: what is said of that."""

    multiplier: Symbol
    left: Term
    told: tuple[Sentence, ...]


@dataclass
class Solution:
    """The stationary points of a problem.

    bound: the problem with its constraints. derivations: the gradient by each variable. isolations: how each unknown was found, in order.
    values: what each is in closed form; open: the unknowns for which there is none. kind: what the point is, where the form shows it.
    impossible: whether the first-order condition cannot hold, as no unknown stands in it or none fulfils it. newton: the second
    derivatives, for a step of Newton's method where there is no closed form. told: the gradients as they are told, in another layout
    or by another convention; empty where they are told as they were found. outside: what solves an equation and is not in the domain of the unknown.
    partial: what unknowns are by multipliers that stay open. ray: whether every multiple of the solution is a stationary point as well;
    of_length: and the solution is the one that fulfils a constraint on its length.
    members: the variables by the names under which they are solved for. turns: each of several unknowns by the others, where they are
    not found together. fixed: the fixed-point form of an equation that has no closed form. tried: what the numbers confirmed of it. ordered: bounds
    of which the first is to be at most the second. level: what the function is there, where a decomposition gives it.
    secular: the equation for the one multiplier that is left.
    """

    bound: Bound
    derivations: tuple[Derivation, ...]
    isolations: tuple[Isolation, ...]
    values: dict[Symbol, Term]
    open: tuple[Symbol, ...] = ()
    kind: Kind = NO_KIND
    conditions: tuple[Sentence, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    pencil: Pencil | None = None
    impossible: bool = False
    newton: Derivation | None = None
    told: tuple[Derivation, ...] = ()
    outside: dict[Symbol, Term] = field(default_factory=dict)
    partial: dict[Symbol, Term] = field(default_factory=dict)
    ray: bool = False
    of_length: bool = False
    members: dict[Symbol, Term] = field(default_factory=dict)
    turns: dict[Symbol, Term] = field(default_factory=dict)
    fixed: FixedPoint | None = None
    tried: tuple[str, ...] = ()
    ordered: tuple[tuple[Term, Term], ...] = ()
    level: Term | None = None
    secular: Secular | None = None

    @property
    def shown(self) -> tuple[Derivation, ...]:
        """The gradient by each variable as it is told."""
        return self.told or self.derivations

    @property
    def problem(self) -> Problem:
        return self.bound.problem

    @property
    def elsewhere(self) -> tuple[Term, ...]:
        """What is zero at the stationary points besides the one that was found."""
        return tuple(dict.fromkeys(each for isolation in self.isolations for each in isolation.elsewhere))

    @property
    def primaries(self) -> tuple[Symbol, ...]:
        """The unknowns that were asked for, without multipliers."""
        return tuple(self.members)
