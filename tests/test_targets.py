"""The code of each language that is installed, run at the points of the certificate, answers as NumPy's.

PyTorch and JAX come with `pip install derivtex[targets]`; Octave runs what is written for MATLAB. With DERIVTEX_TARGETS=all every task is
run in every way, which takes minutes.
"""

import os
import shutil
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

import derivtex
from benchmarks.tasks import TASKS, Task
from derivtex.checking.values import Point
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.derivation.stationary.solution import Solution
from derivtex.steps import Derivation
from derivtex.writing.code.targets import TARGETS
from derivtex.writing.solution_code import computing
from tests.targets import Call, calls, calls_at, confirmed_at, in_octave, in_python

INSTALLED = {"torch": find_spec("torch"), "jax": find_spec("jax"), "matlab": shutil.which("octave-cli")}
WAYS = ({}, {"order": 2}, {"form": "differential"}, {"form": "vec"}, {"layout": "numerator"})
MORE = [  # what the everyday tasks have not
    Task("family of vectors", r"\sum_{i=1}^n (y_i - w^Tx_i)^2", "w", "w: vector p; x_i: vector p for i=1..n; y_i: scalar for i=1..n"),
    Task("family of matrices", r"\sum_{i=1}^n \|A_iX - B\|_F^2", "X", "A_i: matrix m x p for i=1..n; X: matrix p x q; B: matrix m x q"),
    Task("member of a family", r"\sum_{i=1}^n \sum_{j=1}^n \|x_i - x_j\|^2", "x_k", "x_i: vector p for i=1..n"),
    Task("entry of a matrix", r"\operatorname{tr}(AXB)", "X_{ij}", "A: matrix p x m; X: matrix m x n; B: matrix n x p"),
    Task("open function of entries", r"c^Tg(Wx)", "W", "g: function elementwise; c: vector m; W: matrix m x n; x: vector n"),
    Task("open function of a number", r"g(x^TAx)", "x", "g: function; A: matrix n x n"),
    Task("broadcast bias", r"\|XW + \mathbf{1}b^T - Y\|_F^2", "b", "X: matrix n x p; W: matrix p x q; b: vector q; Y: matrix n x q"),
    Task("scalar", r"\|A - tB\|_F^2 + \log\det(S + tI)", "t", "t: scalar; A, B: matrix m x n; S: matrix n x n posdef"),
    Task("scalar function", r"\frac{\sin(t)}{1 + e^{-t}}", "t", "t: scalar"),
    Task("class", r"\sum_{i=1}^n\sum_{k=1}^K 1\{y_i=k\}\|x_i-\mu_k\|^2", r"\mu_k", r"x_i: vector p for i=1..n; \mu_k: vector p for k=1..K"),
    Task("distances", r"\sum_{i=1}^n \|x_i-a\|", "a", "x_i: vector p for i=1..n; a: vector p"),
    Task("vector and rows", r"\sum_{i=1}^n y_i\|x_i-a\|^2", "a", "x_i: vector p for i=1..n; y_i: scalar for i=1..n; a: vector p"),
    Task("row", r"rAr^T", "r", "r: row n; A: matrix n x n"),
    Task("complex quadratic", r"z^HAz", "z", "z: vector n complex; A: matrix n x n complex"),
    Task("complex residual", r"\|AZ - B\|_F^2", "Z", "A: matrix m x n complex; Z: matrix n x p complex; B: matrix m x p complex"),
    Task("largest eigenvalue", r"\lambda_{\max}(S)", "S", "S: matrix n x n symmetric"),
    Task("spectral norm", r"\|X\|_2", "X", "X: matrix m x n"),
    Task("pseudo-inverse", r"b^TX^+b", "X", "X: matrix n x n; b: vector n"),
    Task("root", r"\operatorname{tr}(S^{1/2}A)", "S", "S: matrix n x n posdef; A: matrix n x n"),
    Task("exponential of a matrix", r"\operatorname{tr}(\exp(X)A)", "X", "X: matrix n x n; A: matrix n x n"),
    Task("softmax layer", r"-y^T\log(\operatorname{softmax}(Wx + b))", "W", "y: vector m; W: matrix m x n; x: vector n; b: vector m"),
    Task("blocks", r"\left\|\begin{bmatrix} A & B \\ C & D \end{bmatrix}z\right\|^2", "A", "A: matrix n x n; B: matrix n x m; C: matrix m x n"),
    Task("fixed vector", r"z = \tanh(Wz + b); \ell = c^Tz", "b", "W: matrix n x n; z, b, c: vector n", of=r"\ell"),
    Task("fixed number", r"s = \cos(as); q = s^2", "a", "a, s: scalar", of="q"),
    Task("pairs", r"\sum_{i=1}^n\sum_{j\ne i} \log\|x_i - x_j\|", "x_k", "x_i: vector p for i=1..n"),
    Task("steps", r"\sum_{i=2}^n i(x_i - x_{i-1})^2", "x", "x: vector n"),
    Task("block vector", r"\|\begin{bmatrix} Ax \\ Bx \end{bmatrix} - c\|^2", "x", "A: matrix m x n; B: matrix k x n"),
]  # fmt: skip
SOLVED = [
    (r"\|Ax - b\|^2 + \lambda\|x\|^2", "x", ["A: matrix m x n", "\\lambda: scalar positive"], []),
    (r"\frac12 x^TSx - b^Tx", "x", ["S: matrix n x n posdef"], ["Cx = d"]),
    (r"\sum_{i=1}^n p_i\log p_i - c^Tp", "p", ["p: vector n positive"], [r"\mathbf{1}^Tp = 1"]),
    (r"n\log\det S + \operatorname{tr}(S^{-1}C)", "S", ["S, C: matrix n x n posdef"], []),
    (r"\operatorname{tr}(R^TGF^T)", "R", ["R: matrix 3 x 3 rotation", "F, G: matrix 3 x m"], []),
    (r"\|AX-C\|_F^2+\|XB-D\|_F^2", "X", ["A: matrix m x n", "X: matrix n x p", "B: matrix p x q", "C: matrix m x p", "D: matrix n x q"], []),
    (r"\|AXB - C\|_F^2", "X", ["A: matrix m x n", "X: matrix n x p", "B: matrix p x q", "C: matrix m x q"], []),
]


