r"""The notations that a mark describes: words, superscripts, infix marks, fences, letters and accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.notation import Accent, Binding, Fence, Infix, Letter, Named, Structural, Superscript
from derivtex.core.shapes import ONE, Dim, same
from derivtex.core.terms import Operation, Term, Terms
from derivtex.operations.arithmetic import Number
from derivtex.operations.elementwise import Elementwise
from derivtex.operations.functions import MatrixCos, MatrixExp, MatrixLog, MatrixSin
from derivtex.operations.leaves import Symbol
from derivtex.operations.matrix import Transpose
from derivtex.writing.box import Piece, ends_in_control_word, fence, index_script, join, script
from derivtex.writing.vocabulary import PREFIXES, word_of

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas


def named(to: Formulas, term: Operation) -> Piece:
    r"""A word and its argument: `\operatorname{tr}(AX)`, `\log\det X`, `e^{x}`, `|X|`."""
    of, mark = term.children[0], to.mark(term)
    if mark == "|":
        return _bars(to, of)
    if mark == term.notation.raised != "":
        return Piece(f"{mark}^{script(to.in_small(of))}", Binding.POWER)
    word = mark if to.vocabulary.macros and mark in to.spelling.own else to.vocabulary.word(mark)
    if is_mistakable(term, mark):
        word = rf"{word}^{script(ENTRYWISE)}"
    led = not to.vocabulary.is_spaced(word) and word_of(word)[0] != ""
    among = (Number(0), of) if mark == r"\max" and len(term.children) == 1 else term.children  # the positive part
    inner = to.piece(of) if len(among) == 1 else listed(to, among)
    closed = to.bracketed(inner)
    full = join(word, closed.text)
    raised = inner.text.startswith(("(", r"\bigl(", r"\Bigl(", r"\left("))  # \log(a)^2 would be the power of the logarithm
    if word in PREFIXES and not inner.minus and inner.binding >= Binding.PREFIX and not inner.airy and not raised:
        return Piece(join(word, inner.text), Binding.PREFIX, depth=inner.depth, closed=full)
    return Piece(full, depth=closed.depth, led=led)


def is_mistakable(term: Operation, mark: str) -> bool:
    """Whether a function of the entries of a square matrix would be taken for one of the matrix."""
    if not isinstance(term, Elementwise) or term.is_scalar or not same(*term.shape):
        return False
    return any(mark in (card.notation.mark, *card.notation.also) for card in (MatrixExp, MatrixLog, MatrixSin, MatrixCos))


def listed(to: Formulas, parts: Terms) -> Piece:
    """Several arguments, with commas between them."""
    pieces = [to.piece(part) for part in parts]
    return Piece(", ".join(piece.signed() for piece in pieces), Binding.RELATION, depth=max(piece.depth for piece in pieces))


def _bars(to: Formulas, of: Term) -> Piece:
    inner = to.piece(of)
    return Piece(fence(inner, "|", "|", to.small), depth=inner.depth)


def superscript(to: Formulas, term: Operation) -> Piece:
    r"""A mark in the exponent: `X^{T}`, `(AX)^{-1}`, `X^{-T}`, `X'`."""
    of, mark = term.children[0], to.mark(term)
    if mark in OVER:
        return over(to, of, mark)
    negative = (
        isinstance(of, Operation)
        and isinstance(of.notation, Superscript)
        and of.notation.mark == "-1"
        and mark not in ("'", r"\prime")
    )
    if negative and mark != "-1":
        of, mark = of.children[0], f"-{mark}"
    if mark == "-1" and isinstance(of, Operation) and of.notation == Structural("root"):
        of, mark = of.children[0], "-1/2"
    base = to.within(of, Binding.ATOM, last=False)
    text = base.text + ("'" if mark in ("'", r"\prime") else f"^{script(mark)}")
    return Piece(text, Binding.POWER, depth=base.depth, airy=base.airy, led=base.led)


ENTRYWISE = r"\odot"
OVER = (r"\bar", r"\overline")


def over(to: Formulas, of: Term, mark: str) -> Piece:
    r"""The author's bar for a conjugate: `\bar{z}`, `\overline{Az}`."""
    inner = to.piece(of)
    return Piece(f"{mark if isinstance(of, Symbol) else OVER[1]}{{{inner.signed()}}}", depth=inner.depth)


