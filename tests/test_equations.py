"""What an equation fixes: the derivative is that of the solution, found again at points nearby."""

import numpy as np
import pytest
import scipy.linalg
import scipy.optimize

import derivtex
from derivtex.core.errors import DerivtexError, NotDerivable

SQUARE, GENERAL = "A : matrix n x n", ["A : matrix n x n", "B : matrix m x m", "C : matrix n x m", "G : matrix n x m"]
STEIN = "np.linalg.solve(np.eye(A.shape[0]**2) - np.kron(A, A), Q.ravel()).reshape(A.shape)"

# The source, the variable, the declarations, and the target with another solver.
CASES = [
    (r"AX + XB = C; f = \operatorname{tr}(G^T X)", "A", GENERAL, "np.sum(G * scipy.linalg.solve_sylvester(A, B, C))"),
    (r"AX + XB = C; f = \operatorname{tr}(G^T X)", "B", GENERAL, "np.sum(G * scipy.linalg.solve_sylvester(A, B, C))"),
    (r"AX + XB = C; f = \|X\|_F^2", "C", GENERAL, "np.sum(scipy.linalg.solve_sylvester(A, B, C) ** 2)"),
    (r"AP + PA^T + BB^T = 0; f = \operatorname{tr}(P^2)", "A", [SQUARE, "B : matrix n x m"],
     "np.trace(np.linalg.matrix_power(scipy.linalg.solve_continuous_lyapunov(A, -B @ B.T), 2))"),
    (r"P - APA^T = Q; f = \operatorname{tr}(P)", "A", [SQUARE, "Q : matrix n x n"], f"np.trace({STEIN})"),
    (r"A P A^T - P + Q = 0; f = \operatorname{tr}(P)", "Q", [SQUARE, "Q : matrix n x n"], f"np.trace({STEIN})"),
    (r"A x = b; f = c^T x", "A", [SQUARE, "b : vector n", "c : vector n"], "c @ np.linalg.solve(A, b)"),
    (r"AX = B; f = \operatorname{tr}(D X)", "A", [SQUARE, "B : matrix n x m", "D : matrix m x n"],
     "np.trace(D @ np.linalg.solve(A, B))"),
    (r"z = \tanh(Wz + Ux); f = g^T z", "W", ["W : matrix n x n", "U : matrix n x m", "x : vector m", "g : vector n"],
     "g @ scipy.optimize.root(lambda z: np.tanh(W @ z + U @ x) - z, np.zeros(len(g)), tol=1e-13).x"),
    (r"z = Wz + b; f = z^T z", "W", ["W : matrix n x n", "b : vector n"], "np.sum(np.linalg.solve(np.eye(len(b)) - W, b) ** 2)"),
    (r"A x + \exp(x) = b; f = c^T x", "b", [SQUARE, "b : vector n", "c : vector n"],
     "c @ scipy.optimize.root(lambda x: A @ x + np.exp(x) - b, np.zeros(len(c)), tol=1e-13).x"),
    (r"\alpha^3 + \beta\alpha = \gamma; f = \alpha^2", r"\beta", [], "scipy.optimize.brentq(lambda t: t**3 + beta * t - gamma, -9, 9) ** 2"),
]  # fmt: skip


def given(names, rng):
    """Values for the arguments of a result; square matrices near the identity, so that every equation has a solution."""
    n, m = 3, 2
    shapes = {"A": (n, n), "B": (m, m), "C": (n, m), "D": (m, n), "G": (n, m), "Q": (n, n), "W": (n, n), "U": (n, m)}
    shapes |= {"x": (m,), "b": (n,), "c": (n,), "g": (n,), "beta": (), "gamma": ()}
    values = {name: 0.2 * rng.standard_normal(shapes[name]) for name in names}
    for name in {"A", "beta"} & set(names):
        values[name] = values[name] + (np.eye(n) * [0.5, 0.6, 0.7] if name == "A" else 1.0)
    return values


@pytest.mark.parametrize("source, by, declare, target", CASES, ids=lambda part: part if isinstance(part, str) else "")
def test_the_derivative_is_that_of_the_solution(source, by, declare, target, rng):
    derivation = derivtex.derive(source, wrt=by, declare=declare)
    assert derivation.derivation.confirmed
    space = {"np": np, "scipy": scipy}
    exec(derivation.to_numpy(), space)
    function = space.get("gradient") or space["derivative"]
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    variable = by.strip("\\")
    others = [name for name in ("A", "B", "C", "D", "G", "Q", "W", "U", "x", "b", "c", "g", "beta", "gamma") if name in target]
    values = given(dict.fromkeys((*names, variable, *(name for name in others if rf"{name}" in source))), rng)
    if any("B : matrix n x m" in each for each in declare):
        values["B"] = rng.standard_normal((3, 2))
    along = rng.standard_normal(np.shape(values[variable]))
    step = 1e-5

    def at(offset):
        return eval(target, {**space, **values, variable: values[variable] + offset * along})

    wanted = (at(step) - at(-step)) / (2 * step)
    assert np.allclose(np.sum(function(*(values[name] for name in names)) * along), wanted, rtol=1e-6)


def test_the_equation_stays_in_print():
    text = derivtex.derive(r"AX + XB = C; f = \operatorname{tr}(G^T X)", wrt="A", declare=GENERAL).to_latex(template="article")
    assert "AX + XB &=& C" in text or "AX + XB" in text
    assert r"A^{T}Q + QB^{T}" in text and "exactly one solution" in text


