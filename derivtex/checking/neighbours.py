"""What the numbers say of the neighbours of a solution: the function does not change along what the constraints allow, and how it bends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from derivtex.checking.places import Place, has_members, size
from derivtex.checking.values import Point, Unsuitable, np
from derivtex.core import properties
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import Kind
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Differential, Symbol
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.steps import Sentence

FLAT, SMALL = 1e-4, 1e-3
MOST_DIRECTIONS, FEW = 40, 4
Array = Any


def directions(solution: Solution, point: Point) -> list[dict[Term, Array]]:
    """A basis of the changes of the variables within their structure."""
    found: list[dict[Term, Array]] = []
    for name in solution.primaries:
        value = np.asarray(point.values[name])
        basis = np.eye(value.size).reshape((value.size, *value.shape)) if value.ndim else [1.0]
        if value.ndim == 2 and isinstance(name, Symbol):
            basis = independent([properties.tangent_part(np, value, change, name.properties) for change in basis])
        turns = (1.0, 1j) if may_be_complex(name) else (1.0,)
        found += [{name: turn * change} for change in basis for turn in turns]
    still: dict[Term, Array] = {name: np.asarray(point.values[name]) * 0 for name in solution.primaries}
    return [{**still, **each} for each in found]


def independent(changes: list[Array]) -> list[Array]:
    """An orthonormal basis of what changes span."""
    flat = np.array([np.ravel(change) for change in changes])
    _, values, rows = np.linalg.svd(flat)
    return [row.reshape(np.shape(changes[0])) for row, value in zip(rows, values, strict=False) if value > 1e-9]


def allowed(solution: Solution, point: Point, basis: list[dict[Term, Array]]) -> Array:
    """Combinations of a basis along which the constraints do not change: the columns of a matrix."""
    if not solution.bound.constraints and not solution.ray:
        return np.eye(len(basis))
    rows = []
    for change in basis:
        slopes = [np.ravel(slope(point, change, g)) for g in solution.bound.constraints]
        free = [np.sum(change[name] * point.values[name]) for name in solution.primaries if solution.ray]  # the length is free
        rows.append(np.concatenate([np.ravel(part) for each in (*slopes, *free) for part in (np.real(each), np.imag(each))]))
    _, values, turned = np.linalg.svd(np.array(rows).T)
    rank = int(np.sum(values > 1e-8 * max(values.max(), 1e-30)))
    return turned[rank:].T


def slope(point: Point, change: dict[Term, Array], term: Term) -> Array:
    """The derivative of a term along a change; the size of the term is noted first, by which its noise is judged.

    Along numbers by a part of their size: where the derivative is nothing, a coarse difference is not.
    """
    reach = min((min(1.0, abs(point.values[name])) / 8 for name in change if np.ndim(point.values[name]) == 0), default=1.0) or 1.0
    moved = point.along({name: reach * each for name, each in change.items()} if reach < 1.0 else change)
    moved.of(term)
    return moved.of(Differential(term)) / reach


def change_along(solution: Solution, place: Place) -> float:
    """The differential of the target along the allowed changes, relative to what it is at the random point.

    Of a member of a family that is the gradient alone, which is the first of its equations.
    """
    if has_members(solution):
        return 0.0
    basis = directions(solution, place.solution)
    if len(basis) > MOST_DIRECTIONS:
        return 0.0
    target = solution.problem.target
    here = np.array([np.real(slope(place.solution, change, target)) for change in basis])
    there = np.array([np.real(slope(place.random, change, target)) for change in basis[:FEW]])  # for the scale alone
    along = allowed(solution, place.solution, basis)
    scale = size(there) + size(here) + SMALL * (1 + size(place.random.of(target)))
    return size(here @ along) / scale if along.size else 0.0


def kind_at(solution: Solution, place: Place) -> str:
    """What the solution is at a point, by the second derivatives along the allowed changes; empty where they do not tell."""
    if has_members(solution):
        return ""
    if solution.bound.inequalities:  # which of them bind differs from point to point
        return ""
    waiting = [name for name in solution.bound.multipliers if name not in solution.values]
    basis = directions(solution, place.solution)
    if waiting or len(basis) > MOST_DIRECTIONS or any(map(may_be_complex, solution.primaries)):
        return ""
    try:
        hessian = np.array([pairings(solution, place.solution, one, basis) for one in basis])
        along = allowed(solution, place.solution, basis)
    except (Unsuitable, np.linalg.LinAlgError):
        return ""
    if not along.size:
        return "single"
    values = np.linalg.eigvalsh(along.T @ (hessian + hessian.T) @ along)
    scale = FLAT * max(size(values), 1e-12)
    if values.min() > scale:
        return "minimum"
    if values.max() < -scale:
        return "maximum"
    return "saddle" if values.min() < -scale and values.max() > scale else ""


def pairings(solution: Solution, point: Point, one: dict[Term, Array], basis: list[dict[Term, Array]]) -> list[float]:
    """The second derivatives of the target along one change and each of a basis, from the gradients' change along the one."""
    changes = {derivation.problem.wrt[0]: slope(point, one, derivation.result) for derivation in solution.derivations}
    return [sum(float(np.sum(np.real(change * other[name]))) for name, change in changes.items()) for other in basis]


def with_kind(solution: Solution, kinds: list[str]) -> Solution:
    """The kind that the form shows, or else the one that the numbers agree on."""
    told = {kind for kind in kinds if kind}
    if solution.kind.name:
        contradicted = told - {solution.kind.name, "single"}
        return replace(solution, kind=Kind(second=solution.kind.second)) if contradicted else solution
    if solution.kind.second is not None:
        return solution  # it depends on the constants, and what random ones show is no fact
    if told == {"single"}:
        remark = Sentence("the constraints leave no other point near it")
        return replace(solution, remarks=(*solution.remarks, remark))
    if len(told) == 1 and "" not in kinds and "single" not in told:
        return replace(solution, kind=solution.kind._replace(name=told.pop(), numbers=True))
    return solution
