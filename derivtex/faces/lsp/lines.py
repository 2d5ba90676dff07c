"""The checked lines of a document: what is found in them, what mends one, and what leads to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.limits import limits
from derivtex.core.session import session
from derivtex.faces.lsp.offers import Insertion, indented, line_end
from derivtex.faces.lsp.places import Place, at, places
from derivtex.faces.sections import Fill, Recent, checked_by_sections, never
from derivtex.reading import read_sections
from derivtex.reading.source.tokens import tokens

Line = dict[str, Any]
DECLARED = (" is symmetric", " is orthogonal")
SECONDS = 5.0  # for one section, while its author goes on writing
PUNCTUATION = (".", ",", ";")


class Finding(NamedTuple):
    """What is to be shown at a line. wrong: whether it is a mistake, not a condition under which the line holds."""

    start: int
    end: int
    message: str
    code: str
    wrong: bool


class Fix(NamedTuple):
    """A change of the document that mends a line: its title, and the text that takes the place of a stretch."""

    title: str
    start: int
    end: int
    text: str


def lines_of(text: str, name: str, memory: Recent, stopped: Callable[[], bool] = never, fill: Fill = None) -> list[Line] | None:
    """The lines of a document with their verdicts; of sections that are known the verdicts are. None where it was stopped."""
    if not text.strip():
        return []
    try:
        report = checked_by_sections(Source(text, name), memory, fill=fill, seconds=SECONDS, stopped=stopped)
    except DerivtexError:  # nothing that could be checked
        return []
    if report is None:
        return None
    rows = [0, *(match.end() for match in re.finditer("\n", text))]
    return [placed(line, text, rows) for line in report["lines"] if line["place"] and line["place"]["file"] in (None, name)]


def placed(line: Line, text: str, rows: list[int]) -> Line:
    """A line with where it stands in the editor's text, of which the rows begin there: what was read may have had other files in it."""
    place = line["place"]
    ends = [(place["line"], place["column"]), (place["end_line"], place["end_column"])]
    return {**line, "at": [min(rows[min(row, len(rows)) - 1] + column - 1, len(text)) for row, column in ends]}


def findings(lines: list[Line], text: str, name: str) -> Iterator[Finding]:
    """The wrong lines, and those that hold under a condition; what is marked for derivtex has diagnostics of its own."""
    marked = [place for place in places(text, name) if place.marked]
    for line in lines:
        start, end = line["at"]
        if any(place.start <= start < place.end for place in marked):
            continue
        if line["verdict"] == "fails":
            expected = f"\nexpected: {line['expected']}" if line["expected"] else ""
            yield Finding(start, end, line["reason"] + expected, line["code"], True)
        elif line["verdict"] == "holds" and line["assuming"]:
            yield Finding(start, end, f"holds if {', '.join(line['assuming'])}", "assuming", False)


def over(lines: list[Line], offset: int) -> Line | None:
    """The line at an offset of the document."""
    return next((line for line in lines if line["at"][0] <= offset <= line["at"][1]), None)


def fixes(line: Line, text: str) -> Iterator[Fix]:
    """What mends a line: the expected right side, or saying what it takes for granted."""
    if line["verdict"] == "fails" and line["expected"]:
        found = right_side(text, *line["at"])
        if found is not None:
            yield Fix("Replace by the expected line", *found, line["expected"])
    for sentence in line["assuming"] if line["verdict"] == "holds" else ():
        words = next((words for words in DECLARED if sentence.endswith(words)), None)
        if words is not None:
            begin = before_display(text, line["at"][0])
            name = sentence.removesuffix(words)
            yield Fix(f"Declare {name} {words.removeprefix(' is ')}", begin, begin, f"Let ${name}$ be {words.removeprefix(' is ')}.\n\n")


def right_side(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the right side of a line stands: behind its last relation outside of braces, without the punctuation that ends it."""
    try:
        found = tokens(Source(text[start:end], "<line>"))
    except DerivtexError:
        return None
    equals = max((at for at, token in enumerate(found) if token.is_mark("=", ":=")), default=-1)
    right = list(found[equals + 1 :])
    while right and (right[-1].text in PUNCTUATION or right[-1].is_mark("&", "\\\\")):
        right.pop()
    while right and right[0].is_mark("&"):
        right.pop(0)
    if equals < 0 or not right:
        return None
    return start + right[0].start, start + right[-1].end


def before_display(text: str, offset: int) -> int:
    """The beginning of the paragraph in which a display stands: words may stand there."""
    blank = text.rfind("\n\n", 0, offset)
    return 0 if blank < 0 else blank + 2


def steps_below(text: str, name: str, offset: int, memory: Recent, markdown: bool) -> Insertion | None:
    """The steps that lead to the line at an offset, for the line below its display; None where there are none."""
    fill = ("markdown", "aligned") if markdown else ("tex", "align" if has_amsmath(text) else "eqnarray")
    found = over(lines_of(text, name, memory, fill=fill) or [], offset)
    if found is None or not found.get("derivation"):
        return None
    place = at(places(text, name), offset) or Place(found["at"][0], found["at"][1], Source(text, name))
    word = "not every step could be confirmed with numbers" if any(step["confirmed"] is False for step in found["steps"]) else ""
    return Insertion(line_end(text, place.end), "\n" + indented(found["derivation"], text, place), word)


def has_amsmath(text: str) -> bool:
    return r"\documentclass" not in text or "amsmath" in text or "mathtools" in text


def answer_below(text: str, name: str, start: int, end: int, markdown: bool) -> Insertion:
    """The post that answers what is selected, or the section around the cursor. Raises DerivtexError where there is no answer."""
    from derivtex.answering.answers import answer

    if not text[start:end].strip():
        start, end = section_around(text, name, start)
    source = Source(text[start:end], name, text.count("\n", 0, start) + 1)
    with session(limits()):
        post = answer(source).to_text(profile="mathjax" if markdown else "latex")
    stop = start + len(text[start:end].rstrip())
    return Insertion(line_end(text, stop), f"\n\n{post.strip()}\n")


def section_around(text: str, name: str, offset: int) -> tuple[int, int]:
    with session(limits()):
        found = read_sections(Source(text, name))
    return next(((each.begin, each.end) for each in found if each.begin <= offset < each.end), (0, len(text)))
