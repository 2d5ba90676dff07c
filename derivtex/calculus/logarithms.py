r"""Logarithms of products with an exponential in them: known before they are differentiated, as a log-likelihood is.

    \log(e^t/s) = t - \log s
"""

from __future__ import annotations

from derivtex.operations import Exp, Log, Product
from derivtex.rewriting.holes import power, scalar
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import Factors, scalars
from derivtex.rewriting.sources import DEFINITION

logarithms = Page("Logarithms")
s, t = scalar("s"), scalar("t")


A_QUOTIENT: Said = {"reason": "the log of a quotient is a difference", "cite": DEFINITION}
S, REAL = scalars("S", least=1), [("real", "s"), ("real", "t")]
logarithms.states("log of an exponential over a number", Log(Product((Exp(t), power(s, -1)))), t - Log(s), given=REAL, tried_on=[Log(Product((Exp(t), power(Exp(s) + Exp(t), -1))))], **A_QUOTIENT)
logarithms.states("log of an exponential among factors", Log(Product((Exp(t), S))), t + Log(Factors((S,))), given=[("real", "S"), ("real", "t")],
                  tried_on=[Log(Product((Exp(t), Exp(s) + Exp(t))))], **A_QUOTIENT)  # fmt: skip
