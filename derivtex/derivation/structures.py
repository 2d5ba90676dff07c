"""Structured variables: which of the gradients in use a derivative by a symmetric, diagonal, … matrix is.

With G the gradient as if the entries were free: *projected* is the matrix of the structure's space with df = tr(GᵀdX) for every dX of the
space; *constrained* is the derivative by the independent entries (Matrix Cookbook, sec. 2.8).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Commutation,
    Diag,
    Diagonal,
    DiagonalMeans,
    DiagonalSums,
    Differential,
    Hadamard,
    Hermitian,
    Identity,
    LowerPart,
    Number,
    Product,
    Sum,
    Symbol,
    Transpose,
    UpperPart,
    symbol,
)
from derivtex.rewriting.conjugation import conjugated
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import is_hermitian
from derivtex.simplification.engine import tidied
from derivtex.steps import Sentence

HALF = Number(Fraction(1, 2))
WORDS = {kind: kind for kind in ("symmetric", "diagonal", "orthogonal", "hermitian")}
WORDS |= {"skew": "skew-symmetric", "lower": "lower triangular", "upper": "upper triangular"}
WORDS |= {"toeplitz": "Toeplitz", "symmetric toeplitz": "symmetric Toeplitz"}
SYMMETRIC = ("symmetric", "posdef", "psd")


def structured(gradient: Term, variable: Term, structure: str) -> tuple[Term, Sentence | None]:
    """The gradient in the convention, and words beside it that say which it is (None where there is nothing to say).

    Raises NotDerivable for a structure whose projection is not known.
    """
    kind = structure_of(variable)
    if kind is None:
        return gradient, None
    if structure == "ignore":
        return gradient, Sentence("the entries of {} are taken as free", (variable,))
    if structure == "constrained":
        return constrained(gradient, kind), Sentence("by the independent entries of {}", (variable,))
    return projected(gradient, variable, kind), beside(variable, kind)


def by_every_entry(variable: Term, structure: str) -> Sentence | None:
    """Words beside a Jacobian or Hessian by a structured variable, which counts every entry by itself; None where there is nothing to say.

    Raises NotDerivable where the independent entries are asked for: of these only a gradient is written.
    """
    if structure_of(variable) is None or structure == "ignore":
        return None
    if structure == "constrained":
        raise NotDerivable(
            "a Jacobian or Hessian by the independent entries is not written",
            way_out="ask for the gradient of a number, or take the entries as free with --structure ignore",
        )
    return Sentence("every entry of {} is counted by itself; it holds for changes that keep the structure", (variable,))


def beside(variable: Term, kind: str) -> Sentence:
    """What is said beside a gradient that lies in the space of its variable."""
    if kind == "orthogonal":
        beside = symbol("G", "matrix", variable.shape)
        terms = projected(beside, variable, kind), beside, Differential(variable)
        return Sentence("tangent to the orthogonal matrices: {} of the {} beside {}", terms)
    if kind == "hermitian":
        return Sentence("Hermitian, like {}: the differential is the trace of its product with {}", (variable, Differential(variable)))
    return Sentence(f"{WORDS[kind]}, like {{}}", (variable,))


def symmetrised(hessian: Term, variable: Term) -> Term:
    """A Hessian by a structured variable: what stands beside vec dX there need not be symmetric, and its symmetric part does the same."""
    hessian = tidied(hessian)
    if structure_of(variable) in (None, "hermitian") or hessian.shape[0] != hessian.shape[1] or monomial(hessian) == monomial(hessian, True):
        return hessian
    return Product((HALF, Sum((*addends(hessian), *map(Transpose, addends(hessian))))))


def is_within_hermitian(variable: Term, structure: str) -> bool:
    """Whether a derivative is asked for within the Hermitian matrices: there X* = Xᵀ, and the two derivatives become one."""
    return structure == "projected" and structure_of(variable) == "hermitian"


def within_hermitian(own: Term, other: Term, shorten: Callable[[Term], Term]) -> Term:
    """From df = tr(P dX) + tr(dXᴴ Q), given as ∂f/∂X = Pᵀ and ∂f/∂X* = Q, the gradient P + Q with df = tr((P + Q) dX) for Hermitian dX."""
    whole, expanded = Sum((Transpose(own), other)), Sum((*map(Hermitian, addends(conjugated(own))), *addends(other)))
    found = [shorten(whole), shorten(expanded)]
    return next((gradient for gradient in found if is_hermitian(gradient)), found[0])


def beside_hermitian(own: Term, other: Term, variable: Term) -> Term:
    """From J vec dX + J′ vec dX* what stands beside vec dX for Hermitian dX, where vec dX* = K vec dX."""
    return Sum((own, Product((other, Commutation(*variable.shape)))))


def addends(term: Term) -> Terms:
    """The terms of a sum, with the factor in front of it put on each."""
    factor, of = coefficient(term)
    scalar = () if factor == 1 else (Number(factor),)
    return tuple(product((*scalar, part)) for part in (of.terms if type(of) is Sum else (of,)))


def structure_of(variable: Term) -> str | None:
    """The name of the structure that a variable keeps when it changes."""
    if type(variable) is not Symbol or variable.shape[0] != variable.shape[1] or variable.is_scalar:
        return None
    names = variable.properties
    if "hermitian" in names:
        return "hermitian"
    if "diagonal" in names or "toeplitz" in names:
        return "diagonal" if "diagonal" in names else "symmetric toeplitz" if any(name in names for name in SYMMETRIC) else "toeplitz"
    if any(name in names for name in SYMMETRIC):
        return "symmetric"
    return next((name for name in ("skew", "orthogonal", "lower", "upper", "hermitian") if name in names), None)


def projected(gradient: Term, variable: Term, kind: str) -> Term:
    match kind:
        case "symmetric":
            return Product((HALF, Sum((gradient, Transpose(gradient)))))
        case "skew":
            return Product((HALF, Sum((gradient, -Transpose(gradient)))))
        case "toeplitz":
            return DiagonalMeans(gradient)
        case "symmetric toeplitz":
            return DiagonalMeans(projected(gradient, variable, "symmetric"))
        case "hermitian" if is_hermitian(gradient):
            return gradient
        case "hermitian":
            raise NotDerivable(
                "the gradient within the hermitian matrices is not hermitian: the target is not real there, as far as can be seen",
                way_out="take the entries as free with --structure ignore",
            )
        case "diagonal":
            return Diag(Diagonal(gradient))
        case "lower":
            return LowerPart(gradient)
        case "upper":
            return UpperPart(gradient)
        case "orthogonal":
            return Product((HALF, Sum((gradient, -(variable * gradient.T * variable)))))
    raise unknown(kind)


def constrained(gradient: Term, kind: str) -> Term:
    match kind:
        case "symmetric":
            return Sum((gradient, Transpose(gradient), -Hadamard((Identity(gradient.shape[0]), gradient))))
        case "skew":
            return Sum((gradient, -Transpose(gradient)))
        case "toeplitz":
            return DiagonalSums(gradient)
        case "symmetric toeplitz":
            return constrained(DiagonalSums(gradient), "symmetric")
        case "diagonal" | "lower" | "upper":
            return projected(gradient, gradient, kind)
    raise unknown(kind)


def unknown(kind: str) -> NotDerivable:
    return NotDerivable(f"the gradient within the {kind} matrices is not known", way_out="take the entries as free with --structure ignore")
