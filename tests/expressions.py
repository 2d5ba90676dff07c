"""Random formulas of every shape, with something to differentiate them by: what is to be derived and confirmed, or refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from derivtex.core.errors import Source
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape, shape
from derivtex.core.terms import Term
from derivtex.operations import (
    Block,
    Call,
    Determinant,
    Diag,
    Diagonal,
    Entry,
    EntryPower,
    Hadamard,
    Identity,
    Index,
    Inner,
    Inverse,
    Kronecker,
    Log,
    LogSumExp,
    MatrixPower,
    Member,
    Norm,
    Number,
    Ones,
    Product,
    Softmax,
    Sum,
    SumOver,
    Trace,
    Transpose,
    Unvec,
    Vec,
    symbol,
)
from derivtex.operations.elementwise import Abs, Arctan, Cos, Exp, Relu, Sigmoid, Sin, Softplus, Tanh
from derivtex.operations.functions import MatrixExp
from derivtex.operations.norms import EntrySumNorm, WeightedNorm
from derivtex.problem import Definition, Problem

STRUCTURES = ((),) * 6 + tuple((name,) for name in ("symmetric", "skew", "diagonal", "orthogonal", "posdef", "lower", "upper", "invertible"))
SIZES = (*map(Dim.of, ("n", "n", "n", "m", "p")), ONE)
FUNCTIONS = (Sin, Cos, Tanh, Sigmoid, Softplus, Arctan, Abs, Relu)
OPTIONS = (
    {}, {}, {}, {}, {"layout": "numerator"}, {"form": "vec"}, {"form": "differential"}, {"structure": "constrained"}, {"structure": "ignore"},
)  # fmt: skip


class Formulas:
    """Formulas over a few letters: vectors and matrices of three sizes, families, a variable and names defined with it."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.variable = self.drawn_variable()
        self.names: dict[Shape, list[Term]] = {}
        self.bound: list[Index] = []
        self.count = 0

    def drawn_variable(self) -> Term:
        kind = self.random.choice(("scalar", "vector", "vector", "matrix", "matrix", "square", "square", "square", "family"))
        if kind == "scalar":
            return symbol("t", "scalar", SCALAR, self.random.choice(((), ("positive",))))
        if kind == "vector":
            return symbol("x", "vector", shape("n", 1))
        if kind == "family":
            family = symbol("x", "vector", shape("n", 1), (), (ONE, Dim.of("k")))
            return Member(family, Index("j", ONE, Dim.of("k")))
        return symbol("X", "matrix", shape("n", "n" if kind == "square" else "m"), self.random.choice(STRUCTURES) if kind == "square" else ())

    def problem(self) -> tuple[Problem, dict]:
        """A problem, and the options to derive it with."""
        definitions = []
        for number in range(self.random.choice((0, 0, 0, 1, 2, 3))):
            body = self.term(self.any_shape(), self.random.randint(1, 3))
            name = symbol(f"h_{number}", kind_of(body), body.shape)
            definitions.append(Definition(name, body))
            self.names.setdefault(body.shape, []).append(name)
        of = SCALAR if self.random.random() < 0.65 else self.any_shape()
        target = self.varying(of, definitions)
        options = dict(self.random.choice(OPTIONS))
        order = 2 if self.random.random() < 0.2 and of == SCALAR else 1
        return Problem(Source(""), {}, tuple(definitions), {}, target, (self.variable,), order), options

    def varying(self, of: Shape, definitions: list[Definition]) -> Term:
        """A term that depends on the variable; one of many tries at least."""
        for _ in range(20):
            term = self.term(of, self.random.randint(2, 4))
            if any(part.contains(self.variable) for part in (term, *(d.body for d in definitions if term.contains(d.name)))):
                break
        return term

    def size(self) -> Dim:
        return self.random.choice(SIZES)

    def any_shape(self) -> Shape:
        return self.random.choice((SCALAR, shape(self.size(), 1), shape(self.size(), self.size())))

    # Terms of a shape.

    def term(self, of: Shape, depth: int) -> Term:
        """A random term of a shape, with at most `depth` operations above each leaf."""
        if depth <= 0 or self.random.random() < 0.08:
            return self.leaf(of)
        makers: tuple[Callable[[Shape, int], Term], ...] = (self.arithmetic, self.arithmetic, self.entrywise)
        if of == SCALAR:
            makers = (self.arithmetic, self.scalar, self.scalar, self.scalar, self.log_or_root, self.over_family)
        elif of[1] == ONE:
            makers = (*makers, self.vector)
        if of[0] == of[1] and of != SCALAR:
            makers = (*makers, self.square, self.square)
        return self.random.choice(makers)(of, depth - 1)

    def leaf(self, of: Shape) -> Term:
        """The variable or a defined name where the shape allows it, else a constant."""
        found = [*self.names.get(of, ()), *(name.T for name in self.names.get(of[::-1], ()) if of != SCALAR)]
        whole = self.variable if type(self.variable) is not Member else None
        if whole is not None and whole.shape in (of, of[::-1]):
            found += [whole if whole.shape == of else whole.T] * 4
        if self.bound and of in (shape("n", 1), shape(1, "n")):
            member = Member(self.family(), self.bound[-1])
            found += [member if of[1] == ONE else member.T] * 3
        if found and self.random.random() < 0.75:
            return self.random.choice(found)
        return self.constant(of)

    def family(self) -> Term:
        if type(self.variable) is Member:
            return self.variable.family
        return symbol("a", "vector", shape("n", 1), (), (ONE, Dim.of("k")))

    def constant(self, of: Shape) -> Term:
        if of == SCALAR:
            return self.random.choice((Number(2), Number(Fraction(1, 2)), symbol(r"\alpha", "scalar"), symbol(r"\beta", "scalar")))
        rows, columns = of
        if self.random.random() < 0.1:
            return Identity(rows) if rows == columns else Ones(rows, columns)
        name = f"{self.random.choice('ABC' if columns != ONE else 'abc')}_{{{rows}{columns}}}"
        structure = self.random.choice(((), (), (), ("symmetric",), ("posdef",))) if rows == columns else ()
        return symbol(name + "".join(structure)[:1], "vector" if columns == ONE else "matrix", of, structure)

    def arithmetic(self, of: Shape, depth: int) -> Term:
        match self.random.randrange(6):
            case 0 | 1:
                return Sum(tuple(self.term(of, depth) for _ in range(self.random.choice((2, 2, 3)))))
            case 2:
                return self.term(of, depth) - self.term(of, depth)
            case 3:
                return Product((self.random.choice((Number(-1), Number(3), self.term(SCALAR, depth))), self.term(of, depth)))
            case 4 if of != SCALAR:
                return Transpose(self.term(of[::-1], depth))
        inner = self.size()
        if inner == ONE and of == SCALAR:
            return Product((self.term(SCALAR, depth), self.term(SCALAR, depth)))
        return Product((self.term((of[0], inner), depth), self.term((inner, of[1]), depth)))

    def entrywise(self, of: Shape, depth: int) -> Term:
        match self.random.randrange(6):
            case 0 | 1:
                return Hadamard((self.term(of, depth), self.term(of, depth)))
            case 2:
                return EntryPower(self.term(of, depth), Number(self.random.choice((2, 3))))
            case 3:
                return Call("g", 0, self.term(of, depth))
            case 4:
                return Hadamard((self.term(of, depth), EntryPower(self.positive(of, depth), Number(-1))))
        return self.random.choice(FUNCTIONS)(self.term(of, depth))

    def positive(self, of: Shape, depth: int) -> Term:
        """A term with positive entries."""
        one = Number(1) if of == SCALAR else Ones(*of)
        match self.random.randrange(3):
            case 0:
                return one + EntryPower(self.term(of, depth), Number(2))
            case 1:
                return Exp(Product((Number(Fraction(1, 2)), Tanh(self.term(of, depth)))))
        return one + Sigmoid(self.term(of, depth))

    def log_or_root(self, of: Shape, depth: int) -> Term:
        match self.random.randrange(4):
            case 0:
                return Log(self.positive(of, depth))
            case 1:
                return EntryPower(self.positive(of, depth), Number(Fraction(self.random.choice((1, -1, 3)), 2)))
            case 2:
                return Product((self.term(of, depth), EntryPower(self.positive(of, depth), Number(-1))))
        return EntryPower(self.term(of, depth), Number(2))

    def scalar(self, of: Shape, depth: int) -> Term:
        rows, columns = self.size(), self.size()
        matrix, column, square = shape(rows, columns), shape(rows, 1), shape("n", "n")
        makers = (
            lambda: Trace(self.term(square, depth)),
            lambda: Trace(self.term((rows, rows), depth)),
            lambda: Inner(self.term(matrix, depth), self.term(matrix, depth)),
            lambda: self.term(column, depth).T * self.term(column, depth),
            lambda: EntryPower(Norm(self.term(matrix, depth)), Number(2)),
            lambda: Norm(self.term(matrix, depth)),
            lambda: Determinant(self.term(square, depth)),
            lambda: Log(Determinant(self.definite(square, depth))),
            lambda: LogSumExp(self.term(column, depth)),
            lambda: EntrySumNorm(self.term(matrix, depth)),
            lambda: WeightedNorm(self.term(column, depth), symbol("W_{" + str(rows) + "}", "matrix", shape(rows, rows), ("posdef",))),
            lambda: Entry(self.term(matrix, depth), Number(1), Number(1)),
            lambda: Ones(rows, ONE).T * self.term(matrix, depth) * Ones(columns, ONE),
            lambda: self.random.choice(FUNCTIONS)(self.term(SCALAR, depth)),
        )
        return self.random.choice(makers)()

    def over_family(self, of: Shape, depth: int) -> Term:
        """A sum over a family; not inside another."""
        if self.bound:
            return self.arithmetic(of, depth)
        index = Index("i", ONE, Dim.of("k"))
        self.bound.append(index)
        body = self.term(of, depth)
        self.bound.pop()
        return SumOver(index, body)

    def vector(self, of: Shape, depth: int) -> Term:
        match self.random.randrange(4):
            case 0:
                return Diagonal(self.term((of[0], of[0]), depth)) if of != SCALAR else self.term(of, depth)
            case 1:
                return Softmax(self.term(of, depth))
            case 2:
                return self.random.choice((Exp, *FUNCTIONS))(self.term(of, depth))
        inner = self.size()
        return Unvec(Vec(self.term((of[0], inner), depth)), of[0], inner) * self.term((inner, ONE), depth)

    def square(self, of: Shape, depth: int) -> Term:
        makers = (
            lambda: Inverse(self.definite(of, depth)),
            lambda: Inverse(self.term(of, depth)),
            lambda: MatrixPower(self.term(of, depth), Number(self.random.choice((2, 3, -2)))),
            lambda: Diag(self.term((of[0], ONE), depth)),
            lambda: MatrixExp(self.term(of, 0)),
            lambda: self.definite(of, depth),
            lambda: Kronecker(self.term(SCALAR, depth), self.term(of, depth)),
            lambda: self.outer(of, depth),
        )
        return self.random.choice(makers)()

    def outer(self, of: Shape, depth: int) -> Term:
        return self.term((of[0], ONE), depth) * self.term((of[1], ONE), depth).T

    def definite(self, of: Shape, depth: int) -> Term:
        """I + MMᵀ."""
        factor = self.term((of[0], self.size()), depth)
        return Identity(of[0]) + factor * factor.T


