"""The layout of derivatives across the lines of a document: one that all keep, or the one that is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivtex.checking.diagnosis import Mistake
from derivtex.core.shapes import ONE
from derivtex.operations import Derivative
from derivtex.problem import Claim

if TYPE_CHECKING:
    from derivtex.checking.lines import Line

IN_A_ROW = " in a row"
MIXED = "the derivative by a vector stands in it as a column, and that by the matrix is transposed"
IN_NUMERATOR = "derivatives are in numerator layout"


def mixes_layouts(claim: Claim) -> bool:
    r"""Whether a derivative by a matrix that is not square is transposed, and one of the same by a vector stands beside it as a column:
    `\frac{\partial L}{\partial W} = x\left(\frac{\partial L}{\partial z}\right)^T`."""
    left = claim.left
    if type(left) is not Derivative or ONE in left.by.shape or left.by.shape[0] == left.by.shape[1]:
        return False
    beside = [part for part in claim.right.parts(Derivative) if part.form == "gradient" and part.of is left.of]
    return any(part.by.shape[1] == ONE and part.shape == part.by.shape for part in beside)


def in_one_layout(lines: list[Line]) -> list[Line]:
    """The lines, those called wrong that take a derivative by a matrix in another layout than the others of the document.

    Gradients by vectors tell the layout as well, but a row among columns is no mistake.
    """
    kept = kept_of([line.layout for line in lines])
    first = next((line for line in lines if line.layout.startswith(kept)), None)
    at = first.span.line if first is not None and first.span else first.index + 1 if first is not None else 0
    return [
        replace(line, verdict="fails", reason=told(at, kept), code="layout", mistake=Mistake("layout", None, None), assuming=())
        if is_odd(line.layout, kept)
        else replace(line, expected=None) if line.verdict == "holds" else line
        for line in lines
    ]  # fmt: skip


def kept_of(layouts: list[str]) -> str:
    """The layout that most lines keep; empty where there is but one, or none."""
    used = [layout.split()[0] for layout in layouts if layout]
    if len(set(used)) < 2:
        return ""
    return "numerator" if used.count("numerator") > used.count("denominator") else "denominator" if used.count("denominator") > 1 else used[0]


def is_odd(layout: str, kept: str) -> bool:
    """Whether a derivative by a matrix is in the other layout."""
    return bool(layout and kept) and not layout.startswith(kept) and "vector" not in layout


def told(at: int, kept: str) -> str:
    return f"line {at} is in {kept} layout, and this line in the other"


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


def in_words(layout: str) -> str:
    """What is said of a line that holds in a layout."""
    return "in the layout that is the transpose of the usual one" if layout == "numerator" else ""
