r"""The statements of a document in the order in which they stand, and the classes that sorting puts them into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.applications import applied_to_letters
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.ellipses import is_of_notation
from derivtex.reading.syntax.lefts import Left
from derivtex.reading.syntax.questions import Question
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.tree import Key, Node, Parts, key
from derivtex.reading.words.dependences import Told


@dataclass(eq=False)
class Body:
    """A definition as it stands: its left side, the tokens of what it stands for, and what it is (symbol, template, function)."""

    left: Left
    side: Parts
    said: Statement
    form: str = "symbol"
    latex: str = ""
    parsed: Node | None = None

    @property
    def node(self) -> Node:
        """The tree of what it stands for, once it has been parsed."""
        assert self.parsed is not None
        return self.parsed

    @property
    def key(self) -> Key:
        return key(self.left.name)


@dataclass(eq=False)
class Reading:
    """What the statements of a document are: declarations, definitions, expressions, questions, claims; in order.

    derivatives: all that occur as a left side, and whether they are claimed to be something. objective: what is varied in an optimum on
    paper; objective_of: what of; conditions: what stands below it, or in the braces of a set. asserted: whether the lines are to be
    judged; variables: by what they take derivatives; letters: the names that stand alone somewhere. counted: the letters that count
    what is asked by. spoken: names of which the words speak; contradicted: names that are declared in several ways; complex: whether the words
    say of everything that it is complex. slopes: what derivatives in formulas tell of dependences, once it was looked for.
    strips: letters that the words call rows or columns of a matrix, and in which ways.
    ends: how far sums run above which nothing stands, by their places, and whether only what divides them says so.
    lengths: whether the square of a vector is that of its length, as a number is needed.
    traces: the Laplacian or divergence that is asked for.
    labelled: the names with a raised label that stand with an index that runs.
    maps: what is declared of functions from outside. memberships: what is said of the shapes of formulas.
    faults: what cannot be read, each with its error.
    """

    document: Document
    declarations: list[Declaration] = field(default_factory=list)
    bodies: dict[Key, Body] = field(default_factory=dict)
    expressions: list[Statement] = field(default_factory=list)
    questions: list[tuple[Question, Statement]] = field(default_factory=list)
    claims: list[tuple[Parts, str, Parts, Statement]] = field(default_factory=list)
    derivatives: list[tuple[Question, Statement, bool]] = field(default_factory=list)
    objective: tuple[Parts, ...] = ()
    objective_of: Parts = ()
    conditions: list[Statement] = field(default_factory=list)
    order: list[Statement] = field(default_factory=list)
    maps: list[Statement] = field(default_factory=list)
    memberships: list[Statement] = field(default_factory=list)
    faults: list[tuple[Statement, DerivtexError]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counted: frozenset[str] = frozenset()
    gradient: bool = False
    fonts: bool = True
    renamed: bool = False
    asserted: bool = False
    variables: set[Key] = field(default_factory=set)
    spoken: set[Key] = field(default_factory=set)
    contradicted: set[Key] = field(default_factory=set)
    letters: set[Key] = field(default_factory=set)
    strips: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    ends: dict[int, tuple[Parts, bool]] = field(default_factory=dict)
    labelled: list[Parts] = field(default_factory=list)
    complex: bool = False
    constrained: bool = False
    slopes: tuple[Told, ...] | None = None
    lengths: bool = False
    given: list[tuple[str, str]] = field(default_factory=list)
    times: frozenset[str] = frozenset()
    traces: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        return self.document.source

    @property
    def macros(self) -> dict[str, Macro]:
        return self.document.macros


def statements_of(document: Document, tolerant: bool) -> tuple[list[Statement], list[tuple[Statement, DerivtexError]]]:
    """The statements of a document in order, and what cannot be read. Of a formula alone that is an error, unless tolerant."""
    if not tolerant:
        return read_statements(document, False)
    found, faults = tolerated(document)
    return [*found], [*faults]


@once
def tolerated(document: Document) -> tuple[list[Statement], list[tuple[Statement, DerivtexError]]]:
    return read_statements(document, True)


@once
def applied_in(document: Document) -> set[tuple[Key, tuple[Key, ...]]]:
    """The letters that stand before others in brackets anywhere in a document, with those."""
    return applied_to_letters(each.sides for each in statements_of(document, True)[0])


def read_statements(document: Document, tolerant: bool) -> tuple[list[Statement], list[tuple[Statement, DerivtexError]]]:
    found: list[Statement] = []
    faults = [(unread(document.source, error.span), error) for error in document.faults]
    for block, parts, fault in document.formulas:
        if parts and key(parts)[0] in ("^", "_") and not document.is_formula:
            continue  # the script of a letter in the words, w$^2$
        if not document.is_formula and is_of_notation(parts):
            continue
        if fault is None:
            found.extend(statements(parts, document.source, lines=document.is_formula))
        elif document.is_formula:
            if not tolerant:
                raise fault
            by_lines(document, found, faults)
        else:
            faults.append((unread(document.source, Span(document.source, block.start, block.end)), fault))
    return found, faults


def by_lines(document: Document, found: list[Statement], faults: list[tuple[Statement, DerivtexError]]) -> None:
    """The statements of mathematics that cannot be read as a whole, line by line."""
    for start, end in lines_in(document.source.text):
        try:
            found.extend(statements(tokens(document.source, start, end, macros=document.macros), document.source, lines=True))
        except DerivtexError as error:
            faults.append((unread(document.source, Span(document.source, start, end)), error))


def lines_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends."""
    begin = 0
    for line in text.splitlines(keepends=True):
        yield begin, begin + len(line)
        begin += len(line)


def unread(source: Source, span: Span | None) -> Statement:
    """What stands for a stretch that cannot be read."""
    span = span or Span(source, 0, 1)
    return Statement(((),), (), source, span.start, span.end)


def is_applied_anew(left: Left, body: Body) -> bool:
    """Whether `f(Ax-b)` is f of something else than the x of `f(x) = …`."""
    formal, given = body.left.arguments or (), left.arguments or ()
    return bool(formal) and len(formal) == len(given) and any(key(one) != key(other) for one, other in zip(formal, given, strict=True))
