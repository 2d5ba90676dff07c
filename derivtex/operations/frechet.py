"""Fréchet derivatives: how a function of a square matrix changes with the matrix (Higham, Functions of Matrices, ch. 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from derivtex.core.notation import Structural
from derivtex.core.shapes import Shape, must_agree
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import EntryPower, Number, Pi, Product, Sum, factors_of
from derivtex.operations.elementwise import Sin
from derivtex.operations.equations import LinearSolution
from derivtex.operations.functions import MatrixCos, MatrixExp, MatrixFunction, MatrixRoot, MatrixSin, as_real, has_good_eigenvectors
from derivtex.operations.matrix import Inverse, MatrixPower, Transpose, far_from_singular, square
from derivtex.operations.structure import Identity, Kronecker

# Fréchet derivatives: what df(X) is in a direction E. Each has an integral of the form ∫ P(s) E Q(s) ds (Higham, Functions of
# Matrices, ch. 10 and 11), which is how it is written; it is computed in other ways.

Side = tuple[int, Term, Term]


class FrechetForm(NamedTuple):
    """How a function of a matrix changes: f and f′ of a number, and L_f(X; E) as a factor times ∫ Σ ±P(s) E Q(s) ds.

    sides: from X and s to the triples (sign, P, Q). lower, upper: the limits in LaTeX. factor: in front of the integral.
    """

    value: Callable[[Any, Any], Any]
    slope: Callable[[Any, Any], Any]
    lower: str
    upper: str
    sides: Callable[[Term, Term], tuple[Side, ...]]
    routine: str
    factor: Term = Number(1)


def times(s: Term, of: Term) -> Term:
    return chain(s, of)


def rest(s: Term, of: Term) -> Term:
    """(1 − s)X."""
    return chain(Sum((Number(1), -s)), of)


def resolvent(s: Term, of: Term) -> Term:
    """(X + sI)⁻¹."""
    return Inverse(Sum((of, Product((s, Identity(of.shape[0]))))))


def decay(s: Term, of: Term) -> Term:
    """exp(−s X^{1/2})."""
    return MatrixExp(Product((Number(-1), s, MatrixRoot(of))))


FORMS = {
    "exp": FrechetForm(lambda np, z: np.exp(z), lambda np, z: np.exp(z), "0", "1", routine="scipy.linalg.expm",
                       sides=lambda X, s: ((1, MatrixExp(times(s, X)), MatrixExp(rest(s, X))),)),
    "sin": FrechetForm(lambda np, z: np.sin(z), lambda np, z: np.cos(z), "0", "1", routine="scipy.linalg.sinm",
                       sides=lambda X, s: ((1, MatrixCos(times(s, X)), MatrixCos(rest(s, X))),
                                           (-1, MatrixSin(times(s, X)), MatrixSin(rest(s, X))))),
    "cos": FrechetForm(lambda np, z: np.cos(z), lambda np, z: -np.sin(z), "0", "1", routine="scipy.linalg.cosm",
                       sides=lambda X, s: ((-1, MatrixSin(times(s, X)), MatrixCos(rest(s, X))),
                                           (-1, MatrixCos(times(s, X)), MatrixSin(rest(s, X))))),
    "log": FrechetForm(lambda np, z: np.log(z), lambda np, z: 1 / z, "0", r"\infty", routine="scipy.linalg.logm",
                       sides=lambda X, s: ((1, resolvent(s, X), resolvent(s, X)),)),
    "root": FrechetForm(lambda np, z: np.sqrt(z), lambda np, z: 0.5 / np.sqrt(z), "0", r"\infty", routine="scipy.linalg.sqrtm",
                        sides=lambda X, s: ((1, decay(s, X), decay(s, X)),)),
}  # fmt: skip


def form_of(which: str) -> FrechetForm:
    """The form of a function by its name, or of a fractional power by its exponent: `1/3`.

    X^p = π⁻¹ sin(πp) ∫ s^{p−1} X (X+sI)⁻¹ ds for 0 < p < 1, whose derivative converges for −1 < p < 1.
    """
    if which in FORMS:
        return FORMS[which]
    p = Fraction(which)
    return FrechetForm(
        lambda np, z: z ** float(p), lambda np, z: float(p) * z ** float(p - 1), "0", r"\infty",
        lambda X, s: ((1, Product((EntryPower(s, Number(p)), resolvent(s, X))), resolvent(s, X)),), "scipy.linalg.fractional_matrix_power",
        Product((Sin(Product((Number(p), Pi()))), EntryPower(Pi(), Number(-1)))),
    )  # fmt: skip


def divided_differences(np, form: FrechetForm, values):
    """f[λᵢ, λⱼ] for all pairs; the slope in the middle where two are very close."""
    z = values.astype(complex)
    gap = z[:, None] - z[None, :]
    close = np.abs(gap) < 1e-5 * (1 + np.abs(z[:, None]))
    f = form.value(np, z)
    middle = form.slope(np, (z[:, None] + z[None, :]) / 2)
    return np.where(close, middle, (f[:, None] - f[None, :]) / np.where(close, 1, gap))


def chain(*factors: Term) -> Term:
    """The product of factors, in one row."""
    return Product(tuple(part for factor in factors for part in factors_of(factor)))


def signed(parts: Iterable[tuple[int, Term]]) -> Term:
    """The sum of parts with signs."""
    terms = tuple(part if sign > 0 else chain(Number(-1), part) for sign, part in parts)
    return Sum(terms) if len(terms) > 1 else terms[0]


def flipped(side: Term) -> Term:
    """The transpose of a side of an integrand: the same function of the transpose; a product's factors come in reverse order."""
    match side:
        case Transpose(of):
            return of
        case Product(factors):
            return Product(tuple(factor if factor.is_scalar else flipped(factor) for factor in reversed(factors)))
        case Sum(terms):
            return Sum(tuple(map(flipped, terms)))
        case Identity():
            return side
        case Inverse() | MatrixFunction():
            return type(side)(flipped(side.of))
    return Transpose(side)


