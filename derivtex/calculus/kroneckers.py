"""Kronecker products, vec and blocks across the inner product A : C, towards the constant side; C is the part that varies."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.calculus.traces import transposed
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Block,
    CrossMatrix,
    CrossProduct,
    Elimination,
    Hole,
    Identity,
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
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, inner, matrix
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import index
from derivtex.rewriting.sources import DEFINITION, cookbook, magnus, minka

kroneckers = Page("Kronecker products")
states, by_hand = kroneckers.states, kroneckers.by_hand
A, B, C, G = matrix("A", "m", "n"), matrix("B", "p", "q"), matrix("C", "p", "q"), Hole("G", (Dim.of("m") * Dim.of("p"), Dim.of("n") * Dim.of("q")))
S, T, P = matrix("S", 2, 2), matrix("T", 3, 3), matrix("P", 2, 3)
u, v, w = matrix("u", 3, 1), matrix("v", 3, 1), matrix("w", 3, 1)
b, c, e = column("b", "n"), column("c", "n"), column("e", "n")
a3, b3, c3 = column("a", 3), column("b", 3), column("c", 3)
M_SIZE, N, P_SIZE, Q_SIZE = (Dim.of(name) for name in "mnpq")
LEFT, RIGHT = Hole("g", (M_SIZE * P_SIZE, ONE)), Hole("h", (N * Q_SIZE, ONE))
D, X, Y, x, y = matrix("D", "m", "n"), matrix("X", "n", "n"), matrix("Y", "p", "p"), column("x", "n"), column("y", "p")
a, g, half, I_M, I_P = Hole("a", (M_SIZE * N, ONE)), Hole("g", (N * P_SIZE, ONE)), Hole("a", ((N * N + N).over(2), ONE)), index("i", "m"), index("i", "p")

states("vecs across", inner(Vec(A), Vec(D)), inner(A, D), reason="the vec of a matrix against a vector", cite=magnus("ch. 2"))
states("vec across", inner(a, Vec(D)), inner(Unvec(a, *D.shape), D), reason="the vec of a matrix against a vector", cite=magnus("ch. 2"))

states("unvec across", inner(A, Unvec(a, *A.shape)), inner(Vec(A), a), reason="the vec of the other side", cite=magnus("ch. 2"))

states("vech across", inner(half, Vech(X)), inner(Elimination(N).T * half, Vec(X)), reason="elimination matrix: $L\\,\\mathrm{vec}A = \\mathrm{vech}A$",
       cite=magnus("ch. 3, sec. 8"))  # fmt: skip

PAIRED: Said = {"reason": "inner product of Kronecker products", "cite": magnus("ch. 2")}
states("Kronecker product against the identity", inner(Identity(N * P_SIZE), Kronecker(X, Y)), Trace(X) * Trace(Y), **PAIRED)
states("Kronecker products across", inner(Kronecker(A, B), Kronecker(D, C)), inner(A, D) * inner(B, C), **PAIRED)

COLUMNS: Said = {"reason": "$g:(u\\otimes v) = (u^{T}\\otimes I)g:v = (I\\otimes v^{T})g:u$", "cite": magnus("ch. 2")}
states("Kronecker product of columns across, to the left", inner(g, Kronecker(x, y)), inner(Kronecker(Identity(N), y.T) * g, x), given=[("varying", "x")], **COLUMNS)
states("Kronecker product of columns across", inner(g, Kronecker(x, y)), inner(Kronecker(x.T, Identity(P_SIZE)) * g, y), **COLUMNS)


@by_hand("Kronecker product between columns", Inner, over=Product, reason="$(A\\otimes B)\\,\\mathrm{vec}X = \\mathrm{vec}(BXA^{T})$", why=Why.NUMBERS,
         says=r"\operatorname{vec}(Y)\operatorname{vec}(X)^T : (A\otimes B) = Y^TBX : A = YAX^T : B", cite=magnus("ch. 2, sec. 4"),
         tried_on=[inner(LEFT * RIGHT.T, Kronecker(d(A), C)), inner(LEFT * RIGHT.T, Kronecker(A, d(C)))])  # fmt: skip
def _between_columns(term: Term) -> Term | None:
    if type(term.right) is not Kronecker:
        return None
    scalars, chain = scalars_and_chain(term.left)
    at = next((at for at, factor in enumerate(chain[:-1], 1) if factor.shape[1] == ONE), None)
    if at is None:
        return None
    left, right = term.right.children
    y = Unvec(product(chain[:at]), right.shape[0], left.shape[0])
    x = Unvec(product(transposed(chain[at:])), right.shape[1], left.shape[1])
    if varies(left):
        return Inner(product((*scalars, y.T, right, x)), left)
    return Inner(product((*scalars, y, left, x.T)), right)


states("right Kronecker factor across", inner(G, Kronecker(A, B)),
       inner(SumOver(I_M, Product((Kronecker(UnitVector(M_SIZE, I_M).T, Identity(P_SIZE)), G, Kronecker(A.T * UnitVector(M_SIZE, I_M), Identity(Q_SIZE))))), B),
       reason="the blocks of the left, weighted by the entries of the other factor", cite=minka("sec. 6"), given=[("varying", "B")])  # fmt: skip

states("left Kronecker factor across", inner(G, Kronecker(A, B)),
       inner(SumOver(I_P, Product((Kronecker(Identity(M_SIZE), UnitVector(P_SIZE, I_P).T), G, Kronecker(Identity(N), B.T * UnitVector(P_SIZE, I_P))))), A),
       reason="the traces of the blocks of the left against the other factor", cite=minka("sec. 6"), given=[("varying", "A")])  # fmt: skip


@by_hand("blocks across", Inner, reason="block by block", why=Why.GRID, says=r"G : [C_{ij}] = \sum_{ij} G_{ij} : C_{ij}", cite=DEFINITION,
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

TRIPLE: Said = {"reason": "scalar triple product", "cite": cookbook("app.")}
states("cross product across", inner(e, CrossProduct(b, c)), inner(CrossProduct(e, b), c), given=[("varying", "c")], tried_on=[inner(u, CrossProduct(v, d(w)))], **TRIPLE)
states("cross product across, to the left", inner(e, CrossProduct(b, c)), inner(CrossProduct(c, e), b), tried_on=[inner(u, CrossProduct(d(w), v))], **TRIPLE)
states("cross product matrix across", inner(b3 * a3.T, CrossMatrix(c3)), inner(CrossProduct(a3, b3), c3), tried_on=[inner(v * u.T, CrossMatrix(d(w)))], **TRIPLE)
