"""Second differentials multiplied out, where that makes them shorter: dX(dX X + X dX) + dX dX X + ⋯ = 2(dX² X + dX X dX + X dX²)."""

from __future__ import annotations

from derivtex.calculus.distributing import distributing
from derivtex.core.terms import Term
from derivtex.operations import Product, Sum, Trace
from derivtex.rewriting.conditions import varies
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import Place, Rewriting

MOST_TERMS = 40


def multiply_out(rewriting: Rewriting) -> None:
    """Multiply the formula out and merge what is equal, if it becomes shorter."""
    trial = Rewriting(rewriting.term, rewriting.about)
    trial.pass_ = rewriting.pass_
    while (place := sum_within(trial.term, ())) is not None:
        if length(trial.term) > MOST_TERMS * length(rewriting.term) or not trial.first(place, (distributing,)):
            return
        trial.tidy()
    if length(trial.term) < length(rewriting.term):
        rewriting.steps += trial.steps
        rewriting.term = trial.term


def sum_within(term: Term, place: Place) -> Place | None:
    """The place of a product or trace in which a sum varies, from the inside out."""
    if not varies(term):
        return None
    found = (sum_within(child, (*place, at)) for at, child in enumerate(term.children))
    inner = next((each for each in found if each is not None), None)
    if inner is not None:
        return inner
    return place if type(term) in (Product, Trace) and any(type(child) is Sum and varies(child) for child in term.children) else None