class Composed(Formulas):
    """Formulas under an operation that makes other sizes: vec, Kronecker products, blocks."""

    def problem(self) -> tuple[Problem, dict]:
        left, right = self.any_shape(), self.any_shape()
        a, b, c = (self.term(of, 2) for of in (left, right, left))
        makers = (
            lambda: Kronecker(a, b),
            lambda: Vec(a),
            lambda: Vec(a).T * Vec(c),
            lambda: EntryPower(Norm(Kronecker(a, b)), Number(2)),
            lambda: Trace(Kronecker(a * a.T, b.T * b)),
            lambda: Block((a, c), self.random.choice((1, 2))),
            lambda: EntryPower(Norm(Block((a, c), 2)), Number(2)),
            lambda: Log(Determinant(Kronecker(Identity(left[0]) + a * c.T * c * a.T, Identity(right[0]) + b * b.T))),
            lambda: Vec(a * a.T).T * Kronecker(self.constant((left[0], left[0])), self.constant((left[0], left[0]))) * Vec(c * c.T),
        )
        options = dict(self.random.choice(OPTIONS))
        return Problem(Source(""), {}, (), {}, self.random.choice(makers)(), (self.variable,)), options


def kind_of(term: Term) -> str:
    return "scalar" if term.is_scalar else "vector" if term.shape[1] == ONE else "matrix"
