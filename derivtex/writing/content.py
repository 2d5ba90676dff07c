"""What a template receives: the derivation as strings of LaTeX and words with formulas between dollar signs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from derivtex.core.terms import Term
from derivtex.derivation.moves import own_names
from derivtex.problem import Definition, Problem, Template
from derivtex.simplification.cost import marks
from derivtex.steps import Derivation, Sentence
from derivtex.writing.beside import column, packed
from derivtex.writing.continued import continued
from derivtex.writing.entrywise import by_entries
from derivtex.writing.formula import Formulas
from derivtex.writing.hints import hints
from derivtex.writing.layouts import beside_result, layout_named, other_layout, read_off
from derivtex.writing.lemmas import lemmas
from derivtex.writing.lines import Line, lines_of, unique
from derivtex.writing.manner import Manner
from derivtex.writing.prose import said, with_formulas
from derivtex.writing.reasons import reason_of
from derivtex.writing.remarks import remarks, setting, told_before, where_equations
from derivtex.writing.rows import rows_of
from derivtex.writing.vocabulary import FULL, Vocabulary
from derivtex.writing.widths import RELATION, prose_width, width

UNCONFIRMED = r"\stackrel{?}{=}"
WIDE_LEFT = 0.3  # of a row: a left side that is as wide
SHORT = 0.4  # of a row: a result that is told without names
BEHIND = 20.0  # points before what stands behind a line
USUAL = Manner()


class Equation(NamedTuple):
    """A line as it is printed: left relation right, with its reason in words and where that is to be found.

    rows: the right side, cut where it is too long for one row. beside: what stands behind the line, in its brackets.
    mark: what refers to a reason that stands elsewhere. fits: whether what stands beside has room behind the last row.
    label: what the line is referred to by; empty where it has no number. pieces: the reason in rows, where the reasons stand in a column;
    below: what stands beside the line in rows, where it stands below it. opened: the right side without the names given on the way, where
    that is short. rules: what was used, by name; error: the largest relative difference that the numbers found.
    """

    left: str
    relation: str
    right: str
    reason: str = ""
    source: str = ""
    confirmed: bool | None = None
    rows: tuple[str, ...] = ()
    beside: str = ""
    mark: str = ""
    fits: bool = True
    label: str = ""
    pieces: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    opened: str = ""
    rules: tuple[str, ...] = ()
    error: float | None = None

    @property
    def stack(self) -> tuple[tuple[str, str], ...]:
        """The rows of the right side with the rows of the reason beside them."""
        return tuple(zip_longest(self.rows, self.pieces, fillvalue=""))

    @property
    def statement(self) -> str:
        """The line as a formula in a sentence, between dollar signs."""
        return f"${self.left} {self.relation} {self.right}$"

    @property
    def width(self) -> float:
        """Its width in points, in one row."""
        return width(self.left) + RELATION + width(self.right)


class Content(NamedTuple):
    """Everything a template may use; `docs/templates.md` describes it for users."""

    given: tuple[Equation, ...]
    setting: tuple[str, ...]
    question: str
    let: tuple[Equation, ...]
    lines: tuple[Equation, ...]
    result: Equation | None
    where: tuple[Equation, ...]
    here: tuple[str, ...]
    layout: str
    other_layout: str
    read_off: str
    assumptions: tuple[str, ...]
    remarks: tuple[str, ...]
    guesses: tuple[str, ...]
    confirmed: bool
    detail: str
    reasons: str
    label: str
    numbers: str
    colors: tuple[tuple[str, str], ...]
    cite: str
    room: float
    closing: tuple[Equation, ...] = ()

    @property
    def chain(self) -> tuple[Equation, ...]:
        """The lines and, at their end, the result, and its entries where it is told by them."""
        return (*self.lines, self.result, *self.closing) if self.result else self.lines

    @property
    def notes(self) -> tuple[Equation, ...]:
        """The lines whose reasons are told below."""
        return tuple(line for line in self.chain if line.mark)

    @property
    def column(self) -> bool:
        """Whether the reasons stand in a column of their own beside the lines."""
        return any(line.pieces for line in self.chain)


def content(
    derivation: Derivation, detail: str = "normal", vocabulary: Vocabulary = FULL, manner: Manner = USUAL, above: Iterable[tuple[Equation, ...]] = ()
) -> Content:
    """The content of a derivation at a detail, in the words of a place. above: the lines of those that stand above it, not to be said again."""
    formulas = Formulas.of(derivation.problem, vocabulary, dict(manner.colors), derivation.families)
    wording = manner.wording
    moves = lines_of(derivation, detail)
    lines = continued([line_equation(line, formulas, manner, detail) for line in moves], above, wording)
    author = Formulas.of(derivation.problem, vocabulary, dict(manner.colors))
    last = result(derivation, formulas, manner)
    if last and moves and moves[-1].chain == len(derivation.chains):
        last = last._replace(left="")  # the lines above say what it is
    sides = by_entries(derivation, formulas) if last else None  # of a result that is put together of its entries
    closing = [equation(*sides, "", "", None, manner)] if sides else []
    chain = placed([*lines, last, *closing] if last else lines, manner)
    told = {conclusion.name for chain_ in derivation.chains for conclusion in chain_.leads_to}
    return Content(
        given=(
            *indexed_names(derivation.problem.templates, author),
            *equations(needed(derivation.problem), author),
            *conditions(derivation.problem, author),
        ),
        setting=setting(derivation, formulas, wording),
        question=formulas.latex(derivation.derivative) if derivation.derivative else "",
        let=introduced(derivation, told, formulas, author),
        lines=tuple(chain[: len(lines)]),
        result=chain[len(lines)] if last else None,
        where=equations(tuple(d for d in where_equations(derivation) if d.name not in told), formulas),
        here=before_lines(derivation, moves, formulas, manner),
        layout=layout_named(derivation, formulas, wording),
        other_layout=other_layout(derivation, formulas, wording, manner.both_layouts),
        read_off=read_off(derivation, formulas, wording) if manner.audience == "expert" else "",
        assumptions=tuple(said(sentence, formulas, wording) for sentence in untold(derivation, moves, manner)),
        remarks=remarks(derivation, formulas, wording),
        guesses=tuple(map(with_formulas, derivation.problem.guesses)),
        confirmed=derivation.confirmed,
        detail=detail,
        reasons=manner.reasons,
        label=manner.label,
        numbers=manner.numbers,
        colors=manner.colors,
        cite=manner.cite,
        room=manner.width,
        closing=tuple(chain[len(lines) + 1 :]),
    )


def before_lines(derivation: Derivation, lines: list[Line], formulas: Formulas, manner: Manner) -> tuple[str, ...]:
    """What marks and names mean, why rules are true, and what a student asks."""
    told, why = told_before(derivation, formulas, manner.wording, lines), lemmas(derivation, manner.lemmas, formulas, manner.wording)
    return (*told, *why, *hints(derivation, lines, manner.audience, formulas, manner.wording))


def introduced(derivation: Derivation, told: set[Term], formulas: Formulas, author: Formulas) -> tuple[Equation, ...]:
    """The names that are introduced: the target's in its author's words, then those of members of sums and of parts, those first that others use."""
    own = own_names(derivation)
    target = equations(tuple(d for d in derivation.let if d.name not in told and d.name not in own), author)
    parts = equations(tuple(d for d in derivation.let if d.name in own), formulas)
    members = indexed_names(tuple(sorted(derivation.families, key=lambda template: -marks(template.body))), formulas)
    uses = any(part in own for template in derivation.families for part in template.body.walk())
    return (*target, *parts, *members) if uses else (*target, *members, *parts)


def untold(derivation: Derivation, lines: list[Line], manner: Manner) -> list[Sentence]:
    """The assumptions that no line has in its reason."""
    told = [condition for line in lines for condition in line.conditions] if manner.reasons != "none" else []
    return [assumption for assumption in derivation.assumptions if assumption not in told]


def needed(problem: Problem) -> tuple[Definition, ...]:
    """The definitions on which the target rests, the target's own among them."""
    names = set(problem.target.walk())
    for definition in reversed(problem.definitions):
        if definition.name in names:
            names.update(definition.body.walk())
    return tuple(definition for definition in problem.definitions if definition.name in names)


