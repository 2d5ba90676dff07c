r"""A base with what stands above, below and behind it: which of these rooms it belongs to.

X^{T}  X'  X^{-1}  X^{-T}  X^{+}  X^{*}  X^{\odot 2}  X^{1/2}  x^2  e^{x}        x_i  A_{ij}  X_{i\cdot}        |X|  \|x\|_2
"""

from __future__ import annotations

from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import (
    Block,
    CrossMatrix,
    Exp,
    MatrixExp,
    Ones,
    Product,
    Relu,
    Transpose,
)  # fmt: skip
from derivtex.reading.meaning.applied import is_function_of_matrix
from derivtex.reading.meaning.conventions import guessed
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.meaning.entries import lowered, zero_of_size
from derivtex.reading.meaning.exponents import mark_label, raised, refuse_scalar
from derivtex.reading.meaning.names import barred_with_script
from derivtex.reading.meaning.norms import norm
from derivtex.reading.meaning.raisednames import entry_of_raised, member_above, with_prime
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import FONTS
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.scripts import is_cross_matrix
from derivtex.reading.syntax.tree import Node, key

EULER = frozenset((("e",), (r"\mathrm", "e"), (r"\rm", "e"), (r"\text", "e"), (r"\mathsf", "e"), ("{", r"\rm", "e", "}")))


def script(to: Elaborator, node: Node) -> Term:
    """A base with what stands above and below it."""
    base = node.parts[0]
    bars_node = base.parts[0] if base.form == "bracket" and base.text == "{" and base.parts[0].form == "bars" else base
    if bars_node.form == "bars":
        value = norm(to, node, bars_node, node.below)
    elif base.form == "name" and not node.below and key(base.tokens) in EULER and node.above and not names_a_thing(to):
        return exponential(to, node)
    elif base.form == "number" and base.text == "1" and node.above.form == "transpose":
        value = Ones(to.scope.unknown(base), ONE)
    elif node.above.form == "transpose" and not node.below and (numbers := numbers_listed(to, base)) is not None:
        value = numbers
    elif base.form == "number" and base.text == "0" and node.below:
        value = zero_of_size(to, node)
    else:
        special = name_with_mark(to, node, base) or entry_of_raised(to, node, base)
        if special is not None:
            return special
        if base.form == "angle" and node.below:
            value = weighted(to, node, base)
        elif base.form == "bracket" and key(node.below) == ("+",):
            value = Relu(to.term(base))
        elif is_cross_matrix(node):
            value = to.make(CrossMatrix, to.term(base), node=node)
        else:
            value = (barred_with_script(to, node) or lowered(to, node, base)) if node.below else to.term(base)
    if node.primes:
        value = primed(to, node, value)
    return raised(to, node, value, node.above) if node.above else value


def numbers_listed(to: Elaborator, base: Node) -> Term | None:
    r"""The row of numbers that `(a, b)^T` transposes; None of anything else."""
    if base.form != "bracket" or len(base.parts) < 2 or base.text not in ("(", "["):
        return None
    cells = tuple(to.term(part) for part in base.parts)
    return Block(cells, len(cells)) if all(to.shape(cell) == (ONE, ONE) for cell in cells) else None


def typed(to: Elaborator, node: Node, base: Node) -> str:
    """A name with what is raised as its author typed it; of the x^{(1)} in `x^{(1)T}`, which is nowhere typed, as it is written."""
    text = to.latex(node)
    return text if text.count("{") == text.count("}") else f"{to.latex(base)}^{{{latex(node.above)}}}"


def names_a_thing(to: Elaborator) -> bool:
    """Whether the letter e is a name in this source."""
    return ("e",) in to.scope.things or ("e",) in to.scope.kinds


def exponential(to: Elaborator, node: Node) -> Term:
    """`e^{x}`: the exponential; of a square matrix that of the matrix."""
    of = to.term(node.above.tree or to_node(to, node.above))
    if "exp" not in to.scope.elementwise and is_function_of_matrix(to, node, "exp", of):
        to.scope.spelling.marks.setdefault("MatrixExp", "e")
        return MatrixExp(of)
    to.scope.spelling.marks.setdefault("Exp", "e")
    return Exp(of)


def weighted(to: Elaborator, node: Node, base: Node) -> Term:
    r"""`\langle A, B\rangle_F`, and `\langle x, y\rangle_S` = x^T S y."""
    if "".join(mark for mark in key(node.below) if mark not in FONTS) in ("F", "2", "{Fro}"):
        return to.term(base)
    left, weight, right = to.term(base.parts[0]), to.term(to_node(to, node.below)), to.term(base.parts[1])
    if not (to.is_vector(left) and to.is_vector(right) and to.is_matrix(weight)):
        raise to.ambiguous(f"the index of {to.latex(node)} is not known", r"known are F, and a matrix as weight of two vectors", node)
    return to.make(Product, (Transpose(left), weight, right), node=node)


def name_with_mark(to: Elaborator, node: Node, base: Node) -> Term | None:
    r"""A name that its raised mark belongs to, `W^{[1]}`, `\theta^{(k)}`, `x^*`, `P_k^-`; None where the mark is an operation."""
    if base.form == "name" and node.primes and not node.above:
        return with_prime(to, node, base)
    if base.form != "name" or not node.above or node.primes:
        return None
    form = node.above.form
    if form == "label" and any(key((token,)) in to.scope.bound for token in node.above):
        return member_above(to, node, base)
    known = key(base.tokens) in to.scope.things
    known = known or to.scope.adjoint or key(base.tokens) in to.scope.families
    if form in ("label", "before") or (form == "star" and not known):
        label = mark_label(node)
        found = to.scope.things.get(label)
        return found if found is not None else guessed(to.scope, typed(to, node, base), label, conventional_kind(key(base.tokens)))
    return None


def primed(to: Elaborator, node: Node, value: Term) -> Term:
    """`X'`: the transpose; `X''` is the matrix itself."""
    refuse_scalar(to, node, value)
    if to.shape(value) == SCALAR and node.parts[0].form == "name":
        raise to.ambiguous(
            f"{to.latex(node)} may be a name of its own or a derivative",
            f"declare it, {to.latex(node)} : scalar, or write the transpose as ^T",
            node,
        )
    if node.parts[0].form != "bracket":  # which is no name
        to.scope.transposed_by.setdefault("'", to.span(node))
    to.scope.spelling.marks.setdefault("Transpose", "'")
    for _ in range(node.primes):
        value = Transpose(value)
    return value
