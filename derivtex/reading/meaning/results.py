r"""A formula that the words give as a result, “I think it's $2Ax$”, “I get $H = 2A$”, as the equation that it stands for:
`\frac{\partial f}{\partial x} = 2Ax`.
"""

from __future__ import annotations

from bisect import bisect

from derivtex.core.errors import Source
from derivtex.reading.meaning.cases import words_between
from derivtex.reading.meaning.solutions import first_of_chain, requested, solutions_in
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.letters import usual_unknown, vector_of_form
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.variables import bare, derives
from derivtex.reading.syntax.written import placed
from derivtex.reading.words.commands import Request
from derivtex.reading.words.operands import by_phrase
from derivtex.reading.words.sentences import LONGEST_PHRASE, names_at, word
from derivtex.reading.words.vocabulary import EQUALS, FINDINGS, OPINIONS, SOURCES, gives_result

CALLED = {"H": (("hessian",), 2), "J": (("jacobian",), 1), "g": (("gradient", "derivative"), 1), "G": (("gradient", "derivative"), 1)}
OF_ZERO = ("to zero", "to 0", "equal zero", "vanish", "stationar", "optimality", "first order condition")
NEAR = 80  # characters between what is asked of and a formula that the words say it "is"
DERIVED = ("gradient", "derivative", "jacobian")


def with_results(found: list[Statement], document: Document) -> list[Statement]:
    """The statements of a document, a formula that is given as a result as an equation for what was asked before it."""
    made: list[Statement] = []
    asked: Parts = ()
    end, given = 0, False
    solutions = {claim.span.start for claim in solutions_in(document)}
    for each in found:
        order = order_by_name(each, found, document, end)
        each = each._replace(sides=each.sides[1:], relations=each.relations[1:]) if order else each
        alone = is_value(each) and each.start not in solutions
        named = by_right_before(document, each.start) if given and alone else ()
        if alone and question(each.sides[0]) is None and (named or is_given(document, made, end, each)):
            given = True
            own = in_words(document, each) if is_of_request(document, each.start) else ()
            own = own or (of_function(made, each.start, order) if order else ())
            left = by_another(made, named, each.start) if named else own or asked or left_of_result(made, document, end, each)
            begin = min(each.start, left[0].start) if left else each.start
            each = each._replace(sides=(left, *each.sides), relations=("=", *each.relations), start=begin) if left else each
        elif alone and (of := question(each.sides[0])) is not None and of.by:
            asked = each.sides[0]
        end = max(end, each.end)
        made.append(each)
    return made


def order_by_name(each: Statement, found: list[Statement], document: Document, end: int) -> int:
    """The order of the derivative that “I think $H = A^TA$” gives, where a Hessian is asked for and H stands nowhere else; 0 of what gives none.
    end: of the formula before it."""
    name = each.sides[0]
    called, order = CALLED.get(key(name)[0], ((), 0)) if each.relations[:1] == ("=",) and len(name) == 1 else ((), 0)
    asked = any(request.what in called for request in requested(document) if request.end <= each.start)
    said = asked and words_between(document.source.text, end, each.start).endswith((*OPINIONS, *FINDINGS))
    others = (side for one in found for side in (one.sides if one is not each else one.sides[1:]))
    return order if said and not any(contains(side, name) for side in others) else 0


def is_value(each: Statement) -> bool:
    r"""Whether a statement is a formula by itself or a chain of equal ones, `2Ax + 2b = 2(Ax+b)`: no name, and no derivative, stands first."""
    first = each.sides[0]
    if not first or not each.relations:
        return bool(first)
    return set(each.relations) == {"="} and left_side(first) is None and not bare(first) and not any(map(derives, each.sides))


def by_right_before(document: Document, place: int) -> Parts:
    """The name by which is differentiated in the words right before a formula: “and with respect to $V$, $2U^T(UV-X)$”."""
    at = max(0, bisect(starts_of_items(document), place) - 1)
    at = at if document.items and place < document.items[at].end else 0
    name = at - 1 - (word(document.items, at - 1) in (",", ":", "is"))
    found = names_at(document.items, name) if name > 0 else []
    by = next((by for step in range(max(0, name - LONGEST_PHRASE), name) if (by := by_phrase(document.items, step)) is not None), None)
    return found[0] if len(found) == 1 and by is not None and by[1] == name else ()


@once
def starts_of_items(document: Document) -> list[int]:
    return [item.start for item in document.items]


def by_another(before: list[Statement], name: Parts, place: int) -> Parts:
    """The derivative by a name of what was differentiated by another one, in the last line that gives a result."""
    sides = [said.sides[0] for said in before if said.relations[:1] == ("=",)]
    last = next((asked for side in reversed(sides) if (asked := question(side)) is not None and asked.of and contains(asked.of, name)), None)
    quotient = rf"\frac{{\partial}}{{\partial {latex(name)}}}\left({latex(last.of)}\right)" if last is not None else ""
    return placed(tokens(Source(quotient)), place) if quotient else ()