def indexed_names(templates: tuple[Template, ...], formulas: Formulas) -> tuple[Equation, ...]:
    """What the names with indices stand for, those first that others use."""
    sides = [(formulas.latex(template.body), formulas.opened(template.body)) for template in reversed(templates)]
    return tuple(Equation(left, "=", right, rows=(right,)) for left, right in sides)


def conditions(problem: Problem, formulas: Formulas) -> tuple[Equation, ...]:
    """What is said of names that nothing defines."""
    sides = [(formulas.latex(claim.left), formulas.latex(claim.right)) for claim in problem.conditions]
    return tuple(Equation(left, "=", right, rows=(right,)) for left, right in sides)


def equations(definitions: tuple[Definition, ...], formulas: Formulas) -> tuple[Equation, ...]:
    sides = [tuple(map(formulas.latex, definition.sides)) for definition in definitions]
    return tuple(Equation(left, "=", right, rows=(right,)) for left, right in sides)


def line_equation(line: Line, formulas: Formulas, manner: Manner, detail: str) -> Equation:
    """A line in LaTeX; what the numbers did not confirm is not printed as if it held."""
    reason, source = reason_of(line, formulas, manner, detail)
    left = formulas.latex(line.left) if line.left is not None else ""
    right = formulas.latex(line.right) + (f" = {formulas.latex(line.name)}" if line.name is not None else "")
    return equation(left, right, reason, source, line.confirmed, manner)._replace(rules=unique(rule.name for rule in line.rules), error=line.error)


