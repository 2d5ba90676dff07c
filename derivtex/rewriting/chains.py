"""Products as they are compared: a coefficient, powers of scalars, and a chain of matrices that may be turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Diag,
    EntryPower,
    Hermitian,
    Identity,
    Inverse,
    MatrixPower,
    Number,
    Product,
    Transpose,
)
from derivtex.operations.elementwise import Abs
from derivtex.rewriting.conjugation import conjugated, may_be_complex
from derivtex.rewriting.keys import UNIT, Monomial, form_of, key_of, monomial, raised


def whole_power(exponent: Term) -> int:
    """A small whole exponent; zero for another one."""
    value = exponent.value if type(exponent) is Number else Fraction(0)
    return value.numerator if value.denominator == 1 and abs(value) <= 8 else 0


def is_squared_modulus(term: Term) -> bool:
    """|z|² = z z* of a complex number, or a whole power of it."""
    if type(term) is not EntryPower or type(term.base) is not Abs or not may_be_complex(term.base.of):
        return False
    return whole_power(term.exponent) % 2 == 0 and whole_power(term.exponent) != 0


class Factors:
    """A product in the making: a coefficient, powers of scalars, and a chain of (coefficient-free) matrix factors."""

    def __init__(self) -> None:
        self.coefficient = UNIT
        self.powers: dict[int, Fraction] = {}
        self.chain: list[tuple[Term, bool]] = []

    def scalar(self, term: Term, exponent: Fraction = UNIT) -> None:
        if is_squared_modulus(term):
            for part in (term.base.of, Conjugate(term.base.of)):
                self.scalar(part, exponent * term.exponent.value / 2)
        elif type(term) is EntryPower and type(term.exponent) is Number and (exponent.denominator == 1 or type(term.base) is Number):
            self.scalar(term.base, exponent * term.exponent.value)
        elif type(term) is Product and all(f.is_scalar for f in term.factors) and exponent.denominator == 1:
            for factor in term.factors:
                self.scalar(factor, exponent)
        else:
            coefficient, key = monomial(term)
            self.times(coefficient, exponent)
            self.key(key, exponent)

    def key(self, key: int, exponent: Fraction = UNIT) -> None:
        form = form_of(key)
        if form[0] == "product" and not form[2] and (exponent.denominator == 1 or not form[1]):
            for inner, power in form[1]:
                self.add(inner, power if exponent is UNIT else power * exponent)
        else:
            self.add(key, exponent)

    def add(self, key: int, exponent: Fraction) -> None:
        known = self.powers.get(key)
        self.powers[key] = exponent if known is None else known + exponent

    def times(self, coefficient: Fraction, exponent: Fraction) -> None:
        whole = exponent.denominator == 1 and (coefficient or exponent > 0)
        if whole and (power := raised(coefficient, exponent.numerator)) is not None:
            self.coefficient = _whole((self.coefficient, power))
        elif coefficient != 1:
            self.add(key_of("number", coefficient), exponent)

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
        elif type(term) is MatrixPower and (times := whole_power(term.exponent)):
            for _ in range(abs(times)):
                self.factor(term.base if times > 0 else Inverse(term.base), t)
        else:
            self.chain.append((term, t))

    def scalar_chain(self, term: Product) -> None:
        for part in term.factors:
            if part.is_scalar:
                self.factor(part, False)
        rest = [part for part in term.factors if not part.is_scalar]
        if rest:
            own = Factors()
            for part in rest:
                own.factor(part, False)
            coefficient, key = own.finish(True)
            self.coefficient = _whole((self.coefficient, coefficient))
            self.key(key)

    def finish(self, is_scalar: bool, cyclic: bool = False) -> Monomial:
        """The monomial: runs of the chain that are scalars among the scalars, the rest in order."""
        links = self._links()
        found = [self.coefficient]
        for coefficient, key in self._scalar_runs(links, is_scalar or cyclic):
            found.append(coefficient)
            self.key(key)
        coefficient, chain = self._canonical(links, cyclic)
        self.coefficient = _whole((*found, coefficient))
        if self.powers:
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
        power = self.powers.get(unit)
        if power is not None and power.denominator == 1:
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

    def _scalar_runs(self, links: list[Link], whole: bool) -> Iterator[Monomial]:
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

    def _canonical(self, links: list[Link], cyclic: bool) -> tuple[Fraction, tuple[int, ...]]:
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
    best: tuple[int, ...] | None = None
    chosen = ways[0]
    for way in ways:
        keys = tuple(key for _, key in way)
        for k in turns:
            turn = keys[k:] + keys[:k]
            if best is None or turn < best:
                best, chosen = turn, way
    return _whole(coefficient for coefficient, _ in chosen), best or ()


def _whole(coefficients: Iterable[Fraction]) -> Fraction:
    """The product of coefficients, most of which are one."""
    whole = UNIT
    for coefficient in coefficients:
        if coefficient is not UNIT:
            whole = coefficient if whole is UNIT else whole * coefficient
    return whole
