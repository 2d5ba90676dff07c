"""The secular equation: the constraint with the unknown put in, one equation in the one multiplier that is left
(Golub and Van Loan, Matrix Computations, sec. 6.2.1; J. J. Moré and D. C. Sorensen, SIAM J. Sci. Stat. Comput. 4 (1983) 553)."""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, negative
from derivtex.calculus.powers import powers
from derivtex.core.terms import Term
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import Bound
from derivtex.derivation.stationary.linear import UNIT, collected, linear_in
from derivtex.derivation.stationary.members import apart, put_in
from derivtex.derivation.stationary.solution import Secular
from derivtex.operations import Symbol
from derivtex.simplification.engine import simplified, tidied
from derivtex.simplification.shortening import shortened
from derivtex.steps import Sentence

Own = tuple[dict[Symbol, Term], dict[Symbol, Term]]


def secular(bound: Bound, values: dict[Symbol, Term], waiting: list[Symbol], own: Own, sense: str) -> Secular | None:
    """The equation for the one number that is left, where the unknown is known by it; None where there are more, or none.

    own: the gradient of each unknown, and what each stands for.
    """
    gradients, members = own
    if len(waiting) != 1 or not waiting[0].is_scalar or len(gradients) != 1 or not all(name in values for name in gradients):
        return None
    (multiplier,) = waiting
    pairs = [*zip(bound.multipliers, bound.constraints, strict=True), *((each.multiplier, each.term) for each in bound.inequalities)]
    constraint = next(term for name, term in pairs if name is multiplier)
    left = simplified(settled(put_in(apart(constraint, members), values, members)), powers)
    if not left.contains(multiplier) or any(left.contains(each) for each in (*gradients, *bound.duals) if each is not multiplier):
        return None
    words = "{}$= 0$ is one equation in the one number {}, which bisection or Newton's method solves"
    if multiplier not in bound.multipliers:
        words = "Where the constraint holds with equality, {}$= 0$ is one equation in the one number {}; else {}$= 0$"
    told = [Sentence(words, (left, multiplier, multiplier)[: words.count("{}")])]
    ((name, gradient),) = gradients.items()
    bend = hessian(gradient, name)
    if bend is not None:
        kind, sign = ("maximum", "negative") if sense == "max" else ("minimum", "positive")
        root, names = ("A root", ()) if multiplier in bound.multipliers else (r"A root {}$\ge 0$", (multiplier,))
        told.append(Sentence(f"{root} at which {{}} is {sign} semidefinite gives the {kind}, as the Lagrangian bends one way there", (*names, bend)))
    return Secular(multiplier, left, tuple(told))


def hessian(gradient: Term, name: Symbol) -> Term | None:
    """The L of a gradient Lx + m of a column."""
    found = linear_in(gradient, name)
    pairs = collected(found.parts) if found is not None and not any(part.form for part in found.parts) else ()
    if len(pairs) != 1 or pairs[0][1] is not UNIT or pairs[0][0].is_scalar:
        return None
    value, matrix = coefficient(shortened(pairs[0][0]))
    return matrix if value > 0 else tidied(negative(matrix))
