r"""What a source speaks of, before anybody asks: its names, its target, what could be the variable. For editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.problem import Fault
from derivtex.reading.meaning.chains import sides
from derivtex.reading.meaning.disambiguation import understood
from derivtex.reading.meaning.problems import expanded, symbols_of
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.sorting import sorted_out
from derivtex.reading.source.documents import Document
from derivtex.reading.source.lexemes import flat


class Setting(NamedTuple):
    """symbols: every name by its LaTeX. target: what would be differentiated. variables: what is asked for, else every name that the
    target is made of. faults: asserted lines that do not conform. guessed: the names whose kind the convention told."""

    symbols: dict[str, Symbol]
    target: Term
    variables: tuple[Symbol, ...]
    faults: tuple[Fault, ...]
    guessed: frozenset[str]


def setting(source: Source, declare: Iterable[str] = (), wrt: str | None = None) -> Setting:
    """The setting of a source. Raises SourceError where it cannot be read or its dimensions do not conform."""
    found, _ = understood(sorted_out(Document(source), declare), None, wrt)
    settle = Settling(found.scope)
    asked = [settle.term(variable) for variable in found.variables]
    free = [part for part in expanded(found, found.target) if isinstance(part, Symbol) and not part.has("constant")]
    variables = asked or [settle.term(part) for part in dict.fromkeys(free)]
    judged = [each for _, each in (*found.faults, *sides(found, settle))]
    return Setting(
        symbols_of(found, settle),
        settle.term(found.target),
        tuple(part for part in variables if isinstance(part, Symbol)),
        tuple(each for each in judged if isinstance(each, Fault)),
        frozenset(thing.name for thing in found.scope.guessed.values()),
    )


def name_at(source: Source, offset: int, start: int, end: int, names: Iterable[str]) -> tuple[str, int, int] | None:
    """The longest of the names that stands over an offset, with its place; the formula lies between start and end."""
    return next((found for found in names_in(source, start, end, names) if found[1] <= offset < found[2]), None)


def names_in(source: Source, start: int, end: int, names: Iterable[str]) -> list[tuple[str, int, int]]:
    """The names that stand in a formula, the longest at each place, in order."""
    parts = [part for part in flat(source, start, end) if part.text not in ("{", "}")]
    wanted = sorted(((name, marks_of(name)) for name in names), key=lambda each: -len(each[1]))
    found, at = [], 0
    while at < len(parts):
        name, width = next(((name, len(marks)) for name, marks in wanted if [each.text for each in parts[at : at + len(marks)]] == marks), ("", 0))
        if width:
            found.append((name, parts[at].start, parts[at + width - 1].end))
        at += width or 1
    return found


def marks_of(name: str) -> list[str]:
    return [part.text for part in flat(Source(name), 0, len(name)) if part.text not in ("{", "}")]


def differentials_in(source: Source, start: int, end: int, names: Iterable[str]) -> list[tuple[int, int]]:
    r"""Where the d of a differential stands in a formula, `dX`, `\mathrm{d}X`, `\partial f`; none where d is one of the names."""
    parts = [part for part in flat(source, start, end) if part.text not in ("{", "}")]
    leads = [*(part.kind in ("letter", "macro") or part.text in ("(", "[", "^") for part in parts[1:]), False]
    found = zip(parts, leads, strict=False)
    return [(part.start, part.end) for part, lead in found if part.text == r"\partial" or (lead and part.text == "d" and "d" not in names)]
