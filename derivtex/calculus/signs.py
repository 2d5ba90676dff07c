r"""Norms written shortly before they are differentiated: signs do not count, a common factor stands in front.

    \|-X\| = \|X\|        \|Wa - Wb\| = \|W(a - b)\|
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.core.terms import Term, Terms
from derivtex.operations import EntrySumNorm, MaxNorm, Norm, NuclearNorm, Product, SpectralNorm, Sum
from derivtex.rewriting.holes import column, matrix, scalar
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, applied, chain, reckoned, scalars
from derivtex.rewriting.sources import DEFINITION

signs = Page("Signs and common factors of norms")
p, S, P = scalar("p"), scalars("S"), chain("P", "m", "n")
A, B, C, X, x = matrix("A", "m", "n"), matrix("B", "n", "p"), matrix("C", "n", "p"), matrix("X", "m", "n"), column("x", "n")


signs.states("norm of a negative", applied("?norm", "norm", Product((p, S, P))), applied("?norm", "norm", Factors((reckoned(-p), S, P))), reason="a norm does not see the sign", cite=DEFINITION,
             quiet=True, given=[("negative", "p")], tried_on=[Norm(-X), Norm(-x), EntrySumNorm(-x), Norm(-2 * X)])  # fmt: skip


@signs.by_hand("norm of terms with a common factor", Norm, EntrySumNorm, MaxNorm, SpectralNorm, NuclearNorm, over=Sum, reason="common factor", why=Why.TOGETHER, says=r"\|AB - AC\| = \|A(B - C)\|",
               cite="algebra", quiet=True, tried_on=[Norm(A * B - A * C), Norm(B.T * A.T + C.T * A.T)])  # fmt: skip
def _factor(term: Term) -> Term | None:
    """What all terms begin with, and what all end with."""
    parts = [coefficient(part) for part in term.of.terms]
    chains = [rest.factors for _, rest in parts if type(rest) is Product]
    if len(chains) < len(parts) or any(factor.is_scalar for chain in chains for factor in chain):
        return None
    first = shared(chains, 0)
    last = shared([chain[first:][::-1] for chain in chains], 0)
    if not first and not last:
        return None
    rests = (scaled(value, product(chain[first : len(chain) - last])) for (value, _), chain in zip(parts, chains, strict=True))
    return term.rebuild((product((*chains[0][:first], Sum(tuple(rests)), *chains[0][len(chains[0]) - last :])),))


def shared(chains: list[Terms], at: int) -> int:
    """How many factors all chains begin with; of each one is left."""
    same = all(len(chain) > at + 1 and chain[at] is chains[0][at] for chain in chains)
    return shared(chains, at + 1) if same else at
