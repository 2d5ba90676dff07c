"""Mutated formulas: whatever comes in, reading ends soon, and with a problem or with an error of ours."""

from __future__ import annotations

import os
import random
import re

import pytest

from derivtex.core.errors import DerivtexError, Source, describe
from derivtex.core.session import Limits, session
from derivtex.reading import read, read_lines
from tests.test_reading_world import EVERY

PIECES = (
    "{", "}", "(", ")", "[", "]", "|", r"\|", "^", "_", "'", "&", r"\\", "$", "$$", "%", "#", "~", ";", ",", ":", "=", "<", ">", "+",
    "-", "/", "*", r"\left(", r"\right)", r"\left|", r"\right.", r"\frac", r"\sqrt[", r"\sum_{i=1}^n", r"\sum", r"\operatorname", r"\text{",
    r"\begin{bmatrix}", r"\end{bmatrix}", r"\begin{align}", r"\end{align}", r"\mathbf", r"\bf", r"\hat", r"^T", r"^{-1}", r"_{ij}", r"\ldots",
    r"\partial", r"\nabla", r"\frac{\partial f}{\partial x}", "d", "tr", r"\tr", r"\log", r"\max", r"\def\a{\b}", r"\newcommand{\a}[1]{#1}",
    r"\odot", r"\otimes", r"\in", r"\mathbb{R}^n", "1", "0", "9999999999", ".", "ᵀ", "‖", "é", "\x00", "\n", " ", r"\over", r"\cr", r"\underset",
    r"\langle", r"\rangle", r"\exp", "e^{", r"\pm", r"\cdot", r"\vec", r"\lambda(", r"\sigma", r"\dagger", "!", '"', "@", r"\u", "\\",
)  # fmt: skip
MARK = re.compile(r"\\[a-zA-Z]+|.", re.DOTALL)
INPUTS, MOST_STEPS = 700 * int(os.environ.get("DERIVTEX_FUZZ", "1")), 20_000


def mutated(text: str, chance: random.Random) -> str:
    """A text with a few marks put in, left out, doubled or exchanged; sometimes cut anywhere."""
    parts = list(text) if chance.random() < 0.2 else MARK.findall(text)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at, begin = chance.randint(0, len(parts)), chance.randint(0, len(parts))
        end = min(len(parts), begin + chance.choice((1, 1, 2, 5)))
        kind = chance.randrange(4)
        if kind == 0:
            parts.insert(at, chance.choice(PIECES))
        elif kind == 1:
            del parts[begin:end]
        elif kind == 2:
            parts[at:at] = parts[begin:end]
        else:
            parts[begin:end] = [chance.choice(PIECES if chance.random() < 0.5 else parts or PIECES)]
    return "".join(parts)


def tried(text: str, wrt: str | None, declare: tuple[str, ...]) -> None:
    """Read, and where that is refused, describe why."""
    for way in (lambda: read(Source(text), wrt=wrt, declare=declare), lambda: read_lines(Source(text), declare=declare)):
        try:
            way()
        except DerivtexError as error:
            assert describe(error)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_breaks_the_reader(seed):
    """No traceback and no hang for formulas that were tampered with: work is counted in steps, which are the same everywhere."""
    chance = random.Random(seed)
    for _ in range(INPUTS // 4):
        (formula, *_), declared = chance.choice(EVERY)
        text = mutated(formula, chance)
        with session(Limits(steps=10 * MOST_STEPS)) as work:
            tried(text, chance.choice(("x", "X", None)), declared)
        assert work.steps < MOST_STEPS, text
