r"""Declarations of names with an index, `x_i \in \mathbb{R}^p`: where a sum runs over the index they declare one for each of its values."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.declarations import Declaration, base_of, sized
from derivtex.reading.syntax.scripts import index_of, letters_among, marks_in, scripts_of, signs_in
from derivtex.reading.syntax.tree import key


def declarations(reading: Reading, scope: Scope) -> list[Declaration]:
    """The declarations of a reading, those of names with a running index as families; one of an entry of a declared name says nothing."""
    running = set(running_letters(reading))
    declared = {key(each.name) for each in reading.declarations}
    found = []
    for each in reading.declarations:
        letters = index_letters(each, running) or member_letters(each, reading, running)
        is_named = each.kind == "function" and key(base_of(each.name)) in reading.bodies and base_of(each.name) != each.name
        if is_named or (letters and key(base_of(each.name)) in declared):
            continue
        found.append(family(each, letters, scope) if letters else each)
    return found


def index_letters(each: Declaration, running: set[str]) -> list[str]:
    """The letters below a declared name, where all of them run."""
    base = base_of(each.name)
    if each.family is not None or each.kind == "function" or not index_of(each.name, base):
        return []
    letters = [latex(part) for part in marks_in(index_of(each.name, base))]
    return letters if letters and all(letter in running for letter in letters) else []


def member_letters(each: Declaration, reading: Reading, running: set[str]) -> list[str]:
    r"""The index of a declared vector that stands nowhere without one and is transposed with it: `x \in \mathbb{R}^d` beside `x_i^Tw` tells what
    each x_i is."""
    if each.kind != "vector" or each.family is not None or base_of(each.name) != each.name:
        return []
    sides = [side for said in reading.order if r"\in" not in said.relations for side in said.sides]
    found = [scripts for side in sides for scripts in scripts_of(each.name, side)]
    letters = {latex(below) for below, _ in found}
    turned = any(key(above) in TRANSPOSES for _, above in found)
    return list(letters) if turned and len(letters) == 1 and letters <= running else []


def family(each: Declaration, letters: list[str], scope: Scope) -> Declaration:
    """One for each value of the index; of a number with two indices the matrix that has them as entries."""
    base = base_of(each.name)
    if len(letters) == 1:
        return each._replace(family=(letters[0], scope.open_size(large=False), scope.open_size(large=False)))
    if len(letters) == 2 and each.kind == "scalar":
        size = sized("matrix", [])
        return Declaration(base, each.latex[: each.latex.rfind("_")], "matrix", size, each.properties, None, each.span)
    return each


def running_letters(reading: Reading) -> Iterator[str]:
    """The indices of sums, products and definitions with indices."""
    for body in reading.bodies.values():
        yield from letters_among(body.left.below)
    for statement in reading.order:
        for _, below, _ in signs_in(statement.tokens, r"\sum", r"\prod"):
            yield from letters_among(below)
