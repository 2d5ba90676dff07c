"""The layout of derivatives across the lines of a document: one that all keep, or the one that is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivtex.checking.diagnosis import Mistake

if TYPE_CHECKING:
    from derivtex.checking.lines import Line

IN_A_ROW = " in a row"
IN_NUMERATOR = "derivatives are in numerator layout"


def in_one_layout(lines: list[Line]) -> list[Line]:
    """The lines, those called wrong that take a derivative by a matrix in another layout than the others of the document.

    Gradients by vectors tell the layout as well, but a row among columns is no mistake.
    """
    used = [line.layout.split()[0] for line in lines if line.layout]
    if len(set(used)) < 2:
        return [replace(line, expected=None) if line.verdict == "holds" else line for line in lines]
    kept = "numerator" if used.count("numerator") > used.count("denominator") else "denominator" if used.count("denominator") > 1 else used[0]
    first = next(line for line in lines if line.layout.startswith(kept))
    reason = f"line {first.span.line if first.span else first.index + 1} is in {kept} layout, and this line in the other"
    return [
        replace(line, verdict="fails", reason=reason, code="layout", mistake=Mistake("layout", None, None), assuming=())
        if line.layout and not line.layout.startswith(kept) and "vector" not in line.layout
        else replace(line, expected=None) if line.verdict == "holds" else line
        for line in lines
    ]  # fmt: skip


def own(line: Line) -> str:
    """The layout that a line is in; a row by a column is in numerator layout as it stands."""
    other = {"denominator": "numerator", "numerator": "denominator"}
    word = line.layout.split()[0]
    return other[word] if line.layout.endswith(IN_A_ROW) else word


def without_layout(line: Line) -> tuple[str, ...]:
    return tuple(each for each in line.assuming if each != IN_NUMERATOR)


def in_layout(lines: list[Line], wanted: str) -> list[Line]:
    """The lines, those called wrong whose derivative is in another layout than the wanted one; a square one in it needs no assumption."""
    reason = f"it is not in {wanted} layout"
    return [
        replace(line, verdict="fails", reason=reason, code="layout", mistake=Mistake("layout", None, None), assuming=())
        if line.verdict == "holds" and line.layout and own(line) != wanted
        else replace(line, expected=None, assuming=without_layout(line)) if line.verdict == "holds" else line
        for line in lines
    ]  # fmt: skip
