"""Second Fréchet derivatives: what of f(X + E + F) is linear in E and in F, E before F (Higham, Functions of Matrices, ch. 3 and 10)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from derivtex.core.notation import Structural
from derivtex.core.shapes import Shape, must_agree
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import EntryPower, Number, Pi, Product, Sum
from derivtex.operations.elementwise import Sin
from derivtex.operations.frechet import FORMS, FrechetForm, chain, divided_differences, form_of, is_known_well, resolvent, times
from derivtex.operations.functions import MatrixExp, as_real
from derivtex.operations.matrix import square

Integrand = Callable[[Term, Term, Term, Term, Term], Term]


class SecondForm(NamedTuple):
    """f″ of a number, and the part E before F as a sign and factor times ∫ ⋯ ds or ∫∫ ⋯ dr ds of a function of X, E, F, s and r.

    limits: the upper limit of each integral, the outer one first, in LaTeX, `{s}` for the outer letter; all begin at 0.
    """

    bend: Callable[[Any, Any], Any]
    limits: tuple[str, ...]
    integrand: Integrand
    factor: Term = Number(1)
    sign: int = 1


def of_exponentials(X: Term, E: Term, F: Term, s: Term, r: Term) -> Term:
    """e^{(1−s)X} E e^{(s−r)X} F e^{rX}."""
    return chain(MatrixExp(times(Sum((Number(1), -s)), X)), E, MatrixExp(times(Sum((s, -r)), X)), F, MatrixExp(times(r, X)))


def of_resolvents(X: Term, E: Term, F: Term, s: Term, r: Term) -> Term:
    """(X + sI)⁻¹ E (X + sI)⁻¹ F (X + sI)⁻¹."""
    around = resolvent(s, X)
    return chain(around, E, around, F, around)


SECOND_FORMS = {
    "exp": SecondForm(lambda np, z: np.exp(z), ("1", "{s}"), of_exponentials),
    "log": SecondForm(lambda np, z: -1 / z**2, (r"\infty",), of_resolvents, sign=-1),
}


def second_form_of(which: str) -> SecondForm | None:
    """The form of a function by its name, or of a power by its exponent p, −1 < p < 2; None where none is known.

    X^p = π⁻¹ sin(πp) ∫ s^{p−1} X (X + sI)⁻¹ ds, of which the terms of second order go on converging up to p = 2.
    """
    if which in FORMS:
        return SECOND_FORMS.get(which)
    p = Fraction(which)
    if not -1 < p < 2:
        return None
    factor = Product((Sin(Product((Number(p), Pi()))), EntryPower(Pi(), Number(-1))))
    return SecondForm(
        lambda np, z: float(p * (p - 1)) * z ** float(p - 2), (r"\infty",),
        lambda X, E, F, s, r: chain(EntryPower(s, Number(p)), of_resolvents(X, E, F, s, r)), factor, -1,
    )  # fmt: skip


class SecondFrechet(Operation):
    """The part of f(X + E + F) that is linear in E and in F, with E before F, times the sign of its form. `which` is exp, log or an exponent."""

    which: str
    of: Term
    first: Term
    second: Term
    linear_in = ("first", "second")
    notation = Structural("double integral")

    def conform(self) -> Shape:
        for direction in (self.first, self.second):
            must_agree(self.of.shape, direction.shape, "a direction differs in shape from the matrix")
        return square(self.of, "a function of a matrix")

    @property
    def form(self) -> SecondForm:
        found = second_form_of(self.which)
        assert found is not None
        return found

    def number(self, np, of, first, second):
        """By the eigenvalues: Σⱼ f[λᵢ, λⱼ, λₖ] EᵢⱼFⱼₖ in their basis."""
        values, vectors = np.linalg.eig(np.asarray(of))
        differences = second_differences(np, form_of(self.which), self.form, values.astype(complex))
        E, F = (np.linalg.solve(vectors, direction @ vectors) for direction in (first, second))
        result = self.form.sign * vectors @ np.einsum("ijk,ij,jk->ik", differences, E, F) @ np.linalg.inv(vectors)
        return as_real(np, result, of, first + second)

    def conditioned(self, np, of, first, second):
        return is_known_well(np, self.which, of)

    def program(self, np, scipy, of, first, second):
        """The corner of f([[X, E, 0], [0, X, F], [0, 0, X]])."""
        nothing, size = np.zeros_like(of), of.shape[0]
        block = np.block([[of, first, nothing], [nothing, of, second], [nothing, nothing, of]])
        exponent = () if self.which in FORMS else (float(Fraction(self.which)),)
        routine = form_of(self.which).routine.rpartition(".")[2]
        corner = getattr(scipy.linalg, routine)(block, *exponent)[:size, 2 * size :]
        return corner if self.form.sign > 0 else -corner


def second_differences(np, form: FrechetForm, second: SecondForm, z):
    """f[λᵢ, λⱼ, λₖ]: the slope of f[·, λⱼ] between λᵢ and λₖ, or where the three are one, f″/2."""
    first = divided_differences(np, form, z)
    i, j, k = np.meshgrid(z, z, z, indexing="ij")
    far, near = np.abs(i - k) > 1e-5 * (1 + np.abs(i)), np.abs(i - j) > 1e-5 * (1 + np.abs(i))
    between = (first[:, :, None] - first[None, :, :]) / np.where(far, i - k, 1)
    at_ends = (form.slope(np, i) - first[:, :, None]) / np.where(near, i - j, 1)
    return np.where(far, between, np.where(near, at_ends, second.bend(np, i) / 2))
