"""The order of the scalars in a product: numbers, letters, functions, sums."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.terms import Term
from derivtex.operations import Entry, EntryPower, Index, KroneckerDelta, Member, Number, Product, Share, Sum, Symbol
from derivtex.rewriting.conditions import varies


def in_order(term: Product) -> Term:
    """y, t², σ(t): neighbouring scalars of a product, letters first and functions last. Reciprocals part them, as they make fractions."""
    parts: list[list[Term]] = [[]]
    for factor in term.factors:
        if rank(factor) is None:
            parts += [[factor], []]
        else:
            parts[-1].append(factor)
    ordered = tuple(factor for part in parts for factor in sorted(part, key=lambda factor: rank(factor) or 0))
    return Product(ordered) if ordered != term.factors else term


def rank(factor: Term) -> int | None:
    """Where a scalar factor stands among others; None for what keeps its place."""
    if not factor.is_scalar or varies(factor) or (type(factor) is EntryPower and coefficient(factor.exponent)[0] < 0):
        return None
    if type(factor) in (Number, KroneckerDelta, Index):
        return 0
    if type(factor) in (Symbol, Member) or (type(factor) is Entry and type(factor.of) is Symbol):
        return 1
    is_square = type(factor) is EntryPower and type(factor.base) is Symbol
    return 2 if is_square or type(factor) is Share else 3 if type(factor) is not Sum else 4
