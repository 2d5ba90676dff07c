"""Documents checked one after the other or several at a time, with a bar that shows how far it is; and again whenever one changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from derivtex.core.errors import DerivtexError, describe
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.faces.documents.watching import changes
from derivtex.faces.sections import Recent, checked_by_sections
from derivtex.faces.sources import read_source
from derivtex.faces.terminal import followed

Document = tuple[str, dict[str, Any]]
Documents = list[Document]


class Options(NamedTuple):
    """How documents are checked and told, as on the command line."""

    declare: tuple[str, ...] = ()
    layout: str = "any"
    fill: bool = False
    format: str = "text"
    template: str | None = None
    limit: float | None = None


def checked(sources: list[str], options: Options, jobs: int) -> tuple[Documents, bool]:
    """The reports of all sources in order, and whether one could not be read; of one alone that is an error."""
    if len(sources) == 1:
        return [one(sources[0], options)], False
    outcomes = all_of(sources, options, jobs)
    for each in outcomes:
        if isinstance(each, str):
            click.echo(each, err=True)
    return [each for each in outcomes if not isinstance(each, str)], any(isinstance(each, str) for each in outcomes)


def all_of(sources: list[str], options: Options, jobs: int) -> list[Document | str]:
    """What becomes of each source, in order."""
    if jobs == 1 or len(sources) == 1:
        return list(followed((tolerant(each, options) for each in sources), len(sources), "checking"))
    from concurrent.futures import ProcessPoolExecutor

    count = len(sources)
    with ProcessPoolExecutor(min(jobs, count)) as pool:
        return list(followed(pool.map(tolerant, sources, [options] * count), count, "checking"))


def tolerant(source: str, options: Options, memory: Recent | None = None) -> Document | str:
    """The report of a source, or what is wrong with it. memory: what is known of its sections, where it is checked again and again."""
    try:
        return one(source, options) if memory is None or not by_sections(options) else one_again(source, options, memory)
    except DerivtexError as error:
        return describe(error)
    except Exception as error:  # one document never ends the others
        return f"{source}: error: {type(error).__name__}: {error} [internal]\n  help: this is a defect of derivtex: please report it"


def one(source: str, options: Options) -> Document:
    """The name of a source, and its report."""
    from derivtex import interface

    text = read_source(source)
    with session(limits(options.limit, AT_A_TERMINAL)):
        report = interface.check(text, declare=options.declare, layout=options.layout, fill=options.fill)
        return text.name, report.to_dict(options.format, options.template)


def by_sections(options: Options) -> bool:
    """Whether a document may be checked section by section: in any layout, and without steps set for a page."""
    return options.layout == "any" and not options.fill


def one_again(source: str, options: Options, memory: Recent) -> Document:
    """The name of a source, and its report, of which only the sections are made that are not known."""
    text = read_source(source)
    data = checked_by_sections(text, memory, options.declare, seconds=AT_A_TERMINAL if options.limit is None else options.limit)
    assert data is not None
    return text.name, data


def again(sources: list[str], options: Options, jobs: int) -> Iterator[Documents]:
    """The reports of files, and again after each change; only the sections that changed are checked anew."""
    memory = Recent()
    found = dict(zip(sources, all_of(sources, options, jobs), strict=True))
    yield told(found.values())
    for path in changes([Path(each) for each in sources]):
        for each in sources:
            if Path(each) == path:
                found[each] = tolerant(each, options, memory)
        yield told(found.values())


def told(outcomes: Iterable[Document | str]) -> Documents:
    """The reports; what is wrong with the other sources is said."""
    found: Documents = []
    for each in outcomes:
        if isinstance(each, str):
            click.echo(each, err=True)
        else:
            found.append(each)
    return found
