r"""Names with a plus: `P^+ = (I-KH)P(I-KH)^T + KRK^T` gives what holds after a step, and no pseudo-inverse, which nothing without an
inverse is. And assignments: `t := \beta t` is no equation, whose solution t = 0 would be."""

from __future__ import annotations

from itertools import pairwise

from derivtex.reading.source.marks import Token, latex
from derivtex.reading.syntax.lefts import closing, left_side, name_width
from derivtex.reading.syntax.occurring import occurs
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import AFTER, Key, Parts, key

PLUS = ("^", "+")


def with_updates(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    """The statements with a name for the `P^+` that one of them gives a body, and what is to be said of it."""
    names = {key(each.sides[0]): each.sides[0] for each in found if is_update(each)}
    if not names:
        return found, []
    said = [f"{latex(name)} is a name, by the equation that gives it, and no pseudo-inverse" for name in names.values()]
    return [each._replace(sides=tuple(renamed(side, frozenset(names)) for side in each.sides)) for each in found], said


def is_update(each: Statement) -> bool:
    """Whether a statement gives a name with a plus by products and sums, in which nothing is inverted."""
    left = each.sides[0]
    updated = each.relations[:1] in (("=",), (":=",)) and len(left) > 2 and name_width(left) == len(left) - 2 and key(left)[-2:] == PLUS
    return updated and (is_small(left[:-2]) or not any(map(inverts, each.sides[1:])))


def is_small(name: Parts) -> bool:
    """Whether a name is one small letter: the state of a system, of which hardly anybody takes a pseudo-inverse."""
    return len(name) == 1 and name[0].is_letter and name[0].text.islower()


def inverts(parts: Parts) -> bool:
    """Whether an inverse, a pseudo-inverse or a limit stands among tokens."""
    raised = any(mark.is_mark("^") and key(script.inside)[:1] in (("-",), ("+",)) for mark, script in pairwise(parts))
    return raised or any(token.text in (r"\lim", r"\frac") or inverts(token.inner) for token in parts)


def renamed(parts: Parts, names: frozenset[Key]) -> Parts:
    """Parts in which the plus that is raised on one of some names is a part of the name."""
    result: list[Token] = []
    for at, token in enumerate(parts):
        plus = len(token.inside) == 1 and token.inside[0].is_mark("+") and at > 1 and parts[at - 1].is_mark("^")
        if plus and any(key(parts[begin : at + 1]) in names for begin in range(max(0, at - 4), at - 1)):
            token = Token("group", "", token.start, token.end, inner=(Token("mark", AFTER, token.start, token.end),))
        result.append(token._replace(inner=renamed(token.inner, names)) if token.inner else token)
    return tuple(result)


def with_assignments(found: list[Statement]) -> list[Statement]:
    r"""The statements with `t \leftarrow \beta t` for `t := \beta t`, which no equation says: what stands on the left has a new value from there
    on; so has what `t := 1` gives a first one."""
    names = {key(each.sides[0]) for each in found if assigns(each) and goes_on_from_itself(each)}
    given = [assigns(each) and key(each.sides[0]) in names for each in found]
    return [each._replace(relations=(r"\leftarrow", *each.relations[1:])) if new else each for each, new in zip(found, given, strict=True)]


def assigns(each: Statement) -> bool:
    """Whether a statement says with a colon what a name is."""
    left = left_side(each.sides[0]) if each.relations[:1] == (":=",) else None
    return left is not None and left.arguments is None


def goes_on_from_itself(each: Statement) -> bool:
    r"""Whether the left side stands in the right one; in `f := f(x)` that says of what it is a function."""
    name, right = each.sides[0], each.sides[1]
    named = key(right[: len(name)]) == key(name) and len(right) > len(name) and closing(right, len(name)) == len(right) - 1
    return not named and any(is_end_of_name(level, behind) for level, behind in occurs(right, name))


def is_end_of_name(level: Parts, behind: int) -> bool:
    """Whether a name ends at a place, and no index or prime makes another of it."""
    return behind == len(level) or not (level[behind].is_mark("_", "'") or is_label(level[behind : behind + 2]))


def is_label(parts: Parts) -> bool:
    """Whether tokens raise what is no power, as a number of a step in brackets."""
    return len(parts) == 2 and parts[0].is_mark("^") and key(parts[1].inside)[:1] in (("(",), ("[",), ("*",), ("+",))
