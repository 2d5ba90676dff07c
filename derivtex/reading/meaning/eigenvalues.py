r"""Eigenvalues and singular values: `\lambda_{\max}(A)`, `\lambda_i(A)`, `\sigma_{\min}(A)`; and `\lambda(A)`, which may be one or all.

Eigenpairs: of Au = \lambda u, λ is a simple eigenvalue of A and u its eigenvector of unit length; the equation is their definition.
"""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term, Terms
from derivtex.operations import Abs, Eigenvalue, Eigenvector, Elementwise, EntryPower, Norm, Number, Product, SingularValue, Sum, Symbol, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Claim, Definition
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


FIRST, ORDER = Number(1), "descending"


def eigenpair(claim: Claim) -> tuple[Symbol, Symbol, Term] | None:
    """λ, u and A of Au = λu; None of any other equation."""
    for scaled, whole in ((claim.right, claim.left), (claim.left, claim.right)):
        match scaled:
            case Product((Symbol() as value, Symbol() as vector)) if value.is_scalar and not vector.is_scalar and vector.shape[1] == ONE:
                of = before(factors_of(whole), vector)
                if of is not None and not of.contains(value) and not of.contains(vector):
                    return value, vector, of
    return None


def before(factors: Terms, vector: Symbol) -> Term | None:
    """The square matrix of factors that end with a vector."""
    if len(factors) < 2 or factors[-1] is not vector:
        return None
    of = Product(factors[:-1]) if len(factors) > 2 else factors[0]
    return of if of.shape == (vector.shape[0], vector.shape[0]) else None


def as_definitions(claim: Claim) -> tuple[Definition, ...]:
    """The definitions of the two names of an eigenpair; the length of u is one, as its card's is."""
    found = eigenpair(claim)
    if found is None:
        return ()
    value, vector, of = found
    return (
        Definition(value, Eigenvalue(of, FIRST, ORDER), claim.span, (claim.left, claim.right)),
        Definition(vector, Eigenvector(of, FIRST, ORDER, "right"), claim.span, (vector.T * vector, Number(1))),
    )


def has_unit_length(vector: Symbol, claims: list[Claim]) -> bool:
    """Whether it is said that uᵀu = 1 or ‖u‖ = 1."""
    sides = [pair for claim in claims for pair in ((claim.left, claim.right), (claim.right, claim.left))]
    return any(other is Number(1) and is_length(side, vector) for side, other in sides)


def is_length(side: Term, vector: Symbol) -> bool:
    if type(side) is Product:
        return side.factors == (Transpose(vector), vector)
    return any(type(part) is Norm and part.children[0] is vector for part in side.walk())
