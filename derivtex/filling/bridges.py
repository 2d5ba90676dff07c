"""From one formula to another: both are taken apart, and the ways meet where they first look alike (`same_term`)."""

from __future__ import annotations

from collections import Counter

from derivtex.core.terms import Term
from derivtex.filling.expansion import Expansion, formulas, reversed_step, rule
from derivtex.operations import MatrixPower, Number, Sum, Symbol, Trace, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.keys import monomial
from derivtex.simplification.engine import Rewriting, tidied
from derivtex.steps import Step

MOST = 10  # factors as which a power is looked at


def bridge(before: Term, after: Term, expansion: Expansion) -> list[Step] | None:
    """The steps from one formula to another of equal value; None where the two ways do not meet."""
    for opening in (False, True):
        met = meeting(expansion.of(before, opening), expansion.of(after, opening))
        if met is not None:
            return met
    return None


def meeting(there: Rewriting, back: Rewriting) -> list[Step] | None:
    """The steps of one way as far as a formula of the other, and from there the other way backwards."""
    goals: dict[object, int] = {}
    ends = list(formulas(back))
    for at, term in enumerate(ends):
        goals.setdefault((term.shape, monomial(term)), at)
    starts = list(formulas(there))
    found = [(at + goals[key], at, goals[key]) for at, term in enumerate(starts) if (key := (term.shape, monomial(term))) in goals]
    if not found:
        return None
    _, forth, home = min(found)
    forth = put_in_order(there.steps, forth)
    own, other = there.steps[:forth], [reversed_step(step) for step in reversed(back.steps[:home])]
    return [*own, *joined(starts[forth], ends[home], own), *in_passes(other, len(own))]


def put_in_order(steps: list[Step], at: int) -> int:
    """How far a way goes on from a formula by what only puts it in order, so that no zero is left standing where the two ways meet."""
    while at < len(steps) and steps[at].rule.quiet and monomial(steps[at].before) == monomial(steps[at].after):
        at += 1
    return at


def joined(left: Term, right: Term, before: list[Step]) -> list[Step]:
    """The step between two ways of writing the same thing; none where they are written alike."""
    if left is right:
        return []
    words, quiet = difference(left, right)
    return [Step(rule("rearranged", words, quiet), (), left, right, before[-1].pass_ + 1 if before else 1)]


def difference(left: Term, right: Term) -> tuple[str, bool]:
    """In what two ways of writing the same thing differ, and whether anybody sees it."""
    if left.is_scalar and turned(left, right):
        return "a scalar is its own transpose", False
    left, right = tidied(left), tidied(right)
    if left is right or Counter(addends(left)) == Counter(addends(right)):
        return "in another order", True
    parts = set(left.walk()) | set(right.walk())
    symmetric = sorted({f"${part.name}$" for part in parts if type(part) is Symbol and (part.has("symmetric") or part.has("diagonal"))})
    if any(type(part) is Trace for part in parts):
        return of_traces(left, right), False
    if left.is_scalar:
        return "a scalar is its own transpose", False
    if symmetric:
        return f"{' and '.join(symmetric)} {'is' if len(symmetric) == 1 else 'are'} symmetric", False
    return "written simply", False


def turned(left: Term, right: Term) -> bool:
    """Whether an addend of one sum is the transpose of one of the other, and not written in the same order."""
    before, after = [factors_without_numbers(each) for each in addends(left)], [factors_without_numbers(each) for each in addends(right)]
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return any(tuple(tidied(Transpose(factor)) for factor in reversed(factors)) in new for factors in gone if len(factors) > 1)


def factors_without_numbers(term: Term) -> tuple[Term, ...]:
    return tuple(factor for factor in factors_of(term) if not factor.is_scalar)


def of_traces(left: Term, right: Term) -> str:
    """What is done to the traces of two sides: they are turned cyclically, or transposed, or put around a scalar."""
    turned, other = under_traces(left), under_traces(right)
    if not turned or not other:
        return "a scalar is its own trace; cyclic"
    return "cyclic" if turned == other else "a matrix and its transpose have the same trace"


def under_traces(term: Term) -> set[frozenset[tuple[Term, int]]]:
    """The factors under each trace, without their order."""
    found = (single_factors(part.of) for part in term.walk() if type(part) is Trace)
    return {frozenset(Counter(factors).items()) for factors in found}


def single_factors(term: Term) -> tuple[Term, ...]:
    """The factors of a product, with those of whole powers one by one."""
    found: list[Term] = []
    for factor in factors_of(term):
        exponent = factor.exponent if type(factor) is MatrixPower else None
        times = int(exponent.value) if type(exponent) is Number and exponent.value in range(1, MOST) else 0
        found += [factor.base] * times if times else [factor]
    return tuple(found)


def addends(term: Term) -> tuple[Term, ...]:
    return term.terms if type(term) is Sum else (term,)


def in_passes(steps: list[Step], before: int) -> list[Step]:
    """Steps that are read backwards with passes that grow: those of one pass stay one move."""
    found, pass_, last = [], 1000 + before, None
    for step in steps:
        pass_ += step.pass_ != last
        last = step.pass_
        found.append(step._replace(pass_=pass_))
    return found
