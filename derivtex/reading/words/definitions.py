r"""Definitions in words: “where $r$ is the residual $y - X\beta$”, “the error $e$ is $t - y$”.

Functions that the words tell: “$a(.)$ means $\tanh$ of each entry”, “$g$ is the logistic function”, “$\phi$ is applied elementwise”,
“$K = \exp(-D)$ elementwise”, “where exp acts on each entry”.

Words by which an author takes back a formula, so that the next one for the same name stands in its place: "actually", "now let".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import FUNCTION_MACROS, RELATIONS, words
from derivtex.reading.syntax.data import is_space
from derivtex.reading.syntax.lefts import before_dot, is_name, left_side
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.occurring import factors, functions_within
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.written import word as text
from derivtex.reading.words.sentences import ENDS, has, names_of, phrase, sentences, word
from derivtex.reading.words.vocabulary import ARTICLES, DOUBT, LEADS_ON, VERBS

SAYING = frozenset(("is", "denotes", "means", "stands"))
LONGEST = 4
DERIVED = frozenset("gradient derivative derivatives jacobian hessian differential subgradient".split())
NO_THING = LEADS_ON | DOUBT | DERIVED | frozenset("form like given where such that optimal solution".split())
BEFORE_OBJECTS = frozenset("given from at along by with between in on under to for".split())
NO_FORMULA = frozenset((r"\in", ",", r"\times", r"\ldots", ";", r"\mapsto", r"\to", "?"))


class ToldDefinition(NamedTuple):
    """A name and the tokens of what it stands for."""

    name: Parts
    side: Parts
    start: int
    end: int


@once
def definitions_in_words(document: Document) -> list[ToldDefinition]:
    """The definitions that the words of a document make."""
    items = document.items
    return [found for at in range(len(items)) if (found := definition_at(items, at)) is not None]


def definition_at(items: list[Item], at: int) -> ToldDefinition | None:
    """The definition that begins with its name: the name, a verb, an article and a noun or nothing, a formula that ends the clause."""
    before = word(items, at - 1)
    if items[at].kind != "math" or word(items, at + 1) not in SAYING or before in DOUBT or before.endswith("ing"):
        return None
    if before in BEFORE_OBJECTS or (before == "of" and word(items, at - 2) != "value"):  # “the derivative of $x^3$ is $3x^2$” tells no $x^3$
        return None
    named = names_of(items[at])
    step = at + 2
    if word(items, step) in ARTICLES:
        step += 1
        last = min(at + 2 + LONGEST, len(items))
        while step < last and items[step].kind == "word" and word(items, step) not in NO_THING and not word(items, step).endswith("ing"):
            step += 1
    if len(named) != 1 or step >= len(items) or items[step].kind != "math" or step == at + 3:
        return None
    side = items[step].tokens
    ends = word(items, step + 1) in (*ENDS, ",", ")", "and", "") and word(items, step + 1) != "?"
    if len(side) < 3 or not ends or factors(side) < 2 or has_mark(side, *RELATIONS, *NO_FORMULA) or is_space(side):
        return None
    if has_mark(named[0], "^") and (call := left_side(side)) is not None and call.arguments is not None:  # “$X^2$ is $f(X)$” tells no $X^2$
        return None
    return ToldDefinition(named[0], side, items[at].start, items[step].end)


NAMED = {"sigmoid": "sigmoid", "logistic": "sigmoid", "logistic sigmoid": "sigmoid", "sigmoid function": "sigmoid", "logistic function": "sigmoid",
         "hyperbolic tangent": "tanh", "tanh": "tanh", "relu": "relu", "rectified linear unit": "relu", "softplus": "softplus", "softmax": "softmax",
         "softmax function": "softmax", "exponential": "exp", "exponential function": "exp", "exp": "exp"}  # fmt: skip
BY_ENTRIES = ("elementwise", "element wise", "entrywise", "entry wise", "componentwise", "component wise", "each entry", "every entry",
              "each element", "every element", "pointwise", "entry by entry", "element by element")  # fmt: skip
ENTRYWISE = (*BY_ENTRIES, "activation function", "nonlinearity", "activation")
NUMBER_VALUED, MAPS = ("scalar valued", "real valued", "scalar field"), ("function", "field", "map", "mapping", "functional")
NEAR = 6  # words between a formula and what is said of how its functions act
OF_MATRICES = frozenset("exp log ln sin cos tan sinh cosh tanh sqrt".split())
DEFINING = VERBS - {"has", "have"}


class ToldFunction(NamedTuple):
    """A name of a function with the tokens of what it is, if that is known; else it acts on every entry, or has numbers as its values."""

    name: Parts
    known: Parts
    start: int
    end: int
    properties: tuple[str, ...] = ("elementwise",)


@once
def functions_in_words(document: Document) -> list[ToldFunction]:
    """The functions that the words of a document tell."""
    items = document.items
    found = []
    for begin, end in sentences(items):
        for at in range(begin, end):
            told = function_at(items, at, end)
            if told is not None:
                found.append(told)
        found += acting_on_entries(items, begin, end)
    return found


def acting_on_entries(items: list[Item], begin: int, end: int) -> Iterator[ToldFunction]:
    """The known functions of a formula, or of a word, of which the words beside it say that they act on entries."""
    if not has(items, begin, end, BY_ENTRIES):
        return
    for at in range(begin, end):
        behind, before = stretch(items, at + 1, end, 1), stretch(items, at - 1, begin - 1, -1)
        if not any(has(words_beside, 0, len(words_beside), BY_ENTRIES) for words_beside in (behind, before[::-1])):
            continue
        place = (behind or before)[0]
        named = known_function(items, at) if items[at].kind == "word" else items[at].tokens
        for name in functions_within(named, OF_MATRICES):
            yield ToldFunction(name, (), place.start, place.end)


def stretch(items: list[Item], at: int, end: int, step: int) -> list[Item]:
    """A few words from a place on, one way or the other, up to the next formula, comma or stop."""
    found: list[Item] = []
    while at != end and items[at].kind == "word" and len(found) < NEAR:
        found.append(items[at])
        at += step
    return found


def function_at(items: list[Item], at: int, end: int) -> ToldFunction | None:
    """The function that a phrase tells which begins with its name."""
    name, called = function_name(items[at].tokens) if items[at].kind == "math" else ((), False)
    if not name or word(items, at + 1) not in DEFINING or word(items, at + 2) in DOUBT:
        return None
    step = at + 2 + (word(items, at + 2) in ARTICLES) if at + 2 < end else at + 2
    known = known_function(items, step)
    if known:
        return ToldFunction(name, known, items[at].start, items[min(step, end - 1)].end)
    if called and has(items, at, end, ENTRYWISE):
        return ToldFunction(name, (), items[at].start, items[end - 1].end)
    said = [items[at], *stretch(items, at + 1, end, 1)]
    of_numbers = has(said, 0, len(said), NUMBER_VALUED) and has(said, 0, len(said), MAPS) and not has(items, at, end, ENTRYWISE)
    return ToldFunction(name, (), items[at].start, said[-1].end, ("scalar-valued",)) if of_numbers else None


def function_name(parts: Parts) -> tuple[Parts, bool]:
    r"""The name in `a`, `a(.)`, `a(\cdot)`, `|\cdot|`, and whether it stands with its brackets."""
    if (name := before_dot(parts)) and (key(name) == ("|",) or is_name(name)):
        return name, True
    left = left_side(parts) if parts else None
    return (parts, False) if left is not None and left.arguments is None and len(parts) < 3 else ((), False)


def known_function(items: list[Item], at: int) -> Parts:
    r"""The tokens of `\tanh`, `the sigmoid`, `the logistic function`; none of anything else."""
    if at >= len(items):
        return ()
    parts = items[at].tokens
    if items[at].kind == "math":
        return parts if len(parts) == 1 and (parts[0].text in FUNCTION_MACROS or (parts[0].kind == "text" and parts[0].text in words())) else ()
    named = phrase(items, at, NAMED)
    return text(named[0], items[at].start, items[named[1] - 1].end) if named is not None and named[0] in words() else ()


TAKEN_BACK = (
    "actually", "instead", "rather", "i mean", "i meant", "sorry", "correction", "edit", "edited", "update", "changed to", "change it to",
    "now let", "now consider", "now suppose", "now take", "now define", "now we have", "then let", "next consider", "modified", "replaced by",
    "another example", "second example", "more generally", "no wait", "wait", "oops", "scratch that", "should be", "should have been", "should read",
)  # fmt: skip


def taken_back(items: list[Item], earlier: int, later: int) -> bool:
    """Whether the words between two formulas for one name, at these places of the text, say that the second takes the place of the first.

    Only the sentence of the second counts, and the one before it where that is nothing but words ("Sorry, I had a typo.").
    """
    begin, end = (bisect_left(items, place, key=lambda item: item.start) for place in (earlier, later))
    between = items[max(begin, second_sentence(items, end)) : end]
    last = sentences(between)[-2:]
    stretches = [each for number, each in enumerate(last) if number == len(last) - 1 or all(item.kind != "math" for item in between[slice(*each)])]
    return any(has(between, *each, TAKEN_BACK) for each in stretches) or is_example(items, earlier) and not is_example(items, later)


EXAMPLE = ("for example", "for instance", "e.g.", "e.g", "example", "if", "suppose")


def is_example(items: list[Item], place: int) -> bool:
    """Whether the formula that ends or begins at a place is an instance of what is known: “For example, if $f(X) = \\log\\det X$, then …”."""
    at = bisect_left(items, place, key=lambda item: item.start) - 1
    begin = next((k + 1 for k in range(at, -1, -1) if items[k].kind == "stop" and items[k].text in ENDS), 0)
    return at >= begin and has(items, begin, at + 1, EXAMPLE)


def second_sentence(items: list[Item], end: int) -> int:
    """Where the sentence before the one begins that a place ends."""
    stops = 0
    for at in range(end - 1, -1, -1):
        stops += items[at].kind == "stop" and items[at].text in ENDS and at < end - 1
        if stops == 2:
            return at + 1
    return 0
