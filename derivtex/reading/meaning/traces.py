"""The Laplacian and the divergence that a question asks for: what is derived is the Hessian or the Jacobian whose trace they are."""

from __future__ import annotations

from derivtex.core.errors import NotDerivable
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.syntax.traces import CURL, DERIVATIVES, DIVERGENCE
from derivtex.reading.words.traces import traces_in


def traces_asked(reading: Reading) -> tuple[str, ...]:
    """The traces that are asked for, each once. Raises NotDerivable for a curl, which is none."""
    if reading.document.is_formula:
        return ()
    functions = {name for name, body in reading.bodies.items() if body.left.arguments is not None}
    found = tuple(dict.fromkeys(traces_in(reading.document.items, functions)))
    if CURL in found:
        raise NotDerivable("a curl is not derived here", way_out="ask for the Jacobian J: the entries of the curl are those of J - J^T")
    return found


def tell_traces(reading: Reading) -> None:
    """Keep the traces that are asked for, and say of what is derived that they are its traces."""
    reading.traces = traces_asked(reading)
    reading.notes.extend(f"the {name} is the trace of the {DERIVATIVES[name]}, which is derived" for name in reading.traces)


def join_sizes(found: Understanding) -> None:
    """A field of which the divergence is asked for has as many entries as its variable."""
    if DIVERGENCE in found.reading.traces and len(found.variables) == 1:
        found.scope.unifier.unify(found.target.shape[0], found.variables[0].shape[0])
