"""Claims with written decimals: 0.6667 for 2/3 is right to the digits that are written, 2.000001 for 2 is not, nor is 2.00000000001.

What is written to more digits than differences tell is decided by the difference of the sides as a term, in which equal terms have merged
with exact numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from derivtex.checking.claims import NOTHING_MORE, Given
from derivtex.checking.conditions import sampled
from derivtex.checking.diagnosis import expected_right
from derivtex.checking.magnitudes import is_exact_zero, magnitude
from derivtex.checking.movement import motions
from derivtex.checking.trials import NEEDED, TOLERANCE, size_of
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Number, Product, Sum
from derivtex.problem import Claim, Problem
from derivtex.simplification.engine import tidied

FEWEST = 3  # digits of a decimal that may be rounded: of 0.5 nobody means anything between 0.45 and 0.55
TOLD = 8  # digits that the numbers tell
FINE = 0.01
SLACK = 1 + 1e-6
TROUBLE = (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError)
BEYOND = f"it is written to more digits than the {TOLD} that the numbers tell"


def numbers_of(claim: Claim) -> Iterator[Number]:
    """The numbers that stand in a claim itself."""
    yield from dict.fromkeys(part for side in (claim.left, claim.right) for part in side.walk() if type(part) is Number)


def digits(value: Fraction) -> int:
    """How many digits a number takes, without zeros at its ends: of a fraction the longer of its two numbers."""
    written = decimal(value)
    if written is not None:
        return len(written.as_tuple().digits)
    return max(len(str(abs(part))) for part in (value.numerator, value.denominator))


def decimal(value: Fraction) -> Decimal | None:
    """A number as the shortest decimal that is equal to it; None where there is none of a usual length."""
    found = (Decimal(value.numerator) / value.denominator).normalize()
    return found if Fraction(found) == value else None


def rounded(claim: Claim) -> dict[Number, Number]:
    """The decimals of a claim that may be rounded, each with what is half a unit of its last digit larger."""
    found = {}
    for number in numbers_of(claim):
        written = decimal(number.value)
        if written is None or digits(number.value) < FEWEST or f"{abs(written):f}".lstrip("0") not in claim.latex:
            continue
        exponent = written.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            found[number] = Number(number.value + Fraction(10) ** exponent / 2)
    return found


def holds_when_rounded(claim: Claim, problem: Problem, given: Given = NOTHING_MORE) -> str:
    """Which decimals have to be rounded for a claim to hold, as a sentence; nothing where it does not hold, or there are none."""
    others = rounded(claim)
    motion = motions(claim, problem)[0]
    left, right = motion.claim.left, motion.claim.right
    shifted = [tuple(side.replace({number: other}) for side in (left, right)) for number, other in others.items()]
    held = 0
    for point in sampled((left, right, *others.values()), motion, problem, given) if others else ():
        try:
            within = is_within(point, (left, right), shifted)
        except TROUBLE:
            continue
        if not within:
            return ""
        held += 1
        if held == NEEDED:
            return f"{' and '.join(f'{decimal(number.value):f}' for number in others)} {'is' if len(others) == 1 else 'are'} rounded"
    return ""


def is_within(point: Point, sides: tuple[Term, Term], shifted: Iterable[tuple[Term, ...]]) -> bool:
    """Whether two sides differ by no more than half a unit of the last digits of their decimals makes, which is little."""
    values = [point.of(side) for side in sides]
    reach: Any = 0.0
    for others in shifted:
        for value, other in zip(values, others, strict=True):
            reach = reach + abs(point.of(other) - value)
    size = max(map(size_of, values))
    return bool(np.all(abs(values[0] - values[1]) <= SLACK * reach + TOLERANCE * FINE * size)) and size_of(reach) <= FINE * size


def is_written_beyond(claim: Claim) -> bool:
    """Whether a number in a claim has more digits than the values of its sides."""
    return any(digits(number.value) > TOLD for number in numbers_of(claim))


def holds_exactly(claim: Claim, problem: Problem) -> bool | None:
    """Whether the sides of a claim that agree as far as numbers tell are equal; None where the terms do not tell either."""
    expected = expected_right(claim, problem) if type(claim.left) is Derivative else claim.left
    if expected is None or expected.shape != claim.right.shape or any(side.uses(Differential) for side in (claim.left, claim.right)):
        return None
    rest = tidied(Sum((expected, Product((Number(-1), claim.right)))))
    if is_exact_zero(rest):
        return True
    motion = motions(claim, problem)[0]
    seen = sum(is_seen(point, rest) for point in sampled((rest,), motion, problem, NOTHING_MORE))
    return False if seen >= NEEDED else None


def is_seen(point: Point, rest: Term) -> bool:
    """Whether a difference is large beside what it is made of, so that it is no rounding."""
    try:
        return size_of(point.of(rest)) > TOLERANCE * magnitude(point, rest)
    except TROUBLE:
        return False
