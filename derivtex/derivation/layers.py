r"""Layers: functions within one another, as `\tanh(\tanh(\tanh(Wx)))`, each of which gets a name where there are more than a reader sees through.

With names every layer is differentiated once, and the lines are as long as there are layers; without them, as long as their square.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.candidates import Part
from derivtex.operations import EntryPower, Inverse, Number, Softmax, Symbol
from derivtex.simplification.names import kind_of

DEEP = 6  # layers
SCORES, WEIGHTS = ("S", "Z", "E"), ("P", "A", "W")
LETTERS = {"scalar": "suvz", "vector": "huvz", "matrix": "HMCQ"}


def layers(bodies: Iterable[Term], variables: Iterable[Term]) -> tuple[Part, ...]:
    """The layers of formulas, from the inside out, where there are many; none where the letters would not do."""
    deep: dict[Term, int | None] = dict.fromkeys(variables, 0)  # none: nothing in it moves
    for body in bodies:
        depth(body, deep)
    found: dict[tuple[int, str], list[Term]] = {}
    for term, at in deep.items():
        if at and is_layer(term):
            found.setdefault((at, kind_of(term)), []).append(term)
    if len({at for at, _ in found}) < DEEP or any(len(parts) > len(LETTERS[kind]) for (_, kind), parts in found.items()):
        return ()
    return tuple(Part(part, named(kind, at)) for (at, kind), parts in sorted(found.items(), key=lambda each: each[0]) for part in parts)


def scores(bodies: Iterable[Term], variables: Iterable[Term]) -> tuple[Part, ...]:
    """The scores of which the softmax is taken row by row, and the softmax: their changes stand twice in its differential."""
    deep: dict[Term, int | None] = dict.fromkeys(variables, 0)
    found: list[Part] = []
    for body in bodies:
        for part in body.parts(Softmax):
            if ONE in part.shape or type(part.of) is Symbol or depth(part.of, deep) is None:
                continue
            found.append(Part(part.of, SCORES))
            found += [Part(part, WEIGHTS)] if part is not body else []
    return tuple(dict.fromkeys(found))


def named(kind: str, at: int) -> tuple[str, ...]:
    return tuple(f"{letter}_{{{at}}}" if at > 9 else f"{letter}_{at}" for letter in LETTERS[kind])


def depth(term: Term, deep: dict[Term, int | None]) -> int | None:
    """How many layers are in a term with the variable innermost, itself counted; None where it has no variable."""
    if term not in deep:
        inside = [at for child in term.children if (at := depth(child, deep)) is not None]
        deep[term] = max(inside) + is_layer(term) if inside else None
    return deep[term]


def is_layer(term: Term) -> bool:
    """Whether it is a function of a formula, or of the variable."""
    if type(term) is EntryPower:
        return type(term.base) is not Symbol and type(term.exponent) is Number
    return term.commutes_with_transpose or type(term) is Inverse
