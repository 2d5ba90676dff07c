r"""What a source speaks of, before anybody asks: its names, its target, what could be the variable. For editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.problem import Fault
from derivtex.reading.meaning.claims import sides
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
    parts = [part for part in flat(source, start, end) if part.text not in ("{", "}")]
    best: tuple[str, int, int] | None = None
    for name in names:
        wanted = [part.text for part in flat(Source(name), 0, len(name)) if part.text not in ("{", "}")]
        for at in range(len(parts) - len(wanted) + 1):
            found = parts[at : at + len(wanted)]
            over = bool(found) and found[0].start <= offset < found[-1].end
            longer = best is None or (over and found[-1].end - found[0].start > best[2] - best[1])
            if over and longer and [part.text for part in found] == wanted:
                best = name, found[0].start, found[-1].end
    return best
