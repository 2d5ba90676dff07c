r"""Derivatives along a direction: `Df(X)[H] = XH + HX`, `D_Yf(X)`, “the directional derivative of $f$ in the direction $v$”.

They are the differential of f, with the direction in the place of dX.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.shapes import same
from derivtex.core.terms import Term
from derivtex.operations import Differential, Symbol
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.uses import stands_in
from derivtex.reading.source.marks import latex
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.gradients import Direction, direction
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.sentences import word

if TYPE_CHECKING:
    from derivtex.reading.meaning.understanding import Understanding

def of_defined(found: Understanding, parts: Parts) -> Direction | None:
    """The derivative along a direction that a side is, of a function that is defined, at its argument."""
    asked = direction(parts)
    known = with_argument(found.reading, asked)
    if known is None and asked is not None and key(asked.of) in found.scope.functions and not is_by_name(found.reading, asked):
        return asked._replace(of=asked.called)
    return known


def with_argument(reading: Reading, asked: Direction | None) -> Direction | None:
    body = reading.bodies.get(key(asked.of)) if asked is not None else None
    if asked is None or body is None or body.left.arguments is None or is_by_name(reading, asked):
        return None
    return asked if [key(each) for each in body.left.arguments] == [key(asked.at)] else None


def is_by_name(reading: Reading, asked: Direction) -> bool:
    r"""Whether an index tells by what is differentiated: `\nabla_w f(x)`, where f(x) = w^Tx."""
    if key(asked.along) == key(asked.at):
        return True
    body = reading.bodies.get(key(asked.of))
    own = body is not None and stands_in(reading, body, asked.along)
    return asked.indexed and (own or any(contains(each.sides[-1], asked.along) for each in reading.order if defines(each, asked.of)))


def defines(each: Statement, name: Parts) -> bool:
    left = left_side(each.sides[0]) if each.relations[:1] == ("=",) else None
    return left is not None and key(left.name) == key(name)


def along(to: Elaborator, found: Understanding, asked: Direction, right: Term) -> tuple[Term, Term] | None:
    """The two sides of a claim about a derivative along a direction, as one about differentials; None where that is no name of its shape."""
    at, way = (to.term(found.node(parts)) for parts in asked[1:3])
    try:
        of = to.term(found.node(asked.of))
    except DerivtexError:  # a function that other formulas apply to something else stands with its argument only
        of = to.term(found.node(asked.called))
    if not isinstance(at, Symbol) or not isinstance(way, Symbol) or not all(map(same, at.shape, way.shape)):
        return None
    return Differential(of), right.replace({way: Differential(at)})


def asked_direction(reading: Reading) -> tuple[Direction, Parts] | None:
    """The derivative along a direction that a document asks for, and how it is written: on paper by itself, in words, else of which lines tell."""
    alone = of_sides(reading, (each.sides[0] for each in reading.order if not each.relations))
    return alone or in_words(reading) or of_sides(reading, (each.sides[0] for each in reading.order if each.relations))


def of_sides(reading: Reading, sides: Iterable[Parts]) -> tuple[Direction, Parts] | None:
    found = ((asked, side) for side in sides if (asked := with_argument(reading, direction(side))) is not None)
    return next(found, None)


def in_words(reading: Reading) -> tuple[Direction, Parts] | None:
    """The same of the function that was defined last: the directional derivative “in the direction of $H$”, “along $v$”."""
    items = reading.document.items
    functions = [body for body in reading.bodies.values() if body.left.arguments is not None and len(body.left.arguments) == 1]
    ways = [item.tokens for at, item in enumerate(items) if item.kind == "math" and tells_direction(items, at)]
    if not functions or len(ways) != 1 or left_side(ways[0]) is None or not any(word(items, at) == "directional" for at in range(len(items))):
        return None
    left = functions[-1].left
    assert left.arguments is not None
    argument = latex(left.arguments[0])
    return Direction(left.name, left.arguments[0], ways[0]), tokens(Source(f"D{latex(left.name)}({argument})[{latex(ways[0])}]"))


def tells_direction(items: list[Item], at: int) -> bool:
    """Whether the words before a formula are “direction”, “direction of” or “along”."""
    before = [word(items, k) for k in (at - 2, at - 1) if k >= 0]
    return before[-1:] in (["direction"], ["along"]) or before == ["direction", "of"]
