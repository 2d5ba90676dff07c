"""What an equation says of names that is no identity: a property, that two matrices commute, that something is held fixed or vanishes."""

from __future__ import annotations

from derivtex.checking.bodies import is_zero
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Entry, Identity, Product, Sum, SumOver, Symbol
from derivtex.problem import Claim, Problem
from derivtex.reading.meaning.conditions import condition

SUPPOSING = frozenset("suppose supposing assume assuming if whenever when provided given let".split())
BETWEEN = frozenset("that we have also both".split())  # what may stand between such a word and the formula


def is_supposed(claim: Claim) -> bool:
    """Whether the words right before an equation make it an assumption: “suppose that $A^TA = AA^T$”."""
    return next((word for word in reversed(claim.words.split()) if word not in BETWEEN), "") in SUPPOSING


def property_imposed(claim: Claim) -> tuple[Symbol, str] | None:
    """The name that a claim is about, and the property that it gives it: W^TW = I of a tall W too."""
    found = condition(claim)
    if found is not None:
        return found
    turned_about = name_turned_about(claim)
    if turned_about is not None:
        return turned_about, "symmetric"
    for left, right in ((claim.left, claim.right), (claim.right, claim.left)):
        if type(right) is Identity and type(left) is Product and len(left.factors) == 2:
            turned, name = left.factors
            if type(name) is Symbol and turned is name.T:
                return name, "orthogonal"
    return None


def name_turned_about(claim: Claim) -> Symbol | None:
    """The matrix of which a claim says that it is its transpose, as a whole or entry by entry."""
    if claim.latex.lstrip(" &\n").startswith("="):
        return None
    left, right = claim.left, claim.right
    whole = left if type(left) is Symbol else right
    if type(whole) is Symbol and not whole.is_scalar and left is right.T:
        return whole
    if isinstance(left, Entry) and isinstance(right, Entry) and left.children[1:] == right.children[:0:-1]:
        name = left.children[0]
        return name if type(name) is Symbol and name is right.children[0] and name.shape[0] == name.shape[1] else None
    return None


def moves(claim: Claim) -> bool:
    """Whether a claim is about differentials: what is said of them is no condition on a value."""
    return any(side.uses(Differential) for side in (claim.left, claim.right))


def parts_of_zero(side: Term) -> set[Term]:
    """What is zero where a side is: itself, or its negative."""
    if type(side) is Derivative:
        return {side, *side.of.parts(SumOver)}
    return set(side.parts(SumOver)) if type(side) is not Sum else {side}


def commuting_pair(claim: Claim) -> tuple[Symbol, Symbol] | None:
    """The two names of which both sides are the product, in either order: it is what an author assumes of them."""
    left, right = claim.left, claim.right
    if type(left) is Product and type(right) is Product and left.factors == right.factors[::-1] and len(left.factors) == 2:
        one, other = left.factors
        return (one, other) if isinstance(one, Symbol) and isinstance(other, Symbol) else None
    return None


def is_held_fixed(claim: Claim) -> str | None:
    """Why `dA = 0` is no claim: it says of a name that it is constant."""
    fixed = is_zero(claim.right) and type(claim.left) is Differential and isinstance(claim.left.of, Symbol)
    return "says what is held fixed" if fixed else None


def brought_in(claim: Claim, problem: Problem) -> tuple[Symbol, ...]:
    """The names that an identity brings in: on one side alone, undeclared and nowhere before, as the u and v of `σ(W) = u^TWv`."""
    left, right = (set(side.walk()) for side in (claim.left, claim.right))
    if any(type(part) in (Derivative, Differential) for part in left | right):
        return ()
    start = claim.span.start if claim.span else 0
    before = {part for each in problem.claims if each.span and each.span.start < start for part in (*each.left.walk(), *each.right.walk())}
    before |= {part for each in problem.definitions for part in (each.name, *each.body.walk())}
    new = [part for part in left ^ right if isinstance(part, Symbol) and part.name in problem.guessed and part not in before]
    return tuple(sorted(new, key=lambda each: each.name))
