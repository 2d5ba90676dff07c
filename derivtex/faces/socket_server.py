"""`derivtex server --socket PATH`: whole commands for `derivtex.thin`, each in a child of its own that begins warm.

A child is a copy of this process: it has all modules and no state of another command, its streams are those of whoever asked, and what
happens to it harms no other. The socket is its owner's alone.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from derivtex.core.errors import UsageError
from derivtex.core.shipped import HOUSE

LONGEST = 1_000_000
STREAMS = 3


def serve_socket(path: Path) -> None:
    """Take commands until interrupted. Raises UsageError where the socket cannot be made."""
    if not hasattr(os, "fork") or not hasattr(socket, "recv_fds"):
        raise UsageError("this system has no sockets that pass streams on", way_out="use `derivtex server` over standard input")
    listener = listening(path)
    from derivtex.faces.server import warm_up

    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    try:
        while True:
            line, _ = listener.accept()
            with line:
                take(listener, line)
    except KeyboardInterrupt:
        path.unlink(missing_ok=True)


def listening(path: Path) -> socket.socket:
    """The socket, which nobody else may use; one that a server left behind is taken over."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket() and not alive(path):
            path.unlink()
        before = os.umask(0o177)
        try:
            listener.bind(str(path))
        finally:
            os.umask(before)
    except OSError as error:
        way_out = "give a path in a folder of your own that nothing has yet"
        raise UsageError(f"{path} cannot be made: {error.strerror or error}", way_out=way_out) from error
    listener.listen()
    return listener


def alive(path: Path) -> bool:
    """Whether a server answers there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True


def take(listener: socket.socket, line: socket.socket) -> None:
    """Run one command in a child."""
    data, streams, _, _ = socket.recv_fds(line, LONGEST, STREAMS)
    try:
        asked = json.loads(data)
        fits = len(streams) == STREAMS and asked["house"] == str(HOUSE)
    except (ValueError, TypeError, KeyError):
        fits = False
    if fits and os.fork() == 0:
        listener.close()
        work(asked, streams, line)
    for stream in streams:
        os.close(stream)
    if not fits:
        line.sendall(b"no\n")


def work(asked: dict[str, Any], streams: list[int], line: socket.socket) -> None:
    """In the child: the command with the streams, the folder and the settings of whoever asked; its exit status goes back."""
    status = 4
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(asked["folder"])
        os.environ.update({name: value for name, value in asked["environment"].items() if name != "DERIVTEX_SERVER"})
        os.environ.pop("DERIVTEX_SERVER", None)
        from derivtex.faces.commands import main

        main(args=asked["arguments"], prog_name="derivtex")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        line.sendall(b"%d\n" % status)
        os._exit(status)
