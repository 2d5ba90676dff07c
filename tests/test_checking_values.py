"""Values and differences: against what NumPy and the calculus of one variable say."""

import numpy as np
import pytest

from derivtex.checking.derivatives import slope_along
from derivtex.checking.examples import example
from derivtex.checking.values import NoValue, Point, Unsuitable, value
from derivtex.core.shapes import Dim, shape
from derivtex.operations import (
    Call,
    Derivative,
    Differential,
    Eigenvalue,
    Eigenvector,
    Entry,
    EntryPower,
    Hadamard,
    Identity,
    Index,
    Inverse,
    Kronecker,
    KroneckerDelta,
    Log,
    Member,
    Number,
    Product,
    Sum,
    SumOver,
    Trace,
    Transpose,
    Vec,
    d,
    symbol,
)
from derivtex.operations.elementwise import Abs, Exp, Tanh

A, B = symbol("A", "matrix", shape("n", "n")), symbol("B", "matrix", shape("n", "m"))
x, t = symbol("x", "vector", shape("n", 1)), symbol("t", "scalar")
i = Index("i", Dim.of(1), Dim.of("n"))
z = symbol("z", "vector", shape("m", 1), (), (Dim.of(1), Dim.of("n")))


@pytest.fixture
def given(rng):
    a, b, v = rng.standard_normal((3, 3)) + 3 * np.eye(3), rng.standard_normal((3, 2)), rng.standard_normal((3, 1))
    da, dv = rng.standard_normal((3, 3)), rng.standard_normal((3, 1))
    return {A: a, B: b, x: v, t: 0.7, z: rng.standard_normal((3, 2)), d(A): da, d(x): dv, d(t): 1.3, "n": 3, "m": 2}


def test_products_and_scalars(given):
    """A product of a row and a column is a number, which multiplies a matrix."""
    a, v = given[A], given[x]
    assert value(Product((x.T * A * x, A)), given) == pytest.approx((v.T @ a @ v)[0, 0] * a)


def test_vec_is_column_major_and_fits_kronecker(given):
    """vec(AB) = (I ⊗ A) vec B."""
    assert value(Vec(A * B), given) == pytest.approx(value(Kronecker(Identity(Dim.of("m")), A) * Vec(B), given))


def test_differential_of_an_inverse(given):
    """The difference of an inverse is −A⁻¹ dA A⁻¹ to nine digits at least."""
    inverse = np.linalg.inv(given[A])
    assert value(d(Inverse(A)), given) == pytest.approx(-inverse @ given[d(A)] @ inverse, rel=1e-9)


def test_second_differential(given):
    """d²(t³) = 6t dt², and the second differential of a variable is zero."""
    assert value(d(d(EntryPower(t, Number(3)))), given) == pytest.approx(6 * 0.7 * 1.3**2, rel=1e-8)
    assert value(d(d(t)), given) == pytest.approx(0, abs=1e-9)


def test_differential_of_a_defined_name(given):
    """The differential of a name is that of what it stands for."""
    f = symbol("f", "vector", shape("n", 1))
    point = Point({A: given[A], x: given[x]}, {x: given[d(x)]}, {"n": 3}, definitions={f: A * x})
    assert value(d(f), point) == pytest.approx(given[A] @ given[d(x)])


def test_what_does_not_move_has_no_differential(given):
    """Without an increment a symbol is constant."""
    assert not np.any(value(d(B), given))


def test_sum_over_a_family(given):
    """An index binds members, and is itself a number from 1."""
    term = SumOver(i, i * Member(z, i))
    assert value(term, given) == pytest.approx(sum((k + 1) * given[z][k] for k in range(3))[:, None])
    assert value(SumOver(i, Entry(A, i, i)), given) == pytest.approx(value(Trace(A), given))


def test_free_index(given):
    """A free index has the value that the point gives."""
    assert value(Entry(x, i, Number(1)), {**given, i: 2}) == given[x][1, 0]
    with pytest.raises(NoValue):
        value(Entry(x, i, Number(1)), given)


