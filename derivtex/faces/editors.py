"""`derivtex editor`: the plugins that come with derivtex, and how each editor is told of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import click

from derivtex.core.errors import UsageError
from derivtex.core.shipped import shipped


class Editor(NamedTuple):
    """An editor: the folder of its files, and the lines that tell it of them, with `{}` for where the files lie."""

    folder: str
    setup: str


EDITORS = {
    "vim": Editor("vim", "in your vimrc:\n    set runtimepath+={}\n    nmap gd <Plug>(derivtex)\n    xmap gd <Plug>(derivtex)"),
    "neovim": Editor(
        "vim", "in your init.lua:\n    vim.opt.runtimepath:append('{}')\n    vim.keymap.set({{'n', 'x'}}, 'gd', '<Plug>(derivtex)')\n"
        "    require('derivtex').setup()",
    ),
    "emacs": Editor("emacs", 'in your init.el:\n    (add-to-list \'load-path "{}")\n    (require \'derivtex)'),
    "kakoune": Editor("kakoune", "in your kakrc:\n    source {}/derivtex.kak"),
    "helix": Editor("helix", "add {}/languages.toml to your languages.toml, and the keys you like of {}/config.toml to your config.toml"),
    "texstudio": Editor("texstudio", "Macros → Edit Macros → Import: {}/derivtex.txsMacro"),
    "vscode": Editor(
        "vscode", "in a copy of {} (--into makes one):\n    npm install --omit=dev && npx @vscode/vsce package\nthen Extensions → Install from VSIX",
    ),
}


@click.command()
@click.argument("name", required=False, type=click.Choice(sorted(EDITORS)))
@click.option("--into", metavar="DIR", help="Copy the files there; a file with other content is never overwritten.")
def editor(name: str | None, into: str | None) -> None:
    """Show where the files for an editor lie and what to tell it; with --into, copy them."""
    if name is None:
        if into is not None:
            raise UsageError("it is not said for which editor", way_out=f"name one of {', '.join(sorted(EDITORS))}")
        click.echo("\n".join(sorted(EDITORS)))
        return
    place = shipped("editors") / EDITORS[name].folder
    if into is not None:
        place = copied(place, Path(into))
    click.echo(EDITORS[name].setup.replace("{}", str(place)).replace("{{", "{").replace("}}", "}"))


def copied(folder: Path, target: Path) -> Path:
    """The files of a folder in another one. Raises UsageError, before anything is copied, where one is there with other content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files:
        there = target / path.relative_to(folder)
        if there.exists() and there.read_bytes() != path.read_bytes():
            raise UsageError(f"{there} has other content", way_out="move it away, or give another folder")
    try:
        for path in files:
            there = target / path.relative_to(folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}", way_out="give a folder of your own") from error
    return target.resolve()
