"""What the numbers say of a derivation: a certificate for each step and one for the result.

A step is confirmed where its formulas before and after have equal values at several points, drawn from the declared domain with
different sizes. The result is confirmed where it gives the differential of the original function, taken from its values. Points
that violate what the derivation itself assumes do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from derivtex.checking.assumptions import are_met
from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.results import sides_of_result
from derivtex.checking.trials import NEEDED, TOLERANCE, Pair, Trial, equality, finding, pair_of
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, FixedPoint
from derivtex.problem import Problem
from derivtex.steps import Certificate, Chain, Derivation, Sentence, Step

__all__ = ["NEEDED", "Trial", "confirm", "defined_functions", "equality", "run"]
SEED, OTHER_SEED = 20, 21
Preparation = Callable[[Point], None]


def as_drawn(point: Point) -> None:
    """Leave a point as it is."""


def run(trials: Iterable[Trial], domain: Domain, seed: int = SEED, assumed: Iterable[Sentence] = (), prepare: Preparation = as_drawn) -> None:
    """Try all at the same points until each has been confirmed or refuted; nothing is refuted by points of one seed alone.

    assumed: what a point has to keep. prepare: what is done to each point before it is used; where it
    raises Unsuitable, the point is passed over.
    """
    trials, assumed = list(trials), tuple(assumed)
    go_through(trials, domain, seed, assumed, prepare)
    accused = {number: trial.anew() for number, trial in enumerate(trials) if trial.accused}
    go_through(accused.values(), domain, seed + OTHER_SEED, assumed, prepare)
    for number, again in accused.items():
        if not again.refuted:
            trials[number].refuted = 1


def go_through(trials: Iterable[Trial], domain: Domain, seed: int, assumed: tuple[Sentence, ...], prepare: Preparation) -> None:
    """Try trials at the points of a seed as long as they are open."""
    waiting = list(trials)
    if not waiting:
        return
    with np.errstate(all="ignore"):
        for point in points(domain, seed):
            try:
                prepare(point)
            except Unsuitable:
                continue
            if not are_met(assumed, point):
                continue
            for trial in waiting:
                trial.at(point)
            waiting = [trial for trial in waiting if trial.open]
            if not waiting:
                return


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
    steps = [[trial_of(step) for step in chain.steps] for chain in derivation.recorded]
    starts = [equality(before, after) for chain in derivation.chains for before, after in joints(chain)]
    starts += [equality(end, begin) for end, begin in ends(derivation)]
    result = Trial(lambda point: sides_of_result(derivation, point))
    trials = [*(trial for chain in steps for trial in chain), *starts, result]
    run(trials, domain, assumed=derivation.assumptions)
    certificates = tuple(tuple(trial.certificate for trial in chain) for chain in steps)
    return replace(derivation, certificates=certificates, verdict=verdict_on(starts, result))


def trial_of(step: Step) -> Trial:
    """The trial of a step: where it changed the formula, or of the whole where the parts alone are not equal.

    What holds of the parts holds of the whole, where a large neighbour could hide that it does not.
    """
    whole = step.before, step.after
    parts = tuple(differences(*whole))
    if parts in ((), (whole,)):
        return equality(*whole)

    def sides(point: Point) -> list[Pair]:
        try:
            pairs = [pair_of(point, *part) for part in parts]
        except (NoValue, LookupError):
            return [pair_of(point, *whole)]
        found = [finding(pair) for pair in pairs]
        if any(each.error > TOLERANCE for each in found):
            return [pair_of(point, *whole)]
        return [pair._replace(said=each) for pair, each in zip(pairs, found, strict=True)]

    return Trial(sides)


def differences(before: Term, after: Term) -> Iterator[tuple[Term, Term]]:
    """The smallest parts at one place in which two terms differ; of a differential the whole, whose value is no function of its part's."""
    if before is after:
        return
    alike = type(before) is type(after) and len(before.children) == len(after.children) and after.rebuild(before.children) is before
    if alike and before.children and not isinstance(before, (Differential, Derivative, FixedPoint)):
        for pair in zip(before.children, after.children, strict=True):
            yield from differences(*pair)
    else:
        yield before, after


def joints(chain: Chain) -> list[tuple[Term, Term]]:
    """What must be equal besides the sides of each step: the left and the start, one step's end and the next's beginning."""
    ends = [chain.left, chain.start, *(step.after for step in chain.steps)]
    begins = [chain.start, *(step.before for step in chain.steps)]
    return [(end, begin) for end, begin in zip(ends, begins, strict=False) if end is not begin]


def ends(derivation: Derivation) -> list[tuple[Term, Term]]:
    """What must be equal: the end of what was read off and the result, and the result and what it is without derivtex's names."""
    pairs = [(derivation.read_off.end, derivation.result)] if derivation.read_off else []
    chain = derivation.without_names
    pairs += [(derivation.result, chain.start), (chain.end, derivation.answer)] if chain else []
    return [(end, begin) for end, begin in pairs if end is not begin]


def verdict_on(starts: list[Trial], result: Trial) -> Certificate:
    """The result's certificate, unless a chain starts with something else than what it is about, or is broken."""
    if any(start.failed for start in starts):
        return Certificate(False, max(start.error for start in starts), "the formulas of a chain do not join", refuted=True)
    return next((start.certificate for start in starts if not start.settled), result.certificate)


def domain_of(derivation: Derivation) -> Domain:
    """Where the points for a derivation are to be drawn."""
    problem = derivation.problem
    definitions = all_definitions(derivation)
    functions = defined_functions(problem)
    terms = [problem.target, derivation.result, derivation.answer, *problem.wrt]
    terms += [chain.left for chain in derivation.chains]
    for chain in derivation.recorded:
        terms += [chain.start, *(formula for step in chain.steps for formula in (step.before, step.after))]
    turn = {"real": 1.0, "imag": 1j}.get(derivation.complex)
    leaves = leaves_of(terms, definitions, functions)
    return Domain(leaves, problem.wrt, definitions, functions, free=derivation.structure == "ignore", turn=turn)


def all_definitions(derivation: Derivation) -> dict[Term, Term]:
    """What each defined name stands for: the author's names and derivtex's own."""
    return {d.name: d.body for d in (*derivation.problem.definitions, *derivation.let, *derivation.where)}


def defined_functions(problem: Problem) -> dict[str, tuple[Term, Term]]:
    """The functions that the source defines, as argument and body."""
    return {name: (function.argument, function.body) for name, function in problem.functions.items()}
