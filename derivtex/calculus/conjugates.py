"""Tidying of conjugates, conjugate transposes, real and imaginary parts and powers of i: quiet steps."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Hadamard,
    Hermitian,
    ImaginaryPart,
    ImaginaryUnit,
    Product,
    RealPart,
    Sum,
    Transpose,
    Zero,
)
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import conjugated, is_conjugate_leaf
from derivtex.rewriting.holes import complex_array, conj, d, det, herm, inv, matrix, norm, number, power, scalar, tr
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, backwards, chain, each, parts, reckoned, scalars
from derivtex.rewriting.worth import conjugated_terms

conjugates = Page("Conjugates", reason="rules of the conjugate", cite="matrix algebra", quiet=True)
states, by_hand = conjugates.states, conjugates.by_hand
A, X = matrix("A", "m", "n"), matrix("X", "n", "n")
Z, Y, z, s = complex_array("Z", "n", "n"), complex_array("Y", "n", "n"), complex_array("z", "n"), complex_array("s", 1)
H = complex_array("H", "n", "n", "hermitian")
I_UNIT = ImaginaryUnit()
t, p, s_real, S, S_real, T, P = scalar("t"), scalar("p"), scalar("s"), scalars("S"), scalars("S"), scalars("T"), chain("P", "m", "n")
As = parts("A", "m", "n")
REAL_FACTORS = [("real", "s"), ("real", "S"), ("complex", "T")]


# One mark for two.

states("double conjugate", conj(conj(A)), A)
states("double Hermitian", herm(herm(A)), A)
states("conjugate of a transpose", conj(A.T), herm(A))
states("transpose of a conjugate", conj(A).T, herm(A))
states("conjugate of a Hermitian", conj(herm(A)), A.T)
states("Hermitian of a conjugate", herm(conj(A)), A.T)
states("Hermitian of a transpose", herm(A.T), conj(A))
states("transpose of a Hermitian", herm(A).T, conj(A))
states("inverse of a Hermitian", inv(herm(X)), herm(inv(X)))
states("inverse of a conjugate", inv(conj(X)), conj(inv(X)))
states("determinant of a Hermitian", det(herm(X)), conj(det(X)))
states("norm of a conjugate", norm(conj(A)), norm(A))
states("norm of a Hermitian", norm(herm(A)), norm(A))

states("conjugate of what is real", conj(A), A, given=[("real", "A")])

states("Hermitian of what is Hermitian", herm(X), X, given=[("hermitian", "X")])
states("Hermitian of what is real", herm(A), A.T, given=[("real", "A")])
states("Hermitian of a scalar", herm(t), conj(t))

states("conjugate of a product", conj(Product((S, P))), Product((each(conj(S)), each(conj(P)))))
states("Hermitian of a product", herm(Product((S, P))), Product((each(conj(S)), backwards(herm(P)))))


states("conjugate of a sum", conj(Sum((As,))), Sum((each(conj(As)),)), worth=conjugated_terms)
states("Hermitian of a sum", herm(Sum((As,))), Sum((each(herm(As)),)), worth=conjugated_terms)


@by_hand("conjugate inside", Conjugate, Hermitian, why=Why.WORTH, says="f(Z)* = f(Z*)", tried_on=[conj(tr(d(Z))), herm(power(d(Z), 2))])
def _inside(term: Term) -> Term | None:
    """Towards a differential."""
    if not varies(term) or is_conjugate_leaf(term):
        return None
    inner = conjugated(term.of)
    if type(inner) is Conjugate:
        return None
    return inner if type(term) is Conjugate else Transpose(inner)

states("conjugate of a power", conj(power(A, p)), power(conj(A), p), given=[("number", "p")], tried_on=[conj(power(z, -1))])

states("conjugate of an entrywise product", conj(Hadamard((As,))), Hadamard((each(conj(As)),)))
states("Hermitian of an entrywise product", herm(Hadamard((As,))), conj(Hadamard((As,))).T)


# Real and imaginary parts.

states("real part of what is real", RealPart(A), A, given=[("real", "A")])
states("imaginary part of what is real", ImaginaryPart(A), Zero(*A.shape), given=[("real", "A")])

states("real part of a conjugate", RealPart(conj(A)), RealPart(A))
states("real part of a Hermitian", RealPart(herm(A)), RealPart(A).T)
states("real part of a transpose", RealPart(A.T), RealPart(A).T)
states("imaginary part of a conjugate", ImaginaryPart(conj(A)), -ImaginaryPart(A))
states("imaginary part of a Hermitian", ImaginaryPart(herm(A)), -ImaginaryPart(A).T)
states("imaginary part of a transpose", ImaginaryPart(A.T), ImaginaryPart(A).T)

states("real part of i", RealPart(Factors((I_UNIT, T, P))), -ImaginaryPart(Factors((T, P))))
states("imaginary part of i", ImaginaryPart(Factors((I_UNIT, T, P))), RealPart(Factors((T, P))))

states("real part of a multiple", RealPart(Product((s_real, S_real, T, P))), Product((s_real, S_real, RealPart(Factors((T, P))))), given=REAL_FACTORS)
states("imaginary part of a multiple", ImaginaryPart(Product((s_real, S_real, T, P))), Product((s_real, S_real, ImaginaryPart(Factors((T, P))))), given=REAL_FACTORS)


# The imaginary unit.

states("i squared", I_UNIT * I_UNIT, number(-1))


TURNS = number(1, 2)  # two turns by i are one by −1
states("even power of i", power(I_UNIT, p), reckoned(power(number(-1), TURNS * p)), given=[("even", "p")], tried_on=[power(I_UNIT, 2), power(I_UNIT, 4)])
states("odd power of i", power(I_UNIT, p), Product((reckoned(power(number(-1), TURNS * (p - number(1)))), I_UNIT)), given=[("odd", "p")], tried_on=[power(I_UNIT, -1), power(I_UNIT, 5)])

states("conjugate of i", conj(I_UNIT), -I_UNIT)


