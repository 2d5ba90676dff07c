r"""What an author says of a name that nothing defines: `\mathbf{1}^T t = 1`, `\|u\| = 1`, `U^T U = I` are properties, no claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derivtex.calculus.arithmetic import negative
from derivtex.calculus.totals import total_of
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Hermitian, Identity, Index, Member, Norm, Number, Product, Sum, Symbol, Transpose, symbol
from derivtex.problem import Claim, Problem
from derivtex.rewriting.normal_form import is_real
from derivtex.simplification.names import replaced


def with_conditions(problem: Problem, positive: Iterable[Symbol] = ()) -> Problem:
    r"""The problem with its conditions as properties of what they are about. positive: the numbers of which the author says so, `\lambda > 0`.

    What stands in a Lagrangian, `\lambda(1 - \|v\|^2)`, holds at the solution only, and is no property of what the Lagrangian is of.
    """
    defined = {definition.name for definition in problem.definitions}
    multiplied = in_lagrangians(problem)
    claimed = {claim: found for claim in problem.claims if (found := condition(claim)) is not None and found[0] not in defined}
    changed: dict[Term, Term] = {}
    for name, property_ in (*claimed.values(), *((name, "positive") for name in positive if name not in defined)):
        if (name, property_) in multiplied:
            continue
        known = changed.get(name, name)
        assert isinstance(known, Symbol)
        changed[name] = symbol(known.name, known.kind, known.size, dict.fromkeys((*known.properties, property_)), known.family)
    kept = tuple(claim for claim in problem.claims if claim not in claimed)
    used = tuple(claim for claim in problem.claims if claim in claimed)
    return replaced(replace(problem, claims=kept, conditions=used), changed) if used or changed else problem


def in_lagrangians(problem: Problem) -> set[tuple[Symbol, str]]:
    """The conditions of which a formula has the two sides' difference as a factor."""
    formulas = (problem.target, *(definition.body for definition in problem.definitions))
    factors = {each for formula in formulas for part in formula.walk() if type(part) is Product for each in part.factors if type(each) is Sum}
    pairs = [pair for each in factors if len(each.terms) == 2 for pair in (each.terms, each.terms[::-1])]
    equations = [Claim(*sides, "") for one, other in pairs for sides in ((one, "=", negative(other)), (negative(one), "=", other))]
    return {found for each in equations if (found := condition(each)) is not None}


def condition(claim: Claim) -> tuple[Symbol, str] | None:
    """The name that a claim is about, and the property it says of it."""
    if claim.relation != "=":
        return None
    for left, right in ((claim.left, claim.right), (claim.right, claim.left)):
        total = total_of(left) if right is Number(1) else None
        summed = total.family if isinstance(total, Member) and type(total.index) is Index else total  # 1^T y_i = 1, of every member
        if isinstance(summed, Symbol):
            return summed, "sum-one"
        found = of_length(left) if right is Number(1) else None
        if found is not None:
            return found, "unit"
        if type(right) is Identity and isinstance(left, Product) and left.shape[0].integer != 1:
            turned, *rest = left.factors
            if len(rest) == 1 and isinstance(rest[0], Symbol) and turned is rest[0].T and is_square(rest[0]) and is_real(rest[0]):
                return rest[0], "orthogonal"
    return None


def is_square(term: Term) -> bool:
    return term.shape[0] == term.shape[1]


def of_length(term: Term) -> Symbol | None:
    """The vector that a term is the length of, or its square: of a complex one that is no u^T u."""
    match term:
        case Norm(Symbol() as name) | EntryPower(Norm(Symbol() as name), Number()) if name.shape[1] == ONE:
            return name
        case Product((Transpose(Symbol() as name), Symbol() as other)) if name is other and name.shape[1] == ONE and is_real(name):
            return name
        case Product((Hermitian(Symbol() as name), Symbol() as other)) if name is other and name.shape[1] == ONE:
            return name
    return None
