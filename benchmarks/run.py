"""How fast derivtex is, beside SymPy in the same run: python benchmarks/run.py

Every figure is the best of several tries, and a ratio: of the two times, or of how a time grows when the input grows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SAMPLE = ROOT / "samples" / "linear-layer" / "question.md"
EVERYDAY = [
    ("quadratic form", r"x^T A x", "x", lambda s: (s.x.T * s.A * s.x, s.x)),
    ("trace of a product", r"\operatorname{tr}(A X B)", "X", lambda s: (s.sympy.Trace(s.A * s.X * s.B), s.X)),
    ("quadratic trace", r"\operatorname{tr}(X^T A X)", "X", lambda s: (s.sympy.Trace(s.X.T * s.A * s.X), s.X)),
    ("determinant", r"\det X", "X", lambda s: (s.sympy.Determinant(s.X), s.X)),
    ("trace of an inverse", r"\operatorname{tr}(A X^{-1} B)", "X", lambda s: (s.sympy.Trace(s.A * s.X.I * s.B), s.X)),
    ("least squares", r"(A x - b)^T (A x - b)", "x", lambda s: ((s.A * s.x - s.b).T * (s.A * s.x - s.b), s.x)),
]


def best(work: Callable[[], object], tries: int) -> float:
    """The shortest time of several tries, in seconds."""
    times = []
    for _ in range(tries):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def run(cache: str, *command: str) -> None:
    """A fresh interpreter that keeps its compiled modules, as an installed package does."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=True, capture_output=True, env={**kept, "PYTHONPYCACHEPREFIX": cache}
    )


def cold_start() -> None:
    """The whole command on the sample, checks included, against the import of SymPy."""
    command = ("-c", "from derivtex.commands import main; main()", "derive", str(SAMPLE.relative_to(ROOT)))
    with tempfile.TemporaryDirectory() as cache:
        sympy = best(lambda: run(cache, "-c", "import sympy"), 5)
        checked, unchecked = best(lambda: run(cache, *command), 5), best(lambda: run(cache, *command, "--no-check"), 5)
    print(
        f"cold start: import sympy {sympy * 1000:.0f} ms; sample {checked / sympy:.2f} of it, unchecked {unchecked / sympy:.2f}"
    )


def warm_server() -> None:
    """A request to a running server, checks and template included, against a cold call of the command: ten times is promised."""
    command = ("-c", "from derivtex.commands import main; main()")
    request = json.dumps({"source": SAMPLE.read_text("utf-8")}).encode() + b"\n"
    with tempfile.TemporaryDirectory() as cache:
        cold = best(lambda: run(cache, *command, "derive", str(SAMPLE.relative_to(ROOT))), 5)
    with subprocess.Popen([sys.executable, *command, "server"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        warm = best(lambda: asked(server, request), 10)
        server.stdin.close()
    print(f"server: cold call {cold * 1000:.0f} ms; warm request {warm * 1000:.1f} ms, {cold / warm:.1f} times faster")


def asked(server: subprocess.Popen[bytes], request: bytes) -> None:
    """One request with its answer."""
    server.stdin.write(request)
    server.stdin.flush()
    if not json.loads(server.stdout.readline())["ok"]:
        raise SystemExit("the server could not derive the sample")


class Symbols:
    """SymPy's square matrices and vectors for the everyday cases."""

    def __init__(self) -> None:
        import sympy

        self.sympy = sympy
        n = sympy.Symbol("n", integer=True, positive=True)
        self.A, self.B, self.X = (sympy.MatrixSymbol(name, n, n) for name in "ABX")
        self.x, self.b = (sympy.MatrixSymbol(name, n, 1) for name in "xb")


def everyday() -> None:
    """One derivation in process without checks, from the terms as SymPy's diff is from its expression, and with reading."""
    symbols = Symbols()
    for name, source, variable, build in EVERYDAY:
        expression, by = build(symbols)
        theirs = best(lambda e=expression, b=by: clear_and_differentiate(symbols.sympy, e, b), 5)
        ours = best(lambda s=source, v=variable: forget_and_derive(s, v), 5)
        bare = best(problem_deriver(source, variable), 5)
        print(f"{name:20} SymPy {theirs * 1000:7.2f} ms   derivtex {bare * 1000:6.2f} ms   ratio {theirs / bare:5.1f}   "
              f"with reading {ours * 1000:6.2f} ms   ratio {theirs / ours:5.1f}")  # fmt: skip


def clear_and_differentiate(sympy: object, expression: object, by: object) -> object:
    """SymPy's derivative, without what it remembers of the try before."""
    sympy.core.cache.clear_cache()
    return expression.diff(by)


def forget_and_derive(source: str, variable: str) -> object:
    """The derivation, without what is remembered of equal terms."""
    import derivtex
    from derivtex.simplification.rulebook import keys

    keys._memo.clear()
    return derivtex.derive(source, wrt=variable, declare=["A: matrix n x n", "X: matrix n x n"], check=False)


def problem_deriver(source: str, variable: str) -> Callable[[], object]:
    """A function that derives what was read before."""
    from derivtex.derivation.driver import derive
    from derivtex.reading import read
    from derivtex.simplification.rulebook import keys

    problem = read(source, wrt=variable, declare=["A: matrix n x n", "X: matrix n x n"])

    def work() -> object:
        keys._memo.clear()
        return derive(problem)

    return work


def power(k: int) -> tuple[str, str]:
    return r"\operatorname{tr}(" + "A X " * k + ")", "X"


def layers(depth: int) -> tuple[str, str]:
    lines = [r"h_{1} = \tanh(W_{1} x)"]
    lines += [rf"h_{{{k}}} = \tanh(W_{{{k}}} h_{{{k - 1}}})" for k in range(2, depth + 1)]
    return "; ".join([*lines, rf"\ell = a^T h_{{{depth}}}"]), "x"


def addends(count: int) -> tuple[str, str]:
    return " + ".join(rf"b_{{{k}}}^T X c_{{{k}}}" for k in range(count)), "X"


GROWTH = [
    ("tr((AX)^k)", power, (3, 6, 12)),
    ("chain of d layers", layers, (6, 12, 25, 50)),
    ("sum of N terms", addends, (16, 32, 64, 128)),
]


def growth() -> None:
    """How the time grows with the input; 1 would be linear: the ratio of the times divided by that of the sizes."""
    import derivtex

    for name, make, sizes in GROWTH:
        times = []
        for size in sizes:
            source, variable = make(size)
            target = r"\ell" if make is layers else None
            times.append(best(lambda s=source, v=variable, t=target: derivtex.derive(s, of=t, wrt=v, check=False), 3))
        shown = "   ".join(f"{size}: {1000 * spent:.1f} ms" for size, spent in zip(sizes, times, strict=True))
        steepness = times[-1] / times[0] / (sizes[-1] / sizes[0])
        print(f"{name:20} {shown}   growth over linear {steepness:.2f}")


if __name__ == "__main__":
    cold_start()
    warm_server()
    everyday()
    growth()
