"""The command as it starts: where `DERIVTEX_SERVER` names the socket of a running `derivtex server --socket`, that one does the work.

What is typed, where, and the three streams are handed over, so that all is as if the command had run here; only the start-up is saved.
Without such a server, or where it cannot take the command, the command runs here.
"""

from __future__ import annotations

import gc
import os
import sys

SERVER = "DERIVTEX_SERVER"
RARELY = (200_000, 20, 20)  # objects more than there were (a command loads half as many), and rounds, until the next look
STAYING = ("server", "lsp", "web")  # what runs for long is nobody else's to run


def main() -> None:
    """The entry point of the command line."""
    path = os.environ.get(SERVER)
    if path and sys.argv[1:2] and sys.argv[1] not in STAYING:
        status = handed_over(path)
        if status is not None:
            sys.exit(status)
    make_ready()
    from derivtex.faces.commands import main as here

    here()


def make_ready() -> None:
    """A command makes much and drops little before it ends, so rubbish is looked for rarely; its matrices are too small for threads."""
    gc.set_threshold(*RARELY)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def handed_over(path: str) -> int | None:
    """The exit status of the command as the server ran it; None where there is no server that can."""
    import json
    import socket

    own = {name: value for name, value in os.environ.items() if name.startswith(("DERIVTEX_", "XDG_", "LC_", "LANG", "HOME", "COLUMNS"))}
    asked = {"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": own, "house": os.path.dirname(__file__)}
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(path)
            socket.send_fds(line, [json.dumps(asked).encode("utf-8", "surrogateescape") + b"\n"], [0, 1, 2])
            told = line.makefile("rb").readline()
    except (OSError, AttributeError):  # nobody listens, or a system without such sockets
        return None
    return int(told) if told.strip().isdigit() else None
