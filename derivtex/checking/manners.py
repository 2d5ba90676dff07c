"""Manners in which the entries of random leaves are drawn, and how large they are.

What was declared may not say enough: log det X wants det X > 0, log(x − 100) wants x > 100, and of e^{−100x²} nothing is left where x
is 1. The first points are of size 1 in several manners; then sizes are tried that the numbers in the formulas suggest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

Array = Any
Manner = Callable[[Array], Array]


def plain(matrix: Array) -> Array:
    """Any entries."""
    return matrix


def positive(matrix: Array) -> Array:
    """Positive entries."""
    return np.abs(matrix) + 0.2


def dominated(matrix: Array) -> Array:
    """Positive scalars; square matrices near a multiple of the identity, which have roots, logarithms and positive minors."""
    rows, columns = matrix.shape
    return 0.25 * matrix + 1.5 * np.eye(rows) if rows == columns > 1 else np.abs(matrix) + 0.2


def small(matrix: Array) -> Array:
    """Entries close to zero."""
    return 0.15 * matrix


def between(matrix: Array) -> Array:
    """Entries between 0 and 0.6."""
    return 0.05 + 0.5 / (1 + np.exp(-matrix.real))


def whole(matrix: Array) -> Array:
    """Scalars that are small whole numbers, so that they can be exponents; matrices as in `dominated`."""
    return np.minimum(np.ceil(np.abs(matrix)) + 1, 3) if matrix.shape == (1, 1) else dominated(matrix)


def beyond(matrix: Array) -> Array:
    """Positive entries of 1 and more."""
    return np.abs(matrix) + 1.0


def turning(matrix: Array) -> Array:
    """Square matrices that are mostly skew, whose eigenvalues are far from the real axis; other entries large."""
    rows, columns = matrix.shape
    return 0.2 * matrix + 4.0 * (matrix - matrix.T) if rows == columns > 1 else (3j if np.iscomplexobj(matrix) else 3.0) * matrix


def near_one(matrix: Array) -> Array:
    """Square matrices near the identity, and other entries near 1: what has high powers."""
    rows, columns = matrix.shape
    return 0.02 * matrix + (np.eye(rows) if rows == columns > 1 else 1.0)


def whole_entries(matrix: Array) -> Array:
    """Whole entries between -3 and 3, none of them 0: what a reader can put in."""
    entries = np.clip(np.rint(2 * matrix), -3, 3)
    return np.where(entries == 0, 1.0, entries)


MANNERS: tuple[Manner, ...] = (plain, plain, positive, dominated, small, between, whole, plain)
OF_OTHER_SIZES: tuple[Manner, ...] = (plain, dominated, small, beyond)
FIRST, ATTEMPTS = 24, 96
FAR, MANY = 8, 5
EVERYDAY = (1.0, 0.1, 10.0)


class Drawing(NamedTuple):
    """How the leaves of one point are drawn: the manner, sizes from which each leaf gets one, whether all get the same."""

    manner: Manner
    scales: tuple[float, ...] = (1.0,)
    alike: bool = True
    smallest: int = 2


FAR_AND_PLAIN = Drawing(plain, (3.0, 10.0)), Drawing(plain), Drawing(turning)


def drawings(numbers: Iterable[float], reach: str = "") -> Iterable[Drawing]:
    """How point after point is drawn: of size 1 in all manners; then of sizes that the numbers in the formulas suggest.

    reach: far, for large entries of both signs, and for matrices that turn, between those of size 1; near, for small positive ones only.
    """
    if reach:
        yield from (FAR_AND_PLAIN * 12 if reach == "far" else [Drawing(between)] * FIRST)
        return
    scales = suggested(numbers)
    common = scales[len(EVERYDAY) :] or scales
    for attempt in range(FIRST):
        yield Drawing(MANNERS[attempt % len(MANNERS)], smallest=(2, 3, 2, 2, 3, 1)[attempt % 6])
    yield Drawing(near_one)
    for attempt in range(ATTEMPTS - FIRST):
        manner = near_one if attempt % 9 == 8 else OF_OTHER_SIZES[attempt // 2 % len(OF_OTHER_SIZES)]
        alike = attempt % 2 == 0
        yield Drawing(manner, (1.0,) if manner is near_one else common if alike else scales, alike, smallest=2 + attempt % 2)


def suggested(numbers: Iterable[float]) -> tuple[float, ...]:
    """Sizes at which numbers come into play: of each that is far from 1 itself, its inverse, and the roots of both."""
    found = dict.fromkeys(EVERYDAY)
    far = dict.fromkeys(abs(number) for number in numbers if number and not 1 / FAR < abs(number) < FAR)
    for number in list(far)[:MANY]:
        found.update(dict.fromkeys((number, 1 / number, sqrt(number), 1 / sqrt(number))))
    return tuple(found)
