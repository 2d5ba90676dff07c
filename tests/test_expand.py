"""Derivations in place: what is written, what is left alone, and what is said."""

from __future__ import annotations

import os

import pytest

from derivtex.faces.documents import watching
from tests.documents import ROOT, run

pytestmark = pytest.mark.usefixtures("served")  # `test_thin.py` sees to it that this is as if each had run by itself

PAPER = r"""\documentclass{article}
\usepackage{amsmath}
\newcommand{\R}{\mathbf{R}}
% !derivtex detail=brief
\begin{document}
  % derivtex: wrt=\R declare="\R: matrix n x 4"
  \[ L = \operatorname{tr}(A\R) \]
Words, 100\% of them.
% derivtex: wrt=x
\begin{equation}\label{eq:one}
  x^T x
\end{equation}
\begin{verbatim}
% derivtex: wrt=x
\[ x^T x \]
\end{verbatim}
\end{document}
"""
NOTES = r"""# Notes

- an item

  ```{.derivtex wrt=x}
  x^T A x
  ```

````
```derivtex wrt=x
quoted
```
````

<!-- derivtex: wrt=X layout=numerator -->
$$
\operatorname{tr}(AX)
$$
The end.
"""


def without_ours(text: str) -> str:
    """The text without what stands between the markers."""
    kept, ours = [], False
    for line in text.splitlines(keepends=True):
        ours = ours or "derivtex:begin" in line
        kept += [] if ours else [line]
        ours = ours and "derivtex:end" not in line
    return "".join(kept)


def test_a_paper(tmp_path):
    """Each marked display has its derivation below, with the paper's macros, indented as it is; quoted marks are left alone."""
    (tmp_path / "paper.tex").write_text(PAPER, "utf-8")
    done = run(tmp_path, "derivtex", "expand", "paper.tex")
    text = (tmp_path / "paper.tex").read_text("utf-8")
    assert done.returncode == 0 and done.stdout == "" and "2 of 2 derivations written" in done.stderr
    assert text.count("derivtex:begin") == 2 and "  % derivtex:begin" in text and "  \\begin{align*}" in text
    assert "the shape of $" in text and r"\operatorname{tr}(A\,d" in text
    assert without_ours(text) == PAPER


def test_a_paper_compiles(tmp_path):
    """What was written is LaTeX."""
    (tmp_path / "paper.tex").write_text(PAPER, "utf-8")
    run(tmp_path, "derivtex", "expand", "paper.tex")
    done = run(tmp_path, "pdflatex", "-halt-on-error", "-interaction=nonstopmode", "paper.tex")
    assert done.returncode == 0, done.stdout[-2000:]


def test_notes(tmp_path):
    """Markdown: fenced blocks and marked displays; the marks are comments, the formulas are GitHub's."""
    (tmp_path / "notes.md").write_text(NOTES, "utf-8")
    assert run(tmp_path, "derivtex", "expand", "notes.md").returncode == 0
    text = (tmp_path / "notes.md").read_text("utf-8")
    assert text.count("<!-- derivtex:begin") == 2 and "  ```math\n" in text and "$`" in text
    assert "numerator layout" not in text


