"""What is written is written whole, to what it was meant for, and the file stays what it was; a fault of the system is said in a line."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from derivtex.core.errors import UsageError
from derivtex.core.files import OURS, prefix_of, write_whole
from derivtex.faces.documents.expanding import expand
from derivtex.faces.documents.side import blocks
from tests.documents import ROOT

MARKED = "% derivtex: wrt=x\n\\[ x^T x \\]\n"
posix = pytest.mark.skipif(os.name != "posix", reason="owners, links and signals as POSIX has them")
root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")


def command(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DERIVTEX_CACHE": "off", **options.pop("env", {})}
    caught = "stdout" not in options
    return subprocess.run([sys.executable, "-m", "derivtex", *words], capture_output=caught, env=environment, check=False, timeout=120, **options)


@pytest.fixture
def paper(tmp_path, monkeypatch):
    monkeypatch.setenv("DERIVTEX_CACHE", "off")
    path = tmp_path / "paper.tex"
    path.write_text(MARKED, encoding="utf-8")
    return path


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@posix
def test_mode_and_links_stay(paper):
    """A symbolic link stays one, and what it points to keeps its mode."""
    paper.chmod(0o640)
    link = paper.with_name("link.tex")
    link.symlink_to(paper)
    expand(link)
    assert link.is_symlink() and "derivtex:begin" in paper.read_text() and stat.S_IMODE(paper.stat().st_mode) == 0o640
    assert not left_over(paper.parent)


@posix
@root
def test_owner_and_group_stay(paper):
    os.chown(paper, 1234, 4321)
    expand(paper)
    assert "derivtex:begin" in paper.read_text() and (paper.stat().st_uid, paper.stat().st_gid) == (1234, 4321)


@posix
def test_an_owner_that_cannot_be_kept_is_a_reason_to_refuse(paper, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr("derivtex.core.files.os.chown", refused)
    real = os.stat(paper)
    other = os.stat_result((*real[:4], real.st_uid + 1, *real[5:10]))
    monkeypatch.setattr("derivtex.core.files.status_of", lambda path: other)
    with pytest.raises(UsageError, match="belongs to another user"):
        expand(paper)
    assert paper.read_text() == MARKED and not left_over(paper.parent)


@posix
def test_a_file_with_other_names_is_refused(paper):
    os.link(paper, paper.with_name("other.tex"))
    with pytest.raises(UsageError, match="hard links"):
        expand(paper)
    assert paper.read_text() == MARKED and paper.stat().st_nlink == 2


def test_a_read_only_file_is_refused(paper):
    """Whoever asks, root too."""
    paper.chmod(0o444)
    with pytest.raises(UsageError, match="is read-only"):
        expand(paper)
    assert paper.read_text() == MARKED


def test_a_file_that_changes_meanwhile_is_left_alone(paper):
    """It is compared just before the new one takes its place."""
    with pytest.raises(UsageError, match="changed meanwhile"):
        write_whole("new", paper, before=b"what it was")
    assert paper.read_text() == MARKED and not left_over(paper.parent)


@posix
def test_what_a_killed_run_left_is_removed(paper):
    """By the next that writes the same file; what a living one is writing stays."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    gone = paper.parent / f"{prefix_of(paper)}{dead.pid}.0123abcd{OURS}"
    alive = paper.parent / f"{prefix_of(paper)}{os.getpid()}.0123abcd{OURS}"
    for path in (gone, alive):
        path.write_text("half")
    expand(paper)
    assert not gone.exists() and alive.exists()


@posix
def test_a_run_that_is_killed_leaves_one_whole_text(paper):
    """At any time: the old one or the new one, nothing between."""
    paper.write_text("\n".join(MARKED.replace("x^T x", f"x^T A_{number} x") for number in range(3)))
    before = paper.read_text()
    draw = random.Random(7)
    for _ in range(6):
        paper.write_text(before)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DERIVTEX_CACHE": "off"}
        running = subprocess.Popen([sys.executable, "-m", "derivtex", "expand", str(paper)], env=environment, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.1, 1.5))
        running.send_signal(signal.SIGKILL)
        running.wait()
        text = paper.read_text()
        assert text == before or text.count("derivtex:end") == 3


@posix
def test_a_full_disk_leaves_the_old_text(paper):
    """Here by a limit on the length of a file."""
    paper.write_text(MARKED + "% " + "long " * 2000 + "\n")
    before = paper.read_text()
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from derivtex.faces.commands import main; main(sys.argv[1:])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DERIVTEX_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", script, "expand", str(paper)], capture_output=True, env=environment, check=False)
    assert done.returncode == 1 and b"cannot be written" in done.stderr and b"Traceback" not in done.stderr
    assert paper.read_text() == before and not left_over(paper.parent)


@pytest.mark.parametrize(("end", "mark"), [("\n", "\ufeff"), ("\r\n", ""), ("\r\n", "\ufeff"), ("\r", ""), ("\r", "\ufeff")])
def test_byte_order_mark_and_line_ends_are_kept_and_hide_nothing(paper, end, mark):
    """Also where the mark for derivtex stands on the first line."""
    paper.write_bytes((mark + MARKED + "Words.\n").replace("\n", end).encode())
    outcome = expand(paper)
    text = paper.read_bytes().decode()
    assert outcome.blocks == 1 and text.startswith(mark + "% derivtex") and text.endswith(f"Words.{end}")
    assert "derivtex:begin" in text and "\n" not in text.replace(end, "")
    assert expand(paper).stale == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_aloud(paper, encoding):
    paper.write_bytes(MARKED.encode(encoding))
    with pytest.raises(UsageError, match="UTF-16"):
        expand(paper)


