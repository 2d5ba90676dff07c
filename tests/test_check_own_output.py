"""Derivations that derivtex writes, read back and checked: none is accused; with one random edit each is caught, or the edit changes nothing."""

import random

import pytest

from tests.line_rates import PARTS, accused, derivation, edited, judged, sources

CASES = sources(70, 7, PARTS)  # `python -m tests.line_rates` tries more


@pytest.mark.parametrize("part", range(10))
def test_a_right_derivation_is_not_accused_and_an_edited_one_is_caught(part: int) -> None:
    chance = random.Random(part)
    for formula, variable in CASES[part::10]:
        text = derivation(formula, variable)
        assert accused(text) == [], text
        made = edited(text, chance)
        if made is not None:
            assert judged(*made) in ("caught", "equal"), (text, str(made[1].left), str(made[1].right))
