"""Differentials: what d does to each operation. The first equation that fits is used.

A rule that `rides` is linear: a careful person does it in the same move as what uncovered it.
"""

from __future__ import annotations

from derivtex.core.shapes import ONE, Dim
from derivtex.operations import (
    Conjugate,
    CrossMatrix,
    CrossProduct,
    Diag,
    Diagonal,
    Hadamard,
    Hermitian,
    Hole,
    ImaginaryPart,
    Kronecker,
    LowerPart,
    MatrixPower,
    Product,
    PseudoInverse,
    RealPart,
    Sum,
    SumOver,
    Unvec,
    UpperPart,
    Vec,
    Vech,
    zero,
)
from derivtex.operations.blocks import Block
from derivtex.operations.elementwise import Log, Sign
from derivtex.operations.functions import MatrixCall, MatrixRoot
from derivtex.operations.matrix import Adjugate
from derivtex.operations.norms import EntrySumNorm, MaxNorm, Peak, WeightedNorm
from derivtex.operations.spectra import NuclearNorm
from derivtex.operations.sums import Before, Entry
from derivtex.rewriting.holes import (
    column,
    d,
    det,
    identity,
    inner,
    inv,
    matrix,
    matrix_power,
    norm,
    number,
    power,
    scalar,
    tr,
)
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import (
    Along,
    Factors,
    any_index,
    blockwise,
    chain,
    depending,
    each,
    one_more,
    parts,
    place,
    reckoned,
    scalars,
    whole,
    written,
)
from derivtex.rewriting.sources import CALCULUS, DEFINITION, cookbook, horn, magnus

differentials = Page("Differentials")
states, by_hand = differentials.states, differentials.by_hand

A, B, C = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p")
X, x, s, k = matrix("X", "n", "n"), column("x", "n"), scalar("s"), scalar("k")
NUMBER_MINUS_ONE = number(-1)
E, u, v, a = matrix("E", "p", "q"), matrix("u", 3, 1), matrix("v", 3, 1), Hole("a", (Dim.of("m") * Dim.of("n"), ONE))
As, Before_, Behind = parts("A", "m", "n"), parts("B", "m", "n"), parts("C", "m", "n")
b, c = column("b", "n"), column("c", "n")
S, P, Fs, M_any = scalars("S"), chain("P", "m", "n"), whole("F", "m", "n"), matrix("M", "p", "q")
Before_P, Behind_P = chain("B", "m", "p"), chain("C", "q", "n")
I, i, j = any_index("i", "k"), place("i"), place("j")


# Linear operations: d goes through.

states("sum", d(Sum((As,))), Sum((each(d(As)),)), reason="sum rule", cite=cookbook(35), rides=True)

states("sum over", d(SumOver(I, depending(A, I))), SumOver(I, d(A)), reason="sum rule", cite=DEFINITION, rides=True)


states("transpose", d(A.T), d(A).T, reason="transpose", cite=cookbook(44), rides=True)
states("function under the trace", d(tr(MatrixCall("?g", -1, X))), tr(MatrixCall("?g", one_more(-1), X) * d(X)), reason="under the trace $d g(X)$ is $g'(X)\\,dX$", cite=horn("sec. 6.6"),
       tried_on=[d(tr(MatrixCall("g", 0, X)))])  # fmt: skip


states("trace", d(tr(X)), tr(d(X)), reason="the trace is linear", cite=cookbook(36), rides=True)
states("Diag", d(Diag(x)), Diag(d(x)), reason="Diag is linear", cite=DEFINITION, rides=True)
states("diagonal", d(Diagonal(X)), Diagonal(d(X)), reason="diag is linear", cite=DEFINITION, rides=True)
states("vec", d(Vec(A)), Vec(d(A)), reason="vec is linear", cite=magnus("ch. 2"), rides=True)

states("unvec", d(Unvec(a, *A.shape)), Unvec(d(a), *A.shape), reason="unvec is linear", cite=magnus("ch. 2"), rides=True)


states("lower part", d(LowerPart(A)), LowerPart(d(A)), reason="the lower triangle is linear", cite=DEFINITION, rides=True)
states("upper part", d(UpperPart(A)), UpperPart(d(A)), reason="the upper triangle is linear", cite=DEFINITION, rides=True)
states("vech", d(Vech(X)), Vech(d(X)), reason="vech is linear", cite=magnus("ch. 3"), rides=True)
states("conjugate", d(Conjugate(A)), Conjugate(d(A)), reason="conjugate", cite=cookbook(229), rides=True)
states("Hermitian", d(Hermitian(A)), Hermitian(d(A)), reason="conjugate transpose", cite=cookbook(45), rides=True)
states("real part", d(RealPart(A)), RealPart(d(A)), reason="real part", cite=DEFINITION, rides=True)
states("imaginary part", d(ImaginaryPart(A)), ImaginaryPart(d(A)), reason="imaginary part", cite=DEFINITION, rides=True)

