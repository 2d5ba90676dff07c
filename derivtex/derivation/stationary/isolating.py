"""An equation taken as far as the rules go, until its unknown stands alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivtex.calculus.arithmetic import product
from derivtex.calculus.scaling import forms, scaling
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.ranks import is_impossible
from derivtex.derivation.stationary.conditions import assumed
from derivtex.derivation.stationary.inside import multiplied_out, never_holds, whole
from derivtex.derivation.stationary.linear import UNIT
from derivtex.derivation.stationary.singular import singular
from derivtex.derivation.stationary.solution import Isolation
from derivtex.derivation.stationary.solving import is_solved, key_of, solving
from derivtex.derivation.stationary.vectorized import vectorized
from derivtex.exchange.scalar_calculus import roots
from derivtex.operations import EntryPower, Norm, Number, Product, Sum, SumOver, Symbol
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Rule
from derivtex.simplification.engine import simplified, tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Equation, Sentence, Step

MOST = 12
HALF = Fraction(1, 2)


def isolated(start: Equation, alone: bool = True) -> Isolation:
    """The unknown of an equation isolated by the rules, as far as they go. alone: whether it is the one unknown, of which the least may be taken."""
    equation, unknown = Equation(tidied(start.left), tidied(start.right), start.unknown), start.unknown
    found = Isolation(unknown, equation)  # type: ignore[arg-type]  # the unknown is a symbol
    assumptions: dict[Sentence, None] = {}
    elsewhere: dict[Term, None] = {}
    seen = {key_of(equation)}
    while len(found.steps) < MOST and not (is_solved(equation) and equation.unknown is unknown):
        used = None if never_holds(equation) else first_of(equation, alone)
        if used is None or any(is_impossible(*each) for each in used[0].assumes(equation)):
            break
        rule, new = used
        assert isinstance(new, Equation)
        again = unknown if rule.name == "undo" else new.unknown
        new = Equation(tidied(new.left), settled(new.right), again)
        if key_of(new) in seen:
            break
        seen.add(key_of(new))
        for name, part in rule.assumes(equation):
            if name == "nonzero" and part.contains(unknown):  # no matter of data: where it is zero, the equation holds as well
                elsewhere.update({part: None} if rule.name != "clear" else {})  # what stands in a denominator is not zero
            else:
                assumptions.update(dict.fromkeys(assumed(name, part)))
        words = rule if rule.words is None else replace(rule, reason=rule.words(equation))
        found.steps.append(Step(words, (), equation, new, len(found.steps) + 1))
        equation = new
    return replace(found, assumptions=tuple(assumptions), elsewhere=tuple(elsewhere))


def first_of(equation: Equation, alone: bool) -> tuple[Rule, Term] | None:
    """The first rule that fits an equation, and what it makes of it."""
    return solving.first(equation) or (singular.first(equation) if alone else None) or vectorized.first(equation) or by_roots(equation)


def by_roots(equation: Equation) -> tuple[Rule, Equation] | None:
    """The one root of a scalar equation that SymPy finds; the other roots of several are left to be told apart."""
    found = roots_of(equation)
    return (ROOT, Equation(equation.unknown, found[0], equation.unknown)) if len(found) == 1 else None


def roots_of(equation: Equation) -> list[Term]:
    """The roots of a scalar equation that SymPy finds."""
    if not isinstance(equation.unknown, Symbol) or not equation.unknown.is_scalar or not equation.left.is_scalar:
        return []
    return [root.map(length) for root in roots(summed_apart(whole(equation), equation.unknown), equation.unknown)]


def summed_apart(term: Term, unknown: Term) -> Term:
    r"""A number with its sums over an index taken apart, the unknown in front of them: \sum_i (x_i/p - 1) = p^{-1}\sum_i x_i - n."""
    if not any(type(part) is SumOver and part.contains(unknown) for part in term.walk()):
        return term
    parts = [inner for part in multiplied_out(term, unknown) for inner in (multiplied_out(part, part.index) if type(part) is SumOver else (part,))]
    return Sum(tuple(map(settled, parts)))


def length(part: Term) -> Term | None:
    """The root of vᵀv, also of vᵀAᵀAv, as a norm."""
    if type(part) is not EntryPower or type(part.exponent) is not Number or abs(part.exponent.value) != HALF or type(part.base) is not Product:
        return None
    chain = part.base.factors
    half = len(chain) // 2
    front, behind = product(chain[:half]) if half else UNIT, product(chain[half:])
    if front.shape[0] != ONE or not same_term(tidied(front.T), tidied(behind)) or may_be_complex(behind):
        return None
    norm = Norm(behind)
    return norm if part.exponent.value > 0 else EntryPower(norm, Number(-1))


def settled(term: Term) -> Term:
    """A formula written shortly, numbers taken out of functions of each entry."""
    return shortened(simplified(shortened(simplified(tidied(term), scaling)), forms))


def named(name: str, reason: str, says: str, source: str = "linear algebra") -> Rule:
    """A rule of the solver that no pattern states."""
    return Rule(name, "Solving equations", reason, source, lambda term: None, (), says=says)


ROOT = named("root", "the root of a scalar equation", r"f(t) = 0", "algebra")
