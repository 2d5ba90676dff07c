"""Derivatives of which more than two indices are left: as a factor, or as terms of a sum in which each may be meant in another layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, Span
from derivtex.core.shapes import ONE, inferring
from derivtex.core.terms import Term
from derivtex.operations import Derivative
from derivtex.reading.syntax.questions import is_derivative
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Node, Parts, walk

if TYPE_CHECKING:
    from derivtex.reading.meaning.understanding import Understanding

MANY_INDICES = "a derivative with more than two indices is a factor here, and over which of them the product sums is not told"


def adds_derivatives(found: Understanding, parts: Parts, said: Statement, at: Span) -> bool:
    r"""Whether a place is a sum with derivatives in it, of which one may be meant in another layout than the others:
    `\frac{\partial x^T}{\partial x}Ax + x^TA\frac{\partial x}{\partial x}`."""
    to = found.elaborator_with_differentials()
    try:
        sums = [node for node in walk(found.node(parts, said.source)) if node.form == "sum" and (node.start, node.end) == (at.start, at.end)]
        with inferring(found.scope.unifier), found.scope.attempt(keep=False):
            shapes = [to.shape(to.term(part)) for node in sums[:1] for part in node.parts]
    except DerivtexError:
        return False
    turned = any(one == other[::-1] and one != other for one in shapes for other in shapes)
    return turned and derives(sums[0])


def many_indices(found: Understanding, parts: Parts, said: Statement) -> bool:
    r"""Whether a derivative with three or four indices is a factor in a side, `\frac{dx^TA}{dA}x`: over which of them the product sums is open."""
    to = found.elaborator_with_differentials()
    try:
        tree = found.node(parts, said.source)
    except DerivtexError:
        return False
    for node in walk(tree):
        if node.form != "fraction" or not is_derivative(node, with_d=True):
            continue
        try:
            term = to.term(node)
        except DerivtexError:
            continue
        if isinstance(term, Derivative) and term.form == "vec" and not (is_line(term.of) and is_line(term.by)) and not names_vec(node):
            return True
    return False


def is_line(term: Term) -> bool:
    """Whether a term has one row or one column."""
    return ONE in term.shape


def names_vec(node: Node) -> bool:
    r"""Whether a derivative is written with `\operatorname{vec}`, so that it is a matrix."""
    return any(part.form == "apply" for part in walk(node.parts[1]))


def derives(node: Node) -> bool:
    """Whether a derivative stands in a tree: an addend with one is not what the derivative before it is of."""
    return any(part.form == "fraction" and is_derivative(part, with_d=True) for part in walk(node))
