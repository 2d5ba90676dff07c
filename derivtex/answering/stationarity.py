"""Conditions of a post that are derivatives set to zero: “how do I get $w = …$ and $\\sum_i \\alpha_iy_i = 0$?” of a Lagrangian."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from derivtex.answering.finding import MOST_DERIVATIVES, also, attempt, root_of
from derivtex.answering.given import Given
from derivtex.calculus.arithmetic import negative, scaled
from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.interface import Answer, Report
from derivtex.operations import Sum
from derivtex.problem import Claim
from derivtex.steps import Derivation

if TYPE_CHECKING:
    from derivtex.checking.lines import Line

MULTIPLES = tuple(Fraction(*each) for each in ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2)))
Zeroed = tuple[tuple[Derivation, Term | None], ...]


def behind_conditions(source: Source, derived: Answer, report: Report | None) -> tuple[tuple[Answer, ...], Zeroed]:
    """The derivatives by the arguments of what is derived that are zero by conditions of the post, and what each gives; none where a
    condition is another one."""
    from derivtex.writing.formula import latex

    lines = [line for line in report.lines if line.verdict == "condition" and line.problem is not None] if report is not None else []
    problem, found = derived.derivation.problem, dict[int, Answer]()
    for name in problem.arguments[:MOST_DERIVATIVES] if lines else ():
        made = attempt(partial(also, source, Given(latex(problem.target), latex(name))))[0]
        at = next((line.index for line in lines if made is not None and is_zero_by(made, line)), None)
        if at is not None and made is not None:
            found.setdefault(at, made)
    if not lines or len(found) < len(lines):
        return (), ()
    answers = tuple(found[line.index] for line in lines)
    return answers, tuple((each.derivation, root_of(each.derivation)) for each in answers)


def is_zero_by(made: Answer, line: Line) -> bool:
    """Whether a condition says that a gradient is zero: its sides differ by a simple multiple of it, as the numbers confirm."""
    from derivtex.checking.lines import verdict_on_claim

    problem, gradient = made.derivation.problem, made.derivation.answer
    claim = next((claim for claim in line.problem.claims if claim.span == line.span), None) if line.problem is not None else None
    if claim is None or claim.left.shape != gradient.shape:
        return False
    gradient = gradient.replace({known.name: known.body for known in (*problem.definitions, *made.derivation.let)})
    difference = Sum((claim.left, negative(claim.right)))
    return any(verdict_on_claim(Claim(scaled(each, gradient), "=", difference, ""), problem).verdict == "holds" for each in MULTIPLES)
