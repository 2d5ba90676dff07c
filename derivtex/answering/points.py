"""The value of a derivative at the point at which it is asked for, “at $t = 0$”, `f'(0)`."""

from __future__ import annotations

from derivtex.checking.equations import confirm_equation
from derivtex.core.errors import DerivtexError, Source
from derivtex.core.notation import squeezed
from derivtex.core.terms import Term
from derivtex.operations import Identity, Number, zero
from derivtex.reading import asked_point, read_formula
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation


def at_point(source: Source, derivation: Derivation | None) -> tuple[Term, Term] | None:
    """The point in the place of the variable, and the derivative there, in which nothing of the variable is left; None where none is asked for."""
    asked = asked_point(source) if derivation is not None else None
    if asked is None or derivation is None or derivation.derivative is None:
        return None
    variable, symbols = derivation.problem.wrt[0], {each.name: each for each in derivation.problem.symbols.values()}
    if asked[0] and squeezed(asked[0]) != squeezed(str(variable)):
        return None
    try:
        point = in_shape(read_formula(asked[1], symbols), variable)
        if point.shape != variable.shape or point.contains(variable):
            return None
        raw = derivation.unfolded.replace({variable: point})
        found = tidied(raw)
        return (point, found) if not found.contains(variable) and (found is raw or confirm_equation(raw, found).confirmed) else None
    except DerivtexError:
        return None


def in_shape(point: Term, variable: Term) -> Term:
    """A zero or an identity as large as the variable."""
    if point is Number(0):
        return zero(variable.shape)
    square = not variable.is_scalar and variable.shape[0] == variable.shape[1]
    return Identity(variable.shape[0]) if type(point) is Identity and square else point
