r"""What each form of the untyped tree means: the table, and the forms that need no room of their own."""

from __future__ import annotations

from contextlib import suppress

from derivtex.core.errors import ShapeError, Source, SyntaxProblem
from derivtex.core.shapes import ONE, same, size_text
from derivtex.core.terms import CARDS, Term
from derivtex.operations import Block, Determinant, EntryPower, Hadamard, Inner, Number, Transpose, Zero
from derivtex.reading.meaning import applied, arithmetic, calls, derivatives, indicators, listed, names, norms, operators, powers, products, ranges
from derivtex.reading.meaning.curves import slope
from derivtex.reading.meaning.dependence import dependence
from derivtex.reading.meaning.elaboration import Elaborator, Meaning
from derivtex.reading.meaning.factors import entries_first
from derivtex.reading.meaning.reach import refuse_reach_into
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.source.vocabulary import infixes
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Node


def bracket(to: Elaborator, node: Node) -> Term:
    if len(node.parts) > 1 and node.text == "[" and (beside := side_by_side(to, node)) is not None:
        return beside
    if len(node.parts) != 1:
        raise SyntaxProblem(
            "a list in brackets stands where one term should",
            way_out=r"write \begin{bmatrix} … \end{bmatrix}, or a function before it",
            span=to.span(node),
        )
    return to.term(node.parts[0])


def side_by_side(to: Elaborator, node: Node) -> Term | None:
    r"""`[X, Y]`, `[1\ x^T]`: what has equally many rows, side by side; numbers in an author's line, `[2x_1, 4x_2]`. None of two
    square matrices, which may be a commutator."""
    cells = [to.term(part) for part in node.parts]
    if to.gradients and all(to.shape(cell) == (ONE, ONE) for cell in cells):
        return Block(tuple(cells), len(cells))
    if all(map(to.may_be_square_quietly, cells)) or not any(to.shape(cell)[1] != ONE for cell in cells):
        return None
    if not all(same(cells[0].shape[0], cell.shape[0]) for cell in cells[1:]):
        return None
    to.scope.guess(f"{to.latex(node)} are blocks side by side")
    return Block(tuple(cells), len(cells))


def entrywise(to: Elaborator, node: Node) -> Term:
    r"""`A \odot B`, `A \oslash B`, `A \otimes B`, from left to right; `(a\odot b)x^T` where `a\odot b\,x^T` does not conform."""
    try:
        with to.scope.unifier.trial():
            return of_entries(to, node)
    except ShapeError as error:
        for other in entries_first(node):
            with suppress(ShapeError), to.scope.attempt():
                found = to.term(other)
                to.scope.guess(f"{to.latex(node)} is the product of entries times {to.latex(other.parts[-1])}: only so it conforms")
                return found
        raise error


def of_entries(to: Elaborator, node: Node) -> Term:
    """The products of entries, from left to right."""
    cards = {infixes()[mark][0] for mark in node.marks[1:]}
    if len(cards) > 1:
        raise to.ambiguous("entrywise and Kronecker products side by side", "write brackets", node)
    refuse_reach_into(to, node)
    left = to.term(node.parts[0])
    for mark, part in zip(node.marks[1:], node.parts[1:], strict=True):
        if mark == r"\circ":
            calls.refuse_composition(to, node.parts[0], part)
        right = to.term(part)
        card = infixes()[mark][0]
        if card != "Hadamard":
            left = to.make(CARDS[card], left, right, node=node)
            continue
        if mark == r"\oslash":
            right = EntryPower(right, Number(-1))
        else:
            to.scope.spelling.marks.setdefault("Hadamard", mark)
        factors = (
            *(left.factors if type(left) is Hadamard else (left,)),
            *(right.factors if type(right) is Hadamard else (right,)),
        )
        left = to.make(Hadamard, factors, node=node)
    return left


def inner(to: Elaborator, node: Node) -> Term:
    to.scope.spelling.marks.setdefault("Inner", ":")
    return to.make(Inner, to.term(node.parts[0]), to.term(node.parts[1]), node=node)


def angle(to: Elaborator, node: Node) -> Term:
    left, right = to.term(node.parts[0]), to.term(node.parts[1])
    if to.is_vector(left) and to.is_row(right):
        right = Transpose(right)
    return to.make(Inner, left, right, node=node)


def grid(to: Elaborator, node: Node) -> Term:
    """A matrix by blocks or entries; a 0 among blocks is a block of zeros."""
    cells = [to.term(part) for part in node.parts]
    blocks = any(to.shape(cell) != (ONE, ONE) for cell in cells)
    if blocks:
        cells = [
            Zero(to.scope.unknown(part, "r", large=False), to.scope.unknown(part, "c", large=False))
            if cell is Number(0)
            else cell
            for part, cell in zip(node.parts, cells, strict=True)
        ]
    made = to.make(Block, tuple(cells), node.across, node=node)
    return to.make(Determinant, made, node=node) if node.text == "|" else made


def shaped(to: Elaborator, node: Node) -> Term:
    r"""`\underbrace{x}_{n\times 1}`: the part, whose shape is what stands below."""
    of = to.term(node.parts[0])
    dims = [dimension_of(part, to.source) for part in by_marks(node.below, r"\times")]
    to.scope.note_sizes(*dims)
    if len(dims) == 2 and not (same(of.shape[0], dims[0]) and same(of.shape[1], dims[1])):
        raise ShapeError(f"this part is {size_text(to.shape(of))}, not {size_text((dims[0], dims[1]))}", span=to.span(node))
    return of


def text(to: Elaborator, node: Node) -> Term:
    raise SyntaxProblem("words stand inside a formula", way_out="leave them out", span=to.span(node))


FORMS: dict[str, Meaning] = {
    "number": arithmetic.number, "sum": arithmetic.sum_, "fraction": derivatives.fraction, "root": arithmetic.root,
    "bracket": bracket,
    "entrywise": entrywise, "inner": inner, "angle": angle, "grid": grid, "shaped": shaped, "text": text, "name": names.name,
    "script": powers.script,
    "chain": products.chain, "apply": applied.apply, "word": applied.lonely_word, "bars": norms.bars, "over": ranges.over,
    "call": calls.call,
    "differential": products.differential, "dependence": dependence, "gradient": operators.gradient, "listed": listed.listed, "empty": listed.empty,
    "derivative": operators.derivative_in_formula, "slope": slope, "condition": indicators.condition,
}  # fmt: skip


def elaborator(scope: Scope, source: Source) -> Elaborator:
    """What makes terms of the nodes of a source."""
    return Elaborator(scope, source, FORMS)
