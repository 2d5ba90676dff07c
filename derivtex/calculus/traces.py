r"""Traces: a scalar that is linear in dX, turned until dX stands last: tr(P dX), gᵀdx or G : dX.

The rules of `turning` are used on one addend at a time. Which of the other pages are used follows the author's way of writing.
"""

from __future__ import annotations

from derivtex.core.terms import Term, Terms
from derivtex.operations import Conjugate, Differential, Hermitian, Product, Trace
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import column, inner, matrix, scalar, tr
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import Factors, backwards, chain, scalars
from derivtex.rewriting.sources import cookbook, magnus

turning = Page("Turning")
rank_one = Page("Traces of rank one")
to_dot_products, to_traces, to_inner_products = Page("Dot products"), Page("Traces"), Page("Inner products")
A, B, X, Y = matrix("A", "m", "n"), matrix("B", "n", "m"), matrix("X", "n", "n"), matrix("Y", "n", "n")
x, y, s, u = column("x", "n"), column("y", "n"), scalar("s"), column("u", "n")
B_like, C, S = matrix("B", "m", "n"), matrix("C", "m", "n"), scalars("S")
P_row, Q_column, C_turned = chain("P", 1, "m"), chain("Q", "n", 1), matrix("C", "n", "m")
P, Q, Q_any = chain("P", "q", "m"), chain("Q", "n", "q", least=1), chain("Q", "n", "q")
P_turned, Q_turned, P_last = chain("P", "q", "n"), chain("Q", "m", "q"), chain("P", "n", "m")
Q_behind = chain("Q", "m", "n")
P_any, Q_rest = chain("P", "k", "n"), chain("Q", 1, "k", least=1)


def split(factors: Terms) -> tuple[Terms, Terms, Term, Terms]:
    """Scalars, what stands before the varying factor of the chain, that factor, and what stands behind it."""
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    chain = tuple(factor for factor in factors if not factor.is_scalar)
    at = next((at for at, factor in enumerate(chain) if varies(factor)), None)
    if at is None:
        return scalars, chain, next(filter(varies, scalars)), ()
    return scalars, chain[:at], chain[at], chain[at + 1 :]


def transposed(factors: Terms) -> Terms:
    return tuple(factor.T for factor in reversed(factors))


def is_vector(term: Term) -> bool:
    return 1 in (term.shape[0].integer, term.shape[1].integer)


def is_leaf(term: Term) -> bool:
    return type(term) is Differential


own_trace = turning.states("own trace", Product((S, P_row, C, Q_column)), Product((S, Trace(Product((P_row, C, Q_column))))), reason="a scalar is its own trace", cite=magnus("ch. 1"),
                           given=[("change or transpose", "C"), ("matrix", "C"), ("still", "P")])  # fmt: skip

transposed_scalar = turning.states("transposed scalar", Product((S, P_row, C_turned.T, Q_column)), Product((S, backwards(Q_column.T), C_turned, backwards(P_row.T))),
                                   reason="a scalar is its own transpose", cite=magnus("ch. 1"), given=[("change", "C"), ("vector", "C"), ("still", "P")])  # fmt: skip

turning.states("trace of a transpose", tr(Factors((S, P_turned, C.T, Q_turned))), tr(Factors((S, backwards(Q_turned.T), C, backwards(P_turned.T)))),
               reason="a matrix and its transpose have the same trace", cite=cookbook(13), given=[("change", "C"), ("still", "P")])  # fmt: skip

turning.states("cyclic", tr(Product((S, P, C, Q))), tr(Product((S, Q, P, C))), reason="cyclic", cite=cookbook(14), given=[("change", "C"), ("still", "P")])

AS_INNER: Said = {"reason": "as an inner product", "cite": magnus("ch. 2"), "quiet": True}
OPERATION = [("operation on a change", "C"), ("still", "P")]
turning.states("trace as inner product", tr(Factors((S, P, C, Q_any))), Product((S, inner(Factors((backwards(P.T), backwards(Q_any.T))), C))), given=OPERATION, **AS_INNER)
turning.states("scalar as inner product", Product((S, P_row, C, Q_column)), Product((S, inner(Factors((backwards(P_row.T), backwards(Q_column.T))), C))), given=OPERATION, **AS_INNER)

DOT: Said = {"reason": "$x\\cdot y = x^{T}y$", "cite": magnus("ch. 1"), "quiet": True}
to_dot_products.states("inner product with a conjugate change", inner(x, Conjugate(y)), Hermitian(y) * x, given=[("column", "x"), ("change", "y")], **DOT)
to_dot_products.states("inner product of columns", inner(x, y), x.T * y, given=[("column", "x")], **DOT)

AS_TRACE: Said = {"reason": "$A:B = \\mathrm{tr}(A^{T}B)$", "cite": magnus("ch. 2"), "quiet": True}
to_traces.states("inner product with a conjugate change as trace", inner(A, Conjugate(B_like)), tr(Hermitian(B_like) * A), given=[("matrix", "A"), ("change", "B")], **AS_TRACE)
to_traces.states("inner product as trace", inner(A, B_like), tr(A.T * B_like), given=[("matrix", "A")], **AS_TRACE)

TO_INNER: Said = {"reason": "$\\mathrm{tr}(A^{T}B) = A:B$", "cite": magnus("ch. 2"), "quiet": True}
to_inner_products.states("trace of a conjugate change as inner product", tr(Factors((Hermitian(C), Q_behind))), inner(Factors((Q_behind,)), Conjugate(C)), given=[("change", "C")], **TO_INNER)
to_inner_products.states("trace as inner product", tr(Factors((P_last, C))), inner(Factors((backwards(P_last.T),)), C), given=[("change", "C")], **TO_INNER)

rank_one.states("trace of a product of rank one", tr(Product((P_any, u, Q_rest))), Factors((Q_rest, P_any, u)), reason="a trace of rank one is a number", cite=magnus("ch. 1"), quiet=True)



own_trace = turning.teaches("a number is its own trace, and the trace is put around it because under a trace factors may change places", "own trace")
turning.teaches(r"under a trace the last factor may become the first, $\operatorname{tr}(PQ) = \operatorname{tr}(QP)$: so the change of the variable comes last", "cyclic")
turning.teaches("a matrix and its transpose have the same trace, so two terms that are transposes of each other are one number twice", "trace of a transpose")
transposed_scalar = turning.teaches("a number is its own transpose, so two terms that are transposes of each other are one number twice", "transposed scalar")
