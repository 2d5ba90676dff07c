r"""Lines that remind of an identity, `\operatorname{tr}(AB) = \operatorname{tr}(BA)`: they define nothing and fix no name."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import FONTS, WIDE, bare_word, words
from derivtex.reading.syntax.statements import Left, name_width
from derivtex.reading.syntax.tree import Key, key

Sides = tuple[tuple[Token, ...], ...]
LAYOUT_OF_WORDS = (*FONTS, r"\operatorname", r"\text", r"\rm", "{", "}")


def is_about_operator(left: Left, sides: Sides) -> bool:
    r"""Whether a left side is an operator applied, and the line a statement about it, no definition of it.

    A function of numbers can be defined, `\operatorname{softplus}(t) = \log(1+e^t)`; a trace or determinant, or anything of what is no
    bare name, cannot; nor can `g(A) = g(A^T)`.
    """
    if left.arguments is None:
        return False
    if any(stands_before_bracket(side, left.name) for side in sides[1:]):
        return True
    word = word_of(left.name)
    if word is None:
        return False
    bare = all(argument and name_width(argument) == len(argument) for argument in left.arguments)
    return word in WIDE or not bare or any(word == other for side in sides[1:] for other in words_in(side))


def stands_before_bracket(side: tuple[Token, ...], name: tuple[Token, ...]) -> bool:
    """Whether a name is applied on a side."""
    wanted, width = key(name), len(name)
    for at, token in enumerate(side):
        if side[at + width : at + width + 1] and side[at + width].text == "(" and key(side[at : at + width]) == wanted:
            return True
        if token.inner and stands_before_bracket(token.inner, name):
            return True
    return False


def word_of(name: tuple[Token, ...]) -> str | None:
    r"""The operator that a name is: the tr of `\operatorname{tr}`, `\mathrm{tr}`, `tr`."""
    letters = "".join(mark for mark in key(name) if mark not in LAYOUT_OF_WORDS)
    letters = bare_word(letters)
    return letters if letters in words() or letters in ("logdet", "max", "min") else None


def words_in(side: tuple[Token, ...]) -> Iterator[str]:
    """The operators that stand on a side."""
    for at in range(len(side)):
        width = name_width(side[at:])
        word = word_of(side[at : at + max(width, 1)])
        if word is not None:
            yield word
        yield from words_in(side[at].inner)


def says_the_same_names(left: list[Key], right: list[Key]) -> bool:
    """Whether two sides are made of the same names, so that the equality is one of forms and fixes none of them."""
    return bool(left) and set(left) == set(right)


def is_product(left: Left, right: tuple[Token, ...], declared: set[Key]) -> bool:
    r"""Whether several letters on the left are a product: `Hu = \lambda u`, whose u stands on the right, `Ax = b`, `AX = B` with a declared A."""
    letters = [token for token in left.name if token.kind == "letter"]
    run = len(letters) > 1 and len(letters) == len(left.name) and left.arguments is None and not left.below
    if not run or key(left.name) in declared:
        return False
    mixed = len(letters) == 2 and letters[0].text.isupper() and letters[1].text.islower()
    again = {token.text for token in letters} & {token.text for token in right if token.kind == "letter"}
    return mixed or bool(again) or (len(right) == 1 and any(key((token,)) in declared for token in letters))
