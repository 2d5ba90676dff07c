"""Tidying of matrix algebra: inverses, traces, diagonals; quiet steps, each true for itself."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.calculus.cancelling import meet
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Diag,
    Diagonal,
    DiagonalMeans,
    DiagonalSums,
    HalvedLower,
    Hermitian,
    Hole,
    Identity,
    Index,
    Inner,
    Inverse,
    Kronecker,
    LowerPart,
    Number,
    Ones,
    Product,
    ProductOver,
    Sum,
    SumOver,
    Trace,
    Transpose,
    UnitVector,
    Unvec,
    UpperPart,
    Vec,
    Zero,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.operations.elementwise import Exp, Log
from derivtex.operations.structure import Commutation
from derivtex.operations.sums import free_letter, with_index
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import (
    column,
    d,
    det,
    identity,
    inner,
    inv,
    matrix,
    matrix_power,
    number,
    ones,
    over_index,
    power,
    scalar,
    tr,
)
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, any_index, chain, each, place, scalars

algebra = Page("Matrix algebra", reason="matrix algebra", cite="matrix algebra", quiet=True)
states, by_hand = algebra.states, algebra.by_hand
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
I_K = Index("i", Dim.of(1), Dim.of("k"))
E, x, s, t, i, r = matrix("E", "p", "q"), column("x", "n"), scalar("s"), scalar("t"), place("i"), matrix("r", 1, "n")
M, N, P_SIZE, Q_SIZE = (Dim.of(name) for name in "mnpq")
S, S_some, P_some, P_square = scalars("S", least=1), scalars("S", least=1), chain("P", "m", "n", least=1), chain("P", "n", "n", least=1)
P_column, C_square, a = chain("P", "n", 1, least=1), matrix("C", "n", "n"), Hole("a", (M * N, ONE))


def nothing(term: Term) -> Term:
    """Zero of the shape of a term."""
    return number(0) if term.is_scalar else Zero(*term.shape)


# Powers and inverses.

states("first power", matrix_power(X, 1), X)
states("zeroth power", matrix_power(X, 0), identity("n"))
states("power minus one", matrix_power(X, -1), inv(X))
states("double inverse", inv(inv(X)), X)
states("inverse of the identity", inv(identity("n")), identity("n"))
states("determinant of a transpose", det(X.T), det(X))
states("determinant of the identity", det(identity("n")), number(1))

states("inverse of a multiple", inv(Product((S, P_square))), Product((each(power(S, -1)), inv(Factors((P_square,))))))

states("inverse of an orthogonal matrix", inv(X), X.T, given=[("orthogonal", "X")])


states("inverse of Diag", inv(Diag(x)), Diag(power(x, -1)))

states("identity of one entry", Identity(ONE), number(1))
states("one of one entry", Ones(ONE, ONE), number(1))
states("zero of one entry", Zero(ONE, ONE), number(0))
states("unit vector of one entry", UnitVector(ONE, i), number(1))


# Traces and inner products.

states("trace of a transpose", tr(X.T), tr(X))


@by_hand("trace of a scalar", Trace, why=Why.FLAT, says="tr(s) = s", tried_on=[tr(s), tr(x.T * d(x))])
def _trace_scalar(term: Term) -> Term | None:
    """Not where the trace was put around a scalar to turn the differential of a matrix in it."""
    factors = factors_of(term.of)
    turning = any(varies(factor) and 1 not in (factor.shape[0].integer, factor.shape[1].integer) for factor in factors)
    return term.of if term.of.is_scalar and not turning else None


@by_hand("inner product with the inverse", Inner, why=Why.TOGETHER, says=r"A^{-T} : A = \operatorname{tr}(A^{-1}A)", tried_on=[inner(inv(X).T, X), inner(X, inv(X).T)])
def _inner_inverse(term: Term) -> Term | None:
    if 1 in (term.left.shape[0].integer, term.left.shape[1].integer):
        return None
    left = term.left.of if type(term.left) is Transpose else term.left.T
    met = meet(left, term.right)
    return Trace(met) if type(met) is Identity else None

linear: type[Term]
for linear in (Trace, Diag, Diagonal, Vec, Conjugate, Hermitian):
    inside = C_square if linear in (Trace, Diagonal) else x if linear is Diag else A
    states(f"zero inside {linear.__name__}", linear(inside), nothing(linear(inside)), given=[("zero", inside.name)], tried_on=[linear(Zero(*inside.shape))])
states("zero under a sum", SumOver(any_index("i", "k"), A), Zero(*A.shape), given=[("zero", "A")], tried_on=[SumOver(I_K, Zero(*A.shape))])
states("inner product with zero", inner(A, B), number(0), given=[("zero", "B")], tried_on=[inner(A, Zero(*A.shape))])
states("inner product of zero", inner(A, B), number(0), given=[("zero", "A")], tried_on=[inner(Zero(*A.shape), A)])
states("Kronecker product with zero", Kronecker(A, E), Zero(M * P_SIZE, N * Q_SIZE), given=[("zero", "E")], tried_on=[Kronecker(A, Zero(*E.shape))])
states("Kronecker product of zero", Kronecker(A, E), Zero(M * P_SIZE, N * Q_SIZE), given=[("zero", "A")], tried_on=[Kronecker(Zero(*A.shape), A)])
states("unvec of zero", Unvec(a, M, N), Zero(M, N), given=[("zero", "a")], tried_on=[Unvec(Zero(Dim.of(6), ONE), Dim.of(2), Dim.of(3))])

for linear in (Trace, Diagonal, HalvedLower, DiagonalSums, DiagonalMeans):
    states(f"multiple inside {linear.__name__}", linear(Product((S_some, P_square))), Product((S_some, linear(Factors((P_square,))))))
for linear in (Vec, Transpose, LowerPart, UpperPart):
    states(f"multiple inside {linear.__name__}", linear(Product((S_some, P_some))), Product((S_some, linear(Factors((P_some,))))))
states("multiple inside Diag", Diag(Product((S_some, P_column))), Product((S_some, Diag(Factors((P_column,))))))

states("multiple beside", inner(Product((S_some, P_some)), A), Product((S_some, inner(Factors((P_some,)), A))))
states("multiple on the other side", inner(A, Product((S_some, P_some))), Product((S_some, inner(A, Factors((P_some,))))))
states("multiple in a Kronecker product", Kronecker(Product((S_some, P_some)), E), Product((S_some, Kronecker(Factors((P_some,)), E))))
states("multiple on the other side of a Kronecker product", Kronecker(E, Product((S_some, P_some))), Product((S_some, Kronecker(E, Factors((P_some,))))))


@by_hand("multiple in a sum", SumOver, why=Why.NUMBERS, says=r"\sum_i 2a_i = 2\sum_i a_i", tried_on=[over_index(2 * A)])
def _number_out(term: Term) -> Term | None:
    value, rest = coefficient(term.body)
    if value == 1 or rest is Number(1):
        return None
    return scaled(value, SumOver(term.index, rest))


@by_hand("sum of one", SumOver, why=Why.NUMBERS, says=r"\sum_{i=1}^1 a_i = a_1", tried_on=[SumOver(Index("i", Dim.of(2), Dim.of(2)), Product((Index("i", Dim.of(2), Dim.of(2)), A)))])
def _sum_of_one(term: Term) -> Term | None:
    first = term.index.first
    return with_index(term.body, term.index, Number(first.integer)) if first == term.index.last and first.integer is not None else None


@by_hand("letters of nested sums", SumOver, ProductOver, why=Why.FLAT, says=r"\sum_i a_i\sum_i b_i = \sum_i a_i\sum_j b_j", tried_on=[over_index(Product((I_K, over_index(Product((I_K, A))))))])
def _letters(term: Term) -> Term | None:
    """A sum inside another has a letter of its own."""
    same = next((part for part in term.body.walk() if type(part) in (SumOver, ProductOver) and part.index.name == term.index.name), None)
    if same is None:
        return None
    other = Index(free_letter((term,), "jklmpqrstijuvabc"), same.index.first, same.index.last)
    return type(term)(term.index, term.body.replace({same: type(same)(other, with_index(same.body, same.index, other))}))

states("inner product of scalars", inner(s, t), s * t)


@by_hand("cyclic inverse", Trace, has=(Inverse, Transpose), why=Why.TOGETHER, says=r"\operatorname{tr}(A^{-1}BA) = \operatorname{tr}(B)", tried_on=[tr(inv(X) * X.T * X)])
def _cyclic_inverse(term: Term) -> Term | None:
    """The last factor meets the first across the trace."""
    if type(term.of) is not Product or len(term.of.factors) < 3 or varies(term):
        return None
    first, *middle, last = term.of.factors
    return Trace(product(tuple(middle))) if type(meet(last, first)) is Identity else None


# Diagonals.

states("diagonal of Diag", Diagonal(Diag(x)), x)
states("diagonal of a transpose", Diagonal(X.T), Diagonal(X))
states("Diag of ones", Diag(ones("n")), identity("n"))
states("Diag beside ones", Diag(x) * ones("n"), x)
states("ones beside Diag", ones("n").T * Diag(x), x.T)
states("half of the identity", HalvedLower(identity("n")), number(1, 2) * identity("n"))
states("diagonal of the identity", Diagonal(identity("n")), ones("n"))
states("log of exp", Log(Exp(A)), A)

states("exponential of zero", Exp(number(0)), number(1))
states("logarithm of one", Log(number(1)), number(0))

states("vec of a column", Vec(x), x)
states("vec of a row", Vec(r), r.T)

states("commutation of a column", Commutation(M, ONE), Identity(M))
states("commutation of a row", Commutation(ONE, M), Identity(M))

states("vec of unvec", Vec(Unvec(a, M, N)), a)


@by_hand("unvec", Unvec, why=Why.TOGETHER, says=r"(A\otimes B)\operatorname{vec}X = \operatorname{vec}(BXA^T)",
       tried_on=[Unvec(Vec(A), *A.shape), Unvec(x, *x.shape), Unvec(Kronecker(C.T, A) * Vec(X), Dim.of("m"), Dim.of("p")),
                 Unvec(Sum((Vec(A), Product((number(-2), Vec(A))))), *A.shape)])  # fmt: skip
def _unvec(term: Term) -> Term | None:
    match term.of:
        case of if of.shape == term.shape:
            return of
        case Vec(of) if of.shape == term.shape:
            return of
        case Product((*scalars, Vec(of))) if all(s.is_scalar for s in scalars) and of.shape == term.shape:
            return Product((*scalars, of))
        case Product((*scalars, Kronecker(left, right), Vec(of))) if all(s.is_scalar for s in scalars):
            if (right.shape[0], left.shape[0]) == term.shape and right.shape[1] == of.shape[0]:
                return Product((*scalars, right, of, left.T))
        case Sum(parts):
            made = [_unvec.apply(Unvec(part, *term.shape)) for part in parts]
            return Sum(tuple(part for part in made if part is not None)) if None not in made else None
    return None


@by_hand("product of Kronecker products", Product, wants=[Kronecker], why=Why.TOGETHER, says=r"(A\otimes B)(C\otimes D) = AC\otimes BD",
       tried_on=[Kronecker(A, X) * Kronecker(C, X), X * Kronecker(x.T, X), Kronecker(X, x) * X])  # fmt: skip
def _mixed(term: Term) -> Term | None:
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if Kronecker not in (type(left), type(right)) or left.is_scalar or right.is_scalar or varies(left) or varies(right):
            continue
        for (a, b), (c, e) in product_of_pairs(left, right):
            if a.shape[1] == c.shape[0] and b.shape[1] == e.shape[0]:
                met = Kronecker(product((a, c)), product((b, e)))
                return product((*factors[:at], met, *factors[at + 2 :]))
    return None


def product_of_pairs(left: Term, right: Term) -> Iterable[tuple[tuple[Term, Term], tuple[Term, Term]]]:
    """Two factors as Kronecker products; one that is none is 1 ⊗ A or A ⊗ 1."""
    one = Number(1)
    pairs = [[(part.left, part.right)] if type(part) is Kronecker else [(one, part), (part, one)] for part in (left, right)]
    return ((left, right) for left in pairs[0] for right in pairs[1])

states("Kronecker product of identities", Kronecker(Identity(M), Identity(N)), Identity(M * N))

states("scalar Kronecker factor", Kronecker(s, A), Product((s, A)))
states("scalar Kronecker factor behind", Kronecker(A, s), Product((A, s)))


