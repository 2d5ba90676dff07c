"""Writing the names of one problem for what they stand for: the page of rules that its definitions give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derivtex.calculus.arithmetic import as_power, coefficient, product
from derivtex.core.terms import CARDS, Term, bits_of
from derivtex.operations import EntryPower, Hadamard, Number, Product, SumOver, Transpose
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import Monomial, monomial
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import DEFINITION


class Names:
    """What the names of one problem stand for, each perhaps in several forms.

    names: by the normal forms of these, also transposed where they are sums over an index. products: those that are, with their names.
    runs: which of these are no more than a chain, by its keys, forwards and transposed; widths: of how many factors; firsts: what they begin with; anywhere: the others.
    heads: the cards of all forms.
    """

    def __init__(self, bodies: Mapping[Any, tuple[Term, ...]]):
        pairs = [(name, body) for name, found in bodies.items() for body in found]
        self.names: dict[tuple[Any, ...], Term] = {(*monomial(body, True), body.shape[::-1]): name.T for name, body in pairs if type(body) is SumOver}
        self.names |= {(*monomial(body), body.shape): name for name, body in pairs if body.children}
        self.products = [(name, body) for name, body in pairs if type(body) is Product]
        self.powers = [(name, body) for name, body in pairs if type(body) is EntryPower and type(body.exponent) is Number]
        self.runs: dict[tuple[Monomial, ...], list[int]] = {}
        self.anywhere = []
        for at, (_, body) in enumerate(self.products):
            scalars, chain = scalars_and_chain(body)
            if scalars or not chain:
                self.anywhere.append(at)
            else:
                for keys in {chain_keys(chain), chain_keys(chain[::-1], True)}:
                    self.runs.setdefault(keys, []).append(at)
        self.widths = set(map(len, self.runs))
        self.firsts = {keys[0][1] for keys in self.runs}
        self.heads = {type(body) for _, body in pairs} | {Hadamard, EntryPower, Transpose} if pairs else set()

    def held(self, factors: tuple[Term, ...]) -> set[int]:
        """The products that a product of these factors may hold."""
        found = set(self.anywhere)
        widths = [width for width in self.widths if width <= len(factors)]
        keys = chain_keys(factors) if widths else ()
        for at, (_, first) in enumerate(keys):
            if first in self.firsts:
                for width in widths:
                    found.update(self.runs.get(keys[at : at + width], ()))
        return found


naming = Page("Names", lasting=False, reason="by its name", cite=DEFINITION, quiet=True)  # what its rules know besides: the names of one problem


def names_page(bodies: Mapping[Any, tuple[Term, ...]]) -> Page:
    """The rules that write a name for what it stands for, wherever that is more than a symbol."""
    known = Names(bodies)
    return naming.about(known, bits_of(known.heads))


@naming.by_hand("name", *CARDS.values(), why=Why.NAMES, says="\\text{what } f \\text{ stands for} = f")
def _name(term: Term, known: Names) -> Term | None:
    if type(term) not in known.heads or not term.children or varies(term):
        return None
    return known.names.get((*monomial(term), term.shape))


@naming.by_hand("name of a power", EntryPower, why=Why.NAMES, says="b^{-p} = f^{-1} \\text{ where } f = b^p")
def _power(term: Term, known: Names) -> Term | None:
    for name, body in known.powers:
        if type(term.exponent) is Number and body.base is term.base:
            ratio = term.exponent.value / body.exponent.value
            if ratio.denominator == 1:
                return EntryPower(name, Number(ratio))
    return None


@naming.by_hand("name of factors", Product, why=Why.NAMES, says="abc = fc \\text{ where } f = ab")
def _factors(term: Term, known: Names) -> Term | None:
    for name, body in (known.products[at] for at in sorted(known.held(term.factors))):
        rest = without(term, body)
        if rest is not None:
            in_place = tuple(name if part is body else name.T if part is body.T else part for part in rest)
            return product(in_place if in_place != rest else (name, *rest))
    return None


def chain_keys(factors: tuple[Term, ...], transposed: bool = False) -> tuple[Monomial, ...]:
    """The normal forms of factors one by one, or of their transposes."""
    return tuple(monomial(factor, transposed) for factor in factors)


def without(term: Term, body: Term) -> tuple[Term, ...] | None:
    """The factors of a product without those of a body; a body that is a chain leaves itself where the chain stood. None where it is not in it.

    Of a body with a number in front, also where a multiple of that number stands.
    """
    value = coefficient(body)[0]
    if value != 1 and (ratio := coefficient(term)[0] / value).denominator == 1:
        rest, inner = coefficient(term)[1], coefficient(body)[1]
        found = without(rest, inner) if type(rest) is type(inner) is Product else None
        given = None if found is None else tuple(body if part is inner else body.T if part is inner.T else part for part in found)
        return given if given is None or ratio == 1 else (Number(ratio), *given)
    scalars, chain = scalars_and_chain(body)
    if not chain:
        return without_scalars(term.factors, scalars)
    if term.is_scalar and not scalars and not varies(term):
        return None
    for factors, turned in ((chain, False), (chain[::-1], True)):
        whole, keys = chain_keys(factors, turned), chain_keys(term.factors)
        for at in range(len(term.factors) - len(chain) + 1):
            if keys[at : at + len(chain)] == whole:
                left = without_scalars((*term.factors[:at], body.T if turned else body, *term.factors[at + len(chain) :]), scalars)
                if left is not None:
                    return left
    return None


def without_scalars(factors: tuple[Term, ...], scalars: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """Factors without some scalars: of s⁻² there is s⁻¹ left when s⁻¹ is taken out. None where one is not in them."""
    rest = list(factors)
    for taken in scalars:
        base, wanted = as_power(taken)
        at = next((at for at, factor in enumerate(rest) if factor.is_scalar and as_power(factor)[0] is base), None)
        left = None if at is None else leftover(as_power(rest[at])[1], wanted)
        if at is None or left is None:
            return None
        rest[at : at + 1] = [] if left is Number(0) else [base if left is Number(1) else EntryPower(base, left)]
    return tuple(rest)


def leftover(exponent: Term, wanted: Term) -> Term | None:
    """What is left of a power when another is taken out of it; None where there is less in it."""
    if type(exponent) is not Number or type(wanted) is not Number:
        return Number(0) if exponent is wanted else None
    left = exponent.value - wanted.value
    return Number(left) if left == 0 or (left * exponent.value > 0 and abs(left) < abs(exponent.value)) else None
