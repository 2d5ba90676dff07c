r"""Left sides that are a name as a whole: the coefficient of determination in `R^2 = …`, Hotelling's `T^2 = …`, a density in `\log p = …`."""

from __future__ import annotations

from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.source.vocabulary import GREEK, TRANSPOSES
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.statements import Left
from derivtex.reading.syntax.tree import key


def take_whole_names(reading: Reading) -> None:
    """The square or the logarithm of a letter that stands nowhere else, and the next state `x^+` of a state x, are names; this is said."""
    declared = {key(each.name) for each in reading.declarations}
    sides = [side for statement in reading.order for side in statement.sides]
    for claim in list(reading.claims):
        left, relation, right, said = claim
        letter = letter_of(left)
        alone = letter is not None and key((letter,)) not in declared and sum(count(side, letter) for side in sides) == 1
        if relation == "=" and said.sides[:2] == (left, right) and (alone or is_next_state(left, right, sides)):
            reading.claims.remove(claim)
            reading.bodies[key(left)] = Body(Left(left), right, said)
            reading.notes.append(f"{latex(left)} is what is defined, as a name")


def letter_of(side: tuple[Token, ...]) -> Token | None:
    r"""The R of `R^2`, the p of `\log p`."""
    if len(side) == 3 and side[1].is_mark("^") and key(side[2:]) == ("2",):
        letter = side[0]
    elif len(side) == 2 and side[0].is_mark(r"\log", r"\ln"):
        letter = side[1]
    else:
        return None
    known = (letter.kind == "letter" and not is_index_letter(letter.text)) or (letter.kind == "macro" and letter.text in GREEK)
    return letter if known else None


def is_next_state(left: tuple[Token, ...], right: tuple[Token, ...], sides: list[tuple[Token, ...]]) -> bool:
    """Whether `x^+` or `x'` is made of the small letter x; no other letter has a prime, which would be a transpose."""
    marked = len(left) == 3 and left[1].is_mark("^") and key(left[2:]) == ("+",)
    primed = len(left) == 2 and left[1].is_mark("'")
    if not (marked or primed) or left[0].kind != "letter" or not left[0].text.islower() or not count(right, left[0]):
        return False
    return marked or all(others_primed(side, left[0]) == 0 for side in (*sides, right))


def others_primed(parts: tuple[Token, ...], letter: Token) -> int:
    """How often a prime stands behind something else than a letter."""
    found = 0
    for before, token in zip((None, *parts), parts, strict=False):
        found += token.is_mark("'") and (before is None or before.text != letter.text)
        found += others_primed(token.inner, letter)
    return found


def count(parts: tuple[Token, ...], letter: Token) -> int:
    """How often a letter stands among tokens and in what they hold, but as the mark of a transpose."""
    found = 0
    for before, token in zip((None, *parts), parts, strict=False):
        if before is None or not before.is_mark("^") or key((token,)) not in TRANSPOSES:
            found += (token.text == letter.text and token.kind == letter.kind) + count(token.inner, letter)
    return found
