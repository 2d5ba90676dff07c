"""Products with rows of the identity, with one of them or with all in another order: indexing does them without a product.

The commutation matrix K_{m,n} has the rows of the identity in an order p, which its card gives: K B is B[p], and A K is A[:, q] with the
opposite order q, that of K_{n,m} (Magnus and Neudecker, section 3.7).
"""

from __future__ import annotations

from derivtex.writing.code.nodes import WHOLE, Node, dotted


def rearranged(left: Node, right: Node) -> Node | None:
    """A product with rows of the identity in another order: the other side with its rows, or its columns, in that order."""
    order = order_of_rows(left)
    if order is not None:
        return Node("item", right, order, rank=right.rank)
    order = order_of_rows(right)
    if order is None:
        return None
    back = turned_back(order)
    return Node("item", left, back, rank=1) if left.rank == 1 else Node("item", left, WHOLE, back, rank=2)


def order_of_rows(node: Node) -> Node | None:
    """The order in which a commutation matrix has the rows of the identity."""
    of_identity = node.kind == "item" and len(node.parts) == 2 and node.parts[0].kind == "call" and dotted(node.parts[0].parts[0]) == "np.eye"
    order = node.part(1) if of_identity else None
    return order if order is not None and order.kind == "call" and dotted(order.parts[0]) == "np.ravel" else None


def turned_back(order: Node) -> Node:
    """The opposite order: that of the commutation matrix with rows and columns exchanged."""
    ravel, inner = order.parts
    reshape, numbers, shape, *options = inner.parts
    return Node("call", ravel, Node("call", reshape, numbers, Node("tuple", *reversed(shape.parts)), *options, rank=inner.rank), rank=order.rank)


def place_of_one(node: Node) -> Node | None:
    """The i of the unit vector e_i, which is a row or a column of the identity."""
    if node.kind != "item" or node.rank != 1 or node.parts[0].kind != "call" or dotted(node.parts[0].parts[0]) != "np.eye":
        return None
    places = [key for key in node.parts[1:] if key is not WHOLE]
    return places[0] if len(places) == 1 and places[0].rank == 0 else None
