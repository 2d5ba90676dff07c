r"""From the untyped tree to terms: what each form means, given what its parts are.

A part is elaborated while sizes are being inferred; where a form has several meanings the shapes known so far decide, and the source is read
again until nothing new is found. Each form has a function here or in one of the neighbouring rooms.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivtex.errors import AmbiguityError, DerivtexError, ShapeError, Source, Span, SyntaxProblem
from derivtex.operations import Block, Determinant, EntryPower, Hadamard, Inner, Kronecker, MatrixRoot, Number, Ones, Product, Sum, Symbol, Transpose, Zero, symbol
from derivtex.reading.scope import Scope
from derivtex.reading.syntax import Node
from derivtex.shapes import ONE, Shape, current, same, size_text
from derivtex.terms import CARDS, Term


class Elaborator:
    """Makes terms of the nodes of one source."""

    def __init__(self, scope: Scope, source: Source):
        self.scope, self.source = scope, source
        self.bodies: dict[tuple[str, ...], Term] = {}
        self.differentials = False

    def term(self, node: Node) -> Term:
        """The term that a node means."""
        try:
            return FORMS[node.form](self, node)
        except DerivtexError as error:
            raise error.at(self.span(node)) from None

    def span(self, node: Node) -> Span:
        return Span(self.source, node.start, max(node.end, node.start + 1))

    def latex(self, node: Node) -> str:
        return self.source.text[node.start : node.end].strip()

    def make(self, card: type[Term], *values: object, node: Node, parts: tuple[Node, ...] = ()) -> Term:
        """A term; when its shapes do not conform, the error tells where and who declared them."""
        try:
            return card(*values)
        except ShapeError as error:
            raise self.explained(error, node) from None

    def explained(self, error: ShapeError, node: Node) -> ShapeError:
        """The error with the shapes of the names that occur in its place."""
        told = list(dict.fromkeys(self.told(part) for part in names_in(node)))
        told = [text for text in told if text]
        if told and not error.way_out:
            error.way_out = "; ".join(told[:6])
        return error.at(self.span(node))

    def told(self, node: Node) -> str:
        """A name with its shape and where that comes from."""
        from derivtex.reading.names import look_up

        thing = look_up(self.scope, node)
        if thing is None:
            return ""
        size = size_text(current(thing.shape))
        origin = "as declared" if node_key(node) in self.scope.declared else "by convention: declare it" if node_key(node) in self.scope.guessed else "as defined"
        return f"{node.text} is {size}, {origin}"

    def shape(self, term: Term) -> Shape:
        return self.scope.unifier.shape(term.shape)

    def is_vector(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return columns == ONE and rows != ONE

    def is_row(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return rows == ONE and columns != ONE

    def is_matrix(self, term: Term) -> bool:
        """Whether both of its sizes are known not to be 1, or open."""
        rows, columns = self.shape(term)
        return rows != ONE and columns != ONE

    def is_square(self, term: Term) -> bool:
        rows, columns = self.shape(term)
        return rows == columns and rows != ONE

    def may_be_square(self, term: Term) -> bool:
        """Whether its sizes agree, or can be made to: an open shape is then made square."""
        rows, columns = term.shape
        return self.is_matrix(term) and same(rows, columns)

    def may_be_square_quietly(self, term: Term) -> bool:
        """Whether it is a matrix that is square, or could be; nothing is made equal by asking."""
        rows, columns = self.shape(term)
        return self.is_matrix(term) and (rows == columns or not (rows.known and columns.known))

    def unify_shapes(self, a: Term, b: Term) -> bool:
        return same(a.shape[0], b.shape[0]) and same(a.shape[1], b.shape[1])

    def filled(self, node: Node, term: Term, shape: Shape) -> Term:
        return fill(self, node, term, shape)

    def product(self, node: Node, factors: list[Term]) -> Term:
        from derivtex.reading.products import product

        return product(self, node, factors)

    def conventional_kind(self, label: tuple[str, ...]) -> str:
        from derivtex.reading.names import conventional_kind

        return conventional_kind(label)

    def family_alone(self, node: Node, family: Term) -> Term:
        """A family's name without an index."""
        raise self.ambiguous(f"{node.text} is a family and stands here without an index", f"write {node.text}_i", node)

    def guessed_family(self, node: Node, base: Node, label: tuple[str, ...], kind: str, below: tuple) -> Term:
        """A family that is assumed: one vector or number for each value of an index that runs here."""
        index = next(self.scope.bound[key] for key in ((token.text,) for token in below) if key in self.scope.bound)
        size = (self.scope.open_size(), ONE) if kind == "vector" else (ONE, ONE)
        family = symbol(base.text, kind, size, (), (index.first, index.last))
        self.scope.families[label] = family
        self.scope.guessed[label] = family
        return family

    def ambiguous(self, message: str, way_out: str, node: Node) -> AmbiguityError:
        return AmbiguityError(message, way_out=way_out, span=self.span(node))


