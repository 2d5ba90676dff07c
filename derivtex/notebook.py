r"""In a notebook: `%load_ext derivtex.notebook`, then a cell with a formula under `%%derive -w W`.

The answer shows itself as mathematics, and survives nbconvert. `answer = _` keeps it for `answer.to_numpy()` and the like. Under `%%check` stand
somebody's lines, and the report shows the verdict on each; under `%%answer` a question. A formula of one line stands behind `%derive` itself.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from derivtex.core.errors import DerivtexError, Source, UsageError, describe
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


def derive_cell(line: str, cell: str | None = None) -> Answer | None:
    """What `%%derive` does: the options of the first line, those of `derivtex derive`; the formula of the cell, or in the line of `%derive`."""
    return told(lambda: made("derive", line, cell, derive))


def solve_cell(line: str, cell: str | None = None) -> Answer | None:
    """What `%%solve` does: as `%%derive`, to where the derivative is zero."""
    from derivtex.answering.solutions import solve

    return told(lambda: made("solve", line, cell, solve))


def made(command: str, line: str, cell: str | None, make: Callable[..., Answer]) -> Answer:
    """What a command makes of a cell, which will show itself as its options ask."""
    from derivtex.faces.choosing import QUESTION, manner_of, part
    from derivtex.faces.sources import in_context

    chosen, given = asked(command, line, cell)
    manner_of(chosen)
    source, around = in_context(given, chosen["context"])
    question = {**part(chosen, QUESTION), "declare": (*around, *chosen["declare"])}
    return Shown(make(source, **question, limit=chosen["limit"]), chosen)


def check_cell(line: str, cell: str | None = None) -> Report | None:
    """What `%%check` does: the options of the first line, those of `derivtex check`; the lines of the cell."""
    def report() -> Report:
        chosen, source = asked("check", line, cell)
        return check(source, declare=chosen["declare"], layout=chosen["layout"], fill=chosen["fill"], limit=chosen["limit"])

    return told(report)


def asked(command: str, line: str, cell: str | None) -> tuple[dict[str, Any], Source]:
    """The options in a magic's line, without those that speak of a terminal or of the format, and the formula. Raises UsageError."""
    from derivtex.faces.flags import chosen_in

    magic = f"%{command}" if cell is None else f"%%{command}"
    chosen, rest = chosen_in(magic, command, words(line), NOT_HERE[command])
    if cell is None:
        return chosen, Source(rest, "<cell>")
    if rest:
        raise UsageError(f"{rest} is no option", way_out=f"the formula stands in the lines below {magic}; options begin with - or --")
    return chosen, Source(cell, "<cell>", 2)


def answer_cell(line: str, cell: str) -> Reply | None:
    """What `%%answer` does: the post that answers the question in the cell."""
    from derivtex.answering.answers import answer

    return told(lambda: answer(Source(cell, "<cell>", 2)))


def told(make: Callable[[], Made]) -> Made | None:
    """What a cell makes, or its error as a message; nothing where help was asked for, which is printed."""
    from derivtex.faces.flags import HelpShown

    try:
        return make()
    except HelpShown:
        return None
    except DerivtexError as error:
        raise Refusal(describe(error)) from None
    except ValueError as error:
        raise Refusal(f"error: {error} [usage]") from None


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext derivtex.notebook` calls. The braces and dollars of a formula are not Python's."""
    from IPython.core.magic import no_var_expand

    for name, function in (("derive", derive_cell), ("solve", solve_cell), ("check", check_cell)):
        shell.register_magic_function(no_var_expand(function), magic_kind="line_cell", magic_name=name)
    shell.register_magic_function(answer_cell, magic_kind="cell", magic_name="answer")
