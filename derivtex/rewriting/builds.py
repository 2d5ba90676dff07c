"""How a term is built, as far as it tells which rules can fit it: terms that are built alike share the rules that are tried."""

from __future__ import annotations

from dataclasses import dataclass

from derivtex.core.terms import Term, bits_of
from derivtex.operations import Member, Symbol

MANY = 3  # children: no pattern asks for more
MOST = 10_000  # that are remembered
DECLARED = {"orthogonal": "orthogonal", "declared orthogonal": "orthogonal", "declared skew": "skew", "sum-one": "sum-one", "unit": "unit"}  # conditions that nothing but a name meets, of which that was declared
Pair = tuple[type[Term], type[Term] | None]


@dataclass(slots=True, eq=False)
class Build:
    """How a term is built: its card, that of its first child, those of its children and all in it, how many children it has, and how many scalars.

    No more than MANY are counted; a child whose sizes are not known yet may be a scalar.
    inside: the cards of the children, each with that of its own first child. declared: what is said of the names among the children.
    Terms that are built alike share one of these, so it is looked up by itself.
    """

    head: type[Term]
    first: type[Term] | None
    parts: int
    bits: int
    width: int
    scalars: int
    inside: frozenset[Pair]
    declared: frozenset[str]


_known: dict[tuple[object, ...], Build] = {}


def build(term: Term) -> Build:
    """How a term is built."""
    children = term.children
    inside = frozenset([(type(part), type(part.children[0]) if part.children else None) for part in children])
    declared: frozenset[str] = frozenset().union(*map(declarations, children))
    scalars = sum([part.is_scalar or "is_scalar" not in part.__dict__ for part in children])  # remembered where the sizes are known
    first = type(children[0]) if children else None
    key = type(term), first, bits_of(map(type, children)), term.bits, min(len(children), MANY), min(scalars, MANY), inside, declared
    found = _known.get(key)
    if found is None:
        if len(_known) > MOST:
            _known.clear()  # terms keep what they have; another one like it is as good
        found = _known[key] = Build(*key)
    return found


def declarations(term: Term) -> tuple[str, ...]:
    """What was declared of a name, or of the members of a family."""
    name = term.family if type(term) is Member else term
    found: tuple[str, ...] = name.properties if type(name) is Symbol else ()
    return found
