r"""Entrywise products that meet sums, unit vectors and outer products.

    (A ∘ uvᵀ)w = u ∘ A(v ∘ w)        Σᵢ a ∘ bᵢ = a ∘ Σᵢ bᵢ
"""

from __future__ import annotations

from derivtex.calculus.arithmetic import coefficient, product, scaled
from derivtex.calculus.entries import is_ones
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import Diag, EntryPower, Hadamard, Inner, Number, Ones, Product, Sum, SumOver, Transpose
from derivtex.rewriting.holes import ones
from derivtex.rewriting.page import Page, Said, Why
from derivtex.rewriting.patterns import Factors, backwards, chain, depending, each, index, parts
from derivtex.rewriting.sources import DEFINITION, magnus
from derivtex.rewriting.worth import a_unit_vector_waits
from derivtex.simplification.recognition import V, W, X

outer_products = Page("Entrywise products")
I_K, As, Bs = index("i", "k"), parts("A", "m", "n", least=1), parts("B", "m", "n", least=1)
As_any, Cs_any = parts("A", "m", "n"), parts("C", "m", "n")
OPEN, OPEN_BEHIND, u, v = depending(As_any, I_K), depending(Cs_any, I_K), chain("u", "m", 1, least=1), chain("v", 1, "n", least=1)
SPREAD = V * ones("n").T
SAME = ones("n") * V.T


outer_products.states("entrywise sum under a sum", SumOver(I_K, Hadamard((OPEN, Sum((depending(Bs, I_K),)), OPEN_BEHIND))), SumOver(I_K, Sum((each(Hadamard((As_any, Bs, Cs_any)), Bs),))),
                      reason="sum by sum", cite=DEFINITION, quiet=True, worth=a_unit_vector_waits)  # fmt: skip
outer_products.states("constant entrywise factor", SumOver(I_K, Hadamard((As, depending(Bs, I_K)))), Hadamard((As, SumOver(I_K, Hadamard((Bs,))))), cite=DEFINITION, quiet=True,
                      reason="what does not depend on the index comes out")  # fmt: skip


@outer_products.by_hand("entrywise product with an outer product", Product, has=(Hadamard, Sum), reason="scaled rows and columns", why=Why.TOGETHER, says=r"(A\odot uv^T)w = u\odot A(v\odot w)",
                        cite=magnus("ch. 3"), quiet=True,
                        tried_on=[Hadamard((X, SPREAD)) * W, Hadamard((X, SAME)) * ones("n"), Hadamard((X, SPREAD - SAME)) * W, W.T * Hadamard((X, SAME)), (SPREAD - SAME) * ones("n"),
                                  Transpose(Hadamard((X, SPREAD))) * W])  # fmt: skip
def _scaled(term: Term) -> Term | None:
    """Beside a vector; of a sum only where each term is such an outer product, with ones on one side. Also (uvᵀ + wzᵀ)1 without A."""
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if right.shape[1] == ONE and not right.is_scalar and not left.is_scalar:
            met = beside(left, right)
        elif left.shape[0] == ONE and not left.is_scalar and not right.is_scalar:
            met = beside(right.T, left.T)
            met = met and met.T
        else:
            continue
        if met is not None:
            return product((*factors[:at], met, *factors[at + 2 :]))
    return None


@outer_products.by_hand("reciprocal entries in a product", Product, Inner, has=(EntryPower,), reason="entry by entry", why=Why.TOGETHER, says=r"p^T(a\oslash p) = \mathbf{1}^T a", cite=magnus("ch. 3"), quiet=True,
                        tried_on=[V.T * Hadamard((W, EntryPower(V, Number(-1)))), Inner(Hadamard((W, EntryPower(V, Number(-1)))), V),
                                  X * W * Hadamard((EntryPower(V, Number(-1)), W)).T * V])  # fmt: skip
def _reciprocal(term: Term) -> Term | None:
    """A row times a column, of which one has the reciprocals of a factor of the other."""
    factors = term.factors if type(term) is Product else (term.left.T, term.right)
    for at in range(len(factors) - 1):
        left, right = transposed(factors[at]), factors[at + 1]
        if right.shape[1] != ONE or right.is_scalar or left.shape != right.shape:
            continue
        found = met_reciprocals(left, right)
        if found is not None:
            return product((*factors[:at], ones_row(right) * found, *factors[at + 2 :]))
    return None


def ones_row(column: Term) -> Term:
    return Ones(column.shape[0], ONE).T


