r"""The lines of a derivation, each by itself: what it defines, what it asserts, or what is wrong with it. Nothing here ends in
an error but an
empty source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.core.shapes import inferring
from derivtex.operations import Number, symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Problem
from derivtex.reading.meaning.claims import sides
from derivtex.reading.meaning.definitions import kind_of
from derivtex.reading.meaning.entries import key_of
from derivtex.reading.meaning.equations import stated
from derivtex.reading.meaning.problems import symbols_of
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.sorting import Reading, sorted_out
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.source.document import is_document, said
from derivtex.reading.source.tokens import latex, tokens
from derivtex.reading.syntax.statements import Statement, statements

Item = Definition | FunctionDefinition | Claim | Fault


class Line(NamedTuple):
    """A line of the source with what it says; several things where it holds several formulas, nothing where it only declares
    or asks."""

    latex: str
    items: tuple[Item, ...]
    span: Span


def lines_of(source: Source, declare: Iterable[str]) -> tuple[Problem, tuple[Line, ...]]:
    """The problem without a question, and its lines in order."""
    found, faults = tolerant(source)
    reading = sorted_out(source, found, declare, faults)
    attempts = [attempt(reading, fills) for fills in (False, True)]
    best = min(attempts, key=lambda each: len(each.faults))
    settle = Settling(best.scope)
    own = items_of(best, settle)  # which guesses what names are
    guessed = [settle.term(thing) for thing in best.scope.guessed.values()]
    items = [*(Fault(each.latex, text, each.span) for each, text in faults), *stated(own, guessed)]
    definitions = tuple(item for item in items if isinstance(item, Definition))
    problem = Problem(
        source=source, symbols=symbols_of(best, settle), definitions=definitions,
        functions={f.name: f for f in items if isinstance(f, FunctionDefinition)},
        target=Number(0), wrt=(), claims=tuple(item for item in items if isinstance(item, Claim)),
        faults=tuple(item for item in items if isinstance(item, Fault)),
        guesses=tuple(best.scope.guesses), guessed=frozenset(best.scope.typed(thing.name) for thing in best.scope.guessed.values()),
        spelling=best.scope.spelling, asked=False,
    )  # fmt: skip
    return problem, in_lines(source, items)


def tolerant(source: Source) -> tuple[list[Statement], list[tuple[Statement, str]]]:
    """The statements of a source, line by line where it cannot be read as a whole; and the lines that cannot be read."""
    try:
        return said(source), []
    except DerivtexError:
        if is_document(source.text) or not source.text.strip():
            raise
    found: list[Statement] = []
    faults: list[tuple[Statement, str]] = []
    begin = 0
    for line in source.text.splitlines(keepends=True):
        start, begin = begin, begin + len(line)
        try:
            found.extend(statements(tokens(source, start, begin), source, lines=True))
        except DerivtexError as error:
            faults.append((Statement(((),), (), source, start, begin), error.message))
    return found, faults


def attempt(reading: Reading, fills: bool) -> Understanding:
    """Every definition elaborated as far as that goes."""
    found = Understanding(reading, {}, fills)
    with inferring(found.scope.unifier):
        try:
            order = found.ordered(found.parsed(list(reading.bodies.values())))
        except DerivtexError:
            order = [body for body in reading.bodies.values() if body.parsed is not None]
        for _ in range(3):
            found.faults.clear()
            for body in order:
                found.try_to_define(body)
    return found


def items_of(found: Understanding, settle: Settling) -> list[Item]:
    """What the statements say, each as a term, or as a fault where its shapes do not conform."""
    items: list[Item] = [fault for _, fault in found.faults]
    for body in found.reading.bodies.values():
        span = body.said.span._replace(end=body.side[-1].end) if body.side else body.said.span
        if body.key in found.terms:
            items.append(Definition(settle.symbol(found.symbols[body.key]), settle.term(found.terms[body.key]), span))
        elif body.form == "template" and (label := key_of(found.scope.templates[body.key])) in found.to.bodies:
            term = settle.term(found.to.bodies[label])
            name = symbol(latex(body.said.sides[0]), kind_of(term.shape), term.shape)
            items.append(Definition(name, term, span))
        elif body.key in found.defined_functions:
            function = found.defined_functions[body.key]
            items.append(function._replace(body=settle.term(function.body), span=span))
    items.extend(item for _, item in sides(found, settle))
    return items


def in_lines(source: Source, items: list[Item]) -> tuple[Line, ...]:
    """The items by the line on which they end; of a document, one line for each."""
    ordered = sorted(items, key=lambda item: (item.span.end, item.span.start) if item.span else (0, 0))
    if is_document(source.text):
        return tuple(Line(item.span.text if item.span else "", (item,), item.span or Span(source, 0, 1)) for item in ordered)
    result: list[Line] = []
    begin = 0
    for line in source.text.splitlines(keepends=True):
        start, begin = begin, begin + len(line)
        if line.strip():
            own = tuple(item for item in ordered if item.span and start < item.span.end <= begin)
            result.append(Line(line.strip(), own, Span(source, start, start + len(line.rstrip()))))
    return tuple(result)
