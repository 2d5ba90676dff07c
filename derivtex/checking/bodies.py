"""What the names of a problem stand for where a line is tried."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Number, Zero
from derivtex.problem import Claim, Definition, Problem


def is_zero(term: Term) -> bool:
    return type(term) is Zero or term is Number(0)


def bodies(problem: Problem, claim: Claim | None = None) -> dict[Term, Term]:
    """What the defined names stand for; a solution that only a later line gives is not put into a claim: there the name is free."""
    later = solutions(problem, claim) if claim is not None else []
    return {definition.name: definition.body for definition in problem.definitions if definition not in later}


def solutions(problem: Problem, claim: Claim) -> list[Definition]:
    """The definitions behind a claim of names for which an equation was set to zero before: `2X^T(Xw - y) = 0`, then `w = (X^TX)^{-1}X^Ty`."""
    zero = [(each.span.start, each.left) for each in problem.claims if each.span is not None and is_zero(each.right)]
    if not zero or claim.span is None:
        return []
    start = claim.span.start
    return [
        each for each in problem.definitions
        if each.span is not None and start < each.span.start and any(at < each.span.start and left.contains(each.name) for at, left in zero)
    ]  # fmt: skip
