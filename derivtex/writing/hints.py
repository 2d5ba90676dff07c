"""For a student: why the moves of the lines are made, each told where it first comes, and what the layout of the result means."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.shapes import ONE
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import has_layouts, read_off
from derivtex.writing.lines import Line
from derivtex.writing.wording import Wording


def hints(derivation: Derivation, lines: list[Line], audience: str, formulas: Formulas, wording: Wording) -> tuple[str, ...]:
    """Sentences for a student, in the order of the lines; none for an expert."""
    if audience != "student":
        return ()
    told: dict[str, int] = {}
    for at, line in enumerate(lines, 1):
        for words in asked(line):
            told.setdefault(words, at)
    moves = [wording.say("hint", str(at), wording.sentence(words)) for words, at in told.items()]
    return (*moves, *filter(None, (read_off(derivation, formulas, wording), meaning(derivation, formulas, wording))))


def asked(line: Line) -> Iterator[str]:
    """What a student asks at a line: of the rules whose reasons stand there, and of those behind its equations."""
    for rule in (*line.rules, *(rule for fact in line.facts for rule in fact.rules)):
        if rule.hint:
            yield rule.hint


def meaning(derivation: Derivation, formulas: Formulas, wording: Wording) -> str:
    """What an entry of the result says, and what the other layout is."""
    derivative = derivation.derivative
    if derivative is None or not has_layouts(derivative):
        return ""
    of, by = f"${formulas.latex(derivative.of)}$", f"${formulas.latex(derivative.by)}$"
    if derivative.form == "gradient":
        return wording.say("entries of a gradient" if derivation.layout == "denominator" else "entries of a transposed gradient", by, of)
    return wording.say("entries of a jacobian", of, by) if derivative.form == "jacobian" and derivative.of.shape[1] == ONE else ""
