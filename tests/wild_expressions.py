"""Formulas with what is hard for numbers: kinks, functions of matrices, ranks, large and small coefficients, functions defined in pieces."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import Source
from derivtex.core.shapes import SCALAR, Shape, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Determinant,
    Eigenvalue,
    EntryPower,
    Identity,
    Inner,
    Inverse,
    Log,
    MatrixLog,
    MatrixPower,
    MatrixRoot,
    Maximum,
    Norm,
    NuclearNorm,
    Number,
    Ones,
    Product,
    PseudoInverse,
    SpectralNorm,
    Sum,
    Trace,
    symbol,
)
from derivtex.operations.elementwise import Abs, Exp, Relu, Sigmoid
from derivtex.operations.functions import MatrixExp
from derivtex.operations.norms import EntrySumNorm, MaxNorm
from derivtex.problem import FunctionDefinition, Problem
from tests.expressions import Formulas

T = symbol("t", "scalar", SCALAR)
HALF, ONE_, TWO = Number(Fraction(1, 2)), Number(1), Number(2)
SCALES = (Number(10**6), Number(10**12), Number(Fraction(1, 10**6)), Number(1000), Number(Fraction(1, 1000)), Number(100))
PIECES = {
    "hinge²": HALF * EntryPower(Relu(T), TWO) - HALF * EntryPower(Relu(T - ONE_), TWO),
    "Huber": HALF * EntryPower(T, TWO) - HALF * EntryPower(Relu(Abs(T) - ONE_), TWO),
    "leaky": Sum((Relu(T), Product((Number(Fraction(-1, 10)), Relu(-T))))),
    "soft": Relu(T - HALF) - Relu(-T - HALF),
    "smooth": Product((T, Sigmoid(T))),
}


class Wild(Formulas):
    """One hard operation around ordinary formulas."""

    def problem(self) -> tuple[Problem, dict]:
        piece = PIECES[self.random.choice(sorted(PIECES))]
        target = self.varying(SCALAR, [])
        for _ in range(20):
            if target.contains(self.variable):
                break
            target = self.hard(self.random.randint(1, 3))
        functions = {"h": FunctionDefinition("h", T, piece)} if any(type(part) is Call and part.function == "h" for part in target.walk()) else {}
        options = {"structure": "ignore"} if self.random.random() < 0.2 else {}
        order = 2 if self.random.random() < 0.15 else 1
        return Problem(Source(""), {}, (), functions, target, (self.variable,), order), options

    def varying(self, of: Shape, definitions: list) -> Term:
        return self.hard(self.random.randint(1, 2))

    def entrywise(self, of: Shape, depth: int) -> Term:
        if self.random.random() < 0.3:
            inside = self.term(of, depth)
            makers = (lambda: Call("h", 0, inside), lambda: Maximum(inside, self.term(of, depth)), lambda: EntryPower(Relu(inside), TWO))
            return self.random.choice(makers)()
        return super().entrywise(of, depth)

    def hard(self, depth: int) -> Term:
        rows, columns = self.size(), self.size()
        any_, square, column = shape(rows, columns), shape("n", "n"), shape("n", 1)
        scale, other = self.random.choice(SCALES), self.random.choice(SCALES)
        makers = (
            lambda: Trace(MatrixLog(self.definite(square, depth))),
            lambda: Trace(Product((self.constant(square), MatrixLog(self.definite(square, depth))))),
            lambda: Trace(Product((self.constant(square), MatrixRoot(self.definite(square, depth))))),
            lambda: Trace(MatrixExp(self.term(square, 1))),
            lambda: Trace(Product((self.constant(square), MatrixPower(self.definite(square, depth), Number(Fraction(-1, 2)))))),
            lambda: NuclearNorm(self.term(any_, depth)),
            lambda: SpectralNorm(self.term(any_, depth)),
            lambda: EntryPower(Norm(PseudoInverse(self.term(any_, depth))), TWO),
            lambda: Log(Determinant(self.gram(depth))),
            lambda: Trace(Inverse(self.gram(depth))),
            lambda: Eigenvalue(self.gram(depth), Number(1), self.random.choice(("descending", "ascending"))),
            lambda: MaxNorm(self.term(any_, depth)),
            lambda: EntrySumNorm(self.term(any_, depth)),
            lambda: Inner(Ones(*any_), Call("h", 0, self.term(any_, depth))),
            lambda: Inner(self.constant(any_), Maximum(self.term(any_, depth), self.term(any_, depth))),
            lambda: Product((scale, self.term(SCALAR, depth))) + self.term(SCALAR, depth),
            lambda: Exp(Product((Number(-1), scale, EntryPower(Norm(self.leaf(column)), TWO)))),
            lambda: Log(Sum((ONE_, Product((scale, EntryPower(Norm(self.term(column, 1)), TWO)))))),
            lambda: EntryPower(Sum((scale, EntryPower(Norm(self.term(column, 1)), TWO))), HALF),
            lambda: Product((scale, self.term(SCALAR, 1))) + Product((other, self.term(SCALAR, 1))),
            lambda: Determinant(Product((scale, self.term(square, 1)))),
        )
        return self.random.choice(makers)()

    def gram(self, depth: int) -> Term:
        """MᵀM, which is singular where M is wide, or I + MᵀM."""
        factor = self.term((self.size(), self.size()), depth)
        inside = factor.T * factor
        return inside if self.random.random() < 0.3 else Identity(factor.shape[1]) + inside
