"""Conditions of a post that are derivatives set to zero: “how do I get $w = …$ and $\\sum_i \\alpha_iy_i = 0$?” of a Lagrangian."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from derivtex.answering.finding import MOST_DERIVATIVES, also, attempt, root_of
from derivtex.answering.given import Given
from derivtex.answering.identities import agree, claim_in
from derivtex.calculus.arithmetic import negative, product, scaled
from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.interface import Answer, Report
from derivtex.operations import Number, Sum, Symbol
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.steps import Derivation, Zeroed
from derivtex.writing.formula import latex

if TYPE_CHECKING:
    from derivtex.checking.lines import Line

MULTIPLES = tuple(Fraction(*each) for each in ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2)))


def behind_conditions(source: Source, derived: Answer, report: Report | None) -> tuple[tuple[Answer, ...], tuple[Zeroed, ...]]:
    """The derivatives by the arguments of what is derived that are zero by conditions of the post, and what each gives; none where a
    condition is another one."""
    lines = [line for line in report.lines if line.verdict == "condition" and line.problem is not None] if report is not None else []
    problem, found = derived.derivation.problem, dict[int, tuple[Answer, Zeroed]]()
    for name in (problem.arguments or problem.wrt)[:MOST_DERIVATIVES] if lines else ():
        made = attempt(partial(also, source, Given(latex(problem.target), latex(name))))[0]
        for line in lines if made is not None else ():
            if line.index not in found and made is not None and (zeroed := zeroed_by(made, line)) is not None:
                found[line.index] = made, zeroed
    if not lines or len(found) < len(lines):
        return (), ()
    ordered = [found[line.index] for line in lines]
    return tuple(made for made, _ in ordered), tuple(zeroed for _, zeroed in ordered)


def zeroed_by(made: Answer, line: Line) -> Zeroed | None:
    """What a condition says that sets a gradient to zero, perhaps with a number of its own, the λ of Au = λBu; None where it says another thing."""
    derivation = made.derivation
    claim = claim_in(line)
    if claim is None or claim.left.shape != derivation.answer.shape:
        return None
    difference = Sum((claim.left, negative(claim.right)))
    gradient = derivation.unfolded
    own = [name for name in dict.fromkeys(difference.parts(Symbol)) if name.is_scalar and not gradient.contains(name)]
    if not own:
        return Zeroed(derivation, root_of(derivation)) if is_multiple(gradient, difference, derivation) else None
    front, chain = scalars_and_chain(derivation.answer)
    numbers = dict.fromkeys(part for part in product(chain).walk() if part.is_scalar and type(part) is not Number) if chain else {}
    for number in numbers if len(own) == 1 and front else ():
        if is_multiple(product(chain), difference.replace({own[0]: number}), derivation):
            return Zeroed(derivation, None, (own[0], number))
    return None


def is_multiple(one: Term, other: Term, derivation: Derivation) -> bool:
    """Whether two terms differ by a simple number in front, as the numbers confirm."""
    return any(agree(scaled(each, one), other, derivation) for each in MULTIPLES)
