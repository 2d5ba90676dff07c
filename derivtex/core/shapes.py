"""Dimensions: whole numbers, names, and sums and products of them; what is not known yet is found by unification.

A dimension is a polynomial with whole coefficients in names of sizes, kept in one canonical form, so that equal dimensions are
equal objects. A shape is a pair (rows, columns); a scalar is 1 × 1, a vector n × 1, a row 1 × n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from itertools import count

from derivtex.core.errors import ShapeError


class Dim(tuple[tuple[tuple[str, ...], int], ...]):
    """A polynomial in sizes: a sorted tuple of (names of one monomial, coefficient)."""

    __slots__ = ()

    @staticmethod
    def of(value: int | Fraction | str | Dim) -> Dim:
        if isinstance(value, Dim):
            return value
        if isinstance(value, int | Fraction):
            return Dim.collect([((), value)])
        return Dim((((value,), 1),))

    @staticmethod
    def collect(pairs: Iterable[tuple[tuple[str, ...], int | Fraction]]) -> Dim:
        """The polynomial with these monomials, like ones added."""
        total: dict[tuple[str, ...], int | Fraction] = {}
        for names, factor in pairs:
            total[names] = total.get(names, 0) + factor
        return Dim(sorted((names, factor) for names, factor in total.items() if factor))  # type: ignore[misc]  # n(n+1)/2 has halves

    def __add__(self, other: int | str | Dim) -> Dim:  # type: ignore[override]  # a sum of sizes, not a longer tuple
        return Dim.collect([*self, *Dim.of(other)])

    def __sub__(self, other: int | str | Dim) -> Dim:
        return Dim.collect([*self, *((names, -factor) for names, factor in Dim.of(other))])

    def __mul__(self, other: int | str | Dim) -> Dim:  # type: ignore[override]
        return Dim.collect((tuple(sorted(a + b)), p * q) for a, p in self for b, q in Dim.of(other))

    def over(self, number: int) -> Dim:
        """A whole part of it, as in n(n+1)/2."""
        return Dim.collect((names, Fraction(factor, number)) for names, factor in self)

    @property
    def names(self) -> list[str]:
        """The names it is made of, each once, in order."""
        if len(self) == 1 and len(self[0][0]) < 2:  # most sizes are one name or a number
            return list(self[0][0])
        return list(dict.fromkeys(name for names, _ in self for name in names))

    @property
    def known(self) -> bool:
        for names, _ in self:
            for name in names:
                if name[0] == "?":
                    return False
        return True

    @property
    def is_name(self) -> bool:
        """Whether it is one name and nothing else."""
        return len(self) == 1 and len(self[0][0]) == 1 and self[0][1] == 1

    @property
    def integer(self) -> int | None:
        """Its value when it is a number."""
        if not self:
            return 0
        return self[0][1] if len(self) == 1 and self[0][0] == () else None

    def value(self, sizes: dict[str, int]) -> int:
        """Its value when the names have these sizes."""
        total = 0
        for names, factor in self:
            for name in names:
                factor *= sizes[name]
            total += factor
        return int(total)

    def replace(self, known: dict[str, Dim]) -> Dim:
        """The polynomial with names replaced by dimensions."""
        if not any(name in known for names, _ in self for name in names):
            return self
        total = Dim()
        for names, factor in self:
            term = Dim.of(factor)
            for name in names:
                term = term * known.get(name, Dim.of(name))
            total = total + term
        return total

    def __str__(self) -> str:
        text = ""
        for names, factor in sorted(self, key=lambda pair: (pair[0] == (), pair)):
            sign = "-" if factor < 0 else "+" if text else ""
            number = str(abs(factor)) if abs(factor) != 1 or not names else ""
            powers = [name if times == 1 else f"{name}^{times}" for name, times in Counter(names).items()]
            text += sign + " ".join(([number] if number else []) + powers)
        return text or "0"

    __repr__ = __str__


Shape = tuple[Dim, Dim]
ONE = Dim.of(1)
SCALAR: Shape = (ONE, ONE)
MOST_KNOWN = 1_000  # shapes
_fresh = count(1)
_known: dict[Shape, bool] = {}


def shape(rows: int | str | Dim, columns: int | str | Dim) -> Shape:
    return Dim.of(rows), Dim.of(columns)


def unknown() -> Dim:
    """A size that is to be found. The number has a fixed width: names sort in the order in which they were made."""
    return Dim.of(f"?{next(_fresh):012d}")


def is_unknown(name: str) -> bool:
    return name[0] == "?"


def size_text(of: Shape) -> str:
    """How a shape is told to people: `m × n`, `m × (p+1)`."""
    return " × ".join("?" if not dim.known else factor_text(dim) for dim in of)


def factor_text(dim: Dim) -> str:
    """A size beside a times: a sum stands in brackets."""
    return f"({dim})" if len(dim) > 1 else str(dim)


class Unifier:
    """What has been found about unknown sizes."""

    def __init__(self) -> None:
        self.found: dict[str, Dim] = {}

    def resolve(self, dim: Dim) -> Dim:
        """The size as far as it is known."""
        return dim if dim.known else dim.replace({name: self.meaning(name) for name in dim.names if name in self.found})

    def meaning(self, name: str) -> Dim:
        """What a found name stands for in the end. The names on the way are made to say it at once: no chain is walked twice."""
        path = [name]
        while (found := self.found[path[-1]]).is_name and found.names[0] in self.found:
            path.append(found.names[0])
        end = self.resolve(self.found[path[-1]])
        for each in path:
            if self.found[each] != end:
                self.note(each, end)
        return end

    def note(self, name: str, size: Dim) -> None:
        """Keep what was found about a size."""
        self.found[name] = size

    def unify(self, a: Dim, b: Dim) -> bool:
        """Make the two equal if that can be done; True when they are."""
        difference = self.resolve(a) - self.resolve(b)
        if not difference:
            return True
        for names, factor in difference:
            if len(names) == 1 and is_unknown(names[0]) and abs(factor) == 1:
                rest = Dim.collect(pair for pair in difference if pair[0] != names)
                if names[0] not in rest.names:
                    self.note(names[0], rest * -factor)
                    return True
        return False


_active: ContextVar[Unifier | None] = ContextVar("active", default=None)  # of this thread


@contextmanager
def inferring(unifier: Unifier) -> Iterator[Unifier]:
    """While this holds, sizes that meet are made equal, not only compared."""
    before = _active.set(unifier)
    try:
        yield unifier
    finally:
        _active.reset(before)


def same(a: Dim, b: Dim) -> bool:
    """Whether two sizes agree; while inferring, they are made to."""
    if a == b:
        return True
    unifier = _active.get()
    return unifier is not None and unifier.unify(a, b)


def current(of: Shape) -> Shape:
    """The shape as far as it is known by now."""
    unifier = _active.get()
    if unifier is None or (of[0].known and of[1].known):
        return of
    return unifier.resolve(of[0]), unifier.resolve(of[1])


def must_agree(a: Shape, b: Shape, what: str) -> None:
    if a != b and not (same(a[0], b[0]) and same(a[1], b[1])):
        raise ShapeError(f"{what}: {size_text(current(a))} and {size_text(current(b))}")


def is_scalar(of: Shape) -> bool:
    return of == SCALAR or current(of) == SCALAR


def scalarness(of: Shape) -> bool | None:
    """Whether a shape is 1 × 1; None where its sizes are not known yet. It is asked of each term that is made, so it is remembered."""
    found = _known.get(of)
    if found is None and of[0].known and of[1].known:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        found = _known[of] = of == SCALAR
    return found
