"""An array module that computes nothing and notes down what it was asked to compute.

A card's `number` is a formula in terms of an array module. Handed this one, and values that stand for nodes of the traced tree, it
returns the tree of that formula: so every operation that can be evaluated can be written as code, and none is named here.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.writing.code import arrays
from derivtex.writing.code.calls import call
from derivtex.writing.code.nodes import Node, literal

Operator = Callable[["Traced", object], "Traced"]


class NotTraceable(TypeError):
    """The formula asks for a value, which a tree does not have."""


def infix(mark: str) -> tuple[Operator, Operator]:
    """The methods for an operator and its reflection."""

    def forward(self: Traced, other: object) -> Traced:
        return Traced(arrays.infix(mark, self.node, as_node(other)))

    def reflected(self: Traced, other: object) -> Traced:
        return Traced(arrays.infix(mark, as_node(other), self.node))

    return forward, reflected


class Traced:
    """A value known by the tree that computes it."""

    __slots__ = ("node",)
    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, node: Node):
        self.node = node

    __add__, __radd__ = infix("+")
    __sub__, __rsub__ = infix("-")
    __mul__, __rmul__ = infix("*")
    __matmul__, __rmatmul__ = infix("@")
    __truediv__, __rtruediv__ = infix("/")
    __floordiv__, __rfloordiv__ = infix("//")
    __mod__, __rmod__ = infix("%")
    __pow__, __rpow__ = infix("**")
    __lt__, __gt__ = infix("<")
    __le__, __ge__ = infix("<=")
    __eq__, _ = infix("==")  # type: ignore[assignment]
    __ne__, _ = infix("!=")  # type: ignore[assignment]

    def __neg__(self) -> Traced:
        return Traced(arrays.minus(self.node))

    def __getattr__(self, name: str) -> Traced:
        if name.startswith("__"):
            raise AttributeError(name)
        return Traced(arrays.attribute(self.node, name))

    def __getitem__(self, key: object) -> Traced:
        keys = key if isinstance(key, tuple) else (key,)
        return Traced(arrays.item(self.node, *map(as_node, keys)))

    def __call__(self, *values: object, **named: object) -> Traced:
        parts = [as_node(value) for value in values]
        parts += [Node("named", name, as_node(value)) for name, value in named.items()]
        return Traced(call(self.node, *parts))

    def _has_no_value(self, *_: object) -> bool:
        raise NotTraceable("it has no value yet")

    __bool__ = __iter__ = __len__ = __int__ = __float__ = __index__ = _has_no_value


def as_node(value: object) -> Node:
    """The node of a traced value, of a number, of a slice, of a list of such."""
    if isinstance(value, Traced):
        return value.node
    if isinstance(value, (list, tuple)):
        return Node("list" if isinstance(value, list) else "tuple", *map(as_node, value))
    if isinstance(value, slice):
        return Node("slice", *map(as_node, (value.start, value.stop, value.step) if value.step else (value.start, value.stop)))
    return literal(value)


def library(name: str) -> Traced:
    """A library by its name in Python."""
    return Traced(Node("name", name))


class ArrayModule:
    """Stands for NumPy: whatever it is asked for is that of `np`."""

    newaxis = None

    def __getattr__(self, name: str) -> object:
        return getattr(library("np"), name)
