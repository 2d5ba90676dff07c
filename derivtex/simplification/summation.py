r"""Sums over an index, and what unit vectors pick: the rest that is one entry, one addend.

    Σᵢ(δᵢₖ − δⱼₖ)aᵢ = Σᵢδᵢₖaᵢ − δⱼₖΣᵢaᵢ        v ∘ eⱼ = vⱼeⱼ
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import Diag, Entry, Hadamard, Index, KroneckerDelta, Number, Product, Sum, SumOver, Transpose, UnitVector
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import place
from derivtex.rewriting.sources import DEFINITION
from derivtex.simplification.recognition import E_3, E_I, E_J, M_3, V_3, I, J, V, W, X, at_index

summation = Page("Sums")
N, i = Dim.of("n"), place("i")
DELTAS = Sum((KroneckerDelta(I, Number(1)), Product((Number(-1), KroneckerDelta(J, Number(1))))))


@summation.by_hand("sum of differences of deltas", SumOver, reason="sum by sum", why=Why.INDICES, says=r"\sum_i (\delta_{ij} - \delta_{kj})a_i = \sum_i \delta_{ij}a_i - \sum_i \delta_{kj}a_i",
                   cite=DEFINITION, quiet=True, tried_on=[SumOver(I, SumOver(J, Product((at_index(X, I, J), DELTAS, V))))])  # fmt: skip
def _deltas(term: Term) -> Term | None:
    """Where addends of a factor pick an index; each sum is sifted then, and the other addends stay together."""
    indices, body = list[Index](), term
    while type(body) is SumOver:
        indices.append(body.index)
        body = body.body
    factors = body.factors if type(body) is Product else ()
    at = next((at for at, factor in enumerate(factors) if type(factor) is Sum and any(_picks(part, indices) for part in factor.terms)), None)
    if at is None:
        return None
    rest = tuple(part for part in factors[at].terms if not _picks(part, indices))
    addends = [part for part in factors[at].terms if _picks(part, indices)] + ([Sum(rest) if len(rest) > 1 else rest[0]] if rest else [])
    parts = [product((*factors[:at], part, *factors[at + 1 :])) for part in addends]
    for index in reversed(indices):
        parts = [SumOver(index, part) for part in parts]
    return Sum(tuple(parts))


def _picks(term: Term, indices: list[Index]) -> bool:
    return any(type(factor) is KroneckerDelta and not set(indices).isdisjoint(factor.children) for factor in factors_of(term))


@summation.by_hand("row times unit vector", Product, reason="an entry", why=Why.INDICES, says="v^T e_i = v_i", cite=DEFINITION, quiet=True,
                   tried_on=[V.T * E_I, Product((X, V, V.T, E_I)), Product((X, E_J, E_J.T, W))])  # fmt: skip
def _entry(term: Term) -> Term | None:
    """With a number for an index the author wrote the unit vector, which stays."""
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if type(left) is Transpose and left.of.shape[1] == ONE and not left.is_scalar and UnitVector in (type(left.of), type(right)) and right.shape[1] == ONE:
            unit, other = (right, left.of) if type(right) is UnitVector else (left.of, right)
            if type(other) is not UnitVector and type(unit.index) is not Number:
                return product((Entry(other, unit.index, Number(1)), *factors[:at], *factors[at + 2 :]))
    return None


@summation.by_hand("entrywise product with a unit vector", Hadamard, reason="only one entry is not zero", why=Why.INDICES, says=r"v\odot e_i = v_i\,e_i", cite=DEFINITION, quiet=True,
                   tried_on=[Hadamard((V_3, E_3)), Hadamard((M_3 * V_3, E_3, V_3))])  # fmt: skip
def _one_entry(term: Term) -> Term | None:
    at = next((at for at, factor in enumerate(term.factors) if type(factor) is UnitVector), None)
    if at is None:
        return None
    unit = term.factors[at]
    rest = term.factors[:at] + term.factors[at + 1 :]
    return product((*(Entry(factor, unit.index, Number(1)) for factor in rest), unit))


@summation.by_hand("entrywise product with a single entry", Hadamard, reason="only one entry is not zero", why=Why.INDICES, says=r"A\odot e_ie_j^T = A_{ij}\,e_ie_j^T", cite=DEFINITION,
                   quiet=True, tried_on=[Hadamard((M_3, E_3 * E_3.T)), Hadamard((X, E_I * E_J.T, X))])  # fmt: skip
def _single_entry(term: Term) -> Term | None:
    found = next(((at, places) for at, factor in enumerate(term.factors) if (places := picked(factor)) is not None), None)
    if found is None:
        return None
    at, (row, column) = found
    rest = term.factors[:at] + term.factors[at + 1 :]
    return product((*(Entry(factor, row, column) for factor in rest), term.factors[at]))


def picked(term: Term) -> tuple[Term, Term] | None:
    """The places i and j of a single-entry matrix eᵢeⱼᵀ."""
    match term:
        case Product((UnitVector() as left, Transpose(UnitVector() as right))):
            return left.index, right.index
    return None

summation.states("Diag of a unit vector", Diag(UnitVector(N, i)), UnitVector(N, i) * UnitVector(N, i).T, reason="only one entry is not zero", cite=DEFINITION, quiet=True,
                 given=[("an index", "i")])  # fmt: skip


