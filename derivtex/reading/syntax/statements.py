r"""From the tokens of a source to its statements: what stands between `;`, line breaks, `\\` and commas, cut at its relation
signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Source, Span
from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import ACCENTS, FONTS, FONTS_TO_THE_END, GREEK, RELATIONS, ROWS, nesting
from derivtex.reading.syntax.columns import in_angle, is_aside, is_column, is_fence, row_end, without_words
from derivtex.reading.syntax.lists import commas, is_sum, listed_arguments
from derivtex.reading.syntax.questions import question

CONJUNCTIONS = frozenset("or and where with so thus if then for hence s.t st subject over from since because by using via recall note".split())
PLAIN = ("letter", "digit")


class Statement(NamedTuple):
    """A chain of sides with the relations between them; one side alone is an expression."""

    sides: tuple[tuple[Token, ...], ...]
    relations: tuple[str, ...]
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    @property
    def latex(self) -> str:
        return self.source.text[self.start : self.end].strip()

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(token for side in self.sides for token in side)


def statements(parts: tuple[Token, ...], source: Source, lines: bool) -> list[Statement]:
    """The statements of a stretch of mathematics; with `lines`, a line break of the source ends one."""
    asides: list[tuple[Token, ...]] = []
    main = joined(list(rows(parts, lines, asides)))
    said = [row for aside in asides for row in without_words(aside) if has_relation(row)]
    made = (statement(row, source) for row in sorted((*main, *said), key=lambda row: row[0].start))
    return [each for each in made if each is not None]


def rows(parts: tuple[Token, ...], lines: bool, asides: list[tuple[Token, ...]]) -> Iterator[tuple[Token, ...]]:
    r"""The stretches between marks that end a statement, those of aligned environments among them.

    What stands in a column to the right of an aligned equation, `&& \text{since } A = A^T`, is put with the asides.
    """
    current: list[Token] = []
    depth = begin = 0
    for at, token in enumerate(parts):
        if at < begin:
            continue
        if token.kind in PLAIN and not (lines and token.broken):
            current.append(token)  # most tokens
            continue
        inner = inner_rows(parts, at)
        if inner is not None:
            if current and (current[-1].is_mark(r"\eqalign", r"\displaylines") or current[-1].kind == "open"):
                current.pop()
            yield tuple(current)
            current = []
            yield from rows(inner, False, asides)
            continue
        if lines and token.broken and depth == 0 and current and not goes_on(current, token):
            yield tuple(current)
            current = []
        depth = max(0, depth + nesting(token))
        ends = token.is_mark(";", "\\\\", r"\Rightarrow", "\n") or is_conjunction(token)
        if ends and (depth == 0 or token.text == "\\\\"):
            yield tuple(current)
            current, depth = [], 0
            continue
        if (
            token.is_mark(",")
            and depth == 0
            and begins_statement(parts[at + 1 :])
            and (has_relation(current) or question(tuple(current)) is not None or is_sum(current))
            and not in_angle(parts, at)
        ):
            yield tuple(current)
            current = []
            continue
        if token.is_mark("&") and depth == 0 and (is_aside(parts, at, current) or (has_relation(current) and is_column(parts[at + 1 : at + 2]))):
            begin = row_end(parts, at)
            asides.append(tuple(part for part in parts[at:begin] if not part.is_mark("&")))
            continue
        if not token.is_mark("&"):
            current.append(token)
    yield tuple(current)


def inner_rows(parts: tuple[Token, ...], at: int) -> tuple[Token, ...] | None:
    """The rows inside an aligned environment, or behind `\\eqalign`."""
    token = parts[at]
    if token.kind == "environment" and token.text in ROWS:
        inner = token.inner
        if token.text.startswith(("alignat", "IEEE", "alignedat")) and inner and inner[0].kind == "group":
            inner = inner[1:]
        return inner
    if token.kind == "group" and at > 0 and parts[at - 1].is_mark(r"\eqalign", r"\displaylines"):
        return token.inner
    return None


def is_conjunction(token: Token) -> bool:
    if token.kind == "text":
        return token.text.strip(" ,.:") in CONJUNCTIONS or " " in token.text.strip()
    if token.kind == "group" and token.inner and token.inner[0].is_mark(r"\rm"):
        return "".join(part.text for part in token.inner[1:]) in CONJUNCTIONS
    return False


def has_relation(parts: list[Token] | tuple[Token, ...]) -> bool:
    return any(token.kind in ("mark", "macro") and token.text in RELATIONS for token in parts)


def begins_statement(parts: tuple[Token, ...]) -> bool:
    """Whether a relation comes before the next separator: what stands behind a comma is then a statement of its own."""
    depth = 0
    for token in parts:
        depth += nesting(token)
        if depth == 0 and token.is_mark(",", ";", "\\\\"):
            return False
        if depth == 0 and token.kind in ("mark", "macro") and token.text in RELATIONS:
            return True
    return False


def goes_on(before: list[Token], token: Token) -> bool:
    """Whether a statement goes on over a line break; a sign that is an exponent, `Z^+`, ends it."""
    raised = len(before) > 1 and before[-2].is_mark("^")
    marks = {"+", "-", "=", ":=", "*", r"\cdot", r"\times", ":", ",", "^", "_", r"\odot", r"\otimes", r"\in"}
    return (before[-1].is_mark(*marks) and not raised) or token.is_mark(
        "=", ":=", "+", r"\cdot", r"\times", r"\odot", r"\otimes", "^", "_", ")", "]", r"\in"
    )


def joined(found: list[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """Rows that begin with a relation, a plus, or an empty group before a sign (so that it stands between two terms) go on with the row before."""
    result: list[tuple[Token, ...]] = []
    for row in found:
        if len(row) > 1 and row[0].kind == "group" and not row[0].inner and row[1].is_mark("+", "-") and result:
            result[-1] = (*result[-1], *row[1:])
        elif row and result and row[0].kind in ("mark", "macro") and (row[0].text in RELATIONS or row[0].is_mark("+")):
            result[-1] = (*result[-1], *row)
        elif row:
            result.append(row)
    return result


def statement(row: tuple[Token, ...], source: Source) -> Statement | None:
    """A row cut at its relation signs."""
    row = as_fraction(without_ending(row))
    while row and (row[0].is_mark(",", ";") or (row[0].is_mark(".") and row[1:2] and row[1].kind != "digit")):
        row = row[1:]
    if not row:
        return None
    sides: list[tuple[Token, ...]] = []
    relations: list[str] = []
    begin, depth = 0, 0
    for at, token in enumerate(row):
        depth = max(0, depth + nesting(token))
        if depth == 0 and token.kind in ("mark", "macro") and token.text in RELATIONS and not is_fence(row, at):
            sides.append(row[begin:at])
            relations.append(token.text)
            begin = at + 1
    sides.append(row[begin:])
    return Statement(tuple(sides), tuple(relations), source, row[0].start, row[-1].end)


def without_ending(row: tuple[Token, ...]) -> tuple[Token, ...]:
    """A row without the marks of punctuation at its end; a `?` is one behind a question or a relation, `= ?`, and a `!` is a factorial."""
    while row and row[-1].is_mark(",", ".", ";"):
        row = row[:-1]
    if row and row[-1].is_mark("?") and (has_relation(row) or question(row[:-1]) is not None):
        row = row[:-1]
        while row and row[-1].is_mark(*RELATIONS):
            row = row[:-1]
        return without_ending(row)
    return row


def as_fraction(row: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""A row without relations in which `\over` stands outside of all braces, as the one fraction that TeX makes of it."""
    if not any(token.is_mark(r"\over") for token in row) or has_relation(row):
        return row
    return (Token("group", "", row[0].start, row[-1].end, inner=row),)