def test_a_file_without_a_mark_is_said(paper):
    paper.write_text("Words.")
    assert "no formula is marked" in expand(paper).complaints[0] and paper.read_text() == "Words."


@posix
@pytest.mark.parametrize("kind", ["folder", "fifo", "missing", "/dev/null"])
def test_what_is_no_file_is_refused(kind, tmp_path):
    """Nothing waits for a pipe."""
    path = tmp_path / "thing.tex"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind != "missing":
        path.symlink_to(kind)
    with pytest.raises(UsageError, match=r"no regular file|cannot be read"):
        expand(path)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["derive", "x^Tx", "-w", "x", "-o", "."], 2, "is a folder"),
        (["derive", "x^Tx", "-w", "x", "-o", "nowhere/out.tex"], 2, "cannot be written"),
        (["derive", "x^Tx", "-w", "x", "-o", "a\udcff\0b"], 2, ""),
        (["derive", "./"], 2, "is a folder"),
        (["derive", "paper.tex"], 2, "there is no file"),
        (["expand", "."], 1, "is a folder"),
        (["tex", "missing.dvt"], 2, "cannot be read"),
        (["tex", "out.dvo"], 2, "is what derivtex writes"),
        (["freeze", "."], 2, "cannot be read"),
    ],
)
@pytest.mark.usefixtures("served")
def test_paths_that_do_not_do_are_said_in_a_line(words, status, message, tmp_path):
    if any("\0" in word for word in words):
        pytest.skip("no system passes such a word")
    done = command(*words, cwd=tmp_path)
    assert done.returncode in (status, 1) and message in done.stderr.decode() and b"internal" not in done.stderr and not done.stdout


def test_a_dash_is_standard_output(tmp_path):
    done = command("derive", "x^Tx", "-w", "x", "-o", "-", cwd=tmp_path)
    assert done.returncode == 0 and b"2x" in done.stdout and not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("words", [["derive", "x^Tx", "-w", "x"], ["rules"], ["templates"], ["check", "f = x^Tx; df = 2x^Tdx"], ["--help"]])
def test_a_full_standard_output_is_said(words):
    with open("/dev/full", "w") as full:
        done = command(*words, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2 and b"standard output cannot be written" in done.stderr and b"Exception" not in done.stderr


def test_a_narrow_standard_output_is_said():
    """A name that the encoding does not have; all else is written."""
    done = command("derive", r"\mathrm{漢}^Tx", "-w", "x", env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 2 and b"standard output is in latin-1" in done.stderr.replace(b"iso8859-1", b"latin-1")
    done = command("derive", r"\mathrm{ß}^Tx", "-w", "x", env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0 and "ß".encode("latin-1") in done.stdout


def test_a_side_file_that_stops_anywhere_gives_what_is_whole(tmp_path):
    """LaTeX may end at any byte."""
    text = "%derivtex 1\n%line 12 paper.tex\n%declare A: matrix n x n\n%block 0A1B\n%options wrt=x\nx^T A x\n%end 0A1B\n"
    text += "%line 14 paper.tex\n%block 0C\n%options\n"
    path = tmp_path / "job.dvt"
    for end in range(len("%derivtex 1\n"), len(text) + 1):
        path.write_text(text[:end], encoding="utf-8")
        found = list(blocks(path))
        assert [block.key for block in found] == (["0A1B"] if text.index("%line 14") <= end + 1 else [])
    for wrong in ("%line x", "%line 99999999999999 a", "%block", "%block }\\evil{", "%end"):
        path.write_text(f"%derivtex 1\n{wrong}\n%options\nx\n{wrong.replace('block', 'end')}\n", encoding="utf-8")
        assert not list(blocks(path))


WRONG_TREES = [
    [], 5, None, {"blocks": 5}, {"blocks": [{"t": "CodeBlock"}]}, {"blocks": [{"t": "CodeBlock", "c": []}]}, {"meta": {"derivtex": 5}},
    {"blocks": [{"t": "CodeBlock", "c": [["", ["derivtex"], []]]}]}, {"blocks": [{"t": "CodeBlock", "c": [["", ["derivtex"], [5]], "x"]}]},
    {"blocks": [{"t": "RawBlock", "c": []}]}, {"meta": {"derivtex": {"t": "MetaMap", "c": []}}}, {"meta": []},
    {"blocks": [{"t": "CodeBlock", "c": [["", ["derivtex"], []], 5]}]}, {"blocks": [{"t": "CodeBlock", "c": [[5, ["derivtex"], []], "x^Tx"]}]},
    {"meta": {"derivtex": {"t": "MetaMap", "c": {"wrt": {"t": "MetaInlines", "c": 5}}}}},
]  # fmt: skip


@pytest.mark.parametrize("tree", WRONG_TREES, ids=lambda tree: json.dumps(tree)[:40])
def test_a_tree_that_is_not_pandocs_ends_in_a_line(tree):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DERIVTEX_CACHE": "off"}
    script = [sys.executable, "-c", "from derivtex.faces.filter import main; main()"]
    done = subprocess.run(script, input=json.dumps(tree).encode(), capture_output=True, env=environment, check=False)
    assert b"Traceback" not in done.stderr and done.returncode in (0, 1)