def met_reciprocals(left: Term, right: Term) -> Term | None:
    """a ∘ b of two columns without p and p⁻¹; None where nothing is the reciprocal of something in the other."""
    one, other = ([*part.factors] if type(part) is Hadamard else [part] for part in (left, right))
    for mine, theirs in ((one, other), (other, one)):
        for factor in mine:
            if EntryPower(factor, Number(-1)) in theirs:
                rest = [part for part in (*mine, *theirs) if part is not factor and part is not EntryPower(factor, Number(-1))]
                return Hadamard(tuple(rest)) if len(rest) > 1 else rest[0] if rest else Ones(left.shape[0], ONE)
    return None


SCALED: Said = {"reason": "scaled rows and columns", "cite": magnus("ch. 3"), "quiet": True}
outer_products.states("scaled rows", Hadamard((As_any, Product((u, ones("n").T)), Cs_any)), Product((Diag(Factors((u,))), Hadamard((As_any, Cs_any)))), given=[("matrix", Product((u, ones("n").T)))], **SCALED)
outer_products.states("scaled columns", Hadamard((As_any, Product((ones("m"), v)), Cs_any)), Product((Hadamard((As_any, Cs_any)), Diag(Factors((backwards(v.T),))))), given=[("matrix", Product((ones("m"), v)))], **SCALED)


def a_factor_is_turned(term: Term) -> bool:
    """That the transpose of an entrywise product is taken inside: a factor is a transpose already, or an outer product."""
    return any(type(factor) is Transpose or outer(factor) is not None for factor in term.of.children)


outer_products.states("transposed entrywise product", Hadamard((As,)).T, Hadamard((each(As.T),)), reason="entry by entry", cite=magnus("ch. 3"), quiet=True, worth=a_factor_is_turned)


def transposed(term: Term) -> Term:
    """The transpose, taken into sums and entrywise products."""
    if type(term) in (Hadamard, Sum):
        return type(term)(tuple(map(transposed, term.children)))
    value, rest = coefficient(term)
    return scaled(value, rest.of if type(rest) is Transpose else rest.T)


def beside(matrix: Term, vector: Term) -> Term | None:
    """(A ∘ Σ ± uvᵀ)w, and (Σ ± uvᵀ)1."""
    if type(matrix) is Transpose and type(matrix.of) in (Hadamard, Sum):
        matrix = transposed(matrix.of)
    if type(matrix) is Sum:
        return of_outer_products(matrix, None, vector) if is_ones(vector) else None
    if type(matrix) is not Hadamard:
        return None
    for at, factor in enumerate(matrix.factors):
        rest = matrix.factors[:at] + matrix.factors[at + 1 :]
        found = of_outer_products(factor, rest[0] if len(rest) == 1 else Hadamard(rest), vector)
        if found is not None:
            return found
    return None


def of_outer_products(factor: Term, whole: Term | None, vector: Term) -> Term | None:
    """(A ∘ Σ ± uvᵀ)w; without A, (Σ ± uvᵀ)w."""
    parts = [coefficient(part) for part in (factor.terms if type(factor) is Sum else (factor,))]
    split = [pair for _, part in parts if (pair := outer(part)) is not None]
    if len(split) < len(parts):
        return None
    made = tuple(scaled(value, around(u, whole, v, vector)) for (value, _), (u, v) in zip(parts, split, strict=True))
    return made[0] if len(made) == 1 else Sum(made)


def outer(term: Term) -> tuple[Term, Term] | None:
    """u and v of uvᵀ, one of which is ones."""
    if type(term) is Transpose:
        found = outer(term.of)
        return found and found[::-1]
    if type(term) is not Product:
        return None
    at = next((at for at, factor in enumerate(term.factors[:-1]) if factor.shape[1] == ONE and not factor.is_scalar), None)
    if at is None or term.factors[0].is_scalar:
        return None
    u, v = product(term.factors[: at + 1]), product(term.factors[at + 1 :]).T
    return (u, v) if is_ones(u) or is_ones(v) else None


def around(u: Term, matrix: Term | None, v: Term, w: Term) -> Term:
    """u ∘ A(v ∘ w), or u(vᵀw)."""
    if matrix is None:
        return Product((Product((v.T, w)), u))
    inner = matrix * entrywise((v, w))
    return inner if is_ones(u) else Hadamard((u, inner))


def entrywise(factors: Terms) -> Term:
    kept = tuple(factor for factor in factors if not is_ones(factor))
    return Hadamard(kept) if len(kept) > 1 else kept[0] if kept else factors[0]
