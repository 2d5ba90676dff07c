"""A document that is open in an editor: its text as derivtex reads it, and the positions of the protocol.

Lines end as the protocol says (at `\\n`, `\\r\\n` or `\\r`, and at nothing else), columns count the units of the client's encoding, UTF-16 if
nothing else was agreed. derivtex reads the text with `\\n` at the end of each line; what it writes gets the ends that the document has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from lsprotocol import types as lsp

ENDS = re.compile(r"\r\n?")
MARKDOWN = ("markdown", "quarto", "rmd", "org")
SUFFIXES = (".md", ".qmd", ".Rmd", ".markdown")
UTF_8, UTF_16 = lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16


class Paper:
    """One open document. text: with `\\n` at the end of each line. starts: where each line begins in it. name: what derivtex calls it."""

    def __init__(self, uri: str, text: str, version: int | None = None, language: str = "", name: str = "", encoding: Any = UTF_16):
        self.uri, self.version, self.language, self.name, self.encoding = uri, version, language, name or uri, encoding
        self.ends = "\n"
        self.put(text)

    def put(self, text: str) -> None:
        """Take a text in place of what there was."""
        if "\r" in text:
            self.ends = "\r\n" if "\r\n" in text else "\r"
            text = ENDS.sub("\n", text)
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def change(self, changes: Iterable[Any], version: int | None) -> None:
        """Make the changes that the client tells, one after the other."""
        for change in changes:
            where = getattr(change, "range", None)
            if where is None:
                self.put(change.text)
            else:
                start, end = self.offset(where.start), self.offset(where.end)
                self.put(self.text[:start] + ENDS.sub("\n", change.text) + self.text[max(start, end) :])
        self.version = version

    @property
    def is_markdown(self) -> bool:
        return self.language in MARKDOWN or self.uri.endswith(SUFFIXES)

    def row(self, number: int) -> str:
        """A line without its end; rows count from 0."""
        return self.text[self.starts[number] : self.end_of_row(number)]

    def end_of_row(self, number: int) -> int:
        return self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)

    def offset(self, where: lsp.Position) -> int:
        """The offset of a position; of one behind the end of a line or of the text, that end."""
        if where.line >= len(self.starts):
            return len(self.text)
        row = self.row(where.line)
        return self.starts[where.line] + (min(where.character, len(row)) if row.isascii() else self.characters(row, where.character))

    def characters(self, row: str, units: int) -> int:
        """How many characters of a line so many units are; one that is cut in two belongs to what is behind."""
        for at, character in enumerate(row):
            units -= self.units(character)
            if units < 0:
                return at
        return len(row)

    def position(self, offset: int) -> lsp.Position:
        """The position of an offset, in the client's units."""
        row = bisect_right(self.starts, offset) - 1
        return lsp.Position(row, self.units(self.text[self.starts[row] : offset]))

    def spanning(self, start: int, end: int) -> lsp.Range:
        return lsp.Range(self.position(start), self.position(end))

    def units(self, text: str) -> int:
        """How many units of the client a text takes."""
        if text.isascii():
            return len(text)
        if self.encoding == UTF_8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + (sum(character > "\uffff" for character in text) if self.encoding == UTF_16 else 0)

    def to_insert(self, text: str) -> str:
        """A text as the document can take it, its lines ended as the document's are."""
        return text if self.ends == "\n" else text.replace("\n", self.ends)
