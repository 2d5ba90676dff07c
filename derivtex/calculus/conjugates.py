"""Tidying of conjugates, conjugate transposes, real and imaginary parts and powers of i: quiet steps."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    EntryPower,
    Hadamard,
    Hermitian,
    ImaginaryPart,
    ImaginaryUnit,
    Number,
    Product,
    RealPart,
    Sum,
    Transpose,
    zero,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import conjugated, is_conjugate_leaf
from derivtex.rewriting.holes import complex_array, conj, d, det, entrywise, herm, inv, matrix, norm, number, power, tr
from derivtex.rewriting.normal_form import is_hermitian, is_real
from derivtex.rewriting.page import Page

conjugates = Page("Conjugates")
A, X = matrix("A", "m", "n"), matrix("X", "n", "n")
Z, Y, z, s = complex_array("Z", "n", "n"), complex_array("Y", "n", "n"), complex_array("z", "n"), complex_array("s", 1)
H = complex_array("H", "n", "n", "hermitian")
I_UNIT = ImaginaryUnit()


def states(name: str, left: Term, right: Term):
    return conjugates.states(name, left, right, reason="matrix algebra", cite="matrix algebra", quiet=True)


def quiet(name: str, *heads: type, says: str, tried_on, over=()):
    return conjugates.by_hand(name, *heads, over=over, reason="matrix algebra", says=says, tried_on=tried_on, cite="matrix algebra", quiet=True)


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


@quiet("conjugate of what is real", Conjugate, says="s* = s for a real s", tried_on=[conj(herm(z) * H * z), conj(norm(z))])
def _real(term: Term) -> Term | None:
    return term.of if is_real(term.of) else None


@quiet("Hermitian of what is real", Hermitian, says="Aᴴ = Aᵀ for a real A, Aᴴ = A for a Hermitian A, sᴴ = s*", tried_on=[herm(H), herm(herm(Z) * Z), herm(s)])
def _hermitian(term: Term) -> Term | None:
    if is_hermitian(term.of):
        return term.of
    if is_real(term.of):
        return Transpose(term.of)
    return Conjugate(term.of) if term.is_scalar else None


@quiet("conjugate of a product", Conjugate, Hermitian, over=Product, says="(AB)* = A*B*, (AB)ᴴ = BᴴAᴴ", tried_on=[conj(Z * Y), herm(Product((s, Z, Y)))])
def _product(term: Term) -> Term | None:
    scalars, chain = scalars_and_chain(term.of)
    return product((*map(Conjugate, scalars), *map(type(term), chain if type(term) is Conjugate else reversed(chain))))


@quiet("conjugate of a sum", Conjugate, Hermitian, over=Sum, says="(A + Bᴴ)ᴴ = Aᴴ + B", tried_on=[herm(herm(Z) - herm(Y)), conj(d(Z) + d(Y))])
def _sum(term: Term) -> Term | None:
    """Only where it does not make more marks, or where a differential is inside, which must come out."""
    marked = sum(type(coefficient(part)[1]) in (Conjugate, Hermitian) or is_real(part) for part in term.of.terms)
    if varies(term) or marked * 2 >= len(term.of.terms):
        return Sum(tuple(map(type(term), term.of.terms)))
    return None


@quiet("conjugate inside", Conjugate, Hermitian, says="f(Z)* = f(Z*)", tried_on=[conj(tr(d(Z))), herm(power(d(Z), 2))])
def _inside(term: Term) -> Term | None:
    """Towards a differential."""
    if not varies(term) or is_conjugate_leaf(term):
        return None
    inner = conjugated(term.of)
    if type(inner) is Conjugate:
        return None
    return inner if type(term) is Conjugate else Transpose(inner)


@quiet("conjugate of a power", Conjugate, over=EntryPower, says="(z⁻¹)* = (z*)⁻¹", tried_on=[conj(power(z, -1))])
def _power(term: Term) -> Term | None:
    base, exponent = term.of.base, term.of.exponent
    return EntryPower(Conjugate(base), exponent) if type(exponent) is Number else None


@quiet("conjugate of an entrywise product", Conjugate, Hermitian, over=Hadamard, says="(A ∘ B)* = A* ∘ B*", tried_on=[conj(entrywise(Z, Y)), herm(entrywise(Z, Y))])
def _entrywise(term: Term) -> Term | None:
    if type(term) is Hermitian:
        return Transpose(Conjugate(term.of))
    return Hadamard(tuple(map(Conjugate, term.of.factors)))


# Real and imaginary parts.


@quiet("part of what is real", RealPart, ImaginaryPart, says="Re s = s, Im s = 0 for a real s", tried_on=[RealPart(norm(z)), ImaginaryPart(norm(z))])
def _part(term: Term) -> Term | None:
    if not is_real(term.of):
        return None
    return term.of if type(term) is RealPart else zero(term.shape)


@quiet("part of a conjugate", RealPart, ImaginaryPart, over=(Conjugate, Hermitian, Transpose), says="Re A* = Re A, Im A* = −Im A",
       tried_on=[RealPart(conj(Z)), ImaginaryPart(herm(Z)), ImaginaryPart(Z.T)])  # fmt: skip
def _part_of_conjugate(term: Term) -> Term | None:
    inner = type(term)(term.of.of)
    turned = inner if type(term.of) is Conjugate else Transpose(inner)
    return Product((Number(-1), turned)) if type(term) is ImaginaryPart and type(term.of) is not Transpose else turned


@quiet("part of i", RealPart, ImaginaryPart, says="Re(iA) = −Im A, Im(iA) = Re A", tried_on=[RealPart(I_UNIT), ImaginaryPart(Product((I_UNIT, Z)))])
def _part_of_unit(term: Term) -> Term | None:
    factors = factors_of(term.of)
    if I_UNIT not in factors:
        return None
    rest = product(tuple(factor for factor in factors if factor is not I_UNIT))
    return RealPart(rest) if type(term) is ImaginaryPart else Product((Number(-1), ImaginaryPart(rest)))


@quiet("part of a multiple", RealPart, ImaginaryPart, says="Re(2A) = 2 Re A", tried_on=[RealPart(2 * Z), ImaginaryPart(Product((norm(z), Z)))])
def _part_of_multiple(term: Term) -> Term | None:
    if type(term.of) is not Product:
        return None
    outside = tuple(factor for factor in term.of.factors if factor.is_scalar and is_real(factor))
    rest = tuple(factor for factor in term.of.factors if factor not in outside)
    return Product((*outside, type(term)(product(rest)))) if outside and rest else None


# The imaginary unit.


@quiet("i squared", Product, says="i² = −1", tried_on=[I_UNIT * I_UNIT, Product((I_UNIT, Z, I_UNIT))])
def _unit(term: Term) -> Term | None:
    rest = tuple(factor for factor in term.factors if type(factor) is not ImaginaryUnit)
    turns = len(term.factors) - len(rest)
    if turns < 2:
        return None
    sign = Number(-1 if turns % 4 > 1 else 1)
    return product((sign, *((ImaginaryUnit(),) if turns % 2 else ()), *rest))


@quiet("power of i", EntryPower, over=ImaginaryUnit, says="i⁻¹ = −i", tried_on=[power(I_UNIT, 2), power(I_UNIT, -1), power(I_UNIT, 3)])
def _unit_power(term: Term) -> Term | None:
    if type(term.exponent) is not Number or term.exponent.value.denominator != 1:
        return None
    turns = int(term.exponent.value) % 4
    return (number(1), I_UNIT, number(-1), Product((number(-1), I_UNIT)))[turns]


@quiet("conjugate of i", Conjugate, over=ImaginaryUnit, says="i* = −i", tried_on=[conj(I_UNIT)])
def _unit_conjugate(term: Term) -> Term | None:
    return Product((Number(-1), term.of))
