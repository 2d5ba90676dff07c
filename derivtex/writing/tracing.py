"""An array module that computes nothing and writes down what it was asked to compute.

A card's `number` is a formula in terms of an array module. Handed this one, and values that are stretches of source text, it
returns the text of that formula: so every operation that can be evaluated can be written as code, and none is named here.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum


class Level(IntEnum):
    """How tightly a stretch of Python holds together."""

    COMPARISON = 0
    SUM = 1
    PRODUCT = 2
    SIGN = 3
    POWER = 4
    ATOM = 5


Operator = Callable[["Traced", object], "Traced"]


class NotTraceable(TypeError):
    """The formula asks for a value, which source text does not have."""


def infix(mark: str, level: Level) -> tuple[Operator, Operator]:
    """The methods for an operator and its reflection; the right side of an operator binds more tightly than its left."""

    def forward(self: Traced, other: object) -> Traced:
        return Traced(f"{self.within(level)} {mark} {as_text(other, Level(level + 1))}", level)

    def reflected(self: Traced, other: object) -> Traced:
        return Traced(f"{as_text(other, level)} {mark} {self.within(Level(level + 1))}", level)

    return forward, reflected


class Traced:
    """A value known by its source text."""

    __slots__ = ("text", "level")
    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, text: str, level: Level = Level.ATOM):
        self.text, self.level = text, level

    def within(self, level: Level) -> str:
        """The text, in brackets where it holds less tightly."""
        return self.text if self.level >= level else f"({self.text})"

    _add, __radd__ = infix("+", Level.SUM)
    __sub__, __rsub__ = infix("-", Level.SUM)
    _mul, _rmul = infix("*", Level.PRODUCT)
    __matmul__, __rmatmul__ = infix("@", Level.PRODUCT)
    __truediv__, __rtruediv__ = infix("/", Level.PRODUCT)
    __floordiv__, __rfloordiv__ = infix("//", Level.PRODUCT)
    __mod__, __rmod__ = infix("%", Level.PRODUCT)
    __lt__, __gt__ = infix("<", Level.COMPARISON)
    __le__, __ge__ = infix("<=", Level.COMPARISON)
    __eq__, _ = infix("==", Level.COMPARISON)  # type: ignore[assignment]
    __ne__, _ = infix("!=", Level.COMPARISON)  # type: ignore[assignment]
    __and__, __rand__ = infix("&", Level.ATOM)
    __or__, __ror__ = infix("|", Level.ATOM)

    def __add__(self, other: object) -> Traced:
        text = as_text(other, Level.PRODUCT)
        return Traced(f"{self.text} - {text[1:]}", Level.SUM) if text.startswith("-") else self._add(other)

    def __mul__(self, other: object) -> Traced:
        return -other if self.text == "-1" and isinstance(other, Traced) else self._mul(other)

    def __rmul__(self, other: object) -> Traced:
        return -self if isinstance(other, int) and other == -1 else self._rmul(other)

    def __neg__(self) -> Traced:
        text = self.within(Level.PRODUCT)
        return Traced(text[1:], self.level) if text.startswith("-") else Traced(f"-{text}", Level.PRODUCT)

    def __pow__(self, other: object) -> Traced:
        return Traced(f"{self.within(Level.ATOM)} ** {as_text(other, Level.POWER)}", Level.POWER)

    def __rpow__(self, other: object) -> Traced:
        return Traced(f"{as_text(other, Level.ATOM)} ** {self.within(Level.POWER)}", Level.POWER)

    def __getattr__(self, name: str) -> Traced:
        if name.startswith("__"):
            raise AttributeError(name)
        return Traced(f"{self.within(Level.ATOM)}.{name}")

    def __getitem__(self, key: object) -> Traced:
        return Traced(f"{self.within(Level.ATOM)}[{as_index(key)}]")

    def __call__(self, *values: object, **named: object) -> Traced:
        parts = [as_text(value) for value in values] + [f"{name}={as_text(value)}" for name, value in named.items()]
        return Traced(f"{self.text}({', '.join(parts)})")

    def _has_no_value(self, *_: object) -> bool:
        raise NotTraceable(f"{self.text} has no value yet")

    __bool__ = __iter__ = __len__ = __int__ = __float__ = __index__ = _has_no_value


def as_text(value: object, level: Level = Level.COMPARISON) -> str:
    """Source text for a value: of its own, of a number, of a list of such."""
    if isinstance(value, Traced):
        return value.within(level)
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(as_text, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, (int, float)) and value < 0 and level > Level.SIGN:
        return f"({value!r})"
    return repr(value)


def as_index(key: object) -> str:
    """Source text for what stands between square brackets."""
    if isinstance(key, tuple):
        return ", ".join(map(as_index, key))
    if isinstance(key, slice):
        ends = ["" if end is None else as_text(end) for end in (key.start, key.stop)]
        return ":".join(ends if key.step is None else [*ends, as_text(key.step)])
    return as_text(key)


class ArrayModule:
    """Stands for NumPy: whatever it is asked for is that of `np`."""

    def __getattr__(self, name: str) -> object:
        if name == "newaxis":
            return None
        return Traced(f"np.{name}")
