"""`derivtex solve`: where a derivative is zero."""

from __future__ import annotations

from typing import Any

import click

from derivtex.answering.solutions import Solved
from derivtex.answering.solutions import solve as solution_of
from derivtex.core.errors import NotConfirmed
from derivtex.core.files import write
from derivtex.core.session import session
from derivtex.faces.limits import AT_A_TERMINAL, limits
from derivtex.faces.sources import read_source
from derivtex.faces.written import DETAILS, FORMATS, LIMIT, manner_of, with_manner, with_refusal, written


@click.command()
@click.argument("source", default="-")
@click.option("--of", metavar="NAME", help="What is minimised or maximised; the last name defined if not given.")
@click.option("--wrt", "-w", metavar="X", help="The unknown; several with commas. Not needed where the source tells.")
@click.option("--subject-to", "-s", multiple=True, metavar="EQUATION", help="A constraint, such as 'Ax = b'.")
@click.option("--declare", "-d", multiple=True, metavar="DECLARATION", help="What a name is: 'X: matrix n x m symmetric'.")
@click.option("--detail", type=click.Choice(DETAILS), default="normal", show_default=True)
@click.option("--template", "-t", metavar="NAME|FILE", help="A template of `derivtex templates`, or a file of your own.")
@click.option("--profile", metavar="PLACE", help="Where it will be read, as for derive.")
@with_manner
@click.option("--format", "format_", type=click.Choice(FORMATS), default="tex", show_default=True)
@LIMIT
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
def solve(
    source: str, of: str | None, wrt: str | None, subject_to: tuple[str, ...], declare: tuple[str, ...], detail: str, template: str | None,
    profile: str | None, format_: str, limit: float | None, output: str | None, **manner: Any,
) -> None:  # fmt: skip
    """Find the stationary points of what SOURCE states: set the derivative to zero and solve for the unknown."""
    run(source, of, wrt, subject_to, declare, detail, template, profile, format_, limit, output, **manner)


def run(
    source: str, of: str | None, wrt: str | None, subject_to: tuple[str, ...], declare: tuple[str, ...], detail: str, template: str | None,
    profile: str | None, format_: str, limit: float | None, output: str | None, **manner: Any,
) -> None:  # fmt: skip
    """Solve and write; a solution that the numbers do not confirm is written and then complained about."""
    style = manner_of(**manner)
    with session(limits(limit, AT_A_TERMINAL)):
        asked = read_source(source)
        answer, refusal = with_refusal(Solved, lambda: solution_of(asked, of=of, wrt=wrt, subject_to=subject_to, declare=declare))
        text = written(answer, format_, template, profile, detail, style)
    write(text, output)
    if refusal is not None:
        raise refusal
    if not answer.confirmed and not answer.solution.open:
        raise NotConfirmed("the solution could not be confirmed with numbers", way_out="declare every name, so that points can be drawn")
