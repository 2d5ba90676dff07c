"""What a server keeps: the memory of one process over ten thousand different formulas: python -m benchmarks.memory [COUNT]."""

from __future__ import annotations

import gc
import resource
import sys
from pathlib import Path

import derivtex
from derivtex.core.interning import made, sweep

KINDS = (
    (r"x^TA_{%d}x + c_{%d}^Tx", "x"), (r"\operatorname{tr}(B_{%d}XC_{%d})", "X"), (r"\|W_{%d}x - y_{%d}\|^2", "x"),
    (r"(a_{%d}^Tx)^3 + b_{%d}^Tx", "x"),
    (r"\operatorname{tr}(X^TB_{%d}X + C_{%d}X)", "X"),
)  # fmt: skip


def resident() -> float:
    """The memory of this process in megabytes, now or, where the system does not tell, at its most."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> None:
    for number in range(count + 1):
        if number % max(1, count // 10) == 0:
            gc.collect()
            sweep()
            print(f"{number:6} formulas: {len(made):6} terms, {resident():6.0f} MB")
        source, wrt = KINDS[number % len(KINDS)]
        derivtex.derive(source % (number, number), wrt=wrt, check=number % 50 == 0).to_latex()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
