r"""Where the way to a claimed solution leaves the right one: the equation that the claimed value solves and the solution does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivtex.checking.lines import Line, verdict_on_line
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Symbol
from derivtex.problem import Claim, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT = "it does not hold where the derivative vanishes"


def with_slip(lines: Iterable[Line], wrong: Line | None, unknown: Symbol, claimed: Term, found: Term, problem: Problem) -> list[Line]:
    """The lines, where the first equation before a wrong solution that is solved by what is claimed and not by what was found fails.

    Only one behind a derivative, in names of the problem and of the shape of the unknown, which is no number: a constraint is another thing.
    claimed, found: the two values of the unknown.
    """
    told, derived = list(lines), False
    for at, line in enumerate(told):
        if wrong is None or line.span is None or wrong.span is None or line.span.start >= wrong.span.start:
            break
        claim = claim_of(line, problem)
        derived = derived or (claim is not None and line.verdict in ("holds", "condition") and type(claim.left) is Derivative)
        if line.verdict == "condition" and derived and claim is not None and leaves_the_way(claim, unknown, claimed, found, problem):
            part = wrong.mistake.part if wrong.mistake is not None else None
            inside = isinstance(part, Term) and any(side.contains(part) for side in (claim.left, claim.right))
            told[at] = replace(line, verdict="fails", reason=LEFT, code="solution", mistake=wrong.mistake if inside else None)
            break
    return told


def claim_of(line: Line, problem: Problem) -> Claim | None:
    """The equation of a line in the names of a problem; None where it has others."""
    claims = line.problem.claims if line.problem is not None else ()
    claim = next((each for each in claims if each.span == line.span and each.relation == "="), None)
    if claim is None:
        return None
    known = {each.name: each for each in problem.symbols.values()}
    own = {part: known.get(part.name) for side in (claim.left, claim.right) for part in side.parts(Symbol)}
    same = {part: name for part, name in own.items() if name is not None and name.shape == part.shape}
    return claim._replace(left=claim.left.replace(same), right=claim.right.replace(same)) if len(same) == len(own) else None


def leaves_the_way(claim: Claim, unknown: Symbol, claimed: Term, found: Term, problem: Problem) -> bool:
    """Whether the value that is claimed solves an equation, and the one that was found does not."""
    sides = claim.left, claim.right
    if unknown.is_scalar or claim.left.shape != unknown.shape or not any(side.contains(unknown) for side in sides):
        return False
    return [verdict_at(claim, unknown, value, problem) for value in (claimed, found)] == ["holds", "fails"]


def verdict_at(claim: Claim, unknown: Symbol, value: Term, problem: Problem) -> str:
    """The verdict on an equation at a value of the unknown."""
    put_in = Claim(claim.left.replace({unknown: value}), "=", claim.right.replace({unknown: value}), claim.latex)
    return verdict_on_line(0, claim.latex, (put_in,), claim.span, problem).verdict
