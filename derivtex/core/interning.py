"""Interning: what is made again is the same object, as long as somebody holds it.

A WeakValueDictionary does this too, at twice the time; nothing is done as often as a look into this one.
"""

from __future__ import annotations

from threading import RLock
from typing import Any, cast
from weakref import ref

Key = tuple[Any, ...]


class Kept(ref[Any]):
    """A weak reference that knows its key."""

    __slots__ = ("key",)
    key: Key


made: dict[Key, Kept] = {}
_making = RLock()  # two threads that make the same get one object; what ends meanwhile may end on the thread that makes


def kept(key: Key, new: Any) -> Any:
    """The object with this key: the new one, unless another thread was first."""
    with _making:
        known = made.get(key)
        found = known() if known is not None else None
        if found is not None:
            return found
        known = Kept(new, _gone)
        known.key = key
        made[key] = known
        return new


def _gone(known: ref[Any]) -> None:
    """Nobody holds an object any more; another one like it may be there by now."""
    with _making:
        key = cast(Kept, known).key
        if made.get(key) is known:
            del made[key]
