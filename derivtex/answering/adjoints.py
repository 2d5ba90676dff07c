"""The adjoint of a derivative: of H ↦ Df(X)[H] the map G ↦ ∇⟨G, f⟩, as ⟨G, Df(X)[H]⟩ is the change of ⟨G, f⟩ along H."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from derivtex.checking.verdict import confirm
from derivtex.core.errors import DerivtexError, Source
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.operations import Inner, Symbol, symbol
from derivtex.reading import asks_for_adjoint
from derivtex.simplification.names import kind_of
from derivtex.steps import Derivation

LETTERS = {"vector": ("g", "v", "w"), "matrix": ("G", "K", "W")}


class Adjoint(NamedTuple):
    """What the adjoint is applied to, in the shape of the function, and what it gives, in that of the variable."""

    of: Symbol
    value: Term


def adjoint_of(source: Source, derivation: Derivation | None) -> Adjoint | None:
    """The adjoint that is asked for, of what is no number by one name; None where none is, or where the numbers do not confirm it."""
    if derivation is None or not asks_for_adjoint(source) or len(derivation.problem.wrt) > 1 or derivation.problem.target.is_scalar:
        return None
    problem = derivation.problem
    kind = kind_of(problem.target)
    taken = {*problem.symbols, *problem.functions}
    name = next((each for each in LETTERS[kind] if each not in taken), "")
    if not name or not isinstance(problem.wrt[0], Symbol):
        return None
    given = symbol(name, kind, problem.target.shape)
    pairing = replace(problem, target=Inner(given, problem.target), symbols={**problem.symbols, name: given}, order=1, claims=(), constraints=())
    try:
        found = confirm(derive(pairing))
    except DerivtexError:
        return None
    return Adjoint(given, found.unfolded) if found.confirmed else None
