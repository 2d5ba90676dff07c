r"""From the tokens of a source to its statements: what stands between `;`, line breaks, `\\` and commas, cut at its relation signs; what stands in
a column beside an equation, and `<` and `>` that are brackets, set apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Source, Span
from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import OPERATORS, RELATIONS, ROWS
from derivtex.reading.syntax.columns import JOINING, begins_column, begins_statement, has_relation, row_end, without_words
from derivtex.reading.syntax.declarationwords import told_properties
from derivtex.reading.syntax.gaps import apart
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.lists import is_sum
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.quotients import with_quotients
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.syntax.written import group


def in_angle(parts: Parts, at: int) -> bool:
    """Whether a comma stands between `<` and `>` that are brackets."""
    before = [token.text for token in parts[:at] if token.text in ("<", ">")]
    behind = [token.text for token in parts[at + 1 : at + 40] if token.text in ("<", ">", ",")]
    return before[-1:] == ["<"] and behind[:1] == [">"]


def is_fence(row: Parts, at: int) -> bool:
    """Whether `<` or `>` is a bracket here: `<x, y>`."""
    if row[at].text == "<":
        rest = [token.text for token in row[at + 1 : at + 60]]
        return ">" in rest and "," in rest[: rest.index(">")]
    if row[at].text == ">":
        before = [token.text for token in row[:at]]
        return "<" in before and "," in before[len(before) - before[::-1].index("<") :]
    return False


OF_PROGRAM = frozenset(("minimize", "minimise", "maximize", "maximise", "subject to", "s.t", "such that"))
CONJUNCTIONS = frozenset("or and where with so thus if then for hence s.t st subject over from since because by using via recall note".split())
PLAIN = ("letter", "digit")
EQUALITIES = ("=", ":=")


class Statement(NamedTuple):
    """A chain of sides with the relations between them; one side alone is an expression."""

    sides: tuple[Parts, ...]
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
    def tokens(self) -> Parts:
        return tuple(token for side in self.sides for token in side)


def statements(parts: Parts, source: Source, lines: bool) -> list[Statement]:
    """The statements of a stretch of mathematics; with `lines`, a line break of the source ends one."""
    asides: list[Parts] = []
    main = joined([said for row in rows(with_quotients(parts), lines, asides) for said in apart(row, source)], source)
    said = [row for aside in asides for row in without_words(aside) if has_relation(row)]
    made = (statement(row, source, among_words=not lines) for row in sorted((*main, *said), key=lambda row: row[0].start))
    return [part for each in made if each is not None for part in by_what_they_say(each)]


def by_what_they_say(said: Statement) -> list[Statement]:
    r"""`M = A^TA \in \mathbb{R}^{n\times n}` says two things: what M is, and what else holds of it. Any other chain is one statement."""
    at = next((k for k, relation in enumerate(said.relations) if relation not in EQUALITIES), 0)
    if at == 0 or not all(said.sides):
        return [said]
    name = left_side(said.sides[0])
    plain = name is not None and (said.relations[at] == r"\in" or (name.arguments is None and not name.below))
    subject = name.name if name is not None and plain else said.sides[at]
    equal = said._replace(sides=said.sides[: at + 1], relations=said.relations[:at], end=said.sides[at][-1].end)
    return [equal, said._replace(sides=(subject, *said.sides[at + 1 :]), relations=said.relations[at:], start=subject[0].start)]


def rows(parts: Parts, lines: bool, asides: list[Parts]) -> Iterator[Parts]:
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
        depth = max(0, depth + token.nesting)
        if token.is_mark(r"\forall") and depth == 0 and has_relation(current):
            close = row_end(parts, at)
            begin = at + 1 if has_relation(parts[at + 1 : close]) else close
        ends = begin > at or token.is_mark(";", "\\\\", r"\Rightarrow", "\n") or (is_conjunction(token) and not is_told(current, token))
        if ends and (depth == 0 or token.text == "\\\\"):
            yield tuple(current)
            current, depth = [], 0
            continue
        if (
            token.is_mark(",")
            and depth == 0
            and (begins_statement(parts[at + 1 :]) or begins_question(parts, at + 1))
            and (has_relation(current) or question(tuple(current)) is not None or is_sum(tuple(current)))
            and not in_angle(parts, at)
        ):
            yield tuple(current)
            current = []
            continue
        if not token.is_mark("&"):
            current.append(token)
        elif depth == 0 and (beside := begins_column(parts, at, current, asides)):
            begin = row_end(parts, at)
            rest = tuple(part for part in parts[at:begin] if not part.is_mark("&"))
            asides[len(asides) - (beside == "again") :] = [(*asides[-1], *rest) if beside == "again" else rest]
    yield tuple(current)


def begins_question(parts: Parts, at: int) -> bool:
    r"""Whether a derivative stands between a comma and what separates it from the next: `\frac{d}{dx} x^TA, \frac{d}{dx} Ax`."""
    end, depth = at, 0
    while end < len(parts) and (depth or not parts[end].is_mark(",", ";", "\\\\")):
        depth, end = max(0, depth + parts[end].nesting), end + 1
    return parts[at : at + 1] != () and parts[at].is_mark(r"\frac", r"\nabla") and question(without_ending(parts[at:end])) is not None


def inner_rows(parts: Parts, at: int) -> Parts | None:
    """The rows inside an aligned environment, behind `\\eqalign`, or of a problem that is typed as an array."""
    token = parts[at]
    if token.kind == "environment" and token.text == "array" and is_program(token.inner):
        return token.inner[1:] if token.inner[0].kind == "group" else token.inner
    if token.kind == "environment" and token.text in ROWS:
        inner = token.inner
        if token.text.startswith(("alignat", "IEEE", "alignedat")) and inner and inner[0].kind == "group":
            inner = inner[1:]
        return inner
    if token.kind == "group" and at > 0 and parts[at - 1].is_mark(r"\eqalign", r"\displaylines"):
        return token.inner
    return None


def is_program(inner: Parts) -> bool:
    r"""Whether the rows of an array are those of a problem, `\text{maximize} & … \\ \text{subject to} & …`."""
    words = (token.text for each in inner for token in (each, *each.inner) if token.kind == "text")
    return any(each.strip(" ,.:").lower() in OF_PROGRAM for each in words)


def is_conjunction(token: Token) -> bool:
    if token.kind == "text":
        return token.text.strip(" ,.:") in CONJUNCTIONS or " " in token.text.strip()
    if token.kind == "group" and token.inner and token.inner[0].is_mark(r"\rm"):
        return "".join(part.text for part in token.inner[1:]) in CONJUNCTIONS
    return False


def is_told(before: list[Token], token: Token) -> bool:
    r"""Whether words tell what is in a space before them: `P \in \mathbb{R}^{n\times n} \text{ positive definite}`."""
    return token.kind == "text" and any(each.is_mark(r"\in") for each in before) and bool(told_properties(token.text.strip(" ,.:")))


def goes_on(before: list[Token], token: Token) -> bool:
    """Whether a statement goes on over a line break; a sign that is an exponent, `Z^+`, ends it."""
    raised = len(before) > 1 and before[-2].is_mark("^")
    marks = {"+", "-", "=", ":=", "*", r"\cdot", r"\times", ":", ",", "^", "_", r"\odot", r"\otimes", r"\in"}
    return (before[-1].is_mark(*marks) and not raised) or token.is_mark(
        "=", ":=", "+", r"\cdot", r"\times", r"\odot", r"\otimes", "^", "_", ")", "]", r"\in"
    )


def joined(found: list[Parts], source: Source) -> list[Parts]:
    """The rows, those that go on with the row before put behind it: a relation, a plus, or an empty group before a sign begins them."""
    result: list[Parts] = []
    for row in found:
        if len(row) > 1 and row[0].kind == "group" and not row[0].inner and row[1].is_mark("+", "-") and result:
            result[-1] = (*result[-1], *row[1:])
        elif row and result and (begins_with_relation(row) or goes_on_from(result[-1], row, source)):
            result[-1] = (*result[-1], *row)
        elif row:
            result.append(row)
    return result


def begins_with_relation(row: Parts) -> bool:
    return row[0].kind in ("mark", "macro") and (row[0].text in RELATIONS or row[0].is_mark("+"))


def goes_on_from(before: Parts, row: Parts, source: Source) -> bool:
    r"""Whether a row of an aligned equation without a relation goes on with the one before: it begins with a sign or the mark of a product, or
    the one before ends with one or leaves a bracket open, `= (a \\ {} - b)`."""
    if not has_relation(before) or has_relation(row) or "\\\\" not in source.text[before[-1].end : row[0].start]:
        return False
    return row[0].is_mark("-", *JOINING) or before[-1].is_mark("+", "-", *JOINING) or sum(token.nesting for token in before) > 0


def statement(row: Parts, source: Source, among_words: bool = False) -> Statement | None:
    """A row cut at its relation signs. among_words: whether it stands in a text, whose question a `?` at its end closes."""
    row = as_fraction(without_ending(row, among_words))
    while row and (row[0].is_mark(",", ";") or (row[0].is_mark(".") and row[1:2] and row[1].kind != "digit")):
        row = row[1:]
    if not row:
        return None
    sides: list[Parts] = []
    relations: list[str] = []
    begin, depth = 0, 0
    for at, token in enumerate(row):
        depth = max(0, depth + token.nesting)
        if depth == 0 and token.kind in ("mark", "macro") and token.text in RELATIONS and not is_fence(row, at):
            sides.append(row[begin:at])
            relations.append(token.text)
            begin = at + 1
    sides.append(row[begin:])
    return Statement(tuple(sides), tuple(relations), source, row[0].start, row[-1].end)


def without_ending(row: Parts, among_words: bool = False) -> Parts:
    """A row without the marks of punctuation at its end; a `?` is one behind a question or a relation, `= ?`, and a `!` is a factorial."""
    while row and row[-1].is_mark(",", ".", ";"):
        row = row[:-1]
    told = among_words and len(row) > 1 and row[-1].is_mark("?") and not row[-2].is_mark(*OPERATORS)  # “… for minimizing $$f(x)\,?$$”
    if row and row[-1].is_mark("?") and (told or has_relation(row) or question(row[:-1]) is not None):
        row = row[:-1]
        while row and row[-1].is_mark(*RELATIONS):
            row = row[:-1]
        return without_ending(row, among_words)
    return row


def as_fraction(row: Parts) -> Parts:
    r"""A row without relations in which `\over` stands outside of all braces, as the one fraction that TeX makes of it."""
    if not any(token.is_mark(r"\over") for token in row) or has_relation(row):
        return row
    return (group(row),)
