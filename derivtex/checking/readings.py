r"""What else an author may have meant by a line that does not hold as it stands: conventions under which it is right.

Sums over indices that stand twice (Einstein's convention), derivatives of vectors in the other layout, and $X^TA \odot B$ for
$X^T(A \odot B)$ are readings of their own: a line that holds in one of them is right, and the reading is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derivtex.checking.claims import Given, outcome
from derivtex.checking.numbers import bound_indices
from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Hadamard, Index, Product, Sum, SumOver, Transpose
from derivtex.problem import Claim, Problem

REPEATED = "indices that stand twice are summed over"
WHERE_SUMMED = "indices that stand twice may be summed over"
DENOMINATOR = "derivatives of vectors are in denominator layout"
BINDS_FIRST = "an entrywise product binds before the other factors"


def meant_otherwise(claim: Claim, problem: Problem, given: Given) -> str:
    """The convention under which a claim holds that does not as it stands; nothing where there is none."""
    for sentence, other in others(claim):
        found = outcome(other, problem, given=given)
        if found.holds and found.heavy:
            return sentence
    return ""


def others(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The claim in each of the conventions in which it is another one."""
    for sentence, other in ((REPEATED, with_sums(claim)), (DENOMINATOR, with_turned_derivatives(claim))):
        if other is not None:
            yield sentence, other
    for left in (claim.left, *regrouped(claim.left)):
        for right in (claim.right, *regrouped(claim.right)):
            if (left, right) != (claim.left, claim.right) and left.shape == right.shape:
                yield BINDS_FIRST, claim._replace(left=left, right=right)


def regrouped(side: Term) -> list[Term]:
    """A side with its first entrywise product taken of the nearest factor alone."""
    found = next((part for part in side.parts(Hadamard) if type(part.factors[0]) is Product), None)
    if found is None:
        return []
    *before, last = found.factors[0].factors
    try:
        return [side.replace({found: Product((*before, Hadamard((last, *found.factors[1:]))))})]
    except ShapeError:
        return []


def has_repeated(claim: Claim) -> bool:
    """Whether an index stands twice in an addend of a claim."""
    return bool(repeated(claim.left) | repeated(claim.right))


def with_sums(claim: Claim) -> Claim | None:
    """The claim with a sum over each index that stands twice in an addend; None where there is none, or sums are written."""
    sides = (claim.left, claim.right)
    if any(side.uses(SumOver) for side in sides) or not any(map(repeated, sides)):
        return None
    left, right = map(summed, sides)
    return claim._replace(left=left, right=right) if free(left) == free(right) else None


def summed(side: Term) -> Term:
    """A side with a sum over each repeated index of each addend."""
    if type(side) is Sum:
        return Sum(tuple(map(summed, side.terms)))
    for index in sorted(repeated(side), key=lambda each: each.name):
        side = SumOver(index, side)
    return side


def repeated(side: Term) -> set[Index]:
    """The free indices that stand twice in an addend of a side."""
    addends = side.terms if type(side) is Sum else (side,)
    return {index for addend in addends for index, times in counted(addend).items() if times == 2}


def free(side: Term) -> set[Index]:
    return set(counted(side))


def counted(term: Term) -> Counter[Index]:
    """How often each free index stands in a term."""
    found: Counter[Index] = Counter()
    waiting = [(term, frozenset[Index]())]
    while waiting:
        part, bound = waiting.pop()
        if type(part) is Index:
            found[part] += part not in bound
        inner = bound.union(bound_indices(part))
        waiting += [(child, inner) for child in part.children]
    return +found


def with_turned_derivatives(claim: Claim) -> Claim | None:
    """The claim with the derivatives of vectors inside its right side transposed; None where there are none or that does not conform."""

    def turned(part: Term) -> Term | None:
        return Transpose(part) if type(part) is Derivative and part.form == "jacobian" else None

    if type(claim.right) is Derivative:
        return None
    try:
        right = claim.right.map(turned)
    except ShapeError:
        return None
    fits = right is not claim.right and right.shape in (claim.left.shape, claim.left.shape[::-1])
    return claim._replace(right=right) if fits else None
