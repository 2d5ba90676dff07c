"""Formulas without TeX among the words of a Markdown text that has others in TeX: whole lines, and derivatives of one name by another."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source
from derivtex.reading.source.blocks import Block
from derivtex.reading.source.plainformulas import in_line, split

NO_LINES = ("|", "#", ">", "<", "-", "*", "+", "[", "!")  # with which a line of Markdown begins that is no text of its own


def plain_lines(source: Source, block: Block) -> Iterator[Block]:
    """Of a block of words in Markdown the lines that are formulas as a whole, `(y-Xw)'(y-Xw)`, and the derivatives in the others, `dL/dX`."""
    begin = block.start
    for line in source.text[block.start : block.end].splitlines(keepends=True):
        end = begin + len(line)
        found = list(in_line(source.text, begin, end)) if not line.lstrip().startswith(NO_LINES) else []
        alone = len(found) == 1 and found[0].display
        yield from found if alone else plain_derivatives(source, begin, end)
        begin = end


def plain_derivatives(source: Source, begin: int, end: int) -> Iterator[Block]:
    """The derivatives of one name by another in a stretch of words, `dL/dX`, `∂f/∂x`."""
    for piece in split(source.text, begin, end):
        text = piece.text.strip("().,;:?!")
        names = [part[1:] for part in text.split("/") if part[:1] in ("d", "∂")]
        if text.count("/") == 1 and len(names) == 2 and all(len(name) == 1 and name.isalpha() for name in names):
            start = source.text.index(text, piece.start)
            yield Block("formula", start, start + len(text), False, True)
