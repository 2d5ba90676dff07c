"""The table of options as click has it: on the command line and behind the magics of notebooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from derivtex.core.errors import UsageError
from derivtex.faces.choosing import Chosen, accepted
from derivtex.options import Option, of

Command = Callable[..., None]


def with_options(command: str) -> Callable[[Command], Command]:
    """The options of a command, which is then handed `chosen`: the values as the table has them."""
    rows = of(command)

    def dress(function: Command) -> Command:
        @wraps(function)
        def called(*words: Any, **given: Any) -> None:
            flags = {key_of(option): given.pop(key_of(option)) for option in rows}
            function(*words, **given, chosen=chosen_of(rows, flags))

        dressed: Command = called
        for row in reversed(rows):
            dressed = flag(row)(dressed)
        return dressed

    return dress


def key_of(option: Option) -> str:
    """What click calls it: a switch that is usually on has a flag that says no."""
    return f"no_{option.key}" if option.kind is bool and option.default else option.key


def flag(option: Option) -> Callable[[Command], Command]:
    """An option as click knows it."""
    names = (f"--{option.name}", *([f"-{option.letter}"] if option.letter else []), key_of(option))
    said: dict[str, Any] = {"help": option.help, "metavar": option.shown or None}
    if option.kind is bool and option.default:
        return click.option(f"--no-{option.name}", is_flag=True, help=f"Do not {option.help[0].lower()}{option.help[1:]}")
    if option.kind is bool:
        return click.option(*names, is_flag=True, **said)
    if option.kind is tuple:
        return click.option(*names, multiple=True, shell_complete=names_of(option.name), **said)
    if option.alone:
        said |= {"is_flag": False, "flag_value": option.alone}
    if option.values and option.kind is str:
        said["type"] = click.Choice([str(value) for value in option.values])
    else:
        said["shell_complete"] = names_of(option.name)
    if option.kind is int:
        said["type"] = click.IntRange(1)
    shown = option.default is not None and not option.alone
    return click.option(*names, default=str(option.default) if shown else None, show_default=shown, **said)


def chosen_of(rows: tuple[Option, ...], flags: Chosen) -> Chosen:
    """What the flags say, as the table has it."""
    chosen = {}
    for option in rows:
        value = flags[key_of(option)]
        if option.kind is bool and option.default:
            value = not value
        chosen[option.key] = option.default if value is None else accepted(option, value)
    return chosen


def names_of(option: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What a shell offers behind an option: the names that there are, or files."""

    def offered(context: click.Context, parameter: click.Parameter, begun: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=told) for name, told in known(option).items() if name.startswith(begun)]
        return found or ([CompletionItem(begun, type="file")] if option in FILES else [])

    return offered


def a_file(context: click.Context, parameter: click.Parameter, begun: str) -> list[Any]:
    """What a shell offers for a source: the files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


FILES = ("template", "words", "context", "output", "baseline", "write-baseline", "records", "summary")


def known(option: str) -> dict[str, str]:
    """The names that an option can have, with a word on each."""
    if option == "template":
        from derivtex.writing.page import templates

        return templates()
    if option == "profile":
        from derivtex.writing.profiles import PROFILES

        return dict.fromkeys(PROFILES, "")
    if option == "rule":
        from derivtex.writing.manual import names

        return dict.fromkeys(names(), "")
    return {}


class HelpShown(Exception):
    """Only help was asked for, which stands there now."""


def chosen_in(name: str, command: str, words: list[str], left_out: tuple[str, ...]) -> tuple[Chosen, str]:
    """What the words behind a magic's name say: the options of a command without those left out, and what is none of them.

    Raises UsageError, and HelpShown once `--help` has printed the options.
    """
    rows = tuple(option for option in of(command) if option.name not in left_out)
    settings = {"help_option_names": ["-h", "--help"]}
    magic = click.Command(name, params=[click.Argument(["formula"], nargs=-1)], context_settings=settings, callback=lambda **given: None)
    for row in rows:
        flag(row)(magic)
    try:
        context = magic.make_context(name, list(words))
    except click.exceptions.Exit:
        raise HelpShown from None
    except click.ClickException as error:
        raise UsageError(error.format_message(), way_out=f"{name} takes {', '.join(f'--{row.name}' for row in rows)}") from error
    return chosen_of(rows, context.params), " ".join(context.params["formula"])