def equation(left: str, right: str, reason: str, source: str, confirmed: bool | None, manner: Manner) -> Equation:
    if confirmed is False:
        doubt = manner.wording.say("not confirmed")
        reason = f"{doubt}; {reason}" if reason else doubt
    relation = UNCONFIRMED if confirmed is False else "="
    return Equation(left, relation, right, reason, source, confirmed, rows_of(right, manner.width - width(left) - manner.relation))


def result(derivation: Derivation, formulas: Formulas, manner: Manner) -> Equation | None:
    """The last line: the derivative, with what is said of its layout and of the variable's structure."""
    if derivation.derivative is None:
        return None
    held, error = derivation.verdict[:2] if derivation.verdict else (None, None)
    reason = beside_result(derivation, formulas, manner.wording)
    last = equation(formulas.latex(derivation.derivative), formulas.latex(derivation.result), reason, "", held, manner)._replace(error=error)
    if derivation.opened is not None and not derivation.families:
        whole = formulas.latex(derivation.opened)
        last = last._replace(opened=whole if whole != last.right and width(whole) < SHORT * manner.width else "")
    return last._replace(rows=boxed(last.rows, manner.frame)) if manner.box else last


def boxed(rows: tuple[str, ...], frame: tuple[str, str]) -> tuple[str, ...]:
    """The result in a frame; several rows stay together in it."""
    inside = rows[0] if len(rows) == 1 else r"\begin{array}{l}" + r" \\ ".join(rows) + r"\end{array}"
    return (inside.join(frame),)


def placed(chain: list[Equation], manner: Manner) -> list[Equation]:
    """The lines with their reasons where the manner wants them, and with their labels."""
    found, marks = [], 0
    for at, line in enumerate(chain):
        if line.reason and manner.reasons in ("below", "margin"):
            marks += 1
            line = marked(line, marks, manner.reasons)
        elif line.reason and manner.reasons == "beside":
            line = line._replace(beside=f"({line.reason})")
        label = "" if not manner.label else manner.label if at == len(chain) - 1 else f"{manner.label}-{at + 1}"
        found.append(line._replace(label=label if manner.numbers == "lines" or at == len(chain) - 1 else ""))
    return in_one_manner(found, manner)


def in_one_manner(chain: list[Equation], manner: Manner) -> list[Equation]:
    """The lines with their reasons in a column where it has room; else all behind them, or all below."""
    chain = [set_apart(line, manner) for line in chain[:-1]] + chain[-1:]
    left = max((width(line.left) for line in chain), default=0)
    shown = [line.reason if manner.reasons == "beside" else line.beside for line in chain]
    whole = [line.right if len(line.rows) > 1 and not manner.box else line.rows[0] for line in chain]
    lefts = [line.left for line in chain]
    framed = manner.box and any(len(line.rows) > 1 for line in chain)
    found = column(lefts, whole, shown, manner.width, manner.relation) if manner.column and any(shown) and not framed else None
    if found is not None:
        return [line._replace(rows=rows, pieces=pieces) for line, rows, pieces in zip(chain, found.rows, found.pieces, strict=True)]
    chain = [line if manner.box else line._replace(rows=rows_of(line.right, manner.width - left - manner.relation)) for line in chain]
    room = [left + manner.relation + width(line.rows[-1]) + BEHIND + prose_width(line.beside) <= manner.width for line in chain]
    behind = all(room[:-1])
    chain = [line._replace(below=packed(line.beside, manner.width - left - manner.relation - BEHIND)) for line in chain]
    return [line._replace(fits=behind) for line in chain[:-1]] + [line._replace(fits=room[-1]) for line in chain[-1:]]


def set_apart(line: Equation, manner: Manner) -> Equation:
    """A line whose left side would leave the others no room: it stands on the right, and its relation begins the next row."""
    if width(line.left) <= WIDE_LEFT * manner.width:
        return line
    whole = f"{line.left} {line.relation} {line.right}"
    return line._replace(left="", relation="", right=whole, rows=(whole,))


def marked(line: Equation, number: int, where: str) -> Equation:
    """A line that refers to its reason: by a letter over the sign, or by a number in the margin."""
    if where == "margin":
        return line._replace(mark=str(number), beside=f"[{number}]")
    letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
    relation = rf"\stackrel{{({letter})}}{{{'?' if line.confirmed is False else ''}=}}"
    return line._replace(mark=letter, relation=relation)
