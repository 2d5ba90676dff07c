"""Unknowns that an eigenproblem, a singular value decomposition or a direction gives."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, scaled
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.derivation.stationary.conditions import Kind
from derivtex.derivation.stationary.eigen import (
    Pencil,
    is_determinant,
    is_orthogonality,
    is_scale_free,
    is_symmetric_pencil,
    pencil,
    polar_of,
    rank_one,
    separated,
    terms_of,
    without_front,
)
from derivtex.derivation.stationary.inside import multiplied_out
from derivtex.derivation.stationary.isolating import isolated, named, settled
from derivtex.derivation.stationary.linear import UNIT, linear_in
from derivtex.derivation.stationary.solution import NO_KIND, Isolation
from derivtex.derivation.stationary.solving import cleared_of
from derivtex.operations import Eigenvectors, EntryPower, Identity, Number, OrthogonalFactor, Product, RotationFactor, Sum, Symbol, symbol, zero
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import ASSUMED, holds
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Equation, Sentence, Step

MULTIPLE = symbol("t", "scalar")


class Setting(NamedTuple):
    """What binds an unknown: constraints g = 0 and their multipliers; sense: min, max or empty. bodies: what names stand for."""

    constraints: Terms = ()
    multipliers: tuple[Symbol, ...] = ()
    sense: str = ""
    bodies: dict[str, Term] = {}  # it is never changed


class Decomposed(NamedTuple):
    """The value of an unknown, and how it was found. ray: whether every multiple of it is a stationary point as well."""

    value: Term
    kind: Kind
    isolation: Isolation
    pencil: Pencil | None = None
    ray: bool = False


def decomposed(gradient: Term, name: Symbol, setting: Setting) -> Decomposed | None:
    """The stationary point of a gradient that is that of a Procrustes problem, of an eigenproblem, or points in one direction."""
    return procrustes(gradient, name, setting) or spectral(gradient, name, setting) or direction(gradient, name, setting)


def procrustes(gradient: Term, name: Symbol, setting: Setting) -> Decomposed | None:
    """An orthogonal unknown in a gradient that is linear in it: the polar factor of the constant; of a rotation the nearest rotation."""
    kinds = {("orthogonal" if is_orthogonality(g, name) else "rotation" if is_determinant(g, name) else "") for g in setting.constraints}
    if "orthogonal" not in kinds or "" in kinds:
        return None
    free = tidied(gradient.replace({each: zero(each.shape) for each in setting.multipliers}))
    constant = polar_of(free, name)
    if constant is None:
        return None
    least = setting.sense != "max"
    of = without_number(shortened(Product((Number(-1), constant))) if least else constant)
    value, rule = (RotationFactor(of), ROTATION) if "rotation" in kinds else (OrthogonalFactor(of), POLAR)
    start = Equation(gradient, zero(gradient.shape), name)
    isolation = Isolation(name, start, [Step(rule, (), start, Equation(name, value, name), 1)])
    return Decomposed(value, Kind("minimum" if least else "maximum"), isolation)


def without_number(term: Term) -> Term:
    """A matrix without the positive number in front, which its polar factor does not see."""
    value, rest = coefficient(tidied(term))
    return rest if value > 0 else scaled(value / abs(value), rest)


def spectral(gradient: Term, name: Symbol, setting: Setting) -> Decomposed | None:
    """Eigenvectors, where the gradient is that of an eigenproblem; of a matrix vvᵀ with a metric the vector M⁻¹v."""
    found = pencil(gradient, name, setting.multipliers)
    if found is None or not is_symmetric_pencil(opened_pencil(found, setting)) or not is_normalised(name, found, setting):
        return None
    metric = Identity(name.shape[0]) if found.metric is UNIT else found.metric
    greatest = (setting.sense == "max") == (found.sign > 0) if setting.sense else found.sign > 0
    if found.sign == 0:  # uᵀAv: the greatest singular value, with a sign in front that a multiplier has
        if not holds("psd", opened_pencil(found, setting).of):
            return None
        greatest = True
    ray = not setting.constraints
    vector = rank_one(opened_pencil(found, setting).of) if ray and greatest and name.shape[1] == ONE else None
    value: Term = Eigenvectors(without_number(found.of), metric, "descending" if greatest else "ascending", name.shape[1])
    if vector is not None and (found.metric is UNIT or holds("posdef", found.metric)):
        value = tidied(cleared_of(found.metric, vector))
    start = Equation(gradient, zero(gradient.shape), name)
    right = (metric, name) if type(metric) is not Identity else (name,)
    behind = (found.value,) if not found.value.is_scalar or name.is_scalar else ()
    before = (found.value,) if found.value.is_scalar else ()
    collected = Equation(Product((found.of, name)), Product((*before, *right, *behind)), name)
    rule = SPECTRAL if type(value) is Eigenvectors else RANK_ONE
    steps = [Step(EIGEN, (), start, collected, 1), Step(rule, (), collected, Equation(name, value, name), 2)]
    most = greatest == (found.sign > 0) if found.sign else setting.sense != "min"
    kind = Kind("maximum" if most else "minimum")
    definite = found.metric is UNIT or any(holds(word, opened_pencil(found, setting).metric) for word in ("posdef", "psd"))
    assumed = () if definite else (Sentence(ASSUMED["posdef"], (found.metric,)),)
    isolation = Isolation(name, start, steps, assumed)
    return Decomposed(value, kind, isolation, found if type(value) is Eigenvectors else None, ray and name.shape[1] == ONE)


def opened_pencil(found: Pencil, setting: Setting) -> Pencil:
    """The pencil with what names stand for, by which it is seen to be symmetric."""
    of, metric = (each.map(lambda part: setting.bodies.get(part.name) if isinstance(part, Symbol) else None) for each in (found.of, found.metric))
    return found if of is found.of and metric is found.metric else found._replace(of=tidied(of), metric=tidied(metric))


def is_normalised(name: Symbol, found: Pencil, setting: Setting) -> bool:
    """Whether the constraint, if there is one, is the one that the eigenvectors fulfil, whatever sign its author's multiplier has."""
    if not setting.constraints:
        return found.value.contains(name) and is_scale_free(name, found)
    metric = () if found.metric is UNIT or type(found.metric) is Identity else (found.metric,)
    unit = Number(1) if name.shape[1].integer == 1 else Identity(name.shape[1])
    wanted = tidied(Product((name.T, *metric, name)) - unit)
    if len(setting.constraints) != 1:
        return False
    constraint = setting.constraints[0]
    return any(is_zero(shortened(tidied(each - wanted))) for each in (constraint, negative(constraint)))


