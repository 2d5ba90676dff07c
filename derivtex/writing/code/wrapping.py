"""Statements in lines that fit on a page: broken at the outermost mark that has room, inside brackets, as Python allows it."""

from __future__ import annotations

from collections.abc import Iterator

STEP = 4
BEFORE = {" for ": 0, " if ": 0, " + ": 1, " - ": 1, " * ": 2, " @ ": 2, " / ": 2}  # and how much holds together what stands around it
EARLY = 0.4  # of a line: a break before that leaves too little on it


def in_lines(statement: str, widest: int) -> list[str]:
    """A statement in lines no wider than `widest`, where there is a place to break it; those behind the first are set in."""
    if len(statement) <= widest:
        return [statement]
    indent = " " * (len(statement) - len(statement.lstrip()) + STEP)
    found, rest = [], bracketed(statement)
    while len(rest) > widest:
        places = [place for place in breaks(rest, len(indent)) if place[0] <= widest]
        late = [place for place in places if place[0] >= EARLY * widest] or places
        if not late:
            break
        at = min(late, key=lambda place: (*place[1:], -place[0]))[0]
        found.append(rest[:at].rstrip())
        rest = indent + rest[at:].lstrip()
    return [*found, rest]


def bracketed(statement: str) -> str:
    """The statement with its expression in brackets, where it may have to be broken outside of all others."""
    head = next((head for head in ("return ", "lambda ", " = ") if head in statement), "")
    at = statement.index(": ", statement.index(head)) + 2 if head == "lambda " else statement.index(head) + len(head)
    body = statement[at:]
    return f"{statement[:at]}({body})" if head and any(depth == 0 for _, depth, _ in breaks(body, 0)) else statement


def breaks(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """The places at which a line may be broken, behind a comma or before an operator; how deep in brackets and how firmly bound each is."""
    depth, quote = 0, ""
    for at, mark in enumerate(text):
        if quote or mark in "\"'":
            quote = "" if mark == quote else quote or mark
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif at > start and text.startswith(", ", at):
            yield at + 1, depth, 0
        elif at > start and (word := next((word for word in BEFORE if text.startswith(word, at)), "")):
            yield at, depth, BEFORE[word]
