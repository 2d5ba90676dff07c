r"""Vectors that are rows: of `x \in \mathbb{R}^d`, `W \in \mathbb{R}^{d\times h}`, `b \in \mathbb{R}^h`, `z = xW + b`, as programs have them.

A space tells how many entries a vector has, and not how they lie. It is a column, unless nothing conforms then and all does with rows.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from derivtex.core.errors import DerivtexError
from derivtex.problem import Fault
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.syntax.declarations import sized
from derivtex.reading.syntax.occurring import in_a_row
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, key

Made = TypeVar("Made")


def take_rows(reading: Reading, among: list[Key] | None = None) -> bool:
    """Make rows of the vectors that are said to lie in a space, or by words that speak of no columns to be vectors, which is said; whether there
    are any, one of them among some marks."""
    spaces = [said.span for said in reading.order if said.relations == (r"\in",)]
    spoken = reading.spoken if "column" not in reading.source.text.lower() else set()
    found = [
        each for each in reading.declarations
        if each.kind == "vector" and each.span is not None
        and (key(each.name) in spoken or any(span.start <= each.span.start < span.end for span in spaces))
    ]  # fmt: skip
    if not found or (among is not None and not any(in_a_row(marks, key(each.name)) for each in found for marks in among)):
        return False
    turned = {id(each) for each in found}
    reading.declarations = [
        each._replace(kind="row", size=sized("row", [each.size[0]])) if id(each) in turned else each for each in reading.declarations
    ]
    names = ", ".join(dict.fromkeys(each.latex for each in found))
    reading.notes.append(f"{names} {'are rows' if ', ' in names else 'is a row'}: with columns the formulas do not conform")
    return True


def with_rows(reading: Reading, attempt: Callable[[Reading], Made], faults_of: Callable[[Made], list[tuple[Statement, Fault]]]) -> Made:
    """An attempt; where its definitions do not conform, and more do if the vectors of spaces are rows, that with rows."""
    made = attempt(reading)
    misfits = [said for said, fault in faults_of(made) if fault.code == "dimensions"]
    declarations, notes = reading.declarations, list(reading.notes)
    bodies = [(body, body.form, body.latex, body.parsed) for body in reading.bodies.values()]
    if not misfits or not take_rows(reading, used_by(reading, misfits)):
        return made
    with suppress(DerivtexError):
        again = attempt(reading)
        if len(faults_of(again)) < len(faults_of(made)):
            return again
    reading.declarations, reading.notes[:] = declarations, notes
    for body, form, latex, parsed in bodies:
        body.form, body.latex, body.parsed = form, latex, parsed
    return made


def used_by(reading: Reading, found: list[Statement]) -> list[Key]:
    """The marks of some statements and of the definitions that they use, directly or by way of others."""
    bodies = dict(reading.bodies)
    waiting, marks = list(found), list[Key]()
    while waiting:
        marks.append(key(waiting.pop().tokens))
        used = [name for name in bodies if in_a_row(marks[-1], name)]
        waiting += [bodies.pop(name).said for name in used]
    return marks
