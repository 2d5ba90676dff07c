"""Tidying of matrix algebra: inverses, traces, diagonals; quiet steps, each true for itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from derivtex.calculus.arithmetic import coefficient, is_zero, product, scaled
from derivtex.calculus.cancelling import meet
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Diag,
    Diagonal,
    DiagonalMeans,
    DiagonalSums,
    EntryPower,
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
    Symbol,
    Trace,
    Transpose,
    UnitVector,
    Unvec,
    UpperPart,
    Vec,
    Zero,
    zero,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.operations.elementwise import Exp, Log
from derivtex.operations.structure import Commutation
from derivtex.operations.sums import with_index
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
    orthogonal,
    over_index,
    power,
    scalar,
    tr,
)
from derivtex.rewriting.page import Page

algebra = Page("Matrix algebra")
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
I_K = Index("i", Dim.of(1), Dim.of("k"))
E, x, s = matrix("E", "p", "q"), column("x", "n"), scalar("s")


def states(name: str, left: Term, right: Term, **options):
    return algebra.states(name, left, right, reason="matrix algebra", cite="matrix algebra", quiet=True, **options)


def quiet(name: str, *heads: type, says: str, tried_on, over=()):
    return algebra.by_hand(name, *heads, over=over, reason="matrix algebra", says=says, tried_on=tried_on, cite="matrix algebra", quiet=True)


# Powers and inverses.

states("first power", matrix_power(X, 1), X)
states("zeroth power", matrix_power(X, 0), identity("n"))
states("power minus one", matrix_power(X, -1), inv(X))
states("double inverse", inv(inv(X)), X)
states("inverse of the identity", inv(identity("n")), identity("n"))
states("determinant of a transpose", det(X.T), det(X))
states("determinant of the identity", det(identity("n")), number(1))


@quiet("inverse of a multiple", Inverse, says="(sA)⁻¹ = s⁻¹A⁻¹", tried_on=[inv(Product((s, X))), inv(-X)])
def _inverse_multiple(term: Term) -> Term | None:
    if type(term.of) is not Product:
        return None
    scalars, rest = scalars_and_chain(term.of)
    if not scalars or not rest:
        return None
    return Product((*(EntryPower(factor, Number(-1)) for factor in scalars), Inverse(product(rest))))


@quiet("inverse of an orthogonal matrix", Inverse, says="Q⁻¹ = Qᵀ", tried_on=[inv(orthogonal("Q", "n"))])
def _orthogonal(term: Term) -> Term | None:
    return term.of.T if type(term.of) is Symbol and term.of.has("orthogonal") else None


states("inverse of Diag", inv(Diag(x)), Diag(power(x, -1)))


@quiet("constant of one entry", Identity, Ones, Zero, UnitVector, says="the 1 × 1 identity is 1", tried_on=[UnitVector(Dim.of(1), number(1)), Identity(Dim.of(1)), Ones(Dim.of(1), Dim.of(1)), Zero(Dim.of(1), Dim.of(1))])
def _one_entry(term: Term) -> Term | None:
    """A constant of one row and one column is a number."""
    return None if not term.is_scalar else Number(0) if type(term) is Zero else Number(1)


# Traces and inner products.

states("trace of a transpose", tr(X.T), tr(X))


@quiet("trace of a scalar", Trace, says="tr(s) = s", tried_on=[tr(s), tr(x.T * d(x))])
def _trace_scalar(term: Term) -> Term | None:
    """Not where the trace was put around a scalar to turn the differential of a matrix in it."""
    factors = factors_of(term.of)
    turning = any(varies(factor) and 1 not in (factor.shape[0].integer, factor.shape[1].integer) for factor in factors)
    return term.of if term.of.is_scalar and not turning else None


@quiet("inner product with the inverse", Inner, says="A⁻ᵀ : A = tr(I)", tried_on=[inner(inv(X).T, X), inner(X, inv(X).T)])
def _inner_inverse(term: Term) -> Term | None:
    if 1 in (term.left.shape[0].integer, term.left.shape[1].integer):
        return None
    left = term.left.of if type(term.left) is Transpose else term.left.T
    met = meet(left, term.right)
    return Trace(met) if type(met) is Identity else None


@quiet("zero inside", Trace, Inner, Diag, Diagonal, Vec, Unvec, SumOver, Kronecker, Conjugate, Hermitian, says="tr(0) = 0",
       tried_on=[tr(Zero(*X.shape)), inner(A, Zero(*A.shape)), Diag(Zero(*x.shape))])  # fmt: skip
def _zero_inside(term: Term) -> Term | None:
    return zero(term.shape) if any(map(is_zero, term.children)) else None


@quiet("multiple inside", Trace, Diag, Diagonal, Vec, Transpose, LowerPart, UpperPart, HalvedLower, DiagonalSums, DiagonalMeans, says="tr(sA) = s tr(A)",
       tried_on=[tr(Product((s, X))), Diag(Product((s, x))), DiagonalMeans(Product((s, X)))])  # fmt: skip
def _multiple_inside(term: Term) -> Term | None:
    of = term.of
    if type(of) is not Product:
        return None
    scalars, rest = scalars_and_chain(of)
    return Product((*scalars, type(term)(product(rest)))) if scalars and rest else None


@quiet("multiples beside", Inner, Kronecker, says="sA : B = s(A : B)", tried_on=[inner(Product((s, A)), B), Kronecker(Product((s, A)), C)])
def _multiples_beside(term: Term) -> Term | None:
    scalars: list[Term] = []
    sides = []
    for side in (term.left, term.right):
        own = side.factors if type(side) is Product and not side.is_scalar else (side,)
        scalars += [factor for factor in own if factor.is_scalar and len(own) > 1]
        sides.append(product(tuple(factor for factor in own if len(own) == 1 or not factor.is_scalar)))
    return Product((*scalars, type(term)(*sides))) if scalars else None


@quiet("multiple in a sum", SumOver, says="Σ 2aᵢ = 2 Σ aᵢ", tried_on=[over_index(2 * A)])
def _number_out(term: Term) -> Term | None:
    value, rest = coefficient(term.body)
    if value == 1 or rest is Number(1):
        return None
    return scaled(value, SumOver(term.index, rest))


@quiet("sum of one", SumOver, says="Σ_{i=1}^1 aᵢ = a₁", tried_on=[SumOver(Index("i", Dim.of(2), Dim.of(2)), Product((Index("i", Dim.of(2), Dim.of(2)), A)))])
def _sum_of_one(term: Term) -> Term | None:
    first = term.index.first
    return with_index(term.body, term.index, Number(first.integer)) if first == term.index.last and first.integer is not None else None


@quiet("letters of nested sums", SumOver, ProductOver, says="Σᵢ aᵢ Σᵢ bᵢ = Σᵢ aᵢ Σⱼ bⱼ", tried_on=[over_index(Product((I_K, over_index(Product((I_K, A))))))])
def _letters(term: Term) -> Term | None:
    """A sum inside another has a letter of its own."""
    same = next((part for part in term.body.walk() if type(part) in (SumOver, ProductOver) and part.index.name == term.index.name), None)
    if same is None:
        return None
    used = {part.name for part in term.walk() if type(part) in (Index, Symbol, Hole)}
    other = Index(next(letter for letter in "jklmpqrstijuvabc" if letter not in used), same.index.first, same.index.last)
    return type(term)(term.index, term.body.replace({same: type(same)(other, with_index(same.body, same.index, other))}))


@quiet("inner product of scalars", Inner, says="s : t = st", tried_on=[inner(s, s)])
def _inner_scalars(term: Term) -> Term | None:
    return Product((term.left, term.right)) if term.left.is_scalar else None


@quiet("cyclic inverse", Trace, says="tr(A⁻¹BA) = tr(B)", tried_on=[tr(inv(X) * X.T * X)])
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


@quiet("value at zero", Exp, Log, says="e⁰ = 1, log 1 = 0", tried_on=[Exp(number(0)), Log(number(1))])
def _special(term: Term) -> Term | None:
    of = term.of
    if type(of) is not Number:
        return None
    if type(term) is Exp and of.value == 0:
        return Number(1)
    return Number(0) if type(term) is Log and of.value == 1 else None


@quiet("vec of a vector", Vec, says="vec x = x, vec xᵀ = x", tried_on=[Vec(x), Vec(x.T)])
def _vec(term: Term) -> Term | None:
    if term.of.shape[1].integer == 1:
        return term.of
    return term.of.T if term.of.shape[0].integer == 1 else None


@quiet("commutation of a vector", Commutation, says="K = I for a vector", tried_on=[Commutation(Dim.of("n"), Dim.of(1))])
def _commutation(term: Term) -> Term | None:
    return Identity(term.shape[0]) if 1 in (term.rows.integer, term.columns.integer) else None


@quiet("vec of unvec", Vec, over=Unvec, says="vec(unvec a) = a", tried_on=[Vec(Unvec(column("a", 6), Dim.of(2), Dim.of(3)))])
def _vec_of_unvec(term: Term) -> Term | None:
    return term.of.of


@quiet("unvec", Unvec, says="unvec((A ⊗ B) vec X) = BXAᵀ",
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


@quiet("product of Kronecker products", Product, says="(A ⊗ B)(C ⊗ D) = AC ⊗ BD, (u ⊗ B)D = u ⊗ BD",
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
    return itertools.product(*pairs)


@quiet("Kronecker product of identities", Kronecker, says="I ⊗ I = I", tried_on=[Kronecker(identity("m"), identity("n"))])
def _identities(term: Term) -> Term | None:
    return Identity(term.shape[0]) if type(term.left) is Identity and type(term.right) is Identity else None


@quiet("scalar Kronecker factor", Kronecker, says="s ⊗ A = sA", tried_on=[Kronecker(s, A)])
def _kronecker(term: Term) -> Term | None:
    return Product((term.left, term.right)) if term.left.is_scalar or term.right.is_scalar else None

