"""Letters: which names are free in a problem, and which suit a part of a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from itertools import chain, count

from derivtex.core.session import current
from derivtex.core.terms import Term
from derivtex.derivation.candidates import Part, is_inverted
from derivtex.operations import Call, Index, Symbol, symbol
from derivtex.operations.functions import MatrixCall
from derivtex.operations.openfunctions import APPLIED
from derivtex.problem import Problem
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import is_real
from derivtex.simplification.names import INVERTED, kind_of, letters_for, with_properties
from derivtex.steps import Derivation

PLACE = symbol("i", "scalar")  # the index of every member of a family, for comparison


def letters_of(card: type[Term]) -> Iterator[str]:
    """The letters that an operation itself is written with."""
    notation = getattr(card, "notation", None)
    for mark in (getattr(notation, "mark", ""), getattr(notation, "raised", "")):
        if len(mark) == 1 and mark.isalpha():
            yield mark


def undrawn(name: str) -> str:
    r"""The letter of a name that is drawn bold or otherwise, `\mathbf{R}`: R beside it would be read as the same."""
    inner = name.partition("{")[2]
    return inner[:-1] if name.startswith("\\") and inner.endswith("}") and len(inner) == 2 else name


def base(name: str) -> str:
    """The letter of a name with an index, `c_i`: c beside it would be read as something of its own."""
    return name.partition("_")[0]


class Named(dict[tuple[object, ...], str]):
    """The names that derivations which stand beside each other have given, by what they stand for."""

    def note(self, derivation: Derivation) -> None:
        """Keep the names of a derivation for those after it, by what they stand for with and without names in it."""
        bodies: dict[Term, Term] = {}
        for each in (*derivation.let, *derivation.where):
            bodies[each.name] = each.body.replace(bodies)
            for body in (each.body, bodies[each.name]):
                self.setdefault(key_of(body), each.name.name)
        for family in derivation.families:
            if len(family.indices) == 1:
                self.setdefault(key_of(family.body.replace({family.indices[0]: PLACE})), family.name)


def key_of(body: Term) -> tuple[object, ...]:
    return (body.shape, *monomial(body))


class Letters:
    """The names of one problem, its functions' among them."""

    def __init__(self, problem: Problem):
        self.bodies = [problem.target, *(definition.body for definition in problem.definitions)]
        functions = {part.function for body in self.bodies for part in body.parts(Call, MatrixCall, *APPLIED)}
        used = {part for body in self.bodies for part in body.parts(Symbol)}
        sizes = {name for known in used for dim in (*known.size, *(known.family or ())) for name in dim.names}
        names = {*problem.symbols, *map(undrawn, problem.symbols), *map(base, problem.symbols)}
        self.taken = {*names, *problem.functions, *problem.spelling.marks.values(), *functions, *sizes}
        self.given: dict[Term, Term] = {}  # the names that were given, with what they stand for
        self.avoid(self.bodies)

    def anew(self) -> Letters:
        """The letters of the same problem, as they were before any was given."""
        new = copy(self)
        new.taken, new.given = self.taken.copy(), {}
        return new

    def avoid(self, terms: Iterable[Term]) -> None:
        """Take the letters that operations in these terms are written with: the e of a unit vector or of `e^{x}`, the K of a commutation."""
        parts = {part for term in terms for part in term.walk()}
        self.taken |= {letter for card in set(map(type, parts)) for letter in letters_of(card)}
        self.taken |= {part.name for part in parts if type(part) is Index}

    def free(self, body: Term, wanted: tuple[str, ...]) -> Symbol:
        """A symbol for a term, with the name that it has elsewhere, or the first one that nothing has yet."""
        elsewhere = current().keep(Named)
        numbered = (f"{wanted[0]}_{{{number}}}" for number in count())
        whole = body.replace(self.given)
        own = (elsewhere.get(key_of(body)) or elsewhere.get(key_of(whole))) if elsewhere else None
        taken = self.taken.union(elsewhere.values())
        name = own if own and own not in self.taken else next(name for name in chain(wanted, numbered) if name not in taken)
        self.taken.add(name)
        made = symbol(name, kind_of(body), body.shape, () if is_real(body) else ("complex",))
        self.given[made] = whole
        return made

    def for_part(self, part: Part) -> Symbol:
        """A name for a part of a formula, by what it is and where it stands."""
        term, letters, _ = part
        self.avoid((term,))
        letters = letters or (INVERTED if is_inverted(term, self.bodies) else letters_for(term))
        return with_properties(self.free(term, letters), term)
