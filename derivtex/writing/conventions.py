"""Which of two results is meant: the result in each convention, which one each of the asker's lines is in, and which one to take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivtex.derivation.structures import structure_of
from derivtex.operations import Transpose
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation
from derivtex.writing.explanations import explained, is_of_derivative, shown
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import OTHER, has_layouts, layout_reason, layout_used
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas

IN_THE_OTHER = "in the other layout, the transpose of the one above"

FOR_DESCENT = "For gradient descent take the first: it is the gradient within the space in which the variable moves"
OF_MIRRORED = "The second counts an entry and its mirror image as one, so off the diagonal it is twice as large; both belong to the same differential"


def convention_section(
    report: dict[str, Any] | None, derivation: Derivation | None, others: tuple[Derivation, ...], turned: frozenset[int] = frozenset()
) -> Iterator[Section]:
    """The result in each convention, and which one each of the source's lines is in. turned: the lines in the other layout than the one above."""
    if derivation is not None and both_told(derivation, others):
        yield Section("Which one to take.", (FOR_DESCENT, OF_MIRRORED))
    elif derivation is not None:
        yield Section("Both are in use.", tuple(forms(derivation, others)))
    for line in report["lines"] if report else ():
        other = IN_THE_OTHER if line["index"] in turned or line.get("code") == "layout" else ""
        if (line["verdict"] == "holds" or line.get("code") == "layout") and is_of_derivative(line):
            given = f"it holds where {listed([with_formulas(each) for each in line['assuming']])}" if line["assuming"] else ""
            note = other or with_formulas(line["reason"]) or given
            yield Section("Your line", (f"{shown(line)} is right{': ' + note if note else ' in the layout used above'}",))
        elif line["verdict"] == "fails" and is_of_derivative(line):
            yield Section("Your line", tuple(explained(line)))


def both_told(derivation: Derivation, others: tuple[Derivation, ...]) -> str:
    """The results by two uses of the structure of a symmetric variable, in a sentence."""
    told = {"projected": "the gradient within the symmetric matrices", "constrained": "the derivative by the independent entries"}
    pair = (derivation, *others[:1])
    if len(pair) < 2 or any(each.structure not in told or structure_of(each.problem.wrt[0]) != "symmetric" for each in pair):
        return ""
    results = [f"${Formulas.of(each.problem).latex(each.answer)}$" for each in pair]
    one, other = (f"{result} is {told[each.structure]}" for result, each in zip(results, pair, strict=True))
    return f"Both are right, in two conventions: {one}, {other}"


def forms(derivation: Derivation, others: tuple[Derivation, ...]) -> Iterator[str]:
    """The result in words: its layout, its transpose, and what it is with another use of the variable's structure."""
    formulas = Formulas.of(derivation.problem)
    assert derivation.derivative is not None
    left = formulas.latex(derivation.derivative)
    layout = layout_reason(derivation, formulas)
    yield f"${left} = {formulas.latex(derivation.result)}${f' ({layout})' if layout else ''}"
    for other in others:
        words = {"constrained": "By the independent entries alone", "ignore": "With all entries free"}[other.structure]
        yield f"{words} it is ${formulas.latex(other.result)}$"
    if has_layouts(derivation.derivative):
        other_result = tidied(Transpose(derivation.result))
        if not same_term(other_result, derivation.result):
            yield f"In {OTHER[layout_used(derivation)]} layout it is the transpose, ${formulas.latex(other_result)}$; take one of them throughout"
    if any(other.structure != derivation.structure for other in others):
        yield FOR_DESCENT
