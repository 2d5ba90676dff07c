"""`derivtex check`: the lines of derivations in formulas, files and globs, with a verdict on each."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from derivtex.core.errors import DerivtexError, UsageError, describe
from derivtex.core.files import write
from derivtex.core.session import session
from derivtex.faces.limits import AT_A_TERMINAL, limits
from derivtex.faces.sources import read_source
from derivtex.faces.written import LIMIT

Documents = list[tuple[str, dict[str, Any]]]


@click.command()
@click.argument("source", nargs=-1)
@click.option("--declare", "-d", multiple=True, metavar="DECLARATION", help="What a name is: 'X: matrix n x m symmetric'.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "sarif", "junit", "html", "tex", "markdown")), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Status 3 where a line could not be read.")
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, help="How many files are checked at a time.")
@click.option("--baseline", metavar="FILE", help="Wrong lines that are known; they are reported and do not count.")
@click.option("--write-baseline", metavar="FILE", help="Write the wrong lines there, as known from now on.")
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
@LIMIT
def check(
    source: tuple[str, ...], declare: tuple[str, ...], format_: str, strict: bool, jobs: int, baseline: str | None,
    write_baseline: str | None, output: str | None, limit: float | None,
) -> None:  # fmt: skip
    """Check the lines of derivations: which hold, and which is the first that does not.

    SOURCE is a formula, files, patterns such as 'notes/**/*.md', or - for standard input. A line that bears, or stands behind, the comment
    `% derivtex: ignore` or `<!-- derivtex: ignore -->` is left out.
    """
    from derivtex.writing.reports import written

    known = known_lines(baseline)
    documents, failed = checked(expanded(source or ("-",)), declare, jobs, limit)
    if write_baseline is not None:
        write(json.dumps(sorted(fingerprints(documents)), ensure_ascii=False, indent=1) + "\n", write_baseline)
    write(written(documents, format_), output)
    lines = [line for _, data in documents for line in data["lines"]]
    if fingerprints(documents) - known and write_baseline is None:
        sys.exit(1)
    if failed or (strict and any(line["verdict"] == "unreadable" for line in lines)):
        sys.exit(3)


def expanded(sources: Sequence[str]) -> list[str]:
    """The sources with patterns as the files that they stand for."""
    found: list[str] = []
    for each in sources:
        pattern = any(mark in each for mark in "*?[") and not any(mark in each for mark in "=\\{}$ \n")
        if pattern and not Path(each).exists():
            files = sorted(str(path) for path in Path().glob(each) if path.is_file()) if not Path(each).is_absolute() else []
            if not files:
                raise UsageError(f"no file is like {each}", way_out="give a pattern such as 'notes/**/*.md'")
            found += files
        else:
            found.append(each)
    return found


def checked(sources: list[str], declare: tuple[str, ...], jobs: int, limit: float | None) -> tuple[Documents, bool]:
    """The reports of all sources in order, and whether one could not be read; of one alone that is an error."""
    if len(sources) == 1:
        return [one(sources[0], declare, limit)], False
    outcomes = [tolerant(each, declare, limit) for each in sources] if jobs == 1 else in_processes(sources, declare, jobs, limit)
    for each in outcomes:
        if isinstance(each, str):
            click.echo(each, err=True)
    return [each for each in outcomes if not isinstance(each, str)], any(isinstance(each, str) for each in outcomes)


def in_processes(sources: list[str], declare: tuple[str, ...], jobs: int, limit: float | None) -> list[tuple[str, dict[str, Any]] | str]:
    """The reports, made by several processes at a time; they come in the order of the sources."""
    from concurrent.futures import ProcessPoolExecutor

    count = len(sources)
    with ProcessPoolExecutor(min(jobs, count)) as pool:
        return list(pool.map(tolerant, sources, [declare] * count, [limit] * count))


def tolerant(source: str, declare: tuple[str, ...], limit: float | None) -> tuple[str, dict[str, Any]] | str:
    """The report of a source, or what is wrong with it."""
    try:
        return one(source, declare, limit)
    except DerivtexError as error:
        return describe(error)


def one(source: str, declare: tuple[str, ...], limit: float | None) -> tuple[str, dict[str, Any]]:
    """The name of a source, and its report."""
    from derivtex import interface

    text = read_source(source)
    with session(limits(limit, AT_A_TERMINAL)):
        return text.name, interface.check(text, declare=declare).to_dict()


def fingerprints(documents: Documents) -> set[str]:
    """The wrong lines, each by its document and text: a line that only moves stays known."""
    return {f"{name}: {' '.join(line['latex'].split())}" for name, data in documents for line in data["lines"] if line["verdict"] == "fails"}


def known_lines(baseline: str | None) -> set[str]:
    """The wrong lines that a baseline file knows."""
    if baseline is None:
        return set()
    try:
        return set(json.loads(Path(baseline).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{baseline} is no baseline file", way_out="make one with --write-baseline FILE") from error
