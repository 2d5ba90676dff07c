"""A formula taken apart, step by step: differentials inward, everything multiplied out, what is linear in dX turned until dX stands last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivtex.calculus.multiplying import multiplying
from derivtex.calculus.powers import powers
from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.differentiation import Differentiation
from derivtex.derivation.driver import derive
from derivtex.derivation.isolation import Turning, pairings
from derivtex.derivation.letters import Letters
from derivtex.operations import Derivative, Differential
from derivtex.problem import Problem
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.page import Rule
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import Place, Rewriting
from derivtex.steps import Step

MOST_STEPS, LONGEST = 150, 200


class TooLong(Exception):
    """The formula grows beyond what anybody would follow."""


class Inward(Differentiation):
    """Differentials of an author's formula, which get no names of ours."""

    def name_parts(self, term: Term) -> None:
        """Nothing is given a name."""

    def name_factors(self, rewriting: Rewriting) -> None:
        """Nothing is given a name."""

    def go(self, rewriting: Rewriting) -> None:
        """Take every differential of a formula inward, until only those of the variables are left."""
        while places := self.next_places(rewriting):
            for place in places:
                self.expand(rewriting, place)
            rewriting.tidy()
            self.turning.pair(rewriting, ())
            rewriting.pass_ += 1
            watch(rewriting)


class Expansion:
    """How formulas of one problem are taken apart. moving: the leaves whose differentials are not taken any further."""

    def __init__(self, problem: Problem, moving: tuple[Term, ...]):
        self.problem = problem
        self.bodies: dict[Term, Term] = {definition.name: definition.body for definition in problem.definitions}
        self.moving = moving
        self.turning = Turning(pairings([*self.bodies.values(), *(side for claim in problem.claims for side in (claim.left, claim.right))]))

    def of(self, term: Term, opening: bool = False) -> Rewriting:
        """The steps that take a formula apart; opening: what names stand for is written out. What cannot be done is left undone."""
        rewriting = Rewriting(term)
        try:
            for stage in (self.derivatives, self.differentials, *((self.open,) if opening else ()), self.multiply_out, self.merge, self.turn):
                stage(rewriting)
                rewriting.pass_ += 1
        except (TooLong, DerivtexError):
            pass
        return rewriting

    def derivatives(self, rewriting: Rewriting) -> None:
        """Put the derivative in the place of every ∂f/∂x."""
        while (place := first_place(rewriting.term, lambda part: type(part) is Derivative)) is not None:
            part = rewriting.term.at(place)
            assert isinstance(part, Derivative)
            found = derivative_of(self.problem, part)
            if found is None:
                raise TooLong
            rewriting.use(DERIVED, place, found)
            rewriting.tidy()
            rewriting.pass_ += 1

    def differentials(self, rewriting: Rewriting) -> None:
        if varies(rewriting.term):
            self.inward().go(rewriting)

    def inward(self) -> Inward:
        letters = Letters(self.problem)
        return Inward(self.problem.target, self.moving, self.bodies, (), self.turning, lambda *_: None, letters.free)

    def open(self, rewriting: Rewriting) -> None:
        """Write out what the names stand for."""
        while (place := first_place(rewriting.term, lambda part: part in self.bodies)) is not None:
            name = rewriting.term.at(place)
            rewriting.use(replace(DEFINED, reason=f"definition of ${getattr(name, 'name', '')}$"), place, self.bodies[name])
            watch(rewriting)
        rewriting.tidy()

    def multiply_out(self, rewriting: Rewriting) -> None:
        """Use the rules of multiplying out wherever one fits."""
        rewriting.tidy()
        while (place := first_place(rewriting.term, fits)) is not None:
            rewriting.first(place, (multiplying,))
            rewriting.tidy()
            watch(rewriting)

    def merge(self, rewriting: Rewriting) -> None:
        """Write what stands beside itself as a power."""
        while (place := first_place(rewriting.term, lambda part: powers.first(part) is not None)) is not None:
            rewriting.first(place, (powers,))
            watch(rewriting)
        rewriting.tidy()

    def turn(self, rewriting: Rewriting) -> None:
        """Bring what is linear in the differentials to the form from which a derivative is read."""
        if not varies(rewriting.term):
            return
        if rewriting.term.is_scalar:
            self.turning.turn(rewriting)
        elif rewriting.term.shape[1] == ONE:
            self.turning.to_the_right(rewriting, ())
        rewriting.pass_ += 1
        self.multiply_out(rewriting)
        self.merge(rewriting)


def rule(name: str, reason: str, quiet: bool = False) -> Rule:
    """A rule that the problem gives, not a page: it is used where it is known to fit."""
    return Rule(name, "Problem", reason, "", lambda term: None, (), quiet=quiet)


DERIVED = rule("derivative", "read off the differential")
DEFINED = rule("name opened", "definition")


def derivative_of(problem: Problem, part: Derivative) -> Term | None:
    """What a derivative is, in its own layout; None where that is not known."""
    asked = replace(problem, target=part.of, wrt=(part.by,), order=2 if part.form == "hessian" else 1)
    for layout in ("denominator", "numerator"):
        try:
            found = derive(asked, layout=layout)
        except DerivtexError:
            return None
        if found.derivative is not None and found.derivative.form == part.form and found.answer.shape == part.shape:
            return found.answer
    return None


def fits(part: Term) -> bool:
    """Whether a rule of multiplying out fits a part, which the differentials' own tidying leaves alone."""
    return type(part) is not Differential and multiplying.first(part) is not None


def first_place(term: Term, wanted: object, place: Place = ()) -> Place | None:
    """The first place, from the outside in, of a part that is wanted; nothing inside differentials and derivatives is looked at."""
    if wanted(term):  # type: ignore[operator]
        return place
    if type(term) in (Differential, Derivative):
        return None
    found = (first_place(child, wanted, (*place, at)) for at, child in enumerate(term.children))
    return next((each for each in found if each is not None), None)


def watch(rewriting: Rewriting) -> None:
    """Raise TooLong where nobody would follow any more."""
    if len(rewriting.steps) > MOST_STEPS or length(rewriting.term) > LONGEST:
        raise TooLong


def formulas(rewriting: Rewriting) -> Iterator[Term]:
    """The formulas on the way, the first one and then the end of each step."""
    yield rewriting.start
    for step in rewriting.steps:
        yield step.after


def reversed_step(step: Step) -> Step:
    """The same step, read from its end, under a name of its own: it is no longer the use of the rule that lines are gathered by."""
    return step._replace(before=step.after, after=step.before, rule=replace(step.rule, name=f"{step.rule.name} (backwards)"))
