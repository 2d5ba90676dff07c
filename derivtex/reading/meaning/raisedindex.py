r"""An index that is written above: `x^{(i)}`, the member of a family, or the i-th column of a declared X; `A^{[2](i)}`, that of `A^{[2]}`."""

from __future__ import annotations

from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Member
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entries import entry
from derivtex.reading.meaning.indices import family_index
from derivtex.reading.meaning.slices import upper_case
from derivtex.reading.meaning.subscripts import is_indexing
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.tree import Key, Node, Parts, key


def member_above(to: Elaborator, node: Node, base: Node) -> Term:
    """`x^{(i)}` where i runs: a member, an entry, a row or column, or a member of a family that nobody declared."""
    index, rest = own_index(node.above)
    label = key(base.tokens)
    family = to.scope.families.get(label)
    if family is not None and not node.below and not rest:
        return Member(family, family_index(to, node, family, index))
    whole = named(to, (*label, *key(node.below), *(("^", *key(rest)) if rest else ())))
    if whole is None and node.below and not rest and is_indexing(to, node.below):  # `x_j^{(i)}`: of the member x^{(i)} the entry j
        member = member_above(to, node._replace(below=()), base)
        if to.is_vector(member):
            return entry(to, node, member, node.below)
    if whole is None and not rest and not node.below:
        whole = to.term(base) if label in to.scope.alone else upper_case(to, label)
    if whole is not None and to.shape(whole) != SCALAR:
        to.scope.guess(f"{to.latex(node)} is what belongs to {latex(index)} in {to.scope.typed(getattr(whole, 'name', base.text))}")
        return entry(to, node, whole, index)
    if whole is not None or node.below or rest or len(index) != 1:
        raise to.ambiguous(f"{to.latex(node)} is not known", f"declare it, {to.latex(node)} : vector n for i = 1..N", node)
    kind = to.scope.kinds.get(label, "family vector").removeprefix("family ")
    made = to.guessed_family(node, base, label, kind, index)
    return Member(made, family_index(to, node, made, index))


def own_index(above: Parts) -> tuple[Parts, Parts]:
    """What stands in the last brackets above a name, and what stands before them."""
    begin = max(at for at, token in enumerate(above) if token.text in ("(", "["))
    return tuple(token for token in above[begin:] if token.text not in ("(", ")", "[", "]")), above[:begin]


def named(to: Elaborator, name: Key) -> Term | None:
    """What is known by a name, however it is braced."""
    bare = tuple(mark for mark in name if mark not in ("{", "}"))
    found = (thing for label, thing in to.scope.things.items() if tuple(mark for mark in label if mark not in ("{", "}")) == bare)
    return next(found, None)


def name_with_index(script: Node) -> Key:
    """The name `A^{[2]}` of `A^{[2](i)}`; nothing of anything else."""
    if script.parts[0].form != "name" or not any(token.text == "(" for token in script.above):
        return ()
    _, rest = own_index(script.above)
    return (*key(script.parts[0].tokens), "^", "{", *key(rest), "}") if rest else ()