def infix(to: Formulas, term: Operation) -> Piece:
    r"""A mark between parts: `A \odot B`, `A \otimes B`; what is divided by stands behind `over`: `a \oslash b`."""
    notation = term.notation
    least = notation.binding + 1
    text, depth = "", 0
    parts = divided_last(term.children) if notation.over else term.children
    for at, part in enumerate(parts):
        under = entrywise_reciprocal(part) if at and notation.over else None
        if isinstance(part, Operation) and isinstance(part.notation, Letter) and part.shape != term.shape:
            piece = letter(to, part, sized=True)
        else:
            again = at == 0 and type(part) is type(term)  # from left to right no brackets are needed
            piece = to.within(under or part, notation.binding if again else least, last=at == len(parts) - 1)
            piece = to.bracketed(piece) if hides(piece, under or part, notation) else piece
        mark = notation.over if under else r"\cdot" if notation.over and term.is_scalar else to.mark(term)
        text = f"{text} {mark} {piece.text}" if text else piece.text
        depth = max(depth, piece.depth)
    return Piece(text, notation.binding, depth=depth)


def hides(piece: Piece, part: Term, notation: Infix) -> bool:
    r"""Whether a product of matrices beside an entrywise mark may be taken for several parts: `C \odot (RD^{T})`."""
    chain = [factor for factor in part.children if not factor.is_scalar]
    return piece.binding == Binding.PRODUCT and bool(notation.over) and len(chain) > 1 and all(ONE not in factor.shape for factor in chain)


def divided_last(parts: Terms) -> Terms:
    """The parts of an entrywise product with those that divide behind the others."""
    return tuple(sorted(parts, key=lambda part: entrywise_reciprocal(part) is not None))


def entrywise_reciprocal(part: Term) -> Term | None:
    """What a factor with the exponent -1 divides by."""
    is_power = isinstance(part, Operation) and isinstance(part.notation, Structural) and part.notation.form == "power"
    return part.children[0] if is_power and part.notation.mark and part.children[1] is Number(-1) else None


def fenced(to: Formulas, term: Operation) -> Piece:
    r"""Marks around, with commas between several parts: `\|Ax-b\|_2`, `|x|`, `\langle A, B\rangle`; of two, the author's mark may
    stand between them instead: `A:B`, `x\cdot y`."""
    notation = term.notation
    mark = to.spelling.mark(type(term), notation.left)
    weight = notation.index == "weight"
    inside = listed(to, term.children[: 1 if weight else None])
    if len(term.children) == 2 and not weight and mark != notation.left:
        left, right = (to.within(part, Binding.INNER + 1, last=at == 1) for at, part in enumerate(term.children))
        between = f" {mark} " if ends_in_control_word(mark) else mark
        return Piece(left.text + between + right.text, Binding.INNER, depth=inside.depth)
    index = to.in_small(term.weight) if weight else _fence_index(term, mark)
    text = fence(inside, notation.left, notation.right, to.small) + (f"_{index_script(index)}" if index else "")
    return Piece(text, depth=inside.depth)


def _fence_index(term: Operation, mark: str) -> str:
    """The index behind a fence: the author's where it means the same around this shape, else the card's."""
    notation, of = term.notation, term.children[0]
    own = mark.removeprefix(notation.left).lstrip("_").strip("{}")
    if not notation.of_matrix:
        return own or str(notation.index)
    if all(dim.integer != 1 for dim in of.shape):
        return str(notation.of_matrix)
    return "2" if own == notation.of_matrix else own or str(notation.index)


def letter(to: Formulas, term: Operation, sized: bool = False) -> Piece:
    r"""A constant that is a letter: `I`, `\mathbf{1}`; with its sizes where nothing else tells them: `K_{m,n}`, `I_{10}`."""
    mark, notation = to.mark(term), term.notation
    sizes = [term.__dict__[name] for name in term.fields]
    if notation.column and sizes[1].integer != 1 and not mark.isalpha():
        return outer(to, mark, sizes, sized)
    shown = [str(size) for size in sizes if notation.sized or size.integer != 1]
    return Piece(with_sizes(mark, shown) if sized or notation.sized else mark)


def with_sizes(mark: str, sizes: list[str]) -> str:
    return f"{mark}_{index_script(','.join(sizes))}" if sizes else mark


def outer(to: Formulas, mark: str, sizes: list[Dim], sized: bool) -> Piece:
    r"""A row or a matrix of what has a letter as a column: `\mathbf{1}^{T}`, `\mathbf{1}\mathbf{1}^{T}`."""
    column, row = (with_sizes(mark, [str(size)] if sized else []) for size in sizes)
    row = f"{row}^{script(to.spelling.mark(Transpose, Transpose.notation.mark))}"
    return Piece(row, Binding.POWER) if sizes[0].integer == 1 else Piece(column + row, Binding.PREFIX)


def accent(to: Formulas, term: Operation) -> Piece:
    r"""A mark over its argument: `\bar{X}`."""
    return Piece(f"{to.mark(term)}{{{to.latex(term.children[0])}}}")


FORMS = {Named: named, Superscript: superscript, Infix: infix, Fence: fenced, Letter: letter, Accent: accent}
