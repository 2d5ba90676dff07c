"""`derivtex insert`: a document in, the same document out, with the derivation of one of its formulas below its display."""

from __future__ import annotations

from pathlib import Path

import click

from derivtex.core.errors import UsageError
from derivtex.core.files import write
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.faces.choosing import MANNER, PAGE, QUESTION, Chosen, part, usual
from derivtex.faces.flags import a_file, with_options
from derivtex.faces.lsp.offers import Insertion, done, in_context
from derivtex.faces.lsp.places import Place, Said, at, places
from derivtex.faces.sources import read_source

MARKDOWN = (".md", ".markdown", ".qmd", ".Rmd")


@click.command()
@click.argument("document", default="-", shell_complete=a_file)
@click.option("--line", required=True, type=click.IntRange(1), metavar="N", help="A line that the formula is on.")
@click.option("--column", default=1, type=click.IntRange(1), metavar="N", help="The place in the line, in characters, where it has several formulas.")
@click.option("--name", metavar="FILE", help="What the document is called, where it comes on standard input: its suffix tells the format.")
@with_options("insert")
def insert(document: str, line: int, column: int, name: str | None, chosen: Chosen) -> None:
    """Write DOCUMENT, a file or - for standard input, with the derivation of the formula at a place below its display: for editors."""
    source = read_source(document)
    called = name or source.name
    with session(limits(chosen["limit"], AT_A_TERMINAL)):
        made = inserted(source.text, called, line, column, chosen)
    if made.word:
        click.echo(f"note: {made.word}", err=True)
    write(source.text[: made.at] + made.text + source.text[made.at :], chosen["output"])


def inserted(text: str, name: str, line: int, column: int, chosen: Chosen) -> Insertion:
    """The text to insert and where. Raises UsageError where no formula is at the place, DerivtexError where it cannot be derived."""
    place = formula_at(text, name, line, column)
    if place is None:
        raise UsageError(f"no formula is at line {line} of {name}", way_out="one stands between dollars, in a display, in a block of class derivtex")
    known = usual("insert")
    said = {key: value for key, value in part(chosen, (*QUESTION, *PAGE, *MANNER)).items() if value != known[key] and key != "declare"}
    place = in_context(place)
    declared = place._replace(said=Said(place.said.options, (*place.said.declare, *chosen["declare"])))
    return done(text, declared, said, Path(name).suffix in MARKDOWN)


def formula_at(text: str, name: str, line: int, column: int) -> Place | None:
    """The formula at a place; the first of its line where none is just there."""
    rows = text.split("\n")
    if line > len(rows):
        return None
    begin = sum(len(row) + 1 for row in rows[: line - 1])
    found = places(text, Path(name).name)
    on_line = (place for place in found if place.start <= begin + len(rows[line - 1]) and place.end >= begin)
    return at(found, begin + column - 1) or next(on_line, None)
