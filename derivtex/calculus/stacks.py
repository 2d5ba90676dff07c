r"""Stacks: blocks that are linear in one dx, below each other, are one Jacobian times dx; other blocks are brought below each other."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.calculus.kroneckers import selection
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Block, Identity, Kronecker, Product, Sum, Transpose, Vec, Zero
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, matrix
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import blockwise_turned
from derivtex.rewriting.sources import DEFINITION, magnus

stacks = Page("Stacks")
B = matrix("B", "p", "q")
A, X, x = matrix("A", "m", "n"), matrix("X", "n", "n"), column("x", "n")
P, Q, S, T = matrix("P", 2, 3), matrix("Q", 2, 2), matrix("S", 3, 3), matrix("T", 3, 2)


@stacks.by_hand("blocks below each other", Block, reason="block by block", why=Why.GRID, says=r"\begin{pmatrix}A\,dx\\ B\,dx\end{pmatrix} = \begin{pmatrix}A\\ B\end{pmatrix}\,dx", cite=DEFINITION,
                tried_on=[Block((A * d(x), X * d(x)), 1), Block((d(x), A * d(x), X * d(x) + X.T * d(x), Zero(*x.shape)), 1)])  # fmt: skip
def _below(term: Term) -> Term | None:
    """A block that does not vary is zero, and has a zero below and above the others."""
    leaf = next((last(block) for block in term.blocks if varies(block)), None)
    if term.across != 1 or leaf is None or leaf.is_scalar or leaf.shape[1] != ONE:
        return None
    found = [beside(block, leaf) for block in term.blocks]
    return None if any(part is None for part in found) else Product((Block(tuple(found), 1), leaf))


def last(term: Term) -> Term:
    """What stands last in the last term of a sum of products."""
    while type(term) in (Sum, Product):
        term = term.children[-1]
    return term


def beside(term: Term, leaf: Term) -> Term | None:
    """What a column, or a scalar, that is linear in dx multiplies it with; None where dx does not stand last."""
    if is_zero(term):
        return Zero(term.shape[0], leaf.shape[0])
    if term is leaf:
        return Identity(leaf.shape[0])
    if type(term) is Sum:
        parts = [beside(part, leaf) for part in term.terms]
        return None if any(part is None for part in parts) else Sum(tuple(parts))
    if type(term) is not Product or term.factors[-1] is not leaf or any(map(varies, term.factors[:-1])):
        return None
    rest = term.factors[:-1]
    return product(rest) if any(not factor.is_scalar for factor in rest) else Product((*rest, Identity(leaf.shape[0])))


@stacks.by_hand("vec of blocks beside each other", Vec, over=Block, reason="column by column", why=Why.GRID, says=r"\operatorname{vec}\begin{pmatrix}A & B\end{pmatrix} = \begin{pmatrix}\operatorname{vec}A\\ \operatorname{vec}B\end{pmatrix}",
                cite=magnus("ch. 2"), tried_on=[Vec(Block((X, A.T), 2))])  # fmt: skip
def _beside(term: Term) -> Term | None:
    if len(term.of.grid) > 1:
        return None
    return Block(tuple(block if block.is_scalar else Vec(block) for block in term.of.blocks), 1)


stacks.states("transposed blocks", A.T, blockwise_turned(A, B, B.T), reason="block by block", cite=magnus("ch. 1"), given=[("blocks", "A")], tried_on=[Transpose(Block((X, A.T), 2))],
       says=r"\begin{pmatrix}A & B\end{pmatrix}^T = \begin{pmatrix}A^T\\ B^T\end{pmatrix}")  # fmt: skip


@stacks.by_hand("vec of blocks", Vec, over=Block, reason="block by block", why=Why.GRID, says=r"\operatorname{vec}[C_{ij}] = \sum_{ij} (F_j\otimes E_i)\operatorname{vec}C_{ij}",
                cite=magnus("ch. 2"), tried_on=[Vec(Block((Q, P, T, S), 2))])  # fmt: skip
def _whole(term: Term) -> Term | None:
    """E and F select the rows and columns of a block."""
    grid = term.of.grid
    heights, widths = [row[0].shape[0] for row in grid], [block.shape[1] for block in grid[0]]
    parts = []
    for i, row in enumerate(grid):
        for j, block in enumerate(row):
            if not is_zero(block):
                rows = Identity(heights[0]) if len(heights) == 1 else selection(heights, i)
                columns = Identity(widths[0]) if len(widths) == 1 else selection(widths, j)
                parts.append(Product((Kronecker(columns, rows), block if block.is_scalar else Vec(block))))
    return Sum(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
