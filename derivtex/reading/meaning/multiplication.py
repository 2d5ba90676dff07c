"""The product of terms: one flat chain, in which scalar products are taken together where it does not conform otherwise.

A number or a vector beside what is larger: in a sum, or in the larger of two, it may stand for a matrix of its entries.
"""

from __future__ import annotations

from contextlib import suppress

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, Dim, Shape, current, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Block, Kronecker, Number, Ones, Product, Symbol, Transpose, Vec, Zero
from derivtex.operations.arithmetic import factors_of
from derivtex.reading.meaning.elaboration import Elaborator, node_key
from derivtex.reading.syntax.data import is_data_first
from derivtex.reading.syntax.tree import Node

MOST_BODIES = 60


def broadcast(to: Elaborator, node: Node, terms: list[Term]) -> list[Term]:
    """The terms, where a number or a vector is added to what is larger filled up to its shape, which is said."""
    if not to.scope.fills and not any(term is Number(0) for term in terms):
        return terms
    shapes = [to.shape(term) for term in terms]
    largest = next((s for s in shapes if s[0] != ONE and s[1] != ONE), next((s for s in shapes if s != (ONE, ONE)), None))
    if largest is None or all(s == largest or (s[0] != ONE and s[1] != ONE) for s in shapes):
        return terms
    samples = any(is_data_first(part) for part, size in zip(node.parts, shapes, strict=True) if size == largest)
    return [fill(to, part, term, largest, samples) for part, term in zip(node.parts, terms, strict=True)]


def fill(to: Elaborator, node: Node, term: Term, shape: Shape, samples: bool = False) -> Term:
    """A term that is smaller than the others of its sum, made as large as they are. samples: whether the rows of those are samples, to each of
    which a bias is added."""
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
        known = node_key(node) in to.scope.declared or node_key(node) in to.scope.things
        if shape[0] != shape[1] and type(term) is Symbol and known:
            to.scope.guess(f"the scalar {to.latex(node)} is added to every entry")
            return Product((term, Ones(*shape)))
        return term
    if shape[0] != ONE and shape[1] != ONE:
        if columns == ONE and samples and not rows.known and same(rows, shape[1]):
            to.scope.guess(f"the vector {to.latex(node)} is added to every row, as in $\\mathbf{{1}}{to.latex(node)}^T$")
            return Product((Ones(shape[0], ONE), Transpose(term)))
        if columns == ONE and same(rows, shape[0]):
            to.scope.guess(f"the vector {to.latex(node)} is added to every column")
            return Product((term, Ones(ONE, shape[1])))
        if rows == ONE and same(columns, shape[1]):
            to.scope.guess(f"the row {to.latex(node)} is added to every row")
            return Product((Ones(shape[0], ONE), term))
    return term


def kind_word(shape: Shape) -> str:
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"


def product(to: Elaborator, node: Node, factors: list[Term]) -> Term:
    """The product in one flat chain, scalar products inside it taken together where they must be."""
    flat = flattened(factors)
    if len(flat) == 1:
        return flat[0]
    bodies = block_bodies(to)
    for left, right in zip(flat, flat[1:], strict=False):
        meet_vec(left, right)
        meet_blocks(to, parted(left, bodies, 1), parted(right, bodies, 0))
    try:
        with to.scope.unifier.trial():
            return Product(tuple(flat))
    except ShapeError as error:
        grouped = with_scalar_products(to, flat)
        if grouped is not None:
            return to.make(Product, tuple(grouped), node=node)
        raise to.explained(advised(to, error, flat), node) from None


def meet_vec(left: Term, right: Term) -> None:
    r"""In (A ⊗ B) vec(X) = vec(BXA^T), open sizes of A and B are those of X; so in vec(X)^T (A ⊗ B)."""
    vector, other, side = (right, left, 1) if type(right) is Vec else (left.of, right, 0) if type(left) is Transpose else (None, left, 0)
    if type(vector) is Vec and type(other) is Kronecker:
        for of, size in zip((other.right, other.left), vector.of.shape, strict=True):
            if not (of.shape[side].known and size.known):
                same(of.shape[side], size)


def block_bodies(to: Elaborator) -> dict[Term, Block]:
    """The names that stand for matrices of blocks; where a source defines very many, none is looked for."""
    if len(to.bodies) > MOST_BODIES:
        return {}
    return {to.scope.things[name]: body for name, body in to.bodies.items() if type(body) is Block and name in to.scope.things}


def parted(of: Term, bodies: dict[Term, Block], side: int) -> list[Dim]:
    """How a matrix of blocks, or what has one as its body, is parted along a side, its transpose along the other; nothing where it is no such."""
    if type(of) is Transpose:
        return parted(of.of, bodies, 1 - side)
    whole = of if type(of) is Block else bodies.get(of)
    if whole is None:
        return []
    return [block.shape[1] for block in whole.grid[0]] if side else [row[0].shape[0] for row in whole.grid]


def meet_blocks(to: Elaborator, left: list[Dim], right: list[Dim]) -> None:
    """Blocks of as many parts meet block by block, as far as sizes are open: in (A B; C D)(x; y) the A is as wide as x is long."""
    if len(left) < 2 or len(left) != len(right) or all(one.known and other.known for one, other in zip(left, right, strict=True)):
        return
    with suppress(ShapeError), to.scope.unifier.trial():
        for one, other in zip(left, right, strict=True):
            if not same(one, other):
                raise ShapeError("the blocks do not meet")


def flattened(factors: list[Term]) -> list[Term]:
    flat: list[Term] = []
    for factor in factors:
        flat.extend(factors_of(factor))
    return flat


def with_scalar_products(to: Elaborator, factors: list[Term]) -> list[Term] | None:
    """The factors with each run from a row to a column as one scalar; None when that does not help."""
    runs: list[list[Term]] = []
    columns = None
    for factor in factors:
        if factor.is_scalar:
            if not runs:
                runs.append([])
            runs[-1].append(factor)
            continue
        rows = factor.shape[0]
        if columns is None and runs or columns is not None and same(columns, rows):
            runs[-1].append(factor)
        else:
            runs.append([factor])
        columns = factor.shape[1]
    if len(runs) < 2:
        return None
    grouped: list[Term] = []
    for run in runs:
        value = run[0] if len(run) == 1 else Product(tuple(run))
        grouped.extend([value] if value.is_scalar else run)
    return grouped if len(grouped) < len(factors) else None


def told(size: Dim) -> str:
    return str(size) if size.known else "?"


def advised(to: Elaborator, error: ShapeError, factors: list[Term]) -> ShapeError:
    """The error with a hint where two columns stand side by side."""
    shapes = [current(factor.shape) for factor in factors if not factor.is_scalar]
    for left, right in zip(shapes, shapes[1:], strict=False):
        if left == right and left[1] == ONE:
            error.message = f"two vectors of shape {size_text(left)} stand side by side"
            error.way_out = r"write x^T y for their dot product, x\odot y for the products of entries"
        elif left[1] != right[0]:
            numbers = [size.integer for size in (left[1], right[0])]
            error.open = any(number is not None and number > 1 for number in numbers) and None in numbers
            meeting = f"{told(left[1])} columns meet {told(right[0])} rows"
            error.message = f"{size_text(left)} times {size_text(right)} does not conform: {meeting}"
            break
    return error
