r"""Numbers, sums, quotients and roots; in a sum what is smaller than the others may stand for a vector or matrix of its
entries."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, Shape, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, MatrixRoot, Number, Ones, Product, Sum, Symbol, Zero
from derivtex.operations.arithmetic import factors_of
from derivtex.reading.meaning.elaboration import Elaborator, node_key, to_node
from derivtex.reading.meaning.reach import refuse_value_of_one
from derivtex.reading.syntax.questions import is_derivative, is_variation
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
    terms = broadcast(to, node, terms)
    terms = [negated(term) if sign == "-" else term for sign, term in zip(node.marks, terms, strict=True)]
    if len(terms) == 1:
        return terms[0]
    flat: list[Term] = []
    for term, sign in zip(terms, node.marks, strict=True):
        flat.extend(term.terms if type(term) is Sum and sign == "+" else (term,))
    return to.make(Sum, tuple(flat), node=node)


def broadcast(to: Elaborator, node: Node, terms: list[Term]) -> list[Term]:
    """The terms, where a number or a vector is added to what is larger filled up to its shape, which is said."""
    if not to.scope.fills and not any(term is Number(0) for term in terms):
        return terms
    shapes = [to.shape(term) for term in terms]
    largest = next((s for s in shapes if s[0] != ONE and s[1] != ONE), next((s for s in shapes if s != (ONE, ONE)), None))
    if largest is None or all(s == largest or (s[0] != ONE and s[1] != ONE) for s in shapes):
        return terms
    return [fill(to, part, term, largest) for part, term in zip(node.parts, terms, strict=True)]


def fill(to: Elaborator, node: Node, term: Term, shape: Shape) -> Term:
    """A term that is smaller than the others of its sum, made as large as they are."""
    rows, columns = to.shape(term)
    if (rows, columns) == shape or (rows != ONE and columns != ONE):
        return term
    if term is Number(0):
        return Zero(*shape)
    if not to.scope.fills:
        return term
    if type(term) is Number:
        if shape[0] != ONE and shape[1] == shape[0]:
            raise to.ambiguous(
                f"the number {to.latex(node)} is added to a square matrix",
                r"write \mathbf{1}\mathbf{1}^T for a matrix of ones, I for the identity",
                node,
            )
        to.scope.guess(f"the number {to.latex(node)} beside a {kind_word(shape)} stands for a {kind_word(shape)} of such entries")
        return Ones(*shape) if term.value == 1 else Product((term, Ones(*shape)))
    if (rows, columns) == (ONE, ONE):
        if shape[0] != shape[1] and type(term) is Symbol and node_key(node) in to.scope.declared:
            to.scope.guess(f"the scalar {to.latex(node)} is added to every entry")
            return Product((term, Ones(*shape)))
        return term
    if shape[0] != ONE and shape[1] != ONE:
        if columns == ONE and same(rows, shape[0]):
            to.scope.guess(f"the vector {to.latex(node)} is added to every column")
            return Product((term, Ones(ONE, shape[1])))
        if rows == ONE and same(columns, shape[1]):
            to.scope.guess(f"the row {to.latex(node)} is added to every row")
            return Product((Ones(shape[0], ONE), term))
    return term


def kind_word(shape: Shape) -> str:
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"


def fraction(to: Elaborator, node: Node) -> Term:
    if is_derivative(node, to.differentials):
        from derivtex.reading.meaning.claims import derivative

        return derivative(to, node)
    if is_variation(node):
        message = r"a quotient of two \delta is not read as a derivative"
        raise SyntaxProblem(message, way_out=r"write \frac{\partial f}{\partial x}", span=to.span(node))
    over, under = to.term(node.parts[0]), to.term(node.parts[1])
    return quotient(to, node, over, under)


def quotient(to: Elaborator, node: Node, over: Term, under: Term) -> Term:
    """over / under: a product with the reciprocal of a scalar."""
    from derivtex.reading.meaning.products import product

    if to.shape(under) != (ONE, ONE):
        way_out = r"write A\oslash B for the quotients of entries, A B^{-1} for the inverse of a matrix"
        raise to.explained(ShapeError(f"the denominator has the shape {size_text(to.shape(under))}", way_out=way_out), node)
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
    degree = to.term(to_node(to, node.above)) if node.above else Number(2)
    if to.shape(of) == (ONE, ONE) or not to.is_square(of) or r"\sqrt" in to.scope.elementwise or "sqrt" in to.scope.elementwise:
        exponent = Number(1 / degree.value) if type(degree) is Number else EntryPower(degree, Number(-1))
        return EntryPower(of, exponent)
    if degree is not Number(2):
        raise to.ambiguous("a root of a matrix other than the square root", "write the power, X^{1/3}", node)
    to.scope.guess(r"\sqrt of a square matrix is its principal square root")
    return MatrixRoot(of)
