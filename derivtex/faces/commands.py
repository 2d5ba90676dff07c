"""The command line: `derivtex derive`, `check`, `rules`, `templates`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from derivtex.core.errors import DerivtexError, NotConfirmed, describe
from derivtex.core.files import write
from derivtex.core.session import session
from derivtex.faces.limits import AT_A_TERMINAL, limits
from derivtex.faces.sources import in_context, read_source
from derivtex.faces.written import DETAILS, FORMATS, LIMIT, choice, manner_of, with_manner, with_refusal, written
from derivtex.interface import Answer

if TYPE_CHECKING:
    pass

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
    "mcp": "derivtex.faces.mcp",
    "server": "derivtex.faces.serving",
    "lsp": "derivtex.faces.serving",
}


class Commands(click.Group):
    """Every complaint leaves as one message and an exit status, never as a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        command: click.Command = getattr(import_module(ELSEWHERE[cmd_name]), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        letters = {option[1] for each in (command.params if command else ()) for option in each.opts if len(option) == 2}
        return name, command, [f" {each}" if is_negative_formula(each, letters) else each for each in rest]

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            super().main(*args, **{**options, "standalone_mode": False})
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
            complain(
                f"error: {type(error).__name__}: {error} [internal]\n  help: this is a defect of derivtex: please report it", 4
            )
        sys.exit(0)


def is_negative_formula(argument: str, letters: set[str]) -> bool:
    """Whether an argument is a formula with a minus in front, `-\\log\\det X`, which is no option; letters: the short options that there are."""
    return argument[:1] == "-" and argument[1:2] not in {"", "-", *letters} and any(mark in argument for mark in "\\^_{( ")


def complain(message: str, status: int) -> None:
    click.echo(message, err=True)
    sys.exit(status)


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
@click.argument("source", default="-")
@click.option("--of", metavar="NAME", help="The name to differentiate; the last one defined if not given.")
@click.option("--wrt", "-w", metavar="X", help="The variable; not needed where the source asks for a derivative.")
@click.option("--declare", "-d", multiple=True, metavar="DECLARATION", help="What a name is: 'X: matrix n x m symmetric'.")
@click.option("--order", type=choice("order"), default="1", show_default=True)
@click.option("--layout", type=choice("layout"), default="denominator", show_default=True)
@click.option("--form", type=choice("form"), default="auto", show_default=True)
@click.option(
    "--structure", type=choice("structure"), default="projected", show_default=True, help="What a symmetric (…) variable means."
)
@click.option("--complex", "complex_", type=choice("complex"), default="conjugate", show_default=True)
@click.option("--detail", type=click.Choice(DETAILS), default="normal", show_default=True)
@click.option("--template", "-t", metavar="NAME|FILE", help="A template of `derivtex templates`, or a file of your own.")
@click.option(
    "--profile",
    metavar="PLACE",
    help="Where it will be read: latex, latex-plain, mathse, mathjax, katex, github, pandoc, jupyter.",
)
@click.option("--context", metavar="FILE", help="The document that the formula is from: its macros and declarations hold.")
@with_manner
@click.option("--format", "format_", type=click.Choice(FORMATS), default="tex", show_default=True)
@click.option("--stationary", is_flag=True, help="Go on to where the derivative is zero, as `derivtex solve` does.")
@click.option("--no-check", is_flag=True, help="Do not confirm the steps with numbers.")
@click.option("--explain", is_flag=True, help="Tell on standard error how it was read, which road was taken, and each rule with its source.")
@LIMIT
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
def derive(
    source: str, of: str | None, wrt: str | None, declare: tuple[str, ...], order: str, layout: str, form: str, structure: str,
    complex_: str, detail: str, template: str | None, profile: str | None, context: str | None, format_: str, stationary: bool,
    no_check: bool, explain: bool, limit: float | None, output: str | None, **manner: Any,
) -> None:  # fmt: skip
    """Derive the derivative that SOURCE asks for: a formula, a file, or - for standard input."""
    from derivtex import interface

    if stationary:
        from derivtex.faces.stationary import refuse_unfit, run

        refuse_unfit(order, form)
        run(source, of=of, wrt=wrt, declare=declare, layout=layout, structure=structure, complex=complex_, detail=detail, template=template,
            profile=profile, context=context, format_=format_, no_check=no_check, limit=limit, output=output, **manner)  # fmt: skip
        return
    style = manner_of(**manner)
    with session(limits(limit, AT_A_TERMINAL)):
        asked, around = in_context(read_source(source), context)
        answer, refusal = with_refusal(Answer, lambda: interface.derive(
            asked, of=of, wrt=wrt, declare=(*around, *declare), order=int(order), layout=layout, form=form, structure=structure,
            complex=complex_, check=not no_check,
        ))  # fmt: skip
        text = written(answer, format_, template, profile, detail, style)
        if explain:
            click.echo(answer.explain(), err=True, nl=False)
    write(text, output)
    if refusal is not None:
        raise refusal
    if not no_check and not answer.confirmed:
        raise NotConfirmed(
            "not every step could be confirmed with numbers", way_out="the lines that are not are marked in the output"
        )
