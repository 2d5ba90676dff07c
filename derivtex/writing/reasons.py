"""What stands beside a line: the reasons that have room, the equations that carry the move, and its conditions, which are all told."""

from __future__ import annotations

from collections.abc import Sequence

from derivtex.writing.citations import cited
from derivtex.writing.formula import Formulas
from derivtex.writing.lines import Line, reasons_of, unique
from derivtex.writing.manner import Manner
from derivtex.writing.prose import said
from derivtex.writing.widths import prose_width

TOGETHER = 0.8  # of a line's width: what several reasons may take
FACT = 0.45  # what an equation among the reasons may take


def reason_of(line: Line, formulas: Formulas, manner: Manner, detail: str) -> tuple[str, str]:
    """The reason of a line in words, and where it is to be found."""
    told = reasons_of(line, manner.wording, all_of_them=detail == "full")
    cite = manner.cite or ("words" if detail == "full" else "")
    conditions = [said(condition, formulas, manner.wording) for condition in line.conditions]
    facts = facts_told(line, formulas, manner)
    own = [with_source(words, cited(source, cite) if cite else "", cite) for words, source in told]
    reasons = unique([*facts[:1], *own, *facts[1:]] if line.facts_first else [*own, *facts])
    if line.facts_first and own and not line.solved and prose_width("; ".join(reasons[:2])) > TOGETHER * manner.width:
        reasons = tuple(own)  # that two terms are transposes cannot be left out
    return joined(reasons, conditions, TOGETHER * manner.width), "; ".join(dict.fromkeys(source for _, source in told))


def facts_told(line: Line, formulas: Formulas, manner: Manner) -> list[str]:
    """`$dR = -dX\\,BX^{T}$`; of what is long only the rules that lead to it, or whose definition is used."""
    told: list[str] = []
    room = (TOGETHER if line.solved else FACT) * manner.width
    for left, right, rules in line.facts:
        equation = f"${formulas.latex(left)} = {formulas.latex(right)}$"
        definition = manner.wording.say("definition", f"${formulas.latex(left.children[0])}$")
        told += [equation] if prose_width(equation) <= room else [manner.wording.reason(rule) for rule in rules] or [definition]
    return told


def joined(reasons: Sequence[str], conditions: list[str], room: float) -> str:
    """The reasons one behind the other, as many as have room on a line, and the conditions, which are all told, those in a reason too."""
    while len(reasons) > 1 and prose_width("; ".join((*reasons, *conditions))) > room:
        condition = reasons[-1].partition("; ")[2]
        reasons, conditions = reasons[:-1], [condition, *conditions] if condition else conditions
    return "; ".join((*reasons, *conditions))


def with_source(words: str, source: str, how: str) -> str:
    """A reason and where it is to be found."""
    if not source:
        return words
    return f"{words} {source}" if how == "keys" else f"{words} [{source}]"
