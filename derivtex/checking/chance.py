"""Numbers by chance: the same ones for the same seed, on every machine. `numpy.random` alone would take longer to load than a derivation."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np


class Generator:
    """What the points of a domain are drawn by; the methods are called as NumPy's, whose generators do as well."""

    def __init__(self, seed: int):
        self._random = Random(seed)

    def standard_normal(self, shape: tuple[int, int]) -> Any:
        """An array of normally distributed numbers."""
        rows, columns = shape
        drawn = [self._random.gauss(0.0, 1.0) for _ in range(rows * columns)]
        return np.array(drawn).reshape(shape)

    def integers(self, first: int, end: int) -> int:
        """A whole number, from the first up to one below the end."""
        return self._random.randrange(first, end)

    def choice(self, numbers: Sequence[float]) -> float:
        return self._random.choice(numbers)

    def permutation(self, numbers: Sequence[int]) -> list[int]:
        """The numbers in another order."""
        return self._random.sample(numbers, len(numbers))

    def uniform(self, low: float, high: float, count: int) -> list[float]:
        """Numbers between two others."""
        return [self._random.uniform(low, high) for _ in range(count)]
