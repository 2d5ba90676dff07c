"""How derivtex judges derivations of its own: python -m tests.line_rates [COUNT] [SEED].

Each derivation is written into a document, read back and checked: none of its lines may be called wrong. Then one line gets one random
edit: it must be called wrong, unless the numbers say that the edit changes nothing.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

import derivtex
from derivtex.checking.claims import outcome
from derivtex.checking.edits import edits
from derivtex.core.errors import Source
from derivtex.problem import Claim, Problem
from derivtex.reading import read_lines

SHAPES = ["A: matrix n x n", "B: matrix n x m", "X: matrix n x m", "S: matrix n x n symmetric posdef", "a: vector n", "b: vector m",
          "x: vector n", r"\lambda: scalar positive"]  # fmt: skip
PARTS = [  # what numbers are made of: formulas, and by what
    (r"a^Tx", "x"), (r"x^TAx", "x"), (r"\|x-a\|^2", "x"), (r"\lambda x^Tx", "x"), (r"\log(1+x^Tx)", "x"), (r"x^TSx", "x"), (r"\exp(a^Tx)", "x"),
    (r"\operatorname{tr}(B^TX)", "X"), (r"\|X-B\|_F^2", "X"), (r"a^TXb", "X"), (r"\operatorname{tr}(X^TAX)", "X"), (r"\lambda\|X\|_F^2", "X"),
    (r"\operatorname{tr}(X^TSX)", "X"), (r"\|Xb-a\|^2", "X"), (r"\operatorname{tr}(AXX^T)", "X"),
]  # fmt: skip
MORE = [
    (r"\|Ax-a\|^2", "x"), (r"\log\det(S+\lambda xx^T)", "x"), (r"\sqrt{1+x^TSx}", "x"), (r"\frac{x^TAx}{x^TSx}", "x"), (r"(a^Tx)^3", "x"),
    (r"\log\det(X^TSX)", "X"), (r"\operatorname{tr}((X^TX)^{-1})", "X"), (r"\|AX\|_F^2", "X"), (r"\operatorname{tr}(B^TAX)^2", "X"),
    (r"\log(1+\|Xb\|^2)", "X"),
]  # fmt: skip


def sources(count: int, seed: int, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sums and multiples of the parts, always the same ones for a seed."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        variable = chance.choice("xX")
        own = [formula for formula, by in parts if by == variable]
        terms = [f"{chance.choice(['', '2', '3', chr(92) + 'frac12 '])}{each}" for each in chance.sample(own, chance.choice([1, 2, 2]))]
        found.append((" + ".join(terms), variable))
    return found


def derivation(formula: str, variable: str) -> str:
    """The derivation as derivtex writes it into a document."""
    found = derivtex.derive(f"\\phi = {formula}", wrt=variable, declare=SHAPES, check=False)
    return f"With $\\phi = {formula}$:\n{found.to_latex(template='align')}"


def accused(text: str) -> list[str]:
    """The lines that are called wrong."""
    return [line.latex for line in derivtex.check(text, declare=SHAPES).lines if line.verdict == "fails"]


def edited(text: str, chance: random.Random) -> tuple[Claim, Claim, Problem] | None:
    """A claim of a derivation, and the same with one random edit; None where there is none that conforms."""
    lines = read_lines(Source(text), declare=SHAPES)
    claims = [(item, line.problem) for line in lines for item in line.items if isinstance(item, Claim)]
    if not claims:
        return None
    claim, problem = chance.choice(claims)
    made = [edit for edit in edits(claim.right, ()) if edit.whole.shape == claim.right.shape]
    return (claim, claim._replace(right=chance.choice(made).whole), problem) if made else None


def judged(claim: Claim, other: Claim, problem: Problem) -> str:
    """Whether an edit is caught, changes nothing, is undecided, or missed."""
    found = outcome(other, problem)
    equal = outcome(claim._replace(left=claim.right, right=other.right), problem).holds
    if not equal and claim.right.T.shape == other.right.shape:
        turned = outcome(claim._replace(left=claim.right.T, right=other.right), problem)
        equal = turned.holds and found.layout == "numerator"
    if equal:
        return "equal" if found.holds else "accused"
    return "caught" if found.fails else "missed" if found.holds else "undecided"


def main() -> int:
    """Whether a right line was accused or a wrong one held: the status of the process."""
    count, seed = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 500), (2, 1)))
    chance, found = random.Random(seed), Counter[str]()
    for formula, variable in sources(count, seed, [*PARTS, *MORE]):
        text = derivation(formula, variable)
        wrong = accused(text)
        found["right, accused" if wrong else "right"] += 1
        for line in wrong:
            print(f"accused: {line}\n   in {formula}")
        made = edited(text, chance)
        verdict = judged(*made) if made else "no edit"
        found[verdict] += 1
        if made and verdict in ("missed", "accused", "undecided"):
            print(f"{verdict}: {made[1].left} = {made[1].right}\n   in {formula}")
    print(", ".join(f"{word} {number}" for word, number in sorted(found.items())))
    return int(any(found[word] for word in ("right, accused", "accused", "missed")))


if __name__ == "__main__":
    sys.exit(main())
