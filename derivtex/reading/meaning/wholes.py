r"""Vectors of which only entries are written: `s_i = \frac{e^{z_i}}{\sum_k e^{z_k}}`, of which `\frac{\partial s_i}{\partial z_j}` is asked.

The derivatives of all entries by all entries together are the Jacobian, which is what is answered.
"""

from __future__ import annotations

from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.declarations import Declaration, sized
from derivtex.reading.syntax.lefts import counts_entries, left_side
from derivtex.reading.syntax.letters import conventional_kind, letters_in
from derivtex.reading.syntax.scripts import marks_in
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.variables import occurring_base

TRANSPOSED = (r"\top", r"\intercal", r"\dagger")


def take_wholes(reading: Reading, of: Parts, by: tuple[Parts, ...]) -> tuple[Parts, tuple[Parts, ...]]:
    """What is differentiated and by what, the vectors whole where entries of one that is defined by its entries are asked by entries."""
    left = left_side(of)
    body = reading.bodies.get(key(left.name)) if left is not None else None
    if left is None or body is None or len(by) != 1 or len(marks_in(body.left.below)) != 1 or not counts_entries(body.left, body.side):
        return of, by
    whole, index = base_and_index(by[0])
    declared = {key(each.name) for each in reading.declarations}
    known = key(left.name) in declared or key(whole) in declared
    if known or conventional_kind(key(whole)) == "matrix" or not is_of_numbers(body.side) or (index and index == key(left.below)):
        return of, by
    for name in (left.name, whole):
        reading.declarations.append(Declaration(name, latex(name), "vector", sized("vector", []), (), None, body.said.span))
    reading.notes.append(f"{latex(left.name)} and {latex(whole)} are vectors, of which only entries are written: all derivatives are the Jacobian")
    return left.name, (whole,)


def base_and_index(name: Parts) -> tuple[Parts, tuple[str, ...]]:
    """The z of `z_j`, and its index."""
    left = left_side(name)
    return (left.name, key(left.below)) if left is not None else (occurring_base(name), ())


def is_of_numbers(side: Parts) -> bool:
    """Whether a formula is of numbers alone: no letter in it is that of a matrix, or bold, and nothing is transposed."""
    names = [key(each) for each in letters_in(side)]
    return not any(conventional_kind(name) == "matrix" or len(name) > 1 or name[0] in TRANSPOSED for name in names)
