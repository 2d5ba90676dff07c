"""Kinds of undeclared names: those that hardly anybody uses, and the numbers that some capitals often are."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.checking.claims import Given, outcome
from derivtex.checking.fonts import BOLD
from derivtex.core.errors import ShapeError
from derivtex.core.shapes import SCALAR
from derivtex.operations import Product, Symbol
from derivtex.problem import Claim, Problem
from derivtex.reading.meaning.kinds.candidates import CONSTANTS, COUNTS


def is_odd(name: Symbol) -> bool:
    """Whether a name is of a kind for which hardly anybody uses it: a small letter for a matrix, a bold capital for a number, two indices for
    what is none."""
    below = name.name.partition("_")[2].strip("{}")
    if len(below) == 2 and below.isalpha() and below.islower() and name.kind != "scalar":
        return True
    letters = [mark for mark in name.name.split("_")[0].split("{")[-1] if mark.isalpha()]
    bold = name.name.startswith(BOLD)
    if len(letters) != 1 or "\\" in name.name.split("_")[0].removeprefix(next((font for font in BOLD if name.name.startswith(font)), "")):
        return False
    return name.kind == "matrix" if letters[0].islower() else bold and name.kind != "matrix"


def number_meant(claim: Claim, problem: Problem, names: Iterable[Symbol], given: Given) -> str:
    """The capital that was taken for a matrix, is often a number, and makes a claim right if it is one: the K of `(KA)^T = KA^T`."""
    for name in sorted(names, key=lambda each: each.name):
        if name.name not in problem.guessed or name.name not in CONSTANTS | COUNTS or name.kind != "matrix" or not stands_first(name, claim):
            continue
        number = Symbol(name.name, "scalar", SCALAR, (), None)
        try:
            changed = claim._replace(left=claim.left.replace({name: number}), right=claim.right.replace({name: number}))
        except ShapeError:
            continue
        if outcome(changed, problem, given=given).holds:
            return name.name
    return ""


def stands_first(name: Symbol, claim: Claim) -> bool:
    """Whether a name stands before all that it multiplies, as numbers do."""
    products = (part.factors for side in (claim.left, claim.right) for part in side.walk() if type(part) is Product)
    return not any(name in factors[1:] for factors in products)
