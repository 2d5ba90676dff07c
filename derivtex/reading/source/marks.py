r"""One mark of a formula, and marks put back into LaTeX in one spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GREEK = frozenset(
    rf"\{name}"
    for name in "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
    "varrho sigma "
    "varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath "
    "jmath "
    "aleph digamma varkappa uppi".split()
)
NESTING = {"(": 1, "[": 1, r"\{": 1, ")": -1, "]": -1, r"\}": -1}


class Token(NamedTuple):
    r"""One mark of a formula.

    kind: letter, digit, mark (any other character), macro (`\phi`), group (`{…}`), environment, open and close (a fence that says
    which side it is: `\left|`), text (`\text{…}`), end (of a line).
    spaced: white space stands before it; broken: a line break of the source does.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    broken: bool = False
    inner: Parts = ()

    def is_mark(self, *marks: str) -> bool:
        return self.kind in ("mark", "macro") and self.text in marks

    @property
    def inside(self) -> Parts:
        """What a group holds; any other mark itself."""
        return self.inner if self.kind == "group" else (self,)

    @property
    def nesting(self) -> int:
        """1 for a mark that opens a bracket, −1 for one that closes it, 0 for any other."""
        if self.kind in ("open", "close"):
            return 1 if self.kind == "open" else -1
        return NESTING.get(self.text, 0) if self.kind in ("mark", "macro") else 0

    @property
    def is_letter(self) -> bool:
        """Whether it can be a name by itself, a Greek one too."""
        return self.kind == "letter" or (self.kind == "macro" and self.text in GREEK)


Parts = tuple[Token, ...]  # a stretch as it is written


def kind_of(text: str) -> str:
    if text[0] == "\\":
        return "macro"
    return "letter" if text.isalpha() else "digit" if text.isdecimal() and text.isascii() else "mark"


def plain(inner: Parts) -> str:
    """The characters of tokens as words."""
    return "".join(
        (" " if token.spaced and at else "") + (plain(token.inner) if token.inner else token.text)
        for at, token in enumerate(inner)
    )


def latex(parts: Sequence[Token]) -> str:
    """LaTeX for tokens, in one spelling: no space that means nothing, no braces around a single mark."""
    text = ""
    for token, before in zip(parts, (None, *parts), strict=False):
        piece = one(token)
        if token.kind == "group" and before is not None and before.kind == "macro" and not piece.startswith("{"):
            piece = f"{{{piece}}}"
        if text and piece[:1].isalpha() and ends_in_word(text):
            text += " "
        text += piece
    return text


def one(token: Token) -> str:
    if token.kind == "group":
        inner = latex(token.inner)
        bare = len(token.inner) == 1 and (token.inner[0].kind in ("letter", "digit") or inner.startswith("{"))
        return inner if bare else f"{{{inner}}}"
    if token.kind == "environment":
        return rf"\begin{{{token.text}}}{latex(token.inner)}\end{{{token.text}}}"
    if token.kind == "text":
        return rf"\text{{{token.text}}}"
    if token.kind in ("open", "close"):
        return ("\\left" if token.kind == "open" else "\\right") + token.text
    return token.text


def ends_in_word(text: str) -> bool:
    begin = text.rfind("\\") + 1
    return 0 < begin < len(text) and text[begin:].isalpha()


def digits(text: str, start: int) -> Parts:
    """A number as its digits."""
    return tuple(Token("digit", digit, start + at, start + at + 1) for at, digit in enumerate(text))
