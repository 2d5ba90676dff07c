r"""Reading: from a source to a problem.

source     a document as one object: formulas, words and code, in every format; macros, tokens (pylatexenc)
words      what the words say: requests, kinds and properties of names, functions
syntax     tokens to statements and untyped trees, by precedence
meaning    each statement to its kind, the question settled, kinds and sizes found, trees to terms
reader     all of it in order; inquiry: what else a source asks for
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivtex.reading.inquiry import (
        alternatives,
        asked_case,
        asked_causes,
        asked_derivatives,
        asked_direction,
        asked_expansion,
        asked_motion,
        asked_point,
        asked_step,
        asked_trace,
        asks_derivative,
        asks_for_adjoint,
        itemised,
        names_optimum,
        requests_derivative,
        sought_together,
        states_result,
        wish_of,
    )
    from derivtex.reading.meaning.alone import read_formula
    from derivtex.reading.meaning.lines import read_lines
    from derivtex.reading.meaning.sections import read_sections
    from derivtex.reading.meaning.solutions import claimed_solutions
    from derivtex.reading.reader import read, sense

__all__ = [
    "alternatives", "asked_case", "asked_causes", "asked_derivatives", "asked_direction", "asked_motion", "asked_point", "asked_step",
    "asked_expansion", "asked_trace", "asks_derivative", "asks_for_adjoint",
    "claimed_solutions", "itemised", "names_optimum",
    "read", "read_formula", "read_lines", "read_sections", "requests_derivative", "sense", "states_result",
    "sought_together", "wish_of",
]  # fmt: skip
ROOMS = {
    "read": "reader", "sense": "reader", "read_formula": "meaning.alone", "read_lines": "meaning.lines", "read_sections": "meaning.sections",
    "claimed_solutions": "meaning.solutions",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Each is loaded when it is first used: whoever derives a formula asks nothing of its lines."""
    if name in __all__:
        return getattr(import_module(f"derivtex.reading.{ROOMS.get(name, 'inquiry')}"), name)
    raise AttributeError(f"module 'derivtex.reading' has no attribute {name!r}")
