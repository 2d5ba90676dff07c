"""What follows from the declarations: is this term symmetric, positive, invertible … ?

`holds(property, term)` is True when it follows; False means only that it is not known to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derivtex.core.terms import Term
from derivtex.operations import (
    Block,
    Commutation,
    Conjugate,
    Determinant,
    Diag,
    Differential,
    Entry,
    Identity,
    Inverse,
    MatrixPower,
    Member,
    Norm,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    UnitVector,
    Vec,
    Zero,
)
from derivtex.operations.arithmetic import EntryPower, Hadamard, Inner, Number, Product, Sum, factors_of, scalars_and_chain
from derivtex.operations.functions import Cholesky, MatrixExp
from derivtex.operations.sums import relation
from derivtex.rewriting.builds import declarations
from derivtex.rewriting.conjugation import conjugated, is_conjugate_leaf
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import is_hermitian, is_own_transpose, is_real, same_term

# How a property is said that was taken for granted.
ASSUMED = {
    "invertible": "{} is invertible",
    "positive determinant": "{} is invertible with positive determinant",
    "constant rank": "the rank of {} does not change",
    "full column rank": "{} has full column rank",
    "full row rank": "{} has full row rank",
    "posdef": "{} is positive definite",
    "positive": "{} is positive",
    "nonzero": "{} is not zero",
    "nonzero entries": "{} has no zero entry",
    "integer": "{} is a whole number",
    "simple": "{} is simple",
    "one peak": "one entry of {} alone is the largest in absolute value",
    "solvable": "the equation for {} has exactly one solution",
    "principal": "{} has no eigenvalue on the negative real axis",
}


def in_words(name: str, term: Term) -> str:
    """The words for a property that was taken for granted of a term."""
    return ASSUMED["nonzero" if name == "nonzero entries" and term.is_scalar else name]


def holds(name: str, term: Term) -> bool:
    """Whether the property follows for the term."""
    return bool(_QUESTIONS[name](term))


def all_hold(names: Sequence[str], term: Term) -> bool:
    """Whether all of some properties follow for the term."""
    for name in names:  # noqa: SIM110 - `all` of a generator takes twice as long, and nothing is asked as often
        if not _QUESTIONS[name](term):
            return False
    return True


def holds_together(name: str, one: Term, other: Term) -> bool:
    """Whether two terms have a relation: same, opposite."""
    return _RELATIONS[name](one, other)


def varies(term: Term) -> bool:
    """Whether the term contains a differential."""
    return bool(term.bits & Differential.bit)


def declared(term: Term, *names: str) -> bool:
    return any(name in names for name in declarations(term))


INFERRED = ("symmetric", "skew", "positive", "psd", "posdef", "invertible")


def inferred(term: Term) -> tuple[str, ...]:
    """The properties that follow for a term and that a name for it may carry."""
    return tuple(name for name in INFERRED if not (term.is_scalar and name != "positive") and holds(name, term))


def is_symmetric(term: Term) -> bool:
    return is_own_transpose(term)


def is_positive(term: Term) -> bool:
    """A scalar, or every entry, greater than zero."""
    if not is_real(term):
        return False
    if term.sign == "positive":
        return True
    match term:
        case Number(value):
            return bool(value > 0)
        case Sum(terms):
            return any(map(is_positive, terms)) and all(map(is_nonnegative, terms))
        case Product(factors):
            return all(map(is_positive, factors))
        case EntryPower(base, _) | Transpose(base) | SumOver(_, base) | Entry(base) | Member(base):
            return is_positive(base)
        case Determinant(of) | Trace(of):
            return is_positive_definite(of)
    return declared(term, "positive") or (term.is_scalar and declared(term, "posdef"))


def is_nonnegative(term: Term) -> bool:
    """A scalar, or every entry, not less than zero: squares, norms, sums and products of such."""
    if not is_real(term):
        return False
    if term.sign == "nonnegative":
        return True
    match term:
        case EntryPower(base, Number(value)) if value.denominator == 1 and value.numerator % 2 == 0:
            return is_real(base)
        case EntryPower(base, _) | Entry(base) | SumOver(_, base):
            return is_nonnegative(base)
        case Sum(parts) | Hadamard(parts):
            return all(map(is_nonnegative, parts))
        case Product() if term.is_scalar:
            scalars, chain = scalars_and_chain(term)
            return (not chain or _is_congruence(chain)) and all(map(is_nonnegative, scalars))
        case Trace(of):
            return is_positive_semidefinite(of)
        case Inner(left, right):
            return same_term(left, right)
    return is_positive(term)


def is_positive_semidefinite(term: Term) -> bool:
    """Symmetric, with xᵀAx ≥ 0: a square, a congruence of one, a sum of such."""
    match term:
        case Sum(terms):
            return all(map(is_positive_semidefinite, terms))
        case SumOver(_, body):
            return is_positive_semidefinite(body)
        case Product():
            scalars, chain = scalars_and_chain(term)
            return all(map(is_positive, scalars)) and bool(chain) and _is_congruence(chain)
    return declared(term, "psd") or is_positive_definite(term)


def _is_congruence(chain: tuple[Term, ...]) -> bool:
    """BᴴMB with M positive semidefinite or absent."""
    if len(chain) == 1:
        return is_positive_semidefinite(chain[0])
    if len(chain) == 2:
        return same_term(conjugated(chain[0]).T, chain[1])
    return same_term(conjugated(chain[0]).T, chain[-1]) and _is_congruence(chain[1:-1])


def is_positive_definite(term: Term) -> bool:
    match term:
        case Identity() | MatrixExp():
            return type(term) is Identity or is_hermitian(term.of)
        case Inverse(of) | MatrixPower(of, _) | Transpose(of):
            return is_positive_definite(of)
        case Diag(of):
            return is_positive(of)
        case Sum(terms):
            return any(map(is_positive_definite, terms)) and all(map(is_positive_semidefinite, terms))
        case Product():
            scalars, chain = scalars_and_chain(term)
            return bool(chain) and is_definite_congruence(chain) and all(map(is_positive, scalars))
    return declared(term, "posdef")


def is_definite_congruence(chain: tuple[Term, ...]) -> bool:
    """BᴴMB with M positive definite or absent, and B invertible."""
    if len(chain) == 1:
        return is_positive_definite(chain[0])
    if not (is_invertible(chain[-1]) and same_term(conjugated(chain[0]).T, chain[-1])):
        return False
    return len(chain) == 2 or is_definite_congruence(chain[1:-1])


def is_invertible(term: Term) -> bool:
    match term:
        case Inverse() | Identity() | MatrixExp() | Cholesky():
            return True
        case Transpose(of) | MatrixPower(of, _):
            return is_invertible(of)
        case Product(factors):
            chain = [factor for factor in factors if not factor.is_scalar]
            return bool(chain) and all(map(is_invertible, chain))
    return declared(term, "invertible", "orthogonal") or is_positive_definite(term)


def is_nonzero(term: Term) -> bool:
    match term:
        case Number(value):
            return bool(value != 0)
        case Norm() | Zero():
            return False
    return is_positive(term)


def is_wide(term: Term) -> bool:
    """Fewer rows than columns, as far as the sizes say: both are numbers, or there is one row."""
    rows, columns = (dim.integer for dim in term.shape)
    return rows is not None and (rows == 1 if columns is None else rows < columns) and not term.is_scalar


def is_opposite(one: Term, other: Term) -> bool:
    """Whether one term is minus the other."""
    (p, key), (q, same) = monomial(one), monomial(other)
    return key == same and p == -q


def no_matrix_changes(term: Term) -> bool:
    """Whether no factor holds the differential of a matrix, for which a trace was put around a number."""
    return not any(varies(factor) and 1 not in (factor.shape[0].integer, factor.shape[1].integer) for factor in factors_of(term))


def are_different_numbers(one: Term, other: Term) -> bool:
    return type(one) is type(other) is Number and one is not other


_RELATIONS: dict[str, Callable[[Term, Term], bool]] = {
    "same": same_term, "opposite": is_opposite, "different": are_different_numbers,
    "depends": lambda one, other: one.contains(other), "other": lambda one, other: not same_term(one, other),
}  # fmt: skip
_QUESTIONS: dict[str, Callable[[Term], bool]] = {
    "symmetric": is_symmetric,
    "hermitian": is_hermitian,
    "real": is_real,
    "complex": lambda term: not is_real(term),
    "skew": lambda term: is_own_transpose(term, -1),
    "positive": is_positive,
    "psd": is_positive_semidefinite,
    "posdef": is_positive_definite,
    "invertible": is_invertible,
    "nonzero": is_nonzero,
    "nonzero entries": is_positive,
    "positive determinant": is_positive_definite,
    "integer": lambda term: declared(term, "integer") or (type(term) is Number and term.value.denominator == 1),
    "principal": is_positive_definite,
    "simple": lambda term: False,
    "one peak": lambda term: False,
    "solvable": lambda term: False,
    "constant rank": is_invertible,
    "full column rank": is_invertible,
    "full row rank": is_invertible,
    "wide": is_wide,
    "square": lambda term: term.shape[0] == term.shape[1],
    "scalar": lambda term: term.is_scalar,
    "array": lambda term: not term.is_scalar,
    "column": lambda term: term.shape[1].integer == 1 and not term.is_scalar,
    "matrix": lambda term: 1 not in (term.shape[0].integer, term.shape[1].integer),
    "zero": lambda term: type(term) is Zero or (type(term) is Number and term.value == 0) or declared(term, "zero"),
    "orthogonal": lambda term: declared(term, "orthogonal"),
    "even": lambda term: type(term) is Number and term.value % 2 == 0,
    "odd": lambda term: type(term) is Number and term.value % 2 == 1,
    "declared orthogonal": lambda term: type(term) is Symbol and term.has("orthogonal"),
    "sum-one": lambda term: type(term) in (Symbol, Member) and bool(term.has("sum-one")),
    "rows-one": lambda term: declared(term, "rows-one"),
    "unit": lambda term: type(term) in (Symbol, Member) and bool(term.has("unit")),
    "few": lambda term: type(term) is Number and term.value.denominator == 1 and abs(term.value) <= 12,
    "positive number": lambda term: type(term) is Number and term.value > 0,
    "no number": lambda term: type(term) is not Number,
    "no letter": lambda term: type(term) not in (Symbol, Conjugate),
    "no permutation": lambda term: type(term) not in (Identity, Commutation),
    "no unit vector": lambda term: type(term) is not UnitVector,
    "no reciprocal": lambda term: not (type(term) is EntryPower and term.exponent is Number(-1)),
    "a condition": lambda term: relation(term) is not None,
    "declared skew": lambda term: declared(term, "skew"),
    "an index": lambda term: type(term) is not Number,
    "no column": lambda term: term.shape[1].integer != 1,
    "vector": lambda term: 1 in (term.shape[0].integer, term.shape[1].integer),
    "number": lambda term: type(term) is Number,
    "negative": lambda term: type(term) is Number and term.value < 0,
    "whole": lambda term: type(term) is Number and term.value.denominator == 1,
    "small": lambda term: type(term) is Number and term.value.denominator == 1 and abs(term.value) < 64,
    "no matrix changes": no_matrix_changes,
    "a vec": lambda term: type(factors_of(term)[-1]) is Vec,
    "blocks": lambda term: type(term) is Block,
    "varying": varies,
    "still": lambda term: not varies(term),
    "change": lambda term: type(term) is Differential,
    "change or transpose": lambda term: Differential in (type(term), type(term.of) if type(term) is Transpose else None),
    "conjugate change": is_conjugate_leaf,
    "operation on a change": lambda term: varies(term) and type(term) is not Differential and not is_conjugate_leaf(term),
}
