"""The Pandoc filter, run by Pandoc itself: Debian's and the newest, to every format that takes mathematics."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from derivtex.faces.elements import with_slides_that_go_on
from derivtex.faces.kept import Kept
from tests.documents import DECLARED, ROOT, run

PAPER = (
    "---\ntitle: A paper\nderivtex:\n  declare:\n"
    + "".join(f"    - '{declaration}'\n" for declaration in DECLARED)
    + r"""---

\newcommand{\tr}{\operatorname{tr}}

```{.derivtex wrt=W #eq:one}
L = f \cdot y; f = X W + b
```

In the text, `x^T A x`{.derivtex wrt=x} it is, and `code` is code.

``` derivtex
%| wrt: Z
%| detail: brief
\tr(B Z)
```
"""
)
FORMATS = ("latex", "beamer", "html", "docx", "odt", "epub", "typst", "gfm")


def pandocs() -> dict[str, str]:
    """The Pandocs that are here, by a name."""
    import pypandoc

    found = {"newest": pypandoc.get_pandoc_path()}
    debian = shutil.which("pandoc")
    return {"debian": debian, **found} if debian else found


PANDOCS = pandocs()


@pytest.fixture(params=list(PANDOCS))
def pandoc(request):
    return PANDOCS[request.param]


def convert(folder, pandoc, source, *options):
    (folder / "paper.md").write_text(source, "utf-8")
    return run(folder, pandoc, "-F", "pandoc-derivtex", "paper.md", *options)


def test_latex_gets_the_bare_environment(tmp_path, pandoc):
    """No display around it; the identifier is a label on a number for the whole chain."""
    done = convert(tmp_path, pandoc, PAPER, "-t", "latex")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\begin{equation}\\label{eq:one}\n\\begin{aligned}" in done.stdout
    assert "\\begin{align*}" in done.stdout and "\\[" not in done.stdout
    assert r"\((A + A^{T})x\)" in done.stdout and r"\texttt{code}" in done.stdout


QUESTION = """
``` derivtex-answer
Let $f = \\|Ax-b\\|^2$ with a matrix $A$. I found $\\nabla_x f = A^T(Ax-b)$. Is this correct?
```
"""


def test_a_question_becomes_its_answer(tmp_path):
    """In HTML with headings in bold, mathematics and the code of the check; in LaTeX as LaTeX."""
    page = convert(tmp_path, next(iter(PANDOCS.values())), QUESTION, "-t", "html", "--mathjax")
    assert page.returncode == 0 and "<strong>What is wrong.</strong>" in page.stdout
    assert 'class="math display"' in page.stdout and "numpy" in page.stdout
    text = convert(tmp_path, PANDOCS["newest"], QUESTION, "-t", "latex")
    assert r"\paragraph{What is wrong.}" in text.stdout and r"\begin{verbatim}" in text.stdout


def test_html_gets_mathematics(tmp_path, pandoc):
    """With the identifier as an anchor, and the words behind it as words."""
    done = convert(tmp_path, pandoc, PAPER, "-t", "html", "--mathjax", "--wrap=none")
    assert (done.returncode, done.stderr) == (0, "")
    assert '<span id="eq:one"><span class="math display">\\[\\begin{aligned}' in done.stdout
    assert "numerator layout" not in done.stdout and '<span class="math inline">' in done.stdout


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format(tmp_path, pandoc, format_):
    """Pandoc has no warning: every formula is one that it can set."""
    if format_ in ("typst", "gfm") and pandoc == PANDOCS.get("debian"):
        pytest.skip("this Pandoc knows no typst, and no mathematics in GitHub's Markdown")
    done = convert(tmp_path, pandoc, PAPER, "-s", "-t", format_, "-o", "out", "--fail-if-warnings", "--mathml")
    assert (done.returncode, done.stderr) == (0, "")
    assert format_ != "gfm" or b"\\operatorname{tr}(" not in (tmp_path / "out").read_bytes()
    if format_ == "docx":  # real mathematics
        with zipfile.ZipFile(tmp_path / "out") as archive:
            text = archive.read("word/document.xml").decode("utf-8")
        assert text.count("<m:oMathPara>") == 2 and "\\begin" not in text


def test_pdf(tmp_path, pandoc):
    done = convert(tmp_path, pandoc, PAPER, "-o", "paper.pdf", "--pdf-engine=pdflatex")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


BAD = {
    "```{.derivtex wrt=x #eq:bad}\nx^T \\oops x\n```": "block 1 (#eq:bad):1:5: error: the macro \\oops is not known",
    "```{.derivtex wrt=x layout=wide}\nx^T x\n```": "block 2: error: layout cannot be wide",
    "```{.derivtex wtr=x}\nx^T x\n```": "there is no option wtr [usage]\n  help: did you mean wrt?",
    "```{.derivtex wrt=x}\n```": "block 4: error: the block is empty",
    "```{.derivtex wrt=x template=../../etc/x.tex}\nx^T x\n```": "lies outside of the document's folder",
    "`x^T \\oops x`{.derivtex wrt=x}": "formula 6:1:5: error: the macro \\oops",
}


def test_a_block_that_cannot_be_derived(tmp_path, pandoc):
    """It stays as it is, with a message that names it; the rest is derived."""
    done = convert(tmp_path, pandoc, "\n\n".join([*BAD, "`x^T x`{.derivtex wrt=x}"]), "-t", "html", "--mathjax")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert [message for message in BAD.values() if message not in done.stderr] == []
    assert done.stdout.count('class="derivtex"') == len(BAD) and r"\(2x\)" in done.stdout


REFERRED = r"""By \eqref{eq:a} and \ref{eq:b}.

