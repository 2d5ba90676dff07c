"""Second differentials multiplied out, where that makes them shorter: dX(dX X + X dX) + dX dX X + ⋯ = 2(dX² X + dX X dX + X dX²)."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.distributing import distributing
from derivtex.core.terms import Term
from derivtex.operations import Product, Sum, Trace
from derivtex.rewriting.conditions import varies
from derivtex.simplification.common_factors import length, shortly
from derivtex.simplification.common_parts import without_outer_sign
from derivtex.simplification.cost import marks
from derivtex.simplification.engine import Place, Rewriting
from derivtex.simplification.shortening import shorten

MOST_TERMS = 40


def multiply_out(rewriting: Rewriting) -> None:
    """Multiply the formula out and merge what is equal, if it becomes shorter."""
    trial = multiplied_out(rewriting)
    if trial is not None and length(trial.term) < length(rewriting.term):
        rewriting.adopt(trial)


def spread(rewriting: Rewriting, name: Callable[[Rewriting], None], collects: bool) -> None:
    """Multiply the differential of a matrix out where the parts have names then and the line becomes shorter: X M⁻¹(dXᵀ X + Xᵀ dX)M⁻¹Xᵀ is
    X M⁻¹ dXᵀ P + P dX M⁻¹Xᵀ. name: writes the names for what stands there. collects: whether what is common is put in front at once,
    where the differential needs no turning."""
    trial = multiplied_out(rewriting) if sum_within(rewriting.term, ()) is not None else None
    if trial is None:
        return
    plain = trial.term
    name(trial)
    if trial.term is plain:
        return
    if collects:
        shorten(trial)
    if marks(trial.term) < marks(rewriting.term):
        rewriting.adopt(trial)


def multiplied_out(rewriting: Rewriting) -> Rewriting | None:
    """What goes on from a formula by multiplying all out, unless it grows too long."""
    trial = Rewriting(rewriting.term, rewriting.about)
    trial.pass_ = rewriting.pass_
    while (place := sum_within(trial.term, ())) is not None:
        if length(trial.term) > MOST_TERMS * length(rewriting.term) or not trial.first(place, (distributing,)):
            return None
        trial.tidy()
    return trial


def with_signs_inside(rewriting: Rewriting) -> None:
    """−(−A + B) = A − B: no minus before brackets that begin with one."""
    rewriting.become(shortly, without_outer_sign(rewriting.term))


def sum_within(term: Term, place: Place) -> Place | None:
    """The place of a product or trace in which a sum varies, from the inside out."""
    if not varies(term):
        return None
    found = (sum_within(child, (*place, at)) for at, child in enumerate(term.children))
    inner = next((each for each in found if each is not None), None)
    if inner is not None:
        return inner
    return place if type(term) in (Product, Trace) and any(type(child) is Sum and varies(child) for child in term.children) else None
