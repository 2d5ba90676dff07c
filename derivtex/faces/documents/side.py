r"""The side file of the LaTeX package: the formulas that LaTeX wrote to JOB.dvt, and their derivations in JOB.dvo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, UsageError, describe
from derivtex.core.files import write_whole
from derivtex.faces.choosing import Chosen
from derivtex.faces.documents.deriving import macros_for, text_of
from derivtex.faces.documents.latex import whole
from derivtex.faces.documents.options import options, parsed
from derivtex.faces.documents.settings import settings

FIRST = "%derivtex 1"
KEY = re.compile(r"\w+")


class Block(NamedTuple):
    """One formula that LaTeX met. key: LaTeX's own sum of its options, declarations and source."""

    key: str
    source: Source
    options: str
    declare: tuple[str, ...]


def derive_side_file(path: Path) -> list[str]:
    """Write the derivations of a side file beside it; the complaints about those formulas that have none."""
    complaints: list[str] = []
    written: dict[str, str] = {}
    found = list(blocks(path))
    document = whole([path.with_suffix(".tex").name, *(block.source.name for block in found)], Path.cwd())
    for block in found:
        if block.key not in written:
            written[block.key] = entry(block, document, complaints)
    write_whole("% Written by derivtex for derivtex.sty. Do not edit.\n" + "".join(written.values()), path.with_suffix(".dvo"))
    return complaints


def entry(block: Block, document: str, complaints: list[str]) -> str:
    """What the package is to do for a block: set its derivation, or report an error at its line."""
    try:
        asked = options([*settings(Path.cwd()), {"declare": block.declare}, parsed(block.options)])
        if asked["profile"] is None and asked["template"] is None:
            asked = {**asked, "profile": "latex"}
        done = text_of(block.source, asked, Path.cwd(), macros_for(document, block.source.text))
        if done.word:
            complaints.append(f"{block.source.name}:{block.source.line}: warning: {done.word}")
        space = "" if asked["show"] == "result" else "\n"  # before the words that follow
        return f"\\derivtexresult{{{block.key}}}{{%\n{in_latex(done.text, asked)}{space}}}\n"
    except DerivtexError as error:
        complaints.append(describe(error) if error.span else f"{block.source.name}:{block.source.line}: {describe(error)}")
        return f"\\derivtexfailed{{{block.key}}}{{{in_log(error.message)}}}{{{in_log(error.way_out)}}}\n"


def in_latex(text: str, asked: Chosen) -> str:
    """The text as it stands in a LaTeX document."""
    return rf"\ensuremath{{{text}}}" if asked["show"] == "result" else text.rstrip("\n")


def in_log(text: str) -> str:
    """Words for LaTeX's log: braces balanced, on one line, without what ends a line in TeX."""
    return text.replace("\n", " ").replace("{", "(").replace("}", ")").replace("%", " percent").replace("#", "no. ")


def blocks(path: Path) -> Iterator[Block]:
    """The formulas of a side file, in order, each with the declarations before it; of one that LaTeX could not finish, those that
    are whole. Raises UsageError."""
    if path.suffix == ".dvo":
        raise UsageError(f"{path} is what derivtex writes", way_out=f"give {path.with_suffix('.dvt').name}, which LaTeX writes")
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", way_out="run LaTeX first: it writes this file") from error
    if lines[0] != FIRST:
        raise UsageError(f"{path} is no side file of derivtex.sty", way_out=r"it is written by \usepackage{derivtex}: run LaTeX")
    declare: list[str] = []
    line, file = 1, path.with_suffix(".tex").name
    at = 1
    while at < len(lines):
        mark, _, rest = lines[at].partition(" ")
        at += 1
        if mark == "%line":
            number, _, name = rest.partition(" ")
            if number.isdecimal() and len(number) < 9:
                line, file = int(number), name or file
        elif mark == "%declare":
            declare.append(rest)
        elif mark == "%block":
            end = next((i for i in range(at, len(lines)) if lines[i] == f"%end {rest}"), None)
            if end is None or end == at or not KEY.fullmatch(rest):
                continue
            text = "\n".join(lines[at + 1 : end])
            yield Block(rest, Source(text, file, line), lines[at].removeprefix("%options").strip(), tuple(declare))
            at = end + 1
