"""The command line: what it prints where, its exit statuses, its files."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import derivtex
from derivtex.core.errors import NotConfirmed
from derivtex.faces.commands import main
from derivtex.faces.terminal import drawn
from derivtex.steps import Certificate

ROOT = Path(__file__).resolve().parent.parent
QUESTION = ROOT / "samples" / "linear-layer" / "question.md"

pytestmark = pytest.mark.usefixtures("served")  # `test_thin.py` sees to it that this is as if each had run by itself


def run(*arguments: str, stdin: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "derivtex", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, cwd=folder, env=environment, check=False, encoding="utf-8"
    )


def test_the_main_job(tmp_path):
    """The sample gives a derivation in a file, and nothing on standard output."""
    done = run("derive", str(QUESTION), "-o", str(tmp_path / "answer.tex"))
    text = (tmp_path / "answer.tex").read_text("utf-8")
    assert (done.returncode, done.stdout) == (0, "") and done.stderr.startswith("note: W is ")
    comment, display = text.split("\n", 1)
    assert comment.startswith("% $W$ is ") and display.startswith("\\begin{eqnarray*}\n  dL &=& df\\,y") and "X^{T}y^{T}" in text
    assert os.listdir(tmp_path) == ["answer.tex"]


@pytest.mark.parametrize("arguments", [("x^T A x",), ("-",), ()])
def test_a_source_is_a_formula_or_standard_input(arguments):
    done = run("derive", *arguments, "--wrt", "x", stdin="x^T A x")
    assert done.returncode == 0 and "(A + A^{T})x" in done.stdout


def test_formats():
    """One derivation, five outputs."""
    told = {name: run("derive", "x^T A x", "-w", "x", "--format", name).stdout for name in ("json", "numpy", "markdown", "sympy")}
    assert json.loads(told["json"])["result"]["latex"] == "(A + A^{T})x"
    assert told["numpy"].startswith("def gradient(A, x):\n")
    assert "$$\n\\begin{aligned}" in told["markdown"]
    assert told["sympy"] == "(A + A.T)*x\n"


def test_declarations_and_layout():
    options = ("-d", "A: matrix n x n symmetric", "--layout", "numerator")
    assert "2x^{T}A" in run("derive", "x^T A x", "-w", "x", *options).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("derive", "tr(A X", "-w", "X"), 3, "<formula>:1:3: error: ( is not closed [syntax]\n  1 | tr(A X\n        ^\n  help: "),
        (
            ("derive", "XW", "-w", "W", "-d", "X: matrix 2 x 3", "-d", "W: matrix 4 x 5"),
            3,
            "2 × 3 times 4 × 5 does not conform: 3 columns meet 4 rows [dimensions]",
        ),
        (("derive", r"\foo{x}", "-w", "x"), 3, r"the macro \foo is not known"),
        (("derive", "x^T x", "-w", "z"), 3, "z does not occur"),
        (("derive", "", "-w", "x"), 3, "the source is empty"),
        (("derive", "(" * 3000, "-w", "x"), 3, "error: "),
        (("derive", "gone.tex", "-w", "x"), 2, "there is no file gone.tex"),
        (("check", "gone.ipynb"), 2, "there is no file gone.ipynb"),
        (("derive", "x^T x", "-w", "x", "--layout", "wide"), 2, "[usage]"),
        (("derive", "x^T x", "-w", "x", "-t", "nothing"), 2, "there is no template nothing"),
        (("derive", "x^T x", "-w", "x", "--profile", "paper"), 2, "there is no profile paper"),
        (("derive", "x^T x", "-w", "x", "-o", "no/such/folder/a.tex"), 2, "cannot be written"),
        (("rules", "inverze"), 2, "did you mean inverse?"),
        (("frobnicate",), 2, "[usage]"),
    ],
)
def test_complaints(arguments, status, message):
    """Each error has its status, its message on standard error, and no traceback."""
    done = run(*arguments)
    assert done.returncode == status and message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_a_file_is_named_in_the_message(tmp_path):
    (tmp_path / "bad.tex").write_text("x^T x\n+ \\oops\n", "utf-8")
    assert "bad.tex:2:3: error: the macro" in run("derive", "bad.tex", "-w", "x", folder=tmp_path).stderr


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "bad.tex").write_bytes(b"x^T\xff\xfe x")
    done = run("derive", "bad.tex", "-w", "x", folder=tmp_path)
    assert done.returncode == 2 and "not text in UTF-8" in done.stderr


def test_a_failing_run_leaves_the_old_file(tmp_path):
    (tmp_path / "a.tex").write_text("old", "utf-8")
    assert run("derive", "tr(", "-w", "x", "-o", "a.tex", folder=tmp_path).returncode == 3
    assert (tmp_path / "a.tex").read_text("utf-8") == "old"


def test_rules_and_templates():
    assert r"d\log\det X = \operatorname{tr}(X^{-1}\,dX)" in run("rules").stdout
    assert "source: " in run("rules", "inverse").stdout
    assert run("templates").stdout.startswith("align ")
    assert run("templates", "align").stdout.startswith("%# align*")


def test_a_place_that_cannot_render_a_template():
    done = run("derive", "x^T x", "-w", "x", "-t", "eqnarray", "--profile", "github")
    assert done.returncode == 0 and "```math" in done.stdout and done.stderr.startswith("note: ")


def test_the_same_bytes_every_time():
    first, second = (run("derive", str(QUESTION), "--format", "json").stdout for _ in range(2))
    assert first == second and json.loads(first)["confirmed"]


def test_importing_is_light():
    """Neither the package nor deriving without checks and templates loads a heavy library."""
    heavy = "{'numpy', 'sympy', 'jinja2', 'click', 'scipy'}"
    script = f"import sys, derivtex; print({heavy} & set(sys.modules), 'pylatexenc' in sys.modules); "
    script += "d = derivtex.derive('x^T A x', wrt='x', check=False); d.to_dict(); "
    script += f"print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stdout == "set() False\nset()\n"


def test_the_lines_of_a_derivation_are_judged():
    """The asker's chain rule fails, and the command's answer is no."""
    done = run("check", str(QUESTION))
    assert done.returncode == 1 and "fails" in done.stdout and "more than two indices" in done.stdout
    report = json.loads(run("check", str(QUESTION), "--format", "json").stdout)
    assert set(report) == {"lines", "readings", "assumptions", "first_wrong", "confirmed", "counts"}
    keys = {"index", "latex", "place", "verdict", "assuming", "reason", "code", "expected", "mistake", "follows", "steps"}
    assert set(report["lines"][0]) == keys
    assert report["lines"][report["first_wrong"]]["verdict"] == "fails"


def test_a_right_derivation_is_confirmed():
    done = run("check", "-", stdin="f = x^T A x\ndf = dx^T A x + x^T A dx\ndf = x^T(A + A^T) dx\n")
    assert done.returncode == 0 and done.stdout.count("holds") == 2


def test_what_the_numbers_speak_against_is_marked_and_the_answer_is_no(monkeypatch, capsys):
    """The derivation is printed with a question mark over the sign of that line, and the status is 1."""
    answer = derivtex.derive("x^T A x", wrt="x")
    broken = (Certificate(False, 1.0), *answer.derivation.certificates[0][1:])
    answer.derivation = dataclasses.replace(answer.derivation, certificates=(broken,))

    def refuse(*_, **__):
        raise NotConfirmed("the numbers speak against a step", answer)

    monkeypatch.setattr("derivtex.interface.derive", refuse)
    with pytest.raises(SystemExit) as end:
        main(["derive", "x^T A x", "-w", "x"])
    told = capsys.readouterr()
    assert end.value.code == 1 and r"\stackrel{?}{=}" in told.out and "[not-confirmed]" in told.err


def test_a_defect_is_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr("derivtex.interface.derive", lambda *_, **__: 1 / 0)
    with pytest.raises(SystemExit) as end:
        main(["derive", "x", "-w", "x"])
    assert end.value.code == 4 and "ZeroDivisionError" in capsys.readouterr().err


def test_without_arguments_it_is_friendly():
    """The help with examples, on standard output, and status 0."""
    run = subprocess.run([sys.executable, "-m", "derivtex"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stderr) == (0, "")
    assert "derivtex derive" in run.stdout and "Commands:" in run.stdout


def test_a_terminal_gets_its_help_in_frames(monkeypatch):
    """Every command and every option is there, examples keep their lines, and NO_COLOR holds."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    context = main.make_context("derivtex", [])
    page = drawn(context)
    assert all(f"│ {name}" in page for name in main.list_commands(context)) and "\n  derivtex check notes.tex " in page
    command = main.get_command(context, "check")
    options = drawn(command.context_class(command, info_name="check", parent=context))
    assert all(each.opts[0] in options for each in command.params if each.opts[0].startswith("-")) and "\x1b[3" not in page + options


