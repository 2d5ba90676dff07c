r"""Whether the two sides of a claim have equal values, and whether that says anything.

A point counts only if the same claim with its right side spoilt would be refuted there: 0 = 0 confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from derivtex.checking.claimtrials import ClaimTrial
from derivtex.checking.examples import Domain, leaves_of
from derivtex.checking.movement import Motion, motions
from derivtex.checking.pieces import is_in_pieces
from derivtex.checking.trials import NEEDED
from derivtex.checking.values import Point, Unsuitable
from derivtex.checking.verdict import OTHER_SEED, SEED, defined_functions
from derivtex.checking.verdict import run as try_all
from derivtex.core.shapes import size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Index, KroneckerDelta, Number, OpenCurve, Product, Sum, Symbol, Transpose
from derivtex.problem import Claim, Problem

Given = Mapping[Term, tuple[str, ...]]
NOTHING_MORE: Given = {}
SPOILT = 8
MANY_POINTS, FEW_INDICES = 40, 2
ELSEWHERE = 36
NARROW = "where the {} side is real, which the other is elsewhere too"
VOID = "both sides are zero whatever the line says: nothing that the line is about moves"


@dataclass(frozen=True)
class Outcome:
    """What the numbers say of a claim: holds, fails, or neither; layout: which it needs, "" where either does.

    void: whether the sides are equal and would be with other right sides too. heavy: whether they are not just zero.
    """

    holds: bool
    fails: bool
    void: bool = False
    layout: str = ""
    remark: str = ""
    motion: Motion | None = None
    heavy: bool = True


def outcome(
    claim: Claim, problem: Problem, needed: int = NEEDED, given: Given = NOTHING_MORE, tied: Mapping[Term, Term] = {}, reach: str = ""
) -> Outcome:
    """Whether a claim holds under one of the ways in which it may be meant to move; it fails where it does under none.

    tied: names that have the value of a term at each point. reach: where it is tried, far or near, where no other points will do.
    """
    results = []
    problem = with_given_curves(problem, given)
    for motion in motions(claim, problem):
        results.append(tried(motion._replace(frozen={**motion.frozen, **tied, **dict(claim.at)}, reach=reach), problem, needed, given))
        if results[-1].holds:
            return results[-1]
    undecided = [each for each in results if not each.fails]
    return undecided[0] if undecided else results[0]


def with_given_curves(problem: Problem, given: Given) -> Problem:
    """The problem in which what depends on a number in an open way has the properties that are given of it, all along."""
    curves = [each for each in problem.definitions if type(each.body) is OpenCurve and each.name in given]
    known = {each: each._replace(body=each.body.with_properties(given[each.name])) for each in curves}
    return replace(problem, definitions=tuple(known.get(each, each) for each in problem.definitions)) if known else problem


def tried(motion: Motion, problem: Problem, needed: int, given: Given) -> Outcome:
    """The outcome of one way to move, in the usual layout and in the other."""
    left, right = motion.claim.left, motion.claim.right
    needed = MANY_POINTS if mostly_zero(left, right) else needed
    turns = type(left) is Derivative and left.form in ("gradient", "jacobian", "vec")
    trials = [ClaimTrial.of(left, right, needed), *([ClaimTrial.of(left, Transpose(right), needed)] if turns else [])]
    run(trials, motion, problem, given)
    for trial in trials:
        look_further(trial, motion, problem, given)
    good = [trial.certificate.confirmed for trial in trials]
    if any(good):
        trial = trials[good.index(True)]
        layout = "" if not turns or all(good) else ("denominator" if good[0] else "numerator")
        if trial.heavy or says_something(motion, problem, given):
            remark = NARROW.format(trial.narrow) if trial.narrow else ""
            return Outcome(True, False, layout=layout, remark=remark, motion=motion, heavy=trial.heavy > 0)
        return Outcome(False, False, void=True, remark=VOID, motion=motion)
    if trials[0].failed or left.shape != right.shape:
        return Outcome(False, True, motion=motion)
    return Outcome(False, False, remark=trials[0].certificate.remark, motion=motion)


def look_further(trial: ClaimTrial, motion: Motion, problem: Problem, given: Given) -> None:
    """Refute a claim that held, where others end: far away, if it is made of pieces; by its last digits, if it holds to all of them nowhere."""
    if trial.certificate.confirmed and is_in_pieces(motion) and not motion.reach:
        far = trial.anew(ELSEWHERE)
        run([far], motion._replace(reach="far"), problem, given)
        trial.refuted, trial.narrow = far.refuted if far.accused else 0, trial.narrow or far.narrow
    if trial.is_near and not trial.refuted:
        again = trial.anew()
        run([again], motion, problem, given, OTHER_SEED)
        trial.refuted = again.near if again.is_near else 0


def mostly_zero(left: Term, right: Term) -> bool:
    """Whether a claim has deltas of several indices, so that it is 0 = 0 at most points."""
    parts = {part for side in (left, right) for part in side.walk()}
    return any(type(part) is KroneckerDelta for part in parts) and sum(type(part) is Index for part in parts) > FEW_INDICES


def run(trials: list[Any], motion: Motion, problem: Problem, given: Given = NOTHING_MORE, seed: int = SEED) -> None:
    """Try all at the same points until each has been confirmed or refuted."""

    def prepare(point: Point) -> None:
        if not all(is_there(point, *each) for each in motion.claim.where):
            raise Unsuitable("other indices are spoken of")
        point.increments.update({leaf: 1.0 for leaf in motion.one if leaf in point.increments})
        for name, term in motion.frozen.items():
            point.values[name] = point.of(term)

    try_all(trials, domain_of((motion.claim.left, motion.claim.right), motion, problem, given), seed, prepare=prepare)


def is_there(point: Point, left: str, relation: str, right: str) -> bool:
    """Whether the indices of a point are as a claim says of them."""
    at = {index.name: value for index, value in point.indices.items()}
    return left not in at or right not in at or (at[left] == at[right]) == (relation == "=")


def domain_of(terms: tuple[Term, ...], motion: Motion, problem: Problem, given: Given) -> Domain:
    """Where a claim is tried."""
    functions = defined_functions(problem)
    terms = (*terms, *motion.frozen.values())
    return Domain(leaves_of(terms, motion.definitions, functions), motion.moving, motion.definitions, functions, given, reach=motion.reach)


def says_something(motion: Motion, problem: Problem, given: Given) -> bool:
    """Whether a claim whose right side is zero would fail with another term in it."""
    for left, right in spoilt(motion.claim.left, motion.claim.right):
        trial = ClaimTrial.of(left, right, 1)
        run([trial], motion._replace(claim=motion.claim._replace(left=left, right=right)), problem, given)
        if trial.failed:
            return True
    return False


def spoilt(left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    """The sides with three times one term of a sum in one of them, or with something added to a part of what is differentiated."""
    made = 0
    for at, side in enumerate((left, right)):
        for part in side.walk():
            if type(part) is Sum and made < SPOILT:
                made += 1
                changed = side.replace({part: Sum((Product((Number(3), part.terms[0])), *part.terms[1:]))})
                yield (changed, right) if at == 0 else (left, changed)
    if type(left) is Derivative:
        inner = [part for part in left.of.walk() if part is not left.of and part is not left.by and part.contains(left.by) and not part.is_scalar]
        for part in inner[:SPOILT]:
            other = Symbol(rf"\Delta {part.shape[0]}", "matrix", part.shape, ("constant",), None)
            yield Derivative(left.of.replace({part: Sum((part, other))}), left.by, left.form, left.rows, left.columns), right


def difference_of(claim: Claim) -> str:
    """In what the sides differ."""
    if claim.left.shape == claim.right.shape:
        return "the two sides have different values"
    return f"the left is {size_text(claim.left.shape)} and the right {size_text(claim.right.shape)}"
