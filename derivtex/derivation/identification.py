"""Identification: what stands beside dX when dX stands last is the derivative (Magnus & Neudecker, ch. 5 and 9)."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.calculus.traces import is_leaf, split, transposed
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import Shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Differential,
    Identity,
    Index,
    Inner,
    KroneckerDelta,
    Member,
    Number,
    Product,
    Sum,
    SumOver,
    Trace,
    Transpose,
    Vec,
    zero,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.operations.sums import free_letter, with_index
from derivtex.rewriting.conditions import varies


def gradient(term: Term, leaf: Term) -> Term:
    """G of a scalar Σ s tr(GᵀdX), in the shape of X; the leaf is dX.

    Raises NotDerivable where dX does not stand alone.
    """
    if is_zero(term) or not varies(term):
        return zero(leaf.shape)
    match term:
        case Sum(terms):
            return Sum(tuple(gradient(part, leaf) for part in terms))
        case SumOver(Index() as index, body):
            if type(leaf.of) is Member and leaf.of.index is index:
                index, body = renamed(index, body)
            return SumOver(index, gradient(body, leaf))
        case Inner(left, right) if is_of(right, leaf):
            return times(right, leaf, left)
        case Trace(of):
            factors = factors_of(of)
            if is_turned(factors[0], leaf):
                return times(factors[0].of, leaf, product(factors[1:]) if len(factors) > 1 else Identity(leaf.shape[0]))
            if is_of(factors[-1], leaf):
                return times(factors[-1], leaf, product(transposed(factors[:-1])) if len(factors) > 1 else Identity(leaf.shape[0]))
        case Product(factors):
            return _of_product(factors, leaf)
        case Differential() if is_of(term, leaf):
            return times(term, leaf, Number(1))
    raise stuck(term)


def renamed(index: Index, body: Term) -> tuple[Index, Term]:
    """A sum's index and body under another letter: the one it has is that of the variable, which is not bound."""
    other = Index(free_letter((index, body), "klmnpqrstijuv"), index.first, index.last)
    return other, with_index(body, index, other)


def is_of(found: Term, leaf: Term) -> bool:
    """Whether a differential is the leaf, or that of a member of the same family."""
    if found is leaf:
        return True
    both = type(found) is Differential and type(found.of) is Member and type(leaf.of) is Member
    return both and found.of.family is leaf.of.family


def is_turned(found: Term, leaf: Term) -> bool:
    """Whether it is the transposed leaf, which stands first: tr(dXᵀ G)."""
    return type(found) is Transpose and is_of(found.of, leaf)


def times(found: Term, leaf: Term, factor: Term) -> Term:
    """A factor of the leaf; of another member of its family it is one only where their indices are equal."""
    return factor if found is leaf else Product((KroneckerDelta(found.of.index, leaf.of.index), factor))


def _of_product(factors: tuple[Term, ...], leaf: Term) -> Term:
    scalars, before, moving, behind = split(factors)
    if moving.is_scalar:
        rest = list(factors)
        rest.remove(moving)
        return product((product(tuple(rest)), gradient(moving, leaf)))
    if is_turned(moving, leaf) and not before:
        return times(moving.of, leaf, product((*scalars, *behind)))
    if is_of(moving, leaf) and not (before and behind):
        return times(moving, leaf, product((*scalars, *transposed(before), *transposed(behind))))
    raise stuck(product(factors))


def jacobian(term: Term, leaf: Term, shape: Shape) -> Term:
    """J of Σ J dx or Σ J vec dX; the leaf is dx or vec dX, the shape that of J.

    Raises NotDerivable where the leaf does not stand last.
    """
    if is_zero(term) or not varies(term):
        return zero(shape)
    if term is leaf:
        return Identity(leaf.shape[0])
    match term:
        case Sum(terms):
            return Sum(tuple(jacobian(part, leaf, shape) for part in terms))
        case SumOver(index, body):
            return SumOver(index, jacobian(body, leaf, shape))
        case Product(factors):
            at = next(at for at, factor in enumerate(factors) if varies(factor))
            rest = factors[:at] + factors[at + 1 :]
            if factors[at] is leaf and all(factor.is_scalar for factor in factors[at + 1 :]):
                return product(rest) if any(not factor.is_scalar for factor in rest) else Product((*rest, Identity(leaf.shape[0])))
            if type(factors[at]) in (SumOver, Product) and at == len(factors) - 1:
                return product((*rest, jacobian(factors[at], leaf, (factors[at].shape[0], leaf.shape[0]))))
    raise stuck(term)


def coefficient_of(term: Term, leaf: Term) -> Term:
    """What a scalar dt multiplies in a term that is linear in it: the value at dt = 1."""
    if type(leaf.of) is not Member:
        return term.replace({leaf: Number(1)})
    free = leaf.of.index

    def change(part: Term) -> Term | None:
        if type(part) is SumOver and part.index is free:
            return SumOver(*renamed(part.index, part.body)).map(change)
        return times(part, leaf, Number(1)) if type(part) is Differential and is_of(part, leaf) else None

    return term.map(change)


def stuck(term: Term) -> NotDerivable:
    """The refusal that names the part in which the differential could not be brought to the end."""
    inner = next((part for part in term.walk() if varies(part) and any(map(is_leaf_or_transposed, part.children))), term)
    return NotDerivable(
        f"no rule turns {type(inner).__name__} of a differential to the form that shows the derivative",
        way_out="ask for the differential itself with --form differential",
    )


def is_leaf_or_transposed(term: Term) -> bool:
    return is_leaf(term) or (type(term) in (Transpose, Vec) and is_leaf(term.of))
