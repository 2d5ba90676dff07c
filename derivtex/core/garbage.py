"""Garbage: a piece of work makes much that lasts as long as it does, and hardly anything that counting references does not end.

To look through all of it for circles after every few hundred objects takes a twentieth of the time and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

RARELY = 50_000  # objects more than there were, until the next look at the young ones
_changing = Lock()
_before: list[tuple[int, int, int]] = []  # what held before the first of the pieces of work that are going on, once for each


@contextmanager
def rarely_collected() -> Iterator[None]:
    """While this holds, on any thread, garbage is looked for rarely; who looks for it more rarely still, or not at all, is left alone."""
    with _changing:
        _before.append(_before[0] if _before else gc.get_threshold())
        often, *older = _before[0]
        if 0 < often < RARELY:
            gc.set_threshold(RARELY, *older)
    try:
        yield
    finally:
        with _changing:
            before = _before.pop()
            if not _before and gc.get_threshold()[0] == RARELY:
                gc.set_threshold(*before)
