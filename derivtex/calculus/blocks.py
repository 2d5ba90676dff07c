"""Blocks: matrices put together from blocks are transposed, added and multiplied block by block, where their partitions agree."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Block, Determinant, EntryPower, Inverse, Number, Product, Sum, Transpose, Zero
from derivtex.rewriting.holes import column, matrix
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import blockwise_turned
from derivtex.rewriting.sources import DEFINITION, magnus

blocks = Page("Blocks", reason="block by block", cite=magnus("ch. 1"), quiet=True)
P, Q, R, S = matrix("P", "m", "m"), matrix("Q", "m", "n"), matrix("R", "n", "m"), matrix("S", "n", "n")
x, y = column("x", "m"), column("y", "n")
A, B = matrix("A", "m", "n"), matrix("B", "p", "q")
WHOLE, STACK = Block((P, Q, R, S), 2), Block((x, y), 1)
WHOLE_T = Block((P, Transpose(R), Transpose(Q), S), 2)
HALVES = Block((P, Q), 2)


blocks.states("single block", Block((A,), 1), A)
blocks.states("transposed blocks", A.T, blockwise_turned(A, B, B.T), given=[("blocks", "A")], tried_on=[Transpose(WHOLE), Transpose(STACK)],
       says=r"\begin{pmatrix}A & B\end{pmatrix}^T = \begin{pmatrix}A^T\\ B^T\end{pmatrix}")  # fmt: skip


def _turned(of: Term) -> Block | None:
    """The transpose of a block matrix."""
    if type(of) is not Block:
        return None
    grid = of.grid
    return Block(tuple(Transpose(row[j]) for j in range(len(grid[0])) for row in grid), len(grid))


@blocks.by_hand("sum of blocks", Sum, why=Why.GRID, says=r"\begin{pmatrix}A & B\end{pmatrix} + \begin{pmatrix}C & D\end{pmatrix} = \begin{pmatrix}A + C & B + D\end{pmatrix}", tried_on=[WHOLE + Transpose(WHOLE_T), STACK + 2 * STACK])
def _sum(term: Term) -> Term | None:
    parts = [block for part in term.terms if (block := _scaled(part)) is not None]
    if len(parts) < len(term.terms) or any(partition(part) != partition(parts[0]) for part in parts):
        return None
    return Block(tuple(Sum(same) for same in zip(*(part.blocks for part in parts), strict=True)), parts[0].across)


def _scaled(term: Term) -> Block | None:
    """A block matrix, with scalars in front taken inside."""
    if type(term) is Block:
        return term
    if type(term) is Transpose:
        return _turned(term.of)
    if type(term) is Product and type(term.factors[-1]) is Block and all(factor.is_scalar for factor in term.factors[:-1]):
        last = term.factors[-1]
        return Block(tuple(Product((*term.factors[:-1], block)) for block in last.blocks), last.across)
    return None


@blocks.by_hand("product of blocks", Product, why=Why.GRID, says=r"\begin{pmatrix}A & B\end{pmatrix}\begin{pmatrix}C\\ D\end{pmatrix} = AC + BD", tried_on=[WHOLE * STACK, Transpose(STACK) * WHOLE * STACK, P * HALVES, STACK * x.T])
def _product(term: Term) -> Term | None:
    """Two neighbours that are both blocks; or one neighbour and a row or column of blocks."""
    for at in range(len(term.factors) - 1):
        left, right = (_scaled(factor) or factor for factor in term.factors[at : at + 2])
        met = _times(left, right)
        if met is not None:
            return product((*term.factors[:at], met, *term.factors[at + 2 :]))
    return None


def _times(left: Term, right: Term) -> Term | None:
    if left.is_scalar or right.is_scalar:
        return None
    if type(left) is Block and type(right) is Block:
        if partition(left)[1] != partition(right)[0]:
            return None
        columns = list(zip(*right.grid, strict=True))
        return Block(tuple(_dot(row, column_) for row in left.grid for column_ in columns), right.across)
    if type(right) is Block and len(right.grid) == 1 and type(left) is not Inverse:
        return Block(tuple(_pair(left, block) for block in right.blocks), right.across)
    if type(left) is Block and left.across == 1 and type(right) is not Inverse:
        return Block(tuple(_pair(block, right) for block in left.blocks), 1)
    return None


def _dot(row: Iterable[Term], column_: Iterable[Term]) -> Term:
    parts = [_pair(a, b) for a, b in zip(row, column_, strict=True)]
    kept = tuple(part for part in parts if not is_zero(part))
    return Sum(kept) if len(kept) > 1 else kept[0] if kept else parts[0]


def _pair(left: Term, right: Term) -> Term:
    if is_zero(left) or is_zero(right):
        shape = left.shape[0], right.shape[1]
        return Number(0) if shape[0].integer == shape[1].integer == 1 else Zero(*shape)
    return Product((left, right))


def partition(term: Block) -> tuple[list[Dim], list[Dim]]:
    """The heights and widths of the blocks."""
    return [row[0].shape[0] for row in term.grid], [block.shape[1] for block in term.grid[0]]


@blocks.by_hand("determinant of a block triangular matrix", Determinant, over=Block, reason="determinant of a block triangular matrix", quiet=False,
                why=Why.GRID, says=r"\det\begin{pmatrix}A & B\\ 0 & D\end{pmatrix} = \det A\,\det D", cite=DEFINITION,
                tried_on=[Determinant(Block((P, Q, Zero(*R.shape), S), 2)), Determinant(Block((P, Zero(*Q.shape), R, S), 2))])  # fmt: skip
def _determinant(term: Term) -> Term | None:
    grid = term.of.grid
    heights, widths = partition(term.of)
    if heights != widths:
        return None
    count = range(len(grid))
    below = all(is_zero(grid[i][j]) for i in count for j in count if j < i)
    above = all(is_zero(grid[i][j]) for i in count for j in count if j > i)
    return Product(tuple(Determinant(grid[i][i]) for i in count)) if below or above else None


@blocks.by_hand("inverse of a block triangular matrix", Inverse, over=Block, reason="inverse of a block triangular matrix",
                why=Why.GRID, says=r"\begin{pmatrix}A & B\\ 0 & D\end{pmatrix}^{-1} = \begin{pmatrix}A^{-1} & -A^{-1}BD^{-1}\\ 0 & D^{-1}\end{pmatrix}", cite=magnus("ch. 1"),
                tried_on=[Inverse(Block((P, Q, Zero(*R.shape), S), 2)), Inverse(Block((P, Zero(*Q.shape), R, S), 2)),
                          Inverse(Block((P, Zero(*Q.shape), Zero(*R.shape), S), 2))])  # fmt: skip
def _inverse(term: Term) -> Term | None:
    """Of any number of diagonal blocks, or of two by two blocks with one zero; the diagonal blocks are square."""
    grid = term.of.grid
    heights, widths = partition(term.of)
    if heights != widths:
        return None
    count = range(len(grid))
    if all(is_zero(grid[i][j]) for i in count for j in count if i != j):
        return Block(tuple(_inverted(grid[i][j]) if i == j else grid[i][j] for i in count for j in count), len(grid))
    if len(grid) != 2 or not (is_zero(grid[0][1]) or is_zero(grid[1][0])):
        return None
    (a, b), (c, d) = grid
    left, right = _inverted(a), _inverted(d)
    return Block((left, b if is_zero(b) else Product((Number(-1), left, b, right)), c if is_zero(c) else Product((Number(-1), right, c, left)), right), 2)


def _inverted(block: Term) -> Term:
    return EntryPower(block, Number(-1)) if block.is_scalar else Inverse(block)
