"""The Laplacian and the divergence, as the trace of the Hessian or the Jacobian that was derived."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.tracing import tracing
from derivtex.checking.equations import confirm_equation
from derivtex.core.errors import Source
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Trace
from derivtex.reading import asked_trace
from derivtex.simplification.engine import simplified
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation

FORMS = {"Laplacian": "hessian", "divergence": "jacobian"}


class Traced(NamedTuple):
    """name: Laplacian or divergence. value: the trace of what was derived, in the author's names."""

    name: str
    value: Term


def traced(source: Source, derivation: Derivation | None) -> Traced | None:
    """The trace that is asked for; None where none is, where another derivative was derived, or where the numbers do not confirm it.

    Laplacian: the trace of the Hessian of a number by a vector; divergence: of the square Jacobian of a vector by a vector.
    """
    name, answer = asked_trace(source), derivation.unfolded if derivation is not None else None
    if not name or derivation is None or derivation.derivative is None or answer is None or answer.shape[0] != answer.shape[1]:
        return None
    if derivation.form != FORMS[name] or derivation.derivative.by.shape[1] != ONE:
        return None
    raw = Trace(answer)
    value = shortened(simplified(raw, tracing))
    if not confirm_equation(raw, value).confirmed:
        return None
    for each in derivation.problem.definitions:
        value = value.replace({each.body: each.name})
    return Traced(name, value)
