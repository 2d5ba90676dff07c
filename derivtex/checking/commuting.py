"""Matrices that commute, where the words or an equation say so: what a line needs of them is tried with one a polynomial of the other.

Whatever commutes with a matrix that has a simple spectrum, as random ones have, is a polynomial of it
(Horn and Johnson, Matrix Analysis, theorem 3.2.4.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from derivtex.checking.bodies import bodies
from derivtex.checking.claims import Given, Outcome, outcome
from derivtex.checking.ledger import denied, near_words, stands_in
from derivtex.checking.movement import leaves, motions
from derivtex.core.terms import Term
from derivtex.operations import Identity, Number, Product, Sum, Symbol
from derivtex.problem import Claim, Problem

CUE = "commut"
Pair = tuple[Symbol, Symbol]


def where_they_commute(claim: Claim, problem: Problem, given: Given, said: dict[Pair, int]) -> tuple[str, Outcome] | None:
    """That two matrices commute, under which a claim holds, and the outcome; None where that does not help, or nothing says so.

    said: the pairs of which an equation says so, with its line.
    """
    for pair in pairs_in(claim, problem, said):
        found = outcome(claim, problem, given=given, tied={pair[1]: polynomial_of(pair[0])})
        if found.holds and found.heavy:
            return f"{pair[0].name} and {pair[1].name} commute", found
    return None


def pairs_in(claim: Claim, problem: Problem, said: dict[Pair, int]) -> Iterator[Pair]:
    """The pairs of matrices in a claim of which an equation or the words say that they commute; none that moves."""
    definitions = bodies(problem, claim)
    moving = {leaf for motion in motions(claim, problem) for leaf in motion.moving}
    names = dict.fromkeys((*leaves(claim.left, definitions), *leaves(claim.right, definitions)))
    square = [name for name in names if isinstance(name, Symbol) and not name.is_scalar and name.shape[0] == name.shape[1] and name not in moving]
    stretches = [] if denied(CUE, problem.source.text.lower()) else near_words(CUE, problem.source.text.lower())
    for one, other in combinations(square, 2):
        known = (one, other) in said or (other, one) in said
        told = any(all(stands_in(name.name.lower(), stretch) for name in (one, other)) for stretch in stretches)
        if one.shape == other.shape and (known or told):
            yield one, other


def polynomial_of(matrix: Symbol) -> Term:
    """A matrix that commutes with another, and is otherwise as good as any."""
    square = Product((Number(2), matrix, matrix))
    return Sum((square, Product((Number(-1), matrix)), Product((Number(Fraction(3, 2)), Identity(matrix.shape[0])))))
