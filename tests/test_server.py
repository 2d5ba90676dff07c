"""The server: an answer for every line, whatever it holds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from derivtex.faces import server
from derivtex.faces.server import Reserve

ROOT = Path(__file__).resolve().parent.parent


def asked(*lines: bytes | dict) -> list[dict]:
    """The answers of one server to these lines, in order."""
    text = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "derivtex", "server"]
    done = subprocess.run(command, input=text, capture_output=True, env=environment, check=True)
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_one_answer_a_line_in_order():
    """Derivations, verdicts and the version, each with the identity of its request."""
    answers = asked(
        {"id": "a", "source": "x^T A x", "wrt": "x", "layout": "numerator", "template": "align"},
        b"",
        {"id": 2, "source": "x^T A x", "wrt": "x", "format": "json", "declare": ["A: matrix n x n symmetric"]},
        {"id": 3, "do": "check", "source": "f = x^T A x\ndf = x^T A dx"},
        {"id": 4, "do": "ping"},
        {"id": 5, "source": "x^T x", "wrt": "x", "format": "numpy", "template": None},
        {"id": 6, "source": "x^T x", "wrt": "x", "template": "align", "box": True, "reasons": "none"},
    )
    assert [(each["id"], each["ok"]) for each in answers] == [("a", True), (2, True), (3, True), (4, True), (5, True), (6, True)]
    assert answers[4]["text"].startswith("def gradient(x):") and "\\boxed" in answers[5]["text"]
    assert "x^{T}(A + A^{T})" in answers[0]["text"] and answers[0]["confirmed"]
    assert answers[1]["data"]["result"]["latex"] == "2Ax"
    assert answers[2]["data"]["first_wrong"] == 1
    assert answers[3]["version"]


def test_it_solves_and_answers():
    """The solution as text, and the post with the wish that was found."""
    solved, posted = asked(
        {"id": 1, "do": "solve", "source": r"\|x\|^2", "wrt": "x", "subject_to": ["Ax=b"]},
        {"id": 2, "do": "answer", "source": "What is the gradient of $\\|Xw-y\\|^2$ with respect to $w$?"},
    )
    assert solved["ok"] and solved["confirmed"] and r"\hat{x}" in solved["text"]
    assert posted["ok"] and posted["wish"] == "gradient" and "**Check.**" in posted["text"]


WRONG = [
    (b"nope", "usage", "not JSON"),
    (b"\xff\xfe", "usage", "not JSON"),
    (b"[" * 100_000, "usage", "not JSON"),
    (b"[1]", "usage", "a JSON object"),
    (b'{"id": 1e999, "do": "ping"}', "usage", "too large"),
    (b'{"id": [NaN], "do": "ping"}', "usage", "no number of JSON"),
    ({}, "usage", "no source"),
    ({"source": 5}, "usage", "source is to be a str"),
    ({"source": "x^T x", "wrt": "x", "order": True}, "usage", "order cannot be True"),
    ({"source": "x^T x", "declare": [1]}, "usage", "declare is a list of texts"),
    ({"source": "x^T x", "colour": "red"}, "usage", "no option colour"),
    ({"source": "\ud800 x", "wrt": "x"}, "syntax", ""),
    ({"source": "x^T x", "wrt": "x", "layout": "\udfff"}, "usage", "layout cannot be"),
    ({"source": "x^T x", "wrt": "x", "template": "a" * 300}, "template", "there is no template"),
    ({"source": "x^T x", "wrt": "x", "template": "a\0b"}, "template", "there is no template"),
    ({"source": "x^T x", "wrt": "x", "limit": -1}, "usage", "the limit cannot be -1"),
    ({"source": "x^T x", "wrt": "x", "limit": "long"}, "usage", "limit cannot be long"),
    ({"source": "x^T x", "do": "dance"}, "usage", "cannot do dance"),
    ({"source": "x^T x", "do": []}, "usage", "cannot do"),
    ({"source": "x^T x", "wrt": "x", "layout": "wide"}, "usage", "layout cannot be wide"),
    ({"source": "x^T x", "wrt": "x", "format": "pdf"}, "usage", "format cannot be pdf"),
    ({"source": "x^T x", "wrt": "x", "template": "nothing"}, "template", "no template nothing"),
    ({"source": "", "wrt": "x"}, "source", "empty"),
    ({"source": "(" * 3000, "wrt": "x"}, "syntax", ""),
    ({"source": "x^T y", "wrt": "z"}, "source", "z does not occur"),
]


def test_bad_requests_leave_it_alive():
    """Each gets an error with its code; the last request is answered as if nothing had been."""
    answers = asked(*(line for line, _, _ in WRONG), {"id": 9, "source": "x^T x", "wrt": "x"})
    for (line, code, message), told in zip(WRONG, answers, strict=False):
        assert not told["ok"] and told["error"]["code"] == code and message in told["error"]["message"], line
    assert len(answers) == len(WRONG) + 1 and answers[-1]["ok"]


def test_an_error_has_its_place():
    """Line and column count from where the source begins in its file."""
    (told,) = asked({"source": "α = x^T x\n + tr(A x", "wrt": "x", "name": "paper.tex", "line": 7, "column": 3})
    place = {"file": "paper.tex", "line": 8, "column": 6, "end_line": 8, "end_column": 7}
    assert place.items() <= told["error"].items()
    assert told["error"]["text"].startswith("paper.tex:8:6: error: ( is not closed [syntax]\n  8 |  + tr(A x\n")


def test_it_ends_when_nobody_listens():
    """A client that closes both ends leaves no process and no traceback."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "derivtex", "server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as run:
        assert run.stdin and run.stdout and run.stderr
        run.stdout.close()
        run.stdin.write(b'{"do": "ping"}\n')
        run.stdin.close()
        assert run.stderr.read() == b"" and run.wait(20) in (0, 120)


