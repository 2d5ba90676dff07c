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

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.questions import d_width, question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.variables import is_hatted, is_starred, occurring_base
from derivtex.reading.words.commands import Request, asks, made
from derivtex.reading.words.operands import (
    LONGEST_NOUN,
    PASSED_OVER,
    by_parameters,
    by_phrase,
    operand,
    variables,
    without_d,
)
from derivtex.reading.words.sentences import has, is_equation, listed_names, names, names_of, phrase, sentences, word
from derivtex.reading.words.vocabulary import BEST, OPERATIONS, OPTIMA, is_mastered

VERBS = frozenset(("differentiate", "differentiated", "differentiating", "derive", "deriving"))
PRONOUNS = frozenset(("this", "it", "that", "these"))
NO_OPERATION_BEFORE = frozenset("descent ascent step steps method methods check checking test boosting flow based free norm clipping code".split())
BINDING = ("with", "satisfying", "fulfilling", "obeying")
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
UNKNOWNS = frozenset("weight weights parameter parameters coefficients unknown unknowns variable variables".split())
NOT_UNKNOWN = frozenset("regularization regularisation tuning penalty scale shape random input other constant".split())
SEEKING = frozenset("derive find obtain determine compute calculate get".split())
NO_UNKNOWN_BEHIND = frozenset("how whether if when to wrt w.r.t by of at conjugate adjoint transpose with where for from in near that is".split())
M_STEPS = ("m step", "m steps", "maximisation step", "maximization step", "em update", "em updates")
GIVEN = frozenset("for given let consider suppose with of have has".split())
JOINING = (",", "and", "or", "also", "of")
CALLS = frozenset("the is are be being denotes denote contains holds".split())


def requests(items: list[Item]) -> list[Request]:
    """All requests of a document, in order."""
    return [found for begin, end in sentences(items) for found in in_sentence(items, begin, end)]


def in_sentence(items: list[Item], begin: int, end: int) -> Iterator[Request]:
    """The requests of one sentence."""
    yield from going_on(items, begin, end)
    for at in range(begin, end):
        if items[at].kind != "word":
            continue
        operation = phrase(items, at, OPERATIONS)
        if operation is not None and word(items, operation[1]) not in NO_OPERATION_BEFORE and not inside_longer(items, at):
            found = of_operation(items, at, operation, (begin, end))
            if found is not None:
                yield found
                yield from of_others(items, found, end)
        optimum = phrase(items, at, OPTIMA)
        if optimum is not None:
            yield of_optimum(items, at, optimum, (begin, end))
        if any(matched(items, at, step) for step in M_STEPS):
            yield made(items, "maximise", 1, (), [], (at, at + 1), (begin, end))._replace(parameters=True)
        yield from unknowns(items, at, (begin, end))
    yield from starred(items, begin, end)


def starred(items: list[Item], begin: int, end: int) -> Iterator[Request]:
    r"""“Find the exact step $\alpha^*$.”, “find $\hat\beta$”: a name with a star or a hat that no formula defines and that is to be found is the
    optimum; with a star above a matrix it may be the adjoint."""
    seeks = next((at for at in range(begin, end) if word(items, at) in SEEKING), end)
    for at in range(seeks + 1, end if asks(items, begin, end) else seeks):
        name = items[at].tokens if items[at].kind == "math" and word(items, at - 1) not in NO_UNKNOWN_BEHIND and names_of(items[at]) else ()
        marked = name and (is_starred(name) or is_hatted(name)) and not is_equation(items[at]) and not any(defines(item, name) for item in items)
        if marked and (base := occurring_base(name)) and (is_hatted(name) or conventional_kind(key(base)) != "matrix"):
            yield made(items, "solve", 1, (), [base], (at, at + 1), (begin, end))._replace(sought=True)


def defines(item: Item, name: Parts) -> bool:
    """Whether a formula gives a name a value, or is about it."""
    left, equals, _ = split_at(item.tokens, "=", ":=") if item.kind == "math" else ((), False, ())
    return bool(equals) and key(left) == key(name)


def going_on(items: list[Item], begin: int, end: int) -> Iterator[Request]:
    r"""A question that goes on from the one before: “And with respect to $b$?”, “What about w.r.t. $b$?”, “And $\det X$?”."""
    step = next((at for at in range(begin, end) if word(items, at) not in GOING_ON), end)
    alone = begin < step == end - 2 and items[step].kind == "math" and word(items, end - 1) == "?"
    if alone and not names_of(items[step]) and question(items[step].tokens) is None:
        yield made(items, "derivative", 1, items[step].tokens, [], (step, end), (begin, end))._replace(again=True)
    found = by_phrase(items, step) if begin < step < end and word(items, end - 1) == "?" else None
    named = names(items, found[1]) if found is not None and found[0] and found[1] < end else None
    if named is not None and named[1] >= end - 1:
        yield made(items, "derivative", 1, (), named[0], (begin, named[1]), (begin, end))


