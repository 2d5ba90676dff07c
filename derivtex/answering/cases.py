"""A case that is asked for behind the question itself, “and if $X$ is symmetric?”: the same derivative once more, under what is said there."""

from __future__ import annotations

from typing import Any, NamedTuple

from derivtex.answering.finding import attempt
from derivtex.core.errors import Source
from derivtex.core.notation import squeezed
from derivtex.interface import unjudged
from derivtex.operations import Symbol
from derivtex.reading import asked_case
from derivtex.simplification.names import kind_of
from derivtex.steps import Derivation


class Case(NamedTuple):
    """The symbols with their further properties, what is derived then, if it can be, and by the independent entries of the variable where it is
    one of them."""

    names: tuple[Symbol, ...]
    properties: tuple[str, ...]
    derivation: Derivation | None
    constrained: Derivation | None


def case_of(source: Source, shown: Derivation | None) -> Case | None:
    """The case that a source asks for besides, if it is of matrices of what was derived."""
    asked = asked_case(source) if shown is not None and shown.derivative is not None else None
    if asked is None or shown is None:
        return None
    symbols = {squeezed(name): each for name, each in shown.problem.symbols.items()}
    known = [symbols.get(squeezed(name)) for name in asked[0]]
    names = tuple(each for each in known if each is not None and each.kind == "matrix" and not {*asked[1]} <= {*each.properties})
    if not names or len(names) != len(known):
        return None
    told = [f"{each.name}: matrix {' '.join(dict.fromkeys((*asked[1], *each.properties)))}" for each in names]
    target, wrt = shown.problem.target, shown.problem.wrt[0]
    how: dict[str, Any] = {"declare": told, "order": shown.order, "wrt": str(wrt), "of": str(target) if type(target) is Symbol else None}
    found, _ = attempt(lambda: unjudged(source, **how))
    if found is None or not found.derivation.confirmed or not is_of_the_same(found.derivation, shown):
        return Case(names, asked[1], None, None)
    free = attempt(lambda: unjudged(source, **how, structure="constrained"))[0] if wrt in names else None
    constrained = free.derivation if free is not None and free.derivation.confirmed else None
    return Case(names, asked[1], found.derivation, constrained)


def is_of_the_same(one: Derivation, other: Derivation) -> bool:
    """Whether two derivations are of what is written alike, and give a number, a vector or a matrix both."""
    made, shown = one.derivative, other.derivative
    return made is not None and shown is not None and kind_of(made) == kind_of(shown) and str(one.problem.target) == str(other.problem.target)
