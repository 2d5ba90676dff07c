"""The value of every card at fixed points, beside what it was when the rules were confirmed with it.

`python -m tests.test_card_values` writes what is known anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from derivtex.checking.values import Point, Unsuitable, value
from derivtex.core.terms import CARDS, Operation, Term
from derivtex.operations import (
    Before,
    Eigenvalue,
    Eigenvector,
    EntryPower,
    Frechet,
    FrechetMatrix,
    Hermitian,
    Index,
    KroneckerDelta,
    MatrixExp,
    MatrixLog,
    MatrixPower,
    MatrixRoot,
    Number,
    SecondFrechet,
    SingularValue,
    SingularVector,
    Symbol,
)
from tests.conftest import CHILDREN, I, J, examples_of

KEPT = Path(__file__).parent / "card_values.json"
SIZES = {"n": 3, "m": 2}
MOST = 6  # terms of a card


def numbers(*fractions: tuple[int, int]) -> list[Number]:
    return [Number(Fraction(*each)) for each in fractions]


A, B, s = CHILDREN[0], CHILDREN[1], CHILDREN[-1]
FIRST_OF = Number(1)
# Terms that `examples_of` has not: the branches of a card.
MORE: dict[str, list[Term]] = {
    "EntryPower": [EntryPower(of, power) for of in (s, A) for power in numbers((1, 2), (1, 3), (-1, 2), (-1, 1), (-3, 1), (1, 1), (200, 1))],
    "Number": [Number(Fraction(1, 3)), Number(-7), Number(2**60 + 1)],
    "MatrixPower": [MatrixPower(A, power) for power in numbers((-1, 1), (-2, 1), (5, 1), (1, 3), (-1, 3), (1, 2))],
    "Eigenvalue": [Eigenvalue(A, FIRST_OF, order) for order in ("ascending", "descending")],
    "Eigenvector": [Eigenvector(A * A.T, FIRST_OF, order, side) for order in ("ascending", "descending") for side in ("right", "left", "both")],
    "SingularValue": [SingularValue(B, FIRST_OF, order) for order in ("ascending", "descending")],
    "SingularVector": [SingularVector(B, FIRST_OF, order, side) for order in ("ascending", "descending") for side in ("left", "right")],
    "Frechet": [Frechet(which, A, A.T) for which in ("exp", "log", "sin", "cos", "root", "1/3", "-1/3")],
    "FrechetMatrix": [FrechetMatrix(which, A) for which in ("exp", "log", "sin", "cos", "root", "1/3", "-1/3")],
    "SecondFrechet": [SecondFrechet(which, A, A.T, A * A) for which in ("exp", "log", "1/3", "1/2")],
    "MatrixExp": [MatrixExp(A * Hermitian(A))],
    "MatrixLog": [MatrixLog(A * Hermitian(A))],
    "MatrixRoot": [MatrixRoot(A * Hermitian(A))],
    "Before": [Before(I, J), Before(J, I)],
    "KroneckerDelta": [KroneckerDelta(I, J), KroneckerDelta(I, Number(2))],
}


def value_of(leaf: Symbol, kind: str) -> object:
    """The value of a leaf that depends on its name alone: real, complex, or one in the place of the domain of arcsin, log and powers."""
    rows, columns = (dim.value(SIZES) for dim in leaf.size)
    rng = np.random.default_rng(zlib.crc32(leaf.name.encode()))
    if leaf.family is not None:
        return rng.uniform(0.3, 1.2, (3, rows))
    if leaf.kind == "scalar":
        return 3 if leaf.has("integer") else 0.7 + 0.4j * (kind == "complex")
    spread = rng.uniform(-0.4, 0.4, (rows, columns)) + (1j * rng.uniform(-0.4, 0.4, (rows, columns)) if kind == "complex" else 0)
    return spread + (0.6 if kind == "positive" else 0) + np.eye(rows, columns) * (rows == columns)


def digests(card: type[Operation]) -> Iterator[list[float]]:
    """A number for the value of each of some terms at each kind of point; nothing where there is no value."""
    for term in (*islice(spread_over(list(examples_of(card))), MOST), *MORE.get(card.__name__, [])):
        for kind in ("real", "positive", "complex"):
            leaves = [part for part in term.walk() if isinstance(part, Symbol)]
            free = [part for part in term.walk() if isinstance(part, Index)]
            point = Point({leaf: value_of(leaf, kind) for leaf in leaves}, sizes=SIZES, indices=dict.fromkeys(free, 1))
            try:
                found = np.atleast_2d(value(term, point)).astype(complex)
            except (Unsuitable, LookupError, ValueError, ArithmeticError, TypeError):
                yield []
                continue
            weights = np.cos(np.arange(1, found.size + 1) ** 2 * 2**0.5).reshape(found.shape)
            total = np.sum(weights * found)
            yield [float(total.real), float(total.imag), *map(float, found.shape)] if np.isfinite(total) else []


def spread_over(terms: list[Term]) -> Iterator[Term]:
    """The terms, those that lie far from one another first."""
    step = max(1, len(terms) // MOST)
    return iter(terms[::step])


KNOWN = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
VALUED = {name: card for name, card in CARDS.items() if name not in ("Derivative", "Differential")}


@pytest.mark.parametrize("name", VALUED)
def test_the_value_of_a_card_is_what_it_was(name):
    for found, known in zip(digests(VALUED[name]), KNOWN[name], strict=True):
        assert len(found) == len(known) and np.allclose(found, known, rtol=1e-7, atol=1e-9)


if __name__ == "__main__":
    rows = {name: [[round(x, 12) for x in row] for row in digests(card)] for name, card in VALUED.items()}
    KEPT.write_text("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items()) + "\n}\n", "utf-8")
