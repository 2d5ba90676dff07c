"""Rows and columns while kinds are sought: each is 1, larger than 1, a known size, or open; equal ones are one class."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.shapes import ONE, Dim

Known = Dim | str
OPEN, LARGE = "open", "large"
NOTHING = -1


class Outline(NamedTuple):
    """The shape of a part: the places of its rows and columns among the sizes, and as bits the names that it depends on.

    rows and columns are NOTHING where a part was not understood: it then agrees with everything.
    """

    rows: int
    columns: int
    names: int = 0

    @property
    def is_known(self) -> bool:
        return self.rows != NOTHING


SCALAR = Outline(0, 0)


class Sizes:
    """Classes of equal sizes. The first is 1; what was changed can be undone back to a mark."""

    def __init__(self) -> None:
        self.parents, self.known, self.names = [0], [ONE], [0]  # type: tuple[list[int], list[Known], list[int]]
        self.trail: list[tuple[int, int, Known, int]] = []

    def new(self, known: Known, names: int = 0) -> int:
        """A size of which this is known; names: as bits, whose size it is."""
        if known == ONE:
            return 0
        self.parents.append(len(self.parents))
        self.known.append(known)
        self.names.append(names)
        return len(self.parents) - 1

    def root(self, size: int) -> int:
        while self.parents[size] != size:
            size = self.parents[size]
        return size

    def what(self, size: int) -> Known:
        """What is known of a size."""
        return self.known[self.root(size)]

    def is_one(self, size: int) -> bool:
        return self.what(size) == ONE

    def mark(self) -> int:
        return len(self.trail)

    def undo(self, mark: int) -> None:
        """Forget what was found since a mark."""
        while len(self.trail) > mark:
            at, self.parents[at], self.known[at], self.names[at] = self.trail.pop()

    def set(self, at: int, parent: int, known: Known, names: int) -> None:
        self.trail.append((at, self.parents[at], self.known[at], self.names[at]))
        self.parents[at], self.known[at], self.names[at] = parent, known, names

    def unify(self, one: int, other: int, names: int) -> bool:
        """Make two sizes equal, because of these names; False where they cannot be."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        first, second = self.known[a], self.known[b]
        if first == second and first not in (OPEN, LARGE):
            return True
        if ranked(first) < ranked(second):
            a, b, first, second = b, a, second, first
        if second != OPEN and (first == ONE or ranked(second) == ranked(first) != 1):
            return False
        if a == 0:
            self.set(b, b, ONE, self.names[b] | names)
            return True
        self.set(a, a, first, self.names[a] | self.names[b] | names)
        self.set(b, a, first, self.names[b])
        return True

    def blamed(self, one: int, other: int) -> int:
        """The names on which two sizes depend."""
        return self.names[self.root(one)] | self.names[self.root(other)]


def ranked(known: Known) -> int:
    """How much is known: nothing, that it is larger than 1, all."""
    return 0 if known == OPEN else 1 if known == LARGE else 2
