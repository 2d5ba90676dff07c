"""Kronecker products, vec and blocks across the inner product A : C, towards the constant side; C is the part that varies."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Block,
    CrossProduct,
    Elimination,
    Identity,
    Index,
    Inner,
    Kronecker,
    Number,
    Product,
    Sum,
    SumOver,
    Trace,
    Transpose,
    UnitVector,
    Unvec,
    Vec,
    Vech,
    Zero,
)
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import d, inner, matrix
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import DEFINITION, cookbook, magnus, minka

kroneckers = Page("Kronecker products")
by_hand = kroneckers.by_hand
A, B, C, G = matrix("A", "m", "n"), matrix("B", "p", "q"), matrix("C", "p", "q"), matrix("G", 6, 6)
S, T, P = matrix("S", 2, 2), matrix("T", 3, 3), matrix("P", 2, 3)
u, v = matrix("u", 3, 1), matrix("v", 3, 1)


@by_hand("vec across", Inner, reason="the vec of a matrix against a vector", says=r"a : \operatorname{vec}C = \operatorname{unvec}a : C",
         cite=magnus("ch. 2"), tried_on=[inner(Vec(A), Vec(d(A)))])  # fmt: skip
def _vec(term: Term) -> Term | None:
    if type(term.right) is not Vec:
        return None
    left = term.left.of if type(term.left) is Vec else Unvec(term.left, *term.right.of.shape)
    return Inner(left, term.right.of)


@by_hand("unvec across", Inner, reason="the vec of the other side", says=r"A : \operatorname{unvec}c = \operatorname{vec}A : c",
         cite=magnus("ch. 2"), tried_on=[inner(matrix("W", 2, 3), Unvec(d(matrix("a", 6, 1)), Dim.of(2), Dim.of(3)))])  # fmt: skip
def _unvec(term: Term) -> Term | None:
    return Inner(Vec(term.left), term.right.of) if type(term.right) is Unvec else None


@by_hand("vech across", Inner, reason="elimination matrix: $L\\,\\mathrm{vec}A = \\mathrm{vech}A$", says=r"a : \operatorname{vech}C = L^T a : \operatorname{vec}C",
         cite=magnus("ch. 3, sec. 8"), tried_on=[inner(matrix("a", 6, 1), Vech(d(T)))])  # fmt: skip
def _vech(term: Term) -> Term | None:
    if type(term.right) is not Vech:
        return None
    matrix_in = term.right.of
    return Inner(Product((Elimination(matrix_in.shape[0]).T, term.left)), Vec(matrix_in))


@by_hand("Kronecker products across", Inner, reason="inner product of Kronecker products", says=r"(P\otimes Q) : (A\otimes C) = (P : A)(Q : C)",
         cite=magnus("ch. 2"), tried_on=[inner(Kronecker(A, B), Kronecker(A, d(C)))])  # fmt: skip
def _pair(term: Term) -> Term | None:
    left, right = term.left, term.right
    if type(left) is Identity and type(right) is Kronecker and right.left.shape[0] == right.left.shape[1]:
        return Product((Trace(right.left), Trace(right.right))) if right.right.shape[0] == right.right.shape[1] else None
    if type(left) is not Kronecker or type(right) is not Kronecker or left.left.shape != right.left.shape:
        return None
    return Product((Inner(left.left, right.left), Inner(left.right, right.right)))


@by_hand("Kronecker product of columns across", Inner, reason="$g:(u\\otimes v) = (u^{T}\\otimes I)g:v = (I\\otimes v^{T})g:u$",
         says=r"g : (u\otimes v) = (u^T\otimes I)g : v = (I\otimes v^T)g : u", cite=magnus("ch. 2"),
         tried_on=[inner(matrix("g", 9, 1), Kronecker(u, d(v))), inner(matrix("g", 9, 1), Kronecker(d(u), v))])  # fmt: skip
def _columns(term: Term) -> Term | None:
    if type(term.right) is not Kronecker or term.right.shape[1] != ONE:
        return None
    left, right = term.right.left, term.right.right
    if varies(left):
        return Inner(Product((Kronecker(Identity(left.shape[0]), right.T), term.left)), left)
    return Inner(Product((Kronecker(left.T, Identity(right.shape[0])), term.left)), right)


@by_hand("right Kronecker factor across", Inner, reason="the blocks of the left, weighted by the entries of $A$",
         says=r"G : (A\otimes C) = \Bigl(\sum_i (e_i^T\otimes I)\,G\,(A^T e_i\otimes I)\Bigr) : C", cite=minka("sec. 6"),
         tried_on=[inner(G, Kronecker(S, d(T)))])  # fmt: skip
def _right(term: Term) -> Term | None:
    if type(term.right) is not Kronecker or not varies(term.right.right):
        return None
    still, moving = term.right.left, term.right.right
    index = Index(fresh_index(term), ONE, still.shape[0])
    unit = UnitVector(still.shape[0], index)
    rows = Kronecker(unit.T, Identity(moving.shape[0]))
    columns = Kronecker(still.T * unit, Identity(moving.shape[1]))
    return Inner(SumOver(index, Product((rows, term.left, columns))), moving)


@by_hand("left Kronecker factor across", Inner, reason="the traces of the blocks of the left against $B$",
         says=r"G : (C\otimes B) = \Bigl(\sum_i (I\otimes e_i^T)\,G\,(I\otimes B^T e_i)\Bigr) : C", cite=minka("sec. 6"),
         tried_on=[inner(G, Kronecker(d(S), T))])  # fmt: skip
def _left(term: Term) -> Term | None:
    if type(term.right) is not Kronecker or not varies(term.right.left):
        return None
    moving, still = term.right.left, term.right.right
    index = Index(fresh_index(term), ONE, still.shape[0])
    unit = UnitVector(still.shape[0], index)
    rows = Kronecker(Identity(moving.shape[0]), unit.T)
    columns = Kronecker(Identity(moving.shape[1]), still.T * unit)
    return Inner(SumOver(index, Product((rows, term.left, columns))), moving)


def fresh_index(term: Term) -> str:
    """A letter for an index that the term does not use."""
    used = {part.name for part in term.walk() if type(part) is Index}
    return next(letter for letter in "ijklmnpqrs" if letter not in used)


@by_hand("blocks across", Inner, reason="block by block", says=r"G : [C_{ij}] = \sum_{ij} G_{ij} : C_{ij}", cite=DEFINITION,
         tried_on=[inner(Block((A, A), 2), Block((d(A), d(A)), 2)), inner(matrix("W", 5, 5), Block((d(S), P, P.T, T), 2))])  # fmt: skip
def _blocks(term: Term) -> Term | None:
    if type(term.right) is not Block:
        return None
    grid = term.right.grid
    heights, widths = [row[0].shape[0] for row in grid], [block.shape[1] for block in grid[0]]
    parts = []
    for i, row in enumerate(grid):
        for j, block in enumerate(row):
            if not is_zero(block):
                parts.append(Inner(part_of(term.left, i, j, heights, widths), block))
    return Sum(tuple(parts)) if len(parts) > 1 else parts[0]


def part_of(term: Term, i: int, j: int, heights: list[Dim], widths: list[Dim]) -> Term:
    """The block (i, j) of a term, by selecting its rows and columns."""
    if type(term) is Block and [row[0].shape[0] for row in term.grid] == heights and [b.shape[1] for b in term.grid[0]] == widths:
        return term.grid[i][j]
    rows = () if len(heights) == 1 else (Transpose(selection(heights, i)),)
    columns = () if len(widths) == 1 else (selection(widths, j),)
    return product((*rows, term, *columns))


def selection(sizes: list[Dim], at: int) -> Term:
    """The columns of the identity that select a block: [0; I; 0]."""
    parts: Terms = tuple(unit(sizes[at]) if k == at else nothing(size, sizes[at]) for k, size in enumerate(sizes))
    return Block(parts, 1)


def unit(size: Dim) -> Term:
    return Number(1) if size == ONE else Identity(size)


def nothing(rows: Dim, columns: Dim) -> Term:
    return Number(0) if rows == ONE and columns == ONE else Zero(rows, columns)


@by_hand("cross product across", Inner, reason="scalar triple product", says=r"a\cdot(b\times c) = (a\times b)\cdot c", cite=cookbook("app."),
         tried_on=[inner(u, CrossProduct(v, d(u))), inner(u, CrossProduct(d(u), v))])  # fmt: skip
def _cross(term: Term) -> Term | None:
    if type(term.right) is not CrossProduct:
        return None
    left, right = term.right.left, term.right.right
    return Inner(CrossProduct(term.left, left), right) if varies(right) else Inner(CrossProduct(right, term.left), left)

