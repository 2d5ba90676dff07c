"""Where the unknown of an equation stands inside an inverse, or under a function of each entry; and what multiplying by it gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as choices

from derivtex.calculus.arithmetic import is_zero, negative, product
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.linear import linear_in
from derivtex.operations import Entry, EntryPower, Exp, Inverse, Log, Member, Number, Ones, Product, Sum, SumOver, Transpose, zero
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import holds
from derivtex.simplification.engine import tidied


def whole(equation: Term) -> Term:
    """The left side less the right."""
    return equation.left if is_zero(equation.right) else Sum((equation.left, Product((Number(-1), equation.right))))


def wrapped(equation: Term) -> Term | None:
    """An operation under which the unknown stands wherever it stands, and in which the equation is linear: X⁻¹, log x, exp(1 − x)."""
    left, unknown = whole(equation), equation.unknown
    for part in left.walk():
        if part.contains(unknown) and part is not unknown and undone(part, part) is not None:
            found = linear_in(left, part)
            if found is not None and found.parts and not left.replace({part: zero(part.shape)}).contains(unknown):
                return part
    return None


def undone(operation: Term, value: Term) -> Term | None:
    """What the unknown is where the operation on it has a value."""
    match operation:
        case Inverse():
            return Inverse(value)
        case Log():
            return exponential(tidied(value))
        case Exp():
            return Log(value)
        case EntryPower(_, Number(exponent)) if exponent == -1:
            return EntryPower(value, Number(-1))
        case Transpose():
            return Transpose(value)
    return None


def exponential(value: Term) -> Term:
    """exp(s1 + v) of each entry as eˢ exp(v), so that a number that is to be found stands in front; of a member exp(s + vᵢ) = eˢ exp(vᵢ)."""
    numbers: list[Term] = []
    rest: list[Term] = []
    for term in added(value):
        scalars, chain = scalars_and_chain(term)
        alike = not (term.uses(Member) or term.uses(Entry)) if value.is_scalar else len(chain) == 1 and isinstance(chain[0], Ones)
        (numbers if alike else rest).append(product(scalars) if alike and not value.is_scalar else term)
    if not numbers or not rest:
        return Exp(value)
    return Product((Exp(tidied(total(numbers))), Exp(tidied(total(rest)))))


def added(value: Term) -> Terms:
    """The terms of a sum; of numbers in front of one each of its terms with them."""
    scalars, chain = scalars_and_chain(value) if type(value) is Product else ((), (value,))
    sums = [each for each in (*scalars, *chain) if type(each) is Sum and (value.is_scalar or not each.is_scalar)]
    if len(sums) != 1 or len(chain) > 1:
        return (value,)
    others = tuple(each for each in (*scalars, *chain) if each is not sums[0])
    return tuple(tidied(product((*others, each))) for each in sums[0].terms)


def total(terms: list[Term]) -> Term:
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0]


def multiplied(equation: Term) -> Iterator[Term]:
    """The equation multiplied by the unknown, or by its transpose: from the left, the right, both; by powers of a number."""
    unknown, left = equation.unknown, whole(equation)
    before: Terms
    behind: Terms
    if unknown.is_scalar:
        for times in range(1, 5):
            yield opened_sum((EntryPower(unknown, Number(times)),), left, (), unknown)
    elif holds("square", unknown):
        for turned in (unknown, Transpose(unknown)):
            for before, behind in (((), (turned,)), ((turned,), ()), ((turned,), (turned,))):
                yield opened_sum(before, left, behind, unknown)


def opened_sum(before: Terms, term: Term, behind: Terms, unknown: Term) -> Term:
    """A product with every sum in it that has the unknown multiplied out."""
    parts = tuple(tidied(multiplied_inside(before, part, behind)) for part in multiplied_out(term, unknown))
    return tidied(Sum(parts)) if len(parts) > 1 else parts[0]


def multiplied_inside(before: Terms, part: Term, behind: Terms) -> Term:
    """A product, within the sum over an index where a factor is one."""
    if type(part) is SumOver:
        return SumOver(part.index, tidied(multiplied_inside(before, part.body, behind)))
    return product((*before, part, *behind))


def multiplied_out(term: Term, unknown: Term) -> tuple[Term, ...]:
    """The terms of which a formula is the sum, products of sums multiplied out where the unknown is in them."""
    if not term.contains(unknown):
        return (term,)
    match term:
        case Sum(terms):
            return tuple(part for each in terms for part in multiplied_out(each, unknown))
        case Product(factors):
            options = [multiplied_out(each, unknown) for each in factors]
            return tuple(Product(tuple(choice)) for choice in choices(*options))
        case Transpose(of):
            return tuple(map(Transpose, multiplied_out(of, unknown)))
        case SumOver(index, body):
            return tuple(SumOver(index, part) for part in multiplied_out(body, unknown))
    return (term,)


def has_inverse(equation: Term) -> bool:
    """Whether the inverse or a negative power of the unknown occurs."""
    parts = [part for part in whole(equation).walk() if any(child is equation.unknown for child in part.children)]
    return any(type(part) is Inverse or (type(part) is EntryPower and is_negative(part.exponent)) for part in parts)


def is_reciprocal(term: Term) -> bool:
    return type(term) is EntryPower and is_negative(term.exponent)


def is_negative(term: Term) -> bool:
    return type(term) is Number and term.value < 0


def never_holds(equation: Term) -> bool:
    """Whether no value of the unknown fulfils an equation: reciprocals and exponentials of it are to be zero, or these negative."""
    if type(equation.left) is Exp and equation.left.contains(equation.unknown) and holds("positive", tidied(negative(equation.right))):
        return True
    if not is_zero(equation.right) or not equation.left.is_scalar:
        return False
    scalars, chain = scalars_and_chain(equation.left)
    moving = [each for each in scalars if each.contains(equation.unknown)]
    return bool(moving) and not chain and all(is_reciprocal(each) or type(each) is Exp for each in moving)
