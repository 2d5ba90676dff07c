r"""Indices: what a subscript counts by, a number, a letter that a sum binds or none does, or a sum of such.

What a subscript is made of: indices, numbers, letters that run.

Two indices: Kronecker's delta by its usual name, `\delta_{ij}`, where nothing else is called δ; and which of them is fixed.
"""

from __future__ import annotations

from collections.abc import Container

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, same
from derivtex.core.terms import Term
from derivtex.operations import Index, KroneckerDelta, Symbol
from derivtex.reading.meaning.elaboration import Elaborator, names_in, to_node
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.scripts import (
    are_counting,
    are_digits,
    are_indices,
    are_named,
    between_commas,
    each_of,
    has_comma,
    index_parts,
    is_pair,
    marks_in,
    split_at,
)
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk


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
        behind, ahead = to.scope.ahead.get((key(node.parts[0].tokens), label), (0, 0)) if node.form == "script" else (0, 0)
        same(bound.first + behind, first)
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


def kronecker(to: Elaborator, node: Node, label: Key) -> Term | None:
    """The delta of the two indices below; None of another name, or where δ is something else."""
    if label != (r"\delta",) or label in to.scope.things or not counts_twice(to, node.below):
        return None
    size = to.scope.unknown(node, large=False)
    return KroneckerDelta(*index_terms(to, node.below, [size, size], node))


def counts_twice(to: Elaborator, below: Parts) -> bool:
    """Whether two indices stand below."""
    known = (to.scope.bound, to.scope.free)
    return is_pair(below) and all(is_index_letter(latex(each)) or any(key(each) in of for of in known) for each in marks_in(below))


def is_fixed(to: Elaborator, relation: str, letters: list[Parts]) -> bool:
    r"""Whether the i of `\sum_{k\ne i}` is that of the line, as of `\frac{\partial L}{\partial z_i} = …`: it runs nowhere, and k does."""
    free = [key(letter) in to.scope.free for letter in letters]
    return to.differentials and relation == r"\ne" and free == [False, True]


def has_bound(to: Elaborator, below: Parts) -> bool:
    return any(key(part) in to.scope.bound for part in marks_in(below))


def is_indexing(to: Elaborator, below: Parts) -> bool:
    """Whether a subscript consists of indices: numbers, bound letters, letters that are used as indices."""

    def is_index(part: Parts) -> bool:
        label = key(part)
        known = to.scope.things.get(label)
        runs = label in to.scope.bound or label in to.scope.free or is_index_letter(label[0]) or label[0] in to.scope.sizes
        return runs or (known is not None and to.shape(known) == SCALAR)

    return are_indices(below, is_index if len(below) == 1 else lambda part: True)


def is_zeroth(scope: Scope, label: Key, below: Parts) -> bool:
    """Whether this is w_0 beside a vector w that nobody declared or a family that begins with w_1: a name of its own, as there is no entry 0."""
    family = scope.families.get(label)
    if key(below) != ("0",) or label in scope.declared:
        return False
    return family is None or label in scope.guessed or family.family is None or scope.unifier.resolve(family.family[0]) == ONE


def of_member(below: Parts, count: int, is_number: bool) -> tuple[Parts, Parts]:
    """Of the indices of `p_{ic}`, the first `count`, which tell the member, and those of the entry of that vector or matrix; a number has none."""
    letters = tuple(mark for part in marks_in(below) for mark in part)
    if is_number or len(letters) not in (count + 1, count + 2) or not are_counting(letters):
        return below, ()
    if not has_comma(below) and are_digits(letters[:1]):
        return below, ()  # x_{2i} and x_{12} are one index
    return letters[:count], letters[count:]


def members_of(label: Key) -> Key:
    """The key under which it is known what the members x_i are beside an x of the same letter."""
    return (*label, "_", "members")


def may_belong(scope: Scope, label: Key, below: Parts, runs: bool) -> bool:
    r"""Whether a small letter with indices may be an entry, row or column of the capital matrix: not a_1 beside an A that nobody declared.

    runs: whether an index runs here.
    """
    declared = (*label[:-1], label[-1].upper()) in scope.declared
    return runs or declared or is_pair(below)


def only_index(node: Node, bound: Container[Key]) -> Parts:
    r"""The one letter that counts in subscripts below a node and runs nowhere: that over which `\sum x_i y_i` runs. Empty where there are several."""
    found: dict[Key, Parts] = {}
    for script in walk(node):
        if script.form == "script":
            found.update((key(part), part) for part in marks_in(script.below) if is_index_letter(latex(part)) and key(part) not in bound)
    return next(iter(found.values())) if len(found) == 1 else ()


def only_in_scripts(node: Node, letters: Container[str]) -> bool:
    """Whether letters stand in a tree as indices alone."""
    return not any(part.text in letters for part in names_in(node))


def run_below(bound: Container[Key], below: Parts) -> bool:
    """Whether two indices that run stand below a name."""
    return is_pair(below) and all(key(letter) in bound for letter in marks_in(below))
