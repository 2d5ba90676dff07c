"""The real thing: LaTeX compiles what is written for it, and KaTeX, MathJax and pandoc render what is written for them.

Node's engines are installed by `.ci/run` from `tests/rendering/package.json`; where a tool is not installed its tests are skipped.
"""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

import derivtex
from derivtex.core.errors import DerivtexError, Source
from derivtex.operations.leaves import Symbol
from derivtex.problem import Problem
from derivtex.writing.formula import latex
from derivtex.writing.manner import Manner
from derivtex.writing.page import render
from derivtex.writing.profiles import DISPLAYS, PAGES, PROFILES
from tests.test_samples import SOURCES, name_of

HERE = Path(__file__).parent / "rendering"
TEMPLATES = (*sorted(DISPLAYS), "appendix", "exercise")
DETAILS = ("brief", "normal", "full")
ENGINES = {"katex": ("katex", "pandoc"), "github": ("github",), "mathjax3": ("mathse", "jupyter"), "mathjax4": ("mathjax",)}
PREAMBLE = r"\usepackage[a4paper,margin=2.5cm]{geometry}"
MANNERS = (
    Manner(),
    Manner(reasons="below", label="eq:one", box=True),
    Manner(reasons="margin", label="eq:each", numbers="lines", cite="words"),
    Manner(reasons="none", colors=tuple((name, "blue") for name in ("dX", "dW", "dw", "dx")), width=200),
)
REFUSED_BY_GITHUB = (r"\operatorname", r"\phantom", r"\mathchoice", r"\colorbox", r"\newcommand", r"\def")
NOT_READ_BACK = ("inverse",)  # the reader takes the d of vec(dX) for a vector, and does not know ∂vec F in a fraction
A_HAIR = 1.0  # points that nobody sees
WORST = 12.0  # points beyond the margin: a letter or two


@cache
def derivations():
    """Every sample, derived once."""
    return {name_of(path): derivtex.derive(Source(path.read_text("utf-8"), path.name)).derivation for path in SOURCES}


def page(name: str, template: str | None, profile: str | None, detail: str = "normal", manner: Manner = MANNERS[0]) -> str:
    return render(derivations()[name], template, profile, detail, manner)[0]


