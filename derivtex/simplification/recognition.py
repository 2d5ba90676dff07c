r"""Recognition: a sum over all entries, written with unit vectors, is a vector or matrix that has a name.

    Σᵢ f(xᵢ) eᵢ = f(x)        Σᵢⱼ Aᵢⱼ xⱼ eᵢ = (A ∘ 1xᵀ)1        Σᵢ δᵢⱼ aᵢ = aⱼ
"""

from __future__ import annotations

from typing import cast

from derivtex.calculus.application import entrywise, gathered
from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE, Dim, shape
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Diag,
    Diagonal,
    Entry,
    Identity,
    Index,
    KroneckerDelta,
    Number,
    Ones,
    Product,
    Sum,
    SumOver,
    Symbol,
    Transpose,
    UnitVector,
)
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.operations.elementwise import Exp
from derivtex.operations.sums import is_whole, with_index
from derivtex.rewriting.holes import matrix
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import any_index, counted, depending, each, index, parts, place
from derivtex.rewriting.sources import DEFINITION, magnus
from derivtex.rewriting.worth import a_unit_vector_waits, unit_vectors_wait_twice

recognition = Page("Recognition")
Bs, ANY_I, ANY_J = parts("B", "m", "n", least=2), any_index("i", "k"), any_index("j", "l")
N, i, j, k, A = Dim.of("n"), place("i"), place("j"), place("k"), matrix("A", "p", "q")
I, J = Index("i", ONE, Dim.of("n")), Index("j", ONE, Dim.of("n"))
X = Symbol("X", "matrix", shape("n", "n"), (), None)
V, W = Symbol("v", "vector", shape("n", 1), (), None), Symbol("w", "vector", shape("n", 1), (), None)
E_I, E_J = UnitVector(Dim.of("n"), I), UnitVector(Dim.of("n"), J)
E_3, V_3, M_3 = UnitVector(Dim.of(3), Number(2)), Symbol("v", "vector", shape(3, 1), (), None), Symbol("M", "matrix", shape(3, 3), (), None)


def at_index(term: Term, row: Term, column: Term = Number(1)) -> Entry:  # noqa: B008 - terms are values
    return Entry(term, row, column)


@recognition.by_hand("sifting", SumOver, reason="only one index contributes", why=Why.INDICES, says=r"\sum_i \delta_{ij} a_i = a_j", cite=DEFINITION,
                     tried_on=[SumOver(I, Product((KroneckerDelta(I, Number(1)), V))),
                               SumOver(I, SumOver(J, Product((KroneckerDelta(I, Number(1)), at_index(X, I, J)))))])  # fmt: skip
def _sift(term: Term) -> Term | None:
    """Also through the sums inside, whose indices the other one is not."""
    inner, body = [], term.body
    while type(body) is SumOver:
        inner.append(body.index)
        body = body.body
    factors = factors_of(body)
    for at, factor in enumerate(factors):
        if type(factor) is KroneckerDelta and term.index in factor.children and factor.left is not factor.right:
            other = factor.right if factor.left is term.index else factor.left
            rest = product(factors[:at] + factors[at + 1 :])
            if any(index in other.walk() for index in inner) or not (is_counted(other) or rest.contains(term.index)):
                return None
            found = with_index(rest, term.index, other)
            for index in reversed(inner):
                found = SumOver(index, found)
            return found
    return None


def is_counted(place: Term) -> bool:
    """Whether a place is among those that a sum runs over: an index, a number, or that of a class; 0 or 1 may be none."""
    return type(place) in (Index, Number) or any(type(part) is Symbol and part.has("label") for part in place.walk())


EQUAL_INDICES: Said = {"reason": "equal indices", "cite": DEFINITION, "quiet": True}
recognition.states("same index", KroneckerDelta(i, i), Number(1), tried_on=[KroneckerDelta(Number(2), Number(2))], **EQUAL_INDICES)
recognition.states("different numbers", KroneckerDelta(i, j), Number(0), given=[("different", i, j)], tried_on=[KroneckerDelta(Number(1), Number(2))], **EQUAL_INDICES)

recognition.states("entry of a unit vector", Entry(UnitVector(N, i), j, k), KroneckerDelta(i, j), reason="entry of a unit vector", cite=DEFINITION, quiet=True)

recognition.states("product of unit vectors", UnitVector(N, i).T * UnitVector(N, j), KroneckerDelta(i, j), reason="unit vectors are orthonormal", cite=DEFINITION, quiet=True)


@recognition.by_hand("entry of an outer product", Entry, over=Product, reason="entry of an outer product",
                     why=Why.INDICES, says=r"(ab^T)_{ij} = a_ib_j,\quad (e_i^T A)_k = A_{ik}", cite=DEFINITION, quiet=True,
                     tried_on=[at_index(E_3 * V_3.T, Number(1), Number(2)), at_index(V_3 * E_3.T, Number(1), Number(2)), at_index(M_3 * E_3, Number(1)),
                               at_index(E_3.T * M_3, Number(1), Number(3)), at_index(E_3 * E_3.T, Number(2), Number(2)), at_index(M_3 * V_3 * V_3.T, Number(1), Number(2))])  # fmt: skip
