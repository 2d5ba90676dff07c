r"""Jacobians: a vector or matrix that is linear in dx, turned until dx (or vec dX) stands last: J dx."""

from __future__ import annotations

from itertools import takewhile

from derivtex.calculus.arithmetic import product
from derivtex.calculus.traces import split, transposed
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Commutation,
    Conjugate,
    Diag,
    Diagonal,
    Elimination,
    Frechet,
    FrechetMatrix,
    Hadamard,
    HalvedLower,
    Hermitian,
    Identity,
    Index,
    Inner,
    Inverse,
    Kronecker,
    LinearSolution,
    MatrixRoot,
    Product,
    Sum,
    SumOver,
    Trace,
    Transpose,
    UnitVector,
    Vec,
    Vech,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, d, entrywise, identity, matrix, ones, over_index, scalar
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import DEFINITION, higham, horn, magnus

rightmost, vectorization = Page("Rightmost"), Page("Vectorization")
A, X, C = matrix("A", "m", "n"), matrix("X", "n", "n"), matrix("C", "n", "p")
D, x, y, s = matrix("D", "p", "r"), column("x", "n"), column("y", "n"), scalar("s")


def apart(factors: tuple[Term, ...]) -> tuple[tuple[Term, ...], Term]:
    """All factors of an entrywise product but the first that varies, and that one."""
    at = next(at for at, factor in enumerate(factors) if varies(factor))
    return factors[:at] + factors[at + 1 :], factors[at]


def is_column(term: Term) -> bool:
    return term.shape[1].integer == 1 and not term.is_scalar


# Products of a varying part with something behind it.


@rightmost.by_hand("scalar behind", Product, reason="a scalar factor may stand last", says="s\\,v = v\\,s", cite="algebra",
                   tried_on=[Product((x.T * d(x), y))])  # fmt: skip
def _scalar_behind(term: Term) -> Term | None:
    """(gᵀdx) v = v gᵀdx, when v is a column."""
    if term.is_scalar:
        return None
    scalars = [factor for factor in term.factors if factor.is_scalar and varies(factor)]
    rest = tuple(factor for factor in term.factors if factor not in scalars)
    chain = tuple(factor for factor in rest if not factor.is_scalar)
    if len(scalars) != 1 or not chain or not is_column(chain[-1]) or type(scalars[0]) is not Product:
        return None
    if not is_column(scalars[0].factors[-1]):
        return None
    return Product((*(factor for factor in rest if factor.is_scalar), *chain, *scalars[0].factors))


@rightmost.by_hand("scalar run in front", Product, reason="a scalar factor may stand first", says="A\\,dx\\,x^T b = (x^T b)\\,A\\,dx", cite="algebra",
                   quiet=True, tried_on=[X * d(x) * x.T * y])  # fmt: skip
def _run_in_front(term: Term) -> Term | None:
    scalars, before, moving, behind = split(term.factors)
    if term.is_scalar or not is_column(moving) or not behind or not is_column(behind[-1]):
        return None
    return Product((*scalars, product(behind), *before, moving))


@rightmost.by_hand("transposed run", Product, reason="a scalar is its own transpose", says="x\\,dx^T b = x\\,b^T dx", cite="algebra",
                   tried_on=[x * d(x).T * y])  # fmt: skip
def _transposed_run(term: Term) -> Term | None:
    scalars, before, moving, behind = split(term.factors)
    if moving.is_scalar or moving.shape[0].integer != 1 or not behind or not is_column(behind[-1]) or term.is_scalar:
        return None
    return Product((*scalars, *before, *transposed((moving, *behind))))


@rightmost.by_hand("entrywise factor as Diag", Hadamard, reason="$u\\odot v = \\mathrm{Diag}(u)v$", says=r"u\odot v = \operatorname{Diag}(u)v",
                   cite=magnus("ch. 3"), tried_on=[entrywise(x, d(y)), entrywise(x, y, d(y))])  # fmt: skip
def _entrywise(term: Term) -> Term | None:
    if not is_column(term):
        return None
    rest, moving = apart(term.factors)
    return Product((Diag(Hadamard(rest) if len(rest) > 1 else rest[0]), moving))


@rightmost.by_hand("Diag of the differential", Product, reason="$\\mathrm{Diag}(u)v = \\mathrm{Diag}(v)u$", says=r"\operatorname{Diag}(u)v = \operatorname{Diag}(v)u",
                   cite=magnus("ch. 3"), tried_on=[Diag(d(x)) * y])  # fmt: skip
