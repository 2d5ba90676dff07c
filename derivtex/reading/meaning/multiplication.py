r"""The product of terms: one flat chain, in which scalar products are taken together where it does not conform otherwise."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, Dim, current, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Kronecker, Product, Transpose, Vec
from derivtex.operations.arithmetic import factors_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.syntax.tree import Node


def product(to: Elaborator, node: Node, factors: list[Term]) -> Term:
    """The product in one flat chain, scalar products inside it taken together where they must be."""
    flat = flattened(factors)
    if len(flat) == 1:
        return flat[0]
    for left, right in zip(flat, flat[1:], strict=False):
        meet_vec(left, right)
    try:
        with to.scope.unifier.trial():
            return Product(tuple(flat))
    except ShapeError as error:
        grouped = with_scalar_products(to, flat)
        if grouped is not None:
            return to.make(Product, tuple(grouped), node=node)
        raise to.explained(advised(to, error, flat), node) from None


def meet_vec(left: Term, right: Term) -> None:
    r"""In (A ⊗ B) vec(X) = vec(BXA^T), open sizes of A and B are those of X; so in vec(X)^T (A ⊗ B)."""
    vector, other, side = (right, left, 1) if type(right) is Vec else (left.of, right, 0) if type(left) is Transpose else (None, left, 0)
    if type(vector) is Vec and type(other) is Kronecker:
        for of, size in zip((other.right, other.left), vector.of.shape, strict=True):
            if not (of.shape[side].known and size.known):
                same(of.shape[side], size)


def flattened(factors: list[Term]) -> list[Term]:
    flat: list[Term] = []
    for factor in factors:
        flat.extend(factors_of(factor))
    return flat


def with_scalar_products(to: Elaborator, factors: list[Term]) -> list[Term] | None:
    """The factors with each run from a row to a column as one scalar; None when that does not help."""
    runs: list[list[Term]] = []
    columns = None
    for factor in factors:
        if factor.is_scalar:
            if not runs:
                runs.append([])
            runs[-1].append(factor)
            continue
        rows = factor.shape[0]
        if columns is None and runs or columns is not None and same(columns, rows):
            runs[-1].append(factor)
        else:
            runs.append([factor])
        columns = factor.shape[1]
    if len(runs) < 2:
        return None
    grouped: list[Term] = []
    for run in runs:
        value = run[0] if len(run) == 1 else Product(tuple(run))
        grouped.extend([value] if value.is_scalar else run)
    return grouped if len(grouped) < len(factors) else None


def told(size: Dim) -> str:
    return str(size) if size.known else "?"


def advised(to: Elaborator, error: ShapeError, factors: list[Term]) -> ShapeError:
    """The error with a hint where two columns stand side by side."""
    shapes = [current(factor.shape) for factor in factors if not factor.is_scalar]
    for left, right in zip(shapes, shapes[1:], strict=False):
        if left == right and left[1] == ONE:
            error.message = f"two vectors of shape {size_text(left)} stand side by side"
            error.way_out = r"write x^T y for their dot product, x\odot y for the products of entries"
        elif left[1] != right[0]:
            numbers = [size.integer for size in (left[1], right[0])]
            error.open = any(number is not None and number > 1 for number in numbers) and None in numbers
            meeting = f"{told(left[1])} columns meet {told(right[0])} rows"
            error.message = f"{size_text(left)} times {size_text(right)} does not conform: {meeting}"
            break
    return error
