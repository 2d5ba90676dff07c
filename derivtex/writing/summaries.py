"""What is said of lines in one sentence, and of all of them together."""

from __future__ import annotations

from collections import Counter
from typing import Any

Data = dict[str, Any]
WORDS = {"holds": "hold", "fails": "wrong", "unreadable": "not read", "unknown": "undecided", "skipped": "not tried",
         "condition": "imposed", "definition": "definitions"}  # fmt: skip
UNDECIDED = ("unreadable", "unknown", "skipped")
OF_SIZES = "sizes that do not conform"


def flat(text: str) -> str:
    return " ".join(text.split())


def summary(lines: list[Data]) -> str:
    """How many lines were verified, imposed, not read, wrong."""
    counts = Counter(line["verdict"] for line in lines)
    assumed = sum(bool(line["assuming"]) for line in lines)
    parts = [f"{counts[verdict]} {word}" for verdict, word in WORDS.items() if counts[verdict]]
    if assumed:
        parts.insert(1, f"{assumed} of them under an assumption")
    return f"{len(lines)} lines: {', '.join(parts)}"


def construct_of(line: Data) -> str:
    """What stands in the way of a line, so that lines of one kind count together: the message without what it says of this line."""
    return OF_SIZES if line["code"] == "dimensions" else line["reason"].split(":")[0].split(";")[0].strip() or line["code"]


def constructs(lines: list[Data]) -> list[str]:
    """`not read: the macro \\oops is not known (2)`, the most frequent first."""
    counts = Counter((line["verdict"], construct_of(line)) for line in lines if line["verdict"] in UNDECIDED)
    found = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [f"{WORDS[verdict]}: {name}{f' ({count})' if count > 1 else ''}" for (verdict, name), count in found]


def lines_in(documents: list[tuple[str, Data]]) -> list[Data]:
    return [line for _, data in documents for line in data["lines"]]


def file_of(name: str, line: Data) -> str:
    """The file in which a line stands: one that the document brings in, or the document itself."""
    return (line["place"] or {}).get("file") or name


def where(line: Data) -> str:
    """`line 12`, or which line of a formula it is."""
    return f"line {line['place']['line'] if line['place'] else line['index'] + 1}"


def message(line: Data) -> str:
    """What is said of a line in one sentence."""
    told = f"{flat(line['latex'])}: {line['reason'] or line['verdict']}"
    return f"{told}; expected: {line['expected']}" if line["expected"] else told


def numbers(line: Data) -> str:
    """Where a wrong line was seen to fail: the point, and both sides there; nothing where no such point was found."""
    seen = (line["mistake"] or {}).get("numbers")
    if not seen:
        return ""
    rows = "; ".join(seen["numpy"].strip().split("\n"))
    return f"{rows}: the left side is {seen['left']}, the right side {seen['right']}"
