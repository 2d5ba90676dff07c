r"""Equations that an author writes down to bring in a name: `AP + PA^T = C` for P, `\log p = …` for p."""

from __future__ import annotations

from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Exp, Log, Symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition
from derivtex.reading.meaning.equations import fixed, names, solved

Item = Definition | FunctionDefinition | Claim | Fault


def as_definition(item: Item, first: dict[Term, int]) -> Item:
    """An equation as the definition of the one undeclared name that it brings in; what is something else as it is.

    first: the undeclared names with the place where each occurs first.
    """
    if isinstance(item, Definition) and item.body is item.name.T:  # says of a name that it is symmetric
        return Claim(item.name, "=", item.body, item.span.text if item.span else "", item.span)
    if isinstance(item, Definition):
        try:
            return fixed(item)
        except NotDerivable as error:
            return Fault.of(item.span.text if item.span else "", error, item.span)
    if not isinstance(item, Claim) or any(isinstance(part, (Derivative, Differential)) for part in (*item.left.walk(), *item.right.walk())):
        return item
    begin = item.span.start if item.span else -1
    wanted = [name for name in names(item) if first.get(name, -1) >= begin]
    wanted = [name for name in wanted if item.left is Log(name)] or wanted
    body = solved(item, wanted[0], declared=False, about=set()) or of_logarithm(item, wanted[0]) if len(wanted) == 1 else None
    return item if body is None else Definition(wanted[0], body, item.span, (item.left, item.right))


def of_logarithm(claim: Claim, name: Symbol) -> Term | None:
    r"""What a number is whose logarithm an equation tells, `\log p = …`."""
    return Exp(claim.right) if claim.left is Log(name) and name.is_scalar and not claim.right.contains(name) else None
