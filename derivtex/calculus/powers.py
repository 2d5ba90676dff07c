r"""Powers: what stands several times side by side is a power. Last of all, as a power hides a factor that may be common."""

from __future__ import annotations

from derivtex.calculus.arithmetic import is_whole_number, product
from derivtex.core.terms import Term
from derivtex.operations import Abs, Commutation, Conjugate, EntryPower, Identity, Inverse, MatrixPower, Number, Product, Symbol, Transpose
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.holes import complex_array, conj, det, inv, matrix
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import cookbook

powers = Page("Powers")
A, X, Z = matrix("A", "n", "n"), matrix("X", "n", "n"), complex_array("Z", "n", "n")


@powers.by_hand("equal neighbours", Product, reason="a power", why=Why.NUMBERS, says=r"AA = A^2,\ A^{-1}A^{-1} = A^{-2}", cite="matrix algebra", quiet=True,
                  tried_on=[A * A * X, X * inv(A) * inv(A), inv(A).T * inv(A).T, A * A * A])  # fmt: skip
def _equal_neighbours(term: Term) -> Term | None:
    for at in range(len(term.factors) - 1):
        left, right = term.factors[at : at + 2]
        (base, p), (other, q) = as_matrix_power(left), as_matrix_power(right)
        if base is other and p * q > 0 and not varies(left):
            return product((*term.factors[:at], MatrixPower(base, Number(p + q)), *term.factors[at + 2 :]))
    return None


@powers.by_hand("squared modulus", Product, reason="the squared modulus", why=Why.TOGETHER, says="zz^* = |z|^2", cite=cookbook(228), quiet=True,
                tried_on=[Product((det(Z), conj(det(Z)), Z)), Product((conj(det(Z)), det(Z), Z))])  # fmt: skip
def _squared_modulus(term: Term) -> Term | None:
    """Of what is longer than a letter."""
    for factor in term.factors:
        if factor.is_scalar and may_be_complex(factor) and type(factor) not in (Symbol, Conjugate):
            other = next((part for part in term.factors if part.is_scalar and same_term(part, Conjugate(factor))), None)
            if other is not None and other is not factor:
                rest = tuple(part for part in term.factors if part is not factor and part is not other)
                return product((EntryPower(Abs(factor), Number(2)), *rest)) if term.factors.count(factor) == 1 == term.factors.count(other) else None
    return None


def as_matrix_power(term: Term) -> tuple[Term, int]:
    """A square matrix as a whole power of another; zero for what is written as it is."""
    if term.is_scalar or term.shape[0] != term.shape[1] or type(term) in (Identity, Commutation):
        return term, 0
    if type(term) is Transpose and type(term.of) is Inverse:
        return Transpose(term.of.of), -1
    if type(term) is Inverse:
        return term.of, -1
    whole = type(term) is MatrixPower and is_whole_number(term.exponent)
    return (term.base, term.exponent.value.numerator) if whole else (term, 1)
