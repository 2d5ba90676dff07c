r"""A base with what stands above and below it, while kinds are sought."""

from __future__ import annotations

from derivtex.core.shapes import Dim
from derivtex.reading.meaning.exponents import mark_label
from derivtex.reading.meaning.kinds.candidates import Candidate
from derivtex.reading.meaning.kinds.exponents import raised, starred, transposed
from derivtex.reading.meaning.kinds.indices import entry, is_indexing, lowered, upper_case_of
from derivtex.reading.meaning.kinds.names import ANY, PLAIN, known, variable
from derivtex.reading.meaning.kinds.sizes import LARGE, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import Walker
from derivtex.reading.meaning.kinds.words import bars, exponential
from derivtex.reading.meaning.powers import EULER as EXPONENTIALS
from derivtex.reading.meaning.raisednames import INVERSES, TURNED, has_two_indices
from derivtex.reading.syntax.letters import EULER, conventional_kind
from derivtex.reading.syntax.scripts import is_cross_matrix
from derivtex.reading.syntax.tree import Node, key


def script(walker: Walker, node: Node) -> Outline:
    """A base with what stands above and below it."""
    base = node.parts[0]
    fence = base.parts[0] if base.form == "bracket" and base.text == "{" and base.parts[0].form == "bars" else base
    if fence.form == "bars":
        value = bars(walker, node, fence)
    elif base.form == "name" and not node.below and node.above and key(base.tokens) in EXPONENTIALS and not e_is_a_name(walker):
        return exponential(walker, node, node.above.tree or walker.parse(node.above))
    elif base.form == "number" and base.text == "1" and node.above.form == "transpose":
        value = Outline(walker.sizes.new(LARGE), 0)
    elif base.form == "number" and base.text == "0" and node.below:
        value = ANY
    elif is_cross_matrix(node):
        value = cross_matrix(walker, node, walker.outline(base))
    elif base.form == "angle":
        value = walker.outline(base) if key(node.below) in ((), ("F",)) else SCALAR
    elif base.form == "name" and node.above and not node.primes and (own := marked(walker, node, base)) is not None:
        return own
    elif base.form == "name" and is_entry_of_raised(walker, node, base):
        return SCALAR._replace(names=raised(walker, node, walker.outline(base), node.above).names)
    else:
        value = lowered(walker, node, base) if node.below else walker.outline(base)
    for _ in range(node.primes):
        value = transposed(walker, node, value)
    return raised(walker, node, value, node.above) if node.above else value


def cross_matrix(walker: Walker, node: Node, of: Outline) -> Outline:
    r"""`[a]_\times` of a column of three entries."""
    three = walker.sizes.new(Dim.of(3))
    if of.is_known and not (walker.sizes.unify(of.columns, 0, of.names) and walker.sizes.unify(of.rows, three, of.names)):
        walker.blame(node, walker.blamed(of), "cross product", None, node.parts[0])
    return Outline(three, three, of.names)


def is_entry_of_raised(walker: Walker, node: Node, base: Node) -> bool:
    r"""Whether this is `A^{-1}_{ij}` or `A^T_{ij}`: an entry of what is inverted or transposed first."""
    if node.above.form not in (*TURNED, *INVERSES) or not has_two_indices(node):
        return False
    label = walker.label(base)
    if label in walker.scope.families or label in walker.scope.templates or walker.is_known((*label, "_", *key(node.below))):
        return False
    return not walker.is_scalar(walker.outline(base)) if walker.is_known(label) else conventional_kind(label) == "matrix"


def e_is_a_name(walker: Walker) -> bool:
    return EULER in walker.scope.things or EULER in walker.scope.kinds or walker.chosen.get(EULER, Candidate("number")).kind != "number"


def marked(walker: Walker, node: Node, base: Node) -> Outline | None:
    r"""`W^{[1]}`, `\theta^{(k)}`, `x^*`: a name of its own, or a member where the index runs; None where the mark is an operation."""
    if node.above.form in ("label", "before"):
        if any(key((token,)) in walker.bound for token in node.above):
            return member_above(walker, node, base)
        label = mark_label(node)
        return known(walker, label) or variable(walker, label, PLAIN)
    if node.above.form != "star":
        return None
    return starred(walker, lowered(walker, node, base) if node.below else walker.outline(base))


def member_above(walker: Walker, node: Node, base: Node) -> Outline:
    """`x^{(i)}` where i runs."""
    index, rest = node.above.own_index
    label = key(base.tokens)
    family = walker.scope.families.get(label)
    if family is not None:
        return walker.from_shape(family)
    if node.below and not rest and len(index) == 1 and is_indexing(walker, node.below):
        return SCALAR._replace(names=member_above(walker, node._replace(below=()), base).names)
    if node.below or rest or len(index) != 1:
        return ANY
    if walker.is_known(label) or walker.uses.get(label, PLAIN).plain:
        return entry(walker, node, walker.outline(base), index)
    whole = upper_case_of(walker, label)
    if whole is not None:
        return entry(walker, node, whole, index)
    return variable(walker, label, walker.uses[label])
