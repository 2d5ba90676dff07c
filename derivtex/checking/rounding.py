r"""Equations between numbers that are written to so many digits, `\log 10 = 2.303`: equal as far as the digits go."""

from __future__ import annotations

from derivtex.checking.conditions import sampled
from derivtex.checking.movement import motions
from derivtex.checking.values import NoValue, Unsuitable, np
from derivtex.operations import Symbol
from derivtex.problem import Claim, Problem


def within_rounding(claim: Claim, problem: Problem) -> bool:
    """Whether both sides are numbers that differ by no more than the digits of the decimal fractions in them leave open."""
    precision = sum(precisions(claim.latex))
    if not precision or any(side.uses(Symbol) for side in (claim.left, claim.right)):
        return False
    for point in sampled((claim.left, claim.right), motions(claim, problem)[0], problem, {}):
        try:
            left, right = point.of(claim.left), point.of(claim.right)
        except (Unsuitable, NoValue, ValueError, ArithmeticError):
            continue
        return bool(np.max(np.abs(np.subtract(left, right))) <= precision * np.max(np.abs(left)))
    return False


def precisions(text: str) -> list[float]:
    """How far each decimal fraction in a formula may be off, relative to itself: half a unit of its last digit."""
    pieces = "".join(mark if mark.isdigit() or mark == "." else " " for mark in text).split()
    numbers = [piece.rstrip(".") for piece in pieces if piece.rstrip(".").count(".") == 1]
    halves = [(0.5 * 10.0 ** -len(number.partition(".")[2]), float(number)) for number in numbers]
    return [half / value for half, value in halves if value]
