r"""Identities of functions, `\sigma' = \sigma(1-\sigma)`, `\frac{df}{dz} = 1 - f^2`: what they say of the values at a number."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.occurring import arguments_behind, contains, is_one_letter, occurs
from derivtex.reading.syntax.questions import around_primes, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import mark, placed

LOGISTIC = ("sigmoid", "logistic")


def with_arguments(found: list[Statement]) -> list[Statement]:
    """The statements in which an identity of a function is one of its values."""
    identities = [(each, name) for each in found if (name := differentiated(each))]
    own = dict(own_arguments(found)) if identities else {}
    named = {id(each): (name, argument) for each, name in identities if (argument := argument_of(each, name, found, own))}
    return [at_argument(each, *named[id(each)]) if id(each) in named else each for each in found]


def differentiated(each: Statement) -> Parts:
    r"""The name of which the left side is the derivative, `\sigma'`, `\frac{d\sigma}{dz}`; nothing where it is none or more is written."""
    if each.relations[:1] != ("=",):
        return ()
    name, behind = around_primes(each.sides[0])
    asked = question(each.sides[0]) if not name else None
    if asked is not None and asked.order == 1 and len(asked.by) == 1 and asked.mark != r"\nabla":
        name, behind = asked.of, ()
    return name if len(name) == 1 and not behind else ()


def is_alone(current: Parts, behind: int, name: Parts) -> bool:
    """Whether a name stands without an argument: what is in a bracket behind it is a factor where it holds the name too; f_1 is another name."""
    inside = arguments_behind(current, behind, primed=True)
    lowered = behind < len(current) and current[behind].is_mark("_")
    return not lowered and (inside is None or contains(inside, name))


def own_arguments(found: list[Statement]) -> Iterator[tuple[Key, Parts]]:
    """The functions of one letter that are defined, with that letter."""
    for each in found:
        left = left_side(each.sides[0]) if each.relations[:1] in (("=",), (":=",)) else None
        if left is not None and left.arguments is not None and len(left.arguments) == 1 and is_one_letter(left.arguments[0]):
            yield key(left.name), left.arguments[0]


def argument_of(each: Statement, name: Parts, found: list[Statement], own: dict[Key, Parts]) -> Parts:
    """The letter at which an identity is read: the function's own, or a new one of the σ that the words call logistic and nothing defines."""
    asked = question(each.sides[0])
    by = asked.by[0] if asked is not None and asked.by else ()
    formal = own.get(key(name), ())
    if formal:
        alone = any(is_alone(current, at, name) for side in each.sides[1:] for current, at in occurs(side, name))
        return formal if alone and (not by or key(by) == key(formal)) else ()
    others = [side for said in found if said is not each for side in said.sides]
    if key(name) != (r"\sigma",) or not any(word in each.source.text.lower() for word in LOGISTIC):
        return ()
    if not any(not is_one_letter(inside) for side in others for inside in applied_to(side, name)):
        return ()
    letter = by or (Token("letter", "t", each.start, each.start),)
    return letter if not any(contains(side, letter) for side in others) else ()


def applied_to(side: Parts, name: Parts) -> Iterator[Parts]:
    """What stands in the brackets behind a name."""
    return (inside for current, at in occurs(side, name) if (inside := arguments_behind(current, at, primed=True)))


def at_argument(each: Statement, name: Parts, argument: Parts) -> Statement:
    return each._replace(sides=tuple(given(side, name, argument) for side in each.sides))


def given(parts: Parts, name: Parts, argument: Parts) -> Parts:
    """Parts with the argument behind the name wherever that stands alone, and behind its primes."""
    made: list[Token] = []
    waiting = False
    for at, token in enumerate(parts):
        if waiting and not token.is_mark("'"):
            made, waiting = [*made, *called(argument, token.start)], False
        made.append(token._replace(inner=given(token.inner, name, argument)) if token.inner else token)
        waiting = waiting or (key((token,)) == key(name) and is_alone(parts, at + 1, name))
    return (*made, *called(argument, parts[-1].end)) if waiting else tuple(made)


def called(argument: Parts, at: int) -> Parts:
    """An argument in its brackets, at a place."""
    return (mark("(", at), *placed(argument, at), mark(")", at))
