"""A formula by itself, when all its names are known: for what derivtex has written, and for tests that read it back."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.errors import Source
from derivtex.core.shapes import inferring
from derivtex.core.terms import Term
from derivtex.operations import Symbol
from derivtex.reading.meaning.forms import elaborator
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.scoping import declare_name
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.declarations import declaration
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.tree import key

PASSES = 4


def read_formula(latex: str, symbols: dict[str, Symbol], functions: Iterable[str] = ()) -> Term:
    """The term that a formula means when these are the names, and these the functions that act on entries; every size that they name is known."""
    source = Source(latex)
    scope = scope_with(symbols)
    for name in functions:
        declare_name(scope, declaration(f"{name} : function elementwise")[0])
    to = elaborator(scope, source)
    to.differentials = to.gradients = True
    node = parse(tokens(source), source, scope.lexicon)
    with inferring(scope.unifier):
        before = -1
        for _ in range(PASSES):
            found = to.term(node)
            if len(scope.unifier.found) == before:
                break
            before = len(scope.unifier.found)
    return Settling(scope).term(found)


def scope_with(symbols: dict[str, Symbol]) -> Scope:
    """A scope in which exactly these names are declared."""
    scope = Scope(fills=True, own=True)
    for symbol in symbols.values():
        name = tokens(Source(symbol.name))
        scope.lexicon.add(name, symbol.name)
        scope.note_sizes(*symbol.size, *(symbol.family or ()))
        if symbol.family is not None:
            scope.families[key(name)] = symbol
        else:
            scope.things[key(name)] = scope.declared[key(name)] = symbol
    return scope
