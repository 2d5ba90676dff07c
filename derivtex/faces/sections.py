"""Documents checked section by section: what is known of a section whose text, and all that it is read by, is as it was, is used again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.core.limits import limits
from derivtex.core.session import TooLarge, session

if TYPE_CHECKING:
    from derivtex.checking.cues import Cues
    from derivtex.checking.lines import Line

Data = dict[str, Any]
Fill = tuple[str, str | None] | None
Memory = MutableMapping[str, Data]
NUMBERED = re.compile(r"\blines? \d")
READING = 6  # times as long as a section a whole document may take to be read, before any is checked
ENOUGH = 5000  # sections that a memory of one process keeps


def never() -> bool:
    return False


def checked_by_sections(
    source: Source, memory: Memory, declare: tuple[str, ...] = (), fill: Fill = None, seconds: float | None = None,
    stopped: Callable[[], bool] = never, line_by_line: bool = False,
) -> Data | None:  # fmt: skip
    """The report of a document as `derivtex check --format json` has it, each line with `at`, where it begins and ends in the text.

    fill: the format and the template in which the steps that lead to each line are set, None for no steps.
    seconds: the time for one section; one that takes longer is told as a line that was not decided. line_by_line: the time is for one line,
    and for reading a section. stopped: asked now and then; None comes back where it says so.
    Raises SourceError where nothing can be read.
    """
    from derivtex.reading import read_sections

    found: list[tuple[Data, int]] = []
    try:
        with session(limits(seconds and READING * seconds), stopped):
            sections = read_sections(source, declare=declare)
    except TooLarge:
        if stopped():
            return None
        raise
    cues = cues_of(sections[0].source)
    for section in sections:
        if stopped():
            return None
        key = key_of(section.key, fill)
        row = section.source.text.count("\n", 0, section.begin)
        known = memory.get(key)
        if known is None or (known["numbered"] and known["row"] != row) or known["cues"] != cues.heard(known["names"], known["numbered"]):
            known = section_data(section, row, fill, seconds, line_by_line, stopped)
            if stopped():
                return None
            known["cues"] = cues.heard(known["names"], known["numbered"])
            memory[key] = known
        found.append((known, section.begin))
    return report_of(found, sections[0].source)


def cues_of(source: Source) -> Cues:
    from derivtex.checking.cues import Cues

    return Cues(source.text)


def key_of(*parts: object) -> str:
    """A name for what these parts give with this version of derivtex."""
    from derivtex.faces.documents.store import key_of as name_of

    return name_of(*parts)


def section_data(section: Any, row: int, fill: Fill, seconds: float | None, line_by_line: bool = False, stopped: Callable[[], bool] = never) -> Data:
    """What is known of a section, apart from where it stands."""
    from derivtex.checking.lines import judged
    from derivtex.interface import Report

    try:
        with session(limits(seconds), stopped):
            read = section.read()
            lines = [] if line_by_line else judged(read)
            fillings = {}
            if fill:
                from derivtex.filling.gaps import fillings as filled

                fillings = filled(read, lines)
        lines = judged_apart(read, seconds) if line_by_line else lines
        with session(limits(seconds)):
            data = Report(lines, fillings).to_dict(*(fill or ("json", None)))
    except TooLarge as error:
        return {"lines": [undecided(section, error)], "readings": [], "names": [], "row": row, "numbered": False}
    told = [{**each, "layout": line.layout, "at": offsets(line.span, section)} for each, line in zip(data["lines"], lines, strict=True)]
    numbered = any(NUMBERED.search(each["reason"]) for each in told)
    names = sorted({name for line in read for name in line.problem.symbols})
    return {"lines": told, "readings": data["readings"], "names": names, "row": row, "numbered": numbered}


def judged_apart(read: Any, seconds: float | None) -> list[Line]:
    """The verdicts on lines, each under its own limit; one that takes longer is not decided."""
    from derivtex.checking.conditions import Course
    from derivtex.checking.lines import Line, verdict_on_line

    courses: dict[int, Course] = {}
    found = []
    for index, (latex, items, span, problem) in enumerate(read):
        course = courses.setdefault(id(problem), Course())
        try:
            with session(limits(seconds)):
                found.append(verdict_on_line(index, latex, items, span, problem, course))
        except TooLarge as error:
            found.append(Line(index, latex, "unknown", error.message, span=span, code=error.code, problem=problem))
    return found


def undecided(section: Any, error: DerivtexError) -> Data:
    """A line for a section that took too much."""
    start = section.begin + len(text := section.source.text[section.begin : section.end]) - len(text.lstrip())
    end = section.source.text.find("\n", start)
    end = section.end if end < 0 else min(end, section.end)
    return {
        "index": 0, "latex": section.source.text[start:end], "place": None, "verdict": "unknown", "assuming": [], "reason": error.message,
        "code": error.code, "expected": "", "mistake": None, "follows": None, "steps": [], "layout": "",
        "at": [start - section.begin, end - section.begin],
    }  # fmt: skip


def offsets(span: Span | None, section: Any) -> list[int]:
    """Where a line begins and ends, from the beginning of its section."""
    return [span.start - section.begin, span.end - section.begin] if span is not None else [0, 0]


def report_of(sections: list[tuple[Data, int]], source: Source) -> Data:
    """The report of all sections."""
    from derivtex.writing.verdicts import place

    lines: list[Data] = []
    for data, begin in sections:
        for line in data["lines"]:
            start, end = (begin + offset for offset in line["at"])
            lines.append({**line, "at": [start, end], "index": len(lines), "place": place(Span(source, start, end))})
    lines = in_one_layout(lines)
    readings = {json.dumps(each, sort_keys=True): each for data, _ in sections for each in data["readings"]}
    return {
        "lines": lines, "readings": list(readings.values()), "assumptions": list(dict.fromkeys(each for line in lines for each in line["assuming"])),
        "first_wrong": next((line["index"] for line in lines if line["verdict"] == "fails"), None),
        "confirmed": all(line["verdict"] in ("definition", "condition", "holds", "skipped") for line in lines),
        "counts": dict(sorted(Counter(line["verdict"] for line in lines).items())),
    }  # fmt: skip


def in_one_layout(lines: list[Data]) -> list[Data]:
    """The lines with their layouts compared, as `checking.layouts` does it for one whole document."""
    from derivtex.checking.layouts import is_odd, kept_of, told

    kept = kept_of([line["layout"] for line in lines])
    at = next((line["place"]["line"] for line in lines if line["layout"].startswith(kept)), 0)
    wrong = {"verdict": "fails", "reason": told(at, kept), "code": "layout", "assuming": [], "mistake": {"kind": "layout", "part": "", "repair": ""}}
    return [
        {**line, **wrong} if is_odd(line["layout"], kept) else {**line, "expected": ""} if line["verdict"] == "holds" else line
        for line in lines
    ]  # fmt: skip


class Recent(dict[str, Data]):
    """A memory that lets go of what has not been asked for the longest."""

    def get(self, key: str, default: Any = None) -> Any:
        found = super().pop(key, None)
        if found is None:
            return default
        self[key] = found
        return found

    def __setitem__(self, key: str, value: Data) -> None:
        super().__setitem__(key, value)
        while len(self) > ENOUGH:
            del self[next(iter(self))]