def _diag(term: Term) -> Term | None:
    scalars, before, moving, behind = split(term.factors)
    if type(moving) is not Diag or not behind or not is_column(behind[-1]):
        return None
    return Product((*scalars, *before, Diag(product(behind)), moving.of))


@rightmost.by_hand("distribute", Product, reason="expand", says="A(B + C) = AB + AC", cite="algebra", quiet=True,
                   tried_on=[X * (d(x) + d(y))])  # fmt: skip
def _distribute(term: Term) -> Term | None:
    at = next((at for at, factor in enumerate(term.factors) if type(factor) is Sum and varies(factor)), None)
    if at is None:
        return None
    return Sum(tuple(product((*term.factors[:at], part, *term.factors[at + 1 :])) for part in term.factors[at].terms))


@rightmost.by_hand("out of the sum", SumOver, reason="the differential does not depend on the index", says=r"\sum_i A_i\,dx = \bigl(\sum_i A_i\bigr)dx",
                   cite=DEFINITION, quiet=True, tried_on=[over_index(X * d(x)), over_index(2 * X * d(x) + X.T * d(x))])  # fmt: skip
def _out_of_the_sum(term: Term) -> Term | None:
    if type(term.body) is Sum:
        return Sum(tuple(SumOver(term.index, part) for part in term.body.terms))
    factors = term.body.factors if type(term.body) is Product else ()
    if len(factors) < 2 or not is_column(factors[-1]) or not varies(factors[-1]) or factors[-1].contains(term.index):
        return None
    return Product((SumOver(term.index, product(factors[:-1])), factors[-1]))


@rightmost.by_hand("diagonal of a matrix", Diagonal, reason="the diagonal is linear in vec", says=r"\operatorname{diag}C = \Bigl(\sum_i e_i(e_i\otimes e_i)^T\Bigr)\operatorname{vec}C",
                   cite=magnus("ch. 3"), tried_on=[Diagonal(X * d(X))])  # fmt: skip
def _diagonal(term: Term) -> Term | None:
    return diagonal_selection(term.shape[0]).T * Vec(term.of)


rightmost.states("vech by vec", Vech(X), Elimination(Dim.of("n")) * Vec(X), reason="elimination matrix: $L\\,\\mathrm{vec}A = \\mathrm{vech}A$",
                 cite=magnus("ch. 3, sec. 8"))  # fmt: skip


@rightmost.by_hand("Kronecker product of columns", Kronecker, reason="$u\\otimes Pv = (u\\otimes P)v$, $Pv\\otimes u = (P\\otimes u)v$",
                   says=r"u\otimes Pv = (u\otimes P)v", cite=magnus("ch. 2"), tried_on=[Kronecker(x, d(y)), Kronecker(A * d(x), y)])  # fmt: skip
def _kronecker_of_columns(term: Term) -> Term | None:
    left, right = term.left, term.right
    if not is_column(left) or not is_column(right):
        return None
    scalars, before, moving, behind = split(factors_of(left if varies(left) else right))
    if behind or moving.is_scalar:
        return None
    through = product(before) if before else identity(moving.shape[0])
    return Product((*scalars, Kronecker(through, right) if varies(left) else Kronecker(left, through), moving))


def diagonal_selection(size: Dim) -> Term:
    """The matrix that makes vec Diag(x) of x: Σ (eᵢ ⊗ eᵢ) eᵢᵀ."""
    index = Index("i", ONE, size)
    unit = UnitVector(size, index)
    return SumOver(index, Kronecker(unit, unit) * unit.T)


# vec of what is linear in dX.


@vectorization.by_hand("vec of a product", Vec, over=Product, reason="$\\mathrm{vec}(PZQ) = (Q^{T}\\otimes P)\\,\\mathrm{vec}Z$",
                       says=r"\operatorname{vec}(PZQ) = (Q^T\otimes P)\operatorname{vec}Z", cite=magnus("ch. 2"),
                       tried_on=[Vec(A * d(X) * C), Vec(A * d(X)), Vec(d(X) * C)])  # fmt: skip
