r"""An index that is written above: `x^{(i)}`, the member of a family, or the i-th column of a declared X; `A^{[2](i)}`, that of `A^{[2]}`.

Two indices below a raised mark: `A^{-1}_{ij}`, `A^T_{ij}` are entries of the inverse and the transpose.

Primes that are a part of a name, `d'_{ij}` beside a declared D'; and those of a function, `\sigma'(x)`, which are derivatives.
"""

from __future__ import annotations

from derivtex.calculus.slopes import slope_of
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Elementwise, Member, Symbol
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entries import entry
from derivtex.reading.meaning.exponents import raised
from derivtex.reading.meaning.indices import family_index, is_indexing
from derivtex.reading.meaning.slices import upper_case
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.scripts import are_counting, has_all, is_pair, marks_in
from derivtex.reading.syntax.tree import Key, Node, key

TURNED = ("transpose", "hermitian")
INVERSES = ("inverse", "inverse transpose", "pseudo-inverse")


def entry_of_raised(to: Elaborator, node: Node, base: Node) -> Term | None:
    r"""`A^{-1}_{ij}`, `A^T_{ij}`, `(AB)_{ij}^T`: the entry of the inverse or transpose of a matrix; None of anything else.

    Raise at `A^2_{ij}` and `A_{ij}^{-1}`, which may be an entry of the power or the power of an entry.
    """
    if base.form == "bracket" and base.text != "{" and node.above.form == "transpose" and has_two_indices(node):
        whole = to.term(base)
        return entry(to, node, raised(to, node._replace(below=()), whole, node.above), node.below) if to.is_matrix(whole) else None
    if base.form != "name" or not node.above or not has_two_indices(node) or not is_whole_matrix(to, node, base):
        return None
    form, entry_first = node.above.form, is_lowered_first(node)
    if form in ("star", "dagger", "entrywise"):
        return None
    square = form == "pseudo-inverse" or to.may_be_square_quietly(to.term(base))
    if form not in TURNED and square and entry_first == (form in INVERSES):
        matrix, mark, place = to.latex(base), latex(node.above), latex(node.below)
        raise to.ambiguous(
            f"{to.latex(node)} may be an entry of {matrix}^{{{mark}}} or an entry of {matrix} raised to {mark}",
            f"write ({matrix}^{{{mark}}})_{{{place}}} for the first, ({matrix}_{{{place}}})^{{{mark}}} for the second", node,
        )  # fmt: skip
    if form not in TURNED and (not square or form not in INVERSES):
        return None
    return entry(to, node, raised(to, node._replace(below=()), to.term(base), node.above), node.below)


def has_two_indices(node: Node) -> bool:
    r"""Whether what stands below counts rows and columns: `ij`, `i,j`, `12`; `X_{i\cdot}^T` is a row that is transposed."""
    plain = all(map(are_counting, marks_in(node.below)))
    return is_pair(node.below) and plain and not (has_all(node.below) and is_lowered_first(node))


def is_lowered_first(node: Node) -> bool:
    """Whether what stands below was written before what stands above."""
    return node.below[0].start < node.above[0].start


def is_whole_matrix(to: Elaborator, node: Node, base: Node) -> bool:
    """Whether a name with two indices is a matrix of which they tell an entry, and no family or number."""
    label = label_of(to.scope, base)
    if label in to.scope.templates and node.above.form in INVERSES:
        raise to.ambiguous(
            f"{to.latex(node)} may be an entry of the inverse of the matrix of all {base.text}, or the reciprocal of one",
            f"write 1/{base.text}_{{…}} for the second; define the matrix as a whole for the first", node,
        )  # fmt: skip
    if label in to.scope.families or label in to.scope.templates or (*label, "_", *key(node.below)) in to.scope.things:
        return False
    thing = to.scope.things.get(label)
    return to.is_matrix(thing) if thing is not None else conventional_kind(label) == "matrix"


def member_above(to: Elaborator, node: Node, base: Node) -> Term:
    """`x^{(i)}` where i runs: a member, an entry, a row or column, or a member of a family that nobody declared."""
    index, rest = node.above.own_index
    label = key(base.tokens)
    family = to.scope.families.get(label)
    if family is not None and not node.below and not rest:
        note_above(to, node, family)
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
    note_above(to, node, made)
    return Member(made, family_index(to, node, made, index))


def note_above(to: Elaborator, node: Node, family: Symbol) -> None:
    """Keep that the author writes the index of a family above, in such brackets."""
    brackets = [token.text for token in node.above if token.text in ("(", ")", "[", "]")]
    to.scope.spelling.above[to.scope.typed(family.name)] = "".join(brackets[-2:])


def named(to: Elaborator, name: Key) -> Term | None:
    """What is known by a name, however it is braced."""
    bare = tuple(mark for mark in name if mark not in ("{", "}"))
    found = (thing for label, thing in to.scope.things.items() if tuple(mark for mark in label if mark not in ("{", "}")) == bare)
    return next(found, None)


def name_with_index(script: Node) -> Key:
    """The name `A^{[2]}` of `A^{[2](i)}`; nothing of anything else."""
    if script.parts[0].form != "name" or not any(token.text == "(" for token in script.above):
        return ()
    _, rest = script.above.own_index
    return (*key(script.parts[0].tokens), "^", "{", *key(rest), "}") if rest else ()


def with_prime(to: Elaborator, node: Node, base: Node) -> Term | None:
    """An entry of what has the primed name; None where the prime is an operation.

    x'_i of a vector x_i is its transpose.
    """
    label = (*key(base.tokens), *(("'",) * node.primes))
    whole = declared_matrix(to, label)
    if whole is None or not node.below or to.shape(whole) == SCALAR:
        return None
    to.scope.guess(f"the prime of {to.latex(node)} is a part of the name")
    return entry(to, node, whole, node.below)


def declared_matrix(to: Elaborator, label: Key) -> Term | None:
    """The declared D' of d'."""
    known = label[:-1] in to.scope.things or not label[0].islower()
    return None if known else to.scope.declared.get((label[0].upper(), *label[1:]))


def derived(to: Elaborator, head: Node, value: Term) -> Term:
    r"""What the primes of a function make of its value: `\sigma'(x)` = σ(x)(1 − σ(x)), entry by entry."""
    primes = head.primes if head.form == "script" else 0
    if not primes:
        return value
    slope = slope_of(value) if primes == 1 and isinstance(value, Elementwise) else None
    if slope is None:
        raise to.ambiguous(
            f"the derivative {to.latex(head)} inside of a formula is not read",
            r"write it out, or ask for a derivative by \frac{\partial f}{\partial x}", head,
        )  # fmt: skip
    to.scope.guess(f"{to.latex(head)} is the derivative, taken entry by entry")
    return slope
