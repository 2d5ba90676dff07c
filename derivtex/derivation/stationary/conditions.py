"""What a solution takes for granted, in the words of the field, and what kind of point it is where the form shows that."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, negative, product
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.inside import is_reciprocal
from derivtex.derivation.stationary.linear import UNIT, collected, linear_in
from derivtex.operations import Differential, Identity, Inverse, Product, Sum, Symbol, Trace, Transpose, symbol
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import ASSUMED, holds, in_words, is_definite_congruence, is_nonnegative
from derivtex.rewriting.conjugation import conjugated, may_be_complex
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Sentence


class Kind(NamedTuple):
    """What a stationary point is: minimum, maximum, saddle; empty where the form does not show it.

    strict: whether it is the only one. second: the second differential. given: what that takes for granted. numbers: whether it was
    found by numbers. convex: whether it was found by the form of the function; squares: a sum of squares.
    """

    name: str = ""
    strict: bool = False
    second: Term | None = None
    given: tuple[Sentence, ...] = ()
    numbers: bool = False
    convex: bool = False
    squares: bool = False


def assumed(name: str, term: Term) -> list[Sentence]:
    """What is said for a property that does not follow: of a matrix that is to be invertible, why it is."""
    if name != "positive":
        term = coefficient(term)[1]
    if name == "nonzero" and (vector := vector_of(term)) is not None:
        return [Sentence(ASSUMED["nonzero"], (vector,))]
    if name != "invertible":
        return [Sentence(in_words(name, term), (term,))]
    parameters = positive_parameters(term)
    if parameters:
        return [Sentence(ASSUMED["positive"], (each,)) for each in parameters]
    scalars, chain = scalars_and_chain(term)
    if scalars and chain and all(map(is_reciprocal, scalars)):  # which are not zero
        term = product(chain)
    factor = gram_factor(term)
    if factor is None:
        return [Sentence(ASSUMED["invertible"], (term,))]
    if type(factor) is Transpose:
        return [Sentence("{} has full row rank", (factor.of,))]
    return [Sentence(ASSUMED["full column rank"], (factor,))]


def vector_of(term: Term) -> Term | None:
    """The u of uᵀMu with positive definite M, which is not zero unless u is."""
    scalars, chain = scalars_and_chain(term)
    if len(scalars) == len(chain) == 0 or any(not holds("positive", each) for each in scalars) or len(chain) < 2:
        return None
    inner = chain[1:-1]
    is_form = chain[-1].shape[1].integer == 1 and same_term(tidied(conjugated(chain[0]).T), chain[-1])
    return chain[-1] if is_form and (not inner or is_definite_inside(inner)) else None


def is_definite_inside(chain: Terms) -> bool:
    """Whether what stands between is positive definite: by itself, or as the inverse of what is semidefinite."""
    if len(chain) == 1 and type(chain[0]) is Inverse:
        return holds("psd", chain[0].of)
    return is_definite_congruence(chain)


def positive_parameters(term: Term) -> tuple[Symbol, ...]:
    """The numbers that make a matrix positive definite if they are positive; none where they do not suffice."""
    open_ = [part for part in term.walk() if isinstance(part, Symbol) and part.is_scalar and not holds("positive", part)]
    table = {part: with_positive(part) for part in open_}
    if not table or not holds("posdef", term.replace(table)):
        return ()
    needed = list(table)
    for part in list(needed):
        fewer = {each: table[each] for each in needed if each is not part}
        if holds("posdef", term.replace(fewer)):
            needed.remove(part)
    return tuple(needed)


def with_positive(part: Symbol) -> Term:
    return symbol(part.name, part.kind, part.size, (*part.properties, "positive"), part.family)


def gram_factor(term: Term) -> Term | None:
    """The B of BᵀB, or of BᵀMB with positive definite M, which needs full column rank."""
    scalars, chain = scalars_and_chain(term)
    if len(chain) < 2 or not all(holds("positive", each) for each in scalars):
        return None
    for width in range(1, len(chain) // 2 + 1):
        front, behind = chain[:width], chain[-width:]
        factor = behind[0] if width == 1 else Product(behind)
        front_ = front[0] if width == 1 else Product(front)
        if not same_term(tidied(conjugated(front_).T), tidied(factor)):
            continue
        inner = chain[width:-width]
        if not inner or is_definite_inside(inner):
            return factor
    return None


def kind_of_quadratic(gradient: Term, unknown: Symbol) -> Kind:
    """What the stationary point of a function is whose gradient is linear in the variable, by what stands around that."""
    found = linear_in(gradient, unknown)
    if found is None or any(part.form for part in found.parts):
        return Kind()
    pairs = collected(found.parts)
    if not pairs:
        return Kind()
    for name, sign in (("minimum", 1), ("maximum", -1)):
        signed = [(left if sign > 0 else tidied(negative(left)), right) for left, right in pairs]
        parameters = {each for pair in signed for side in pair for each in needed_positive(side)}
        table: dict[Term, Term] = {each: with_positive(each) for each in parameters}
        if all(is_semidefinite(left.replace(table)) and is_semidefinite(right.replace(table)) for left, right in signed):
            strict = any(is_definite(left.replace(table)) and is_definite(right.replace(table)) for left, right in signed)
            given = tuple(Sentence(ASSUMED["positive"], (each,)) for each in sorted(parameters, key=lambda each: each.name))
            return Kind(name, strict, second_differential(pairs, unknown), given)
    return Kind(second=second_differential(pairs, unknown))


def needed_positive(side: Term) -> tuple[Symbol, ...]:
    """The numbers of a matrix that nobody said to be positive, where it is semidefinite if they are."""
    open_ = [part for part in side.walk() if isinstance(part, Symbol) and part.is_scalar and not holds("positive", part)]
    if is_semidefinite(side) or not open_:
        return ()
    table: dict[Term, Term] = {part: with_positive(part) for part in open_}
    if not is_semidefinite(side.replace(table)):
        return ()
    needed = list(open_)
    for part in open_:
        fewer: dict[Term, Term] = {each: table[each] for each in needed if each is not part}
        if is_semidefinite(side.replace(fewer)):
            needed.remove(part)
    return tuple(needed)


def is_semidefinite(side: Term) -> bool:
    return side is UNIT or (is_nonnegative(side) if side.is_scalar else holds("psd", side) or gram_factor(side) is not None)


def is_definite(side: Term) -> bool:
    if side is UNIT or type(side) is Identity:
        return True
    return holds("positive", side) or vector_of(side) is not None if side.is_scalar else holds("posdef", side)


def second_differential(pairs: tuple[tuple[Term, Term], ...], unknown: Symbol) -> Term | None:
    """Σ tr(dXᵀ L dX R), of a column dxᵀ L dx, of a number L (dx)²."""
    if may_be_complex(unknown):
        return None
    change = Differential(unknown)
    parts = []
    for left, right in pairs:
        factors = tuple(each for each in (Transpose(change), left, change, right) if each is not UNIT)
        inner = Product(factors)
        parts.append(tidied(inner if unknown.shape[1].integer == 1 else Trace(inner)))
    return tidied(Sum(tuple(parts))) if len(parts) > 1 else parts[0]

