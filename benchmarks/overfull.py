#!/usr/bin/env python3
"""Compiles every template with every sample by pdflatex and tells which boxes are too wide: python benchmarks/overfull.py [--detail full].

The text is as wide as that of a plain article, 345 points. A row for each template: how many derivations stand over the margin, and the
widest of them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import derivtex
from derivtex.core.errors import Source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SOURCES = ("question.md", "answer.md", "formula.tex")
TEMPLATES = ("eqnarray", "align", "alignat", "aligned", "appendix", "article", "exercise", "beamer")
PLAIN = "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\allowdisplaybreaks\n"
MARK, BOX = re.compile(r"^@@(\S+)"), re.compile(r"^Overfull \\[hv]box \(([\d.]+)pt|^! (.*)")


def document(pages: dict[str, str]) -> str:
    """All derivations of a template as one document, each behind a mark in its log."""
    preamble, bodies = PLAIN, []
    for name, page in pages.items():
        if r"\begin{document}" in page:
            preamble, page = page.split(r"\begin{document}")
            page = page.split(r"\end{document}")[0]
        bodies.append(rf"\immediate\write16{{@@{name}}}" + "\n" + page + ("" if "{beamer}" in preamble else "\\clearpage\n"))
    preamble = preamble.replace("a4paper,margin=3cm", "a4paper,textwidth=345pt")
    return preamble + "\\begin{document}\n" + "\n".join(bodies) + "\\end{document}\n"


def overfull(text: str) -> dict[str, str]:
    """What stands over the margin, by the derivation: points, or the error of a page that does not compile."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "all.tex").write_text(text, "utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "all.tex"]
        log = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False).stdout
    name, found = "", dict[str, str]()
    for line in log.splitlines():
        name = mark[1] if (mark := MARK.match(line)) else name
        if box := BOX.match(line):
            found[name] = box[1] or box[2]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--detail", default="normal", choices=("brief", "normal", "full"))
    detail = parser.parse_args().detail
    if shutil.which("pdflatex") is None:
        parser.error("there is no pdflatex")
    paths = sorted(path for path in SAMPLES.glob("*/*") if path.name in SOURCES)
    answers = {path.parent.name: derivtex.derive(Source(path.read_text("utf-8"), path.name)) for path in paths}
    for template in TEMPLATES:
        found = overfull(document({name: answer.to_latex(template=template, detail=detail) for name, answer in answers.items()}))
        print(f"{template:10} {len(found)} of {len(answers)}  {', '.join(f'{name} {points}' for name, points in found.items())}")


if __name__ == "__main__":
    main()