def is_known_well(np, which: str, matrix) -> bool:
    """Whether the Fréchet derivative of a function is well known by way of the eigenvalues; all but exp, sin and cos have a pole at 0."""
    return has_good_eigenvectors(np, matrix) and (which in ("exp", "sin", "cos") or far_from_singular(np, matrix))


class Frechet(Operation):
    """The Fréchet derivative of a matrix function at a matrix in a direction: the part of f(X + E) − f(X) that is linear in E.

    `which` is exp, log, sin, cos, root or an exponent.
    """

    which: str
    of: Term
    direction: Term
    linear_in = ("direction",)
    notation = Structural("integral")

    def conform(self) -> Shape:
        must_agree(self.of.shape, self.direction.shape, "a direction differs in shape from the matrix")
        return square(self.of, "a function of a matrix")

    @property
    def form(self) -> FrechetForm:
        return form_of(self.which)

    @property
    def is_integral(self) -> bool:
        """Whether the integral converges: that of a power for exponents between -1 and 1."""
        return self.which in FORMS or abs(Fraction(self.which)) < 1

    @property
    def power(self) -> Term:
        """The power of which it is the change, where it is that of one."""
        return MatrixPower(self.of, Number(Fraction(self.which)))

    @property
    def solution(self) -> LinearSolution | None:
        """What it is the solution of, where it is that of a linear equation: SY + YS = E for S = X^{1/2}, XYS + SYX = -E for X^{-1/2}.

        Higham, Functions of Matrices, sec. 6.1; the second of both sides of SX^{-1/2} = I, with S before and behind.
        """
        root, unit = MatrixRoot(self.of), Identity(self.of.shape[0])
        if self.which == "root":
            return LinearSolution((root, unit), (unit, root), self.direction)
        return LinearSolution((self.of, root), (root, self.of), -self.direction) if self.which == "-1/2" else None

    def integrand(self, s: Term) -> Term:
        """What stands under the integral, with s as the variable."""
        return signed((sign, chain(before, self.direction, behind)) for sign, before, behind in self.form.sides(self.of, s))

    def number(self, np, of, direction):
        """By the eigenvalues (Daletskii & Krein): V(f[λᵢ, λⱼ] ∘ V⁻¹EV)V⁻¹."""
        values, vectors = np.linalg.eig(np.asarray(of))
        inner = np.linalg.solve(vectors, direction @ vectors)
        result = vectors @ (divided_differences(np, self.form, values) * inner) @ np.linalg.inv(vectors)
        return as_real(np, result, of, direction)

    def conditioned(self, np, of, direction):
        return is_known_well(np, self.which, of)

    def program(self, np, scipy, of, direction):
        """By f([[X, E], [0, X]]) = [[f(X), L_f(X; E)], [0, f(X)]]."""
        if self.which == "exp":
            return scipy.linalg.expm_frechet(of, direction, compute_expm=False)
        size = of.shape[0]
        return corner(scipy, self.which, np.block([[of, direction], [np.zeros_like(of), of]]), size)


