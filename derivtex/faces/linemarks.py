"""A document of Pandoc's with the verdicts on its lines beside them: the formulas are read as one text, in their order and with the words.

Pandoc's document has no places, so a text is made of it that has them: headings, paragraphs, formulas between dollar signs.
"""

from __future__ import annotations

from typing import Any

from derivtex.core.errors import Source
from derivtex.faces.sections import Recent, checked_by_sections
from derivtex.writing.prose import with_formulas

Element = dict[str, Any]
LATEX = ("latex", "beamer")
BLOCKS = ("Para", "Plain", "Header", "RawBlock", "LineBlock")
SHOWN = {"holds": "✓", "fails": "✗"}
IN_LATEX = {"✓": r"\surd", "✗": r"\times"}
SECONDS = 10.0  # for one section


class Transcript:
    """The text of a document, and where its formulas stand in it: element by element, as `(start, end, element)`."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.formulas: list[tuple[int, int, Element]] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def formula(self, element: Element, text: str) -> None:
        self.formulas.append((self.length, self.length + len(text), element))
        self.add(text)

    def visit(self, value: Any) -> None:
        """Take down an element, or all of a list."""
        if isinstance(value, list):
            for inner in value:
                self.visit(inner)
        elif isinstance(value, dict) and "t" in value:
            self.element(value)

    def element(self, element: Element) -> None:
        kind: str = element["t"]
        inner: Any = element.get("c")
        if kind == "Math":
            mark = "$$" if inner[0]["t"] == "DisplayMath" else "$"
            self.formula(element, f"{mark}{inner[1]}{mark}")
        elif kind in ("RawBlock", "RawInline"):
            self.formula(element, inner[1]) if inner[0] in ("tex", "latex") else None
        elif kind == "Str":
            self.add(inner)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            self.add(" " if kind == "Space" else "\n")
        elif kind == "Header":
            self.add("#" * inner[0] + " ")
            self.visit(inner[2])
        elif kind not in ("Code", "CodeBlock"):
            self.visit(inner)
        if kind in BLOCKS:
            self.add("\n\n")


def marked(document: Element, writer: str, declare: tuple[str, ...], macros: str) -> tuple[Element, dict[str, int]]:
    """The document with a mark behind each formula whose lines hold or fail, and how many lines have which verdict.

    Raises SourceError where it cannot be read.
    """
    transcript = Transcript()
    transcript.visit(document.get("blocks", []))
    text = "".join(transcript.parts)
    if not transcript.formulas:
        return document, {}
    report = checked_by_sections(Source(text, "document.md", context=macros), Recent(), declare, seconds=SECONDS)
    assert report is not None
    verdicts: dict[int, list[Element]] = {}
    for line in report["lines"]:
        place = next((element for start, end, element in transcript.formulas if start <= line["at"][0] < end), None)
        if place is not None and line["verdict"] in SHOWN:
            verdicts.setdefault(id(place), []).append(line)
    return with_marks(document, verdicts, writer in LATEX), report["counts"]


def with_marks(value: Any, verdicts: dict[int, list[Element]], in_latex: bool) -> Any:
    """A copy with the marks behind the formulas."""
    if isinstance(value, list):
        found: list[Any] = []
        for item in value:
            found.append(with_marks(item, verdicts, in_latex))
            lines = verdicts.get(id(item), [])
            marks = [inline for line in lines for inline in mark_of(line, in_latex)]
            if marks:
                found += [{"t": "Para", "c": marks}] if item["t"] == "RawBlock" else marks
        return found
    if isinstance(value, dict):
        return {key: with_marks(inner, verdicts, in_latex) for key, inner in value.items()}
    return value


def mark_of(line: Element, in_latex: bool) -> list[Element]:
    """A blank and the mark of a line, in a span of class `derivtex-holds` or `derivtex-fails`: what is wrong, or under what it holds."""
    mark = SHOWN[line["verdict"]]
    told: list[Element] = [math(IN_LATEX[mark]) if in_latex else {"t": "Str", "c": mark}]
    if line["verdict"] == "fails":
        told += [{"t": "Space"}, *in_words(line["reason"])]
        told += [{"t": "Str", "c": ";"}, {"t": "Space"}, *in_words("expected"), {"t": "Space"}, math(line["expected"])] if line["expected"] else []
    elif line["assuming"]:
        told += [{"t": "Space"}, *in_words(f"if {', '.join(line['assuming'])}")]
    return [{"t": "Space"}, {"t": "Span", "c": [["", [f"derivtex-{line['verdict']}"], []], told]}]


def math(formula: str) -> Element:
    return {"t": "Math", "c": [{"t": "InlineMath"}, formula]}


def in_words(text: str) -> list[Element]:
    """Words with the formulas in them as inline elements."""
    found: list[Element] = []
    for at, part in enumerate(with_formulas(text).split("$")):
        if at % 2:
            found.append(math(part))
            continue
        for number, word in enumerate(part.split(" ")):
            found += [{"t": "Space"}] if number else []
            found += [{"t": "Str", "c": word}] if word else []
    return found
