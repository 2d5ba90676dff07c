"""Bits: what may be true of a term, each by a bit of its own, so that many questions are one question about a number."""

from __future__ import annotations

from itertools import count

_numbers = count()


def new_bit() -> int:
    """A bit that nothing else has."""
    return 1 << next(_numbers)
