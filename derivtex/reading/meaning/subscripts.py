"""What a subscript is made of: indices, numbers, letters that run."""

from __future__ import annotations

from collections.abc import Container

from derivtex.core.shapes import SCALAR, Shape
from derivtex.reading.meaning.elaboration import Elaborator, names_in
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.scripts import are_counting, are_digits, are_indices, has_comma, is_pair, marks_in
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk


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
    """Whether this is w_0 beside a vector or family w that nobody declared, which has no entry 0: a name of its own."""
    declared = label in scope.declared or (label in scope.families and label not in scope.guessed)
    return key(below) == ("0",) and not declared


def of_member(below: Parts, count: int, shape: Shape) -> tuple[Parts, Parts]:
    """Of the indices of `p_{ic}`, the first `count`, which tell the member, and those of the entry of that vector or matrix."""
    letters = tuple(mark for part in marks_in(below) for mark in part)
    if shape == SCALAR or len(letters) not in (count + 1, count + 2) or not are_counting(letters):
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
