"""Verdicts: right results of every form are confirmed; wrong ones, and what could not be tried, are not."""

from fractions import Fraction

import pytest

from derivtex.checking import confirm
from derivtex.checking.equations import confirm_equation
from derivtex.checking.trials import Finding, Trial
from derivtex.checking.values import Point
from derivtex.core.errors import Source
from derivtex.core.shapes import Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Commutation,
    Conjugate,
    Derivative,
    Diag,
    Entry,
    EntryPower,
    Hadamard,
    Hermitian,
    Identity,
    Index,
    Inverse,
    Kronecker,
    Log,
    Member,
    Number,
    RealPart,
    SumOver,
    Trace,
    Zero,
    d,
    symbol,
)  # fmt: skip
from derivtex.operations.elementwise import Cos, Sin, Tanh
from derivtex.problem import Definition, Problem
from derivtex.steps import Chain, Derivation, Step

n = Dim.of("n")
A, S = symbol("A", "matrix", shape("n", "n")), symbol("S", "matrix", shape("n", "n"), ("symmetric",))
X, Z = symbol("X", "matrix", shape("n", "p")), symbol("Z", "matrix", shape("n", "p"), ("complex",))
x, a, t = symbol("x", "vector", shape("n", 1)), symbol("a", "vector", shape("n", 1)), symbol("t", "scalar")
k, i = Index("k", Dim.of(1), n), Index("i", Dim.of(1), n)
z = symbol("z", "vector", shape("p", 1), (), (Dim.of(1), n))
HALF = Number(Fraction(1, 2))
U, w = symbol("U", "matrix", shape("n", "n"), ("orthogonal",)), symbol("w", "scalar", properties=("complex",))
c = symbol("c", "scalar", family=(Dim.of(1), n))
PHI = symbol(r"\phi", "scalar")


def derivation(target: Term, by: Term, form: str, result: Term, formulas=(), left=None, **more) -> Derivation:
    """A derivation with one chain of these formulas."""
    derivative = None if form == "differential" else Derivative(target, by, form, *more.pop("rows_columns", result.shape))
    order = more.pop("order", 2 if form == "hessian" else 1)
    steps = [Step(None, (), before, after) for before, after in zip(formulas, formulas[1:], strict=False)]
    chains = (Chain(left or d(target), formulas[0], steps),) if formulas else ()
    definitions = more.pop("definitions", ())
    problem = Problem(Source(""), {}, definitions, {}, target, (by,), order)
    return Derivation(problem, more.pop("layout", "denominator"), form, order, (), chains, derivative, result, **more)


