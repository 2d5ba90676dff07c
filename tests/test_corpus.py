"""Many documents: records, what is done is not done again, what fails is kept, processes that die, the summary, a Dask cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from derivtex.faces.corpus import pools, work
from derivtex.faces.corpus.summary import in_html, in_markdown, summed
from derivtex.faces.corpus.tasks import Task, done_in, names_in, records_in, tasks
from derivtex.faces.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
RIGHT = "# One\n\nWith $h = v^Tv$ we have $dh = 2v^Tdv$.\n"
WRONG = "# One\n\nWith $h = v^Tv$ we have\n\n$$dh = 3v^Tdv.$$\n\n# Two\n\nNow $g = x^TAx$ and $$ dg = x^T(A + A^T)dx $$ or $$ dg = \\oops $$\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "right.md").write_text(RIGHT, "utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, "utf-8")
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe$x$")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    variables = {**os.environ, "DERIVTEX_CACHE": str(folder / "cache"), "PYTHONPATH": path}
    command = [sys.executable, "-m", "derivtex", "corpus", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def recorded(folder: Path) -> dict[str, dict]:
    return {each["document"]: each for each in records_in(folder / "corpus.jsonl")}


def test_a_run_and_a_further_one(folder: Path) -> None:
    """A record for each document, failures among them; a second run does what is new, and a line that was cut off is no obstacle."""
    done = run(folder, "*.md", "--summary", "page.txt", "--limit", "60")
    assert done.returncode == 0, done.stderr
    found = recorded(folder)
    assert [found[name]["status"] for name in ("right.md", "wrong.md", "bytes.md")] == ["checked", "checked", "failed"]
    assert found["wrong.md"]["counts"]["fails"] == 1 and found["wrong.md"]["wrong"][0]["expected"] == r"2v^{T}\,dv"
    assert any(r"\oops" in name for name in found["wrong.md"]["constructs"])
    assert "not a text in UTF-8" in found["bytes.md"]["error"]
    page = (folder / "page.txt").read_text("utf-8")
    assert "wrong.md:5:3" in page and "| wrong | 1 |" in page and r"\oops" in page
    whole = (folder / "corpus.jsonl").read_text("utf-8")
    (folder / "corpus.jsonl").write_text(whole + '{"document": "rig', "utf-8")
    (folder / "right.md").write_text(RIGHT.replace("2v", "3v"), "utf-8")
    again = run(folder, "*.md", "--limit", "60")
    assert again.returncode == 0 and "2 wrong" in again.stdout, again.stderr
    lines = (folder / "corpus.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 5 and json.loads(lines[-1])["document"] == "right.md"


def test_what_cannot_be_asked_for(folder: Path) -> None:
    for words, message in ((("*.rst",), "no file is like"), (("@none",), "cannot be read"), (("right.md", "-o", "right.md/x"), "cannot be read")):
        done = run(folder, *words)
        assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr


def test_lists_of_names(folder: Path) -> None:
    (folder / "some.list").write_text("# papers\na.md\n\n b c.md \n", "utf-8")
    assert list(names_in([str(folder / "some.list"), "d.md"])) == ["a.md", "b c.md", "d.md"]
    assert list(names_in([f"@{folder / 'some.list'}"])) == ["a.md", "b c.md"]


def task(folder: Path, name: str, cache: str = "") -> Task:
    (found,) = tasks([str(folder / name)], (), 60.0, cache)
    return found


def test_an_edit_checks_one_section(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store keeps sections between processes; a file that is no store is as good as an empty one."""
    from derivtex.faces import sections

    checked: list[str] = []
    once = sections.section_data

    def counting(section, *rest):
        checked.append(section.source.text[section.begin : section.end].strip()[:5])
        return once(section, *rest)

    monkeypatch.setattr(sections, "section_data", counting)
    cache = str(folder / "sections.sqlite")
    assert work.record_of(task(folder, "wrong.md", cache))["status"] == "checked" and checked == ["# One", "# Two"]
    checked.clear()
    (folder / "wrong.md").write_text(WRONG.replace("(A + A^T)", "(A - A^T)"), "utf-8")
    assert len(work.record_of(task(folder, "wrong.md", cache))["wrong"]) == 2 and checked == ["# Two"]
    (folder / "broken.sqlite").write_bytes(b"no base" * 1000)
    assert work.record_of(task(folder, "right.md", str(folder / "broken.sqlite")))["status"] == "checked"
    assert len(Kept(cache)) == 3 and len(Kept(str(folder / "broken.sqlite"))) == 0


