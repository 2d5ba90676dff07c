r"""Complex terms: their differentials, and the turning of what is linear in dX and dX*.

A function of a complex X is differentiated as one of X and X*: df = tr(P dX) + tr(dXᴴ Q), so that ∂f/∂X = Pᵀ and ∂f/∂X* = Q.
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Hermitian,
    ImaginaryPart,
    ImaginaryUnit,
    MatrixRoot,
    Product,
    PseudoInverse,
    RealPart,
    Trace,
)
from derivtex.operations.elementwise import Abs, Log
from derivtex.operations.norms import EntrySumNorm, WeightedNorm
from derivtex.operations.spectra import NuclearNorm
from derivtex.rewriting.equation import Conditions
from derivtex.rewriting.holes import (
    column,
    conj,
    d,
    entrywise,
    herm,
    identity,
    inner,
    inv,
    matrix,
    norm,
    number,
    ones,
    power,
    scalar,
    tr,
)
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import Factors, backwards, chain, scalars
from derivtex.rewriting.sources import CALCULUS, DEFINITION, cookbook, horn, magnus

complex_differentials, conjugate_turning = Page("Complex differentials"), Page("Conjugate differentials")
A, M, W, x, s = matrix("A", "m", "n"), matrix("M", "m", "n"), matrix("W", "n", "n"), column("x", "n"), scalar("s")
HALF, I_UNIT, TWO_REAL_PARTS = number(1, 2), ImaginaryUnit(), "$|z|^{2} = z^{*}z$, differentiated by the product rule"


def states(name: str, left: Term, right: Term, hole: str, *, reason: str, cite: str, given: Conditions = (), needs: Conditions = (), rides: bool = False) -> None:
    """An equation for what is complex."""
    complex_differentials.states(name, left, right, reason=reason, cite=cite, given=[("complex", hole), *given], needs=needs, rides=rides)


def both(term: Term) -> Term:
    """A term and its conjugate: twice its real part."""
    return term + conj(term)


# Norms and absolute values: real-valued, so that dX and dX* come together.

states("squared modulus", d(power(Abs(A), 2)), entrywise(conj(A), d(A)) + entrywise(A, conj(d(A))), "A", reason=TWO_REAL_PARTS, cite=cookbook(228))
states("log of a modulus", d(Log(Abs(A))), HALF * both(entrywise(power(A, -1), d(A))), "A", reason="$\\log|z| = \\tfrac12(\\log z + \\log z^{*})$",
       cite=CALCULUS, needs=[("nonzero entries", "A")])  # fmt: skip
states("modulus", d(Abs(A)), HALF * entrywise(power(Abs(A), -1), entrywise(conj(A), d(A)) + entrywise(A, conj(d(A)))), "A",
       reason="$d|z| = (z^{*}dz + z\\,dz^{*})/2|z|$", cite=CALCULUS, needs=[("nonzero entries", "A")])  # fmt: skip
states("squared norm of a complex vector", d(power(norm(x), 2)), herm(d(x)) * x + herm(x) * d(x), "x",
       reason="$\\|x\\|^{2} = x^{H}x$, differentiated by the product rule", cite=cookbook(228))  # fmt: skip
states("squared norm of a complex matrix", d(power(norm(A), 2)), tr(herm(d(A)) * A) + tr(herm(A) * d(A)), "A",
       reason="$\\|X\\|^{2} = \\mathrm{tr}(X^{H}X)$, differentiated by the product rule", cite=cookbook(233))  # fmt: skip
states("norm of a complex array", d(norm(A)), HALF * power(norm(A), -1) * d(power(norm(A), 2)), "A", reason="$d\\sqrt{t} = dt/(2\\sqrt{t})$",
       cite=CALCULUS, needs=[("nonzero", "A")], rides=True)  # fmt: skip
states("sum of moduli", d(EntrySumNorm(A)), inner(ones("m", "n"), d(Abs(A))), "A", reason="the sum of the moduli", cite=DEFINITION, rides=True)
states("weighted norm of a complex vector", d(power(WeightedNorm(x, W), 2)), d(herm(x) * W * x), "x", reason="definition of the weighted norm",
       cite=DEFINITION, rides=True)  # fmt: skip
G = inv(MatrixRoot(M * herm(M))) * M
states("nuclear norm of a wide complex matrix", d(NuclearNorm(M)), HALF * (tr(herm(G) * d(M)) + tr(herm(d(M)) * G)), "M", given=[("wide", "M")],
       reason="the nuclear norm is $\\mathrm{tr}(XX^{H})^{1/2}$", cite=horn("sec. 7.4"), needs=[("full row rank", "M")])  # fmt: skip
G = M * inv(MatrixRoot(herm(M) * M))
states("nuclear norm of a complex matrix", d(NuclearNorm(M)), HALF * (tr(herm(G) * d(M)) + tr(herm(d(M)) * G)), "M",
       reason="the nuclear norm is $\\mathrm{tr}(X^{H}X)^{1/2}$", cite=horn("sec. 7.4"), needs=[("full column rank", "M")])  # fmt: skip
states("real part of a complex term", d(RealPart(A)), HALF * both(d(A)), "A", reason="$\\mathrm{Re}\\,z = (z + z^{*})/2$", cite=cookbook(225))
states("imaginary part of a complex term", d(ImaginaryPart(A)), HALF * I_UNIT * (conj(d(A)) - d(A)), "A",
       reason="$\\mathrm{Im}\\,z = (z - z^{*})/2\\mathrm{i}$", cite=cookbook(225))  # fmt: skip
states(
    "pseudo-inverse of a complex matrix", d(PseudoInverse(M)),
    -(PseudoInverse(M) * d(M) * PseudoInverse(M))
    + PseudoInverse(M) * herm(PseudoInverse(M)) * herm(d(M)) * (identity("m") - M * PseudoInverse(M))
    + (identity("n") - PseudoInverse(M) * M) * herm(d(M)) * herm(PseudoInverse(M)) * PseudoInverse(M),
    "M", reason="differential of the pseudo-inverse", cite=magnus("ch. 8, thm. 5"), needs=[("constant rank", "M")],
)  # fmt: skip


# Turning: dXᴴ first, as dX is last.

turns = conjugate_turning.states
C, c, S, B_turned = matrix("C", "m", "n"), matrix("C", "m", 1), scalars("S"), matrix("B", "n", "m")
P, Q, P_row, Q_column = chain("P", "q", "m"), chain("Q", "n", "q"), chain("P", 1, "m"), chain("Q", "n", 1)
P_before, Q_behind, P_some = chain("P", "q", "n", least=1), chain("Q", "m", "q"), chain("P", 1, "m", least=1)

turns("own trace of a conjugate", Product((S, P_row, C, Q_column)), Product((S, Trace(Product((P_row, C, Q_column))))), reason="a scalar is its own trace", cite=magnus("ch. 1"),
      given=[("conjugate change", "C"), ("matrix", "C"), ("still", "P")])  # fmt: skip

turns("conjugate first", Product((S, P_some, c)), Product((S, c.T, backwards(P_some.T))), reason="a scalar is its own transpose", cite=magnus("ch. 1"),
      given=[("conjugate change", "C"), ("still", "P")])  # fmt: skip

turns("transpose to dXᴴ", tr(Factors((P, Conjugate(C), Q))), tr(Factors((Hermitian(C), backwards(P.T), backwards(Q.T)))), reason="a matrix and its transpose have the same trace",
      cite=cookbook(13), given=[("change", "C"), ("still", "P")])  # fmt: skip

turns("cyclic to dXᴴ", tr(Product((P_before, Hermitian(C), Q_behind))), tr(Product((Hermitian(C), Q_behind, P_before))), reason="cyclic property of the trace", cite=cookbook(14),
      given=[("change", "C"), ("still", "P")])  # fmt: skip

turns("conjugate transpose across", inner(B_turned, herm(M)), inner(B_turned.T, conj(M)), reason="transpose both sides", cite=magnus("ch. 2"))


