"""What a result claims, as pairs of numbers: the differential of the original function, and what the result says it is."""

from __future__ import annotations

from typing import Any

from derivtex.checking.magnitudes import is_exact_zero, is_plainly_zero, magnitude, magnitudes_of, size
from derivtex.checking.trials import Pair, addends_of, pair_of
from derivtex.checking.values import Point, np
from derivtex.core import properties
from derivtex.core.terms import Term
from derivtex.derivation.structures import is_within_hermitian
from derivtex.operations import Differential, Symbol
from derivtex.steps import Derivation

Pairs = list[Pair]


def sides_of_result(derivation: Derivation, point: Point) -> Pairs:
    """Pairs that are equal where the result is right."""
    problem = derivation.problem
    if derivation.derivative is None:
        return [pair_of(point, nth_differential(problem.target, derivation.order), derivation.result)]
    result, increment = point.of(derivation.result), point.of(Differential(problem.wrt[0]))
    moved = restricted(derivation, point)
    first, *others = sides_of_derivative(derivation, result, increment, moved)

    def magnitudes() -> tuple[float, float]:
        along = magnitude(moved, nth_differential(problem.target, derivation.order))
        slope = magnitudes_of(point, derivation.result, problem.target)[0]
        return along, slope * size(increment) ** derivation.order

    target = nth_differential(problem.target, derivation.order)
    addends = (*addends_of(point, derivation.result), *addends_of(moved, target))
    is_zero = is_exact_zero(derivation.result)
    own = [Pair(*sides, lambda: (magnitude(point, derivation.result),) * 2, (), lambda: is_zero) for sides in others]
    return [Pair(*first, magnitudes, addends, lambda: is_zero and is_plainly_zero(moved, target)), *own]


def sides_of_derivative(derivation: Derivation, result: Any, increment: Any, point: Point) -> list[tuple[Any, Any]]:
    """The pairs for a derivative, at a point where nothing moves but what is differentiated by."""
    problem = derivation.problem
    form = derivation.derivative.form if derivation.derivative is not None else ""
    if form == "hessian":
        by_complex = is_complex(problem.wrt[0])
        return complex_sides(derivation, result, point) if by_complex else hessian_sides(problem.target, problem.wrt, result, point)
    change, increment = change_and_increment(derivation, increment, point)
    if form == "gradient":
        return gradient_sides(derivation, result, change, increment, point)
    if form == "scalar":
        return [(change, oriented(result, np.shape(change)) * increment**derivation.order)]
    matrix = np.atleast_2d(result)
    return [(vec(change), (matrix.T if is_transposed(derivation) else matrix) @ vec(increment))]


def change_and_increment(derivation: Derivation, increment: Any, point: Point) -> tuple[Any, Any]:
    """The differential of the target, and the increment of the variable that it is to be linear in.

    Of a complex variable, with D(H) the derivative along H: ∂f/∂X : H = (D(H) − i D(iH))/2, and ∂f/∂X* : H* = (D(H) + i D(iH))/2.
    The derivatives by the real and the imaginary part are taken along increments that are turned to be real or imaginary.
    A gradient within the Hermitian matrices is against the conjugate of the increment: df = tr(G dX), with dX = dXᴴ. A Jacobian is not.
    """
    target, variable = nth_differential(derivation.problem.target, derivation.order), derivation.problem.wrt[0]
    along = point.of(target)
    form = derivation.derivative.form if derivation.derivative is not None else ""
    if form in ("gradient", "jacobian", "vec") and is_within_hermitian(variable, derivation.structure):
        return along, np.conj(increment) if form == "gradient" else increment
    if not is_complex(variable) or derivation.complex == "real":
        return along, increment
    if derivation.complex == "imag":
        return along, increment / 1j
    across = point.along({leaf: 1j * h for leaf, h in point.increments.items()}).of(target)
    if derivation.complex == "wirtinger":
        return (along - 1j * across) / 2, increment
    return (along + 1j * across) / 2, np.conj(increment)


def is_complex(variable: Term) -> bool:
    """Whether complex values were declared of a variable, or of the array that it is an entry or member of."""
    return "complex" in properties.closure(properties_of(variable))


def properties_of(variable: Term) -> tuple[str, ...]:
    """What was declared of a variable, or of the array that it is an entry or member of."""
    leaf = variable.children[0] if variable.children else variable
    return leaf.properties if type(leaf) is Symbol else ()


