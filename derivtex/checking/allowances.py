"""Under what a claim holds that does not hold as it stands: what earlier lines imposed, a usual assumption or convention, a branch,
rounded decimals; or as an equation that is imposed, or solves one.
"""

from __future__ import annotations

from derivtex.checking.claims import outcome
from derivtex.checking.commuting import where_they_commute
from derivtex.checking.conditions import Course, imposed, solution
from derivtex.checking.conventions import other_conventions
from derivtex.checking.decimals import holds_when_rounded
from derivtex.checking.layouts import in_words
from derivtex.checking.ledger import assumptions, said_by
from derivtex.checking.lineverdict import Verdict
from derivtex.checking.movement import leaf_of, motions
from derivtex.checking.pieces import ON_BRANCH, has_inverses
from derivtex.operations import Derivative, Symbol
from derivtex.problem import Claim, Problem


def under_conditions(claim: Claim, problem: Problem, needed: int, course: Course) -> Verdict | None:
    """The verdict on a claim that holds under what earlier lines imposed."""
    if not course.given:
        return None
    found = outcome(claim, problem, needed, course.given)
    if not found.holds or not found.heavy:  # where w^Tw is 1, w^Tw − 1 and its negative are both zero
        return None
    lines = ", ".join(str(line) for line in sorted(set(course.lines.values())))
    return Verdict("holds", f"by line {lines}", layout=found.layout)


def as_condition(claim: Claim, problem: Problem, course: Course) -> Verdict | None:
    """The verdict on an equation that is imposed, or that solves one."""
    if isinstance(claim.left, Symbol):
        solved = solution(claim.left, claim.right, claim, problem, course)
        if solved is not None and solved[0]:
            return Verdict("holds", f"makes line {solved[1]} vanish")
        if solved is not None and claim.left in course.zero:
            return Verdict("fails", f"line {solved[1]} does not vanish there", "solution")
    reason = imposed(claim, problem, course)
    return None if reason is None else Verdict("condition", reason)


def under_assumptions(claim: Claim, problem: Problem, needed: int, course: Course) -> Verdict | None:
    """The verdict on a claim that holds under a usual assumption, with the smallest set of them."""
    for sentences, given in assumptions(claim, problem):
        found = outcome(claim, problem, needed, {**course.given, **given})
        if found.holds and found.heavy:
            reason = "; ".join(filter(None, (in_words(found.layout), said_by(given, problem))))
            return Verdict("holds", reason, assuming=sentences, layout=found.layout)
    commuting = where_they_commute(claim, problem, course.given, course.commuting)
    return Verdict("holds", in_words(commuting[1].layout), assuming=(commuting[0],), layout=commuting[1].layout) if commuting else None


def on_a_branch(claim: Claim, problem: Problem, needed: int, course: Course) -> Verdict | None:
    """The verdict on a claim that holds as long as the arguments of inverse functions are small."""
    if not has_inverses(motions(claim, problem)[0]):
        return None
    found = outcome(claim, problem, needed, course.given, reach="near")
    return Verdict("holds", in_words(found.layout), assuming=(ON_BRANCH,), layout=found.layout) if found.holds and found.heavy else None


def in_other_convention(claim: Claim, problem: Problem, needed: int, course: Course) -> Verdict | None:
    """The verdict on a derivative by a structured or complex variable that is right in another of the conventions in use."""
    for sentences, given in ((), {}), *assumptions(claim, problem):
        known = {**course.given, **given}
        by = leaf_of(claim.left.by) if type(claim.left) is Derivative else None
        if by is not None and by in given and not said_by({by: given[by]}, problem):
            continue  # of the variable the words have to say it themselves
        for meant, sentence in other_conventions(claim, known):
            found = outcome(meant, problem, needed, known)
            if found.holds and found.heavy:
                return Verdict("holds", assuming=(*sentences, sentence))
    return None


def when_rounded(claim: Claim, problem: Problem, course: Course) -> Verdict | None:
    """The verdict on a claim that holds to the digits of its decimals."""
    sentence = holds_when_rounded(claim, problem, course.given)
    return Verdict("holds", assuming=(sentence,)) if sentence else None