def test_memory_that_runs_out_even_for_the_answer_is_said(monkeypatch):
    """With what was kept back for it, and the next request is as if nothing had been."""
    reserve = Reserve()
    ping = b'{"id": 7, "do": "ping"}'
    with monkeypatch.context() as patched:
        patched.setattr(server, "answer", lambda line: bytearray(2**62))
        said = json.loads(reserve.answer(ping))
    assert (said["id"], said["error"]["code"]) == (7, "too-large") and not reserve.kept
    assert json.loads(reserve.answer(ping))["ok"] and reserve.kept


@pytest.mark.skipif("DERIVTEX_FUZZ" not in os.environ or not hasattr(os, "posix_spawn"), reason="for the night, under Linux")
@pytest.mark.parametrize("left", [1_000_000, 2_000_000, 3_000_000, 5_000_000])
def test_memory_that_the_system_refuses_costs_one_answer(left):
    """A process that may take so many bytes more says so, and once it may take more it answers as before."""
    import resource

    small = {"source": r"\sum_i \log(1+\exp(-y_iw^Tx_i))", "wrt": "w"}
    large = {"source": "+".join(rf"\operatorname{{tr}}((A_{{{at}}}X)^{{{at % 5 + 2}}})" for at in range(1, 60)), "wrt": "X"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen([sys.executable, "-m", "derivtex", "server"], stdin=PIPE, stdout=PIPE, env=environment) as running:

        def said(request: dict, left: int) -> dict:
            pages = int(Path(f"/proc/{running.pid}/statm").read_text().split()[0])
            limit = resource.RLIM_INFINITY if left < 0 else pages * resource.getpagesize() + left
            resource.prlimit(running.pid, resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
            running.stdin.write(json.dumps(request).encode() + b"\n")
            running.stdin.flush()
            line = running.stdout.readline()
            if not line:
                pytest.skip("the interpreter itself found no memory for its errors, and ended")
            return json.loads(line)

        wanted = said(small, -1)
        refused = said(large, left)
        assert wanted["ok"] and refused["error"]["code"] in ("too-large", "internal")  # NumPy's own SystemError
        assert said(small, -1) == wanted
        running.stdin.close()
        assert running.wait() == 0


@pytest.mark.parametrize("name", ["derive", "check", "ping"])
def test_what_it_can_do_is_said(name):
    (told,) = asked({"do": "nothing"})
    assert name in told["error"]["help"]


def test_lines_are_checked_with_steps():
    """`fill` brings the steps, `format` a report as text."""
    import json

    from derivtex.faces.server import answer

    request = {"do": "check", "source": "d(x^T x) = 2x^T dx", "fill": True}
    (line,) = json.loads(answer(json.dumps(request).encode()))["data"]["lines"]
    assert line["verdict"] == "holds" and line["steps"]
    told = json.loads(answer(json.dumps({**request, "format": "markdown"}).encode()))["text"]
    assert "aligned" in told
    wrong = json.loads(answer(json.dumps({**request, "layout": "wide"}).encode()))
    assert wrong["error"]["code"] == "usage"
