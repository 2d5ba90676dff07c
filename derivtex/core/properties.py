"""What can be declared of a symbol, and what a random example and a small change within it look like.

A property is a card: a sentence, what follows from it, `project` (the linear space of the matrices that have it, as a projection;
it makes examples and, unless `tangent` says otherwise, increments), `settle` (how a member of that space is moved to where the
property holds), `independent` (which entries of an n × n matrix of the space are free) and `scales` (whether positive multiples have
it as well). NumPy is handed in as `np`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Array = Any


def _same(np: Any, matrix: Array) -> Array:
    return matrix


class Property(NamedTuple):
    """One property."""

    name: str
    sentence: str
    implies: tuple[str, ...] = ()
    project: Callable[[Any, Array], Array] = _same
    settle: Callable[[Any, Array], Array] = _same
    tangent: Callable[[Any, Array, Array], Array] | None = None
    independent: Callable[[Any, int], Array] | None = None
    scales: bool = True


def symmetric_part(np: Any, matrix: Array) -> Array:
    return (matrix + matrix.T) / 2


def skew_part(np: Any, matrix: Array) -> Array:
    return (matrix - matrix.T) / 2


def hermitian_part(np: Any, matrix: Array) -> Array:
    return (matrix + matrix.conj().T) / 2


def diagonal_part(np: Any, matrix: Array) -> Array:
    return matrix * np.eye(*matrix.shape)


def lower_part(np: Any, matrix: Array) -> Array:
    return np.tril(matrix)


def upper_part(np: Any, matrix: Array) -> Array:
    return np.triu(matrix)


def toeplitz_part(np: Any, matrix: Array) -> Array:
    """Every diagonal replaced by its mean."""
    rows, columns = matrix.shape
    offsets = np.subtract.outer(np.arange(rows), np.arange(columns))
    result = np.zeros_like(matrix)
    for offset in range(1 - columns, rows):
        result[offsets == offset] = matrix[offsets == offset].mean()
    return result


def nothing(np: Any, matrix: Array) -> Array:
    return matrix * 0


def along_orthogonal(np: Any, point: Array, change: Array) -> Array:
    """The part of a change that keeps XᴴX to first order: C − X(XᴴC + CᴴX)/2, the projection on the tangent space."""
    inner = point.conj().T @ change
    return change - point @ (inner + inner.conj().T) / 2


def make_definite(np: Any, matrix: Array) -> Array:
    """Moved along the identity until the smallest eigenvalue of its Hermitian part is at least 0.7."""
    lowest = np.linalg.eigvalsh(hermitian_part(np, matrix)).min()
    return matrix + max(0.0, 0.7 - lowest) * np.eye(len(matrix))


def make_invertible(np: Any, matrix: Array) -> Array:
    """Moved along the identity if it is close to a singular one."""
    return matrix if np.linalg.cond(matrix) < 30 or np.allclose(matrix, -matrix.T) else matrix + 3 * np.eye(len(matrix))


def make_orthogonal(np: Any, matrix: Array) -> Array:
    """With orthonormal columns; LinAlgError where there are more of them than rows."""
    if matrix.shape[1] > matrix.shape[0]:
        raise np.linalg.LinAlgError("more columns than rows")
    factor, triangle = np.linalg.qr(matrix)
    return factor * np.sign(np.diag(triangle).real)


def make_rotation(np: Any, matrix: Array) -> Array:
    """Orthogonal, with the determinant 1."""
    factor = make_orthogonal(np, matrix)
    return factor * np.append(np.ones(len(factor) - 1), np.sign(np.linalg.det(factor).real))


def make_positive(np: Any, matrix: Array) -> Array:
    return np.abs(matrix) + 0.2 * (matrix != 0)


def make_indicator(np: Any, matrix: Array) -> Array:
    return np.where(matrix.real >= np.mean(matrix.real), 1.0, 0.0)


def make_sum_one(np: Any, matrix: Array) -> Array:
    """Divided by the sum of its entries, where that is not small; else moved along the ones."""
    total = matrix.sum()
    return matrix / total if abs(total) > 0.3 else matrix + (1 - total) / matrix.size


def make_rows_one(np: Any, matrix: Array) -> Array:
    """Each row moved along the ones until its entries sum to one."""
    return matrix + (1 - matrix.sum(axis=1, keepdims=True)) / matrix.shape[1]


def along_rows_one(np: Any, point: Array, change: Array) -> Array:
    return change - change.mean(axis=1, keepdims=True)


def make_unit(np: Any, matrix: Array) -> Array:
    return matrix / np.linalg.norm(matrix)


def make_whole(np: Any, matrix: Array) -> Array:
    return np.asarray(np.minimum(np.ceil(np.abs(matrix) * 1.5) + 1, 4), dtype=int)


def make_label(np: Any, matrix: Array) -> Array:
    return np.where(np.abs(matrix) < 0.6, 1, 2)


def make_bit(np: Any, matrix: Array) -> Array:
    return np.where(np.abs(matrix) < 0.6, 0, 1)


def make_identity(np: Any, matrix: Array) -> Array:
    return np.eye(*matrix.shape)


def make_ones(np: Any, matrix: Array) -> Array:
    return np.ones_like(matrix)


def _triangle(np: Any, size: int) -> Array:
    return np.tril(np.ones((size, size), dtype=bool))


def _first_ones(np: Any, size: int) -> Array:
    """The first row and the first column."""
    return np.minimum.outer(np.arange(size), np.arange(size)) == 0


PROPERTIES: dict[str, Property] = {
    card.name: card
    for card in (
        Property("symmetric", "equal to its transpose", (), symmetric_part, independent=_triangle),
        Property(
            "skew", "the negative of its transpose", (), skew_part, independent=lambda np, size: np.tril(_triangle(np, size), -1)
        ),
        Property("hermitian", "equal to its conjugate transpose", ("complex",), hermitian_part, independent=_triangle),
        Property(
            "diagonal",
            "zero off the diagonal",
            ("lower", "upper", "symmetric"),
            diagonal_part,
            independent=lambda np, size: np.eye(size, dtype=bool),
        ),
        Property("lower", "zero above the diagonal", (), lower_part, independent=_triangle),
        Property("upper", "zero below the diagonal", (), upper_part, independent=lambda np, size: _triangle(np, size).T),
        Property("toeplitz", "constant along each diagonal", (), toeplitz_part, independent=_first_ones),
        Property("orthogonal", "its transpose is its inverse", ("invertible",), _same, make_orthogonal, along_orthogonal, scales=False),
        Property("rotation", "orthogonal with determinant 1", ("orthogonal",), _same, make_rotation, along_orthogonal, scales=False),
        Property("posdef", "positive definite", ("symmetric", "psd", "invertible"), _same, make_definite),
        Property("psd", "positive semidefinite", ("symmetric",), _same, make_definite),
        Property("invertible", "has an inverse", (), _same, make_invertible),
        Property("positive", "greater than zero", (), _same, make_positive),
        Property("simplex", "positive with entries that sum to 1", ("positive", "sum-one"), scales=False),
        Property("sum-one", "its entries sum to 1", (), _same, make_sum_one, scales=False),
        Property("rows-one", "its rows sum to 1", (), _same, make_rows_one, along_rows_one, scales=False),
        Property("unit", "of length 1", (), _same, make_unit, scales=False),
        Property("integer", "whole", (), _same, make_whole, lambda np, point, change: change * 0, scales=False),
        Property("label", "the number of a class", ("constant",), _same, make_label, scales=False),
        Property("bit", "0 or 1", ("constant",), _same, make_bit, scales=False),
        Property("complex", "may have complex entries"),
        Property("constant", "does not change", (), _same, _same, lambda np, point, change: change * 0),
        Property("indicator", "one at what a set holds, zero elsewhere", ("constant",), _same, make_indicator, scales=False),
        Property("identity", "the identity", ("diagonal", "orthogonal", "posdef", "constant"), _same, make_identity, scales=False),
        Property("ones", "one in every entry", ("positive", "constant"), _same, make_ones, scales=False),
        Property("zero", "zero in every entry", ("constant",), _same, nothing),
        Property("elementwise", "acts on every entry"),
        Property("scalar-valued", "has numbers as its values"),
    )
}


SQUARE = frozenset("symmetric skew hermitian lower upper toeplitz invertible".split())  # what only a square matrix can be


def closure(names: Iterable[str]) -> tuple[str, ...]:
    """These properties with all that follows from them, in the order of the cards.

    A Hermitian matrix that is declared real is symmetric; positive definite and complex together mean Hermitian.
    """
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(PROPERTIES[name].implies if name in PROPERTIES else ())
    if "complex" in found and ("posdef" in found or "psd" in found):
        found["hermitian"] = None
        found.pop("symmetric", None)
    return tuple(name for name in PROPERTIES if name in found)


def random_entries(np: Any, rng: Any, rows: int, columns: int, complex_: bool) -> Array:
    """Normally distributed entries."""
    entries = rng.standard_normal((rows, columns))
    return entries + 1j * rng.standard_normal((rows, columns)) if complex_ else entries


def example(np: Any, rng: Any, rows: int, columns: int, names: Iterable[str] = ()) -> Array:
    """A random rows × columns matrix with these properties."""
    cards = [PROPERTIES[name] for name in closure(names)]
    return shaped(np, random_entries(np, rng, rows, columns, "complex" in closure(names)), cards)


def shaped(np: Any, matrix: Array, cards: list[Property]) -> Array:
    """A matrix brought to have these properties."""
    matrix = projected(np, matrix, cards)
    for card in cards:
        matrix = card.settle(np, matrix)
    return matrix


def projected(np: Any, matrix: Array, cards: list[Property]) -> Array:
    """The nearest matrix in the linear spaces of all these properties: one projection after the other, until it stays."""
    if len(cards) < 2:
        return cards[0].project(np, matrix) if cards else matrix
    for _ in range(30):
        before = matrix
        for card in cards:
            matrix = card.project(np, matrix)
        if np.allclose(before, matrix, rtol=0, atol=1e-15):
            break
    return matrix


def tangent(np: Any, rng: Any, point: Array, names: Iterable[str] = ()) -> Array:
    """A random change of a matrix that keeps these properties to first order."""
    return tangent_part(np, point, random_entries(np, rng, point.shape[0], point.shape[1], "complex" in closure(names)), names)


def tangent_part(np: Any, point: Array, change: Array, names: Iterable[str]) -> Array:
    """What of a change stays within these properties."""
    cards = [PROPERTIES[name] for name in closure(names)]
    change = projected(np, change, cards)
    for card in cards:
        if card.tangent is not None:
            change = card.tangent(np, point, change)
    return change


def independent_entries(np: Any, size: int, names: Iterable[str]) -> Array:
    """Which entries of a square matrix with these properties are free, as a mask; all where nothing ties them."""
    mask = np.ones((size, size), dtype=bool)
    for name in closure(names):
        independent = PROPERTIES[name].independent
        if independent is not None:
            mask &= independent(np, size)
    return mask
