"""Lines that say a definition over again, or from which a later definition was drawn: true by that definition alone, so that the numbers say
nothing of them.
"""

from __future__ import annotations

from dataclasses import replace

from derivtex.checking.bodies import bodies, is_zero
from derivtex.checking.claims import outcome
from derivtex.checking.lineverdict import Verdict
from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Number, Product, Sum, Symbol
from derivtex.problem import Claim, Definition, Problem
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied

GOING_ON = frozenset("where with here wherein for and if using by since as in".split())
SOLVED = "an equation to be satisfied, which a later line solves"
AGAIN = "says again what the name is"


def said_over_again(claim: Claim, problem: Problem) -> Verdict | None:
    r"""The verdict on a line that holds only because one of its names is defined by it: `\mu = 1` said twice, and `u + x = 3`, from which a later
    line has `x = 3 - u`. None of a side of a chain, which is a step from the one before, and of a line about a change."""
    if claim.latex.lstrip(" &\n").startswith("=") or any(side.uses(Derivative, Differential) for side in (claim.left, claim.right)):
        return None
    known = bodies(problem, claim)
    if isinstance(claim.left, Symbol) and claim.left in known and known[claim.left] is claim.right:
        return Verdict("definition", AGAIN)
    later = next((each for each in problem.definitions if stands_behind(each, claim) and is_drawn_from(each, claim)), None)
    if later is None or outcome(claim, without(problem, later)).holds:
        return None
    return Verdict("condition", SOLVED)


def told_behind(claim: Claim, problem: Problem) -> str:
    r"""Why a line about a change may be no mistake: it holds where a name is held fixed of which only a later paragraph, or an equation that was
    solved for it, says what it is made of, the price p of `\frac{\partial p^Tq}{\partial q} = p`, which the supply comes to, `p = h + Hq`."""
    if not any(side.uses(Derivative, Differential) for side in (claim.left, claim.right)):
        return ""
    for each in problem.definitions:
        later = stands_behind(each, claim) and is_apart(claim, each)
        if (later or is_solved_for(each, claim)) and outcome(claim, without(problem, each)).holds:
            return f"it holds if ${each.name}$ is held fixed, of which line {each.span.line if each.span else 0} tells what it is made of"
    return ""


def is_solved_for(definition: Definition, claim: Claim) -> bool:
    r"""Whether the line of a definition is an equation in which its name stands among others, `v = x^TPx + w`, and that a claim has the name."""
    return definition.equation is not None and (claim.left.contains(definition.name) or claim.right.contains(definition.name))


def is_apart(claim: Claim, definition: Definition) -> bool:
    """Whether words stand between a claim and a definition behind it that do not go on with the claim, as “where” does."""
    if claim.span is None or definition.span is None:
        return False
    words = [word for word in claim.span.source.text[claim.span.end : definition.span.start].split() if word.strip("\\[](){}.,;:$*").isalpha()]
    return len(words) > 1 and words[0].lower() not in GOING_ON


def stands_behind(definition: Definition, claim: Claim) -> bool:
    """Whether a definition of a name in a claim stands behind it in the same source."""
    if definition.span is None or claim.span is None or definition.span.source is not claim.span.source:
        return False
    inside = claim.left.contains(definition.name) or claim.right.contains(definition.name)
    return inside and definition.span.start >= claim.span.end


def is_drawn_from(definition: Definition, claim: Claim) -> bool:
    """Whether a claim, solved for the name, is the definition: their differences of both sides are the same, or each the other's negative."""
    if not isinstance(definition.name, Symbol) or definition.name.shape != claim.left.shape or claim.left is definition.name:
        return False
    try:
        said, solved = difference(claim.left, claim.right), difference(definition.name, definition.body)
        return same_term(said, solved) or same_term(said, tidied(Product((Number(-1), solved))))
    except ShapeError:
        return False


def difference(left: Term, right: Term) -> Term:
    """Left − right, tidied."""
    return left if is_zero(right) else tidied(Sum((left, Product((Number(-1), right)))))


def without(problem: Problem, definition: Definition) -> Problem:
    return replace(problem, definitions=tuple(each for each in problem.definitions if each.name is not definition.name))