states("entry", d(Entry(A, i, j)), Entry(d(A), i, j), reason="entry", cite=DEFINITION, rides=True)

states("block", d(A), blockwise(A, E, d(E)), reason="block by block", cite=DEFINITION, rides=True, given=[("blocks", "A")], tried_on=[d(Block((A, B), 2))],
       says=r"d\begin{pmatrix}A & B\end{pmatrix} = \begin{pmatrix}dA & dB\end{pmatrix}")  # fmt: skip


# Norms and determinants, in the forms that people differentiate in one move.

states("squared norm", d(power(norm(A), 2)), 2 * inner(A, d(A)), reason="differential of a squared norm", cite=cookbook(132))
states("norm", d(norm(A)), power(norm(A), -1) * inner(A, d(A)), reason="differential of a norm", cite=cookbook(129), needs=[("nonzero", "A")])
states(
    "log determinant", d(Log(det(X))), tr(inv(X) * d(X)), reason="Jacobi's formula", cite=cookbook(43),
    needs=[("positive determinant", "X")],
)  # fmt: skip
states("determinant of a power", d(det(MatrixPower(X, k))), k * det(MatrixPower(X, k)) * tr(inv(X) * d(X)), reason="Jacobi's formula", cite=cookbook(58),
       needs=[("invertible", "X"), ("integer", "k")])  # fmt: skip
states("determinant", d(det(X)), det(X) * tr(inv(X) * d(X)), reason="Jacobi's formula", cite=cookbook(41), needs=[("invertible", "X")])
states("adjugate", d(Adjugate(X)), det(X) * (tr(inv(X) * d(X)) * inv(X) - inv(X) * d(X) * inv(X)),
       reason="$\\mathrm{adj}\\,X = \\det(X)X^{-1}$", cite=magnus("ch. 8"), needs=[("invertible", "X")])  # fmt: skip
states("sum of absolute values", d(EntrySumNorm(A)), inner(Sign(A), d(A)), reason="$d|t| = \\mathrm{sign}(t)\\,dt$", cite=CALCULUS,
       given=[("real", "A")], needs=[("nonzero entries", "A")])  # fmt: skip
states("largest absolute value", d(MaxNorm(A)), inner(Peak(A), d(A)), reason="the entry that is largest in absolute value decides", cite=CALCULUS,
       given=[("real", "A")], needs=[("one peak", "A")])  # fmt: skip
states("peak", d(Peak(A)), number(0) * A, reason="piecewise constant", cite=CALCULUS, given=[("real", "A")], needs=[("one peak", "A")])
states("weighted norm", d(power(WeightedNorm(x, X), 2)), d(x.T * X * x), reason="definition of the weighted norm", cite=DEFINITION, rides=True)
states("root of the weighted norm", d(WeightedNorm(x, X)), number(1, 2) * power(WeightedNorm(x, X), -1) * d(x.T * X * x),
       reason="root of its square", given=[("real", "x"), ("real", "X")], needs=[("nonzero", "x")], cite=CALCULUS)  # fmt: skip

# Inverses and powers.

states("inverse", d(inv(X)), -(inv(X) * d(X) * inv(X)), reason="differential of an inverse", cite=cookbook(40), needs=[("invertible", "X")])
states("square of a matrix", d(matrix_power(X, 2)), d(X) * X + X * d(X), reason="product rule", cite=magnus("ch. 8"))
states("inverse square", d(matrix_power(X, -1)), -(inv(X) * d(X) * inv(X)), reason="differential of an inverse", cite=cookbook(40), needs=[("invertible", "X")])


TURN = place("j")
states("matrix power", d(MatrixPower(X, k)), written(TURN, number(0), k - number(1), Factors((reckoned(matrix_power(X, TURN)), d(X), reckoned(matrix_power(X, k - number(1) - TURN))))),
       reason="product rule", cite=magnus("ch. 8"), given=[("few", "k")], tried_on=[d(matrix_power(X, 3)), d(matrix_power(X, 4))])  # fmt: skip
states("negative matrix power", d(MatrixPower(X, k)), written(TURN, number(1), -k, Factors((number(-1), reckoned(matrix_power(X, -TURN)), d(X), reckoned(matrix_power(X, k - number(1) + TURN))))),
       reason="differential of an inverse, product rule", cite=cookbook(40), given=[("few", "k"), ("negative", "k")], needs=[("invertible", "X")],
       tried_on=[d(matrix_power(X, -2)), d(matrix_power(X, -3))])  # fmt: skip


M = matrix("M", "m", "n")
states(
    "pseudo-inverse", d(PseudoInverse(M)),
    -(PseudoInverse(M) * d(M) * PseudoInverse(M))
    + PseudoInverse(M) * PseudoInverse(M).T * d(M).T * (identity("m") - M * PseudoInverse(M))
    + (identity("n") - PseudoInverse(M) * M) * d(M).T * PseudoInverse(M).T * PseudoInverse(M),
    reason="differential of the pseudo-inverse", cite=magnus("ch. 8, thm. 5"), needs=[("constant rank", "M")],
)  # fmt: skip

