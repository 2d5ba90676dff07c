r"""In a notebook: `%load_ext derivtex.notebook`, then a cell with a formula under `%%derive -w W`.

The answer shows itself as mathematics, and survives nbconvert. `answer = _` keeps it for `answer.to_numpy()` and the like.
"""

from __future__ import annotations

import argparse
import shlex
from typing import Any, NoReturn

from derivtex.core.errors import DerivtexError, Source, UsageError, describe
from derivtex.interface import CHOICES, Answer, derive


class Refusal(Exception):
    """An error that a notebook shows as its message and nothing else; the cells behind it do not run."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Options(argparse.ArgumentParser):
    """The options of the magic: those of the command line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, way_out="%%derive -w X [-d DECLARATION] [--of NAME] [--order 2] [--layout numerator] …")


def options() -> Options:
    known = Options(prog="%%derive", add_help=False)
    known.add_argument("--wrt", "-w")
    known.add_argument("--of")
    known.add_argument("--declare", "-d", action="append", default=[])
    known.add_argument("--no-check", dest="check", action="store_false")
    for name, values in CHOICES.items():
        known.add_argument(f"--{name}", choices=values, default=values[0], type=type(values[0]))
    return known


def words(line: str) -> list[str]:
    """The words of a line, as a shell has them, but for backslashes: those are LaTeX."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return list(lexer)


def derive_cell(line: str, cell: str) -> Answer:
    """What `%%derive` does: the options of the first line, the formula of the cell."""
    try:
        said = options().parse_args(words(line))
        return derive(Source(cell, "<cell>", 2), **vars(said))
    except DerivtexError as error:
        raise Refusal(describe(error)) from None
    except ValueError as error:
        raise Refusal(f"error: {error} [usage]") from None


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext derivtex.notebook` calls."""
    shell.register_magic_function(derive_cell, magic_kind="cell", magic_name="derive")
