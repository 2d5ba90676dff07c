"""From a problem to its stationary points: gradients set to zero, solved for the variables and multipliers in turn."""

from __future__ import annotations

from dataclasses import replace

from derivtex.calculus.arithmetic import coefficient, is_zero, scaled
from derivtex.calculus.scaling import forms, scaling
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.conditions import Kind, assumed, kind_of_quadratic
from derivtex.derivation.stationary.eigen import Pencil, is_orthogonality, is_scale_free, is_symmetric_pencil, pencil, polar_of
from derivtex.derivation.stationary.inside import never_holds, whole
from derivtex.derivation.stationary.lagrangian import Bound, bound, opened
from derivtex.derivation.stationary.linear import UNIT
from derivtex.derivation.stationary.slackness import threshold, with_maxima_shortened
from derivtex.derivation.stationary.solution import NO_KIND, Isolation, Solution
from derivtex.derivation.stationary.solving import is_solved, key_of, solving
from derivtex.exchange.scalar_calculus import roots
from derivtex.operations import Eigenvectors, Identity, Number, OrthogonalFactor, Product, Symbol, zero
from derivtex.problem import Problem
from derivtex.rewriting.page import Rule
from derivtex.simplification.engine import simplified, tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation, Equation, Sentence, Step

MOST = 12


def solve(problem: Problem, sense: str = "") -> Solution:
    """The stationary points of what a problem differentiates, by its variables, under its constraints.

    sense: min or max where that is told; it chooses among the eigenvectors. Raises NotDerivable where a variable is no symbol or the
    target no number.
    """
    if problem.target.shape != SCALAR:
        raise NotDerivable("what is minimised or maximised is a number", way_out="solve an equation by asking for the norm of its residual")
    if any(not isinstance(variable, Symbol) or variable.family is not None for variable in problem.wrt):
        raise NotDerivable("it is solved for a whole name, not for an entry or a member of a family", way_out="give the name with --wrt")
    others = tuple(claim for claim in problem.claims if claim not in problem.constraints)
    known = tuple(definition for definition in problem.definitions if definition.name not in problem.wrt)
    whole = bound(replace(problem, order=1, claims=others, definitions=known), sense)
    wanted = tuple(variable for variable in whole.problem.wrt if variable not in whole.duals)
    derivations = tuple(derive(replace(whole.problem, wrt=(variable,))) for variable in wanted)
    return Work(whole, derivations, sense).solution()


def told_by(solution: Solution, **conventions: str) -> Solution:
    """The solution with its gradients told in another layout, or by another convention for structured or complex variables."""
    problem = solution.problem
    found = tuple(derive(replace(problem, wrt=(name,)), **conventions) for name in solution.primaries)
    same = all(one.result is other.result and one.layout == other.layout for one, other in zip(found, solution.derivations, strict=True))
    return solution if same else replace(solution, told=found)


