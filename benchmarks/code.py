"""Is the generated code as fast as automatic differentiation? 27 tasks beside autograd's gradient, one thread, in turn.

autograd is asked for by `pip install derivtex[bench]`; without it that is said in place of the rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from measure import Row, in_turn

import derivtex

N, M, R = 2000, 500, 100
RNG = np.random.default_rng(0)


class Case(NamedTuple):
    """values: what the function is called with; slow: the function in autograd's NumPy, of the values in their order."""

    name: str
    source: str
    wrt: str
    declare: str
    values: dict[str, Any]
    slow: Callable[..., Any] | None
    order: int = 1
    of: str | None = None


def normal(*shape: int) -> Any:
    return RNG.standard_normal(shape)


def symmetric(n: int) -> Any:
    a = normal(n, n)
    return a + a.T


def posdef(n: int) -> Any:
    a = normal(n, n)
    return a @ a.T / n + np.eye(n)


def cases(anp: Any) -> list[Case]:
    """The tasks, with autograd's NumPy."""
    dot, trace, logdet, solve, total = anp.dot, anp.trace, lambda a: anp.linalg.slogdet(a)[1], anp.linalg.solve, anp.sum
    tall, square = "X: matrix m x n; A: matrix m x m symmetric", "A: matrix n x n; B: matrix n x n; C: matrix n x n; X: matrix n x n"
    layer = "W: matrix k x n; x: vector n; b: vector k; y: vector k; c: vector k; V: matrix p x k"
    return [
        Case("x'Ax", r"x^T A x", "x", "", {"A": normal(N, N), "x": normal(N)}, lambda a, x: dot(x, dot(a, x))),
        Case("x'Ax / x'x", r"\frac{x^T A x}{x^T x}", "x", "", {"A": normal(N, N), "x": normal(N)}, lambda a, x: dot(x, dot(a, x)) / dot(x, x)),
        Case("(x'Ax)²", r"(x^T A x)^2", "x", "", {"A": normal(N, N), "x": normal(N)}, lambda a, x: dot(x, dot(a, x)) ** 2),
        Case("x'Ax / x'Bx", r"\frac{x^T A x}{x^T B x}", "x", "A: matrix n x n symmetric; B: matrix n x n symmetric",
             {"A": symmetric(N), "B": posdef(N), "x": normal(N)}, lambda a, b, x: dot(x, dot(a, x)) / dot(x, dot(b, x))),
        Case("weighted least squares", r"(A x - b)^T W (A x - b)", "x", "W: matrix m x m; A: matrix m x n",
             {"A": normal(N, N), "b": normal(N), "W": normal(N, N), "x": normal(N)}, lambda a, b, w, x: dot(dot(a, x) - b, dot(w, dot(a, x) - b))),
        Case("least squares", r"\|A x - b\|_2^2", "x", "A: matrix m x n", {"A": normal(N, N), "b": normal(N), "x": normal(N)},
             lambda a, b, x: total((dot(a, x) - b) ** 2)),
        Case("norm of a residual", r"\|A x - b\|_2", "x", "A: matrix m x n", {"A": normal(N, N), "b": normal(N), "x": normal(N)},
             lambda a, b, x: anp.sqrt(total((dot(a, x) - b) ** 2))),
        Case("four-fold trace", r"\operatorname{tr}(B^T X^T C X X^T C X B)", "X", "X: matrix m x n; B: matrix n x n; C: matrix m x m",
             {"B": normal(R, R), "C": normal(M, M), "X": normal(M, R)}, lambda b, c, x: trace(b.T @ x.T @ c @ x @ x.T @ c @ x @ b)),
        Case("discriminant ratio", r"\operatorname{tr}((X^T C X)^{-1} (X^T A X))", "X", tall + "; C: matrix m x m symmetric posdef",
             {"X": normal(M, R), "C": posdef(M), "A": symmetric(M)}, lambda x, c, a: trace(solve(x.T @ c @ x, x.T @ a @ x))),
        Case("projection", r"\operatorname{tr}(X (X^T X)^{-1} X^T A)", "X", tall, {"X": normal(M, R), "A": symmetric(M)},
             lambda x, a: trace(solve(x.T @ x, x.T @ a @ x))),
        Case("a'X⁻¹b", r"a^T X^{-1} b", "X", square, {"X": posdef(M), "a": normal(M), "b": normal(M)}, lambda x, a, b: dot(a, solve(x, b))),
        Case("process likelihood by noise", r"-\frac{1}{2} y^T (K + s I)^{-1} y - \frac{1}{2}\log\det(K + s I)", "s",
             "K: matrix n x n symmetric posdef; y: vector n; s: scalar", {"K": posdef(M), "y": normal(M), "s": 0.5},
             lambda k, y, s: -0.5 * dot(y, solve(k + s * anp.eye(len(y)), y)) - 0.5 * logdet(k + s * anp.eye(len(y)))),
        Case("process likelihood by K", r"-\frac{1}{2} y^T K^{-1} y - \frac{1}{2}\log\det(K)", "K", "K: matrix n x n symmetric posdef; y: vector n",
             {"K": posdef(M), "y": normal(M)}, lambda k, y: -0.5 * dot(y, solve(k, y)) - 0.5 * logdet(k)),
        Case("det X'AX", r"\det(X^T A X)", "X", tall, {"X": normal(M, R) / 30, "A": posdef(M)}, lambda x, a: anp.linalg.det(x.T @ a @ x)),
        Case("det X", r"\det(X)", "X", square, {"X": posdef(M)}, lambda x: anp.linalg.det(x)),
        Case("log det (A + XX')", r"\log\det(A + X X^T)", "X", "X: matrix m x n; A: matrix m x m symmetric posdef",
             {"A": posdef(M), "X": normal(M, R)}, lambda a, x: logdet(a + x @ x.T)),
        Case("inverse by time", r"\operatorname{tr}((A + t B)^{-1} C)", "t", square + "; t: scalar",
             {"A": posdef(M), "B": symmetric(M) * 0.01, "C": normal(M, M), "t": 0.3}, lambda a, b, c, t: trace(solve(a + t * b, c))),
        Case("scaled rows", r"\|\operatorname{diag}(x) A\|_F^2", "x", "A: matrix n x p", {"x": normal(M), "A": normal(M, M)},
             lambda x, a: total((x[:, None] * a) ** 2)),
        Case("tanh layer", r"\|\tanh(W x + b) - y\|_2^2", "W", layer, {"W": normal(M, M) / 20, "x": normal(M), "b": normal(M), "y": normal(M)},
             lambda w, x, b, y: total((anp.tanh(dot(w, x) + b) - y) ** 2)),
        Case("two layers", r"\ell = \|V h - y\|_2^2; h = \tanh(W x)", "W", layer.replace("y: vector k", "y: vector p"),
             {"W": normal(M, M) / 20, "V": normal(M, M), "x": normal(M), "y": normal(M)},
             lambda w, v, x, y: total((dot(v, anp.tanh(dot(w, x))) - y) ** 2), of=r"\ell"),
        Case("cross entropy", r"-y^T \log(\operatorname{softmax}(W x))", "W", layer, {"W": normal(M, M) / 20, "x": normal(M), "y": normal(M)},
             lambda w, x, y: -dot(y, dot(w, x) - anp.log(total(anp.exp(dot(w, x)))))),
        Case("tr X²B", r"\operatorname{tr}(X^2 B)", "X", square, {"X": normal(M, M), "B": normal(M, M)}, lambda x, b: total((x @ x) * b.T)),
        Case("tr X'BX", r"\operatorname{tr}(X^T B X)", "X", "X: matrix m x n; B: matrix m x m", {"X": normal(M, 200), "B": normal(M, M)},
             lambda x, b: total(x * (b @ x))),
        Case("tr AXBX", r"\operatorname{tr}(A X B X)", "X", square, {"X": normal(M, M), "A": normal(M, M), "B": normal(M, M)},
             lambda x, a, b: total((a @ x) * (b @ x).T)),
        Case("entries", r"\sum_{i=1}^n \exp(x_i)\sin(x_i)", "x", "x: vector n", {"x": normal(N)}, lambda x: total(anp.exp(x) * anp.sin(x))),
        Case("sigmoid sum", r"\mathbf{1}^T \sigma(A x)", "x", "A: matrix m x n; x: vector n", {"A": normal(N, N) / 50, "x": normal(N)},
             lambda a, x: total(1 / (1 + anp.exp(-dot(a, x))))),
        Case("Hessian of log det, n = 30", r"\log\det(X)", "X", square, {"X": posdef(30)}, None, order=2),
    ]  # fmt: skip


