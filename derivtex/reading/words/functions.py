r"""Functions that the words tell: “$a(.)$ means $\tanh$ of each entry”, “$g$ is the logistic function”, “$\phi$ is applied elementwise”,
“$K = \exp(-D)$ elementwise”, “where exp acts on each entry”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import FUNCTION_MACROS, words
from derivtex.reading.syntax.lefts import before_dot, is_name, left_side
from derivtex.reading.syntax.occurring import functions_within
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.written import word as text
from derivtex.reading.words.sentences import has, phrase, sentences, word
from derivtex.reading.words.vocabulary import ARTICLES, DOUBT, VERBS

NAMED = {"sigmoid": "sigmoid", "logistic": "sigmoid", "logistic sigmoid": "sigmoid", "sigmoid function": "sigmoid", "logistic function": "sigmoid",
         "hyperbolic tangent": "tanh", "tanh": "tanh", "relu": "relu", "rectified linear unit": "relu", "softplus": "softplus", "softmax": "softmax",
         "softmax function": "softmax", "exponential": "exp", "exponential function": "exp", "exp": "exp"}  # fmt: skip
BY_ENTRIES = ("elementwise", "element wise", "entrywise", "entry wise", "componentwise", "component wise", "each entry", "every entry",
              "each element", "every element", "pointwise", "entry by entry", "element by element")  # fmt: skip
ENTRYWISE = (*BY_ENTRIES, "activation function", "nonlinearity", "activation")
NEAR = 6  # words between a formula and what is said of how its functions act
OF_MATRICES = frozenset("exp log ln sin cos tan sinh cosh tanh sqrt".split())
DEFINING = VERBS - {"has", "have"}


class ToldFunction(NamedTuple):
    """A name of a function with the tokens of what it is, if that is known; else it acts on every entry."""

    name: Parts
    known: Parts
    start: int
    end: int


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
    return ToldFunction(name, (), items[at].start, items[end - 1].end) if called and has(items, at, end, ENTRYWISE) else None


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