def _vec_product(term: Term) -> Term | None:
    scalars, before, moving, behind = split(term.of.factors)
    if moving.is_scalar:
        rest = Vec(product(tuple(factor for factor in term.of.factors if not varies(factor))))
        return Product((rest, moving))
    left = product(before) if before else identity(moving.shape[0])
    right = product(transposed(behind)) if behind else identity(moving.shape[1])
    return Product((*scalars, Kronecker(right, left), Vec(moving)))


@vectorization.by_hand("vec of a transpose", Vec, over=Transpose, reason="commutation matrix: $K\\,\\mathrm{vec}A = \\mathrm{vec}A^{T}$",
                       says=r"\operatorname{vec}A^T = K\operatorname{vec}A", cite=magnus("ch. 3"), tried_on=[Vec(d(A).T)])  # fmt: skip
def _vec_transpose(term: Term) -> Term | None:
    return Commutation(*term.of.of.shape) * Vec(term.of.of)


@vectorization.by_hand("vec of a conjugate transpose", Vec, over=Hermitian, reason="commutation matrix: $K\\,\\mathrm{vec}A = \\mathrm{vec}A^{T}$",
                       says=r"\operatorname{vec}A^H = K\operatorname{vec}A^*", cite=magnus("ch. 3"), tried_on=[Vec(Hermitian(d(A)))])  # fmt: skip
def _vec_hermitian(term: Term) -> Term | None:
    return Commutation(*term.of.of.shape) * Vec(Conjugate(term.of.of))


@vectorization.by_hand("vec of an entrywise product", Vec, over=Hadamard, reason="$\\mathrm{vec}(B\\odot C) = \\mathrm{Diag}(\\mathrm{vec}B)\\,\\mathrm{vec}C$",
                       says=r"\operatorname{vec}(B\odot C) = \operatorname{Diag}(\operatorname{vec}B)\operatorname{vec}C", cite=magnus("ch. 3"),
                       tried_on=[Vec(entrywise(A, d(A)))])  # fmt: skip
def _vec_hadamard(term: Term) -> Term | None:
    rest, moving = apart(term.of.factors)
    return Diag(Vec(Hadamard(rest) if len(rest) > 1 else rest[0])) * Vec(moving)


@vectorization.by_hand("vec of a sum", Vec, over=Sum, reason="vec is linear", says=r"\operatorname{vec}(A + B) = \operatorname{vec}A + \operatorname{vec}B",
                       cite=magnus("ch. 2"), quiet=True, tried_on=[Vec(d(A) + A)])  # fmt: skip
def _vec_sum(term: Term) -> Term | None:
    return Sum(tuple(map(Vec, term.of.terms)))


@vectorization.by_hand("vec of a sum over an index", Vec, over=SumOver, reason="vec is linear", says=r"\operatorname{vec}\sum_i A_i = \sum_i\operatorname{vec}A_i",
                       cite=magnus("ch. 2"), quiet=True, tried_on=[Vec(over_index(d(A)))])  # fmt: skip
def _vec_sum_over(term: Term) -> Term | None:
    return SumOver(term.of.index, Vec(term.of.body))


@vectorization.by_hand("vec of Diag", Vec, over=Diag, reason="vec of a diagonal matrix", says=r"\operatorname{vec}\operatorname{Diag}(x) = \sum_i (e_i\otimes e_i)\,x_i",
                       cite=magnus("ch. 3"), tried_on=[Vec(Diag(d(x)))])  # fmt: skip
def _vec_diag(term: Term) -> Term | None:
    return diagonal_selection(term.of.of.shape[0]) * term.of.of


@vectorization.by_hand("vec of a Kronecker product", Vec, over=Kronecker, reason="vec of a Kronecker product",
                       says=r"\operatorname{vec}(A\otimes B) = (I\otimes K\otimes I)(\operatorname{vec}A\otimes\operatorname{vec}B)", cite=magnus("ch. 3, sec. 7"),
                       tried_on=[Vec(Kronecker(d(A), D)), Vec(Kronecker(A, d(D)))])  # fmt: skip
def _vec_kronecker(term: Term) -> Term | None:
    left, right = term.of.left, term.of.right
    (n, q), (p, r) = left.shape, right.shape
    shuffle = Kronecker(Kronecker(identity(q), Commutation(n, r).T), identity(p))
    if varies(left):
        return Product((shuffle, Kronecker(identity(q * n), Vec(right)), Vec(left)))
    return Product((shuffle, Kronecker(Vec(left), identity(p * r)), Vec(right)))


