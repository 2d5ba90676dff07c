"""Equations between arrays, used as nodes are made: they keep vectors flat, signs in front and quotients quotients.

`column(u)` is a flat u seen as an n × 1 matrix, `row(u)` as 1 × n. Each equation carries them outward or makes them vanish:
A @ column(u) is column(A @ u), row(u) @ column(v) is the one number u @ v, column(u) @ row(v) the outer product.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.writing.code.nodes import NONE, ONE, WHOLE, ZERO, Node, compares_entries, dotted, is_inverse, literal
from derivtex.writing.code.ranks import widest
from derivtex.writing.code.selecting import place_of_one, rearranged

SEEN = ("column", "row")


def column(of: Node) -> Node:
    return Node("column", of, rank=2)


def row(of: Node) -> Node:
    return Node("row", of, rank=2)


def infix(mark: str, left: Node, right: Node) -> Node:
    """An operator between two nodes."""
    if mark == "@":
        return matmul(left, right)
    lifted = lift(lambda a, b: infix(mark, a, b), left, right)
    if lifted is not None:
        return lifted
    if mark == "+":
        return plus(left, right)
    if mark in ("*", "/"):
        return TIMES[mark](left, right)
    if mark == "-" and right.kind == "minus":
        return plus(left, right.parts[0])
    return made(mark, left, right)


def made(mark: str, left: Node, right: Node) -> Node:
    """The node of an operator, whose value has the axes of the larger side."""
    return Node("infix", mark, left, right, rank=widest(left, right))


def lift(operation: Callable[..., Node], *sides: Node) -> Node | None:
    """An entrywise operation on columns (or rows) and numbers is the column of the operation on what is flat."""
    seen = {side.kind for side in sides if side.rank != 0}
    if len(seen) != 1 or not seen & set(SEEN):
        return None
    return Node(seen.pop(), operation(*(side.parts[0] if side.kind in SEEN else side for side in sides)), rank=2)


def plus(left: Node, right: Node) -> Node:
    """a + (−b) is a − b; ones beside another vector are the number one."""
    for one, other in ((left, right), (right, left)):
        scale = scale_of_ones(one)
        if scale is not None and other.rank == one.rank and scale_of_ones(other) is None:
            left, right = (scale, other) if one is left else (other, scale)
            break
    positive = unsigned(right)
    return made("+", left, right) if positive is None else made("-", left, positive)


def unsigned(node: Node) -> Node | None:
    """What stands behind the sign at the front of a product or quotient; nothing where there is no sign."""
    if node.kind == "minus":
        return node.part(0)
    if node.kind in SEEN:
        inside = unsigned(node.parts[0])
        return None if inside is None else Node(node.kind, inside, rank=2)
    if node.kind == "literal":
        return Node("literal", node.parts[0][1:], rank=0) if node.parts[0].startswith("-") else None
    if node.is_text("infix", "*") or node.is_text("infix", "/"):
        first = unsigned(node.parts[1])
        return None if first is None else made(node.parts[0], first, node.part(2))
    return None


def scale_of_ones(node: Node) -> Node | None:
    """The number c of a vector c·(1, …, 1)."""
    if node.kind == "call" and dotted(node.parts[0]) == "np.ones" and node.rank == 1:
        return ONE
    if node.kind == "minus":
        inner = scale_of_ones(node.parts[0])
        return None if inner is None else minus(inner)
    if node.is_text("infix", "*") and node.parts[1].rank == 0 and scale_of_ones(node.parts[2]) is ONE:
        return node.part(1)
    return None


def minus(of: Node) -> Node:
    """The negative; of a difference of products, that of the first factor."""
    if of.kind in SEEN:
        return Node(of.kind, minus(of.parts[0]), rank=2)
    if of.kind == "minus":
        return of.part(0)
    if of.kind == "literal":
        text = of.parts[0]
        return Node("literal", text[1:] if text.startswith("-") else f"-{text}", rank=0)
    return Node("minus", of, rank=of.rank)


def reciprocal(node: Node) -> Node | None:
    """The b of 1/b."""
    return node.part(2) if node.is_text("infix", "/") and node.parts[1] is ONE else None


def times(left: Node, right: Node) -> Node:
    """Signs go in front, a · (1/b) is a / b; a column times a row is their outer product."""
    if (left is ONE and not compares_entries(right)) or right is ONE:
        return right if left is ONE else left
    if left.kind == "column" and right.kind == "row" or left.kind == "row" and right.kind == "column":
        first, second = (left, right) if left.kind == "column" else (right, left)
        return outer(first.parts[0], second.parts[0])
    for one, other in ((left, right), (right, left)):
        if one.is_text("literal", "-1"):
            return minus(other)
    if left.kind == "minus":
        return minus(infix("*", left.parts[0], right))
    for one, other in ((right, left), (left, right)):
        under = reciprocal(one)
        if under is not None:
            return over(other, under)
    return made("*", left, right)


def over(left: Node, right: Node) -> Node:
    """A quotient, the sign in front."""
    return minus(over(left.parts[0], right)) if left.kind == "minus" else made("/", left, right)


TIMES: dict[str, Callable[[Node, Node], Node]] = {"*": times, "/": over}


def outer(left: Node, right: Node) -> Node:
    return Node("call", library("outer"), left, right, rank=2)


def is_outer(node: Node) -> bool:
    return node.kind == "call" and dotted(node.parts[0]) == "np.outer"


def diagonal(node: Node) -> Node | None:
    """The v of Diag(v)."""
    of_vector = node.kind == "call" and dotted(node.parts[0]) == "np.diag" and node.rank == 2
    return node.part(1) if of_vector else None


def matmul(left: Node, right: Node) -> Node:
    """The product of matrices, in which what is flat stays so."""
    if "minus" in (left.kind, right.kind):
        return signed(matmul, left, right)
    if left.kind == "cell":
        return infix("*", left.parts[0], right)
    if right.kind == "cell":
        return infix("*", right.parts[0], left)
    if left.kind == "row" and right.kind == "column":
        return Node("cell", flat_product(left.parts[0], right.parts[0]), rank=2)
    if right.kind == "column" and is_outer(left):
        return column(infix("*", flat_product(left.parts[2], right.parts[0]), left.parts[1]))
    if left.kind == "column":
        if right.kind == "row":
            return outer(left.parts[0], right.parts[0])
        return outer(left.parts[0], item(right, ZERO)) if right.rank == 2 else made("@", left, right)
    if right.kind == "column":
        return column(flat_product(left, right.parts[0]))
    if left.kind == "row":
        return row(flat_product(left.parts[0], right))
    return matrices(left, right)


def signed(product: Callable[[Node, Node], Node], left: Node, right: Node) -> Node:
    """A product of which a factor has a sign: the sign in front."""
    found = product(*(side.parts[0] if side.kind == "minus" else side for side in (left, right)))
    return minus(found) if left.kind != right.kind else found


def matrices(left: Node, right: Node) -> Node:
    """The product of two that are no vectors: a diagonal one scales rows or columns, a commutation exchanges them."""
    found = rearranged(left, right)
    if found is not None:
        return found
    if is_outer(left):
        return outer(left.parts[1], flat_product(left.parts[2], right))
    if is_outer(right):
        return outer(flat_product(left, right.parts[1]), right.parts[2])
    v = diagonal(right)
    if v is not None:
        return made("*", left, row(v))
    v = diagonal(left)
    return made("*", column(v), right) if v is not None else made("@", left, right)


def flat_product(left: Node, right: Node) -> Node:
    """A product in which a side is flat. A matrix meets the vector at once: A @ (B @ u)."""
    found = rearranged(left, right)
    if found is not None:
        return found
    rank = max((left.rank or 0) + (right.rank or 0) - 2, 0)
    if is_ones(right) != is_ones(left) and not (is_inverse(left) or is_inverse(right)):
        return sum_along(left, 1) if is_ones(right) else sum_along(right, 0)
    if (at := place_of_one(left)) is not None and right.rank in (1, 2) and not is_inverse(right):
        return item(right, at)
    if (at := place_of_one(right)) is not None and left.rank in (1, 2) and not is_inverse(left):
        return item(left, at) if left.rank == 1 else Node("item", left, WHOLE, at, rank=1)
    if right.rank == 1:
        if left.is_text("infix", "@") and left.parts[1].rank == 2 == left.parts[2].rank:
            return flat_product(left.parts[1], flat_product(left.parts[2], right))
        v = diagonal(left)
        if v is not None:
            return infix("*", v, right)
    elif left.rank == 1:
        v = diagonal(right)
        if v is not None:
            return infix("*", left, v)
    if "minus" in (left.kind, right.kind):
        return signed(flat_product, left, right)
    return Node("infix", "@", left, right, rank=rank)


def is_ones(node: Node) -> bool:
    """Whether it is a flat vector of ones."""
    return node.rank == 1 and scale_of_ones(node) is ONE


def sum_along(of: Node, axis: int) -> Node:
    """The entries of a vector summed, or the rows or the columns of a matrix: what a product with ones is."""
    if of.rank == 2 and of.kind == "attribute" and of.parts[1] == "T":
        return sum_along(of.part(0), 1 - axis)
    axes = [Node("named", "axis", literal(axis))] if of.rank == 2 else []
    return Node("call", library("sum"), of, *axes, rank=len(axes))


def library(name: str) -> Node:
    """A function of NumPy."""
    return Node("attribute", Node("name", "np"), name)


def of_entries(function: Node, of: Node) -> Node:
    """A function that acts on every entry."""
    lifted = lift(lambda flat: of_entries(function, flat), of)
    return lifted if lifted is not None else Node("call", function, of, rank=of.rank)


def attribute(of: Node, name: str) -> Node:
    """An attribute: the transpose of a column is a row."""
    if name == "T" and of.kind in SEEN:
        return row(of.parts[0]) if of.kind == "column" else column(of.parts[0])
    if name == "T" and (of.kind == "cell" or of.rank == 1):
        return of
    if name == "T" and is_outer(of):
        return outer(of.parts[2], of.parts[1])
    if name == "T" and of.kind == "attribute" and of.parts[1] == "T":
        return of.part(0)
    if name == "real" and of.kind != "name":
        return of_entries(library("real"), of)
    return Node("attribute", of, name, rank=2 if name == "T" and of.rank == 2 else None)


def item(of: Node, *keys: Node) -> Node:
    """An entry, a row, a column: of what is flat, its own."""
    if of.kind == "attribute" and of.parts[1] == "shape":
        return size(of.parts[0], *keys)
    if len(keys) == 2 and keys == (WHOLE, NONE):
        return column(of) if of.rank == 1 else Node("item", of, *keys)
    if of.kind == "cell":
        return of.part(0)
    if of.kind in SEEN and len(keys) == 2:
        return item(of.parts[0], keys[0 if of.kind == "column" else 1])
    if of.kind == "row" and keys == (ZERO,):
        return of.part(0)
    if of.kind == "call" and dotted(of.parts[0]) in EIGENVECTORS and keys == (ONE,):
        return Node("item", of, ONE, rank=2)
    if of.kind == "item" and of.parts[0].kind == "name" and all(key.rank == 0 and key.kind not in ("slice", "list") for key in of.parts[1:]):
        return item(of.part(0), *of.parts[1:], *keys)
    if len(keys) == 2 and keys[0] is WHOLE and keys[1].kind == "list" and len(keys[1].parts) == 1:
        return column(Node("item", of, WHOLE, keys[1].parts[0], rank=1))
    if len(keys) == 1 and keys[0].kind == "list" and len(keys[0].parts) == 1:
        return row(Node("item", of, keys[0].parts[0], rank=1))
    chosen = sum(key.rank == 0 and key.kind not in ("slice", "list") for key in keys)
    known = of.rank is not None and all(key.rank == 0 or key.kind == "slice" for key in keys)
    return Node("item", of, *keys, rank=of.rank - chosen if known and of.rank is not None else None)


EIGENVECTORS = ("np.linalg.eigh", "scipy.linalg.eigh")


def size(of: Node, axis: Node) -> Node:
    """The length of an axis."""
    if of.kind in SEEN:
        return size(of.parts[0], ZERO) if (of.kind == "column") == (axis is ZERO) else ONE
    return Node("size", of, axis, rank=0)


def flat(node: Node) -> Node:
    """A vector as it is handed to a function or returned."""
    return node.part(0) if node.kind in SEEN else node
