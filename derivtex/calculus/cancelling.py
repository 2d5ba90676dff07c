"""Tidying: a factor beside its inverse, or beside a power of itself."""

from __future__ import annotations

from derivtex.calculus.arithmetic import NUMBER_ONE, product
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Identity,
    Inverse,
    Kronecker,
    MatrixPower,
    Number,
    Product,
    Sum,
    Symbol,
    Transpose,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.holes import identity, inv, matrix, matrix_power, scalar, tr
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import counted
from derivtex.rewriting.sources import magnus

cancelling = Page("Cancelling", quiet=True)
states = cancelling.states
X, Y, M, p = matrix("X", "n", "n"), matrix("Y", "m", "m"), matrix("M", "m", "n"), scalar("p")



@cancelling.by_hand("inverse beside", Product, has=(Inverse, MatrixPower, Transpose), why=Why.TOGETHER, says=r"A^{-1}A = I,\ A(BA)^{-1} = B^{-1}", reason="an inverse cancels",
                    tried_on=[inv(X) * X, X * inv(X), X.T * inv(X).T, inv(X * inv(X.T)) * X], cite="matrix algebra", quiet=True)  # fmt: skip
def _cancel(term: Term) -> Term | None:
    scalars, chain = scalars_and_chain(term)
    for at in range(len(chain) - 1):
        met = meet(chain[at], chain[at + 1])
        if met is not None:
            return product((*scalars, *chain[:at], met, *chain[at + 2 :]))
    return None


def meet(left: Term, right: Term) -> Term | None:
    """The product of two neighbours where one is the other's inverse, or begins or ends what is inverted."""
    size = left.shape[0]
    if not are_square(left, right):
        return None
    if _inverts(left, right):
        return Identity(size)
    if type(left) is Inverse and type(left.of) is Product and monomial(left.of.factors[0]) == monomial(right):
        return Inverse(product(left.of.factors[1:]))
    if type(right) is Inverse and type(right.of) is Product and monomial(right.of.factors[-1]) == monomial(left):
        return Inverse(product(right.of.factors[:-1]))
    return _meet_powers(left, right)


def _inverts(left: Term, right: Term) -> bool:
    for one, other in ((left, right), (right, left)):
        if type(one) is Inverse and monomial(one.of) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Inverse and monomial(one.of.of, True) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Symbol and one.of.has("orthogonal") and one.of is other:
            return True
    return False


def _meet_powers(left: Term, right: Term) -> Term | None:
    """XᵖX = Xᵖ⁺¹, X⁻¹Xᵖ = Xᵖ⁻¹, for a power that is written as one."""
    if MatrixPower not in (type(left), type(right)):
        return None
    (base, p), (other, q) = _matrix_power(left), _matrix_power(right)
    if base is not other:
        return None
    total: Term = Sum((p, q))
    if type(p) is Number and type(q) is Number:
        total = Number(p.value + q.value)
    return MatrixPower(base, total)


def _matrix_power(term: Term) -> tuple[Term, Term]:
    if type(term) is MatrixPower:
        return term.base, term.exponent
    return (term.of, Number(-1)) if type(term) is Inverse else (term, NUMBER_ONE)

states("inverse of a power", inv(matrix_power(X, p)), matrix_power(X, -p), reason="negative power", cite="matrix algebra", given=[("whole", "p")],
       tried_on=[inv(matrix_power(X, 2)), inv(matrix_power(X, -3))])  # fmt: skip

states("power of an inverse", matrix_power(inv(X), p), matrix_power(X, -p), reason="negative power", cite="matrix algebra", given=[("whole", "p")],
       tried_on=[matrix_power(inv(X), 2), matrix_power(inv(X), -3)])  # fmt: skip

states("inverse of a Kronecker product", inv(Kronecker(X, Y)), Kronecker(inv(X), inv(Y)), reason="inverse of a Kronecker product", cite=magnus("ch. 2"))

states("trace of a Kronecker product", tr(Kronecker(X, Y)), tr(X) * tr(Y), reason="trace of a Kronecker product", cite=magnus("ch. 2"))


def are_square(*terms: Term) -> bool:
    return all(term.shape[0] == term.shape[1] for term in terms)

states("trace of the identity", tr(identity("n")), counted("n"), reason="trace of the identity", cite=magnus("ch. 1"))


@cancelling.by_hand("inverse beside what it inverts", Product, wants=[Inverse], why=Why.TOGETHER, says=r"(BC)^{-1}BC = I", reason="an inverse cancels", cite=magnus("ch. 1"), quiet=True,
                     tried_on=[inv(M.T * M) * M.T * M, M * inv(M.T * M) * M.T * M, M.T * M * inv(M.T * M) * M.T])  # fmt: skip
def _inverse_of_run(term: Term) -> Term | None:
    """Of a product whose factors are not square by themselves."""
    factors = term.factors
    for at, factor in enumerate(factors):
        inside = factor.of.factors if type(factor) is Inverse and type(factor.of) is Product else ()
        if any(part.is_scalar for part in inside):
            continue
        width = len(inside)
        if width and same_run(factors[at + 1 : at + 1 + width], inside):
            return product((*factors[:at], Identity(factor.shape[0]), *factors[at + 1 + width :]))
        if width and at >= width and same_run(factors[at - width : at], inside):
            return product((*factors[: at - width], Identity(factor.shape[0]), *factors[at + 1 :]))
    return None


def same_run(run: Terms, other: Terms) -> bool:
    return len(run) == len(other) and all(a.shape == b.shape and monomial(a) == monomial(b) for a, b in zip(run, other, strict=True))
