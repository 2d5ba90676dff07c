"""Notebooks: the magic in a real kernel, and what nbconvert makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import derivtex
from derivtex.notebook import Refusal, derive_cell

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
FIND = f"import sys; sys.path.insert(0, {str(ROOT)!r})"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The tutorial's notebook, which loads the extension, and behind it one with good and bad cells, executed by one kernel."""
    nbformat = pytest.importorskip("nbformat", reason="nbclient is not installed: pip install 'derivtex[test]'")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    cells = (
        "%%derive -w x -d 'A: matrix n x n symmetric'\nx^T A x",
        "print(_.to_numpy())",
        "%%derive -w x\n\\operatorname{tr}(A x",
        "%%derive --layout wide\nx",
    )
    tutorial = nbformat.read(TUTORIAL, 4).cells
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FIND), *tutorial, *map(nbformat.v4.new_code_cell, cells)])
    nbclient.NotebookClient(made, timeout=120, resources={"metadata": {"path": str(tmp_path_factory.mktemp("book"))}}, allow_errors=True).execute()
    split = 1 + len(tutorial)
    return nbformat.v4.new_notebook(cells=made.cells[1:split]), nbformat.v4.new_notebook(cells=made.cells[split:])


@pytest.fixture(scope="module")
def book(both):
    return both[1]


def shown_in(notebook):
    """The text of each output, without the numbers that were drawn."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    texts = [output.text if output.output_type == "stream" else output.data["text/plain"] for output in outputs]
    return [line for text in texts for line in text.splitlines() if not line.lstrip().startswith("with ")]


@pytest.mark.filterwarnings("ignore")
def test_the_tutorial_shows_what_comes_out(both):
    """What the notebook of the documentation has kept is what its cells give now; its own check of the gradient agrees."""
    import nbformat

    assert shown_in(both[0]) == shown_in(nbformat.read(TUTORIAL, 4)) and "True" in shown_in(both[0])


@pytest.mark.filterwarnings("ignore")  # of the kernel's machinery
def test_a_cell_shows_its_derivation(book):
    """The answer shows itself as mathematics, can be used, and an error is a message without a traceback."""
    shown, code, unreadable, wrong = (cell.outputs for cell in book.cells)
    (output,) = shown
    assert "\\begin{aligned}" in output.data["text/latex"] and "2Ax" in output.data["text/latex"]
    assert "def gradient(A, x)" in code[0].text
    assert unreadable[0].output_type == "error" and "is not closed" in unreadable[0].evalue
    assert unreadable[0].traceback[0].startswith("<cell>:2:18: error:") and "Traceback" not in "".join(unreadable[0].traceback)
    assert "wide" in wrong[0].evalue and wrong[0].evalue.startswith("error: ")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("form", ["HTML", "Latex"])
def test_it_survives_nbconvert(book, form):
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed: pip install 'derivtex[test]'")
    text, _ = getattr(nbconvert, f"{form}Exporter")().from_notebook_node(book)
    assert "\\begin{aligned}" in text and "&= 2Ax" in text.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("line", "cell", "message"),
    [
        ("-w z", "x^T x", "z does not occur"),
        ("--nothing", "x^T x", "[Nn]o such option"),
        ("-w 'x", "x^T x", "No closing quotation"),
        ("", "", "the source is empty"),
    ],
)
def test_complaints(line, cell, message):
    with pytest.raises(Refusal, match=message):
        derive_cell(line, cell)


def test_a_formula_behind_the_magic_itself(capsys):
    """In a line, options before or behind it; in a cell it stands below. Help is printed, and nothing else is made."""
    assert str(derive_cell(r"x^T A x -w x --template align").result) == "(A + A^{T})x"
    with pytest.raises(Refusal, match="A is no option"):
        derive_cell("-w x A", "x^T A x")
    assert derive_cell("--help", "x") is None and "--wrt" in capsys.readouterr().out


def test_macros_in_options_stay():
    answer = derive_cell(r"-w \beta -d '\beta: vector k'", r"\beta^T \beta").to_dict()
    assert (answer["result"]["latex"], answer["result"]["shape"]) == (r"2\beta", ["k", "1"])


def test_an_answer_shows_itself():
    """Plain text for a terminal, LaTeX for a page."""
    answer = derivtex.derive("x^T A x", wrt="x")
    bundle = answer._repr_mimebundle_()
    assert repr(answer) == bundle["text/plain"] and "1 lines: 1 hold" in repr(derivtex.check("x^T y = y^T x"))
    assert list(bundle) == ["text/plain", "text/latex"] and bundle["text/latex"].count("$$") == 2


def test_lines_in_a_cell_are_checked():
    """The report shows itself as HTML for a page that sets formulas itself; its places are those of the cell."""
    from derivtex.notebook import check_cell

    report = check_cell("--fill", "df = 3x^T dx\nf = x^T x\ndf = 2x^T dx")
    assert [line.verdict for line in report.lines] == ["fails", "definition", "holds"] and report.lines[0].span.line == 2
    shown = report._repr_html_()
    assert "<script" not in shown and 'class="fails"' in shown and "$df = 3x^T dx$" in shown
    with pytest.raises(Refusal, match="wide"):
        check_cell("--layout wide", "x = x")


def test_a_question_in_a_cell_is_answered():
    from derivtex.notebook import answer_cell

    assert "(A + A^{T})x" in answer_cell("", "What is $\\nabla_x x^T A x$?")._repr_markdown_()


def test_a_switch_shows_one_detail_of_several():
    """All are there, one is chosen, those of another cell are a group of their own, and no sign of a formula is HTML."""
    answer = derivtex.derive("x^T A x", wrt="x")
    first, second = (answer.switch()._repr_html_() for _ in range(2))
    assert first.count("<div>") == 4 and first.count(" checked") == 1 and r"x^{T}(A + A^{T})" in first
    assert first.split('name="')[1].split('"')[0] not in second
    assert "&amp;=" in first and " &= " not in first
