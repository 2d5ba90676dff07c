"""The keys by which terms are compared: numbers given out as normal forms are met.

They say what is equal, nothing about order. What the normal form of each operation is stands in `sameness`, which fills `FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivtex.core.terms import Term
from derivtex.operations.elementwise import Call, Elementwise
from derivtex.operations.functions import MatrixCall, MatrixFunction

Monomial = tuple[Fraction, int]
_keys: dict[tuple, int] = {}
_forms: list[tuple] = []
FORMS: dict[type, Callable] = {}
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


def form_of(key: int) -> tuple:
    """The form that a key stands for."""
    return _forms[key]


def _monomial(term: Term, t: bool) -> Monomial:
    form = FORMS.get(type(term))
    if form is not None:
        return form(term, t)
    if isinstance(term, (Elementwise, MatrixFunction)) or type(term) in (Call, MatrixCall):
        own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
        return UNIT, key_of(type(term).__name__, *own, *monomial(term.of, t))
    own = tuple(term.__dict__[name] for name, kind in term.field_kinds.items() if kind not in ("Term", "Terms"))
    key = key_of(type(term).__name__, *own, *(part for child in term.children for part in monomial(child)))
    return UNIT, key_of("T", key) if t else key
