"""What a template receives: the derivation as strings of LaTeX and words with formulas between dollar signs."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.problem import Definition, Problem
from derivtex.steps import Derivation, Sentence
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import layout_reason, other_layout
from derivtex.writing.lines import Line, lines_of
from derivtex.writing.prose import with_formulas
from derivtex.writing.rows import rows_of
from derivtex.writing.vocabulary import FULL, Vocabulary
from derivtex.writing.widths import ROOM, prose_width, width

UNCONFIRMED = r"\stackrel{?}{=}"


class Equation(NamedTuple):
    """A line as it is printed: left relation right, with its reason in words and where that is to be found.

    rows: the right side, cut between the terms of a sum where it is too long for one row.
    """

    left: str
    relation: str
    right: str
    reason: str = ""
    source: str = ""
    confirmed: bool | None = None
    rows: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the reason has room behind the line."""
        return width(self.left) + width(self.rows[-1]) + prose_width(self.reason) + 10 <= ROOM


class Content(NamedTuple):
    """Everything a template may use; `docs/templates.md` describes it for users."""

    given: tuple[Equation, ...]
    question: str
    let: tuple[Equation, ...]
    lines: tuple[Equation, ...]
    result: Equation | None
    where: tuple[Equation, ...]
    layout: str
    other_layout: str
    assumptions: tuple[str, ...]
    remarks: tuple[str, ...]
    guesses: tuple[str, ...]
    confirmed: bool
    detail: str

    @property
    def chain(self) -> tuple[Equation, ...]:
        """The lines and, at their end, the result."""
        return (*self.lines, self.result) if self.result else self.lines

    @property
    def column(self) -> bool:
        """Whether the reasons have room in a column of their own beside the widest line."""
        lines = [width(line.left) + width(row) for line in self.chain for row in line.rows]
        return max(lines, default=0) + max((prose_width(line.reason) for line in self.chain), default=0) + 8 <= ROOM


def content(derivation: Derivation, detail: str = "normal", vocabulary: Vocabulary = FULL) -> Content:
    """The content of a derivation at a detail, in the words of a place."""
    formulas = Formulas(derivation.problem.spelling, vocabulary)
    problem = derivation.problem
    return Content(
        given=equations(needed(problem), formulas),
        question=formulas.latex(derivation.derivative) if derivation.derivative else "",
        let=equations(derivation.let, formulas),
        lines=tuple(equation(line, formulas, cited=detail == "full") for line in lines_of(derivation, detail)),
        result=result(derivation, formulas),
        where=equations(where_equations(derivation), formulas),
        layout=layout_reason(derivation, formulas),
        other_layout=other_layout(derivation, formulas),
        assumptions=tuple(said(sentence, formulas) for sentence in derivation.assumptions),
        remarks=remarks(derivation, formulas),
        guesses=tuple(map(with_formulas, problem.guesses)),
        confirmed=derivation.confirmed,
        detail=detail,
    )


def needed(problem: Problem) -> tuple[Definition, ...]:
    """The definitions on which the target rests, the target's own among them."""
    names = set(problem.target.walk())
    for definition in reversed(problem.definitions):
        if definition.name in names:
            names.update(definition.body.walk())
    return tuple(definition for definition in problem.definitions if definition.name in names)


def said(sentence: Sentence, formulas: Formulas) -> str:
    """A sentence about terms, each set as mathematics in its place."""
    words, terms = sentence.words.split("{}"), [f"${formulas.latex(term)}$" for term in sentence.terms]
    return "".join(part for pair in zip(words, [*terms, ""], strict=True) for part in pair)


def remarks(derivation: Derivation, formulas: Formulas) -> tuple[str, ...]:
    """What is worth saying: the derivation's own remarks, and which of the author's lines cannot be so."""
    faults = tuple(
        f"The line ${fault.latex.replace('&', '')}$ does not conform: {with_formulas(fault.message)}"
        for fault in derivation.problem.faults
    )
    return tuple(said(sentence, formulas) for sentence in (*meanings(derivation), *derivation.remarks)) + faults


def where_equations(derivation: Derivation) -> tuple[Definition, ...]:
    """The definitions that are said as an equation; the others have a meaning that is said in words."""
    return tuple(definition for definition in derivation.where if not hasattr(definition.body, "meaning"))


def meanings(derivation: Derivation) -> list[Sentence]:
    """Sentences that say what those names and parts of the result are whose card has words for it."""
    named = {definition.body: definition.name for definition in derivation.where}
    parts = [*named, *derivation.result.walk()]
    telling = dict.fromkeys(part for part in parts if hasattr(part, "meaning"))
    return [Sentence(f"{{}} is {part.meaning[0]}", (named.get(part, part), *part.meaning[1])) for part in telling]


def equations(definitions: tuple[Definition, ...], formulas: Formulas) -> tuple[Equation, ...]:
    return tuple(
        Equation(formulas.latex(d.name), "=", formulas.latex(d.body), rows=(formulas.latex(d.body),)) for d in definitions
    )


def equation(line: Line, formulas: Formulas, cited: bool = False) -> Equation:
    """A line in LaTeX; what the numbers did not confirm is not printed as if it held. cited: with the source."""
    reasons, source = "; ".join(line.reasons), "; ".join(line.sources)
    if cited and "," in source:  # a book and a place in it; "algebra" would say nothing new
        reasons = f"{reasons} [{source}]"
    if line.confirmed is False:
        reasons = f"not confirmed: {reasons}" if reasons else "not confirmed"
    relation = UNCONFIRMED if line.confirmed is False else "="
    left = formulas.latex(line.left) if line.left is not None else ""
    rows = rows_of(line.right, formulas, ROOM - width(left))
    return Equation(left, relation, formulas.latex(line.right), reasons, source, line.confirmed, rows)


def result(derivation: Derivation, formulas: Formulas) -> Equation | None:
    """The last line: the derivative, with the layout as its reason."""
    if derivation.derivative is None:
        return None
    held = derivation.verdict.confirmed if derivation.verdict else None
    reason = layout_reason(derivation, formulas)
    if held is False:
        reason = f"not confirmed; {reason}" if reason else "not confirmed"
    left, right = formulas.latex(derivation.derivative), formulas.latex(derivation.result)
    rows = rows_of(derivation.result, formulas, ROOM - width(left))
    return Equation(left, UNCONFIRMED if held is False else "=", right, reason, "", held, rows)
