"""A report as one page of HTML that needs nothing else: the verdicts beside the lines, set as formulas; a table of the documents.

The formulas are set in the reader's browser by KaTeX, whose program stands in the page and makes MathML of them: it reads what authors
write, every browser shows MathML, and without KaTeX's fonts the page stays one file of 300 kB. What it cannot read, or all where KaTeX
is not installed or no program may run, stays as it was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from derivtex.core.shipped import katex, shipped
from derivtex.writing.prose import stretches, with_formulas
from derivtex.writing.summaries import WORDS, Data, flat, lines_in, numbers, summary

Documents = list[tuple[str, Data]]
MARKS = {"holds": "✓", "fails": "✗", "condition": "≔", "definition": "≔", "unreadable": "?", "unknown": "?", "skipped": "–"}


def html(documents: Documents, told: str = "", more: Iterable[str] = ()) -> str:
    """One page. told: what it begins with, if not the count of its lines; more: what stands before the lines."""
    program = setting_program()
    return "\n".join((
        "<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', "<title>derivtex check</title>",
        f"<style>{style()}</style>", "</head>", "<body>", "<main>",
        f"<p>{escape(told or summary(lines_in(documents)))}</p>", *more, *overview(documents), *sections(documents, as_code),
        "</main>", program, "</body>", "</html>", "",
    ))  # fmt: skip


def fragment(documents: Documents) -> str:
    """The lines for a page that sets formulas between dollar signs itself, as notebooks do."""
    return "\n".join((f'<div class="derivtex"><style>{style(".derivtex ")}</style>', f"<p>{escape(summary(lines_in(documents)))}</p>",
                      *sections(documents, between_dollars, titles=len(documents) > 1), "</div>", ""))  # fmt: skip


def overview(documents: Documents) -> list[str]:
    """The documents, with how many lines of each have which verdict; nothing for one alone."""
    if len(documents) < 2:
        return []
    found = [verdict for verdict in WORDS if any(line["verdict"] == verdict for line in lines_in(documents))]
    heads = "".join(f"<th>{WORDS[verdict]}</th>" for verdict in found)
    rows = ['<table class="overview">', f"<tr><th>document</th><th>lines</th>{heads}</tr>"]
    for at, (name, data) in enumerate(documents):
        counts = Counter(line["verdict"] for line in data["lines"])
        cells = "".join(f'<td class="{verdict if counts[verdict] else "none"}">{counts[verdict] or ""}</td>' for verdict in found)
        rows.append(f'<tr><td><a href="#d{at}">{escape(name)}</a></td><td>{len(data["lines"])}</td>{cells}</tr>')
    return [*rows, "</table>"]


def sections(documents: Documents, formula: Any, titles: bool = True) -> list[str]:
    """The lines of each document."""
    rows = []
    for at, (name, data) in enumerate(documents):
        rows += [f'<h2 id="d{at}">{escape(name)}</h2>'] if titles else []
        rows += ['<table class="lines">', *(row_of(line, formula) for line in data["lines"]), "</table>"]
    return rows


def row_of(line: Data, formula: Any) -> str:
    """A line with its verdict, and what leads to it below."""
    at = line["place"]["line"] if line["place"] else ""
    told = [line["reason"], *(f"if {each}" for each in line["assuming"]), line.get("comparison", "")]
    words = "".join(f"<p>{in_html(with_formulas(each), formula)}</p>" for each in told if each)
    expected = f"<p>expected {formula(line['expected'])}</p>" if line["expected"] else ""
    expected += f"<details><summary>with numbers</summary><pre>{escape(seen)}</pre></details>" if (seen := numbers(line)) else ""
    steps = f"<details><summary>the steps</summary>{derivation(line['derivation'], formula)}</details>" if line.get("derivation") else ""
    verdict = f'<b title="{line["verdict"]}">{MARKS[line["verdict"]]} {line["verdict"]}</b>'
    shown = formula(bare(line["latex"]))
    return f'<tr class="{line["verdict"]}"><td class="at">{at}</td><td>{shown}</td><td>{verdict}{words}{expected}{steps}</td></tr>'


def bare(latex: str) -> str:
    """A line without what belongs to the display that it is from."""
    return flat(latex.replace("&", " ").replace("\\\\", " ")).strip(" $").rstrip(".,;")


def derivation(text: str, formula: Any) -> str:
    """Words and displays between `$$`."""
    parts = text.split("$$")
    told = [in_html(part.strip(), formula) if at % 2 == 0 else f"<div>{formula(part.strip(), True)}</div>" for at, part in enumerate(parts)]
    return "".join(told)


def in_html(text: str, formula: Any) -> str:
    """Words with formulas between dollar signs."""
    return "".join(formula(part) if is_math else escape(part) for is_math, part in stretches(text))


def as_code(latex: str, display: bool = False) -> str:
    """A formula that the page's own program sets."""
    return f'<code class="tex{" display" if display else ""}">{escape(latex)}</code>'


def between_dollars(latex: str, display: bool = False) -> str:
    mark = "$$" if display else "$"
    return f"{mark}{escape(latex)}{mark}"


def style(within: str = "") -> str:
    """The rules for how it looks, those of a part of a page for that part alone."""
    text = (shipped("templates") / "reports" / "report.css").read_text("utf-8")
    if not within:
        return text
    rules = (rule for rule in text.split("}\n") if rule.strip() and not rule.startswith(("@", ":root", "body", "main")))
    return "\n".join(within + rule + "}" for rule in rules)


def setting_program() -> str:
    """KaTeX and what calls it; nothing where KaTeX is not installed."""
    place = katex()
    file = place / "katex.min.js" if place is not None else Path()
    if not file.is_file():
        return ""
    call = (shipped("templates") / "reports" / "report.js").read_text("utf-8")
    return f"<script>{file.read_text('utf-8')}</script>\n<script>{call}</script>"


