r"""Indices: what a subscript counts by, a number, a letter that a sum binds or none does, or a sum of such."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, same
from derivtex.core.terms import Term
from derivtex.operations import Index, Symbol
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.tree import Node, key


def index_terms(to: Elaborator, below: tuple[Token, ...], limits: list[Dim], node: Node) -> tuple[Term, ...]:
    """The indices in a subscript, one for each of the limits."""
    parts = [part for part in by_marks(below, ",") if part]
    if len(parts) == 1 and len(limits) == 2:
        parts = [(token,) for token in below]
    if len(parts) != len(limits):
        raise SyntaxProblem(
            f"{latex(below)} is not {'an index' if len(limits) == 1 else 'two indices'}",
            way_out="write A_{ij}, or A_{i,j}",
            span=to.span(node),
        )
    return tuple(index_term(to, part, ONE, limit, node) for part, limit in zip(parts, limits, strict=True))


def index_term(to: Elaborator, part: tuple[Token, ...], first: Dim, last: Dim, node: Node) -> Term:
    """An index: a number, a bound or free letter, or a sum of such."""
    label = key(part)
    bound = to.scope.bound.get(label)
    if bound is not None:
        ahead = to.scope.ahead.get((key(node.parts[0].tokens), label), 0) if node.form == "script" else 0
        same(bound.first, first)
        same(bound.last + ahead, last)
        return bound
    if len(part) == 1 and part[0].kind in ("letter", "macro"):
        known = to.scope.things.get(label)
        if known is not None and to.shape(known) == SCALAR:
            return known
        if part[0].text in to.scope.sizes and not is_index_letter(part[0].text):
            return to.term(to_node(to, part))
        return free_index(to, part[0].text, label, first, last)
    found = None if any(token.is_mark(":") for token in part) or several(to, part) else to.term(to_node(to, part))
    if found is None or to.shape(found) != SCALAR:
        raise SyntaxProblem(f"{latex(part)} is not an index", span=to.span(node))
    return found


def several(to: Elaborator, part: tuple[Token, ...]) -> bool:
    """Whether these are indices side by side, `ic` or `i2`, which is no product of them (`2i` is one)."""
    named = [is_index_letter(token.text) or key((token,)) in to.scope.bound for token in part]
    return any(named[:-1]) and all(named[:-1] + [named[-1] or part[-1].kind == "digit"])


def free_index(to: Elaborator, letter: str, label: tuple[str, ...], first: Dim, last: Dim) -> Index:
    """An index that no sum binds."""
    if label not in to.scope.free:
        to.scope.free[label] = Index(letter, first, last)
    else:
        same(to.scope.free[label].last, last)
    return to.scope.free[label]


def family_index(to: Elaborator, node: Node, family: Symbol, below: tuple[Token, ...]) -> Term:
    assert family.family is not None
    first, last = family.family
    return index_term(to, below, first, last, node)
