r"""What is asked in words: “the gradient of $L$ with respect to $w$”, “minimise over $p$”, “which $s$ maximises it?”.

A small grammar over the items of a document (words, stops, formulas). A request is looked for in each sentence by itself.

request      operation [of operand] [by variables]  |  variables (that | which) minimises operand  |  minimise [operand] [over variables]
             | the optimal variable | solve for variable | how do I get variable
operation    gradient | derivative | Jacobian | Hessian | differential | differentiate | … (OPERATIONS)
by           with respect to | w.r.t. | by | in | over | as a function of (BY), articles, nouns, names
operand      a formula or a name; `this`, `it`, a noun without a name: it is to be found near by (no tokens)

Nothing is decided here: every request is handed on with its place, whether its sentence asks (`asks`), and how it is worded (`what`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import is_name
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import has, is_equation, names, names_of, phrase, sentences, word
from derivtex.reading.words.vocabulary import BEST, OPTIMA, is_mastered


class Request(NamedTuple):
    """A thing that is asked for, or spoken of, in words.

    what: gradient, derivative, jacobian, hessian, differential (to be derived), minimise, maximise, solve (to be solved for `by`).
    of: the tokens of what is differentiated or optimised; none where it is to be found near by. by: names. order: 1 or 2.
    asks: whether the sentence asks or commands; else it tells. start, end: offsets of the phrase; sentence: of its sentence.
    """

    what: str
    of: Parts
    by: tuple[Parts, ...]
    order: int
    asks: bool
    start: int
    end: int
    sentence: tuple[int, int]


OPERATIONS = {
    "gradient": ("gradient", 1), "gradients": ("gradient", 1), "subgradient": ("gradient", 1), "grad": ("gradient", 1),
    "derivative": ("derivative", 1), "derivatives": ("derivative", 1), "partial derivative": ("derivative", 1),
    "partial derivatives": ("derivative", 1), "first derivative": ("derivative", 1), "jacobian": ("jacobian", 1),
    "jacobian matrix": ("jacobian", 1), "hessian": ("hessian", 2), "hessian matrix": ("hessian", 2), "second derivative": ("hessian", 2),
    "second derivatives": ("hessian", 2), "matrix of second derivatives": ("hessian", 2), "differential": ("differential", 1),
    "differentiate": ("derivative", 1), "differentiated": ("derivative", 1), "differentiating": ("derivative", 1),
    "second order derivative": ("hessian", 2), "second partial derivative": ("hessian", 2), "second order partial derivative": ("hessian", 2),
    "second partial derivatives": ("hessian", 2), "second order partial derivatives": ("hessian", 2), "second order derivatives": ("hessian", 2),
    "sensitivity": ("derivative", 1), "derive": ("derivative", 1),
    "deriving": ("derivative", 1),
}  # fmt: skip
VERBS = frozenset(("differentiate", "differentiated", "differentiating", "derive", "deriving"))
PRONOUNS = frozenset(("this", "it", "that", "these"))
NO_OPERATION_BEFORE = frozenset("descent ascent step steps method methods check checking test boosting flow based free norm clipping code".split())
SUBJECT_OF = frozenset("that which who is".split())
SOLVE = dict.fromkeys((
    "variable is", "only variable is", "unknown is", "only unknown is", "unknowns are", "the variable", "solve for", "solved for",
    "solution for", "how do i get", "how do we get", "how to get", "how can i get", "how to find", "how do i find", "solving for", "updates for",
    "estimate of", "estimates of", "estimator of", "estimators of", "estimate for", "estimates for", "estimator for", "estimators for", "mle of",
    "mle for", "mles of", "mles for", "update formulas for", "update equations for", "write down", "closed form for", "closed form of",
    "stationary point", "for which", "which", "what is",
), "solve")  # fmt: skip
FIRM = frozenset(("variable is", "only variable is", "unknown is", "only unknown is", "unknowns are", "solve for", "solved for", "solution for",
                  "solving for", "for which", "how do i get", "how do we get", "how to get"))  # fmt: skip
BY = {"with respect to": True, "w.r.t": True, "w.r.to": True, "wrt": True, "as a function of": True, "over": True, "by": False, "in": False,
      "in terms of": False, "respect to": True, "with regard to": True}  # fmt: skip
STARTS_BY = frozenset(text.split()[0] for text in BY) - {"in", "over"}
ASKING = frozenset(
    "find compute derive calculate determine show evaluate differentiate minimise minimize maximise maximize obtain prove explain "
    "need needs want wants please how what which why exercise looking like question where whether could can would is are does".split()
)
PASSED_OVER = frozenset("the a an its this that my our both all each every any".split())
LONGEST_REACH, LONGEST_NOUN = 14, 4
ENDS_OPERAND = frozenset((",", ":", "(", ")", "equal", "equals", "is", "to", "and", "at"))  # “the derivative of this equal to 0 and solving for $K$”
OF_A_PART = frozenset("element entry component row column".split())
UNKNOWNS = frozenset("weight weights parameter parameters coefficients unknown unknowns variable variables".split())
NOT_UNKNOWN = frozenset("regularization regularisation tuning penalty scale shape random input other constant".split())
AGAIN = (",", "and", "or", "once", "then", "also")
CALLS = frozenset("the is are be being denotes denote contains holds".split())


def requests(items: list[Item]) -> list[Request]:
    """All requests of a document, in order."""
    return [found for begin, end in sentences(items) for found in in_sentence(items, begin, end)]


def in_sentence(items: list[Item], begin: int, end: int) -> Iterator[Request]:
    """The requests of one sentence."""
    for at in range(begin, end):
        if items[at].kind != "word":
            continue
        operation = phrase(items, at, OPERATIONS)
        if operation is not None and word(items, operation[1]) not in NO_OPERATION_BEFORE and not inside_longer(items, at):
            found = of_operation(items, at, operation, (begin, end))
            if found is not None:
                yield found
        optimum = phrase(items, at, OPTIMA)
        if optimum is not None:
            yield of_optimum(items, at, optimum, (begin, end))
        yield from unknowns(items, at, (begin, end))


def inside_longer(items: list[Item], at: int) -> bool:
    """Whether the operation is the rest of a longer one, `partial derivative`."""
    return any((longer := phrase(items, at - k, OPERATIONS)) is not None and longer[1] > at for k in (1, 2, 3) if at >= k)


COMMANDS = frozenset("find need needs want please how derive differentiate compute looking trying".split())
IMPERATIVES = frozenset("calculate determine evaluate obtain".split())


def asks(items: list[Item], begin: int, end: int) -> bool:
    """Whether a sentence asks or commands."""
    if word(items, end - 1) == "?":
        return True
    first = next((item.text for item in items[begin:end] if item.kind == "word"), "")
    words = {item.text for item in items[begin:end] if item.kind == "word"}
    commanded = any(word(items, at) in IMPERATIVES and items[at - 1].kind != "word" for at in range(begin + 1, end))
    wished = "like" in words and bool(words & {"would", "i'd", "we'd", "id"})
    return first in ASKING - {"is", "are", "does", "where"} or bool(words & COMMANDS) or commanded or wished


def made(
    items: list[Item], what: str, order: int, of: Parts, by: list[Parts], stretch: tuple[int, int], sentence: tuple[int, int]
) -> Request:
    whole = items[sentence[0]].start, items[sentence[1] - 1].end
    return Request(what, of, tuple(by), order, asks(items, *sentence), items[stretch[0]].start, items[stretch[1] - 1].end, whole)


def of_operation(items: list[Item], at: int, operation: tuple[tuple[str, int], int], sentence: tuple[int, int]) -> Request | None:
    """`gradient of $L$ with respect to $w$`, `differentiate $f$ in $x$`; nothing where neither is told of what nor by what."""
    (what, order), behind = operation
    verb = items[at].text in VERBS
    of, over = operand(items, behind, sentence[1], verb)
    by, last = variables(items, behind, sentence[1], over)
    if of and not by and word(items, over - 2) in UNKNOWNS and (named := names(items, over - 1)) is not None:
        (by, last), of = named, ()  # “the gradients of all parameters $W$ and $b$”
    of_this = word(items, behind + (not verb)) in PRONOUNS and (verb or word(items, behind) == "of")
    by = [without_d(name) for name in by] if what == "differential" else by
    is_second = order == 2 and asks(items, *sentence) and word(items, at - 1) in ("the", "its")  # “what is the Hessian?”
    if (not by and not of and not of_this and not is_second) or is_mastered(items, sentence[0], at):
        return None
    if items[at].text in ("derive", "deriving") and not by:  # “derive the formula”
        return None
    return made(items, what, order, of, by, (at, max(last, over, behind)), sentence)


def without_d(name: Parts) -> Parts:
    """The A of “in terms of $dA$”."""
    width = d_width(name)
    return name[width:] if width and name[width:] and is_name(name[width:]) else name


def operand(items: list[Item], at: int, end: int, verb: bool) -> tuple[Parts, int]:
    """The formula behind `of`, or behind a verb; and where it ends."""
    place = at
    while place < min(end, at + LONGEST_NOUN) and not verb and word(items, place) != "of":
        if by_phrase(items, place) is not None or items[place].kind == "math" or word(items, place) in (",", ":"):
            return (), at
        place += 1
    if not verb and word(items, place) != "of":
        return (), at
    place += not verb
    place += 4 * is_head(items, place)
    for step in range(place, min(end, place + 2 * LONGEST_NOUN)):
        apposed = word(items, step) == "," and step > place and step + 1 < end and is_equation(items[step + 1])  # of the loss, $f(x) = …$
        if by_phrase(items, step) is not None or (word(items, step) in ENDS_OPERAND and not apposed):
            break
        if items[step].kind == "math" and word(items, step - 1) in OF_A_PART and word(items, step + 1) == "of":
            return (), at  # of element $i$ of $G$
        if items[step].kind == "math" and items[step].tokens:
            mapped = split_at(items[step].tokens, ":")  # of $f : \mathbb{R}^n \to \mathbb{R}$
            return (mapped[0] if mapped[0] and has_mark(mapped[2], r"\to", r"\rightarrow") else items[step].tokens), step + 1
        if items[step].kind == "word" and items[step].tokens and names_of(items[step]):
            return items[step].tokens, step + 1
    return (), at


def is_head(items: list[Item], at: int) -> bool:
    """Whether words are the head of a function, `f(x)` and a relation, before a formula: the gradient of f(x)= $\\|Ax-b\\|^2$."""
    called = [word(items, at + k) for k in (1, 3)] == ["(", ")"] and len(word(items, at)) == len(word(items, at + 2)) == 1
    return called and at + 4 < len(items) and items[at + 4].kind == "math"


def by_phrase(items: list[Item], at: int) -> tuple[bool, int] | None:
    return phrase(items, at, BY)


def variables(items: list[Item], at: int, end: int, over: int) -> tuple[list[Parts], int]:
    """The names behind `with respect to`, `w.r.t.`, …; a short `in` or `by` counts only right before a name."""
    for place in range(at, min(end, max(at, over) + LONGEST_REACH)):
        found = by_phrase(items, place)
        if found is None:
            continue
        firm, step = found
        reach = LONGEST_NOUN if firm else 1
        while step < end and reach and items[step].kind == "word" and not names_of(items[step]):
            step, reach = step + 1, reach - (items[step].text not in PASSED_OVER)
        named = names(items, step) if step < end else None
        if named is not None:
            return once_more(items, named, end) if firm else named
    return [], at


def once_more(items: list[Item], named: tuple[list[Parts], int], end: int) -> tuple[list[Parts], int]:
    """The names with those behind the next `with respect to`: “once with respect to $W$ and once with respect to $D$”."""
    step = next(at for at in range(named[1], len(items) + 1) if word(items, at) not in AGAIN)
    again = by_phrase(items, step) if step > named[1] else None
    more = names(items, again[1]) if again is not None and again[0] and again[1] < end else None
    if more is None:
        return named
    following, behind = once_more(items, more, end)
    return [*named[0], *following], behind


def of_optimum(items: list[Item], at: int, optimum: tuple[str, int], sentence: tuple[int, int]) -> Request:
    """`minimise $f$ over $x$`, `the $M$ that minimises $E(M)$`, `minimise over $p$ … $$…$$`."""
    what, behind = optimum
    of, over = operand(items, behind, sentence[1], True)
    by, last = variables(items, behind, sentence[1], over)
    if not by:
        by = subject(items, at, sentence[0])
    return made(items, what, 1, of, by, (at, max(behind, over, last)), sentence)


def subject(items: list[Item], at: int, begin: int) -> list[Parts]:
    """The name before `that minimises`, `is the minimiser of`, `which $s$ maximises`."""
    for place in range(at - 1, max(begin - 1, at - 5), -1):
        if names_of(items[place]):
            return names_of(items[place])
        if word(items, place) not in SUBJECT_OF | PASSED_OVER:
            return []
    return []


def unknowns(items: list[Item], at: int, sentence: tuple[int, int]) -> Iterator[Request]:
    """`the optimal $w$`, `the minimiser $\\hat\\beta$ of $f$`, `solve for $K$`, `how do I get $x$`."""
    yield from solved_for(items, at, sentence)
    best = phrase(items, at, BEST)
    found = best or phrase(items, at, SOLVE)
    if found is None:
        return
    step = found[1]
    reach = LONGEST_NOUN if best else 2
    while step < sentence[1] and reach and items[step].kind == "word" and not names_of(items[step]):
        step, reach = step + 1, reach - 1
    named = names(items, step) if step < sentence[1] else None
    if named is not None and d_width(named[0][0]) and len(named[0][0]) > 1:  # the differential dF
        return
    if named is None or (not best and not ends_there(items, named[1], at, sentence)):
        return
    of = operand(items, named[1], sentence[1], False)[0] if word(items, named[1]) == "of" else ()
    yield made(items, found[0], 1, of, named[0], (at, named[1]), sentence)


def solved_for(items: list[Item], at: int, sentence: tuple[int, int]) -> Iterator[Request]:
    """`solving $Ax = b$ for $x$`."""
    if items[at].text not in ("solve", "solving", "solved", "solves"):
        return
    for place in range(at + 1, min(at + LONGEST_NOUN, sentence[1] - 2)):
        named = names(items, place + 2) if items[place].kind == "math" and word(items, place + 1) == "for" else None
        if named is not None:
            yield made(items, "solve", 1, (), named[0], (at, named[1]), sentence)


def called_unknown(items: list[Item]) -> list[Parts]:
    """The names that the words call weights, parameters or unknowns: “where $w$ are the weights”, “the parameter vector $\\theta$”."""
    found: list[Parts] = []
    for at in range(len(items)):
        if word(items, at) not in UNKNOWNS or word(items, at - 1) in NOT_UNKNOWN:
            continue
        behind = names(items, at + 1 + (word(items, at + 1) in ("vector", "matrix")))
        step = at - 1
        while step > max(0, at - LONGEST_NOUN) and items[step].kind == "word" and not names_of(items[step]):
            step -= 1
        said = any(word(items, k) in CALLS for k in range(step + 1, at))
        found.extend(behind[0] if behind is not None else names_of(items[step]) if said else [])
    return found


def matched(items: list[Item], at: int, text: str) -> int:
    """Behind the phrase, if it stands here; else 0."""
    parts = text.split()
    return at + len(parts) if all(word(items, at + k) == part for k, part in enumerate(parts)) else 0


def ends_there(items: list[Item], at: int, begin: int, sentence: tuple[int, int]) -> bool:
    """Whether a sentence that asks for an unknown ends behind it, or goes on as such a sentence does."""
    firm = any(matched(items, begin, text) for text in FIRM)
    return firm or at >= sentence[1] - 1 or word(items, at) in (",", "(", ")", "?", ".", "is", "as", "in", "from")


__all__ = ["Request", "has", "requests"]