```{.derivtex wrt=x #eq:a}
x^T x
```

```{.derivtex wrt=x #eq:b}
b^T x
```

```{.derivtex wrt=x #eq:b}
x^T b
```
"""


def test_what_is_referred_to_has_a_number(tmp_path):
    r"""Outside of LaTeX `\eqref` is a link to the number of a block; a second block of one identifier is said and has none."""
    done = convert(tmp_path, PANDOCS["newest"], REFERRED, "-t", "html", "--mathjax", "--wrap=none")
    assert 'By <a href="#eq:a">(1)</a> and <a href="#eq:b">2</a>.' in done.stdout
    assert [done.stdout.count(rf"\qquad({number})") for number in (1, 2, 3)] == [1, 1, 0]
    assert "block 3 (#eq:b): warning: block 2 (#eq:b) has the identifier eq:b, too" in done.stderr


def test_a_slide_is_narrower_than_a_page(capsys):
    """Lines break earlier, and a derivation that is longer than a slide is said."""
    from derivtex.faces.filter import Pass

    formula = r"\|XW-Y\|_F^2 + \log\det(W^TAW) + \operatorname{tr}(W^TBWC)"
    document = {"meta": {}, "blocks": [{"t": "CodeBlock", "c": [["", ["derivtex"], [["wrt", "W"], ["detail", "full"]]], formula]}]}
    slide, page = (Pass(document, writer).walked(document)["blocks"][0]["c"][1] for writer in ("beamer", "latex"))
    assert slide.count(r"\\") > page.count(r"\\") and capsys.readouterr().err.count("more than a slide holds") == 1


@pytest.mark.parametrize(
    ("formula", "for_it"),
    [
        (r"d\phi &= \bigl(\|x\|^2 + \left|a\right|\bigr) \\", r"d\phi &{}= (\text{‖}x\text{‖}^2 + \text{|}a\text{|}) \\"),
        (r"&\approx \lVert \hat{x}\rVert \\|y|", r"&{}\approx \text{‖} \overset{\text{ˆ}}{x}\text{‖} \\|y\text{|}"),
        (r"&& \text{by $|x|$}", r"&& \text{by $\text{|}x\text{|}$}"),
        (r"\left(x\right) \biguplus \dots", r"\left(x\right) \biguplus \dots"),
    ],
)  # fmt: skip
def test_formulas_that_libreoffice_can_read(formula, for_it):
    from derivtex.faces.libreoffice import for_opendocument

    assert for_opendocument(formula) == for_it


@pytest.mark.parametrize(
    ("rows", "table"),
    [
        (r"df &= \bigl(a\bigr)b && \text{why, $a \& b$} \\ &= c",
         r"df & \text{ } = \left(a\right)b & \text{why, $a \& b$} \\ \text{ } & \text{ } = c & \text{ }"),
        (r"J &= \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \\[6pt] &\quad \bigl(a",
         r"J & \text{ } = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} & \text{ } \\ \text{ } & \quad (a & \text{ }"),
        (r"a &= \operatorname{tr}((X + W)^{T}\,dW) && x_{(1)}", r"a & \text{ } = \operatorname{tr}(\left(X + W\right)^{T}\,dW) & x_{(1)}"),
        (r"a &= (b \\ &\quad + c)^{2}", r"a & \text{ } = (b & \text{ } \\ \text{ } & \quad + c\text{)}^{2} & \text{ }"),
    ],
)  # fmt: skip
def test_tables_that_libreoffice_can_read_in_docx(rows, table):
    """No cell is empty, none begins with a sign, what stands in an environment of its own stays whole, brackets with a script are pairs."""
    from derivtex.faces.libreoffice import for_docx

    assert for_docx(rf"\begin{{aligned}}{rows}\end{{aligned}}") == rf"\begin{{array}}{{rll}}{table}\end{{array}}"


def test_strict_stops_the_build(tmp_path):
    """With `strict: true` nothing is written."""
    source = "---\nderivtex:\n  strict: true\n---\n\n```{.derivtex wrt=x}\n\\oops\n```\n"
    done = convert(tmp_path, PANDOCS["newest"], source, "-o", "out.html")
    assert done.returncode == 83 and "strict is on" in done.stderr and not (tmp_path / "out.html").exists()


@pytest.mark.parametrize("meta", ["derivtex: 3", "derivtex:\n  wtr: x", "derivtex:\n  layout: wide"])
def test_wrong_metadata(tmp_path, meta):
    done = convert(tmp_path, PANDOCS["newest"], f"---\n{meta}\n---\n\n`x^T x`{{.derivtex wrt=x}}\n", "-t", "html")
    assert done.returncode == 83 and "error:" in done.stderr and "Traceback" not in done.stderr


def test_org_and_github_markdown(tmp_path, pandoc):
    """Blocks arrive the same from org; in GitHub's Markdown the options stand in the block."""
    org = "#+begin_src derivtex :wrt x\nx^T x\n#+end_src\n"
    (tmp_path / "a.org").write_text(org, "utf-8")
    assert r"&amp;= 2x" in run(tmp_path, pandoc, "-F", "pandoc-derivtex", "a.org", "-t", "html", "--mathjax").stdout
    (tmp_path / "a.md").write_text("```derivtex\n%| wrt: x\nx^T x\n```\n", "utf-8")
    done = run(tmp_path, pandoc, "-F", "pandoc-derivtex", "-f", "gfm", "a.md", "-t", "html", "--mathjax")
    assert r"&amp;= 2x" in done.stdout, done.stderr


