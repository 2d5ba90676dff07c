r"""Shares of a whole: what the logarithm of a sum of exponentials and of the trace of one leave, and how these weights change.

    d log Σᵢ e^{tᵢ} = Σᵢ pᵢ dtᵢ,  pᵢ = e^{tᵢ}/Σⱼ e^{tⱼ}        d log tr e^H = tr(ρ dH),  ρ = e^H/tr e^H
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.terms import Term
from derivtex.operations import Differential, EntryPower, Exp, Log, MatrixExp, Member, Number, Product, Share, SumOver, Trace
from derivtex.rewriting.holes import d, matrix, member, over_index, power, scalar, tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.sources import DEFINITION, boyd

shares, shared = Page("Shares"), Page("Shares by their parts")
X, Y = matrix("X", "n", "n"), matrix("Y", "n", "n")
EACH = over_index(Exp(member()))


@shares.by_hand("log of a sum of exponentials", Differential, over=Log, reason="differential of log-sum-exp", cite=boyd("sec. 3.1.5"),
                says=r"d\log\sum_i e^{t_i} = \sum_i p_i\,dt_i,\ p_i = e^{t_i}/\sum_j e^{t_j}", tried_on=[d(Log(EACH))])  # fmt: skip
def _log_sum(term: Term) -> Term | None:
    whole = term.of.of
    if not term.is_scalar or type(whole) is not SumOver or type(whole.body) is not Exp or not is_of_members(whole.body, whole.index):
        return None
    return SumOver(whole.index, Product((Share(whole.body, whole), d(whole.body.of))))


def is_of_members(body: Term, index: Term) -> bool:
    """Whether it is made of members of families: of the entries of vectors it has a form without an index."""
    return any(type(part) is Member and part.index is index for part in body.walk())


@shares.by_hand("log of the trace of an exponential", Differential, over=Log, reason="differential of the log of the trace of an exponential",
                says=r"d\log\operatorname{tr}e^{X} = \operatorname{tr}(\rho\,dX),\ \rho = e^{X}/\operatorname{tr}e^{X}", cite=boyd("sec. 3.1.5"),
                tried_on=[d(Log(tr(MatrixExp(X))))])  # fmt: skip
def _log_trace(term: Term) -> Term | None:
    whole = term.of.of
    if type(whole) is not Trace or type(whole.of) is not MatrixExp:
        return None
    return Trace(Share(whole.of, whole) * d(whole.of.of))


@shares.by_hand("share", Differential, over=Share, reason="differential of a share", says=r"d(s/w) = (s/w)(d\log s - d\log w)", cite=DEFINITION,
                tried_on=[d(Share(MatrixExp(X), tr(MatrixExp(X)))), d(Share(Exp(scalar("s")), EACH))])  # fmt: skip
def _share(term: Term) -> Term | None:
    """Of a weight pᵢ(dtᵢ − d log w); of a matrix dE/w − ρ d log w."""
    share = term.of
    own = Product((share, d(share.of.of))) if type(share.of) is Exp else Product((EntryPower(share.whole, Number(-1)), d(share.of)))
    return own - Product((d(Log(share.whole)), share))


@shared.by_hand("share of a whole", Product, has=(MatrixExp,), reason="the share of a whole", says=r"\frac{1}{\operatorname{tr}E}E = \rho", cite=DEFINITION, quiet=True,
                tried_on=[Product((power(tr(MatrixExp(X)), -1), Y, MatrixExp(X)))])  # fmt: skip
def _found(term: Term) -> Term | None:
    """The exponential beside the inverse of its trace."""
    for at, factor in enumerate(term.factors):
        if type(factor) is EntryPower and factor.exponent is Number(-1) and type(factor.base) is Trace and type(factor.base.of) is MatrixExp:
            rest = (*term.factors[:at], *term.factors[at + 1 :])
            if factor.base.of in rest:
                return product(tuple(Share(part, factor.base) if part is factor.base.of else part for part in rest))
    return None
