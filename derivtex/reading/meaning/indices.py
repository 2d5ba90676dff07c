r"""Indices: what a subscript counts by, a number, a letter that a sum binds or none does, or a sum of such."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, same
from derivtex.core.terms import Term
from derivtex.operations import Index, Symbol
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.scripts import are_digits, are_named, between_commas, each_of, index_parts, split_at
from derivtex.reading.syntax.tree import Node, Parts, key


def index_terms(to: Elaborator, below: Parts, limits: list[Dim], node: Node) -> tuple[Term, ...]:
    """The indices in a subscript, one for each of the limits."""
    parts = between_commas(below)
    parts = index_parts(below) if len(parts) == 1 and len(limits) == 2 else parts
    if len(parts) != len(limits):
        raise SyntaxProblem(
            f"{latex(below)} is not {'an index' if len(limits) == 1 else 'two indices'}",
            way_out="write A_{ij}, or A_{i,j}",
            span=to.span(node),
        )
    return tuple(index_term(to, part, ONE, limit, node) for part, limit in zip(parts, limits, strict=True))


def index_term(to: Elaborator, part: Parts, first: Dim, last: Dim, node: Node) -> Term:
    """An index: a number, a bound or free letter, or a sum of such."""
    label = key(part)
    bound = to.scope.bound.get(label)
    if bound is not None:
        ahead = to.scope.ahead.get((key(node.parts[0].tokens), label), 0) if node.form == "script" else 0
        same(bound.first, first)
        same(bound.last + ahead, last)
        return bound
    if len(part) == 1 and are_named(part):
        known = to.scope.things.get(label)
        if known is not None and to.shape(known) == SCALAR:
            return known
        if label[0] in to.scope.sizes and not is_index_letter(label[0]):
            return to.term(to_node(to, part))
        return free_index(to, label[0], label, first, last)
    found = None if split_at(part, ":")[1] or several(to, part) else to.term(to_node(to, part))
    if found is None or to.shape(found) != SCALAR:
        raise SyntaxProblem(f"{latex(part)} is not an index", span=to.span(node))
    return found


def several(to: Elaborator, part: Parts) -> bool:
    """Whether these are indices side by side, `ic` or `i2`, which is no product of them (`2i` is one)."""
    named = [is_index_letter(latex(each)) or key(each) in to.scope.bound for each in each_of(part)]
    return any(named[:-1]) and all(named[:-1] + [named[-1] or are_digits(part[-1:])])


def free_index(to: Elaborator, letter: str, label: tuple[str, ...], first: Dim, last: Dim) -> Index:
    """An index that no sum binds."""
    if label not in to.scope.free:
        to.scope.free[label] = Index(letter, first, last)
    else:
        same(to.scope.free[label].last, last)
    return to.scope.free[label]


def family_index(to: Elaborator, node: Node, family: Symbol, below: Parts) -> Term:
    assert family.family is not None
    first, last = family.family
    return index_term(to, below, first, last, node)
