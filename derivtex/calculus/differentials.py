"""Differentials: what d does to each operation. The first equation that fits is used.

A rule that `rides` is linear: a careful person does it in the same move as what uncovered it.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    CrossProduct,
    Diag,
    Diagonal,
    Differential,
    EntryPower,
    Hadamard,
    Hermitian,
    Hole,
    ImaginaryPart,
    Kronecker,
    LowerPart,
    MatrixPower,
    Number,
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
from derivtex.operations.matrix import Adjugate, Trace
from derivtex.operations.norms import EntrySumNorm, MaxNorm, Peak, WeightedNorm
from derivtex.operations.spectra import NuclearNorm
from derivtex.operations.sums import Before, Entry, conditions_of
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
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Along, any_index, depending, each, parts, place
from derivtex.rewriting.sources import CALCULUS, DEFINITION, cookbook, horn, magnus

differentials = Page("Differentials")
states, by_hand = differentials.states, differentials.by_hand

A, B, C = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p")
X, x, s, k = matrix("X", "n", "n"), column("x", "n"), scalar("s"), scalar("k")
NUMBER_MINUS_ONE = number(-1)
E, u, v, a = matrix("E", "p", "q"), matrix("u", 3, 1), matrix("v", 3, 1), Hole("a", (Dim.of("m") * Dim.of("n"), ONE))
As, Before_, Behind = parts("A", "m", "n"), parts("B", "m", "n"), parts("C", "m", "n")
b, c = column("b", "n"), column("c", "n")
I, i, j = any_index("i", "k"), place("i"), place("j")


def spread(parts: tuple[Term, ...], make: Callable[[tuple[Term, ...]], Term]) -> Term:
    """The sum of `make(parts with one replaced by its differential)`: Leibniz' rule for any multilinear operation."""
    terms = tuple(make((*parts[:at], d(part), *parts[at + 1 :])) for at, part in enumerate(parts))
    return Sum(terms) if len(terms) > 1 else terms[0]


# Linear operations: d goes through.

states("sum", d(Sum((As,))), Sum((each(d(As)),)), reason="sum rule", cite=cookbook(35), rides=True)

states("sum over", d(SumOver(I, depending(A, I))), SumOver(I, d(A)), reason="sum rule", cite=DEFINITION, rides=True)


states("transpose", d(A.T), d(A).T, reason="transpose", cite=cookbook(44), rides=True)
@by_hand("function under the trace", Differential, over=Trace, reason="under the trace $d g(X)$ is $g'(X)\\,dX$", cite=horn("sec. 6.6"),
         why=Why.FUNCTION, says=r"d\operatorname{tr}g(X) = \operatorname{tr}(g'(X)\,dX)", tried_on=[d(tr(MatrixCall("g", 0, X)))])  # fmt: skip
def _open_under_the_trace(term: Term) -> Term | None:
    """A function that is left open has no differential in closed form elsewhere."""
    of = term.of.of
    return tr(MatrixCall(of.function, of.order + 1, of.of) * d(of.of)) if type(of) is MatrixCall else None


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

@by_hand("block", Differential, over=Block, reason="block by block", why=Why.GRID, says=r"d\begin{pmatrix}A & B\end{pmatrix} = \begin{pmatrix}dA & dB\end{pmatrix}", tried_on=[d(Block((A, B), 2))], cite=DEFINITION, rides=True)
def _block(term: Term) -> Term | None:
    return Block(tuple(map(d, term.of.blocks)), term.of.across)


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


@by_hand("matrix power", Differential, over=MatrixPower, reason="product rule", why=Why.NUMBERS, says=r"dX^k = \sum_{j=0}^{k-1} X^j\,dX\,X^{k-1-j}",
         tried_on=[d(matrix_power(X, 3)), d(matrix_power(X, 4))], cite=magnus("ch. 8"))  # fmt: skip