def node_key(node: Node) -> tuple[str, ...]:
    from derivtex.reading.syntax import key

    return key(node.tokens)


def names_in(node: Node) -> list[Node]:
    """The names below a node, in order."""
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        if node.form == "name":
            found.append(node)
        stack.extend(reversed(node.parts))
    return found


# numbers, sums, fractions


def number(to: Elaborator, node: Node) -> Term:
    return Number(Fraction(node.text))


def negated(term: Term) -> Term:
    """The term with the other sign; a number in front takes it."""
    if type(term) is Number:
        return Number(-term.value)
    if type(term) is Product:
        first = term.factors[0]
        return Product((Number(-first.value), *term.factors[1:])) if type(first) is Number else Product((Number(-1), *term.factors))
    return Product((Number(-1), term))


def sum_(to: Elaborator, node: Node) -> Term:
    terms = [to.term(part) for part in node.parts]
    terms = broadcast(to, node, terms)
    terms = [negated(term) if sign == "-" else term for sign, term in zip(node.marks, terms, strict=True)]
    if len(terms) == 1:
        return terms[0]
    flat: list[Term] = []
    for term, sign in zip(terms, node.marks, strict=True):
        flat.extend(term.terms if type(term) is Sum and sign == "+" else (term,))
    place = first_misfit(node, terms)
    return to.make(Sum, tuple(flat), node=place)


def first_misfit(node: Node, terms: list[Term]) -> Node:
    """The first term whose shape is not that of the first, with it: the place of an error."""
    return node


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
                f"the number {to.latex(node)} is added to a square matrix", r"write \mathbf{1}\mathbf{1}^T for a matrix of ones, I for the identity", node
            )
        to.scope.guess(f"the number {to.latex(node)} beside a {kind_word(shape)} stands for a {kind_word(shape)} of such entries")
        return Ones(*shape) if term.value == 1 else Product((term, Ones(*shape)))
    if (rows, columns) == (ONE, ONE):
        if shape[0] != shape[1] and type(term) is Symbol and node_key(node) in to.scope.declared:
            to.scope.guess(f"the scalar {to.latex(node)} is added to every entry")
            return Product((term, Ones(*shape)))
        return term
    if shape[0] != ONE and shape[1] != ONE:
        if columns == ONE and rows == shape[0]:
            to.scope.guess(f"the vector {to.latex(node)} is added to every column")
            return Product((term, Ones(ONE, shape[1])))
        if rows == ONE and columns == shape[1]:
            to.scope.guess(f"the row {to.latex(node)} is added to every row")
            return Product((Ones(shape[0], ONE), term))
    return term


def kind_word(shape: Shape) -> str:
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"


def fraction(to: Elaborator, node: Node) -> Term:
    from derivtex.reading.questions import is_derivative

    if is_derivative(node):
        from derivtex.reading.claims import derivative

        return derivative(to, node)
    over, under = to.term(node.parts[0]), to.term(node.parts[1])
    return quotient(to, node, over, under)


def quotient(to: Elaborator, node: Node, over: Term, under: Term) -> Term:
    """over / under: a product with the reciprocal of a scalar."""
    from derivtex.reading.products import product

    if to.shape(under) != (ONE, ONE):
        way_out = r"write A\oslash B for the quotients of entries, A B^{-1} for the inverse of a matrix"
        raise to.explained(ShapeError(f"the denominator has the shape {size_text(to.shape(under))}", way_out=way_out), node)
    if type(under) is Number and under.value:
        if type(over) is Number:
            return Number(over.value / under.value)
        if type(over) is Product and type(over.factors[0]) is Number:
            return with_number(over.factors[0].value / under.value, over.factors[1:])
        return with_number(1 / under.value, over.factors if type(over) is Product else (over,))
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


