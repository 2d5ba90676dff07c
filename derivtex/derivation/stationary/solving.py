"""Solving equations: how an unknown is isolated. The first rule that fits is used, until the unknown stands alone."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, product
from derivtex.core.shapes import ONE, Shape
from derivtex.core.terms import Term, Terms
from derivtex.derivation.ranks import is_impossible
from derivtex.derivation.stationary.inside import has_inverse, is_reciprocal, multiplied, undone, whole, wrapped
from derivtex.derivation.stationary.linear import UNIT, Linear, collected, common_numbers, linear_in
from derivtex.operations import (
    Diag,
    EntryPower,
    Exp,
    Hadamard,
    Identity,
    Inverse,
    LinearSolution,
    Log,
    Number,
    Product,
    Sum,
    Transpose,
    zero,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.operations.equations import around
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.holes import column, inv, matrix, power, scalar
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import tidied
from derivtex.steps import Equation

Pairs = tuple[tuple[Term, Term], ...]
solving = Page("Solving equations")
A, B, C, X = matrix("A", "n", "n"), matrix("B", "n", "n"), matrix("C", "n", "n"), matrix("X", "n", "n")
b, x, s, t = column("b", "n"), column("x", "n"), scalar("s"), scalar("t")
NOTHING = zero(X.shape)


def is_solved(equation: Equation) -> bool:
    """Whether the unknown stands alone."""
    return equation.left is equation.unknown and not equation.right.contains(equation.unknown)


@solving.by_hand("undo", Equation, reason="undo the function", why=Why.EQUATION, says=r"X^{-1} = A: \quad X = A^{-1}", cite="algebra",
                 tried_on=[Equation(inv(X), A, inv(X)), Equation(Log(x), b, Log(x))], taken=lambda term: needs_of_undoing(term))  # fmt: skip
def undo(term: Term) -> Term | None:
    """f(X) = A: X = f⁻¹(A)."""
    assert isinstance(term, Equation)
    if not is_solved(term) or not term.unknown.children or (is_zero(term.right) and type(term.unknown) is not Log):
        return None  # no inverse, no power and no exponential is zero
    value = undone(term.unknown, term.right)
    return None if value is None else Equation(term.unknown.children[0], tidied(value), term.unknown.children[0])


# Factors that are not zero.


def dispensable(term: Term, unknown: Term) -> tuple[Term, list[tuple[str, Term]]] | None:
    """A product that is to be zero without the factors that cannot be, and what that takes for granted."""
    scalars, chain = scalars_and_chain(term)
    moving = [factor for factor in chain or scalars if factor.contains(unknown)]
    if type(term) is not Product or not moving:
        return None
    needs = [("nonzero", each) for each in scalars if (chain or not each.contains(unknown)) and not is_reciprocal(each)]
    kept = list(chain) if chain else [each for each in scalars if each.contains(unknown)]
    if not chain:
        kept, needs = without_powers(kept, needs)
    while len(kept) > 1 and is_regular(kept[0], unknown):
        kept.pop(0)
    while len(kept) > 1 and is_regular(kept[-1], unknown):
        kept.pop()
    return (product(tuple(kept)), needs) if tuple(kept) != factors_of(term) else None


def without_powers(factors: list[Term], needs: list[tuple[str, Term]]) -> tuple[list[Term], list[tuple[str, Term]]]:
    """Numbers without reciprocals, and without powers of what is positive."""
    kept = [each for each in factors if not (is_reciprocal(each) or (type(each) is EntryPower and holds("positive", each)))]
    return (kept, needs) if kept else (factors, needs)


def is_regular(factor: Term, unknown: Term) -> bool:
    """Whether a factor at an end of a product can be taken away: it has an inverse."""
    return holds("invertible", factor) and (factor is not unknown) and (not factor.contains(unknown) or type(factor) is Inverse)


def needs_of_factor(term: Term) -> list[tuple[str, Term]]:
    found = dispensable(term.left, term.unknown)
    return found[1] if found else []


@solving.by_hand("factor", Equation, reason="a factor that is not zero is dropped", cite="algebra",
                 why=Why.EQUATION, says=r"AB = 0 \text{ and } A \text{ invertible}: \quad B = 0",
                 tried_on=[Equation(s * (A * X - B), NOTHING, X)], quiet=True, taken=needs_of_factor)  # fmt: skip
def factor(term: Term) -> Term | None:
    """c A (…) = 0 with c ≠ 0 and A invertible: (…) = 0."""
    found = dispensable(term.left, term.unknown) if is_zero(term.right) else None
    return found and Equation(found[0], zero(found[0].shape), term.unknown)


# What is linear in the unknown.


def linear_form(equation: Term) -> tuple[Pairs, Term, str] | None:
    """The pairs around the unknown, what they are to be equal to, and how the unknown stands in them all."""
    found = linear_in(whole(equation), equation.unknown)
    forms = {part.form for part in found.parts} if found else set()
    if found is None or len(forms) != 1 or forms <= {"C"}:
        return None
    pairs = collected(found.parts)
    constant = found.constant()
    if not pairs:
        return None
    pairs, right = signed(pairs, constant, whole(equation).shape)
    return pairs, right, forms.pop()


def signed(pairs: Pairs, constant: Term | None, shape: Shape) -> tuple[Pairs, Term]:
    """The pairs with a plus in front, and the other side."""
    if all(first_number(left) < 0 for left, _ in pairs):
        return tuple((tidied(negative(left)), right) for left, right in pairs), zero(shape) if constant is None else constant
    return pairs, zero(shape) if constant is None else tidied(negative(constant))


def first_number(term: Term) -> Fraction:
    """The number in front of a term or of the first term of a sum."""
    return coefficient(term.terms[0] if type(term) is Sum else term)[0]


def applied(pairs: Pairs, unknown: Term, form: str) -> Term:
    """L₁XR₁ + L₂XR₂ + ⋯."""
    inside = {"": unknown, "T": Transpose(unknown)}.get(form, unknown)
    parts = tuple(around(left, inside, right) if not is_unit(right) else beside(left, inside) for left, right in pairs)
    return tidied(Sum(parts)) if len(parts) > 1 else parts[0]


def beside(left: Term, unknown: Term) -> Term:
    if type(left) is Diag and unknown.shape[1] == ONE:
        return Hadamard((left.of, unknown))
    return unknown if is_unit(left) else Product((*factors_of(left), unknown))


def is_unit(term: Term) -> bool:
    return term is UNIT or type(term) is Identity


@solving.by_hand("collect", Equation, reason="the terms with $X$ on one side", why=Why.EQUATION, cite="algebra",
                 says=r"AX - B + CX = 0: \quad (A + C)X = B",
                 tried_on=[Equation(A * X - B + C * X, NOTHING, X), Equation(A.T * (A * x - b) + s * x, zero(x.shape), x)],
                 words=lambda term: "stationary point")  # fmt: skip
def collect(term: Term) -> Term | None:
    """The terms with the unknown on the left, the others on the right."""
    found = linear_form(term)
    if found is None or found[2] not in ("", "T"):
        return None
    pairs, right, form = found
    left = applied(pairs, term.unknown, form)
    if form == "T":
        left, right = tidied(Transpose(left)), tidied(Transpose(right))
    new = Equation(left, right, term.unknown)
    return None if new is term or (same_term(left, term.left) and same_term(right, term.right)) else new


def sides_of(equation: Term) -> tuple[Pairs, Term] | None:
    """The pairs of an equation that is collected, and its right side."""
    found = linear_form(equation)
    return (found[0], found[1]) if found is not None and found[2] == "" else None


def needs_of_inverse(term: Term) -> list[tuple[str, Term]]:
    found = sides_of(term)
    if found is None:
        return []
    sides = [side for side in found[0][0] if not is_unit(side) and not is_diagonal(side)]
    return [("nonzero" if side.is_scalar else "invertible", side) for side in sides]


def is_diagonal(term: Term) -> bool:
    return type(term) is Diag


def over(front: Terms, of: Term) -> tuple[Terms, Term]:
    """Numbers in front of a sum put into it where that is shorter, s⁻¹(sB + C) = B + s⁻¹C; a minus of all its terms stands in front."""
    if type(of) is not Sum or not front:
        return front, of
    spread = tidied(Sum(tuple(Product((*front, *factors_of(each))) for each in of.terms)))
    if length(spread) >= length(of) + length(tidied(product(front))):
        return front, of
    if type(spread) is Sum and all(coefficient(each)[0] < 0 for each in spread.terms):
        return (Number(-1),), tidied(negative(spread))
    return (), spread


def cleared_of(side: Term, of: Term, behind: bool = False) -> Term:
    """A⁻¹B, or BA⁻¹ behind."""
    if is_unit(side):
        return of
    if side.is_scalar:
        front, of = over((EntryPower(side, Number(-1)),), of)
        return product((*front, *factors_of(of)))
    if is_diagonal(side) and of.shape[1] == ONE:
        return Hadamard((of, EntryPower(side.of, Number(-1))))
    scalars, chain = scalars_and_chain(side)
    inverse = Inverse(product(chain))
    front = tuple(EntryPower(each, Number(-1)) for each in scalars)
    front, of = over(front, of)
    return Product((*front, *factors_of(of), inverse)) if behind else Product((*front, inverse, *factors_of(of)))


@solving.by_hand("invert", Equation, reason="multiply by the inverse", why=Why.EQUATION, cite="linear algebra",
                 says=r"AXB = C: \quad X = A^{-1}CB^{-1}",
                 tried_on=[Equation(A * X * B, C, X), Equation(A * x, b, x), Equation(s * x, b, x)], taken=needs_of_inverse)  # fmt: skip
def invert(term: Term) -> Term | None:
    """AXB = C: X = A⁻¹CB⁻¹."""
    assert isinstance(term, Equation)
    found = None if is_solved(term) else sides_of(term)
    if found is None or len(found[0]) != 1:
        return None
    (left, right), of = found[0][0], found[1]
    sides = [side for side in (left, right) if not is_unit(side) and not side.is_scalar]
    if any(not holds("square", side) or is_impossible("invertible", side) for side in sides):
        return None
    return Equation(term.unknown, tidied(cleared_of(right, cleared_of(left, of), behind=True)), term.unknown)


@solving.by_hand("linear matrix equation", Equation, reason="a linear matrix equation, solved by vec", cite="linear algebra",
                 why=Why.EQUATION, says=r"AX + XB = C: \quad X = \mathcal{S}_{A\cdot+\cdot B}(C)",
                 tried_on=[Equation(A * X + X * B, C, X)], taken=lambda term: [("solvable", term.unknown)])  # fmt: skip
def matrix_equation(term: Term) -> Term | None:
    """AX + XB = C, X − AXB = C and other sums: the solution by name."""
    found = sides_of(term)
    if found is None or len(found[0]) < 2 or term.unknown.shape[1] == ONE or term.left.shape != term.unknown.shape:
        return None
    pairs, of = found
    units = Identity(term.unknown.shape[0]), Identity(term.unknown.shape[1])
    lefts = tuple(in_order(left, units[0]) for left, _ in pairs)
    rights = tuple(in_order(right, units[1]) for _, right in pairs)
    if any(not holds("square", side) for side in (*lefts, *rights)):
        return None
    common, lefts = common_numbers(lefts)
    value = of if is_zero(of) else LinearSolution(lefts, rights, of)
    return Equation(term.unknown, Product((*(EntryPower(each, Number(-1)) for each in common), value)) if common else value, term.unknown)


def in_order(side: Term, identity: Term) -> Term:
    return identity if is_unit(side) else side


# The unknown inside an inverse, or under a function of each entry.


def needs_of_undoing(term: Term) -> list[tuple[str, Term]]:
    match term.unknown:
        case Inverse():
            return [("invertible", term.right)]
        case Exp():
            return [("positive", term.right)]
        case EntryPower():
            return [("nonzero entries", term.right)]
    return []


@solving.by_hand("clear", Equation, reason="multiply by the unknown", why=Why.EQUATION, says=r"X^{-1}AX^{-1} = X^{-1}: \quad A = X", cite="algebra",
                 tried_on=[Equation(inv(X) * A * inv(X) - inv(X), NOTHING, X), Equation(s * power(t, -2) - power(t, -1), Number(0), t)],
                 taken=lambda term: [("nonzero" if term.unknown.is_scalar else "invertible", term.unknown)])  # fmt: skip
def clear(term: Term) -> Term | None:
    """Multiplied by the unknown until its inverse is gone and it is linear."""
    if linear_in(whole(term), term.unknown) is not None or not has_inverse(term):
        return None
    for left in multiplied(term):
        found: Linear | None = linear_in(left, term.unknown)
        if found is not None and found.parts and found.constant() is not None:  # else the unknown is zero, and has no inverse
            return Equation(left, zero(left.shape), term.unknown)
    return None


@solving.by_hand("as an unknown", Equation, reason="solve for it first", cite="algebra", quiet=True,
                 why=Why.EQUATION, says=r"AX^{-1} = B: \quad \text{an equation for } X^{-1}",
                 tried_on=[Equation(A * inv(X) - B, NOTHING, X)])  # fmt: skip
def as_unknown(term: Term) -> Term | None:
    """An equation in which X stands nowhere but in X⁻¹ is one for X⁻¹."""
    if linear_in(whole(term), term.unknown) is not None:
        return None
    found = wrapped(term)
    return None if found is None else Equation(term.left, term.right, found)


def key_of(equation: Term) -> tuple[object, ...]:
    """Equal for equations that are the same up to the writing of their sides."""
    return monomial(equation.left), monomial(equation.right), equation.unknown
