"""The traced tree: what a result computes with arrays, before it is spelled in a language.

A node is made once, so that what is equal is one object and shared parts show themselves. Its rank is how many axes its value
has: 0 a number, 1 a flat vector, 2 a matrix; `column` and `row` stand for a flat vector that is seen as a matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast
from weakref import WeakValueDictionary

_made: WeakValueDictionary[tuple[Any, ...], Node] = WeakValueDictionary()


class Node:
    """kind: name, literal, infix, minus, call, attribute, item, slice, list, tuple, column, row, size, repeat, choice, lambda, named.

    parts: nodes, and text for names, marks and literals.
    """

    __slots__ = ("kind", "parts", "rank", "__weakref__")
    kind: str
    parts: tuple[Any, ...]
    rank: int | None

    def __new__(cls, kind: str, *parts: Any, rank: int | None = None) -> Node:
        key = (kind, parts, rank)
        found = _made.get(key)
        if found is None:
            found = object.__new__(cls)
            found.kind, found.parts, found.rank = kind, parts, rank
            _made[key] = found
        return found

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in self.parts if isinstance(part, Node))

    def part(self, at: int) -> Node:
        """A part that is a node."""
        return cast(Node, self.parts[at])

    def is_text(self, kind: str, text: str) -> bool:
        """Whether it is a literal, name, infix, … with this text."""
        return self.kind == kind and self.parts[0] == text

    def ranked(self, rank: int) -> Node:
        """The same with a rank, if it has none yet."""
        return self if self.rank is not None else Node(self.kind, *self.parts, rank=rank)

    def rebuild(self, change: Callable[[Node], Node]) -> Node:
        """The same node over changed children."""
        parts = tuple(change(part) if isinstance(part, Node) else part for part in self.parts)
        return self if parts == self.parts else Node(self.kind, *parts, rank=self.rank)

    def walk(self) -> Iterator[Node]:
        """Every different node in it, each once, in the order of evaluation: children before parents."""
        seen: set[Node] = set()
        stack = [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                yield node
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.children))


def name(text: str, rank: int | None) -> Node:
    return Node("name", text, rank=rank)


def literal(value: object) -> Node:
    """A number, a text, a truth value or None."""
    return Node("literal", value.__name__ if isinstance(value, type) else repr(value), rank=0)


def dotted(node: Node) -> str:
    """The name of a function in its library; nothing for what is no such name."""
    if node.kind == "name":
        return str(node.parts[0])
    inner = dotted(node.parts[0]) if node.kind == "attribute" else ""
    return f"{inner}.{node.parts[1]}" if inner else ""


ZERO, ONE, NONE, WHOLE = literal(0), literal(1), literal(None), Node("slice", literal(None), literal(None))


DEFINITE = Node("named", "assume_a", Node("literal", '"pos"'))  # what SciPy is told of a positive definite matrix


def compares_entries(node: Node) -> bool:
    """Whether a node is the truth of a comparison of entries, which PyTorch takes for no number: 1 times it is one."""
    return node.kind == "infix" and node.parts[0] in ("==", "<") and any(getattr(side, "kind", "") == "item" for side in node.parts[1:])


def is_inverse(node: Node) -> bool:
    """Whether it is the inverse of a matrix, which is better solved with than summed."""
    return node.kind == "call" and dotted(node.parts[0]) == "np.linalg.inv"