class Work:
    """One solution on its way."""

    def __init__(self, whole: Bound, derivations: tuple[Derivation, ...], sense: str):
        self.bound, self.derivations, self.sense = whole, derivations, sense
        self.values: dict[Symbol, Term] = {}
        self.isolations: list[Isolation] = []
        self.open: list[Symbol] = []
        self.partial: dict[Symbol, Term] = {}
        self.found: Pencil | None = None
        self.kind = NO_KIND

    def solution(self) -> Solution:
        unknowns: list[Symbol] = [d.problem.wrt[0] for d in self.derivations]  # type: ignore[misc]  # symbols, as was made sure
        gradients = {name: self.gradient(derivation) for name, derivation in zip(unknowns, self.derivations, strict=True)}
        special = len(unknowns) == 1 and self.by_decomposition(unknowns[0], gradients[unknowns[0]])
        if not special:
            for name in unknowns:
                self.solve_for(name, gradients[name])
            self.by_slackness(of_numbers=False)
            self.multipliers()
            self.by_slackness(of_numbers=True)
            self.leave_open()
        kind = kind_of_quadratic(gradients[unknowns[0]], unknowns[0]) if len(unknowns) == 1 and not special else self.kind
        remarks: tuple[Sentence, ...] = ()
        if self.bound.inequalities and kind.name and kind.name != ("maximum" if self.bound.greatest else "minimum"):
            kind, remarks = NO_KIND, (Sentence("the conditions are necessary and not sufficient here, as the function bends the other way"),)
        told = dict.fromkeys(each for isolation in self.isolations for each in isolation.assumptions)
        conditions = [each for each in told if not any(self.goes_without_saying(term) for term in each.terms)]
        impossible = any(self.is_impossible(name, gradients[name]) for name in self.open if name in gradients)
        return Solution(
            self.bound, self.derivations, tuple(self.isolations), self.values, tuple(self.open), kind, tuple(conditions),
            pencil=self.found, partial=self.partial, remarks=remarks, impossible=impossible, newton=None if impossible else self.second_derivatives(),
        )  # fmt: skip

    def second_derivatives(self) -> Derivation | None:
        """The Hessian by the one variable for which there is no closed form; nothing where it cannot be derived."""
        problem = self.bound.problem
        alone = len(self.derivations) == len(self.open) == 1 and not self.bound.duals
        if not alone or not self.isolations[0].start.left.contains(self.open[0]) or self.open[0].shape[1] != ONE:
            return None
        try:
            return derive(replace(problem, wrt=(self.open[0],), order=2))
        except DerivtexError:
            return None

    def goes_without_saying(self, term: Term) -> bool:
        """Whether a condition is about multipliers, which the constraints settle, or about sizes alone."""
        names = [part for part in term.walk() if isinstance(part, Symbol)]
        return any(name in self.bound.duals for name in names) or all(name.has("integer") for name in names)

    def gradient(self, derivation: Derivation) -> Term:
        """The gradient without names for parts of it."""
        bodies = {d.name: d.body for d in (*derivation.let, *derivation.where)}
        result = derivation.result
        for _ in range(len(bodies)):
            result = result.replace(bodies)
        return tidied(opened(result, replace(self.bound.problem, wrt=(*self.bound.problem.wrt, *self.bound.duals))))

    def is_impossible(self, name: Symbol, gradient: Term) -> bool:
        """Whether a gradient has no unknown in it and does not vanish by itself, or vanishes for no value of it."""
        gone = not gradient.contains(name) and not is_zero(gradient)
        return gone or any(isolation.impossible for isolation in self.isolations if isolation.unknown is name)

    def solve_for(self, name: Symbol, left: Term) -> None:
        """Isolate a variable in its equation, with what is known by then put in."""
        left = tidied(left.replace(self.values))
        if not left.contains(name):
            self.isolations.append(Isolation(name, Equation(left, zero(left.shape), name)))
            self.open.append(name)
            return
        self.take(isolated(Equation(left, zero(left.shape), name)))

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
                self.values[other] = settled(known.replace({isolation.unknown: value}))

    def by_slackness(self, of_numbers: bool) -> None:
        """The multipliers of inequalities that the complementary slackness fixes; those of several entries one by one."""
        for term, multiplier in self.bound.inequalities:
            if multiplier.is_scalar != of_numbers:
                continue
            left = settled(term.replace(self.values))
            found = None if any(left.contains(name) for name in self.open) else threshold(left, multiplier)
            if found is None:
                self.open.append(multiplier)
                continue
            self.take(Isolation(multiplier, Equation(multiplier, found.value, multiplier), [], found.assumptions))
            self.values.update({name: with_maxima_shortened(value) for name, value in self.values.items() if name is not multiplier})

    def leave_open(self) -> None:
        """What is known only by multipliers that stay open is open as well."""
        for name in [name for name, value in self.values.items() if any(value.contains(other) for other in self.open)]:
            self.partial[name] = self.values.pop(name)
            self.open.append(name)

    def multipliers(self) -> None:
        """Solve the constraints for the multipliers, in any order that works."""
        waiting = dict(zip(self.bound.multipliers, self.bound.constraints, strict=True))
        for _ in range(len(waiting)):
            for name, constraint in list(waiting.items()):
                left = settled(constraint.replace(self.values))
                if not left.contains(name) or any(left.contains(variable) for variable in self.open):
                    continue
                isolation = isolated(Equation(left, zero(left.shape), name))
                if isolation.solved:
                    del waiting[name]
                    self.take(isolation)
        for name, constraint in waiting.items():
            self.isolations.append(Isolation(name, Equation(constraint, zero(constraint.shape), name)))
            self.open.append(name)

    # Eigenproblems and singular value decompositions.

    def by_decomposition(self, name: Symbol, gradient: Term) -> bool:
        """Whether the gradient is that of an eigenproblem or of a Procrustes problem, which is then solved."""
        constraints = self.bound.constraints
        if len(constraints) == 1 and is_orthogonality(constraints[0], name) and self.procrustes(name, gradient):
            return True
        found = pencil(gradient, name, self.bound.multipliers)
        if found is None or not is_symmetric_pencil(found) or not self.is_normalised(name, found):
            return False
        metric = Identity(name.shape[0]) if found.metric is UNIT else found.metric
        greatest = (self.sense == "max") == (found.sign > 0) if self.sense else found.sign > 0
        vectors = Eigenvectors(found.of, metric, "descending" if greatest else "ascending", name.shape[1])
        self.found, self.values[name] = found, vectors
        self.kind = Kind("maximum" if greatest == (found.sign > 0) else "minimum")
        start = Equation(gradient, zero(gradient.shape), name)
        right = (metric, name) if type(metric) is not Identity else (name,)
        behind = (found.value,) if not found.value.is_scalar or name.is_scalar else ()
        before = (found.value,) if found.value.is_scalar else ()
        collected = Equation(Product((found.of, name)), Product((*before, *right, *behind)), name)
        last = Equation(name, vectors, name)
        steps = [Step(EIGEN, (), start, collected, 1), Step(SPECTRAL, (), collected, last, 2)]
        self.isolations.append(Isolation(name, start, steps))
        return True

    def is_normalised(self, name: Symbol, found: Pencil) -> bool:
        """Whether the constraint, if there is one, is the one that the eigenvectors fulfil."""
        if not self.bound.constraints:
            return found.value.contains(name) and is_scale_free(name, found)
        metric = () if found.metric is UNIT or type(found.metric) is Identity else (found.metric,)
        unit = Number(1) if name.shape[1].integer == 1 else Identity(name.shape[1])
        wanted = tidied(Product((name.T, *metric, name)) - unit)
        return len(self.bound.constraints) == 1 and is_zero(shortened(tidied(self.bound.constraints[0] - wanted)))

    def procrustes(self, name: Symbol, gradient: Term) -> bool:
        """An orthogonal unknown in a gradient that is linear in it: the polar factor of the constant."""
        free = tidied(gradient.replace(dict.fromkeys(self.bound.multipliers, zero(self.bound.multipliers[0].shape))))
        constant = polar_of(free, name)
        if constant is None:
            return False
        negative = self.sense != "max"
        of = shortened(Product((Number(-1), constant))) if negative else constant
        of = without_number(of)
        start = Equation(gradient, zero(gradient.shape), name)
        self.values[name] = OrthogonalFactor(of)
        self.kind = Kind("minimum" if negative else "maximum")
        self.isolations.append(Isolation(name, start, [Step(POLAR, (), start, Equation(name, OrthogonalFactor(of), name), 1)]))
        return True


