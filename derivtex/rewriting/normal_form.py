"""When two terms are the same thing written differently: a normal form for comparison, never for printing.

`monomial(term)` is a rational coefficient and a key; terms with equal keys are proportional. It knows that scalars commute and are their
own transposes, that a trace may be rotated and transposed, that A:B = tr(AᵀB), that a declared symmetric matrix is its transpose, and
that sums and entrywise products have no order.
"""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.terms import Term
from derivtex.operations import (
    Block,
    Conjugate,
    Determinant,
    Diag,
    Diagonal,
    Differential,
    Eigenvalue,
    Entry,
    EntryPower,
    Hadamard,
    Hermitian,
    Identity,
    ImaginaryUnit,
    Index,
    Inner,
    Inverse,
    Kronecker,
    LinearSolution,
    MatrixPower,
    Member,
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
    Zero,
)
from derivtex.operations.sums import with_index
from derivtex.rewriting.chains import Factors, whole_power
from derivtex.rewriting.conjugation import conjugated
from derivtex.rewriting.keys import FORMS, UNIT, Monomial, key_of, monomial, raised


def same_term(a: Term, b: Term) -> bool:
    """Whether two terms are equal by this normal form."""
    return a is b or (a.shape == b.shape and monomial(a) == monomial(b))


def is_own_transpose(term: Term, sign: int = 1) -> bool:
    """Whether a term is its transpose (or, with sign −1, minus its transpose) by what was declared of its symbols."""
    if term.shape[0] != term.shape[1]:
        return False
    (p, key), (q, other) = monomial(term), monomial(term, True)
    return key == other and p == sign * q


def is_real(term: Term) -> bool:
    """Whether a term is its own conjugate by what was declared of its symbols: it has no complex part, or is like xᴴAx with A Hermitian."""
    return conjugated(term) is term or monomial(term) == monomial(conjugated(term))


def is_hermitian(term: Term) -> bool:
    """Whether a term is its own conjugate transpose."""
    return term.shape[0] == term.shape[1] and monomial(term) == monomial(conjugated(term), True)


def _symbol(term: Symbol, t: bool) -> Monomial:
    if t and ("symmetric" in term.properties or "diagonal" in term.properties):
        t = False
    sign = -1 if t and "skew" in term.properties else 1
    key = key_of("symbol", term.name, term.kind, term.size, term.properties, term.family)
    return -UNIT if sign < 0 else UNIT, key_of("T", key) if t and sign == 1 else key


def _differential(term: Differential, t: bool) -> Monomial:
    """A change keeps no structure: whether it does is a convention that the result is put into at the end."""
    coefficient, key = monomial(term.of)
    key = key_of("d", key)
    return coefficient, key_of("T", key) if t else key


def _transpose(term: Transpose, t: bool) -> Monomial:
    return monomial(term.of, not t)


def _number(term: Number, t: bool) -> Monomial:
    return (term.value, key_of("product", (), ())) if term.value else (Fraction(0), key_of("zero"))


def _zero(term: Zero, t: bool) -> Monomial:
    return Fraction(0), key_of("zero")


def _sum(term: Sum, t: bool) -> Monomial:
    total: dict[int, Fraction] = {}
    keys = []
    for part in term.terms:
        coefficient, key = monomial(part, t)
        total[key] = total[key] + coefficient if key in total else coefficient
        keys.append(key)
    free = {key: min(key, monomial(part, not t)[1]) for key, part in zip(keys, term.terms, strict=True)}
    in_order = sorted((free[key], key, coefficient) for key, coefficient in total.items() if coefficient)
    parts = [(key, coefficient) for _, key, coefficient in in_order]
    if not parts:
        return Fraction(0), key_of("zero")
    lead = parts[0][1]
    if len(parts) == 1:
        return lead, parts[0][0]
    return lead, key_of("sum", tuple((key, coefficient if lead is UNIT else coefficient / lead) for key, coefficient in parts))


