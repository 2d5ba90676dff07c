"""The verdicts on the lines of a derivation: as text for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from derivtex.problem import Problem
from derivtex.writing.formula import Formulas

if TYPE_CHECKING:
    from derivtex.checking.lines import Line


def as_data(lines: Sequence[Line], problem: Problem) -> list[dict[str, Any]]:
    """One object a line: index, LaTeX, verdict, reason and what should have stood there."""
    formulas = Formulas.of(problem)
    return [
        {
            "index": line.index,
            "latex": line.latex,
            "verdict": line.verdict,
            "reason": line.reason,
            "expected": formulas.latex(line.expected) if line.expected is not None else "",
        }
        for line in lines
    ]


def as_text(lines: Sequence[Line], problem: Problem) -> str:
    """A line of text for each, with what is wrong below it."""
    width = max((len(line.verdict) for line in lines), default=0)
    told = []
    for entry, line in zip(as_data(lines, problem), lines, strict=True):
        place = f"{line.span.source.name}:{line.span.line}: " if line.span else ""
        told.append(f"{place}{line.verdict:{width}}  {' '.join(line.latex.split())}")
        told += [f"{'':{len(place) + width + 2}}{entry['reason']}"] if entry["reason"] else []
        told += [f"{'':{len(place) + width + 2}}expected: {entry['expected']}"] if entry["expected"] else []
    return "\n".join(told) + "\n"
