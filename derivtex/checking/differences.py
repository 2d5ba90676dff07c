"""Differences along a line, and which values can be relied on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derivtex.core.terms import Term
from derivtex.operations import Number

STEP = 2.0**-9
FINE = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
COARSE = (2 / 3, -1 / 12)
SETTLED = 1e-5
LARGEST, GROWTH = 1e60, 1e14


class Unsuitable(ValueError):
    """A point at which a term has no value to rely on: outside its domain, at a kink, or too close to either."""


class Undefined(Unsuitable):
    """A point outside of a term's domain: its value is no number there, or not a real one."""


class NoValue(LookupError):
    """A term that has no value at any point, or a leaf that was given none."""


def known_size(value: Any) -> float:
    """The largest absolute value of an entry; Unsuitable where one is not finite."""
    size = largest(value)
    if size != size:
        raise Undefined("a part is undefined there")
    if not size <= LARGEST:
        raise Unsuitable("a part grows beyond measure there")
    return size


def largest(value: Any) -> float:
    """The largest absolute value of an entry, as it is. To look where it stands takes half the time of a reduction."""
    if isinstance(value, (float, int, complex)):
        return abs(value)
    entries = abs(value)
    return float(entries.item(entries.argmax()))


def is_complex(value: Any) -> bool:
    """Whether a value is held as complex numbers."""
    return value.dtype.kind == "c" if isinstance(value, np.ndarray) else isinstance(value, complex)


def examine(term: Term, values: list[Any], result: Any) -> None:
    """Raise Unsuitable where a number says little: of a nearly singular matrix, past a pole, or complex though its parts are real."""
    if term.conditioned is not None and not term.conditioned(np, *values):
        raise Unsuitable("a part is badly conditioned there")
    turned, size = is_complex(result), known_size(result)
    if not turned and size <= GROWTH:
        return
    parts = [] if is_constant(term) else [part for part in values if not callable(part) and not isinstance(part, range)]
    if turned and parts and not any(map(is_complex, parts)):
        raise Undefined("a part is not real there")
    if parts and size > GROWTH * max(1.0, *map(known_size, parts)):
        raise Unsuitable("a part grows beyond measure there")


def keep_off(kinks: tuple[float, ...], here: Any, there: Any) -> None:
    """Raise Unsuitable where a kink lies between two values of an argument, in any entry: no difference across it says anything."""
    for kink in kinks:
        if np.any((np.real(here) > kink) != (np.real(there) > kink)):
            raise Unsuitable("a kink lies within the reach of the differences")


def is_constant(term: Term) -> bool:
    """Whether a scalar is made of numbers alone."""
    return term.remembered("_constant", made_of_numbers)


def made_of_numbers(term: Term) -> bool:
    return type(term) is Number or (bool(term.children) and term.is_scalar and all(map(is_constant, term.children)))


def difference(at: Callable[[int], Any], step: float = STEP, rounding: Callable[[], float] = float) -> Any:
    """The derivative of a function given at whole multiples of a step.

    Raises Unsuitable where a difference of lower order says otherwise, by more than rounding: the function is not smooth there, or
    not well known. Of a function that is zero everywhere nothing but rounding is left.
    """
    pairs = [at(k) - at(-k) for k in range(1, len(FINE) + 1)]
    one, two, three, four = pairs
    fine = (FINE[0] * one + FINE[1] * two + FINE[2] * three + FINE[3] * four) / step
    coarse = (COARSE[0] * one + COARSE[1] * two) / step
    size = largest(fine) + 1e-4 * largest(at(1))
    off = largest(fine - coarse)
    if not (off <= SETTLED * size or off <= rounding()):
        raise Unsuitable("a function is not smooth there")
    return fine
