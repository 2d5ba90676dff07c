r"""Signs that do not count: known before a formula is differentiated.

    \|-X\| = \|X\|
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, scaled
from derivtex.core.terms import Term
from derivtex.operations import EntrySumNorm, MaxNorm, Norm, NuclearNorm, SpectralNorm
from derivtex.rewriting.holes import column, matrix
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import DEFINITION

signs = Page("Signs")
X, x = matrix("X", "m", "n"), column("x", "n")


@signs.by_hand("norm of a negative", Norm, EntrySumNorm, MaxNorm, SpectralNorm, NuclearNorm, reason="a norm does not see the sign", why=Why.NUMBERS, says=r"\|-x\| = \|x\|",
               cite=DEFINITION, quiet=True, tried_on=[Norm(-X), Norm(-x), EntrySumNorm(-x)])  # fmt: skip
def _norm(term: Term) -> Term | None:
    value, rest = coefficient(term.of)
    return term.rebuild((scaled(-value, rest),)) if value < 0 else None
