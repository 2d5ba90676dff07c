"""What is known of single functions of the library: sums, shapes, constants, blocks. Each returns a node, or nothing where it says nothing."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.writing.code import arrays
from derivtex.writing.code.nodes import ONE, Node, dotted, literal


def total(function: Node, of: Node, *options: Node) -> Node | None:
    """The sum of the products of the entries of two vectors is their inner product."""
    if of.is_text("infix", "*") and not options and of.parts[1].rank == 1 == of.parts[2].rank:
        return arrays.flat_product(of.parts[1], of.parts[2])
    if of.is_text("infix", "*") and not options:
        return traced_beside_identity(*of.parts[1:])
    return None


def traced_beside_identity(left: Node, right: Node) -> Node | None:
    """The sum of the entries that an identity leaves of the other is its trace."""
    for one, other in ((left, right), (right, left)):
        if one.kind == "call" and dotted(one.parts[0]) == "np.eye" and other.rank == 2:
            trace = arrays.library("trace")
            return traced(trace, other) or Node("call", trace, other, rank=0)
    return None


def traced(function: Node, of: Node) -> Node | None:
    """The trace of a product is the sum of the products of entries: n² of them, not n³."""
    if of.is_text("infix", "@") and of.parts[1].rank == 2 == of.parts[2].rank:
        product = arrays.infix("*", of.part(1), arrays.attribute(of.part(2), "T"))
        return Node("call", arrays.library("sum"), product, rank=0)
    return None


def diagonal(function: Node, of: Node) -> Node | None:
    """The diagonal of a product: of its n³ products of entries, n² are needed."""
    if of.is_text("infix", "@") and of.parts[1].rank == 2 == of.parts[2].rank:
        product = arrays.infix("*", of.part(1), arrays.attribute(of.part(2), "T"))
        return Node("call", arrays.library("sum"), product, Node("named", "axis", ONE), rank=1)
    return None


def reshaped(function: Node, of: Node, shape: Node, *options: Node) -> Node | None:
    """vec, unvec, and vectors that are made flat."""
    if of.kind in arrays.SEEN:
        if shape.kind == "literal":
            return of.part(0)
        is_column = shape.kind == "tuple" and shape.parts[0].is_text("literal", "-1")
        return arrays.column(of.part(0)) if is_column else Node("call", function, of.part(0), shape, *options, rank=2)
    if shape.kind == "tuple" and shape.parts == (literal(-1), ONE):
        ravel = arrays.library("ravel")
        return arrays.column(flattened(ravel, of, *options) or Node("call", ravel, of, *options, rank=1))
    return None


def flattened(function: Node, of: Node, *options: Node) -> Node | None:
    return of.part(0) if of.kind in arrays.SEEN else of if of.rank == 1 else None


def constant(function: Node, shape: Node, *options: Node) -> Node | None:
    """Zeros or ones in a column or a row."""
    if shape.kind == "tuple" and len(shape.parts) == 2 and shape.parts[1] is ONE:
        return arrays.column(Node("call", function, shape.parts[0], *options, rank=1))
    if shape.kind == "tuple" and len(shape.parts) == 2 and shape.parts[0] is ONE:
        return arrays.row(Node("call", function, shape.parts[1], *options, rank=1))
    return None


def as_it_is(function: Node, of: Node, *options: Node) -> Node | None:
    return of if of.rank is not None else None


def gridded(function: Node, rows: Node) -> Node | None:
    """A matrix of numbers needs no blocks, vectors below each other are one vector."""
    if all(entry.rank == 0 for line in rows.children for entry in line.children):
        return Node("call", arrays.library("array"), rows, rank=2)
    if all(len(line.children) == 1 and line.children[0].kind == "column" for line in rows.children):
        flat = Node("list", *(line.part(0).part(0) for line in rows.children))
        return arrays.column(Node("call", arrays.library("concatenate"), flat, rank=1))
    return None


def inverted(function: Node, of: Node) -> Node | None:
    return arrays.infix("/", ONE, of) if of.rank == 0 else None


def itself(function: Node, of: Node) -> Node | None:
    """The determinant of a number."""
    return of if of.rank == 0 else None


def entrywise(name: str) -> Callable[..., Node | None]:
    """What a function of a matrix is of a number."""
    return lambda function, of: Node("call", arrays.library(name), of, rank=0) if of.rank == 0 else None


def raised(function: Node, of: Node, exponent: Node) -> Node | None:
    return arrays.infix("**", of, exponent) if of.rank == 0 else None


SPECIAL: dict[str, Callable[..., Node | None]] = {
    "np.sum": total, "np.trace": traced, "np.diag": diagonal, "np.reshape": reshaped, "np.ravel": flattened,
    "np.ones": constant, "np.zeros": constant,
    "np.atleast_2d": as_it_is, "np.asarray": as_it_is, "np.block": gridded,
    "np.linalg.inv": inverted, "np.linalg.det": itself, "np.linalg.matrix_power": raised, "scipy.linalg.fractional_matrix_power": raised,
    **{f"scipy.linalg.{name}m": entrywise(name) for name in ("exp", "log", "sin", "cos", "sqrt")},
}  # fmt: skip
