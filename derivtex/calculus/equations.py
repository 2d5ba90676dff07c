"""Equations: the differential of what a linear equation fixes, by differentiating both sides and solving for the differential."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Cholesky, DiagonalMeans, DiagonalSums, Differential, Frechet, HalvedLower, MatrixRoot, Sum
from derivtex.operations.equations import LinearSolution, around
from derivtex.operations.structure import Identity
from derivtex.rewriting.holes import d, identity, inv, matrix
from derivtex.rewriting.page import Page, Rule, Why
from derivtex.rewriting.sources import CALCULUS, DEFINITION, giles, higham

equations = Page("Equations")
A, B, C = matrix("A", "m", "m"), matrix("B", "n", "n"), matrix("C", "m", "n")
X = matrix("X", "n", "n")
FACTOR = Cholesky(X)
SYLVESTER = LinearSolution((A, identity("m")), (identity("n"), B), C)
STEIN = LinearSolution((identity("m"), A), (identity("n"), B), C)


@equations.by_hand("solution of a linear equation", Differential, over=LinearSolution, reason="differentiate the equation and solve for the differential",
                   why=Why.EQUATION, says=r"AX + XB = C \Rightarrow A\,dX + dX\,B = dC - dA\,X - X\,dB", cite=giles("sec. 2.3"), pattern=d(C), needs=[("solvable", "C")], rides=True,
                   tried_on=[d(SYLVESTER), d(STEIN)])  # fmt: skip
def _solution(term: Term) -> Term | None:
    of = term.of
    parts: list[Term] = [d(of.of)]
    for left, right in zip(of.lefts, of.rights, strict=True):
        parts += [-around(d(left), of, right)] if type(left) is not Identity else []
        parts += [-around(left, of, d(right))] if type(right) is not Identity else []
    return LinearSolution(of.lefts, of.rights, Sum(tuple(parts)))


equations.states("inverse square root", d(inv(MatrixRoot(X))), Frechet("-1/2", X, d(X)), reason="$X\\,dS\\,R + R\\,dS\\,X = -dX$ for $S = X^{-1/2}$, $R = X^{1/2}$",
                 cite=higham("sec. 6.1"), given=[("real", "X")], needs=[("principal", "X")])  # fmt: skip
equations.states("Cholesky factor", d(FACTOR), FACTOR * HalvedLower(inv(FACTOR) * d(X) * inv(FACTOR).T), reason="differential of the Cholesky factor",
                 cite=giles("sec. 3.6"), given=[("symmetric", "X")], needs=[("posdef", "X")])  # fmt: skip
equations.states("sums along diagonals", d(DiagonalSums(X)), DiagonalSums(d(X)), reason="linear", cite=DEFINITION, rides=True)
equations.states("means along diagonals", d(DiagonalMeans(X)), DiagonalMeans(d(X)), reason="linear", cite=DEFINITION, rides=True)
equations.states("halved lower triangle", d(HalvedLower(X)), HalvedLower(d(X)), reason="linear", cite=DEFINITION, rides=True)


# What z = F(z) fixes.

implicit_rule = Rule("implicit differential", "Equations", "differentiate the equation and solve for the differential", CALCULUS,
                     lambda term: None, (Differential,), says=r"dz = J\,dz + r \Rightarrow dz = (I - J)^{-1}r", rides=True)  # fmt: skip



# What was read off before, in a second differential.

gradient_rule = Rule("gradient", "Equations", "the gradient above", DEFINITION, lambda term: None, (Differential,), says=r"d\phi = g^{T}dx", rides=True)