def test_an_editor_gets_its_files(tmp_path):
    """The files are copied, twice without a word, never over another's; the lines to add name where they lie."""
    command = [sys.executable, "-m", "derivtex", "editor", "kakoune", "--into", str(tmp_path / "kak")]
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        assert f"source {tmp_path / 'kak'}/derivtex.kak" in run.stdout
    (tmp_path / "kak" / "derivtex.kak").write_text("mine")
    assert subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).returncode == 2
    assert (tmp_path / "kak" / "derivtex.kak").read_text() == "mine"


@pytest.mark.parametrize("name", ["vim", "neovim", "emacs", "kakoune", "helix", "texstudio", "vscode"])
def test_the_setup_of_an_editor_names_files_that_exist(name):
    run = subprocess.run([sys.executable, "-m", "derivtex", "editor", name], capture_output=True, text=True, check=True, cwd=ROOT)
    places = [ROOT / found for found in re.findall(r"editors/[\w./-]+", run.stdout)]
    assert places and all(place.exists() for place in places)


def test_a_formula_from_a_document_has_its_macros_and_declarations(tmp_path):
    r"""`--context`: the author's \vW is known and kept, and A is symmetric as the words of the document say."""
    paper = tmp_path / "paper.tex"
    paper.write_text("\\newcommand{\\vW}{\\mathbf W}\nLet $A$ be a symmetric $n\\times n$ matrix.\n\n\\[ x \\]\n")
    command = [sys.executable, "-m", "derivtex", "derive", r"\operatorname{tr}(\vW^T A \vW)", "-w", r"\vW", "--context"]
    run = subprocess.run([*command, str(paper)], capture_output=True, text=True, check=True, cwd=ROOT)
    assert r"&=& 2A\vW" in run.stdout
    missing = subprocess.run([*command, str(tmp_path / "none.tex")], capture_output=True, text=True, check=False, cwd=ROOT)
    assert missing.returncode == 2 and "cannot be read" in missing.stderr


