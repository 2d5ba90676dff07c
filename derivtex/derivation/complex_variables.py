r"""Complex variables: which of the derivatives in use is asked for.

With df = tr(P dX) + tr(dXᴴ Q), where X and X* count as independent (Wirtinger; Hjørungnes & Gesbert):

    wirtinger   ∂f/∂X = Pᵀ
    conjugate   ∂f/∂X* = Q, which for a real-valued f points uphill
    real, imag  the derivatives by ℜX and ℑX: ∂f/∂X + ∂f/∂X* and i(∂f/∂X − ∂f/∂X*)

The second derivative is that of the first by the same convention. By the conjugate it is that of a real f by c = (z, z*), z = vec X, with
dg = A dz + B dz* for g = ∂f/∂z*, so that d²f = dcᴴ H dc (Kreutz-Delgado, The Complex Gradient Operator and the CR-Calculus, sec. 6; Hjørungnes,
Complex-Valued Matrix Derivatives, ch. 5):

    H = ∂²f/∂c*∂cᵀ = ( A   B  )     A = ∂²f/∂z*∂zᵀ, Hermitian,   B = ∂²f/∂z*∂zᴴ, symmetric
                     ( B*  A* )
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, cast

from derivtex.calculus.arithmetic import is_zero
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.structures import beside_hermitian, is_within_hermitian, within_hermitian
from derivtex.operations import (
    Block,
    Conjugate,
    Differential,
    ImaginaryPart,
    ImaginaryUnit,
    Inner,
    Product,
    RealPart,
    Symbol,
    Transpose,
    Vec,
    symbol,
    zero,
)
from derivtex.problem import Problem
from derivtex.rewriting.conjugation import conjugated, is_conjugate_leaf, may_be_complex
from derivtex.rewriting.normal_form import is_real, same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
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


class Joined(NamedTuple):
    """A derivative by a complex variable, with what is said beside it and below."""

    term: Term
    notes: tuple[Sentence, ...] = ()
    remarks: tuple[Sentence, ...] = ()


def joined(own: Term, other: Term, variable: Term, form: str, convention: str, structure: str) -> Joined:
    """The derivative by a variable from what stands beside its change and beside the conjugate of that.

    form: gradient or jacobian, hessian for the derivative of a gradient, scalar for that by an entry.
    """
    if is_within_hermitian(variable, structure) and form != "scalar":
        join = within_hermitian(own, other, shortened) if form == "gradient" else beside_hermitian(own, other, variable)
        return Joined(join, (), (form_at((Vec(Differential(variable)),)),) if form == "hessian" else ())
    if form == "hessian" and convention == "conjugate":
        both = by_both(variable)
        return Joined(composite(own, other), (Sentence("blocks by {} and {}", both),), (form_at(tuple(map(Differential, both))),))
    told = () if form == "hessian" else remarks(own, other, variable, convention)
    return Joined(combined(own, other, convention), (note(variable, convention),), told)


def composite(own: Term, other: Term) -> Block:
    """The second derivative of a real function by (z, z*), from those of its derivative by z*."""
    return Block((own, other, conjugated(other), conjugated(own)), 2)


def form_at(change: Terms) -> Sentence:
    """That a second differential is a Hermitian form, of a change or of changes below one another."""
    return Sentence("the second differential is the Hermitian form of this matrix at {}", (Block(change, 1) if len(change) > 1 else change[0],))


def by_both(variable: Term) -> Terms:
    """A variable as a column, and its conjugate."""
    column = variable if variable.shape[1] == ONE else Vec(variable)
    return column, Conjugate(column)


def refuse_second(target: Term, bodies: Mapping[Term, Term], variable: Term, convention: str, structure: str) -> None:
    """Raise NotDerivable where the second derivative by the variable and its conjugate is asked for of what may have other values than real ones."""
    for _ in bodies:
        target = target.replace(bodies)
    if convention == "conjugate" and may_be_complex(variable) and not is_within_hermitian(variable, structure) and not is_real(target):
        raise NotDerivable(
            f"a second derivative by {variable} and its conjugate is one of a real function, and {target} is not real, as far as can be seen",
            way_out="ask for that by the variable alone with --complex wirtinger, or for --form differential",
        )


def by_of(variable: Term, convention: str, form: str, structure: str) -> Term:
    """What stands below: X*, X, Re X or Im X; of a Hessian by both (z, z*)."""
    if not may_be_complex(variable) or convention not in BY or (is_within_hermitian(variable, structure) and form != "scalar"):
        return variable
    return Block(by_both(variable), 1) if (form, convention) == ("hessian", "conjugate") else BY[convention](variable)


def note(variable: Term, convention: str) -> Sentence:
    """What is said of the convention beside the result."""
    return Sentence(SAID[convention], (variable, BY[convention](variable) if convention in BY else variable))


def remarks(own: Term, other: Term, variable: Term, convention: str) -> tuple[Sentence, ...]:
    """What is said of the other derivative where the one asked for is zero."""
    if convention == "conjugate" and is_zero(tidied(other)) and not is_zero(tidied(own)):
        words = "the target is holomorphic in {}, so that the derivative by the conjugate is zero; the complex derivative is {}"
        return (Sentence(words, (variable, tidied(own))),)
    return ()


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
        for part in formula.parts(Inner):
            if any(map(may_be_complex, part.children)):
                raise NotDerivable(
                    "an inner product of complex terms: books differ in which side is conjugated", way_out="write it out, as x^H y or y^H x"
                )

