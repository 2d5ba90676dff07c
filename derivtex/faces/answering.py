"""`derivtex answer`: the post that a whole question asks for."""

from __future__ import annotations

import json

import click

from derivtex.answering.answers import answer as answer_to
from derivtex.core.files import write
from derivtex.core.session import session
from derivtex.faces.limits import AT_A_TERMINAL, limits
from derivtex.faces.sources import read_source
from derivtex.faces.written import LIMIT


@click.command()
@click.argument("source", default="-")
@click.option("--template", "-t", metavar="NAME|FILE", help="forum (the default), latex, or a file of your own.")
@click.option("--profile", metavar="PLACE", help="Where it will be read, as for derive.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@LIMIT
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
def answer(source: str, template: str | None, profile: str | None, format_: str, limit: float | None, output: str | None) -> None:
    """Answer the question in SOURCE, a file or - for standard input: derive, check the asker's lines or solve, as its words ask."""
    with session(limits(limit, AT_A_TERMINAL)):
        found = answer_to(read_source(source))
        text = found.to_text(template, profile) if format_ == "text" else json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
    for note in dict.fromkeys(note for each in found.derivations for note in each.derivation.problem.guesses):
        click.echo(f"note: {note}", err=True)
    write(text, output)