def _product(term: Product, t: bool) -> Monomial:
    factors = Factors()
    if term.is_scalar:
        factors.scalar_chain(term)
    else:
        factors.factor(term, t)
        factors.not_empty(term)
    return factors.finish(term.is_scalar)


def _trace(term: Trace, t: bool) -> Monomial:
    factors = Factors()
    factors.factor(term.of, False)
    factors.not_empty(term.of)
    return factors.finish(True, cyclic=True)


def _inner(term: Inner, t: bool) -> Monomial:
    factors = Factors()
    factors.factor(term.left, True)
    factors.factor(term.right, False)
    factors.not_empty(term.left)
    return factors.finish(True, cyclic=not term.left.is_scalar)


def _norm(term: Norm, t: bool) -> Monomial:
    (p, key), (_, other) = monomial(term.of), monomial(term.of, True)
    return abs(p), key_of("norm", min(key, other))


def _of_eigenvalues(term: Term, t: bool) -> Monomial:
    """A matrix and its transpose have the same eigenvalues and the same determinant."""
    (p, key), (_, other) = monomial(term.of), monomial(term.of, True)
    return UNIT, key_of(type(term).__name__, p, min(key, other), *((term.order, *monomial(term.index)) if type(term) is Eigenvalue else ()))


def _entry_power(term: EntryPower, t: bool) -> Monomial:
    if term.is_scalar:
        factors = Factors()
        factors.scalar(term) if type(term.exponent) is Number else factors.key(key_of("power", *monomial(term.base), *monomial(term.exponent)))
        return factors.finish(True)
    value, key = monomial(term.base, t)
    if value_is_plain(term, t) and (power := raised(value, term.exponent.value.numerator)) is not None:
        return power, key_of("hadamard", ((key, term.exponent.value),))
    return UNIT, key_of("entry power", *monomial(term.base, t), *monomial(term.exponent))


def _inverse(term: Inverse, t: bool) -> Monomial:
    if type(term.of) is Symbol and "orthogonal" in term.of.properties:
        return monomial(term.of, not t)
    coefficient, key = monomial(term.of, t)
    if not coefficient:
        return UNIT, key_of("inverse of zero")
    return 1 / coefficient, key_of("inverse", key)


def _pseudo_inverse(term: PseudoInverse, t: bool) -> Monomial:
    """The transpose of a pseudo-inverse is that of the transpose."""
    coefficient, key = monomial(term.of, t)
    return (1 / coefficient if coefficient else UNIT), key_of("pseudo-inverse", key)


def _matrix_power(term: MatrixPower, t: bool) -> Monomial:
    """The transpose of a power is the power of the transpose; small whole powers are products."""
    if whole_power(term.exponent):
        factors = Factors()
        factors.factor(term, t)
        return factors.finish(False)
    return UNIT, key_of("matrix power", *monomial(term.base, t), *monomial(term.exponent))


def _member(term: Member, t: bool) -> Monomial:
    """A member is what its family is."""
    family = term.family.properties if type(term.family) is Symbol else ()
    turned = t and not {"symmetric", "diagonal"} & set(family)
    key = key_of("member", *monomial(term.family), *monomial(term.index))
    if turned and "skew" in family:
        return -UNIT, key
    return UNIT, key_of("T", key) if turned else key


def _entry(term: Entry, t: bool) -> Monomial:
    """A_ij and A_ji of a symmetric matrix are one."""
    coefficient, key = monomial(term.of)
    place = monomial(term.row), monomial(term.column)
    return coefficient, key_of("entry", key, *(sorted(place) if is_own_transpose(term.of) else place))


def _hadamard(term: Hadamard, t: bool) -> Monomial:
    if term.is_scalar:
        return _product(Product(term.factors), False)
    coefficient = UNIT
    powers: dict[int, Fraction] = {}
    for factor in term.factors:
        value, key = monomial(factor, t)
        exponent = UNIT
        if type(factor) is EntryPower and value_is_plain(factor, t):
            base, own = monomial(factor.base, t)
            power = raised(base, factor.exponent.value.numerator)
            value, key, exponent = (value, key, UNIT) if power is None else (power, own, factor.exponent.value)
        if type(factor) is not Ones:
            coefficient *= value
            powers[key] = powers.get(key, Fraction(0)) + exponent
    return coefficient, key_of("hadamard", tuple(sorted((key, power) for key, power in powers.items() if power)))


