r"""The author's names with indices: where a formula has what `r_i = y_i - w^Tx_i` stands for, for one value of the index, `r_i` is written."""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

from derivtex.calculus.arithmetic import negative
from derivtex.core.terms import Term, Terms
from derivtex.operations import Entry, Index, Member, Number, UnitVector
from derivtex.problem import Template
from derivtex.rewriting.keys import Monomial, monomial


class Instance(NamedTuple):
    """A name, the values of its indices, and its sign: −1 where the formula has what stands for it taken away."""

    name: str
    indices: Terms
    sign: int = 1


class Instances:
    """Finds the instances of some templates."""

    def __init__(self, templates: tuple[Template, ...]):
        self.templates = templates
        self._keys: dict[tuple[Term, Terms], tuple[Monomial, Monomial]] = {}

    def find(self, term: Term) -> Instance | None:
        """The first name that stands for a term."""
        if not self.templates or not term.children:
            return None
        values = values_in(term)
        for template in self.templates:
            forms = [form for form in template.forms if type(form) is type(term) and form.shape == term.shape]
            for chosen in permutations(values, len(template.indices)) if forms else ():
                sign = next(filter(None, (self.sign(form, template, chosen, term) for form in forms)), 0)
                if sign:
                    return Instance(template.name, chosen, sign)
        return None

    def sign(self, form: Term, template: Template, chosen: Terms, term: Term) -> int:
        """1 or −1 where the term is what the name stands for, or that taken away; else 0."""
        known = self._keys.get((form, chosen))
        if known is None:
            made = form.replace(dict(zip(template.indices, chosen, strict=True)))
            known = self._keys[(form, chosen)] = monomial(made), monomial(negative(made))
        return {known[0]: 1, known[1]: -1}.get(monomial(term), 0)


def values_in(term: Term) -> Terms:
    """All that stands as an index in a term."""
    found: dict[Term, None] = {}
    for part in term.walk():
        match part:
            case Index():
                found[part] = None
            case Member(_, index) | UnitVector(_, index):
                found[index] = None
            case Entry(_, row, column):
                found.update({row: None, column: None})
    return tuple(value for value in found if type(value) is not Number or value.value.denominator == 1)
