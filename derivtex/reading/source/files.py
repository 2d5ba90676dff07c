r"""In what format a source is written: told by its suffix, else seen from its marks.

Documents in parts: what `\input` and `\include` bring in, macros of local packages and of the file that brings this one in, notebooks.

Only a source that is a file has parts. The text is put together as TeX would do it, and each piece remembers its file, so that places stay.
Files are looked for beside the source, have one of the suffixes of TeX, and are never outside of the folder of the source or the two above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from derivtex.core.errors import Piece, Source
from derivtex.reading.source.blocks import DISPLAYS, TAGS
from derivtex.reading.source.macros import Macro, defined_macros, group_end

BY_SUFFIX = {
    ".md": "markdown", ".markdown": "markdown", ".rmd": "markdown", ".qmd": "markdown", ".tex": "latex", ".ltx": "latex",
    ".latex": "latex", ".sty": "latex", ".rst": "rst", ".txt": "markdown", ".text": "markdown",
}  # fmt: skip
OF_LATEX = (r"\documentclass", r"\begin{document}", r"\section", r"\usepackage", r"\item", r"\textbf{", r"\emph{", r"\eqref{",
            r"\cite{", r"\paragraph", r"\begin{proof}", r"\begin{theorem}", r"\newcommand", r"\def\\")  # fmt: skip
DELIMITERS = ("$", r"\[", r"\(", "```math", ".. math::", ":math:`", *TAGS)
ENGLISH = frozenset(
    "the is are of with and to in on by for from what how why which where find get i we you my it this that these be let have has do "
    "does can should would an respect gradient derivative derivatives differentiate minimise minimize maximise maximize compute hessian "
    "jacobian want need help thanks hello hi all please when if then so but not correct wrong right solve optimal loss function vector "
    "matrix formula formulas".split()
)
COMMANDS = frozenset("find compute calculate derive differentiate evaluate minimise minimize maximise maximize show prove".split())
ENOUGH = 3
PIECES = re.compile(r"\\[^\W\d_]*|[{}]|[^\\{}]+")  # macros, braces and what stands between them


def format_of(source: Source) -> str:
    """formula (mathematics alone), plain (words and formulas without TeX), markdown, latex or rst."""
    text = source.text
    told = BY_SUFFIX.get(PurePath(source.name).suffix.lower())
    if not has_delimiters(text):
        return "plain" if is_prose(text) else "formula"
    if told is not None:
        return told
    if ".. math::" in text or ":math:`" in text:
        return "rst"
    return "latex" if any(mark in text for mark in OF_LATEX) else "markdown"


def has_delimiters(text: str) -> bool:
    """Whether formulas are set off from words."""
    return any(mark in text for mark in DELIMITERS) or any(rf"\begin{{{name}}}" in text for name in DISPLAYS)


def is_prose(text: str) -> bool:
    """Whether a text without delimiters is written in words, not in formulas alone; a question or a command needs one word alone."""
    pieces = outside_of_braces(text).split()
    words = [piece.strip(".,;:?!()'\"").lower() for piece in pieces]
    asks = text.rstrip().endswith("?") or (words[:1] != [] and words[0] in COMMANDS and words[1:2] != [])
    asks = asks or any(piece.endswith("?") and len(piece) > 1 for piece in pieces)
    return sum(word in ENGLISH | COMMANDS for word in words) >= (1 if asks else ENOUGH)


def outside_of_braces(text: str) -> str:
    r"""A text without what stands in braces and without macros, in which words are no prose: `\text{where}`."""
    kept, depth = [], 0
    for piece in PIECES.findall(text):
        depth = max(0, depth + (piece == "{") - (piece == "}"))
        kept.append(" " * len(piece) if depth or piece[0] in "\\}" else piece)
    return "".join(kept)


BRINGING = (r"\input", r"\include", r"\subfile")
PACKAGES = (r"\usepackage", r"\RequirePackage")
SUFFIXES = (".tex", ".sty", ".ltx")
DEEPEST, MOST_FILES, LARGEST_FILE, ABOVE = 10, 60, 2_000_000, 2


def whole(source: Source) -> Source:
    """The source with its parts: a notebook as the Markdown of its cells, a LaTeX file with what it brings in."""
    if source.name.endswith(".ipynb") or source.text.lstrip().startswith('{"cells"') or source.text.lstrip().startswith('{\n "cells"'):
        return of_notebook(source)
    path = file_of(source)
    if path is None or not any(mark in source.text for mark in BRINGING):
        return source
    parts = list(parts_of(path, source.text, 1, 1, source.name, (path,)))
    pieces, text = [], ""
    for part, name, line, column in parts:
        pieces.append(Piece(len(text), name, line, column))
        text += part
    return source._replace(text=text, pieces=tuple(pieces))


def file_of(source: Source) -> Path | None:
    """The file that a source is, if it is one of TeX and whole."""
    path = Path(source.name)
    try:
        return path if path.suffix.lower() in SUFFIXES and source.line == 1 and path.is_file() else None
    except (OSError, ValueError):
        return None


def parts_of(path: Path, text: str, line: int, column: int, name: str, within: tuple[Path, ...]) -> Iterator[tuple[str, str, int, int]]:
    """The stretches of a file and of what it brings in, each with its file, line and column."""
    begin, begin_line, begin_column = 0, line, column
    for start, end, wanted in brought_in(text):
        found = sibling(path, wanted)
        if found is None or found in within or len(within) > DEEPEST:
            continue
        yield text[begin:start], name, begin_line, begin_column
        yield from parts_of(found, content(found), 1, 1, str(found), (*within, found))
        begin = end
        begin_line = line + text.count("\n", 0, end)
        begin_column = end - text.rfind("\n", 0, end)
    yield text[begin:], name, begin_line, begin_column


def brought_in(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Where `\input{file}` stands outside of comments and of `\iffalse … \fi`, and what file it names."""
    at = 0
    while (at := text.find("\\", at)) >= 0:
        if text.startswith(r"\iffalse", at):
            end = text.find(r"\fi", at)
            at = len(text) if end < 0 else end + 3
            continue
        mark = next((mark for mark in BRINGING if text.startswith(mark + "{", at)), None)
        line = text[text.rfind("\n", 0, at) + 1 : at]
        if mark is not None and "%" not in line.replace(r"\%", ""):
            close = group_end(text, at + len(mark))
            if close is not None:
                yield at, close, text[at + len(mark) + 1 : close - 1].strip()
        at += 1


