"""Properties and random points: an example has what it should, an increment keeps it."""

import numpy as np
import pytest

from derivtex.checking.chance import Generator
from derivtex.checking.examples import Domain, abstract_function, example, leaves_of, points
from derivtex.checking.values import difference
from derivtex.core import properties
from derivtex.core.properties import PROPERTIES, closure
from derivtex.core.shapes import Dim, shape
from derivtex.operations import Index, Member, Trace, Vec, symbol

TESTS = {
    "symmetric": lambda m: np.allclose(m, m.T),
    "skew": lambda m: np.allclose(m, -m.T),
    "hermitian": lambda m: np.allclose(m, m.conj().T) and np.iscomplexobj(m),
    "diagonal": lambda m: np.allclose(m, np.diag(np.diag(m))),
    "lower": lambda m: np.allclose(m, np.tril(m)),
    "upper": lambda m: np.allclose(m, np.triu(m)),
    "toeplitz": lambda m: np.allclose(m[1:, 1:], m[:-1, :-1]),
    "orthogonal": lambda m: np.allclose(m.conj().T @ m, np.eye(len(m))),
    "rotation": lambda m: np.allclose(m.T @ m, np.eye(len(m))) and np.linalg.det(m) > 0,
    "label": lambda m: np.all((m == 1) | (m == 2)),
    "bit": lambda m: np.all((m == 0) | (m == 1)),
    "indicator": lambda m: np.all((m == 0) | (m == 1)) and np.any(m == 1),
    "identity": lambda m: np.allclose(m, np.eye(len(m))),
    "ones": lambda m: np.all(m == 1),
    "zero": lambda m: np.all(m == 0),
    "posdef": lambda m: np.linalg.eigvalsh(m).min() > 0.1 and np.allclose(m, m.conj().T),
    "psd": lambda m: np.linalg.eigvalsh(m).min() > -1e-9,
    "invertible": lambda m: np.linalg.cond(m) < 1e6,
    "positive": lambda m: np.all(m > 0),
    "simplex": lambda m: np.all(m > 0) and np.isclose(m.sum(), 1),
    "sum-one": lambda m: np.isclose(m.sum(), 1),
    "rows-one": lambda m: np.allclose(m.sum(axis=1), 1),
    "unit": lambda m: np.isclose(np.linalg.norm(m), 1),
    "integer": lambda m: np.all(m == np.round(m)),
    "complex": np.iscomplexobj,
}
SCALE = symbol(r"\alpha", "scalar")
LINEAR = ("symmetric", "skew", "hermitian", "diagonal", "lower", "upper", "toeplitz")
COMBINED = [(name,) for name in TESTS if name != "skew"] + [
    ("symmetric", "invertible"), ("diagonal", "posdef"), ("toeplitz", "symmetric"), ("toeplitz", "posdef"),
    ("lower", "invertible"),
    ("complex", "posdef"), ("complex", "orthogonal"), ("symmetric", "toeplitz", "invertible"),
]  # fmt: skip


@pytest.mark.parametrize("names", COMBINED, ids="+".join)
def test_an_example_has_its_properties(names, rng):
    """Also what follows from them."""
    for size in (1, 2, 4):
        matrix = properties.example(np, rng, size, size, names)
        for name in closure(names):
            assert name not in TESTS or TESTS[name](matrix), (name, matrix)


@pytest.mark.parametrize("names", COMBINED, ids="+".join)
def test_an_increment_keeps_them(names, rng):
    """What is linear is kept by the sum of the two, what is not to first order."""
    matrix = properties.example(np, rng, 4, 4, names)
    change = properties.tangent(np, rng, matrix, names)
    for name in closure(names):
        if name in LINEAR:
            assert TESTS[name](matrix + change), name
    if "orthogonal" in closure(names):
        assert matrix.conj().T @ change + change.conj().T @ matrix == pytest.approx(0, abs=1e-12)
    if "constant" in closure(names) or "integer" in names:
        assert not np.any(change)


