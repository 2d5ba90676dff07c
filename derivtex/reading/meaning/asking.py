r"""Which derivative a document asks for: of what, by what, of which order.

Every derivative on paper (`\frac{\partial f}{\partial x}`, asked or claimed), every request in words and every objective is a candidate.
Each has a weight (WEIGHTS) for how plainly it asks; the plainest is taken, of equals the first. What a request leaves out (“differentiate
this w.r.t. $x$”) is the nearest formula in which the variable occurs. Nothing here reads terms: names are compared by their marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Span
from derivtex.reading.meaning.noises import take_noise
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.targets import by_its_letter, first_side, nearest, take_meant_definition, variables_named, whole, with_variable
from derivtex.reading.meaning.unknowns import MULTIPLIERS, arguments, by_parameters, numbered, of_name, told_beside
from derivtex.reading.meaning.wholes import take_wholes
from derivtex.reading.source.marks import GREEK, latex
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.declarations import Declaration, sized
from derivtex.reading.syntax.lefts import is_name, left_side, under_accent
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import is_balanced
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import Question, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import is_starred, occurring_base
from derivtex.reading.words.asked import goes_on, requests
from derivtex.reading.words.binding import is_named_there
from derivtex.reading.words.commands import Request, asks
from derivtex.reading.words.operands import STARTS_BY, by_phrase, variables
from derivtex.reading.words.sentences import has, list_head, sentence_at, sentences, word
from derivtex.reading.words.vocabulary import is_asked_instead, is_put_aside

WEIGHTS = {
    "asked in words, of and by": 95, "a derivative that is asked for": 90, "asked in words, by": 85, "told in words, of and by": 65,
    "an optimum, of and by": 70, "an optimum that is asked for, by": 62, "asked in words, of": 64, "an optimum told, by": 60,
    "a Lagrangian": 58, "an unknown to solve for": 58, "an objective": 56, "a derivative that is claimed": 55, "a condition": 50,
    "a derivative that is to be shown": 70, "asked in words, of this": 57,
    "a derivative that is spoken of": 45, "told in words, by": 40, "an optimum, of": 40, "an unknown that is spoken of": 35,
    "an operator alone": 30, "told in words, of": 25,
}  # fmt: skip
PLAINLY = 85  # what is asked for in a sentence that asks
DISPLAYED, CLAIMED, RECALLED, OF_A_PART = 5, 3, -25, -3
CLAIMING = (
    "i get", "i claim", "claim", "i have", "should be", "i obtain", "result", "attempt", "answer", "formula", "i find", "states", "has", "is this",
)  # fmt: skip
RECALLING = (
    "know that", "knowing that", "recall", "recall that", "since", "by the formula", "using", "hint", "hints", "rule", "identity", "because",
    "in general", "i understand", "understand that", "cookbook", "from here", "the following rule",
)  # fmt: skip
FAMILIAR = ("i know when", "i know if", "i know for", "i know the case", "i know what")
WHAT_IS = ("what is", "what are", "what would")
TO_BE_SHOWN = ("show that", "prove that", "verify that", "shown that")
WHY = ("why is", "why is then", "why does", "why do we have", "how come", "why then is")
DERIVED = frozenset("gradient derivative jacobian hessian differential".split())


class Candidate(NamedTuple):
    """A derivative that may be meant. of: no tokens where it is not told; place: where it stands; side: where its operand is looked for
    first."""

    weight: int
    of: Parts
    by: tuple[Parts, ...]
    order: int
    mark: str
    place: int
    side: str = "before"
    statement: Statement | None = None
    parameters: bool = False


def settle_question(reading: Reading, of: str | None = None, wrt: str | None = None) -> int | None:
    """Put the derivative that a document asks for first among the questions of its reading; of and wrt are what is asked from outside.

    The place where it is asked is handed back, if it has one.
    """
    found = sorted(candidates(reading), key=lambda each: -each.weight)
    if wrt is not None:
        by = variables_named(reading, wrt)
        same = [each for each in found if set(map(key, each.by)) == set(map(key, by))]
        found = same or [Candidate(0, (), by, 1, r"\partial", len(reading.source.text))]
    if of is not None:
        return None
    found = [each for each in found if wrt is not None or is_open(reading, each)] or [each for each in found if wrt is not None]
    found = found or [Candidate(0, (), (), 1, r"\partial", len(reading.source.text))]
    best = completed(reading, found[0], found)
    if not best.by and not best.weight:
        return None
    statement = best.statement or Statement(((),), (), reading.source, best.place, best.place + 1)
    reading.questions.insert(0, (Question(best.of, best.by, best.order, best.mark), statement))
    return best.place if best.weight else None


def all_asked(reading: Reading) -> list[Question]:
    """Every derivative that a document asks for plainly, in order, each of one thing by one variable; what is less plain only where nothing is."""
    found = likeliest_first(reading)
    least = min(PLAINLY, found[0].weight) if found and found[0].weight >= WEIGHTS["asked in words, of"] else None
    asked: dict[tuple[Key, Key, int], Question] = {}
    for each in sorted(found, key=lambda each: each.place):
        if least is None or each.weight < least:
            continue
        for name in of_one_hessian(reading, each) or each.by or ((),):
            best = completed(reading, each._replace(by=(name,) if name else ()), found, alone=False)
            for by in best.by:
                asked.setdefault((key(best.of), key(by), best.order), Question(best.of, (by,), best.order, best.mark))
    return list(asked.values())


def of_one_hessian(reading: Reading, each: Candidate) -> tuple[Parts, ...]:
    r"""The x of `\frac{\partial^2f}{\partial x_i\partial x_j}`, of which both are entries; nothing of another derivative."""
    names = {key(name): name for name in (whole(reading, each.of, by) for by in each.by)} if each.order == 2 and len(each.by) > 1 else {}
    return tuple(names.values()) if len(names) == 1 else ()


def likeliest_first(reading: Reading) -> list[Candidate]:
    """The derivatives that may be meant by what stands in some formula."""
    found = sorted(candidates(reading), key=lambda each: -each.weight)
    return [each for each in found if is_open(reading, each)]


def sought_together(reading: Reading) -> tuple[Parts, ...]:
    """All the variables of the likeliest question."""
    found = likeliest_first(reading)
    return completed(reading, found[0], found, alone=False).by if found else ()


def candidates(reading: Reading) -> Iterator[Candidate]:
    """All derivatives that may be meant, in the order of the document within each kind."""
    items = reading.document.items
    around = sentences(items)
    for asked, said, claimed in reading.derivatives:
        yield on_paper(reading, asked, said, claimed, items, around)
    for request in requests(items):
        found = in_words(request._replace(by=before(reading, request.start).by) if request.again else of_name(reading, request))
        if found is not None:
            yield named_derivative(reading, found) or found
    for body in reading.bodies.values():
        if is_lagrangian(body):
            yield Candidate(WEIGHTS["a Lagrangian"], body.left.name, (), 1, r"\partial", body.said.start)
    if reading.objective_of:
        by = reading.objective or by_behind(items, reading.objective_of[0].start, around)
        yield Candidate(WEIGHTS["an objective"], reading.objective_of, by, 1, r"\partial", 0)


def by_behind(items: list[Item], place: int, around: list[tuple[int, int]]) -> tuple[Parts, ...]:
    r"""The names behind a formula with “over” before them: “solve $\min \|Ax-b\|$ over $x$”."""
    _, end = sentence_at(items, place, around)
    at = next((k for k in range(end) if items[k].start <= place < items[k].end), end)
    return tuple(variables(items, at + 1, end, at + 1)[0]) if by_phrase(items, at + 1) is not None else ()


def before(reading: Reading, place: int) -> Question:
    """The last derivative in a formula before a place."""
    found = (asked for asked, said, _ in reversed(reading.derivatives) if said.start < place and asked.of and asked.by)
    return next(found, Question((), (), 1, ""))


def on_paper(
    reading: Reading, asked: Question, said: Statement, claimed: bool, items: list[Item], around: list[tuple[int, int]]
) -> Candidate:
    """A derivative in a formula."""
    begin, end = sentence_at(items, said.start, around)
    at = next((k for k in range(begin, end) if items[k].start <= said.start < items[k].end), begin)
    if claimed:
        shown = (has(items, begin, at, TO_BE_SHOWN) and asks(items, begin, end)) or has(items, max(begin, at - 4), at, WHY)
        condition = "a condition" if key(said.sides[1]) == ("0",) else "a derivative that is claimed"
        questioned = has(items, begin, at, WHAT_IS) and word(items, end - 1) == "?"
        weight = WEIGHTS["a derivative that is to be shown" if shown or questioned else condition] + questioned
        weight += DISPLAYED * items[at].display + CLAIMED * has(items, max(0, at - 6), at, CLAIMING)
        recalled = has(items, max(begin, at - 6), at, RECALLING) or has(items, begin, at, FAMILIAR)
        weight += RECALLED * recalled + OF_A_PART * (left_side(asked.of) is None)
    else:
        wanted = (asks(items, *list_head(items, begin, end, around)) or is_asked_instead(items, at)) and not is_named_there(items, at, said.start)
        weight = WEIGHTS["a derivative that is asked for" if wanted else "a derivative that is spoken of"]
        weight += 2 * RECALLED * is_put_aside(items, begin, at)
    if not asked.of:
        again = goes_on(items, begin, end)
        asked = asked._replace(of=before(reading, said.start).of) if again else asked
        weight = WEIGHTS["a derivative that is asked for" if again else "an operator alone"]
    by = asked.by or (tuple(variables(items, at + 1, end, at + 1)[0]) if not claimed and word(items, at + 1) in STARTS_BY else ())
    return Candidate(weight, asked.of, by, asked.order, asked.mark, said.start, statement=said)


def in_words(request: Request) -> Candidate | None:
    """A request; nothing where it leaves both sides open."""
    parts = " and ".join(part for part, there in (("of", request.of), ("by", request.by or request.parameters)) if there)
    if not parts and not (request.what in DERIVED and request.asks):
        return None
    if request.what in DERIVED:
        label = f"{'asked' if request.asks else 'told'} in words, {parts or 'of this'}"
    elif request.what == "solve":
        label = "an unknown to solve for" if request.asks else "an unknown that is spoken of"
    elif parts == "by":
        label = "an optimum that is asked for, by" if request.asks else "an optimum told, by"
    else:
        label = f"an optimum, {parts}"
    side = "behind" if request.what in ("minimise", "maximise") else "before"
    label = label if not request.parameters else "asked in words, by" if request.asks else label
    place = request.end if side == "behind" else request.start
    return Candidate(WEIGHTS[label], request.of, request.by, request.order, r"\partial", place, side, parameters=request.parameters)


def named_derivative(reading: Reading, found: Candidate) -> Candidate | None:
    r"""Of “what is $\delta$?”, where $\delta = \frac{\partial L}{\partial z}$, that derivative."""
    name = found.of or (found.by[0] if len(found.by) == 1 else ())
    body = reading.bodies.get(key(name))
    asked = question(body.side) if body is not None else None
    return found._replace(of=asked.of, by=asked.by, order=asked.order, mark=asked.mark) if asked is not None and asked.of else None


def is_lagrangian(body: Body) -> bool:
    """Whether a definition is a function of a variable and of multipliers that stand in it."""
    arguments = body.left.arguments or ()
    return len(arguments) > 1 and any(key(each) and key(each)[0] in MULTIPLIERS for each in arguments) and not all(
        key(each)[:1] and key(each)[0] in MULTIPLIERS for each in arguments
    )


def is_open(reading: Reading, each: Candidate) -> bool:
    """Whether a candidate can be what is asked: its variable stands in a formula, and it is no name of which nothing is told, by nothing."""
    unknown = not each.by and bool(each.of) and is_name(each.of) and key(each.of) not in reading.bodies
    return not unknown and all(stands(reading, name) and not is_product(name) for name in each.by)


def is_product(name: Parts) -> bool:
    r"""Whether a variable is a product of letters, `xx^T` or `Ax`, by which nothing is derived."""
    one, other = (name[0].text, name[1].text) if len(name) > 1 and name[0].kind == name[1].kind == "letter" else ("", "")
    return bool(other) and (one == other or (one.isupper() and other.islower() and len(name) == 2))


def stands(reading: Reading, name: Parts) -> bool:
    """Whether the letters of a variable stand in some formula, in whatever font."""
    inside = {mark for said in reading.order for mark in key(said.tokens)}
    return all(mark in inside for mark in key(name) if mark.isalpha() or mark in GREEK)


def completed(reading: Reading, best: Candidate, found: list[Candidate], alone: bool = True) -> Candidate:
    """The candidate with what it leaves open: by what, from another one of the same thing or from the arguments of its function; of
    what, from nearby. alone: whether only the first variable is wanted."""
    nearby = not best.of or not is_balanced(best.of)
    if nearby:
        of = set_to_zero(found, best.by) or nearest(reading, best.by, best.place, best.side == "behind")
        if of:
            best = best._replace(of=of, statement=best.statement if not best.of else None)
    best = best._replace(of=first_side(reading, best.of))
    take_noise(reading, best.of, best.by)
    best = best._replace(by=by_parameters(reading, best.of)) if best.parameters else best
    same = [each.by for each in found if each.by and key(first_side(reading, each.of)) == key(best.of)]
    if not best.by:
        named = best.weight >= WEIGHTS["asked in words, of" if nearby else "told in words, of"]
        told = tuple(whole(reading, best.of, each) for each in same[0]) if same and best.order == 2 else same[0] if same else ()
        known = told or arguments(reading, best.of, bool(best.weight)) or told_beside(reading, best.of)
        best = best._replace(by=known or (by_its_letter(reading, best.of) if named else ()) or next((each.by for each in found if each.by), ()))
    take_meant_definition(reading, best.of, best.by)
    plain = [key(each) for each in best.by]
    starred = next((by for by in same if is_starred(by[0]) and [key(occurring_base(each)) for each in by] == plain), None)
    best = best._replace(by=starred or best.by)
    by = tuple(occurring(reading, each) for name in best.by for each in numbered(reading, best.of, name))
    if len(by) > 1 and alone:
        reading.notes.append(f"several derivatives are asked for; this is the one by {latex(by[0])}")
    of, by = take_wholes(reading, with_variable(reading, best.of, by[:1]), by[:1] if alone else by)
    return best._replace(by=by, of=of)


def set_to_zero(found: list[Candidate], by: tuple[Parts, ...]) -> Parts:
    """What an optimum is of: that whose derivative by the same variable the author sets to zero."""
    same = [each for each in found if each.by and list(map(key, each.by)) == list(map(key, by))]
    return next((each.of for each in same if each.of and each.statement and any(key(side) == ("0",) for side in each.statement.sides[1:])), ())


def occurring(reading: Reading, name: Parts) -> Parts:
    r"""A variable as it occurs: of `\hat\beta` that stands nowhere in a formula that is defined, the β."""
    bare = under_accent(name)
    sides = [body.side for body in reading.bodies.values()]
    sides += [said.sides[0] for said in reading.expressions if key(said.sides[0]) != key(name)]
    if is_starred(name) and not any(contains(side, name) for side in sides):
        base = occurring_base(name)
        if all(key(each.name) != key(base) or "complex" not in each.properties for each in reading.declarations):
            take_complex(reading, base)
        return base
    if bare is name or any(contains(side, name) for side in sides) or not any(contains(side, bare) for side in sides):
        return name
    reading.notes.append(f"what is looked for, {latex(name)}, is the value of {latex(bare)}")
    return bare


def take_complex(reading: Reading, name: Parts) -> None:
    """A variable by whose conjugate is asked is complex."""
    known = [each for each in reading.declarations if key(each.name) == key(name)]
    kind = known[0].kind if known else conventional_kind(key(name))
    size = known[0].size if known else sized(kind, [])
    span = Span(reading.source, name[0].start, name[-1].end)
    reading.declarations.append(Declaration(name, latex(name), kind, size, ("complex",), None, span))
    reading.notes.append(f"{latex(name)} is complex: the derivative by its conjugate is asked for")
