"""To and from SymPy: what its matrix expressions can hold, and a clear error for the rest.

A vector is an n × 1 MatrixSymbol, a size a positive whole Symbol. A scalar product of matrices, 1 × 1 for SymPy, becomes a Trace.
"""

from __future__ import annotations

from typing import Any

from derivtex.core.terms import Term
from derivtex.exchange.giving import Giving
from derivtex.exchange.taking import Taking


def to_sympy(term: Term) -> Any:
    """The SymPy expression of a term; UsageError where SymPy has no matrix expression for it."""
    import sympy

    return Giving(sympy).of(term)


def from_sympy(expression: Any) -> Term:
    """The term of a SymPy expression; UsageError for what derivtex has no card for."""
    import sympy

    return Taking(sympy).of(expression)


__all__ = ["from_sympy", "to_sympy"]
