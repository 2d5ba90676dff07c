"""What a source asks for, beside the problem that it states: derivatives, a point, a direction, a choice, steps, a list of questions."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.errors import Source
from derivtex.reading.meaning.asking import WEIGHTS, all_asked, candidates
from derivtex.reading.meaning.asking import sought_together as sought_in
from derivtex.reading.meaning.directions import asked_direction as direction_in
from derivtex.reading.meaning.motions import asked_motion as motion_in
from derivtex.reading.meaning.openfunctions import gives_nothing, take_open_function
from derivtex.reading.meaning.results import states_result as result_in
from derivtex.reading.meaning.solutions import OPTIMA, requested
from derivtex.reading.meaning.sorting import sorted_out
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.meaning.traces import traces_asked
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import GREEK, Token, latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.points import points_of
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.shifts import shifts_in
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.adjoints import asks_adjoint
from derivtex.reading.words.alternatives import alternatives as alternatives_in
from derivtex.reading.words.cases import case_besides
from derivtex.reading.words.causes import causes as causes_in
from derivtex.reading.words.expansions import asks_expansion
from derivtex.reading.words.itemised import Itemised
from derivtex.reading.words.itemised import itemised as items_in
from derivtex.reading.words.layouts import without_layout
from derivtex.reading.words.points import points_in_words
from derivtex.reading.words.steps import asked_step as step_in
from derivtex.reading.words.wishes import Wish
from derivtex.reading.words.wishes import wish_of as wish_in


def wish_of(source: Source, derived: str = "gradient") -> Wish:
    """What a question wants, by its words; derived: the kind of derivative that its formulas ask for."""
    document = Document.whole(source)
    return Wish(derived) if document.is_formula else wish_in(without_layout(document.items), derived)


def asked_derivatives(source: Source) -> tuple[tuple[str, str, int], ...]:
    """The derivatives that a question asks for, in order: of what, by what, of which order."""
    document = Document.whole(source)
    if document.is_formula:
        return ()
    reading = sorted_out(document, ())
    asked = [each for each in all_asked(reading) if each.of]
    for each in asked:
        take_open_function(reading, latex(each.of), latex(each.by[0]))
    return tuple((latex(each.of), latex(each.by[0]), each.order) for each in asked if not gives_nothing(each, reading))


def asks_derivative(source: Source, by: str) -> bool:
    """Whether anything in a source asks for a derivative or an optimum, or speaks of one: a formula, a request in words, an objective; by the
    variable, or by what it leaves open."""
    document = Document.whole(source)
    if document.is_formula or any(each.asks or each.what != "solve" for each in requested(document)):  # “the variable $o$ is …” asks nothing
        return True
    letters = letters_of(tokens(Source(by, "<by>")))
    named = (each.by for each in candidates(sorted_out(document, ())) if each.weight != WEIGHTS["an unknown that is spoken of"])
    return any(not each or letters & letters_of(token for name in each for token in name) for each in named)


def letters_of(parts: Iterable[Token]) -> set[str]:
    """The letters in a name, of whatever font."""
    return {mark for mark in key(tuple(parts)) if mark.isalpha() or mark in GREEK}


def asked_direction(source: Source) -> tuple[str, str, str, str] | None:
    """The derivative along a direction that a question asks for: of what, by what, along what, and how it is written; None where it asks for none."""
    document = Document.whole(source)
    found = None if document.is_formula else direction_in(sorted_out(document, ()))
    return (latex(found[0].of), latex(found[0].at), latex(found[0].along), latex(found[1])) if found is not None else None


def asked_motion(source: Source) -> tuple[str, tuple[str, ...], str] | None:
    """The rate of change along a motion that a question asks for: of what, what moves, and how it is written; None where it asks for none."""
    document = Document.whole(source)
    found = None if document.is_formula or r"\dot" not in source.text else motion_in(sorted_out(document, ()))
    return (latex(found.of), tuple(map(latex, found.by)), latex(found.written)) if found is not None else None


def asked_point(source: Source) -> tuple[str, str] | None:
    """The one point at which a question asks for a derivative: the variable, or nothing, and its value; None where it asks at none, or at several."""
    document = Document.whole(source)
    if document.is_formula:
        return None
    found = {latex(each): each for each in (*points_of(statements_of(document, tolerant=True)[0]), *points_in_words(document.items))}
    sides = [split_at(each, "=") for each in found.values()]
    told = [(latex(name), latex(value)) if equals else ("", latex(name)) for name, equals, value in sides]
    return told[0] if len(told) == 1 else None


def asked_case(source: Source) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """A case that is asked for behind the question: the names that it is of, and the properties that they have then; None where there is none."""
    document = Document.whole(source)
    found = None if document.is_formula else case_besides(document.items)
    return (tuple(map(latex, found.names)), found.properties) if found is not None else None


def asked_trace(source: Source) -> str:
    """The one trace of a derivative that a question asks for, Laplacian or divergence; empty where it asks for none, or for both.

    Raises NotDerivable for a curl.
    """
    found = traces_asked(sorted_out(Document.whole(source), ()))
    return found[0] if len(found) == 1 else ""


def asked_expansion(source: Source) -> tuple[str, str, str] | None:
    """The function, the place and the shift, `f(X + H)`, of an expansion to second order that a question asks for, each empty where that is not
    written; None where it asks for none."""
    document = Document.whole(source)
    if document.is_formula or not asks_expansion(document.items):
        return None
    found = next((each for item in document.items if item.kind == "math" for each in shifts_in(item.tokens)), None)
    return (latex(found.of), latex(found.at), latex(found.along)) if found is not None else ("", "", "")


def asks_for_adjoint(source: Source) -> bool:
    """Whether a question asks for the adjoint of a derivative."""
    document = Document.whole(source)
    return not document.is_formula and asks_adjoint(document.items)


def alternatives(source: Source) -> tuple[str, str] | None:
    """The two formulas of which a question asks which one it is; None where it asks that of none."""
    document = Document.whole(source)
    found = None if document.is_formula else alternatives_in(document.items)
    return (latex(found[0]), latex(found[1])) if found is not None else None


def asked_step(source: Source) -> tuple[str, str] | None:
    """The labels of the two lines between which a question asks for the steps, “from (3) to (4)”; None where it asks for none."""
    document = Document.whole(source)
    return None if document.is_formula else step_in(document.items)


def itemised(source: Source) -> tuple[Itemised, ...]:
    """The questions of a list, where a source has one."""
    document = Document.whole(source)
    return () if document.is_formula else items_in(document.items, document.source)


def sought_together(source: Source) -> tuple[str, ...]:
    """The variables of a question, all of them: “the estimates of $\\mu$ and $\\Sigma$”."""
    document = Document.whole(source)
    return () if document.is_formula else tuple(map(latex, sought_in(sorted_out(document, ()))))


def states_result(source: Source) -> bool:
    """Whether the words give a formula as what a derivative came out as, “I got $2Ax$”."""
    return result_in(Document.whole(source))


def requests_derivative(source: Source) -> bool:
    """Whether a question asks for a derivative, of something or by something, and does not only speak of one."""
    asked = requested(Document.whole(source))
    if any(each.what not in OPTIMA for each in asked):
        return True
    on_paper = any(mark in source.text for mark in (r"\partial", r"\nabla"))  # else what is to be minimised is all that is meant
    return (on_paper or not asked) and bool(asked_derivatives(source))


def names_optimum(source: Source) -> bool:
    """Whether the words speak of the optimum over something that they name: “it minimises $f$ over $x$”."""
    return any(each.what in OPTIMA and each.what != "solve" and each.by for each in requested(Document.whole(source)))


def asked_causes(source: Source) -> tuple[str, ...]:
    """What of a result a question asks the reason of: transpose, entrywise, cross, two."""
    document = Document.whole(source)
    return () if document.is_formula else causes_in(document.items)
