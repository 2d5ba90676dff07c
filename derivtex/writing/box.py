r"""A piece of a formula on paper: its LaTeX, and what its surroundings need to know to set it right."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.notation import Binding

TALL = 9


class Piece(NamedTuple):
    r"""LaTeX with its place in the order of brackets.

    minus: a minus sign belongs before the text. depth: how many brackets stand in each other inside it, `TALL` where a fraction
    or a sum does. airy: thin spaces stand around it in a product (`x^{T}\,dW\,y`); led: one before it (`2\,\mathrm{tr}(X)`).
    closed: the text where something follows that it would swallow (`\det(X)` for `\det X`); empty where the text itself will do,
    None where only brackets will. own: it brings its own brackets.
    """

    text: str
    binding: Binding = Binding.ATOM
    minus: bool = False
    depth: int = 0
    airy: bool = False
    led: bool = False
    own: bool = False
    closed: str | None = ""

    def signed(self) -> str:
        return f"-{self.text}" if self.minus else self.text


def bracket(piece: Piece, small: bool = False, sizes: tuple[str, str] = ("big", "Big")) -> Piece:
    r"""The piece in brackets, large enough for what stands inside; in small print (an exponent) they do not grow."""
    if piece.own:
        return piece
    text = piece.signed()
    if not small and piece.depth >= TALL:
        return Piece(rf"\left({text}\right)", depth=TALL)
    if small or not piece.depth:
        return Piece(f"({text})", depth=piece.depth + 1)
    big = rf"\{sizes[min(piece.depth, 2) - 1]}"
    return Piece(f"{big}l({text}{big}r)", depth=piece.depth + 1)


def fence(piece: Piece, left: str, right: str, small: bool = False) -> str:
    r"""The piece between marks that need not nest, such as `\|`: larger only around what is tall."""
    if small or piece.depth < TALL:
        return join(left, piece.signed()) + right
    return join(rf"\left{left}", piece.signed()) + rf"\right{right}"


def join(left: str, right: str, between: str = "") -> str:
    """Two stretches of LaTeX side by side, with the space that ends a control word where a letter follows."""
    if between or not left or not right:
        return left + (join(between, right) if between else right)
    return f"{left} {right}" if ends_in_control_word(left) and right[0].isalpha() else left + right


def ends_in_control_word(text: str) -> bool:
    start = text.rfind("\\") + 1
    return 0 < start < len(text) and text[start:].isalpha()


def script(text: str) -> str:
    """What stands behind `^` or `_`: in braces unless it brings its own."""
    return text if text.startswith("{") and closes_at_end(text) else f"{{{text}}}"


def index_script(text: str) -> str:
    """A subscript: one letter or digit stands bare, as people write it."""
    return text if len(text) == 1 else script(text)


def closes_at_end(text: str) -> bool:
    """Whether the first brace closes at the last character."""
    open_ = 0
    for at, character in enumerate(text):
        open_ += {"{": 1, "}": -1}.get(character, 0)
        if open_ == 0:
            return at == len(text) - 1
    return False
