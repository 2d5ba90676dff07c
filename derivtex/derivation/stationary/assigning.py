"""Which first-order condition an unknown is solved from: its own, or that of another in which it stands, as in xᵀAy + bᵀx + cᵀy."""

from __future__ import annotations

from itertools import permutations

from derivtex.core.terms import Term
from derivtex.operations import Symbol

MOST_UNKNOWNS = 4


def assigned(gradients: dict[Symbol, Term]) -> dict[Symbol, Term]:
    """The condition of each unknown, each taken once; the unknowns' own where every one stands in its own, or in none that is left for it."""
    names = list(gradients)
    if len(names) > MOST_UNKNOWNS or all(left.contains(name) for name, left in gradients.items()):
        return gradients
    for order in permutations(names):
        if all(gradients[other].contains(name) for name, other in zip(names, order, strict=True)):
            return {name: gradients[other] for name, other in zip(names, order, strict=True)}
    return gradients
