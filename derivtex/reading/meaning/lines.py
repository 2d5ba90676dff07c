"""The lines of a derivation, each by itself: what it defines, asserts, or what is wrong with it. Nothing here is an error but an empty source."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from os import PathLike
from typing import NamedTuple

from derivtex.core.errors import DeclarationError, DerivtexError, Source, Span, SyntaxProblem
from derivtex.core.files import source_of
from derivtex.core.session import TooLarge, current
from derivtex.core.terms import Term
from derivtex.operations import Number, symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Problem, Untried
from derivtex.reading.meaning.assertions import Assertion, assertions
from derivtex.reading.meaning.attempts import last_attempt
from derivtex.reading.meaning.certainty import with_certainty
from derivtex.reading.meaning.chains import sides
from derivtex.reading.meaning.definitions import kind_of
from derivtex.reading.meaning.entries import key_of
from derivtex.reading.meaning.evidence import Item, Made
from derivtex.reading.meaning.introduced import as_definition, membership, with_names
from derivtex.reading.meaning.lettering import holds_tex, is_foreign, refuse_foreign_names
from derivtex.reading.meaning.lost import Lost
from derivtex.reading.meaning.mending import mends, with_readings
from derivtex.reading.meaning.paragraphs import with_paragraphs
from derivtex.reading.meaning.problems import symbols_of, widened
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.results import with_results
from derivtex.reading.meaning.roles import take_models
from derivtex.reading.meaning.scopes import Passage, passages
from derivtex.reading.meaning.sorting import sorted_out
from derivtex.reading.meaning.stated import Body, lines_in, statements_of
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.meaning.unread import DEFECT, empty, in_time, nothing_read
from derivtex.reading.meaning.untried import ignored, told_apart
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.occurring import letters_in
from derivtex.reading.syntax.respelling import with_variations
from derivtex.reading.syntax.statements import statements
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.updates import with_assignments

READING = 0.5  # of the time: checking what was read takes some too
OF_ONE = 0.25  # of the time that is left for reading: what one scope may take


class Line(NamedTuple):
    """A line of the source with what it says; several things where it holds several formulas, nothing where it only declares
    or asks. problem: what is known where it stands."""

    latex: str
    items: tuple[Item, ...]
    span: Span
    problem: Problem


def read_lines(source: str | Source | PathLike[str], *, declare: Iterable[str] = ()) -> tuple[Line, ...]:
    """A derivation, line by line: what each line defines or asserts, or why it cannot be read, and what is known where it stands."""
    document = Document.whole(source_of(source))
    found, others = stated_in(document)
    return lines_from(document, passages_read(document, found, tuple(declare)), others)


def passages_read(document: Document, found: list[Passage], declare: tuple[str, ...]) -> list[tuple[Problem, list[Item]]]:
    """What the scopes say, as many of them as can be read in a part of the time: the lines of others are said not to be looked at."""
    with current().share(READING):
        part, unread = 1 if len(found) == 1 else OF_ONE, Lost()
        return [scope for each in found for scope in scopes_of(document, each, declare, unread, part)]


def scopes_of(document: Document, passage: Passage, declare: tuple[str, ...], unread: Lost, part: float = 1) -> list[tuple[Problem, list[Item]]]:
    """What a scope says, in a part of the time; the lines that only their own paragraphs can tell are apart from the others."""
    read = in_time(document, passage, partial(passage_of, document, passage, declare, unread), part)

    def again(alone: Passage) -> tuple[Problem, list[Item]]:
        return in_time(document, alone, partial(passage_of, document, alone, declare, Lost()), part)

    return with_paragraphs(document, passage, read, again)


def stated_in(document: Document) -> tuple[list[Passage], list[Item]]:
    """The scopes of a document, and what is said besides: lines that cannot be read, and those with a relation that is not tried."""
    found, faults = statements_of(document, tolerant=True)
    stated = with_names(found) if document.is_formula else with_results(found, document)
    made, untried = assertions(with_variations(with_assignments(stated)), document.source)
    return passages(made, document), [*(Fault.of(each.latex, error, each.span) for each, error in faults), *untried]


def lines_from(document: Document, read: list[tuple[Problem, list[Item]]], others: Iterable[Item]) -> tuple[Line, ...]:
    """The lines of some scopes, with what is said besides."""
    rest = read[0][0] if read else empty(document.source)
    found: list[tuple[Item, Problem]] = [reminder(document, item) or (item, problem) for problem, items in read for item in items]
    found += [(each, rest) for each in others]
    return in_lines(document, [(ignored(item), problem) for item, problem in told_apart(document, found)], rest)


def passage_of(document: Document, passage: Passage, declare: tuple[str, ...], unread: Lost) -> tuple[Problem, list[Item]]:
    """What a scope says, with the problem that it is about; one of a document in which we fail says that of its lines, and ends no other.

    unread: the definitions that could not be read in the scopes before, which learns those of this one.
    """
    try:
        return passage_read(document, passage, declare, unread)
    except (DeclarationError, TooLarge, RecursionError, MemoryError):
        raise
    except Exception as error:
        if document.is_formula:
            raise
        return nothing_read(document, passage, DEFECT.format(type(error).__name__, error), "internal")


def passage_read(document: Document, passage: Passage, declare: tuple[str, ...], unread: Lost) -> tuple[Problem, list[Item]]:
    said = [each.said for each in (*passage.context, *passage.own)]
    reading = sorted_out(document, declare, found=said, tolerant=True, stretch=(passage.begin, passage.end))
    take_models(reading)
    (best, told, scope), lost = last_attempt(reading, unread)
    settle = Settling(best.scope)
    made = items_of(best, settle)  # which guesses what names are
    places = first_places(best, settle)
    made = [(item if isinstance(item, Untried) else as_definition(item, places), sides) for item, sides in made]
    items: list[Item] = [*(Fault.of(each.latex, error, each.span) for each, error in reading.faults), *lost]
    judged = [with_mends(item, sides, best, settle) for item, (_, sides) in zip(with_certainty(made, best, scope), made, strict=True)]
    items += [placed(item, sides, passage) for item, (_, sides) in zip(judged, made, strict=True)]
    items = [without_foreign_names(item, reading.macros) for item in items]
    problem = Problem(
        source=document.source, symbols={name: each for name, each in symbols_of(best, settle).items() if not is_foreign(name, reading.macros)},
        definitions=tuple(item for item in items if isinstance(item, Definition)),
        functions={f.name: f for f in items if isinstance(f, FunctionDefinition)},
        target=Number(0), wrt=(), claims=tuple(item for item in items if isinstance(item, Claim) and item.relation != r"\in"),
        faults=tuple(item for item in items if isinstance(item, Fault)),
        guesses=tuple(each for each in (*reading.notes, *told, *widened(best), *best.scope.guesses) if not holds_tex(each)),
        guessed=frozenset(best.scope.typed(thing.name) for thing in best.scope.guessed.values()),
        spelling=best.scope.spelling, asked=False,
    )  # fmt: skip
    begin = min((each.own for each in passage.own), default=0)
    return problem, [item for item in items if item.span is None or item.span.start >= begin]


def without_foreign_names(item: Item, macros: Iterable[str]) -> Item:
    """An item; a fault where a name in it holds what no name may hold."""
    terms = (item.left, item.right) if isinstance(item, Claim) else (item.name, item.body) if isinstance(item, Definition) else ()
    try:
        refuse_foreign_names(empty(item.span.source if item.span else Source("")), terms, macros)
    except DerivtexError as error:
        return Fault.of(item.span.text if item.span else "", error, item.span)
    return item


def reminder(document: Document, item: Item) -> tuple[Item, Problem] | None:
    r"""An identity about any matrices, `\operatorname{tr}(ABC) = \operatorname{tr}(CAB)`, where the letters have other sizes in the document:
    what it says by itself. None of another line, and where it does not conform by itself either."""
    if not isinstance(item, Fault) or item.code != "dimensions" or item.span is None or document.is_formula:
        return None
    try:
        found = statements(tokens(document.source, item.span.start, item.span.end, document.macros), document.source, lines=False)
    except SyntaxProblem:  # the place is that of a part, which ends within a bracket
        return None
    if len(found) != 1 or len(found[0].sides) != 2 or not of_same_letters(*found[0].sides):
        return None
    alone = Passage((Assertion(found[0], found[0].start, ""),), (), 0, 0)
    problem, items = in_time(document, alone, partial(passage_of, document, alone, (), Lost()), OF_ONE)
    return (items[0], problem) if len(items) == 1 and isinstance(items[0], Claim) else None


def of_same_letters(left: Parts, right: Parts) -> bool:
    """Whether two sides are made of the same letters, of more than one besides the d, and of no derivative."""
    one, other = set(letters_in(left)), set(letters_in(right))
    return one == other and len(one - {"d"}) > 1 and not {r"\partial", r"\nabla"} & {*key(left), *key(right)}


def with_mends(item: Item, sides: tuple[Parts, ...], found: Understanding, settle: Settling) -> Item:
    """A line that does not conform, or has a power that may be read in two ways, with what may have been meant."""
    if not isinstance(item, Fault) or item.code not in ("dimensions", "power") or len(sides) < 2:
        return item
    claim = next((each for each in found.reading.claims if each[0] == sides[0] and each[2] == sides[1]), None)
    if claim is not None and item.code == "power":
        return with_readings(item, found, settle, claim)
    return item if claim is None else item._replace(mends=mends(found, settle, claim))


def first_places(found: Understanding, settle: Settling) -> dict[Term, int]:
    """The names whose kind the convention told, with the place where each occurs first."""
    first: dict[Key, int] = {}
    for each in found.reading.order:
        for name in found.names_of(*each.sides):
            first[name] = min(first.get(name, each.start), each.start)
    return {settle.term(thing): first[name] for name, thing in found.scope.guessed.items() if name in first}


def placed(item: Item, sides: tuple[Parts, ...], passage: Passage) -> Item:
    """A claim or fault in its own place: that of a chain's further line begins with its relation; the first has the words before it."""
    if not isinstance(item, (Claim, Fault)) or item.span is None or len(sides) < 2 or not all(sides):
        return item
    inside = (each for each in passage.own if each.said.start <= sides[0][0].start < each.said.end and sides[1][-1].end <= each.said.end)
    said = next(inside, None)
    if said is None:
        return item
    begins = said.said.sides[0][:1]  # none in what goes on from the line before
    if begins and sides[0][0].start >= said.own and sides[0][0].start == begins[0].start:
        return item._replace(words=said.words, where=said.where) if isinstance(item, Claim) else item
    gap = item.span.source.text[sides[0][-1].end : sides[1][0].start]
    begin = max(sides[0][-1].end + max(gap.rfind("="), 0), said.own)
    span = item.span._replace(start=begin, end=sides[1][-1].end)
    return item._replace(span=span, latex=span.text.strip())


