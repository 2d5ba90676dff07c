"""What a function is at a solution that a decomposition gives: an eigenvalue, or what a nuclear norm leaves of a sum of squares.

Horn and Johnson, Matrix Analysis, sec. 4.2 (Rayleigh quotients) and 7.4 (Procrustes); what is found here is tried with numbers as well.
"""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.stationary.decompositions import Decomposed
from derivtex.derivation.stationary.eigen import Pencil, is_plain
from derivtex.derivation.stationary.inside import multiplied_out
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import Bound, gradient_of, opened
from derivtex.derivation.stationary.linear import UNIT, Part, linear_in, number_of_identity
from derivtex.operations import (
    Eigenvalue,
    Eigenvectors,
    EntryPower,
    Identity,
    Index,
    Inverse,
    Norm,
    NuclearNorm,
    Number,
    OrthogonalFactor,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    zero,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation

HALF = Fraction(1, 2)


def optimum(bound: Bound, name: Symbol, derivation: Derivation, found: Decomposed) -> Term | None:
    """The value of the function at the solution of its one unknown; None where it has no short form."""
    still = {each: zero(each.shape) for each in bound.multipliers}
    body = opened(bound.problem.target, bound.problem).replace(still)
    if type(found.value) is OrthogonalFactor:
        return nearest(body, name, gradient_of(derivation, bound, {name: name}).replace(still), found)
    if found.pencil is None or type(found.value) is not Eigenvectors:
        return None
    value = settled(tidied(spread(body, name)).map(lambda part: form(part, name, found.value, found.pencil)))
    return None if value.contains(name) else value


def spread(term: Term, name: Symbol) -> Term:
    """A number with the squared norms that have the unknown in them as products, and these multiplied out."""

    def change(part: Term) -> Term | None:
        if type(part) is not EntryPower or part.exponent is not Number(2) or type(part.base) is not Norm or not part.contains(name):
            return None
        whole = Product((part.base.of.T, part.base.of))
        return whole if part.base.of.shape[1] == ONE else Trace(whole)

    opened_ = term.map(change)
    terms = multiplied_out(opened_, name) if type(opened_) in (Sum, Product) else (opened_,)
    return Sum(tuple(map(tidied, terms))) if len(terms) > 1 else tidied(opened_)


def form(part: Term, name: Symbol, value: Term, pencil: Pencil | None) -> Term | None:
    """xᵀAx as an eigenvalue of A, of several columns under a trace the sum of the first; xᵀBx of the metric as one."""
    assert pencil is not None and isinstance(value, Eigenvectors)
    inner = part.of if type(part) is Trace else part
    scalars, chain = scalars_and_chain(inner) if type(inner) is Product else ((), ())
    if len(chain) < 2 or not same_term(chain[0], name.T) or chain[-1] is not name or (type(part) is Trace) == (name.shape[1] == ONE):
        return None
    between = tidied(Product(chain[1:-1])) if len(chain) > 3 else chain[1] if len(chain) == 3 else Identity(name.shape[0])
    if between.contains(name):
        return None
    scalars = tuple(each.map(lambda inner: form(inner, name, value, pencil)) for each in scalars)
    metric = Identity(name.shape[0]) if is_plain(pencil.metric) else pencil.metric
    if same_term(between, metric):
        return Product((*scalars, Trace(Identity(name.shape[1])) if type(part) is Trace else Number(1)))
    share = share_of(between, value.of)
    if share is None or (name.shape[1] != ONE and value.order != "descending"):
        return None
    of = value.of if is_plain(pencil.metric) else Product((Inverse(metric), *factors_of(value.of)))
    return Product((*scalars, share, eigenvalues(of, value)))


def share_of(between: Term, of: Term) -> Term | None:
    """The c of xᵀMx = c xᵀAx: 1 where M is A, ½ where A is M + Mᵀ."""
    for share, whole in ((Number(1), between), (Number(HALF), Sum((between, between.T)))):
        (value, matrix), (other, same) = coefficient(tidied(whole)), coefficient(tidied(of))
        if same_term(matrix, same):
            return Product((share, Number(value / other)))
    return None


def eigenvalues(of: Term, value: Eigenvectors) -> Term:
    if value.count == ONE:
        return Eigenvalue(of, Number(1), value.order)
    index = Index("i", ONE, value.count)
    return SumOver(index, Eigenvalue(of, index, value.order))


def nearest(body: Term, name: Symbol, gradient: Term, found: Decomposed) -> Term | None:
    """f(0) + q ± ‖C‖ of a function with the gradient C + ∑ LQR, where q = ½ ∑ tr(L) or tr(R) is the same for all Q with orthonormal columns."""
    linear = linear_in(gradient, name)
    constant = linear.constant() if linear is not None else None
    parts = [of_square(part, name) for part in linear.parts] if linear is not None else []
    if constant is None or any(each is None for each in parts):
        return None
    sign = -1 if found.kind.name == "minimum" else 1
    value, matrix = coefficient(tidied(constant))
    matrix = matrix.of if type(matrix) is Transpose else matrix  # which has the same singular values
    nuclear = Product((Number(sign * abs(value)), NuclearNorm(matrix)))
    return settled(Sum((tidied(body.replace({name: zero(name.shape)})).map(without_sign), *(each for each in parts if each is not None), nuclear)))


def of_square(part: Part, name: Symbol) -> Term | None:
    """½ tr(QᵀLQR) where one of L and R is a multiple of the identity; of L that wants a square Q."""
    left, right = tidied(part.left), tidied(part.right)
    for number, other, square in ((alone(left), right, False), (alone(right), left, True)):
        if number is None or part.form or (square and name.shape[0] != name.shape[1] and alone(left) is None):
            continue
        size = other if other is not UNIT else Identity(name.shape[1])
        return Product((Number(HALF), number, size if size.is_scalar else of_gram(size)))
    return None


def of_gram(matrix: Term) -> Term:
    """tr(MᵀM) as a squared norm; of a sum over an index each."""
    if type(matrix) is SumOver:
        return SumOver(matrix.index, of_gram(matrix.body))
    scalars, chain = scalars_and_chain(matrix)
    half = len(chain) // 2
    front, behind = Product(chain[:half]) if half > 1 else chain[0], Product(chain[half:]) if half > 1 else chain[-1]
    if len(chain) % 2 or not same_term(tidied(front.T), tidied(behind)):
        return Trace(matrix)
    of = behind.of if type(behind) is Transpose else behind  # of which the norm is the same
    return tidied(Product((*scalars, EntryPower(Norm(of), Number(2)))))


def without_sign(part: Term) -> Term | None:
    """‖−B‖ as ‖B‖."""
    return Norm(coefficient(part.of)[1]) if type(part) is Norm and coefficient(part.of)[0] == -1 else None


def alone(side: Term) -> Term | None:
    """The c of cI."""
    return Number(1) if side is UNIT else side if side.is_scalar else number_of_identity(side)
