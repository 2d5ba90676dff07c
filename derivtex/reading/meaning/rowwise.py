r"""Vectors that are rows: of `x \in \mathbb{R}^d`, `W \in \mathbb{R}^{d\times h}`, `b \in \mathbb{R}^h`, `z = xW + b`, as programs have them.

A space tells how many entries a vector has, and not how they lie. It is a column, unless nothing conforms then and all does with rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from derivtex.reading.meaning.stated import Reading
from derivtex.reading.syntax.declarations import sized

Made = TypeVar("Made")


def take_rows(reading: Reading) -> bool:
    """Make rows of the vectors that are said to lie in a space, which is said; whether there are any."""
    spaces = [said.span for said in reading.order if said.relations == (r"\in",)]
    found = [
        each for each in reading.declarations
        if each.kind == "vector" and each.span is not None and any(span.start <= each.span.start < span.end for span in spaces)
    ]  # fmt: skip
    turned = {id(each) for each in found}
    reading.declarations = [
        each._replace(kind="row", size=sized("row", [each.size[0]])) if id(each) in turned else each for each in reading.declarations
    ]
    names = ", ".join(dict.fromkeys(each.latex for each in found))
    reading.notes.extend([f"{names} {'are rows' if ', ' in names else 'is a row'}: with columns the formulas do not conform"] if found else [])
    return bool(found)


def with_rows(reading: Reading, attempt: Callable[[Reading], Made], faults_of: Callable[[Made], list[str]]) -> Made:
    """An attempt; where its definitions do not conform, and more do if the vectors of spaces are rows, that with rows."""
    made = attempt(reading)
    declarations, notes = reading.declarations, list(reading.notes)
    if "dimensions" not in faults_of(made) or not take_rows(reading):
        return made
    again = attempt(reading)
    if len(faults_of(again)) < len(faults_of(made)):
        return again
    reading.declarations, reading.notes[:] = declarations, notes
    return attempt(reading)
