"""`derivtex answer`: the post that a whole question asks for."""

from __future__ import annotations

import json

import click

from derivtex.answering.answers import answer as answer_to
from derivtex.core.files import write
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.faces.choosing import Chosen
from derivtex.faces.flags import a_file, with_options
from derivtex.faces.sources import read_source


@click.command()
@click.argument("source", default="-", shell_complete=a_file)
@with_options("answer")
def answer(source: str, chosen: Chosen) -> None:
    """Answer the question in SOURCE, a file or - for standard input: derive, check the asker's lines or solve, as its words ask."""
    with session(limits(chosen["limit"], AT_A_TERMINAL)):
        found = answer_to(read_source(source))
        as_text = chosen["format"] == "text"
        text = found.to_text(chosen["template"], chosen["profile"]) if as_text else json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
    for note in dict.fromkeys(note for each in found.derivations for note in each.derivation.problem.guesses):
        click.echo(f"note: {note}", err=True)
    write(text, chosen["output"])