class Left(NamedTuple):
    r"""The left side of a definition: a name, its indices `p_i`, the arguments of `f(x)`."""

    name: tuple[Token, ...]
    below: tuple[Token, ...] = ()
    arguments: tuple[tuple[Token, ...], ...] | None = None
    shape: tuple[Token, ...] = ()


def left_side(side: tuple[Token, ...]) -> Left | None:
    """The side as the left of a definition; None when it is not a name."""
    at = name_width(side)
    if at == 0:
        return None
    name = side[:at]
    below: tuple[Token, ...] = ()
    shape: tuple[Token, ...] = ()
    arguments: tuple[tuple[Token, ...], ...] | None = None
    while at < len(side):
        token = side[at]
        if token.is_mark("_", "^") and at + 1 < len(side):
            script = side[at + 1].inner if side[at + 1].kind == "group" else (side[at + 1],)
            if any(part.is_mark(r"\times") for part in script):
                shape = script
            elif token.is_mark("_") and arguments is None:
                below = script
            elif not part_of_name(script):
                return None
            elif script:
                name, below = side[: at + 2], ()
            at += 2
        elif (
            (token.text == "(" and token.kind in ("mark", "open"))
            and arguments is None
            and side[-1 if not shape_behind(side) else -3].text == ")"
        ):
            end = closing(side, at)
            if end is None:
                return None
            arguments = listed_arguments(tuple(part for part in commas(side[at + 1 : end]) if part))
            at = end + 1
        elif token.is_mark("'"):
            return None
        else:
            return None
    return Left(name, below, arguments, shape)


def shape_behind(side: tuple[Token, ...]) -> bool:
    return len(side) > 2 and side[-2].is_mark("_")


def part_of_name(script: tuple[Token, ...]) -> bool:
    r"""Whether something raised belongs to the name: `W^{[1]}`, `x^{(k)}`, `x^*`, `P_k^-`, `L^{\text{ridge}}`; an empty group is nothing."""
    return not script or script[0].text in ("[", "(", "*", r"\star") or (len(script) == 1 and (script[0].is_mark("-") or script[0].kind == "text"))


def name_width(side: tuple[Token, ...]) -> int:
    """How many tokens the letter at the beginning takes."""
    if not side:
        return 0
    first = side[0]
    run = letters_in_a_row(side)
    if run > 1:
        return run
    if first.is_mark(r"\ln", r"\log") and any(token.text == "(" for token in side[2:4]):
        return 1 + name_width(side[1:])
    if first.kind == "letter" or (first.kind == "macro" and first.text in GREEK):
        return 1
    if first.kind == "macro" and (first.text in FONTS | ACCENTS or first.text == r"\operatorname") and len(side) > 1:
        if side[1].kind == "macro" and (side[1].text in FONTS or side[1].text in ACCENTS):
            return 3 if len(side) > 2 else 0
        return 2
    if first.kind == "text":
        return 1
    if first.kind == "group" and first.inner and (len(first.inner) == 1 or first.inner[0].text in FONTS_TO_THE_END):
        return 1
    return 0


def letters_in_a_row(side: tuple[Token, ...]) -> int:
    """How many letters stand side by side at the beginning, when nothing but a bracket or a script follows: `KL`, `CE(p, q)`."""
    width = 0
    while width < len(side) and side[width].kind == "letter" and (width == 0 or not side[width].spaced):
        width += 1
    behind = side[width] if width < len(side) else None
    return width if behind is None or behind.text in ("(", "_") else 0


def closing(side: tuple[Token, ...], at: int) -> int | None:
    """Where the bracket that opens at a place closes."""
    depth = 0
    for place in range(at, len(side)):
        depth += nesting(side[place])
        if depth == 0:
            return place
    return None
