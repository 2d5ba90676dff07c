r"""Reading: from a source to a problem.

tokens       LaTeX to nested tokens, by way of pylatexenc; macros are the author's own
formula      tokens to an untyped tree, by precedence
elaboration  the tree to terms, with powers, products, calls, ranges, entries and names beside it
declarations, statements, questions, claims, document    what else stands in a source
understanding    all of it together: kinds and sizes found, the question settled
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivtex.core.errors import ShapeError, Source
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.problem import Problem

if TYPE_CHECKING:
    from derivtex.reading.meaning.lines import Line


def read(
    source: str | Source, *, of: str | None = None, wrt: str | None = None, declare: Iterable[str] = (), order: int = 1,
    gradient: bool = False,
) -> Problem:  # fmt: skip
    """The problem that a source states: a formula, several of them, a Markdown post or a LaTeX document.

    gradient: whether a derivative is asked for that only a number has.
    """
    from derivtex.reading.meaning.problems import problem
    from derivtex.reading.meaning.sorting import sorted_out
    from derivtex.reading.meaning.wholenames import take_whole_names
    from derivtex.reading.source.document import said

    source = source if isinstance(source, Source) else Source(source)
    declare = tuple(declare)
    reading = sorted_out(source, said(source), declare)
    take_whole_names(reading)
    reading.gradient = gradient
    try:
        return problem(reading, of, wrt, order)
    except ShapeError:
        if not reading.renamed:
            raise
    reading = sorted_out(source, said(source), declare, fonts=False)
    take_whole_names(reading)
    reading.gradient = gradient
    return problem(reading, of, wrt, order)


def read_lines(source: str | Source, *, declare: Iterable[str] = ()) -> tuple[Line, ...]:
    """A derivation, line by line: what each line defines or asserts, or why it cannot be read, and what is known where it stands."""
    from derivtex.reading.meaning.lines import lines_of

    return lines_of(source if isinstance(source, Source) else Source(source), declare)


def read_formula(latex: str, symbols: dict[str, Symbol], functions: Iterable[str] = ()) -> Term:
    """The term that a formula means when these are the names, and these the functions that act on entries; for what derivtex
    has written."""
    from derivtex.reading.meaning.alone import formula_with

    return formula_with(latex, symbols, functions)


__all__ = ["read", "read_formula", "read_lines"]
