"""Stationary points that an eigenproblem or a singular value decomposition gives: AX = BXΛ, and C = QS with orthogonal Q."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, product, scaled
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.inside import multiplied_out
from derivtex.derivation.stationary.linear import UNIT, Part, linear_in, number_of_identity, ordered_total
from derivtex.operations import Determinant, EntryPower, Identity, Inverse, Norm, Number, Product, Sum, Symbol
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import holds, is_nonnegative
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened


class Pencil(NamedTuple):
    """AX = BXΛ: the matrices, what the eigenvalue is, and the sign that the gradient had before a factor was dropped.

    sign: 0 where that is the sign of a multiplier which is not known yet.
    """

    of: Term
    metric: Term
    value: Term
    sign: int


def pencil(gradient: Term, unknown: Symbol, multipliers: tuple[Symbol, ...]) -> Pencil | None:
    """The eigenproblem that a gradient set to zero is; None where it is none."""
    sign, left = without_front(gradient)
    opened = multiplied_out(left, unknown)
    left = tidied(Sum(opened)) if len(opened) > 1 else left
    parts = parts_of(left, unknown)
    if parts is None or any(part.form for part in parts):
        return None
    moving = (unknown, *multipliers)
    split = [separated(part, moving) for part in terms_of(parts)]
    if any(each is None for each in split):
        return None
    free = [matrix for each in split if each is not None and (matrix := each[0]) is not None and each[1] is None]
    others: Others = [(each[0], each[1]) for each in split if each is not None and each[1] is not None]
    if not free:
        free, others, known = without_common_number(others, multipliers)
        sign = sign if known else 0
    if not free or not others or any(not same_term(others[0][0], matrix) for matrix, _ in others):
        return None
    metric, of = others[0][0], ordered_total(free)
    values = tuple(v for _, v in others if v is not None)
    value = tidied(negative(tidied(Sum(values) if len(values) > 1 else values[0])))
    return Pencil(of, metric, value, sign)


def parts_of(left: Term, unknown: Symbol) -> tuple[Part, ...] | None:
    """The terms LXR of what has no constant; R may depend on the unknown, as in CX(XᵀCX)⁻¹XᵀAX."""
    found: list[Part] = []
    for term in left.terms if type(left) is Sum else (left,):
        chain = factors_of(term)
        first = next((at for at, factor in enumerate(chain) if factor.contains(unknown) and not factor.is_scalar), None)
        again = first is not None and chain[first] is unknown and any(f.contains(unknown) and not f.is_scalar for f in chain[first + 1 :])
        if first is not None and again:
            found.append(Part(product(chain[:first]) if first else UNIT, product(chain[first + 1 :])))
            continue
        linear = linear_in(term, unknown, frozen=True)
        if linear is None or linear.constant() is not None:
            return None
        found += linear.parts
    return without_end(tuple(found))


def without_end(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts without an inverse that stands at the end of them all."""
    ends = [factors_of(part.right)[-1] for part in parts]
    if not ends or type(ends[0]) is not Inverse or any(not same_term(each, ends[0]) for each in ends):
        return parts
    return tuple(part._replace(right=product(front) if (front := factors_of(part.right)[:-1]) else UNIT) for part in parts)


Others = list[tuple[Term, Term | None]]


def without_common_number(others: Others, multipliers: tuple[Symbol, ...]) -> tuple[list[Term], Others, bool]:
    """Where every matrix is multiplied by a number that depends on the unknown: all divided by that of the first, if it is not negative.

    Or if it is one of multipliers alone, whose sign is found later; last whether the sign is known.
    """
    matrices = sorted(((matrix, value) for matrix, value in others if matrix is not UNIT), key=lambda each: holds("posdef", each[0]))
    number = matrices[0][1] if matrices else None  # what is positive definite is the metric
    known = number is not None and number.is_scalar and is_nonnegative(number)
    if number is None or not number.is_scalar or not (known or is_of_multipliers(number, multipliers)):
        return [], [], True
    same = [each for each in others if each[1] is not None and same_term(each[1], number)]
    rest = [each for each in others if each not in same]
    if any(value is None or not value.is_scalar for _, value in rest):
        return [], [], True
    divided = [(m, tidied(Product((v, EntryPower(number, Number(-1)))))) for m, v in rest if v is not None]
    return [m for m, _ in same], [(m, v) for m, v in divided], known


def is_of_multipliers(number: Term, multipliers: tuple[Symbol, ...]) -> bool:
    return {part for part in number.walk() if isinstance(part, Symbol)} <= set(multipliers)


def without_front(gradient: Term) -> tuple[int, Term]:
    """The sign of the factor in front of a gradient, and the gradient without numbers and positive factors."""
    value, rest = coefficient(tidied(gradient))
    factors = factors_of(rest)
    kept = tuple(f for f in factors if not f.is_scalar) or factors
    return (1 if value > 0 else -1), product(kept)


def terms_of(parts: tuple[Part, ...]) -> list[Part]:
    """The parts, with those whose left or right is a sum as several."""
    found = []
    for part in parts:
        lefts = part.left.terms if type(part.left) is Sum else (part.left,)
        rights = part.right.terms if type(part.right) is Sum else (part.right,)
        found += [Part(tidied(left), tidied(right)) for left in lefts for right in rights]
    return found


