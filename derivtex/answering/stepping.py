"""The steps between two lines of the asker's that are asked about: “how did the author get from (3) to (4)?”."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.filling.gaps import derived
from derivtex.interface import Report
from derivtex.operations import Derivative
from derivtex.problem import Claim, Definition
from derivtex.reading import asked_step, read_lines
from derivtex.steps import Derivation

if TYPE_CHECKING:
    from derivtex.checking.lines import Line

GAP = 16  # characters between a line and its label


class Stepped(NamedTuple):
    """The labels of two lines, the index of the later one in the report, and the derivations that lead there."""

    labels: tuple[str, str]
    last: int
    derivations: tuple[Derivation, ...]


def stepped(source: Source, report: Report | None) -> Stepped | None:
    """The steps that are asked for; None where none are, or none were found. report: with what leads to its lines."""
    labels = asked_step(source)
    if labels is None or report is None:
        return None
    first, last = (labelled(label, report, source.text) for label in labels)
    if first is None or last is None or first.index >= last.index:
        return None
    found = from_form(source, first, last) or between(report, first, last)
    return Stepped(labels, last.index, found) if found else None


def labelled(label: str, report: Report, text: str) -> Line | None:
    r"""The line that has a label, `(3)` or `\tag{3}`, in it, behind or before it."""
    for mark in (rf"\tag{{{label}}}", f"({label})"):
        at = text.find(mark)
        while at >= 0:
            if (line := beside(at, at + len(mark), report, text)) is not None:
                return line
            at = text.find(mark, at + 1)
    return None


def beside(start: int, end: int, report: Report, text: str) -> Line | None:
    """The line on whose row a stretch stands."""
    placed = [(line, line.span) for line in report.lines if line.span is not None]
    for line, span in placed:
        before, behind = text[end : span.start], text[span.end : start]
        if span.start <= start < span.end or (span.end <= start and len(behind) < GAP and "\n" not in behind and chr(92) * 2 not in behind):
            return line
        if end <= span.start and len(before) < GAP and not before.strip(" $[\n\\"):
            return line
    return None


def between(report: Report, first: Line, last: Line) -> tuple[Derivation, ...]:
    """What leads from one line to a later one, line by line; nothing where one of the stretches was not found."""
    found = [report.fillings.get(at) for at in range(first.index + 1, last.index + 1)]
    shown = tuple(each.derivation for each in found if each is not None and each.derivation is not None)
    return shown if len(shown) == len(found) and all(each.confirmed for each in shown) else ()


def from_form(source: Source, first: Line, last: Line) -> tuple[Derivation, ...]:
    """The derivation of a derivative from the form that an earlier line gives what is differentiated."""
    read = read_lines(source)
    left = next((each for each in read[first.index].items if isinstance(each, (Claim, Definition))), None)
    claim = next((each for each in read[last.index].items if isinstance(each, Claim)), None)
    if left is None or claim is None or type(claim.left) is not Derivative:
        return ()
    name, body = (left.name, left.body) if isinstance(left, Definition) else (left.left, left.right)
    problem, of = read[last.index].problem, claim.left.of
    known = next((each.body for each in problem.definitions if each.name is of), None)
    if name not in (of, known) or last.verdict != "holds":
        return ()
    formed = tuple(each._replace(body=body) if each.name is of else each for each in problem.definitions)
    try:
        found = derived(claim, replace(problem, definitions=formed))
    except DerivtexError:
        return ()
    return (found,) if found is not None and found.confirmed else ()
