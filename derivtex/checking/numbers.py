"""What a card, or a function that is handed in, makes of the values of its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derivtex.core import properties
from derivtex.core.terms import Term
from derivtex.operations import Call, Index, MatrixCall, OpenCurve, OpenJacobian, ScalarGradient, ScalarHessian, VectorCall
from derivtex.operations.functions import spectral

ASKED_OF_A_SCALAR = (TypeError, ValueError, IndexError, AttributeError)  # what a number raises that is taken for a matrix
SIZED = (OpenCurve, VectorCall, OpenJacobian)
_binding: dict[type[Term], tuple[str, ...]] = {}  # the fields of a card that are indices


def number(term: Term, values: list[Any]) -> Any:
    """The card's number; zero where nothing is left of it but rounding."""
    try:
        result = term.number(np, *values)
    except ASKED_OF_A_SCALAR:
        result = asked_again(term, values)
    return 0 * result if term.rounding is not None and abs(result) <= term.rounding(np, *values) else result


def asked_again(term: Term, values: list[Any]) -> Any:
    """What NumPy has only for matrices, asked for scalars with 1 × 1 matrices in their place."""
    if not any(child.is_scalar for child in term.children):
        return term.number(np, *values)  # which says what it lacks
    try:
        return term.number(np, *as_matrices(values, (float, complex, np.inexact)))
    except ASKED_OF_A_SCALAR:
        pass
    try:
        return term.number(np, *as_matrices(values, (int, float, complex, np.inexact)))  # whole numbers are mostly sizes and exponents
    except (TypeError, AttributeError) as error:
        raise ValueError("there is no value here") from error


def as_matrices(values: list[Any], kinds: tuple[type, ...]) -> list[Any]:
    """Values with 1 × 1 matrices for the numbers of some kinds."""
    return [np.reshape(value, (1, 1)) if isinstance(value, kinds) else value for value in values]  # type: ignore[call-overload]


def bound_indices(term: Term) -> tuple[Index, ...]:
    """The indices that an operation binds."""
    kind = type(term)
    names = _binding.get(kind)
    if names is None:
        names = _binding[kind] = tuple(name for name, what in term.field_kinds.items() if what == "Index")
    return tuple(term.__dict__[name] for name in names) if names else ()


def as_number(value: Any) -> Any:
    """A scalar as a number, whatever it came as."""
    return value if isinstance(value, (float, int, complex)) else np.asarray(value).reshape(())[()]


def weights_of(entries: Any) -> Any:
    """Weights that differ from entry to entry: the sum of a function of the entries with them stands for a function left open."""
    return np.cos(np.arange(np.size(entries))).reshape(np.shape(entries))


def entrywise(function: Callable[[Any], Any], of: Any) -> Any:
    """A function of a number, on every entry."""
    return function(of) if np.ndim(of) == 0 else np.array([[function(entry) for entry in row] for row in of])


def called(term: Term, known: Callable[[int, Any], Any], order: int, of: Any) -> Any:
    """A function that the author left open: of every entry, of a square matrix, or a number made of all entries, its gradient and Hessian."""
    if type(term) is MatrixCall:
        found = spectral(np, np.atleast_2d(of), lambda values: known(order, values))
        return as_number(found) if term.is_scalar else found
    if type(term) is ScalarGradient:
        return weights_of(of) * known(1, of)
    if type(term) is ScalarHessian:
        found = np.diagflat(weights_of(of) * known(2, of))
        return as_number(found) if term.is_scalar else found
    return known(order, of) if type(term) is Call else np.sum(weights_of(of) * known(0, of))


def sized(term: Term, known: Callable[[int, Any], Any], of: Any, rows: int, columns: int) -> Any:
    """A point of a curve, or of a function with vectors as its values or its Jacobian: what tells its own size."""
    found = on_curve(term, known, of, rows, columns) if isinstance(term, OpenCurve) else mapped(term, known, of, rows)
    return as_number(found) if term.is_scalar else found


def mapped(term: Term, known: Callable[[int, Any], Any], of: Any, rows: int) -> Any:
    """A function of a vector, or its Jacobian: every entry of the value is a function of a number, of a mixture of the entries of the argument."""
    mixing = weights_of(np.empty((rows, np.size(of))))
    mixture = mixing @ np.reshape(of, (-1, 1)) + weights_of(np.empty((rows, 1)))
    return known(0, mixture) if type(term) is VectorCall else known(1, mixture) * mixing


def on_curve(term: OpenCurve, known: Callable[[int, Any], Any], at: Any, rows: int, columns: int) -> Any:
    """A point of a smooth curve, made of a function of a number: every entry is that function, begun elsewhere, brought to have the properties."""
    own = properties.closure(term.properties)
    begun = 2 * weights_of(np.empty((rows, columns)))
    entries = known(0, at + begun) + (1j * known(0, at - begun) if "complex" in own else 0)
    return properties.shaped(np, entries, [properties.PROPERTIES[name] for name in own])


def is_wide(term: Term) -> bool:
    """Whether its rows and columns are products of more than three sizes, as of Kronecker products: its values may fill the memory."""
    return term.remembered("_wide", lambda term: sum(max((len(names) for names, _ in size), default=0) for size in term.shape) > 3)
