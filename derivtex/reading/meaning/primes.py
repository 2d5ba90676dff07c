r"""Primes that are a part of a name, `d'_{ij}` beside a declared D'; and those of a function, `\sigma'(x)`, which are derivatives."""

from __future__ import annotations

from derivtex.calculus.slopes import slope_of
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Elementwise
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entries import entry
from derivtex.reading.syntax.tree import Key, Node, key


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


def derived(to: Elaborator, head: Node, value: Term) -> Term:
    r"""What the primes of a function make of its value: `\sigma'(x)` = σ(x)(1 − σ(x)), entry by entry."""
    primes = head.primes if head.form == "script" else 0
    if not primes:
        return value
    slope = slope_of(value) if primes == 1 and isinstance(value, Elementwise) else None
    if slope is None:
        raise to.ambiguous(
            f"the derivative {to.latex(head)} inside of a formula is not read",
            r"write it out, or ask for a derivative by \frac{\partial f}{\partial x}", head,
        )  # fmt: skip
    to.scope.guess(f"{to.latex(head)} is the derivative, taken entry by entry")
    return slope
