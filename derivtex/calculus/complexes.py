r"""Complex terms: their differentials, and the turning of what is linear in dX and dX*.

A function of a complex X is differentiated as one of X and X*: df = tr(P dX) + tr(dXᴴ Q), so that ∂f/∂X = Pᵀ and ∂f/∂X* = Q.
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.calculus.traces import is_vector, split, transposed
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Hermitian,
    ImaginaryPart,
    ImaginaryUnit,
    Inner,
    MatrixRoot,
    Product,
    PseudoInverse,
    RealPart,
    Trace,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.operations.elementwise import Abs, Log
from derivtex.operations.norms import EntrySumNorm, WeightedNorm
from derivtex.operations.spectra import NuclearNorm
from derivtex.rewriting.conjugation import is_conjugate_leaf
from derivtex.rewriting.holes import (
    column,
    complex_array,
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
from derivtex.rewriting.sources import CALCULUS, DEFINITION, cookbook, horn, magnus

complex_differentials, conjugate_turning = Page("Complex differentials"), Page("Conjugate differentials")
A, M, W, x, s = matrix("A", "m", "n"), matrix("M", "m", "n"), matrix("W", "n", "n"), column("x", "n"), scalar("s")
HALF, I_UNIT, TWO_REAL_PARTS = number(1, 2), ImaginaryUnit(), "$|z|^{2} = z^{*}z$, differentiated by the product rule"


def states(name: str, left: Term, right: Term, hole: str, given=(), **options):
    """An equation for what is complex."""
    return complex_differentials.states(name, left, right, given=[("complex", hole), *given], **options)


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

Z, P, z, w = complex_array("Z", "n", "n"), complex_array("P", "n", "n"), complex_array("z", "n"), complex_array("w", "n")
by_hand = conjugate_turning.by_hand


@by_hand("own trace of a conjugate", Product, reason="a scalar is its own trace", says=r"x^H\,dX^H y = \operatorname{tr}(x^H\,dX^H y)", cite=magnus("ch. 1"),
         tried_on=[herm(z) * herm(d(Z)) * w])  # fmt: skip
def _own_trace(term: Term) -> Term | None:
    if not term.is_scalar:
        return None
    scalars, before, moving, behind = split(term.factors)
    if not is_conjugate_leaf(moving) or is_vector(moving) or moving.is_scalar:
        return None
    return product((*scalars, Trace(Product((*before, moving, *behind)))))


@by_hand("conjugate first", Product, reason="a scalar is its own transpose", says="a^T dx^* = dx^H a", cite=magnus("ch. 1"),
         tried_on=[z.T * conj(d(w)), z.T * herm(d(w.T))])  # fmt: skip
def _conjugate_first(term: Term) -> Term | None:
    """Of columns; of a row dx it is dx* that stands last, with what stands before it transposed."""
    if not term.is_scalar:
        return None
    scalars, before, moving, behind = split(term.factors)
    if not is_conjugate_leaf(moving) or not is_vector(moving) or not before or behind:
        return None
    return product((*scalars, *transposed((*before, moving))))


@by_hand("transpose to dXᴴ", Trace, reason="a matrix and its transpose have the same trace", says=r"\operatorname{tr}(A\,dX^*) = \operatorname{tr}(dX^H A^T)",
         cite=cookbook(13), tried_on=[tr(Z * conj(d(P))), tr(conj(d(P)) * Z)])  # fmt: skip
def _transposed_trace(term: Term) -> Term | None:
    factors = factors_of(term.of)
    _, before, moving, behind = split(factors)
    if type(moving) is not Conjugate or not is_conjugate_leaf(moving):
        return None
    return Trace(product((Hermitian(moving.of), *transposed((*behind, *before)))))


@by_hand("cyclic to dXᴴ", Trace, reason="cyclic property of the trace", says=r"\operatorname{tr}(A\,dX^H) = \operatorname{tr}(dX^H A)", cite=cookbook(14),
         tried_on=[tr(Z * herm(d(P))), tr(Z * herm(d(P)) * Z.T)])  # fmt: skip
def _cyclic(term: Term) -> Term | None:
    factors = factors_of(term.of)
    _, before, moving, behind = split(factors)
    if type(moving) is not Hermitian or not is_conjugate_leaf(moving) or not before:
        return None
    return Trace(product((moving, *behind, *before)))


@by_hand("conjugate transpose across", Inner, reason="transpose both sides", says="A : C^H = A^T : C^*", cite=magnus("ch. 2"), tried_on=[inner(Z, herm(d(P)))])
def _across(term: Term) -> Term | None:
    return Inner(term.left.T, Conjugate(term.right.of)) if type(term.right) is Hermitian else None
