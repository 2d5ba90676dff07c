"""Solving for the differential of what an equation fixes."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.errors import NotDerivable
from derivtex.identification import jacobian
from derivtex.operations import EntryPower, Identity, Inverse, LinearSolution, Number, Sum, Symbol, zero
from derivtex.rules.arithmetic import product
from derivtex.rules.conditions import varies
from derivtex.shapes import ONE
from derivtex.steps import Chain, Sentence
from derivtex.terms import Term, Terms


def solved_for(term: Term, leaf: Term) -> tuple[Term, Term]:
    """From dz = J dz + r to dz = (I − J)⁻¹r; and I − J. NotDerivable where dz does not stand last."""
    parts = term.terms if type(term) is Sum else (term,)
    own = tuple(part for part in parts if part.contains(leaf))
    rest = tuple(part for part in parts if not part.contains(leaf))
    if leaf.is_scalar:
        one, slope = Number(1), total(own).replace({leaf: Number(1)}) if own else Number(0)
        return product((EntryPower(Sum((one, -slope)), Number(-1)), total(rest))), Sum((one, -slope))
    if leaf.shape[1] != ONE:
        raise NotDerivable("the differential of a matrix that a nonlinear equation fixes is not known", way_out="write the equation for vec X")
    matrix = Sum((Identity(leaf.shape[0]), -jacobian(total(own), leaf, (leaf.shape[0], leaf.shape[0]))))
    return product((Inverse(matrix), total(rest))), matrix


def marks_told(chains: list[Chain], free_name: Callable[[Term, tuple[str, ...]], Symbol]) -> list[Sentence]:
    """What the marks for solutions of an equation mean that stand in the lines of chains."""
    formulas = [step.after for chain in chains for step in chain.steps]
    found = dict.fromkeys(
        (part.lefts, part.rights, part.shape)
        for formula in formulas
        for part in formula.walk()
        if type(part) is LinearSolution and varies(part)
    )
    told = []
    for lefts, rights, shape in found:
        unknown, given = (free_name(zero(shape), letters) for letters in (("Y", "Z", "T"), ("R", "M", "N")))
        solution = LinearSolution(lefts, rights, given)
        told.append(Sentence("{} is the {} for which {} equals {}", (solution, unknown, *solution.equation(unknown))))
    return told


def total(parts: Terms) -> Term:
    return Sum(parts) if len(parts) > 1 else parts[0]
