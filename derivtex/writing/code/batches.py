"""Sums over an index without a loop: what is computed for one index is computed for all of them along a first axis.

A node that does not depend on the index stays; a member or entry at the index becomes its whole array. Where something has no such
form the loop stays.
"""

from __future__ import annotations

from derivtex.writing.code import arrays
from derivtex.writing.code.calls import call
from derivtex.writing.code.nodes import ONE, ZERO, Node, compares_entries, dotted, literal, name
from derivtex.writing.code.ranks import ENTRYWISE


class NoBatch(Exception):
    """There is no form without a loop."""


def summed(loop: Node, lengths: dict[Node, Node]) -> Node:
    """A sum over an index, without a loop where that is simple."""
    mark, body, index, first, last = loop.parts
    if body.kind in arrays.SEEN:
        return Node(body.kind, summed(Node("repeat", mark, body.parts[0], index, first, last, rank=1), lengths), rank=2)
    if mark != "sum" or first is not ZERO:
        return loop
    try:
        return Batch(index, last, lengths).sum(body)
    except NoBatch:
        return loop


def library(path: str) -> Node:
    node = name("np", None)
    for part in path.split("."):
        node = arrays.attribute(node, part)
    return node


class Batch:
    """One sum: its index, how many members it has, and how many each array has."""

    def __init__(self, index: Node, count: Node, lengths: dict[Node, Node]):
        self.index, self.count, self.lengths = index, count, lengths

    def free(self, node: Node) -> bool:
        """Whether it is the same for all members."""
        return all(part is not self.index and part.kind != "repeat" for part in node.walk())

    def sum(self, body: Node) -> Node:
        """The sum of a body over all members."""
        if body.kind in arrays.SEEN:
            return Node(body.kind, self.sum(body.parts[0]), rank=2)
        if self.free(body):
            return arrays.infix("*", self.count, body)
        if body.kind == "minus":
            return arrays.minus(self.sum(body.parts[0]))
        if body.kind == "infix":
            found = self.sum_of_infix(*body.parts)
            if found is not None:
                return found
        if arrays.is_outer(body):
            return self.sum_of_outer(ONE, *body.parts[1:])
        every = self.every(body)
        if body.rank == 0:
            return call(library("sum"), every)
        if body.rank == 1:
            return Node("call", library("sum"), every, Node("named", "axis", ZERO), rank=1)
        raise NoBatch

    def sum_of_infix(self, mark: str, left: Node, right: Node) -> Node | None:
        """The sum of a sum, of a multiple, of an image: what is free of the index stands outside."""
        if mark in "+-" and left.rank == right.rank:
            return arrays.infix(mark, self.sum(left), self.sum(right))
        if mark in "*/@" and self.free(right):
            return joined(mark, self.sum(left), right)
        if mark in "*@" and self.free(left):
            return joined(mark, left, self.sum(right))
        if mark == "*" and left.rank == 0 and right.rank == 1:
            return arrays.flat_product(self.every(left), self.every(right))
        if mark == "*" and left.rank == 0 and arrays.is_outer(right):
            return self.sum_of_outer(left, *right.parts[1:])
        if mark == "@" and left.rank == 1 == right.rank:
            return call(library("sum"), arrays.infix("*", self.every(left), self.every(right)))
        return None

    def sum_of_outer(self, scale: Node, left: Node, right: Node) -> Node:
        """Σ s uvᵀ is (s U)ᵀV for the matrices U and V whose rows are the vectors."""
        if self.free(left):
            return arrays.outer(left, self.sum(arrays.infix("*", scale, right)))
        if self.free(right):
            return arrays.outer(self.sum(arrays.infix("*", scale, left)), right)
        rows = self.every(left)
        if scale is not ONE:
            weight = self.every(scale) if not self.free(scale) else scale
            rows = arrays.infix("*", arrays.column(weight) if weight.rank == 1 else weight, rows)
        return arrays.matmul(arrays.attribute(rows, "T"), self.every(right))

    def every(self, node: Node) -> Node:
        """The values for all members, the index as the first axis."""
        if self.free(node) or compares_entries(node):
            raise NoBatch
        if node.kind == "minus":
            return arrays.minus(self.every(node.parts[0]))
        if node.kind == "item":
            return self.members(*node.parts)
        if node.kind == "infix":
            return self.every_infix(*node.parts)
        if node.kind == "call" and dotted(node.parts[0]) in ENTRYWISE and len(node.parts) == 2:
            return call(node.parts[0], self.every(node.parts[1]))
        if node.kind == "call" and dotted(node.parts[0]) == "np.linalg.norm" and node.parts[1].rank == 1:
            return Node("call", node.parts[0], self.every(node.parts[1]), Node("named", "axis", literal(1)), rank=1)
        raise NoBatch

    def members(self, of: Node, *keys: Node) -> Node:
        """All members of a family, all entries of a vector, all rows of a matrix."""
        if keys == (self.index,) and self.lengths.get(of) is self.count:
            return of
        raise NoBatch

    def every_infix(self, mark: str, left: Node, right: Node) -> Node:
        if mark == "@":
            return self.every_product(left, right)
        a = left if self.free(left) else self.every(left)
        b = right if self.free(right) else self.every(right)
        if left.rank == right.rank and (left.rank or 0) < 2:
            return arrays.made(mark, a, b) if a.rank != b.rank else arrays.infix(mark, a, b)
        if {left.rank, right.rank} == {0, 1}:
            a = arrays.column(a) if left.rank == 0 and a.rank == 1 else a
            b = arrays.column(b) if right.rank == 0 and b.rank == 1 else b
            return arrays.made(mark, a, b)
        raise NoBatch

    def every_product(self, left: Node, right: Node) -> Node:
        """The products for all members: an inner product for each row, an image of each row."""
        if left.rank == 1 and right.rank == 1:
            if self.free(right):
                return arrays.flat_product(self.every(left), right)
            if self.free(left):
                return arrays.flat_product(self.every(right), left)
            both = arrays.infix("*", self.every(left), self.every(right))
            return Node("call", library("sum"), both, Node("named", "axis", literal(1)), rank=1)
        if left.rank == 1 and self.free(right):
            return arrays.matmul(self.every(left), right)
        if right.rank == 1 and self.free(left):
            return arrays.matmul(self.every(right), arrays.attribute(left, "T"))
        raise NoBatch


def joined(mark: str, left: Node, right: Node) -> Node:
    """A product in which flat vectors are what they are."""
    if mark == "@":
        return arrays.flat_product(left, right) if 1 in (left.rank, right.rank) else arrays.matmul(left, right)
    return arrays.infix(mark, left, right)
