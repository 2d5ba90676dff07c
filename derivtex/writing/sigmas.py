r"""Sums and products over indices: `\sum_{i=1}^{n} x_i`, and with a condition below, `\sum_{i<j}`, `\sum_{j\ne k}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.calculus.arithmetic import negative, product
from derivtex.core.notation import Binding
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import Number, Product, Sum
from derivtex.operations.leaves import Index, Symbol
from derivtex.operations.sums import Entry, KroneckerDelta, SumOver, conditions_of, relation, step_below
from derivtex.simplification.cost import is_negative
from derivtex.writing.box import TALL, Piece

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas

TURNED = {"<": ">", r"\le": r"\ge", r"\ne": r"\ne"}


def sigma(to: Formulas, term: Operation) -> Piece:
    r"""A sum or product over an index: `\sum_{i=1}^{n} x_i`; the body is all that follows."""
    index, body = term.index, term.body
    limits = rf"_{{{index.name}={index.first}}}^{{{index.last}}}"
    found = of_set(to, term) or of_two(term) or of_one(term) or of_step(to, term)
    if found is not None:
        limits, body = found
    inner = to.piece(body)
    held = to.bracketed(inner) if inner.binding < Binding.ENTRYWISE or inner.minus else inner
    return Piece(f"{term.notation.mark}{limits} {held.text}", Binding.PREFIX, depth=TALL, closed=None)


def of_set(to: Formulas, term: Operation) -> tuple[str, Term] | None:
    r"""A sum over what a set holds: `\sum_{(i,j)\in\Omega}`, with j fixed `\sum_{i:(i,j)\in\Omega}`; and what is summed."""
    indices, body = [term.index], term.body
    if type(body) is SumOver and (found := member_of_set(body.body, [*indices, body.index])) is not None:
        indices, body = [*indices, body.index], body.body
    else:
        found = member_of_set(body, indices)
    if found is None or type(term) is not SumOver:
        return None
    places = [to.latex(each) for each in (found.row, found.column)[: 1 if found.of.kind == "vector" else 2]]
    held = places[0] if len(places) == 1 else f"({places[0]},{places[1]})"
    running = "" if len(places) == len(indices) else f"{indices[0].name} : "
    return rf"_{{{running}{held} \in {to.latex(found.of)}}}", without(found, body)


def member_of_set(body: Term, indices: list[Index]) -> Entry | None:
    """The factor of all addends that is 1 for what a set holds, whose place has these indices."""
    first = body.terms[0] if type(body) is Sum else body
    for factor in first.factors if type(first) is Product else ():
        if not isinstance(factor, Entry) or not isinstance(factor.of, Symbol) or not factor.of.has("indicator"):
            continue
        if all(each in factor.children for each in indices) and stands_in_all(factor, body):
            return factor
    return None


def stands_in_all(factor: Term, body: Term) -> bool:
    """Whether every addend is a product with a factor."""
    return all(type(addend) is Product and factor in addend.factors for addend in (body.terms if type(body) is Sum else (body,)))


def of_two(term: Operation) -> tuple[str, Term] | None:
    r"""Two sums with a condition between their indices as one: `\sum_{i<j}`, and what is summed."""
    if type(term) is not SumOver or type(term.body) is not SumOver:
        return None
    outer, inner = term.index, term.body.index
    for condition in shared_conditions(term.body.body):
        mark, *sides = relation(condition) or ("=",)
        wanted = ([outer, inner],) if mark == r"\ne" else ([outer, inner], [inner, outer])
        if mark != "=" and sides in wanted and alike(outer, inner):
            return f"_{{{sides[0].name} {mark} {sides[1].name}}}", without(condition, term.body.body)
    return None


def of_one(term: Operation) -> tuple[str, Term] | None:
    r"""A sum whose index keeps a relation to another that runs outside or is fixed: `\sum_{j\ne k}`, and what is summed."""
    if type(term) is not SumOver:
        return None
    for condition in shared_conditions(term.body):
        mark, left, right = relation(condition) or ("=", None, None)
        own, other, mark = (left, right, mark) if left is term.index else (right, left, TURNED.get(mark, mark))
        if mark != "=" and own is term.index and other is not own and type(other) is Index and alike(own, other):
            return f"_{{{own.name} {mark} {other.name}}}", without(condition, term.body)
    return None


def of_step(to: Formulas, term: Operation) -> tuple[str, Term] | None:
    r"""A sum of what has a step as its factor: `\sum_{i : y_i < 1}`, and what is summed."""
    step = step_below(term)
    if step is None:
        return None
    was, to.small = to.small, True
    smaller, larger = sides_of(step.of)
    named = to.named(step.of) is not None or smaller is Number(0)
    told = f"{to.latex(step.of)} > 0" if named else f"{to.latex(smaller)} < {to.latex(larger)}"
    to.small = was
    return rf"_{{{term.index.name} : {told}}}", without(step, term.body)


def sides_of(positive: Term) -> tuple[Term, Term]:
    """The smaller and the larger side of what says that a number is positive: what is taken away, and what it is taken from."""
    terms = positive.terms if type(positive) is Sum else (positive,)
    sides = [tuple(negative(each) if at == 0 else each for each in terms if is_negative(each) == (at == 0)) for at in (0, 1)]
    left, right = (side[0] if len(side) == 1 else Sum(side) if side else Number(0) for side in sides)
    return left, right


def alike(one: Index, other: Index) -> bool:
    """Whether two indices have the same limits, which then need not be written."""
    return (one.first, one.last) == (other.first, other.last)


def shared_conditions(body: Term) -> tuple[Term, ...]:
    """The conditions under which every addend of a body stands."""
    first, *others = body.terms if type(body) is Sum else (body,)
    return tuple(condition for condition in conditions_of(first) if all(condition in conditions_of(other) for other in others))


def without(condition: Term, body: Term) -> Term:
    """A body without a condition that every addend has."""
    if type(body) is Sum:
        return Sum(tuple(without(condition, addend) for addend in body.terms))
    assert type(body) is Product
    return product(tuple(factor for factor in body.factors if factor is not condition))


def delta(to: Formulas, term: Operation) -> Piece:
    r"""The Kronecker delta: `\delta_{ij}`; where the author writes an indicator, or numbers of classes are compared, `1\{y_i = k\}`."""
    mark = to.spelling.mark(KroneckerDelta, "")
    if mark or not all(type(place) in (Index, Number) or to.holds_a_place(place) for place in term.children):
        before, _, behind = (mark or r"1\{=\}").partition("=")
        return Piece(before + " = ".join(to.in_small(place) for place in term.children) + behind)
    return Piece(rf"\delta_{{{''.join(to.in_small(place) for place in term.children)}}}")


def before(to: Formulas, term: Operation) -> Piece:
    """One where the first index comes before the second: `[i < j]`."""
    return Piece(f"[{' < '.join(to.in_small(place) for place in term.children)}]")
