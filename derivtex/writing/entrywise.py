r"""A result that is put together of its entries, told by them: \partial\phi/\partial x_i = c_i where it is \sum_i c_i e_i."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import Derivative, Entry, Index, Number, Product, SumOver, Symbol, Transpose, UnitVector
from derivtex.operations.arithmetic import factors_of
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation
from derivtex.writing.derivatives import by_two
from derivtex.writing.formula import Formulas

FIRST = Number(1)


class Entries(NamedTuple):
    """The indices of an entry, one for a vector and two for a matrix, and the value there."""

    indices: tuple[Index, ...]
    value: Term


def by_entries(derivation: Derivation, formulas: Formulas) -> tuple[str, str] | None:
    """The two sides of the line that gives an entry of the result; None where the result is not a sum over all its entries."""
    derivative, found = derivation.derivative, entries_of(derivation.result)
    if derivative is None or found is None or type(derivative.by) is not Symbol or derivative.by.family is not None:
        return None
    left = entry_of(derivative, found.indices, formulas)
    return (left, formulas.latex(found.value)) if left else None


def entry_of(derivative: Derivative, indices: tuple[Index, ...], formulas: Formulas) -> str:
    """An entry of a gradient or of a Hessian by a vector; empty of other forms."""
    of, by = derivative.of, derivative.by
    if derivative.form == "gradient" and derivative.shape == by.shape:
        return formulas.latex(Derivative(of, entry(by, indices), "scalar", ONE, ONE))
    if derivative.form == "hessian" and len(indices) == 2 and by.shape[1] == ONE:
        return by_two(formulas, of, *(entry(by, (index,)) for index in indices))
    return ""


def entry(of: Term, indices: Terms) -> Term:
    return Entry(of, indices[0], indices[1] if len(indices) > 1 else FIRST)


def entries_of(term: Term) -> Entries | None:
    """The entries of Σᵢ cᵢ eᵢ, or of Σᵢ Σⱼ cᵢⱼ eᵢeⱼᵀ, where the sums run over all of them."""
    indices, scalars, chain = taken_apart(term)
    places = [factor.of if at else factor for at, factor in enumerate(chain) if not at or type(factor) is Transpose]
    if not chain or len(places) != len(chain) or any(type(place) is not UnitVector for place in places):
        return None
    met = tuple(place.index for place in places)
    if len(met) != len(indices) or set(met) != set(indices):  # `e_{i+1}` among them, of which nothing is known
        return None
    if any((at.first, at.last) != (ONE, place.size) for at, place in zip(met, places, strict=True)):
        return None
    return Entries(met, shortened(Product(scalars) if len(scalars) > 1 else scalars[0] if scalars else FIRST))


def taken_apart(term: Term) -> tuple[tuple[Index, ...], Terms, Terms]:
    """The indices over which a term sums, the scalars under the sums, and the factors that are none."""
    if type(term) is SumOver:
        indices, scalars, chain = taken_apart(term.body)
        return (term.index, *indices), scalars, chain
    if term.is_scalar:
        return (), (term,), ()
    if type(term) is not Product:
        return (), (), (term,)
    parts = [taken_apart(factor) for factor in factors_of(term)]
    return (
        tuple(index for indices, _, _ in parts for index in indices),
        tuple(scalar for _, scalars, _ in parts for scalar in scalars),
        tuple(factor for _, _, chain in parts for factor in chain),
    )
