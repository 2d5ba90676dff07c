"""The keys by which terms are compared: numbers given out as normal forms are met, by each session anew.

They say what is equal, nothing about order. What the normal form of each operation is stands in `sameness`, which fills `FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derivtex.core.session import current, own_session
from derivtex.core.terms import Term
from derivtex.operations.calculus import Derivative

Monomial = tuple[Fraction, int]
Form = tuple[Any, ...]
FORMS: dict[type, Callable[[Any, bool], Monomial]] = {}
UNIT = Fraction(1)
MOST_DIGITS = 300
MOST_MONOMIALS = 100_000  # that are remembered


class Keys:
    """What a session has found: the number of each form, the form of each number, the monomial of each term and of its transpose."""

    def __init__(self) -> None:
        self.numbers: dict[Form, int] = {}
        self.forms: list[Form] = []
        self.monomials: dict[Term, Monomial] = {}
        self.turned: dict[Term, Monomial] = {}


def key_of(*form: Any) -> int:
    """The number of a form."""
    keys: Keys = (own_session() or current()).memory[Keys]
    found = keys.numbers.get(form)
    if found is None:
        found = keys.numbers[form] = len(keys.numbers)
        keys.forms.append(form)
    return found


def monomial(term: Term, transposed: bool = False) -> Monomial:
    """The coefficient and the key of a term, or of its transpose."""
    keys: Keys = (own_session() or current()).memory[Keys]
    transposed = transposed and not term.is_scalar
    known = keys.turned if transposed else keys.monomials
    found = known.get(term)
    if found is None:
        if len(known) > MOST_MONOMIALS:
            known.clear()
        found = known[term] = _monomial(term, transposed)
    return found


def raised(value: Fraction, exponent: int) -> Fraction | None:
    """A whole power of a number; None where it has more digits than anybody writes out."""
    if exponent == 1 or value is UNIT:
        return value
    digits = max(value.numerator.bit_length(), value.denominator.bit_length()) * abs(exponent) * 0.30103
    if abs(value) not in (0, 1) and digits > MOST_DIGITS:
        return None
    return Fraction(value**exponent)


def form_of(key: int) -> Form:
    """The form that a key of this session stands for."""
    return current().keep(Keys).forms[key]


def _monomial(term: Term, t: bool) -> Monomial:
    form = FORMS.get(type(term))
    if form is not None:
        return form(term, t)
    if type(term) is Derivative and term.form == "scalar":  # along a number a slope has what is linear of its curve
        coefficient, key = monomial(term.of, t)
        return coefficient, key_of("slope", key, *monomial(term.by))
    if term.commutes_with_transpose:
        own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
        return UNIT, key_of(type(term).__name__, *own, *monomial(term.of, t))
    own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
    parts = [monomial(child) for child in term.children]
    key = key_of(type(term).__name__, *own, *(each for part in (sorted(parts) if term.in_any_order else parts) for each in part))
    return UNIT, key_of("T", key) if t else key