RIGHT = {
    "gradient": derivation(Trace(X.T * A * X), X, "gradient", (A + A.T) * X),
    "numerator": derivation(Trace(X.T * A * X), X, "gradient", X.T * (A + A.T), layout="numerator"),
    "scalar by scalar": derivation(Sin(t * t), t, "scalar", 2 * t * Cos(t * t)),
    "vector by scalar": derivation(t * t * x, t, "scalar", 2 * t * x),
    "matrix by scalar": derivation(Inverse(A + t * A.T), t, "scalar", -(Inverse(A + t * A.T) * A.T * Inverse(A + t * A.T))),
    "Jacobian": derivation(Tanh(A * x), x, "jacobian", (Identity(n) - Diag(EntryPower(Tanh(A * x), Number(2)))) * A),
    "vec": derivation(A * X, X, "vec", Kronecker(Identity(Dim.of("p")), A)),
    "vec with a commutation": derivation(X.T, X, "vec", Commutation(n, Dim.of("p"))),
    "Hessian": derivation(x.T * A * x, x, "hessian", A + A.T),
    "differential": derivation(Inverse(A), A, "differential", -(Inverse(A) * d(A) * Inverse(A))),
    "second differential": derivation(t * t * t, t, "differential", 6 * t * d(t) * d(t), order=2),
    "structured": derivation(Trace(A * S), S, "gradient", HALF * (A + A.T), structure="projected"),
    "orthogonal": derivation(
        Trace(A * U), U, "gradient", HALF * (A.T + Number(-1) * U * A * U), structure="projected"
    ),
    "constrained": derivation(
        Trace(A * S), S, "gradient", A + A.T - Hadamard((Identity(n), A)), structure="constrained"
    ),
    "ignoring the structure": derivation(Trace(A * S), S, "gradient", A.T, structure="ignore"),
    "conjugate": derivation(RealPart(Trace(Hermitian(Z) * Z)), Z, "gradient", Z, complex="conjugate"),
    "Wirtinger": derivation(RealPart(Trace(Hermitian(Z) * Z)), Z, "gradient", Conjugate(Z), complex="wirtinger"),
    "by the real part": derivation(RealPart(Trace(Hermitian(Z) * Z)), Z, "gradient", 2 * RealPart(Z), complex="real"),
    "by a complex number": derivation(w * w * Conjugate(w), w, "scalar", 2 * w * Conjugate(w), complex="wirtinger"),
    "holomorphic": derivation(Trace(Z.T * Z * Z.T * Z), Z, "differential", 4 * Trace(Z.T * Z * Z.T * d(Z))),
    "by a member of numbers": derivation(SumOver(i, Member(c, i) * Member(c, i)), Member(c, k), "scalar", 2 * Member(c, k)),
    "by an entry": derivation(a.T * A * x, Entry(A, k, k), "gradient", Entry(a, k, Number(1)) * Entry(x, k, Number(1))),
    "by a member": derivation(SumOver(i, Member(z, i).T * Member(z, i)), Member(z, k), "gradient", 2 * Member(z, k)),
}  # fmt: skip
WRONG = {
    "a lost transpose": derivation(Trace(X.T * A * X), X, "gradient", 2 * A * X),
    "the other layout": derivation(Trace(X.T * A * X), X, "gradient", X.T * (A + A.T)),
    "a lost factor": derivation(x.T * A * x, x, "hessian", Number(1) * A),
    "a sign": derivation(Inverse(A), A, "differential", Inverse(A) * d(A) * Inverse(A)),
    "outside the structure": derivation(Trace(A * S), S, "gradient", A.T, structure="projected"),
    "not the conjugate": derivation(RealPart(Trace(Hermitian(Z) * Z)), Z, "gradient", Conjugate(Z), complex="conjugate"),
    "another member": derivation(SumOver(i, Member(z, i).T * Member(z, i)), Member(z, k), "gradient", 2 * Member(z, Number(1))),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_result_is_confirmed(name):
    """In every form and layout."""
    checked = confirm(RIGHT[name])
    assert checked.confirmed, checked.verdict


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_result_is_not(name):
    """With a difference that is no noise."""
    verdict = confirm(WRONG[name]).verdict
    assert not verdict.confirmed and verdict.error > 1e-3


def test_a_second_differential_is_confirmed_to_a_millionth():
    """Between that and what is noise for differences of differences it is neither confirmed nor refuted."""
    slightly_off = Number(Fraction(6000018, 10**6))
    verdict = confirm(derivation(t * t * t, t, "differential", slightly_off * t * d(t) * d(t), order=2)).verdict
    assert not verdict.confirmed and not verdict.refuted


def test_what_is_zero_everywhere_is_confirmed():
    """Only rounding is left of its differences, which is no kink."""
    K = symbol("K", "matrix", shape("n", "n"), ("skew",))
    assert confirm(derivation(x.T * K * x, x, "hessian", Zero(n, n))).verdict.confirmed


def test_each_step_has_its_certificate():
    """The wrong step is the one that is not confirmed."""
    M = Inverse(X.T * X)
    good, bad = Trace(M * (d(X).T * X + X.T * d(X))), Trace(M * X.T * d(X))
    formulas = [d(Log(Trace(X.T * X))), EntryPower(Trace(X.T * X), Number(-1)) * d(Trace(X.T * X)), good, bad, bad]
    checked = confirm(derivation(Log(Trace(X.T * X)), X, "gradient", X, formulas))
    assert [c.confirmed for c in checked.certificates[0]] == [True, False, False, True]
    assert not checked.confirmed


def test_a_definition_is_its_body():
    """A defined name has the differential of its body, and a chain that starts with something else is noticed."""
    definitions = (Definition(PHI, x.T * x),)
    right = [d(x.T * x), 2 * x.T * d(x)]
    assert confirm(derivation(PHI, x, "gradient", 2 * x, right, definitions=definitions)).confirmed
    checked = confirm(derivation(PHI, x, "gradient", 2 * x, [3 * x.T * d(x)], definitions=definitions))
    assert checked.verdict.remark == "the formulas of a chain do not join"


def test_a_step_without_a_value_is_not_confirmed():
    """What has a value nowhere is said so, and not passed over."""
    nowhere = Log(-(x.T * x))
    checked = confirm(derivation(nowhere, x, "gradient", 2 * x, [d(nowhere), d(nowhere)]))
    (certificate,) = checked.certificates[0]
    assert not certificate.confirmed and certificate.remark.startswith("no point was found")
    assert not checked.verdict.confirmed


def test_a_named_derivative_has_its_value():
    """∂φ/∂x is what the differences along the entries of x say: dφ = (∂φ/∂x)ᵀ dx."""
    definitions = (Definition(PHI, x.T * A * x),)
    named = Derivative(PHI, x, "gradient", *x.shape)
    formulas = [d(PHI), named.T * d(x), ((A + A.T) * x).T * d(x)]
    assert confirm(derivation(PHI, x, "gradient", (A + A.T) * x, formulas, definitions=definitions)).confirmed


def test_domains_are_found():
    """Logarithms and roots of undeclared things are tried where they exist."""
    for target, gradient in [
        (Log(x.T * A * x), EntryPower(x.T * A * x, Number(-1)) * (A + A.T) * x),
        (Trace(Log(X).T * X), Log(X) + EntryPower(X, Number(0))),
        (EntryPower(Number(1) - x.T * x, HALF), -(EntryPower(Number(1) - x.T * x, -HALF) * x)),
    ]:  # fmt: skip
        by = X if target.contains(X) else x
        assert confirm(derivation(target, by, "gradient", gradient)).confirmed, target


NAMED = {
    "gradient": (x.T * A * x, x, "gradient", x.shape, (A + A.T) * x),
    "numerator": (Trace(A * X * X.T), X, "gradient", X.T.shape, X.T * (A + A.T)),
    "Jacobian": (A * x, x, "jacobian", (n, n), A),
    "vec": (A * X, X, "vec", (n * "p", n * "p"), Kronecker(Identity(Dim.of("p")), A)),
    "Hessian": (x.T * A * x, x, "hessian", (n, n), A + A.T),
    "by a compound": ((A * x).T * (A * x), A * x, "gradient", x.shape, 2 * A * x),
    "by an entry": (
        x.T * A * x,
        Entry(A, k, i),
        "scalar",
        (Dim.of(1), Dim.of(1)),
        Entry(x, k, Number(1)) * Entry(x, i, Number(1)),
    ),
    "by a member": (SumOver(i, Member(z, i).T * Member(z, i)), Member(z, k), "gradient", z.shape, 2 * Member(z, k)),
    "by a scalar": (t * x, t, "scalar", x.shape, x),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_derivatives(name):
    """In every form they equal what the derivation finds."""
    of, by, form, rows_columns, right = NAMED[name]
    assert confirm_equation(Derivative(of, by, form, *rows_columns), right).confirmed


def test_a_small_error_speaks_neither_for_nor_against():
    """Differences are less exact where values change fast: such a point counts for nothing."""
    trial, point = Trial(lambda point: []), Point({})
    for error in (5e-6, float("nan")):
        trial.judge([Finding(error, 0.0, True, sure=True)], [], point)
    assert not trial.accused and not trial.held
    for _ in range(2):
        trial.judge([Finding(1e-3, 0.0, True, sure=True)], [], point)
    assert trial.accused
