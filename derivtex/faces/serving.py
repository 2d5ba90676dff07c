"""The commands that stay: a server for requests or whole commands, and the language server."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.option("--socket", "path", metavar="PATH", help="Instead take whole commands there, from those who set DERIVTEX_SERVER to it.")
def server(path: str | None) -> None:
    """Answer JSON requests, one a line, from standard input: for editors, which pay the start-up once."""
    if path is not None:
        from derivtex.faces.socket_server import serve_socket

        serve_socket(Path(path))
        return
    from derivtex.faces.server import serve

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream, as click has it
    serve(sys.stdin.buffer, sys.stdout)


@click.command()
def lsp() -> None:
    """Speak the language server protocol: diagnostics, code actions and hover (needs derivtex[lsp])."""
    from derivtex.faces.lsp import serve

    serve()
