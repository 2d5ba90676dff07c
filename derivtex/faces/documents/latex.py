r"""LaTeX documents as text: what is verbatim or a comment, where a group ends, which files an `\input` brings in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

VERBATIM = re.compile(r"\\begin\{(verbatim\*?|Verbatim|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%.*")
INPUT = re.compile(r"\\(input|include)\s*\{([^{}]+)\}")
MOST_FILES = 200


def hidden(text: str) -> list[tuple[int, int]]:
    """Where the text is not LaTeX to be read: verbatim environments and comments."""
    found = [match.span() for match in VERBATIM.finditer(text)]
    for match in COMMENT.finditer(text):
        if not inside(match.start(), found):
            found.append(match.span())
    return sorted(found)


def inside(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)


def group(text: str, at: int, marks: str = "{}") -> int | None:
    """Behind the bracket that closes the one which opens here; braces inside of it balance."""
    depth = 0
    for place in range(at, len(text)):
        mark = text[place]
        if place > at and text[place - 1] == "\\" and text[max(0, place - 2)] != "\\":
            continue
        if mark == marks[1] and depth == (1 if marks == "{}" else 0) and place > at:
            return place + 1
        depth += {"{": 1, "}": -1}.get(mark, 0)
    return None


def input_file(name: str, folder: Path) -> Path | None:
    r"""The file that `\input{name}` brings in, if it lies in the document's folder."""
    for path in (folder / name.strip(), folder / f"{name.strip()}.tex"):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def whole(names: Iterable[str], folder: Path) -> str:
    r"""The text of these files and of all that they bring in, for the macros that they define."""
    queue, seen = list(dict.fromkeys(names)), dict[Path, None]()
    texts: list[str] = []
    while queue and len(seen) < MOST_FILES:
        path = input_file(queue.pop(0), folder)
        if path is None or path in seen:
            continue
        seen[path] = None
        texts.append(path.read_text("utf-8", errors="replace"))
        queue += [match[2] for match in INPUT.finditer(texts[-1])]
    return "\n".join(texts)
