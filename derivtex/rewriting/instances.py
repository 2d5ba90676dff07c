"""Examples of an equation, with which it is tried and shown: holes in place of all else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from derivtex.core.shapes import Dim, Shape
from derivtex.core.terms import Term, Terms
from derivtex.operations import Hole, Index, Number, Product
from derivtex.rewriting.filling import Binding, fill
from derivtex.rewriting.patterns import RIGHT_ONLY, Applied, Counted, Factors, Open, Place, Run, only_run

Pair = tuple[Term, Term]


def examples(left: Term, right: Term, given: Iterable[tuple[Any, ...]] = ()) -> list[Pair]:
    """The sides of an equation with holes in place of all else: for runs of one, two and no parts, and sizes as numbers.

    given: the conditions, of which ("same", A, B) puts what A is in the place of the hole or run B.
    """
    equal = [(one, other) for name, *of in given if name == "same" for one, other in (of,)]
    if is_plain(left) and is_plain(right) and not equal:
        return [(left, right)] if left.shape == right.shape else []
    counts = (1, 2, 0) if left.uses(Run) else (1,)
    return [found for count in counts if (found := example(left, right, count, equal)) is not None]


def example(left: Term, right: Term, count: int, equal: list[tuple[Any, Any]]) -> Pair | None:
    """The sides with runs of so many parts; None where they do not conform or stand for nothing."""
    found = Binding()
    found.sizes |= {part.first.names[0]: Dim.of(1) for part in left.walk() if type(part) is Index and part.first.is_name}
    for part in right.walk():
        found.sizes |= {name: Dim.of(3) for name in part.of.names} if type(part) is Counted else {}
    runs = [part for part in left.walk() if type(part) is Run]
    for run in runs:
        rows, columns = sizes_of(run, found)
        if count < run.least:
            return None
        if not count and run.kind == "chain" and rows != columns:
            name, other = (rows.names[0], columns) if rows.is_name else (columns.names[0], rows)
            found.sizes = {known: size.replace({name: other}) for known, size in found.sizes.items()} | {name: other}
    found.runs = {run.name: holes_for(run, count, found) for run in runs}
    found.terms = {hole.name: Hole(hole.name, sizes_of(hole, found)) for hole in left.walk() if type(hole) is Hole}
    for part in left.walk():
        if type(part) is Open:
            bound, of = fill(part.index, found), next(each for each in part.walk() if type(each) in (Run, Hole))
            if type(of) is Run:
                found.runs[of.name] = tuple(Product((bound, each)) for each in found.runs[of.name])
            else:
                found.terms[of.name] = Product((bound, found.terms[of.name]))
    found.terms |= {part.name: Number(1) for part in left.walk() if type(part) is Place}
    for one, other in equal:
        make_same(one, other, found)
    sides = fill(left, found), fill(right, found)
    return None if None in sides or sides[0] is sides[1] or sides[0].shape != sides[1].shape else sides  # type: ignore


def make_same(one: str | Term, other: str | Term, found: Binding) -> None:
    """A hole, or the one run in a product, stands for what another part does."""
    if isinstance(other, str):
        made = found.terms[one] if isinstance(one, str) else fill(one, found)
        assert made is not None
        found.terms[other] = made
    else:
        assert isinstance(one, Term)
        found.runs[only_run(other).name] = found.runs[only_run(one).name]


def is_plain(side: Term) -> bool:
    """Whether a side has nothing but cards and holes."""
    return not side.uses(*RIGHT_ONLY, Applied, Run, Open, Factors, Index, Place)


def sizes_of(part: Term, found: Binding) -> Shape:
    return part.shape[0].replace(found.sizes), part.shape[1].replace(found.sizes)


def holes_for(run: Run, count: int, found: Binding) -> Terms:
    """Holes for the parts of a run."""
    rows, columns = sizes_of(run, found)
    inner = [rows, *(Dim.of(f"{run.name}{at}") for at in range(1, count)), columns]
    shapes = list(zip(inner, inner[1:], strict=False)) if run.kind != "parts" else [(rows, columns)] * count
    return tuple(Hole(run.name if count == 1 else f"{run.name}_{at + 1}", shapes[at]) for at in range(count))
