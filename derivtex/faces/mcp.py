"""`derivtex mcp`: the tools for assistants, by the Model Context Protocol on standard input and output."""

from __future__ import annotations

import click

from derivtex.core.errors import UsageError


@click.command()
def mcp() -> None:
    """Offer derive, check, solve and answer to an assistant by the Model Context Protocol (needs derivtex[mcp])."""
    try:
        from derivtex.faces.tools import service
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed", way_out="pip install 'derivtex[mcp]'") from error
    service().run("stdio")
