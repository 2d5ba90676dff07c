"""What a terminal shows of help and progress, drawn by rich-click: loaded when somebody looks on, so that no other command pays for it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich_click import RichCommand

Item = TypeVar("Item")
MANY = 2  # from so many on, a bar says how far it is


class Context(click.Context):
    """The context of a command whose help is drawn where a terminal shows it, and plain text elsewhere."""

    def get_help(self) -> str:
        """The help, as it is shown."""
        return drawn(self) if sys.stdout.isatty() else super().get_help()


def drawn(context: click.Context) -> str:
    """The help of a command as rich-click draws it, without colours where NO_COLOR speaks against them."""
    from rich_click import RichContext

    command = twin(context.command, context)
    help_of = RichContext(command, info_name=context.info_name, parent=context.parent, help_option_names=context.help_option_names)
    examples = inspect.cleandoc((context.command.epilog or "").replace("\b", "")).strip()
    return command.get_help(help_of).rstrip() + (f"\n\n{examples}\n" if examples else "\n")


def twin(command: click.Command, context: click.Context) -> RichCommand:
    """The same command as one of rich-click's; what stands below its help is left to `drawn`, which keeps its lines."""
    from rich_click import RichCommand, RichGroup

    help_of, short = command.help, command.short_help
    if isinstance(command, click.Group):
        inside = {name: command.get_command(context, name) for name in command.list_commands(context)}
        twins: dict[str, click.Command] = {name: twin(each, context) for name, each in inside.items() if each is not None}
        return RichGroup(name=command.name, commands=twins, params=command.params, help=help_of, short_help=short)
    return RichCommand(name=command.name, params=command.params, help=help_of, short_help=short)


def followed(items: Iterable[Item], count: int, label: str) -> Iterable[Item]:
    """The items one by one, with a bar on standard error where there are many and a terminal shows it."""
    if count < MANY or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=label, total=count, console=Console(stderr=True))