@vectorization.by_hand("product with a vector", Product, reason="$Zv = (v^{T}\\otimes I)\\,\\mathrm{vec}Z$",
                       says=r"P Z v = (v^T\otimes P)\operatorname{vec}Z", cite=magnus("ch. 2"), tried_on=[A * d(X) * x, X * d(X).T * x])  # fmt: skip
def _with_vector(term: Term) -> Term | None:
    """A column that is linear in a matrix is its own vec."""
    scalars, before, moving, behind = split(term.factors)
    if not is_column(term) or moving.is_scalar or is_column(moving):
        return None
    if type(moving) is Transpose:
        left = product(before) if before else identity(moving.shape[0])
        return Product((*scalars, Kronecker(left, product(transposed(behind))), Vec(moving.of)))
    outside = tuple(takewhile(lambda factor: type(factor) is Kronecker, before))
    left = product(before[len(outside) :]) if len(before) > len(outside) else identity(moving.shape[0])
    return Product((*scalars, *outside, Kronecker(product(transposed(behind)), left), Vec(moving)))


@vectorization.by_hand("trace against vec", Trace, reason="$\\mathrm{tr}(A^{T}B) = (\\mathrm{vec}A)^{T}\\mathrm{vec}B$",
                       says=r"\operatorname{tr}(A^T B) = (\operatorname{vec}A)^T\operatorname{vec}B", cite=magnus("ch. 2"),
                       tried_on=[Trace(X * d(X)), Trace(Product((s, X, d(X))))])  # fmt: skip
def _trace(term: Term) -> Term | None:
    factors = factors_of(term.of)
    scalars, before, moving, behind = split(factors)
    sides = (*transposed(before), *transposed(behind))
    if moving.is_scalar:
        return None
    return product((*scalars, Product((Vec(product(sides) if sides else Identity(moving.shape[0])).T, Vec(moving)))))


@vectorization.by_hand("inner product against vec", Inner, reason="$A:B = (\\mathrm{vec}A)^{T}\\mathrm{vec}B$",
                       says=r"A : B = (\operatorname{vec}A)^T\operatorname{vec}B", cite=magnus("ch. 2"), tried_on=[Inner(A, d(A))])  # fmt: skip
def _inner(term: Term) -> Term | None:
    still, moving = (term.right, term.left) if varies(term.left) else (term.left, term.right)
    return Vec(still).T * Vec(moving)


@vectorization.by_hand("vec of a Fréchet derivative", Vec, over=Frechet, reason="the matrix of the Fréchet derivative",
                       says=r"\operatorname{vec}\int P(s)\,Z\,Q(s)\,ds = \int Q(s)^T\otimes P(s)\,ds\;\operatorname{vec}Z", cite=higham("sec. 3.2"),
                       tried_on=[Vec(Frechet("exp", X, d(X))), Vec(Frechet("root", X, d(X))), Vec(Frechet("cos", X, d(X)))])  # fmt: skip
def _vec_frechet(term: Term) -> Term | None:
    change = term.of
    if change.which != "root":
        return FrechetMatrix(change.which, change.of) * Vec(change.direction)
    root, unit = MatrixRoot(change.of), Identity(change.of.shape[0])
    return Inverse(Kronecker(unit, root) + Kronecker(root.T, unit)) * Vec(change.direction)


@vectorization.by_hand("vec of a solution", Vec, over=(), reason="the equation as a system for vec", says=r"\operatorname{vec}X = (I\otimes A + B^T\otimes I)^{-1}\operatorname{vec}C,\ AX + XB = C",
                       cite=horn("sec. 4.4"), tried_on=[Vec(LinearSolution((X, identity("n")), (identity("n"), X), d(X)))])  # fmt: skip
def _solution(term: Term) -> Term | None:
    solved = term.of
    if type(solved) is not LinearSolution:
        return None
    parts = tuple(Kronecker(right.T, left) for left, right in zip(solved.lefts, solved.rights, strict=True))
    return Inverse(Sum(parts) if len(parts) > 1 else parts[0]) * Vec(solved.of)


vectorization.states("vec of a halved lower triangle", Vec(HalvedLower(X)), Diag(Vec(HalvedLower(ones("n", "n")))) * Vec(X),
                     reason="the map takes entry by entry", cite=DEFINITION)  # fmt: skip
