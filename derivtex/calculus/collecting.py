"""Collecting: all that multiplies one differential, in one place."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.calculus.traces import is_leaf
from derivtex.core.terms import Term, Terms
from derivtex.operations import Inner, Product, Sum, Trace, Vec
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, inner, matrix, scalar, tr
from derivtex.rewriting.page import Page, Why

collecting, gathering = Page("Collecting"), Page("Gathering")
C = matrix("C", "n", "p")
A, B, X, Y = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("X", "n", "n"), matrix("Y", "n", "n")
x, s = column("x", "n"), scalar("s")


@collecting.by_hand("collect", Sum, reason="factors of the differential collected", why=Why.TOGETHER, says=r"\operatorname{tr}(A\,dX) + \operatorname{tr}(B\,dX) = \operatorname{tr}((A + B)\,dX)",
                    cite="algebra", tried_on=[inner(A, d(A)) + inner(B, d(A)), tr(X * d(X)) + tr(Y * d(X)), A * d(x) + B * d(x)])  # fmt: skip
def _collect(term: Term) -> Term | None:
    groups: dict[tuple[type, Term], list[tuple[int, Term]]] = {}
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
    factors = factors_of(term)
    last, scalars = factors[-1], factors[:-1]
    if type(last) in (Inner, Trace) and not any(map(varies, scalars)):
        if type(last) is Inner:
            return (Inner, last.right, product((*scalars, last.left))) if is_leaf(last.right) else None
        inside = factors_of(last.of)
        if len(inside) > 1 and is_leaf(inside[-1]):
            return Trace, inside[-1], product((*scalars, *inside[:-1]))
        return None
    if is_leaf(last.of if type(last) is Vec else last) and not last.is_scalar and any(not factor.is_scalar for factor in scalars):
        return Product, last, product(scalars)
    return None


def rejoined(form: type, factor: Term, leaf: Term) -> Term:
    """The addend again, from its parts."""
    if form is Inner:
        return Inner(factor, leaf)
    return Product((factor, leaf)) if form is Product else Trace(Product((factor, leaf)))


@gathering.by_hand("common factor of a differential", Sum, reason="common factor", why=Why.TOGETHER, says=r"A\,dX + AB\,dY = A(dX + B\,dY)", cite="algebra",
                   tried_on=[A * d(C) + A * Y * d(C), d(A) * C - B * d(Y) * C, Product((s, tr(X), tr(d(X)))) - Product((s, tr(X * d(X))))])  # fmt: skip
def _common(term: Term) -> Term | None:
    """What all terms begin with, or end with, or have as a scalar."""
    parts = [coefficient(part) for part in term.terms]
    if any(type(rest) is not Product for _, rest in parts):
        return None
    chains = [rest.factors for _, rest in parts]
    for factor in chains[0]:
        if varies(factor) or any(factor not in chain for chain in chains):
            continue
        places = [chain.index(factor) for chain in chains]
        first = all(at == scalars_in(chain) for at, chain in zip(places, chains, strict=True))
        last = all(at == len(chain) - 1 for at, chain in zip(places, chains, strict=True))
        if not (factor.is_scalar or first or last):
            continue
        rests = [chain[:at] + chain[at + 1 :] for at, chain in zip(places, chains, strict=True)]
        signed = sorted(((value, rest) for (value, _), rest in zip(parts, rests, strict=True)), key=lambda each: each[0] < 0)
        inner = Sum(tuple(scaled(value, product(rest)) for value, rest in signed))
        return Product((factor, inner) if factor.is_scalar or first else (inner, factor))
    return None


def scalars_in(chain: Terms) -> int:
    """How many scalars stand in front."""
    return next((at for at, factor in enumerate(chain) if not factor.is_scalar), len(chain))