def derived(task: Task, **way: object) -> list[Derivation]:
    """What is derived, nothing where that is refused."""
    try:
        answer = derivtex.derive(task.source, wrt=task.wrt, of=task.of, declare=task.declarations, check=False, **{"order": task.order, **way})
    except DerivtexError:
        return []
    return [answer.derivation]


def solved(source: str, wrt: str, declare: list[str], constraints: list[str]) -> Derivation:
    """The derivation whose result is the solution."""
    solution: Solution = derivtex.solve(source, wrt=wrt, declare=declare, subject_to=constraints).solution
    (name,) = solution.primaries
    return computing(solution.derivations[0], solution.values[name])


@cache
def confirmed() -> list[tuple[Derivation, list[tuple[Point, Any]], bool]]:
    """All that is run in another language, at which points, with the values there, and whether by solving equations."""
    if os.environ.get("DERIVTEX_TARGETS") == "all":
        asked = [(task, way) for task in [*TASKS, *MORE] for way in WAYS]
    else:
        asked = [(task, WAYS[at % len(WAYS)]) for at, task in enumerate(TASKS[::3])] + [(task, WAYS[0]) for task in MORE]
    found = [(each, False) for task, way in asked for each in derived(task, **way)] + [(solved(*row), True) for row in SOLVED]
    return [(each, confirmed_at(each, 1), by_solving) for each, by_solving in found]


def every() -> list[Call]:
    """The calls of all that is run in another language."""
    return [call for each in confirmed() for call in calls_at(*each)]


def sources() -> list[str]:
    """What is written in each language, or why it is not."""
    return [written(call, language) for call in every() for language in TARGETS]


def written(call: Call, language: str) -> str:
    try:
        return call.source(language)
    except NotDerivable as error:
        return error.message


def every_program_computes_what_was_confirmed() -> None:
    """In NumPy."""
    for call in every():
        assert call.is_open or is_same(np.squeeze(in_python("numpy", call)), np.squeeze(call.wanted))


def is_same(got: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether two arrays have the same shape and entries, but for the rounding of sums of terms about 1."""
    return got.shape == wanted.shape and np.allclose(got, wanted, rtol=1e-6, atol=1e-8 * max(1, np.max(np.abs(wanted))))


@pytest.mark.parametrize("task", [*TASKS[::8], *MORE], ids=lambda task: task.name)
def test_numpy_computes_what_was_confirmed(task):
    way = {} if task in MORE else {"form": "differential"}
    for call in [call for each in derived(task, **way) for call in calls(each)]:
        got = in_python("numpy", call)
        assert call.is_open or is_same(np.squeeze(got), np.squeeze(call.wanted))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("language", INSTALLED)
def test_every_language_answers_as_numpy(language):
    """In value and shape; what a language has no word for is refused, never guessed."""
    if INSTALLED[language] is None:
        pytest.skip(f"{language} is not installed")
    if language == "jax":
        import jax

        jax.config.update("jax_enable_x64", True)
    written = []
    for call in every():
        try:
            call.source(language)
        except NotDerivable:
            continue
        written.append(call)
    answers = in_octave(written) if language == "matlab" else [in_python(language, call) for call in written]
    assert len(answers) == len(written) > 40
    for call, got in zip(written, answers, strict=True):
        wanted = in_python("numpy", call)
        if language == "matlab" and wanted.ndim < 2:
            wanted = np.reshape(wanted, (-1, 1))
        assert not isinstance(got, str) and is_same(got, wanted), f"{got}\n{call.source(language)}"
