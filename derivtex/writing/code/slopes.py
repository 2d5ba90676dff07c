"""What is left open in a formula, and so handed in: what depends on a number, `A`, and its slope there, `dA_dt`."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.terms import Term
from derivtex.operations import Derivative, OpenCurve, Symbol, symbol
from derivtex.problem import Definition
from derivtex.simplification.names import kind_of


def with_slopes_handed_in(result: Term, definitions: Iterable[Definition]) -> tuple[Term, list[Definition]]:
    """The result and the definitions with what is left open in them as names that nothing defines."""
    definitions = list(definitions)
    curves = {known.name for known in definitions if type(known.body) is OpenCurve}

    def handed_in(part: Term) -> Term | None:
        return slope(part, curves) if type(part) is Derivative else None

    known = [each.changed(lambda term: term.map(handed_in)) for each in definitions if each.name not in curves]
    return result.map(handed_in), known


def slope(part: Term, curves: set[Symbol]) -> Symbol | None:
    """The name of the slope of a curve, `dA_dt`, or of its slope, `d2A_dt2`; None of another derivative."""
    of, order = part.of, 1
    while type(of) is Derivative and of.by is part.by:
        of, order = of.of, order + 1
    if of not in curves:
        return None
    again = str(order) if order > 1 else ""
    return symbol(f"d{again}{of.name}_d{part.by}{again}", kind_of(part), part.shape)
