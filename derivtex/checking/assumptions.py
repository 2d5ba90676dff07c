"""Whether a point keeps what a derivation assumes: where it does not, the point says nothing about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.operations import Eigenvalue, SingularValue, SpectralNorm
from derivtex.operations.matrix import far_from_singular
from derivtex.rewriting.conditions import ASSUMED
from derivtex.steps import Sentence


def is_full_rank(matrix: Any) -> bool:
    return far_from_singular(np, matrix)


def has_full_column_rank(matrix: Any) -> bool:
    rows, columns = np.shape(np.atleast_2d(matrix))
    return rows >= columns and is_full_rank(matrix)


def is_positive_definite(matrix: Any) -> bool:
    matrix = np.atleast_2d(matrix)
    return bool(np.linalg.eigvalsh(matrix + matrix.conj().T).min() > 0)


def has_no_negative_eigenvalue(matrix: Any) -> bool:
    values = np.linalg.eigvals(np.atleast_2d(matrix))
    return not np.any((np.abs(values.imag) <= 1e-9 * np.abs(values)) & (values.real <= 0))


def has_one_peak(array: Any) -> bool:
    """Whether one entry alone is the largest in absolute value, by far more than rounding."""
    sizes = np.sort(np.ravel(np.abs(array)))
    return len(sizes) < 2 or bool(sizes[-1] > sizes[-2] * (1 + 1e-6))


def has_no_zero(array: Any) -> bool:
    """Whether no entry is zero, also but for rounding."""
    sizes = np.abs(array)
    return bool(np.all(sizes > 1e-10 * np.max(sizes)))


def is_simple(term: Term, point: Point) -> bool:
    """Whether no other eigenvalue, or singular value, of the same matrix is near one."""
    term = point.definitions.get(term, term)
    matrix = value_of(term.children[0], point) if isinstance(term, (Eigenvalue, SingularValue, SpectralNorm)) else None
    own = value_of(term, point)
    if matrix is None or own is None:
        return True
    of = np.linalg.eigvals if isinstance(term, Eigenvalue) else partial(np.linalg.svd, compute_uv=False)
    values = of(np.atleast_2d(matrix))
    distances = np.sort(np.abs(values - own))
    return len(values) < 2 or bool(distances[1] > 1e-6 * np.abs(values).max())


TESTS: dict[str, Callable[[Any], Any]] = {
    "invertible": is_full_rank,
    "positive determinant": lambda matrix: is_full_rank(matrix) and np.linalg.det(np.atleast_2d(matrix)) > 0,
    "full column rank": has_full_column_rank,
    "full row rank": lambda matrix: has_full_column_rank(np.transpose(np.atleast_2d(matrix))),
    "posdef": is_positive_definite,
    "positive": lambda value: np.all(np.isreal(value) & (np.real(value) > 0)),
    "nonzero": has_no_zero,
    "nonzero entries": has_no_zero,
    "one peak": has_one_peak,
    "integer": lambda value: value == np.round(value),
    "principal": has_no_negative_eigenvalue,
}
BY_WORDS = {"{} > 0": TESTS["positive"], **{ASSUMED[name]: test for name, test in TESTS.items()}}


def are_met(assumed: Iterable[Sentence], point: Point) -> bool:
    """Whether a point keeps all assumptions that numbers can decide."""
    return all(is_met(sentence, point) for sentence in assumed)


def is_met(sentence: Sentence, point: Point) -> bool:
    if sentence.words == ASSUMED["simple"]:
        return is_simple(sentence.terms[0], point)
    test = BY_WORDS.get(sentence.words)
    if test is None or len(sentence.terms) != 1:
        return True
    value = value_of(sentence.terms[0], point)
    try:
        return value is None or bool(test(value))
    except (ValueError, np.linalg.LinAlgError):
        return False


def value_of(term: Term, point: Point) -> Any:
    """The value of what is assumed something of; None where it has none, as within a sum."""
    try:
        return point.of(term)
    except (Unsuitable, NoValue, LookupError, ValueError, TypeError, ArithmeticError):
        return None
