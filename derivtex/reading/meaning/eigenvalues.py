r"""Eigenvalues and singular values: `\lambda_{\max}(A)`, `\lambda_i(A)`, `\sigma_{\min}(A)`; and `\lambda(A)`, which may be one or all."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Abs, Eigenvalue, Elementwise, EntryPower, Number, Product, SingularValue, Sum
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.indices import index_terms
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.source.vocabulary import FONTS
from derivtex.reading.syntax.tree import Node, Parts, key

DRESSING = (*FONTS, r"\text", r"\operatorname")
EXTREMES = {r"\max": "descending", r"\min": "ascending", "max": "descending", "min": "ascending"}
SPECTRAL = {r"\lambda": Eigenvalue, r"\sigma": SingularValue}
ONE_IS_MEANT = r"write \lambda_{\max}, \lambda_{\min}, \lambda_1 or \lambda_i for the one that is meant"


def head_base(head: Node) -> Node:
    while head.form == "script":
        head = head.parts[0]
    return head


def names_one_value(to: Elaborator, head: Node) -> bool:
    r"""Whether a head is `\lambda_{\max}` or `\lambda_1`, not itself a declared name."""
    declared = (*key(head_base(head).tokens), "_", *key(head.below)) in to.scope.declared
    return head.form == "script" and bool(head.below) and not head.above and not declared


def spectral(to: Elaborator, node: Node, head: Node, bracket: Node) -> Term | None:
    r"""`\lambda_{\max}(A)`, `\lambda_i(A)`, `\lambda(A)`, `\sigma_{\min}(A)`; None where it is no function of a matrix."""
    if len(bracket.parts) != 1:
        return None
    below = head.below if head.form == "script" else ()
    card = SPECTRAL[head_base(head).text]
    if not below and card is SingularValue:  # the logistic function: layers of it are each read once
        return None
    of = to.term(bracket)
    if not below and not to.may_be_square(of):
        return None
    if not to.is_matrix(of):
        return None
    if not below:
        return only_value(to, node, of)
    to.scope.guess(f"{to.latex(node)} is one {'singular value' if card is SingularValue else 'eigenvalue'}, not a product")
    order = order_of_extreme(below)
    if order is not None:
        return to.make(card, of, Number(1), order, node=node)
    limit = to.shape(of)[0] if card is Eigenvalue else to.shape(of)[1]
    (index,) = index_terms(to, below, [limit], node)
    order = "descending" if card is SingularValue or type(index) is Number else "ascending"
    return to.make(card, of, index, order, node=node)


def only_value(to: Elaborator, node: Node, of: Term) -> Term:
    r"""`\lambda(A)` where a gradient is asked for, so that one eigenvalue is meant."""
    if not to.scope.one_value:
        raise to.ambiguous(rf"{to.latex(node)} may be one eigenvalue or the vector of all", ONE_IS_MEANT, node)
    to.scope.guess(f"{to.latex(node)} is one simple eigenvalue, as a gradient is asked for; numbers are those of the largest")
    value = to.make(Eigenvalue, of, Number(1), "descending", node=node)
    to.scope.single_values.setdefault(value, to.span(node))
    return value


def order_of_extreme(below: Parts) -> str | None:
    r"""The order in which the value comes first that `\max`, `min` or `\mathrm{max}` names; None for another index."""
    marks = [mark for mark in key(below) if mark not in ("{", "}")]
    return EXTREMES.get("".join(marks[1:] if len(marks) > 1 and marks[0] in DRESSING else marks))


def refuse_all_values(scope: Scope, terms: list[Term]) -> None:
    """An eigenvalue that was taken for one of them must stand as a number does: transposed or normed it would be the vector of all."""
    for value, span in scope.single_values.items():
        if not all(stands_as_number(term, value, scope) for term in terms):
            raise AmbiguityError(f"{span.text} may be one eigenvalue or the vector of all", way_out=ONE_IS_MEANT, span=span)


def stands_as_number(term: Term, value: Term, scope: Scope) -> bool:
    """Whether all that holds a value, from a term down, are sums, products and functions of numbers."""
    if term is value or not term.contains(value):
        return True
    usual = isinstance(term, Sum | Product | EntryPower | Elementwise) and not isinstance(term, Abs)
    return usual and scope.unifier.shape(term.shape) == SCALAR and all(stands_as_number(part, value, scope) for part in term.children)
