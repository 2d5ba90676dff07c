r"""Capitals that are upright in some formulas and italic in others, `f(W)` and `\nabla_{\mathrm W} f`: one name, where no formula has both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import FONTS

Tokens = tuple[Token, ...]
ROMAN = r"\mathrm"
OTHER_USES = frozenset("THIEP")  # transposes, the identity, an expectation, a probability


def same_names(formulas: Iterable[Tokens]) -> frozenset[str]:
    """The letters that are one name in both fonts."""
    upright: set[str] = set()
    italic: set[str] = set()
    apart: set[str] = set()
    for parts in formulas:
        found = list(capitals(parts))
        ours, others = {letter for letter, roman in found if roman}, {letter for letter, roman in found if not roman}
        apart |= ours & others
        upright |= ours
        italic |= others
    return frozenset((upright & italic) - apart - OTHER_USES)


def capitals(parts: Tokens) -> Iterator[tuple[str, bool]]:
    """The capitals of a formula, each with whether it is upright."""
    at = 0
    while at < len(parts):
        letter = upright_at(parts, at)
        token = parts[at]
        if letter is not None:
            yield letter.text, True
        elif token.kind == "letter" and token.text.isupper():
            yield token.text, False
        elif token.text in FONTS and at + 1 < len(parts) and is_letter(parts[at + 1]):
            at += 1  # in a font of its own
        yield from capitals(token.inner)
        at += 2 if letter is not None else 1


def upright_at(parts: Tokens, at: int) -> Token | None:
    r"""The capital of `\mathrm{W}` or `\mathrm W` at a place."""
    if parts[at].text != ROMAN or at + 1 == len(parts) or not is_letter(parts[at + 1]):
        return None
    letter = parts[at + 1] if parts[at + 1].kind == "letter" else parts[at + 1].inner[0]
    return letter._replace(start=parts[at].start, end=parts[at + 1].end, spaced=parts[at].spaced)


def is_letter(token: Token) -> bool:
    """Whether a token is a capital, or a group of one."""
    one = token.inner[0] if token.kind == "group" and len(token.inner) == 1 else token
    return one.kind == "letter" and one.text.isupper()


def in_italics(parts: Tokens, letters: frozenset[str]) -> Tokens:
    """A formula with these capitals in italics wherever they are upright."""
    found: list[Token] = []
    at = 0
    while at < len(parts):
        letter = upright_at(parts, at)
        if letter is not None and letter.text in letters:
            found.append(letter)
            at += 2
            continue
        token = parts[at]
        found.append(token._replace(inner=in_italics(token.inner, letters)) if token.inner else token)
        at += 1
    return tuple(found)
