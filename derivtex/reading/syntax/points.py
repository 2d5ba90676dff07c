r"""Derivatives at a point, `\frac{\partial f}{\partial x}|_{x=0}`, `\frac{d}{dt}\Big|_{t=0} f`, `f'(0)`, `\nabla f(x_0)`: as those at any point, with
what was to be put in. A claim is left as it is: what it says holds at the point alone."""

from __future__ import annotations

from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.pointwise import own_arguments
from derivtex.reading.syntax.questions import around_primes, evaluated, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import is_hatted, is_starred, occurring_base
from derivtex.reading.syntax.written import mark, placed


def at_any_point(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    """The statements in which a derivative that stands alone is taken at any point; and a sentence for each point."""
    own = dict(own_arguments(found))
    made: list[Statement] = []
    said: list[str] = []
    for each in found:
        parts, point = without_point(each.sides[0], own) if not each.relations else (each.sides[0], ())
        made.append(each._replace(sides=(parts,)) if point else each)
        said += [not_put_in(point)] if point else []
    return made, said


def points_of(found: list[Statement]) -> list[Parts]:
    """The points of the derivatives that stand alone."""
    own = dict(own_arguments(found))
    return [point for each in found if not each.relations and (point := without_point(each.sides[0], own)[1])]


def not_put_in(point: Parts) -> str:
    return f"the derivative is that at any point: {latex(point)} is not put in"


def without_point(parts: Parts, own: dict[Key, Parts]) -> tuple[Parts, Parts]:
    """A derivative at any point, and the point; own: the letters of the functions that are defined. Of another formula no point."""
    asked, point = evaluated(parts)
    if asked is not None:
        return parts[:-3], point
    if len(parts) > 6 and parts[0].is_mark(r"\frac") and parts[3].text == "|" and parts[4].is_mark("_") and question(parts[:3]) is not None:
        return (*parts[:3], *parts[6:]), parts[5].inside
    name, behind = around_primes(parts)
    if name and [token.text for token in (*behind[:1], *behind[-1:])] == ["(", ")"]:
        return applied(parts, name, behind[1:-1], own)
    asked = question(parts)
    left = left_side(asked.of) if asked is not None and asked.mark == r"\nabla" and asked.of else None
    if left is not None and left.arguments is not None and len(left.arguments) == 1 and not left.below:
        return applied(parts, left.name, left.arguments[0], own)
    return parts, ()


def applied(parts: Parts, name: Parts, given: Parts, own: dict[Key, Parts]) -> tuple[Parts, Parts]:
    """The same of a function that is applied at the end of a formula, where its own letter is not what it is applied to."""
    formal = own.get(key(name), ())
    indexed = key(given[: len(formal)]) == key(formal) and given[len(formal) :][:1] != () and given[len(formal)].is_mark("_") and is_name(given)
    dressed = is_name(given) and (is_starred(given) or is_hatted(given)) and key(occurring_base(given)) == key(formal)  # x^*, \hat x
    if not formal or (contains(given, formal) and not indexed and not dressed):
        return parts, ()
    at = given[0].start
    return (*parts[: len(parts) - len(given) - 2], mark("(", at), *placed(formal, at), mark(")", at)), given
