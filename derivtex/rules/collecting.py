"""Collecting: all that multiplies one differential, in one place."""

from __future__ import annotations

from derivtex.operations import Inner, Product, Sum, Trace
from derivtex.rules.arithmetic import product
from derivtex.rules.conditions import varies
from derivtex.rules.page import Page
from derivtex.rules.traces import is_leaf
from derivtex.rules.words import column, d, inner, matrix, tr
from derivtex.terms import Term

collecting = Page("Collecting")
A, B, X, Y = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), matrix("Y", "n", "n")
x = column("x", "n")


@collecting.by_hand("collect", Sum, reason="collect", says=r"\operatorname{tr}(A\,dX) + \operatorname{tr}(B\,dX) = \operatorname{tr}((A + B)\,dX)",
                    cite="algebra", tried_on=[inner(A, d(A)) + inner(B, d(A)), tr(X * d(X)) + tr(Y * d(X)), A * d(x) + B * d(x)])  # fmt: skip
def _collect(term: Term) -> Term | None:
    groups: dict[tuple, list[tuple[int, Term]]] = {}
    for at, part in enumerate(term.terms):
        beside = beside_leaf(part)
        if beside is not None:
            form, leaf, factor = beside
            groups.setdefault((form, leaf), []).append((at, factor))
    parts: list[Term | None] = list(term.terms)
    for (form, leaf), found in groups.items():
        if len(found) > 1:
            for at, _ in found:
                parts[at] = None
            parts[found[0][0]] = rejoined(form, Sum(tuple(factor for _, factor in found)), leaf)
    kept = tuple(part for part in parts if part is not None)
    if len(kept) == len(term.terms):
        return None
    return Sum(kept) if len(kept) > 1 else kept[0]


def beside_leaf(term: Term) -> tuple[type, Term, Term] | None:
    """The form of an addend in which a differential stands last, that differential, and all that multiplies it."""
    factors = term.factors if type(term) is Product else (term,)
    last, scalars = factors[-1], factors[:-1]
    if type(last) in (Inner, Trace) and not any(map(varies, scalars)):
        if type(last) is Inner:
            return (Inner, last.right, product((*scalars, last.left))) if is_leaf(last.right) else None
        inside = last.of.factors if type(last.of) is Product else (last.of,)
        if len(inside) > 1 and is_leaf(inside[-1]):
            return Trace, inside[-1], product((*scalars, *inside[:-1]))
        return None
    if is_leaf(last) and not last.is_scalar and any(not factor.is_scalar for factor in scalars):
        return Product, last, product(scalars)
    return None


def rejoined(form: type, factor: Term, leaf: Term) -> Term:
    """The addend again, from its parts."""
    if form is Inner:
        return Inner(factor, leaf)
    return Product((factor, leaf)) if form is Product else Trace(Product((factor, leaf)))
