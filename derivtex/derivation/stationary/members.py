"""Unknowns that are members of a family or entries, μ_k for any k: each by a name of its own while it is solved for."""

from __future__ import annotations

from functools import partial

from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Member, Number, ProductOver, SumOver, Symbol, symbol
from derivtex.simplification.names import kind_of
from derivtex.steps import Derivation


def stand_ins(derivations: tuple[Derivation, ...]) -> dict[Symbol, Term]:
    """A name for each variable, by which it is solved for: its own, of a member or an entry one that looks the same.

    Raises NotDerivable for what is neither.
    """
    return {stand_in(derivation.problem.wrt[0]): derivation.problem.wrt[0] for derivation in derivations}


def stand_in(variable: Term) -> Symbol:
    if isinstance(variable, Symbol) and variable.family is None:
        return variable
    if isinstance(variable, Member) and isinstance(variable.family, Symbol) and isinstance(variable.index, Index):
        return symbol(str(variable), variable.family.kind, variable.shape, variable.family.properties)
    if isinstance(variable, Entry) and isinstance(variable.of, Symbol) and is_entry_of_vector(variable):
        return symbol(str(variable), "scalar", properties=("positive",) if variable.of.has("positive") else ())
    raise NotDerivable("it is solved for a whole name, or for any member of a family", way_out="give the name with --wrt")


def is_entry_of_vector(variable: Entry) -> bool:
    return kind_of(variable.of) == "vector" and isinstance(variable.row, Index)


def put_in(term: Term, values: dict[Symbol, Term], members: dict[Symbol, Term]) -> Term:
    """A term with the values of the unknowns that are known in their place, at every index."""
    found = term.replace(values)
    for name, value in values.items():
        variable = members.get(name)
        if variable is None or variable is name:
            continue
        found = found.map(partial(at_index, variable.children[0], variable.children[1], value))
    return found


def named_freely(term: Term, members: dict[Symbol, Term]) -> Term:
    """A term with the names of the unknowns in the place of members of families; a member whose index a sum binds stays: it runs through all."""
    named = {member: name for name, member in members.items() if member is not name}
    return term.map(partial(free_name, named)) if named else term


def free_name(named: dict[Term, Symbol], part: Term) -> Term | None:
    if type(part) in (SumOver, ProductOver):
        kept = {member: name for member, name in named.items() if not member.contains(part.index)}
        return part.rebuild(tuple(child if child is part.index else child.map(partial(free_name, kept)) for child in part.children))
    return named.get(part)


def runs_through(term: Term, unknown: Symbol, members: dict[Symbol, Term]) -> bool:
    """Whether a term holds the family of an unknown that is a member: others than this one stand in it."""
    variable = members.get(unknown, unknown)
    return variable is not unknown and term.contains(variable.children[0])


def apart(term: Term, members: dict[Symbol, Term]) -> Term:
    """A term whose sums bind no index that an unknown has: Σₖ πₖ as Σⱼ πⱼ, beside π_k for any k."""
    own = [index for name, variable in members.items() if variable is not name and isinstance(index := variable.children[1], Index)]
    taken = {part.name for part in (*term.walk(), *members) if isinstance(part, Index | Symbol)}
    for index in own:
        other = Index(next(each for each in "jklmihst" if each not in taken), index.first, index.last)
        term = term.map(partial(bound_by, index, other))
    return term


def bound_by(index: Index, other: Index, part: Term) -> Term | None:
    return SumOver(other, part.body.replace({index: other})) if type(part) is SumOver and part.index is index else None


def at_index(family: Term, index: Term, value: Term, part: Term) -> Term | None:
    """The value of a member of the family at the index that it has."""
    if type(part) not in (Member, Entry) or part.children[0] is not family or isinstance(part.children[1], Number):
        return None
    return value.replace({index: part.children[1]})
