"""A claimed derivative beside the one that is derived: the same up to the layout, a multiple of it, the same for a symmetric matrix."""

from __future__ import annotations

from fractions import Fraction

from derivtex.checking.claims import outcome
from derivtex.checking.ledger import assumptions
from derivtex.core.properties import closure
from derivtex.core.terms import Term
from derivtex.operations import Number, Product, Symbol
from derivtex.problem import Claim, Problem
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import same_term

FACTORS = tuple(map(Fraction, ("2", "1/2", "-1", "-2", "-1/2")))
WORDS = {Fraction(2): "twice yours", Fraction(1, 2): "half of yours", Fraction(-1): "minus yours", Fraction(-2): "minus twice yours",
         Fraction(-1, 2): "minus half of yours"}  # fmt: skip


def compared(derived: Term, claim: Claim, problem: Problem) -> str:
    """How what is derived compares with what is claimed, in words; empty where neither is plainly made of the other."""
    right = claim.right
    if right.shape != derived.shape or not same_term(right, derived):
        turned = right.T
        if turned.shape == derived.shape and same_term(turned, derived):
            return "the derivative is the same up to the layout: yours is its transpose"
    if right.shape != derived.shape:
        return ""
    return multiple(derived, claim, problem) or for_symmetric(derived, claim, problem)


def multiple(derived: Term, claim: Claim, problem: Problem) -> str:
    """`twice yours`: by the normal form, else by numbers."""
    (own, key), (theirs, other) = monomial(derived), monomial(claim.right)
    if key == other and theirs:
        return said(own / theirs)
    for factor in FACTORS:
        scaled = Product((Number(factor), claim.right))
        if outcome(claim._replace(right=scaled), problem).holds:
            return said(factor)
    return ""


def said(factor: Fraction) -> str:
    return f"the derivative is {WORDS.get(factor, f'{factor} times yours')}"


def for_symmetric(derived: Term, claim: Claim, problem: Problem) -> str:
    """`yours for symmetric A`: what is usually assumed, then each square matrix that the two have."""
    for sentences, given in assumptions(claim, problem):
        if outcome(claim, problem, given=given).holds:
            return f"the derivative is yours if {' and '.join(sentences)}"
    squares = [part for part in dict.fromkeys(derived.walk()) if isinstance(part, Symbol) and part.shape[0] == part.shape[1] and not part.is_scalar]
    for name in squares:
        if "symmetric" not in closure(name.properties) and outcome(claim, problem, given={name: ("symmetric",)}).holds:
            return f"the derivative is yours for symmetric {name.name}"
    return ""
