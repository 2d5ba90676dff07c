r"""A formula without a name above a line about its derivative: `\|Xw - y\|^2` and then `\frac{\partial J}{\partial w} = …` tell what J is."""

from __future__ import annotations

from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.lefts import inside_log, left_side
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import Question, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import key
from derivtex.reading.syntax.written import placed


def with_names(found: list[Statement]) -> list[Statement]:
    """The lines of a derivation, a formula that stands alone as the equation for the name that the line behind it differentiates."""
    made = list(found)
    for at, (each, behind) in enumerate(zip(found, found[1:], strict=False)):
        asked = question(behind.sides[0]) if behind.relations and not each.relations and len(each.sides[0]) > 1 else None
        if asked is not None and question(each.sides[0]) is None and is_about(asked, each, found):
            name = placed(asked.of, each.start)
            made[at] = each._replace(sides=(name, *each.sides), relations=("=",))
    return made


def is_about(asked: Question, expression: Statement, found: list[Statement]) -> bool:
    """Whether a derivative is of a name that no line defines, or of its logarithm, by something that stands in a formula."""
    of = inside_log(asked.of) or asked.of
    left = left_side(of) if of and asked.by else None
    if left is None or left.arguments is not None:
        return False
    said = {key(each.sides[0]) for each in found if each.relations}
    heads = {key(side.name) for each in found if each.relations and (side := left_side(each.sides[0])) is not None}
    inside = key(left.name) not in TRANSPOSES and contains(expression.sides[0], left.name)
    named = inside or key(asked.of) in said or key(left.name) in heads
    return not named and all(contains(expression.sides[0], by) for by in asked.by)
