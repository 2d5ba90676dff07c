"""Equations that bind the variable of a stationary point: those of the source, and those that are given beside it."""

from __future__ import annotations

from derivtex.core.errors import Source, UsageError
from derivtex.reading.meaning.quantities import asked_variables
from derivtex.reading.meaning.roles import is_product_with
from derivtex.reading.meaning.sorting import add_claims
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.lefts import name_width
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.statements import Statement, statements


def bound(reading: Reading, wrt: str | None, subject_to: tuple[str, ...]) -> None:
    """Take the equations about the variable for constraints, `Ax = b` among them, and add those that are given beside the source."""
    reading.constrained = True
    asked = (tuple(tokens(Source(wrt, "<wrt>"), macros=reading.macros)),) if wrt else reading.objective
    for label, body in list(reading.bodies.items()):
        if is_product_with(body, asked):
            del reading.bodies[label]
            add_claims(reading, body.said._replace(relations=body.said.relations[:1]), 0)
    about = asked_variables(reading, wrt)
    for each in [said for said in reading.order if is_inequality(said) and not is_domain(said)]:
        if any(contains(side, name) for side in each.sides for name in about):
            add_inequalities(reading, each)
    for text in subject_to:
        source = Source(text, "<subject to>")
        for each in statements(tokens(source, macros=reading.macros), source, lines=True):
            if is_inequality(each):
                add_inequalities(reading, each)
            elif each.relations == ("=",):
                add_claims(reading, each, 0)
            else:
                raise UsageError(f"this is no constraint: {text}", way_out=r"give an equation, Ax = b, or an inequality, Ax \le b")
            reading.order.append(each)


AT_MOST = dict.fromkeys(("<", r"\le", r"\leq", r"\leqslant", r"\lt"), r"\le")
AT_LEAST = dict.fromkeys((">", r"\ge", r"\geq", r"\geqslant", r"\gt"), r"\ge")
STRICT = frozenset(("<", ">", r"\lt", r"\gt"))
INEQUALITIES = AT_MOST | AT_LEAST


def is_inequality(each: Statement) -> bool:
    """Whether a statement says which of its sides are not larger."""
    return bool(each.relations) and all(relation in INEQUALITIES for relation in each.relations)


def is_domain(each: Statement) -> bool:
    """Whether a statement says of a name that it is positive or negative, `s > 0`: where it lives, which binds nothing inside."""
    if len(each.sides) != 2 or each.relations[0] not in STRICT:
        return False
    zeros = [len(side) == 1 and side[0].text == "0" for side in each.sides]
    name = each.sides[zeros.index(False)] if any(zeros) and not all(zeros) else ()
    return bool(name) and name_width(name) == len(name)


def add_inequalities(reading: Reading, each: Statement) -> None:
    r"""The inequalities of a chain, `0 \le x \le 1`."""
    for at, relation in enumerate(each.relations):
        reading.claims.append((each.sides[at], INEQUALITIES[relation], each.sides[at + 1], each))


LEAST = ("minim", r"\min", "argmin", "least")
GREATEST = ("maxim", r"\max", "argmax")


def sense_of(text: str) -> str:
    """Whether a text speaks of a minimum or a maximum; empty where it speaks of neither or of both."""
    text = text.lower()
    least, greatest = (any(word in text for word in words) for words in (LEAST, GREATEST))
    return "" if least == greatest else "min" if least else "max"
