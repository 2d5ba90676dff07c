"""Families that grow: what is derived, and how its time and that of its page grow with the input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from measure import Row, exponent, least, once

import derivtex
from derivtex.core.errors import Source

STEEPEST = 1.2


class Family(NamedTuple):
    """make: the source for a size; goals: milliseconds at single sizes."""

    name: str
    make: Callable[[int], str]
    wrt: str
    sizes: tuple[int, ...]
    of: str | None = None
    goals: dict[int, float] = {}


def layers(depth: int) -> str:
    lines = [r"h_{1} = \tanh(W_{1} x)"]
    lines += [rf"h_{{{k}}} = \tanh(W_{{{k}}} h_{{{k - 1}}})" for k in range(2, depth + 1)]
    return "; ".join([*lines, rf"\ell = a^T h_{{{depth}}}"])


def chain(count: int) -> str:
    lines = [rf"f_{{{k}}} = A f_{{{k - 1}}}" for k in range(1, count)]
    return "; ".join(["f_{0} = A x", *lines, rf"g = b^T f_{{{count - 1}}}"])


def parallel(count: int, used: bool = True) -> str:
    lines = [rf"f_{{{k}}} = A_{{{k}}} x" for k in range(count)]
    return "; ".join([*lines, "g = " + (" + ".join(rf"b_{{{k}}}^T f_{{{k}}}" for k in range(count)) if used else "b^T x")])


def paper(count: int) -> str:
    """Sections of which each has a line about a definition of its own and one of the first section."""
    lines = ["# Notes\n\nLet $x \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{n\\times n}$. We write $h = x^T A x$.\n"]
    lines += [
        f"## Part {k}\n\nHere is $f_{{{k}}} = b_{{{k}}}^T x + h$, of which it is\n\n$$ df_{{{k}}} = b_{{{k}}}^T dx + x^T (A + A^T) dx. $$\n"
        for k in range(count)
    ]
    return "\n".join(lines)


PAPERS = (32, 64, 128)
FAMILIES = [
    Family("tr((AX)^k)", lambda k: r"\operatorname{tr}(" + "A X " * k + ")", "X", (6, 12, 24), goals={12: 6}),
    Family("network by x", layers, "x", (7, 25, 50), r"\ell", {7: 8, 50: 60}),
    Family("network by the first matrix", layers, "W_{1}", (7, 25, 50), r"\ell"),
    Family("sum of terms", lambda n: " + ".join(rf"b_{{{k}}}^T X c_{{{k}}}" for k in range(n)), "X", (32, 64, 128), goals={128: 40}),
    Family("trace of a sum", lambda n: r"\operatorname{tr}(" + " + ".join(rf"A_{{{k}}} X B_{{{k}}}" for k in range(n)) + ")", "X", (32, 64, 128)),
    Family("nested functions", lambda n: "a^T " + r"\tanh(" * n + "W x" + ")" * n, "x", (6, 12, 24)),
    Family("nested inverses", lambda n: r"\operatorname{tr}(" + "(A + " * n + "X" + ")^{-1}" * n + ")", "X", (4, 8, 16)),
    Family("definitions in a chain", chain, "x", (25, 50, 100), "g"),
    Family("definitions side by side", parallel, "x", (25, 50, 100), "g"),
    Family("definitions that are not used", lambda n: parallel(n, used=False), "x", (25, 50, 100), "g"),
]


def rows() -> Iterator[Row]:
    """Times at the largest size, exponents of the derivation and of its page."""
    for family in FAMILIES:
        times, pages = [], []
        for size in family.sizes:
            source = family.make(size)
            answers = []
            work = lambda: answers.append(derivtex.derive(source, of=family.of, wrt=family.wrt, check=False))  # noqa: B023, E731
            times.append(least(work, 3))
            pages.append(once(answers[-1].to_latex))
        for size, goal in family.goals.items():
            yield Row("growth", f"{family.name}, {size}", times[family.sizes.index(size)], "ms", goal)
        yield Row("growth", f"{family.name}: time", exponent(family.sizes, times), "exponent", STEEPEST, remark=told(family.sizes, times))
        yield Row("growth", f"{family.name}: page", exponent(family.sizes, pages), "exponent", STEEPEST, remark=told(family.sizes, pages))
    yield from documents()


def documents() -> Iterator[Row]:
    """How the time to check a document grows with its length."""
    times = [least(partial(derivtex.check, Source(paper(size), "notes.md"), limit=0), 3) for size in PAPERS]
    yield Row("growth", "sections of a checked document: time", exponent(PAPERS, times), "exponent", STEEPEST, remark=told(PAPERS, times))


def told(sizes: tuple[int, ...], times: list[float]) -> str:
    return ", ".join(f"{size}: {spent:.0f}" for size, spent in zip(sizes, times, strict=True)) + " ms"