def test_functions(given):
    """An abstract function comes with its derivatives; a defined one is differentiated numerically."""
    assert value(Call("g", 1, x), {**given, "g": lambda k, u: np.sin(u + k * np.pi / 2)}) == pytest.approx(np.cos(given[x]))
    s = symbol("s", "scalar")
    point = Point({x: given[x], t: 0.7}, {x: given[d(x)]}, {"n": 3}, functions={"g": (s, t * Exp(s * s))})
    v = given[x]
    assert value(Call("g", 0, x), point) == pytest.approx(0.7 * np.exp(v * v))
    assert value(Call("g", 1, x), point) == pytest.approx(1.4 * v * np.exp(v * v), rel=1e-8)
    assert value(Call("g", 2, x), point) == pytest.approx(0.7 * (2 + 4 * v * v) * np.exp(v * v), rel=1e-6)
    assert value(d(Call("g", 0, x)), point) == pytest.approx(1.4 * v * np.exp(v * v) * given[d(x)], rel=1e-8)


def test_outside_the_domain(given):
    """The logarithm of a negative number and the slope at a kink are no values."""
    with pytest.raises(Unsuitable):
        value(Log(Number(-1)), given)
    with pytest.raises(Unsuitable):
        value(d(Abs(t)), {**given, t: 0.001})


def test_each_part_is_valued_once(given):
    """A part that many formulas share is computed once at a point."""
    point = Point({A: given[A]}, {}, {"n": 3})
    calls = []
    term = Inverse(A)
    for _ in range(12):
        term = Tanh(Hadamard((term, term)) + term)
    point._judged = lambda *args, real=point._judged: calls.append(args) or real(*args)
    point.of(term)
    assert len(calls) == len(list(term.walk()))


def test_complex_values(rng):
    """Differences follow complex increments."""
    value_ = rng.standard_normal((3, 3)) + 1j * rng.standard_normal((3, 3)) + 3 * np.eye(3)
    change = rng.standard_normal((3, 3)) + 1j * rng.standard_normal((3, 3))
    result = value(Differential(Inverse(A)), {A: value_, d(A): change, "n": 3})
    assert result == pytest.approx(-np.linalg.inv(value_) @ change @ np.linalg.inv(value_), rel=1e-9)


def test_the_slope_along_a_direction_is_what_the_entries_of_the_gradient_say():
    """∂ tr(XᵀAX)/∂X for X n × m, in the shape of X and turned: ⟨G, D⟩ is the change along D."""
    wide = symbol("W", "matrix", shape("n", "m"))
    of, point = Trace(Product((Transpose(wide), A, wide))), example([A, wide])
    for rows, columns in (wide.shape, wide.shape[::-1]):
        term = Derivative(of, wide, "gradient", rows, columns)
        slope, direction = slope_along(point, term)
        assert direction.shape == point.of(term).shape
        assert slope == pytest.approx(np.sum(point.of(term) * direction), rel=1e-7)


def test_a_scalar_under_a_condition_that_fails_is_the_number_zero():
    """As much as where the condition holds: δ_ij x_i is no 1 × 1 array."""
    j = Index("j", Dim.of(1), Dim.of("n"))
    point = Point({x: np.ones((3, 1))}, {}, {"n": 3}, {i: 1, j: 2})
    assert np.ndim(point.of(Product((KroneckerDelta(i, j), Entry(x, i, Number(1)))))) == 0


def test_a_number_is_its_own_eigenvalue():
    """What a card asks of a matrix, a whole number in its place is asked as a 1 × 1 matrix."""
    three = Sum((Number(1), Number(2)))
    assert value(Eigenvalue(three, Number(1), "descending"), Point({})) == 3
    assert abs(value(Eigenvector(three, Number(1), "descending", "both"), Point({}))) == 1
