"""What a person gives on the command line: a formula, a file, standard input; and the document that it is from."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from derivtex.core.errors import Source, UsageError
from derivtex.core.files import content_of

SUFFIXES = (".tex", ".ltx", ".md", ".markdown", ".rmd", ".qmd", ".ipynb", ".rst", ".txt", ".org", ".typ", ".html")
WORD = 3  # letters; what is longer and the name of a folder is no product of letters


def read_source(argument: str) -> Source:
    """The text of a source and the name it is known by: a file, standard input, or the formula itself."""
    argument = argument.removeprefix(" ") if argument.startswith(" -") else argument  # a minus that is no option has a space before it
    if argument == "-":
        return Source(decoded(sys.stdin.buffer.read(), "<stdin>"), "<stdin>")
    try:
        there, is_folder = Path(argument).exists(), Path(argument).is_dir()
    except (OSError, ValueError):
        there = is_folder = False
    if there and not is_folder:
        return Source(decoded(content_of(Path(argument)), argument), argument)
    if is_folder and ("/" in argument or os.sep in argument or argument.startswith(".") or (len(argument) > WORD and argument.isidentifier())):
        raise UsageError(f"{argument} is a folder", way_out="give the name of a file in it, a formula, or - for standard input")
    if looks_like_a_file(argument):
        raise UsageError(f"there is no file {argument}", way_out="give the name of a file, a formula, or - for standard input")
    return Source(argument)


def decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not text in UTF-8 (byte {error.start})", way_out="save it as UTF-8") from error


def looks_like_a_file(argument: str) -> bool:
    return argument.lower().endswith(SUFFIXES) and not any(c in argument for c in "=\n{}$ ")


def in_context(source: Source, document: str | None) -> tuple[Source, tuple[str, ...]]:
    """A formula with the macros of the document that it is from, and what is declared there of its names."""
    if document is None:
        return source, ()
    from derivtex.faces.documents.around import around, needed

    macros, known = around(Path(document))
    return source._replace(context=macros), needed(known, source.text)
