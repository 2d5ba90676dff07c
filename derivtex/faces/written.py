"""What `derive` and `solve` share: what is asked, from the options, and the writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from derivtex.core.errors import NotConfirmed, Source
from derivtex.faces.choosing import QUESTION, Chosen, part
from derivtex.faces.sources import in_context, read_source
from derivtex.interface import Answer
from derivtex.options import LANGUAGES

if TYPE_CHECKING:
    from derivtex.writing.manner import Manner

Given = TypeVar("Given")


def asked_in(source: str, chosen: Mapping[str, Any]) -> tuple[Source, Chosen]:
    """The source that somebody gave, with what its document says, and what `derive` or `solve` is to be told of it."""
    asked, around = in_context(read_source(source), chosen["context"])
    return asked, {**part(chosen, QUESTION), "declare": (*around, *chosen["declare"])}


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


def written(answer: Answer, chosen: Mapping[str, Any], manner: Manner) -> str:
    """The answer in the format that was chosen."""
    form = chosen["format"]
    if form == "json":
        return as_json(answer)
    if form in LANGUAGES:
        return answer.to_code(form)
    if form == "sympy":
        return f"{answer.to_sympy()}\n"
    from derivtex.writing.manner import unknown_colors
    from derivtex.writing.page import render
    from derivtex.writing.remarks import unsaid

    template = chosen["template"] or ("markdown" if form == "markdown" else None)
    text, word = render(answer.derivation, template, chosen["profile"], chosen["detail"], manner, getattr(answer, "solution", None))
    unknown = [f"{color} is no colour that xcolor knows by itself: your document has to define it" for color in unknown_colors(manner)]
    for note in filter(None, (*answer.derivation.problem.guesses, *unsaid(answer.derivation), *unknown, word)):
        click.echo(f"note: {note}", err=True)
    return text
