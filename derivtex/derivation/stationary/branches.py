"""A condition on one number that has several roots: which of them is the one that is looked for, and what the others are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivtex.calculus.arithmetic import negative
from derivtex.core.errors import DerivtexError
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.isolating import ROOT, roots_of, settled
from derivtex.derivation.stationary.solution import Isolation
from derivtex.exchange.scalar_calculus import simplify
from derivtex.operations import EntryPower, Number, Symbol
from derivtex.rewriting.conditions import ASSUMED, holds
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Equation, Sentence, Step

HALF = Fraction(1, 2)
WANTED = {"min": "minimum", "max": "maximum"}


def branch(isolation: Isolation, gradient: Derivation, sense: str) -> tuple[Isolation, tuple[Sentence, ...]]:
    """The isolation of a number gone on with to one of several roots, and what is said of the others; as it was where there are not several.

    sense: min or max where that is told; without it a minimum is taken, if there is one.
    """
    found = [] if isolation.solved else list(map(settled, roots_of(isolation.end)))
    if len(found) < 2:
        return isolation, ()
    kinds = [kind_at(root, gradient, isolation.unknown) for root in found]
    wanted = WANTED.get(sense, "minimum")
    at = next((at for at, kind in enumerate(kinds) if kind == wanted), 0)
    step = Step(ROOT, (), isolation.end, Equation(isolation.unknown, found[at], isolation.unknown), len(isolation.steps) + 1)
    others = tuple(other(isolation.unknown, *pair) for pair in zip(found, kinds, strict=True) if pair[0] is not found[at])
    under = dict.fromkeys(part.base for part in found[at].walk() if type(part) is EntryPower and part.exponent is Number(HALF))
    real = tuple(Sentence(ASSUMED["positive"], (each,)) for each in under if not holds("positive", each))
    return replace(isolation, steps=[*isolation.steps, step], assumptions=(*isolation.assumptions, *real)), others


def other(name: Symbol, root: Term, kind: str) -> Sentence:
    """What is said of a root that was not taken."""
    return Sentence(f"The first-order condition also holds at {{}}$=${{}}{f', a local {kind}' if kind else ''}", (name, root))


def kind_at(root: Term, gradient: Derivation, name: Symbol) -> str:
    """Whether the second derivative is positive or negative at a root, where its form shows that."""
    try:
        second = derive(replace(gradient.problem, order=2)).unfolded.replace({name: root})
    except DerivtexError:
        return ""
    forms = [form for each in (settled(second), simplify(second)) for form in (each, settled(each))]
    if any(holds("positive", form) for form in forms):
        return "minimum"
    return "maximum" if any(holds("positive", tidied(negative(form))) for form in forms) else ""
