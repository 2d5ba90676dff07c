"""Derivations that derivtex writes, read back and checked: none is accused; with one random edit each is caught, or the edit changes nothing."""

import random

import pytest

import derivtex
from derivtex.checking.claims import outcome
from derivtex.checking.edits import edits
from derivtex.core.errors import Source
from derivtex.reading import read_lines

SHAPES = ["A: matrix n x n", "B: matrix n x m", "X: matrix n x m", "S: matrix n x n symmetric posdef", "a: vector n", "b: vector m",
          "x: vector n", r"\lambda: scalar positive"]  # fmt: skip
PARTS = [  # what numbers are made of: formulas, and by what
    (r"a^Tx", "x"), (r"x^TAx", "x"), (r"\|x-a\|^2", "x"), (r"\lambda x^Tx", "x"), (r"\log(1+x^Tx)", "x"), (r"x^TSx", "x"), (r"\exp(a^Tx)", "x"),
    (r"\operatorname{tr}(B^TX)", "X"), (r"\|X-B\|_F^2", "X"), (r"a^TXb", "X"), (r"\operatorname{tr}(X^TAX)", "X"), (r"\lambda\|X\|_F^2", "X"),
    (r"\operatorname{tr}(X^TSX)", "X"), (r"\|Xb-a\|^2", "X"), (r"\operatorname{tr}(AXX^T)", "X"),
]  # fmt: skip


def sources(count: int, seed: int) -> list[tuple[str, str]]:
    """Sums and multiples of the parts, always the same ones for a seed."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        variable = chance.choice("xX")
        own = [formula for formula, by in PARTS if by == variable]
        terms = [f"{chance.choice(['', '2', '3', chr(92) + 'frac12 '])}{each}" for each in chance.sample(own, chance.choice([1, 2, 2]))]
        found.append((" + ".join(terms), variable))
    return found


def derivation(formula: str, variable: str) -> str:
    """The derivation as derivtex writes it into a document."""
    found = derivtex.derive(f"\\phi = {formula}", wrt=variable, declare=SHAPES, check=False)
    return f"With $\\phi = {formula}$:\n{found.to_latex(template='align')}"


CASES = sources(110, seed=7)


@pytest.mark.parametrize("part", range(10))
def test_a_right_derivation_is_not_accused_and_an_edited_one_is_caught(part: int) -> None:
    chance = random.Random(part)
    for formula, variable in CASES[part::10]:
        text = derivation(formula, variable)
        lines = read_lines(Source(text), declare=SHAPES)
        assert [line.verdict for line in derivtex.check(text, declare=SHAPES).lines if line.verdict == "fails"] == [], text
        claims = [(item, line.problem) for line in lines for item in line.items if hasattr(item, "right")]
        assert claims, text
        claim, problem = chance.choice(claims)
        made = [edit for edit in edits(claim.right, ()) if edit.whole.shape == claim.right.shape]
        if not made:
            continue
        edited = claim._replace(right=chance.choice(made).whole)
        found = outcome(edited, problem)
        equal = outcome(claim._replace(left=claim.right, right=edited.right), problem)
        turned = outcome(claim._replace(left=claim.right.T, right=edited.right), problem) if claim.right.T.shape == edited.right.shape else equal
        assert found.holds == (equal.holds or (turned.holds and found.layout == "numerator")), (text, str(edited.left), str(edited.right))
