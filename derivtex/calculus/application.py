"""Scalar formulas applied to arrays, entry by entry."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.arithmetic import product
from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.operations import Call, Conjugate, EntryPower, Hadamard, ImaginaryPart, Ones, Product, RealPart, Sum
from derivtex.operations.elementwise import Elementwise


def applied(body: Term, argument: Term, of: Term) -> Term:
    """A scalar formula of an argument, with a term in its place: where that is an array, of each entry.

    Raises NotDerivable where a part of the formula is no function of single entries.
    """
    if of.is_scalar:
        return body.replace({argument: of})

    def each(part: Term) -> Term | None:
        if part is argument:
            return of
        return entrywise(part, each, Ones(*of.shape)) if part.contains(argument) else part

    found = each(body)
    if found is None:
        raise NotDerivable("a function that is defined for a scalar cannot be applied to each entry here", way_out="write it out for the array")
    return product((found, Ones(*of.shape))) if found.is_scalar else found


def gathered(found: list[Term], blank: Term) -> Term:
    """The entrywise product of what has entries, times what has none."""
    scalars = tuple(part for part in found if part.is_scalar)
    arrays = tuple(part for part in found if not part.is_scalar)
    whole = Hadamard(arrays) if len(arrays) > 1 else arrays[0] if arrays else blank
    return product((*scalars, whole))


def entrywise(scalar: Term, of: Callable[[Term], Term | None], blank: Term) -> Term | None:
    """A scalar function of entries, as the same function of the arrays."""
    if not (isinstance(scalar, Elementwise) or type(scalar) in (Call, EntryPower, Sum, Product, Conjugate, RealPart, ImaginaryPart)):
        return None
    if type(scalar) is EntryPower:
        base, exponent = of(scalar.base), of(scalar.exponent)
        if base is None or exponent is None or base.is_scalar or not exponent.is_scalar:
            return None
        return EntryPower(base, scalar.exponent)
    chain = tuple(child for child in scalar.children if not child.is_scalar) if type(scalar) is Product else ()
    if any(of(child) is not child for child in chain):
        return None
    made = [of(child) for child in scalar.children if child not in chain]
    parts = [part for part in made if part is not None] + ([product(chain)] if chain else [])
    if None in made:
        return None
    if type(scalar) is Product:
        return gathered(parts, blank)
    if type(scalar) is Sum:
        return Sum(tuple(Product((part, blank)) if part.is_scalar else part for part in parts))
    return scalar.rebuild(tuple(parts))
