"""`derivtex web`: open the page, or write it out as a static site."""

from __future__ import annotations

import socket
import threading
import webbrowser
from pathlib import Path

import click

from derivtex.core.errors import UsageError


@click.command()
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
@click.option("--no-browser", is_flag=True, help="Only serve; do not open a browser.")
@click.option("--build", metavar="DIR", help="Write the page there as a static site that runs in the reader's browser, and end.")
@click.option("--pyodide", metavar="DIR", help="With --build: a release of Pyodide; where NumPy lies in it, the site confirms what it derives.")
def web(port: int, no_browser: bool, build: str | None, pyodide: str | None) -> None:
    """Open a page on this machine to type formulas into: derive, check, ask."""
    if pyodide is not None and build is None:
        raise UsageError("--pyodide is for a site", way_out="give --build DIR with it")
    if build is not None:
        from derivtex.faces.web.building import SNAPSHOT, write_site

        click.echo(f"{write_site(Path(build), Path(pyodide) if pyodide else None)} files in {build}; open it through any web server", err=True)
        if not Path(build, SNAPSHOT).is_file():
            click.echo("it starts slowly: Node, which keeps a Python that is ready in the site, is not here or could not", err=True)
        return
    from derivtex.core.shipped import katex
    from derivtex.faces.web.app import application

    app = application()
    listener = listening(port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    click.echo(f"derivtex is at {address} (Ctrl-C ends it)", err=True)
    if katex() is None:
        click.echo("formulas are shown as LaTeX: KaTeX is not here (`npm install` in the folder web brings it)", err=True)
    if not no_browser:
        webbrowser.open(address)
    threading.Thread(target=warm, daemon=True).start()
    import uvicorn

    uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listener])


def warm() -> None:
    """Derive once, while the browser opens, so that the first formula of the reader is answered as quickly as the next ones."""
    from derivtex.faces.server import answer

    answer(b'{"do": "show", "source": "x^T x", "wrt": "x"}')


def listening(port: int) -> socket.socket:
    """A socket on the loopback. Raises UsageError where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise UsageError(f"port {port} cannot be used: {error.strerror}", way_out="take another one, or --port 0 for any") from error
    listener.listen()
    return listener