def _matrix_power(term: Term) -> Term | None:
    match term.of:
        case MatrixPower(base, Number(k)) if 2 < k <= 12 and k.denominator == 1:
            return Sum(tuple(_between(base, j, int(k) - 1 - j) for j in range(int(k))))
    return None


@by_hand("negative matrix power", Differential, over=MatrixPower, reason="differential of an inverse, product rule",
         why=Why.NUMBERS, says=r"dX^{-2} = -X^{-1}\,dX\,X^{-2} - X^{-2}\,dX\,X^{-1}", tried_on=[d(matrix_power(X, -2)), d(matrix_power(X, -3))], cite=cookbook(40),
         pattern=d(MatrixPower(X, k)), needs=[("invertible", "X")])  # fmt: skip
def _negative_matrix_power(term: Term) -> Term | None:
    match term.of:
        case MatrixPower(base, Number(k)) if -12 <= k < -1 and k.denominator == 1:
            return Sum(tuple(-_between(base, -j, int(k) - 1 + j) for j in range(1, 1 - int(k))))
    return None


def _between(base: Term, before: int, after: int) -> Term:
    """X^before dX X^after."""
    known: dict[int, list[Term]] = {-1: [inv(base)], 0: [], 1: [base]}
    left, right = (known.get(k, [matrix_power(base, k)]) for k in (before, after))
    factors = (*left, d(base), *right)
    return Product(factors) if len(factors) > 1 else factors[0]


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


@by_hand("quotient", Differential, over=Product, reason="quotient rule", why=Why.TOGETHER, says=r"d(A/s) = (dA - (A/s)\,ds)/s", tried_on=[d(A * power(s, -1)), d(Product((power(s, -1), A, C)))],
         cite=CALCULUS)  # fmt: skip
def _quotient(term: Term) -> Term | None:
    """Crosswise: the quotient stays whole, so that it may go by its name."""
    factors = term.of.factors
    under = [at for at, factor in enumerate(factors) if type(factor) is EntryPower and factor.is_scalar and factor.exponent is NUMBER_MINUS_ONE]
    if len(under) != 1 or len(factors) == 1:
        return None
    at = under[0]
    over = factors[:at] + factors[at + 1 :]
    return Product((factors[at], Sum((d(product(over)), -product((*over, factors[at], d(factors[at].base)))))))


@by_hand("product", Differential, over=Product, reason="product rule", why=Why.FLAT, says=r"d(AC\cdots) = dA\,C\cdots + A\,dC\cdots + \cdots",
         tried_on=[d(A * C), d(s * A), d(A * C * C.T), d(Product((Before(number(2), number(3)), A, C)))], cite=cookbook(37))  # fmt: skip
def _product(term: Term) -> Term | None:
    """A condition on indices stays: it is constant, and without it the other factors may have no value."""
    held = conditions_of(term.of)
    if not held or len(held) == len(term.of.factors):
        return spread(term.of.factors, Product)
    rest = tuple(factor for factor in term.of.factors if factor not in held)
    return spread(rest, lambda parts: Product((*held, *parts)))

states("entrywise product", d(Hadamard((As,))), Along(As, Before_, B, Behind, Hadamard((Before_, d(B), Behind))), reason="product rule", cite=cookbook(38))


states("inner product with itself", d(inner(A, A)), 2 * inner(A, d(A)), reason="differential of a squared norm", cite=cookbook(132))
states("inner product", d(inner(A, B)), inner(d(A), B) + inner(A, d(B)), reason="product rule", cite=cookbook(37))
states("Kronecker product", d(Kronecker(A, E)), Kronecker(d(A), E) + Kronecker(A, d(E)), reason="product rule", cite=cookbook(39))

states("cross product", d(CrossProduct(b, c)), CrossProduct(d(b), c) + CrossProduct(b, d(c)), reason="product rule", cite=CALCULUS, tried_on=[d(CrossProduct(u, v))])


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
