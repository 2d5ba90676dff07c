"""Which derivative a line gives or a derivation ends with, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from derivtex.checking.lines import what_is_derived
from derivtex.core.notation import squeezed
from derivtex.reading.meaning.draws import TOLD
from derivtex.steps import Derivation
from derivtex.writing.formula import latex

if TYPE_CHECKING:
    from derivtex.checking.lines import Line
    from derivtex.interface import Answer, Report


class Given(NamedTuple):
    """A derivative, of what, by what and of which order: LaTeX in which white space and braces count nothing."""

    of: str
    by: str
    order: int = 1

    @property
    def marks(self) -> tuple[str, str, int]:
        return squeezed(self.of), squeezed(self.by), self.order

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and self.marks == other.marks

    def __hash__(self) -> int:
        return hash(self.marks)


def given_by(line: Line) -> Given | None:
    """The derivative that a line gives; None where it is about no such thing."""
    left = what_is_derived(line)
    return Given(latex(left.of), latex(left.by), 2 if left.form == "hessian" else 1) if left is not None else None


def in_two_layouts(report: Report | None) -> bool:
    """Whether one derivative is given twice, each time in another layout, so that it is the convention that differs."""
    lines = report.lines if report is not None else ()
    held = {given_by(line) for line in lines if line.verdict == "holds"} - {None}
    return any(line.code == "layout" and given_by(line) in held for line in lines)


def turned_in(report: Report | None) -> frozenset[int]:
    """Which lines give a gradient in the shape that is the transpose of its variable's."""
    given = {line.index: what_is_derived(line) for line in report.lines} if report is not None else {}
    return frozenset(at for at, left in given.items() if left is not None and left.form == "gradient" and left.shape != left.by.shape)


def proved_in(report: Report | None, shown: Derivation | None, derivations: tuple[Answer, ...]) -> frozenset[int]:
    """The lines of a report with which a derivation that is shown ends."""
    if report is None:
        return frozenset()
    if shown is None:
        return frozenset(at for at, each in report.fillings.items() if each is not None and each.derivation is not None)
    ends = [given_in(each.derivation) for each in derivations]
    known = {*ends, *(each._replace(order=1) for each in ends)}  # a Hessian begins with its gradient
    return frozenset(line.index for line in report.lines if given_by(line) in known)


def given_in(derivation: Derivation) -> Given:
    """The derivative that a derivation ends with."""
    return Given(latex(derivation.problem.target), latex(derivation.problem.wrt[0]), derivation.order)


def written_as_mean(derivation: Derivation | None) -> str:
    """What is said of a derivation in which an expectation is written as a mean; empty of another."""
    guesses = derivation.problem.guesses if derivation is not None else ()
    found = next((guess for guess in guesses if guess.startswith(TOLD)), "")
    return found[:1].upper() + found[1:]


def each_once(answers: Sequence[Answer], shown: Derivation, *others: tuple[Derivation, ...]) -> tuple[Derivation, ...]:
    """What is shown, each derivative once; before a second one that begins with its lines the first, where both are asked for."""
    first = [each.derivation for each in answers if given_in(each.derivation)._replace(order=2) == given_in(shown)]
    return tuple({given_in(each): each for each in (*first, shown, *chain(*others))}.values())
