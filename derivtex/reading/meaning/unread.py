"""Scopes of a document of which nothing was read, for want of time or through a defect of ours: each of their lines says why."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.core.errors import Source
from derivtex.core.session import TooLarge, current
from derivtex.operations import Number
from derivtex.problem import Fault, Problem
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.meaning.scopes import Passage
from derivtex.reading.source.documents import Document

NO_TIME = "not looked at for want of time: give it more with --limit SECONDS"
NOTHING = Number(0)  # made beforehand: a new term looks at the clock, which has run out where this is needed
DEFECT = "{}: {}; what is said here cannot be read together, which is a defect of derivtex: please report it"


def in_time(document: Document, passage: Passage, read: Callable[[], tuple[Problem, list[Item]]], part: float) -> tuple[Problem, list[Item]]:
    """What a scope says; of a document, where that takes more than a part of the time that is left, that it was not looked at."""
    try:
        with current().share(part):
            return read()
    except TooLarge:
        if document.is_formula:
            raise
        return nothing_read(document, passage, NO_TIME, TooLarge.code)


def nothing_read(document: Document, passage: Passage, message: str, code: str) -> tuple[Problem, list[Item]]:
    """A scope of which nothing was read, and why."""
    return empty(document.source), [Fault(each.said.span.text, message, each.said.span, code) for each in passage.own]


def empty(source: Source) -> Problem:
    """The problem of a source of which nothing could be read."""
    return Problem(source=source, symbols={}, definitions=(), functions={}, target=NOTHING, wrt=(), asked=False)