class FrechetMatrix(Operation):
    """The matrix of the Fréchet derivative of a matrix function: its product with vec E is the vec of the derivative in the direction E."""

    which: str
    of: Term
    notation = Structural("integral")

    def conform(self) -> Shape:
        rows, columns = square(self.of, "a function of a matrix")
        return rows * columns, rows * columns

    @property
    def form(self) -> FrechetForm:
        return form_of(self.which)

    def integrand(self, s: Term) -> Term:
        """What stands under the integral, with s as the variable."""
        return signed((sign, Kronecker(flipped(behind), before)) for sign, before, behind in self.form.sides(self.of, s))

    def number(self, np, of):
        values, vectors = np.linalg.eig(np.asarray(of))
        back = np.linalg.inv(vectors)
        differences = np.reshape(divided_differences(np, self.form, values), -1, order="F")
        return as_real(np, (np.kron(back.T, vectors) * differences) @ np.kron(vectors.T, back), of)

    def conditioned(self, np, of):
        return is_known_well(np, self.which, of)

    def program(self, np, scipy, of):
        """By f([[I⊗X, I], [0, Xᵀ⊗I]]): the two commute, and the corner is their divided difference."""
        size = of.shape[0] ** 2
        right, left = np.kron(np.eye(of.shape[0]), of), np.kron(of.T, np.eye(of.shape[0]))
        return corner(scipy, self.which, np.block([[right, np.eye(size)], [np.zeros((size, size)), left]]), size)


def corner(scipy, which: str, block, size):
    """The block at the top right of a function of a matrix of two by two blocks."""
    routine = form_of(which).routine.rpartition(".")[2]
    exponent = () if which in FORMS else (float(Fraction(which)),)
    return getattr(scipy.linalg, routine)(block, *exponent)[:size, size:]


class PowerChange(Operation):
    """The Fréchet derivative of a power of a matrix whose exponent is a letter; for a whole one Σ X^{r−1} E X^{k−r}."""

    of: Term
    exponent: Term
    direction: Term
    linear_in = ("direction",)
    notation = Structural("change")

    def conform(self) -> Shape:
        must_agree(self.of.shape, self.direction.shape, "a direction differs in shape from the matrix")
        return square(self.of, "a power")

    @property
    def power(self) -> Term:
        return MatrixPower(self.of, self.exponent)

    def number(self, np, of, exponent, direction):
        values, vectors = np.linalg.eig(np.asarray(of))
        form = FORMS["exp"]._replace(value=lambda np, z: z**exponent, slope=lambda np, z: exponent * z ** (exponent - 1))
        inner = np.linalg.solve(vectors, direction @ vectors)
        return as_real(np, vectors @ (divided_differences(np, form, values) * inner) @ np.linalg.inv(vectors), of, direction)

    def conditioned(self, np, of, exponent, direction):
        return has_good_eigenvectors(np, of) and (exponent == int(exponent) > 0 or far_from_singular(np, of))

    def program(self, np, scipy, of, exponent, direction):
        size = of.shape[0]
        block = np.block([[of, direction], [np.zeros_like(of), of]])
        return scipy.linalg.fractional_matrix_power(block, exponent)[:size, size:]