def test_the_second_time_it_is_remembered(tmp_path):
    """What was derived once comes from the cache, and a broken cache does no harm."""
    pandoc, file, folder = PANDOCS["newest"], tmp_path / "cache" / "kept.sqlite", tmp_path / "own"
    folder.mkdir()
    first = convert(folder, pandoc, PAPER, "-t", "html").stdout
    kept = Kept(str(file), "derivations")
    assert len(kept) == 3 and convert(folder, pandoc, PAPER, "-t", "html").stdout == first
    for key in list(kept):
        kept[key] = {**kept[key], "text": "from the cache"}
    assert "from the cache" in convert(folder, pandoc, PAPER, "-t", "html", "--wrap=none").stdout
    kept.base.close()
    for path in file.parent.glob("kept.sqlite*"):
        path.write_text("{broken", "utf-8")
    assert convert(folder, pandoc, PAPER, "-t", "html").stdout == first


def test_what_is_no_document(tmp_path):
    done = run(tmp_path, "pandoc-derivtex", "html", stdin="not JSON")
    assert done.returncode == 1 and "it is a filter" in done.stderr and "Traceback" not in done.stderr


def test_the_shim_for_quarto(tmp_path, pandoc):
    """The Lua filter gives what the filter gives; under Quarto the identifier follows the display, as Quarto has it."""
    shim = ROOT / "_extensions" / "derivtex" / "derivtex.lua"
    source = "```{.derivtex wrt=x #eq-one}\nx^T x\n```\n"
    (tmp_path / "a.md").write_text(source, "utf-8")
    done = run(tmp_path, pandoc, "-L", str(shim), "a.md", "-t", "html", "--mathjax", "--wrap=none")
    assert done.returncode == 0 and '<span id="eq-one">' in done.stdout, done.stderr
    (tmp_path / "quarto.lua").write_text(f"quarto = {{}}\ndofile({str(shim)!r})\n", "utf-8")
    example = shim.with_name("example.qmd")
    done = run(tmp_path, pandoc, "-L", "quarto.lua", str(example), "-f", "markdown", "-t", "html", "--mathjax", "--wrap=none")
    assert done.stderr == "" and "</span> {#eq-gradient}" in done.stdout and "2AXM^{-1}" in done.stdout and "\\(2Ax\\)" in done.stdout
    (tmp_path / "b.md").write_text("no blocks\n", "utf-8")
    assert run(tmp_path, pandoc, "-L", str(shim), "b.md", "-t", "plain").stdout == "no blocks\n"


