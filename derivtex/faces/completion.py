"""`derivtex completion`: the lines by which a shell completes commands, options, and the names of templates, profiles and rules."""

from __future__ import annotations

import click

from derivtex.core.files import write

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what SHELL is to read, so that it completes commands, options and names.

    `eval "$(derivtex completion bash)"` in ~/.bashrc, the same with zsh in ~/.zshrc; `derivtex completion fish | source` for fish.
    """
    from click.shell_completion import get_completion_class

    known = get_completion_class(shell)
    if known is not None:
        write(known(context.find_root().command, {}, "derivtex", "_DERIVTEX_COMPLETE").source(), None)
