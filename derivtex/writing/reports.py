"""The verdicts on the lines of one or several documents: as quickfix lines, JSON, SARIF, JUnit's XML, a page of HTML, LaTeX or Markdown.

Everything is made of the plain data of the reports, each with the name of its document, so that it may come from other processes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import quoteattr

from derivtex.writing.htmlreport import html
from derivtex.writing.prose import in_tex, with_formulas
from derivtex.writing.summaries import WORDS, constructs, file_of, flat, lines_in, message, numbers, summary, where

Data = dict[str, Any]
LEVELS = {"fails": "error", "unknown": "note", "unreadable": "note"}
WIDEST = 72  # letters before a reason


def written(documents: list[tuple[str, Data]], format_: str) -> str:
    """The reports in a format."""
    return FORMATS[format_](documents)


def text(documents: list[tuple[str, Data]]) -> str:
    """`FILE:LINE:COLUMN: verdict  line`, what is wrong below it; of several what could not be read, by construct; and a line that counts."""
    width = max((len(line["verdict"]) for line in lines_in(documents)), default=0)
    rows = []
    for name, data in documents:
        for line in data["lines"]:
            at = f"{file_of(name, line)}:{line['place']['line']}:{line['place']['column']}: " if line["place"] else ""
            below = " " * (len(at) + width + 2)
            rows.append(f"{at}{line['verdict']:{width}}  {flat(line['latex'])}")
            rows += [f"{below}if {', '.join(line['assuming'])}"] if line["assuming"] else []
            rows += [f"{below}{line['reason']}"] if line["reason"] else []
            rows += [f"{below}expected: {line['expected']}"] if line["expected"] else []
            rows += [f"{below}with {numbers(line)}"] if numbers(line) else []
            rows += [f"{below}{line['comparison']}"] if line.get("comparison") else []
            rows += [below + row for row in steps_in_text(line)]
    told = constructs(lines_in(documents)) if len(documents) > 1 else []
    return "\n".join([*rows, *told, summary(lines_in(documents))]) + "\n"


def steps_in_text(line: Data) -> list[str]:
    """The lines that lead to a line, with their reasons, where they were looked for."""
    shown = line.get("shown", [])
    rows = [f"{each['left']} {each['relation']} {each['right']}".strip() for each in shown]
    width = min(max(map(len, rows), default=0), WIDEST)
    return [f"  {row:{width}}  {each['reason']}".rstrip() for row, each in zip(rows, shown, strict=True)]


def as_json(documents: list[tuple[str, Data]]) -> str:
    """The report of one document; of several a list of them."""
    if len(documents) == 1:
        return json.dumps(documents[0][1], ensure_ascii=False, indent=2) + "\n"
    told = [{"file": name, **data} for name, data in documents]
    return json.dumps({"documents": told, "counts": counts(documents)}, ensure_ascii=False, indent=2) + "\n"


def counts(documents: list[tuple[str, Data]]) -> dict[str, int]:
    return dict(sorted(Counter(line["verdict"] for line in lines_in(documents)).items()))


def sarif(documents: list[tuple[str, Data]]) -> str:
    """SARIF 2.1.0, for code scanning and editors: wrong lines are errors, lines that were not read or decided are notes."""
    results = [result(name, line) for name, data in documents for line in data["lines"] if line["verdict"] in LEVELS]
    rules = [{"id": verdict, "shortDescription": {"text": f"a line that {WORDS[verdict]}"}} for verdict in LEVELS]
    driver = {"name": "derivtex", "informationUri": "https://pypi.org/project/derivtex/", "rules": rules}
    run = {"tool": {"driver": driver}, "results": results}
    return json.dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def result(name: str, line: Data) -> Data:
    """One finding."""
    place = line["place"] or {"line": 1, "column": 1, "end_line": 1, "end_column": 1}
    region = {"startLine": place["line"], "startColumn": place["column"], "endLine": place["end_line"], "endColumn": place["end_column"]}
    return {
        "ruleId": line["verdict"], "level": LEVELS[line["verdict"]], "message": {"text": message(line)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": file_of(name, line)}, "region": region}}],
    }  # fmt: skip


def junit(documents: list[tuple[str, Data]]) -> str:
    """JUnit's XML: a suite a document, a case a line; a wrong line is a failure, one that was not tried is skipped."""
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for name, data in documents:
        wrong = sum(line["verdict"] == "fails" for line in data["lines"])
        rows.append(f"<testsuite name={quoteattr(name)} tests=\"{len(data['lines'])}\" failures=\"{wrong}\">")
        for line in data["lines"]:
            at = line["place"]["line"] if line["place"] else 0
            case = f"<testcase classname={quoteattr(name)} name={quoteattr(f'line {at}: ' + flat(line['latex']))}"
            if line["verdict"] == "fails":
                rows.append(f"{case}><failure message={quoteattr(message(line))}/></testcase>")
            elif line["verdict"] in ("unreadable", "unknown", "skipped"):
                rows.append(f"{case}><skipped message={quoteattr(line['reason'])}/></testcase>")
            else:
                rows.append(f"{case}/>")
        rows.append("</testsuite>")
    return "\n".join([*rows, "</testsuites>"]) + "\n"


def tex(documents: list[tuple[str, Data]]) -> str:
    """A list for LaTeX: each line with its verdict in words."""
    rows = []
    for name, data in documents:
        rows += [f"% {name}: {summary(data['lines'])}", r"\begin{itemize}"]
        for line in data["lines"]:
            formula = line["latex"].replace("&", "").replace("\\\\", "").strip(" .,$")
            expected = rf"; expected \({line['expected']}\)" if line["expected"] else ""
            at = f"line {line['place']['line']}: " if line["place"] else ""
            compared = f"; {in_tex(with_formulas(line['comparison']))}" if line.get("comparison") else ""
            rows.append(rf"  \item {at}\({flat(formula)}\) --- {line['verdict']}{expected}{compared}")
            rows += [line["derivation"]] if line.get("derivation") else []
        rows.append(r"\end{itemize}")
    return "\n".join(rows) + "\n"


def markdown(documents: list[tuple[str, Data]]) -> str:
    """A table for each document."""
    rows = []
    for name, data in documents:
        rows += [f"## {name}", "", summary(data["lines"]), "", "| line | | verdict |", "|---|---|---|"]
        for line in data["lines"]:
            parts = [line["reason"], *(f"if {each}" for each in line["assuming"]), line["expected"] and f"expected `{line['expected']}`"]
            parts += [f"with `{seen}`"] if (seen := numbers(line)) else []
            told = "; ".join(part.replace("|", r"\|") for part in parts if part)
            at = line["place"]["line"] if line["place"] else ""
            formula = flat(line["latex"]).replace("|", r"\|")
            rows.append(f"| {at} | `{formula}` | **{line['verdict']}** {told} |")
        rows.append("")
        for line in data["lines"]:
            if line.get("derivation"):
                compared = f": {line['comparison']}" if line["comparison"] else ""
                rows += [f"### {where(line).capitalize()}{compared}", "", line["derivation"], ""]
    return "\n".join(rows)


FORMATS: dict[str, Callable[[list[tuple[str, Data]]], str]] = {
    "text": text, "json": as_json, "sarif": sarif, "junit": junit, "html": html, "tex": tex, "markdown": markdown,
}  # fmt: skip
