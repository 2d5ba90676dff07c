"""`derivtex check` on files: every format, several files, what is known, what is ignored, and the status."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

RIGHT = "With $h = v^Tv$ we have $dh = 2v^Tdv$.\n"
WRONG = "With $h = v^Tv$ we have\n\n$$dh = 3v^Tdv.$$\n"

pytestmark = pytest.mark.usefixtures("served")  # `test_thin.py` sees to it that this is as if each had run by itself


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "derivtex", "check", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "right.md").write_text(RIGHT, "utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, "utf-8")
    return tmp_path


def test_the_status_is_that_of_the_worst_file(folder: Path) -> None:
    assert run(folder, "right.md").returncode == 0
    assert run(folder, "right.md", "wrong.md").returncode == 1
    assert run(folder, "*.md").returncode == 1
    assert run(folder, "*.rst").returncode == 2


def test_text_is_for_quickfix_and_counts(folder: Path) -> None:
    done = run(folder, "right.md", "wrong.md")
    assert "wrong.md:3:3: fails" in done.stdout and "expected: 2v^{T}\\,dv" in done.stdout
    assert done.stdout.splitlines()[-1] == "4 lines: 1 hold, 1 wrong, 2 definitions"


def test_a_line_that_is_brought_in_stands_in_its_own_file(folder: Path) -> None:
    (folder / "part.tex").write_text("\n$$d(v^Tv) = 3v^Tdv$$\n", "utf-8")
    (folder / "main.tex").write_text("\\documentclass{article}\\begin{document}\n\\input{part}\n\\end{document}\n", "utf-8")
    told = run(folder, "main.tex").stdout
    assert "part.tex:2:3: fails" in told and "main.tex:" not in told


def test_what_could_not_be_read_is_counted_by_construct(folder: Path) -> None:
    (folder / "odd.md").write_text("$$dh = \\oops v$$\n\n$$dg = \\oops w$$\n\n$$f \\approx v^Tv$$\n", "utf-8")
    rows = run(folder, "right.md", "odd.md").stdout.splitlines()[-3:]
    assert "oops" in rows[0] and rows[0].startswith("not read: ") and rows[0].endswith("(2)") and rows[1].startswith("not tried: ")


def test_several_files_in_several_processes_give_the_same(folder: Path) -> None:
    assert run(folder, "--jobs", "2", "right.md", "wrong.md").stdout == run(folder, "right.md", "wrong.md").stdout


def test_json_of_several_files_is_a_list(folder: Path) -> None:
    told = json.loads(run(folder, "right.md", "wrong.md", "--format", "json").stdout)
    assert [each["file"] for each in told["documents"]] == ["right.md", "wrong.md"] and told["counts"]["fails"] == 1


def test_sarif_and_junit(folder: Path) -> None:
    (found,) = json.loads(run(folder, "wrong.md", "--format", "sarif").stdout)["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]
    assert (found["level"], place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("error", "wrong.md", 3)
    suites = ET.fromstring(run(folder, "wrong.md", "--format", "junit").stdout)
    assert [suite.get("failures") for suite in suites] == ["1"] and len(suites.findall(".//failure")) == 1


@pytest.mark.parametrize("format_", ["html", "tex", "markdown"])
def test_pages_have_each_line_and_the_expected_one(folder: Path, format_: str) -> None:
    told = run(folder, "wrong.md", "--format", format_).stdout
    assert "dh = 3v^Tdv" in told and "2v^{T}\\,dv" in told and "fails" in told


def test_what_is_known_does_not_count_but_a_new_mistake_does(folder: Path) -> None:
    assert run(folder, "wrong.md", "--write-baseline", "known.json").returncode == 0
    assert run(folder, "wrong.md", "--baseline", "known.json").returncode == 0
    (folder / "wrong.md").write_text("\n" + WRONG + "And $dh = 5v^Tdv$.", "utf-8")
    assert run(folder, "wrong.md", "--baseline", "known.json").returncode == 1


ABOVE = WRONG.replace("$$dh", "<!-- derivtex: ignore -->\n$$dh")
BEHIND = "\\[ h = v^Tv \\]\n\\[ dh = 3v^Tdv \\] % derivtex: ignore\n"


@pytest.mark.parametrize("text", [ABOVE, BEHIND])
def test_a_comment_leaves_a_line_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "ignored.md").write_text(text, "utf-8")
    done = run(tmp_path, "ignored.md")
    assert done.returncode == 0 and "fails" not in done.stdout


def test_strict_minds_what_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text("Here $f = \\foo x$.", "utf-8")
    assert run(tmp_path, "odd.md").returncode == 0
    assert run(tmp_path, "odd.md", "--strict").returncode == 3


def test_watching_checks_again_only_what_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each change the reports of all files; the one that changed is read again, the other is not."""
    from derivtex.faces import checkruns

    names = [str(folder / name) for name in ("right.md", "wrong.md")]
    read: list[str] = []
    once = checkruns.tolerant
    monkeypatch.setattr(checkruns, "tolerant", lambda source, options, memory=None: read.append(source) or once(source, options, memory))

    def edits(paths: list[Path]):
        paths[1].write_text(WRONG.replace("3v", "2v"), "utf-8")
        yield paths[1]
        paths[0].write_bytes(b"\xff")
        yield paths[0]

    monkeypatch.setattr(checkruns, "changes", edits)
    found = [[name for name, data in documents if data["first_wrong"] is not None] for documents in
             checkruns.again(names, checkruns.Options(), 1)]  # fmt: skip
    assert found == [[names[1]], [], []] and read == [*names, names[1], names[0]]


def test_only_files_are_watched(folder: Path) -> None:
    assert run(folder, "--watch", "d(x^T x) = 2x^T dx").returncode == 2


def test_one_document_never_ends_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect is told as one, with the document's name."""
    from derivtex import interface
    from derivtex.faces import checkruns

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(interface, "check", fail)
    told = checkruns.tolerant(str(folder / "right.md"), checkruns.Options())
    assert isinstance(told, str) and "right.md" in told and "[internal]" in told


def test_steps_and_layout_from_the_command_line(folder: Path) -> None:
    told = run(folder, "right.md", "--fill", "--format", "tex", "--template", "align").stdout
    assert "\\begin{align*}" in told and "dh &= 2v^{T}\\,dv" in told
    (folder / "row.md").write_text("$$\\frac{\\partial}{\\partial A} \\log\\det A = A^{-1}$$\n", "utf-8")
    assert [run(folder, "row.md", "--layout", layout).returncode for layout in ("any", "numerator", "denominator")] == [0, 0, 1]
