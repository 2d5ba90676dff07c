"""Solving for the differential of what an equation fixes."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms, bits_of
from derivtex.derivation.identification import jacobian
from derivtex.operations import EntryPower, Frechet, Identity, Inner, Inverse, LinearSolution, Number, Sum, Symbol, zero
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import ASSUMED, varies
from derivtex.rewriting.page import Page
from derivtex.simplification.engine import simplified, tidied
from derivtex.steps import Chain, Sentence

SOLVED = bits_of((Frechet, LinearSolution))


def solved_for(term: Term, leaf: Term) -> tuple[Term, Sentence]:
    """From dz = J dz + r to dz = (I − J)⁻¹r; and what that takes for granted. NotDerivable where dz does not stand alone."""
    parts = term.terms if type(term) is Sum else (term,)
    own = tuple(part for part in parts if part.contains(leaf))
    rest = tuple(part for part in parts if not part.contains(leaf))
    if not rest:
        raise NotDerivable("an equation does not fix the name that it should fix", way_out="look at it: both of its sides may be the same")
    if leaf.is_scalar:
        one, slope = Number(1), total(own).replace({leaf: Number(1)}) if own else Number(0)
        return product((EntryPower(Sum((one, -slope)), Number(-1)), total(rest))), assumed("nonzero", Sum((one, -slope)))
    if leaf.shape[1] != ONE:
        return of_linear_equation(own, rest, leaf), assumed("solvable", leaf)
    matrix = Sum((Identity(leaf.shape[0]), -jacobian(total(own), leaf, (leaf.shape[0], leaf.shape[0]))))
    return product((Inverse(matrix), total(rest))), assumed("invertible", matrix)


def assumed(word: str, term: Term) -> Sentence:
    return Sentence(ASSUMED[word], (tidied(term),))


def of_linear_equation(own: Terms, rest: Terms, leaf: Term) -> Term:
    """The solution of dX − Σ L dX R = r, with the terms brought together that have nothing behind or nothing before dX."""
    units = Identity(leaf.shape[0]), Identity(leaf.shape[1])
    pairs: list[tuple[Term, Term]] = [units]
    for part in own:
        before, behind = around_leaf(part, leaf)
        pairs.append((before, opposite(behind)) if before is units[0] and behind is not units[1] else (opposite(before), behind))
    in_front = tuple(before for before, behind in pairs if behind is units[1])
    at_the_end = tuple(behind for before, behind in pairs if before is units[0] and behind is not units[1])
    pairs = [pair for pair in pairs if units[0] is not pair[0] and units[1] is not pair[1]]
    pairs = [(tidied(total(in_front)), units[1]), *([(units[0], tidied(total(at_the_end)))] if at_the_end else []), *pairs]
    pairs = [pair for pair in pairs if not any(map(is_zero, pair))]
    if not pairs:
        raise NotDerivable("the equation does not fix what it was to fix")
    return LinearSolution(tuple(before for before, _ in pairs), tuple(behind for _, behind in pairs), total(rest))


def opposite(term: Term) -> Term:
    return tidied(product((Number(-1), term)))


def around_leaf(term: Term, leaf: Term) -> tuple[Term, Term]:
    """L and R of L dX R."""
    factors = factors_of(term)
    if factors.count(leaf) != 1 or sum(map(varies, factors)) != 1:
        raise NotDerivable(
            "the differential of a matrix that this equation fixes is not known: it does not stand between two factors",
            way_out="write the equation for vec X",
        )
    at = factors.index(leaf)
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    before, behind = (tuple(factor for factor in side if not factor.is_scalar) for side in (factors[:at], factors[at + 1 :]))
    left = product(before) if before else Identity(leaf.shape[0])
    return product((*scalars, left)), product(behind) if behind else Identity(leaf.shape[1])


def marks_told(chains: list[Chain], free_name: Callable[[Term, tuple[str, ...]], Symbol]) -> list[Sentence]:
    """What the marks for solutions of an equation mean that stand in the lines of chains."""
    formulas = [step.after for chain in chains for step in chain.steps]
    found = dict.fromkeys((part.lefts, part.rights, part.shape) for formula in formulas for part in solutions_in(formula))
    told = []
    for lefts, rights, shape in found:
        unknown, given = (free_name(zero(shape), letters) for letters in (("Y", "Z", "T"), ("R", "M", "N")))
        solution = LinearSolution(lefts, rights, given)
        told.append(Sentence("{} is the {} for which {} equals {}", (solution, unknown, *solution.equation(unknown))))
    return told


def solutions_in(formula: Term) -> list[LinearSolution]:
    """The differentials in a formula that linear equations fix."""
    if not formula.bits & SOLVED:
        return []
    found = (part.solution if isinstance(part, Frechet) else part for part in formula.walk() if part.bits & SOLVED and varies(part))
    return [part for part in found if isinstance(part, LinearSolution)]


def factors_told(chains: list[Chain], names: Page, free_name: Callable[[Term, tuple[str, ...]], Symbol]) -> list[Sentence]:
    """What the slope of a nuclear norm is by the singular vectors (Horn & Johnson, sec. 7.4): U V^T, in which no root is to be taken."""
    used = [step for chain in chains for step in chain.steps if step.rule.name.startswith("nuclear norm")]
    used = [step for step in used if type(step.after.at(step.place)) is Inner]
    found = {step.before.at(step.place).of.of: step.after.at(step.place).left for step in used}
    told = []
    for of, slope in found.items():
        rows, columns = of.shape
        letters = ((rows, columns), ("U", "P", "L")), ((columns, columns), (r"\Sigma", "D", "S")), ((columns, columns), ("V", "Q", "W"))
        u, s, v = (free_name(zero(shape), wanted) for shape, wanted in letters)
        polar = simplified(tidied(slope), names)
        told.append(Sentence("With the thin singular value decomposition {} of {}, {} is {}", (product((u, s, v.T)), of, polar, product((u, v.T)))))
    return told


def total(parts: Terms) -> Term:
    return Sum(parts) if len(parts) > 1 else parts[0]
