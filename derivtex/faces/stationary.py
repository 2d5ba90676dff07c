"""`derivtex solve`, and `derivtex derive --stationary`: where a derivative is zero."""

from __future__ import annotations

from typing import Any

import click

from derivtex.answering.solutions import Solved
from derivtex.answering.solutions import solve as solution_of
from derivtex.core.errors import NotConfirmed, UsageError
from derivtex.core.files import write
from derivtex.core.session import session
from derivtex.faces.limits import AT_A_TERMINAL, limits
from derivtex.faces.sources import in_context, read_source
from derivtex.faces.written import DETAILS, FORMATS, LIMIT, choice, manner_of, with_manner, with_refusal, written


@click.command()
@click.argument("source", default="-")
@click.option("--of", metavar="NAME", help="What is minimised or maximised; the last name defined if not given.")
@click.option("--wrt", "-w", metavar="X", help="The unknown; several with commas. Not needed where the source tells.")
@click.option("--subject-to", "-s", multiple=True, metavar="EQUATION", help="A constraint, such as 'Ax = b'.")
@click.option("--declare", "-d", multiple=True, metavar="DECLARATION", help="What a name is: 'X: matrix n x m symmetric'.")
@click.option("--layout", type=choice("layout"), default="denominator", show_default=True, help="How the gradient is told.")
@click.option("--structure", type=choice("structure"), default="projected", show_default=True, help="The gradient by a symmetric (…) variable.")
@click.option("--complex", type=choice("complex"), default="conjugate", show_default=True, help="The gradient by a complex variable.")
@click.option("--detail", type=click.Choice(DETAILS), default="normal", show_default=True)
@click.option("--template", "-t", metavar="NAME|FILE", help="A template of `derivtex templates`, or a file of your own.")
@click.option("--profile", metavar="PLACE", help="Where it will be read, as for derive.")
@click.option("--context", metavar="FILE", help="The document that the formula is from: its macros and declarations hold.")
@with_manner
@click.option("--format", "format_", type=click.Choice(FORMATS), default="tex", show_default=True)
@click.option("--no-check", is_flag=True, help="Do not confirm the steps and the solution with numbers.")
@LIMIT
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
def solve(source: str, **options: Any) -> None:
    """Find the stationary points of what SOURCE states: set the derivative to zero and solve for the unknown."""
    run(source, **options)


def run(
    source: str, *, of: str | None, wrt: str | None, declare: tuple[str, ...], layout: str, structure: str, complex: str, detail: str,
    template: str | None, profile: str | None, context: str | None, format_: str, no_check: bool, limit: float | None, output: str | None,
    subject_to: tuple[str, ...] = (), **manner: Any,
) -> None:  # fmt: skip
    """Solve and write; a solution that the numbers do not confirm is written and then complained about."""
    style = manner_of(**manner)
    with session(limits(limit, AT_A_TERMINAL)):
        asked, around = in_context(read_source(source), context)
        answer, refusal = with_refusal(Solved, lambda: solution_of(
            asked, of=of, wrt=wrt, subject_to=subject_to, declare=(*around, *declare), layout=layout, structure=structure, complex=complex,
            check=not no_check,
        ))  # fmt: skip
        text = written(answer, format_, template, profile, detail, style)
    write(text, output)
    if refusal is not None:
        raise refusal
    if not no_check and not answer.confirmed and not answer.solution.open:
        raise NotConfirmed("the solution could not be confirmed with numbers", way_out="declare every name, so that points can be drawn")


def refuse_unfit(order: str, form: str) -> None:
    """UsageError for what is asked of a derivative and cannot be of the equation that sets it to zero."""
    if order != "1":
        raise UsageError("--stationary sets the first derivative to zero: --order 2 does not go with it",
                         way_out="leave one of them out; the second differential tells what kind of point it is")  # fmt: skip
    if form != "auto":
        raise UsageError(f"--stationary sets the gradient to zero: --form {form} does not go with it", way_out="leave one of them out")
