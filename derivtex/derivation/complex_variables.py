r"""Complex variables: which of the derivatives in use is asked for.

With df = tr(P dX) + tr(dXᴴ Q), where X and X* count as independent (Wirtinger; Hjørungnes & Gesbert):

    wirtinger   ∂f/∂X = Pᵀ
    conjugate   ∂f/∂X* = Q, which for a real-valued f points uphill
    real, imag  the derivatives by ℜX and ℑX: ∂f/∂X + ∂f/∂X* and i(∂f/∂X − ∂f/∂X*)
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from derivtex.calculus.arithmetic import is_zero
from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Differential,
    ImaginaryPart,
    ImaginaryUnit,
    Inner,
    Product,
    RealPart,
    Symbol,
    Transpose,
    symbol,
    zero,
)
from derivtex.problem import Problem
from derivtex.rewriting.conjugation import conjugated, is_conjugate_leaf, may_be_complex
from derivtex.rewriting.normal_form import is_real, same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Sentence

TWO_OF = {"real": RealPart, "imag": ImaginaryPart}
BY = {"conjugate": Conjugate, "real": RealPart, "imag": ImaginaryPart}
SAID = {
    "conjugate": "{} and {} are taken as independent",
    "wirtinger": "{} and its conjugate are taken as independent",
    "real": "by the real part of {}",
    "imag": "by the imaginary part of {}",
}


def starred(leaf: Term) -> Term:
    """The differential of the conjugate as a change of its own."""
    return Differential(Conjugate(leaf.of))


def halves(term: Term, leaf: Term) -> tuple[Term, Term]:
    """What is linear in the changes themselves, and what is linear in their conjugates, there written as `starred`."""

    def own(part: Term) -> Term | None:
        return zero(part.shape) if is_conjugate_leaf(part) else None

    def other(part: Term) -> Term | None:
        if is_conjugate_leaf(part):
            return starred(part.of) if type(part) is Conjugate else Transpose(starred(part.of))
        return zero(part.shape) if type(part) is Differential else None

    if not may_be_complex(leaf):
        return term, zero(term.shape)
    return tidied(term.map(own)), tidied(term.map(other))


def combined(own: Term, other: Term, convention: str) -> Term:
    """The derivative of a convention, from ∂f/∂X and ∂f/∂X*."""
    if convention in ("conjugate", "wirtinger"):
        return other if convention == "conjugate" else own
    if same_term(conjugated(own), other):
        return 2 * TWO_OF[convention](other)
    return own + other if convention == "real" else Product((ImaginaryUnit(), own - other))


def by_of(variable: Term, convention: str) -> Term:
    """What stands below: X*, X, Re X or Im X."""
    return BY[convention](variable) if may_be_complex(variable) and convention in BY else variable


def note(variable: Term, convention: str) -> Sentence:
    """What is said of the convention beside the result."""
    return Sentence(SAID[convention], (variable, by_of(variable, convention)))


def remarks(variable: Term, convention: str, own: Term, other: Term) -> list[Sentence]:
    """What is said of the other derivative where the one asked for is zero."""
    if convention == "conjugate" and is_zero(tidied(other)) and not is_zero(tidied(own)):
        words = "the target is holomorphic in {}, so that the derivative by the conjugate is zero; the complex derivative is {}"
        return [Sentence(words, (variable, tidied(own)))]
    return []


def with_complex_names(problem: Problem) -> Problem:
    """The problem with every defined name that stands for something complex declared so."""
    table: dict[Term, Term] = {}
    for definition in problem.definitions:
        body = definition.body.replace(table)
        name = definition.name
        if not is_real(body) and not may_be_complex(name):
            table[name] = symbol(name.name, name.kind, name.size, (*name.properties, "complex"), name.family)
    if not table:
        return problem
    return replace(
        problem,
        symbols={label: cast(Symbol, table.get(known, known)) for label, known in problem.symbols.items()},
        definitions=tuple(known.changed(lambda term: term.replace(table)) for known in problem.definitions),
        target=problem.target.replace(table),
        wrt=tuple(variable.replace(table) for variable in problem.wrt),
        claims=tuple(c._replace(left=c.left.replace(table), right=c.right.replace(table)) for c in problem.claims),
    )


def refuse_inner_products(problem: Problem) -> None:
    r"""Raise NotDerivable where the author's ⟨x, y⟩ is of complex terms: books differ in which side is conjugated.

    A:B and x·y are the bilinear tr(AᵀB) and xᵀy.
    """
    if problem.spelling.mark(Inner) in (":", r"\cdot"):
        return
    for formula in (problem.target, *(definition.body for definition in problem.definitions)):
        for part in formula.walk():
            if type(part) is Inner and any(map(may_be_complex, part.children)):
                raise NotDerivable(
                    "an inner product of complex terms: books differ in which side is conjugated", way_out="write it out, as x^H y or y^H x"
                )

