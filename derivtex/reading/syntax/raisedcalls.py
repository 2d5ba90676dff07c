r"""An argument behind what is raised on its function, `A^{-1}(x)`, `K^T(\theta)`, where it stands before it elsewhere: `A(x)^{-1}`;
a name that stands for its own call, `f := f(x)`."""

from __future__ import annotations

from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.occurring import before_brackets, in_a_row
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

RAISED = TRANSPOSES | {("-", "1"), ("-", "T"), ("-", r"\top")}
BRACKET = 3  # tokens of a bracket with one letter
EQUALS = ("=", ":=", r"\coloneqq", r"\triangleq", r"\equiv")


def with_arguments_first(found: list[Statement]) -> list[Statement]:
    """The statements with each argument behind its name, where the name has it right behind it somewhere."""
    applied = {pair for each in found for side in each.sides for pair in right_behind(side)}
    return [each._replace(sides=tuple(argument_first(side, applied) for side in each.sides)) for each in found] if applied else found


def without_abbreviation(each: Statement) -> Statement:
    """`f(x) = x^Tx` of `f := f(x) = x^Tx`, where a name stands for its own call."""
    if len(each.sides) < 3 or each.relations[0] not in EQUALS or not each.sides[0]:
        return each
    name, call = each.sides[0], each.sides[1]
    behind = call[len(name) :]
    is_call = key(call[: len(name)]) == key(name) and len(behind) > 2 and behind[0].text == "(" and behind[-1].text == ")"
    whole = is_call and not any(token.text in ("(", ")") for token in behind[1:-1])
    return each._replace(sides=each.sides[1:], relations=each.relations[1:]) if whole else each


def right_behind(parts: Parts) -> set[tuple[Key, Key]]:
    """The names with the letter in the bracket that stands right behind them."""
    text = key(parts)
    pairs = {(name, argument) for name, argument, primed in before_brackets(parts) if not primed}
    return {(name, argument) for name, argument in pairs if in_a_row(text, (*name, "(", *argument, ")"))}


def argument_first(parts: Parts, applied: set[tuple[Key, Key]]) -> Parts:
    """Parts with the brackets before what is raised."""
    made = [token._replace(inner=argument_first(token.inner, applied)) if token.inner else token for token in parts]
    for at in range(len(made) - BRACKET - 2):
        name, mark, script, opening, argument, closing = made[at : at + 3 + BRACKET]
        raised = mark.is_mark("^") and key(script.inside) in RAISED and opening.text == "(" and closing.text == ")"
        if raised and (key((name,)), key((argument,))) in applied:
            moved = [each._replace(start=name.end, end=name.end) for each in (opening, argument, closing)]  # a gap would make it a product
            made[at + 1 : at + 3 + BRACKET] = [*moved, mark, script]
    return tuple(made)
