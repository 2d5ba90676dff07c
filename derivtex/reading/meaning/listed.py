r"""Vectors and matrices that dots stand in: `\begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}` is x, or the vector of such entries."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, same
from derivtex.core.terms import Term
from derivtex.operations import Diag, Entry, Index, Kronecker, Number, Product, SumOver, Transpose, UnitVector
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.sets import refuse_bound
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Key, Node, key


def listed(to: Elaborator, node: Node) -> Term:
    """The cells of a row, a column or a diagonal, one for each value of an index."""
    letter, last = node.below[:1], dimension_of(node.above, to.source)
    if dimension_of(node.below[2:], to.source) != ONE:
        raise SyntaxProblem("the cells around dots are counted from 1", way_out="write the first with the index 1", span=to.span(node))
    to.scope.note_sizes(last)
    refuse_bound(to, node, [letter])
    index = Index(latex(letter), ONE, last)
    to.scope.bound[key(letter)] = index
    try:
        cell = to.term(node.parts[0])
    finally:
        del to.scope.bound[key(letter)]
    column = column_of(to, cell, index, node.text)
    return Diag(column) if node.text == "diagonal" else column


def run_through(to: Elaborator, cell: Term, known: set[Key]) -> Term:
    r"""What stands on the diagonal of `\operatorname{diag}(p_i(1-p_i))`: the vector of such entries, of which an index that nothing binds tells;
    any other cell itself. known: the indices that occur elsewhere."""
    running = [(label, index) for label, index in to.scope.free.items() if cell.contains(index)]
    if to.shape(cell) != SCALAR or len(running) != 1:
        return cell
    label, index = running[0]
    if label not in known:
        del to.scope.free[label]
    return column_of(to, cell, index, "column")


def column_of(to: Elaborator, cell: Term, index: Index, form: str) -> Term:
    """Cells under or beside each other: of numbers a vector, which is x itself where they are its entries, of rows or columns a matrix."""
    unit = UnitVector(index.last, index)
    if form != "row":
        whole = whole_column(cell, index)
        if whole is not None:
            return whole
        if to.shape(cell) == SCALAR or to.is_row(cell):
            return SumOver(index, Product((cell, unit) if to.shape(cell) == SCALAR else (unit, cell)))
        return SumOver(index, Kronecker(unit, cell))
    whole = whole_row(cell, index)
    if whole is not None:
        return whole
    if to.shape(cell) == SCALAR or to.is_vector(cell):
        return SumOver(index, Product((cell, Transpose(unit))))
    return SumOver(index, Kronecker(Transpose(unit), cell))


def whole_column(cell: Term, index: Index) -> Term | None:
    """The vector or matrix of which a cell is an entry or a row."""
    match cell:
        case Entry(Term() as of, row, Number()) if row is index and of.shape[1] == ONE and same(of.shape[0], index.last):
            return of
        case Product((Transpose(UnitVector(size, row)), Term() as of)) if row is index and same(size, index.last):
            return of
    return None


def whole_row(cell: Term, index: Index) -> Term | None:
    """The row, or the row of a matrix, of which a cell is an entry."""
    match cell:
        case Entry(of, row, column) if column is index and same(of.shape[1], index.last):
            return of if of.shape[0] == ONE else Product((Transpose(UnitVector(of.shape[0], row)), of))
        case Entry(of, row, Number()) if row is index and of.shape[1] == ONE and same(of.shape[0], index.last):
            return Transpose(of)
    return None


def empty(to: Elaborator, node: Node) -> Term:
    """An empty cell of a matrix."""
    to.scope.guess("an empty cell of a matrix is 0")
    return Number(0)
