r"""Two indices below a raised mark: `A^{-1}_{ij}`, `A^T_{ij}` are entries of the inverse and the transpose."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entries import entry
from derivtex.reading.meaning.exponents import raised
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import HERMITIANS, TRANSPOSES
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.scripts import are_counting, has_all, is_pair, marks_in
from derivtex.reading.syntax.tree import Key, Node, key


def entry_of_raised(to: Elaborator, node: Node, base: Node) -> Term | None:
    r"""`A^{-1}_{ij}`, `A^T_{ij}`, `(AB)_{ij}^T`: the entry of the inverse or transpose of a matrix; None of anything else.

    Raise at `A^2_{ij}` and `A_{ij}^{-1}`, which may be an entry of the power or the power of an entry.
    """
    if base.form == "bracket" and base.text != "{" and node.above and has_two_indices(node) and key(node.above) in TRANSPOSES:
        whole = to.term(base)
        return entry(to, node, raised(to, node._replace(below=()), whole, node.above), node.below) if to.is_matrix(whole) else None
    if base.form != "name" or not node.above or not has_two_indices(node) or not is_whole_matrix(to, node, base):
        return None
    label, entry_first = key(node.above), is_lowered_first(node)
    if label in (("*",), (r"\dagger",)) or label[0] in (r"\odot", r"\circ"):
        return None
    transposes = label in TRANSPOSES or label in HERMITIANS
    square = label == ("+",) or to.may_be_square_quietly(to.term(base))
    if not transposes and square and entry_first == is_raised_inverse(label):
        matrix, mark, place = to.latex(base), latex(node.above), latex(node.below)
        raise to.ambiguous(
            f"{to.latex(node)} may be an entry of {matrix}^{{{mark}}} or an entry of {matrix} raised to {mark}",
            f"write ({matrix}^{{{mark}}})_{{{place}}} for the first, ({matrix}_{{{place}}})^{{{mark}}} for the second", node,
        )  # fmt: skip
    if not transposes and (not square or not is_raised_inverse(label)):
        return None
    return entry(to, node, raised(to, node._replace(below=()), to.term(base), node.above), node.below)


def has_two_indices(node: Node) -> bool:
    r"""Whether what stands below counts rows and columns: `ij`, `i,j`, `12`; `X_{i\cdot}^T` is a row that is transposed."""
    plain = all(map(are_counting, marks_in(node.below)))
    return is_pair(node.below) and plain and not (has_all(node.below) and is_lowered_first(node))


def is_lowered_first(node: Node) -> bool:
    """Whether what stands below was written before what stands above."""
    return node.below[0].start < node.above[0].start


def is_raised_inverse(label: Key) -> bool:
    """Whether what is raised is −1, −T or the + of a pseudo-inverse."""
    return label[:1] == ("-",) and (label[1:] == ("1",) or label[1:] in TRANSPOSES or label[2:] in TRANSPOSES) or label == ("+",)


def is_whole_matrix(to: Elaborator, node: Node, base: Node) -> bool:
    """Whether a name with two indices is a matrix of which they tell an entry, and no family or number."""
    label = label_of(to.scope, base)
    if label in to.scope.templates and is_raised_inverse(key(node.above)):
        raise to.ambiguous(
            f"{to.latex(node)} may be an entry of the inverse of the matrix of all {base.text}, or the reciprocal of one",
            f"write 1/{base.text}_{{…}} for the second; define the matrix as a whole for the first", node,
        )  # fmt: skip
    if label in to.scope.families or label in to.scope.templates or (*label, "_", *key(node.below)) in to.scope.things:
        return False
    thing = to.scope.things.get(label)
    return to.is_matrix(thing) if thing is not None else conventional_kind(label) == "matrix"
