"""Matrices of which nothing says that they are symmetric, and which an asker takes to be: only their symmetric part counts in a quadratic form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from derivtex.answering.claimed import line_of
from derivtex.answering.finding import attempt
from derivtex.answering.solutions import Solved, solve
from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.operations import Determinant, Log, Product, Sum, Symbol, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.simplification.engine import tidied

if TYPE_CHECKING:
    from derivtex.derivation.stationary.solution import Solution
    from derivtex.reading.meaning.solutions import Claimed


OPTIMA = ("minimum", "maximum")


class Symmetric(NamedTuple):
    """The solution where some matrices are symmetric."""

    names: tuple[Symbol, ...]
    found: Solved


def where_symmetric(source: Source, found: Solved | None, claims: tuple[Claimed, ...] = ()) -> tuple[Symmetric | None, Symmetric | None]:
    """The solution where the matrices that stand in it beside their transposes are symmetric, as one that weighs a quadratic form usually is; and
    the one that what is claimed is of, where it is not of the general one."""
    if found is not None and found.solution.open and not found.solution.values:
        return None, with_symmetric(source, found, in_forms(found.solution), 1)
    definite = where_definite(source, found) if found is not None else None
    if definite is not None:
        return None, definite
    value = found.solution.values.get(found.solution.primaries[0]) if found is not None and len(found.solution.primaries) == 1 else None
    if found is None or value is None or not found.confirmed:
        return None, None
    beside = beside_transposes(value)
    symmetric = with_symmetric(source, found, beside)
    if not claims or are_right(claims, found):
        return symmetric, None
    wider = turned_somewhere(value)
    for each in (symmetric, with_symmetric(source, found, wider) if wider != beside else None):
        if each is not None and are_right(claims, each.found):
            return None, each
    return symmetric, None


def where_definite(source: Source, found: Solved) -> Symmetric | None:
    """The optimum over the positive definite matrices, where among all of them there is none and the logarithm of the determinant of the unknown
    is weighed, as that of a covariance is."""
    names = found.solution.primaries
    unknown = names[0] if len(names) == 1 and not names[0].properties and not names[0].is_scalar else None
    if unknown is None or found.solution.kind.name in OPTIMA or unknown not in found.solution.values:
        return None
    weighed = opened(found.solution.problem.target, found.solution.problem).walk()
    if not any(type(part) is Log and type(part.of) is Determinant and part.of.of is unknown for part in weighed):
        return None
    declared = [f"{unknown.name}: matrix posdef"]
    other = attempt(lambda: solve(source, declare=declared))[0]
    beside = beside_transposes(next(iter(other.solution.values.values()))) if other is not None and other.solution.values else ()
    if beside:  # the data of a covariance are symmetric as it is
        other = attempt(lambda: solve(source, declare=[*declared, *(f"{name.name}: matrix symmetric" for name in beside)]))[0]
    whole = other is not None and other.confirmed and other.solution.kind.name in OPTIMA
    return Symmetric((unknown, *beside), other) if other is not None and whole else None


def with_symmetric(source: Source, found: Solved, names: tuple[Symbol, ...], least: int | None = None) -> Symmetric | None:
    """The solution where some matrices are symmetric, if it is as good as the general one. least: how many values there have to be."""
    told = [f"{name.name}: matrix symmetric" for name in names]
    other = attempt(lambda: solve(source, declare=told))[0] if names else None
    whole = other is not None and other.confirmed and len(other.solution.values) == (len(found.solution.values) if least is None else least)
    return Symmetric(names, other) if other is not None and whole else None


def in_forms(solution: Solution) -> tuple[Symbol, ...]:
    """The matrices M of the forms xᵀMx in the unknown, of which only the symmetric part counts."""
    forms = [factors_of(part) for part in opened(solution.problem.target, solution.problem).walk() if type(part) is Product]
    triples = [triple for chain in forms for triple in zip(chain, chain[1:], chain[2:], strict=False)]
    return bare_matrices(inner for front, inner, behind in triples if behind in solution.primaries and front is behind.T)


def beside_transposes(term: Term) -> tuple[Symbol, ...]:
    """The matrices of the addends that stand with their transposes in a sum, `S + S^T`, `S^{-1} + S^{-T}`."""
    sums = [part.terms for part in term.walk() if type(part) is Sum]
    turned = [each for terms in sums for each in terms if not each.is_scalar and tidied(each.T) in terms]
    return bare_matrices(part for each in turned for part in each.walk())


def turned_somewhere(term: Term) -> tuple[Symbol, ...]:
    """The matrices that stand in a term with a transpose and without one."""
    turned = {part.of for part in term.walk() if type(part) is Transpose}
    plain = {child for part in term.walk() if type(part) is not Transpose for child in part.children}
    return bare_matrices(turned & plain)


def bare_matrices(parts: Iterable[Term]) -> tuple[Symbol, ...]:
    """The square matrices among some parts of which nothing is said, by name."""
    names = {part for part in parts if isinstance(part, Symbol) and part.kind == "matrix" and part.family is None and not part.properties}
    return tuple(sorted((name for name in names if name.shape[0] == name.shape[1]), key=lambda name: name.name))


def are_right(claims: tuple[Claimed, ...], solved: Solved) -> bool:
    """Whether all that is claimed of the unknowns holds without a further assumption."""
    values = {name.name: value for name, value in solved.solution.values.items()}
    lines = [line_of(claim, values[claim.unknown], solved) for claim in claims if claim.unknown in values]
    return bool(lines) and all(line.verdict == "holds" and not line.assuming for line in lines)
