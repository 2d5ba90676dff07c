"""Fitting a pattern to a term: what each hole and each open size must be."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivtex.core.shapes import Dim, Shape
from derivtex.core.terms import Term
from derivtex.operations import Hole


@dataclass
class Binding:
    """What was found: terms for holes, by name, and sizes for sizes."""

    terms: dict[str, Term] = field(default_factory=dict)
    sizes: dict[str, Dim] = field(default_factory=dict)


def fit(patterns: tuple[Term, ...], terms: tuple[Term, ...]) -> Binding | None:
    """The binding under which each pattern is its term, or None."""
    found = Binding()
    if len(patterns) != len(terms):
        return None
    return found if all(_fit(p, t, found) for p, t in zip(patterns, terms, strict=True)) else None


def _fit(pattern: Term, term: Term, found: Binding) -> bool:
    if type(pattern) is Hole:
        if pattern.name in found.terms:
            return found.terms[pattern.name] is term
        if not _fit_shape(pattern.shape, term.shape, found):
            return False
        found.terms[pattern.name] = term
        return True
    if type(pattern) is not type(term) or len(pattern.children) != len(term.children):
        return False
    for name, kind in pattern.field_kinds.items():
        mine, other = pattern.__dict__[name], term.__dict__[name]
        if kind == "Dim":
            if not _fit_size(mine, other, found):
                return False
        elif kind not in ("Term", "Terms") and mine != other:
            return False
    return all(_fit(p, t, found) for p, t in zip(pattern.children, term.children, strict=True))


def _fit_shape(pattern: Shape, shape: Shape, found: Binding) -> bool:
    return _fit_size(pattern[0], shape[0], found) and _fit_size(pattern[1], shape[1], found)


def _fit_size(pattern: Dim, size: Dim, found: Binding) -> bool:
    if pattern.integer is not None:
        return pattern == size
    name = pattern.names[0]
    if len(pattern) == 1 and pattern == Dim.of(name):
        return found.sizes.setdefault(name, size) == size
    return pattern.replace(found.sizes) == size


def fill(pattern: Term, found: Binding) -> Term:
    """The pattern with its holes and open sizes filled."""
    if type(pattern) is Hole:
        return found.terms[pattern.name]
    values = []
    for name, kind in pattern.field_kinds.items():
        value = pattern.__dict__[name]
        if kind == "Dim":
            value = value.replace(found.sizes)
        elif kind == "Term":
            value = fill(value, found)
        elif kind == "Terms":
            value = tuple(fill(part, found) for part in value)
        values.append(value)
    return type(pattern)(*values)