def goes_on(items: list[Item], begin: int, end: int) -> bool:
    r"""Whether a sentence has nothing but one formula beside words that go on: “Also $\frac{\partial}{\partial B}$.”."""
    words = [item.text for item in items[begin:end] if item.kind == "word"]
    return bool(words) and GOING_ON.issuperset(words) and sum(item.kind == "math" for item in items[begin:end]) == 1


def inside_longer(items: list[Item], at: int) -> bool:
    """Whether the operation is the rest of a longer one, `partial derivative`."""
    return any((longer := phrase(items, at - k, OPERATIONS)) is not None and longer[1] > at for k in (1, 2, 3) if at >= k)


GOING_ON = frozenset("and or what how about then also".split())
def of_operation(items: list[Item], at: int, operation: tuple[tuple[str, int], int], sentence: tuple[int, int]) -> Request | None:
    """`gradient of $L$ with respect to $w$`, `differentiate $f$ in $x$`; nothing where neither is told of what nor by what."""
    (what, order), behind = operation
    verb = items[at].text in VERBS
    of, over = operand(items, behind, sentence[1], verb)
    of = of or (items[at - 2].tokens if at > 1 and word(items, at - 1) == "s" and names_of(items[at - 2]) else ())  # “$y$'s Jacobian”
    by, last = variables(items, behind, sentence[1], over)
    if of and not by and word(items, over - 2) in UNKNOWNS and (named := names(items, over - 1)) is not None:
        (by, last), of = named, ()  # “the gradients of all parameters $W$ and $b$”
    of_this = word(items, behind + (not verb)) in PRONOUNS and (verb or word(items, behind) == "of")
    if not of and not by:
        of, by = as_function(items, *sentence)
        of = of or (spoken_of(items, sentence[0], at) if asks(items, *sentence) else ())
    by = [without_d(name) if what == "differential" else name for name in by if key(name) != key(of)]  # “the derivative of $f$, for $f$”
    alone = asks(items, *sentence) and word(items, at - 1) in ("the", "its")  # “what is the Hessian?”
    alone = alone and (order == 2 or (not verb and word(items, behind) in ("?", ".", "and")))
    parameters = not by and by_parameters(items, at, sentence[1])
    if (not by and not of and not of_this and not alone and not parameters) or is_mastered(items, sentence[0], at):
        return None
    if items[at].text in ("derive", "deriving", "score") and not by:  # “derive the formula”, the score of a pair
        return None
    return made(items, what, order, of, by, (at, max(last, over, behind)), sentence)._replace(parameters=parameters)


def as_function(items: list[Item], begin: int, end: int) -> tuple[Parts, list[Parts]]:
    """“Write $f$ as a function of $w$ and find the gradient”: of what, and by what."""
    at = next((at for at in range(begin, end) if matched(items, at, "as a function of") or matched(items, at, "as function of")), None)
    if at is None:
        return (), []
    named = names(items, at + len("as a function of".split()) - (word(items, at + 1) != "a"))
    before = names_of(items[at - 1]) if at > begin else []
    return before[0] if before else (), named[0] if named is not None else []


def spoken_of(items: list[Item], begin: int, at: int) -> Parts:
    """The one function that a sentence begins with, “For $f(x) = …$ I need gradient and Hessian.”."""
    formulas = [k for k in range(begin, at) if items[k].kind == "math"]
    told = len(formulas) == 1 and is_equation(items[formulas[0]]) and word(items, formulas[0] - 1) in GIVEN
    left = left_side(split_at(items[formulas[0]].tokens, "=", ":=")[0]) if told else None
    return items[formulas[0]].tokens if left is not None and left.arguments is not None and len(left.arguments) == 1 else ()


def of_others(items: list[Item], found: Request, end: int) -> Iterator[Request]:
    """The same of what else is named behind the operand: “the gradient of $f(x) = …$ and of $g(x) = …$”, “the derivatives of $x^TAx$ and $b^Tx$”."""
    plural = any(item.start == found.start and item.text.endswith("s") for item in items[:end])
    at = next((k for k in range(end) if items[k].kind == "math" and items[k].tokens[:1] == found.of[:1]), end) if found.of else end
    while (step := next((k for k in range(at + 1, end) if items[k].kind != "word" and word(items, k) != ","), end)) < end:
        if items[step].kind != "math":
            break
        joined = [word(items, k) for k in range(at + 1, step)]
        called = joined[:2] in (["and", "of"], ["or", "of"]) and len(joined) <= 2 + LONGEST_NOUN  # “and of the nuclear norm $…$”
        listed = plural and joined == [","] and is_listed(items, step, end)
        if not (called or listed or {*joined} <= {*JOINING}) or not (listed or {"and", "or"} & {*joined}):
            break
        alike = is_equation(items[at]) and is_equation(items[step]) or not (names_of(items[at]) or names_of(items[step]))
        if not ("of" in joined or plural or alike):
            break
        yield found._replace(of=items[step].tokens, start=items[step].start, end=items[step].end)
        at = step
    for step in range(at + 3, end):  # behind the variable, or a remark: “of $f$ wrt $x$ (…), and of $g$”
        if items[step].kind == "math" and word(items, step - 1) == "of" and word(items, step - 2) == "and" and found.of:
            yield found._replace(of=items[step].tokens, start=items[step].start, end=items[step].end)