def direction(gradient: Term, name: Symbol, setting: Setting) -> Decomposed | None:
    """x of m = c(x) Sx: a multiple t S⁻¹m, where t c(t S⁻¹m) = 1; any of them where that holds whatever t is."""
    if name.shape[1] != ONE or name.is_scalar or setting.constraints or setting.multipliers:
        return None
    split = one_matrix(gradient, name)
    if split is None:
        return None
    constant, matrix, number = split
    towards = settled(cleared_of(matrix, constant))
    factor = settled(Sum((Number(1), Product((MULTIPLE, number)))).replace({name: Product((MULTIPLE, towards))}))
    times = Number(1) if is_zero(factor) else root_of(factor)
    if times is None:
        return None
    value = tidied(Product((times, towards)))
    start = Equation(gradient, zero(gradient.shape), name)
    matrices = () if matrix is UNIT else (matrix,)
    collected = Equation(tidied(Product((negative(number), *matrices, name))), constant, name)
    steps = [Step(COLLECT, (), start, collected, 1), Step(DIRECTION, (), collected, Equation(name, value, name), 2)]
    return Decomposed(value, NO_KIND, Isolation(name, start, steps), ray=is_zero(factor))


def one_matrix(gradient: Term, name: Symbol) -> tuple[Term, Term, Term] | None:
    """The m, S and c of a gradient m + c(x) Sx, up to a factor; None of another."""
    left = without_front(gradient)[1]
    opened = divided(multiplied_out(left, name), name)
    found = linear_in(tidied(Sum(opened)) if len(opened) > 1 else left, name, frozen=True)
    constant = found.constant() if found is not None else None
    if found is None or constant is None or constant.contains(name) or any(part.form for part in found.parts):
        return None
    split = [each for each in (separated(part, (name,)) for part in terms_of(found.parts)) if each is not None]
    matrices, numbers = [matrix for matrix, _ in split], [number for _, number in split if number is not None]
    alike = bool(split) and all(same_term(each, matrices[0]) for each in matrices)
    if len(numbers) != len(found.parts) or not alike or not (matrices[0] is UNIT or holds("invertible", matrices[0])):
        return None
    if any(not number.is_scalar for number in numbers):
        return None
    return constant, matrices[0], tidied(Sum(tuple(numbers))) if len(numbers) > 1 else numbers[0]


def divided(terms: Terms, name: Symbol) -> Terms:
    """Terms of which one is c(x)m without the unknown in m, divided by c(x)."""
    constants = [term for term in terms if not any(factor.contains(name) for factor in scalars_and_chain(term)[1])]
    numbers = tuple(each for each in scalars_and_chain(constants[0])[0] if each.contains(name)) if len(constants) == 1 else ()
    return tuple(tidied(Product((*(EntryPower(each, Number(-1)) for each in numbers), *factors_of(term)))) for term in terms) if numbers else terms


def root_of(factor: Term) -> Term | None:
    """The one value of the multiple at which its equation holds."""
    found = isolated(Equation(factor, Number(0), MULTIPLE)) if factor.contains(MULTIPLE) else None
    return found.end.right if found is not None and found.solved else None


EIGEN = named("eigenproblem", "an eigenproblem", r"AX = BX\Lambda")
SPECTRAL = named("spectral theorem", "spectral theorem", r"A = UDU^{T}")
RANK_ONE = named("rank one", "$vv^{T}$ sends everything to a multiple of $v$; the length is free", r"vv^{T}x = \lambda Bx: \quad x = B^{-1}v")
POLAR = named("polar factor", "$Q^{T}C$ is symmetric at a stationary point: singular value decomposition", r"C = UDV^{T}: \quad Q = UV^{T}")
ROTATION = named(
    "nearest rotation", "singular value decomposition; the last sign makes the determinant $1$",
    r"C = UDV^{T}: \quad R = U\operatorname{diag}(1,\dots,1,\det UV^{T})V^{T}",
)
COLLECT = named("one direction", "the terms with the unknown on one side", r"m + cSx = 0: \quad -cSx = m", "algebra")
DIRECTION = named("multiple", "a number in front is found last", r"cSx = m: \quad x = tS^{-1}m", "algebra")