def left_of_result(before: list[Statement], document: Document, end: int, each: Statement) -> Parts:
    """What a formula that the words give as a result is said to be. end: of the formula before it."""
    orders = {request.order for request in requested(document) if request.end <= each.start and request.what in (*DERIVED, "hessian")}
    if orders == {2} or "hessian" in words_between(document.source.text, end, each.start).split()[-2:]:
        return of_function(before, each.start, 2)
    return in_words(document, each) or of_function(before, each.start) or of_expression(before, document, each.start)


def is_given(document: Document, before: list[Statement], end: int, each: Statement) -> bool:
    """Whether the words before a formula give it as a result: “I got $2Ax$”, “the gradient of $x^TAx$ is $2Ax$”. end: of the formula before it.

    “Find the gradient and the Hessian $H$” names it.
    """
    words = words_between(document.source.text, end, each.start)
    given = gives_result(words) or words.endswith(OPINIONS)
    if any(mark in words for mark in OF_ZERO) or is_named(words, before, each.sides[0]):
        given = False  # “setting the derivative to zero, I get $Ax = b$”: that is no derivative
    return given or is_of_request(document, each.start)


def is_named(words: str, before: list[Statement], name: Parts) -> bool:
    """Whether the words before a name that is new give it to what they speak of."""
    new = words.endswith("hessian") and is_name(name)
    return new and not any(contains(side, name) for said in before for side in said.sides)


def is_of_request(document: Document, start: int) -> bool:
    """Whether the words right before a formula say that it is the derivative of another one: “the gradient of $x^TAx$ is”."""
    told = next((request for request in reversed(derived_in(document)) if request.end <= start), None)
    if told is None or start - told.end > NEAR:
        return False
    return " ".join(without_source(words_between(document.source.text, told.end, start).strip(" $\\()").split())) in EQUALS


@once
def derived_in(document: Document) -> list[Request]:
    """The requests that name what is to be differentiated."""
    return [request for request in requested(document) if request.of and request.what in DERIVED]


def without_source(words: list[str]) -> list[str]:
    """Words without “in the Matrix Cookbook” before them."""
    if words[:1] not in (["in"], ["by"], ["from"]):
        return words
    named = next((width for width in (2, 1) if " ".join(words[2 : 2 + width]) in SOURCES), 0) if words[1:2] in (["the"], ["my"], ["our"]) else 0
    return words[2 + named :] if named else words


def states_result(document: Document) -> bool:
    """Whether the words of a document give a formula as what came out."""
    found, _ = statements_of(document, tolerant=True)
    return not document.is_formula and any(one is not other for one, other in zip(found, with_results(found, document), strict=True))


def in_words(document: Document, before: Statement) -> Parts:
    r"""The derivative that the words before a formula ask for, `\frac{\partial f}{\partial x}`; each token where the formula begins."""
    told = [request for request in requested(document) if request.end <= before.start and request.of and request.order == 1]
    asked = [by for request in requested(document) if request.end <= before.start and request.what in DERIVED for by in request.by]
    variable = ((*told[-1].by, *asked[-1:])[:1] or (usual_unknown(told[-1].of) or vector_of_form(told[-1].of),))[0] if told else ()
    if not variable or told[-1].what not in DERIVED:
        return ()
    of, by = latex(first_of_chain(told[-1].of)), latex(variable)
    return placed(tokens(Source(rf"\frac{{\partial}}{{\partial {by}}}\left({of}\right)")), before.start)


def of_function(before: list[Statement], place: int, order: int = 1) -> Parts:
    r"""The derivative of the function of one argument that was defined last, `\frac{\partial f}{\partial x}`; nothing where none was."""
    lefts = (left_side(said.sides[0]) for said in reversed(before) if said.relations[:1] == ("=",))
    head = next((left for left in lefts if left is not None and left.arguments is not None and len(left.arguments) == 1), None)
    if head is None or head.arguments is None:
        return ()
    of, by = latex(head.name), latex(head.arguments[0])
    quotient = rf"\frac{{\partial {of}}}{{\partial {by}}}" if order == 1 else rf"\frac{{\partial^2 {of}}}{{\partial {by}\partial {by}^T}}"
    return placed(tokens(Source(quotient)), place)


def of_expression(before: list[Statement], document: Document, place: int) -> Parts:
    """The derivative, by what the words ask by, of the formula that stands last with it: “the gradient w.r.t. $U$? $$…$$ It seems to be …”."""
    asked = [by for request in requested(document) if request.end <= place and request.what in DERIVED for by in request.by]
    alone = [said.sides[0] for said in before if not said.relations and len(said.sides[0]) > 1]
    of = next((side for side in reversed(alone) if asked and contains(side, asked[-1])), ())
    return placed(tokens(Source(rf"\frac{{\partial}}{{\partial {latex(asked[-1])}}}\left({latex(of)}\right)")), place) if of else ()
