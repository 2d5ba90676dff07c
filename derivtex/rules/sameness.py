"""When two terms are the same thing written differently: a normal form for comparison, never for printing.

`monomial(term)` is a rational coefficient and a key; terms with equal keys are proportional. It knows that scalars commute and are their
own transposes, that a trace may be rotated and transposed, that A:B = tr(AᵀB), that a declared symmetric matrix is its transpose, and
that sums and entrywise products have no order. Keys are numbers that are given out as forms are met: they say what is equal,
nothing about order.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from derivtex.operations import (
    Conjugate,
    Diag,
    Diagonal,
    Differential,
    EntryPower,
    Hadamard,
    Hermitian,
    Identity,
    ImaginaryUnit,
    Inner,
    Inverse,
    Kronecker,
    MatrixPower,
    Norm,
    Number,
    Ones,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    Zero,
)
from derivtex.operations.elementwise import Call, Elementwise
from derivtex.operations.functions import MatrixFunction
from derivtex.rules.conjugation import conjugated
from derivtex.shapes import ONE
from derivtex.terms import Term

Monomial = tuple[Fraction, int]
_keys: dict[tuple, int] = {}
_forms: list[tuple] = []
_memo: dict[tuple[Term, bool], Monomial] = {}
UNIT = Fraction(1)


def key_of(*form) -> int:
    """The number of a form."""
    found = _keys.get(form)
    if found is None:
        found = _keys[form] = len(_keys)
        _forms.append(form)
    return found


def monomial(term: Term, transposed: bool = False) -> Monomial:
    """The coefficient and the key of a term, or of its transpose."""
    transposed = transposed and not term.is_scalar
    known = _memo.get((term, transposed))
    if known is None:
        if len(_memo) > 200_000:
            _memo.clear()
        known = _memo[term, transposed] = _monomial(term, transposed)
    return known


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


def _monomial(term: Term, t: bool) -> Monomial:
    form = _FORMS.get(type(term))
    if form is not None:
        return form(term, t)
    if isinstance(term, (Elementwise, MatrixFunction)) or type(term) is Call:
        own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
        return UNIT, key_of(type(term).__name__, *own, *monomial(term.of, t))
    own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
    key = key_of(type(term).__name__, *own, *(part for child in term.children for part in monomial(child)))
    return UNIT, key_of("T", key) if t else key


def _symbol(term: Symbol, t: bool) -> Monomial:
    if t and ("symmetric" in term.properties or "diagonal" in term.properties):
        t = False
    sign = -1 if t and "skew" in term.properties else 1
    key = key_of("symbol", term.name, term.kind, term.size, term.properties, term.family)
    return Fraction(sign), key_of("T", key) if t and sign == 1 else key


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
    for part in term.terms:
        coefficient, key = monomial(part, t)
        total[key] = total.get(key, Fraction(0)) + coefficient
    free = {monomial(part, t)[1]: min(monomial(part, t)[1], monomial(part, not t)[1]) for part in term.terms}
    parts = sorted((free[key], key, coefficient) for key, coefficient in total.items() if coefficient)
    parts = [(key, coefficient) for _, key, coefficient in parts]
    if not parts:
        return Fraction(0), key_of("zero")
    lead = parts[0][1]
    if len(parts) == 1:
        return lead, parts[0][0]
    return lead, key_of("sum", tuple((key, coefficient / lead) for key, coefficient in parts))


class _Factors:
    """A product in the making: a coefficient, powers of scalars, and a chain of (coefficient-free) matrix factors."""

    def __init__(self) -> None:
        self.coefficient = UNIT
        self.powers: dict[int, Fraction] = {}
        self.chain: list[tuple[Term, bool]] = []

    def scalar(self, term: Term, exponent: Fraction = UNIT) -> None:
        if type(term) is EntryPower and type(term.exponent) is Number and (exponent.denominator == 1 or type(term.base) is Number):
            self.scalar(term.base, exponent * term.exponent.value)
        elif type(term) is Product and all(f.is_scalar for f in term.factors) and exponent.denominator == 1:
            for factor in term.factors:
                self.scalar(factor, exponent)
        else:
            coefficient, key = monomial(term)
            self.times(coefficient, exponent)
            self.key(key, exponent)

    def key(self, key: int, exponent: Fraction = UNIT) -> None:
        form = _forms[key]
        if form[0] == "product" and not form[2] and (exponent.denominator == 1 or not form[1]):
            for inner, power in form[1]:
                self.powers[inner] = self.powers.get(inner, Fraction(0)) + power * exponent
        else:
            self.powers[key] = self.powers.get(key, Fraction(0)) + exponent

    def times(self, coefficient: Fraction, exponent: Fraction) -> None:
        if exponent.denominator == 1 and (coefficient or exponent > 0):
            self.coefficient *= coefficient**exponent.numerator
        elif coefficient != 1:
            key = key_of("number", coefficient)
            self.powers[key] = self.powers.get(key, Fraction(0)) + exponent

    def factor(self, term: Term, t: bool) -> None:
        """A factor of the chain, or a scalar."""
        if term.is_scalar:
            self.scalar_chain(term) if type(term) is Product else self.scalar(term)
        elif type(term) is Transpose:
            self.factor(term.of, not t)
        elif type(term) in (Conjugate, Hermitian) and type(conjugated(term.of)) is not Conjugate:
            self.factor(conjugated(term.of), t if type(term) is Conjugate else not t)
        elif type(term) is Product:
            for part in reversed(term.factors) if t else term.factors:
                self.factor(part, t)
        elif type(term) is Identity:
            pass
        elif type(term) is MatrixPower and type(term.exponent) is Number and 0 < term.exponent.value <= 8:
            for _ in range(term.exponent.value.numerator):
                self.factor(term.base, t)
        else:
            self.chain.append((term, t))

    def scalar_chain(self, term: Product) -> None:
        for part in term.factors:
            if part.is_scalar:
                self.factor(part, False)
        rest = [part for part in term.factors if not part.is_scalar]
        if rest:
            own = _Factors()
            for part in rest:
                own.factor(part, False)
            coefficient, key = own.finish(True)
            self.coefficient *= coefficient
            self.key(key)

    def finish(self, is_scalar: bool, cyclic: bool = False) -> Monomial:
        """The monomial: runs of the chain that are scalars among the scalars, the rest in order."""
        links = self._links()
        for run in self._scalar_runs(links, is_scalar or cyclic):
            coefficient, key = run
            self.coefficient *= coefficient
            self.key(key)
        coefficient, chain = self._canonical(links, cyclic)
        self.coefficient *= coefficient
        self.turn(key_of("ImaginaryUnit"))
        powers = tuple(sorted((key, power) for key, power in self.powers.items() if power))
        if not self.coefficient:
            return Fraction(0), key_of("zero")
        if not chain and len(powers) == 1 and powers[0][1] == 1:
            return self.coefficient, powers[0][0]
        if not powers and len(chain) == 1 and not cyclic:
            return self.coefficient, chain[0]
        if cyclic and chain:
            trace = key_of("trace", chain)
            if not powers:
                return self.coefficient, trace
            return self.coefficient, key_of("product", tuple(sorted((*powers, (trace, UNIT)))), ())
        return self.coefficient, key_of("product", powers, chain)

    def not_empty(self, term: Term) -> None:
        """Where all factors of a matrix were identities, one is left."""
        if not self.chain and not term.is_scalar:
            self.chain.append((Identity(term.shape[0]), False))

    def turn(self, unit: int) -> None:
        """i² = −1."""
        power = self.powers.get(unit, Fraction(0))
        if power.denominator == 1:
            self.coefficient *= -1 if power % 4 > 1 else 1
            self.powers[unit] = power % 2

    def _links(self) -> list[Link]:
        """Of each factor: its monomial, that of its transpose, and whether its rows or columns are one."""
        links = []
        for term, t in self.chain:
            rows, columns = term.shape[::-1] if t else term.shape
            links.append(Link(monomial(term, t), monomial(term, not t), rows == ONE, columns == ONE))
        for at in range(1, len(links)):
            if type(self.chain[at][0]) is type(self.chain[at - 1][0]) is Diag and links[at].there < links[at - 1].there:
                links[at - 1 : at + 1] = links[at], links[at - 1]
        return links

    def _scalar_runs(self, links, whole: bool):
        """Take out of the links every run that starts at a row and ends at a column."""
        if whole and any(link.is_row for link in links) and not links[0].is_row:
            first = next(at for at, link in enumerate(links) if link.is_row)
            links[:] = links[first:] + links[:first]
        start = None
        at = 0
        while at < len(links):
            if links[at].is_row:
                start = at
            if links[at].is_column and start is not None:
                run, links[start : at + 1] = links[start : at + 1], []
                coefficient, keys = turned(run, (0,))
                yield coefficient, key_of("run", keys)
                at, start = start, None
            else:
                at += 1

    def _canonical(self, links, cyclic: bool) -> tuple[Fraction, tuple[int, ...]]:
        if cyclic:
            return turned(links, tuple(range(len(links))))
        return _whole(link.there[0] for link in links), tuple(link.there[1] for link in links)


class Link(NamedTuple):
    """A factor of a chain: its monomial read forwards and, transposed, backwards."""

    there: Monomial
    back: Monomial
    is_row: bool
    is_column: bool


def turned(links: list[Link], turns: tuple[int, ...]) -> tuple[Fraction, tuple[int, ...]]:
    """Of all ways to read a chain, rotated by the turns and forwards or backwards, the least; with its coefficient."""
    ways = [[link.there for link in links], [link.back for link in reversed(links)]]
    read = [(tuple(key for _, key in way[k:] + way[:k]), _whole(c for c, _ in way)) for way in ways for k in turns]
    keys, coefficient = min(read, key=lambda found: found[0], default=((), UNIT))
    return coefficient, keys


def _whole(coefficients) -> Fraction:
    return reduce(lambda a, b: a * b, coefficients, UNIT)


def _product(term: Product, t: bool) -> Monomial:
    factors = _Factors()
    if term.is_scalar:
        factors.scalar_chain(term)
    else:
        factors.factor(term, t)
        factors.not_empty(term)
    return factors.finish(term.is_scalar)


def _trace(term: Trace, t: bool) -> Monomial:
    factors = _Factors()
    factors.factor(term.of, False)
    factors.not_empty(term.of)
    return factors.finish(True, cyclic=True)


def _inner(term: Inner, t: bool) -> Monomial:
    factors = _Factors()
    factors.factor(term.left, True)
    factors.factor(term.right, False)
    factors.not_empty(term.left)
    return factors.finish(True, cyclic=not term.left.is_scalar)


def _norm(term: Norm, t: bool) -> Monomial:
    (p, key), (_, other) = monomial(term.of), monomial(term.of, True)
    return abs(p), key_of("norm", min(key, other))


def _entry_power(term: EntryPower, t: bool) -> Monomial:
    if term.is_scalar:
        factors = _Factors()
        factors.scalar(term) if type(term.exponent) is Number else factors.key(key_of("power", *monomial(term.base), *monomial(term.exponent)))
        return factors.finish(True)
    if type(term.exponent) is Number and value_is_plain(term):
        return UNIT, key_of("hadamard", ((monomial(term.base, t)[1], term.exponent.value),))
    return UNIT, key_of("entry power", *monomial(term.base, t), *monomial(term.exponent))


def _inverse(term: Inverse, t: bool) -> Monomial:
    if type(term.of) is Symbol and "orthogonal" in term.of.properties:
        return monomial(term.of, not t)
    coefficient, key = monomial(term.of, t)
    if not coefficient:
        return UNIT, key_of("inverse of zero")
    return 1 / coefficient, key_of("inverse", key)


def _hadamard(term: Hadamard, t: bool) -> Monomial:
    if term.is_scalar:
        return _product(Product(term.factors), False)
    coefficient, powers = UNIT, {}
    for factor in term.factors:
        whole = type(factor) is EntryPower and type(factor.exponent) is Number
        exponent = factor.exponent.value if whole else UNIT
        value, key = monomial(factor.base if whole and value_is_plain(factor) else factor, t)
        exponent = exponent if whole and value_is_plain(factor) else UNIT
        if type(factor) is not Ones:
            coefficient *= value
            powers[key] = powers.get(key, Fraction(0)) + exponent
    return coefficient, key_of("hadamard", tuple(sorted((key, power) for key, power in powers.items() if power)))


def value_is_plain(power: EntryPower) -> bool:
    """Whether the base of a power has no number in front that the power would change."""
    return monomial(power.base)[0] == 1


def _kronecker(term: Kronecker, t: bool) -> Monomial:
    (p, left), (q, right) = monomial(term.left, t), monomial(term.right, t)
    return p * q, key_of("kronecker", left, right)


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
    coefficient, key = monomial(term.body, t)
    return coefficient, key_of("sum over", term.index, key)


def _identity(term: Identity, t: bool) -> Monomial:
    return UNIT, key_of("identity", term.size)


_FORMS = {
    Symbol: _symbol, Differential: _differential, Transpose: _transpose, Number: _number, Zero: _zero, Sum: _sum, Product: _product,
    Trace: _trace, Inner: _inner, Norm: _norm, EntryPower: _entry_power, Inverse: _inverse, Hadamard: _hadamard,
    Kronecker: _kronecker, Diag: _diag, Diagonal: _diagonal, SumOver: _sum_over, Identity: _identity, Conjugate: _conjugate, Hermitian: _hermitian, ImaginaryUnit: _unit,
}  # fmt: skip
