"""Pages: the shipped templates, a user's own, what goes wrong in them, and the places they are for."""

import shutil
import subprocess

import pytest

import derivtex
from derivtex.checking import confirm
from derivtex.core.errors import TemplateError, UsageError
from derivtex.derivation.driver import derive
from derivtex.writing.manner import Manner
from derivtex.writing.page import environment_for, render, template_text, templates
from derivtex.writing.profiles import EVERY, PROFILES
from tests.writing_examples import PROBLEMS, linear_layer

SPECIMEN = r"""\begin{eqnarray*}
  d\lambda &=& df^{T}\,y \qquad\mbox{($y$ is constant)} \\
   &=& x^{T}\,dW\,y \qquad\mbox{($df = dW^{T}\,x$)} \\
   &=& \mathrm{Tr}(yx^{T}\,dW) \qquad\mbox{(a scalar is its own trace; cyclic)} \\
  \frac{\partial\lambda}{\partial W} &=& xy^{T} \qquad\mbox{(the shape of $W$)}
\end{eqnarray*}
"""


@pytest.fixture(scope="module")
def derivations():
    return {name: confirm(derive(made())) for name, made in PROBLEMS.items()}


def test_the_type_specimen_in_the_default_template(derivations):
    assert render(derivations["linear_layer"]) == (SPECIMEN, "")


def test_the_other_layout():
    """Told only where it is asked for."""
    derivation, told = derive(linear_layer(), layout="numerator"), "In denominator layout the gradient is its transpose, $xy^{T}$."
    page, _ = render(derivation)
    assert r"&=& yx^{T} \qquad\mbox{(the shape of $W^{T}$)}" in page and told not in page
    assert told in render(derivation, manner=Manner(both_layouts=True))[0]


def test_every_template_is_described_and_can_be_printed():
    assert set(templates()) == EVERY
    for name, line in templates().items():
        assert line and template_text(name).startswith("%# " + line)


@pytest.mark.parametrize("template", sorted(EVERY))
def test_pages_are_whole(template, derivations):
    """No delimiter of a template, no reason and no bracket is left over."""
    for derivation in derivations.values():
        page, _ = render(derivation, template)
        assert r"\VAR" not in page and r"\BLOCK" not in page and "%%" not in page
        assert page.count("{") == page.count("}") and page.count(r"\begin") == page.count(r"\end") and page.count("$") % 2 == 0


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
@pytest.mark.parametrize(
    ("template", "preamble"), [("eqnarray", ""), ("align", r"\usepackage{amsmath}"), ("aligned", r"\usepackage{amsmath}")]
)
def test_pages_compile_and_fit(template, preamble, derivations, tmp_path):
    """The default needs no package; no line runs out of a plain article's page by more than a word."""
    body = "\n\n".join(render(derivation, template)[0] for derivation in derivations.values())
    margins = r"\usepackage[a4paper,margin=2.5cm]{geometry}"
    (tmp_path / "t.tex").write_text(
        rf"\documentclass{{article}}{margins}{preamble}\begin{{document}}{body}\end{{document}}", "utf-8"
    )
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout


def test_a_template_of_ones_own(derivations, tmp_path):
    """It may extend a shipped one and override its blocks."""
    own = tmp_path / "own.tex"
    own.write_text('%% extends "eqnarray.tex"\n%% block after\nResult: \\VAR{result.right}\n%% endblock\n', "utf-8")
    page, _ = render(derivations["linear_layer"], str(own))
    assert page.endswith("\\end{eqnarray*}\nResult: xy^{T}\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("one\n\\VAR{nothing}\n", "own.tex:2"),
        ("one\ntwo\n%% if\n", "own.tex:3"),
        ('%% include "gone.tex"\n', "gone.tex"),
        ("\\VAR{1 // 0}", "own.tex:1"),
        ("\\VAR{''.__class__.__mro__}", "own.tex:1"),
    ],
)
def test_what_is_wrong_in_a_template_is_told_with_file_and_line(text, place, derivations, tmp_path):
    """Undefined names, syntax, missing files, failing expressions and forbidden attributes."""
    own = tmp_path / "own.tex"
    own.write_text(text, "utf-8")
    with pytest.raises(TemplateError, match=place):
        render(derivations["linear_layer"], str(own))


def test_a_template_that_does_not_exist(derivations):
    with pytest.raises(TemplateError, match="no template nothing"):
        render(derivations["linear_layer"], "nothing")
    with pytest.raises(TemplateError, match=r"nothing\.tex"):
        render(derivations["linear_layer"], "nothing.tex")


