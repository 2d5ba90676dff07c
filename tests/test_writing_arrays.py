"""The equations between arrays by which generated code keeps vectors flat, one by one: a node is made once, so that equal ones are the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from derivtex.writing.code.arrays import attribute, column, flat, infix, item, library, minus, of_entries, outer, row, size, sum_along, unsigned
from derivtex.writing.code.nodes import NONE, ONE, WHOLE, ZERO, Node, literal, name
from derivtex.writing.code.ranks import rank_of_call

S, T, U, V, A, B = (name(letter, rank) for letter, rank in zip("stuvAB", (0, 0, 1, 1, 2, 2), strict=True))
N = name("n", 0)
ONES = Node("call", library("ones"), N, rank=1)
DIAGONAL = Node("call", library("diag"), V, rank=2)
TURNED = Node("attribute", A, "T", rank=2)
EXP = library("exp")


def raw(mark: str, left: Node, right: Node, rank: int | None) -> Node:
    """An operator as it stands, by no equation."""
    return Node("infix", mark, left, right, rank=rank)


def negative(of: Node) -> Node:
    return Node("minus", of, rank=of.rank)


def summed(of: Node, axis: int | None = None) -> Node:
    return Node("call", library("sum"), of, *([Node("named", "axis", literal(axis))] if axis is not None else []), rank=0 if axis is None else 1)


def equations() -> Iterator[tuple[str, Node | None, Node | None]]:
    """What is made, and what it is."""
    yield "flat vectors seen as matrices have two axes", Node("row", U, rank=2), row(U)
    yield "and so has a column", Node("column", U, rank=2), column(U)
    yield "a sum", infix("+", U, V), raw("+", U, V, 1)
    yield "the axes are those of the larger side", infix("+", S, A), raw("+", S, A, 2)
    yield "a difference", infix("-", U, V), raw("-", U, V, 1)
    yield "a − (−b)", infix("-", U, negative(V)), raw("+", U, V, 1)
    yield "a + (−b)", infix("+", U, negative(V)), raw("-", U, V, 1)
    yield "a + (−2)", infix("+", U, literal(-2)), raw("-", U, literal(2), 1)
    yield "a + 2", infix("+", U, literal(2)), raw("+", U, literal(2), 1)
    yield "a sign in a product", infix("+", U, raw("*", literal(-2), V, 1)), raw("-", U, raw("*", literal(2), V, 1), 1)
    yield "a sign in a quotient", infix("+", U, raw("/", literal(-2), V, 1)), raw("-", U, raw("/", literal(2), V, 1), 1)
    yield "a sign in a column", unsigned(column(negative(U))), column(U)
    yield "no sign in a column", unsigned(column(U)), None
    yield "no sign", unsigned(raw("*", S, V, 1)), None
    yield "columns", infix("+", column(U), column(V)), column(raw("+", U, V, 1))
    yield "a column and a number", infix("*", S, column(V)), column(raw("*", S, V, 1))
    yield "rows", infix("-", row(U), row(V)), row(raw("-", U, V, 1))
    yield "a column and a row are not alike", infix("+", column(U), row(V)), raw("+", column(U), row(V), 2)
    yield "a column and a matrix are not alike", infix("+", column(U), A), raw("+", column(U), A, 2)
    yield "numbers alone", infix("+", S, T), raw("+", S, T, 0)
    yield "ones beside a vector", infix("+", U, ONES), raw("+", U, ONE, 1)
    yield "ones before a vector", infix("+", ONES, U), raw("+", ONE, U, 1)
    yield "a multiple of ones", infix("+", U, raw("*", S, ONES, 1)), raw("+", U, S, 1)
    yield "negative ones", infix("+", U, negative(ONES)), raw("-", U, ONE, 1)
    yield "ones beside ones", infix("+", ONES, raw("*", S, ONES, 1)), raw("+", ONES, raw("*", S, ONES, 1), 1)
    yield "ones beside a matrix", infix("+", A, ONES), raw("+", A, ONES, 2)
    yield "a matrix of ones is no vector of them", infix("+", U, raw("*", V, ONES, 1)), raw("+", U, raw("*", V, ONES, 1), 1)
    yield "the negative of a negative", minus(negative(U)), U
    yield "of a number", minus(literal(2)), literal(-2)
    yield "of a negative number", minus(literal(-2)), literal(2)
    yield "of a column", minus(column(U)), column(negative(U))
    yield "of anything", minus(A), negative(A)
    yield "one times", infix("*", ONE, U), U
    yield "times one", infix("*", U, ONE), U
    yield "minus one times", infix("*", literal(-1), U), negative(U)
    yield "times minus one", infix("*", U, literal(-1)), negative(U)
    yield "a sign goes in front", infix("*", negative(S), U), negative(raw("*", S, U, 1))
    yield "of a quotient too", infix("/", negative(U), S), negative(raw("/", U, S, 1))
    yield "times a reciprocal", infix("*", U, raw("/", ONE, S, 0)), raw("/", U, S, 1)
    yield "a reciprocal times", infix("*", raw("/", ONE, S, 0), U), raw("/", U, S, 1)
    yield "times another quotient", infix("*", U, raw("/", T, S, 0)), raw("*", U, raw("/", T, S, 0), 1)
    yield "a column by a row, entry by entry", infix("*", column(U), row(V)), outer(U, V)
    yield "a row by a column, entry by entry", infix("*", row(U), column(V)), outer(V, U)
    yield "a row times a column", infix("@", row(U), column(V)), Node("cell", raw("@", U, V, 0), rank=2)
    yield "a column times a row", infix("@", column(U), row(V)), outer(U, V)
    yield "a matrix times a column", infix("@", A, column(U)), column(raw("@", A, U, 1))
    yield "a row times a matrix", infix("@", row(U), A), row(raw("@", U, A, 1))
    yield "two matrices", infix("@", A, B), raw("@", A, B, 2)
    yield "a number of one cell", infix("@", Node("cell", S, rank=2), A), raw("*", S, A, 2)
    yield "behind a matrix too", infix("@", A, Node("cell", S, rank=2)), raw("*", S, A, 2)
    yield "an outer product meets a column", infix("@", outer(U, V), column(U)), column(raw("*", raw("@", V, U, 0), U, 1))
    yield "an outer product meets a matrix", infix("@", outer(U, V), A), outer(U, raw("@", V, A, 1))
    yield "a matrix meets an outer product", infix("@", A, outer(U, V)), outer(raw("@", A, U, 1), V)
    yield "a column meets a matrix of one row", infix("@", column(U), A), outer(U, item(A, ZERO))
    yield "a sign in a product of matrices", infix("@", negative(A), B), negative(raw("@", A, B, 2))
    yield "two of them", infix("@", negative(A), negative(B)), raw("@", A, B, 2)
    yield "a diagonal matrix scales rows", infix("@", DIAGONAL, A), raw("*", column(V), A, 2)
    yield "and columns", infix("@", A, DIAGONAL), raw("*", A, row(V), 2)
    yield "and the entries of a vector", infix("@", DIAGONAL, column(U)), column(raw("*", V, U, 1))
    yield "of one before it too", infix("@", row(U), DIAGONAL), row(raw("*", U, V, 1))
    yield "two matrices meet a vector at once", infix("@", raw("@", A, B, 2), column(U)), column(raw("@", A, raw("@", B, U, 1), 1))
    yield "a matrix meets ones", infix("@", A, column(ONES)), column(summed(A, 1))
    yield "ones meet a matrix", infix("@", row(ONES), A), row(summed(A, 0))
    yield "a vector meets ones", infix("@", row(U), column(ONES)), Node("cell", summed(U), rank=2)
    yield "the rows of a transpose", sum_along(TURNED, 1), summed(A, 0)
    yield "its columns", sum_along(TURNED, 0), summed(A, 1)
    yield "a function of a column", of_entries(EXP, column(U)), column(Node("call", EXP, U, rank=1))
    yield "a function of a matrix", of_entries(EXP, A), Node("call", EXP, A, rank=2)
    yield "the transpose of a column", attribute(column(U), "T"), row(U)
    yield "of a row", attribute(row(U), "T"), column(U)
    yield "of a flat vector", attribute(U, "T"), U
    yield "of an outer product", attribute(outer(U, V), "T"), outer(V, U)
    yield "of a transpose", attribute(TURNED, "T"), A
    yield "of a matrix", attribute(A, "T"), TURNED
    yield "the real part of a name", attribute(A, "real"), Node("attribute", A, "real")
    yield "of what is made", attribute(outer(U, V), "real"), Node("call", library("real"), outer(U, V), rank=2)
    yield "a vector as a column", item(U, WHOLE, NONE), column(U)
    yield "an entry of a column", item(column(U), S, ZERO), item(U, S)
    yield "of a row", item(row(U), ZERO, S), item(U, S)
    yield "the one row of a row", item(row(U), ZERO), U
    yield "the entry of a cell", item(Node("cell", S, rank=2), ZERO, ZERO), S
    yield "an entry has no axes", item(A, S, T), Node("item", A, S, T, rank=0)
    yield "a row of a matrix has one", item(A, S), Node("item", A, S, rank=1)
    yield "a column of a matrix has one", item(A, WHOLE, S), Node("item", A, WHOLE, S, rank=1)
    yield "an entry of a row", item(item(A, S), T), Node("item", A, S, T, rank=0)
    yield "a list of one column", item(A, WHOLE, Node("list", S)), column(Node("item", A, WHOLE, S, rank=1))
    yield "a list of one row", item(A, Node("list", S)), row(Node("item", A, S, rank=1))
    yield "the length of a column", size(column(U), ZERO), Node("size", U, ZERO, rank=0)
    yield "its width", size(column(U), ONE), ONE
    yield "the width of a row", size(row(U), ONE), Node("size", U, ZERO, rank=0)
    yield "how many rows it has", size(row(U), ZERO), ONE
    yield "the width of a matrix", size(A, ONE), Node("size", A, ONE, rank=0)
    yield "flat again", flat(row(U)), U


@pytest.mark.parametrize(("what", "got", "wanted"), [pytest.param(*each, id=each[0]) for each in equations()])
def test_an_equation_between_arrays(what, got, wanted):
    assert got is wanted, f"{what}: {got and (got.kind, got.parts)}"


AXIS, KEPT, HALF = Node("named", "axis", literal(1)), Node("named", "keepdims", literal(True)), Node("named", "compute_uv", literal(False))
RANKS = [  # a function, what it is handed, and the axes of what it returns
    ("np.exp", (A,), 2), ("np.exp", (U,), 1), ("np.where", (S, U, literal(0)), 1), ("np.exp", (Node("name", "open"),), None),
    ("np.sum", (A,), 0), ("np.sum", (A, AXIS), 1), ("np.sum", (U, AXIS), 0), ("np.sum", (A, AXIS, KEPT), 2), ("np.trace", (A,), 0), ("len", (U,), 0),
    ("np.diag", (A,), 1), ("np.diag", (U,), 2), ("np.diag", (S,), None), ("np.linalg.svd", (A,), None), ("np.linalg.svd", (A, HALF), 1),
    ("np.linalg.eigvals", (A,), 1), ("np.linalg.inv", (A,), 2),
]  # fmt: skip


@pytest.mark.parametrize(("function", "handed", "rank"), RANKS)
def test_how_many_axes_a_function_returns(function, handed, rank):
    assert rank_of_call(function, handed) == rank
