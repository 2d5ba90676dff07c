"""What is found of one assertion of an author."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.checking.diagnosis import Mistake
from derivtex.core.errors import Span
from derivtex.core.terms import Term
from derivtex.problem import Problem

APART = "read by its own paragraph it does not hold, which the rest of the section does not let be certain"


class Verdict(NamedTuple):
    """What is found of one assertion. expected: what should stand on its right side."""

    verdict: str
    reason: str = ""
    code: str = ""
    expected: Term | None = None
    mistake: Mistake | None = None
    assuming: tuple[str, ...] = ()
    layout: str = ""
    follows: bool | None = None


def of_a_paragraph(found: Verdict, span: Span | None, problem: Problem) -> Verdict:
    """The verdict on a line that only its own paragraph could tell: it may be wrong, but that is not certain; one that is not known to be either
    is as unreadable as its section makes it."""
    fault = next((each for each in problem.apart if span is not None and each.span is not None and each.span.end == span.end), None)
    if found.verdict == "unknown" and fault is not None:
        return Verdict("unreadable", "; ".join(filter(None, (fault.message, fault.doubt))), fault.code)
    return Verdict("unknown", f"{APART}: {found.reason}", "doubtful") if found.verdict == "fails" else found