def compiled(engine: str, text: str, folder: Path) -> str:
    """The log of a run over a document; an error fails the test."""
    (folder / "t.tex").write_text(text, "utf-8")
    command = [engine, "-halt-on-error", "-interaction=nonstopmode", "t.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-1500:]
    return done.stdout


def overfull(log: str) -> list[float]:
    """By how much each box that is too wide is so, in points."""
    return [float(line.split("(")[1].split("pt")[0]) for line in log.splitlines() if line.startswith(r"Overfull \hbox")]


def document(bodies: list[str], packages: str) -> str:
    return "\n".join([rf"\documentclass{{article}}{PREAMBLE}{packages}\begin{{document}}", *bodies, r"\end{document}"])


def with_own_labels(text: str, number: int) -> str:
    return text.replace("{eq:", f"{{eq:{number}-")


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_sample_in_every_detail_and_manner_compiles(template, tmp_path):
    """One document holds a third of them, other templates' the other thirds (`benchmarks.overfull` compiles all); nothing runs out of the page."""
    profile = "latex-plain" if template == "eqnarray" else "latex"
    packages = r"\usepackage{xcolor}" + ("" if template == "eqnarray" else r"\usepackage{amsmath,amssymb}")
    asked = [(name, detail, MANNERS[0]) for name in derivations() for detail in DETAILS]
    asked += [(name, "normal", manner) for name in derivations() for manner in MANNERS[1:]]
    asked = asked[TEMPLATES.index(template) % 3 :: 3]
    bodies = [with_own_labels(page(name, template, profile, detail, manner), at) for at, (name, detail, manner) in enumerate(asked)]
    log = compiled("pdflatex", document(bodies, packages), tmp_path)
    assert max(overfull(log), default=0) < WORST


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
def test_nothing_runs_out_of_a_plain_article(tmp_path):
    """The lines of an article are 345 points wide; one document holds every sample, in the display templates by turns."""
    bodies = [page(name, TEMPLATES[at % len(TEMPLATES)], "latex") for at, name in enumerate(derivations())]
    bodies += [page(name, TEMPLATES[(at + 3) % len(TEMPLATES)], "latex") for at, name in enumerate(derivations())]
    text = "\n".join([r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}", *bodies, r"\end{document}"])
    assert max(overfull(compiled("pdflatex", text, tmp_path)), default=0) < A_HAIR


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
@pytest.mark.parametrize("template", ["article", "beamer"])
def test_whole_documents_compile_as_they_stand(template, tmp_path):
    for name in ("linear-layer", "hessian"):
        assert max(overfull(compiled("pdflatex", page(name, template, "latex"), tmp_path)), default=0) < WORST


@pytest.mark.skipif(not shutil.which("lualatex"), reason="needs lualatex")
def test_lualatex_compiles_the_same(tmp_path):
    bodies = [page(name, "align", "latex", "full") for name in derivations()]
    compiled("lualatex", document(bodies, r"\usepackage{amsmath,amssymb}"), tmp_path)


def formulas_in(text: str, profile: str) -> list[tuple[str, bool]]:
    """The formulas of a page in a place's own marks, each with whether it is displayed."""
    place = PROFILES[profile]
    begin, end = (mark.strip() for mark in place.display)
    first, *others = text.split(begin)
    found, words = [], [first]
    while others:
        if begin == end:
            found.append((others[0], True))
            words.append(others[1])
            others = others[2:]
        else:
            formula, _, behind = others[0].partition(end)
            found.append((formula, True))
            words.append(behind)
            others = others[1:]
    return found + [(formula, False) for part in words for formula in inline_in(part, place.inline)]


def inline_in(text: str, marks: tuple[str, str]) -> list[str]:
    if marks[0] == marks[1]:
        return text.split(marks[0])[1::2]
    return [part.partition(marks[1])[0] for part in text.split(marks[0])[1:]]


@cache
def asked_of(profile: str) -> list[tuple[str, str]]:
    """Every template that a place holds, each with every third sample, in details and manners by turns: a name for each, and the page."""
    turns = [(detail, MANNERS[0]) for detail in DETAILS] + [("normal", manner) for manner in MANNERS[1:]]
    found = []
    for first, template in enumerate(sorted(PROFILES[profile].holds - PAGES)):
        for at, name in enumerate(derivations()):
            detail, manner = turns[(first + at) % len(turns)]
            if (first + at) % 3 == 0:
                found.append((f"{name} {template} {detail}", page(name, template, profile, detail, manner)))
    return found


@pytest.mark.skipif(not (HERE / "node_modules").is_dir() or not shutil.which("node"), reason="needs the packages of tests/rendering")
@pytest.mark.parametrize(("engine", "profiles"), ENGINES.items())
def test_every_place_renders_what_is_written_for_it(engine, profiles):
    """KaTeX and MathJax 3 and 4 take every formula of every page, without an error and with no command unknown."""
    pages = [(profile, name, with_own_labels(text, at)) for profile in profiles for at, (name, text) in enumerate(asked_of(profile))]
    found = {formula: f"{profile} {name}" for profile, name, text in pages for formula in formulas_in(text, profile)}
    batch = [{"id": f"{name}: {tex}", "tex": tex, "display": display} for (tex, display), name in found.items()]
    done = subprocess.run(
        ["node", "render.js", engine], input=json.dumps(batch), cwd=HERE, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert len(batch) > 20 and json.loads(done.stdout) == []


@pytest.mark.skipif(not shutil.which("pandoc"), reason="needs pandoc")
@pytest.mark.parametrize("output", ["docx", "html --mathml"])
def test_pandoc_understands_every_formula(output, tmp_path):
    """Its own reader of TeX has nothing to say, in Word's equations and in MathML."""
    turns = (("aligned", "brief"), ("forum", "normal"), ("aligned", "full"))
    text = "\n\n".join(page(name, template, "pandoc", detail) for name in derivations() for template, detail in turns)
    command = ["pandoc", "-f", "markdown", "-o", str(tmp_path / "t.out"), "-t", *output.split(), "--fail-if-warnings"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_github_gets_nothing_that_it_refuses():
    """No command that it refuses, no dollars for a display, and no more braces than it takes."""
    for name, text in asked_of("github"):
        assert not any(command in text for command in REFUSED_BY_GITHUB), name
        assert "$$" not in text and text.count("{") <= 2000
        assert all(formula.count("{") <= 1000 for formula, _ in formulas_in(text, "github"))


def declarations(problem: Problem) -> list[str]:
    """What the names of a problem are, so that its lines can be read without its question."""
    defined = {definition.name for definition in problem.definitions}
    return [declared(known) for known in problem.symbols.values() if known not in defined]


def declared(known: Symbol) -> str:
    size = {"scalar": "", "vector": f"{known.size[0]}"}.get(known.kind, f"{known.size[0]} x {known.size[1]}")
    family = f" for i = {known.family[0]}..{known.family[1]}" if known.family else ""
    return f"{known.name}{'_i' if family else ''}: {known.kind} {size} {' '.join(known.properties)}{family}"


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_what_is_written_can_be_read_and_holds(turn):
    """derivtex reads its own lines, those of each sample in one of the templates, and finds none that fails."""
    for at, path in enumerate(SOURCES):
        if at % 3 != turn:
            continue
        source, name, template = path.read_text("utf-8"), name_of(path), ("eqnarray", "align", "aligned")[at // 3 % 3]
        if path.suffix == ".md" or name in NOT_READ_BACK:
            continue
        display = page(name, template, None, manner=Manner(reasons="none")).split("\nIn ")[0].split("\nHere ")[0]
        begin, end = display.find(r"\begin"), display.rfind(r"\end")
        own = display[begin : display.find("}", end) + 1]
        try:
            given = [line for line in source.splitlines() if r"\partial" not in line and r"\nabla" not in line]
            derivation = derivations()[name]
            given += [f"{each.name}_{each.indices[0].name} = {latex(each.body)}" for each in derivation.families]
            given += [f"{latex(known.name)} = {latex(known.body)}" for known in (*derivation.let, *derivation.where)]
            shown = [*(rf"\[{line}\]" for line in given), rf"\[{own}\]" if template == "aligned" else own]
            report = derivtex.check("\n\n".join(shown), declare=declarations(derivation.problem))
        except DerivtexError as error:
            raise AssertionError(f"{name}: {error}\n{own}") from error
        assert report.first_wrong is None, f"{name}: {report}"


def test_the_tools_are_there_where_it_counts():
    """On the machine that judges a change nothing may be skipped."""
    if os.environ.get("CI"):
        assert (HERE / "node_modules").is_dir() and shutil.which("pdflatex") and shutil.which("pandoc")