@pytest.mark.parametrize(("name", "source"), [("paper.tex", PAPER), ("notes.md", NOTES)])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_second_run_changes_nothing(tmp_path, name, source, ends):
    """Neither the bytes nor the time of the file; with line ends of either kind and text that is not UTF-8."""
    path = tmp_path / name
    path.write_bytes(source.replace("\n", ends).encode() + b"caf\xe9")
    assert run(tmp_path, "derivtex", "expand", name).returncode == 0
    first, when = path.read_bytes(), path.stat().st_mtime_ns
    assert first.endswith(b"caf\xe9") and first.count(b"\n") == first.count(ends.encode())
    done = run(tmp_path, "derivtex", "expand", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_bytes() == first and path.stat().st_mtime_ns == when
    assert run(tmp_path, "derivtex", "expand", "--check", name).returncode == 0


def test_check_and_renewal(tmp_path):
    """A changed formula is stale: --check says so and writes nothing; the next run replaces the derivation."""
    path = tmp_path / "paper.tex"
    path.write_text(PAPER, "utf-8")
    assert run(tmp_path, "derivtex", "expand", "--check", "paper.tex").returncode == 1
    assert path.read_text("utf-8") == PAPER
    run(tmp_path, "derivtex", "expand", "paper.tex")
    changed = path.read_text("utf-8").replace("  x^T x\n", "  y^T x\n")
    path.write_text(changed, "utf-8")
    done = run(tmp_path, "derivtex", "expand", "--check", "paper.tex")
    assert done.returncode == 1 and "1 of 2 derivations are stale" in done.stderr and path.read_text("utf-8") == changed
    run(tmp_path, "derivtex", "expand", "paper.tex")
    assert without_ours(path.read_text("utf-8")) == PAPER.replace("  x^T x\n", "  y^T x\n")


def test_an_error_leaves_its_block_alone(tmp_path):
    """The error has file, line and column; the other blocks are written."""
    (tmp_path / "paper.tex").write_text(PAPER.replace("  x^T x\n", "  x^T \\oops x\n"), "utf-8")
    done = run(tmp_path, "derivtex", "expand", "paper.tex")
    assert done.returncode == 1 and "paper.tex:11:7: error: the macro \\oops is not known" in done.stderr
    assert "1 of 2 derivations written" in done.stderr
    assert (tmp_path / "paper.tex").read_text("utf-8").count("derivtex:begin") == 1


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("% derivtex: wrt=x\nwords\n", ":1:1: error: this mark has no display below it"),
        ("% derivtex: wrt=x\n\\[x^T x\\]\n% derivtex:begin 123\nold\n", ":3:1: error: derivtex:begin has no derivtex:end"),
        ("% derivtex: wtr=x\n\\[x^T x\\]\n", "did you mean wrt?"),
        ("% derivtex: wrt=x layout=wide\n\\[x^T x\\]\n", "layout cannot be wide"),
        ("% derivtex: wrt=x template=../evil.tex\n\\[x^T x\\]\n", "lies outside of the document's folder"),
        ("a\r\n% derivtex: wrt=x\n\\[x^T x\\]\n", "line ends of two kinds"),
    ],
)
def test_complaints(tmp_path, source, message):
    """Each is said, and the file stays as it was."""
    path = tmp_path / "bad.tex"
    path.write_bytes(source.encode())
    done = run(tmp_path, "derivtex", "expand", "bad.tex")
    assert done.returncode == 1 and message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and path.read_bytes() == source.encode()


def test_files_that_are_none(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    assert "is no .tex or .md" in run(tmp_path, "derivtex", "expand", "a.py").stderr
    assert "gone.tex cannot be read" in run(tmp_path, "derivtex", "expand", "gone.tex").stderr


def test_the_project_has_its_say(tmp_path):
    """`derivtex.toml` gives what the file and the block do not."""
    (tmp_path / "derivtex.toml").write_text('wrt = "x"\nlayout = "numerator"\ndeclare = ["A: matrix n x n symmetric"]\n')
    (tmp_path / "a.tex").write_text("% derivtex: detail=brief\n\\[ x^T A x \\]\n")
    run(tmp_path, "derivtex", "expand", "a.tex")
    assert "2x^{T}A" in (tmp_path / "a.tex").read_text("utf-8")


def test_watching(tmp_path, monkeypatch):
    """A file is told as soon as a look finds it changed, and not again before the next change."""
    path, other = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("x^T x", "utf-8")
    other.write_text("x^T x", "utf-8")
    looks = iter(["x^T x", "y^T x + x", "y^T x + x", "z^T x"])

    def meanwhile(pause):
        text = next(looks, None)
        if text is None:
            raise KeyboardInterrupt
        if text != path.read_text("utf-8"):
            path.write_text(text, "utf-8")
            os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))

    monkeypatch.setattr(watching.time, "sleep", meanwhile)
    assert list(watching.changes([path, other])) == [path, path]


def test_hooks_for_pre_commit():
    """The hooks call commands that exist."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: derivtex expand\n" in text and "entry: derivtex expand --check\n" in text


def test_what_the_document_says_holds(tmp_path):
    """A declaration in its words is used, what was written before says nothing, and a block's own word for a name counts more."""
    from derivtex.faces.documents.expanding import expand

    paper = tmp_path / "a.md"
    words = "Let $A \\in \\mathbb{R}^{n\\times n}$ be symmetric.\n\n```{.derivtex wrt=x}\nx^T A x\n```\n"
    paper.write_text(f'{words}\n```{{.derivtex wrt=y declare="A: matrix m x m"}}\ny^T A y\n```\n', "utf-8")
    assert not expand(paper).complaints
    first, second = paper.read_text("utf-8").split("{.derivtex wrt=y")
    assert "2Ax" in first and "(A + A^{T})y" in second
    assert expand(paper, check=True).stale == 0


def test_a_mark_that_only_asks_for_a_check_derives_nothing(tmp_path):
    from derivtex.faces.documents.expanding import expand
    from derivtex.faces.lsp.offers import troubles

    text = "% derivtex: check\n\\begin{align} df &= 2x^T A dx \\\\ &= x^T A \\end{align}\n"
    (tmp_path / "a.tex").write_text(text, "utf-8")
    assert expand(tmp_path / "a.tex").blocks == 0 and not list(troubles(text, "a.tex"))
