"""What a request in words is of, and by what: the formula behind `of`, the names behind `with respect to`, all parameters."""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.columns import first_row
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.syntax.lefts import is_name
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.cases import is_specialised
from derivtex.reading.words.nouns import with_its, with_noun
from derivtex.reading.words.sentences import is_equation, is_membership, is_signed, listed_names, names, names_at, names_of, phrase, word

BY = {"with respect to": True, "w.r.t": True, "w.r.to": True, "wrt": True, "as a function of": True, "over": True, "by": False, "in": False,
      "for": False, "in terms of": False, "respect to": True, "with regard to": True, "to": False}  # fmt: skip
STARTS_BY = frozenset(text.split()[0] for text in BY) - {"in", "over", "to"}
PASSED_OVER = frozenset("the a an its this that my our both all each every any".split())
LONGEST_REACH, LONGEST_NOUN = 14, 4
ENDS_OPERAND = frozenset((",", ":", "(", ")", "equal", "equals", "is", "to", "and", "at", "between"))  # “of this equal to 0 and solving for $K$”
OF_A_PART = frozenset("element entry component row column".split())
NAMED_BY_A_LETTER = frozenset("distribution distributions density statistic statistics test tests score scores".split())  # the $t$ distribution
MANY_UNKNOWNS = frozenset("weights parameters biases".split())
AGAIN = (",", "and", "or", "once", "then", "also")


def by_parameters(items: list[Item], at: int, end: int) -> bool:
    """Whether all gradients are meant: “all gradients”, “with respect to the weights and biases”, “the gradients of all parameters”."""
    if word(items, at) == "gradients" and "all" in (word(items, at - 1), word(items, at - 2)):
        return True
    for step in range(at + 1, min(end, at + LONGEST_REACH)):
        behind = by_phrase(items, step)
        begin = behind[1] if behind is not None and behind[0] else step + 1 if word(items, step) == "of" else 0
        last = next((k for k in range(begin, end) if word(items, k) not in PASSED_OVER | {"of", "model", "network"}), end) if begin else end
        if word(items, last) in MANY_UNKNOWNS and word(items, last - 1) in PASSED_OVER:
            return last + 1 >= end or items[last + 1].kind != "math"
    return False


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
    if (its := with_its(items, place)) is not None:
        return its
    place += 4 * is_head(items, place)
    for step in range(place, min(end, place + 3 * LONGEST_NOUN)):
        apposed = word(items, step) == "," and step > place and step + 1 < end and is_equation(items[step + 1])  # of the loss, $f(x) = …$
        if by_phrase(items, step) is not None or (word(items, step) in ENDS_OPERAND and not apposed):
            break
        if items[step].kind == "math" and word(items, step - 1) in OF_A_PART and word(items, step + 1) == "of":
            return (), at  # of element $i$ of $G$
        if items[step].kind == "math" and items[step].tokens:
            if row := first_row(items[step].tokens):  # of \begin{align} f(x) &= … \end{align}
                return row, step + 1
            if body := split_at(items[step].tokens, r"\mapsto")[2]:  # of $x \mapsto x^Tx$
                return body, step + 1
            mapped = split_at(items[step].tokens, ":")  # of $f : \mathbb{R}^n \to \mathbb{R}$
            return (mapped[0] if mapped[0] and has_mark(mapped[2], r"\to", r"\rightarrow") else without_equals(with_noun(items, step))), step + 1
        if items[step].kind == "word" and items[step].tokens and names_of(items[step]) and word(items, step + 1) not in NAMED_BY_A_LETTER:
            return items[step].tokens, step + 1
    return (), at


def without_equals(parts: Parts) -> Parts:
    """A formula without the relation with which it begins as a line that goes on: the gradient of `= (y - Xw)'(y - Xw)`."""
    return split_at(parts, "=")[2] if key(parts[:1]) == ("=",) else parts


def is_head(items: list[Item], at: int) -> bool:
    """Whether words are the head of a function, `f(x)` and a relation, before a formula: the gradient of f(x)= $\\|Ax-b\\|^2$."""
    called = [word(items, at + k) for k in (1, 3)] == ["(", ")"] and len(word(items, at)) == len(word(items, at + 2)) == 1
    return called and at + 4 < len(items) and items[at + 4].kind == "math"


def by_phrase(items: list[Item], at: int) -> tuple[bool, int] | None:
    """Whether “with respect to” or its like begins here, in long or in short, and where it ends, also behind its own abbreviation, “(w.r.t.)”."""
    found = phrase(items, at, BY)
    if found is None or word(items, found[1]) != "(":
        return found
    short = phrase(items, found[1] + 1, BY)
    return (found[0], short[1] + 1) if short is not None and word(items, short[1]) == ")" else found


def variables(items: list[Item], at: int, end: int, over: int) -> tuple[list[Parts], int]:
    """The names behind `with respect to`, `w.r.t.`, …; a short `in` or `by` counts only right before a name."""
    for place in range(at, min(end, max(at, over) + LONGEST_REACH)):
        found = by_phrase(items, place)
        if found is None:
            continue
        firm, step = found
        if word(items, place) == "to" and (place != over or over == at):  # “the derivative of $e'e$ to $b$”, but “… is equal to $b$”
            continue
        reach = LONGEST_NOUN if firm else 1
        while step < end and reach and items[step].kind == "word" and not names_at(items, step):
            step, reach = step + 1, reach - (items[step].text not in PASSED_OVER)
        of_case = phrase(items, found[1], ADJECTIVES) is not None or (step < end and (is_signed(items[step]) or is_membership(items[step])))
        told = items[place].text == "for" and of_case  # “for $\\lambda > 0$”, “for symmetric $S$”
        told = told or (not firm and is_specialised(items, at, place))  # “… and simplify for symmetric $A$”
        named = (names(items, step) if step < end else None) or listed_names(items, step) if not told else None
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
