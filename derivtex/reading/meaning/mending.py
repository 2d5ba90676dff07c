"""What an author may have meant by a line whose sides do not conform: the same line with one transpose, one exchange or one trace more or
less. Which of these is right is for the numbers to say.

What `x^2` of a vector, or `X^2` of a matrix that is not square, may stand for in a line: the powers of the entries or the squared length; and
what it should have been where it is neither, xx^T or X^TX. Which of these makes the line right is for the numbers to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, ShapeError
from derivtex.core.shapes import inferring
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Product, Sum, Trace
from derivtex.problem import READING, SHORT, Claim, Fault, Mend
from derivtex.reading.meaning.arithmetic import negated
from derivtex.reading.meaning.claims import Sides, agree, fitted, side, span_of, text_of
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.tree import Node, Script, chain_of
from derivtex.reading.syntax.written import transpose_mark

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding


MOST = 48
Making = Callable[["Understanding"], Term]


def mends(found: Understanding, settle: Settling, claim: Sides) -> tuple[Mend, ...]:
    """The claims that conform and differ from a claim in one part of the right side."""
    left, _, right, said = claim
    try:
        node = found.node(right, said.source)
    except DerivtexError:
        return ()
    result = [*with_multiples(found, settle, claim), *as_factor(found, settle, claim)]
    ways: list[tuple[str, Node, Node | Making]] = [*traced(node), *changed(node)]
    try:
        with inferring(found.scope.unifier), found.scope.unifier.trial():
            one = side(found, left, said)
    except DerivtexError:  # no change of the right side makes anything of it
        return tuple(result)
    for kind, part, change in ways:
        try:
            with inferring(found.scope.unifier), found.scope.unifier.trial():
                other = found.elaborator_with_differentials().term(change) if isinstance(change, Node) else change(found)
                agree(found, one, other)
                mended = settle.term(one), settle.term(other)
            whole = Claim(fitted(*mended), "=", mended[1], text_of(claim), span_of(claim))
        except DerivtexError:
            continue
        result.append(Mend(kind, said.source.text[part.start : part.end].strip(), whole))
        if len(result) >= MOST:
            break
    return tuple(result)


def with_multiples(found: Understanding, settle: Settling, claim: Sides) -> tuple[Mend, ...]:
    r"""What `(X^TX + \lambda)w = X^Ty` says where λ stands for λI."""
    read = read_as("identity", found, settle, claim)
    return (Mend(READING, MULTIPLE, read),) if isinstance(read, Claim) else ()


def as_factor(found: Understanding, settle: Settling, claim: Sides) -> tuple[Mend, ...]:
    r"""What `\frac{\partial Y}{\partial X} = R` of two matrices is short for where it holds: R as the factor that the chain rule in denominator
    layout puts beside \partial L/\partial Y, so that dY is dX R^T or R^T dX."""
    left, _, right, said = claim
    try:
        with inferring(found.scope.unifier), found.scope.unifier.trial():
            derivative, factor = settle.term(side(found, left, said)), settle.term(side(found, right, said))
    except DerivtexError:
        return ()
    if not isinstance(derivative, Derivative) or derivative.form != "vec":
        return ()
    products = [(Differential(derivative.by), factor.T), (factor.T, Differential(derivative.by))]
    products = [pair for pair in products if conform(*pair) and (pair[0].shape[0], pair[1].shape[1]) == derivative.of.shape]
    claims = [Claim(Differential(derivative.of), "=", Product(pair), text_of(claim), span_of(claim)) for pair in products]
    return tuple(Mend(SHORT, said.source.text[right[0].start : right[-1].end], each) for each in claims)


def conform(left: Term, right: Term) -> bool:
    """Whether two matrices can be multiplied."""
    return not (left.is_scalar or right.is_scalar) and left.shape[1] == right.shape[0]


def traced(node: Node) -> Iterator[tuple[str, Node, Making]]:
    """The whole, or each addend that is a square matrix, under a trace."""

    def whole(found: Understanding) -> Term:
        return Trace(found.elaborator_with_differentials().term(node))

    yield "trace", node, whole
    for at, addend in enumerate(node.parts if node.form == "sum" else ()):

        def sum_with(found: Understanding, at: int = at) -> Term:
            to = found.elaborator_with_differentials()
            terms = [to.term(part) for part in node.parts]
            terms[at] = Trace(terms[at])
            return Sum(tuple(negated(term) if sign == "-" else term for sign, term in zip(node.marks, terms, strict=True)))

        yield "trace", addend, sum_with


def changed(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The tree with one product in it changed: a factor transposed, two neighbours exchanged, or both with their transposes."""
    for kind, part, new in changes(node):
        yield kind, part, new
    for at, child in enumerate(node.parts):
        for kind, part, new in changed(child):
            yield kind, part, node._replace(parts=(*node.parts[:at], new, *node.parts[at + 1 :]))


