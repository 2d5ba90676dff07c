r"""A number or a vector beside what is larger: in a sum, or in the larger of two, it may stand for a matrix of its entries."""

from __future__ import annotations

from derivtex.core.shapes import ONE, Shape, same
from derivtex.core.terms import Term
from derivtex.operations import Number, Ones, Product, Symbol, Zero
from derivtex.reading.meaning.elaboration import Elaborator, node_key
from derivtex.reading.syntax.tree import Node


def broadcast(to: Elaborator, node: Node, terms: list[Term]) -> list[Term]:
    """The terms, where a number or a vector is added to what is larger filled up to its shape, which is said."""
    if not to.scope.fills and not any(term is Number(0) for term in terms):
        return terms
    shapes = [to.shape(term) for term in terms]
    largest = next((s for s in shapes if s[0] != ONE and s[1] != ONE), next((s for s in shapes if s != (ONE, ONE)), None))
    if largest is None or all(s == largest or (s[0] != ONE and s[1] != ONE) for s in shapes):
        return terms
    return [fill(to, part, term, largest) for part, term in zip(node.parts, terms, strict=True)]


def fill(to: Elaborator, node: Node, term: Term, shape: Shape) -> Term:
    """A term that is smaller than the others of its sum, made as large as they are."""
    rows, columns = to.shape(term)
    if (rows, columns) == shape or (rows != ONE and columns != ONE):
        return term
    if term is Number(0):
        return Zero(*shape)
    if not to.scope.fills:
        return term
    if type(term) is Number:
        if shape[0] != ONE and shape[1] == shape[0]:
            raise to.ambiguous(
                f"the number {to.latex(node)} is added to a square matrix",
                r"write \mathbf{1}\mathbf{1}^T for a matrix of ones, I for the identity",
                node,
            )
        to.scope.guess(f"the number {to.latex(node)} beside a {kind_word(shape)} stands for a {kind_word(shape)} of such entries")
        return Ones(*shape) if term.value == 1 else Product((term, Ones(*shape)))
    if (rows, columns) == (ONE, ONE):
        if shape[0] != shape[1] and type(term) is Symbol and node_key(node) in to.scope.declared:
            to.scope.guess(f"the scalar {to.latex(node)} is added to every entry")
            return Product((term, Ones(*shape)))
        return term
    if shape[0] != ONE and shape[1] != ONE:
        if columns == ONE and same(rows, shape[0]):
            to.scope.guess(f"the vector {to.latex(node)} is added to every column")
            return Product((term, Ones(ONE, shape[1])))
        if rows == ONE and same(columns, shape[1]):
            to.scope.guess(f"the row {to.latex(node)} is added to every row")
            return Product((Ones(shape[0], ONE), term))
    return term


def kind_word(shape: Shape) -> str:
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"
