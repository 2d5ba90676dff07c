r"""Products: factors side by side, with `\cdot`, `\times`, `*` and `/` between some of them.

Scalars are left out of the chain. A chain that does not conform as it stands may contain scalar products, x^{T}y z =
(x^{T}y)z: runs that begin
with a row and end with a column are then taken together.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, SCALAR, Dim, current, same
from derivtex.core.terms import Term
from derivtex.operations import CrossProduct, Differential, Hadamard, Inner, Number, Ones
from derivtex.reading.meaning.arithmetic import quotient
from derivtex.reading.meaning.calls import inverse_or_reciprocal, is_call, refuse_place
from derivtex.reading.meaning.dependence import refuse_expectation
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.factors import call_node, depending, differential_in, is_d, of_differential, of_things, together
from derivtex.reading.meaning.multiplication import product
from derivtex.reading.meaning.operators import with_operators
from derivtex.reading.meaning.reach import refuse_matrix_behind, refuse_two_reaches
from derivtex.reading.syntax.tree import Node, chain_of


def chain(to: Elaborator, node: Node) -> Term:
    """The product of factors, quotients first."""
    runs, marks = merged_calls(to, node)
    refuse_two_reaches(to, runs, marks)
    if "/" in marks:
        return ratio(to, node, runs, marks)
    factors: list[Term] = []
    for part, mark in zip(runs, marks, strict=True):
        factors.append(ones(to, part) if mark == "" and factors and is_ones(to, part, factors[-1]) else to.term(part))
    refuse_matrix_behind(to, runs, factors)
    return dotted(to, node, factors, marks)


def is_ones(to: Elaborator, part: Node, before: Term) -> bool:
    """Whether a 1 is the vector of ones: behind a matrix; where 1 is a vector elsewhere, behind any number but a written one."""
    if part.form != "number" or part.text != "1" or to.is_vector(before):
        return False
    return to.shape(before) != SCALAR or (to.scope.one_is_vector and type(before) is not Number)


def ones(to: Elaborator, node: Node) -> Term:
    """`X1`: a 1 behind a matrix is the vector of ones."""
    to.scope.guess("1 behind a factor is the vector of ones")
    return Ones(to.scope.unknown(node), ONE)


def merged_calls(to: Elaborator, node: Node) -> tuple[list[Node], list[str]]:
    """The factors, a function and its bracket taken together: `f(x)`, `\\sigma(x)^2`."""
    return together(with_operators(to, node) if to.gradients else node, lambda before, part: joined(to, before, part))


def joined(to: Elaborator, before: Node, part: Node) -> Node | None:
    """What two factors side by side are together; an error where that may be an expectation or an entry."""
    refuse_expectation(to, before, part)
    if to.differentials and is_d(to.scope, before):
        return of_differential(before, part)
    if is_call(to, before, part):
        return call_with_power(to, before, part)
    whole = of_things(to.scope, before, part)
    if whole is None:
        refuse_place(to, before, part)
    return whole or depending(before, part)


def differential(to: Elaborator, node: Node) -> Term:
    to.scope.spelling.differential = r"\delta" if to.source.text.startswith(r"\delta", node.start) else node.text
    return Differential(to.term(node.parts[0]))


def call_with_power(to: Elaborator, head: Node, argument: Node) -> Node:
    r"""A call; what is raised on the function, `\sigma^2(x)`, is raised on its value."""
    if head.form != "script" or not head.above or head.below or head.primes:
        return call_node(head, argument)
    if head.above.name == ("-", "1"):
        raise inverse_or_reciprocal(to, head)
    return head._replace(end=argument.end, parts=(call_node(head.parts[0], argument),))


def dotted(to: Elaborator, node: Node, factors: list[Term], marks: list[str]) -> Term:
    r"""Factors with `\cdot` and `\times` between some: a product where it conforms, else an inner or a cross product."""
    if len(factors) == 1:
        return factors[0]
    if not any(marks):
        return product(to, node, factors)
    if "*" in marks and all(to.is_matrix(factor) for factor in factors):
        to.scope.guess(f"{to.latex(node)} is the product of matrices, not of their entries")
    try:
        with to.scope.unifier.trial():
            return product(to, node, factors)
    except ShapeError as error:
        at = [k for k, mark in enumerate(marks) if mark]
        if len(at) == 1:
            left, right = product(to, node, factors[: at[0]]), product(to, node, factors[at[0] :])
            special = of_two(to, node, left, right, marks[at[0]])
            if special is not None:
                return special
        raise to.explained(error, node) from None


def of_two(to: Elaborator, node: Node, left: Term, right: Term, mark: str) -> Term | None:
    r"""`x\cdot y` of two vectors; `x\times y` of two vectors of three entries; `A*B` of two of one shape."""
    alike = same(left.shape[0], right.shape[0]) and same(left.shape[1], right.shape[1])
    if not alike:
        return None
    if mark == r"\cdot" and ONE in (left.shape[1], left.shape[0]):
        to.scope.spelling.marks.setdefault("Inner", r"\cdot")
        return Inner(left, right)
    if mark == r"\times" and same(left.shape[1], ONE) and (same(left.shape[0], Dim.of(3)) or current(left.shape)[0].integer is None):
        to.scope.guess(f"{to.latex(node)} is a cross product: its vectors have three entries")
        return CrossProduct(left, right)
    if mark == "*":
        to.scope.guess(f"{to.latex(node)} is the product of entries: the matrix product does not conform")
        return Hadamard((left, right))
    return None


def ratio(to: Elaborator, node: Node, parts: list[Node], marks: list[str]) -> Term:
    """`a/b`; what `a/bc` divides by is asked where both readings conform."""
    at = max(k for k, mark in enumerate(marks) if mark == "/")
    before = chain_of(parts[:at], marks[:at])
    behind = parts[at:]
    if d := differential_in(before, behind):
        first = ratio(to, node, parts[: at + d], marks[: at + d])
        return product(to, node, [first, to.term(chain_of(behind[d:], ["", *marks[at + d + 1 :]]))])
    alone, whole = behind[0], chain_of(behind, ["", *marks[at + 1 :]])
    over = to.term(before)
    if len(behind) == 1:
        return quotient(to, node, over, to.term(alone))
    rest = chain_of(behind[1:], ["", *marks[at + 2 :]])
    if before.form == "number" and alone.form == "number":
        power_of_name = len(behind) == 2 and behind[1].form == "script" and behind[1].parts[0].form == "name"
        if power_of_name and behind[1].start == alone.end and to.shape(to.term(rest)) == SCALAR:
            raise to.ambiguous(
                f"{to.latex(node)} can be read in two ways: {to.latex(rest)} under the stroke, or behind the fraction {before.text}/{alone.text}",
                r"write \frac{…}{…}, or brackets", node,
            )  # fmt: skip
        to.scope.guess(f"{to.latex(node)} is read with the fraction {before.text}/{alone.text} in front")
        return product(to, node, [quotient(to, node, over, to.term(alone)), to.term(rest)])
    return decided(to, node, lambda: quotient(to, node, over, to.term(whole)), lambda: in_front(to, node, over, alone, rest))


def in_front(to: Elaborator, node: Node, over: Term, alone: Node, rest: Node) -> Term:
    """(a/b)c."""
    return product(to, node, [quotient(to, node, over, to.term(alone)), to.term(rest)])


def decided(to: Elaborator, node: Node, *ways: Callable[[], Term]) -> Term:
    """The one of two readings of a/bc that conforms; an error where both do, or none."""
    readings: list[Term] = []
    failure: ShapeError | None = None
    for way in ways:
        try:
            with to.scope.unifier.trial():
                readings.append(way())
        except ShapeError as error:
            failure = error
    if len(readings) == 2:
        raise to.ambiguous(
            f"{to.latex(node)} can be read in two ways: all that follows / divides, or only its first factor",
            r"write \frac{…}{…}, or brackets",
            node,
        )
    if failure is not None and not readings:
        raise failure
    return readings[0]