# Norms that are made of singular values.

states("nuclear norm of a wide matrix", d(NuclearNorm(M)), inner(inv(MatrixRoot(M * M.T)) * M, d(M)), cite=horn("sec. 7.4"),
       reason="the nuclear norm is $\\mathrm{tr}(XX^{T})^{1/2}$", given=[("wide", "M")], needs=[("full row rank", "M")])  # fmt: skip
states("nuclear norm", d(NuclearNorm(M)), inner(M * inv(MatrixRoot(M.T * M)), d(M)), reason="the nuclear norm is $\\mathrm{tr}(X^{T}X)^{1/2}$",
       cite=horn("sec. 7.4"), needs=[("full column rank", "M")])  # fmt: skip

# Products of every kind.

states("squared length", d(x.T * x), 2 * x.T * d(x), reason="differential of a squared norm", cite=cookbook(131))
states("quadratic form", d(x.T * X * x), 2 * x.T * X * d(x) + x.T * d(X) * x, reason="differential of a quadratic form, symmetric matrix",
       cite=cookbook(81), given=[("symmetric", "X")])  # fmt: skip


RECIPROCAL = power(s, -1)
states("quotient", d(Product((RECIPROCAL, S, P))), Product((RECIPROCAL, Sum((d(Factors((S, P))), Factors((NUMBER_MINUS_ONE, S, P, RECIPROCAL, d(s))))))),
       reason="quotient rule", cite=CALCULUS, given=[("no reciprocal", "S")], tried_on=[d(A * power(s, -1)), d(Product((power(s, -1), A, C)))])  # fmt: skip
states("condition on indices", d(Product((s, S, P))), Product((s, d(Factors((S, P))))), reason="constant factors", cite=CALCULUS, given=[("a condition", "s")], quiet=True, rides=True,
       tried_on=[d(Product((Before(number(2), number(3)), A, C)))])  # fmt: skip
states("product", d(Product((Fs,))), Along(Fs, Before_P, M_any, Behind_P, Product((Before_P, d(M_any), Behind_P))), reason="product rule", cite=cookbook(37),
       tried_on=[d(A * C), d(s * A), d(A * C * C.T)])  # fmt: skip

states("entrywise product", d(Hadamard((As,))), Along(As, Before_, B, Behind, Hadamard((Before_, d(B), Behind))), reason="product rule", cite=cookbook(38))


states("inner product with itself", d(inner(A, A)), 2 * inner(A, d(A)), reason="differential of a squared norm", cite=cookbook(132))
states("inner product", d(inner(A, B)), inner(d(A), B) + inner(A, d(B)), reason="product rule", cite=cookbook(37))
states("Kronecker product", d(Kronecker(A, E)), Kronecker(d(A), E) + Kronecker(A, d(E)), reason="product rule", cite=cookbook(39))

states("cross product", d(CrossProduct(b, c)), CrossProduct(d(b), c) + CrossProduct(b, d(c)), reason="product rule", cite=CALCULUS, tried_on=[d(CrossProduct(u, v))])

states("cross product matrix", d(CrossMatrix(u)), CrossMatrix(d(u)), reason="the matrix of a cross product is linear", cite=CALCULUS, rides=True)


# Why they are true.

differentials.proves("inverse", r"$@@^{-1} = I$ does not change, so $d@\,@^{-1} + @\,d@^{-1} = 0$; multiply by $@^{-1}$ from the left",
                     (d(X) * inv(X) + X * d(inv(X)), zero(X.shape)))
differentials.proves("norm", r"$s = \|@\|$ has $s^{2} = \langle @, @\rangle$, so $2s\,ds = 2\langle @, d@\rangle$",
                     (2 * norm(A) * d(norm(A)), 2 * inner(A, d(A))))
JACOBI = r"$\det(@ + d@) = \det @\,\det(I + @^{-1}d@)$, and $\det(I + E) = 1 + \operatorname{tr}E$ to first order"
for _name in ("determinant", "log determinant"):
    differentials.proves(_name, JACOBI, (d(det(X)), det(X) * tr(inv(X) * d(X))))

differentials.teaches("each factor changes in turn while the others stay, and their order is kept, as matrices do not commute", "product", "square of a matrix", "matrix power")
differentials.teaches("the two terms of the product rule are the same number, hence the 2", "squared norm", "squared length", "inner product with itself")
differentials.teaches(r"the determinant is linear in each column, and its cofactors are the entries of $\det(M)M^{-1}$: Jacobi's formula says so with a trace",
                      "log determinant", "determinant", "determinant of a power")  # fmt: skip
differentials.teaches(r"for $q = p/s$ both sides of $sq = p$ are differentiated: $s\,dq = dp - q\,ds$", "quotient")
