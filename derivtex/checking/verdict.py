"""What the numbers say of a derivation: a certificate for each step and one for the result.

A step is confirmed where its formulas before and after have equal values at several points, drawn from the declared domain with
different sizes. The result is confirmed where it gives the differential of the original function, taken from its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.results import sides_of_result
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.problem import Problem
from derivtex.steps import Certificate, Chain, Derivation

TOLERANCE, ROUGH = 1e-6, 1e-5
NOISE = 1e-5
NEEDED = 3
Sides = Callable[[Point], list[tuple[Any, Any]]]


@dataclass
class Trial:
    """Pairs that should be equal, and what became of them so far.

    sides: the pairs of values at a point. held: at how many points they agreed. error: the largest relative difference.
    rough: from what difference on the sides count as different. Differences are less well known where values change fast: between
    the tolerance and that a point says nothing.
    """

    sides: Sides
    needed: int = NEEDED
    held: int = 0
    error: float = 0.0
    failed: bool = False
    hopeless: bool = False
    remark: str = "no point was found at which it could be tried"
    rough: float = ROUGH

    @property
    def open(self) -> bool:
        return not (self.failed or self.hopeless or self.held >= self.needed)

    def at(self, point: Point) -> None:
        """Try the pairs at a point."""
        try:
            errors = [relative_error(left, right, NOISE * point.largest) for left, right in self.sides(point)]
        except Unsuitable as reason:
            self.remark = f"no point was found at which both sides have a value: {reason}"
        except (NoValue, LookupError, NotImplementedError, RecursionError, MemoryError) as reason:
            self.hopeless, self.remark = True, f"it could not be evaluated: {reason}"
        except (ValueError, TypeError, ArithmeticError, AttributeError) as reason:
            self.remark = f"it could not be evaluated: {reason}"
        else:
            self.judge(max(errors, default=0.0))

    def judge(self, error: float) -> None:
        """Count a point for or against the pairs, or not at all."""
        if not (error <= TOLERANCE or error > self.rough):
            self.remark = "no point was found at which both sides are known well enough"
            return
        self.error = max(self.error, error)
        self.failed = not error <= TOLERANCE
        self.held += not self.failed

    @property
    def certificate(self) -> Certificate:
        if self.failed:
            return Certificate(False, self.error, "the two sides have different values", refuted=True)
        confirmed = self.held >= self.needed
        return Certificate(confirmed, self.error if self.held else float("nan"), "" if confirmed else self.remark)


def relative_error(left: Any, right: Any, noise: float) -> float:
    """The largest difference of two values relative to their size; infinite when they differ in shape."""
    if np.shape(left) != np.shape(right):
        return float("inf")
    size = max(float(np.max(np.abs(left))), float(np.max(np.abs(right))), noise)
    return float(np.max(np.abs(np.subtract(left, right)))) / size if size else 0.0


def equality(before: Term, after: Term, needed: int = NEEDED) -> Trial:
    """The trial whether two terms have equal values, at as many points as are needed."""
    return Trial(lambda point: [(point.of(before), point.of(after))], needed)


def run(trials: Iterable[Trial], domain: Domain, seed: int = 20) -> None:
    """Try all at the same points until each has been confirmed or refuted."""
    waiting = list(trials)
    with np.errstate(all="ignore"):
        for point in points(domain, seed):
            waiting = [trial for trial in waiting if trial.open]
            if not waiting:
                return
            for trial in waiting:
                trial.at(point)


def confirm(derivation: Derivation) -> Derivation:
    """The derivation with the certificates of its steps and the verdict on its result.

    A name may stand for what loses digits, as the inverse of nearly singular matrices: what the numbers do not confirm with derivtex's
    own names is told without them, where it is confirmed so.
    """
    found = tried(derivation)
    if found.confirmed or derivation.unnamed is None:
        return found
    plain = tried(derivation.unnamed)
    return plain if plain.confirmed or (found.refutation and not plain.refutation) else found


def tried(derivation: Derivation) -> Derivation:
    """The derivation with its certificates and verdict."""
    domain = domain_of(derivation)
    steps = [[equality(step.before, step.after) for step in chain.steps] for chain in derivation.chains]
    starts = [equality(before, after) for chain in derivation.chains for before, after in joints(chain)]
    starts += [] if derivation.opened is None else [equality(derivation.opened, derivation.result)]
    result = Trial(lambda point: sides_of_result(derivation, point))
    trials = [*(trial for chain in steps for trial in chain), *starts, result]
    run(trials, domain)
    certificates = tuple(tuple(trial.certificate for trial in chain) for chain in steps)
    return replace(derivation, certificates=certificates, verdict=verdict_on(starts, result))


def joints(chain: Chain) -> list[tuple[Term, Term]]:
    """What must be equal besides the sides of each step: the left and the start, one step's end and the next's beginning."""
    ends = [chain.left, chain.start, *(step.after for step in chain.steps)]
    begins = [chain.start, *(step.before for step in chain.steps)]
    return [(end, begin) for end, begin in zip(ends, begins, strict=False) if end is not begin]


def verdict_on(starts: list[Trial], result: Trial) -> Certificate:
    """The result's certificate, unless a chain starts with something else than what it is about, or is broken."""
    if any(start.failed for start in starts):
        return Certificate(False, max(start.error for start in starts), "the formulas of a chain do not join", refuted=True)
    return result.certificate


def domain_of(derivation: Derivation) -> Domain:
    """Where the points for a derivation are to be drawn."""
    problem = derivation.problem
    definitions = all_definitions(derivation)
    functions = defined_functions(problem)
    terms = [problem.target, derivation.result, derivation.answer, *problem.wrt]
    for chain in derivation.chains:
        terms += [chain.left, chain.start, *(formula for step in chain.steps for formula in (step.before, step.after))]
    turn = {"real": 1.0, "imag": 1j}.get(derivation.complex)
    leaves = leaves_of(terms, definitions, functions)
    return Domain(leaves, problem.wrt, definitions, functions, free=derivation.structure == "ignore", turn=turn)


def all_definitions(derivation: Derivation) -> dict[Term, Term]:
    """What each defined name stands for: the author's names and derivtex's own."""
    return {d.name: d.body for d in (*derivation.problem.definitions, *derivation.let, *derivation.where)}


def defined_functions(problem: Problem) -> dict[str, tuple[Term, Term]]:
    """The functions that the source defines, as argument and body."""
    return {name: (function.argument, function.body) for name, function in problem.functions.items()}
