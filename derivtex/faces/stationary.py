"""`derivtex solve`, and `derivtex derive --stationary`: where a derivative is zero."""

from __future__ import annotations

import click

from derivtex.answering.solutions import Solved
from derivtex.answering.solutions import solve as solution_of
from derivtex.core.errors import NotConfirmed, UsageError
from derivtex.core.files import write
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.faces.choosing import Chosen, manner_of
from derivtex.faces.flags import a_file, with_options
from derivtex.faces.written import asked_in, with_refusal, written


@click.command()
@click.argument("source", default="-", shell_complete=a_file)
@with_options("solve")
def solve(source: str, chosen: Chosen) -> None:
    """Find the stationary points of what SOURCE states: set the derivative to zero and solve for the unknown."""
    run(source, chosen)


def run(source: str, chosen: Chosen) -> None:
    """Solve and write; a solution that the numbers do not confirm is written and then complained about."""
    manner = manner_of(chosen)
    with session(limits(chosen["limit"], AT_A_TERMINAL)):
        asked, question = asked_in(source, {key: value for key, value in chosen.items() if key not in ("order", "form")})
        answer, refusal = with_refusal(Solved, lambda: solution_of(asked, **question))
        text = written(answer, chosen, manner)
    write(text, chosen["output"])
    if refusal is not None:
        raise refusal
    if chosen["check"] and not answer.confirmed and not answer.solution.open:
        raise NotConfirmed("the solution could not be confirmed with numbers", way_out="declare every name, so that points can be drawn")


def refuse_unfit(order: int, form: str) -> None:
    """UsageError for what is asked of a derivative and cannot be of the equation that sets it to zero."""
    if order != 1:
        raise UsageError("--stationary sets the first derivative to zero: --order 2 does not go with it",
                         way_out="leave one of them out; the second differential tells what kind of point it is")  # fmt: skip
    if form != "auto":
        raise UsageError(f"--stationary sets the gradient to zero: --form {form} does not go with it", way_out="leave one of them out")
