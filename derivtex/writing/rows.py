"""Formulas in rows: what is too wide for one is cut between the terms of its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.operations.arithmetic import Sum
from derivtex.terms import Term
from derivtex.writing.structural import addends, signed
from derivtex.writing.widths import width

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas


def rows_of(term: Term, formulas: Formulas, room: float) -> tuple[str, ...]:
    """The formula in as many rows as its terms need; one where it fits or has no terms."""
    text = formulas.latex(term)
    if not isinstance(term, Sum) or width(text) <= room:
        return (text,)
    rows: list[str] = []
    for piece in addends(formulas, term):
        part = signed(piece, first=not rows)
        if rows and width(rows[-1]) + width(part) <= room:
            rows[-1] += f" {part}"
        else:
            rows.append(part)
    return tuple(rows)
