"""Somebody's own derivation, line by line: which lines hold, and which is the first that does not.

No line is derived to be judged: both sides of a claim are evaluated at random points, its differentials and derivatives from
differences. Only what should stand in the place of a wrong derivative is derived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from derivtex.checking.claims import Outcome, outcome
from derivtex.checking.verdict import NEEDED
from derivtex.core.errors import DerivtexError, Span
from derivtex.core.shapes import size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative
from derivtex.problem import Claim, Definition, Fault, Problem, Untried

RELATIONS = ("=", ":=", r"\equiv", r"\triangleq", r"\coloneqq")
WORST_FIRST = ("fails", "unreadable", "unknown", "holds", "condition", "definition", "skipped")
Asserted = Definition | Claim | Fault | Untried


class Mistake(NamedTuple):
    """The one edit that makes a line right: its kind, the part that is wrong, and what should stand in its place."""

    kind: str
    part: Term | None
    repair: Term | None


class Verdict(NamedTuple):
    """What is found of one assertion. expected: what should stand on its right side."""

    verdict: str
    reason: str = ""
    code: str = ""
    expected: Term | None = None
    mistake: Mistake | None = None
    assuming: tuple[str, ...] = ()
    layout: str = ""


@dataclass(frozen=True)
class Line:
    """A line with its verdict: definition, condition, holds, fails, unreadable, unknown or skipped.

    expected: what should stand on its right. assuming: what it needs to hold beyond what the source says. follows: whether it follows
    from the line before, whatever that one is worth. problem: what is known where it stands.
    """

    index: int
    latex: str
    verdict: str
    reason: str = ""
    expected: Term | None = None
    span: Span | None = None
    code: str = ""
    mistake: Mistake | None = None
    assuming: tuple[str, ...] = ()
    follows: bool | None = None
    problem: Problem | None = field(default=None, repr=False)


def verdict_on_line(index: int, latex: str, items: Iterable[object], span: Span | None, problem: Problem) -> Line:
    """The verdict on a line, the worst of what it asserts; one that only declares, defines a function or asks is a definition."""
    found = [verdict_on(item, problem) for item in items if isinstance(item, Asserted)]
    worst = min(found, key=lambda each: WORST_FIRST.index(each.verdict), default=Verdict("definition"))
    return Line(index, latex, worst.verdict, worst.reason, worst.expected, span, worst.code, worst.mistake, worst.assuming, problem=problem)


def verdict_on(item: Asserted, problem: Problem) -> Verdict:
    """The verdict on one assertion."""
    if isinstance(item, Definition):
        return Verdict("definition")
    if isinstance(item, Untried):
        return Verdict("skipped", f"{item.relation} is not tried", "relation")
    if isinstance(item, Fault):
        wrong = item.code == "dimensions" and item.certain
        return Verdict("fails" if wrong else "unreadable", item.message, item.code)
    if item.relation not in RELATIONS:
        return Verdict("skipped", f"{item.relation} is not tried", "relation")
    return verdict_on_claim(item, problem)


def verdict_on_claim(claim: Claim, problem: Problem, needed: int = NEEDED) -> Verdict:
    """Whether a claim holds as it stands or, for a derivative, in the other layout; tried at as many points as are needed."""
    found = outcome(claim, problem, needed)
    if found.holds:
        return Verdict("holds", layout_in_words(found), layout=found.layout)
    if found.fails:
        return Verdict("fails", difference_of(claim), "values", expected_right(claim, problem))
    return Verdict("unknown", found.remark, "void" if found.void else "undecided")


def layout_in_words(found: Outcome) -> str:
    return "in the layout that is the transpose of the usual one" if found.layout == "numerator" else ""


def difference_of(claim: Claim) -> str:
    """In what the sides differ."""
    if claim.left.shape == claim.right.shape:
        return "the two sides have different values"
    return f"the left is {size_text(claim.left.shape)} and the right {size_text(claim.right.shape)}"


def expected_right(claim: Claim, problem: Problem) -> Term | None:
    """What the right side of a claim about a derivative should be; None where that is not known."""
    from derivtex.derivation.driver import derive

    if type(claim.left) is not Derivative:
        return None
    asked = replace(problem, target=claim.left.of, wrt=(claim.left.by,), order=2 if claim.left.form == "hessian" else 1)
    try:
        return derive(asked).answer
    except DerivtexError:
        return None
