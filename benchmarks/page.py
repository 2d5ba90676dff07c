"""What a person waits for at the page: a first derivation from the local server, and the static site until it can be used.

Chromium shows it, so that it is wall time, of an idle machine: `python benchmarks/run.py page`. Needs Node, Chromium and what npm brings to
`web` and `tests/web`; with DERIVTEX_PYODIDE, a release of Pyodide, the time until the numbers are there, too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from measure import COMMAND, ROOT, Row

from derivtex.faces.web.building import write_site

SCRIPT = ROOT / "tests" / "web" / "waiting.mjs"
SERVER = (sys.executable, *COMMAND, "web", "--port", "0", "--no-browser")


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing is said of a request."""


def rows() -> Iterator[Row]:
    release = os.environ.get("DERIVTEX_PYODIDE")
    seen = waited(Path(release) if release else None)
    yield Row("page", "a first derivation from the local server", seen["first"], "ms", 300, remark="without the rest of 250 ms after a key")
    yield Row("page", "a next one", seen["next"], "ms", 300)
    yield Row("page", "the static site until it can be used", seen["usable"] / 1000, "s", 8)
    if release:
        yield Row("page", "the static site until numbers confirm", seen["confirmed"] / 1000, "s")


def waited(release: Path | None) -> dict[str, float]:
    """Milliseconds of what is waited for."""
    start = subprocess.Popen(SERVER, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder, site_in(Path(folder), release) as site, start as server:
        try:
            assert server.stderr is not None
            page = next(word for word in server.stderr.readline().split() if word.startswith("http"))
            done = subprocess.run(["node", str(SCRIPT), page, site], stdout=subprocess.PIPE, text=True, check=True, timeout=600)
        finally:
            server.terminate()
    return dict(json.loads(done.stdout))


@contextmanager
def site_in(folder: Path, release: Path | None) -> Iterator[str]:
    """The address of the static site, while it is served."""
    write_site(folder, release)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