def value_is_plain(power: EntryPower, t: bool) -> bool:
    """Whether a power is that of its base without the number in front, which is one or, to a whole power, minus one."""
    if type(power.exponent) is not Number:
        return False
    value = monomial(power.base, t)[0]
    return value == 1 or (value == -1 and power.exponent.value.denominator == 1)


def _kronecker(term: Kronecker, t: bool) -> Monomial:
    (p, left), (q, right) = monomial(term.left, t), monomial(term.right, t)
    return p * q, key_of("kronecker", left, right)


def _solution(term: LinearSolution, t: bool) -> Monomial:
    """The transpose of a solution solves the transposed equation."""
    sides = zip(term.rights, term.lefts, strict=True) if t else zip(term.lefts, term.rights, strict=True)
    pairs = ((monomial(left, t), monomial(right, t)) for left, right in sides)
    terms = sorted((p * q, before, behind) for (p, before), (q, behind) in pairs)  # the number in front belongs to neither side
    coefficient, key = monomial(term.of, t)
    return coefficient, key_of("solution", tuple(terms), key)


def _conjugate(term: Conjugate, t: bool) -> Monomial:
    inner = conjugated(term.of)
    if type(inner) is not Conjugate:
        return monomial(inner, t)
    coefficient, key = monomial(inner.of, t)
    return coefficient, key_of("conjugate", key)


def _hermitian(term: Hermitian, t: bool) -> Monomial:
    return monomial(Conjugate(term.of), not t)


def _unit(term: ImaginaryUnit, t: bool) -> Monomial:
    return UNIT, key_of("ImaginaryUnit")


def _diag(term: Diag, t: bool) -> Monomial:
    coefficient, key = monomial(term.of)
    return coefficient, key_of("diag", key)


def _diagonal(term: Diagonal, t: bool) -> Monomial:
    (coefficient, key), (_, other) = monomial(term.of), monomial(term.of, True)
    key = key_of("diagonal", min(key, other))
    return coefficient, key_of("T", key) if t else key


def _sum_over(term: SumOver, t: bool) -> Monomial:
    """The letter of the index does not matter: it is called by how many sums stand in each other from here on."""
    index = Index(f"#{_depth(term)}", term.index.first, term.index.last)
    coefficient, key = monomial(with_index(term.body, term.index, index), t)
    return coefficient, key_of("sum over", index, key)


def _depth(term: Term) -> int:
    return term.remembered("_sum_depth", lambda term: (type(term) is SumOver) + max(map(_depth, term.children), default=0))


def _block(term: Block, t: bool) -> Monomial:
    blocks = tuple(row[j] for j in range(term.across) for row in term.grid) if t else term.blocks
    across = len(term.grid) if t else term.across
    return UNIT, key_of("block", across, tuple(monomial(block, t) for block in blocks))


def _identity(term: Identity, t: bool) -> Monomial:
    return UNIT, key_of("identity", term.size)


FORMS.update({
    Symbol: _symbol, Differential: _differential, Transpose: _transpose, Number: _number, Zero: _zero, Sum: _sum, Product: _product,
    Trace: _trace, Inner: _inner, Norm: _norm, Eigenvalue: _of_eigenvalues, Determinant: _of_eigenvalues, EntryPower: _entry_power, Inverse: _inverse, PseudoInverse: _pseudo_inverse, Hadamard: _hadamard,
    Kronecker: _kronecker, LinearSolution: _solution, Diag: _diag, Diagonal: _diagonal, SumOver: _sum_over, Identity: _identity, MatrixPower: _matrix_power, Member: _member, Entry: _entry, Block: _block, Conjugate: _conjugate, Hermitian: _hermitian, ImaginaryUnit: _unit,
})  # fmt: skip
