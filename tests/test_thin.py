"""The command by way of a running server: the same bytes, the same exit status; without one, as ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "derivtex"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The socket of a server that is ready."""
    path = tmp_path_factory.mktemp("s") / "d.sock"
    with subprocess.Popen([*COMMAND, "server", "--socket", str(path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as run:
        while not path.is_socket():
            assert run.poll() is None
            os.sched_yield()
        yield path
        run.terminate()


def ran(words, folder, path=None, given=b""):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment |= {"DERIVTEX_SERVER": str(path)} if path else {}
    done = subprocess.run([*COMMAND, *words], input=given, capture_output=True, cwd=folder, env=environment, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("words", "given"), [
    (["derive", r"\operatorname{tr}(AX)", "-w", "X"], b""),
    (["derive", "-", "-w", "x"], b"x^T A x"),
    (["derive", "x^T x +", "-w", "x"], b""),
    (["check", r"f = x^T x; \frac{\partial f}{\partial x} = 3x"], b""),
    (["nothing"], b""),
    (["derive", "here.tex", "-w", "x"], b""),
], ids=["derive", "stdin", "error", "check", "usage", "file"])  # fmt: skip
def test_it_is_as_if_it_had_run_here(server, tmp_path, words, given):
    """Standard output, messages and exit status are the same to the byte."""
    (tmp_path / "here.tex").write_text("x^T B x")
    assert ran(words, tmp_path, server, given) == ran(words, tmp_path, None, given)


def test_without_a_server_it_runs_here(tmp_path):
    assert ran(["derive", "x^T x", "-w", "x"], tmp_path, tmp_path / "nobody") == ran(["derive", "x^T x", "-w", "x"], tmp_path)


def test_a_server_outlives_nonsense(server, tmp_path):
    """Bytes that are no request are answered with no, and the next command is done."""
    import socket

    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(server))
        line.sendall(b"\xff\xfe{")
        assert line.recv(10) == b"no\n"
    assert ran(["derive", "x^T x", "-w", "x"], tmp_path, server)[0] == 0


def test_the_socket_is_its_owners_and_is_taken_over_only_from_the_dead(server, tmp_path):
    assert server.stat().st_mode & 0o077 == 0
    assert ran(["server", "--socket", str(server)], tmp_path)[0] == 2
