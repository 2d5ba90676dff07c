"""Numbers, sums, quotients and roots."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, size_text
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Identity, MatrixRoot, Number, Product, Sum
from derivtex.operations.arithmetic import factors_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.multiplication import broadcast, product
from derivtex.reading.meaning.reach import refuse_value_of_one
from derivtex.reading.syntax.tree import Node


def number(to: Elaborator, node: Node) -> Term:
    if "e" in node.text:
        to.scope.guess(f"{node.text} is a number, written with a power of ten")
    return Number(Fraction(node.text))


def negated(term: Term) -> Term:
    """The term with the other sign; a number in front takes it."""
    if type(term) is Number:
        return Number(-term.value)
    if type(term) is Product:
        first = term.factors[0]
        return (
            Product((Number(-first.value), *term.factors[1:])) if type(first) is Number else Product((Number(-1), *term.factors))
        )
    return Product((Number(-1), term))


def sum_(to: Elaborator, node: Node) -> Term:
    refuse_value_of_one(to, node.parts)
    terms = [to.term(part) for part in node.parts]
    terms = as_multiples(to, terms) if to.powers == "identity" else broadcast(to, node, terms)
    terms = [negated(term) if sign == "-" else term for sign, term in zip(node.marks, terms, strict=True)]
    if len(terms) == 1:
        return terms[0]
    flat: list[Term] = []
    for term, sign in zip(terms, node.marks, strict=True):
        flat.extend(term.terms if type(term) is Sum and sign == "+" else (term,))
    return to.make(Sum, tuple(flat), node=node)


def as_multiples(to: Elaborator, terms: list[Term]) -> list[Term]:
    r"""The addends, each number beside a square matrix as that multiple of the identity: the λ of `X^TX + \lambda`."""
    square = next((shape for term in terms if (shape := to.shape(term))[0] == shape[1] != ONE and type(term) is not Identity), None)
    if square is None:
        return terms
    return [Product((term, Identity(square[0]))) if to.shape(term) == (ONE, ONE) else term for term in terms]


def quotient(to: Elaborator, node: Node, over: Term, under: Term) -> Term:
    """over / under: a product with the reciprocal of a scalar."""
    if to.shape(under) != (ONE, ONE):
        way_out = r"write A\oslash B for the quotients of entries, A B^{-1} for the inverse of a matrix"
        error = ShapeError(f"the denominator has the shape {size_text(to.shape(under))}", way_out=way_out)
        error.open = True  # entry by entry, as authors write update rules
        raise to.explained(error, node)
    if type(under) is Number and under.value:
        if type(over) is Number:
            return Number(over.value / under.value)
        if type(over) is Product and type(over.factors[0]) is Number:
            return with_number(over.factors[0].value / under.value, over.factors[1:])
        return with_number(1 / under.value, factors_of(over))
    reciprocal = EntryPower(under, Number(-1))
    return reciprocal if over is Number(1) else product(to, node, [over, reciprocal])


def with_number(value: Fraction, factors: tuple[Term, ...]) -> Term:
    if value == 1:
        return factors[0] if len(factors) == 1 else Product(factors)
    return Product((Number(value), *factors))


def root(to: Elaborator, node: Node) -> Term:
    of = to.term(node.parts[0])
    degree = to.term(node.above.tree) if node.above.tree else Number(2)
    if to.shape(of) == (ONE, ONE) or not to.is_square(of) or r"\sqrt" in to.scope.elementwise or "sqrt" in to.scope.elementwise:
        exponent = Number(1 / degree.value) if type(degree) is Number else EntryPower(degree, Number(-1))
        return EntryPower(of, exponent)
    if degree is not Number(2):
        raise to.ambiguous("a root of a matrix other than the square root", "write the power, X^{1/3}", node)
    to.scope.guess(r"\sqrt of a square matrix is its principal square root")
    return MatrixRoot(of)
