r"""Left sides that are a name as a whole: the coefficient of determination in `R^2 = …`, Hotelling's `T^2 = …`, a density in `\log p = …`."""

from __future__ import annotations

from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import GREEK
from derivtex.reading.syntax.lefts import Left, base_below, inside_log
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.occurring import count_untransposed, is_letter, others_primed
from derivtex.reading.syntax.scripts import are_letters
from derivtex.reading.syntax.tree import Parts, key


def take_whole_names(reading: Reading) -> None:
    """The square or the logarithm of a letter that stands nowhere else, and the next state `x^+` of a state x, are names; this is said."""
    declared = {key(each.name) for each in reading.declarations}
    sides = [side for statement in reading.order for side in statement.sides]
    for claim in list(reading.claims):
        left, relation, right, said = claim
        letter = letter_of(left)
        alone = letter is not None and key(letter) not in declared and sum(count_untransposed(side, letter) for side in sides) == 1
        if relation == "=" and said.sides[:2] == (left, right) and (alone or is_next_state(left, right, sides)):
            reading.claims.remove(claim)
            reading.bodies[key(left)] = Body(Left(left), right, said)
            reading.notes.append(f"{latex(left)} is what is defined, as a name")


def letter_of(side: Parts) -> Parts | None:
    r"""The R of `R^2`, the p of `\log p`."""
    letter = base_below(side, "2") or (inside_log(side) if len(side) == 2 else ())
    return letter if len(letter) == 1 and is_letter(letter[0]) and (not is_index_letter(key(letter)[0]) or key(letter)[0] in GREEK) else None


def is_next_state(left: Parts, right: Parts, sides: list[Parts]) -> bool:
    """Whether `x^+` or `x'` is made of the small letter x; no other letter has a prime, which would be a transpose."""
    marked = base_below(left, "+")
    state = marked or (left[:1] if key(left[1:]) == ("'",) else ())
    if not state or not are_letters(state) or not key(state)[0].islower() or not count_untransposed(right, state):
        return False
    return bool(marked) or all(others_primed(side, state) == 0 for side in (*sides, right))
