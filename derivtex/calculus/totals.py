"""Totals that are known: of ones, of entries that sum to one, and of the squares of a unit vector."""

from __future__ import annotations

from derivtex.calculus.arithmetic import NUMBER_ONE, product
from derivtex.core.shapes import ONE, Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import Entry, Hermitian, Index, Inner, Member, Norm, Ones, Product, SumOver, Symbol, Transpose
from derivtex.operations.sums import is_whole
from derivtex.rewriting.holes import complex_array, matrix, ones, scalar
from derivtex.rewriting.normal_form import is_real
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import counted
from derivtex.rewriting.sources import DEFINITION, magnus

totals = Page("Totals")
X = matrix("X", "n", "n")
SHARES, UNIT = (Symbol("t", "vector", shape("n", 1), (name,), None) for name in ("sum-one", "unit"))
COMPLEX = complex_array("z", "n", 1, "unit")
ALL = Index("i", ONE, Dim.of("n"))

totals.states("ones beside ones", ones("n").T * ones("n"), counted("n"), reason="as many ones as there are entries", cite=magnus("ch. 1"), quiet=True)


@totals.by_hand("entries that sum to one", Product, SumOver, has=(Transpose, SumOver), why=Why.TOGETHER, says=r"\mathbf{1}^T t = 1", reason="the entries sum to 1",
                tried_on=[ones("n").T * SHARES, SHARES.T * ones("n"), Product((scalar("s"), SHARES.T, ones("n"))),
                          SumOver(ALL, Entry(SHARES, ALL, NUMBER_ONE))],
                cite=DEFINITION, words=lambda term: f"$\\mathbf{{1}}^T{name_with(term, 'sum-one')} = 1$")  # fmt: skip
def _sum_one(term: Term) -> Term | None:
    if type(term) is SumOver:
        of = total_of(term)
        return NUMBER_ONE if of is not None and is_one(of, "sum-one") else None
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if type(left) is Transpose and ((type(left.of) is Ones and is_one(right, "sum-one")) or (type(right) is Ones and is_one(left.of, "sum-one"))):
            return product((*factors[:at], *factors[at + 2 :]))
    return None


@totals.by_hand("length one", Product, Norm, has=(Transpose, Hermitian, Norm), why=Why.TOGETHER, says=r"u^Tu = 1,\ u^Hu = 1", reason="a vector of length 1",
                tried_on=[UNIT.T * UNIT, Norm(UNIT), Product((scalar("s"), UNIT.T, UNIT)), Hermitian(COMPLEX) * COMPLEX], cite=DEFINITION,
                words=lambda term: f"$\\|{name_with(term, 'unit')}\\| = 1$")  # fmt: skip
def _length_one(term: Term) -> Term | None:
    if type(term) is Norm:
        return NUMBER_ONE if is_one(term.of, "unit") else None
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        own = (type(left) is Transpose and is_real(right)) or type(left) is Hermitian
        if own and left.of is right and is_one(right, "unit"):
            return product((*factors[:at], *factors[at + 2 :]))
    return None


def name_with(term: Term, name: str) -> str:
    """The first name in a term with a property."""
    found = next(part for part in term.walk() if is_one(part, name))
    return found.name if type(found) is Symbol else f"{found.family.name}_{found.index.name}"


def is_one(term: Term, name: str) -> bool:
    """Whether a vector's entries sum to one, or its length is one."""
    return type(term) in (Symbol, Member) and term.has(name) and term.shape[1] == ONE


def total_of(term: Term) -> Symbol | Member | None:
    """The vector, or the matrix for one of its rows, that a term is the sum of all entries of."""
    match term:
        case (
            Product((Transpose(Ones()), (Symbol() | Member()) as vector)) | Product((Transpose((Symbol() | Member()) as vector), Ones()))
            | Inner(Ones(), (Symbol() | Member()) as vector)
        ):
            return vector
        case SumOver(index, Entry((Symbol() | Member()) as vector, row, _)) if row is index and is_whole(index, vector.shape[0]):
            return vector
        case SumOver(index, Entry(Symbol() as matrix, _, column)) if column is index and is_whole(index, matrix.shape[1]):
            return matrix
    return None
