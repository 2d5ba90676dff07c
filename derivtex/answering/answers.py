"""`derivtex.answer`: the post that a whole question asks for.

    words ──▶ wish        what is wanted
    source ─▶ derive, check, solve, as the wish needs them
           ─▶ Reply ─▶ Post ─▶ text
"""

from __future__ import annotations

from os import PathLike

from derivtex.answering.adjoints import adjoint_of
from derivtex.answering.cases import case_of
from derivtex.answering.choosing import choices
from derivtex.answering.claimed import with_claims, with_solution
from derivtex.answering.expansions import at_place, expanded
from derivtex.answering.finding import (
    CLAIMED,
    DERIVED,
    Missing,
    as_wished,
    bending,
    curvature_of,
    derived_from,
    instead,
    is_unasked,
    kind_of,
    missing_second,
    report_for,
    set_to_zero,
    solution_for,
    wish_for,
    with_others,
)
from derivtex.answering.given import in_two_layouts
from derivtex.answering.identities import not_derived, taken_free
from derivtex.answering.jointly import joint
from derivtex.answering.points import at_point
from derivtex.answering.rates import Rate, along_motion
from derivtex.answering.replies import Reply
from derivtex.answering.solutions import Solved
from derivtex.answering.stationarity import behind_conditions
from derivtex.answering.stepping import stepped
from derivtex.answering.symmetric import where_symmetric
from derivtex.answering.traces import traced
from derivtex.core.errors import NotConfirmed, NotDerivable, Source
from derivtex.core.files import source_of
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.interface import Answer, Report
from derivtex.reading import asked_causes, asked_direction, itemised
from derivtex.reading.words.wishes import Wish
from derivtex.steps import Derivation, Zeroed


def answer(source: str | Source | PathLike[str], *, limit: float | None = None) -> Reply:
    """Answer a whole question: a derivative, a verdict on lines, a solution, as its words ask; limit: seconds, 60 if not given, 0 for any.

    Raises the error of `derive` where nothing of what is asked could be found.
    """
    source = source_of(source)
    with session(limits(limit, AT_A_TERMINAL)):
        return reply_to(source)


def reply_to(source: Source) -> Reply:
    """The reply, made in the order in which each needs what stands before it."""
    clean, claims, solution = with_solution(source)
    direction = asked_direction(clean)
    place = at_place(clean)
    derived, error = (place, None) if place is not None else derived_from(clean, direction)
    wish = wish_for(source, derived, solution)
    derived = as_wished(wish.name, clean, derived)
    solution, unsolved = solution_for(wish, source, solution)
    symmetric, claimed = where_symmetric(clean, solution, claims)
    solution = claimed.found if claimed is not None else solution
    report = report_for(wish, clean, source, derived, solution)
    if wish.name in (*DERIVED, "confirm") and in_two_layouts(report):
        wish = wish._replace(name="convention", other="")
    steps = stepped(clean, report) if wish.name == "why" else None
    report, asked = with_claims(report, claims, solution, clean) if solution is not None and claims else (report, None)
    derived = instead(clean, derived, report) if wish.name in ("mistake", *DERIVED) else derived
    derivations, missing, zeroed = derivations_for(wish, clean, derived, report, solution, behind=solution is None and steps is None)
    if wish.name in DERIVED and derived is None and wish.other and report is not None:
        wish = wish._replace(name=wish.other)  # what can be told
    second, shown = bending(wish, clean, derived, solution, derivations), derived.derivation if derived is not None else None
    missing += missing_second(wish, clean, derived, second)
    named = choices(clean, shown)
    if wish.name == "convention" and len(derivations) == 1 and named and all(each.what != "transpose" for each in named):
        wish = wish._replace(name=kind_of(derived), other="")  # the layouts make no difference
    together = joint(clean, derivations[0].derivation) if derivations else None  # one block alone shows no convexity
    rate = along_motion(clean, shown)
    found = Reply(
        wish, derivations, report, solution, error, None if asks_for_value(wish, shown, rate) else unsolved, asked,
        curvature_of(second) if together is None else None, second if "hessian" in wish.further else None,
        symmetric, missing, steps, zeroed, itemised(source), direction, not_derived(report, derived),
        at_point(clean, shown), named, traced(clean, shown), claimed.names if claimed is not None else (), rate,
        together, case_of(clean, shown), asked_causes(clean) if wish.name == "why" else (), expanded(clean, shown),
        adjoint_of(clean, shown), taken_free(report, derived), solution is None and steps is None and is_unasked(wish, clean, report, shown),
    )  # fmt: skip
    if derived is None and solution is None and steps is None and not tells_something(found):
        raise error or NotDerivable("nothing of what is asked could be found", way_out="state the formula and by what it is differentiated")
    return found


def asks_for_value(wish: Wish, shown: Derivation | None, rate: Rate | None) -> bool:
    r"""Whether “what is $\dot V$?” and the like, which no other word makes a problem to solve, is of what cannot be an optimum."""
    return not wish.evidence and shown is not None and (rate is not None or not shown.problem.target.is_scalar)


def derivations_for(
    wish: Wish, source: Source, derived: Answer | None, report: Report | None, solution: Solved | None, behind: bool
) -> tuple[tuple[Answer, ...], tuple[Missing, ...], tuple[Zeroed, ...]]:
    """What is shown as derived, what of it is missing, and the gradients that are set to zero; behind: whether those behind conditions may be."""
    if derived is None:
        return (), (), set_to_zero(wish, (), solution)
    derivations, missing = with_others(wish.name, source, derived, report)
    if wish.name != "why" or not behind:
        return derivations, missing, set_to_zero(wish, derivations, solution)
    conditions, zeroed = behind_conditions(source, derived, report)
    return conditions or derivations, missing, zeroed


def tells_something(found: Reply) -> bool:
    """Whether verdicts on lines are an answer; that a definition does not conform, where a derivative is asked for, is better told by the error."""
    judged = [line for line in found.report.lines if line.verdict in CLAIMED] if found.report is not None else []
    return any(found.wish not in DERIVED or line.code != "dimensions" for line in judged) and bool(found.sections())


__all__ = ["NotConfirmed", "Reply", "answer"]
