"""Sums over an index without a loop: the same value as the loop, and no loop is left where none need be; one table for all forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from derivtex.writing.code.arrays import attribute, column, infix, item, matmul, minus, outer, row
from derivtex.writing.code.batches import library, summed
from derivtex.writing.code.calls import call
from derivtex.writing.code.nodes import ONE, ZERO, Node, literal, name
from derivtex.writing.code.targets.python import NumPy

AT, COUNT = name("i", 0), name("n", 0)
W, X, Y, S = (name(letter, rank) for letter, rank in zip("wXYs", (1, 2, 2, 1), strict=True))  # numbers, points, more points, more numbers: n of each
C, A, M, V = (name(letter, rank) for letter, rank in zip("cAMv", (0, 2, 2, 1), strict=True))  # a number, matrices, a vector: the same for all members
Z = name("Z", 2)  # of another number of rows
LENGTHS = dict.fromkeys((W, X, Y, S), COUNT) | {Z: name("m", 0)}
w, x, y, s, z = (item(of, AT) for of in (W, X, Y, S, Z))
draw = np.random.default_rng(5)
VALUES = {"n": 4, "w": draw.normal(size=4), "s": draw.uniform(1, 2, size=4), "X": draw.normal(size=(4, 3)), "Y": draw.normal(size=(4, 3)), "c": 1.7,
          "A": draw.normal(size=(3, 3)), "M": draw.normal(size=(2, 3)), "v": draw.normal(size=3), "Z": draw.normal(size=(5, 3))}  # fmt: skip


def norm(of: Node) -> Node:
    return call(library("linalg.norm"), of)


def exp(of: Node) -> Node:
    return call(library("exp"), of)


def inner(left: Node, right: Node) -> Node:
    return Node("infix", "@", left, right, rank=0)


def image(matrix: Node, of: Node) -> Node:
    return Node("infix", "@", matrix, of, rank=1)


def bodies() -> Iterator[tuple[str, Node]]:
    """What is summed, and needs no loop."""
    yield "a number that is the same for all", C
    yield "a vector that is the same for all", V
    yield "numbers", w
    yield "negative numbers", minus(w)
    yield "points", x
    yield "negative points", minus(x)
    yield "a column", column(x)
    yield "a row", row(x)
    yield "a sum", infix("+", w, s)
    yield "a sum of points", infix("+", x, y)
    yield "a difference", infix("-", x, V)
    yield "multiples of a vector", infix("*", w, V)
    yield "points by a number", infix("*", C, x)
    yield "points by numbers", infix("*", w, x)
    yield "points over a number", infix("/", x, C)
    yield "points over numbers", infix("/", x, s)
    yield "a number over numbers", infix("/", C, s)
    yield "a product of numbers", infix("*", w, s)
    yield "a power", infix("**", s, literal(3))
    yield "an entrywise product", infix("*", x, y)
    yield "an entrywise product with a vector", infix("*", exp(x), V)
    yield "points and numbers", infix("*", infix("+", w, C), infix("-", x, V))
    yield "a vector beside numbers", infix("*", exp(w), infix("-", V, x))
    yield "an inner product", inner(x, y)
    yield "an inner product with a vector", inner(x, V)
    yield "a vector before a point", inner(V, x)
    yield "images", image(M, x)
    yield "images of points by numbers", image(A, infix("*", w, x))
    yield "rows by a matrix", image(x, A)
    yield "rows by a matrix, entry by entry", infix("*", y, Node("infix", "@", x, A, rank=1))
    yield "images, entry by entry", exp(image(M, x))
    yield "a function", exp(w)
    yield "a function of points", exp(x)
    yield "of inner products", exp(inner(x, V))
    yield "a vector before the points, in a function", exp(inner(V, x))
    yield "of two points", exp(inner(x, y))
    yield "of the negative", exp(minus(inner(x, y)))
    yield "a number by a function", infix("*", w, exp(inner(x, V)))
    yield "a function by points", infix("*", exp(inner(x, V)), x)
    yield "numbers over functions", infix("/", w, infix("+", ONE, exp(inner(x, V))))
    yield "a quadratic form", inner(x, image(A, x))
    yield "a quadratic form of differences", inner(infix("-", x, V), image(A, infix("-", x, V)))
    yield "a norm", norm(x)
    yield "a norm of differences", norm(infix("-", x, V))
    yield "points over their norms", infix("/", x, norm(x))
    yield "a column beside a matrix", infix("-", column(x), A)
    yield "numbers beside points", infix("+", w, x)
    yield "numbers over points", infix("/", w, x)
    yield "a number beside points, in a function", exp(infix("*", C, x))
    yield "a vector beside numbers, in a function", exp(infix("-", V, w))
    yield "numbers beside a vector, in a function", exp(infix("-", w, V))
    yield "points over a number, in a function", exp(infix("/", x, C))
    yield "a function of inner products by points", infix("*", exp(inner(x, y)), x)
    yield "outer products", outer(x, y)
    yield "an outer product with a vector", outer(x, V)
    yield "with a vector before", outer(V, x)
    yield "outer products by numbers", infix("*", w, outer(x, y))
    yield "outer products by a number", infix("*", C, outer(x, y))
    yield "by numbers, with a vector", infix("*", w, outer(x, V))
    yield "by numbers, with a vector before", infix("*", w, outer(V, x))
    yield "of a point by a number", outer(infix("*", w, x), y)
    yield "a matrix times outer products", matmul(M, outer(x, y))
    yield "a matrix times outer products by numbers", Node("infix", "@", M, infix("*", w, outer(x, y)), rank=2)
    yield "outer products by numbers times a matrix", Node("infix", "@", infix("*", w, outer(x, y)), attribute(M, "T"), rank=2)


def over(body: Node, mark: str = "sum", first: Node = ZERO) -> Node:
    return Node("repeat", mark, body, AT, first, COUNT, rank=body.rank)


def made(loop: Node) -> Node:
    return summed(loop, LENGTHS)


def value(of: Node) -> Any:
    return eval(NumPy().text(of), {"np": np, **VALUES})


def has_loop(node: Node) -> bool:
    return any(part.kind == "repeat" for part in node.walk())


def unlike() -> list[str]:
    """Which sums have another value without their loop, or other axes, or keep the loop."""
    wrong = []
    for what, body in bodies():
        loop = over(body)
        found = made(loop)
        wanted, got = np.asarray(value(loop)), np.asarray(value(found))
        if has_loop(found) or wanted.shape != got.shape or wanted.ndim != found.rank or not np.allclose(wanted, got, rtol=1e-10, atol=1e-12):
            wrong.append(f"{what}: {NumPy().text(found)}")
    return wrong


KEPT = {
    "a product": over(w, "product"), "from another member on": over(w, first=ONE), "a family of another length": over(z),
    "a matrix for each member": over(exp(outer(x, y))), "an entry of a matrix": over(item(A, AT, ZERO)),
    "a matrix and a number": over(infix("*", exp(w), infix("+", outer(x, x), A))), "a loop within": over(infix("*", w, over(x))),
    "a comparison of entries": over(infix("*", exp(w), Node("infix", "==", w, C, rank=0))),
    "a point before a matrix of its own": over(Node("infix", "@", x, exp(outer(x, y)), rank=1)),
    "a matrix of its own before a point": over(Node("infix", "@", exp(outer(x, y)), x, rank=1)),
}  # fmt: skip


def test_a_sum_without_a_loop_is_the_sum():
    assert unlike() == []


@pytest.mark.parametrize("loop", KEPT.values(), ids=KEPT)
def test_what_has_no_form_without_a_loop_keeps_it(loop):
    assert has_loop(made(loop))