@pytest.mark.parametrize("source", [r"\theta = \theta - \eta g; f = \theta^T g", "z = Ag + u; u = Bz; f = z^T g"])
def test_what_fixes_nothing_is_refused(source):
    """An update is no equation, and names that are defined by each other have no order."""
    with pytest.raises(NotDerivable):
        derivtex.derive(source, wrt="g")


@pytest.mark.parametrize("source", [r"C = LL^T; f = \operatorname{tr}(G^T L)", r"L = \operatorname{chol}(C); f = \operatorname{tr}(G^T L)"])
def test_the_cholesky_factor(source, rng):
    declare = ["C : matrix n x n posdef", "L : matrix n x n lower", "G : matrix n x n"]
    derivation = derivtex.derive(source, wrt="C", declare=declare)
    space = {"np": np}
    exec(derivation.to_numpy(), space)
    G, C, along = rng.standard_normal((3, 3)), np.diag([2.0, 3.0, 4.0]) + 0.5, rng.standard_normal((3, 3))
    along = along + along.T
    wanted = np.sum(G * (np.linalg.cholesky(C + 1e-5 * along) - np.linalg.cholesky(C - 1e-5 * along))) / 2e-5
    assert derivation.derivation.confirmed and np.allclose(np.sum(space["gradient"](C=C, G=G) * along), wanted)


@pytest.mark.parametrize("kind", ["toeplitz", "symmetric toeplitz"])
def test_toeplitz_matrices(kind, rng):
    """Within the Toeplitz matrices, and by the entries of the first row and column."""
    A = rng.standard_normal((4, 4))
    values = {}
    for structure in ("projected", "constrained"):
        derivation = derivtex.derive(r"\operatorname{tr}(AT)", wrt="T", declare=["A : matrix n x n", f"T : matrix n x n {kind}"], structure=structure)
        space = {"np": np}
        exec(derivation.to_numpy(), space)
        values[structure] = space["gradient"](A)
        assert derivation.derivation.confirmed
    first, row = rng.standard_normal(4), rng.standard_normal(4)
    T = scipy.linalg.toeplitz(first) if "symmetric" in kind else scipy.linalg.toeplitz(first, row)
    assert np.allclose(np.sum(values["projected"] * T), np.trace(A @ T))
    by_entries = np.sum(values["constrained"][:, 0] * T[:, 0]) + ("symmetric" not in kind) * np.sum(values["constrained"][0, 1:] * T[0, 1:])
    assert np.allclose(by_entries, np.trace(A @ T))


EIGEN = [
    (r"Au = \lambda u; u^T u = 1", r"\lambda", "A", ["A : matrix n x n symmetric"], "uu^{T}", False),
    (r"\lambda u = Au; \|u\| = 1", r"\lambda", "A", ["A : matrix n x n symmetric"], "uu^{T}", False),
    (r"M^TMq = \mu q", r"\mu", "M", ["M : matrix m x n", "q : vector n", r"\mu : scalar"], "2Mqq^{T}", True),
    (r"Au = \lambda u; f = \log\lambda", "f", "A", ["A : matrix n x n symmetric posdef"], r"\frac{1}{\lambda}uu^{T}", True),
]


@pytest.mark.parametrize("source, of, by, declare, result, guessed", EIGEN, ids=lambda part: part if isinstance(part, str) else "")
def test_an_eigenpair_is_defined_by_its_equation(source, of, by, declare, result, guessed):
    """A unit length that is not said is told."""
    derivation = derivtex.derive(source, of=of, wrt=by, declare=declare)
    assert derivation.derivation.confirmed
    assert str(derivation.result) == result
    assert any("unit length" in guess for guess in derivation.derivation.problem.guesses) is guessed


ENTRIES = [
    (r"L = \log\det K; K_{ij} = \exp(-D_{ij}/(2\ell^2)) + \sigma^2\delta_{ij}", r"\ell",
     ["K : matrix n x n symmetric posdef", "D : matrix n x n symmetric", r"\ell : scalar positive", r"\sigma : scalar"]),
    (r"f = \|M\|_F^2; M_{ij} = a_ix_j + C_{ij}", "x", ["M : matrix m x n", "C : matrix m x n", "a : vector m", "x : vector n"]),
    (r"f = a^Tv; v_i = \exp(x_i) + \sum_j B_{ij}x_j", "x", ["v : vector n", "B : matrix n x n", "a : vector n", "x : vector n"]),
]  # fmt: skip


@pytest.mark.parametrize("source, by, declare", ENTRIES, ids=lambda part: part if isinstance(part, str) else "")
def test_a_declared_array_is_all_of_the_entries_that_define_it(source, by, declare):
    """Its derivative is not that of a constant."""
    derivation = derivtex.derive(source, wrt=by, declare=declare)
    assert derivation.derivation.confirmed
    assert str(derivation.result) != "0"
    assert r"\sum" not in str(derivation.result)


def test_entries_that_are_no_definition_of_what_is_used_are_no_reason_for_zero():
    """The whole of K is another thing than K_{ij} where K is no matrix of that size."""
    with pytest.raises(DerivtexError):
        derivtex.derive(r"L = \log\det K; K_i = \exp(x_i)", wrt="x", declare=["K : matrix n x n", "x : vector n"])


def test_the_equation_that_fixes_a_differential_is_shown_with_it_on_the_left():
    """What it is found by, dy = -3y² dy + 2xᵀdx, is no line of its own, and the result is said once."""
    text = derivtex.derive("y^3 + y = x^Tx", of="y", wrt="x", check=False).to_latex(template="align")
    assert r"dy + 3y^{2}\,dy &= 2x^{T}\,dx" in text and r"dy &= \frac{2}{c}x^{T}\,dx" in text and text.count("&=") == 3
