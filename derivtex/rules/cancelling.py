"""Tidying: a factor beside its inverse, or beside a power of itself."""

from __future__ import annotations

from derivtex.operations import (
    Entry,
    Identity,
    Index,
    Inverse,
    Kronecker,
    MatrixPower,
    Norm,
    Number,
    Ones,
    Product,
    PseudoInverse,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    symbol,
    zero,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rules.arithmetic import NUMBER_ONE, product
from derivtex.rules.page import Page
from derivtex.rules.sameness import is_real, monomial
from derivtex.rules.sources import DEFINITION, magnus
from derivtex.rules.words import identity, inv, matrix, ones, scalar
from derivtex.shapes import ONE, SCALAR, Dim, shape
from derivtex.terms import Term, Terms

cancelling = Page("Cancelling")
X, Y, M = matrix("X", "n", "n"), matrix("Y", "m", "m"), matrix("M", "m", "n")
SHARES, UNIT = (Symbol("t", "vector", shape("n", 1), (name,), None) for name in ("sum-one", "unit"))
ALL = Index("i", ONE, Dim.of("n"))


@cancelling.by_hand(
    "inverse beside",
    Product,
    says="A⁻¹A = I, A(BA)⁻¹ = B⁻¹",
    reason="an inverse cancels",
    tried_on=[inv(X) * X, X * inv(X), X.T * inv(X).T, inv(X * inv(X.T)) * X],
    cite="matrix algebra",
    quiet=True,
)
def _cancel(term: Term) -> Term | None:
    scalars, chain = scalars_and_chain(term)
    for at in range(len(chain) - 1):
        met = meet(chain[at], chain[at + 1])
        if met is not None:
            return product((*scalars, *chain[:at], met, *chain[at + 2 :]))
    return None


def meet(left: Term, right: Term) -> Term | None:
    """The product of two neighbours where one is the other's inverse, or begins or ends what is inverted."""
    size = left.shape[0]
    if left.shape[0] != left.shape[1] or right.shape[0] != right.shape[1]:
        return None
    if _inverts(left, right):
        return Identity(size)
    if type(left) is Inverse and type(left.of) is Product and monomial(left.of.factors[0]) == monomial(right):
        return Inverse(product(left.of.factors[1:]))
    if type(right) is Inverse and type(right.of) is Product and monomial(right.of.factors[-1]) == monomial(left):
        return Inverse(product(right.of.factors[:-1]))
    return _meet_powers(left, right)


@cancelling.by_hand("transposed projection", Product, says="(A⁺)ᵀAᵀ = AA⁺", reason="projections are symmetric", quiet=True,
                    tried_on=[PseudoInverse(M).T * M.T, M.T * PseudoInverse(M).T], cite=magnus("ch. 2"))  # fmt: skip
def _transposed_projection(term: Term) -> Term | None:
    for at in range(len(term.factors) - 1):
        left, right = term.factors[at : at + 2]
        if type(left) is Transpose and type(right) is Transpose and is_projection(right.of, left.of) and is_real(left.of):
            return product((*term.factors[:at], right.of, left.of, *term.factors[at + 2 :]))
    return None


@cancelling.by_hand("projection beside", Product, says="AA⁺A = A, A⁺(I − AA⁺) = 0", reason="a projection keeps what lies in its space", quiet=True,
                    tried_on=[M * PseudoInverse(M) * M, M.T * M * PseudoInverse(M), M * PseudoInverse(M) * PseudoInverse(M).T,
                              PseudoInverse(M) * Sum((identity("m"), Product((Number(-1), M, PseudoInverse(M))))),
                              Sum((identity("n"), Product((Number(-1), PseudoInverse(M), M)))) * M.T],
                    cite=magnus("ch. 2"))  # fmt: skip
def _projection_beside(term: Term) -> Term | None:
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if (pair := complement(right)) and keeps(pair, left, 0) or (pair := complement(left)) and keeps(pair, right, 1):
            return zero(term.shape)
        if is_projection(left, right):
            if at and keeps((left, right), factors[at - 1], 0):
                return product((*factors[:at], *factors[at + 2 :]))
            if at + 2 < len(factors) and keeps((left, right), factors[at + 2], 1):
                return product((*factors[:at], *factors[at + 2 :]))
    return None


def is_projection(one: Term, other: Term) -> bool:
    """Whether two neighbours are AA⁺ or A⁺A."""
    return (type(one) is PseudoInverse and one.of is other) or (type(other) is PseudoInverse and other.of is one)


def complement(term: Term) -> tuple[Term, Term] | None:
    """The A and A⁺ of I − AA⁺."""
    parts = term.terms if type(term) is Sum and len(term.terms) == 2 else ()
    product_ = next((part for part in parts if type(part) is Product and len(part.factors) == 3 and part.factors[0] is Number(-1)), None)
    if product_ is None or not any(type(part) is Identity for part in parts) or not is_projection(*product_.factors[1:]):
        return None
    return product_.factors[1], product_.factors[2]


def keeps(projection: tuple[Term, Term], beside: Term, side: int) -> bool:
    """Whether a projection leaves a factor before it (side 0) or behind it (side 1) as it is: AA⁺ leaves A⁺ and Aᵀ, or A and (A⁺)ᵀ."""
    own, other = projection[1 - side], Transpose(projection[side])
    return beside is own or (is_real(own) and beside.shape == other.shape and monomial(beside) == monomial(other))


def _inverts(left: Term, right: Term) -> bool:
    for one, other in ((left, right), (right, left)):
        if type(one) is Inverse and monomial(one.of) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Inverse and monomial(one.of.of, True) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Symbol and one.of.has("orthogonal") and one.of is other:
            return True
    return False


def _meet_powers(left: Term, right: Term) -> Term | None:
    """XᵖX = Xᵖ⁺¹, X⁻¹Xᵖ = Xᵖ⁻¹, for a power that is written as one."""
    if MatrixPower not in (type(left), type(right)):
        return None
    (base, p), (other, q) = _matrix_power(left), _matrix_power(right)
    if base is not other:
        return None
    total = Sum((p, q))
    if type(p) is Number and type(q) is Number:
        total = Number(p.value + q.value)
    return MatrixPower(base, total)


def _matrix_power(term: Term) -> tuple[Term, Term]:
    if type(term) is MatrixPower:
        return term.base, term.exponent
    return (term.of, Number(-1)) if type(term) is Inverse else (term, NUMBER_ONE)


@cancelling.by_hand("inverse of a power", Inverse, over=MatrixPower, says="(Aᵏ)⁻¹ = A⁻ᵏ", reason="negative power",
                    tried_on=[Inverse(MatrixPower(X, Number(2)))], cite="matrix algebra", quiet=True)  # fmt: skip
def _inverse_of_power(term: Term) -> Term | None:
    base, exponent = term.of.base, term.of.exponent
    return MatrixPower(base, Number(-exponent.value)) if type(exponent) is Number and exponent.value.denominator == 1 else None


@cancelling.by_hand("power of an inverse", MatrixPower, over=Inverse, says="(A⁻¹)ᵏ = A⁻ᵏ", reason="negative power",
                    tried_on=[MatrixPower(inv(X), Number(2))], cite="matrix algebra", quiet=True)  # fmt: skip
def _power_of_inverse(term: Term) -> Term | None:
    exponent = term.exponent
    return MatrixPower(term.base.of, Number(-exponent.value)) if type(exponent) is Number and exponent.value.denominator == 1 else None


@cancelling.by_hand("inverse of a Kronecker product", Inverse, over=Kronecker, says="(A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹", reason="inverse of a Kronecker product",
                    tried_on=[Inverse(Kronecker(X, Y))], cite=magnus("ch. 2"), quiet=True)  # fmt: skip
def _kronecker(term: Term) -> Term | None:
    """Square factors: the product is invertible where both are."""
    left, right = term.of.left, term.of.right
    if left.shape[0] != left.shape[1] or right.shape[0] != right.shape[1]:
        return None
    return Kronecker(Inverse(left), Inverse(right))


@cancelling.by_hand("trace of a Kronecker product", Trace, over=Kronecker, says="tr(A ⊗ B) = tr(A) tr(B)", reason="trace of a Kronecker product",
                    tried_on=[Trace(Kronecker(X, Y))], cite=magnus("ch. 2"), quiet=True)  # fmt: skip
def _trace_of_kronecker(term: Term) -> Term | None:
    left, right = term.of.left, term.of.right
    if left.shape[0] != left.shape[1] or right.shape[0] != right.shape[1]:
        return None
    return Product((Trace(left), Trace(right)))


@cancelling.by_hand("trace of the identity", Trace, over=Identity, says="tr(I) = n", reason="trace of the identity",
                    tried_on=[Trace(Identity(Dim.of(3)))], cite=magnus("ch. 1"), quiet=True)  # fmt: skip
def _trace_of_identity(term: Term) -> Term | None:
    """Only a size that is a number or a name is written as one."""
    return written(term.of.size)


def written(size: Dim) -> Term | None:
    """A size as a term: a number, or the name as it is read; None where it is neither."""
    if size.integer is not None:
        return Number(size.integer)
    return symbol(size.names[0], "scalar", SCALAR, ("integer",)) if size.is_name else None


@cancelling.by_hand("ones beside ones", Product, says="1ᵀ1 = n", reason="as many ones as there are entries", tried_on=[ones(3).T * ones(3), X * ones("n") * ones(3).T * ones(3)],
                    cite=magnus("ch. 1"), quiet=True)  # fmt: skip
def _ones(term: Term) -> Term | None:
    factors = term.factors
    for at in range(len(factors) - 1):
        row, column = factors[at : at + 2]
        if type(column) is not Ones or column.shape[1] != ONE or row is not column.T:
            continue
        count = written(column.shape[0])
        if count is not None:
            return product((*factors[:at], count, *factors[at + 2 :]))
    return None


@cancelling.by_hand("entries that sum to one", Product, SumOver, says="1ᵀt = 1", reason="the entries sum to 1", tried_on=[ones("n").T * SHARES, SHARES.T * ones("n"), Product((scalar("s"), SHARES.T, ones("n"))),
                    SumOver(ALL, Entry(SHARES, ALL, NUMBER_ONE))], cite=DEFINITION, words=lambda term: f"$\\mathbf{{1}}^T{name_with(term, 'sum-one')} = 1$")  # fmt: skip
def _sum_one(term: Term) -> Term | None:
    if type(term) is SumOver:
        entry, index = term.body, term.index
        whole = type(entry) is Entry and entry.row is index and (index.first, index.last) == (ONE, entry.of.shape[0])
        return NUMBER_ONE if whole and is_one(entry.of, "sum-one") else None
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if type(left) is Transpose and ((type(left.of) is Ones and is_one(right, "sum-one")) or (type(right) is Ones and is_one(left.of, "sum-one"))):
            return product((*factors[:at], *factors[at + 2 :]))
    return None


@cancelling.by_hand("length one", Product, Norm, says="uᵀu = 1", reason="a vector of length 1", tried_on=[UNIT.T * UNIT, Norm(UNIT), Product((scalar("s"), UNIT.T, UNIT))],
                    cite=DEFINITION, words=lambda term: f"$\\|{name_with(term, 'unit')}\\| = 1$")  # fmt: skip
def _length_one(term: Term) -> Term | None:
    if type(term) is Norm:
        return NUMBER_ONE if is_one(term.of, "unit") else None
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if type(left) is Transpose and left.of is right and is_one(right, "unit"):
            return product((*factors[:at], *factors[at + 2 :]))
    return None


def name_with(term: Term, name: str) -> str:
    """The first name in a term with a property."""
    return next(part.name for part in term.walk() if is_one(part, name))


def is_one(term: Term, name: str) -> bool:
    """Whether a vector's entries sum to one, or its length is one."""
    return type(term) is Symbol and term.has(name) and term.shape[1] == ONE


@cancelling.by_hand("inverse beside what it inverts", Product, says="(BC)⁻¹BC = I", reason="an inverse cancels", cite=magnus("ch. 1"), quiet=True,
                     tried_on=[inv(M.T * M) * M.T * M, M * inv(M.T * M) * M.T * M, M.T * M * inv(M.T * M) * M.T])  # fmt: skip
def _inverse_of_run(term: Term) -> Term | None:
    """Of a product whose factors are not square by themselves."""
    factors = term.factors
    for at, factor in enumerate(factors):
        inside = factor.of.factors if type(factor) is Inverse and type(factor.of) is Product else ()
        if any(part.is_scalar for part in inside):
            continue
        width = len(inside)
        if width and same_run(factors[at + 1 : at + 1 + width], inside):
            return product((*factors[:at], Identity(factor.shape[0]), *factors[at + 1 + width :]))
        if width and at >= width and same_run(factors[at - width : at], inside):
            return product((*factors[: at - width], Identity(factor.shape[0]), *factors[at + 1 :]))
    return None


def same_run(run: Terms, other: Terms) -> bool:
    return len(run) == len(other) and all(a.shape == b.shape and monomial(a) == monomial(b) for a, b in zip(run, other, strict=True))