def separated(part: Part, moving: Terms) -> tuple[Term, Term | None] | None:
    """What stands before the unknown, and what of it depends on the unknown or a multiplier: a number, or what stands behind."""
    if contains_any(part.right, moving):
        if contains_any(part.left, moving):
            return None
        value, matrix = coefficient(UNIT if type(part.left) is Identity else part.left)
        return UNIT if type(matrix) is Identity else matrix, tidied(scaled(value, part.right))
    if part.right is not UNIT and type(part.right) is not Identity:
        return None
    factors = factors_of(part.left)
    scalars = tuple(f for f in factors if contains_any(f, moving))
    if any(not f.is_scalar for f in scalars):
        return None
    rest = tuple(f for f in factors if f not in scalars)
    if not scalars:
        return part.left, None
    numbers = tuple(f for f in rest if f.is_scalar)
    chain = tuple(f for f in rest if not f.is_scalar)
    return product(chain) if chain else UNIT, tidied(product((*numbers, *scalars)))


def contains_any(term: Term, parts: Terms) -> bool:
    return any(term.contains(part) for part in parts)


def is_symmetric_pencil(found: Pencil) -> bool:
    """Whether the spectral theorem holds: A is symmetric, and the metric is, which has to be positive definite."""
    return holds("hermitian", found.of) and (is_plain(found.metric) or holds("hermitian", found.metric))


def is_plain(metric: Term) -> bool:
    return metric is UNIT or type(metric) is Identity


def polar_of(gradient: Term, unknown: Symbol) -> Term | None:
    """The C of a gradient C + LQ + QR with symmetric L and R, which for orthogonal Q is stationary where QᵀC is symmetric; without the sign."""
    found = linear_in(gradient, unknown)
    constant = found.constant() if found is not None else None
    if found is None or constant is None or is_zero(constant) or any(part.form for part in found.parts):
        return None
    square = unknown.shape[0] == unknown.shape[1]
    for part in found.parts:
        alone = [side for side in map(tidied, (part.left, part.right)) if side is not UNIT and number_of_identity(side) is None]
        before = bool(alone) and same_term(alone[0], tidied(part.left)) and not alone[0].is_scalar
        if len(alone) > 1 or (before and not square) or not all(map(is_own, alone)):
            return None
    return constant


def is_scale_free(name: Symbol, found: Pencil) -> bool:
    """Whether XᵀAX = XᵀBX Λ whatever X is, so that every eigenvector is a stationary point: of a quotient, not of xᵀAx/‖x‖."""
    metric = () if found.metric is UNIT or type(found.metric) is Identity else (found.metric,)
    form = Product((name.T, *metric, name))
    matrices = found.of.terms if type(found.of) is Sum else (found.of,)
    own = tuple(Product((name.T, *factors_of(each), name)) for each in matrices)
    if not found.value.is_scalar:
        return is_zero(tidied(Sum((*own, negative(tidied(Product((*factors_of(form), *factors_of(found.value)))))))))
    factors = factors_of(tidied(found.value.map(norm_squared)))
    under = next((f for f in factors if type(f) is EntryPower and f.exponent is Number(-1) and same_term(f.base, form)), None)
    if under is None:
        return False
    above = product(tuple(factor for factor in factors if factor is not under))
    return is_zero(tidied(Sum((*own, Product((Number(-1), above))))))


def rank_one(term: Term) -> Term | None:
    """The v of a positive multiple of vvᵀ."""
    scalars, chain = scalars_and_chain(tidied(term))
    if not chain or not all(is_nonnegative(each) for each in scalars):
        return None
    at = next((k for k in range(1, len(chain)) if chain[k - 1].shape[1] == ONE == chain[k].shape[0]), None)
    if at is None:
        return None
    front, behind = product(chain[:at]), product(chain[at:])
    return front if same_term(tidied(front.T), tidied(behind)) else None


def norm_squared(part: Term) -> Term | None:
    """‖x‖ᵏ as a power of xᵀx."""
    if type(part) is not EntryPower or type(part.base) is not Norm or type(part.exponent) is not Number:
        return None
    of = part.base.of
    return EntryPower(Product((of.T, of)), Number(part.exponent.value / 2)) if of.shape[1] == ONE else None


def is_own(term: Term) -> bool:
    return term.is_scalar or holds("symmetric", tidied(term)) or same_term(shortened(tidied(term)), shortened(tidied(term.T)))


def is_orthogonality(constraint: Term, unknown: Symbol) -> bool:
    """Whether a constraint says that the columns of the unknown are orthonormal: XᵀX − I = 0."""
    wanted = Sum((Product((unknown.T, unknown)), Product((Number(-1), Identity(unknown.shape[1])))))
    return unknown.shape[1] != ONE and constraint.shape == wanted.shape and same_term(tidied(constraint), tidied(wanted))


def is_determinant(constraint: Term, unknown: Symbol) -> bool:
    """Whether a constraint says that the determinant is 1: det X − 1 = 0."""
    square = unknown.shape[1] != ONE and unknown.shape[0] == unknown.shape[1]
    return square and same_term(tidied(constraint), tidied(Sum((Determinant(unknown), Number(-1)))))
