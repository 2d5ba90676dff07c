r"""Operators that differentiate inside of a formula, `\nabla_w`, `\frac{\partial}{\partial w}`, and how far one of them reaches.

One rule, behind a factor as alone: over the whole product behind it, up to a plus, a minus or a mark between factors. Three things end it before:
a function with its bracket, `\nabla f(x)^Td`; a number that the variable occurs in and that is no product, `\nabla_z L\,x^T`, before what is no
number; and the next operator, `\nabla f\nabla f^T`. Where two numbers of the variable stand side by side, `\nabla_x f g`, either may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import AmbiguityError, DerivtexError
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.reading.meaning.calls import is_call
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.syntax.questions import D_MARKS, d_width
from derivtex.reading.syntax.tree import Node, Parts, chain_of, key
from derivtex.reading.syntax.written import with_index

WHOLE = ("bracket", "apply", "bars", "angle", "fraction", "over", "grid")


class Operator(NamedTuple):
    """A derivative without what it is of: the tokens of its variables, none where the variable is understood, and its order."""

    by: tuple[Parts, ...]
    order: int


def operator_of(node: Node) -> Operator | None:
    r"""The operator that a factor is: `\nabla`, `\nabla_x`, `\nabla^2`, `\partial_x`, `\frac{d}{dx}`."""
    base = node.parts[0] if node.form == "script" else node
    if base.form == "name" and base.text in (r"\nabla", r"\partial"):
        if (base.text == r"\partial" and not node.below) or (node.above and node.above.name != ("2",)):
            return None
        return Operator((node.below,) if node.below else (), 2 if node.above else 1)
    return of_fraction(node) if node.form == "fraction" else None


def of_fraction(node: Node) -> Operator | None:
    r"""`\frac{\partial}{\partial x}`, `\frac{d^2}{dx^2}` without anything behind the d above."""
    over, under = node.parts
    order = 2 if over.form == "script" and over.above.name == ("2",) else 1
    bare = over.parts[0] if over.form == "script" else over
    if bare.form != "name" or key(bare.tokens) not in D_MARKS or under.form != "chain" or len(under.parts) != 2:
        return None
    if not d_width(under.parts[0].tokens):
        return None
    by = under.parts[1]
    by = by.parts[0] if order == 2 and by.form == "script" and by.above.name == ("2",) else by
    return Operator((tokens_of(by),), order)


def tokens_of(node: Node) -> Parts:
    """The tokens of a name, with those below it."""
    if node.form == "name":
        return node.tokens
    if node.form == "script" and node.below and not node.above:
        return with_index(tokens_of(node.parts[0]), node.below)
    return ()


def reached(to: Elaborator, node: Node, operator: Operator, at: int) -> int:
    """How many factors a derivative is of."""
    if at >= len(node.parts) or node.marks[at]:
        return 0
    first = node.parts[at]
    if (inner := operator_of(first)) is not None:
        return 1 + reached(to, node, inner, at + 1)
    end = next((k for k in range(at + 1, len(node.parts)) if node.marks[k]), len(node.parts))
    if at + 1 < end and is_call(to, first, node.parts[at + 1]):
        return of_call(to, node, operator, at, end)
    return of_whole(to, node, operator, at, end) if is_whole(to, first) and at + 1 < end else end - at


def is_whole(to: Elaborator, first: Node) -> bool:
    """Whether a factor may stand for itself: in brackets or bars, or the name of what is defined."""
    base = first.parts[0] if first.form == "script" else first
    return base.form in WHOLE or (base.form == "name" and (key(base.tokens) in to.scope.defined or key(base.tokens) in to.bodies))


def of_call(to: Elaborator, node: Node, operator: Operator, at: int, end: int) -> int:
    r"""2, the call; raise at `\nabla_x r(x)^Tr(x)`, where that is no number and the variable occurs in what follows."""
    rest = node.parts[at + 2 : end]
    if operator.by and rest and not any(map(operator_of, rest)):
        call = to.term(chain(node, at, at + 2))
        if to.shape(call) != SCALAR and varies(to, operator, call, to.term(chain(node, at + 2, end))) and conforms(to, node, at, end):
            raise two_reaches(to, node, at, at + 2, end)
    return 2


def of_whole(to: Elaborator, node: Node, operator: Operator, at: int, end: int) -> int:
    r"""1 of a number before what is no number, else all factors that follow; raise at `\nabla_x f g`."""
    first = node.parts[at]
    if any(map(operator_of, node.parts[at + 1 : end])):
        return 1
    of = to.term(first)
    if to.shape(of) != SCALAR or not varies(to, operator, of, of):
        return end - at if conforms(to, node, at, end) else 1
    rest = to.term(chain(node, at + 1, end))
    if first.form != "bracket" and to.shape(rest) == SCALAR and varies(to, operator, of, rest):
        raise two_reaches(to, node, at, at + 1, end)
    return 1


def chain(node: Node, begin: int, end: int) -> Node:
    """Some of the factors of a product."""
    return chain_of(list(node.parts[begin:end]), ["", *node.marks[begin + 1 : end]])


def conforms(to: Elaborator, node: Node, begin: int, end: int) -> bool:
    """Whether some of the factors of a product have a product."""
    try:
        with to.scope.unifier.trial():
            to.term(chain(node, begin, end))
    except DerivtexError:
        return False
    return True


def varies(to: Elaborator, operator: Operator, first: Term, of: Term) -> bool:
    """Whether the variable of an operator occurs in a term; where it is understood, any name of the first thing behind the operator."""
    names = to.term(to_node(to, operator.by[0])).walk() if operator.by and operator.by[0] else undefined(to, first)
    by = {part for part in names if isinstance(part, Symbol)}
    return any(part in by for part in made_of(to, of))


def two_reaches(to: Elaborator, node: Node, begin: int, middle: int, end: int) -> AmbiguityError:
    """The error with both readings written out."""
    operator, first, rest = to.latex(node.parts[begin - 1]), to.latex(chain(node, begin, middle)), to.latex(chain(node, middle, end))
    return to.ambiguous(
        f"{operator} {first} {rest} can be read in two ways: as ({operator} {first}) {rest} and as {operator} ({first} {rest})",
        "write it with the brackets that are meant", node.parts[begin - 1]._replace(end=node.parts[end - 1].end),
    )  # fmt: skip


def made_of(to: Elaborator, of: Term) -> Iterator[Term]:
    """The parts of a term and of what defines them, each once."""
    bodies = {to.scope.things.get(name): body for name, body in to.bodies.items()}
    waiting, seen = [of], set()
    while waiting:
        for part in waiting.pop().walk():
            if part not in seen:
                seen.add(part)
                yield part
                if part in bodies:
                    waiting.append(bodies[part])


def undefined(to: Elaborator, of: Term) -> list[Symbol]:
    """The symbols that nothing defines below a term."""
    bodies = {to.scope.things.get(name) for name in to.bodies}
    parts = (part for part in made_of(to, of) if isinstance(part, Symbol) and part not in bodies)
    return [part for part in parts if not {"constant", "integer"} & set(part.properties)]
