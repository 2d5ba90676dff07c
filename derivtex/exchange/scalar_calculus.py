"""Calculus of scalar functions that no card knows: a function that the source defines, `g(t) = t/(1 + e^{-t})`, by SymPy.

SymPy is imported only here and in `exchange`, and only when such a function has to be differentiated.
"""

from __future__ import annotations

from typing import Any

from derivtex.core.errors import NotDerivable, UsageError
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.exchange import from_sympy, to_sympy
from derivtex.operations import Number, Product, Symbol
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.problem import FunctionDefinition


def derivative(function: FunctionDefinition, order: int = 1) -> Term:
    """The derivative of an order of g(t), in terms of its argument t, simplified; NotDerivable where SymPy cannot.

    >>> from derivtex.operations import Sin, symbol
    >>> t = symbol("t", "scalar")
    >>> derivative(FunctionDefinition("g", t, Sin(t)))
    Cos(Symbol('t', 'scalar', (1, 1), (), None))
    """
    if order == 0:
        return function.body
    import sympy

    try:
        body, argument = to_sympy(function.body), to_sympy(function.argument)
        result = from_sympy(simplest(sympy, sympy.diff(body, argument, order)))
    except UsageError as reason:
        message = f"the derivative of {function.name} is not known: {reason}"
        raise NotDerivable(message, way_out=reason.way_out, span=function.span) from reason
    return result.replace(_own_symbols(function))


def simplify(term: Term) -> Term:
    """A scalar term in the shortest form that SymPy finds; the term itself where SymPy cannot hold it."""
    import sympy

    try:
        shorter = from_sympy(simplest(sympy, to_sympy(term)))
    except UsageError:
        return term
    return shorter.replace({symbol: own for own in term.walk() if type(own) is Symbol for symbol in [_bare(own)]})


def roots(term: Term, unknown: Symbol) -> list[Term]:
    """Where a number is zero, by SymPy: the real roots, the positive ones of what is positive; none where SymPy knows no finite list.

    What does not contain the unknown is one name for SymPy, whatever it is made of.
    """
    import sympy

    parts: dict[Term, Term] = {}
    try:
        bare = term.map(lambda part: named_part(part, unknown, parts))
        asked = to_sympy(bare)
        variable = next((each for each in asked.free_symbols if str(each) == unknown.name), None)
        own = sympy.Symbol(unknown.name, real=True, positive=True if unknown.has("positive") else None)
        found = sympy.solve(asked.subs(variable, own), own) if variable is not None else []
        terms = [from_sympy(sympy.simplify(root)) for root in found if root.is_real is not False]
    except (UsageError, NotImplementedError, TypeError, ValueError):
        return []
    back: dict[Term, Term] = {_bare(name): part for part, name in parts.items() if type(name) is Symbol}
    return [root.replace(back) for root in terms]


def named_part(part: Term, unknown: Symbol, parts: dict[Term, Term]) -> Term | None:
    """A name for a number that does not contain the unknown; numbers and the unknown stay."""
    if type(part) is Product and part.is_scalar and part.contains(unknown):
        scalars, chain = scalars_and_chain(part)
        if not chain or any(factor.contains(unknown) for factor in chain):
            return None
        inside = tuple(each.map(lambda inner: named_part(inner, unknown, parts)) for each in (*scalars, Product(chain)))
        return Product(inside)
    if not part.is_scalar or part.contains(unknown) or type(part) is Number:
        return None
    properties = ("positive",) if holds_positive(part) else ()
    return parts.setdefault(part, Symbol(f"c_{{{len(parts) + 1}}}", "scalar", SCALAR, properties, None))


def holds_positive(part: Term) -> bool:
    return type(part) is Symbol and part.has("positive")


def simplest(sympy: Any, expression: Any) -> Any:
    """The shortest of a few forms, rather without functions that the author did not use; of equally short ones the first."""
    ways = (sympy.factor, sympy.together, sympy.cancel, sympy.simplify)
    forms = [expression, *(way(expression) for way in ways)]
    known = kinds_of_functions(sympy, expression)
    return min(forms, key=lambda form: (len(kinds_of_functions(sympy, form) - known), sympy.count_ops(form)))


def kinds_of_functions(sympy: Any, expression: Any) -> set[Any]:
    return {part.func for part in expression.atoms(sympy.Function)}


def _own_symbols(function: FunctionDefinition) -> dict[Term, Term]:
    """The symbols of a definition by what SymPy gives back for them: names survive, properties do not."""
    symbols = [term for term in (function.argument, *function.body.walk()) if type(term) is Symbol]
    return {_bare(own): own for own in symbols}


def _bare(own: Symbol) -> Term:
    return Symbol(own.name, own.kind, own.size, ("positive",) if own.has("positive") else (), None)


__all__ = ["derivative", "roots", "simplify"]
