"""Which derivative a line gives or a derivation ends with, so that the two can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivtex.checking.lines import what_is_derived
from derivtex.core.notation import squeezed
from derivtex.reading.meaning.draws import TOLD
from derivtex.steps import Derivation
from derivtex.writing.formula import latex

if TYPE_CHECKING:
    from derivtex.checking.lines import Line
    from derivtex.interface import Report


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


def given_in(derivation: Derivation) -> Given:
    """The derivative that a derivation ends with."""
    return Given(latex(derivation.problem.target), latex(derivation.problem.wrt[0]), derivation.order)


def written_as_mean(derivation: Derivation | None) -> str:
    """What is said of a derivation in which an expectation is written as a mean; empty of another."""
    guesses = derivation.problem.guesses if derivation is not None else ()
    found = next((guess for guess in guesses if guess.startswith(TOLD)), "")
    return found[:1].upper() + found[1:]
