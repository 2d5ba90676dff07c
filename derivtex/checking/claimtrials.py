"""The trial of a claim: beside whether its sides agree, how much that says.

Sides that agree to seven digits at every point, and to no more at any, are two things that are near: 2.000001 and 2. Where only one side
has a real value no point counts, and that is told.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from derivtex.checking.differences import Undefined
from derivtex.checking.slopes import slopes
from derivtex.checking.trials import NEEDED, ROUGH, Finding, Pair, Trial, finding, is_steady, pair_of, size_of
from derivtex.checking.values import Point, Unsuitable, np
from derivtex.core.terms import Term, Terms
from derivtex.operations import Derivative, Differential

NOTHING = 1e-9
NEAR = 1e-9
OTHER_STEPS = 4.0, 0.25


@dataclass
class ClaimTrial(Trial):
    """The trial of a claim.

    heavy: at how many points its right side was not zero. near: at how many its sides agreed, but not to the digits that the numbers have;
    exact: at how many they did. narrow: the side that has no real value at points at which the other has one.
    """

    terms: Terms = ()
    heavy: int = 0
    near: int = 0
    exact: int = 0
    narrow: str = ""

    @classmethod
    def of(cls, left: Term, right: Term, needed: int = NEEDED) -> ClaimTrial:
        trial = cls(lambda point: [], needed, terms=(left, right))
        trial.sides = trial.values
        return trial

    def anew(self, needed: int = 0) -> ClaimTrial:
        left, right = self.terms
        return ClaimTrial.of(left, right, needed or self.needed)

    @property
    def is_near(self) -> bool:
        """Whether the sides agreed nowhere to the last digit, and everywhere but for the same."""
        return self.near >= NEEDED and not self.exact

    def values(self, point: Point) -> list[Pair]:
        """The two sides at a point; Unsuitable where they are not real."""
        left, right = self.terms
        try:
            pair = (slopes(point, left, right) if type(left) is Derivative else None) or pair_of(point, left, right)
            refuse_branches(point, pair.left, pair.right)
        except Undefined:
            self.narrow = self.narrow or undefined_side(point, left, right)
            raise
        self.heavy += size_of(pair.right) > NOTHING * max(pair.magnitudes())
        return [pair]

    def judge(self, found: list[Finding], pairs: list[Pair], point: Point) -> None:
        super().judge(found, pairs, point)
        if found[0].error <= ROUGH and found[0].telling and size_of(pairs[0].right):
            self.exact += found[0].error <= NEAR
            self.near += found[0].error > NEAR and (found[0].sure or self.is_seen_again(found[0], point))

    def is_seen_again(self, found: Finding, point: Point) -> bool:
        """Whether other steps say the same of a small difference."""
        for times in OTHER_STEPS:
            with suppress(Unsuitable):
                if is_steady(found, finding(*self.values(point.stepping(times)))):
                    return True
        return False


def refuse_branches(point: Point, *values: Any) -> None:
    """Raise Undefined where real values give complex ones: which branch of a logarithm or root is meant is then not told."""
    if any(map(np.iscomplexobj, point.values.values())):
        return
    for value in values:
        if np.iscomplexobj(value) and np.max(np.abs(np.imag(value))) > NOTHING * max(1.0, size_of(value)):
            raise Undefined("a logarithm or root is not real there")


def undefined_side(point: Point, left: Term, right: Term) -> str:
    """The one side of an identity that has no real value at a point; nothing where it is both, or they are about a change."""
    if any(side.uses(Derivative, Differential) for side in (left, right)):
        return ""
    found = [name for name, side in (("left", left), ("right", right)) if is_undefined(point, side)]
    return found[0] if len(found) == 1 else ""


def is_undefined(point: Point, side: Term) -> bool:
    try:
        refuse_branches(point, point.of(side))
    except Undefined:
        return True
    except Unsuitable:
        return False
    return False
