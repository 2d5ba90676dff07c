r"""In a notebook: `%load_ext derivtex.notebook`, then a cell with a formula under `%%derive -w W`.

The answer shows itself as mathematics, and survives nbconvert. `answer = _` keeps it for `answer.to_numpy()` and the like. Under `%%check` stand
somebody's lines, and the report shows the verdict on each; under `%%answer` a question.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from derivtex.core.errors import DerivtexError, Source, describe
from derivtex.interface import Answer, Report, check, derive

if TYPE_CHECKING:
    from derivtex.answering.answers import Reply

Made = TypeVar("Made")
NOT_HERE = {  # options that speak of files to write or of a terminal
    "derive": ("format", "output", "explain", "stationary"),
    "solve": ("format", "output"),
    "check": ("format", "template", "output", "strict", "jobs", "watch", "baseline", "write-baseline"),
}


class Refusal(Exception):
    """An error that a notebook shows as its message and nothing else; the cells behind it do not run."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Shown(Answer):
    """An answer that shows itself as its cell asked for."""

    def __init__(self, answer: Answer, chosen: dict[str, Any]):
        super().__init__(answer.derivation)
        self.chosen = chosen
        self.solution = getattr(answer, "solution", None)

    def _repr_latex_(self) -> str:
        return self.text(self.chosen["template"] or "aligned", self.chosen["profile"] or "jupyter")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.text(self.chosen["template"], self.chosen["profile"]), "text/latex": self._repr_latex_()}

    def text(self, template: str | None, profile: str | None) -> str:
        from derivtex.faces.choosing import manner_of
        from derivtex.writing.page import render

        return render(self.derivation, template, profile, self.chosen["detail"], manner_of(self.chosen), self.solution)[0]


def words(line: str) -> list[str]:
    """The words of a line, as a shell has them, but for backslashes: those are LaTeX."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return list(lexer)


def derive_cell(line: str, cell: str) -> Answer:
    """What `%%derive` does: the options of the first line, those of `derivtex derive`; the formula of the cell."""
    return told(lambda: made("derive", line, cell, derive))


def solve_cell(line: str, cell: str) -> Answer:
    """What `%%solve` does: as `%%derive`, to where the derivative is zero."""
    from derivtex.answering.solutions import solve

    return told(lambda: made("solve", line, cell, solve))


def made(command: str, line: str, cell: str, make: Callable[..., Answer]) -> Answer:
    """What a command makes of a cell, which will show itself as its options ask."""
    from derivtex.faces.choosing import QUESTION, manner_of, part
    from derivtex.faces.sources import in_context

    chosen = chosen_by(f"%%{command}", command, line)
    manner_of(chosen)
    source, around = in_context(Source(cell, "<cell>", 2), chosen["context"])
    question = {**part(chosen, QUESTION), "declare": (*around, *chosen["declare"])}
    return Shown(make(source, **question, limit=chosen["limit"]), chosen)


def check_cell(line: str, cell: str) -> Report:
    """What `%%check` does: the options of the first line, those of `derivtex check`; the lines of the cell."""
    def asked() -> Report:
        chosen = chosen_by("%%check", "check", line)
        return check(Source(cell, "<cell>", 2), declare=chosen["declare"], layout=chosen["layout"], fill=chosen["fill"], limit=chosen["limit"])

    return told(asked)


def chosen_by(magic: str, command: str, line: str) -> dict[str, Any]:
    """The options in a magic's line; those that speak of a terminal or of the format have no meaning here. Raises UsageError."""
    from derivtex.faces.flags import chosen_in

    return chosen_in(magic, command, words(line), NOT_HERE[command])


def answer_cell(line: str, cell: str) -> Reply:
    """What `%%answer` does: the post that answers the question in the cell."""
    from derivtex.answering.answers import answer

    return told(lambda: answer(Source(cell, "<cell>", 2)))


def told(make: Callable[[], Made]) -> Made:
    """What a cell makes, or its error as a message."""
    try:
        return make()
    except DerivtexError as error:
        raise Refusal(describe(error)) from None
    except ValueError as error:
        raise Refusal(f"error: {error} [usage]") from None


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext derivtex.notebook` calls."""
    for name, function in (("derive", derive_cell), ("solve", solve_cell), ("check", check_cell), ("answer", answer_cell)):
        shell.register_magic_function(function, magic_kind="cell", magic_name=name)
