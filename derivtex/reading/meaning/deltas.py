r"""Two indices: Kronecker's delta by its usual name, `\delta_{ij}`, where nothing else is called δ; and which of them is fixed."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import KroneckerDelta
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.indices import index_terms
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.scripts import is_pair, marks_in
from derivtex.reading.syntax.tree import Key, Node, Parts, key


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
