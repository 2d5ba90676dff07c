"""The commands that list what there is: rules and templates."""

from __future__ import annotations

import sys

import click

from derivtex.core.files import write
from derivtex.faces.flags import names_of


@click.command()
@click.argument("name", required=False, shell_complete=names_of("rule"))
@click.option("--bibtex", is_flag=True, help="The BibTeX file of the sources.")
def rules(name: str | None, bibtex: bool) -> None:
    """List the rules, or show one: its statement, its conditions and where it is to be found."""
    if bibtex:
        from derivtex.writing import citations

        write(citations.bibtex(), None)
        return
    from derivtex.writing.manual import entries, entry

    if name is None and sys.stdout.isatty():
        click.echo_via_pager(entries())
        return
    write(entry(name) if name else entries(), None)


@click.command()
@click.argument("name", required=False, shell_complete=names_of("template"))
def templates(name: str | None) -> None:
    """List the templates, or print one to start your own from."""
    from derivtex.writing import page

    if name:
        write(page.template_text(name), None)
        return
    known = page.templates()
    width = max(map(len, known))
    write("".join(f"{known_name:{width}}  {line}\n" for known_name, line in known.items()), None)
