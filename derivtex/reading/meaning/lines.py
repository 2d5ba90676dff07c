r"""The lines of a derivation, each by itself: what it defines, what it asserts, or what is wrong with it. Nothing here ends in
an error but an
empty source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.core.shapes import inferring
from derivtex.operations import Number, symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Problem, Untried
from derivtex.reading.meaning.assertions import assertions
from derivtex.reading.meaning.claims import sides
from derivtex.reading.meaning.definitions import kind_of
from derivtex.reading.meaning.disambiguation import with_kinds, without_undecided_strips
from derivtex.reading.meaning.entries import key_of
from derivtex.reading.meaning.equations import stated
from derivtex.reading.meaning.kinds.search import search
from derivtex.reading.meaning.kinds.sentences import sentences
from derivtex.reading.meaning.kinds.statements import scope_of
from derivtex.reading.meaning.lettering import refuse_foreign_names
from derivtex.reading.meaning.problems import symbols_of
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.scopes import Passage, passages
from derivtex.reading.meaning.sorting import sorted_out
from derivtex.reading.meaning.stated import Reading, lines_in, statements_of
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.source.documents import Document
from derivtex.reading.source.tokens import latex

Item = Definition | FunctionDefinition | Claim | Fault
Said = Item | Untried


class Line(NamedTuple):
    """A line of the source with what it says; several things where it holds several formulas, nothing where it only declares
    or asks. problem: what is known where it stands."""

    latex: str
    items: tuple[Said, ...]
    span: Span
    problem: Problem


def lines_of(source: Source, declare: Iterable[str]) -> tuple[Line, ...]:
    """The lines of a derivation in order, scope by scope."""
    document = Document(source)
    found, faults = statements_of(document, tolerant=True)
    made, untried = assertions(found, source)
    declare = tuple(declare)
    read = [passage_of(document, each, declare) for each in passages(made, document)]
    placed: list[tuple[Said, Problem]] = [(item, problem) for problem, items in read for item in items]
    rest = read[0][0] if read else empty(source)
    placed += [(Fault.of(each.latex, error, each.span), rest) for each, error in faults]
    placed += [(each, rest) for each in untried]
    return in_lines(document, placed, rest)


def passage_of(document: Document, passage: Passage, declare: tuple[str, ...]) -> tuple[Problem, list[Item]]:
    """What a scope says, with the problem that it is about."""
    said = [each.said for each in (*passage.context, *passage.own)]
    reading = sorted_out(document, declare, found=said, tolerant=True, stretch=(passage.begin, passage.end))
    best, told = attempt(reading)
    settle = Settling(best.scope)
    items = items_of(best, settle)  # which guesses what names are
    guessed = [settle.term(thing) for thing in best.scope.guessed.values()]
    items = [*(Fault.of(each.latex, error, each.span) for each, error in reading.faults), *stated(items, guessed)]
    items = with_certainty(items, best)
    problem = Problem(
        source=document.source, symbols=symbols_of(best, settle),
        definitions=tuple(item for item in items if isinstance(item, Definition)),
        functions={f.name: f for f in items if isinstance(f, FunctionDefinition)},
        target=Number(0), wrt=(), claims=tuple(item for item in items if isinstance(item, Claim)),
        faults=tuple(item for item in items if isinstance(item, Fault)),
        guesses=(*reading.notes, *told, *best.scope.guesses),
        guessed=frozenset(best.scope.typed(thing.name) for thing in best.scope.guessed.values()),
        spelling=best.scope.spelling, asked=False,
    )  # fmt: skip
    claimed = [side for item in items if isinstance(item, Claim) for side in (item.left, item.right)]
    refuse_foreign_names(problem, claimed, reading.macros)
    own = [each.own for each in passage.own]
    first = min(own, default=0)
    return problem, [item for item in items if item.span is None or item.span.start >= first]


def empty(source: Source) -> Problem:
    """The problem of a source of which nothing could be read."""
    return Problem(source=source, symbols={}, definitions=(), functions={}, target=Number(0), wrt=(), asked=False)


def attempt(reading: Reading) -> tuple[Understanding, list[str]]:
    """Every definition elaborated as far as that goes, with the kinds that the evidence tells, and what is said of these."""
    scope = scope_of(Understanding(reading, {}), None)
    choice = without_undecided_strips(scope, search(scope))
    found = with_kinds(reading, scope, choice, {})
    with inferring(found.scope.unifier):
        try:
            order = found.ordered(found.parsed(list(reading.bodies.values())))
        except DerivtexError:
            order = [body for body in reading.bodies.values() if body.parsed is not None]
        for _ in range(3):
            found.faults.clear()
            for body in order:
                found.try_to_define(body)
    return found, sentences(scope, choice, {name: thing.name for name, thing in found.scope.guessed.items()})


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


def with_certainty(items: list[Item], found: Understanding) -> list[Item]:
    """The items, with the faults marked whose names are all declared, defined by what is, or conform in as many lines as not."""
    sure = {"".join(name) for name in (*found.scope.declared, *found.scope.families)} - {"".join(name) for name in found.scope.guessed}
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    names = [names_at(found, item) for item in items]
    for item, own in zip(items, names, strict=True):
        (bad if isinstance(item, Fault) else good).update(own)

    for item, own in zip(items, names, strict=True):
        if isinstance(item, Definition) and (name := item.name.name) in own and own - {name} <= sure:
            sure.add(name)

    def certain(own: set[str]) -> bool:
        return bool(own) and all(name in sure or good[name] >= bad[name] for name in own)

    return [
        item._replace(certain=certain(own)) if isinstance(item, Fault) and item.code == "dimensions" else item
        for item, own in zip(items, names, strict=True)
    ]


def names_at(found: Understanding, item: Item) -> set[str]:
    """The names that stand in the text of an item."""
    if item.span is None:
        return set()
    said = [each for each in found.reading.order if each.start <= item.span.start < each.end]
    parts = [side for each in said for side in each.sides if side and side[0].start >= item.span.start and side[-1].end <= item.span.end]
    known = {*found.scope.things, *found.scope.families, *found.reading.bodies}
    return {"".join(name) for name in found.names_of(*parts) if name in known}


def in_lines(document: Document, placed: list[tuple[Said, Problem]], rest: Problem) -> tuple[Line, ...]:
    """The items by the line on which they end; of a document, one line for each."""
    ordered = sorted(placed, key=lambda each: (each[0].span.end, each[0].span.start) if each[0].span else (0, 0))
    source = document.source
    if not document.is_formula:
        return tuple(Line(item.span.text if item.span else "", (item,), item.span or Span(source, 0, 1), problem) for item, problem in ordered)
    result: list[Line] = []
    for start, end in lines_in(source.text):
        text = source.text[start:end]
        if text.strip():
            own = [each for each in ordered if each[0].span and start < each[0].span.end <= end]
            problem = own[0][1] if own else rest
            result.append(Line(text.strip(), tuple(item for item, _ in own), Span(source, start, start + len(text.rstrip())), problem))
    return tuple(result)