def test_a_formula_may_begin_with_a_minus():
    """It is no option; an error points at its place in what was typed."""
    from click.testing import CliRunner

    from derivtex.faces.commands import main

    assert "-(A + A^{T})x" in CliRunner().invoke(main, ["derive", "-x^TAx", "-w", "x"]).output
    assert "-X^{-T}" in CliRunner().invoke(main, ["derive", "-w", "X", r"-\log\det X"]).output
    assert "<formula>:1:6: error" in CliRunner().invoke(main, ["derive", "-x^TA)x", "-w", "x"]).output
    assert "No such option" in CliRunner().invoke(main, ["derive", "-z", "x^Tx"]).output


def test_every_rule_can_be_told():
    """Whatever its sides are made of: runs, places, sizes and data among them."""
    from derivtex.simplification.rulebook import PAGES
    from derivtex.writing.manual import described, statement

    told = [statement(rule) for page in PAGES for rule in page]
    assert all(described(rule) for page in PAGES for rule in page)
    assert all(told) and any(r"P\cdots" in each for each in told)


INSERTED = r"""\documentclass{article}\usepackage{amsmath}
\newcommand{\vw}{\mathbf{w}}
Let $A \in \mathbb{R}^{n\times n}$ be symmetric, and $b^T x$.
% derivtex: wrt=\vw
\begin{equation}
  \vw^T A \vw
\end{equation}
"""


@pytest.mark.parametrize(
    ("options", "line", "piece"),
    [(("--line", "6"), 7, r"2A\vw"), (("--line", "6", "--layout", "numerator"), 7, r"2\vw^{T}A"),
     (("--line", "3", "--column", "60", "-w", "x"), 3, "&= b ")],
)  # fmt: skip
def test_a_derivation_is_inserted_below_its_display(options, line, piece):
    """The document comes out with one derivation more, in its own macros; what is said beside the formula holds."""
    done = CliRunner().invoke(main, ["insert", "-", *options], input=INSERTED)
    rows, before = done.output.splitlines(), INSERTED.splitlines()
    new = len(rows) - len(before)
    assert done.exit_code == 0 and rows[:line] == before[:line] and rows[line + new :] == before[line:] and new > 2
    assert piece in "\n".join(rows[line : line + new])


def test_where_no_formula_is_nothing_is_inserted():
    done = CliRunner().invoke(main, ["insert", "-", "--line", "1"], input=INSERTED)
    assert done.exit_code == 2 and "no formula is at line 1" in done.output