def to_node(to: Elaborator, parts: tuple) -> Node:
    """The tree of what stands in a script."""
    from derivtex.reading.formula import parse

    kept = to.scope.parsed.get(parts)
    if kept is None:
        kept = to.scope.parsed[parts] = parse(parts, to.source, to.scope.lexicon)
    return kept


def bracket(to: Elaborator, node: Node) -> Term:
    if len(node.parts) != 1:
        raise SyntaxProblem("a list in brackets stands where one term should", way_out=r"write \begin{bmatrix} … \end{bmatrix}, or a function before it", span=to.span(node))
    return to.term(node.parts[0])


def entrywise(to: Elaborator, node: Node) -> Term:
    r"""`A \odot B`, `A \oslash B`, `A \otimes B`, from left to right."""
    from derivtex.reading.vocabulary import infixes

    cards = {infixes()[mark][0] for mark in node.marks[1:]}
    if len(cards) > 1:
        raise to.ambiguous("entrywise and Kronecker products side by side", "write brackets", node)
    left = to.term(node.parts[0])
    for mark, part in zip(node.marks[1:], node.parts[1:], strict=True):
        right = to.term(part)
        card = infixes()[mark][0]
        if card != "Hadamard":
            left = to.make(CARDS[card], left, right, node=node)
            continue
        if mark == r"\oslash":
            right = EntryPower(right, Number(-1))
        else:
            to.scope.spelling.marks.setdefault("Hadamard", mark)
        factors = (*(left.factors if type(left) is Hadamard else (left,)), *(right.factors if type(right) is Hadamard else (right,)))
        left = to.make(Hadamard, factors, node=node)
    return left


def inner(to: Elaborator, node: Node) -> Term:
    to.scope.spelling.marks.setdefault("Inner", ":")
    return to.make(Inner, to.term(node.parts[0]), to.term(node.parts[1]), node=node)


def angle(to: Elaborator, node: Node) -> Term:
    left, right = to.term(node.parts[0]), to.term(node.parts[1])
    if to.is_vector(left) and to.is_row(right):
        right = Transpose(right)
    return to.make(Inner, left, right, node=node)


def grid(to: Elaborator, node: Node) -> Term:
    """A matrix by blocks or entries; a 0 among blocks is a block of zeros."""
    cells = [to.term(part) for part in node.parts]
    blocks = any(to.shape(cell) != (ONE, ONE) for cell in cells)
    if blocks:
        cells = [
            Zero(to.scope.unknown(part, "r", large=False), to.scope.unknown(part, "c", large=False)) if cell is Number(0) else cell
            for part, cell in zip(node.parts, cells, strict=True)
        ]
    made = to.make(Block, tuple(cells), node.across, node=node)
    return to.make(Determinant, made, node=node) if node.text == "|" else made


def shaped(to: Elaborator, node: Node) -> Term:
    r"""`\underbrace{x}_{n\times 1}`: the part, whose shape is what stands below."""
    from derivtex.reading.declarations import by_marks
    from derivtex.reading.sizes import dimension_of

    of = to.term(node.parts[0])
    dims = [dimension_of(part, to.source) for part in by_marks(node.below, r"\times")]
    to.scope.note_sizes(*dims)
    if len(dims) == 2 and not (same(of.shape[0], dims[0]) and same(of.shape[1], dims[1])):
        raise ShapeError(f"this part is {size_text(to.shape(of))}, not {size_text((dims[0], dims[1]))}", span=to.span(node))
    return of


def text(to: Elaborator, node: Node) -> Term:
    raise SyntaxProblem("words stand inside a formula", way_out="leave them out", span=to.span(node))


Form = Callable[[Elaborator, Node], Term]
FORMS: dict[str, Form] = {}


def fill_forms() -> None:
    """The table of forms; the rooms it needs import this one."""
    from derivtex.reading import calls, names, powers, products, ranges

    FORMS.update(
        number=number, sum=sum_, fraction=fraction, root=root, bracket=bracket, entrywise=entrywise, inner=inner, angle=angle, grid=grid, shaped=shaped,
        text=text, name=names.name, script=powers.script, chain=products.chain, apply=calls.apply, word=calls.lonely_word, bars=powers.bars, over=ranges.over,
        call=calls.call, differential=products.differential,
    )  # fmt: skip


__all__ = ["Elaborator", "Kronecker", "fill_forms"]