def sibling(path: Path, name: str) -> Path | None:
    """The file of a name beside a path or beside the files that bring it in."""
    if not name or Path(name).is_absolute() or "\0" in name:
        return None
    names = [name] if Path(name).suffix in SUFFIXES else [name + ".tex", name]
    folders = [path.parent, *list(path.parent.resolve().parents)[:ABOVE]]
    roots = [folder.resolve() for folder in folders]
    for folder in folders:
        for each in names:
            found = folder / each
            inside = any(root in found.resolve().parents for root in roots[-1:])
            if found.suffix in SUFFIXES and found.is_file() and inside and found.stat().st_size <= LARGEST_FILE:
                return found
    return None


def content(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").replace("\r\n", "\n")
    except OSError:
        return ""


def macros_around(source: Source) -> dict[str, Macro]:
    """The macros of local packages, and for a file without a preamble those of the file that brings it in."""
    path = file_of(source)
    if path is None:
        return {}
    found: dict[str, Macro] = {}
    if r"\documentclass" not in source.text:
        for main in mains(path):
            text = content(main)
            found |= of_packages(main, text) | defined_macros(whole(Source(text.partition(r"\begin{document}")[0], str(main))))
    return found | of_packages(path, source.text)


def mains(path: Path) -> list[Path]:
    """The files beside a path, or in the folders above, that bring it in."""
    for folder in [path.parent, *list(path.resolve().parent.parents)[:ABOVE]]:
        near = sorted(folder.glob("*.tex"))[:MOST_FILES]
        found = [each for each in near if each.resolve() != path.resolve() and brings(each, path)]
        if found:
            return found[:1]
    return []


def brings(main: Path, path: Path) -> bool:
    text = content(main) if main.stat().st_size <= LARGEST_FILE else ""
    if r"\documentclass" not in text:
        return False
    return any((found := sibling(main, name)) is not None and found.resolve() == path.resolve() for _, _, name in brought_in(text))


def of_packages(path: Path, text: str) -> dict[str, Macro]:
    r"""The macros of the packages that lie beside a file: `\usepackage{mymacros}`."""
    found: dict[str, Macro] = {}
    for mark in PACKAGES:
        at = text.find(mark)
        while at >= 0:
            open_ = text.find("{", at)
            end = group_end(text, open_) if open_ >= 0 else None
            for name in text[open_ + 1 : end - 1].split(",") if end else ():
                package = sibling(path, name.strip() + ".sty")
                if package is not None:
                    found |= defined_macros(Source(content(package), str(package)))
            at = text.find(mark, at + 1)
    return found


def of_notebook(source: Source) -> Source:
    """The Markdown cells of a notebook one after the other, its code as fenced listings; each cell is a piece with a name of its own."""
    try:
        told = [told_in(cell) for cell in cells_of(json.loads(source.text))]
    except (ValueError, KeyError, TypeError, AttributeError):
        return source
    text, pieces = "", []
    for number, (kind, content_) in enumerate(told, 1):
        fence = "" if kind == "markdown" else "```\n"
        text += fence
        pieces.append(Piece(len(text), f"{source.name}[{number}]", 1, 1))
        text += content_.rstrip("\n") + "\n" + fence + "\n"
    return source._replace(text=text or " ", name=source.name.removesuffix(".ipynb") + ".md", pieces=tuple(pieces))


def cells_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells of a notebook; those before the fourth format, of 2015, stand on worksheets."""
    return [cell for sheet in notebook.get("worksheets", [notebook]) for cell in sheet["cells"]]


def told_in(cell: dict[str, Any]) -> tuple[str, str]:
    """The kind of a cell and its text; a heading, which has been Markdown since the fourth format, with its marks."""
    kind = str(cell.get("cell_type"))
    text = joined(cell.get("source", cell.get("input", "")))
    return ("markdown", "#" * int(cell.get("level", 1)) + " " + text) if kind == "heading" else (kind, text)


def joined(lines: object) -> str:
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines)
