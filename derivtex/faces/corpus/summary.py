"""A page on what the records of a corpus say: how many lines of which verdict, what could not be read by construct, and the wrong lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from derivtex.faces.corpus.tasks import Record
from derivtex.writing.htmlreport import html
from derivtex.writing.summaries import WORDS, file_of, flat

MOST_WRONG, MOST_CONSTRUCTS = 1000, 50


@dataclass
class Summary:
    """What the records come to; of the wrong lines the first are kept."""

    documents: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    constructs: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, record: Record) -> None:
        self.documents += 1
        self.seconds += record.get("seconds", 0.0)
        if record["status"] == "failed":
            self.failed[record["document"]] = record.get("error", "")
        self.counts.update(record.get("counts", {}))
        self.constructs.update(record.get("constructs", {}))
        self.wrong += [(record["document"], line) for line in record.get("wrong", [])][: MOST_WRONG - len(self.wrong)]

    @property
    def told(self) -> str:
        """In one sentence."""
        parts = [f"{self.counts[verdict]} {word}" for verdict, word in WORDS.items() if self.counts[verdict]]
        failed = f", {len(self.failed)} of them failed" if self.failed else ""
        return f"{self.documents} documents{failed}; {sum(self.counts.values())} lines: {', '.join(parts) or 'none'}"


def summed(records: Callable[[], Iterable[Record]]) -> Summary:
    """The summary of records, which are gone through twice and never held; of a document that has several the last one counts."""
    last = {record["document"]: number for number, record in enumerate(records())}
    summary = Summary()
    for number, record in enumerate(records()):
        if last[record["document"]] == number:
            summary.add(record)
    return summary


def in_markdown(summary: Summary) -> str:
    """Tables, and the wrong lines with what should stand there."""
    rows = ["# Lines of a corpus", "", f"{summary.told}.", "", "| lines | |", "|---|---|"]
    rows += [f"| {WORDS[verdict]} | {summary.counts[verdict]} |" for verdict in WORDS if summary.counts[verdict]]
    rows += ["", "## By construct", "", "| what stands in the way | lines |", "|---|---|"]
    rows += [f"| {cell(name)} | {count} |" for name, count in most(summary)]
    if summary.failed:
        rows += ["", "## Documents that failed", "", "| document | |", "|---|---|"]
        rows += [f"| {cell(name)} | {cell(flat(error))} |" for name, error in summary.failed.items()]
    if summary.wrong:
        rows += ["", "## Wrong lines", "", "| place | line | expected | |", "|---|---|---|---|"]
        rows += [wrong_row(name, line) for name, line in summary.wrong]
    return "\n".join(rows) + "\n"


def wrong_row(name: str, line: dict[str, Any]) -> str:
    return f"| {cell(at(name, line))} | {code(line['latex'])} | {code(line['expected'])} | {cell(line['reason'])} |"


def most(summary: Summary) -> list[tuple[str, int]]:
    """The constructs, the most frequent first."""
    return sorted(summary.constructs.items(), key=lambda each: (-each[1], each[0]))[:MOST_CONSTRUCTS]


def at(name: str, line: dict[str, Any]) -> str:
    return f"{file_of(name, line)}:{line['place']['line']}:{line['place']['column']}" if line["place"] else name


def cell(text: str) -> str:
    return text.replace("|", r"\|")


def code(latex: str) -> str:
    return f"`{cell(flat(latex))}`" if latex else ""


def in_html(summary: Summary) -> str:
    """A page with the same tables; the wrong lines are set as formulas."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for name, line in summary.wrong:
        documents.setdefault(name, []).append(line)
    tables = [
        table("By construct", ("what stands in the way", "lines"), most(summary)),
        table("Documents that failed", ("document", "error"), summary.failed.items()),
    ]
    return html([(name, {"lines": lines}) for name, lines in documents.items()], summary.told, tables)


def table(title: str, heads: tuple[str, str], rows: Iterable[tuple[str, Any]]) -> str:
    from html import escape

    cells = "".join(f"<tr><td>{escape(name)}</td><td>{escape(flat(str(value)))}</td></tr>" for name, value in rows)
    return f"<h2>{title}</h2><table><tr><th>{heads[0]}</th><th>{heads[1]}</th></tr>{cells}</table>" if cells else ""
