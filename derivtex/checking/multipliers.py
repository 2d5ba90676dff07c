"""A number in a gradient that the claimed solution does not have: the multiplier of a constraint, or a weight that got lost."""

from __future__ import annotations

from typing import Any

from derivtex.checking.magnitudes import magnitude
from derivtex.checking.trials import TOLERANCE
from derivtex.checking.values import Point, np
from derivtex.core.terms import Term


def part_of(point: Point, function: Term | None, name: Term) -> str:
    """What a number is in a function, at a point: its multiplier, where the function is linear in it and does not change with it, as what it stands
    before is zero; else either, or a weight where it is not linear. Of no function it is taken for a multiplier."""
    if function is None:
        return "multiplier"
    here, one, two = (np.asarray(beside(point, name, step).of(function)) for step in (0.0, 1.0, 2.0))
    allowed = TOLERANCE * max(magnitude(point, function), float(np.max(np.abs(one))))
    if np.max(np.abs(two - 2 * one + here)) > allowed:
        return "weight"
    return "multiplier" if np.max(np.abs(one - here)) <= allowed else "either"


def beside(point: Point, name: Term, step: float) -> Point:
    """The point at which a number is larger by a step."""
    return Point({**point.values, name: point.values[name] + step}, point.increments, point.sizes, point.indices,
                 point.functions, point.definitions, point.stand_ins)  # fmt: skip


def without_multiplier(point: Point, gradient: Term, multiplier: Term, value: Any) -> Any:
    """What remains of a gradient that is linear in a multiplier, for the value of it that makes the rest smallest."""
    slope = np.asarray(beside(point, multiplier, 1.0).of(gradient)) - value
    total = float(np.sum(slope * slope))
    return value - slope * float(np.sum(slope * value)) / total if total else value