def test_a_defect_is_a_record(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(work, "checked_by_sections", fail)
    record = work.record_of(task(folder, "right.md"))
    assert record["status"] == "failed" and record["error"] == "ZeroDivisionError: oops [internal]"


def test_a_line_under_its_own_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes too long is not decided; those after it are checked."""
    from derivtex.checking import lines
    from derivtex.core.session import TooLarge

    once = lines.verdict_on_line

    def slow(index, latex, *rest):
        if "3v" in latex:
            raise TooLarge("checking takes more than 1 seconds")
        return once(index, latex, *rest)

    monkeypatch.setattr(lines, "verdict_on_line", slow)
    record = work.record_of(task(folder, "wrong.md"))
    assert record["counts"]["holds"] == 1 and record["constructs"]["unknown: checking takes more than 1 seconds"] == 1


class Fragile(Executor):
    """A pool that breaks at a document of that name."""

    def __init__(self, name: str):
        self.name, self.broken = name, False

    def submit(self, function, task):
        if self.broken:
            raise BrokenProcessPool
        future: Future = Future()
        self.broken = task.name == self.name
        future.set_exception(BrokenProcessPool()) if self.broken else future.set_result({"document": task.name, "status": "checked"})
        return future


def test_a_document_that_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and every other document has its record."""
    monkeypatch.setattr(pools, "local", lambda jobs: Fragile("c"))
    found = {each["document"]: each["status"] for each in pools.records(iter([Task(name, "", name) for name in "abcdefgh"]), 2)}
    assert found == {**dict.fromkeys("abdefgh", "checked"), "c": "failed"}


def test_few_documents_are_under_way_at_a_time() -> None:
    """So the memory does not grow with the corpus: a document is read when its turn comes."""
    read: list[str] = []

    def all_of_them():
        for number in range(1000):
            read.append(str(number))
            yield Task(str(number), "", "")

    found = pools.under_way(all_of_them(), Fragile(""), 4, [])
    next(found)
    assert len(read) == 4


def test_the_summary_counts_each_document_once(tmp_path: Path) -> None:
    """The last record of a document counts; what an author typed is text in the page."""
    line = {"latex": "<b>|x|</b>", "verdict": "fails", "reason": "a|b", "code": "", "expected": "y", "assuming": [], "place": None, "mistake": None}
    old = {"document": "a.md", "digest": "1", "status": "failed", "error": "<i>no</i>", "counts": {}, "constructs": {}, "wrong": []}
    new = {**old, "digest": "2", "status": "checked", "counts": {"fails": 1}, "wrong": [line], "constructs": {"unreadable: the macro \\oops": 2}}
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(each) for each in (old, {**old, "document": "b.md"}, new)) + "\nnull\n[]\n{}\n", "utf-8")
    found = summed(lambda: records_in(tmp_path / "r.jsonl"))
    assert found.documents == 2 and list(found.failed) == ["b.md"] and found.counts["fails"] == 1
    assert "2 documents, 1 of them failed; 1 lines: 1 wrong" in in_markdown(found) and r"`<b>\|x\|</b>`" in in_markdown(found)
    page = in_html(found)
    assert "<b>|x|" not in page and "&lt;i&gt;no" in page and "unreadable: the macro" in page
    assert done_in(tmp_path / "r.jsonl", again=True) == {("a.md", "2")}


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster(folder: Path) -> None:
    """The same records from the workers of a scheduler; one that is not there is an error."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'derivtex[corpus]'")
    done = run(folder, "right.md", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 2 and "no scheduler" in done.stderr
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        done = run(folder, "*.md", "--scheduler", cluster.scheduler_address, "--limit", "60")
    assert done.returncode == 0, done.stderr
    assert {name: each["status"] for name, each in recorded(folder).items()} == {"right.md": "checked", "wrong.md": "checked", "bytes.md": "failed"}
