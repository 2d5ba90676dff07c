r"""Solutions that an author claims: `\hat\beta = (X^TX)^{-1}X^Ty`, “the minimiser is $w^* = …$”, “I get $x = Ab$”, beside what is minimised.

They bind nothing, and what is wrong in them must not bend how the rest is read: the problem is read without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Source, Span
from derivtex.reading.meaning.cases import words_between
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.lists import is_balanced
from derivtex.reading.syntax.occurring import contains, letters_in
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.statementforms import is_product
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import bare, derives, family_of, goal_width, hatted_names, is_formula, is_hatted, under_optimum, windows
from derivtex.reading.words.asked import requests
from derivtex.reading.words.commands import Request
from derivtex.reading.words.vocabulary import gives_result


@once
def requested(document: Document) -> list[Request]:
    """What the words of a document ask for."""
    return requests(document.items)


def first_of_chain(of: Parts) -> Parts:
    r"""What is differentiated where a chain is named, `f(x) = x^TAx`: its first side."""
    end = next((at for at, token in enumerate(of) if token.text == "="), len(of))
    return of[:end] if is_balanced(of[:end]) else of


FOUND = (
    "get", "got", "obtain", "find", "found", "solution", "minimi", "maximi", "optim", "argmin", "estimator", "estimate", "leads to", "gives",
    "yields", "arrive", "solve", "therefore", "thus", "hence", "so that", "claim", "come",
    "to zero", "equal zero", "attained", "minimum is", "maximum is", "minimum at", "maximum at",
)  # fmt: skip
BOUND_BY = frozenset("where let with for put suppose assume define write being is if when".split())
UNIT = frozenset("IT")  # an identity and the mark of a transpose need no line before
TO_SHOW = ("show that", "prove that", "verify that", "derive that", "why is", "why do we have")
OF_OPTIMUM = ("minim", "maxim", "optim", "least", "argmin", "argmax", r"\min", r"\max", "estimat", "solution", "to zero", "= 0")
OPTIMA = ("minimise", "maximise", "solve")


class Claimed(NamedTuple):
    """An equation that gives an unknown: the unknown without its hat or star, the equation as it is typed, its right side in LaTeX.

    left: of an equation that the unknown solves, `X^TX\\beta = X^Ty`, its left side; else empty. estimates: the other unknowns whose values stand
    on the right, `\\hat\\mu`, each with its hat and without. entry: of one that gives the unknown by its entries, `p_k = …`, the left side.
    """

    unknown: str
    latex: str
    right: str
    span: Span
    left: str = ""
    estimates: tuple[tuple[str, str], ...] = ()
    entry: str = ""


def claimed_solutions(source: Source) -> tuple[Claimed, ...]:
    """The equations that give an unknown of an optimum, in order; of a source that speaks of none there are none."""
    return solutions_in(Document.whole(source))


@once
def solutions_in(document: Document) -> tuple[Claimed, ...]:
    text = document.source.text.lower()
    if document.is_formula:
        return ()
    found = statements_of(document, tolerant=True)[0]
    told = any(word in text for word in OF_OPTIMUM) or any(map(is_set_to_zero, found)) or any(by_derivative(each, found) for each in found)
    if not told and not any(is_estimate_to_show(each, document.source) for each in found):
        return ()
    spoken = {key(name) for request in requested(document) if request.what in OPTIMA for name in request.by}
    spoken |= {key(name) for each in found for name in under_optimum(each)}
    spoken = spoken or {key(name) for request in requested(document) if request.what in OPTIMA and (name := argument_of(request.of))}
    return tuple(claims_among(found, spoken, document.source))


def argument_of(of: Parts) -> Parts:
    """The one argument of what is to be optimised, `J(w)`; nothing where it has several or none."""
    left = left_side(first_of_chain(of))
    return left.arguments[0] if left is not None and left.arguments is not None and len(left.arguments) == 1 else ()


def is_estimate_to_show(said: Statement, source: Source) -> bool:
    r"""Whether an equation gives an estimate that is to be shown, “show that $\hat\Sigma = \frac1nS$”."""
    words = words_between(source.text, 0, said.start)
    return said.relations == ("=",) and is_hatted(said.sides[0]) and words.endswith(TO_SHOW)


def is_set_to_zero(said: Statement) -> bool:
    r"""Whether a statement is a stationarity condition, `\partial H/\partial u=0`."""
    return said.relations == ("=",) and key(said.sides[1]) == ("0",) and question(said.sides[0]) is not None


def by_derivative(said: Statement, found: list[Statement]) -> bool:
    r"""Whether an equation, typed with no word before it but such as draw it from the last one, gives the variable of a derivative on an earlier
    line in letters that stand there too, `\frac{\partial\ell}{\partial\Sigma} = …`, `\Sigma = \frac1nS`: its stationary point."""
    name = bare(said.sides[0]) if said.relations == ("=",) else ()
    before = [each for each in found if each.end <= said.start]
    if not name or not before or not is_formula(said.sides[1]) or key(name) not in set(variables_of_derivatives(before)):
        return False
    words = words_between(said.source.text, before[-1].end, said.start).split()
    known = {letter for each in before for side in each.sides for letter in letters_in(side)} | UNIT
    return not set(words) & BOUND_BY and set(letters_in(said.sides[1])) <= known


def variables_of_derivatives(found: list[Statement]) -> Iterator[Key]:
    r"""By what is differentiated on the left sides of statements: of `\nabla J(w)` what stands in the brackets, of `\nabla J` what does where J is
    defined."""
    arguments = {key(each.sides[0][:1]): argument_of(each.sides[0]) for each in found if each.relations[:1] == ("=",)}
    for each in found:
        asked = question(each.sides[0]) if each.relations else None
        if asked is not None:
            yield from map(key, asked.by or filter(None, [argument_of(asked.of) or arguments.get(key(asked.of), ())]))


def claims_among(found: list[Statement], spoken: set[Key], source: Source) -> Iterator[Claimed]:
    """Those of some statements. spoken: the unknowns of which the words and the objectives tell."""
    end, words = 0, ""
    last: Claimed | None = None
    for each in found:
        between, end = words_between(source.text, end, each.start), max(end, each.end)
        words = between if between.strip(" $,;&").removeprefix("and").strip(" $") else words  # “gives $U = …$, $V = …$”
        if last is not None and not each.relations and is_formula(each.sides[0]) and gives_result(between):  # “… is the solution; I get $2Ab$”
            place = Span(source, each.sides[0][0].start, each.sides[0][-1].end)
            yield Claimed(last.unknown, place.text, latex(each.sides[0]), place)
        last = None
        if each.relations[:1] != ("=",) or not each.sides[0] or not each.sides[-1] or goal_width(each.sides[1]):
            continue
        given, right = each.sides[0], each.sides[-1]
        if not bare(given) and bare(right) and len(each.sides) == 2:  # `(X^TX)^{-1}X^Ty = w`
            given, right = right, given
        name = bare(given)
        if name and key(name) not in spoken and any(unknown in windows(right, len(unknown)) for unknown in spoken):
            continue  # the prediction `\hat{y} = Xw`, where w is sought
        is_told = key(name) in spoken or len(name) < len(given) or any(word in words for word in FOUND) or by_derivative(each, found)
        place = Span(source, each.sides[0][0].start, each.sides[-1][-1].end)
        if name and is_told and not contains(right, name) and is_formula(right) and stands_elsewhere(name, each, found):
            estimates = tuple(dict.fromkeys((latex(each), latex(bare(each))) for each in hatted_names(right)))
            yield (last := Claimed(latex(name), place.text, latex(right), place, estimates=estimates))
        elif (whole := family_of(given)) and is_formula(right) and not contains(right, whole) and is_sought(whole, words, spoken):
            if stands_elsewhere(given, each, found):
                yield (last := Claimed(latex(whole), place.text, latex(right), place, entry=latex(given)))
        elif is_no_name(given, right) and len(each.sides) == 2 and any(word in words for word in FOUND) and not any(map(derives, each.sides)):
            inside = [unknown for unknown in spoken if any(each == unknown for each in windows(given, len(unknown)))]
            if len(inside) == 1:
                yield Claimed("".join(inside[0]), place.text, latex(right), place, latex(given))


def is_sought(name: Parts, words: str, spoken: set[Key]) -> bool:
    """Whether the words before an equation say that it gives the solution, or that this is to be shown of an unknown of the problem."""
    return key(name) in spoken or words.strip(" $").endswith(TO_SHOW) or any(word in words for word in FOUND)


def stands_elsewhere(name: Parts, each: Statement, found: list[Statement]) -> bool:
    """Whether a name stands in another one of some statements."""
    return any(contains(side, name) for other in found if other is not each for side in other.sides)


def is_no_name(given: Parts, right: Parts) -> bool:
    """Whether a left side defines nothing, nor a product that looks like a function, `Mw(w^TNw)`."""
    left = left_side(given)
    return left is None or is_product(left, right, set())


def without(source: Source, claims: tuple[Claimed, ...]) -> Source:
    """The source with claims left out; everything else stays in its place."""
    text = source.text
    for each in claims:
        text = text[: each.span.start] + " " * (each.span.end - each.span.start) + text[each.span.end :]
    return source._replace(text=text)
