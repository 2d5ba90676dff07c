r"""Sums over an index, and what unit vectors pick: the rest that is one entry, one addend.

    Σᵢ(δᵢₖ − δⱼₖ)aᵢ = Σᵢδᵢₖaᵢ − δⱼₖΣᵢaᵢ        v ∘ eⱼ = vⱼeⱼ
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Diag, Entry, EntryPower, Hadamard, Index, Inverse, KroneckerDelta, Log, Number, Product, Sum, SumOver, UnitVector
from derivtex.operations.arithmetic import factors_of, is_whole
from derivtex.rewriting.holes import column
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import each, parts, place, scalars
from derivtex.rewriting.sources import DEFINITION
from derivtex.simplification.cost import is_negative
from derivtex.simplification.recognition import E_3, E_I, E_J, M_3, V_3, I, J, V, W, X, at_index

summation = Page("Sums")
N, i, j, x = Dim.of("n"), place("i"), place("j"), column("x", "n")
xs, ys, As, Bs = parts("x", "n", 1), parts("y", "n", 1), parts("A", "m", "n"), parts("B", "m", "n")
us, vs, ss = parts("u", 1, "n"), parts("v", 1, "n"), scalars("s", least=1)
SINGLE = UnitVector(Dim.of("m"), i) * UnitVector(N, j).T
DELTAS = Sum((KroneckerDelta(I, Number(1)), Product((Number(-1), KroneckerDelta(J, Number(1))))))


@summation.by_hand("sum of differences of deltas", SumOver, reason="sum by sum", why=Why.INDICES, says=r"\sum_i (\delta_{ij} - \delta_{kj})a_i = \sum_i \delta_{ij}a_i - \sum_i \delta_{kj}a_i",
                   cite=DEFINITION, quiet=True, tried_on=[SumOver(I, SumOver(J, Product((at_index(X, I, J), DELTAS, V)))), SumOver(I, Sum((KroneckerDelta(I, Number(1)), KroneckerDelta(I, Number(2)))))])  # fmt: skip
def _deltas(term: Term) -> Term | None:
    """Where addends of a factor pick an index; each sum is sifted then, and the other addends stay together."""
    indices, body = list[Index](), term
    while type(body) is SumOver:
        indices.append(body.index)
        body = body.body
    factors = body.factors if type(body) is Product else (body,) if len(indices) == 1 else ()
    at = next((at for at, factor in enumerate(factors) if type(factor) is Sum and any(_picks(part, indices) for part in factor.terms)), None)
    if at is None or (_excludes(factors[at].children) and any(_has_pole(factor, indices) for factor in factors)):
        return None
    rest = tuple(part for part in factors[at].terms if not _picks(part, indices))
    addends = [part for part in factors[at].terms if _picks(part, indices)] + ([Sum(rest) if len(rest) > 1 else rest[0]] if rest else [])
    parts = [product((*factors[:at], part, *factors[at + 1 :])) for part in addends]
    for index in reversed(indices):
        parts = [SumOver(index, part) for part in parts]
    return Sum(tuple(parts))


def _picks(term: Term, indices: list[Index]) -> bool:
    return any(type(factor) is KroneckerDelta and not set(indices).isdisjoint(factor.children) for factor in factors_of(term))


def _excludes(terms: tuple[Term, ...]) -> bool:
    r"""Whether it is 1 − δᵢⱼ, which leaves out an addend that may have no value: \sum_{j \ne i} 1/\|x_i - x_j\| is no difference of two sums."""
    return len(terms) == 2 and Number(1) in terms


def _has_pole(term: Term, indices: list[Index]) -> bool:
    """Whether a reciprocal, a logarithm or a root stands in a term that the indices run through."""
    parts = [part for part in term.walk() if any(part.contains(index) for index in indices)]
    return any(isinstance(part, Log | Inverse) or (type(part) is EntryPower and (is_negative(part.exponent) or not is_whole(part.exponent))) for part in parts)


AN_ENTRY: Said = {"reason": "an entry", "cite": DEFINITION, "quiet": True}
AN_INDEX = [("an index", "i"), ("no unit vector", "x")]  # with a number for an index the author wrote the unit vector, which stays
summation.states("row times unit vector", x.T * UnitVector(N, i), Entry(x, i, Number(1)), given=AN_INDEX, tried_on=[V.T * E_I, Product((X, V, V.T, E_I))], **AN_ENTRY)
summation.states("unit row times vector", UnitVector(N, i).T * x, Entry(x, i, Number(1)), given=AN_INDEX, tried_on=[Product((X, E_J, E_J.T, W))], **AN_ENTRY)

ONE_ENTRY: Said = {"reason": "only one entry is not zero", "cite": DEFINITION, "quiet": True}
summation.states("entrywise product with a unit vector", Hadamard((xs, UnitVector(N, i), ys)), Product((each(Entry(xs, i, Number(1))), each(Entry(ys, i, Number(1))), UnitVector(N, i))),
                 tried_on=[Hadamard((V_3, E_3)), Hadamard((M_3 * V_3, E_3, V_3))], **ONE_ENTRY)  # fmt: skip
summation.states("entrywise product with a unit row", Hadamard((us, UnitVector(N, i).T, vs)), Product((each(Entry(us, Number(1), i)), each(Entry(vs, Number(1), i)), UnitVector(N, i).T)),
                 tried_on=[Hadamard((V_3.T, E_3.T)), Hadamard((V_3.T * M_3, E_3.T, V_3.T))], **ONE_ENTRY)  # fmt: skip
summation.states("entry beside a unit vector", Entry(Sum((xs, Product((ss, UnitVector(N, i))), ys)), i, Number(1)), Sum((each(Entry(xs, i, Number(1))), Product((ss,)), each(Entry(ys, i, Number(1))))),
                 tried_on=[at_index(Sum((V, Product((at_index(W, I), E_I)))), I), at_index(Sum((Product((at_index(V, J), E_I)), V, W)), I)], **ONE_ENTRY)  # fmt: skip
summation.states("entrywise product with a single entry", Hadamard((As, SINGLE, Bs)), Product((each(Entry(As, i, j)), each(Entry(Bs, i, j)), SINGLE)),
                 tried_on=[Hadamard((M_3, E_3 * E_3.T)), Hadamard((X, E_I * E_J.T, X))], **ONE_ENTRY)  # fmt: skip

summation.states("Diag of a unit vector", Diag(UnitVector(N, i)), UnitVector(N, i) * UnitVector(N, i).T, reason="only one entry is not zero", cite=DEFINITION, quiet=True,
                 given=[("an index", "i")])  # fmt: skip