def test_skew_examples(rng):
    """A skew matrix has a zero diagonal."""
    assert TESTS["skew"](properties.example(np, rng, 4, 4, ("skew",)))


def test_every_property_is_tested():
    """A new card needs a test of what it says; what has no entries to look at is listed."""
    assert set(PROPERTIES) == {*TESTS, "constant", "elementwise", "scalar-valued"}


def test_sizes_differ():
    """Different names get different sizes, so that a wrong transpose shows; some points have a size of 1."""
    A, B = symbol("A", "matrix", shape("m", "n")), symbol("B", "matrix", shape("n", "p"))
    seen = [point.sizes for point in points(Domain(leaves_of([A * B])))]
    assert all(len(set(sizes.values())) == 3 for sizes in seen)
    assert any(1 in sizes.values() for sizes in seen)


def test_a_size_in_the_formula_is_the_size():
    """The n of 1/n is the n of the shapes."""
    n, A = symbol("n", "scalar"), symbol("A", "matrix", shape("n", "n"))
    for point in points(Domain(leaves_of([n * Trace(A)]))):
        assert point.values[n] == point.sizes["n"] == len(point.values[A])


def test_fixed_sizes_and_expressions():
    """Numbers stay, and n − 1 is one less than n."""
    A = symbol("A", "matrix", (Dim.of("n") - 1, Dim.of(10)))
    for point in points(Domain(leaves_of([A]))):
        assert point.values[A].shape == (point.sizes["n"] - 1, 10)


def test_large_sizes_have_small_stand_ins():
    """A matrix of 784 columns is tried with a few, and its vec with as many entries as it then has."""
    W, x = symbol("W", "matrix", shape(10, 784)), symbol("x", "vector", shape(784, 1))
    point = next(points(Domain(leaves_of([Vec(W), W * x]))))
    rows, columns = point.values[W].shape
    assert rows == 10 < columns < 30 and point.values[x].shape == (columns, 1)
    assert point.size(Dim.of(7840)) == rows * columns


def test_a_member_moves_with_its_family():
    """By x_k the whole family moves; the verdict looks at the member."""
    k = Index("k", Dim.of(1), Dim.of("n"))
    family = symbol("x", "vector", shape("p", 1), (), (Dim.of(1), Dim.of("n")))
    point = next(points(Domain(leaves_of([Member(family, k), SCALE]), moving=(Member(family, k),))))
    assert point.increments[family].shape == (point.sizes["n"], point.sizes["p"])
    assert SCALE not in point.increments


def test_same_points_every_time():
    """Two runs draw the same numbers."""
    A = symbol("A", "matrix", shape("m", "n"), ())
    first, second = (next(points(Domain(leaves_of([A])))) for _ in range(2))
    assert np.array_equal(first.values[A], second.values[A])


def test_abstract_functions_know_their_derivatives(rng):
    """The function of order k + 1 is the slope of that of order k."""
    g = abstract_function(rng, False)
    for order in range(3):
        assert difference(lambda k, order=order: g(order, np.array(0.4 + k * 2.0**-9))) == pytest.approx(
            g(order + 1, 0.4), rel=1e-9
        )


def test_example_for_symbols():
    """One call gives a point for some symbols."""
    A = symbol("A", "matrix", shape("m", "n"))
    point = example([A], {"m": 3, "n": 2})
    assert point.values[A].shape == point.increments[A].shape == (3, 2)


def test_chance_is_the_same_everywhere():
    """The numbers of a seed are fixed, and other seeds have others."""
    drawn = [Generator(seed).standard_normal((2, 3)) for seed in (20, 20, 41)]
    assert np.array_equal(drawn[0], drawn[1]) and not np.array_equal(drawn[0], drawn[2])
    assert drawn[0][0, :2] == pytest.approx([1.26275152, -0.85076593])
    assert sorted(Generator(1).permutation(range(2, 6))) == [2, 3, 4, 5] and Generator(3).integers(4, 5) == 4