def items_of(found: Understanding, settle: Settling) -> list[Made]:
    """What the statements say, each as a term, or as a fault where its shapes do not conform; and the sides that it is made of.

    The claims are first, for they may tell sizes.
    """
    claims = [(item, claim[::2][:2]) for (_, item), claim in zip(sides(found, settle), found.reading.claims, strict=True)]
    left = {id(body.said): body.latex for body in found.reading.bodies.values()}
    made: list[Made] = [(fault._replace(defines=left.get(id(said), "")), said.sides[:2]) for said, fault in found.faults]
    for body in found.reading.bodies.values():
        item = item_of(found, settle, body)
        if item is not None:
            made.append((item, (body.said.sides[0], body.side)))
    spaces: list[Made] = [(membership(found, settle, said), (said.sides[0], ())) for said in found.reading.memberships]
    return [*made, *claims, *spaces]


def item_of(found: Understanding, settle: Settling, body: Body) -> Item | None:
    """What a definition says, where it could be elaborated."""
    span = body.said.span._replace(end=body.side[-1].end) if body.side else body.said.span
    if body.key in found.terms:
        return Definition(settle.symbol(found.symbols[body.key]), settle.term(found.terms[body.key]), span)
    if body.form == "template" and (label := key_of(found.scope.templates[body.key])) in found.to.bodies:
        term = settle.term(found.to.bodies[label])
        return Definition(symbol(latex(body.said.sides[0]), kind_of(term.shape), term.shape), term, span)
    function = found.defined_functions.get(body.key) or found.known_functions.get(body.key)
    if function is not None:
        return function._replace(body=settle.term(function.body), span=span)
    return None


def typed(item: Item) -> str:
    """An item as it was typed; a claim whose sides stand in two paragraphs without the words between."""
    text = item.span.text if item.span else ""
    return item.latex if isinstance(item, Claim) and "\n\n" in text else text


def in_lines(document: Document, placed: list[tuple[Item, Problem]], rest: Problem) -> tuple[Line, ...]:
    """The items by the line on which they end; of a document, one line for each."""
    ordered = sorted(placed, key=lambda each: (each[0].span.end, each[0].span.start) if each[0].span else (0, 0))
    source = document.source
    if not document.is_formula:
        return tuple(Line(typed(item), (item,), item.span or Span(source, 0, 1), problem) for item, problem in ordered)
    result: list[Line] = []
    for start, end in lines_in(source.text):
        text = source.text[start:end]
        if text.strip():
            own = [each for each in ordered if each[0].span and start < each[0].span.end <= end]
            problem = own[0][1] if own else rest
            result.append(Line(text.strip(), tuple(item for item, _ in own), Span(source, start, start + len(text.rstrip())), problem))
    return tuple(result)
