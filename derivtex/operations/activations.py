"""Functions of a scalar that come from the normal distribution, and those that neural networks use, applied to every entry."""

from __future__ import annotations

import math

from derivtex.core.notation import Named
from derivtex.operations.elementwise import Elementwise


def error_function(np, of):
    """The error function of every entry, without SciPy."""
    return np.vectorize(math.erf, otypes=[float])(of)


class Erf(Elementwise):
    """The error function."""

    notation = Named(r"\operatorname{erf}", also=("erf",))

    def number(self, np, of):
        return error_function(np, of)

    def program(self, np, scipy, of):
        return scipy.special.erf(of)


class Huber(Elementwise):
    """Huber's function: t²/2 up to 1 in absolute value, |t| − 1/2 beyond."""

    kinks = (-1, 1)
    sign = "nonnegative"
    notation = Named(r"\operatorname{huber}", also=("huber",))

    def number(self, np, of):
        size = np.abs(of)
        return np.where(size <= 1, of * of / 2, size - 0.5)


class NormalDistribution(Elementwise):
    """The distribution function of the standard normal distribution."""

    sign = "positive"
    notation = Named(r"\Phi", also=(r"\operatorname{normcdf}",))

    def number(self, np, of):
        return (1 + error_function(np, of / math.sqrt(2))) / 2

    def program(self, np, scipy, of):
        return scipy.special.ndtr(of)


class Gelu(Elementwise):
    """The Gaussian error linear unit tΦ(t)."""

    notation = Named(r"\operatorname{gelu}", also=("gelu", "GELU", "GeLU"))

    def number(self, np, of):
        return of * (1 + error_function(np, of / math.sqrt(2))) / 2

    def program(self, np, scipy, of):
        return of * scipy.special.ndtr(of)


class Swish(Elementwise):
    """The swish or sigmoid linear unit tσ(t)."""

    commutes_with_conjugate = True
    notation = Named(r"\operatorname{swish}", also=("swish", "Swish", "SiLU", "silu"))

    def number(self, np, of):
        return of / (1 + np.exp(-of))


class Elu(Elementwise):
    """The exponential linear unit: t where t > 0, else eᵗ − 1."""

    kinks = (0,)
    notation = Named(r"\operatorname{elu}", also=("elu", "ELU"))

    def number(self, np, of):
        return np.where(of > 0, of, np.expm1(np.minimum(of, 0)))
