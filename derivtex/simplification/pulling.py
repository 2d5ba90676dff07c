"""Pulling out: what does not depend on the index of a sum comes out of it, and equal traces are added, after all else."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient, scaled
from derivtex.core.terms import Term
from derivtex.operations import Number, Product, Sum, SumOver, Trace
from derivtex.rewriting.holes import matrix
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Page, Rule, Said, Why
from derivtex.rewriting.patterns import Factors, any_index, chain, depending, each, index, parts, scalars
from derivtex.rewriting.sources import DEFINITION, magnus
from derivtex.rewriting.worth import no_unit_vector_waits, no_weighted_numbers, only_scalars_depend
from derivtex.simplification.recognition import X

pulling = Page("Pulling out")
ANY_I, As, M = any_index("i", "k"), parts("A", "m", "n", least=2), matrix("M", "p", "q")
B, E, R, L, K, N = chain("B", "m", "p", least=1), chain("E", "q", "n", least=1), chain("R", "q", "n"), chain("L", "m", "p"), chain("K", "q", "r"), matrix("N", "r", "s")
I_K, S_some, T, T_some = index("i", "k"), scalars("S", least=1), scalars("T"), scalars("T", least=1)
P, P_some = chain("P", "m", "n"), chain("P", "m", "n", least=1)


def states(name: str, left: Term, right: Term, quiet: bool = False) -> Rule:
    return pulling.states(name, left, right, reason="what does not depend on the index comes out", cite=DEFINITION, quiet=quiet)




sum_of_a_sum = pulling.states("sum of a sum", SumOver(ANY_I, Sum((depending(As, ANY_I),))), Sum((each(SumOver(ANY_I, As), As),)), reason="sum by sum", cite=DEFINITION, quiet=True, worth=only_scalars_depend)

states("constant factor out of a sum", SumOver(I_K, Product((S_some, depending(T, I_K), depending(P, I_K)))), Product((S_some, SumOver(I_K, Factors((T, P))))), quiet=True)


CONSTANT: Said = {"reason": "what does not depend on the index comes out", "cite": DEFINITION, "quiet": True}
E_BEHIND = chain("E", "s", "n", least=1)
FIRST, LAST = [("depends", M, ANY_I)], [("depends", N, ANY_I)]
M_I, N_I, R_I, L_I, K_I, T_I = (depending(part, ANY_I) for part in (M, N, R, L, K, T))
pulling.states("constant ends out of a sum", SumOver(ANY_I, Product((T_I, B, M_I, K_I, N_I, E_BEHIND))), Product((B, SumOver(ANY_I, Factors((T, M, K, N))), E_BEHIND)), given=FIRST + LAST, worth=no_unit_vector_waits, **CONSTANT)
pulling.states("constants around one factor out of a sum", SumOver(ANY_I, Product((T_I, B, M_I, E))), Product((B, SumOver(ANY_I, Factors((T, M))), E)), given=FIRST, worth=no_unit_vector_waits, **CONSTANT)
pulling.states("constant beginning out of a sum", SumOver(ANY_I, Product((T_I, B, M_I, R_I))), Product((B, SumOver(ANY_I, Factors((T, M, R))))), given=FIRST, worth=no_weighted_numbers, **CONSTANT)
pulling.states("constant end out of a sum", SumOver(ANY_I, Product((T_I, L_I, M_I, E))), Product((SumOver(ANY_I, Factors((T, L, M))), E)), given=FIRST, worth=no_weighted_numbers, **CONSTANT)

states("constant out of a sum", SumOver(I_K, Product((depending(T_some, I_K), P_some))), Product((SumOver(I_K, Factors((T_some,))), P_some)))


@pulling.by_hand("equal under the trace", Trace, over=Sum, reason="cyclic property of the trace", why=Why.NUMBERS, says=r"\operatorname{tr}(AB + BA) = 2\operatorname{tr}(AB)", cite=magnus("ch. 1"), quiet=True,
                 tried_on=[Trace(Sum((X * X * X.T, X * X.T * X)))])  # fmt: skip
def _under_the_trace(term: Term) -> Term | None:
    """Summands that are each other rotated or transposed are added."""
    first: dict[int, tuple[Fraction, Term]] = {}
    total: dict[int, Fraction] = {}
    for part in term.of.terms:
        value, key = monomial(Trace(part))
        first.setdefault(key, (value, part))
        total[key] = total.get(key, Fraction(0)) + value
    if len(total) == len(term.of.terms) or any(value == 0 for value, _ in first.values()):
        return None
    kept = tuple(times(total[key] / value, part) for key, (value, part) in first.items() if total[key])
    return Trace(Sum(kept) if len(kept) > 1 else kept[0]) if kept else Number(0)


def times(value: Fraction, term: Term) -> Term:
    own, rest = coefficient(term)
    return scaled(own * value, rest)
