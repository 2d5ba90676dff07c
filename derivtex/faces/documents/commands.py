"""The commands for documents: `derivtex expand`, `tex` and `freeze`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from derivtex.faces.terminal import followed


@click.command()
@click.argument("side_file", metavar="JOB.dvt", required=False)
@click.option("--setup", metavar="FOLDER", help="Put derivtex.sty and .latexmkrc there instead, where they are missing.")
def tex(side_file: str | None, setup: str | None) -> None:
    """Derive the formulas that derivtex.sty wrote to JOB.dvt, into JOB.dvo beside it."""
    from derivtex.core.errors import UsageError

    if setup is not None:
        from derivtex.faces.documents.package import put

        for word in put(Path(setup)):
            click.echo(word, err=True)
        return
    if side_file is None:
        raise UsageError("which side file?", way_out="give JOB.dvt, which LaTeX writes with derivtex.sty")
    from derivtex.faces.documents.side import derive_side_file

    complaints = derive_side_file(Path(side_file))
    report(complaints)


def report(complaints: list[str]) -> None:
    """Complaints to standard error; status 1 where one is more than a warning."""
    for complaint in complaints:
        click.echo(complaint, err=True)
    if any("error:" in complaint for complaint in complaints):
        sys.exit(1)


@click.command()
@click.argument("paper", metavar="PAPER.tex")
@click.option("--output", "-o", metavar="FILE", help="Write there, whole or not at all, instead of to standard output.")
def freeze(paper: str, output: str | None) -> None:
    """Write PAPER.tex with the derivations in the place of derivtex.sty's commands."""
    from derivtex.core.errors import UsageError
    from derivtex.core.files import content_of, write
    from derivtex.faces.documents.freezing import frozen

    data = content_of(Path(paper))
    if output is not None and Path(output).resolve() == Path(paper).resolve():
        raise UsageError("the frozen paper would replace the paper", way_out="give another file to --output")
    try:
        write(frozen(Path(paper), data.decode("utf-8")), output)
    except UnicodeDecodeError as error:
        raise UsageError(f"{paper} is not text in UTF-8 (byte {error.start})", way_out="save it as UTF-8") from error


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; status 1 where a derivation is stale or missing.")
@click.option("--force", is_flag=True, help="Derive again what is up to date, too.")
@click.option("--watch", is_flag=True, help="Go on: expand a file again whenever it changes.")
def expand(files: tuple[str, ...], check: bool, force: bool, watch: bool) -> None:
    """Write the derivations of the marked formulas in FILE... (.tex, .md) below them, and change nothing else."""
    paths = [Path(name) for name in files]
    bad = expand_all(paths, check, force)
    if watch:
        from derivtex.faces.documents.watching import changes

        for path in changes(paths):
            expand_all([path], check, force=False)
    if bad:
        sys.exit(1)


def expand_all(paths: list[Path], check: bool, force: bool) -> bool:
    """Expand each file, with a bar over many of them at a terminal; whether something is amiss."""
    bad = False
    for path in followed(paths, len(paths), "expanding"):
        complaints, found = expand_one(path, check, force)
        bad |= any("error:" in complaint for complaint in complaints) or (check and found > 0)
        for complaint in complaints:
            click.echo(complaint, err=True)
    return bad


def expand_one(path: Path, check: bool, force: bool) -> tuple[list[str], int]:
    """Expand a file: the complaints, and how many derivations were stale."""
    from derivtex.core.errors import DerivtexError, describe
    from derivtex.faces.documents.expanding import expand as expanded

    try:
        outcome = expanded(path, check, force)
    except DerivtexError as error:
        return [describe(error)], 0
    words = [*outcome.complaints]
    if outcome.stale:
        words.append(f"{path}: {outcome.stale} of {outcome.blocks} derivations {'are stale' if check else 'written'}")
    return words, outcome.stale
