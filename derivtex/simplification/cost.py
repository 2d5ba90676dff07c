r"""What a formula costs its reader: the marks to be read. Where two roads exist, this decides.

Letters, numbers, words like tr, signs, brackets and exponents count one each, a bar of a fraction nothing: `-\frac{1}{2}(A - B)^{T}x`
has eleven. It is an estimate by the notations on the cards; nothing is set for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.notation import Fence, Infix, Named, Structural, Superscript
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import Number

BRACKETS, LIMITS, LINE, HALF = 2, 4, 3, 3
MINUS_ONE = Number(-1)


def marks(term: Term) -> int:
    """The marks of a formula that stands by itself."""
    return term.remembered("_marks", _marks)


def within(term: Term) -> int:
    """The marks of a formula among others: a sum, and what has a sign between its parts, in brackets."""
    return marks(term) + (BRACKETS if is_open(term) else 0)


def closed(term: Term) -> int:
    """The marks of a formula that gets an exponent or a mark: all but a letter and what brings its own brackets in brackets."""
    compound = is_open(term) or (isinstance(term, Operation) and (term.notation == Structural("product") or isinstance(term.notation, Superscript)))
    return marks(term) + (BRACKETS if compound else 0)


def is_open(term: Term) -> bool:
    """Whether a sign stands between its parts."""
    return isinstance(term, Operation) and (isinstance(term.notation, Infix) or term.notation == Structural("sum"))


def reading(lines: Iterable[Term]) -> int:
    """What it costs to read formulas one below the other."""
    return sum(marks(line) + LINE for line in lines)


def _marks(term: Term) -> int:
    if isinstance(term, Number):
        return (term.value < 0) + (term.value.numerator not in (1, -1) or term.value.denominator == 1) + (term.value.denominator != 1) * 2
    if not isinstance(term, Operation) or not term.children:
        return 1
    match term.notation:
        case Structural("sum"):
            return sum(map(marks, term.children)) + sum(not is_negative(part) for part in term.children[1:])
        case Structural("product"):
            return sum(1 if factor is MINUS_ONE else within(factor) for factor in term.children) + BRACKETS * sum(map(is_sigma, term.children[:-1]))
        case Structural("power"):
            base, exponent = term.children
            return closed(base) + (1 if exponent is MINUS_ONE else marks(exponent))
        case Structural("root"):
            return closed(term.children[0]) + HALF
        case Structural("sigma"):
            return 1 + LIMITS + within(term.children[-1])
        case Infix():
            return sum(map(within, term.children)) + len(term.children) - 1
        case Superscript(mark):
            of = term.children[0]
            one_exponent = mark != "-1" and isinstance(of, Operation) and of.notation == Superscript("-1")  # A^{-T}
            return marks(of) if one_exponent else closed(of) + (2 if mark == "-1" else 1)
        case Named(mark, _, raised) if mark == raised:
            return 1 + marks(term.children[0])
        case Named() | Fence():
            return 1 + BRACKETS + sum(map(marks, term.children)) + len(term.children) - 1
    return 1 + sum(map(closed, term.children))


def is_sigma(term: Term) -> bool:
    """Whether it is a sum over an index, which stands in brackets before another factor."""
    return isinstance(term, Operation) and term.notation[:1] == ("sigma",)


def is_negative(term: Term) -> bool:
    """Whether it begins with a minus, which is then the sign before it."""
    first = term.children[0] if isinstance(term, Operation) and term.notation == Structural("product") else term
    return isinstance(first, Number) and first.value < 0
