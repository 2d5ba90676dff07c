"""Where an equation that is true anywhere is worth its use: guards about how a formula looks, never about what is true.

The tests try an equation without its guard, so that none can hide in it what makes the two sides equal.
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Hadamard, Hermitian, Number, Product, Transpose, UnitVector
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import is_symmetric, varies
from derivtex.rewriting.normal_form import is_real


def bare(term: Term) -> Term:
    """A term without a number in front."""
    factors = factors_of(term)
    rest = factors[1:] if len(factors) > 1 and type(factors[0]) is Number else factors
    return rest[0] if len(rest) == 1 else Product(rest)


def prefers_transpose(term: Term) -> bool:
    """Whether the transpose of a term is written with no more transposes than the term."""
    rest = bare(term)
    if is_symmetric(rest):
        return True
    if type(rest) is Product:
        chain = [factor for factor in rest.factors if not factor.is_scalar]
        return sum(type(factor) is Transpose or is_symmetric(factor) for factor in chain) * 2 > len(chain)
    if type(rest) is Hadamard:
        return all(map(prefers_transpose, rest.factors))
    return type(rest) in (Transpose, Hermitian)


def transposed_terms(term: Term) -> bool:
    """That the transpose of a sum is taken inside: it makes no more transposes, or a differential is inside, which must come out."""
    parts = term.of.children
    return varies(term) or sum(map(prefers_transpose, parts)) * 2 >= len(parts)


def transposed_factors(term: Term) -> bool:
    """That the transpose of an entrywise product is taken inside: it makes fewer transposes, or a differential is inside."""
    parts = term.of.children
    return varies(term) or sum(map(prefers_transpose, parts)) * 2 > len(parts)


def conjugated_terms(term: Term) -> bool:
    """That the conjugate of a sum is taken inside: it makes no more marks, or a differential is inside, which must come out."""
    parts = term.of.children
    marked = sum(type(bare(part)) in (Conjugate, Hermitian) or is_real(part) for part in parts)
    return varies(term) or marked * 2 >= len(parts)


def a_unit_vector_waits(term: Term) -> bool:
    """That a sum over an index is split: unit vectors of the index wait to be summed."""
    return any(type(part) is UnitVector and part.index is term.index for part in term.body.walk())


def unit_vectors_wait_twice(term: Term) -> bool:
    """That a double sum is split before its inner sum is put in vector form: unit vectors wait, and the whole may have a matrix form."""
    return bool(term.body.body.uses(UnitVector))


def no_unit_vector_waits(term: Term) -> bool:
    """That what is constant comes out of a sum: no unit vectors wait in it to be summed."""
    return not term.body.uses(UnitVector)


def no_weighted_numbers(term: Term) -> bool:
    """That a constant vector comes out of a sum: no unit vectors wait, and what is added are no numbers with weights, Σ pᵢ aᵢᵀv."""
    chain = factors_of(term.body)
    return no_unit_vector_waits(term) and not (term.is_scalar and any(factor.is_scalar and factor.contains(term.index) for factor in chain))


def only_scalars_depend(term: Term) -> bool:
    """That a sum over an index is split: nothing but scalars depends on the index, so that matrices come out."""
    chains = (factor for part in term.body.children for factor in factors_of(part) if not factor.is_scalar)
    return not term.is_scalar and not any(factor.contains(term.index) for factor in chains)


def nothing_varies(term: Term) -> bool:
    """That no differential is inside, which would have to be turned first."""
    return not varies(term)


def a_number(term: Term) -> bool:
    """That a product is a number: it may be a trace."""
    return term.is_scalar
