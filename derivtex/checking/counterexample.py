"""The numbers at which a line was seen to fail: one point with small whole entries, which a reader can put in."""

from __future__ import annotations

from typing import Any, NamedTuple

from derivtex.checking.chance import Generator
from derivtex.checking.claims import Given, domain_of, is_there
from derivtex.checking.examples import Domain, draw
from derivtex.checking.manners import Drawing, whole_entries
from derivtex.checking.movement import Motion, motions
from derivtex.checking.numbers import bound_indices
from derivtex.checking.trials import size_of
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.terms import Term
from derivtex.operations import Differential, Symbol
from derivtex.problem import Claim, Problem

KEPT = frozenset("symmetric posdef psd diagonal lower upper skew toeplitz invertible positive constant integer".split())
ATTEMPTS, MOST_ENTRIES, CLEARLY = 24, 60, 1e-2
TROUBLE = (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError, LookupError, AttributeError)
Array = Any


class Numbers(NamedTuple):
    """A point: the values of names, those of differentials, free indices counted from 1, and the two sides there."""

    values: tuple[tuple[str, Array], ...]
    moved: tuple[tuple[str, Array], ...]
    indices: tuple[tuple[str, int], ...]
    left: Array
    right: Array


def counterexample(claim: Claim, problem: Problem, given: Given) -> Numbers | None:
    """A point with small whole entries where the sides of a claim clearly differ; None where none was found, or functions are left open."""
    motion = motions(claim, problem)[0]
    domain = domain_of((motion.claim.left, motion.claim.right), motion, problem, given)
    if motion.frozen or any(name not in domain.functions for name in domain.leaves.functions):
        return None
    sizes = {name: 2 + at % 3 for at, name in enumerate(domain.leaves.sizes)}
    with np.errstate(all="ignore"):
        for seed in range(ATTEMPTS):
            found = at_point(motion, domain._replace(sizes=sizes), Generator(seed))
            if found is not None:
                return found
    return None


def at_point(motion: Motion, domain: Domain, rng: Any) -> Numbers | None:
    """The numbers at one point; None where the sides have no value, or nearly the same one."""
    left, right = motion.claim.left, motion.claim.right
    try:
        point = draw(domain, rng, Drawing(whole_entries))
        if not all(is_there(point, *each) for each in motion.claim.where):
            return None
        for leaf, value in point.values.items():
            point.values[leaf] = whole(leaf, value)
        for leaf, change in point.increments.items():
            point.increments[leaf] = 1.0 if leaf in motion.one else whole(leaf, 2 * change)
        sides = np.asarray(point.of(left)), np.asarray(point.of(right))
    except TROUBLE:
        return None
    if sides[0].shape == sides[1].shape and size_of(sides[0] - sides[1]) <= CLEARLY * max(map(size_of, sides)):
        return None
    return written(point, motion, *sides)


def whole(leaf: Term, value: Array) -> Array:
    """A value with whole entries, where what is declared of the leaf lets that be."""
    return np.rint(value) if KEPT.issuperset(getattr(leaf, "properties", ())) and not np.iscomplexobj(value) else value


def written(point: Point, motion: Motion, left: Array, right: Array) -> Numbers | None:
    """The numbers as plain lists; None where they are too many to be read, or not whole and real."""
    values = [(leaf.name, plain(value)) for leaf, value in point.values.items() if isinstance(leaf, Symbol)]
    moving = [leaf for leaf in point.increments if isinstance(leaf, Symbol) and leaf not in motion.one and is_moved(leaf, motion)]
    moved = [(f"d{leaf.name}", plain(point.increments[leaf])) for leaf in moving]
    bound = {index for side in (motion.claim.left, motion.claim.right) for part in side.walk() for index in bound_indices(part)}
    indices = [(index.name, value) for index, value in point.indices.items() if index not in bound]
    sides = plain(left), plain(right)
    every = [np.asarray(value) for _, value in (*values, *moved)] + [np.asarray(side) for side in sides]
    if any(each.size > MOST_ENTRIES or np.iscomplexobj(each) or not np.all(np.isfinite(each)) for each in every):
        return None
    return Numbers(tuple(values), tuple(moved), tuple(indices), *sides)


def is_moved(leaf: Term, motion: Motion) -> bool:
    """Whether a differential stands in the claim, so that the direction matters."""
    sides = (motion.claim.left, motion.claim.right)
    return leaf in motion.moving and any(side.uses(Differential) for side in sides)


def plain(value: Array) -> Array:
    """A number, or a list of rows, rounded where that is as good; a vector is a list of its entries."""
    array = np.round(np.asarray(value), 4) + 0.0
    if array.ndim == 2 and array.shape[1] == 1 < array.shape[0]:
        array = array[:, 0]
    if np.iscomplexobj(array):
        return array
    whole = np.all(array == np.rint(array))
    return (array.astype(int) if whole and np.all(np.isfinite(array)) else array).tolist()
