r"""Eigenpairs: of Au = \lambda u, λ is a simple eigenvalue of A and u its eigenvector of unit length; the equation is their definition."""

from __future__ import annotations

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import Eigenvalue, Eigenvector, Norm, Number, Product, Symbol, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Claim, Definition

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

