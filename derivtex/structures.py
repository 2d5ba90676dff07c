"""Structured variables: which of the gradients in use a derivative by a symmetric, diagonal, … matrix is.

With G the gradient as if the entries were free: *projected* is the matrix of the structure's space with df = tr(GᵀdX) for every dX of the
space; *constrained* is the derivative by the independent entries (Matrix Cookbook, sec. 2.8).
"""

from __future__ import annotations

from fractions import Fraction

from derivtex.errors import NotDerivable
from derivtex.operations import Diag, Diagonal, Hadamard, Identity, Number, Product, Sum, Symbol, Transpose
from derivtex.steps import Sentence
from derivtex.terms import Term

HALF = Number(Fraction(1, 2))
SYMMETRIC = ("symmetric", "posdef", "psd")


def structured(gradient: Term, variable: Term, structure: str) -> tuple[Term, Sentence | None]:
    """The gradient in the convention, and a sentence that says which it is (None where there is nothing to say).

    Raises NotDerivable for a structure whose projection is not known.
    """
    kind = structure_of(variable)
    if kind is None:
        return gradient, None
    if structure == "ignore":
        return gradient, Sentence(f"{{}} is {kind}; the derivative is taken as if its entries were free", (variable,))
    if structure == "constrained":
        return constrained(gradient, kind), Sentence(f"{{}} is {kind}; the derivative is by its independent entries", (variable,))
    return projected(gradient, variable, kind), Sentence(f"{{}} is {kind}; the gradient is the one within the {kind} matrices", (variable,))


def structure_of(variable: Term) -> str | None:
    """The name of the structure that a variable keeps when it changes."""
    if type(variable) is not Symbol or variable.shape[0] != variable.shape[1] or variable.is_scalar:
        return None
    names = variable.properties
    if "diagonal" in names or "toeplitz" in names:
        return "diagonal" if "diagonal" in names else "toeplitz"
    if any(name in names for name in SYMMETRIC):
        return "symmetric"
    return next((name for name in ("skew", "orthogonal", "lower", "upper", "hermitian") if name in names), None)


def projected(gradient: Term, variable: Term, kind: str) -> Term:
    match kind:
        case "symmetric":
            return Product((HALF, Sum((gradient, Transpose(gradient)))))
        case "skew":
            return Product((HALF, Sum((gradient, -Transpose(gradient)))))
        case "diagonal":
            return Diag(Diagonal(gradient))
        case "orthogonal":
            return Product((HALF, Sum((gradient, -(variable * gradient.T * variable)))))
    raise unknown(kind)


def constrained(gradient: Term, kind: str) -> Term:
    match kind:
        case "symmetric":
            return Sum((gradient, Transpose(gradient), -Hadamard((Identity(gradient.shape[0]), gradient))))
        case "skew":
            return Sum((gradient, -Transpose(gradient)))
        case "diagonal":
            return Diag(Diagonal(gradient))
    raise unknown(kind)


def unknown(kind: str) -> NotDerivable:
    return NotDerivable(f"the gradient within the {kind} matrices is not known", way_out="take the entries as free with --structure ignore")
