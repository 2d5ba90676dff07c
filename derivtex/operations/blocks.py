"""Matrices put together from blocks or entries, and what takes them apart."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.notation import Letter, Named, Structural
from derivtex.core.shapes import ONE, Dim, Shape, current, same, size_text
from derivtex.core.terms import Operation, Term, Terms
from derivtex.operations.structure import Diagonal


class Block(Operation):
    """A matrix of blocks or scalar entries, row by row, `across` of them in each row."""

    blocks: Terms
    across: int
    magnitude = "linear"
    commutes_with_conjugate = True
    turned_inside = True
    notation = Structural("grid")

    @property
    def grid(self) -> tuple[Terms, ...]:
        """The rows of blocks."""
        return tuple(self.blocks[at : at + self.across] for at in range(0, len(self.blocks), self.across))

    def conform(self) -> Shape:
        if len(self.blocks) % self.across:
            raise ShapeError("the rows of a matrix differ in length")
        for row in self.grid:
            for block, above in zip(row, self.grid[0], strict=True):
                if not same(block.shape[0], row[0].shape[0]) or not same(block.shape[1], above.shape[1]):
                    raise ShapeError(f"a block of {size_text(current(block.shape))} does not fit its neighbours")
        return total(row[0].shape[0] for row in self.grid), total(block.shape[1] for block in self.grid[0])

    def number(self, np, *blocks):
        rows = [[np.atleast_2d(block) for block in blocks[at : at + self.across]] for at in range(0, len(blocks), self.across)]
        return np.block(rows)


def total(sizes) -> Dim:
    """The sum of sizes."""
    result = Dim()
    for size in sizes:
        result = result + size
    return result


class UnitVector(Operation):
    """The vector with a one at an index and zeros elsewhere."""

    size: Dim
    index: Term
    notation = Structural("unit vector", "e")

    def conform(self) -> Shape:
        return self.size, ONE

    def number(self, np, size, index):
        return np.eye(size)[:, [index]]


class SingleEntry(Operation):
    """The matrix with a one at a row and a column and zeros elsewhere."""

    rows: Dim
    columns: Dim
    row: Term
    column: Term
    notation = Structural("single entry", "J")

    def conform(self) -> Shape:
        return self.rows, self.columns

    def number(self, np, rows, columns, row, column):
        return np.eye(rows)[:, [row]] * np.eye(columns)[[column]]


def half(size: Dim) -> Dim:
    """n(n + 1)/2: the number of entries on and below the diagonal."""
    return (size * (size + 1)).over(2)


class Vech(Operation):
    """The columns of a square matrix from the diagonal down, one below the other."""

    of: Term
    linear_in = ("of",)
    magnitude = "linear"
    commutes_with_conjugate = True
    turned_inside = True
    notation = Named(r"\operatorname{vech}", also=("vech",))

    def conform(self) -> Shape:
        return half(Diagonal(self.of).shape[0]), ONE

    def number(self, np, of):
        rows, columns = np.triu_indices(len(of))
        return np.asarray(of)[columns, rows][:, None]


class Duplication(Operation):
    """The duplication matrix D with D vech A = vec A for every symmetric A."""

    size: Dim
    notation = Letter("D", sized=True)

    def conform(self) -> Shape:
        return self.size * self.size, half(self.size)

    def number(self, np, size):
        result = np.zeros((size * size, size * (size + 1) // 2))
        for at, (column, row) in enumerate(zip(*np.triu_indices(size), strict=True)):
            result[[column * size + row, row * size + column], at] = 1
        return result


class Elimination(Operation):
    """The elimination matrix L with L vec A = vech A for every square A."""

    size: Dim
    notation = Letter("L", sized=True)

    def conform(self) -> Shape:
        return half(self.size), self.size * self.size

    def number(self, np, size):
        return np.eye(size * size)[np.flatnonzero(np.triu(np.ones((size, size))))]
