"""How the asker's lines come about: as the ends of what is derived, or tried with numbers alone; and the rules that lead there."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from derivtex.operations import CrossProduct, Hadamard, Number, Transpose
from derivtex.steps import Derivation
from derivtex.writing.citations import cited
from derivtex.writing.explanations import Line, assumed_in, claim_of, is_of_derivative, mistake_section, shown, wrong_lines
from derivtex.writing.lines import lines_of, reasons_of
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas

BECAUSE = {
    "transpose": "The transpose comes from taking a factor to the other side of an inner product: $u^{T}Wv = (W^{T}u)^{T}v$",
    "entrywise": "The entrywise product comes from a function that acts on each entry by itself: its differential is that of each entry times the "
                 "change of that entry, and $u^{T}(v \\odot w) = (u \\odot v)^{T}w$",
    "cross": "The cross product comes from a triple product, which may be turned cyclically: $u^{T}(v \\times w) = (w \\times u)^{T}v$",
    "two": "The $2$ comes from two equal terms: what stands twice changes in both places, $d(x^{T}Mx) = dx^{T}\\,Mx + x^{T}M\\,dx$, and for "
           "symmetric $M$ each is the transpose of the other",
}  # fmt: skip
MOST_BESIDES, LEAST_RULES = 2, 3  # what stands beside the lines of a short derivation is not told below them again


def why_section(
    report: dict[str, Any] | None, derivation: Derivation | None, proved: Container[int] = (), asked: int | None = None, told: str = ""
) -> Iterator[Section]:
    """The lines in question as the ends of what is derived, and the rules that lead there. proved: the lines whose steps are shown. told: the first
    line of the post."""
    line = claim_of(report, asked)
    if wrong_lines(report):
        yield from mistake_section(report, derivation, asked, told)
    elif line is not None and asked is not None:
        yield line_holds(line, True) if line["verdict"] == "holds" else to_be_compared(line)
    elif line is not None and line["verdict"] == "holds":
        held = [each for each in report["lines"] if each["verdict"] == "holds" and (is_of_derivative(each) or each is line)] if report else []
        ends = [each for each in held if each["index"] in proved]
        yield from (lines_hold(ends) if len(ends) > 1 else line_holds(each, True) for each in ends[:1])
        besides = [each for each in held if each not in ends][:MOST_BESIDES]
        yield from (line_holds(each, False, bool(ends) or derivation is not None or at > 0) for at, each in enumerate(besides))
    if derivation is None:
        return
    rules = [f"{words} ({cited(where, 'words')})" for words, where in reasons_told(derivation) if cited(where, "words")]
    if len(rules) >= LEAST_RULES:
        yield Section("The rules used.", ("; ".join(rules),))


def because(causes: Container[str], derivation: Derivation | None) -> Iterator[str]:
    """Where a transpose and the like come from, of those that are asked about and that the derivation has."""
    if derivation is None:
        return
    met = {type(part) for term in (derivation.answer, *(each.body for each in derivation.let)) for part in term.walk()}
    twice = any(part in (Number(2), Number(-2)) for part in derivation.answer.walk())
    is_there = {"transpose": Transpose in met, "entrywise": Hadamard in met, "cross": CrossProduct in met, "two": twice}
    yield from (words for name, words in BECAUSE.items() if name in causes and is_there[name])


def to_be_compared(line: Line) -> Section:
    because = f": {with_formulas(line['reason'])}" if line["reason"] else ""
    return Section("To be compared.", (f"Whether {shown(line)} is the same is not decided{because}",))


def line_holds(line: Line, above: bool, further: bool = True) -> Section:
    """That a line holds, as the end of what stands above or by numbers alone, and what it needs for that. further: whether something stands above."""
    steps = "is what the lines above end with, written in its author's way"
    numbers = "has been tried with numbers at random points, where both sides agree; I have no steps that lead to it"
    if needed := assumed_in(line):
        where = f"The line holds only where {listed(needed)}"
        return Section(f"{where}.", (f"{shown(line)} {'is what the lines above end with then' if above else numbers}",))
    given = f", provided that {listed([with_formulas(each) for each in line['assuming']])}" if line["assuming"] else ""
    title = "So the line holds." if above else "This line holds too." if further else "The line holds."
    return Section(title, (f"{shown(line)} {steps if above else numbers}{given}",))


def lines_hold(lines: list[Line]) -> Section:
    """That several lines hold, each as the end of one of the derivations above, and what they need for that."""
    needed = [with_formulas(each) for each in dict.fromkeys(each for line in lines for each in line["assuming"])]
    given = f", provided that {listed(needed)}" if needed else ""
    return Section("So the lines hold.", (f"{listed(list(map(shown, lines)))} are what the derivations above end with{given}",))


def reasons_told(derivation: Derivation) -> dict[tuple[str, str], None]:
    """The reasons of the lines with their sources, each once."""
    return dict.fromkeys(pair for each in lines_of(derivation, "normal") for pair in reasons_of(each))
