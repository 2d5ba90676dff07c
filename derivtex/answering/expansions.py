"""A function to second order in a shift of its argument, f(X + H) = f(X) + Df(X)[H] + ½ D²f(X)[H, H] + …

(J. R. Magnus and H. Neudecker, Matrix Differential Calculus, ch. 6, th. 1.)
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from derivtex.answering.finding import attempt
from derivtex.checking.verdict import confirm
from derivtex.core.errors import DerivtexError, Source
from derivtex.core.notation import squeezed
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.inside import multiplied_out
from derivtex.interface import Answer, unjudged
from derivtex.operations import Differential, Number, Product, Sum, Symbol, Trace, symbol
from derivtex.problem import Definition, Problem
from derivtex.reading import asked_expansion
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation

HALF = Number(Fraction(1, 2))
LETTERS = {"scalar": ("h", "k", "t"), "vector": ("h", "v", "d"), "matrix": ("H", "E", "K")}
KEPT = ("symmetric", "skew", "diagonal", "complex", "hermitian", "lower", "upper")


class Expanded(NamedTuple):
    """What is expanded, the variable, its shift, what is linear in that and what is quadratic."""

    of: str
    variable: Symbol
    shift: Symbol
    first: Term
    second: Term


def at_place(source: Source) -> Answer | None:
    """What is derived at the place from which an expansion starts, f by X, where f(X + H) stands in the question."""
    asked = asked_expansion(source)
    if asked is None or not asked[0]:
        return None
    return attempt(lambda: unjudged(source, of=asked[0], wrt=asked[1]))[0]


def expanded(source: Source, derivation: Derivation | None) -> Expanded | None:
    """The expansion that is asked for, of what was derived by one name; None where none is, or where the numbers do not confirm it."""
    asked = asked_expansion(source) if derivation is not None else None
    variable = derivation.problem.wrt[0] if derivation is not None else None
    if asked is None or derivation is None or not isinstance(variable, Symbol) or len(derivation.problem.wrt) > 1:
        return None
    problem = derivation.problem
    if asked[1] and squeezed(asked[1]) != squeezed(variable.name):
        return None
    shift = shift_of(variable, problem, asked[2])
    try:
        first = changed(replace(problem, order=1), variable, shift)
        second = changed(replace(problem, target=first, order=1, definitions=opened_out(problem)), variable, shift) if first is not None else None
    except DerivtexError:
        return None
    if first is None or second is None:
        return None
    return Expanded(asked[0], variable, shift, first, shortened(tidied(Product((HALF, second)))))


def shift_of(variable: Symbol, problem: Problem, asked: str) -> Symbol:
    """The name of the shift: the one that the question has, else one that is free, with the structure of the variable."""
    taken = {*problem.symbols, *problem.functions}
    name = asked or next(each for each in (*LETTERS[variable.kind], "\\\\Delta") if each not in taken)
    return symbol(name, variable.kind, variable.size, tuple(each for each in variable.properties if each in KEPT))


def opened_out(problem: Problem) -> tuple[Definition, ...]:
    """The definitions but that of what is expanded."""
    return tuple(each for each in problem.definitions if each.name is not problem.target)


def changed(problem: Problem, variable: Symbol, shift: Symbol) -> Term | None:
    """The differential with the shift in the place of dX, as the numbers confirm it."""
    symbols = {**problem.symbols, shift.name: shift}
    found = confirm(derive(replace(problem, symbols=symbols, claims=(), constraints=()), form="differential"))
    if not found.confirmed:
        return None
    terms = found.unfolded.replace({Differential(variable): shift}).map(lambda part: apart(part, shift))
    return shortened(tidied(terms))


def apart(part: Term, shift: Symbol) -> Term | None:
    """A trace of a sum as a sum of traces, of which some may be the same: tr(X⁻¹(AX⁻¹H + HX⁻¹A)X⁻¹H)."""
    terms = multiplied_out(part.of, shift) if type(part) is Trace else ()
    return Sum(tuple(map(Trace, terms))) if len(terms) > 1 else None
