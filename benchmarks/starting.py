"""What a person waits for at a command line, and for documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import COMMAND, ROOT, Row, least, processes

SAMPLE = Path("samples", "linear-layer", "question.md")
SIMPLE = ("derive", r"\operatorname{tr}(A X B)", "-w", "X")
BLOCKS = 500


def rows() -> Iterator[Row]:
    yield from cold()
    yield from documents()


def cold() -> Iterator[Row]:
    """Whole commands against the import of SymPy."""
    sympy = ("-c", "import sympy")
    sample = (*COMMAND, "derive", str(SAMPLE))
    simple = (*COMMAND, *SIMPLE)
    commands = (sympy, simple, (*simple, "--no-check"), sample, (*sample, "--no-check"))
    base, *found = processes(commands, 9)
    names = ("a trace, checked", "a trace, unchecked", "a whole question, checked", "a whole question, unchecked")
    for name, spent, goal in zip(names, found, (0.4, 0.3, 0.4, 0.3), strict=True):
        yield Row("cold start", name, spent / base, "of import sympy", goal, remark=f"{spent:.0f} ms")
    with served() as socket:
        spent = processes([simple], 9, {"DERIVTEX_SERVER": socket})[0]
    yield Row("cold start", "with a running server (the client)", spent / base, "of import sympy", 0.12, remark=f"{spent:.0f} ms")


@contextmanager
def served() -> Iterator[str]:
    """A server on a socket."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        with subprocess.Popen([sys.executable, *COMMAND, "server", "--socket", path], cwd=ROOT) as server:
            try:
                while not os.path.exists(path):
                    if server.poll() is not None:
                        raise SystemExit("the server did not start")
                    time.sleep(0.05)
                yield path
            finally:
                server.terminate()


def documents() -> Iterator[Row]:
    """A document of many blocks that is up to date, and the Pandoc filter on what it has kept."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder, "paper.md")
        paper.write_text("\n".join(f"```derivtex wrt=x check=false\n{k} x^T A x\n```\n" for k in range(2, BLOCKS + 2)), encoding="utf-8")
        kept = {"DERIVTEX_CACHE": os.path.join(folder, "kept")}
        processes([(*COMMAND, "expand", str(paper))], 0, kept)
        spent = processes([(*COMMAND, "expand", "--check", str(paper))], 3, kept)[0]
        yield Row("documents", f"expand --check of {BLOCKS} blocks, nothing to do", spent / 1000, "s", 0.3)
        yield Row("documents", "the Pandoc filter, a block that is kept", kept_block(folder), "ms", 0.2)


def kept_block(folder: str) -> float:
    from derivtex.faces.filter import Pass

    os.environ["DERIVTEX_CACHE"] = os.path.join(folder, "filter")
    options = [["wrt", "x"], ["check", "false"]]
    blocks = [{"t": "CodeBlock", "c": [["", ["derivtex"], options], f"{k} x^T A x"]} for k in range(2, 102)]
    text = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})

    def work() -> None:
        document = json.loads(text)
        Pass(document, "html").walked(document)

    work()
    return least(work, 5) / len(blocks)
