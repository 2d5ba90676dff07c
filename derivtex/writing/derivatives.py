r"""Differentials and derivatives: `dX`, `d(AX)`, `\frac{\partial f}{\partial X}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.notation import Binding
from derivtex.core.terms import Operation, Term
from derivtex.operations.blocks import Block
from derivtex.operations.complexes import Conjugate
from derivtex.operations.leaves import Symbol
from derivtex.operations.matrix import Transpose
from derivtex.operations.structure import Vec
from derivtex.writing.box import TALL, Piece, index_script, join, script
from derivtex.writing.forms import OVER

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas


def differential(to: Formulas, term: Operation) -> Piece:
    r"""The differential: `dX`, `d(AX)`, `d^{2}f`."""
    d, of, order = to.spelling.differential, term.children[0], 1
    while type(of) is type(term):
        of, order = of.children[0], order + 1
    mark = d if order == 1 else f"{d}^{{{order}}}"
    inner = to.piece(of)
    of_layer = isinstance(of, Symbol) and of.name.endswith(")}")  # dW^{(2)}: nobody takes a number in brackets for an exponent
    if (inner.binding < Binding.ATOM and not inner.closed and not of_layer) or inner.minus:
        inner = to.bracketed(inner)
    return Piece(join(mark, inner.text), depth=inner.depth, airy=True)


def derivative(to: Formulas, term: Operation) -> Piece:
    r"""A derivative: `\frac{\partial\lambda}{\partial W}`; what it is of and by, according to its form."""
    above, below = ABOVE_BELOW[term.form](to, term)
    return Piece(rf"\frac{{{above}}}{{{below}}}", Binding.PREFIX, depth=TALL)


def _by(to: Formulas, term: Term, order: int = 1) -> str:
    r"""`\partial W`, `\partial^{2}\phi`."""
    mark = to.spelling.partial if order == 1 else f"{to.spelling.partial}^{{{order}}}"
    return join(mark, to.within(term, Binding.POWER).text)


def _gradient(to: Formulas, term: Operation) -> tuple[str, str]:
    r"""`\partial\phi` and `\partial W`; of what is differentiated again by the same number `\partial^{2}A` and `\partial t^{2}`."""
    of, order = term.of, 1
    while isinstance(of, type(term)) and (of.by, of.form) == (term.by, "scalar"):
        of, order = of.of, order + 1
    return _by(to, of, order), _by(to, term.by) if order == 1 else _again(to, term.by, order)


def _again(to: Formulas, by: Term, order: int) -> str:
    r"""`\partial t^{2}`."""
    return join(to.spelling.partial, f"{to.within(by, Binding.ATOM).text}^{{{order}}}")


def _jacobian(to: Formulas, term: Operation) -> tuple[str, str]:
    """A row for each output: ∂f/∂xᵀ; a column for each: ∂fᵀ/∂x."""
    if term.of.is_scalar or term.by.is_scalar:
        return _gradient(to, term)
    if term.rows == term.of.shape[0]:
        return _by(to, term.of), _by(to, Transpose(term.by))
    return _by(to, Transpose(term.of)), _by(to, term.by)


def _vec(to: Formulas, term: Operation) -> tuple[str, str]:
    numerator = term.rows == term.of.shape[0] * term.of.shape[1]
    of, by = _stacked(to, term.of), _stacked(to, term.by)
    partial = to.spelling.partial
    of, by = (of, _transposed(to, term.by)) if numerator else (_transposed(to, term.of), by)
    return join(partial, of), join(partial, by)


def _stacked(to: Formulas, term: Term) -> str:
    r"""`\operatorname{vec}X`; a column is its own vec."""
    if term.shape[1].integer == 1:
        return to.latex(term)
    word = to.vocabulary.word(to.spelling.mark(Vec, Vec.notation.mark))
    return join(word, to.within(term, Binding.ATOM).text, "" if to.vocabulary.is_spaced(word) else r"\,")


def _transposed(to: Formulas, term: Term) -> str:
    if term.shape[1].integer == 1:
        return to.latex(Transpose(term))
    return f"({_stacked(to, term)})^{script(to.spelling.mark(Transpose, Transpose.notation.mark))}"


def by_two(to: Formulas, of: Term, one: Term, other: Term) -> str:
    r"""A second derivative by two numbers: `\frac{\partial^{2}\phi}{\partial x_i\,\partial x_j}`."""
    return rf"\frac{{{_by(to, of, 2)}}}{{{_by(to, one)}\,{_by(to, other)}}}"


def _hessian(to: Formulas, term: Operation) -> tuple[str, str]:
    of, by = _by(to, term.of, 2), term.by
    if by.is_scalar:
        return of, _again(to, by, 2)
    partial = to.spelling.partial
    if type(by) is Block:
        return of, r"\,".join(partial + text for text in _both(to, by))
    return of, join(partial, _stacked(to, by)) + r"\," + join(partial, _transposed(to, by))


def _both(to: Formulas, by: Block) -> tuple[str, str]:
    r"""A complex variable with its conjugate as one column, `(z, z^{*})^{*}`, `(z, z^{*})^{T}`: conjugated, and transposed."""
    text, mark = rf"({', '.join(map(to.latex, by.blocks))})", to.spelling.mark(Conjugate, Conjugate.notation.mark)
    conjugate = f"{OVER[1]}{{{text}}}" if mark in OVER else f"{text}^{script(mark)}"
    return conjugate, f"{text}^{script(to.spelling.mark(Transpose, Transpose.notation.mark))}"


ABOVE_BELOW = {"gradient": _gradient, "scalar": _gradient, "jacobian": _jacobian, "vec": _vec, "hessian": _hessian}


def scalar_gradient(to: Formulas, term: Operation) -> Piece:
    r"""The gradient of an author's function by its argument: `\frac{\partial L}{\partial A}`."""
    by = join(to.spelling.partial, to.within(term.of, Binding.POWER).text)
    return Piece(rf"\frac{{{join(to.spelling.partial, term.function)}}}{{{by}}}", Binding.PREFIX, depth=TALL)


def scalar_hessian(to: Formulas, term: Operation) -> Piece:
    r"""The second derivative of an author's function by its argument: `\frac{\partial^{2}L}{\partial a\,\partial a^{T}}`."""
    mark, by = to.spelling.partial, to.within(term.of, Binding.POWER).text
    turned = to.piece(Transpose(term.of)).text
    return Piece(rf"\frac{{{mark}^{{2}}{term.function}}}{{{join(mark, by)}\,{join(mark, turned)}}}", Binding.PREFIX, depth=TALL)


def open_jacobian(to: Formulas, term: Operation) -> Piece:
    r"""The Jacobian of an author's function at its argument: `J_f(x)`."""
    inner = to.bracketed(to.piece(term.of))
    return Piece(f"J_{index_script(term.function)}{inner.text}", depth=inner.depth)