def _entry_of_outer(term: Term) -> Term | None:
    chain, row, column = term.of.factors, term.row, term.column
    if any(factor.is_scalar for factor in chain):
        return None
    first, last = chain[0], chain[-1]
    if type(first) is UnitVector:
        return Product((KroneckerDelta(first.index, row), Entry(product(chain[1:]), Number(1), column)))
    if type(first) is Transpose and type(first.of) is UnitVector:
        return Entry(product(chain[1:]), first.of.index, column)
    if type(last) is UnitVector:
        return Entry(product(chain[:-1]), row, last.index)
    if type(last) is Transpose and type(last.of) is UnitVector:
        return Product((KroneckerDelta(last.of.index, column), Entry(product(chain[:-1]), row, Number(1))))
    at = next((at for at, factor in enumerate(chain[:-1]) if factor.shape[1] == ONE), None)
    return None if at is None else Product((Entry(product(chain[: at + 1]), row, Number(1)), Entry(product(chain[at + 1 :]), Number(1), column)))


SUM_BY_SUM: Said = {"reason": "sum by sum", "cite": DEFINITION, "quiet": True}
B_IJ = depending(depending(Bs, ANY_I), ANY_J)
recognition.states("double sum of a sum", SumOver(ANY_I, SumOver(ANY_J, Sum((B_IJ,)))), Sum((each(SumOver(ANY_I, SumOver(ANY_J, Bs)), Bs),)), worth=unit_vectors_wait_twice, **SUM_BY_SUM)
recognition.states("sum of a sum", SumOver(ANY_I, Sum((depending(Bs, ANY_I),))), Sum((each(SumOver(ANY_I, Bs), Bs),)), worth=a_unit_vector_waits, **SUM_BY_SUM)


@recognition.by_hand("vector of its entries", SumOver, reason="in vector form", why=Why.INDICES, says=r"\sum_i f(x_i)\,e_i = f(x)", cite=magnus("ch. 1"),
                     tried_on=[SumOver(I, Product((Exp(at_index(V, I)), at_index(W, I), E_I))), SumOver(I, Product((at_index(X, I, I), E_I))),
                               SumOver(I, Product((at_index(V, I), E_I.T))), SumOver(I, Product((at_index(V, I), W, E_I.T))),
                               SumOver(I, Product((at_index(V, I), E_I.T, X))),
                               SumOver(I, Product((SumOver(J, at_index(X, I, J)), X, E_I, E_I.T, X)))])  # fmt: skip
def _vector(term: Term) -> Term | None:
    """Σᵢ sᵢ eᵢ, also with rows or columns around it that do not depend on i."""
    row = row_of_unit(term.body, term.index)
    if row is not None:
        column = _vector.apply(SumOver(term.index, row[1]))
        return column and product((*row[0], column.T, *row[2]))
    split = around_unit(term.body, term.index)
    if split is None or not is_whole(term.index, split[2].size):
        return None
    before, behind, unit, scalars = split
    found = [part for scalar in scalars if (part := along(scalar, term.index, unit.size)) is not None]
    if len(found) < len(scalars):
        return None
    vector = gathered(found, Ones(unit.size, ONE))
    if type(behind) is tuple and behind and type(behind[0]) is Transpose and behind[0].of is unit:
        return product((*before, Diag(vector), *behind[1:]))
    return product((*before, vector, *behind)) if not depends_on((*before, *behind), term.index) else None


@recognition.by_hand("matrix of its entries", SumOver, over=SumOver, reason="in matrix form", why=Why.INDICES, says=r"\sum_{ij} A_{ij} x_j\,e_i = (A\odot \mathbf{1}x^T)\mathbf{1}",
                     cite=magnus("ch. 1"), tried_on=[SumOver(I, SumOver(J, Product((at_index(X, I, J), at_index(V, J), E_I)))),
                                                     SumOver(I, SumOver(J, Product((at_index(X, J, I), at_index(V, I), E_I)))),
                                                     SumOver(I, SumOver(J, Product((Exp(at_index(X, I, J)), X, E_I, Transpose(E_J))))),
                                                     SumOver(I, SumOver(J, Product((Sum((KroneckerDelta(I, J), at_index(X, I, J))), E_I, Transpose(E_J)))))])  # fmt: skip
def _matrix(term: Term) -> Term | None:
    i, j, body = term.index, term.body.index, term.body.body
    scalars, chain = scalars_and_chain(body)
    rows, columns = size_of(i), size_of(j)
    if rows is None or columns is None or not chain:
        return None
    found = [part for scalar in scalars if (part := across(scalar, i, j, rows, columns)) is not None]
    if len(found) < len(scalars):
        return None
    matrix = gathered(found, Ones(rows, columns))
    e_i, e_j = UnitVector(rows, i), UnitVector(columns, j)
    forms: dict[Terms, Term] = {
        (e_i,): matrix * Ones(columns, ONE),
        (e_j,): matrix.T * Ones(rows, ONE),
        (e_i, e_j.T): matrix,
        (e_j, e_i.T): matrix.T,
    }
    for width in (2, 1):
        for at in range(len(chain) - width + 1):
            around = (*chain[:at], *chain[at + width :])
            if chain[at : at + width] in forms and not depends_on(around, i) and not depends_on(around, j):
                return product((*chain[:at], forms[chain[at : at + width]], *chain[at + width :]))
    return None


