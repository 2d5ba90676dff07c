"""How a term is built, as far as it tells which rules can fit it: terms that are built alike share the rules that are tried."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term, bits_of

MANY = 3  # children: no pattern asks for more


class Build(NamedTuple):
    """How a term is built: its card, that of its first child, those of its children and all in it, how many children it has, and how many scalars.

    No more than MANY are counted; a child whose sizes are not known yet may be a scalar.
    """

    head: type[Term]
    first: type[Term] | None
    parts: int
    bits: int
    width: int
    scalars: int


def build(term: Term) -> Build:
    """How a term is built."""
    children = term.children
    scalars = sum(part.shape == SCALAR or not (part.shape[0].known and part.shape[1].known) for part in children)
    return Build(type(term), type(children[0]) if children else None, bits_of(map(type, children)), term.bits, min(len(children), MANY), min(scalars, MANY))
