r"""What is told of names by their being differentiated: the L of `\frac{\partial L}{\partial W}` is a number, the t of `\frac{dA}{dt}` too."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.questions import Question, question
from derivtex.reading.syntax.statements import left_side
from derivtex.reading.syntax.tree import Key, key

BOLD = (r"\mathbf", r"\boldsymbol", r"\bm")


def fractions(parts: tuple[Token, ...]) -> Iterator[Question]:
    """The derivatives that occur among tokens."""
    for at, token in enumerate(parts):
        if token.is_mark(r"\frac") and (asked := question(parts[at : at + 3])) is not None:
            yield asked
        if token.inner:
            yield from fractions(token.inner)


def note_numerator(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""What is differentiated and neither declared nor defined is a number; so is what a logarithm is taken of, `\frac{d\log T}{dX}`."""
    of = inner_name(asked.of)
    name = key(of)
    known = name in reading.bodies or name in scope.declared or name in scope.functions
    if reading.asserted and name[:1] and name[0] in BOLD:  # a bold letter of an author's line is as drawn
        return
    if len(of) > 1 and any(key((token,)) == key(by) for token in of for by in asked.by):
        return  # `\frac{\partial Ax}{\partial x}`: what has the variable in it is a product
    if left_side(of) is not None and not known and not is_made_use_of(reading, asked.of):
        scope.kinds.setdefault(name, "scalar")
        if len(asked.of) > 1 and all(token.kind == "letter" and key((token,)) not in {*scope.declared, *reading.bodies} for token in asked.of):
            scope.lexicon.add(asked.of, latex(asked.of))  # `\frac{dCE}{dy}`: no product is differentiated so


def inner_name(of: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""What is differentiated; of `\log T` the T."""
    return of[1:] if len(of) == 2 and of[0].is_mark(r"\log", r"\ln") else of


def note_parameter(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""The t of `\frac{dA}{dt}`, where A is made use of and t stands nowhere but below a d, is a number."""
    name = key(asked.by[0]) if len(asked.by) == 1 else ()
    if len(name) != 1 or name in scope.declared or name in reading.bodies or not is_made_use_of(reading, asked.of):
        return
    sides = [side for said in reading.order for side in said.sides]
    if sum(count(side, name) for side in sides) == sum(name == key(each.by[0]) for side in sides for each in fractions(side) if each.by):
        scope.kinds.setdefault(name, "scalar")


def count(parts: tuple[Token, ...], name: Key) -> int:
    """How often a name of one mark stands among tokens."""
    return sum((key((token,)) == name and not token.inner) + count(token.inner, name) for token in parts)


def is_made_use_of(reading: Reading, name: tuple[Token, ...]) -> bool:
    r"""Whether what is differentiated stands in a definition as well, as the K of `\log|K|` beside `\frac{\partial K}{\partial\theta}`."""
    return any(key(name)[:1] == key(token.inner or (token,)) for body in reading.bodies.values() for token in body.side) if name else False