def function(case: Case) -> Callable[[], Any]:
    """The generated NumPy function with its values."""
    declared = [each.strip() for each in case.declare.split(";") if each.strip()]
    answer = derivtex.derive(case.source, wrt=case.wrt, of=case.of, declare=declared, order=case.order, check=False)
    names: dict[str, Any] = {"np": np}
    exec(answer.to_numpy(), names)
    made = next(what for name, what in names.items() if name not in ("np", "__builtins__"))
    arguments = made.__code__.co_varnames[: made.__code__.co_argcount]
    return lambda: made(*(case.values[name] for name in arguments))


def rows() -> Iterator[Row]:
    """The time of each beside autograd's, and how far the two are apart."""
    warnings.simplefilter("ignore")
    try:
        import autograd.numpy as anp
        from autograd import grad
    except ImportError:
        yield Row("code", "autograd is not installed: pip install derivtex[bench]", 0, "tasks")
        return
    for case in cases(anp):
        ours = function(case)
        if case.slow is None:
            yield Row("code", case.name, in_turn([ours], 5)[0], "ms")
            continue
        slope, values = grad(case.slow, list(case.values).index(case.wrt)), list(case.values.values())
        theirs = lambda: slope(*values)  # noqa: B023, E731
        apart = np.max(np.abs(ours() - theirs())) / np.max(np.abs(theirs()))
        spent = in_turn([ours, theirs], 7)
        yield Row("code", case.name, spent[0] / spent[1], "of autograd's gradient", 1, remark=f"{spent[0]:.2f} ms, apart {apart:.0e}")
