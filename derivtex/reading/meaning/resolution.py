"""From open sizes to settled ones: terms rebuilt with the sizes that were found, the rest named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from derivtex.core.errors import SyntaxProblem
from derivtex.core.session import current
from derivtex.core.shapes import Dim, is_unknown
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Number, Symbol
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.squares import Whole

LETTERS = ("n", "m", "p", "q", "r", "s", "k", "l")
DEEPEST_TERM = 150


class Sized(dict[str, tuple[Dim, ...]]):
    """The sizes of the names in what stands beside: one text has one letter for a size, however often its source is read."""

    def note(self, symbols: Iterable[Symbol]) -> None:
        """Keep the sizes of names for the readings that follow."""
        for each in symbols:
            self.setdefault(each.name, sizes_of(each))


def sizes_of(name: Symbol) -> tuple[Dim, ...]:
    return (*name.size, *(name.family or ()))


class Settling:
    """Puts found sizes in the place of open ones; an open size that nothing tells about gets a letter that is free."""

    def __init__(self, scope: Scope, powers: Mapping[Term, Whole] = MappingProxyType({})):
        self.scope = scope
        self.powers = powers
        self.named: dict[str, Dim] = {}
        self.taken = {
            *scope.sizes,
            *scope.letters,
            *(mark for label in scope.things for mark in label),
            *(mark for label in scope.families for mark in label),
        }
        self.done: dict[Term, Term] = {}
        self.beside = self.letters_beside()

    def letters_beside(self) -> dict[str, str]:
        """The letters of open sizes of names that have one in what stands beside."""
        beside = current().keep(Sized)
        found: dict[str, str] = {}
        for each in (*self.scope.things.values(), *self.scope.families.values()) if beside else ():
            for own, size in zip(sizes_of(each), beside.get(each.name, ()), strict=False) if type(each) is Symbol else ():
                own = self.scope.unifier.resolve(own)
                if own.is_name and size.is_name and is_unknown(own.names[0]):
                    found[own.names[0]] = size.names[0]
        return found

    def size(self, dim: Dim) -> Dim:
        dim = self.scope.unifier.resolve(dim)
        open_ = {name: self.fresh(name) for name in dim.names if is_unknown(name)}
        return dim.replace(open_) if open_ else dim

    def fresh(self, name: str) -> Dim:
        if name not in self.named:
            if (end := self.end_of_sum(name)) is not None:
                self.named[name] = end
                return end
            letters = self.beside.get(name, ""), *(letter for letter in LETTERS if letter not in self.beside.values())
            free = next((letter for letter in letters if letter and letter not in self.taken), None)
            letter = free or f"n_{{{len(self.named) + 1}}}"
            self.taken.add(letter)
            self.named[name] = Dim.of(letter)
        return self.named[name]

    def end_of_sum(self, name: str) -> Dim | None:
        r"""The n to which a sum runs that is divided by it, where nothing else tells how many things are summed."""
        for open_, (end, guessed) in self.scope.open_ends.items():
            if self.scope.unifier.resolve(Dim.of(open_)) == Dim.of(name):
                if guessed:
                    self.scope.guess(f"a sum that is divided by {end} runs to {end}")
                return end
        return None

    def term(self, term: Term) -> Term:
        """The term with settled sizes; its shapes are checked anew."""
        check_depth(term)
        return self._term(term)

    def symbol(self, of: Symbol) -> Symbol:
        """A symbol with settled sizes."""
        made = self.powers[of].name if of in self.powers else self.term(of)
        assert isinstance(made, Symbol)
        return made

    def _term(self, term: Term) -> Term:
        found = self.done.get(term)
        if found is None:
            found = self.done[term] = self.of_power(term) or self.rebuilt(term)
        return found

    def of_power(self, term: Term) -> Term | None:
        """A power of a number one of whose powers is a variable; None of anything else."""
        of, exponent = term.children if type(term) is EntryPower else (term, Number(1))
        whole = self.powers.get(of)
        return whole.power(exponent) if whole is not None and isinstance(exponent, Number) else None

    def rebuilt(self, term: Term) -> Term:
        values = [self.value(term.__dict__[name], term.field_kinds[name]) for name in term.fields]
        if type(term) is Symbol:
            values[0] = self.scope.typed(term.name)
        return type(term)(*values)

    def value(self, value: Any, kind: str) -> object:
        if kind == "Term" or kind == "Index":
            return self._term(value)
        if kind == "Terms":
            return tuple(self._term(part) for part in value)
        if kind == "Dim":
            return self.size(value)
        if kind == "Shape" or (kind.startswith("tuple[Dim") and value is not None):
            return tuple(self.size(dim) for dim in value)
        return value


def check_depth(term: Term) -> None:
    """Refuse terms so deep that walking them would exhaust the stack."""
    level = [term]
    for _ in range(DEEPEST_TERM):
        level = list(dict.fromkeys(child for part in level for child in part.children))
        if not level:
            return
    raise SyntaxProblem(f"a formula of more than {DEEPEST_TERM} levels", way_out="name an inner part by a definition of its own")
