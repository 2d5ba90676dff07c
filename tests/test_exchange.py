"""SymPy: a term that goes there and back is itself; a function's derivative has the slope of the function."""

import numpy as np
import pytest
import sympy

from derivtex.checking.values import difference, value
from derivtex.core.errors import UsageError
from derivtex.core.shapes import Dim, shape
from derivtex.exchange import from_sympy, to_sympy
from derivtex.exchange.scalar_calculus import derivative
from derivtex.operations import (
    Call,
    Determinant,
    Diag,
    Diagonal,
    EntryPower,
    Hadamard,
    Identity,
    Inverse,
    Kronecker,
    Log,
    MatrixPower,
    Number,
    Ones,
    Softmax,
    Trace,
    symbol,
    zero,
)
from derivtex.operations.elementwise import Abs, Exp, Relu, Sigmoid, Sin, Softplus, Tanh
from derivtex.problem import FunctionDefinition

A, X = symbol("A", "matrix", shape("n", "n")), symbol("X", "matrix", shape("n", "p"))
x, r = symbol("x", "vector", shape("n", 1)), symbol("r", "row", shape(1, "n"))
t, c = symbol("t", "scalar"), symbol("c", "scalar", properties=("positive",))
n = Dim.of("n")
ONE, MINUS_ONE = Number(1), Number(-1)

THERE_AND_BACK = [
    A,
    x,
    r,
    t,
    X.T * A * X,
    A + Inverse(A),
    2 * Trace(A * A.T),
    x.T * A * x,
    r * A * x,
    Log(Determinant(A)),
    Hadamard((A, A.T)),
    Kronecker(A, X),
    MatrixPower(A, Number(3)),
    Identity(n) + A,
    Ones(n, n) * A,
    zero(X.shape),
    Diag(x),
    Diagonal(A),
    Exp(A),
    Sin(t) + Exp(2 * t),
    EntryPower(t, c),
    EntryPower(X, Number(2)),
    Call("g", 1, t),
    A + zero((n + 1 - 1, n)),
]


@pytest.mark.parametrize("term", THERE_AND_BACK, ids=repr)
def test_there_and_back(term, rng):
    """What SymPy gives back has the same shape and value as what it was given."""
    back = from_sympy(to_sympy(term))
    assert back.shape == term.shape
    given = {
        A: rng.standard_normal((3, 3)),
        X: rng.standard_normal((3, 2)),
        x: rng.standard_normal((3, 1)),
        r: rng.standard_normal((1, 3)),
        t: 0.4,
        c: 1.7,
        "n": 3,
        "p": 2,
        "g": lambda k, u: np.sin(u + k),
    }
    if term.contains(Determinant(A)):
        given[A] = given[A] @ given[A].T + np.eye(3)
    assert value(back, given) == pytest.approx(value(term, given))


def test_matrix_symbols_of_a_user():
    """What a SymPy user writes is read with its sizes."""
    m, k = sympy.symbols("m k")
    W, v = sympy.MatrixSymbol("W", m, k + 1), sympy.MatrixSymbol("v", k + 1, 1)
    term = from_sympy((W * v).T * W * v)
    assert term.shape == shape(1, 1)
    assert str(from_sympy(W).shape[1]) in ("1+k", "k+1")


def test_what_sympy_cannot_hold():
    """The error says which operation it was."""
    with pytest.raises(UsageError, match="softmax"):
        to_sympy(Softmax(x))
    with pytest.raises(UsageError, match="gamma"):
        from_sympy(sympy.gamma(sympy.Symbol("t")))


FUNCTIONS = {
    "swish": t * EntryPower(ONE + Exp(-t), MINUS_ONE),
    "damped": Sin(c * t) * Exp(-t),
    "polynomial": EntryPower(t, Number(3)) + c * t,
    "softplus": Log(ONE + Exp(t)),
    "mish": t * Tanh(Softplus(t)),
    "gated": t * Sigmoid(c * t),
    "power": EntryPower(Number(2) + t, c),
    "kinks": Abs(t) + Relu(t) * t,
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("order", [1, 2])
def test_derivative_of_a_defined_function(name, order):
    """The derivative of each order is the slope of the one before."""
    function = FunctionDefinition("g", t, FUNCTIONS[name])
    before, after = derivative(function, order - 1), derivative(function, order)
    for at in (-0.8, 0.3, 1.1):
        slope = difference(lambda k, at=at, before=before: value(before, {t: at + k * 2.0**-9, c: 1.3}))
        assert value(after, {t: at, c: 1.3}) == pytest.approx(slope, rel=1e-8, abs=1e-10)


def test_symbols_keep_their_properties():
    """The parameters of the function are the author's own symbols."""
    a = symbol(r"\alpha", "scalar", properties=("constant", "positive"))
    assert derivative(FunctionDefinition("g", t, a * t * t)).contains(a)


def test_no_new_functions():
    """The author who writes exponentials gets no hyperbolic functions."""
    body = t * EntryPower(ONE + Exp(-t), MINUS_ONE)
    kinds = {type(part).__name__ for part in derivative(FunctionDefinition("g", t, body)).walk()}
    assert "Cosh" not in kinds and "Exp" in kinds
