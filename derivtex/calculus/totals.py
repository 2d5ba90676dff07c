"""Totals that are known: of ones, of entries that sum to one, and of the squares of a unit vector."""

from __future__ import annotations

from derivtex.core.shapes import ONE, Dim, shape
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Inner, Member, Ones, Product, SumOver, Symbol, Transpose
from derivtex.operations.sums import is_whole
from derivtex.rewriting.holes import column, herm, matrix, norm, number, ones
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import counted, index
from derivtex.rewriting.sources import DEFINITION, magnus

totals = Page("Totals")
X, t, r, EACH = matrix("X", "n", "n"), column("t", "n"), matrix("t", 1, "n"), index("i", "n")
SHARES, ROW_OF_SHARES = (Symbol("t", kind, size, ("sum-one",), None) for kind, size in (("vector", shape("n", 1)), ("row", shape(1, "n"))))
ALL = Index("i", ONE, Dim.of("n"))

totals.states("ones beside ones", ones("n").T * ones("n"), counted("n"), reason="as many ones as there are entries", cite=magnus("ch. 1"), quiet=True)


def of_sum(term: Term) -> str:
    return f"$\\mathbf{{1}}^T{name_with(term, 'sum-one')} = 1$"


def of_length(term: Term) -> str:
    return f"$\\|{name_with(term, 'unit')}\\| = 1$"


SUM_ONE: Said = {"reason": "the entries sum to 1", "cite": DEFINITION, "words": of_sum}
IS_SHARES, A_UNIT = [("sum-one", "t")], [("unit", "t")]
totals.states("entries that sum to one", ones("n").T * t, number(1), given=IS_SHARES, **SUM_ONE)
totals.states("entries that sum to one, from the left", t.T * ones("n"), number(1), given=IS_SHARES, **SUM_ONE)
totals.states("sum over entries that sum to one", SumOver(EACH, Entry(t, EACH, number(1))), number(1), tried_on=[SumOver(ALL, Entry(SHARES, ALL, number(1)))], given=IS_SHARES, **SUM_ONE)
totals.states("sum over a row that sums to one", SumOver(EACH, Entry(r, number(1), EACH)), number(1), tried_on=[SumOver(ALL, Entry(ROW_OF_SHARES, number(1), ALL))], given=IS_SHARES, **SUM_ONE)

L = matrix("L", "n", "m")
ROW_SUMS: Said = {"reason": "the rows sum to 1", "cite": DEFINITION}
totals.states("rows that sum to one", L * ones("m"), ones("n"), given=[("rows-one", "L")], **ROW_SUMS)

UNIT_LENGTH: Said = {"reason": "a vector of length 1", "cite": DEFINITION, "words": of_length}
totals.states("length one", norm(t), number(1), given=A_UNIT, **UNIT_LENGTH)
totals.states("square of a length one", t.T * t, number(1), given=[*A_UNIT, ("real", "t")], **UNIT_LENGTH)
totals.states("square of a complex length one", herm(t) * t, number(1), given=A_UNIT, **UNIT_LENGTH)


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