def without_number(term: Term) -> Term:
    """A matrix without the positive number in front, which its polar factor does not see."""
    value, rest = coefficient(tidied(term))
    return rest if value > 0 else scaled(value / abs(value), rest)


def isolated(start: Equation) -> Isolation:
    """The unknown of an equation isolated by the rules, as far as they go."""
    equation, unknown = Equation(tidied(start.left), tidied(start.right), start.unknown), start.unknown
    found = Isolation(unknown, equation)  # type: ignore[arg-type]  # the unknown is a symbol
    assumptions: dict[Sentence, None] = {}
    seen = {key_of(equation)}
    while len(found.steps) < MOST and not (is_solved(equation) and equation.unknown is unknown):
        used = None if never_holds(equation) else solving.first(equation) or by_roots(equation)
        if used is None:
            break
        rule, new = used
        assert isinstance(new, Equation)
        again = unknown if rule.name == "undo" else new.unknown
        new = Equation(tidied(new.left), settled(new.right), again)
        if key_of(new) in seen:
            break
        seen.add(key_of(new))
        assumptions.update(dict.fromkeys(sentence for name, part in rule.assumes(equation) for sentence in assumed(name, part)))
        words = rule if rule.words is None else replace(rule, reason=rule.words(equation))
        found.steps.append(Step(words, (), equation, new, len(found.steps) + 1))
        equation = new
    return replace(found, assumptions=tuple(assumptions))


def by_roots(equation: Equation) -> tuple[Rule, Equation] | None:
    """The one root of a scalar equation that SymPy finds; the other roots of several are left to be told apart."""
    if not isinstance(equation.unknown, Symbol) or not equation.unknown.is_scalar or not equation.left.is_scalar:
        return None
    found = roots(whole(equation), equation.unknown)
    return (ROOT, Equation(equation.unknown, found[0], equation.unknown)) if len(found) == 1 else None


def settled(term: Term) -> Term:
    """A formula written shortly, numbers taken out of functions of each entry."""
    return shortened(simplified(shortened(simplified(tidied(term), scaling)), forms))


def named(name: str, reason: str, says: str, source: str = "linear algebra") -> Rule:
    """A rule of the solver that no pattern states."""
    return Rule(name, "Solving equations", reason, source, lambda term: None, (), says=says)


EIGEN = named("eigenproblem", "an eigenproblem", r"AX = BX\Lambda")
SPECTRAL = named("spectral theorem", "spectral theorem", r"A = UDU^{T}")
ROOT = named("root", "the root of a scalar equation", r"f(t) = 0", "algebra")
POLAR = named("polar factor", "$Q^{T}C$ is symmetric at a stationary point: singular value decomposition", r"C = UDV^{T}: \quad Q = UV^{T}")