@pytest.mark.parametrize("profile", PROFILES)
def test_a_place_gets_what_it_can_render(profile, derivations):
    """GitHub and bare LaTeX have no \\operatorname, KaTeX no \\mbox and no eqnarray."""
    for derivation in derivations.values():
        page, _ = render(derivation, profile=profile)
        if profile in ("github", "latex-plain"):
            assert r"\operatorname" not in page
        if profile == "github":
            assert "```math\n" in page and "$$" not in page
        if profile == "katex":
            assert r"\mbox" not in page and "eqnarray" not in page


def test_a_template_that_a_place_cannot_render_is_replaced_with_a_word(derivations):
    page, word = render(derivations["linear_layer"], "eqnarray", "katex")
    assert r"\begin{aligned}" in page and "aligned is used" in word


def test_a_place_that_does_not_exist(derivations):
    with pytest.raises(UsageError, match="no profile paper"):
        render(derivations["linear_layer"], profile="paper")


def test_compiled_templates_are_kept_and_follow_the_text(derivations, tmp_path, monkeypatch):
    """What Jinja compiled is taken up again; a template that was changed is compiled again; what is kept badly is passed over."""
    monkeypatch.setenv("DERIVTEX_CACHE", str(tmp_path / "cache"))
    own = tmp_path / "own.tex"
    pages = []
    for text in (r"\VAR{chain[0].left}", r"\VAR{chain[0].left}", r"[\VAR{chain[0].left}]"):
        own.write_text(text)
        environment_for.cache_clear()
        pages.append(render(derivations["linear_layer"], str(own))[0])
    kept = list((tmp_path / "cache" / "templates").iterdir())
    assert pages == [pages[0], pages[0], f"[{pages[0].strip()}]\n"] and kept
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    environment_for.cache_clear()
    assert render(derivations["linear_layer"], str(own))[0] == pages[2]


def test_the_forum_post_says_its_setting_as_an_author_would():
    """The author's own formula, the spaces of the names, members of families, and how the result is read."""
    declare = ["x: vector p", "a_i: vector p for i = 1..n"]
    text = derivtex.derive(r"f = \sum_{i=1}^n \log(1 + e^{-x^Ta_i})", wrt="x", declare=declare).to_latex(template="forum")
    assert r"Let $f = \sum_{i=1}^{n} \log(1 + e^{-x^{T}a_i})$, where" in text
    assert r"$x$, $a_1, \ldots, a_n \in \mathbb{R}^{p}$." in text
    assert r"$\frac{\partial f}{\partial x}$ is the $g$ in $df = g^{T}\,dx$." in text


def test_the_result_of_a_post_stands_by_itself_and_its_names_are_told_before_they_are_used():
    text = derivtex.derive(r"f = \|Ax-b\|^2", wrt="x", declare=["A: matrix m x n", "x: vector n"]).to_latex(template="forum")
    assert r"$\frac{\partial f}{\partial x} = 2A^{T}r = 2A^{T}(Ax - b)$" in text
    assert text.index("Let $f = ") < text.index("Let $r = ") < text.index("is the $g$ in")


def test_a_set_in_matrix_form_is_told():
    text = derivtex.derive(r"f = \sum_{(i,j)\in\Omega} (m_{ij} - X_{ij})^2", wrt="X", declare=["X: matrix n x p"]).to_latex(template="forum")
    assert r"$\Omega_{ij}$ is 1 for $(i, j) \in \Omega$ and 0 otherwise." in text and r"\Omega \odot" in text and "is constant" not in text
    text = derivtex.derive(r"f = \sum_{(i,j)\in\Omega} (m_{ij} - u_i^Tv_j)^2", wrt="u_i", declare=["u_i, v_j: vector k"]).to_latex(template="forum")
    assert r"\Omega_{ij}" not in text and r"$\Omega$" not in text


@pytest.mark.parametrize(("source", "wrt", "declare", "letter"), [
    (r"y = \frac{x}{\|x\|}", "x", ["x: vector n"], r"is the $J$ in $dy = J\,dx$"),
    (r"\|AX-B\|_F^2", "X", [], r"is the $G$ in $d\phi = \langle G, dX\rangle$"),
    ("g = a^TGb", "G", ["a: vector m", "b: vector n"], r"is the $Q$ in $dg = \operatorname{tr}(Q^{T}\,dG)$"),
])
def test_how_a_result_is_read_is_told_in_the_form_of_the_lines(source, wrt, declare, letter):
    assert letter in derivtex.derive(source, wrt=wrt, declare=declare).to_latex(template="forum")
