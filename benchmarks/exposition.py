#!/usr/bin/env python3
"""Counts what readers stumble over, in derivations of the samples and of formulas below: python benchmarks/exposition.py [--show].

A row each: parts that stand three times in the lines and have no name, remarks behind the display, rows wider than the page, lines without
a reason, and the marks of the named result over those of the result written out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median
from typing import NamedTuple

import derivtex
from derivtex.core.errors import DerivtexError, Source
from derivtex.derivation.candidates import OFTEN, spared, worth_naming
from derivtex.derivation.naming import all_lines
from derivtex.rewriting.keys import monomial
from derivtex.simplification.cost import marks
from derivtex.writing.content import content
from derivtex.writing.manner import Manner
from derivtex.writing.widths import prose_width, width

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LEAST = 5  # marks: what is shorter may be repeated
BESIDE = 10.0  # points between a line and its reason
FORMULAS = (
    (r"\|Y - XBX^T\|_F^2", "X"), (r"\log\det(I + XX^T)", "X"), (r"\operatorname{tr}((X^TX)^{-1})", "X"), (r"\|x\|", "x"), (r"a^Txx^Tb", "x"),
    (r"\frac{a^Tx}{\|x\|}", "x"), (r"\exp(-\frac12 x^TAx)", "x"), (r"\sum_{i=1}^n (y_i - w^Tx_i)^2", "w"), (r"\|A\circ X\|_F^2", "X"),
    (r"\operatorname{tr}(X^TAXB)", "X"), (r"\log(1 + \|Ax - b\|^2)", "x"), (r"1^T\log(1 + \exp(Ax))", "x"), (r"\operatorname{tr}(e^XA)", "X"),
    (r"\det(X^TX)", "X"), (r"(x^TAx)^2", "x"), (r"\|Ax - b\|^4", "x"), (r"x^T(A + xx^T)^{-1}x", "x"), (r"\operatorname{tr}(AX^{-1}BX^{-1})", "X"),
)  # fmt: skip


class Counts(NamedTuple):
    """What was counted in one derivation."""

    unnamed: int
    remarks: int
    wide: int
    bare: int
    ratio: float


def counted(answer: derivtex.interface.Answer) -> Counts:
    derivation, manner = answer.derivation, Manner()
    page = content(derivation, "normal", manner=manner)
    taken = {monomial(known.body)[1] for known in (*derivation.let, *derivation.where)}
    parts = [part.term for part in worth_naming(all_lines(derivation), derivation.result, taken, frozenset()) if spared(part.term) >= LEAST]
    left = max((width(line.left) for line in page.chain), default=0.0)
    middle = max((width(row) for line in page.chain for row in line.rows), default=0.0)
    wide = sum(left + manner.relation + needed(line, middle) > manner.width + 1 for line in page.chain)
    named = sum(len(chain.leads_to) for chain in derivation.chains)  # what is read off on the way needs no reason
    bare = max(0, sum(not line.reason for line in page.lines) - named)
    return Counts(len(parts), len(page.remarks), wide, bare, marks(derivation.result) / max(1, marks(derivation.answer)))


def needed(line: derivtex.writing.content.Equation, middle: float) -> float:
    """The room that the right side takes, with the reasons where they stand in a column."""
    if line.pieces:
        return middle + BESIDE + max(map(prose_width, line.pieces))
    return max(map(width, line.rows), default=0.0)


def cases() -> list[tuple[str, Source | str, str | None]]:
    paths = sorted(path for path in SAMPLES.glob("*/*") if path.name in ("question.md", "answer.md", "formula.tex"))
    return [*((path.parent.name, Source(path.read_text("utf-8"), path.name), None) for path in paths), *((text, text, by) for text, by in FORMULAS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="a row for each derivation")
    found: dict[str, Counts] = {}
    show = parser.parse_args().show
    for name, source, by in cases():
        try:
            found[name] = counted(derivtex.derive(source, wrt=by, check=False))
        except DerivtexError as error:
            print(f"{name:40} refused: {error}")
            continue
        if show:
            print(f"{name:40} {found[name]}")
    every = list(found.values())
    totals = {
        f"parts that stand {OFTEN} times and have no name": sum(each.unnamed for each in every),
        "remarks behind the display": sum(each.remarks for each in every),
        "rows wider than the page": sum(each.wide for each in every),
        "lines without a reason": sum(each.bare for each in every),
    }
    print(f"{len(every)} derivations: " + ", ".join(f"{number} {words}" for words, number in totals.items()))
    print(f"marks of the result over those of the result written out: median {median(each.ratio for each in every):.2f}")


if __name__ == "__main__":
    main()
