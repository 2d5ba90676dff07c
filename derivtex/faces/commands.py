"""The command line: `derivtex derive`, `check`, `rules`, `templates`."""

from __future__ import annotations

import os
import sys
from errno import EFBIG, ENOSPC
from typing import Any

import click

from derivtex.core.errors import DerivtexError, NotConfirmed, describe
from derivtex.core.files import not_written, write
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session
from derivtex.faces.choosing import Chosen, manner_of
from derivtex.faces.flags import a_file, with_options
from derivtex.faces.terminal import Context
from derivtex.faces.written import asked_in, with_refusal, written
from derivtex.interface import Answer

ELSEWHERE = {  # commands that live with what they command, loaded when they are called or listed: the module that has each
    "expand": "derivtex.faces.documents.commands",
    "freeze": "derivtex.faces.documents.commands",
    "tex": "derivtex.faces.documents.commands",
    "web": "derivtex.faces.web.commands",
    "editor": "derivtex.faces.editors",
    "rules": "derivtex.faces.lists",
    "templates": "derivtex.faces.lists",
    "solve": "derivtex.faces.stationary",
    "answer": "derivtex.faces.answering",
    "check": "derivtex.faces.checking",
    "corpus": "derivtex.faces.corpus.commands",
    "completion": "derivtex.faces.completion",
    "insert": "derivtex.faces.inserting",
    "mcp": "derivtex.faces.mcp",
    "server": "derivtex.faces.serving",
    "lsp": "derivtex.faces.serving",
}


def loaded(name: str) -> click.Command:
    from importlib import import_module

    command: click.Command = getattr(import_module(ELSEWHERE[name]), name)
    return command


class Commands(click.Group):
    """Every complaint leaves as one message and an exit status, never as a traceback."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = loaded(cmd_name) if cmd_name in ELSEWHERE else super().get_command(ctx, cmd_name)
        if command is not None:
            command.context_class = Context
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        letters = {option[1] for each in (command.params if command else ()) for option in each.opts if len(option) == 2}
        return name, command, [f" {each}" if is_negative_formula(each, letters) else each for each in rest]

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            super().main(*args, **{"prog_name": "derivtex", **options, "standalone_mode": False})
        except DerivtexError as error:
            complain(describe(error), error.exit_status)
        except click.exceptions.Exit as end:
            sys.exit(end.exit_code)
        except click.ClickException as error:
            complain(f"error: {error.format_message()} [usage]", 2)
        except click.Abort:
            complain("error: interrupted [interrupted]", 130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in (ENOSPC, EFBIG):  # click's own output: help, the version
                complain(describe(not_written(error)), 2)
            complain(
                f"error: {type(error).__name__}: {error} [internal]\n  help: this is a defect of derivtex: please report it", 4
            )
        sys.exit(0)


def is_negative_formula(argument: str, letters: set[str]) -> bool:
    """Whether an argument is a formula with a minus in front, `-\\log\\det X`, which is no option; letters: the short options that there are."""
    return argument[:1] == "-" and argument[1:2] not in {"", "-", *letters} and any(mark in argument for mark in "\\^_{( ")


def complain(message: str, status: int) -> None:
    click.echo(colored(message), err=True)
    sys.exit(status)


def colored(message: str) -> str:
    """The message with its marks in colour, which only a terminal gets to see, and only where NO_COLOR does not speak against it."""
    if os.environ.get("NO_COLOR"):
        return message
    for mark, color in (("error:", "red"), ("help:", "cyan")):
        message = message.replace(mark, click.style(mark, fg=color, bold=True), 1)
    return message


EXAMPLES = """
\b
Begin with one of these:
  derivtex derive '\\|Ax-b\\|_2^2' --wrt x
  derivtex derive '\\log\\det(X^T A X)' -w X -d 'A: matrix n x n symmetric'
  derivtex derive question.md          a question as it was typed
  derivtex check notes.tex             is every line right?
"""


@click.group(
    cls=Commands, invoke_without_command=True, epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DERIVTEX"},
)  # fmt: skip
@click.version_option(package_name="derivtex")
@click.pass_context
def main(context: click.Context) -> None:
    """Derive matrix derivatives in LaTeX, step by step."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@main.command()
@click.argument("source", default="-", shell_complete=a_file)
@with_options("derive")
def derive(source: str, chosen: Chosen) -> None:
    """Derive the derivative that SOURCE asks for: a formula, a file, or - for standard input."""
    from derivtex import interface

    if chosen["stationary"]:
        from derivtex.faces.stationary import refuse_unfit, run

        refuse_unfit(chosen["order"], chosen["form"])
        run(source, chosen)
        return
    manner = manner_of(chosen)
    with session(limits(chosen["limit"], AT_A_TERMINAL)):
        asked, question = asked_in(source, chosen)
        answer, refusal = with_refusal(Answer, lambda: interface.derive(asked, **question))
        text = written(answer, chosen, manner)
        if chosen["explain"]:
            click.echo(answer.explain(), err=True, nl=False)
    write(text, chosen["output"])
    if refusal is not None:
        raise refusal
    if chosen["check"] and not answer.confirmed:
        raise NotConfirmed(
            "not every step could be confirmed with numbers", way_out="the lines that are not are marked in the output"
        )
