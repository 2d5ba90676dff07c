r"""In a notebook: `%load_ext derivtex.notebook`, then a cell with a formula under `%%derive -w W`.

The answer shows itself as mathematics, and survives nbconvert. `answer = _` keeps it for `answer.to_numpy()` and the like. Under `%%check` stand
somebody's lines, and the report shows the verdict on each; under `%%answer` a question.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from derivtex.core.errors import DerivtexError, Source, UsageError, describe
from derivtex.interface import CHOICES, LAYOUTS_CHECKED, Answer, Report, check, derive

if TYPE_CHECKING:
    from derivtex.answering.answers import Reply

Made = TypeVar("Made")


class Refusal(Exception):
    """An error that a notebook shows as its message and nothing else; the cells behind it do not run."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Options(argparse.ArgumentParser):
    """The options of a magic: those of the command line. usage: what is said where they cannot be read."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, way_out=self.usage or "")


def options() -> Options:
    known = Options(prog="%%derive", usage="%%derive -w X [-d DECLARATION] [--of NAME] [--order 2] [--layout numerator] …", add_help=False)
    known.add_argument("--wrt", "-w")
    known.add_argument("--of")
    known.add_argument("--declare", "-d", action="append", default=[])
    known.add_argument("--no-check", dest="check", action="store_false")
    for name, values in CHOICES.items():
        known.add_argument(f"--{name}", choices=values, default=values[0], type=type(values[0]))
    return known


def options_of_check() -> Options:
    known = Options(prog="%%check", usage="%%check [-d DECLARATION] [--fill] [--layout denominator|numerator]", add_help=False)
    known.add_argument("--declare", "-d", action="append", default=[])
    known.add_argument("--fill", action="store_true")
    known.add_argument("--layout", choices=LAYOUTS_CHECKED, default="any")
    return known


def words(line: str) -> list[str]:
    """The words of a line, as a shell has them, but for backslashes: those are LaTeX."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return list(lexer)


def derive_cell(line: str, cell: str) -> Answer:
    """What `%%derive` does: the options of the first line, the formula of the cell."""
    return told(lambda: derive(Source(cell, "<cell>", 2), **vars(options().parse_args(words(line)))))


def check_cell(line: str, cell: str) -> Report:
    """What `%%check` does: the options of the first line, the lines of the cell."""
    return told(lambda: check(Source(cell, "<cell>", 2), **vars(options_of_check().parse_args(words(line)))))


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
    for name, function in (("derive", derive_cell), ("check", check_cell), ("answer", answer_cell)):
        shell.register_magic_function(function, magic_kind="cell", magic_name=name)
