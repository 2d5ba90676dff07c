"""What `derive` and `solve` share: the options for how a derivation is written, and the writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from derivtex.core.errors import NotConfirmed
from derivtex.faces.limits import AT_A_TERMINAL
from derivtex.interface import CHOICES, Answer

if TYPE_CHECKING:
    from derivtex.writing.manner import Manner

Given = TypeVar("Given")
FORMATS = ("tex", "markdown", "json", "numpy", "sympy", "torch", "jax", "julia", "matlab")
LANGUAGES = ("numpy", "torch", "jax", "julia", "matlab")
DETAILS = ("brief", "normal", "full")


def choice(name: str) -> click.Choice[str]:
    return click.Choice([str(value) for value in CHOICES[name]])


MANNER = (
    click.option("--reasons", type=click.Choice(("beside", "below", "margin", "none")), default="beside", show_default=True),
    click.option("--words", metavar="FILE", help="Other words: lines NAME = WORDS, NAME being a rule's or a phrase's."),
    click.option(
        "--cite", type=click.Choice(("words", "keys")), is_flag=False, flag_value="words",
        help=r"The source of each reason, in words or as \cite keys of `derivtex rules --bibtex`.",
    ),
    click.option("--width", default="345", show_default=True, metavar="POINTS", help="How wide a line may be: points, or `column`."),
    click.option("--color", multiple=True, metavar="NAME=COLOR", help="A colour for a name, as in dX=red."),
    click.option("--box", is_flag=True, help="A frame around the result."),
    click.option("--both-layouts", is_flag=True, help="Tell the result in the other layout too."),
    click.option("--label", default="", metavar="LABEL", help="Number the display, with this label."),
    click.option("--lemmas", type=click.Choice(("first", "always", "never")), default="first", show_default=True,
                 help="Why rules are true: first of the one that the question is about, always of each, or never."),
    click.option("--numbers", type=click.Choice(("chain", "lines")), default="chain", show_default=True, help="What is numbered."),
)  # fmt: skip


LIMIT = click.option(
    "--limit", type=float, metavar="SECONDS", envvar="DERIVTEX_LIMIT", help=f"The time it may take, 0 for any; {AT_A_TERMINAL:g} if not given.",
)  # fmt: skip


def with_manner(command: Any) -> Any:
    """The command with the options for how a derivation is written."""
    for option in reversed(MANNER):
        command = option(command)
    return command


def manner_of(words: str | None, color: tuple[str, ...], **others: Any) -> Manner:
    """How the derivation is to be written, from those options."""
    from derivtex.writing.manner import Manner, color_of, points_of
    from derivtex.writing.wording import USUAL, read_words

    wording = read_words(Path(words)) if words else USUAL
    others["cite"] = others["cite"] or ""
    others["width"] = points_of(others["width"])
    return Manner(colors=tuple(map(color_of, color)), wording=wording, **others).checked()


def with_refusal(kind: type[Given], make: Callable[[], Given]) -> tuple[Given, NotConfirmed | None]:
    """What is made, and the error that carries it where the numbers speak against it: it is written all the same, then complained about."""
    try:
        return make(), None
    except NotConfirmed as error:
        if not isinstance(error.answer, kind):
            raise
        return error.answer, error


def as_json(told: Answer) -> str:
    import json

    return json.dumps(told.to_dict(), ensure_ascii=False, indent=2) + "\n"


def written(answer: Answer, format_: str, template: str | None, profile: str | None, detail: str, manner: Manner) -> str:
    """The answer in a format."""
    if format_ == "json":
        return as_json(answer)
    if format_ in LANGUAGES:
        return answer.to_code(format_)
    if format_ == "sympy":
        return f"{answer.to_sympy()}\n"
    from derivtex.writing.page import render
    from derivtex.writing.remarks import unsaid

    if format_ == "markdown":
        template = template or "markdown"
    text, word = render(answer.derivation, template, profile, detail, manner, getattr(answer, "solution", None))
    for note in filter(None, (*answer.derivation.problem.guesses, *unsaid(answer.derivation), word)):
        click.echo(f"note: {note}", err=True)
    return text
