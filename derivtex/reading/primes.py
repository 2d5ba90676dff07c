r"""Primes that are a part of a name: `d'_{ij}` beside a declared D'."""

from __future__ import annotations

from derivtex.reading.elaboration import Elaborator
from derivtex.reading.entries import entry
from derivtex.reading.scope import Key
from derivtex.reading.syntax import Node, key
from derivtex.shapes import SCALAR
from derivtex.terms import Term


def with_prime(to: Elaborator, node: Node, base: Node) -> Term | None:
    """An entry of what has the primed name; None where the prime is an operation.

    x'_i of a vector x_i is its transpose.
    """
    label = (*key(base.tokens), *(("'",) * node.primes))
    whole = declared_matrix(to, label)
    if whole is None or not node.below or to.shape(whole) == SCALAR:
        return None
    to.scope.guess(f"the prime of {to.latex(node)} is a part of the name")
    return entry(to, node, whole, node.below)


def declared_matrix(to: Elaborator, label: Key) -> Term | None:
    """The declared D' of d'."""
    known = label[:-1] in to.scope.things or not label[0].islower()
    return None if known else to.scope.declared.get((label[0].upper(), *label[1:]))