def around_unit(body: Term, index: Index) -> tuple[Terms, Terms, UnitVector, Terms] | None:
    """What stands before and behind the first unit vector of an index, that vector, and the scalars."""
    scalars, chain = scalars_and_chain(body)
    at = next((at for at, factor in enumerate(chain) if type(factor) is UnitVector and factor.index is index), None)
    if at is None:
        return None
    unit = chain[at]
    assert isinstance(unit, UnitVector)
    return chain[:at], chain[at + 1 :], unit, scalars


def row_of_unit(body: Term, index: Index) -> tuple[Terms, Term, Terms] | None:
    """B, s eᵢ and C of a body sBeᵢᵀC with the transpose of the unit vector of an index, where B and C do not depend on it."""
    scalars, chain = scalars_and_chain(body)
    at = next((at for at, each in enumerate(chain) if type(each) is Transpose and type(each.of) is UnitVector and each.of.index is index), None)
    if at is None or depends_on((*chain[:at], *chain[at + 1 :]), index):
        return None
    return chain[:at], product((*scalars, chain[at].of)), chain[at + 1 :]


def size_of(index: Index) -> Dim | None:
    """What an index that begins with one goes up to."""
    return index.last if index.first == ONE else None


def depends_on(terms: Terms, index: Index) -> bool:
    return any(term.contains(index) for term in terms)


def along(scalar: Term, i: Index, size: Dim) -> Term | None:
    """The column whose entry i is the scalar; the scalar itself where it does not depend on i; None where there is none."""
    if not scalar.contains(i):
        return scalar
    match scalar:
        case Entry(of, row, column) if not of.contains(i):
            return _entries(of, row, column, i, size)
        case Product((Transpose(UnitVector() as unit), *rest)) if unit.index is i and unit.size == size and not depends_on(tuple(rest), i):
            return product(tuple(rest))
        case SumOver(k, Entry(of, row, column)) if not of.contains(i) and not of.contains(k):
            if (row, column) == (i, k) and (size, k.last) == of.shape and k.first == ONE:
                return Product((of, Ones(of.shape[1], ONE)))
            if (row, column) == (k, i) and (k.last, size) == of.shape and k.first == ONE:
                return Product((Transpose(of), Ones(of.shape[0], ONE)))
        case SumOver(k, Product((Entry(left, a, b), Entry(right, c, _)))) if c is k and right.shape == (k.last, ONE) and not depends_on((left, right), i):
            matrix = left if (a, b) == (i, k) else left.T if (a, b) == (k, i) else None
            return None if matrix is None or matrix.shape != (size, k.last) or k.first != ONE or left.contains(k) else matrix * right
    return entrywise(scalar, lambda part: along(part, i, size), Ones(size, ONE))


def _entries(of: Term, row: Term, column: Term, i: Index, size: Dim) -> Term | None:
    if row is i and column is i:
        return Diagonal(of) if of.shape == (size, size) else None
    if row.contains(i) and column.contains(i):
        return None
    if row is i and of.shape[0] == size:
        return of if of.shape[1] == ONE else of * UnitVector(of.shape[1], column)
    if column is i and of.shape[1] == size:
        return of.T if of.shape[0] == ONE else of.T * UnitVector(of.shape[0], row)
    return None


def across(scalar: Term, i: Index, j: Index, rows: Dim, columns: Dim) -> Term | None:
    """The matrix whose entry (i, j) is the scalar; the scalar itself where it depends on neither; None where there is none."""
    if not scalar.contains(i) and not scalar.contains(j):
        return scalar
    match scalar:
        case Entry(of, row, column) if of.shape == (rows, columns) and row is i and column is j:
            return cast(Term, of)
        case Entry(of, row, column) if of.shape == (columns, rows) and row is j and column is i:
            return Transpose(of)
        case KroneckerDelta(row, column) if {row, column} == {i, j} and rows == columns:
            return Identity(rows)
        case SumOver(k, Product((Entry(left, a, b), Entry(right, c, e)))) if (a, b, c, e) == (i, k, k, j) and not depends_on((left, right), k):
            return left * right if is_whole(k, left.shape[1]) and (left.shape[0], right.shape[1]) == (rows, columns) else None
    if not scalar.contains(j):
        found = along(scalar, i, rows)
        return found and Product((found, Ones(columns, ONE).T))
    if not scalar.contains(i):
        found = along(scalar, j, columns)
        return found and Product((Ones(rows, ONE), found.T))
    return entrywise(scalar, lambda part: across(part, i, j, rows, columns), Ones(rows, columns))

recognition.states("sum of a constant", SumOver(index("i", "n"), A), Product((counted("n"), A)), reason="every term is the same", cite=DEFINITION)


