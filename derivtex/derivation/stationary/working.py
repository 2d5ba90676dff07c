"""One solution on its way: each unknown from its equation, what is known by then put in; then the multipliers from the constraints."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivtex.calculus.arithmetic import is_zero, negative
from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.assigning import assigned
from derivtex.derivation.stationary.branches import branch
from derivtex.derivation.stationary.conditions import kind_of_quadratic
from derivtex.derivation.stationary.decompositions import Decomposed, Setting, decomposed
from derivtex.derivation.stationary.freezing import fixed_point
from derivtex.derivation.stationary.isolating import ROOT, isolated, roots_of, settled
from derivtex.derivation.stationary.kinds import Point, kind_of_point, signed
from derivtex.derivation.stationary.lagrangian import Bound, Inequality, gradient_of, opened
from derivtex.derivation.stationary.linear import collected, linear_in, number_of_identity
from derivtex.derivation.stationary.members import apart, put_in, runs_through, stand_ins
from derivtex.derivation.stationary.optimum import optimum
from derivtex.derivation.stationary.secular import secular
from derivtex.derivation.stationary.slackness import box, level, nonlinear_threshold, threshold, with_maxima_shortened, with_minima
from derivtex.derivation.stationary.solution import NO_KIND, Isolation, Solution
from derivtex.operations import Exp, Number, Sum, Symbol, zero
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import is_nonnegative
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Equation, Sentence, Step

HALF = Fraction(1, 2)
BENT = Sentence("the conditions are necessary and not sufficient here, as the function bends the other way")

COUPLED = Sentence("other members of the same family stand on the right: there is one such equation for each, to be solved together or in turn")


class Work:
    """One solution on its way; crosswise: an unknown may be solved from the condition of another."""

    def __init__(self, whole: Bound, derivations: tuple[Derivation, ...], sense: str, crosswise: bool = False):
        self.bound, self.derivations, self.sense, self.crosswise = whole, derivations, sense, crosswise
        self.members = stand_ins(derivations)
        self.values: dict[Symbol, Term] = {}
        self.isolations: list[Isolation] = []
        self.open: list[Symbol] = []
        self.partial: dict[Symbol, Term] = {}
        self.found: Decomposed | None = None
        self.settled: set[Symbol] = set()  # multipliers of constraints that a decomposition fulfils
        self.remarks: list[Sentence] = []
        self.ordered: list[tuple[Term, Term]] = []  # bounds of a box

    def solution(self) -> Solution:
        gradients = {name: gradient_of(each, self.bound, self.members) for name, each in zip(self.members, self.derivations, strict=True)}
        equations = assigned(gradients) if self.crosswise else gradients
        for name in sorted(equations, key=lambda name: self.lateness(name, equations[name])):
            self.solve_for(name, equations[name])
        self.by_slackness(of_numbers=False)
        self.multipliers()
        self.by_slackness(of_numbers=True)
        left = secular(self.bound, self.values, self.open, (gradients, self.members), self.sense)
        self.remarks += left.told if left is not None else ()
        self.leave_open()
        self.values = {name: with_minima(value) for name, value in self.values.items()}
        turns = self.in_turn(equations)
        self.remarks += [COUPLED for name, value in self.values.items() if runs_through(value, name, self.members)][:1]
        kind = kind_of_point(Point(self.bound, self.members, gradients, self.values, self.found))
        bends = self.bound.inequalities and kind.name and kind.name != ("maximum" if self.bound.greatest else "minimum")
        kind, remarks = (NO_KIND, (*self.remarks, BENT)) if bends else (kind, tuple(self.remarks))
        told = dict.fromkeys(each for isolation in self.isolations for each in isolation.assumptions)
        conditions = [each for each in told if not any(self.goes_without_saying(term) for term in each.terms)]
        impossible = any(self.is_impossible(name, equations[name]) for name in self.open if name in equations)
        alone = next((name for name in self.open if name in gradients and len(gradients) == 1 and not impossible), None)
        fixed = fixed_point(gradients[alone], alone, self.setting(alone), self.members) if alone is not None else None
        return Solution(
            self.bound, self.derivations, tuple(self.isolations), self.values, tuple(self.open), NO_KIND if impossible else kind, tuple(conditions),
            pencil=self.found.pencil if self.found else None, partial=self.partial, remarks=remarks, impossible=impossible,
            newton=None if impossible else self.second_derivatives(), ray=self.found is not None and self.found.ray, members=self.members,
            turns=turns, ordered=tuple(self.ordered), fixed=fixed, level=self.level(), secular=left,
        )  # fmt: skip

    def level(self) -> Term | None:
        """What the function is at the one unknown that a decomposition gives."""
        alone = self.found is not None and not self.open and len(self.members) == 1
        name, variable = next(iter(self.members.items()))
        return optimum(self.bound, name, self.derivations[0], self.found) if alone and self.found and name is variable else None

    def lateness(self, name: Symbol, gradient: Term) -> tuple[bool, bool]:
        """What comes last: what a constraint binds, and what more than a number multiplies, which is longer to put in."""
        found = linear_in(gradient, name) if len(self.derivations) > 1 else None
        pairs = collected(found.parts) if found is not None else ()
        numbers = [side.is_scalar or number_of_identity(side) is not None for pair in pairs for side in pair]
        return any(each.contains(name) for each in self.bound.constraints), not (numbers and all(numbers))

    def second_derivatives(self) -> Derivation | None:
        """The Hessian by the one variable for which there is no closed form; nothing where it cannot be derived."""
        alone = len(self.derivations) == len(self.open) == 1 and not self.bound.duals
        if not alone or not self.isolations[0].start.left.contains(self.open[0]) or self.open[0].shape[1] != ONE:
            return None
        try:
            return derive(replace(self.derivations[0].problem, order=2))
        except DerivtexError:
            return None

    def goes_without_saying(self, term: Term) -> bool:
        """Whether a condition is about multipliers, which the constraints settle, or about sizes alone."""
        names = [part for part in term.walk() if isinstance(part, Symbol)]
        return any(name in self.bound.duals for name in names) or all(name.has("integer") for name in names)

    def is_impossible(self, name: Symbol, gradient: Term) -> bool:
        """Whether a gradient has no unknown in it and does not vanish by itself, or vanishes for no value of it."""
        gone = not gradient.contains(name) and not is_zero(gradient)
        return gone or any(isolation.impossible for isolation in self.isolations if isolation.unknown is name)

    def setting(self, name: Symbol) -> Setting:
        """What binds an unknown by itself."""
        pairs = zip(self.bound.constraints, self.bound.multipliers, strict=True)
        constraints = tuple(each for each, _ in pairs if each.contains(name))
        known = {each.name.name: each.body for each in self.bound.problem.definitions if each.name is not self.bound.problem.target}
        return Setting(constraints, self.bound.duals, self.sense, known)

    def solve_for(self, name: Symbol, left: Term) -> None:
        """Isolate a variable in its equation, with what is known by then put in."""
        own = runs_through(left, name, self.members)
        left = tidied(put_in(left, self.values, self.members))
        if not left.contains(name) or (runs_through(left, name, self.members) and not own):
            self.isolations.append(Isolation(name, Equation(left, zero(left.shape), name)))
            self.open.append(name)
            return
        found = None if self.bound.inequalities else decomposed(left, name, self.setting(name))
        if found is None:
            isolation = isolated(Equation(left, zero(left.shape), name), len(self.derivations) == 1)
            by_multiplier = any(left.contains(each) for each in self.bound.multipliers)
            if len(self.derivations) == 1 and not self.bound.duals:
                isolation, others = branch(isolation, self.derivations[0], self.sense)
                self.remarks += others
            nothing = isolation.solved and by_multiplier and is_zero(isolation.end.right)  # what makes the matrix singular is to be found
            self.take(replace(isolation, steps=[], assumptions=()) if nothing else isolation)
            return
        self.found = found
        self.sense = self.sense or ("max" if found.pencil is not None and found.pencil.sign == 0 else "")  # which of two signs is told
        pairs = zip(self.bound.constraints, self.bound.multipliers, strict=True)
        self.settled |= {multiplier for constraint, multiplier in pairs if constraint.contains(name)}
        self.take(found.isolation)

    def take(self, isolation: Isolation) -> None:
        """Keep how an unknown was isolated, and put its value in where it stands."""
        self.isolations.append(isolation)
        if not isolation.solved:
            self.open.append(isolation.unknown)
            return
        value = settled(isolation.end.right)
        self.values[isolation.unknown] = value
        for other, known in self.values.items():
            if other is not isolation.unknown and known.contains(isolation.unknown):
                found = settled(known.replace({isolation.unknown: value}))
                self.values[other] = settled(found) if found.uses(Exp) else found  # exp(log t), where the factors in it have gone

    def by_slackness(self, of_numbers: bool) -> None:
        """The multipliers of inequalities that the complementary slackness fixes; those of several entries one by one."""
        waiting = [each for each in self.bound.inequalities if each.multiplier.is_scalar == of_numbers]
        if len(waiting) == 2 and not of_numbers and self.boxed(waiting[0], waiting[1]):
            return
        for term, multiplier in waiting:
            left = settled(term.replace(self.values))
            known = not any(left.contains(name) for name in self.open)
            found = (threshold(left, multiplier) or nonlinear_threshold(left, multiplier)) if known else None
            if found is None:
                self.open.append(multiplier)
                continue
            self.take(Isolation(multiplier, Equation(multiplier, found.value, multiplier), [], found.assumptions))
            self.values.update({name: with_maxima_shortened(value) for name, value in self.values.items() if name is not multiplier})

    def boxed(self, one: Inequality, other: Inequality) -> bool:
        """Whether two inequalities are bounds from below and above of the one unknown, which is then found."""
        (name,) = list(self.values) if len(self.values) == 1 else [None]
        if name is None or len(self.derivations) > 1:
            return False
        found = box(name, self.values[name], one, other) or None
        if found is None:
            return False
        for multiplier, value in ((one.multiplier, found.lower), (other.multiplier, found.upper)):
            self.isolations.append(Isolation(multiplier, Equation(multiplier, value, multiplier)))
            self.values[multiplier] = value
        self.values[name] = found.value
        self.ordered.append(found.bounds)
        if any(type(part) is not Number for bound in found.bounds for part in factors_of(bound)):
            self.remarks.append(Sentence("that takes {} to be at most {}, entry by entry", found.bounds))
        return True

    def leave_open(self) -> None:
        """What is known only by multipliers, or by other unknowns, that stay open is open as well."""
        for name in [name for name, value in self.values.items() if any(self.stands_in(other, value) for other in self.open)]:
            self.partial[name] = self.values.pop(name)
            self.open.append(name)

    def stands_in(self, unknown: Symbol, value: Term) -> bool:
        """Whether an unknown, or the family of which it is a member, is in a value."""
        return value.contains(unknown) or runs_through(value, unknown, self.members)

    def in_turn(self, gradients: dict[Symbol, Term]) -> dict[Symbol, Term]:
        """Each of several unknowns by the others, where they are not found together and each is found with the others held."""
        if len(gradients) < 2 or not self.open or self.bound.duals:
            return {}
        held = {name: isolated(Equation(left, zero(left.shape), name), alone=False) for name, left in gradients.items() if left.contains(name)}
        if len(held) < len(gradients) or not all(each.solved for each in held.values()):
            return {}
        self.values, self.partial, self.open, self.isolations = {}, {}, list(gradients), list(held.values())
        kinds = {kind_of_quadratic(left, name).name for name, left in gradients.items()}
        if kinds in ({"minimum"}, {"maximum"}):
            lower = "lower" if kinds == {"maximum"} else "higher"
            self.remarks.append(Sentence(f"each step is the {kinds.pop()} in its unknown with the others held, so the function never gets {lower}"))
        return {name: settled(each.end.right) for name, each in held.items()}

    def multipliers(self) -> None:
        """Solve the constraints for the multipliers, in any order that works."""
        pairs = zip(self.bound.multipliers, self.bound.constraints, strict=True)
        waiting = {name: constraint for name, constraint in pairs if name not in self.settled}
        for _ in range(len(waiting)):
            for name, constraint in list(waiting.items()):
                left = settled(put_in(apart(constraint, self.members), self.values, self.members))
                if not left.contains(name) or any(left.contains(variable) for variable in self.open):
                    continue
                isolation = self.by_level(left, name) or self.with_root(isolated(Equation(left, zero(left.shape), name)))
                if isolation.solved:
                    del waiting[name]
                    self.take(isolation)
        for name, constraint in waiting.items():
            self.isolations.append(Isolation(name, Equation(constraint, zero(constraint.shape), name)))
            self.open.append(name)
            self.refute(settled(put_in(apart(constraint, self.members), self.values, self.members)))

    def refute(self, left: Term) -> None:
        """Take back the values that a constraint does not allow: nothing that is open stands in it any more, and it does not hold."""
        if is_zero(left) or any(left.contains(name) for name in (*self.open, *self.bound.duals)):
            return
        for name in [name for name in self.members if name in self.values]:
            self.remarks.append(Sentence("{} would follow for {}, which the constraint does not allow", (self.values.pop(name), name)))
            self.open.append(name)

    def by_level(self, left: Term, name: Symbol) -> Isolation | None:
        """The multiplier of a sum of positive parts."""
        found = level(left, name)
        return None if found is None else Isolation(name, Equation(name, found, name))

    def with_root(self, isolation: Isolation) -> Isolation:
        """A multiplier that has two values: the one at which the Lagrangian bends as the words ask; without words the first that bends."""
        found = [] if isolation.solved else roots_of(isolation.end)
        if len(found) != 2 or len(self.derivations) > 1 and self.found is None:
            return isolation
        wanted = {"min": "minimum", "max": "maximum"}.get(self.sense, "")
        kinds = [self.bend(isolation.unknown, root) for root in found] if self.found is None else self.by_value(isolation.unknown, found)
        at = next((at for at, kind in enumerate(kinds) if kind and wanted in (kind, "")), None)
        if at is None:
            return isolation
        step = Step(ROOT, (), isolation.end, Equation(isolation.unknown, found[at], isolation.unknown), len(isolation.steps) + 1)
        if kinds[1 - at]:
            other = "sign" if same_term(tidied(negative(found[0])), tidied(found[1])) else "value that the constraint allows"
            self.remarks.append(Sentence(f"the other {other} of {{}} gives the {kinds[1 - at]}", (isolation.unknown,)))
        return replace(isolation, steps=[*isolation.steps, step])

    def bend(self, multiplier: Symbol, root: Term) -> str:
        """Whether the Lagrangian with a value of a multiplier has a minimum or a maximum, by the form of the gradient."""
        gradient = gradient_of(self.derivations[0], self.bound, self.members).replace({multiplier: signed(root)[0]})
        return kind_of_quadratic(tidied(gradient), next(iter(self.members))).name

    def by_value(self, multiplier: Symbol, found: list[Term]) -> list[str]:
        """Which of two roots has the greater value of what is differentiated."""
        target = opened(self.bound.problem.target, self.bound.problem).replace(dict.fromkeys(self.bound.multipliers, Number(0)))
        here, there = (settled(put_in(target, self.values, self.members).replace({multiplier: root})) for root in found)
        difference = settled(Sum((here, negative(there))))
        if is_nonnegative(difference):
            return ["maximum", "minimum"]
        return ["minimum", "maximum"] if is_nonnegative(tidied(negative(difference))) else ["", ""]
