"""The lines of a chain, `a = b = c`: behind a wrong side each may be equal to that one, from which it follows, or to the first."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.checking.claims import outcome
from derivtex.checking.conditions import Course
from derivtex.checking.lineverdict import Verdict
from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.problem import Claim, Problem
from derivtex.reading.meaning.claims import fitted

RIGHT_AGAIN = "right by itself: what stands before it is wrong"
FOLLOWS = "it follows from what stands before it, which is wrong"
Judging = Callable[[Claim, Problem, Course], Verdict]


def verdict_in_chain(claim: Claim, problem: Problem, course: Course, judge: Judging) -> Verdict:
    """The verdict on a claim, with whether it follows from the side before it; where that one is not known to be right, the first counts too."""
    before, course.last = course.last, claim
    goes_on = continues(claim, before)
    whole = by_first_side(claim, course.head) if goes_on and course.broken else None
    found = judge(claim, problem, course) if whole is None else behind_wrong(claim, whole, problem, course, judge)
    if whole is None:
        found = found._replace(follows=follows(found, claim, before, problem, course))
    if not goes_on:
        course.head, course.broken = claim.left, ""
    if found.verdict in ("fails", "unknown") and course.broken != "fails":
        course.broken = "unknown" if problem.apart else found.verdict  # what only a paragraph tells is not surely wrong
    return found


def continues(claim: Claim, before: Claim | None) -> bool:
    """Whether a claim begins with a relation sign, so that its left side is the right one of the claim before it."""
    return before is not None and before.right is claim.left and claim.latex.lstrip(" &\n").startswith(("=", r"\equiv"))


def by_first_side(claim: Claim, head: Term | None) -> Claim | None:
    """The claim with the first side of its chain on the left; None where the two do not conform."""
    try:
        return None if head is None else claim._replace(left=fitted(head, claim.right))
    except ShapeError:
        return None


def behind_wrong(claim: Claim, whole: Claim, problem: Problem, course: Course, judge: Judging) -> Verdict:
    """The verdict on a claim behind a side that is wrong, or not known to be right: it holds where it is equal to that side or to the first.

    whole: what it says of the first side of its chain.
    """
    follows = outcome(claim, problem, given=course.given).holds
    if follows and (course.broken == "unknown" or not outcome(whole, problem, given=course.given).holds):
        found = judge(claim, problem, course)
        return found._replace(follows=True, reason=with_remark(found, FOLLOWS) if course.broken == "fails" else found.reason)
    found = judge(whole, problem, course)
    right_again = found.verdict == "holds" and course.broken == "fails" and not follows
    course.broken = "" if found.verdict == "holds" else course.broken
    return found._replace(follows=True if follows else None, reason=with_remark(found, RIGHT_AGAIN) if right_again else found.reason)


def with_remark(found: Verdict, remark: str) -> str:
    return "; ".join(filter(None, (found.reason, remark)))


def follows(found: Verdict, claim: Claim, before: Claim | None, problem: Problem, course: Course) -> bool | None:
    """Whether a line follows from the one before it: a right one does; a wrong one about the same may, if that one was wrong."""
    if found.verdict == "holds":
        return True
    if found.verdict != "fails" or before is None or before.left is not claim.left or before.right.shape != claim.right.shape:
        return None
    return outcome(claim._replace(left=before.right), problem, given=course.given).holds
