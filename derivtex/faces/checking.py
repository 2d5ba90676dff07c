"""`derivtex check`: the lines of derivations in formulas, files and globs, with a verdict on each."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from derivtex.core.errors import UsageError
from derivtex.core.files import write
from derivtex.faces.checkruns import Documents, Options, again, checked
from derivtex.faces.choosing import Chosen, part
from derivtex.faces.flags import a_file, with_options


@click.command()
@click.argument("source", nargs=-1, shell_complete=a_file)
@with_options("check")
def check(source: tuple[str, ...], chosen: Chosen) -> None:
    """Check the lines of derivations: which hold, and which is the first that does not.

    SOURCE is a formula, files, patterns such as 'notes/**/*.md', or - for standard input. A line that bears, or stands behind, the comment
    `% derivtex: ignore` or `<!-- derivtex: ignore -->` is left out.
    """
    known, sources = known_lines(chosen["baseline"]), expanded(source or ("-",))
    options = Options(**part(chosen, Options._fields))
    if chosen["watch"]:
        watched(sources, options, chosen["jobs"], chosen["output"])
        return
    documents, failed = checked(sources, options, chosen["jobs"])
    if chosen["write_baseline"] is not None:
        write(json.dumps(sorted(fingerprints(documents)), ensure_ascii=False, indent=1) + "\n", chosen["write_baseline"])
    tell(documents, options.format, chosen["output"])
    lines = [line for _, data in documents for line in data["lines"]]
    if fingerprints(documents) - known and chosen["write_baseline"] is None:
        sys.exit(1)
    if failed or (chosen["strict"] and any(line["verdict"] == "unreadable" for line in lines)):
        sys.exit(3)


def watched(sources: list[str], options: Options, jobs: int, output: str | None) -> None:
    """Tell what the lines are worth, and again what each change makes of them."""
    files = [Path(each) for each in sources]
    if not all(each.is_file() for each in files):
        raise UsageError("only files can be watched", way_out="give their names, or a pattern such as 'notes/*.md'")
    for documents in again(sources, options, jobs):
        if output is None and sys.stdout.isatty():
            click.clear()
        tell(documents, options.format, output)


def tell(documents: Documents, format_: str, output: str | None) -> None:
    from derivtex.writing.reports import written

    write(written(documents, format_), output)


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
