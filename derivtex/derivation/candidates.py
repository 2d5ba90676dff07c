"""Candidates for a name: which parts of formulas are worth one, by how often and how long they stand in the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient
from derivtex.calculus.collecting import beside_leaf
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import (
    Derivative,
    Determinant,
    Diag,
    Differential,
    Entry,
    EntryPower,
    Exp,
    Hadamard,
    Identity,
    Index,
    Inner,
    Inverse,
    MatrixExp,
    MatrixPower,
    Member,
    Norm,
    Number,
    Ones,
    Product,
    ProductOver,
    Share,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    UnitVector,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.operations.elementwise import Step
from derivtex.problem import Problem
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import monomial
from derivtex.simplification.cost import BRACKETS, is_open, marks
from derivtex.simplification.engine import tidied

OFTEN, LEAST = 3, 3  # golden rule: three times
BOTH_SIDES = 4  # K⁻¹y that stands on both sides, as for symmetric K; of aᵀX⁻¹b the reader wants to see the inverses
LEAST_TRACE = 8  # marks: tr C is as short as a letter that has to be looked up
HEAVY, TWICE = 9, 2  # marks: weights that take as many among others are named where they stand twice
OVERHEAD = 3  # marks: what a reader pays for one more name
LONG_TARGET = 5  # marks
POWERS = (EntryPower, MatrixPower)  # what stands in an exponent keeps its form, by which rules know it
UNITS = (Number, Ones, Identity)
ADJOINT = r"\delta"


class Part(NamedTuple):
    """A part that may be given a name. letters: those that suit it, where its place tells. saving: the marks that the name spares in the lines."""

    term: Term
    letters: tuple[str, ...] = ()
    saving: int = 0


def worth_naming(lines: list[Term], told: list[Term], result: Term, taken: set[int], named: frozenset[Term]) -> list[Part]:
    """The parts of the lines and of what names stand for that stand there often, those first whose names save the most marks.

    taken: the keys, either way, of what has a name. named: the author's names, of whose differentials what multiplies them is the adjoint.
    """
    counts, parts = counted([*lines, *told])
    within = counted(told)[0]
    beside = adjoints(lines, named)
    saved = {}
    for key, part in parts.items():
        wanted = TWICE if is_weight(part) and (spared(part) >= HEAVY or within.get(key, 0) >= TWICE) else BOTH_SIDES if is_solution(part) else OFTEN
        whole = is_all(part, result) and not (key in beside and counts[key] >= OFTEN)
        if counts[key] >= wanted and key not in taken and not whole and not holds_oftener(part, counts[key], counts):
            saved[key] = (counts[key] - 1) * (spared(part) - 1) - OVERHEAD
    worth = sorted((key for key in saved if saved[key] > 0), key=lambda key: -saved[key])
    return [Part(upright(parts[key]), beside.get(key, ()), saved[key]) for key in worth]


def holds_oftener(part: Term, times: int, counts: dict[int, int]) -> bool:
    """Whether an entrywise product has a sum as a factor, or 1 - s what is taken from 1, that stands oftener: that is named first."""
    inner = [factor for factor in part.children if type(factor) is Sum] if type(part) is Hadamard else list(filter(None, (complemented(part),)))
    return any(counts.get(key, 0) > times for key in map(candidate, inner) if key is not None)


def upright(part: Term) -> Term:
    """A part or its transpose, whichever is written with fewer marks: I - KH for I - H^T K^T."""
    if part.shape[1] == ONE:
        return part
    turned = tidied(Transpose(part))
    return turned if marks(turned) < marks(part) else part


def counted(lines: list[Term]) -> tuple[dict[int, int], dict[int, Term]]:
    """How often the parts of lines that may be given a name stand there, by their keys; a part and its transpose are one."""
    times: dict[Term, int] = {}
    for line in lines:
        count(line, times)
    counts: dict[int, int] = {}
    parts: dict[int, Term] = {}
    for part, often in times.items():
        key = candidate(part)
        if key is not None:
            counts[key] = counts.get(key, 0) + often
            parts.setdefault(key, part)
    return counts, parts


def count(part: Term, times: dict[Term, int]) -> None:
    """Count a part and all in it."""
    times[part] = times.get(part, 0) + 1
    for run in solutions(part) if type(part) is Product else ():
        times[run] = times.get(run, 0) + 1
    for child in () if type(part) is Share else part.children[:1] if type(part) in POWERS else part.children:
        if child.children:
            count(child, times)


def solutions(part: Product) -> Iterator[Term]:
    """The inverses beside a vector in a longer product, K⁻¹y of yᵀK⁻¹ dK K⁻¹y: what they are is the solution of a system of equations."""
    _, chain = scalars_and_chain(part)
    for left, right in pairwise(chain if len(chain) > 2 else ()):
        if type(left) is Inverse and right.shape[1] == ONE and not varies(right):
            yield Product((left, right))
        elif type(right) is Inverse and left.shape[0] == ONE and not varies(left):
            yield tidied(Transpose(Product((left, right))))


def is_solution(part: Term) -> bool:
    """Whether it is an inverse, or the transpose of one, times a vector."""
    if type(part) is not Product or len(part.factors) != 2 or part.shape[1] != ONE:
        return False
    first = part.factors[0]
    return type(first.of if type(first) is Transpose else first) is Inverse


def adjoints(lines: Iterable[Term], named: frozenset[Term]) -> dict[int, tuple[str, ...]]:
    r"""What multiplies the differential of a name, where it is an entrywise product, as in backpropagation: its key, with the letter δ."""
    found: dict[int, tuple[str, ...]] = {}
    for line in lines:
        for part in line.terms if type(line) is Sum else (line,):
            form, leaf, factor = beside_leaf(coefficient(part)[1]) or (None, None, None)
            if form is None or factor is None or leaf is None or leaf.of not in named:
                continue
            body = factor.of if type(factor) is Transpose else factor
            key = candidate(body)
            if key is not None and type(body) is Hadamard and (form is Inner or type(factor) is Transpose):
                found.setdefault(key, (ADJOINT, rf"\bar{{{leaf.of.name}}}"))
    return found


def candidate(part: Term) -> int | None:
    """The key of a part that may be given a name: nothing that moves or depends on an index."""
    if not is_nameable(part) or free_indices(part):
        return None
    return key_either_way(part)


def key_either_way(part: Term) -> int:
    """The key that a part and its transpose have in common; a number in front does not count."""
    return min(monomial(part, True)[1], monomial(part)[1])


def is_worth_its_name(problem: Problem, name: Term) -> bool:
    """Whether the name of what is differentiated is written for it in the lines: the norm of a name is as short, and says more; so does any norm
    where derivtex gave the name."""
    own = next((each.body for each in problem.definitions if each.name is name), None)
    if own is not None:
        return not (type(own) is Norm and type(own.of) is Symbol)
    return problem.target.is_scalar and type(problem.target) is not Norm and marks(problem.target) >= LONG_TARGET


PLAIN = (Transpose, Inverse, EntryPower, MatrixPower, Symbol, Number, Ones, Identity, Index, Derivative, Differential, Entry, UnitVector)


def is_nameable(part: Term) -> bool:
    """Whether a part is worth a name where it stands often: no mere turn, multiple or negative of something, nor one less than a name."""
    return part.remembered("_nameable", _is_nameable)


def _is_nameable(part: Term) -> bool:
    if type(part) in PLAIN or not part.children or varies(part) or marks(part) < LEAST:
        return False
    if (type(part) is Product and (is_multiple(part) or (coefficient(part)[0] < 0 and not part.is_scalar))) or is_whole(part):
        return False
    if (type(part) is Trace and marks(part) < LEAST_TRACE) or (type(part) is Norm and type(part.of) is Symbol):
        return False
    return type(complemented(part)) not in (Symbol, Member) and not (type(part) is Step and part.is_scalar)  # below a sum it is a condition


def is_weight(part: Term) -> bool:
    """Whether a part is one of those that are named however seldom they stand: a matrix that is a sum over an index, weights of entries, a sum with
    weights."""
    if part.is_scalar:
        return False
    if type(part) is Sum:
        weights = [each for term in part.terms for each in term.parts(Diag, Hadamard)]
        return any(type(each.children[0]) is not Symbol for each in weights)
    return type(part) in (Diag, Hadamard) or (type(part) is SumOver and part.shape[1] != ONE)


def is_whole(part: Term) -> bool:
    """Whether shares are taken of it, which get the name: a sum of exponentials, the trace of one."""
    return (type(part) is SumOver and type(part.body) is Exp) or (type(part) is Trace and type(part.of) is MatrixExp)


def complemented(part: Term) -> Term | None:
    """The s of 1 - s, the P of I - P, without a number before it; None of anything else."""
    if type(part) is not Sum or len(part.terms) != 2 or not any(type(each) in UNITS for each in part.terms):
        return None
    return coefficient(next((each for each in part.terms if type(each) not in UNITS), part.terms[0]))[1]


def is_multiple(part: Product) -> bool:
    """Whether it is no more than a number, or scalars, times something."""
    scalars, chain = scalars_and_chain(part)
    return len(chain) == 1 or (not chain and len([factor for factor in scalars if type(factor) is not Number]) < 2)


def free_indices(part: Term) -> frozenset[Index]:
    """The indices of a part that no sum in it binds."""
    return part.remembered("_free", _free_indices)


def _free_indices(part: Term) -> frozenset[Index]:
    if type(part) is Index:
        return frozenset((part,))
    found = frozenset(index for child in part.children for index in free_indices(child))
    return found - {part.index} if type(part) in (SumOver, ProductOver) else found


def spared(part: Term) -> int:
    """What a part takes to write among others."""
    return marks(part) + (BRACKETS if is_open(part) or type(part) is Product else 0)


def is_all(part: Term, result: Term) -> bool:
    """Whether a name would be the whole result, up to a number and a transpose: the reader wants to see the formula."""
    key = candidate(coefficient(result)[1])
    return key is not None and key == candidate(part)


def inverted(bodies: Iterable[Term]) -> Iterator[Term]:
    """What stands below an inverse, a power or a determinant in formulas."""
    return (each.children[0] for body in bodies for each in body.parts(Inverse, MatrixPower, Determinant))


def is_inverted(part: Term, bodies: list[Term]) -> bool:
    """Whether formulas have the inverse or the determinant of a part."""
    key = monomial(part)[1]
    return not part.is_scalar and any(monomial(each)[1] == key for each in inverted(bodies))
