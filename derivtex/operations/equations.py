"""Matrices that a linear equation fixes: AX + XB = C (Sylvester, Lyapunov), X − AXB = C (Stein), and any other sum of such terms."""

from __future__ import annotations

from derivtex.core.notation import Named, Structural
from derivtex.core.shapes import SCALAR, Shape, must_agree
from derivtex.core.terms import Operation, Term, Terms
from derivtex.operations.arithmetic import Product, Sum, factors_of
from derivtex.operations.leaves import Symbol
from derivtex.operations.matrix import far_from_singular
from derivtex.operations.structure import Identity


class LinearSolution(Operation):
    """The solution X of L₁XR₁ + L₂XR₂ + ⋯ = C, which is taken to be the only one."""

    lefts: Terms
    rights: Terms
    of: Term
    linear_in = ("of",)
    notation = Structural("solution")
    letters = {"": ("Q", "Y", "S", "Z")}
    side = ""

    def conform(self) -> Shape:
        rows, columns = self.of.shape
        for left, right in zip(self.lefts, self.rights, strict=True):
            must_agree(left.shape, (rows, rows), "what stands before the unknown of an equation is not square")
            must_agree(right.shape, (columns, columns), "what stands behind the unknown of an equation is not square")
        return rows, columns

    def equation(self, unknown: Term) -> tuple[Term, Term]:
        """The two sides of the equation for a name of the solution."""
        return self.applied(unknown), self.of

    def applied(self, unknown: Term) -> Term:
        """The left side of the equation: L₁XR₁ + L₂XR₂ + ⋯."""
        parts = tuple(map(around, self.lefts, (unknown,) * len(self.lefts), self.rights))
        return Sum(parts) if len(parts) > 1 else parts[0]

    def number(self, np, *values):
        """By the system (Σ RₖᵀLₖ) vec X = vec C with Kronecker products."""
        system, of = self.system(np, values), np.atleast_2d(values[-1])
        return np.reshape(np.linalg.solve(system, np.reshape(of, (-1, 1), order="F")), of.shape, order="F")

    def conditioned(self, np, *values):
        return far_from_singular(np, self.system(np, values))

    def program(self, np, scipy, *values):
        if self.is_sylvester:
            return scipy.linalg.solve_sylvester(values[0], values[3], values[-1])
        of = values[-1]
        solved = np.linalg.solve(self.system(np, values), np.reshape(of, (-1, 1), order="F"))
        return np.reshape(solved, (of.shape[0], of.shape[1]), order="F")

    @property
    def is_sylvester(self) -> bool:
        """Whether the equation is AX + XB = C."""
        shown = [type(factor) is Identity for factor in (*self.lefts, *self.rights)]
        return shown == [False, True, True, False]

    def system(self, np, values):
        """The matrix of the equation for vec X."""
        count = len(self.lefts)
        pairs = zip(values[:count], values[count : 2 * count], strict=True)
        turned = [side.is_scalar for side in self.rights]
        return sum_of([np.kron(right if alone else right.T, left) for (left, right), alone in zip(pairs, turned, strict=True)])


def sum_of(parts):
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def around(left: Term, unknown: Term, right: Term) -> Term:
    """LXR, without identities."""
    factors: Terms = ()
    for part in (left, unknown, right):
        factors += factors_of(part)
    factors = tuple(factor for factor in factors if type(factor) is not Identity or factor is unknown)
    return Product(factors) if len(factors) > 1 else factors[0]


def placeholder(shape: Shape) -> Symbol:
    """The mark for what an operator acts on."""
    return Symbol(r"\cdot", "matrix", shape, (), None)


class Level(Operation):
    """The number ν at which the positive parts of the entries of v + ν1 have the sum t > 0.

    Of the entries in falling order it is the least of (t − v₁ − ⋯ − vₖ)/k (M. Held, P. Wolfe, H. Crowder, Math. Programming 6 (1974) 62).
    """

    of: Term
    total: Term
    notation = Named(r"\operatorname{level}", also=())

    @property
    def meaning(self) -> tuple[str, tuple[Term, ...]]:
        return (
            r"the $\nu$ at which the positive parts of the entries of {} $+ \nu\mathbf{1}$ have the sum {}: with the entries $v_1, v_2, \dots$ "
            r"in falling order the least of $(t - v_1 - \cdots - v_k)/k$, where $t$ is that sum"
        ), (self.of, self.total)

    def conform(self) -> Shape:
        must_agree(self.total.shape, SCALAR, "a sum is a number")
        return SCALAR

    def number(self, np, of, total):
        falling = -np.sort(-np.ravel(of))
        return np.min((total - np.cumsum(falling)) / np.arange(1, len(falling) + 1))

    def program(self, np, scipy, of, total):
        falling = -np.sort(-np.ravel(of))
        return np.min((total - np.cumsum(falling)) / np.cumsum(np.ones(np.ravel(of).shape)))


class FixedPoint(Operation):
    """What a function sends to itself: the z with z = F(z); z stands in the body as the unknown."""

    body: Term
    unknown: Term
    notation = Structural("fixed point")

    def conform(self) -> Shape:
        must_agree(self.body.shape, self.unknown.shape, "the sides of an equation differ in shape")
        return self.unknown.shape

    def equation(self, name: Term) -> tuple[Term, Term]:
        """The two sides of the equation for a name of the solution."""
        return name, self.body.replace({self.unknown: name})

    def number(self, np, body, unknown):
        raise LookupError("an equation is solved by the evaluator")
