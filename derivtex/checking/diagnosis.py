"""What is wrong with a line: the single edit of its right side that makes it right, found by trying edits against the numbers.

Values at a few points decide; the edit that passes is then tried like any claim. The search is bounded and always goes the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice
from typing import Any, NamedTuple

from derivtex.calculus.arithmetic import product
from derivtex.checking.claims import NOTHING_MORE, Given, outcome
from derivtex.checking.conditions import sampled
from derivtex.checking.counterexample import Numbers
from derivtex.checking.edits import Edit, edits, factors_in, times
from derivtex.checking.movement import Motion, derivatives, leaf_of, leaves, motions
from derivtex.checking.trials import TOLERANCE
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.errors import DerivtexError
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.operations import Conjugate, Derivative, Differential, Number, Product, Sum, Symbol, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Claim, Problem
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import tidied

MOST_TRIED = 8  # of the edits that pass at a few points; where more do, the points tell nothing
MOST_WITH_DERIVATIVES = 60
POINTS, LARGEST_POOL, LARGEST_DENOMINATOR = 3, 24, 12
TROUBLE = (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError, LookupError, AttributeError)


class Mistake(NamedTuple):
    """The one edit that makes a line right: its kind, the part that is wrong, and what should stand in its place; the right side; and
    a point at which the line was seen to fail. The kind is `other` where no such edit was found. symmetric: the names that would have to be."""

    kind: str
    part: Term | str | None
    repair: Term | None
    whole: Term | None = None
    numbers: Numbers | None = None
    symmetric: tuple[Term, ...] = ()


class Search:
    """Where the mistake in a claim is looked for, and what is assumed there. seen: a few points with the value that its right side should have."""

    def __init__(self, claim: Claim, problem: Problem, given: Given = NOTHING_MORE):
        self.claim, self.problem, self.given = claim, problem, given
        self.motion = motions(claim, problem)[0]

    @cached_property
    def seen(self) -> list[tuple[Point, Any]]:
        with np.errstate(all="ignore"):
            return values_of(self.motion.claim, self.motion, self.problem, self.given)


def mistake_in(search: Search) -> Mistake | None:
    """The single edit that makes a claim right, as it is tried: along a number its derivatives are differentials, which are then written as they
    stood; None where none was found."""
    with np.errstate(all="ignore"):
        found = searched(search)
    stood = {Differential(part.of): part for part in derivatives([search.claim]) if part.by in search.motion.one}
    if found is None or not stood:
        return found
    repair, whole = (each and each.replace(stood) for each in (found.repair, found.whole))
    part = found.part.replace(stood) if isinstance(found.part, Term) else found.part
    return found._replace(part=part, repair=repair, whole=whole)


def searched(search: Search) -> Mistake | None:
    """The first edit that passes, an addend that is missing, or a rule for numbers used for matrices."""
    claim, motion, problem, given, seen = search.motion.claim, search.motion, search.problem, search.given, search.seen
    if not seen:
        return None
    stages = [each.left for each in problem.claims if type(each.left) is Derivative and each.left is not claim.left]
    every = chain(addend_edits(claim.right, seen), edits(claim.right, [*pool_of(claim, motion), *stages]))
    tried = islice(every, MOST_WITH_DERIVATIVES) if claim.right.uses(Derivative) else every  # whose values take long
    likely = (edit for edit in tried if all(agrees(point, left, edit.whole) for point, left in seen))
    for edit in islice(likely, MOST_TRIED):
        if is_right(claim._replace(right=edit.whole), problem, given):
            return Mistake(edit.kind, edit.part, edit.repair, edit.whole)
    return missing_term(claim, problem, seen, given) or scalar_rule(claim, problem, motion, given)


def is_right(claim: Claim, problem: Problem, given: Given) -> bool:
    """Whether a claim with an edit holds, and is about more than zero: zero is left of everything by taking it away."""
    found = outcome(claim, problem, given=given)
    return found.holds and found.heavy


def values_of(claim: Claim, motion: Motion, problem: Problem, given: Given) -> list[tuple[Point, Any]]:
    """A few points with the value that the right side should have there."""
    seen: list[tuple[Point, Any]] = []
    for point in sampled((claim.left, claim.right), motion, problem, given):
        try:
            seen.append((point, np.asarray(point.of(claim.left))))
            point.of(claim.right)
        except TROUBLE:
            continue
        if len(seen) >= POINTS:
            break
    return seen


def agrees(point: Point, left: Any, term: Term) -> bool:
    """Whether a term has a value at a point."""
    try:
        value = np.asarray(point.of(term))
    except TROUBLE:
        return False
    if value.shape != left.shape:
        return False
    return bool(np.max(np.abs(value - left)) <= TOLERANCE * max(np.max(np.abs(value)), np.max(np.abs(left)), 1e-6))


def addend_edits(term: Term, seen: list[tuple[Point, Any]]) -> Iterator[Edit]:
    """Another number in front of the whole, or of one addend: the number that fits best, where it is a simple one at all points."""
    value = common_factor(term, (), seen)
    if value not in (None, 0, 1):
        repair = short(scaled(Fraction(value or 1), term))
        yield Edit("sign" if value == -1 else "factor", term, repair, repair)
    addends = term.terms if type(term) is Sum else ()
    for at, addend in enumerate(addends):
        rest = (*addends[:at], *addends[at + 1 :])
        value = common_factor(addend, rest, seen)
        if value is None or value == 1:
            continue
        if value == 0:
            if rest:
                yield Edit("term", addend, Number(0), Sum(rest) if len(rest) > 1 else rest[0])
            continue
        repair = times(value, addend)
        whole = Sum((*addends[:at], repair, *addends[at + 1 :])) if rest else repair
        yield Edit("sign" if value == -1 else "factor", addend, repair, whole)


def short(term: Term) -> Term:
    """A multiple with its numbers put together, 2·A/(2s) as A/s, where that is shorter."""
    found = tidied(term)
    return found if length(found) < length(term) else term


def scaled(value: Fraction, term: Term) -> Term:
    """A multiple of a term; the negative of a sum addend by addend."""
    if value == -1 and type(term) is Sum:
        return Sum(tuple(times(value, addend) for addend in term.terms))
    return times(value, term)


def common_factor(addend: Term, rest: tuple[Term, ...], seen: list[tuple[Point, Any]]) -> Fraction | None:
    """The simple number c with left = rest + c·addend at all points; None where there is none."""
    found: set[Fraction] = set()
    for point, left in seen:
        try:
            own = np.asarray(point.of(addend))
            wanted = left - sum((np.asarray(point.of(each)) for each in rest), np.zeros(np.shape(left)))
        except TROUBLE:
            return None
        total = np.sum(own * own) if own.shape == wanted.shape else 0.0
        if not total:
            return None
        value = float(np.real(np.sum(own * wanted) / total))
        simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
        if np.max(np.abs(wanted - float(simple) * own)) > TOLERANCE * max(np.max(np.abs(left)), np.max(np.abs(own))):
            return None
        found.add(simple)
    return found.pop() if len(found) == 1 else None


def pool_of(claim: Claim, motion: Motion) -> list[Term]:
    """The factors that may have been lost: those of both sides, and of what their names stand for."""
    bodies = [motion.definitions[part] for side in (claim.left, claim.right) for part in side.walk() if part in motion.definitions]
    found = dict.fromkeys(factors_in([claim.right, claim.left, *bodies]))
    found |= dict.fromkeys(part.T for part in found if isinstance(part, Symbol) and not part.is_scalar)
    return [part for part in found if type(part) is not Derivative][:LARGEST_POOL]


def missing_term(claim: Claim, problem: Problem, seen: list[tuple[Point, Any]], given: Given) -> Mistake | None:
    """The one addend that is missing: a number, or a part of the claim, with a simple number in front."""
    addends = claim.right.terms if type(claim.right) is Sum else (claim.right,)
    candidates: list[Term] = [Number(1)] if claim.right.is_scalar else []
    candidates += [part for side in (claim.right, claim.left) for part in side.walk() if part.shape == claim.right.shape]
    candidates += [part.T for part in candidates if not part.is_scalar and part.shape[0] == part.shape[1]]
    for part in dict.fromkeys(candidates):
        value = common_factor(part, addends, seen)
        if value:
            whole = Sum((*addends, times(value, part)))
            if is_right(claim._replace(right=whole), problem, given):
                return Mistake("term", None, times(value, part), whole)
    return None


def forgotten_in(search: Search, expected: Term) -> Mistake | None:
    """The addend of what is expected that is forgotten on the right side, which is right but for that."""
    addends, right = spread(expected), search.motion.claim.right
    with np.errstate(all="ignore"):
        found = next((each for each in addends if search.seen and common_factor(each, (right,), search.seen) == 1), None)
    return None if found is None else Mistake("term", None, found, expected)


def spread(term: Term) -> tuple[Term, ...]:
    """The addends of a sum, also of one that is transposed, and with factors around it."""
    factors = factors_of(term)
    sums = [at for at, factor in enumerate(factors) if addends_of(factor)]
    if len(sums) != 1:
        return ()
    before, behind = factors[: sums[0]], factors[sums[0] + 1 :]
    return tuple(product((*before, *factors_of(each), *behind)) for each in addends_of(factors[sums[0]]))


def addends_of(term: Term) -> tuple[Term, ...]:
    """The addends of a sum or of the transpose of one; none of anything else."""
    if type(term) is Transpose:
        return tuple(Transpose(each) for each in addends_of(term.of))
    return term.terms if type(term) is Sum else ()


def scalar_rule(claim: Claim, problem: Problem, motion: Motion, given: Given) -> Mistake | None:
    """A rule for numbers used for matrices: the claim holds where all square matrices commute, as diagonal ones do."""
    names = [leaf for side in (claim.left, claim.right) for leaf in leaves(side, motion.definitions)]
    square = [leaf for leaf in names if isinstance(leaf, Symbol) and not leaf.is_scalar and leaf.shape[0] == leaf.shape[1]]
    if not square:
        return None
    needed = needed_symmetric(claim, problem, given, square)
    if needed is not None:
        return Mistake("transpose", None, None, symmetric=needed)
    commuting: dict[Term, tuple[str, ...]] = dict(given)
    commuting.update({leaf: (*given.get(leaf, ()), "diagonal") for leaf in square})
    if outcome(claim, problem, given=commuting).holds and claim.right.uses(Product):
        return Mistake("scalar-rule", claim.right, None)
    return None


def needed_symmetric(claim: Claim, problem: Problem, given: Given, square: list[Symbol]) -> tuple[Term, ...] | None:
    """The matrices that have to be symmetric for the claim to hold, without those that need not be; None where it does not help."""

    def holds(names: list[Symbol]) -> bool:
        return outcome(claim, problem, given={**dict(given), **{name: (*given.get(name, ()), "symmetric") for name in names}}).holds

    needed = list(dict.fromkeys(square))
    if not holds(needed):
        return None
    for name in tuple(needed):
        fewer = [each for each in needed if each is not name]
        needed = fewer if fewer and holds(fewer) else needed
    return tuple(needed)


def expected_right(claim: Claim, problem: Problem) -> Term | None:
    """What the right side of a claim about a derivative should be; None where that is not known."""
    if type(claim.left) is not Derivative:
        return None
    by = leaf_of(claim.left.by) if type(claim.left.by) is Conjugate else claim.left.by
    asked = replace(problem, target=claim.left.of, wrt=(by,), order=2 if claim.left.form == "hessian" else 1)
    try:
        return derive(asked).answer
    except DerivtexError:
        return None
