r"""Shares of a whole: what the logarithm of a sum of exponentials and of the trace of one leave, and how these weights change.

    d log Σᵢ e^{tᵢ} = Σᵢ pᵢ dtᵢ,  pᵢ = e^{tᵢ}/Σⱼ e^{tⱼ}        d log tr e^H = tr(ρ dH),  ρ = e^H/tr e^H
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Differential, Exp, Log, MatrixExp, Member, Product, Share, Sum, SumOver
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.holes import d, matrix, member, over_index, power, scalar, tr
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import chain, scalars
from derivtex.rewriting.sources import DEFINITION, boyd

shares, shared = Page("Shares"), Page("Shares by their parts")
X, t, w, S = matrix("X", "n", "n"), scalar("t"), scalar("w"), scalars("S")
P, Q = chain("P", "m", "n"), chain("Q", "n", "m")
EACH = over_index(Exp(member()))
WEIGHTED = over_index(Product((scalar("w"), Exp(member()))))


@shares.by_hand("log of a sum of exponentials", Differential, over=Log, reason="differential of log-sum-exp", cite=boyd("sec. 3.1.5"), why=Why.INDICES,
                says=r"d\log\sum_i w_ie^{t_i} = \sum_i p_i(dt_i + d\log w_i),\ p_i = w_ie^{t_i}/\sum_j w_je^{t_j}",
                tried_on=[d(Log(EACH)), d(Log(WEIGHTED))])  # fmt: skip
def _log_sum(term: Term) -> Term | None:
    """With weights w as well, those of a mixture, whose shares are the responsibilities of its components."""
    whole = term.of.of
    if not term.is_scalar or type(whole) is not SumOver or not is_of_members(whole.body, whole.index):
        return None
    exponents = [factor.of for factor in factors_of(whole.body) if type(factor) is Exp]
    weights = [factor for factor in factors_of(whole.body) if type(factor) is not Exp]
    if len(exponents) != 1 or not all(weight.is_scalar for weight in weights):
        return None
    changes = (d(exponents[0]), *(d(Log(weight)) for weight in weights))
    return SumOver(whole.index, Product((Share(whole.body, whole), Sum(changes) if weights else changes[0])))


def is_of_members(body: Term, index: Term) -> bool:
    """Whether it is made of members of families: of the entries of vectors it has a form without an index."""
    return any(type(part) is Member and part.index is index for part in body.walk())


E, ALONE = MatrixExp(X), tr(MatrixExp(X))
shares.states("log of the trace of an exponential", d(Log(ALONE)), tr(Share(E, ALONE) * d(X)), reason="differential of the log of the trace of an exponential",
              cite=boyd("sec. 3.1.5"))  # fmt: skip

SHARED: Said = {"reason": "differential of a share", "cite": DEFINITION}
shares.states("share of a sum of exponentials", d(Share(Exp(t), w)), Product((Share(Exp(t), w), d(t))) - Product((d(Log(w)), Share(Exp(t), w))),
              tried_on=[d(Share(Exp(t), EACH))], **SHARED)  # fmt: skip
shares.states("share of a trace", d(Share(X, w)), Product((power(w, -1), d(X))) - Product((d(Log(w)), Share(X, w))), tried_on=[d(Share(E, ALONE))], **SHARED)

shared.states("share of a whole", Product((power(ALONE, -1), S, P, E, Q)), Product((S, P, Share(E, ALONE), Q)), reason="the share of a whole", cite=DEFINITION, quiet=True)
