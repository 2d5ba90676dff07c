"""Interning: what is made again is the same object, as long as somebody holds it.

A WeakValueDictionary does this too, at twice the time; nothing is done as often as a look into this one.
"""

from __future__ import annotations

from collections import deque
from threading import RLock
from typing import Any
from weakref import ref

Key = tuple[Any, ...]


class Kept(ref[Any]):
    """A weak reference that knows its key."""

    __slots__ = ("key",)
    key: Key


made: dict[Key, Kept] = {}
_making = RLock()  # two threads that make the same get one object; what ends meanwhile may end on the thread that makes
_gone: deque[Any] = deque()  # what nobody holds any more; its key, which holds the parts, is still there
MOST_GONE = 256  # are swept together: one at a time takes several times as long


def kept(key: Key, new: Any) -> Any:
    """The object with this key: the new one, unless another thread was first."""
    own = Kept(new, _gone.append)
    own.key = key
    while (known := made.setdefault(key, own)) is not own:  # which no other thread comes between
        found = known()
        if found is not None:
            return found
        with _making:
            if made.get(key) is known:
                del made[key]
    if len(_gone) > MOST_GONE:
        sweep()
    return new


def sweep() -> None:
    """Forget the keys of what is gone, and of what was held by these keys alone; another one like it may be there by now."""
    with _making:
        while _gone:
            gone = _gone.popleft()
            key = gone.key
            if made.get(key) is gone:
                del made[key]
