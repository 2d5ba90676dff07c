"""What a result claims, as pairs of numbers: the differential of the original function, and what the result says it is."""

from __future__ import annotations

from typing import Any

from derivtex import properties
from derivtex.checking.examples import place_of
from derivtex.checking.values import Point, np
from derivtex.operations import Differential, Symbol
from derivtex.steps import Derivation
from derivtex.terms import Term

Pairs = list[tuple[Any, Any]]


def sides_of_result(derivation: Derivation, point: Point) -> Pairs:
    """Pairs that are equal where the result is right."""
    point = restricted(derivation.problem.wrt, point)
    target, result = derivation.problem.target, point.of(derivation.result)
    if derivation.derivative is None:
        return [(point.of(nth_differential(target, derivation.order)), result)]
    form = derivation.derivative.form
    if form == "hessian":
        return hessian_sides(target, derivation.problem.wrt, result, point)
    if form == "gradient":
        return gradient_sides(derivation, result, point)
    variable = derivation.problem.wrt[0]
    change, increment = point.of(nth_differential(target, derivation.order)), point.of(Differential(variable))
    if form == "scalar":
        return [(change, oriented(result, np.shape(change)) * increment**derivation.order)]
    matrix = np.atleast_2d(result)
    return [(vec(change), (matrix.T if is_transposed(derivation) else matrix) @ vec(increment))]


def restricted(wrt: tuple[Term, ...], point: Point) -> Point:
    """The point with only the asked entries and members moving, where not the whole array was asked for."""
    parts = [part for part in wrt if part.children]
    if not parts:
        return point
    increments = dict(point.increments)
    for leaf in dict.fromkeys(part.children[0] for part in parts):
        mask = np.zeros(np.shape(increments[leaf]))
        for part in parts:
            if part.children[0] is leaf:
                mask[place_of(part, point)] = 1
        increments[leaf] = increments[leaf] * mask
    return point.along(increments)


def nth_differential(term: Term, order: int) -> Term:
    for _ in range(order):
        term = Differential(term)
    return term


def vec(value: Any) -> Any:
    """The columns one below the other, as a one-dimensional array."""
    return np.ravel(value, order="F")


def oriented(value: Any, shape: tuple[int, ...]) -> Any:
    """A derivative by a scalar in the shape of what is differentiated."""
    return value.T if np.ndim(value) == 2 and np.shape(value) != shape else value


def is_transposed(derivation: Derivation) -> bool:
    """Whether a Jacobian has a row for each input, as its shape says."""
    target, variable = derivation.problem.target.shape, derivation.problem.wrt[0].shape
    outputs, inputs = target[0] * target[1], variable[0] * variable[1]
    shape = derivation.derivative.shape if derivation.derivative else None
    return outputs != inputs and shape == (inputs, outputs)


def hessian_sides(target: Term, wrt: tuple[Term, ...], result: Any, point: Point) -> Pairs:
    """d²f is a quadratic form in the increment, and the Hessian is symmetric."""
    matrix = np.atleast_2d(result)
    change = np.concatenate([vec(point.of(Differential(variable))) for variable in wrt])
    return [(point.of(nth_differential(target, 2)), change @ matrix @ change), (matrix, matrix.T)]


def gradient_sides(derivation: Derivation, result: Any, point: Point) -> Pairs:
    """df is the inner product of gradient and increment, in the convention of the derivation."""
    target, variable = derivation.problem.target, derivation.problem.wrt[0]
    gradient = np.transpose(result) if derivation.layout == "numerator" else result
    increment = point.of(Differential(variable))
    if np.shape(gradient) != np.shape(increment):
        return [(gradient, increment)]
    names = properties.closure(getattr(variable, "properties", ()))
    if "complex" in names:
        return complex_sides(derivation, target, gradient, increment, point)
    weight = 1.0
    if derivation.structure == "constrained" and np.ndim(gradient) == 2:
        weight = properties.independent_entries(np, len(gradient), names)
    pairs = [(point.of(Differential(target)), np.sum(weight * gradient * increment))]
    if derivation.structure in ("projected", "constrained") and type(variable) is Symbol and np.ndim(gradient) == 2:
        pairs.append((gradient, properties.tangent_part(np, point.values[variable], gradient, names)))
    return pairs


def complex_sides(derivation: Derivation, target: Term, gradient: Any, increment: Any, point: Point) -> Pairs:
    """With D(H) the derivative along H: ∂f/∂X : H = (D(H) − i D(iH))/2, and ∂f/∂X* : H* = (D(H) + i D(iH))/2.

    The derivatives by the real and the imaginary part are taken along increments that are turned to be real or imaginary.
    """
    along = point.of(Differential(target))
    if derivation.complex in ("real", "imag"):
        return [(along, np.sum(gradient * (increment if derivation.complex == "real" else increment / 1j)))]
    turned = point.along({leaf: 1j * increment for leaf, increment in point.increments.items()})
    across = turned.of(Differential(target))
    if derivation.complex == "wirtinger":
        return [((along - 1j * across) / 2, np.sum(gradient * increment))]
    return [((along + 1j * across) / 2, np.sum(gradient * np.conj(increment)))]
