"""From terms to SymPy. SymPy is handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derivtex import operations as ops
from derivtex.core.errors import UsageError
from derivtex.core.shapes import SCALAR, Dim, Shape
from derivtex.core.terms import Term
from derivtex.operations import activations, elementwise

SYMPY_NAMES = {"Arctan": "atan", "Abs": "Abs"}


def refusal(what: str) -> UsageError:
    return UsageError(f"SymPy's matrix expressions cannot hold {what}", way_out="ask for --format numpy, or for the LaTeX")


def function_name(card: str) -> str:
    """What SymPy calls an elementwise function."""
    return SYMPY_NAMES.get(card, card.lower())


class Giving:
    """From terms to SymPy, one method a card."""

    def __init__(self, sympy: Any):
        self.sympy = sympy
        self.done: dict[Term, Any] = {}

    def of(self, term: Term) -> Any:
        if term not in self.done:
            name = type(term).__name__
            if isinstance(term, ops.Elementwise):
                self.done[term] = self.elementwise(term)
            elif hasattr(self, name):
                self.done[term] = getattr(self, name)(term)
            else:
                raise refusal((type(term).__doc__ or name).split(":")[0].rstrip(".").lower())
        return self.done[term]

    def size(self, dim: Dim) -> Any:
        total = self.sympy.Integer(0)
        for names, factor in dim:
            factor = self.sympy.Rational(factor)
            total += factor * self.sympy.Mul(*(self.sympy.Symbol(name, integer=True, positive=True) for name in names))
        return total

    def scalar(self, term: Term) -> Any:
        """A 1 × 1 term as a scalar expression."""
        value = self.of(term)
        return self.sympy.Trace(value) if getattr(value, "is_Matrix", False) else value

    def named(self, name: str, shape: Shape, **assumptions: bool) -> Any:
        if shape == SCALAR:
            return self.sympy.Symbol(name, **assumptions)
        return self.sympy.MatrixSymbol(name, *map(self.size, shape))

    def Symbol(self, term: ops.Symbol) -> Any:
        if term.family is not None:
            raise refusal("an indexed family")
        if "identity" in term.properties:
            return self.sympy.Identity(self.size(term.shape[0]))
        assumptions = {"positive": True} if term.has("positive") else {} if term.has("complex") else {"real": True}
        return self.named(term.name, term.shape, **assumptions)

    def Differential(self, term: ops.Differential) -> Any:
        if type(term.of) is not ops.Symbol:
            raise refusal("the differential of an expression")
        return self.named(f"d{term.of.name}", term.shape, real=True)

    def Number(self, term: ops.Number) -> Any:
        return self.sympy.Rational(term.value.numerator, term.value.denominator)

    def Pi(self, term: Term) -> Any:
        return self.sympy.pi

    def Sum(self, term: ops.Sum) -> Any:
        if term.is_scalar:
            return self.sympy.Add(*map(self.scalar, term.terms))
        return self.sympy.MatAdd(*map(self.of, term.terms)).doit(deep=False)

    def Product(self, term: ops.Product) -> Any:
        scale = self.sympy.Mul(*(self.scalar(factor) for factor in term.factors if factor.is_scalar))
        chain = [self.of(factor) for factor in term.factors if not factor.is_scalar]
        if not chain:
            return scale
        product = self.sympy.MatMul(*chain).doit(deep=False)
        return scale * (self.sympy.Trace(product) if term.is_scalar else product)

    def EntryPower(self, term: ops.EntryPower) -> Any:
        exponent = self.scalar(term.exponent)
        if term.is_scalar:
            return self.scalar(term.base) ** exponent
        return self.sympy.HadamardPower(self.of(term.base), exponent)

    def Hadamard(self, term: ops.Hadamard) -> Any:
        if term.is_scalar:
            return self.sympy.Mul(*map(self.scalar, term.factors))
        return self.sympy.HadamardProduct(*map(self.of, term.factors))

    def Inner(self, term: ops.Inner) -> Any:
        if term.left.is_scalar:
            return self.scalar(term.left) * self.scalar(term.right)
        return self.sympy.Trace(self.of(term.left).T * self.of(term.right))

    def Norm(self, term: ops.Norm) -> Any:
        if term.of.is_scalar:
            return self.sympy.Abs(self.scalar(term.of))
        return self.sympy.sqrt(self.sympy.Trace(self.of(term.of).T * self.of(term.of)))

    def Transpose(self, term: ops.Transpose) -> Any:
        return self.scalar(term.of) if term.is_scalar else self.sympy.Transpose(self.of(term.of)).doit(deep=False)

    def Inverse(self, term: ops.Inverse) -> Any:
        return 1 / self.scalar(term.of) if term.is_scalar else self.sympy.Inverse(self.of(term.of))

    def MatrixPower(self, term: ops.MatrixPower) -> Any:
        if term.is_scalar:
            return self.scalar(term.base) ** self.scalar(term.exponent)
        return self.sympy.MatPow(self.of(term.base), self.scalar(term.exponent))

    def Trace(self, term: ops.Trace) -> Any:
        return self.scalar(term.of) if term.of.is_scalar else self.sympy.Trace(self.of(term.of))

    def Determinant(self, term: ops.Determinant) -> Any:
        return self.scalar(term.of) if term.of.is_scalar else self.sympy.Determinant(self.of(term.of))

    def Kronecker(self, term: ops.Kronecker) -> Any:
        if term.left.is_scalar or term.right.is_scalar:
            return self.of(term.left) * self.of(term.right)
        return self.sympy.KroneckerProduct(self.of(term.left), self.of(term.right))

    def Identity(self, term: ops.Identity) -> Any:
        return self.sympy.Identity(self.size(term.size))

    def Zero(self, term: ops.Zero) -> Any:
        return self.sympy.ZeroMatrix(self.size(term.rows), self.size(term.columns))

    def Ones(self, term: ops.Ones) -> Any:
        return self.sympy.OneMatrix(self.size(term.rows), self.size(term.columns))

    def Diag(self, term: ops.Diag) -> Any:
        return self.sympy.DiagMatrix(self.of(term.of))

    def Diagonal(self, term: ops.Diagonal) -> Any:
        return self.sympy.DiagonalOf(self.of(term.of))

    def Call(self, term: ops.Call) -> Any:
        """A function that the author named; its derivative of an order as a function with that many primes."""
        return self.applied(self.sympy.Function(term.function + "'" * term.order, real=True), term.of)

    def elementwise(self, term: ops.Elementwise) -> Any:
        return self.applied(self.function(type(term)), term.of)

    def function(self, card: type) -> Any:
        sympy = self.sympy
        special = {
            elementwise.Sigmoid: lambda t: 1 / (1 + sympy.exp(-t)),
            elementwise.Softplus: lambda t: sympy.log(1 + sympy.exp(t)),
            activations.NormalDistribution: lambda t: (1 + sympy.erf(t / sympy.sqrt(2))) / 2,
            activations.Gelu: lambda t: t * (1 + sympy.erf(t / sympy.sqrt(2))) / 2,
            activations.Swish: lambda t: t / (1 + sympy.exp(-t)),
            activations.Elu: lambda t: sympy.Piecewise((t, t > 0), (sympy.exp(t) - 1, True)),
            elementwise.Relu: lambda t: sympy.Max(0, t),
            elementwise.Step: lambda t: sympy.Heaviside(t, 0),
        }
        if card in special:
            return special[card]
        if not hasattr(sympy, function_name(card.__name__)):
            raise refusal((card.__doc__ or card.__name__).rstrip(".").lower())
        return getattr(sympy, function_name(card.__name__))

    def applied(self, function: Callable[[Any], Any], of: Term) -> Any:
        return function(self.scalar(of)) if of.is_scalar else self.of(of).applyfunc(function)