def is_listed(items: list[Item], at: int, end: int) -> bool:
    """Whether a formula is one of a list that goes on to an “and”: `, $B$ and $C$`."""
    while at < end and items[at].kind == "math":
        at += 1 + (word(items, at + 1) == ",")
    return word(items, at) == "and" and at + 1 < end and items[at + 1].kind == "math"


def of_optimum(items: list[Item], at: int, optimum: tuple[str, int], sentence: tuple[int, int]) -> Request:
    """`minimise $f$ over $x$`, `the $M$ that minimises $E(M)$`, `minimise over $p$ … $$…$$`, `what minimises $f$ is $x = …$`."""
    what, behind = optimum
    of, over = operand(items, behind, sentence[1], True)
    by, last = variables(items, behind, sentence[1], over)
    if not by:
        by = subject(items, at, sentence[0]) or predicate(items, max(over, behind), sentence[1])
    return made(items, what, 1, of, by, (at, max(behind, over, last)), sentence)


def subject(items: list[Item], at: int, begin: int) -> list[Parts]:
    """The name before `that minimises`, `is the minimiser of`, `which $s$ maximises`, `which $Q$ with $Q^TQ = I$ maximises`."""
    bound = items[at - 1].kind == "math" and is_equation(items[at - 1]) and word(items, at - 2) in BINDING
    at -= 2 * bound
    for place in range(at - 1, max(begin - 1, at - 5), -1):
        if names_of(items[place]):
            return names_of(items[place])
        if word(items, place) not in SUBJECT_OF | PASSED_OVER:
            return []
    return []


def predicate(items: list[Item], at: int, end: int) -> list[Parts]:
    """The name behind `what minimises $f$ is`, of which a value is given."""
    given = at + 1 < end and word(items, at) in ("is", "are") and items[at + 1].kind == "math" and is_equation(items[at + 1])
    left = left_side(split_at(items[at + 1].tokens, "=")[0]) if given else None
    return [left.name] if left is not None else []


def unknowns(items: list[Item], at: int, sentence: tuple[int, int]) -> Iterator[Request]:
    """`the optimal $w$`, `the minimiser $\\hat\\beta$ of $f$`, `solve for $K$`, `how do I get $x$`."""
    yield from solved_for(items, at, sentence)
    best = phrase(items, at, BEST)
    found = best or phrase(items, at, SOLVE) or sought(items, at)
    if found is None or (items[at].text.endswith(("iser", "izer")) and word(items, found[1]) == "of"):  # the minimiser of $J$
        return
    step = found[1]
    reach = LONGEST_NOUN if best else 2
    while step < sentence[1] and reach and items[step].kind == "word" and not names_of(items[step]):
        step, reach = step + 1, reach - 1
    named = (names(items, step) if step < sentence[1] else None) or listed_names(items, step)
    if named is not None and d_width(named[0][0]) and len(named[0][0]) > 1:  # the differential dF
        return
    if named is None or (not best and not ends_there(items, named[1], at, sentence)):
        return
    of = operand(items, named[1], sentence[1], False)[0] if word(items, named[1]) == "of" else ()
    yield made(items, found[0], 1, of, named[0], (at, named[1]), sentence)._replace(sought=items[at].text in SEEKING)


def sought(items: list[Item], at: int) -> tuple[str, int] | None:
    """“Derive $w$.” behind words that speak of an optimum."""
    named = names(items, at + 1) if items[at].text in SEEKING and at + 1 < len(items) and not is_equation(items[at + 1]) else None
    if named is None or word(items, named[1]) not in (".", "?", "") or any(has_mark(name, "_") for name in named[0]):  # \hat\beta_{OLS}
        return None
    return ("solve", at + 1) if any(phrase(items, k, OPTIMA) for k in range(at)) else None


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
    begins = text.startswith(word(items, at))  # which of most phrases is all that has to be looked at
    return at + len(text.split()) if begins and all(word(items, at + k) == part for k, part in enumerate(text.split())) else 0


def ends_there(items: list[Item], at: int, begin: int, sentence: tuple[int, int]) -> bool:
    """Whether a sentence that asks for an unknown ends behind it, or goes on as such a sentence does."""
    firm = any(matched(items, begin, text) for text in FIRM)
    return firm or at >= sentence[1] - 1 or word(items, at) in (",", "(", ")", "?", ".", "is", "as", "in", "from")


__all__ = ["has", "requests"]
