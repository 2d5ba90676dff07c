r"""Everything derivtex can complain about.

    DerivtexError                 exit status
    ├── UsageError                2   an option or a name that does not exist
    │   └── TemplateError         2   a template that cannot be used, with file and line
    ├── SourceError               3   the source cannot be read
    │   ├── SyntaxProblem         3   a formula that is not one
    │   ├── DeclarationError      3   a declaration that cannot be understood
    │   ├── AmbiguityError        3   two readings that would change the answer
    │   │   └── ArrayPower        3   a power of a vector, which may be that of its entries or a product
    │   └── ShapeError            3   dimensions that do not conform
    │       └── NoEntries         3   an index at a number, which may be one of a family
    ├── NotDerivable              4   read, but nothing is known that derives it
    │   └── Expectation           4   what is random, which is not derived
    ├── TooLarge                  4   it takes more time or room than it may (in `session`)
    └── NotConfirmed              1   a step that the numbers do not confirm

An error knows what is wrong and a way out; whoever knows the source gives it its place with `at`.
"""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """From an offset on, a text is that of another file: its name, and the line and column where it goes on there."""

    start: int
    name: str
    line: int
    column: int


class Source(NamedTuple):
    """A text with the name it is known by, and the line and column (from 1) where it begins in its file.

    context: what its author wrote elsewhere and holds here too, definitions of macros. pieces: of a document that is put together from
    several files, where each goes on.
    """

    text: str
    name: str = "<formula>"
    line: int = 1
    column: int = 1
    context: str = ""
    pieces: tuple[Piece, ...] = ()

    def piece(self, offset: int) -> Piece:
        """The piece in which an offset lies."""
        found = [each for each in self.pieces if each.start <= offset]
        return found[-1] if found else Piece(0, self.name, self.line, self.column)


class Span(NamedTuple):
    """A stretch of a source: offsets of its first character and of the one behind its last."""

    source: Source
    start: int
    end: int

    @property
    def name(self) -> str:
        """The file in which it begins."""
        return self.source.piece(self.start).name

    @property
    def line(self) -> int:
        piece = self.source.piece(self.start)
        return piece.line + self.source.text.count("\n", piece.start, self.start)

    @property
    def column(self) -> int:
        piece = self.source.piece(self.start)
        begin = self.source.text.rfind("\n", piece.start, self.start) + 1
        return self.start - begin + 1 if begin > 0 else self.start - piece.start + piece.column

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The stretch from this one's beginning to the other's end."""
        return self._replace(end=max(self.end, other.end))


class DerivtexError(Exception):
    """The root of the tree: a message, a stable code, a way out and, once known, a place."""

    exit_status = 1
    code = "error"

    def __init__(self, message: str, *, way_out: str = "", span: Span | None = None):
        super().__init__(message)
        self.message, self.way_out, self.span = message, way_out, span

    def at(self, span: Span | None) -> DerivtexError:
        """The same error with its place; a place that is known already stays."""
        self.span = self.span or span
        return self

    def __str__(self) -> str:
        return self.message


class UsageError(DerivtexError):
    exit_status, code = 2, "usage"


class TemplateError(UsageError):
    code = "template"


class SourceError(DerivtexError):
    exit_status, code = 3, "source"


class SyntaxProblem(SourceError):
    code = "syntax"


class DeclarationError(SourceError):
    code = "declaration"


class AmbiguityError(SourceError):
    code = "ambiguous"


class ArrayPower(AmbiguityError):
    """A power of a vector, or of a matrix that is not square: of its entries, or a product."""

    code = "power"


class ShapeError(SourceError):
    """open: whether it may be otherwise, as where a size that is a number meets one that has a name."""

    code = "dimensions"
    open = False


class NoEntries(ShapeError):
    """An index at what was taken for a number: it may be one of several numbers."""


class NotDerivable(DerivtexError):
    exit_status, code = 4, "not-derivable"


class PartOfHessian(NotDerivable):
    """A second derivative that is one entry of the Hessian of `target` by `whole`."""

    def __init__(self, message: str, target: str, whole: str, way_out: str):
        super().__init__(message, way_out=way_out)
        self.target, self.whole = target, whole


class Expectation(NotDerivable):
    """A line about random quantities: what stands inside of E[…] may be derived, the line as a whole is not tried."""

    code = "expectation"


class OpenDependence(NotDerivable):
    """A derivative by the vector `by` of what depends on it in a way that is left open: by one of its entries it can be told."""

    def __init__(self, message: str, by: str, way_out: str, span: Span | None):
        super().__init__(message, way_out=way_out, span=span)
        self.by = by


class NotConfirmed(DerivtexError):
    """`answer` is what the numbers speak against, for whoever wants to see it."""

    exit_status, code = 1, "not-confirmed"

    def __init__(self, message: str, answer: object = None, *, way_out: str = "", span: Span | None = None):
        super().__init__(message, way_out=way_out, span=span)
        self.answer = answer


def describe(error: DerivtexError) -> str:
    """`FILE:LINE:COLUMN: error: text [code]`, the line of the source with a caret below it, and the way out."""
    span = error.span
    place = f"{span.name}:{span.line}:{span.column}: " if span else ""
    lines = [f"{place}error: {error.message} [{error.code}]"]
    if span:
        lines += caret(span)
    if error.way_out:
        lines.append(f"  help: {error.way_out}")
    return "\n".join(lines)


def caret(span: Span, width: int = 100) -> list[str]:
    """The line of the source on which the span begins, cut to a width around it, and carets under the span."""
    text = span.source.text
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", begin)
    line = text[begin : end if end >= 0 else len(text)].replace("\t", " ")
    first, last = span.start - begin, max(span.end - begin, span.start - begin + 1)
    cut = max(0, first - width // 2)
    shown = line[cut : cut + width]
    marks = "^" * max(1, min(last, cut + len(shown)) - first)
    margin = f"  {span.line} | "
    return [margin + shown, " " * (len(margin) + first - cut) + marks]
