"""Terms without parts: what an author names, what a rule leaves open, and the index of a sum."""

from __future__ import annotations

from derivtex.core.shapes import SCALAR, Dim, Shape
from derivtex.core.terms import Term


class Symbol(Term):
    r"""A name. It *is* the LaTeX that its author typed.

    kind: scalar, vector, row, matrix. size: its shape. properties: what was declared, sorted.
    family: for an indexed family such as x_1, …, x_n the bounds (first, last) of its index, else None; the symbol
    then stands for any one member and its size is a member's.
    """

    name: str
    kind: str
    size: Shape
    properties: tuple[str, ...]
    family: tuple[Dim, Dim] | None

    def conform(self) -> Shape:
        return self.size

    def has(self, name: str) -> bool:
        return name in self.properties


def symbol(name: str, kind: str, size: Shape = SCALAR, properties=(), family=None) -> Symbol:
    """A symbol with its properties in order."""
    return Symbol(name, kind, size, tuple(sorted(properties)), family)


class Hole(Term):
    """What stands for any term of its shape in a rule; its sizes, too, are open."""

    name: str
    size: Shape

    def conform(self) -> Shape:
        return self.size


class Index(Term):
    r"""An index: a whole number from `first` to `last`, bound by a sum or free."""

    name: str
    first: Dim
    last: Dim

    def conform(self) -> Shape:
        return SCALAR
