r"""Logarithms of products with an exponential in them: known before they are differentiated, as a log-likelihood is.

    \log(e^t/s) = t - \log s
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import as_power, product
from derivtex.core.terms import Term
from derivtex.operations import Exp, Log, Number, Product, Sum
from derivtex.rewriting.holes import power, scalar
from derivtex.rewriting.normal_form import is_real
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import DEFINITION

logarithms = Page("Logarithms")
s, t = scalar("s"), scalar("t")


@logarithms.by_hand("log of an exponential among factors", Log, over=Product, reason="the log of a quotient is a difference", cite=DEFINITION,
                    why=Why.TOGETHER, says=r"\log(e^{t}/s) = t - \log s", tried_on=[Log(Product((Exp(t), power(Exp(s) + Exp(t), -1))))])  # fmt: skip
def _split(term: Term) -> Term | None:
    factors = term.of.factors
    exponents = tuple(factor.of for factor in factors if type(factor) is Exp)
    rest = tuple(factor for factor in factors if type(factor) is not Exp)
    if not exponents or not rest or not all(factor.is_scalar for factor in factors) or not is_real(term.of):
        return None
    below = [base for base, exponent in map(as_power, rest) if exponent is Number(-1)]
    if len(below) == len(rest):
        return Sum((*exponents, -Log(product(tuple(below)))))
    return Sum((*exponents, Log(product(rest))))
