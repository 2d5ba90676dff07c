"""Pulling out: what does not depend on the index of a sum comes out of it, and equal traces are added, after all else."""

from __future__ import annotations

from fractions import Fraction

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.core.terms import Term
from derivtex.operations import Number, Product, Sum, SumOver, Trace, UnitVector
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Page, Rule, Why
from derivtex.rewriting.patterns import Factors, chain, depending, index, scalars
from derivtex.rewriting.sources import DEFINITION, magnus
from derivtex.simplification.recognition import I, V, W, X, at_index, depends_on

pulling = Page("Pulling out")
I_K, S_some, T, T_some = index("i", "k"), scalars("S", least=1), scalars("T"), scalars("T", least=1)
P, P_some = chain("P", "m", "n"), chain("P", "m", "n", least=1)


def states(name: str, left: Term, right: Term, quiet: bool = False) -> Rule:
    return pulling.states(name, left, right, reason="what does not depend on the index comes out", cite=DEFINITION, quiet=quiet)


SHIFTED = Product((at_index(V, I), W)) + W


@pulling.by_hand("sum of a sum", SumOver, over=Sum, reason="sum by sum", why=Why.WORTH, says=r"\sum_{i=1}^n (\alpha_i A + B) = \sum_{i=1}^n\alpha_i A + nB", cite=DEFINITION, quiet=True,
                 tried_on=[SumOver(I, Sum((Product((at_index(V, I), X)), X)))])  # fmt: skip
def _split_constants(term: Term) -> Term | None:
    """Where nothing but scalars depends on the index."""
    chains = (factor for part in term.body.terms for factor in factors_of(part) if not factor.is_scalar)
    if term.is_scalar or depends_on(tuple(chains), term.index):
        return None
    return Sum(tuple(SumOver(term.index, part) for part in term.body.terms))

states("constant factor out of a sum", SumOver(I_K, Product((S_some, depending(T, I_K), depending(P, I_K)))), Product((S_some, SumOver(I_K, Factors((T, P))))), quiet=True)


@pulling.by_hand("constant ends out of a sum", SumOver, over=Product, reason="what does not depend on the index comes out",
                 why=Why.WORTH, says=r"\sum_i A B_i C = A\Bigl(\sum_i B_i\Bigr)C", cite=DEFINITION, quiet=True,
                 tried_on=[SumOver(I, X * X * SHIFTED), SumOver(I, Product((at_index(V, I), SHIFTED, W.T, X)))])  # fmt: skip
def _ends_out(term: Term) -> Term | None:
    """What stands before the first and behind the last factor of the chain that depends on the index; not where unit vectors wait to be summed."""
    scalars, chain = scalars_and_chain(term.body)
    inside = [at for at, factor in enumerate(chain) if factor.contains(term.index)]
    waiting = term.body.uses(UnitVector)
    if waiting or not inside or (inside[0] == 0 and inside[-1] == len(chain) - 1):
        return None
    first, behind = inside[0], inside[-1] + 1
    return product((*chain[:first], SumOver(term.index, product((*scalars, *chain[first:behind]))), *chain[behind:]))

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
