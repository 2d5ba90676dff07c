"""What a subscript is made of: indices, numbers, letters that run."""

from __future__ import annotations

from collections.abc import Container, Iterator

from derivtex.core.shapes import SCALAR, Shape
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.slices import ALL
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.tree import Key, Node, key


def subscript(below: tuple[Token, ...]) -> str:
    text = latex(below)
    return text if len(text) == 1 else f"{{{text}}}"


def has_bound(to: Elaborator, below: tuple[Token, ...]) -> bool:
    return any(key((token,)) in to.scope.bound for token in below)


def is_indexing(to: Elaborator, below: tuple[Token, ...]) -> bool:
    """Whether a subscript consists of indices: numbers, bound letters, letters that are used as indices."""
    for token in below:
        if (
            token.kind == "digit"
            or token.is_mark(",", "+", "-", *ALL)
            or key((token,)) in to.scope.bound
            or key((token,)) in to.scope.free
        ):
            continue
        if token.kind not in ("letter", "macro"):
            return False
        known = to.scope.things.get(key((token,)))
        if not (
            is_index_letter(token.text)
            or token.text in to.scope.sizes
            or (known is not None and to.shape(known) == SCALAR)
            or len(below) > 1
        ):
            return False
    return True


def is_zeroth(scope: Scope, label: Key, below: tuple[Token, ...]) -> bool:
    """Whether this is w_0 beside a vector or family w that nobody declared, which has no entry 0: a name of its own."""
    declared = label in scope.declared or (label in scope.families and label not in scope.guessed)
    return key(below) == ("0",) and not declared


def of_member(below: tuple[Token, ...], count: int, shape: Shape) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Of the indices of `p_{ic}`, the first `count`, which tell the member, and those of the entry of that vector or matrix."""
    letters = tuple(token for token in below if not token.is_mark(","))
    if shape == SCALAR or len(letters) not in (count + 1, count + 2) or not all(token.kind in ("letter", "digit", "macro") for token in letters):
        return below, ()
    if len(letters) == len(below) and letters[0].kind == "digit":
        return below, ()  # x_{2i} and x_{12} are one index
    return letters[:count], letters[count:]


def members_of(label: Key) -> Key:
    """The key under which it is known what the members x_i are beside an x of the same letter."""
    return (*label, "_", "members")


def may_belong(scope: Scope, label: Key, below: tuple[Token, ...], runs: bool) -> bool:
    r"""Whether a small letter with indices may be an entry, row or column of the capital matrix: not a_1 beside an A that nobody declared.

    runs: whether an index runs here.
    """
    declared = (*label[:-1], label[-1].upper()) in scope.declared
    return runs or declared or len([token for token in below if not token.is_mark(",")]) == 2


def only_index(node: Node, bound: Container[Key]) -> tuple[Token, ...]:
    r"""The one letter that counts in subscripts below a node and runs nowhere: that over which `\sum x_i y_i` runs. Empty where there are several."""
    found: dict[str, Token] = {}
    stack = [node]
    while stack:
        node = stack.pop()
        stack.extend(node.parts)
        if node.form == "script":
            found.update((token.text, token) for token in node.below if is_index_letter(token.text) and key((token,)) not in bound)
    return tuple(found.values()) if len(found) == 1 else ()


def names_below(node: Node) -> Iterator[Node]:
    """The names of a tree, those in scripts left out."""
    stack = [node]
    while stack:
        node = stack.pop()
        stack.extend(node.parts)
        if node.form == "name":
            yield node


def only_in_scripts(node: Node, letters: Container[str]) -> bool:
    """Whether letters stand in a tree as indices alone."""
    return not any(part.text in letters for part in names_below(node))


def are_indices(bound: Container[Key], below: tuple[Token, ...]) -> bool:
    """Whether two indices that run stand below a name."""
    letters = [token for token in below if not token.is_mark(",")]
    return len(letters) == 2 and all(key((letter,)) in bound for letter in letters)
