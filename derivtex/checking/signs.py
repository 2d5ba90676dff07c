r"""Lines that are right for some signs of what is in them, as $\sqrt{\det(LL^T)} = \det L$ is: the words may say which sign is meant."""

from __future__ import annotations

from derivtex.checking.conditions import sampled
from derivtex.checking.movement import motions
from derivtex.checking.trials import TOLERANCE
from derivtex.checking.values import NoValue, Unsuitable, np
from derivtex.problem import Claim, Problem

NEEDED = 5


def holds_up_to_sign(claim: Claim, problem: Problem) -> bool:
    """Whether two numbers have the same size wherever they are tried, the same sign at some points and another one at others."""
    if not (claim.left.is_scalar and claim.right.is_scalar):
        return False
    signs: list[bool] = []
    for point in sampled((claim.left, claim.right), motions(claim, problem)[0], problem, {}):
        try:
            left, right = float(np.real(point.of(claim.left))), float(np.real(point.of(claim.right)))
        except (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError):
            continue
        if abs(abs(left) - abs(right)) > TOLERANCE * max(abs(left), abs(right)):
            return False
        signs.append((left > 0) == (right > 0))
    return len(signs) >= NEEDED and len(set(signs)) == 2
