r"""The rate `\dot V` of a function along a motion `\dot x = f(x)`: the differential with f(x) in the place of dx."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.answering.identities import agree
from derivtex.checking.lines import verdict_on_claim
from derivtex.core.errors import DerivtexError, Source
from derivtex.core.notation import squeezed
from derivtex.core.terms import Term
from derivtex.operations import Differential
from derivtex.problem import Claim
from derivtex.reading import asked_motion
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation


class Rate(NamedTuple):
    """How it is written, what each change is, its value, what the author says that it is, and the verdict on that."""

    written: str
    motions: tuple[tuple[Term, Term], ...]
    value: Term
    claimed: Term | None
    verdict: str


def along_motion(source: Source, derivation: Derivation | None) -> Rate | None:
    """The rate that a question asks for, in which no change is left; None where it asks for none, or one of them is not told."""
    asked = asked_motion(source) if derivation is not None and derivation.derivative is None else None
    if asked is None or derivation is None:
        return None
    problem = derivation.problem
    rates = {squeezed(each.name.name): each.body for each in problem.definitions}
    told = {Differential(name): rates[rate] for name in problem.wrt if (rate := squeezed(rf"\dot{name}")) in rates}
    told |= {claim.left: claim.right for claim in problem.claims if claim.relation == "=" and type(claim.left) is Differential}
    motions = {change: told[change] for name in problem.wrt if (change := Differential(name)) in told}
    try:
        raw = (derivation.opened or derivation.answer).replace(motions)
        for each in reversed((*problem.definitions, *derivation.let)):  # a later one may be of those before it
            raw = raw.replace({each.name: each.body})
        value = shortened(tidied(raw))
    except DerivtexError:
        return None
    if any(True for _ in value.parts(Differential)) or (value is not raw and not agree(raw, value, derivation)):
        return None
    claimed = next((each.body for each in problem.definitions if each.name.name == asked[2]), told.get(Differential(problem.target)))
    verdict = verdict_on_claim(Claim(raw, "=", claimed, ""), problem).verdict if claimed is not None else ""
    return Rate(asked[2], tuple(motions.items()), value, claimed, verdict)