LINES = r"""---
derivtex:
  check: true
---

# One

Let $f = x^T A x$, and $A$ be symmetric.

$$ \nabla_x f = 2 A x $$

# Two

Now $h = v^T v$ with a vector $v$.

$$ dh = 3 v^T dv $$

\begin{align}
dh &= 2 v^T dv \\
   &= v^T dv
\end{align}

`dh = 3 v^T dv` is code, and the $y$ a letter.
"""


def test_lines_are_marked(tmp_path, pandoc):
    """A mark behind each formula that asserts something, with what should stand there; what is code is left alone."""
    done = convert(tmp_path, pandoc, LINES, "-t", "html", "--mathml")
    assert done.stdout.count("derivtex-holds") == 2 and done.stdout.count("derivtex-fails") == 2
    assert "expected" in done.stdout and "lines: " in done.stderr and "2 fails" in done.stderr
    latex = convert(tmp_path, PANDOCS["newest"], LINES, "-t", "latex").stdout
    assert r"\surd" in latex and r"\times" in latex and "✗" not in latex


def test_lines_are_marked_only_where_it_is_asked_for(tmp_path):
    plain = convert(tmp_path, PANDOCS["newest"], LINES.replace("check: true", "check: false"), "-t", "html")
    assert "derivtex-" not in plain.stdout and "lines:" not in plain.stderr


def test_a_wrong_line_ends_a_strict_build(tmp_path):
    done = convert(tmp_path, PANDOCS["newest"], LINES.replace("check: true", "check: true\n  strict: true"), "-t", "html")
    assert done.returncode == 83 and done.stdout == ""


def test_a_slide_with_several_derivations_goes_on():
    """The header of the slide that is too full gets the class by which beamer breaks it; a header of blocks on a slide and other slides do not.
    A slide without a title, behind a rule or in front of all, gets an empty one."""
    header = lambda level, name: {"t": "Header", "c": [level, [name, [], []], [{"t": "Str", "c": name}]]}  # noqa: E731
    rows = {"t": "RawBlock", "c": ["latex", "a \\\\ b \\\\ c"]}
    blocks = [header(1, "part"), header(2, "full"), rows, header(3, "block"), rows, rows, header(2, "fits"), rows]
    blocks += [{"t": "HorizontalRule"}, rows, rows, rows]
    found = with_slides_that_go_on(blocks, 9)
    assert [each["c"][1] for each in found if each["t"] == "Header"] == [
        ["part", [], []], ["full", ["allowframebreaks"], []], ["block", [], []], ["fits", [], []], ["", ["allowframebreaks"], []],
    ]  # fmt: skip
    assert with_slides_that_go_on([], 9) == [] and with_slides_that_go_on([rows], 9) == [rows]
    first, *others = with_slides_that_go_on([rows] * 4, 9)
    assert first["c"] == [1, ["", ["allowframebreaks"], []], []] and others == [rows] * 4
