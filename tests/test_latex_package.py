"""derivtex.sty under latexmk with both engines, its side file, its errors, and freezing."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.documents import ROOT, run

pytestmark = pytest.mark.usefixtures("served")
PAPER = r"""\documentclass{article}
\usepackage[detail=brief]{derivtex}
\newcommand{\R}{\mathbf{R}}
\begin{document}
\derivtexdeclare{X: matrix 1 x m}
\derivtexdeclare{W \in \mathbb{R}^{m\times 10}}
Words.
\derive[wrt=W]{
  L = f y; % a remark
  f = X W + b}
Here \derive[wrt=x, show=result]{x^T A x} stands in the text.
\begin{derivation}[wrt=\R, label=eq:one]
  \operatorname{tr}(A \R)
\end{derivation}
As \eqref{eq:one} says.
\end{document}
"""
ENGINES = ("-pdf", "-pdflua")


@pytest.fixture
def paper(tmp_path):
    """A folder with a paper and what `derivtex tex --setup` puts beside it."""
    return written(tmp_path)


def written(folder):
    (folder / "paper.tex").write_text(PAPER, "utf-8")
    done = run(folder, "derivtex", "tex", "--setup", ".")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def once_built(tmp_path_factory):
    """The folder of the paper as latexmk leaves it, and what that printed."""
    folder = written(tmp_path_factory.mktemp("built"))
    return folder, latexmk(folder, "-pdf")


@pytest.fixture
def built(once_built, tmp_path):
    """A copy of that folder."""
    return shutil.copytree(once_built[0], tmp_path / "built")


def latexmk(folder, *options):
    return run(folder, "latexmk", "-interaction=nonstopmode", "-file-line-error", *options, "paper.tex")


def log(folder, name="paper.log"):
    return (folder / name).read_text("utf-8", errors="replace")


@pytest.mark.parametrize("engine", ENGINES)
def test_latexmk_builds_the_paper(engine, request):
    """One call: LaTeX, derivtex, LaTeX; no warning is left, and nothing runs again when nothing changed."""
    paper, done = request.getfixturevalue("once_built") if engine == "-pdf" else (folder := request.getfixturevalue("paper"), latexmk(folder, engine))
    assert done.returncode == 0, done.stdout[-3000:]
    assert "derivtex Warning" not in log(paper) and "undefined" not in log(paper) and "Overfull" not in log(paper)
    derived = (paper / "paper.dvo").read_text("utf-8")
    assert derived.count("\\derivtexresult") == 3 and "\\label{eq:one}" in derived and "X^{T}y^{T}" in derived
    assert "Nothing to do" in latexmk(paper, engine).stdout + latexmk(paper, engine).stderr


def test_moved_text_derives_nothing_anew(built):
    """Line numbers in the side file are not what latexmk looks at."""
    (built / "paper.tex").write_text(PAPER.replace("Words.", "Words.\n\nMore words."), "utf-8")
    done = latexmk(built, "-pdf")
    assert done.returncode == 0 and "'derivtex'" not in done.stdout + done.stderr


def test_an_output_folder(paper):
    done = latexmk(paper, "-pdf", "-outdir=out")
    assert done.returncode == 0 and (paper / "out" / "paper.dvo").is_file(), done.stdout[-2000:]


def test_by_hand(paper):
    """Without latexmk: marks and a warning that says what to run, then the derivations."""
    latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
    assert run(paper, *latex).returncode == 0
    assert "Run `derivtex tex paper.dvt', then LaTeX again" in re.sub(r"\n(\(derivtex\)\s*)?", "", log(paper))
    done = run(paper, "derivtex", "tex", "paper.dvt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(paper, *latex).returncode == 0 and "has not been derived" not in log(paper)


def test_a_stale_derivation_is_never_shown(built):
    """A formula that changed has marks, not the derivation of what it was."""
    (built / "paper.tex").write_text(PAPER.replace("x^T A x", "x^T B x"), "utf-8")
    run(built, "pdflatex", "-interaction=nonstopmode", "paper.tex")
    assert log(built).count("has not been derived") == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (r"\operatorname{tr}(A \R)", r"\operatorname{tr}(A \oops \R)", 14, r"the macro \oops is not known"),
        ("wrt=W]", "wrt=W, layout=wide]", 10, "layout cannot be wide"),
        ("wrt=W]", "wtr=W]", 10, "there is no option wtr"),
    ],
)
def test_an_error_is_in_the_log(paper, old, new, line, message):
    """With the line of the document; the other formulas are derived."""
    (paper / "paper.tex").write_text(PAPER.replace(old, new), "utf-8")
    done = latexmk(paper, "-pdf")
    said = [log(paper)]
    if "oops" in new:
        run(paper, "lualatex", "-interaction=nonstopmode", "-file-line-error", "paper.tex")
        said.append(log(paper))
    assert done.returncode != 0 and all(f"paper.tex:{line}: Package derivtex Error: {message}" in each.replace("\n", "") for each in said)
    assert (paper / "paper.dvo").read_text("utf-8").count("\\derivtexresult") == 2
    assert message in done.stdout + done.stderr


def test_what_is_no_side_file(tmp_path):
    (tmp_path / "a.dvt").write_text("something", "utf-8")
    for arguments, message in ((["a.dvt"], "is no side file"), (["b.dvt"], "run LaTeX first"), ([], "which side file?")):
        done = run(tmp_path, "derivtex", "tex", *arguments)
        assert done.returncode == 2 and message in done.stderr and not (tmp_path / "a.dvo").exists()


def test_setting_up_keeps_what_is_there(tmp_path):
    (tmp_path / ".latexmkrc").write_text("$pdf_mode = 4;\n", "utf-8")
    done = run(tmp_path, "derivtex", "tex", "--setup", ".")
    assert "is yours and stays" in done.stderr and (tmp_path / ".latexmkrc").read_text("utf-8") == "$pdf_mode = 4;\n"
    assert (tmp_path / "derivtex.sty").is_file() and "sub derivtex" in done.stderr
    (tmp_path / ".latexmkrc").write_text("$pdf_mode = 4;\n" + (ROOT / "latex" / "latexmkrc").read_text("utf-8"), "utf-8")
    assert "sub derivtex" not in run(tmp_path, "derivtex", "tex", "--setup", ".").stderr


def test_freezing(tmp_path):
    """The frozen paper has the derivations of the built one, compiles without the package, and keeps the rest."""
    (tmp_path / "paper.tex").write_text(PAPER.replace("As \\eqref", "\\input{more}\n% \\derive{x}\nAs \\eqref"), "utf-8")
    (tmp_path / "more.tex").write_text("\\derive[wrt=x]{x^T x}\n", "utf-8")
    done = run(tmp_path, "derivtex", "freeze", "paper.tex", "-o", "frozen.tex")
    text = (tmp_path / "frozen.tex").read_text("utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "\\usepackage{amsmath}" in text and "derivtex" not in text and "% \\derive{x}\nAs" in text and "2x^{T}" in text
    assert "Here \\ensuremath{(A + A^{T})x} stands" in text
    assert run(tmp_path, "pdflatex", "-interaction=nonstopmode", "-halt-on-error", "frozen.tex").returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "status", "message"),
    [
        ("(A \\R)", "(A \\oops)", 3, "paper.tex:13:23: error: the macro \\oops is not known"),
        ("\\end{derivation}", "", 3, "paper.tex:12:1: error: the environment is not closed"),
        ("wrt=W]", "wtr=W]", 2, "did you mean wrt?"),
    ],
)
def test_a_paper_that_cannot_be_frozen(tmp_path, old, new, status, message):
    (tmp_path / "paper.tex").write_text(PAPER.replace(old, new), "utf-8")
    (tmp_path / "frozen.tex").write_text("old", "utf-8")
    done = run(tmp_path, "derivtex", "freeze", "paper.tex", "-o", "frozen.tex")
    assert done.returncode == status and message in done.stderr, done.stderr
    assert (tmp_path / "frozen.tex").read_text("utf-8") == "old"


def test_a_paper_does_not_replace_itself(tmp_path):
    (tmp_path / "paper.tex").write_text(PAPER, "utf-8")
    assert run(tmp_path, "derivtex", "freeze", "paper.tex", "-o", "paper.tex").returncode == 2
    assert (tmp_path / "paper.tex").read_text("utf-8") == PAPER


def test_the_manual_is_built_with_the_package(tmp_path):
    run(tmp_path, "derivtex", "tex", "--setup", ".")
    (tmp_path / "paper.tex").write_text((ROOT / "latex" / "derivtex.tex").read_text("utf-8"), "utf-8")
    done = latexmk(tmp_path, "-pdf")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "derivtex Warning" not in log(tmp_path) and "Overfull" not in log(tmp_path)
