r"""A value that is said to solve the equation before it: `X^TX\beta = X^Ty`, hence `\hat\beta = (X^TX)^{-1}X^Ty`."""

from __future__ import annotations

from derivtex.checking.bodies import is_zero
from derivtex.checking.conditions import Course, line_of, vanishes
from derivtex.checking.lineverdict import Verdict
from derivtex.checking.movement import motions
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Number, Product, Sum, Symbol
from derivtex.problem import Claim, Problem

SO = frozenset("so hence therefore thus gives yields giving yielding solving solution solved implies obtain get follows".split())
ARROWS = (r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\therefore", "⇒", "⟹")
FAR = 200  # characters between an equation and what is said to solve it


def of_condition(variable: Term, body: Term, claim: Claim, problem: Problem, course: Course) -> Verdict | None:
    """The verdict on the value of a variable, in the names of the condition right before it, that words draw from that; None where they draw
    none."""
    before = course.condition
    if before is None or before.span is None or claim.span is None or not is_drawn(before.span.source.text[before.span.end : claim.span.start]):
        return None
    sides = {part for side in (before.left, before.right) for part in side.walk()}
    changes = any(type(part) in (Derivative, Differential) for part in sides)
    if variable not in sides or variable.is_scalar or changes or not set(body.parts(Symbol)) <= sides:
        return None
    rest = before.left if is_zero(before.right) else Sum((before.left, Product((Number(-1), before.right))))
    motion = motions(claim, problem)[0]
    found = vanishes(rest, body, motion._replace(definitions={**motion.definitions, variable: body}), problem, course.given)
    if found is None:
        return None
    line = line_of(before)
    return Verdict("holds", f"satisfies line {line}") if found else Verdict("fails", f"line {line} does not hold with it", "solution")


def is_drawn(between: str) -> bool:
    """Whether the words between two formulas say that the second comes of the first."""
    words = {word.strip(",.:;$()").lower() for word in between.split()}
    return len(between) < FAR and (bool(words & SO) or any(arrow in between for arrow in ARROWS))
