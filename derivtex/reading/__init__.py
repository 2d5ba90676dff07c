r"""Reading: from a source to a problem.

source     a document as one object: formulas, words and code, in every format; macros, tokens (pylatexenc)
words      what the words say: requests, kinds and properties of names, functions
syntax     tokens to statements and untyped trees, by precedence
meaning    each statement to its kind, the question settled, kinds and sizes found, trees to terms
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

from derivtex.core.errors import ArrayPower, DerivtexError, ShapeError, Source
from derivtex.core.files import source_of
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.problem import Problem

if TYPE_CHECKING:
    from derivtex.reading.meaning.lines import Line
    from derivtex.reading.meaning.sections import Section
    from derivtex.reading.meaning.solutions import Claimed
    from derivtex.reading.meaning.stated import Reading
    from derivtex.reading.words.itemised import Itemised
    from derivtex.reading.words.wishes import Wish


def read(
    source: str | Source | PathLike[str], *, of: str | None = None, wrt: str | None = None, declare: Iterable[str] = (), order: int = 1,
    gradient: bool = False, constrained: bool = False, subject_to: Iterable[str] = (),
) -> Problem:  # fmt: skip
    """The problem that a source states: a formula, several of them, a Markdown post or a LaTeX document.

    gradient: whether a derivative is asked for that only a number has.
    constrained: whether equations about the variable are constraints; subject_to: such equations beside the source.
    """
    from derivtex.reading.meaning.asking import settle_question
    from derivtex.reading.meaning.openfunctions import take_open_function
    from derivtex.reading.meaning.problems import problem
    from derivtex.reading.meaning.quantities import bound, settle_quantities, wants_number
    from derivtex.reading.meaning.roles import take_back_definitions, take_whole_names
    from derivtex.reading.meaning.scopes import own_section, without_other_sections
    from derivtex.reading.meaning.sorting import sorted_out
    from derivtex.reading.source.documents import Document

    document = Document.whole(source_of(source))
    declare = tuple(declare)

    def sorted_with(fonts: bool) -> Reading:
        reading = sorted_out(document, declare, fonts=fonts)
        take_whole_names(reading)
        if not document.is_formula:
            place = settle_question(reading, of, wrt)
            section = own_section(document, place) if place is not None else None
            own = without_other_sections(document, section) if section is not None else None
            if own is not None:
                faults, reading = reading.faults, sorted_out(document, declare, found=own, fonts=fonts, stretch=section)
                reading.faults[:0] = faults
                take_whole_names(reading)
                settle_question(reading, of, wrt)
            take_back_definitions(reading, of, wrt)
        take_open_function(reading, of, wrt)
        reading.gradient = gradient
        settle_quantities(reading, of, wrt)
        if constrained:
            bound(reading, wrt, tuple(subject_to))
        return reading

    reading = sorted_with(fonts=True)
    try:
        return problem(reading, of, wrt, order)
    except ArrayPower as error:
        if not wants_number(reading):
            raise
        return with_lengths(sorted_with(fonts=True), error, of, wrt, order)
    except ShapeError:
        if not reading.renamed:
            raise
    return problem(sorted_with(fonts=False), of, wrt, order)


def with_lengths(reading: Reading, error: ArrayPower, of: str | None, wrt: str | None, order: int) -> Problem:
    """The problem in which squares of vectors are those of their lengths, which is said; the error where that makes no number of the target."""
    from derivtex.reading.meaning.problems import problem

    reading.lengths = True
    what = error.span.text if error.span is not None else "the square of a vector"
    reading.notes.append(f"{what} is taken as a squared length, as what is differentiated has to be a number")
    try:
        made = problem(reading, of, wrt, order)
    except DerivtexError:
        raise error from None
    if not made.target.is_scalar:
        raise error
    return made


def sense(source: str | Source | PathLike[str]) -> str:
    """Whether a source speaks of a minimum or a maximum, min or max; empty where it speaks of neither or of both."""
    from derivtex.reading.meaning.quantities import sense_of

    return sense_of(source_of(source).text)


def wish_of(source: Source, derived: str = "gradient") -> Wish:
    """What a question wants, by its words; derived: the kind of derivative that its formulas ask for."""
    from derivtex.reading.source.documents import Document
    from derivtex.reading.words.wishes import Wish, wish_of

    document = Document.whole(source)
    return Wish(derived) if document.is_formula else wish_of(document.items, derived)


def asked_derivatives(source: Source) -> tuple[tuple[str, str, int], ...]:
    """The derivatives that a question asks for, in order: of what, by what, of which order."""
    from derivtex.reading.meaning.asking import all_asked
    from derivtex.reading.meaning.openfunctions import gives_nothing, take_open_function
    from derivtex.reading.meaning.sorting import sorted_out
    from derivtex.reading.source.documents import Document
    from derivtex.reading.source.marks import latex

    document = Document.whole(source)
    if document.is_formula:
        return ()
    reading = sorted_out(document, ())
    asked = [each for each in all_asked(reading) if each.of]
    for each in asked:
        take_open_function(reading, latex(each.of), latex(each.by[0]))
    return tuple((latex(each.of), latex(each.by[0]), each.order) for each in asked if not gives_nothing(each, reading))


def asked_direction(source: Source) -> tuple[str, str, str, str] | None:
    """The derivative along a direction that a question asks for: of what, by what, along what, and how it is written; None where it asks for none."""
    from derivtex.reading.meaning.directions import asked_direction
    from derivtex.reading.meaning.sorting import sorted_out
    from derivtex.reading.source.documents import Document
    from derivtex.reading.source.marks import latex

    document = Document.whole(source)
    found = None if document.is_formula else asked_direction(sorted_out(document, ()))
    return (latex(found[0].of), latex(found[0].at), latex(found[0].along), latex(found[1])) if found is not None else None


def asked_point(source: Source) -> tuple[str, str] | None:
    """The one point at which a question asks for a derivative: the variable, or nothing, and its value; None where it asks at none, or at several."""
    from derivtex.reading.meaning.stated import statements_of
    from derivtex.reading.source.documents import Document
    from derivtex.reading.source.marks import latex
    from derivtex.reading.syntax.points import points_of
    from derivtex.reading.syntax.scripts import split_at
    from derivtex.reading.words.points import points_in_words

    document = Document.whole(source)
    if document.is_formula:
        return None
    found = {latex(each): each for each in (*points_of(statements_of(document, tolerant=True)[0]), *points_in_words(document.items))}
    sides = [split_at(each, "=") for each in found.values()]
    told = [(latex(name), latex(value)) if equals else ("", latex(name)) for name, equals, value in sides]
    return told[0] if len(told) == 1 else None


def alternatives(source: Source) -> tuple[str, str] | None:
    """The two formulas of which a question asks which one it is; None where it asks that of none."""
    from derivtex.reading.source.documents import Document
    from derivtex.reading.source.marks import latex
    from derivtex.reading.words.alternatives import alternatives

    document = Document.whole(source)
    found = None if document.is_formula else alternatives(document.items)
    return (latex(found[0]), latex(found[1])) if found is not None else None


def asked_step(source: Source) -> tuple[str, str] | None:
    """The labels of the two lines between which a question asks for the steps, “from (3) to (4)”; None where it asks for none."""
    from derivtex.reading.source.documents import Document
    from derivtex.reading.words.steps import asked_step

    document = Document.whole(source)
    return None if document.is_formula else asked_step(document.items)


def itemised(source: Source) -> tuple[Itemised, ...]:
    """The questions of a list, where a source has one."""
    from derivtex.reading.source.documents import Document
    from derivtex.reading.words.itemised import itemised

    document = Document.whole(source)
    return () if document.is_formula else itemised(document.items, document.source)


def sought_together(source: Source) -> tuple[str, ...]:
    """The variables of a question, all of them: “the estimates of $\\mu$ and $\\Sigma$”."""
    from derivtex.reading.meaning.asking import sought_together
    from derivtex.reading.meaning.sorting import sorted_out
    from derivtex.reading.source.documents import Document
    from derivtex.reading.source.marks import latex

    document = Document.whole(source)
    return () if document.is_formula else tuple(map(latex, sought_together(sorted_out(document, ()))))


def states_result(source: Source) -> bool:
    """Whether the words give a formula as what a derivative came out as, “I got $2Ax$”."""
    from derivtex.reading.meaning.solutions import states_result
    from derivtex.reading.source.documents import Document

    return states_result(Document.whole(source))


def requests_derivative(source: Source) -> bool:
    """Whether a question asks for a derivative, of something or by something, and does not only speak of one."""
    from derivtex.reading.meaning.solutions import OPTIMA, requested
    from derivtex.reading.source.documents import Document

    return any(each.what not in OPTIMA for each in requested(Document.whole(source))) or bool(asked_derivatives(source))


def claimed_solutions(source: Source) -> tuple[Claimed, ...]:
    """The equations of a document that give what is minimised or solved for, `\\hat\\beta = …`."""
    from derivtex.reading.meaning.solutions import claimed_solutions

    return claimed_solutions(source)


def read_lines(source: str | Source | PathLike[str], *, declare: Iterable[str] = ()) -> tuple[Line, ...]:
    """A derivation, line by line: what each line defines or asserts, or why it cannot be read, and what is known where it stands."""
    from derivtex.reading.meaning.lines import lines_of

    return lines_of(source_of(source), declare)


def read_sections(source: str | Source | PathLike[str], *, declare: Iterable[str] = ()) -> list[Section]:
    """A document scope by scope, each to be read when it is needed, with a key that tells whether it is as it was."""
    from derivtex.reading.meaning.sections import sections_of

    return sections_of(source_of(source), declare)


def read_formula(latex: str, symbols: dict[str, Symbol], functions: Iterable[str] = ()) -> Term:
    """The term that a formula means when these are the names, and these the functions that act on entries; for what derivtex
    has written."""
    from derivtex.reading.meaning.alone import formula_with

    return formula_with(latex, symbols, functions)


__all__ = [
    "alternatives", "asked_derivatives", "asked_direction", "asked_point", "asked_step", "claimed_solutions", "itemised", "read", "read_formula",
    "read_lines", "read_sections", "requests_derivative", "sense", "states_result", "wish_of",
]  # fmt: skip