def changes(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The changes of one product; a d stays before what it is of."""
    if node.form != "chain" or "/" in node.marks:
        return
    units = units_of(node)
    for begin, end in runs(len(units)):
        run = joined(units[begin:end])
        if run.form not in ("number", "fraction"):
            yield "transpose", run, joined([*units[:begin], turned(run), *units[end:]])
    for at in range(len(units) - 1):
        one, other = units[at : at + 2]
        pair = Node("chain", one.start, other.end)
        yield "order", pair, joined([*units[:at], other, one, *units[at + 2 :]])
        yield "transpose", pair, joined([*units[:at], turned(one), turned(other), *units[at + 2 :]])
    first = next((at for at, unit in enumerate(units) if unit.form not in ("number", "fraction")), 0)
    turning, before = units[first:], units[:first]  # the numbers in front stay there
    if len(turning) > 2:
        yield "order", node, joined([*before, *turning[1:], turning[0]])
        yield "order", node, joined([*before, turning[-1], *turning[:-1]])


def units_of(node: Node) -> list[Node]:
    """The factors of a product, a differential `d x` as one."""
    units: list[Node] = []
    for part, mark in zip(node.parts, node.marks, strict=True):
        if units and mark == "" and units[-1].form == "name" and d_width(units[-1].tokens) == len(units[-1].tokens):
            part = bracketed(chain_of([units.pop(), part], ["", ""]))
        units.append(part)
    return units


def joined(units: list[Node]) -> Node:
    """Units side by side as one node; `\\cdot` and its like between them are as good as nothing."""
    return chain_of(units, [""] * len(units))


def bracketed(node: Node) -> Node:
    return node if node.form in ("bracket", "name") else Node("bracket", node.start, node.end, "(", parts=(node,))


def runs(count: int) -> Iterator[tuple[int, int]]:
    """Where those among so many factors begin and end that could be turned, `(Ax)^T dx` for `Ax\\,dx`; short ones first."""
    for length in range(1, count):
        for at in range(count - length + 1):
            yield at, at + length


def turned(node: Node) -> Node:
    """A factor with a transpose more or less."""
    if node.form == "script" and not node.below and node.above.form == "transpose":
        return node.parts[0]
    return Node("script", node.start, node.end, parts=(bracketed(node),), above=Script(transpose_mark(node.end)))


MULTIPLE = "a number beside a square matrix is that multiple of the identity"
MEANT = {"entries": "a power of a vector or matrix is that of its entries", "length": "the square of a vector is that of its length"}
SHOULD_BE = ("outer", "gram")


def with_readings(fault: Fault, found: Understanding, settle: Settling, claim: Sides) -> Fault:
    """A line with such a power, with what may be meant by it; where neither conforms, the line does not, whatever is meant."""
    tried = {way: read_as(way, found, settle, claim) for way in (*MEANT, *SHOULD_BE)}
    meant = tuple(Mend(READING, MEANT[way], each) for way, each in tried.items() if way in MEANT and isinstance(each, Claim))
    if meant or not all(isinstance(tried[way], ShapeError) for way in MEANT):
        return fault._replace(mends=meant, certain=False)
    part = fault.at.text if fault.at is not None else ""
    repairs = tuple(Mend("scalar-rule", part, each) for way, each in tried.items() if way in SHOULD_BE and isinstance(each, Claim))
    message = f"{fault.message}, and neither of them fits here"
    return fault._replace(code="dimensions", message=message, mends=repairs)


def read_as(way: str, found: Understanding, settle: Settling, claim: Sides) -> Claim | DerivtexError:
    """The claim with such powers read in one way, or why it cannot be."""
    left, _, right, said = claim
    found.powers = way
    try:
        with inferring(found.scope.unifier), found.scope.unifier.trial():
            one, other = side(found, left, said), side(found, right, said)
            agree(found, one, other)
            sides = settle.term(one), settle.term(other)
        return Claim(fitted(*sides), "=", sides[1], text_of(claim), span_of(claim))
    except DerivtexError as error:
        return error
    finally:
        found.powers = ""
