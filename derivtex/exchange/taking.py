"""From SymPy to terms. SymPy is handed in."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from derivtex import operations as ops
from derivtex.core.errors import UsageError
from derivtex.core.shapes import SCALAR, Dim
from derivtex.core.terms import Term
from derivtex.exchange.giving import function_name
from derivtex.operations import elementwise

SAME_NAME = ("Exp", "Log", "Sin", "Cos", "Tan", "Tanh", "Sinh", "Cosh", "Arctan", "Abs", "Sign")


class Taking:
    """From SymPy to terms, one method a class of SymPy's."""

    def __init__(self, sympy: Any):
        self.sympy = sympy
        self.functions = {function_name(card): getattr(elementwise, card) for card in SAME_NAME}

    def of(self, expression: Any) -> Term:
        name = type(expression).__name__
        if name in self.functions:
            return cast(Term, self.functions[name](self.of(expression.args[0])))
        for kind in type(expression).__mro__:
            if hasattr(self, kind.__name__):
                return cast(Term, getattr(self, kind.__name__)(expression))
        raise UsageError(f"no card for SymPy's {name}", way_out="write the formula in LaTeX, or add the operation")

    def each(self, expressions: Any) -> tuple[Term, ...]:
        return tuple(map(self.of, expressions))

    def size(self, expression: Any) -> Dim:
        """A dimension: a polynomial in names."""
        symbols = sorted(expression.free_symbols, key=str)
        if not symbols:
            return Dim.of(int(expression))
        monomials = self.sympy.Poly(expression, *symbols).terms()
        names = [
            [symbol.name for symbol, power in zip(symbols, powers, strict=True) for _ in range(power)] for powers, _ in monomials
        ]
        return Dim.collect((tuple(sorted(each)), int(factor)) for each, (_, factor) in zip(names, monomials, strict=True))

    def MatrixSymbol(self, expression: Any) -> Term:
        rows, columns = map(self.size, expression.shape)
        if (rows, columns) == SCALAR:
            return ops.symbol(expression.name, "scalar")
        kind = "vector" if columns.integer == 1 else "row" if rows.integer == 1 else "matrix"
        return ops.symbol(expression.name, kind, (rows, columns))

    def Symbol(self, expression: Any) -> Term:
        return ops.symbol(expression.name, "scalar", SCALAR, ("positive",) if expression.is_positive else ())

    Dummy = Symbol

    def Rational(self, expression: Any) -> Term:
        return ops.Number(Fraction(int(expression.p), int(expression.q)))

    def Pi(self, expression: Any) -> Term:
        return ops.Pi()

    def Exp1(self, expression: Any) -> Term:
        return elementwise.Exp(ops.Number(1))

    def Add(self, expression: Any) -> Term:
        return ops.Sum(self.each(expression.as_ordered_terms()))

    def Mul(self, expression: Any) -> Term:
        return ops.Product(self.each(expression.as_ordered_factors()))

    def Pow(self, expression: Any) -> Term:
        return ops.EntryPower(self.of(expression.base), self.of(expression.exp))

    def MatAdd(self, expression: Any) -> Term:
        return ops.Sum(self.each(expression.args))

    def MatMul(self, expression: Any) -> Term:
        return ops.Product(self.each(expression.args))

    def MatPow(self, expression: Any) -> Term:
        return ops.MatrixPower(self.of(expression.base), self.of(expression.exp))

    def HadamardProduct(self, expression: Any) -> Term:
        return ops.Hadamard(self.each(expression.args))

    def HadamardPower(self, expression: Any) -> Term:
        return ops.EntryPower(*self.each(expression.args))

    def KroneckerProduct(self, expression: Any) -> Term:
        parts = self.each(expression.args)
        result = parts[0]
        for part in parts[1:]:
            result = ops.Kronecker(result, part)
        return result

    def Transpose(self, expression: Any) -> Term:
        return ops.Transpose(self.of(expression.arg))

    def Inverse(self, expression: Any) -> Term:
        return ops.Inverse(self.of(expression.arg))

    def Trace(self, expression: Any) -> Term:
        of = self.of(expression.arg)
        return of if of.is_scalar else ops.Trace(of)

    def Determinant(self, expression: Any) -> Term:
        return ops.Determinant(self.of(expression.arg))

    def Identity(self, expression: Any) -> Term:
        return ops.Identity(self.size(expression.shape[0]))

    def ZeroMatrix(self, expression: Any) -> Term:
        return ops.zero((self.size(expression.shape[0]), self.size(expression.shape[1])))

    def OneMatrix(self, expression: Any) -> Term:
        return ops.Ones(self.size(expression.shape[0]), self.size(expression.shape[1]))

    def DiagMatrix(self, expression: Any) -> Term:
        return ops.Diag(self.of(expression.args[0]))

    def DiagonalOf(self, expression: Any) -> Term:
        return ops.Diagonal(self.of(expression.args[0]))

    def ElementwiseApplyFunction(self, expression: Any) -> Term:
        """f.(X) by way of f at a symbol, which then stands for every entry."""
        of = self.of(expression.expr)
        variable, body = expression.function.args[0][0], expression.function.args[1]
        name = type(body).__name__
        if name not in self.functions or body.args != (variable,):
            raise UsageError(f"no card for the elementwise function {body}", way_out="define the function in the LaTeX source")
        return cast(Term, self.functions[name](of))

    def Heaviside(self, expression: Any) -> Term:
        return elementwise.Step(self.of(expression.args[0]))

    def Max(self, expression: Any) -> Term:
        parts = [part for part in expression.args if part != 0]
        if len(parts) == 1 and len(expression.args) == 2:
            return elementwise.Relu(self.of(parts[0]))
        return ops.Maximum(*self.each(expression.args))

    def DiracDelta(self, expression: Any) -> Term:
        """Zero wherever a derivative exists."""
        return ops.Number(0)

    def AppliedUndef(self, expression: Any) -> Term:
        name = type(expression).__name__
        return ops.Call(name.rstrip("'"), len(name) - len(name.rstrip("'")), self.of(expression.args[0]))

    def Derivative(self, expression: Any) -> Term:
        """A derivative of an abstract function by its own argument."""
        inner = self.of(expression.expr)
        own = len(expression.variable_count) == 1 and expression.expr.args[:1] == expression.variables[:1]
        if type(inner) is not ops.Call or not own:
            raise UsageError(f"SymPy left {expression} open", way_out="give the derivative in the source")
        return ops.Call(inner.function, inner.order + int(expression.variable_count[0][1]), inner.of)

    def Subs(self, expression: Any) -> Term:
        """A derivative taken at a point."""
        inner = self.of(expression.expr)
        table = dict(zip(self.each(expression.variables), self.each(expression.point), strict=True))
        return inner.replace(table)
