"""`derivtex corpus`: many documents checked, one JSON line each, and a page on all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from derivtex.core.errors import UsageError
from derivtex.core.files import write
from derivtex.faces.checking import expanded
from derivtex.faces.choosing import Chosen
from derivtex.faces.corpus.pools import on_cluster, records
from derivtex.faces.corpus.summary import in_html, in_markdown, summed
from derivtex.faces.corpus.tasks import Record, Task, done_in, ends_whole, names_in, records_in, tasks
from derivtex.faces.flags import a_file, with_options
from derivtex.faces.kept import kept_file
from derivtex.faces.terminal import followed


@click.command()
@click.argument("source", nargs=-1, required=True, metavar="FILES|@LIST", shell_complete=a_file)
@with_options("corpus")
def corpus(source: tuple[str, ...], chosen: Chosen) -> None:
    """Check the lines of many documents: FILES, patterns such as 'papers/**/*.tex', and lists of names, @LIST.

    What has its record in FILE already is not checked again, so that a run may be interrupted and gone on with; a document that has changed is, of
    which only the sections that changed. A document that fails is recorded as failed, and the others go on.
    """
    place, names = Path(chosen["records"]), expanded(list(names_in(source)))
    done = done_in(place, chosen["again"])
    wanted = tasks(names, chosen["declare"], chosen["limit"], cache_file(chosen["no_cache"]))
    new = (task for task in wanted if (task.name, task.digest) not in done)
    recorded(new, place, len(names), chosen["jobs"], chosen["scheduler"])
    found = summed(lambda: records_in(place))
    if chosen["summary"] is not None:
        write(in_html(found) if chosen["summary"].endswith((".html", ".htm")) else in_markdown(found), chosen["summary"])
    click.echo(found.told)


def cache_file(unwanted: bool) -> str:
    """Where what is known of sections is kept; nowhere where it is not wanted, or the store of derivtex is off."""
    return "" if unwanted else kept_file()


def recorded(new: Iterator[Task], place: Path, count: int, jobs: int, scheduler: str | None) -> None:
    """Write the records as they come, each a whole line at the end of the file."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        whole = ends_whole(place)
        out = place.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"{place} cannot be written: {error.strerror}", way_out="give a file in a folder that is yours") from error
    with out:
        out.write("" if whole else "\n")
        write_all(on_cluster(new, scheduler) if scheduler else records(new, jobs), out, count)


def write_all(found: Iterator[Record], out: TextIO, count: int) -> None:
    for record in followed(found, count, "checking"):
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
        out.flush()
