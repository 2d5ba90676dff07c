"""A trial: pairs of values that should be equal, tried at one point after the other.

A point counts only where no would have been possible. It says nothing where both sides vanish because nothing moves or everything is
too small, and no more than one point with a size of 1 counts. An addend has to be large enough at some point for its loss to be
noticed. A difference counts against the pairs only where it stays with much finer steps; accused is who fails so at two points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from derivtex.checking.differences import largest
from derivtex.checking.magnitudes import is_exact_zero, is_plainly_zero, magnitude, magnitudes_of
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term, Terms
from derivtex.operations import Differential, Sum
from derivtex.steps import Certificate

TOLERANCE, ROUGH = 1e-6, 1e-5
NOISE = 5e-6
NEEDED, EVERYWHERE = 3, 12
DROWNED, STEADY, VANISHED = 1e-4, 0.3, 1e-10
SMALL, ROUNDED = 1e-6, 1e-11
FINER = 1 / 16
INFINITE = float("inf")
NOWHERE = "no point was found at which it could be tried"
NOT_KNOWN = "no point was found at which both sides are known well enough"
VANISHES = "both sides are zero, or as good as zero, wherever it was tried"
DROWNS = "a part was nowhere large enough beside the others to be seen"
UNDECIDED = "the two sides differ at some points, but not for sure"


class Addend(NamedTuple):
    """An addend of a side: itself, its value, that of the whole, and how large it is where nothing cancels in it."""

    term: Term
    value: Any
    whole: Any
    magnitude: Callable[[], float]


class Pair(NamedTuple):
    """Two values that should be equal; how large each is where nothing cancels; the addends; and whether zero shows in the terms themselves.

    said: what they say, where that has been found.
    """

    left: Any
    right: Any
    magnitudes: Callable[[], tuple[float, float]]
    addends: tuple[Addend, ...] = ()
    are_plainly_zero: Callable[[], bool] = bool
    said: Finding | None = None


class Finding(NamedTuple):
    """What one pair says at a point: how far its sides are apart relative to their size, and by how much.

    telling: whether another right side would have differed. vanishes: whether both sides are zero although what they are made of is not.
    sure: whether much finer steps say the same.
    """

    error: float
    gap: Any
    telling: bool
    vanishes: bool = False
    sure: bool = False


Sides = Callable[[Point], list[Pair]]


@dataclass
class Trial:
    """Pairs that should be equal, and what became of them so far.

    sides: the pairs at a point. held: at how many points they agreed. told: for each pair whether that meant something at one of them;
    vanished: for each pair at how many both sides were zero, which means something where they are so everywhere. unclear: whether they
    were not known well enough somewhere. refuted: at how many points they differed for sure. error: the largest relative difference.
    """

    sides: Sides
    needed: int = NEEDED
    held: int = 0
    told: dict[tuple[int, int], bool] = field(default_factory=dict)
    vanished: Counter[tuple[int, int]] = field(default_factory=Counter)
    unclear: bool = False
    refuted: int = 0
    error: float = 0.0
    hopeless: bool = False
    doubtful: bool = False
    remark: str = NOWHERE
    seen: dict[Term, bool] = field(default_factory=dict)
    small: bool = False  # whether a point with a size of 1 has counted

    @property
    def open(self) -> bool:
        return not (self.hopeless or self.accused or self.settled)

    @property
    def accused(self) -> bool:
        """Whether it differed for sure at two points."""
        return self.refuted >= 2

    @property
    def settled(self) -> bool:
        """Whether it agreed at as many points as are needed, and each addend was seen."""
        return self.held >= self.needed and self.says_something and all(self.seen.values()) and not self.refuted

    @property
    def says_something(self) -> bool:
        """Whether other right sides would not have agreed: at a point at least, or because zero is the value everywhere.

        A formula may be compared in parts at some points and as a whole at others: it is enough that one of the two says something.
        """
        settled = {key: told or (self.vanished[key] >= EVERYWHERE and not self.unclear) for key, told in self.told.items()}
        return any(all(good for (count, _), good in settled.items() if count == parts) for parts in {count for count, _ in settled})

    @property
    def failed(self) -> bool:
        return self.accused

    def at(self, point: Point) -> None:
        """Try the pairs at a point."""
        if point.has_size_one and self.small:
            return
        try:
            pairs = self.sides(point)
            found = [pair.said or finding(pair) for pair in pairs]
            if any(each.error > TOLERANCE for each in found):
                found = looked_at_again(found, self.sides(point.stepping(FINER)))
            self.judge(found, pairs, point)
        except Unsuitable as reason:
            self.remark = f"no point was found at which both sides have a value: {reason}"
        except (RecursionError, MemoryError):
            self.hopeless, self.remark = True, "it is too large, or nested too deeply, to be evaluated"
        except (NoValue, LookupError, NotImplementedError) as reason:
            self.hopeless, self.remark = True, f"it could not be evaluated: {reason}"
        except (ValueError, TypeError, ArithmeticError, AttributeError) as reason:
            self.remark = f"it could not be evaluated: {reason}"

    def judge(self, found: list[Finding], pairs: list[Pair], point: Point) -> None:
        """Count a point for or against the pairs, or not at all."""
        worst = max(found, key=lambda each: each.error, default=Finding(0.0, 0.0, True))
        if any(each.error != each.error for each in found):
            self.remark, self.unclear = NOT_KNOWN, True
        elif worst.error > TOLERANCE:
            self.doubtful = self.doubtful or worst.error > ROUGH
            self.remark = UNDECIDED if self.doubtful else NOT_KNOWN
            if worst.error > ROUGH and worst.sure:
                self.refuted += 1
                self.error = max(self.error, worst.error)
        else:
            self.error = self.error if self.refuted else max(self.error, worst.error)
            self.held += 1
            for number, each in enumerate(found):
                key = len(found), number
                self.told[key] = self.told.get(key, False) or each.telling
                self.vanished[key] += each.vanishes
            self.small = self.small or point.has_size_one
            for each, pair in zip(found, pairs, strict=True):
                self.look_for_addends(pair, NOISE * max(pair.magnitudes()) if each.vanishes else 0.0)

    def look_for_addends(self, pair: Pair, noise: float) -> None:
        """Note which addends are large enough beside the whole and its noise; one that is zero, but for rounding, is none."""
        for addend in (addend for addend in pair.addends if not self.seen.get(addend.term)):
            own = size_of(addend.value)
            if own >= max(DROWNED * size_of(addend.whole), noise):
                self.seen[addend.term] = True
            elif own > ROUNDED * addend.magnitude():
                self.seen[addend.term] = False

    @property
    def certificate(self) -> Certificate:
        if self.accused:
            return Certificate(False, self.error, "the two sides have different values", refuted=True)
        confirmed = self.settled
        remark = "" if confirmed else self.remark
        if not confirmed and self.held >= self.needed and not self.doubtful:
            remark = DROWNS if self.says_something else VANISHES
        return Certificate(confirmed, self.error if self.held else float("nan"), remark)

    def anew(self) -> Trial:
        """The same pairs, not yet tried."""
        return Trial(self.sides, self.needed)


def finding(pair: Pair) -> Finding:
    """What a pair says, by itself."""
    left, right = pair.left, pair.right
    if getattr(left, "shape", ()) != getattr(right, "shape", ()):
        return Finding(float("inf"), float("inf"), True, sure=True)
    gap = left - right
    off, size = size_of(gap), max(size_of(left), size_of(right))
    if off <= TOLERANCE * size and size > SMALL:
        return Finding(off / size, gap, True)
    if not size and pair.are_plainly_zero():
        return Finding(0.0, gap, True)
    magnitudes = pair.magnitudes()
    if size and size >= NOISE * max(magnitudes):
        return Finding(off / size, gap, True)
    if all(size_of(side) <= VANISHED * own for side, own in zip((left, right), magnitudes, strict=True)):
        return Finding(0.0, gap, False, vanishes=max(magnitudes) > 0)
    return Finding(float("nan"), gap, False)  # one side is hidden by the noise of the other


def looked_at_again(found: list[Finding], pairs: Iterable[Pair]) -> list[Finding]:
    """What the pairs say with much finer steps, and whether it is what they said before."""
    result = []
    for before, after in zip(found, map(finding, pairs), strict=True):
        result.append(after._replace(sure=after.sure or is_steady(before, after)) if before.error > TOLERANCE else before)
    return result


def is_steady(before: Finding, after: Finding) -> bool:
    """Whether two findings at a point, with other steps, say the same."""
    return np.shape(before.gap) == np.shape(after.gap) and size_of(np.subtract(before.gap, after.gap)) <= STEADY * size_of(after.gap)


def size_of(value: Any) -> float:
    """The largest absolute value of an entry; infinite where one is not finite."""
    size = largest(value)
    return size if size < INFINITE else INFINITE


def pair_of(point: Point, before: Term, after: Term) -> Pair:
    """The values of two terms."""
    left, right = point.of(before), point.of(after)
    addends = (*addends_of(point, before), *addends_of(point, after))
    is_zero = partial(are_plainly_zero, point, (before, after))
    return Pair(left, right, lambda: magnitudes_of(point, before, after), addends, is_zero)


def are_plainly_zero(point: Point, terms: Iterable[Term]) -> bool:
    return all(is_plainly_zero(point, term) for term in terms)


def addends_of(point: Point, term: Term) -> tuple[Addend, ...]:
    """The addends of a sum, of what a name stands for that is one, and of the differential of one."""
    parts, whole = summands(point, term), point.of(term)
    return tuple(Addend(part, point.of(part), whole, partial(magnitude, point, part)) for part in parts if not is_exact_zero(part))


def summands(point: Point, term: Term) -> Terms:
    if term in point.definitions:
        return summands(point, point.definitions[term])
    if type(term) is Differential and term.of not in point.increments:
        return tuple(map(Differential, summands(point, term.of)))
    return term.terms if type(term) is Sum else ()


def equality(before: Term, after: Term, needed: int = NEEDED) -> Trial:
    """The trial whether two terms have equal values, at as many points as are needed."""
    return Trial(lambda point: [pair_of(point, before, after)], needed)
