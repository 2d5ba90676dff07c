"""From a source to the problem that it states."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from derivtex.core.errors import ArrayPower, DerivtexError, Expectation, OpenDependence, ShapeError, Source
from derivtex.core.files import source_of
from derivtex.problem import Problem
from derivtex.reading.meaning.asking import settle_question
from derivtex.reading.meaning.draws import arguments_of_expectations, of_draws
from derivtex.reading.meaning.openfunctions import take_open_function
from derivtex.reading.meaning.problems import problem
from derivtex.reading.meaning.quantities import bound, sense_of, settle_quantities, wants_number
from derivtex.reading.meaning.roles import take_back_definitions, take_whole_names
from derivtex.reading.meaning.rowwise import take_rows
from derivtex.reading.meaning.scopes import own_section, without_other_sections
from derivtex.reading.meaning.sorting import sorted_out
from derivtex.reading.meaning.stated import Reading, statements_of
from derivtex.reading.meaning.targets import asked_of_and_by, by_expectation
from derivtex.reading.meaning.traces import tell_traces
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.tree import key


def read(
    source: str | Source | PathLike[str], *, of: str | None = None, wrt: str | None = None, declare: Iterable[str] = (), order: int = 1,
    gradient: bool = False, constrained: bool = False, subject_to: Iterable[str] = (),
) -> Problem:  # fmt: skip
    """The problem that a source states: a formula, several of them, a Markdown post or a LaTeX document.

    gradient: whether a derivative is asked for that only a number has.
    constrained: whether equations about the variable are constraints; subject_to: such equations beside the source.
    """
    document = Document.whole(source_of(source))
    declare = tuple(declare)

    def settled(fonts: bool = True) -> Reading:
        reading = asked_in(document, declare, of, wrt, fonts)
        take_open_function(reading, of, wrt)
        reading.gradient = gradient
        settle_quantities(reading, of, wrt)
        if constrained:
            bound(reading, wrt, tuple(subject_to))
        return reading

    reading = settled()
    try:
        return problem(reading, of, wrt, order)
    except ArrayPower as error:
        if not wants_number(reading):
            raise
        return with_lengths(settled(), error, of, wrt, order)
    except OpenDependence as error:
        if wrt is not None:  # who names the variable is not handed another one
            raise
        return by_entry(settled(), error, of, order)
    except Expectation as error:
        return of_expectation(reading, error, declare, of, wrt, order)
    except ShapeError as error:
        if not reading.renamed:
            return in_rows(settled(), error, of, wrt, order)
    return problem(settled(fonts=False), of, wrt, order)


def asked_in(document: Document, declare: tuple[str, ...], of: str | None, wrt: str | None, fonts: bool) -> Reading:
    """What a document says, its question settled; of a document with sections what the question's own and those that it builds on say."""
    reading = sorted_out(document, declare, fonts=fonts)
    take_whole_names(reading)
    if document.is_formula:
        return reading
    place = settle_question(reading, of, wrt)
    section = own_section(document, place) if place is not None else None
    own = without_other_sections(document, section) if section is not None else None
    if own is not None:
        faults, reading = reading.faults, sorted_out(document, declare, found=own, fonts=fonts, stretch=section)
        reading.faults[:0] = faults
        take_whole_names(reading)
        settle_question(reading, of, wrt)
    take_back_definitions(reading, of, wrt)
    tell_traces(reading)
    return reading


def with_lengths(reading: Reading, error: ArrayPower, of: str | None, wrt: str | None, order: int) -> Problem:
    """The problem in which squares of vectors are those of their lengths, which is said; the error where that makes no number of the target."""
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


def in_rows(reading: Reading, error: ShapeError, of: str | None, wrt: str | None, order: int) -> Problem:
    """The problem in which the vectors of spaces are rows; the error where nothing conforms with these either."""
    if not take_rows(reading):
        raise error
    try:
        return problem(reading, of, wrt, order)
    except DerivtexError:
        raise error from None


def of_expectation(
    before: Reading, error: Expectation, declare: tuple[str, ...], of: str | None, wrt: str | None, order: int
) -> Problem:
    """The problem with means over many draws in the place of expectations, which is said; the error where it is not told what is random."""
    asked = asked_of_and_by(before, of, wrt)[1]  # “the minimiser of $J$” asks by no J
    by = asked if asked and all(by_expectation(before, latex(name)) is None for name in asked) else arguments_of_expectations(before)
    found, told = of_draws(statements_of(before.document, False)[0], before, by) if by and not before.document.is_formula else ([], "")
    if not told:
        raise error
    reading = sorted_out(before.document, declare, found=found)
    reading.notes.append(told)
    settle_question(reading, of, wrt)
    take_back_definitions(reading, of, wrt)
    settle_quantities(reading, of, wrt)
    try:
        return problem(reading, of, wrt, order)
    except DerivtexError:
        raise error from None


def by_entry(reading: Reading, error: OpenDependence, of: str | None, order: int) -> Problem:
    """The problem by one entry of the vector on which something depends in a way that is left open, which is said; the error where there is none."""
    used = {mark for said in reading.order for mark in key(said.tokens)}
    letter = next((letter for letter in "kijlm" if letter not in used), None)
    if letter is None:
        raise error
    reading.notes.append(f"the derivative is that by one entry of {error.by}, as it is left open how something depends on them")
    try:
        return problem(reading, of, rf"{error.by}_{letter}", order)
    except DerivtexError:
        raise error from None


def sense(source: str | Source | PathLike[str]) -> str:
    """Whether a source speaks of a minimum or a maximum, min or max; empty where it speaks of neither or of both."""
    return sense_of(source_of(source).text)