def restricted(derivation: Derivation, point: Point) -> Point:
    """The point with only the asked entries and members moving, and what the structure ties to them.

    Along the structure's space the entry (i, j) of a gradient G is ⟨G, P⟩ with P the projection of the matrix that is one there;
    by the independent entries, as always for a matrix by one of them, it is ⟨G, P/P_ij⟩: tied entries move as much.
    """
    parts = [part for part in derivation.problem.wrt if part.children]
    if not parts:
        return point
    increments = dict(point.increments)
    for leaf in dict.fromkeys(part.children[0] for part in parts):
        places = [point.places(part) for part in parts if part.children[0] is leaf]
        increments[leaf] = sum(increments[leaf][at] * direction(derivation, leaf, at, point) for at in places)
    return point.along(increments)


def direction(derivation: Derivation, leaf: Term, at: tuple[int, ...], point: Point) -> Any:
    """What moves with one entry or member: a one there, and what the structure of its array ties to it."""
    mask = np.zeros(np.shape(point.increments[leaf]))
    mask[at] = 1
    if derivation.structure == "ignore" or len(at) < 2:
        return mask
    tied = properties.tangent_part(np, point.values[leaf], mask, leaf.properties)
    by_entries = derivation.structure == "constrained" or not derivation.problem.target.is_scalar
    return tied / tied[at] if by_entries and tied[at] else tied


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


def hessian_sides(target: Term, wrt: tuple[Term, ...], result: Any, point: Point) -> list[tuple[Any, Any]]:
    """d²f is a quadratic form in the increment, and the Hessian is symmetric; of a vector or matrix by a number d²F is its second derivative."""
    if not target.is_scalar:
        return [(point.of(nth_differential(target, 2)), result * point.of(Differential(wrt[0])) ** 2)]
    matrix = np.atleast_2d(result)
    change = np.concatenate([vec(point.of(Differential(variable))) for variable in wrt])
    return [(point.of(nth_differential(target, 2)), change @ matrix @ change), (matrix, matrix.T)]


def gradient_sides(derivation: Derivation, result: Any, change: Any, increment: Any, point: Point) -> list[tuple[Any, Any]]:
    """df is the inner product of gradient and increment; with structure, the gradient lies in its space."""
    variable = derivation.problem.wrt[0]
    gradient = np.transpose(result) if derivation.layout == "numerator" else result
    if np.shape(gradient) != np.shape(increment):
        return [(gradient, increment)]
    structured = type(variable) is Symbol and np.ndim(gradient) == 2 and derivation.structure in ("projected", "constrained")
    names = properties.closure(properties_of(variable)) if structured else ()
    free = derivation.structure == "constrained" and names
    weight = properties.independent_entries(np, len(gradient), names) if free else 1.0
    pairs = [(change, np.sum(weight * gradient * increment))]
    if structured:
        pairs.append((gradient, properties.tangent_part(np, point.values[variable], gradient, names)))
    return pairs


def complex_sides(derivation: Derivation, result: Any, point: Point) -> list[tuple[Any, Any]]:
    """d²f along H is a form in H: of H* and H within the Hermitian matrices and by (z, z*), else of H twice.

    By Wirtinger it is what is left of d²f without the parts along H* (D(H, K) the second derivative along H and K):
    (D(H, H) − D(iH, iH) − 2i D(H, iH))/4.
    """
    target, variable, matrix = nth_differential(derivation.problem.target, 2), derivation.problem.wrt[0], np.atleast_2d(result)
    along, change = point.of(target), vec(point.of(Differential(variable)))

    def turned(by: complex) -> Any:
        return point.along({leaf: by * h for leaf, h in point.increments.items()}).of(target)

    if is_within_hermitian(variable, derivation.structure):
        return [(along, np.conj(change) @ matrix @ change)]
    if derivation.complex == "conjugate":
        both, half = np.concatenate([change, np.conj(change)]), len(change)
        swapped = np.roll(np.roll(matrix, half, axis=0), half, axis=1)
        return [(along, np.conj(both) @ matrix @ both), (matrix, np.conj(matrix.T)), (matrix, np.conj(swapped))]
    if derivation.complex == "wirtinger":
        across = turned(1j)
        along = (along - across - 1j * (turned(1 + 1j) - along - across)) / 4
    change = change / 1j if derivation.complex == "imag" else change
    return [(along, change @ matrix @ change), (matrix, matrix.T)]
